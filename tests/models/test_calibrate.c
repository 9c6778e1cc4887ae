/* Calibration: what is wrong in every past is found and taken away, what is right is left alone, and nothing after the day of
 * the fit is looked at. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "models/forecast.h"
#include "models/validate.h"
#include "module/purchase.h"
#include "reference.h"

TestSuite(calibrate);

enum { CUT = 400, HOLD = 150, END = CUT + HOLD, CUSTOMERS = 2500 };

/* The rows of buyers with rates of gamma(.9, 12) days who leave after a purchase with a chance of beta(.6, 3), the first included;
 * from day 0 to END, prices of gamma. */
static struct past *town(struct arena *a, uint64_t seed, bool money)
{
	struct past *p = arena_alloc(a, 1, sizeof *p);
	size_t room = CUSTOMERS * 200;
	p->row = arena_alloc(a, room, sizeof *p->row);
	p->has_money = money;
	p->decimals = 2;
	for (int32_t i = 1; i <= CUSTOMERS; i++) {
		struct rng g;
		rng_init_sub(&g, seed, "town", (uint64_t)i);
		double t = rng_uniform(&g) * 150, rate = rng_gamma(&g, .9, 12), leave = rng_beta(&g, .6, 3);
		while (t < END && p->n < room) {
			p->row[p->n++] = (struct past_row) { i, (day_t)t, money ? (int64_t)(100 * rng_gamma(&g, 4, .2)) + 1 : MONEY_NONE, COUNTS_OWN };
			if (rng_uniform(&g) < leave)
				break;
			t += rng_exponential(&g, rate);
		}
	}
	past_sort(p);
	return p;
}

struct scene { struct arena *a; struct past *past; struct cohort c; struct fit_options o; struct model_set set; struct calibration calibration; };

static void play(struct scene *s, const char *model, uint64_t seed, bool money, enum calibration_kind kind)
{
	*s = (struct scene) { .a = arena_new(), .o = { .period = "day", .min_customers = 10 }, .set = { .per_purchase = (double)NAN } };
	s->past = town(s->a, seed, money);
	cr_assert_eq(past_cohort(s->a, s->past, CUT - 1, HOLD, &s->c), RC_OK);
	cr_assert_eq(fit_one(model_find(model), &s->c, &s->o, &s->set.purchase), RC_OK);
	s->set.as_of = CUT - 1;
	if (money) {
		cr_assert_eq(fit_one(model_find("gg"), &s->c, &s->o, &s->set.spend), RC_OK);
		s->set.has_spend = fit_usable(&s->set.spend);
		s->set.per_purchase = s->set.spend.per_purchase;
	}
	cr_assert_eq(calibrate(s->past, &s->set.purchase, money ? &s->set.spend : NULL, CUT - 1, HOLD, kind, &s->o, &s->calibration), RC_OK);
	s->set.calibration = s->calibration;
}

static double off(const struct validation *v, const char *model, const char *target)
{
	return validation_measure(v, model, target, "aggregate_error");
}

/* The NBD knows of no drop-out: it expects far too much of everyone, in every past. */
Test(calibrate, a_bias_is_found_and_taken_away, .timeout = 300)
{
	static const enum calibration_kind kinds[] = { CALIBRATION_LEVEL, CALIBRATION_ISOTONIC };
	for (size_t k = 0; k < 2; k++) {
		struct scene s;
		struct validation *v;
		play(&s, "nbd", 5, true, kinds[k]);
		cr_assert_eq(s.calibration.kind, kinds[k]);
		cr_assert(s.calibration.used >= 5 && s.calibration.purchases < .8, "%s", s.calibration.why);
		cr_assert_eq(validate_set(s.a, &s.set, &s.c, NULL, &v), RC_OK);
		cr_assert_gt(off(v, "plain", "purchases"), .3);
		cr_assert(fabs(off(v, NULL, "purchases")) < .4 * off(v, "plain", "purchases"), "%.3f of %.3f", off(v, NULL, "purchases"),
		          off(v, "plain", "purchases"));
		cr_assert(fabs(off(v, NULL, "revenue")) < .5 * off(v, "plain", "revenue"));
		double came = validation_measure(v, NULL, "purchases", "share_buying");
		double said = validation_measure(v, NULL, "purchases", "share_buying_predicted"), before = validation_measure(v, "plain", "purchases", "share_buying_predicted");
		cr_assert(fabs(said - came) < .5 * fabs(before - came), "%.3f %.3f %.3f", came, said, before);
		double inside = validation_measure(v, NULL, "purchases", "pit_80"), plain = validation_measure(v, "plain", "purchases", "pit_80");
		cr_assert(fabs(inside - .8) < fabs(plain - .8), "%.3f %.3f", inside, plain);
		arena_free(s.a);
	}
}

