/* A town of simulated customers for the tests of drift: rows in memory, customers as of a day, and a store in which runs of the stage
 * follow each other as the pipeline would make them. */
#ifndef CLV_TESTS_DRIFT_TOWN_H
#define CLV_TESTS_DRIFT_TOWN_H

#include <stddef.h>
#include <stdint.h>

#include "../kit/scratch.h"

#include "base/arena.h"
#include "base/day.h"
#include "drift/feature.h"
#include "module/run.h"
#include "module/setting.h"
#include "store/store.h"

struct town_ask {
	uint64_t seed;
	int      customers;
	day_t    from, to;     /* customers arrive evenly from..to */
	double   growth;       /* 0: evenly; 1: the number of arrivals a day grows from nothing in a line */
	day_t    since;        /* from this day on ... */
	double   value, rate;  /* ... spend and frequency are multiplied; 0 is 1 */
	bool     no_money;
};

struct town_row { int32_t who; day_t day; int64_t minor; };
struct town { struct town_ask ask; struct arena *arena; struct town_row *row; size_t n, cap; };

struct town town_new(const struct town_ask *ask); /* rows by customer (1, 2 ...), then by day */
void        town_free(struct town *t);

/* Customers as of a day, as features and scores would have them; in the town's arena. customer[i] is their number. */
struct population town_population(struct town *t, day_t as_of, int32_t **customer);
/* The customers i with half[i] == which. */
struct population town_half(struct arena *a, const struct population *p, const uint8_t *half, int which);

/* ---- in a store ---- */

struct city {
	struct scratch   scratch;
	struct store    *store;
	struct settings *settings;
	struct town     *town;
	struct run       run;        /* of the last run */
	struct arena    *arena;
	int64_t          run_id;     /* of the last run; its executions are 10 run_id + 1 (features), 2 (score), 3 (drift) */
	const struct setting *tables[2];
};

void city_open(struct city *c, struct town *t);
void city_close(struct city *c);
/* Fit set `set_id` on the last run's features; kind "initial" becomes champion, "candidate" belongs to the review. status is that of
 * its purchase model. */
void city_fit(struct city *c, int64_t set_id, const char *kind, int64_t review_id, const char *status);
/* Write down the digest of a set's rows as they are. */
void city_seal(struct city *c, int64_t set_id);
/* Features and scores of a new run as of a day; not yet live. */
void city_data(struct city *c, day_t as_of);
/* The stage in one transaction, then the run is live. */
enum rc city_drift(struct city *c);
/* city_data, the initial fit when there is none, city_drift; fails the test when that fails. Returns drift_run.verdict. */
const char *city_run(struct city *c, day_t as_of);
/* First cell of the first row, in the city's arena; "" without one. */
const char *city_text(struct city *c, const char *sql);

#endif
