/* Curves of a fit: they end where the data end, count everyone once, and are close on the model's own data. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/curve.h"
#include "simulate.h"

static const struct shop town = { .r = 1.2, .alpha = 40, .a = .6, .b = 4, .p = 0 };

static void fitted(const struct cohort *c, const char *model, struct model_set *set)
{
	const struct fit_options o = { .period = "week", .min_customers = 10 };
	*set = (struct model_set) { .per_purchase = NAN };
	cr_assert_eq(fit_one(model_find(model), c, &o, &set->purchase), RC_OK);
	cr_assert(fit_usable(&set->purchase));
}

static struct cohort *people(struct arena *a, const char *name, bool modified)
{
	struct rng g;
	struct shop shop = town;
	shop.modified = modified;
	rng_init(&g, 5, name);
	return simulate_cohort(a, &g, &shop, 4000, 200, 400, 100, 1);
}

Test(curve, everyone_has_a_number_of_orders)
{
	static const char *const ids[] = { "bgnbd", "mbgnbd" };
	for (size_t m = 0; m < 2; m++) {
		struct arena *a = arena_new();
		struct cohort *c = people(a, "orders", m == 1);
		struct model_set set;
		struct curves curves = { 0 };
		double actual = 0, expected = 0;
		fitted(c, ids[m], &set);
		cr_assert_eq(curves_add_orders(a, &set, c, &curves), RC_OK);
		cr_assert_eq(curves.n, CURVE_ORDERS);
		for (size_t i = 0; i < curves.n; i++) {
			const struct curve_point *p = &curves.point[i];
			actual += p->actual;
			expected += p->expected;
			cr_expect_eq(p->place, (int)i);
			cr_expect_lt(fabs(p->expected - p->actual), 40 + .15 * p->actual, "%s %zu: %g, not %g", ids[m], i, p->expected, p->actual);
		}
		cr_expect_eq(actual, 4000);
		cr_expect_float_eq(expected, 4000, 1e-6);
		arena_free(a);
	}
}

/* Purchases on one day a week, so that the sum to any day is known. */
static struct frame *every_week(struct arena *a, day_t from, day_t to, int64_t known)
{
	struct frame *f = frame_new(a);
	frame_add_column(f, "day", "day", CELL_INT);
	frame_add_column(f, "known", "count", CELL_INT);
	for (day_t day = from; day <= to; day += 7) {
		size_t row = frame_add_row(f);
		f->column[0].i[row] = day;
		f->column[1].i[row] = known;
	}
	return f;
}

Test(curve, weeks_go_past_the_cut)
{
	struct arena *a = arena_new();
	struct cohort *c = people(a, "weeks", false);
	struct model_set set;
	struct curves curves = { 0 };
	int32_t oldest = 0;
	double plain[80];
	fitted(c, "bgnbd", &set);
	for (size_t i = 0; i < c->n; i++)
		oldest = c->t[i] > oldest ? c->t[i] : oldest;
	day_t first = c->as_of - oldest;
	cr_assert_eq(curves_add_tracking(a, &set, c, every_week(a, first + 1, c->as_of + c->hold_days, 3), &curves), RC_OK);
	cr_assert_eq(curves.n, (size_t)(oldest + c->hold_days) / 7 + 1);
	forecast_tracking(&set, c, 7, plain, curves.n);
	for (size_t i = 0; i < curves.n; i++) {
		const struct curve_point *p = &curves.point[i];
		cr_expect_eq(p->day, first + 7 * (day_t)i);
		cr_expect_eq(p->held, p->day > c->as_of);
		cr_expect_eq(p->actual, 3.0 * (double)i);
		cr_expect_eq(p->expected, plain[i]);
		cr_expect(i == 0 || p->expected >= p[-1].expected);
	}
	arena_free(a);
}

Test(curve, one_behind_the_other)
{
	struct arena *a = arena_new();
	struct cohort *c = people(a, "both", false);
	struct model_set set;
	struct curves curves = { 0 };
	fitted(c, "bgnbd", &set);
	cr_assert_eq(curves_add_tracking(a, &set, c, frame_new(a), &curves), RC_OK);
	cr_expect_eq(curves.n, 0, "without days there is nothing to track");
	cr_assert_eq(curves_add_tracking(a, &set, c, every_week(a, 0, 500, 1), &curves), RC_OK);
	size_t weeks = curves.n;
	cr_assert_eq(curves_add_orders(a, &set, c, &curves), RC_OK);
	cr_expect_eq(curves.n, weeks + CURVE_ORDERS);
	cr_expect_str_eq(curves.point[0].curve, "tracking");
	cr_expect_str_eq(curves.point[weeks].curve, "orders");
	arena_free(a);
}
