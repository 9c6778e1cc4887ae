/* Fits against published and recomputed maxima: src/models/fit.c, bg.c, gg.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/fit.h"
#include "reference.h"

TestSuite(fit);

static struct arena *arena;

static void begin(void)
{
	arena = arena_new();
}

static void end(void)
{
	arena_free(arena);
}

/* Every row of values.csv about parameters, standard errors and the likelihood. */
static void check_k(const char *set, const char *row, const char *id, const struct cohort *c, const char *period, bool repeat, int k)
{
	struct fit_options o = { .period = period, .spend_repeat = repeat, .min_customers = 10, .k = k };
	struct fit f;
	double want, allowed;
	char name[32];
	size_t rows = 0;
	cr_assert_eq(fit_one(model_find(id), c, &o, &f), RC_OK);
	cr_expect_eq(f.status, FIT_CONVERGED, "%s %s: %s, %s", set, id, fit_status_name(f.status), f.message);
	for (size_t i = 0; i < f.model->n_params; i++) {
		const char *p = f.model->params[i].name;
		if (reference_value(set, row, p, &want, &allowed) && ++rows)
			cr_expect_float_eq(f.param[i], want, allowed, "%s %s %s: %.9g, not %.9g", set, row, p, f.param[i], want);
		snprintf(name, sizeof name, "se.%s", p);
		if (reference_value(set, row, name, &want, &allowed) && ++rows)
			cr_expect_float_eq(f.se[i], want, allowed, "%s %s %s: %.6g, not %.6g", set, row, name, f.se[i], want);
	}
	if (reference_value(set, row, "loglik", &want, &allowed) && ++rows)
		cr_expect_float_eq(f.loglik, want, allowed, "%s %s loglik: %.7f, not %.7f", set, row, f.loglik, want);
	cr_expect_geq(rows, 4);
	printf("# %s %s: %zu evaluations, %zu distinct, gradient %.1e, %s\n", set, row, f.evaluations, f.n_distinct, f.gradient_norm, f.message);
}

static void check(const char *set, const char *row, const char *id, const struct cohort *c, const char *period, bool repeat)
{
	check_k(set, row, id, c, period, repeat, 0);
}

/* k = 2 .. most as it is given, and the best one by likelihood. */
static void check_regular(const char *set, const struct cohort *c, int most)
{
	static const char *const ids[] = { "bgcnbd", "mbgcnbd" };
	for (size_t i = 0; i < 2; i++) {
		struct fit_options o = { .period = "week", .min_customers = 10 };
		struct fit best, plain;
		double want, allowed;
		char row[32];
		for (int k = 2; k <= most; k++) {
			snprintf(row, sizeof row, "%s-%d", ids[i], k);
			if (reference_value(set, row, "loglik", &want, &allowed))
				check_k(set, row, ids[i], c, "week", false, k);
		}
		cr_assert_eq(fit_one(model_find(ids[i]), c, &o, &best), RC_OK);
		if (reference_value(set, ids[i], "best_k", &want, &allowed))
			cr_expect_eq(best.param[0], want, "%s %s: k = %g", set, ids[i], best.param[0]);
		cr_expect_eq(best.loglik, best.choice.loglik[(size_t)best.param[0] - 1]);
		/* k = 1 is the plain model. */
		cr_assert_eq(fit_one(model_find(i ? "mbgnbd" : "bgnbd"), c, &o, &plain), RC_OK);
		cr_expect_float_eq(best.choice.loglik[0], plain.loglik, 1e-9 * fabs(plain.loglik), "%s %s", set, ids[i]);
	}
}

