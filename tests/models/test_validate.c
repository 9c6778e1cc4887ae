/* Predictions against a holdout: src/models/validate.c; and the tracking curve. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/standing.h"
#include "models/validate.h"
#include "reference.h"
#include "simulate.h"

TestSuite(validate);

static double metric(const struct validation *v, const char *model, const char *target, const char *name)
{
	for (size_t i = 0; i < v->metrics; i++)
		if (!strcmp(v->metric[i].model, model) && !strcmp(v->metric[i].target, target) && !strcmp(v->metric[i].metric, name))
			return v->metric[i].value;
	cr_expect_fail("no metric %s %s %s", model, target, name);
	return NAN;
}

static struct validation *validated(struct arena *a, const char *id, const struct cohort *c, bool repeat, struct model_set *set)
{
	struct fit_options o = { .period = "week", .spend_repeat = repeat, .min_customers = 10 };
	struct validation *v;
	*set = (struct model_set) { .per_purchase = NAN };
	cr_assert_eq(fit_one(model_find(id), c, &o, &set->purchase), RC_OK);
	if (c->has_money) {
		cr_assert_eq(fit_one(model_find("gg"), c, &o, &set->spend), RC_OK);
		set->has_spend = set->spend.status == FIT_CONVERGED;
	}
	cr_assert_eq(validate_set(a, set, c, NULL, &v), RC_OK);
	return v;
}

static void accuracy(const char *set, const char *title, const char *id, const struct cohort *c)
{
	static const struct { const char *theirs, *ours; } names[] = {
		{ "MAE", "mae" }, { "RMSE", "rmse" }, { "BIAS", "aggregate_error" }, { "Gini", "gini" }, { "Spear", "spearman" }, { "Top10", "capture_top10" },
	};
	struct arena *a = arena_new();
	struct model_set ms;
	struct validation *v = validated(a, id, c, true, &ms);
	char row[64];
	double want, allowed;
	for (size_t i = 0; i < 6; i++) {
		snprintf(row, sizeof row, "accuracy: %s", title);
		bool there = reference_value(set, row, names[i].theirs, &want, &allowed);
		if (there && i == 5)
			allowed += .002; /* a tenth of 2,357 is 236 customers here and 235 there */
		if (there)
			cr_expect_float_eq(metric(v, v->name, "purchases", names[i].ours), want, allowed, "%s %s %s: %g, not %g", set, title,
			                   names[i].theirs, metric(v, v->name, "purchases", names[i].ours), want);
		snprintf(row, sizeof row, "spend accuracy: %s x GG(repeat only)", title);
		if (i < 4 && c->has_money && reference_value(set, row, names[i].theirs, &want, &allowed))
			cr_expect_float_eq(metric(v, v->name, "revenue", names[i].ours), want, allowed, "%s spend %s %s: %g, not %g", set, title,
			                   names[i].theirs, metric(v, v->name, "revenue", names[i].ours), want);
	}
	printf("# %s %s: coverage of the 80 %% interval %.3f\n", set, id, metric(v, v->name, c->has_money ? "revenue" : "purchases", "coverage_80"));
	arena_free(a);
}

Test(validate, reference_accuracy)
{
	NEED_REFERENCE("cdnow_elog.csv");
	struct arena *a = arena_new();
	struct cohort *cdnow = log_cohort(a, "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30");
	struct cohort *grocery = log_cohort(a, "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30");
	struct cohort *regular = log_cohort(a, "sim_mbgcnbd3_elog.csv", "spend", "2022-01-03", "2023-01-02");
	for (int m = 0; m < 2; m++) {
		accuracy("cdnow_sample", m ? "MBG/NBD" : "BG/NBD", m ? "mbgnbd" : "bgnbd", cdnow);
		accuracy("grocery", m ? "MBG/NBD" : "BG/NBD", m ? "mbgnbd" : "bgnbd", grocery);
		accuracy("sim_mbgcnbd3", m ? "MBG/NBD" : "BG/NBD", m ? "mbgnbd" : "bgnbd", regular);
	}
	arena_free(a);
}

