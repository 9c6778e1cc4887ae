/* Fits against published and recomputed maxima: src/models/fit.c, bg.c, gg.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
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
static void check(const char *set, const char *row, const char *id, const struct cohort *c, const char *period, bool repeat)
{
	struct fit_options o = { .period = period, .spend_repeat = repeat, .min_customers = 10 };
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

Test(fit, cdnow, .init = begin, .fini = end)
{
	NEED_REFERENCE("cdnow_elog.csv");
	struct cohort *c = log_cohort(arena, "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30");
	check("cdnow_sample", "bgnbd", "bgnbd", c, "week", false);
	check("cdnow_sample", "mbgnbd", "mbgnbd", c, "week", false);
	check("cdnow_sample", "gg", "gg", c, "week", true);
	check("cdnow_sample", "gg_all_purchases", "gg", c, "week", false);
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
		check(set[i], "gg", "gg", c, "week", true);
	}
}

Test(fit, other_sets, .init = begin, .fini = end)
{
	NEED_REFERENCE("grocery_elog.csv");
	struct cohort *grocery = log_cohort(arena, "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30");
	struct cohort *example = log_cohort(arena, "lifetimes_example_transactions.csv", NULL, "2014-12-31", "");
	struct cohort *busy = summary_cohort(arena, "sim_highfreq_cbs.csv", "x", "t_x", "T", NULL, 1);
	for (size_t i = 0; i < 2; i++) {
		const char *id = i ? "mbgnbd" : "bgnbd";
		check("grocery", id, id, grocery, "week", false);
		check("lifetimes_example", id, id, example, "day", false);
		check("sim_highfreq", id, id, busy, "day", false);
	}
}
