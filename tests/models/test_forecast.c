/* What customers are expected to bring, against simulation: src/models/forecast.c, law.c, totals.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "math/dist.h"
#include "models/forecast.h"
#include "simulate.h"

TestSuite(forecast);

#define DRAWS 100000

static struct model_set set_of(const struct shop *s)
{
	struct model_set set = { .per_purchase = NAN };
	set.purchase = (struct fit) {
		.model = model_find(s->modified ? "mbgnbd" : "bgnbd"), .status = FIT_CONVERGED, .period = "day",
		.param = { s->r, s->alpha, s->a, s->b },
	};
	if (s->p > 0) {
		set.has_spend = true;
		set.spend = (struct fit) { .model = model_find("gg"), .status = FIT_CONVERGED, .period = "day", .param = { s->p, s->q, s->gamma } };
	}
	return set;
}

static struct cohort one_customer(struct arena *a, int x, int t_x, int t, double count, double mean)
{
	struct cohort c = {
		.n = 1, .has_money = true, .decimals = 2, .customer = arena_alloc(a, 1, 4), .x = arena_alloc(a, 1, 4), .t_x = arena_alloc(a, 1, 4),
		.t = arena_alloc(a, 1, 4), .first_minor = arena_alloc(a, 1, 8), .repeat_minor = arena_alloc(a, 1, 8), .spend_ok = arena_alloc(a, 1, 1),
	};
	c.x[0] = x;
	c.t_x[0] = t_x;
	c.t[0] = t;
	c.spend_ok[0] = count > 0;
	c.first_minor[0] = llround(mean * 100);
	c.repeat_minor[0] = llround(mean * 100) * x;
	return c;
}

/* Mean, spread and quantiles of many futures of one customer. */
static void check_customer(const struct shop *s, int x, int t_x, int t, double count, double mean, double horizon)
{
	struct arena *a = arena_new();
	struct model_set set = set_of(s);
	struct cohort c = one_customer(a, x, t_x, t, count, mean);
	struct outlook o = { .horizon = horizon, .near = 30, .margin = 1 };
	struct forecast *f;
	struct prediction p;
	struct moments n, v;
	struct rng g;
	double *purchases = arena_alloc(a, DRAWS, sizeof *purchases), *value = arena_alloc(a, DRAWS, sizeof *value);
	cr_assert_eq(forecast_new(a, &set, &c, &o, &f), RC_OK);
	forecast_customer(f, 0, &p);
	rng_init(&g, 7, "futures");
	for (size_t i = 0; i < DRAWS; i++) {
		struct future d = simulate_future(&g, s, x, t_x, t, count, mean, horizon);
		purchases[i] = d.purchases;
		value[i] = s->p > 0 ? d.spend : d.purchases;
	}
	moments_of(purchases, DRAWS, &n);
	moments_of(value, DRAWS, &v);
	sort_real(value, DRAWS);
	double error_n = 5 * n.sd / sqrt(DRAWS), error_v = 5 * v.sd / sqrt(DRAWS);
	double at_low = (double)count_at_most(value, DRAWS, p.low) / DRAWS, at_high = (double)count_at_most(value, DRAWS, p.high) / DRAWS;
	double under_high = (double)count_below(value, DRAWS, p.high) / DRAWS;
	cr_expect_float_eq(p.expected, n.mean, error_n, "x=%d: expected %g, simulated %g +- %g", x, p.expected, n.mean, error_n);
	cr_expect_float_eq(p.worth, v.mean, error_v, "x=%d: worth %g, simulated %g +- %g", x, p.worth, v.mean, error_v);
	cr_expect_float_eq(p.variance_n / (n.sd * n.sd), 1, .06, "x=%d: variance of purchases %g, simulated %g", x, p.variance_n, n.sd * n.sd);
	if (s->q == 0 || s->q > 3)
		cr_expect_float_eq(p.variance / (v.sd * v.sd), 1, .25, "x=%d: variance %g, simulated %g", x, p.variance, v.sd * v.sd);
	sort_real(purchases, DRAWS);
	cr_expect_float_eq(p.none, (double)count_at_most(purchases, DRAWS, 0) / DRAWS, .005);
	/* The law is continuous above 0: its 90 % point; at 0, or of counts, the jump there covers the level. */
	cr_expect(at_high >= .9 - .005 && (p.high == 0 || under_high <= .9 + .005), "x=%d t=%g: high %g at %g..%g", x, horizon, p.high, under_high, at_high);
	cr_expect(at_low >= .1 - .005, "x=%d: low %g at %g", x, p.low, at_low);
	if (p.low > 0)
		cr_expect_leq((double)count_below(value, DRAWS, p.low) / DRAWS, .1 + .005, "x=%d: low %g", x, p.low);
	arena_free(a);
}

