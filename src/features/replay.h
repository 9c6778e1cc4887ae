/* The state of every customer at a day in the past, by one scan of the rows in file order. */
#ifndef CLV_FEATURES_REPLAY_H
#define CLV_FEATURES_REPLAY_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/rc.h"
#include "module/purchase.h"
#include "module/run.h"

#define REPLAY_MARKS 2
#define REPLAY_SORT_ROWS ((size_t)2 << 20) /* 32 MB */

/* A customer at an earlier day than the end of the replay. */
struct replay_mark {
	int64_t total_minor;
	int64_t first_minor; /* of the first day, as known then: a return may lower it later */
	day_t   last;
	int32_t days;
};

/* What a day brought. */
struct replay_day {
	int64_t minor;         /* net of all rows */
	int32_t buyers, fresh; /* customers with this purchase day; those of them whose first it is */
	int32_t known;         /* those for whom it is a repeat and whose first is not after the last cut */
};

/* Times between purchase days: gaps[d] of d days, gaps[0] unused. */
struct replay_gaps { int64_t *at_end, *at_cut; }; /* up to the end; up to the last cut, NULL without one */

struct replay {
	int64_t             customers;
	day_t               end;
	struct purchase    *state;               /* state[1..customers] at the end of `end`; `open` DAY_NONE: no row */
	size_t              cuts;
	day_t               cut[REPLAY_MARKS];   /* earlier days, ascending */
	struct replay_mark *mark[REPLAY_MARKS];  /* mark[k][1..customers] */
	day_t               from;                /* of day[0]; DAY_NONE: days are not counted */
	struct replay_day  *day;                 /* day[0 .. end - from]; rows before `from` are in none */
	day_t               first;               /* of all rows; DAY_NONE: gaps are not counted */
	struct replay_gaps  gaps;                /* [0 .. end - first] */
};

/* What to replay: rows of days up to `end`, with marks at cut[0..cuts), which ascend and lie before end. */
struct replay_ask {
	int64_t      customers;
	day_t        end;
	const day_t *cut;
	size_t       cuts;
	day_t        from;      /* first day to count what days brought; DAY_NONE: do not */
	day_t        first;     /* the first of all days, to count gaps; DAY_NONE: do not */
	const uint8_t *skip;    /* skip[1..customers]: 1: the customer's rows are left out; NULL: nobody's */
	size_t       sort_rows; /* REPLAY_SORT_ROWS */
};

/* Customers whose rows are not in day order are replayed again from their sorted rows: as many customers
 * at a time as have sort_rows rows together, one at least, each time with another scan. Memory: 64 bytes a
 * customer, 24 for each cut, 16 for each sorted row, 40 for each day. Errors: RC_NOMEM, RC_CANCELLED,
 * RC_STORE, RC_DATA (a sum overflows). */
enum rc replay_rows(struct run *run, const struct replay_ask *ask, struct replay *out);
void    replay_clear(struct replay *r);

/* Sum of ln(days) over the gaps up to the last cut, or up to the end where there is none. */
double replay_log_gaps(const struct replay *r);

/* How evenly customers buy, by their last two gaps at the end: of how many, and the mean of (M - 1/2)^2, M = one gap over both
 * (Wheat and Morrison 1990; 1/2 is its mean by symmetry). NaN for nobody. */
struct replay_evenness { int64_t customers; double spread; };
struct replay_evenness replay_evenness(const struct replay *r);

/* The customer's state at cut k: first, last, days and the sums of first day, before and total hold; the
 * rest is of the end. */
struct purchase replay_at(const struct replay *r, size_t k, int64_t customer);

#endif
