/* The purchase history of one customer as a small state, updated row by row: the definitions of RFM-T in
 * one place.
 *
 * A purchase day is a calendar day with at least one sale row (amount >= 0, or no amount in this data).
 * Refunds (amount < 0) lower revenue on their own day, or on the day of the sale that they return, and never
 * make or remove a purchase day. The state
 * is exact while days do not decrease; a row of an earlier day marks it dirty: rows and total stay exact,
 * all else waits until the rows are replayed in day order into a new state. The order of rows within a day
 * never matters. */
#ifndef CLV_MODULE_PURCHASE_H
#define CLV_MODULE_PURCHASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"

#define MONEY_NONE INT64_MIN /* the row has no amount */

/* Where the money of a row counts, when not on its own day: on an earlier day (of the sale that a return belongs to), or: */
enum {
	COUNTS_OWN = DAY_NONE, /* on its own day */
	COUNTS_APART = -1,     /* nowhere: the row is counted, its money is not */
	COUNTS_NOT = -2,       /* the row does not count at all: others took its place */
};

struct purchase {
	day_t   first, last;     /* purchase days; DAY_NONE while there is none */
	day_t   open;            /* the day of the newest row; DAY_NONE before any */
	int32_t days;            /* distinct purchase days */
	int32_t sales, refunds;  /* rows */
	int64_t open_minor;      /* net of the open day so far */
	int64_t first_minor;     /* net of the first purchase day */
	int64_t before_minor;    /* net of the days before the first purchase day (refunds) */
	int64_t total_minor;     /* net of all rows */
	bool    open_sale;       /* the open day is a purchase day */
	bool    dirty;
	uint16_t gap[2];         /* days between the last purchase day and the one before it, and between that and the one before; 0: none; 65,535: that and more */
};

void purchase_init(struct purchase *p);
/* minor is MONEY_NONE when there is no amount. Sums saturate never: false means that a sum (or a count of
 * rows) would overflow, the state is unchanged. Constant time. */
bool purchase_add(struct purchase *p, day_t day, int64_t minor);
/* The same for a row whose money may count elsewhere. A return that counts on the day of its sale keeps the state exact once the sale
 * was added; before that it makes it dirty. */
bool purchase_add_on(struct purchase *p, day_t day, day_t counts, int64_t minor);

/* frequency = days - 1, recency = last - first, T = as_of - first; repeat spend = total - before - first
 * day, net. Asserts days > 0. */
int32_t purchase_frequency(const struct purchase *p);
int32_t purchase_recency(const struct purchase *p);
int32_t purchase_age(const struct purchase *p, day_t as_of);
int64_t purchase_repeat_minor(const struct purchase *p);

#endif
