/* Quantities of one customer against high-precision values: src/models/predict.c and the models behind it. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/predict.h"
#include "reference.h"

TestSuite(predict);

static size_t parse_params(const char *text, double *param)
{
	size_t n = 0;
	char *end;
	for (; n < MODEL_PARAMS; n++, text = end) {
		param[n] = strtod(text, &end);
		if (end == text)
			break;
	}
	return n;
}

static double number(const char *text)
{
	const char *equal = strchr(text, '=');
	text = equal ? equal + 1 : text;
	return *text ? atof(text) : NAN;
}

/* The references call what is exact so, where others approximate. */
static const char *known_as(const char *quantity)
{
	return strcmp(quantity, "cond_expected_exact") == 0 ? "cond_expected" : strcmp(quantity, "palive_next") == 0 ? "palive_future" : quantity;
}

static double ask(const char *id, const double *param, double x, double t_x, double t_seen, double t, const char *quantity)
{
	double got = NAN;
	cr_expect_eq(predict_quantity(model_find(id), param, x, t_x, t_seen, t, quantity, &got), RC_OK, "%s %s", id, quantity);
	return got;
}

Test(predict, stress)
{
	NEED_REFERENCE("stress.csv");
	struct arena *a = arena_new();
	struct sheet *s = sheet_read(a, "stress.csv");
	size_t rows = 0;
	for (size_t i = 1; i < s->rows; i++) {
		char **c = s->cell[i];
		double param[MODEL_PARAMS], want = atof(c[7]), x = number(c[2]);
		if (model_find(c[0]) == NULL)
			continue;
		rows++;
		parse_params(c[1], param);
		double got = ask(c[0], param, isnan(x) ? 0 : x, number(c[3]), number(c[4]), strcmp(c[6], "palive_next") == 0 ? 1 : number(c[5]),
		                 known_as(c[6]));
		double allowed = 1e-8 * (strcmp(c[6], "loglik") == 0 ? fmax(1, fabs(want)) : fabs(want));
		cr_expect(!isnan(got) && fabs(got - want) <= fmax(allowed, 1e-300), "%s %s x=%s t_x=%s T=%s t=%s %s: %.17g, not %s",
		          c[0], c[1], c[2], c[3], c[4], c[5], c[6], got, c[7]);
	}
	cr_expect_eq(rows, 848);
	arena_free(a);
}

/* models.md 3.2; Fader, Hardie and Lee 2005 and the spreadsheets of their notes. */
Test(predict, published)
{
	const double p[] = { .243, 4.414, .793, 2.426 }, q[] = { .25, 4, .8, 2.5 }, g[] = { 6.24935, 3.74426, 15.44431 };
	const double sharp[] = { .2425945, 4.4136019, .7929199, 2.4258881 };
	cr_expect_float_eq(ask("bgnbd", p, 2, 30.43, 38.86, 39, "cond_expected"), 1.226028, 1e-5);
	cr_expect_float_eq(ask("bgnbd", sharp, 0, 0, 0, 52, "expected"), 1.444004, 1e-4);
	cr_expect_float_eq(ask("bgnbd", p, 0, 0, 0, .1429, "expected"), .0078, 1e-4);
	cr_expect_float_eq(ask("bgnbd", p, 10, NAN, NAN, 2, "pmf") / 1.07869e-7, 1, 1e-4);
	cr_expect_float_eq(ask("bgnbd", p, 11, NAN, NAN, 30, "pmf"), .0019995214, 1e-8);
	cr_expect_float_eq(ask("bgnbd", p, 0, NAN, NAN, 39, "pmf"), .5737864, 1e-6);
	cr_expect_float_eq(ask("bgnbd", q, 200, 38, 40, NAN, "loglik"), 100.7957, 1e-4);
	cr_expect_float_eq(ask("mbgnbd", q, 200, 38, 40, NAN, "loglik"), 100.7869, 1e-4);
	cr_expect_float_eq(ask("bgnbd", q, 0, 0, 40, NAN, "loglik"), -.59947382, 1e-7);
	cr_expect_float_eq(ask("mbgnbd", q, 0, 0, 40, NAN, "loglik"), -.41792826, 1e-7);
	cr_expect_float_eq(ask("gg", g, 2, NAN, NAN, 40, "cond_mean"), 39.1305007635, 1e-3);
	cr_expect_float_eq(ask("gg", g, 7, NAN, NAN, 73.74, "cond_mean"), 71.47, .05);
	cr_expect_float_eq(ask("gg", g, 0, NAN, NAN, NAN, "cond_mean"), 35.17, .1);
}

