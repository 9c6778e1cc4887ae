/* Covariates: fits against published maxima, what must hold whatever the data, and what cannot be told. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/fit.h"
#include "models/solve.h"
#include "reference.h"
#include "simulate.h"

TestSuite(effect);

static struct arena *arena;

static void begin(void)
{
	arena = arena_new();
}

static void end(void)
{
	arena_free(arena);
}

/* Columns of numbers, each with an effect on process and on drop-out. */
static struct design plain_design(const char *const *name, size_t n)
{
	struct design d = { .columns = n };
	for (size_t k = 0; k < n; k++) {
		snprintf(d.column[k].attribute, sizeof d.column[k].attribute, "%s", name[k]);
		d.effect[d.effects++] = (struct effect) { k, ON_PROCESS };
		d.effect[d.effects++] = (struct effect) { k, ON_DROPOUT };
	}
	return d;
}

static const char *const names[] = { "gender", "channel", "age" };

/* The log with its covariates; customers of the cohort are in the order of the file. */
static struct cohort *shop_of_covariates(void)
{
	struct cohort *c = log_cohort(arena, "sim_pnbd_cov_elog.csv", NULL, "2022-01-03", "");
	struct sheet *s = sheet_read(arena, "sim_pnbd_cov.csv");
	c->width = 3;
	c->z = arena_alloc(arena, 3 * c->n, sizeof *c->z);
	cr_assert_eq(s->rows, c->n + 1);
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < 3; k++)
			c->z[3 * i + k] = atof(s->cell[i + 1][k + 1]);
	return c;
}

static struct fit fitted(const char *id, const struct cohort *c, const struct design *d, double penalty)
{
	struct fit_options o = { .period = "week", .min_customers = 10, .design = d, .penalty = penalty };
	struct fit f;
	cr_assert_eq(fit_one(model_find(id), c, &o, &f), RC_OK);
	return f;
}

static size_t check_row(const char *row, const char *quantity, double got)
{
	double want, allowed;
	if (!reference_value("sim_pnbd_cov", row, quantity, &want, &allowed))
		return 0;
	cr_expect_float_eq(got, want, allowed, "%s %s: %.8g, not %.8g", row, quantity, got, want);
	return 1;
}

static size_t check_static(const char *id, const char *row, const struct fit *f)
{
	static const char *const on[] = { "trans", "life" };
	char name[64];
	size_t rows = check_row(row, "loglik", f->loglik);
	for (size_t i = 0; i < fit_size(f); i++) {
		const struct effect *e = &f->design.effect[i < f->model->n_params ? 0 : i - f->model->n_params];
		if (i < f->model->n_params)
			snprintf(name, sizeof name, "%s", f->model->params[i].name);
		else
			snprintf(name, sizeof name, "%s.%s", on[e->on == ON_DROPOUT], names[e->column]);
		rows += check_row(row, name, f->param[i]);
		char se[80];
		snprintf(se, sizeof se, "se.%s", name);
		rows += check_row(row, se, f->se[i]);
	}
	printf("# %s with covariates: %zu rows, %zu evaluations, gradient %.1e, %s %s\n", id, rows, f->evaluations, f->gradient_norm, fit_status_name(f->status), f->message);
	return rows;
}

Test(effect, published_maxima, .init = begin, .fini = end)
{
	NEED_REFERENCE("sim_pnbd_cov.csv");
	const struct cohort *c = shop_of_covariates();
	struct design d = plain_design(names, 3);
	struct fit f = fitted("pnbd", c, &d, 0);
	cr_expect_geq(check_static("pnbd", "pnbd_static", &f), 21);
	f = fitted("bgnbd", c, &d, 0);
	cr_expect_geq(check_static("bgnbd", "bgnbd_static", &f), 10);
	f = fitted("mbgnbd", c, &d, 0);
	cr_expect_eq(f.status, FIT_CONVERGED);
	printf("# mbgnbd with covariates: %.6f\n", f.loglik);
}