/* Means by frequency of the BTYD vignette. */
static void check_frequencies(const struct validation *v, const char *model)
{
	double want, allowed;
	char name[80];
	size_t bins = 0;
	for (size_t i = 0; i < v->bins; i++) {
		const struct validation_bin *b = &v->bin[i];
		if (strcmp(b->target, "purchases") || strcmp(b->grouping, "frequency"))
			continue;
		bins++;
		snprintf(name, sizeof name, "mean_cond_expected_39wk_bin_x=%s", b->label);
		cr_expect(reference_value("cdnow_sample", model, name, &want, &allowed));
		cr_expect_float_eq(b->predicted, want, allowed, "%s %s: %g, not %g", model, name, b->predicted, want);
		snprintf(name, sizeof name, "mean_holdout_transactions_x=%s", b->label);
		cr_expect(reference_value("cdnow_sample", "data", name, &want, &allowed));
		cr_expect_float_eq(b->actual, want, allowed);
	}
	cr_expect_eq(bins, 8);
}

/* The vignette's tracking curve counts weeks from the first customer's day. */
Test(validate, calibration_and_tracking)
{
	NEED_REFERENCE("cdnow_elog.csv");
	struct arena *a = arena_new();
	struct cohort *c = log_cohort(a, "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30");
	struct model_set set;
	double want, allowed, curve[26];
	char name[80];
	check_frequencies(validated(a, "pnbd", c, false, &set), "pnbd");
	check_frequencies(validated(a, "bgnbd", c, false, &set), "bgnbd");
	forecast_tracking(&set, c, 7, curve, 26);
	for (int week = 20; week <= 25; week++) {
		snprintf(name, sizeof name, "expected_cumulative_repeat_transactions_week_%d", week);
		cr_expect(reference_value("cdnow_sample", "bgnbd", name, &want, &allowed));
		cr_expect_float_eq(curve[week], want, allowed, "%s: %g, not %g", name, curve[week], want);
	}
	arena_free(a);
}

/* On data from the model itself the interval holds what it promises, and the model beats the naive ones. */
Test(validate, honest_on_its_own_data)
{
	struct arena *a = arena_new();
	struct rng g;
	const struct shop s = { .r = 2, .alpha = 18, .a = .25, .b = 12, .p = 8, .q = 4.5, .gamma = 180 };
	rng_init(&g, 21, "honest");
	struct cohort *c = simulate_cohort(a, &g, &s, 5000, 300, 400, 180, 1);
	struct model_set set;
	struct validation *v = validated(a, "bgnbd", c, false, &set);
	double coverage = metric(v, v->name, "revenue", "coverage_80");
	cr_expect(coverage > .79 && coverage < .86, "coverage %.3f: a little above .8, as 0 is a point", coverage);
	cr_expect_lt(fabs(metric(v, v->name, "revenue", "aggregate_error")), .05);
	cr_expect_lt(metric(v, v->name, "revenue", "mae"), metric(v, "rate", "revenue", "mae"));
	cr_expect_lt(metric(v, v->name, "purchases", "mae"), metric(v, "last_window", "purchases", "mae"));
	cr_expect_gt(metric(v, v->name, "purchases", "auc"), .7);
	struct js *json = validate_json(v);
	cr_expect_float_eq(js_real_of(js_get(js_get(js_get(json, "rate"), "purchases"), "mae")), metric(v, "rate", "purchases", "mae"), 0);
	js_free(json);
	arena_free(a);
}

/* One sort a prediction gives what eight gave. */
Test(validate, standing_is_ranked_and_top)
{
	enum { N = 997 };
	static double y[N], p[N];
	static const double share[] = { .2, .1 };
	struct rng g;
	struct standing *s;
	struct ranked a, b;
	struct top t[2], u;
	rng_init(&g, 2, "standing");
	for (size_t i = 0; i < N; i++) {
		y[i] = (double)(rng_below(&g, 4) * rng_below(&g, 9));
		p[i] = y[i] + (double)rng_below(&g, 7);
	}
	cr_assert_eq(standing_new(y, N, &s), RC_OK);
	cr_assert_eq(standing_measure(s, p, share, 2, &a, t), RC_OK);
	cr_assert_eq(metric_ranked(y, p, N, &b), RC_OK);
	cr_expect_eq(a.spearman, b.spearman);
	cr_expect_eq(a.gini, b.gini);
	cr_expect_eq(a.decile_error, b.decile_error);
	cr_expect_eq(a.decile_error_weighted, b.decile_error_weighted);
	for (size_t i = 0; i < 2; i++) {
		cr_assert_eq(metric_top(y, p, N, share[i], &u), RC_OK);
		cr_expect(t[i].k == u.k && t[i].precision == u.precision && t[i].precision_twice == u.precision_twice && t[i].capture == u.capture);
	}
	standing_free(s);
}