/* BTYD 2.4.3, manual and vignette of the Pareto/NBD; Fader, Hardie and Lee 2005 on DERT; Bemmaor and Glady 2012. */
Test(predict, published_lifetimes)
{
	const double p[] = { .55, 10.56, .61, 11.64 }, cdnow[] = { .553277046848, 10.5776834632, .606239989145, 11.6687352895 };
	const double even[] = { 1.379, 6.876, 1e6, 3.75e7 };
	cr_expect_float_eq(ask("pnbd", p, 0, 0, 0, 1, "expected"), .05077821, 2e-8);
	cr_expect_float_eq(ask("pnbd", p, 0, 0, 0, 9, "expected"), .38909211, 2e-8);
	cr_expect_float_eq(ask("pnbd", cdnow, 0, 0, 0, 52, "expected"), 1.473434, 2e-4);
	cr_expect_float_eq(ask("pnbd", cdnow, 26, 30.857142857, 31, 52, "cond_expected"), 25.45647, 5e-3);
	cr_expect_float_eq(ask("pnbd", cdnow, 26, 30.857142857, 31, NAN, "palive"), .997874, 2e-5);
	cr_expect_float_eq(ask("pnbd", cdnow, 25, 20, 39, 52, "cond_expected") / .00309267, 1, 1e-3);
	cr_expect_float_eq(ask("pnbd", cdnow, 2, 20, 20, NAN, "palive"), 1, 0, "nobody has had time to leave");
	/* All at one rate: exponential lifetimes. */
	cr_expect_float_eq(ask("pnbd", even, 3, 20, 20, 30, "palive_future"), exp(-30 * 1e6 / 3.75e7), 1e-5);
	cr_expect_float_eq(ask("nbd", p, 3, 5, 20, 10, "cond_expected"), 3.55 / 30.56 * 10, 1e-12);
}

/* The tests of BTYDplus, (M)BG/CNBD-3; Fader, Hardie and Shang 2010: donations in six years. */
Test(predict, published_regular_and_discrete)
{
	double k[] = { 3, .5, 2, .3, .6 }, donors[] = { 1.203522, .749716, .656718, 2.783442 };
	cr_expect_float_eq(ask("bgcnbd", k, 3, 12, 14, 3, "loglik"), -10.425, 1e-4);
	cr_expect_float_eq(ask("bgcnbd", k, 2, NAN, NAN, 10, "pmf"), .0566859, 1e-6);
	cr_expect_float_eq(ask("mbgcnbd", k, 2, NAN, NAN, 10, "pmf"), .0454754, 1e-6);
	cr_expect_float_eq(ask("bgbb", donors, 0, 0, 0, 1, "expected"), .4985, 1e-4);
	cr_expect_float_eq(ask("bgbb", donors, 0, 0, 0, 11, "expected"), 3.3887, 1e-4);
	cr_expect_float_eq(ask("bgbb", donors, 0, 0, 6, 1, "palive_future"), .108, 1e-3);
	cr_expect_float_eq(ask("bgbb", donors, 2, 4, 6, 1, "palive_future"), .590, 1e-3);
	cr_expect_float_eq(ask("bgbb", donors, 6, 6, 6, 1, "palive_future"), .930, 1e-3);
	cr_expect_float_eq(ask("bgbb", donors, 0, 0, 6, 10, "cond_expected"), .1302, 1e-4);
	cr_expect_float_eq(ask("bgbb", donors, 4, 5, 6, 10, "cond_expected"), 3.6279, 1e-4);
}

/* s = 1 and alpha = beta, where closed forms are 0/0; no discount; no ageing. */
Test(predict, limits_of_lifetimes)
{
	const double at[][4] = { { .6, 10, 1, 12 }, { .6, 12, .7, 12 } };
	for (size_t i = 0; i < 2; i++) {
		double up[4], down[4];
		memcpy(up, at[i], sizeof up);
		memcpy(down, at[i], sizeof down);
		up[2 - i] *= 1 + 1e-5;
		down[2 - i] *= 1 - 1e-5;
		const char *const quantity[] = { "cond_expected", "palive", "loglik", "p_none" };
		for (size_t k = 0; k < 4; k++) {
			double mean = (ask("pnbd", up, 3, 20, 30, 40, quantity[k]) + ask("pnbd", down, 3, 20, 30, 40, quantity[k])) / 2;
			cr_expect_float_eq(ask("pnbd", at[i], 3, 20, 30, 40, quantity[k]) / mean, 1, 1e-9, "%s", quantity[k]);
		}
	}
	const double late[] = { .6, 10, 2.5, 12 }, aged[] = { .6, 10, 1e-7, 2.5, 12e-7 };
	cr_expect_float_eq(ask("pnbd", late, 3, 20, 30, 1e-9, "dert") / ask("pnbd", late, 3, 20, 30, 1e9, "cond_expected"), 1, 1e-6);
	const char *const quantity[] = { "cond_expected", "palive", "loglik", "p_none", "palive_future" };
	for (size_t k = 0; k < 5; k++)
		cr_expect_float_eq(ask("ggomnbd", aged, 3, 20, 30, 40, quantity[k]) / ask("pnbd", late, 3, 20, 30, 40, quantity[k]), 1, 1e-5, "%s", quantity[k]);
}

