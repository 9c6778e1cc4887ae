/* The bootstrap: what is drawn follows the law of the model, and spreads are those of the curvature where samples are large. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/bootstrap.h"
#include "models/predict.h"
#include "simulate.h"

TestSuite(bootstrap);

static const struct { const char *id; double param[MODEL_PARAMS], t; } laws[] = {
	{ "nbd", { .9, 9 }, 40 }, { "bgnbd", { .9, 9, .5, 4 }, 40 }, { "mbgnbd", { .9, 9, .5, 4 }, 40 }, { "bgcnbd", { 3, .9, 3, .5, 4 }, 40 },
	{ "mbgcnbd", { 2, .9, 4.5, .5, 4 }, 40 }, { "pnbd", { .9, 9, .8, 30 }, 40 }, { "ggomnbd", { 1.2, 6, .06, 1.2, 6 }, 40 },
	{ "bgbb", { 1.2, .75, .66, 2.78 }, 6 },
};

Test(bootstrap, draws_are_of_the_law, .timeout = 300)
{
	enum { N = 40000 };
	for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
		const struct model *m = model_find(laws[i].id);
		double expected, none, sum = 0, squares = 0, nothing = 0, t = laws[i].t;
		cr_assert_eq(predict_quantity(m, laws[i].param, 0, 0, 0, t, "expected", &expected), RC_OK);
		cr_assert_eq(predict_quantity(m, laws[i].param, 0, 0, 0, t, "p_none", &none), RC_OK);
		for (uint64_t k = 0; k < N; k++) {
			struct rng g;
			struct history h;
			rng_init_sub(&g, 4, laws[i].id, k);
			draw_history(m, laws[i].param, t, &g, &h);
			cr_assert(h.t_x <= t && (h.x > 0) == (h.t_x > 0), "%s", laws[i].id);
			sum += h.x;
			squares += h.x * h.x;
			nothing += h.x == 0;
		}
		double mean = sum / N, se = sqrt((squares / N - mean * mean) / N);
		cr_assert(fabs(mean - expected) < 4 * se, "%s: %.4f, expected %.4f, se %.4f", laws[i].id, mean, expected, se);
		cr_assert(fabs(nothing / N - none) < 4 * sqrt(none * (1 - none) / N), "%s: %.4f nothing, expected %.4f", laws[i].id, nothing / N, none);
	}
}

static const struct shop shop = { .r = .9, .alpha = 20, .a = .5, .b = 4, .modified = true };

Test(bootstrap, spreads_are_those_of_the_curvature_and_again_the_same, .timeout = 300)
{
	struct arena *a = arena_new();
	struct rng g;
	struct fit f;
	struct fit_options o = { .period = "day", .min_customers = 10 };
	struct bootstrap *one, *two, *half;
	rng_init(&g, 8, "bootstrap");
	struct cohort *c = simulate_cohort(a, &g, &shop, 12000, 100, 400, 0, 1);
	cr_assert_eq(fit_one(model_find("mbgnbd"), c, &o, &f), RC_OK);
	cr_assert_eq(bootstrap_fit(a, &f, c, 120, 5, &o, &one), RC_OK);
	cr_assert_eq(bootstrap_fit(a, &f, c, 120, 5, &o, &two), RC_OK);
	cr_assert_eq(bootstrap_fit(a, &f, c, 60, 5, &o, &half), RC_OK);
	cr_assert(one->n == 120 && one->customers <= BOOTSTRAP_CUSTOMERS && one->customers * 3 == c->n);
	cr_assert_eq(memcmp(one->log_off, two->log_off, one->n * f.model->n_params * sizeof *one->log_off), 0);
	cr_assert_eq(memcmp(one->log_off, half->log_off, half->n * f.model->n_params * sizeof *one->log_off), 0);
	for (size_t j = 0; j < f.model->n_params; j++) {
		cr_assert(one->se[j] > .75 * f.se[j] && one->se[j] < 1.33 * f.se[j], "%s: %.4g of %.4g", f.model->params[j].name, one->se[j], f.se[j]);
		cr_assert(one->low[j] < f.param[j] && f.param[j] < one->high[j]);
	}
	arena_free(a);
}

/* Of twenty shops, the 80 % interval of all purchases to come holds about sixteen. */
Test(bootstrap, totals_are_covered, .timeout = 300)
{
	int inside = 0;
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct arena *a = arena_new();
		struct rng g;
		struct fit f;
		struct fit_options o = { .period = "day", .min_customers = 10 };
		struct bootstrap *b;
		double came = 0, expected = 0, variance = 0;
		rng_init_sub(&g, 9, "totals", seed);
		struct cohort *c = simulate_cohort(a, &g, &shop, 1000, 100, 300, 150, 20);
		cr_assert_eq(fit_one(model_find("mbgnbd"), c, &o, &f), RC_OK);
		cr_assert_eq(bootstrap_fit(a, &f, c, 60, seed, &o, &b), RC_OK);
		for (size_t i = 0; i < c->n; i++) {
			struct history h = { .x = c->x[i], .t_x = c->t_x[i], .t = c->t[i] };
			double alive = f.model->alive(f.model, f.param, &h), mean = 0, square = 0, tail[128];
			f.model->tail(f.model, f.param, &h, 150 * 20, tail, 128);
			for (size_t k = 1; k < 128; k++) {
				mean += alive * tail[k];
				square += alive * tail[k] * (2. * (double)k - 1);
			}
			expected += mean;
			variance += square - mean * mean;
			came += c->hold_x[i];
		}
		cr_assert_eq(bootstrap_total(a, b, &f, c, 150 * 20, expected, variance, seed), RC_OK);
		inside += b->total_low <= came && came <= b->total_high;
		arena_free(a);
	}
	cr_assert(inside >= 12 && inside <= 19, "%d of 20", inside);
}

Test(bootstrap, what_did_not_converge_is_refused)
{
	struct arena *a = arena_new();
	struct fit f = { .model = model_find("mbgnbd"), .status = FIT_RUNAWAY };
	struct cohort c = { .n = 0 };
	struct fit_options o = { .min_customers = 10 };
	struct bootstrap *b;
	cr_assert_eq(bootstrap_fit(a, &f, &c, 20, 1, &o, &b), RC_USAGE);
	cr_assert_str_eq(err_get()->id, "FIT-121");
	arena_free(a);
}
