/* The way in without --batch: the workbench on a store or on files, and the tour. */
#ifndef CLV_BATCH_ENTRY_PRIV_H
#define CLV_BATCH_ENTRY_PRIV_H

#include "app/screen.h"
#include "batch/words_priv.h"

/* Does the call ask for the tour: the command demo, without a store or file of that name? */
bool entry_is_demo(const struct words *w);

/* Open the workbench. *signal as struct screen. RC_USAGE: no terminal, a command without --batch, two stores; RC_IO: a store or file
 * that is not there, with the nearest name. */
enum rc entry_workbench(const struct words *w, struct arena *a, const struct screen *screen, int *signal);

#endif