static const struct shop cdnow = { .r = .6, .alpha = 60, .a = .55, .b = 1, .p = 7, .q = 3.75, .gamma = 13, .modified = true };
static const struct shop grocery = { .r = 2, .alpha = 18, .a = .25, .b = 12, .p = 8, .q = 4.5, .gamma = 180, .modified = false };
static const struct shop rough = { .r = .3, .alpha = 4, .a = 1, .b = .4, .p = .5, .q = 6, .gamma = 900, .modified = true };

Test(forecast, customers_of_three_shops)
{
	static const struct { int x, t_x, t; double horizon; } customer[] = {
		{ 0, 0, 1, 365 }, { 0, 0, 400, 365 }, { 1, 50, 60, 365 }, { 4, 200, 230, 90 }, { 12, 300, 305, 365 }, { 30, 360, 361, 365 },
		{ 120, 700, 705, 365 }, { 3, 100, 101, 5 },
	};
	const struct shop *shops[] = { &cdnow, &grocery, &rough };
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < sizeof customer / sizeof customer[0]; i++)
			check_customer(shops[k], customer[i].x, customer[i].t_x, customer[i].t, customer[i].x + 1, 40, customer[i].horizon);
	/* Spend unknown: of a newcomer. */
	check_customer(&cdnow, 5, 100, 120, 0, 0, 365);
}

Test(forecast, without_money)
{
	struct shop s = cdnow;
	s.p = s.q = s.gamma = 0;
	check_customer(&s, 0, 0, 10, 0, 0, 365);
	check_customer(&s, 7, 90, 100, 0, 0, 365);
	check_customer(&s, 40, 300, 301, 0, 0, 365);
}

/* Curves and grids of a whole shop against each customer worked out alone. */
Test(forecast, interpolation_agrees_with_single_customers)
{
	struct arena *a = arena_new();
	struct rng g;
	rng_init(&g, 3, "shop");
	struct shop busy = grocery;
	busy.alpha = 6;
	struct cohort *c = simulate_cohort(a, &g, &busy, 20000, 300, 400, 0, 1);
	struct model_set set = set_of(&busy);
	struct outlook o = { .horizon = 365, .near = 30, .discount = .1, .margin = .5 };
	struct forecast *all, *alone;
	c->spend_ok[11] = 0;
	cr_assert_eq(forecast_new(a, &set, c, &o, &all), RC_OK);
	double worst = 0;
	for (size_t i = 0; i < c->n; i += i < 40 ? 1 : 97) {
		struct prediction p, q;
		struct cohort one = *c;
		one.n = 1;
		one.x += i, one.t_x += i, one.t += i, one.first_minor += i, one.repeat_minor += i, one.spend_ok += i;
		forecast_customer(all, i, &p);
		cr_assert_eq(forecast_new(a, &set, &one, &o, &alone), RC_OK);
		forecast_customer(alone, 0, &q);
		cr_expect_float_eq(p.expected, q.expected, 1e-9 * q.expected, "%zu", i);
		cr_expect_float_eq(p.clv, q.clv, 1e-9 * q.clv, "%zu", i);
		cr_expect_float_eq(p.at_risk, q.at_risk, 1e-8 * q.at_risk + 1e-9, "%zu", i);
		cr_expect_float_eq(p.high, q.high, 1e-3 * q.high, "%zu x=%d: %g, alone %g", i, c->x[i], p.high, q.high);
		cr_expect_float_eq(p.low, q.low, 1e-3 * q.high, "%zu x=%d: %g, alone %g", i, c->x[i], p.low, q.low);
		cr_expect_float_eq(p.variance, q.variance, 1e-3 * q.variance, "%zu", i);
		worst = fmax(worst, q.high > 0 ? fabs(p.high / q.high - 1) : 0);
	}
	printf("# largest relative difference of a quantile %.1e\n", worst);
	arena_free(a);
}

