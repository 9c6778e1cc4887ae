/* The contest of purchase models: src/models/choose.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/choose.h"
#include "reference.h"
#include "simulate.h"

TestSuite(choose);

static const struct fit_options options = { .period = "week", .min_customers = 10 };
static struct contest contest;

static const struct fit *winner(const struct cohort *c)
{
	cr_assert_eq(choose_purchase(c, &options, &contest), RC_OK);
	cr_assert_lt(contest.best, contest.n, "%s", contest.why);
	return &contest.contender[contest.best].fit;
}

/* Regular buyers and irregular ones; of models that do alike the one with fewer parameters. */
Test(choose, known_shops)
{
	NEED_REFERENCE("grocery_elog.csv");
	struct arena *a = arena_new();
	const struct fit *f = winner(log_cohort(a, "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30"));
	cr_expect_str_eq(f->model->id, "mbgcnbd");
	cr_expect_eq(f->param[0], 2);
	f = winner(log_cohort(a, "cdnow_elog.csv", NULL, "1997-09-30", "1998-06-30"));
	cr_expect_str_eq(f->model->id, "pnbd");
	cr_expect(strstr(contest.why, "fewer parameters") != NULL, "%s", contest.why);
	arena_free(a);
}

Test(choose, of_what_can_be_fitted)
{
	struct arena *a = arena_new();
	struct rng g;
	const struct shop s = { .r = .8, .alpha = 30, .a = .6, .b = 3 };
	rng_init(&g, 5, "contest");
	struct cohort *c = simulate_cohort(a, &g, &s, 1500, 200, 300, 100, 1), few = *c;
	cr_expect_eq(winner(c)->status, FIT_CONVERGED);
	for (size_t i = 0; i < contest.n; i++) {
		cr_expect_eq(contest.contender[i].fit.model->n_fixed, 0, "the times between purchases are not known here");
		cr_expect_not(contest.contender[i].fit.model->discrete);
		cr_expect(isnan(contest.contender[i].mae) || contest.contender[i].mae >= contest.contender[contest.best].mae / 1.005);
	}
	few.n = 3;
	cr_expect_eq(choose_purchase(&few, &options, &contest), RC_OK);
	cr_expect_eq(contest.best, contest.n);
	arena_free(a);
}