Test(fit, cdnow, .init = begin, .fini = end)
{
	NEED_REFERENCE("cdnow_elog.csv");
	struct cohort *c = log_cohort(arena, "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30");
	check("cdnow_sample", "bgnbd", "bgnbd", c, "week", false);
	check("cdnow_sample", "mbgnbd", "mbgnbd", c, "week", false);
	check("cdnow_sample", "pnbd", "pnbd", c, "week", false);
	check("cdnow_sample", "nbd", "nbd", c, "week", false);
	check_regular("cdnow_sample", c, 3);
	check("cdnow_sample", "gg", "gg", c, "week", true);
	check("cdnow_sample", "gg_all_purchases", "gg", c, "week", false);
}

/* 11,104 donors of one year and their gifts in the next six. */
Test(fit, donations, .init = begin, .fini = end)
{
	NEED_REFERENCE("donations_rf.csv");
	struct sheet *s = sheet_read(arena, "donations_rf.csv");
	struct cohort c = { .has_money = false };
	for (size_t i = 1; i < s->rows; i++)
		c.n += (size_t)atol(s->cell[i][3]);
	cr_assert_eq(cohort_arrays(arena, &c), RC_OK);
	size_t n = 0;
	for (size_t i = 1; i < s->rows; i++)
		for (long k = atol(s->cell[i][3]); k > 0; k--, n++) {
			c.x[n] = atoi(s->cell[i][0]);
			c.t_x[n] = atoi(s->cell[i][1]);
			c.t[n] = atoi(s->cell[i][2]);
		}
	check("donations", "bgbb", "bgbb", &c, "day", false);
}

Test(fit, simulated_sets, .init = begin, .fini = end)
{
	NEED_REFERENCE("sim_pnbd_cov_elog.csv");
	static const char *const set[] = { "sim_pnbd_cov", "sim_mbgcnbd3", "sim_ggomnbd" };
	for (size_t i = 0; i < 3; i++) {
		char file[64];
		snprintf(file, sizeof file, "%s_elog.csv", set[i]);
		struct cohort *c = log_cohort(arena, file, "spend", "2022-01-03", "2023-01-02");
		check(set[i], "bgnbd", "bgnbd", c, "week", false);
		check(set[i], "mbgnbd", "mbgnbd", c, "week", false);
		if (i < 2)
			check(set[i], "pnbd", "pnbd", c, "week", false);
		if (i == 1) {
			check(set[i], "nbd", "nbd", c, "week", false);
			check_regular(set[i], c, 4);
		}
		if (i == 2)
			check(set[i], "ggomnbd", "ggomnbd", c, "week", false);
		check(set[i], "gg", "gg", c, "week", true);
	}
}

/* Where the maximum is at infinity the fit says so, names the model it is the limit of and reaches its likelihood, whatever the unit. */
Test(fit, boundaries, .init = begin, .fini = end)
{
	NEED_REFERENCE("sim_ggomnbd_elog.csv");
	static const struct { const char *set, *file, *cut, *id, *loglik, *says; } known[] = {
		{ "sim_ggomnbd", "sim_ggomnbd_elog.csv", "2022-01-03", "pnbd", "loglik_supremum", "exponential lifetimes with s/beta = 0.026656 a week" },
		{ "cdnow_sample", "cdnow_elog.csv", "1997-09-30", "ggomnbd", "loglik", "Pareto/NBD with s = 0.60624 and beta/b = 11.669 weeks" },
	};
	for (size_t i = 0; i < 2; i++) {
		struct cohort *c = log_cohort(arena, known[i].file, NULL, known[i].cut, "");
		struct fit_options o = { .period = "week", .min_customers = 10 };
		struct fit week, day;
		double want, allowed;
		cr_assert_eq(fit_one(model_find(known[i].id), c, &o, &week), RC_OK);
		o.period = "day";
		cr_assert_eq(fit_one(model_find(known[i].id), c, &o, &day), RC_OK);
		cr_expect_eq(week.status, FIT_RUNAWAY);
		cr_expect_eq(day.status, FIT_RUNAWAY);
		cr_expect(strstr(week.message, known[i].says) != NULL, "%s", week.message);
		cr_assert(reference_value(known[i].set, known[i].id, known[i].loglik, &want, &allowed));
		cr_expect_float_eq(week.loglik, want, allowed, "%.6f", week.loglik);
		cr_expect_float_eq(day.param[0], week.param[0], 1e-9);
	}
}

