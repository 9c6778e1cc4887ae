/* The loop between a workbench and a terminal. */
#ifndef CLV_TUI_LOOP_PRIV_H
#define CLV_TUI_LOOP_PRIV_H

#include <stdbool.h>

#include "tui/terminal_priv.h"
#include "tui/workbench.h"

/* Until the workbench is left, a signal ends it, or the terminal is gone. test: the barrier answers. Returns the signal, or 0. */
int loop_run(struct workbench *w, struct terminal *t, bool test);

/* Cancel the job at work and wait at most two seconds for it. false: it is still at work. */
bool loop_settle(struct workbench *w);

#endif
