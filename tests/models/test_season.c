/* A season: its clock, its weights from what days brought, and models that run by it. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "math/dist.h"
#include "models/fit.h"
#include "models/forecast.h"
#include "models/seasonal.h"

TestSuite(season);

static struct arena *arena;

static void begin(void)
{
	arena = arena_new();
}

static void end(void)
{
	arena_free(arena);
}

Test(season, clock, .init = begin, .fini = end)
{
	struct season_ask ask;
	cr_assert_eq(season_parse("none", &ask), RC_OK);
	cr_expect_eq(ask.mode, SEASON_NONE);
	cr_expect_eq(season_parse("auto", &ask), RC_OK);
	cr_expect_eq(season_parse("sometimes", &ask), RC_USAGE);
	cr_expect_eq(season_parse("1,1,1", &ask), RC_USAGE);
	cr_expect_eq(season_parse("1,1,1,1,1,1,1,1,1,1,1,0", &ask), RC_USAGE);
	cr_assert_eq(season_parse("1,1,1,1,1,1,1,1,1,1,2,3", &ask), RC_OK);
	cr_expect_eq(ask.mode, SEASON_DECLARED);
	const day_t from = day_from_civil(2020, 12, 31);
	const double *clock = season_clock(arena, &ask.declared, from, 4 * 365 + 1);
	/* Four years have as many season days as calendar days; a December day counts for three of January. */
	cr_expect_float_eq(clock[4 * 365 + 1], 4 * 365 + 1, 1e-9);
	cr_expect_float_eq(season_weight(&ask.declared, from) / season_weight(&ask.declared, from + 1), 3, 1e-12);
	cr_expect_float_eq(season_month(&ask.declared, 11) / season_month(&ask.declared, 5), 2, 1e-12);
	/* Without one the clock is the calendar's, to the bit. */
	const struct season none = { .on = false };
	clock = season_clock(arena, &none, from, 100);
	for (int d = 0; d <= 100; d++)
		cr_expect_eq(clock[d], d);
}

#define FROM  18000 /* 2019-04-14 */
#define DAYS  1100  /* of history */
#define AHEAD 91

static double truth(day_t d)
{
	int year, month, day;
	day_to_civil(d, &year, &month, &day);
	return 1 + .7 * cos(2 * M_PI * ((double)d - day_from_civil(year, 12, 10)) / 365.25);
}

/* Customers who come over two years and buy day by day, at a gamma rate times the season, each purchase the last with a beta chance. */
static struct cohort *shop(size_t n, bool seasonal)
{
	struct rng g;
	struct cohort *c = arena_alloc(arena, 1, sizeof *c);
	rng_init(&g, 21, "season");
	*c = (struct cohort) { .n = n, .as_of = FROM + DAYS, .hold_days = AHEAD, .repeats_from = FROM };
	cr_assert_eq(cohort_arrays(arena, c), RC_OK);
	c->repeats = arena_alloc(arena, DAYS + 1, sizeof *c->repeats);
	for (size_t i = 0; i < n; i++) {
		day_t first = FROM + (day_t)(730 * i / n), last = first;
		double rate = rng_gamma(&g, .9, 60), drop = rng_beta(&g, .6, 3);
		bool alive = rng_uniform(&g) > drop;
		for (day_t d = first + 1; alive && d <= FROM + DAYS + AHEAD; d++) {
			if (rng_uniform(&g) >= -expm1(-rate * (seasonal ? truth(d) : 1)))
				continue;
			alive = rng_uniform(&g) > drop;
			if (d > c->as_of) {
				c->hold_x[i]++;
				continue;
			}
			c->x[i]++;
			last = d;
			c->repeats[d - FROM]++;
		}
		c->customer[i] = (int32_t)i + 1;
		c->t_x[i] = last - first;
		c->t[i] = c->as_of - first;
	}
	return c;
}

static double total(const struct fit *f, const struct cohort *c)
{
	const struct model_set set = { .purchase = *f, .per_purchase = (double)NAN };
	const struct outlook o = { .horizon = AHEAD, .near = 30, .discount = .1, .margin = 1 };
	struct forecast *forecast;
	double sum = 0;
	cr_assert_eq(forecast_new(arena, &set, c, &o, &forecast), RC_OK);
	for (size_t i = 0; i < c->n; i++) {
		struct prediction p;
		forecast_customer(forecast, i, &p);
		cr_assert(p.discounted > 0 && p.discounted < p.expected && p.near < p.expected);
		sum += p.expected;
	}
	return sum;
}