/* The standard error is that of chance alone, not of the parameters, so some factors pass: small ones. */
Test(calibrate, what_is_right_is_left_alone, .timeout = 300)
{
	double sum = 0, worst = 0;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		struct scene s;
		play(&s, "mbgnbd", seed, false, CALIBRATION_LEVEL);
		cr_assert_eq(s.calibration.kind, CALIBRATION_LEVEL);
		sum += fabs(log(s.calibration.purchases));
		worst = fmax(worst, fabs(log(s.calibration.purchases)));
		cr_assert(fabs(s.calibration.low - .1) < .03 && fabs(s.calibration.high - .9) < .03, "%.3f %.3f", s.calibration.low, s.calibration.high);
		arena_free(s.a);
	}
	cr_assert(sum / 8 < .05 && worst < .1, "mean %.3f, worst %.3f", sum / 8, worst);
}

/* Fits at earlier days have the covariates of the fit that is to be put right. */
Test(calibrate, covariates_are_used, .timeout = 300)
{
	struct scene s;
	play(&s, "nbd", 7, false, CALIBRATION_LEVEL);
	struct calibration without = s.calibration, with;
	struct design d = { .columns = 1, .effects = 1, .effect = { { 0, ON_PROCESS } } };
	snprintf(d.column[0].attribute, sizeof d.column[0].attribute, "kind");
	size_t n = past_customers(s.past), k = 0;
	s.past->width = 1;
	s.past->z = arena_alloc(s.a, n, sizeof *s.past->z);
	for (size_t i = 0; i < s.past->n; i++) /* those who come late, and have less behind them */
		if (i == 0 || s.past->row[i].customer != s.past->row[i - 1].customer)
			s.past->z[k++] = s.past->row[i].day > 75;
	s.o.design = &d;
	cr_assert_eq(past_cohort(s.a, s.past, CUT - 1, HOLD, &s.c), RC_OK);
	cr_assert_eq(s.c.width, 1);
	cr_assert_eq(fit_one(model_find("nbd"), &s.c, &s.o, &s.set.purchase), RC_OK);
	cr_expect_eq(s.set.purchase.design.effects, 1, "%s", s.set.purchase.message);
	cr_assert_eq(calibrate(s.past, &s.set.purchase, NULL, CUT - 1, HOLD, CALIBRATION_LEVEL, &s.o, &with), RC_OK);
	size_t at = with.origins - 1;
	while (at > 0 && !with.origin[at].used)
		at--;
	const struct origin *last = &with.origin[at];
	cr_assert(last->used && without.origin[at].used && last->predicted != without.origin[at].predicted, "%zu: %s %s, %g %g", at, fit_status_name(last->status),
	          fit_status_name(without.origin[at].status), last->predicted, without.origin[at].predicted);
	struct cohort c;
	struct fit f;
	double sum = 0, own[MODEL_PARAMS];
	cr_assert_eq(past_cohort(s.a, s.past, last->cut, last->hold_days, &c), RC_OK);
	cr_assert_eq(fit_one(model_find("nbd"), &c, &s.o, &f), RC_OK);
	for (size_t i = 0; i < c.n; i++) {
		struct history h = { .x = c.x[i], .t_x = c.t_x[i], .t = c.t[i] };
		cr_assert_eq(c.z[i], s.past->z[c.customer[i] - 1]);
		fit_own(&f, c.z + i, own);
		sum += f.model->expected(f.model, own, &h, last->hold_days);
	}
	cr_expect_float_eq(last->predicted, sum, 1e-9 * sum);
	arena_free(s.a);
}