Test(fit, other_sets, .init = begin, .fini = end)
{
	NEED_REFERENCE("grocery_elog.csv");
	struct cohort *grocery = log_cohort(arena, "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30");
	struct cohort *example = log_cohort(arena, "lifetimes_example_transactions.csv", NULL, "2014-12-31", "");
	struct cohort *busy = summary_cohort(arena, "sim_highfreq_cbs.csv", "x", "t_x", "T", NULL, 1);
	static const char *const ids[] = { "bgnbd", "mbgnbd", "pnbd" };
	check("grocery", "nbd", "nbd", grocery, "week", false);
	check_regular("grocery", grocery, 4);
	check("sim_highfreq", "nbd", "nbd", busy, "day", false);
	for (size_t i = 0; i < 3; i++) {
		const char *id = ids[i];
		check("grocery", id, id, grocery, "week", false);
		check("lifetimes_example", id, id, example, "day", false);
		check("sim_highfreq", id, id, busy, "day", false);
	}
}

/* ---- nested models ---- */

static const struct { const char *file, *cut; } shops[] = {
	{ "cdnow_elog.csv", "1997-09-30" }, { "grocery_elog.csv", "2006-12-31" }, { "sim_pnbd_cov_elog.csv", "2022-01-03" },
	{ "sim_mbgcnbd3_elog.csv", "2022-01-03" }, { "sim_ggomnbd_elog.csv", "2022-01-03" }, { "lifetimes_example_transactions.csv", "2014-12-31" },
	{ "discrete_sim_elog.csv", "1983-01-01" },
};

static double best_of(const char *id, const struct cohort *c, int k)
{
	struct fit_options o = { .period = "week", .min_customers = 10, .k = k };
	struct fit f;
	cr_assert_eq(fit_one(model_find(id), c, &o, &f), RC_OK);
	cr_expect(fit_usable(&f), "%s: %s %s", id, fit_status_name(f.status), f.message);
	return f.loglik;
}

/* A model is never worse than one that it contains, also where its maximum is on a boundary. */
static void check_nested(const char *set, const struct cohort *c)
{
	static const char *const pairs[][2] = { { "nbd", "bgnbd" }, { "nbd", "mbgnbd" }, { "nbd", "pnbd" }, { "pnbd", "ggomnbd" } };
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		double small = best_of(pairs[i][0], c, 0), large = best_of(pairs[i][1], c, 0);
		printf("# %s: %s %.6f, %s %+.6f\n", set, pairs[i][0], small, pairs[i][1], large - small);
		cr_expect_geq(large, small - 1e-8, "%s: %s %.7f is below %s %.7f", set, pairs[i][1], large, pairs[i][0], small);
	}
	if (isnan(c->log_gaps))
		return;
	double one = best_of("mbgcnbd", c, 1), chosen = best_of("mbgcnbd", c, 0);
	cr_expect_geq(chosen, one, "%s: %.7f is below k = 1, %.7f", set, chosen, one);
	cr_expect_float_eq(one, best_of("mbgnbd", c, 0), 1e-9 * fabs(one));
}

Test(fit, nested_models, .init = begin, .fini = end)
{
	NEED_REFERENCE("cdnow_elog.csv");
	for (size_t i = 0; i < sizeof shops / sizeof shops[0]; i++)
		check_nested(shops[i].file, log_cohort(arena, shops[i].file, NULL, shops[i].cut, ""));
	check_nested("sim_highfreq", summary_cohort(arena, "sim_highfreq_cbs.csv", "x", "t_x", "T", NULL, 1));
	check_nested("lifetimes_cdnow_summary", summary_cohort(arena, "lifetimes_cdnow_summary.csv", "frequency", "recency", "T", NULL, 7));
}