/* The same of every purchase model, fitted to the shop. */
Test(forecast, interpolation_in_every_model)
{
	struct arena *a = arena_new();
	struct rng g;
	rng_init(&g, 7, "shop");
	struct cohort *c = simulate_cohort(a, &g, &grocery, 6000, 300, 400, 0, 1);
	struct outlook o = { .horizon = 365, .near = 30, .discount = .1, .margin = .5 };
	c->log_gaps = 20000;
	for (size_t k = 0; k < models_count; k++) {
		struct fit_options fo = { .period = "day", .min_customers = 10, .k = 3 };
		struct model_set set = set_of(&grocery);
		struct forecast *all, *alone;
		if (models[k]->kind != MODEL_PURCHASES)
			continue;
		cr_assert_eq(fit_one(models[k], c, &fo, &set.purchase), RC_OK);
		cr_assert(fit_usable(&set.purchase), "%s", models[k]->id);
		cr_assert_eq(forecast_new(a, &set, c, &o, &all), RC_OK);
		for (size_t i = 0; i < c->n; i += 211) {
			struct prediction p, q;
			struct cohort one = *c;
			one.n = 1;
			one.x += i, one.t_x += i, one.t += i, one.first_minor += i, one.repeat_minor += i, one.spend_ok += i;
			forecast_customer(all, i, &p);
			cr_assert_eq(forecast_new(a, &set, &one, &o, &alone), RC_OK);
			forecast_customer(alone, 0, &q);
			cr_expect_float_eq(p.expected, q.expected, 1e-9 * q.expected + 1e-300, "%s %zu", models[k]->id, i);
			cr_expect_float_eq(p.clv, q.clv, 1e-9 * q.clv + 1e-300, "%s %zu", models[k]->id, i);
			cr_expect_float_eq(p.high, q.high, 2e-3 * q.high + 1e-9, "%s %zu x=%d: %g, alone %g", models[k]->id, i, c->x[i], p.high, q.high);
			cr_expect_float_eq(p.low, q.low, 2e-3 * q.high + 1e-9, "%s %zu", models[k]->id, i);
			cr_expect(p.p_alive >= 0 && p.p_alive <= 1 && p.none >= 0 && p.none <= 1 && p.expected >= 0 && p.at_risk >= 0);
		}
	}
	arena_free(a);
}

/* Facts that hold for every customer. */
Test(forecast, sane_for_everyone)
{
	struct arena *a = arena_new();
	struct rng g;
	rng_init(&g, 5, "shop");
	struct cohort *c = simulate_cohort(a, &g, &cdnow, 5000, 300, 400, 0, 1);
	struct model_set set = set_of(&cdnow);
	struct outlook o = { .horizon = 365, .near = 30, .discount = .1, .margin = 1 }, dear = o;
	struct forecast *f, *h;
	dear.discount = .5;
	cr_assert_eq(forecast_new(a, &set, c, &o, &f), RC_OK);
	cr_assert_eq(forecast_new(a, &set, c, &dear, &h), RC_OK);
	for (size_t i = 0; i < c->n; i++) {
		struct prediction p, q;
		forecast_customer(f, i, &p);
		forecast_customer(h, i, &q);
		cr_assert(p.p_alive > 0 && p.p_alive < 1 && p.none > 0 && p.none < 1);
		cr_assert(p.near <= p.expected && p.discounted < p.expected && p.discounted > .9 * p.expected);
		cr_assert(p.low <= p.high && p.low >= 0 && isfinite(p.high) && isfinite(p.variance));
		cr_assert(p.at_risk >= 0 && p.already_lost >= 0);
		cr_assert(q.clv < p.clv, "a higher rate lowers value");
		double stays = (cdnow.r + c->x[i]) / (cdnow.alpha + c->t[i]) * 365;
		cr_assert_leq(p.at_risk, p.p_alive * stays * p.value * (1 + 1e-12), "at_risk is at most what staying would bring");
		cr_assert_float_eq(p.at_risk + p.already_lost + p.expected * p.value, stays * p.value, 1e-9 * stays * p.value);
	}
	arena_free(a);
}

Test(forecast, totals)
{
	struct arena *a = arena_new();
	struct rng g;
	rng_init(&g, 9, "shop");
	struct cohort *c = simulate_cohort(a, &g, &grocery, 6000, 300, 400, 200, 100);
	struct fit_options fo = { .period = "day", .min_customers = 10 };
	struct model_set set = { .per_purchase = NAN, .has_spend = true };
	struct outlook o = { .horizon = 20000, .near = 3000, .margin = 1 };
	struct forecast *f;
	struct totals t, sure;
	cr_assert_eq(fit_one(model_find("bgnbd"), c, &fo, &set.purchase), RC_OK);
	cr_assert_eq(fit_one(model_find("gg"), c, &fo, &set.spend), RC_OK);
	for (int pass = 0; pass < 2; pass++) {
		struct totals_sum *sum = totals_new(a);
		cr_assert_eq(forecast_new(a, &set, c, &o, &f), RC_OK);
		for (size_t i = 0; i < c->n; i++) {
			struct prediction p;
			forecast_customer(f, i, &p);
			totals_add(sum, &p);
		}
		totals_finish(sum, f, pass ? &sure : &t);
		for (size_t i = 0; i < MODEL_PARAMS * MODEL_PARAMS; i++)
			set.purchase.covariance[i] = set.spend.covariance[i] = 0;
	}
	double came = 0, spent = 0;
	for (size_t i = 0; i < c->n; i++) {
		came += c->hold_x[i];
		spent += (double)c->hold_minor[i] / 1000;
	}
	printf("# purchases %.0f in %.0f [%.0f, %.0f], spend %.0f in %.0f [%.0f, %.0f]\n", came, t.expected.value, t.expected.low, t.expected.high,
	       spent, t.worth.value, t.worth.low, t.worth.high);
	/* Within twice the 80 % interval: 2.6 standard deviations. */
	cr_expect_leq(fabs(came - t.expected.value), t.expected.high - t.expected.low);
	cr_expect_leq(fabs(spent - t.worth.value), t.worth.high - t.worth.low);
	cr_expect_lt(sure.expected.high - sure.expected.low, t.expected.high - t.expected.low, "parameters add to the width");
	cr_expect_gt(sure.expected.high, sure.expected.value);
	cr_expect_float_eq(sure.alive.high, sure.alive.value, 1e-6, "an expectation is sure when its parameters are");
	cr_expect_eq(t.customers, c->n);
	cr_expect_not(t.endless);
	arena_free(a);
}

