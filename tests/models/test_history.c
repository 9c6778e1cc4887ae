/* Distinct histories and spends: src/models/history.c. Honest endings of fits: fit.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/fit.h"
#include "simulate.h"

TestSuite(history);

Test(history, equal_rows_are_one_with_a_count)
{
	struct arena *a = arena_new();
	int32_t x[] = { 1, 0, 1, 0, 3 }, t_x[] = { 5, 0, 5, 0, 9 }, t[] = { 20, 20, 20, 7, 20 };
	struct cohort c = { .n = 5, .x = x, .t_x = t_x, .t = t };
	struct histories *h;
	cr_assert_eq(histories_build(a, &c, 1, &h), RC_OK);
	cr_expect_eq(h->customers, 5);
	cr_expect_eq(h->n, 4);
	cr_expect_eq(h->groups, 3);
	cr_expect_eq(h->sum_x, 5);
	cr_expect_float_eq(h->mean_t, 17.4, 1e-12);
	const double day[] = { 0, 5, 7, 9, 20 };
	cr_assert_eq(h->days, 5);
	for (size_t i = 0; i < 5; i++)
		cr_expect_float_eq(h->day[i] * h->mean_t, day[i], 1e-12);
	cr_expect_float_eq(h->day[h->t[0]] * h->mean_t, 7, 1e-12, "sorted by x, then T");
	cr_expect(h->count[2] == 2 && h->x[1] == 1 && h->from[1] == 2 && h->from[3] == 4 && h->members[0] == 2);
	arena_free(a);
}

Test(history, spends_by_count)
{
	struct arena *a = arena_new();
	int32_t x[] = { 0, 2, 1, 0, 2 };
	int64_t first[] = { 1000, 500, 300, 0, 100 }, repeat[] = { 0, 2500, 700, 0, 400 };
	uint8_t ok[] = { 1, 1, 1, 1, 0 };
	struct cohort c = { .n = 5, .has_money = true, .decimals = 2, .x = x, .first_minor = first, .repeat_minor = repeat, .spend_ok = ok };
	struct spends *s;
	double count, mean;
	spend_of(&c, 1, false, &count, &mean);
	cr_expect(count == 3 && mean == 10);
	spend_of(&c, 1, true, &count, &mean);
	cr_expect(count == 2 && mean == 12.5);
	spend_of(&c, 3, false, &count, &mean);
	cr_expect(count == 0 && isnan(mean), "a zero-spend purchase tells the spend model nothing");
	spend_of(&c, 4, false, &count, &mean);
	cr_expect_eq(count, 0, "set aside");
	cr_assert_eq(spends_build(a, &c, 1, false, &s), RC_OK);
	cr_expect_eq(s->customers, 3);
	cr_expect_float_eq(s->scale, 25.0 / 3, 1e-12);
	cr_expect_float_eq(s->per_purchase, (10 + 30 + 10) / 6.0, 1e-12);
	cr_assert_eq(spends_build(a, &c, 1, true, &s), RC_OK);
	cr_expect_eq(s->customers, 2, "repeat days only");
	arena_free(a);
}

static struct fit fitted(const char *model, const struct cohort *c)
{
	struct fit_options o = { .period = "day", .min_customers = 10 };
	struct fit f;
	cr_assert_eq(fit_one(model_find(model), c, &o, &f), RC_OK);
	return f;
}

Test(history, too_little_is_refused)
{
	struct arena *a = arena_new();
	struct rng g;
	const struct shop s = { .r = 1, .alpha = 20, .a = .5, .b = 3 };
	rng_init(&g, 1, "few");
	struct cohort *c = simulate_cohort(a, &g, &s, 40, 50, 90, 0, 1);
	c->n = 6;
	struct fit few = fitted("bgnbd", c);
	cr_expect_eq(few.status, FIT_REFUSED);
	cr_expect(strstr(few.message, "6 customers") && isnan(few.param[0]) && isnan(few.loglik));
	c->n = 40;
	for (size_t i = 0; i < c->n; i++)
		c->x[i] = c->t_x[i] = 0;
	cr_expect_eq(fitted("mbgnbd", c).status, FIT_REFUSED, "no repeats");
	cr_expect_eq(fitted("gg", c).status, FIT_REFUSED, "no money");
	c->n = 0;
	cr_expect_eq(fitted("bgnbd", c).status, FIT_REFUSED);
	arena_free(a);
}

/* Nobody ever drops out: a runs to zero or b away, and the fit says so. */
Test(history, drop_out_that_the_data_do_not_have)
{
	struct arena *a = arena_new();
	struct rng g;
	const struct shop s = { .r = 3, .alpha = 20, .a = 1e-6, .b = 1 };
	rng_init(&g, 4, "loyal");
	struct cohort *c = simulate_cohort(a, &g, &s, 3000, 50, 200, 0, 1000);
	struct fit f = fitted("bgnbd", c);
	cr_expect_eq(f.status, FIT_RUNAWAY, "%s: %s", fit_status_name(f.status), f.message);
	cr_expect_not_null(strstr(f.message, "do not identify drop-out"), "%s", f.message);
	cr_expect_float_eq(f.param[0], 3, .3);
	arena_free(a);
}

