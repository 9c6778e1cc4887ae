/* Windows of time over the purchase history: what the raw tables span, where the back-test cuts, a cohort
 * at any cut. */
#ifndef CLV_FEATURES_HORIZON_H
#define CLV_FEATURES_HORIZON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/rc.h"
#include "features/replay.h"
#include "module/cohort.h"
#include "module/purchase.h"
#include "module/run.h"

/* What the raw tables hold of the customers who count: those whose first purchase is not before cohort_from. */
struct span {
	int64_t customers;   /* raw_customer.customer runs from 1 to this */
	day_t   from;        /* cohort_from; DAY_NONE: everybody counts */
	int64_t before;      /* customers who came before it */
	uint8_t *skip;       /* skip[1..customers]: 1 for them; NULL: everybody counts */
	day_t   first;       /* first purchase day; DAY_NONE in an empty store */
	day_t   last;        /* last day with a row, refunds included; DAY_NONE in an empty store */
	bool    has_money;   /* every accepted file has amounts */
	int     decimals;    /* of the minor unit */
};
/* Of the run's store and setting; skip lives in the arena. RC_DATA (FEAT-108) when nobody is left. */
enum rc span_read(struct run *run, struct arena *a, struct span *out);

/* The back-test: cut = as_of - min(horizon_days, (as_of - first) / 3), rounded down, and the holdout (cut,
 * as_of]. false when that leaves less than two days of holdout. */
bool horizon_backtest(day_t first, day_t as_of, int64_t horizon_days, day_t *cut, int32_t *hold_days);

/* May the spend model use a customer of this state? No without money, and not when there are repeats with
 * net spend of 0 or less. */
bool horizon_spend_ok(const struct purchase *p, bool has_money);

/* Row i of a cohort: a customer as of c->as_of, with a purchase day by then. Where the cohort has a holdout,
 * `before` is the start of the window before it and `end` the state at its end; else they are not looked at. */
void horizon_put(struct cohort *c, size_t i, int64_t customer, const struct purchase *p,
	const struct replay_mark *before, const struct purchase *end);

/* Customers with a purchase day up to `cut`, as they were at the end of that day, in memory of the arena;
 * hold_end DAY_NONE: no holdout, else what happened in (cut, hold_end] and in the window of the same
 * length before. For the `fit` command; a run reads its stored features. One scan of the rows; memory
 * while it runs: 64 to 96 bytes a customer. run->store and run->cancel are used; raw tables are not asked
 * to be declared. Errors: RC_USAGE (the holdout does not end after the cut), RC_DATA (no purchase up to
 * the cut), RC_NOMEM, RC_CANCELLED. */
enum rc horizon_cohort(struct run *run, struct arena *a, day_t cut, day_t hold_end, struct cohort *out);

#endif