/* Without a spend model the observed mean stands in; at q <= 2 the total has no interval, and nobody's value is negative. */
Test(forecast, spend_that_has_no_mean)
{
	struct arena *a = arena_new();
	struct shop heavy = cdnow;
	heavy.q = .9;
	struct model_set set = set_of(&heavy);
	struct cohort c = one_customer(a, 0, 0, 10, 0, 0);
	struct outlook o = { .horizon = 365, .near = 30, .margin = 1 };
	struct forecast *f;
	struct prediction p;
	struct totals t;
	set.spend.per_purchase = 35;
	cr_assert_eq(forecast_new(a, &set, &c, &o, &f), RC_OK);
	forecast_customer(f, 0, &p);
	cr_expect_eq(p.value, 35);
	cr_expect(isinf(p.variance) && p.high >= 0 && isfinite(p.high));
	struct totals_sum *sum = totals_new(a);
	totals_add(sum, &p);
	totals_finish(sum, f, &t);
	cr_expect(t.endless && isnan(t.worth.high) && t.worth.value > 0);
	set.has_spend = false;
	set.per_purchase = 20;
	cr_assert_eq(forecast_new(a, &set, &c, &o, &f), RC_OK);
	forecast_customer(f, 0, &p);
	cr_expect_eq(p.value, 20);
	cr_expect_float_eq(p.clv, 20 * p.expected, 1e-12);
	cr_expect_float_eq(fmod(p.high, 20), 0, 1e-12, "whole purchases at the mean spend");
	arena_free(a);
}

/* Parameters at the limits of the fit: finite answers for everyone. */
Test(forecast, at_the_limits)
{
	static const struct shop shops[] = {
		{ .r = .5, .alpha = 20, .a = .5, .b = 2, .p = 4900, .q = 3.5, .gamma = .02, .modified = true },
		{ .r = .5, .alpha = 20, .a = .5, .b = 2, .p = 4900, .q = 4900, .gamma = 40, .modified = true },
		{ .r = .5, .alpha = 20, .a = .5, .b = 2, .p = .01, .q = 1.01, .gamma = 4000, .modified = true },
		{ .r = 160000, .alpha = 3e6, .a = 22000, .b = 22000, .p = 6, .q = 4, .gamma = 15, .modified = true },
		{ .r = .001, .alpha = .5, .a = 1e-4, .b = 22000, .p = 6, .q = 4, .gamma = 15, .modified = false },
		{ .r = 30, .alpha = 1, .a = 1e-4, .b = 1e-4, .p = 6, .q = 4, .gamma = 15, .modified = true },
	};
	struct arena *a = arena_new();
	struct rng g;
	rng_init(&g, 6, "limits");
	struct cohort *c = simulate_cohort(a, &g, &cdnow, 400, 300, 400, 0, 1);
	struct outlook o = { .horizon = 3650, .near = 30, .discount = .1, .margin = 1 };
	for (size_t k = 0; k < sizeof shops / sizeof shops[0]; k++) {
		struct model_set set = set_of(&shops[k]);
		struct forecast *f;
		cr_assert_eq(forecast_new(a, &set, c, &o, &f), RC_OK);
		for (size_t i = 0; i < c->n; i++) {
			struct prediction p;
			forecast_customer(f, i, &p);
			cr_assert(isfinite(p.clv) && isfinite(p.low) && isfinite(p.high) && isfinite(p.at_risk) && isfinite(p.already_lost)
			          && !isnan(p.variance) && p.low <= p.high && p.clv >= 0, "shop %zu x=%d: clv %g [%g, %g]", k, c->x[i], p.clv, p.low, p.high);
		}
	}
	arena_free(a);
}
