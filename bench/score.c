/* What it costs to score the customers of a store's live run with its champion, intervals included, once they are in memory: nothing is
 * read or written while the clock runs.
 *
 *     score STORE RUNS        customers, median CPU seconds
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "models/forecast.h"
#include "models/registry.h"
#include "module/champion.h"
#include "module/pass.h"
#include "store/query.h"
#include "store/store.h"

enum { RUNS_MOST = 99 };

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* A year ahead at 10 %, month by month. The sum of the values keeps the work from being thrown away. */
static enum rc score(const struct model_set *set, const struct cohort *c, double *seconds, double *sum)
{
	const struct outlook o = { .horizon = 365, .near = 30, .discount = .1, .margin = 1 };
	struct arena *a = arena_new();
	struct forecast *f;
	double began = cpu();
	enum rc rc = forecast_new(a, set, c, &o, &f);
	for (size_t i = 0; !rc && i < c->n; i++) {
		struct prediction p;
		forecast_customer(f, i, &p);
		*sum += p.worth;
	}
	*seconds = cpu() - began;
	arena_free(a);
	return rc;
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

int main(int argc, char **argv)
{
	struct store *store = NULL;
	struct arena *a = arena_new();
	struct champion champion;
	struct model_set set;
	const struct pass *pass;
	int64_t features = 0;
	double seconds[RUNS_MOST], sum = 0;
	int runs = argc == 3 ? atoi(argv[2]) : 0;
	if (runs < 1 || runs > RUNS_MOST) {
		fprintf(stderr, "score STORE RUNS\n");
		return 2;
	}
	enum rc rc = store_open(argv[1], STORE_READ, &store);
	rc = rc ? rc : champion_get(store, &champion);
	rc = rc ? rc : query_get_int(store, "statement/app_live_features", &features, "");
	rc = rc ? rc : fit_load(store, champion.set_id, &set);
	rc = rc ? rc : pass_mint(store, a, "feat_customer", features, &pass);
	for (int i = 0; !rc && i < runs; i++)
		rc = score(&set, pass_cohort(pass), &seconds[i], &sum);
	if (!rc) {
		qsort(seconds, (size_t)runs, sizeof *seconds, by_size);
		printf("%zu %.3f\n", pass_cohort(pass)->n, seconds[runs / 2]);
	}
	store_close(store);
	arena_free(a);
	return rc || !(sum > 0);
}