/* One price for everything: the spend model runs to its limit, says so, and still tells the price. */
Test(history, one_price)
{
	struct arena *a = arena_new();
	struct rng g;
	const struct shop s = { .r = 1, .alpha = 20, .a = .5, .b = 3 };
	rng_init(&g, 5, "price");
	struct cohort *c = simulate_cohort(a, &g, &s, 500, 50, 90, 0, 1);
	c->has_money = true;
	for (size_t i = 0; i < c->n; i++) {
		c->first_minor[i] = 25000;
		c->repeat_minor[i] = 25000 * c->x[i];
		c->spend_ok[i] = 1;
	}
	struct fit f = fitted("gg", c);
	cr_expect_eq(f.status, FIT_RUNAWAY, "%s: %s", fit_status_name(f.status), f.message);
	cr_expect(fit_usable(&f));
	cr_expect_float_eq(f.per_purchase, 25, 1e-9);
	cr_expect_float_eq(f.model->spend_mean(f.model, f.param, 3, 25), 25, .01);
	cr_expect_float_eq(f.model->spend_mean(f.model, f.param, 0, NAN), 25, .05);
	arena_free(a);
}

/* Customers who differ, each with a price of their own: p is out of sight, and the own mean counts nearly in full. */
Test(history, a_price_for_each_customer)
{
	struct arena *a = arena_new();
	struct rng g;
	const struct shop s = { .r = 1, .alpha = 20, .a = .5, .b = 3 };
	rng_init(&g, 8, "prices");
	struct cohort *c = simulate_cohort(a, &g, &s, 500, 50, 90, 0, 1);
	c->has_money = true;
	for (size_t i = 0; i < c->n; i++) {
		c->first_minor[i] = llround(1000 * 40 / rng_gamma(&g, 4, 1));
		c->repeat_minor[i] = c->first_minor[i] * c->x[i];
		c->spend_ok[i] = 1;
	}
	struct fit f = fitted("gg", c);
	cr_expect(fit_usable(&f) && strstr(f.message, "p "), "%s: %s", fit_status_name(f.status), f.message);
	cr_expect_float_eq(f.param[1], 4, .6);
	cr_expect_float_eq(f.model->spend_mean(f.model, f.param, 2, 77), 77, 4);
	arena_free(a);
}

static bool stop_at_once(void *user)
{
	++*(int *)user;
	return true;
}

Test(history, cancelled)
{
	struct arena *a = arena_new();
	struct rng g;
	int asked = 0;
	const struct shop s = { .r = 1, .alpha = 20, .a = .5, .b = 3 };
	struct fit_options o = { .period = "day", .min_customers = 10, .cancel = stop_at_once, .user = &asked };
	struct fit f;
	rng_init(&g, 6, "stop");
	cr_expect_eq(fit_one(model_find("bgnbd"), simulate_cohort(a, &g, &s, 500, 50, 90, 0, 1), &o, &f), RC_CANCELLED);
	cr_expect_eq(asked, 1);
	arena_free(a);
}
