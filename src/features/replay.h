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
	day_t   last;
	int32_t days;
};

struct replay {
	int64_t             customers;
	day_t               end;
	struct purchase    *state;               /* state[1..customers] at the end of `end`; `open` DAY_NONE: no row */
	size_t              cuts;
	day_t               cut[REPLAY_MARKS];   /* earlier days, ascending */
	struct replay_mark *mark[REPLAY_MARKS];  /* mark[k][1..customers] */
};

/* Replay the rows of days up to `end`, with marks at cut[0..cuts), which ascend and lie before end.
 * Customers whose rows are not in day order are replayed again from their sorted rows: as many customers
 * at a time as have sort_rows rows together, one at least, each time with another scan. Memory: 64 bytes a
 * customer, 16 for each cut, 16 for each sorted row. Errors: RC_NOMEM, RC_CANCELLED, RC_STORE, RC_DATA (a
 * sum overflows). */
enum rc replay_rows(struct run *run, int64_t customers, day_t end, const day_t *cut, size_t cuts, size_t sort_rows,
	struct replay *out);
void    replay_clear(struct replay *r);

/* The customer's state at cut k: first, last, days and the sums of first day, before and total hold; the
 * rest is of the end. */
struct purchase replay_at(const struct replay *r, size_t k, int64_t customer);

#endif
