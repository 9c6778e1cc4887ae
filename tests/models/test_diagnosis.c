/* Diagnosis of a fit: counts are those that the law says, regularity is found where it was put, verdicts come with their words, and the laws
 * of the customers and the map are those of the parameters. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "math/special.h"
#include "models/diagnosis.h"
#include "models/validate.h"
#include "reference.h"
#include "simulate.h"

static const struct shop town = { .r = 1.2, .alpha = 40, .a = .6, .b = 4, .p = 6, .q = 4, .gamma = 15 };

static void fitted(const struct cohort *c, const char *model, struct model_set *set)
{
	const struct fit_options o = { .period = "week", .min_customers = 10, .k = !strcmp(model, "mbgcnbd") ? 2 : 0 };
	*set = (struct model_set) { .per_purchase = NAN };
	cr_assert_eq(fit_one(model_find(model), c, &o, &set->purchase), RC_OK);
	cr_assert(fit_usable(&set->purchase));
}

static const struct diagnosis_check *check_of(const struct diagnosis *d, const char *name)
{
	for (size_t i = 0; i < d->checks; i++)
		if (!strcmp(d->check[i].name, name))
			return &d->check[i];
	cr_assert_fail("no check %s", name);
	return NULL;
}

/* ---- purchases in the holdout ---- */

/* P(n in the holdout) of each customer added up, one by one. */
static void by_hand(const struct model_set *set, const struct cohort *c, double *expected)
{
	const struct fit *f = &set->purchase;
	double days = period_days(f->period);
	for (size_t i = 0; i < c->n; i++) {
		struct history h = { .x = c->x[i], .t_x = c->t_x[i] / days, .t = c->t[i] / days };
		double alive = f->model->alive(f->model, f->param, &h), rest = 1;
		expected[0] += 1 - alive;
		for (int n = 0; n < CURVE_ORDERS - 1; n++) {
			double p = f->model->pmf(f->model, f->param, &h, c->hold_days / days, n);
			expected[n] += alive * p;
			rest -= p;
		}
		expected[CURVE_ORDERS - 1] += alive * rest;
	}
}

Test(diagnosis, holdout_counts_are_those_of_each_customer)
{
	static const char *const ids[] = { "bgnbd", "mbgnbd", "mbgcnbd", "pnbd", "nbd", "ggomnbd" };
	for (size_t m = 0; m < sizeof ids / sizeof ids[0]; m++) {
		struct arena *a = arena_new();
		struct rng g;
		struct shop shop = town;
		struct model_set set;
		struct curves curves = { 0 };
		double want[CURVE_ORDERS] = { 0 }, sum = 0;
		shop.modified = m > 0;
		rng_init(&g, 5, ids[m]);
		struct cohort *c = simulate_cohort(a, &g, &shop, 1500, 200, 400, 100, 1);
		c->log_gaps = 9000;
		fitted(c, ids[m], &set);
		double *alive = arena_alloc(a, c->n, sizeof *alive), days = period_days("week");
		for (size_t i = 0; i < c->n; i++) {
			struct history h = { .x = c->x[i], .t_x = c->t_x[i] / days, .t = c->t[i] / days };
			alive[i] = set.purchase.model->alive(set.purchase.model, set.purchase.param, &h);
		}
		by_hand(&set, c, want);
		cr_assert_eq(curves_add_holdout(a, &set, c, alive, &curves), RC_OK);
		cr_assert_eq(curves.n, CURVE_ORDERS);
		for (size_t k = 0; k < CURVE_ORDERS; k++) {
			cr_expect_float_eq(curves.point[k].expected, want[k], 1e-6 * 1500, "%s %zu: %.9g, not %.9g", ids[m], k, curves.point[k].expected, want[k]);
			cr_expect(curves.point[k].held);
			sum += curves.point[k].actual;
		}
		cr_expect_eq(sum, 1500);
		arena_free(a);
	}
}

/* ---- regularity ---- */

struct gaps { struct regularity likelihood, moments; size_t pairs; };

/* Customers with 0 to 7 gaps, each gap of k points at a rate of their own. */
static struct gaps gaps_at(uint64_t seed, int k)
{
	enum { N = 3000 };
	struct rng g;
	int32_t x[N], t_x[N];
	struct cohort c = { .n = N, .x = x, .t_x = t_x };
	struct gaps out = { .pairs = 0 };
	double spread = 0;
	rng_init_sub(&g, seed, "regular", (uint64_t)k);
	for (size_t i = 0; i < N; i++) {
		double rate = .002 + .004 * rng_uniform(&g), last = 0;
		x[i] = (int32_t)rng_below(&g, 8);
		t_x[i] = 0;
		for (int j = 0; j < x[i]; j++) {
			int32_t days = (int32_t)fmax(1, round(rng_gamma(&g, k, k * rate)));
			t_x[i] += days;
			c.log_gaps += log(days);
			if (j + 1 == x[i] && j > 0) {
				double off = days / (days + last) - .5;
				spread += off * off;
				out.pairs++;
			}
			last = days;
		}
	}
	out.likelihood = regularity_by_likelihood(&c);
	out.moments = regularity_by_moments(spread / (double)out.pairs, out.pairs);
	return out;
}