/* Where published forms divide 0 by 0 or change sign: the value between its neighbours. */
Test(predict, limits)
{
	const double p[] = { .11, 2.24, .31, .5 };
	cr_expect_float_eq(ask("bgnbd", p, 0, 0, 1, 30, "cond_expected"), .564588615532785, 1e-12);
	const double at[][4] = { { .8, 5, 1, 3 }, { .8, 5, .4, .6 } };
	for (size_t i = 0; i < 2; i++) {
		double up[4], down[4];
		memcpy(up, at[i], sizeof up);
		memcpy(down, at[i], sizeof down);
		up[2] += 1e-4;
		down[2] -= 1e-4;
		double mid = ask("bgnbd", at[i], 0, 0, 20, 30, "cond_expected");
		double mean = (ask("bgnbd", up, 0, 0, 20, 30, "cond_expected") + ask("bgnbd", down, 0, 0, 20, 30, "cond_expected")) / 2;
		cr_expect_float_eq(mid / mean, 1, 1e-7);
	}
}

Test(predict, refuses_what_no_customer_has)
{
	const double p[] = { .243, 4.414, .793, 2.426 }, zero[] = { .243, 0, .793, 2.426 }, low_q[] = { 2, .9, 10 };
	double got = 7;
	const struct model *m = model_find("bgnbd");
	cr_expect_eq(predict_quantity(m, p, 1.5, 1, 2, 3, "palive", &got), RC_USAGE);
	cr_expect_eq(predict_quantity(m, p, 1, 3, 2, 3, "palive", &got), RC_USAGE);
	cr_expect_eq(predict_quantity(m, p, 1, 1, 2, -3, "cond_expected", &got), RC_USAGE);
	cr_expect_eq(predict_quantity(m, p, 1, 1, 2, NAN, "cond_expected", &got), RC_USAGE);
	cr_expect_eq(predict_quantity(m, zero, 1, 1, 2, 3, "palive", &got), RC_USAGE);
	cr_expect_eq(predict_quantity(m, p, 1, 1, 2, 3, "cond_mean", &got), RC_USAGE);
	cr_expect_eq(predict_quantity(model_find("gg"), low_q, 0, NAN, NAN, NAN, "cond_mean", &got), RC_NUMERIC);
	cr_expect_eq(predict_quantity(model_find("gg"), low_q, 0, NAN, NAN, 5, "loglik", &got), RC_USAGE);
	cr_expect_eq(got, 7, "untouched");
	cr_expect_null(model_find("nosuch"));
	cr_expect_eq(model_unknown("bgnbx"), RC_USAGE);
}

/* Slices of a month at their middle; no discount gives the plain expectation, more discount less. */
Test(predict, discounts_by_months)
{
	const struct model *m = model_find("mbgnbd");
	const double p[] = { .5, 40, .9, 1.6 };
	struct history h = { .x = 3, .t_x = 100, .t = 150 };
	struct outlook o = { .horizon = 365, .discount = .1 };
	double sum = 0, month = 365.25 / 12, plain = m->expected(m, p, &h, 365);
	for (int k = 0; k < 12; k++) {
		double from = k * month, to = fmin(from + month, 365);
		sum += (m->expected(m, p, &h, to) - m->expected(m, p, &h, from)) * pow(1.1, -(from + to) / 2 / 365.25);
	}
	cr_expect_float_eq(discounted_purchases(m, p, &h, 1, &o), sum, 1e-12);
	cr_expect_lt(sum, plain);
	o.discount = 0;
	cr_expect_float_eq(discounted_purchases(m, p, &h, 1, &o), plain, 1e-13);
	o.discount = 1;
	cr_expect_lt(discounted_purchases(m, p, &h, 1, &o), sum);
}