Test(calibrate, alive_and_the_order_stay)
{
	struct scene s;
	struct outlook future = { .horizon = HOLD, .near = 30, .margin = 1 };
	struct model_set plain;
	struct forecast *f, *g;
	play(&s, "nbd", 6, true, CALIBRATION_LEVEL);
	plain = s.set;
	plain.calibration.kind = CALIBRATION_NONE;
	cr_assert(forecast_new(s.a, &s.set, &s.c, &future, &f) == RC_OK && forecast_new(s.a, &plain, &s.c, &future, &g) == RC_OK);
	double factor = s.calibration.purchases * s.calibration.value;
	for (size_t i = 0; i < s.c.n; i++) {
		struct prediction p, q;
		forecast_customer(f, i, &p);
		forecast_customer(g, i, &q);
		cr_assert(p.p_alive == q.p_alive);
		cr_assert(fabs(p.expected - q.expected * s.calibration.purchases) <= 1e-12 * q.expected);
		cr_assert(fabs(p.clv - q.clv * factor) <= 1e-12 * q.clv);
		cr_assert(p.none >= 0 && p.none <= 1 && p.low <= p.high);
	}
	arena_free(s.a);
}

/* The same calibration whatever came after the day of the fit. */
Test(calibrate, nothing_after_the_fit_is_looked_at)
{
	struct scene s;
	struct calibration again;
	play(&s, "nbd", 7, false, CALIBRATION_ISOTONIC);
	for (size_t i = 0; i < s.past->n; i++)
		if (s.past->row[i].day >= CUT)
			s.past->row[i].day = END - 1;
	past_sort(s.past);
	cr_assert_eq(calibrate(s.past, &s.set.purchase, NULL, CUT - 1, HOLD, CALIBRATION_ISOTONIC, &s.o, &again), RC_OK);
	cr_assert_eq(memcmp(&again, &s.calibration, sizeof again), 0);
	arena_free(s.a);
}

Test(calibrate, a_short_past_says_so)
{
	struct arena *a = arena_new();
	struct past p = { .first = DAY_NONE };
	struct calibration c;
	struct fit f = { .model = model_find("mbgnbd") };
	struct fit_options o = { .min_customers = 10 };
	cr_assert_eq(calibrate(&p, &f, NULL, 100, 50, CALIBRATION_LEVEL, &o, &c), RC_OK);
	cr_assert(c.kind == CALIBRATION_NONE && c.purchases == 1 && *c.why);
	cr_assert(calibration_factor(&c, 3) == 1 && calibration_buying(&c, .3) == .3);
	arena_free(a);
}

/* Issue figures: what the calibration makes of the totals of two shops, with nothing of the holdout seen. */
Test(calibrate, totals_of_the_reference_shops, .timeout = 300)
{
	static const struct { const char *file, *cut, *end, *model; } shops[] = {
		{ "cdnow_elog.csv", "1997-09-30", "1998-06-30", "pnbd" }, { "grocery_elog.csv", "2006-12-31", "2007-12-30", "mbgcnbd" },
	};
	NEED_REFERENCE("grocery_elog.csv");
	for (size_t i = 0; i < 2; i++) {
		struct arena *a = arena_new();
		struct cohort *c = log_cohort(a, shops[i].file, NULL, shops[i].cut, shops[i].end);
		struct past *p = log_past(a, shops[i].file, NULL, shops[i].end);
		struct fit_options o = { .period = "week", .min_customers = 10 };
		struct model_set set = { .as_of = c->as_of, .per_purchase = (double)NAN };
		struct validation *v;
		cr_assert_eq(fit_one(model_find(shops[i].model), c, &o, &set.purchase), RC_OK);
		cr_assert_eq(calibrate(p, &set.purchase, NULL, c->as_of, c->hold_days, CALIBRATION_LEVEL, &o, &set.calibration), RC_OK);
		cr_assert_eq(validate_set(a, &set, c, NULL, &v), RC_OK);
		cr_assert(fabs(off(v, "plain", "purchases")) > .1 && fabs(off(v, NULL, "purchases")) < .05, "%s: %.3f to %.3f", shops[i].file,
		          off(v, "plain", "purchases"), off(v, NULL, "purchases"));
		arena_free(a);
	}
}