/* Of 32 intervals of 95 %, 27 and more hold k but once in a hundred times. */
Test(diagnosis, regularity_is_found_where_it_was_put)
{
	int held[2] = { 0 };
	for (int k = 1; k <= 4; k++)
		for (uint64_t seed = 1; seed <= 8; seed++) {
			struct gaps g = gaps_at(seed, k);
			held[0] += g.likelihood.low < k && k < g.likelihood.high;
			held[1] += g.moments.low < k && k < g.moments.high;
			cr_expect(fabs(g.likelihood.k / k - 1) < .08, "k %d by likelihood: %g", k, g.likelihood.k);
			cr_expect(fabs(g.moments.k / k - 1) < .2, "k %d by moments: %g", k, g.moments.k);
			cr_expect(g.likelihood.high - g.likelihood.low < g.moments.high - g.moments.low, "the likelihood knows more");
			cr_expect_eq(g.moments.n, g.pairs);
		}
	cr_expect(held[0] >= 27 && held[1] >= 27, "%d and %d of 32", held[0], held[1]);
}

Test(diagnosis, regularity_that_cannot_be_had)
{
	int32_t x[30], t_x[30];
	struct cohort c = { .n = 30, .x = x, .t_x = t_x, .log_gaps = NAN };
	for (int i = 0; i < 30; i++) {
		x[i] = 3;
		t_x[i] = 50 + i;
	}
	cr_expect(isnan(regularity_by_likelihood(&c).k), "gaps are not known");
	c.log_gaps = 0;
	cr_expect(isnan(regularity_by_likelihood(&c).k), "gaps were not counted");
	c.log_gaps = 90 * log(20);
	cr_expect(!isnan(regularity_by_likelihood(&c).k));
	c.n = 10;
	cr_expect(isnan(regularity_by_likelihood(&c).k), "too few customers");
	cr_expect(isnan(regularity_by_moments(.1, 5).k) && isnan(regularity_by_moments(NAN, 50).k) && isnan(regularity_by_moments(.25, 50).k));
}

/* Of the whole logs: 1.826 by Wheat and Morrison for grocery (BTYDplus) belongs to the store's count of the last two gaps, test_horizon; here
 * the likelihood, whose figures are those of a search in another program. */
Test(diagnosis, regularity_of_the_references)
{
	NEED_REFERENCE("grocery_elog.csv");
	static const struct { const char *file, *end; double k, within; } known[] = {
		{ "grocery_elog.csv", "2007-12-30", 1.98537, 1e-4 }, { "cdnow_elog.csv", "1998-06-30", .955905, 1e-4 }, { "sim_mbgcnbd3_elog.csv", "2023-12-31", 2.91424, 1e-4 },
	};
	for (size_t i = 0; i < 3; i++) {
		struct arena *a = arena_new();
		struct regularity r = regularity_by_likelihood(log_cohort(a, known[i].file, NULL, known[i].end, ""));
		cr_expect_float_eq(r.k, known[i].k, known[i].within, "%s: %.6g, not %g", known[i].file, r.k, known[i].k);
		arena_free(a);
	}
}

/* ---- verdicts ---- */

/* A champion's diagnosis with all there is. */
static void diagnosed(struct arena *a, struct cohort *c, const char *model, struct model_set *set, struct diagnosis *d)
{
	struct curves *curves = arena_alloc(a, 1, sizeof *curves);
	fitted(c, model, set);
	if (c->has_money) {
		const struct fit_options o = { .period = "week", .min_customers = 10, .spend_repeat = true };
		cr_assert_eq(fit_one(model_find("gg"), c, &o, &set->spend), RC_OK);
		set->has_spend = fit_usable(&set->spend);
	}
	cr_assert_eq(curves_add_orders(a, set, c, curves), RC_OK);
	const struct diagnosis_ask ask = { .now = set, .c = c, .curves = curves, .horizon = 273, .moments = regularity_by_moments(.0536, 779) };
	diagnose(&ask, d);
}

