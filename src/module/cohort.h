/* Customers as arrays: what models and drift measures work on. Days as in the tables; models convert with the period. */
#ifndef CLV_MODULE_COHORT_H
#define CLV_MODULE_COHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/rc.h"

struct cohort {
	size_t    n;
	day_t     as_of;         /* last day seen, inclusive */
	bool      has_money;
	int       decimals;      /* of the minor unit */
	int32_t  *customer;      /* customer[n]: raw_customer.customer, ascending */
	int32_t  *x;             /* frequency: repeat purchase days */
	int32_t  *t_x, *t;       /* recency and T, days */
	int64_t  *first_minor;   /* net of the first purchase day; 0 without money */
	int64_t  *repeat_minor;  /* net repeat spend; 0 without money or repeats */
	uint8_t  *spend_ok;      /* 1: the spend model may use the customer */
	double    log_gaps;      /* sum over customers of ln(days between purchase days) up to as_of; NaN: not known */
	/* Repeat purchase days of all of them, day by day: repeats[d] on day repeats_from + d, up to as_of. NULL: not known. */
	day_t     repeats_from;
	int32_t  *repeats;
	/* What models may know of customers beside their purchases: `width` numbers of each, z[n * width] by customer. NULL: nothing. */
	size_t    width;
	double   *z;
	/* What happened in (as_of, as_of + hold_days]; NULL and 0 when there is no holdout. */
	int32_t   hold_days;
	int32_t  *hold_x;        /* purchase days */
	int64_t  *hold_minor;    /* net revenue */
	/* What happened in (as_of - hold_days, as_of]: the naive model `last_window`. NULL when there is no holdout. */
	int32_t  *last_x;        /* purchase days, the first one included */
	int64_t  *last_minor;    /* net revenue */
};

/* Make the arrays for c->n customers, those of the holdout when c->hold_days is not 0. 33 bytes a customer, 57 with a
 * holdout, zeroed; log_gaps is not known. RC_NOMEM. */
enum rc cohort_arrays(struct arena *a, struct cohort *c);

#endif
