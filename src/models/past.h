/* The purchase rows of a sample of customers in memory, and those customers as they stood at any day: what the inner
 * back-tests of a calibration are made from. */
#ifndef CLV_MODELS_PAST_H
#define CLV_MODELS_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/rc.h"
#include "models/design.h"
#include "module/cohort.h"
#include "module/run.h"

#define PAST_CUSTOMERS 10000 /* of the sample, at most: every n-th by number */

struct past_row { int32_t customer; day_t day; int64_t minor; day_t counts; }; /* minor MONEY_NONE: no money; counts as in module/purchase.h */

struct past {
	size_t           n;
	struct past_row *row;       /* row[n], by customer, then day */
	day_t            first;     /* of all rows; DAY_NONE: there are none */
	bool             has_money;
	int              decimals;
	size_t           width;     /* covariates: z[customers * width], customers in order; 0: none */
	double          *z;
};

/* Put rows in order and find the first day. has_money and decimals are the caller's. */
void past_sort(struct past *p);

/* How many customers have rows. */
size_t  past_customers(const struct past *p);

/* Rows of the store up to the end of `upto`, in the arena, of customers whose first purchase is not before cohort_from. run->store, run->settings and
 * run->cancel are used. One scan; 24 bytes a row of the sample. RC_NOMEM, RC_CANCELLED, RC_STORE. */
enum rc past_read(struct run *run, struct arena *a, day_t upto, struct past *out);

/* The columns of a design for its customers, by their attributes as they stand today: those of the days back then are not kept. What was there before
 * is replaced; without effects there are none. RC_NOMEM, RC_STORE. */
enum rc past_columns(struct store *s, struct arena *a, const struct design *d, struct past *p);

/* The customers with a purchase day up to `cut`, and what they did in (cut, cut + hold_days], hold_days > 0. What happened
 * before the cut is not looked at a second time: last_x and last_minor are NULL. RC_NOMEM; RC_DATA when a sum overflows. */
enum rc past_cohort(struct arena *a, const struct past *p, day_t cut, int32_t hold_days, struct cohort *out);

/* What the customers of such a cohort brought in its holdout, each day of it discounted to the cut at `rate` a year; major units. */
enum rc past_discounted(struct arena *a, const struct past *p, const struct cohort *c, double rate, double **out);

#endif