Test(diagnosis, what_the_references_show)
{
	NEED_REFERENCE("cdnow_elog.csv");
	struct arena *a = arena_new();
	struct model_set set;
	struct diagnosis d;
	diagnosed(a, log_cohort(a, "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30"), "mbgnbd", &set, &d);
	cr_expect(!check_of(&d, "boundary")->warn);
	cr_expect_float_eq(check_of(&d, "correlation")->value, .11, .005, "%g", check_of(&d, "correlation")->value);
	cr_expect_eq(check_of(&d, "correlation")->n, 946);
	cr_expect(check_of(&d, "correlation")->warn && strstr(check_of(&d, "correlation")->words, "independent"));
	cr_expect(!check_of(&d, "regularity")->warn);
	cr_expect_eq(check_of(&d, "orders")->df, 3);
	cr_expect_float_eq(check_of(&d, "orders")->p, chi2_upper(check_of(&d, "orders")->value, 3), 1e-12);
	cr_expect(strstr(check_of(&d, "orders")->words, "cells 0, 1, 2, 3, 4, 5, 6, 7+;"), "%s", check_of(&d, "orders")->words);
	diagnosed(a, log_cohort(a, "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30"), "mbgnbd", &set, &d);
	cr_expect(check_of(&d, "regularity")->warn && strstr(check_of(&d, "regularity")->words, "CNBD-k"));
	cr_expect(check_of(&d, "regularity_moments")->warn);
	diagnosed(a, log_cohort(a, "sim_ggomnbd_elog.csv", NULL, "2022-01-03", ""), "pnbd", &set, &d);
	cr_expect(check_of(&d, "boundary")->warn && strstr(check_of(&d, "boundary")->words, "s/beta = 0.026656 a week"), "%s", check_of(&d, "boundary")->words);
	arena_free(a);
}

/* The parameter that runs away takes the one beside it along: neither has an error, and the other two keep theirs. */
Test(diagnosis, a_ridge_has_no_errors)
{
	NEED_REFERENCE("sim_ggomnbd_elog.csv");
	struct arena *a = arena_new();
	struct model_set set;
	fitted(log_cohort(a, "sim_ggomnbd_elog.csv", NULL, "2022-01-03", ""), "pnbd", &set);
	cr_expect(isfinite(set.purchase.se[0]) && isfinite(set.purchase.se[1]));
	cr_expect(isnan(set.purchase.se[2]) && isnan(set.purchase.se[3]) && isnan(set.purchase.low[3]) && isnan(set.purchase.high[3]));
	arena_free(a);
}

/* Everybody may buy at each of some dates: no two customers differ in their rate, and the search comes to rest just before the wall. */
Test(diagnosis, one_rate_for_all_is_a_boundary)
{
	static const char *const ids[] = { "mbgnbd", "nbd" };
	enum { N = 2000 };
	for (size_t m = 0; m < 2; m++) {
		struct arena *a = arena_new();
		struct rng g;
		struct model_set set;
		struct diagnosis d;
		struct cohort *c = arena_alloc(a, 1, sizeof *c);
		*c = (struct cohort) { .n = N, .log_gaps = NAN };
		cr_assert_eq(cohort_arrays(a, c), RC_OK);
		rng_init(&g, 3, "dates");
		for (size_t i = 0; i < N; i++) {
			double leave = m == 1 ? 0 : rng_beta(&g, 1, 4);
			int32_t last = 0;
			c->t[i] = 720;
			for (int32_t day = 30; day <= 720 && rng_uniform(&g) > (last == day - 30 ? leave : 0); day += 30)
				if (rng_uniform(&g) < .8) {
					c->x[i]++;
					last = day;
				}
			c->t_x[i] = last;
		}
		diagnosed(a, c, ids[m], &set, &d);
		cr_expect_eq(set.purchase.status, FIT_RUNAWAY, "%s: %s", ids[m], fit_status_name(set.purchase.status));
		cr_expect(isnan(set.purchase.se[0]) && isnan(set.purchase.se[1]), "%s", ids[m]);
		cr_expect(strstr(check_of(&d, "boundary")->words, "one purchase rate for all, r/alpha = 0."), "%s", check_of(&d, "boundary")->words);
		arena_free(a);
	}
}

Test(diagnosis, a_model_is_at_home_in_its_own_shop)
{
	struct arena *a = arena_new();
	struct rng g;
	struct model_set set;
	struct diagnosis d;
	rng_init(&g, 11, "home");
	struct cohort *c = simulate_cohort(a, &g, &town, 4000, 200, 400, 100, 1);
	diagnosed(a, c, "bgnbd", &set, &d);
	cr_expect(!check_of(&d, "orders")->warn, "%s", check_of(&d, "orders")->words);
	diagnosed(a, c, "nbd", &set, &d);
	cr_expect(check_of(&d, "orders")->warn, "a model without drop-out is not: p %g", check_of(&d, "orders")->p);
	arena_free(a);
}

/* ---- how customers differ ---- */

static struct fit fit_at(const char *model, const double *param, size_t n)
{
	struct fit f = { .model = model_find(model), .period = "week" };
	cr_assert_eq(f.model->n_params, n);
	memcpy(f.param, param, n * sizeof *param);
	return f;
}

