/* The only handle through which training and scoring get rows: minted from the stored verdict of the
 * features' gate, or from the same rules over a cohort in memory (a cut in the past). A failed gate leaves
 * no way to a model. */
#ifndef CLV_MODULE_PASS_H
#define CLV_MODULE_PASS_H

#include "base/arena.h"
#include "base/rc.h"
#include "module/cohort.h"
#include "store/store.h"

struct pass;

/* Read table ("feat_customer" or "feat_backtest") as written by execution `made`. RC_DATA (GATE-...) when
 * qc_gate has no passing verdict for it, or when a row breaks a rule all the same. The pass and its cohort
 * live in the arena. as_of is taken from the gate's row: the run's day, or the cut of the back-test.
 * Without a back-test its cohort has n 0 and as_of DAY_NONE. Only feat_backtest fills the holdout. Memory:
 * 33 bytes a customer, 57 with a holdout; RC_NOMEM. */
enum rc pass_mint(struct store *s, struct arena *a, const char *table, int64_t made, const struct pass **out);

/* The same for a cohort built in memory; the cohort must live as long as the pass. RC_DATA names the first
 * broken rule, how many customers and examples. */
enum rc pass_check(struct arena *a, const struct cohort *cohort, const struct pass **out);

const struct cohort *pass_cohort(const struct pass *p);

#endif
