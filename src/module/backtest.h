/* The back-test as it is kept: a cohort at the cut and what came after it, in feat_backtest. Only code reads it, whole and
 * by column, so a row is a block of customers and a cell a column of theirs: numbers of fixed size, little endian. A row
 * a customer would cost half of the stage that writes them and the same again in the gate and in the fit. */
#ifndef CLV_MODULE_BACKTEST_H
#define CLV_MODULE_BACKTEST_H

#include <stdint.h>

#include "base/rc.h"
#include "module/cohort.h"
#include "store/store.h"

/* Keep the cohort's customers as block 0, 1, 2 ... of an execution; nothing when there are none. The holdout's arrays must
 * be there. Not kept: as_of, hold_days, has_money and decimals, which feat_window has. RC_STORE, RC_IO. */
enum rc backtest_save(struct store *s, int64_t made, int64_t block, const struct cohort *c);

/* The blocks of an execution in order, each as a cohort of arrays alone that lives until take returns; what take answers
 * other than RC_OK ends it. RC_DAMAGED (GATE-106) when a column is not as long as its block says. Memory: a block. */
enum rc backtest_load(struct store *s, int64_t made, enum rc (*take)(void *user, const struct cohort *block), void *user);

#endif