Test(diagnosis, laws_of_the_customers)
{
	static const struct { const char *id; double param[5]; size_t n; double rate_mean, drop_mean; } all[] = {
		{ "mbgnbd", { .5, 6, .9, 1.6 }, 4, .5 / 6, .9 / 2.5 }, { "bgcnbd", { 2, .5, 3, .9, 1.6 }, 5, .5 / 6, .9 / 2.5 }, { "pnbd", { .55, 10.6, .61, 11.7 }, 4, .55 / 10.6, .61 / 11.7 },
		{ "ggomnbd", { 1.18, 6.1, .083, .65, 5.15 }, 5, 1.18 / 6.1, .65 * .083 / 5.15 }, { "bgbb", { 1.2, .75, .66, 2.8 }, 4, 1.2 / 1.95, .66 / 3.46 },
		{ "nbd", { .4, 12 }, 2, .4 / 12, NAN },
	};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct fit f = fit_at(all[i].id, all[i].param, all[i].n);
		struct differ d[2];
		differ_rate(&f, &d[0]);
		differ_dropout(&f, &d[1]);
		for (int l = 0; l < 2; l++) {
			double mean = l ? all[i].drop_mean : all[i].rate_mean, sum = 0, about = 0;
			cr_expect_eq(d[l].bins, isnan(mean) ? 0 : DIFFER_BINS);
			for (size_t k = 0; k < d[l].bins; k++) {
				sum += d[l].bin[k].share;
				about += d[l].bin[k].share * (d[l].bin[k].low + d[l].bin[k].high) / 2;
			}
			bool beta = d[l].bins && d[l].bin[DIFFER_BINS - 1].high == 1;
			cr_expect(!d[l].bins || fabs(sum - (beta ? 1 : .975)) < 1e-9, "%s %s: %g", all[i].id, d[l].law, sum);
			cr_expect(!d[l].bins || fabs(about / mean - 1) < .3, "%s %s: about %g, not %g", all[i].id, d[l].law, about, mean);
			for (size_t k = 1; k < d[l].points; k++)
				cr_expect(d[l].point[k].mark != d[l].point[k - 1].mark || d[l].point[k].below >= d[l].point[k - 1].below);
			cr_expect(!d[l].points || !strcmp(d[l].point[2].label, "50 %"));
		}
	}
}

/* P(rate below once a month) of a gamma(1, alpha) is 1 - e^(-alpha rate). */
Test(diagnosis, marks_are_in_the_period_of_the_fit)
{
	const double week[] = { 1, 6, .9, 1.6 }, day[] = { 1, 42, .9, 1.6 };
	struct fit f = fit_at("bgnbd", week, 4);
	struct differ d, e;
	differ_rate(&f, &d);
	cr_expect_str_eq(d.point[7].label, "once a month");
	cr_expect_float_eq(d.point[7].below, -expm1(-6 * 12 * 7 / 365.25), 1e-12);
	f = fit_at("bgnbd", day, 4);
	strcpy(f.period, "day");
	differ_rate(&f, &e);
	for (size_t i = 5; i < 9; i++)
		cr_expect_float_eq(d.point[i].below, e.point[i].below, 1e-12);
}

/* ---- the map ---- */

Test(diagnosis, a_map_of_the_law)
{
	struct arena *a = arena_new();
	struct rng g;
	struct model_set set;
	struct diagnosis d;
	size_t customers = 0, none = 0;
	rng_init(&g, 13, "map");
	struct cohort *c = simulate_cohort(a, &g, &town, 3000, 200, 400, 100, 1);
	diagnosed(a, c, "bgnbd", &set, &d);
	cr_assert_gt(d.cells, 4 * DIAGNOSIS_SINCE);
	for (size_t i = 0; i < d.cells; i++) {
		const struct diagnosis_cell *k = &d.cell[i], *left = i % DIAGNOSIS_SINCE ? k - 1 : NULL;
		customers += k->customers;
		none += isnan(k->p_alive);
		if (k->orders_low == 0)
			cr_expect_eq(k->p_alive, 1, "BG/NBD knows no drop-out before a repeat purchase");
		else if (left && !isnan(k->p_alive))
			cr_expect(k->p_alive < left->p_alive && k->expected < left->expected, "orders %d, since %d", k->orders_low, k->since_low);
		cr_expect(isnan(k->p_alive) || (k->p_alive >= 0 && k->p_alive <= 1 && k->expected >= 0));
		cr_expect(!isnan(k->p_alive) || k->orders_low > 0);
	}
	cr_expect_eq(customers, 3000);
	cr_expect_gt(none, 0, "many purchases leave no room for a long silence");
	arena_free(a);
}