Test(season, is_found_and_pays, .init = begin, .fini = end)
{
	static const char *const ids[] = { "mbgnbd", "pnbd" };
	struct season_ask ask;
	struct cohort *c = shop(2500, true);
	double came = 0;
	for (size_t i = 0; i < c->n; i++)
		came += c->hold_x[i];
	season_parse("auto", &ask);
	for (size_t k = 0; k < 2; k++) {
		struct fit_options o = { .min_customers = 30, .season = &ask };
		struct fit with, without;
		cr_assert_eq(fit_one(model_find(ids[k]), c, &o, &with), RC_OK);
		o.season = NULL;
		cr_assert_eq(fit_one(model_find(ids[k]), c, &o, &without), RC_OK);
		cr_expect(with.season.on && strstr(with.message, "a season pays"), "%s", with.message);
		cr_expect_lt(with.aic, without.aic - 100);
		cr_expect_float_eq(with.aic, 2 * (4 + 2 * with.season.harmonics) - 2 * with.loglik, 1e-6);
		cr_expect_eq(with.test[with.tests - 1].df, 2 * with.season.harmonics);
		cr_expect_float_eq(with.test[with.tests - 1].loglik, without.loglik, 1e-9);
		for (day_t d = FROM; d < FROM + 365; d += 13)
			cr_expect_float_eq(season_weight(&with.season, d), truth(d), .18, "%s day %d: %g, not %g", ids[k], d, season_weight(&with.season, d), truth(d));
		/* Spring and early summer are quiet: without the season too much is expected. */
		cr_expect_float_eq(total(&with, c), came, .1 * came, "%s: %g, %g came", ids[k], total(&with, c), came);
		cr_expect_gt(total(&without, c), 1.5 * came);
		/* The expected curve follows the season. */
		struct model_set set = { .purchase = with, .per_purchase = (double)NAN };
		double curve[DAYS / 50 + 1], sum = 0;
		cr_assert_eq(forecast_tracking(&set, c, 50, curve, DAYS / 50 + 1), RC_OK);
		for (int d = 0; d <= DAYS; d++) {
			sum += c->repeats[d];
			if (d % 50 == 0 && d >= 300)
				cr_expect_float_eq(curve[d / 50], sum, (k ? .12 : .05) * sum, "%s day %d: %g, %g came", ids[k], d, curve[d / 50], sum);
		}
	}
}

Test(season, none_is_found_where_there_is_none, .init = begin, .fini = end)
{
	struct season_ask ask;
	struct cohort *c = shop(1200, false);
	struct fit_options o = { .min_customers = 30, .season = &ask };
	struct fit f;
	season_parse("auto", &ask);
	cr_assert_eq(fit_one(model_find("mbgnbd"), c, &o, &f), RC_OK);
	cr_expect(!f.season.on && strstr(f.message, "a season does not pay"), "%s", f.message);
	/* Two years are needed, or weights of one's own. */
	struct cohort young = *c;
	young.n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (c->t[i] < 700) {
			young.x[young.n] = c->x[i];
			young.t[young.n] = c->t[i];
			young.t_x[young.n++] = c->t_x[i];
		}
	cr_assert_eq(fit_one(model_find("mbgnbd"), &young, &o, &f), RC_OK);
	cr_expect(!f.season.on && strstr(f.message, "no season: it takes two full years, 730 days, and the history has"), "%s", f.message);
	ask.mode = SEASON_ALWAYS;
	cr_expect_eq(fit_one(model_find("mbgnbd"), &young, &o, &f), RC_DATA);
	season_parse("1,1,1,1,1,1,1,1,1,1,2,3", &ask);
	cr_expect_eq(fit_one(model_find("mbgnbd"), &young, &o, &f), RC_OK);
	cr_expect(f.season.on && f.season.harmonics == 0);
	cr_expect_eq(fit_one(model_find("mbgcnbd"), &young, &o, &f), RC_DATA);
}
