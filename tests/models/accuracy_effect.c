/* make accuracy, the part of covariates: a holdout with and without them, recovery with coverage, and time. */
#include "config.h"

#include "accuracy_effect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "models/validate.h"
#include "reference.h"
#include "simulate.h"

#define FINE 20 /* units a day, so that whole units hardly matter */

/* Numbers, each with an effect on process and on drop-out. */
static struct design design_of(size_t columns, bool dropout)
{
	struct design d = { .columns = columns };
	for (size_t k = 0; k < columns; k++) {
		snprintf(d.column[k].attribute, sizeof d.column[k].attribute, "z%zu", k);
		d.effect[d.effects++] = (struct effect) { k, ON_PROCESS };
		if (dropout)
			d.effect[d.effects++] = (struct effect) { k, ON_DROPOUT };
	}
	return d;
}

/* ---- a holdout ---- */

static double measure(const struct validation *v, const char *metric)
{
	for (size_t i = 0; i < v->metrics; i++)
		if (!strcmp(v->metric[i].model, v->name) && !strcmp(v->metric[i].target, "purchases") && !strcmp(v->metric[i].metric, metric))
			return v->metric[i].value;
	return NAN;
}

static void holdout_line(struct arena *a, const char *id, struct cohort *c, const struct design *d)
{
	struct fit_options o = { .period = "week", .min_customers = 10, .design = d };
	struct model_set set = { .as_of = c->as_of, .per_purchase = NAN };
	struct validation *v;
	if (fit_one(model_find(id), c, &o, &set.purchase) || validate_set(a, &set, c, NULL, &v))
		return;
	printf("  %-12s %-7s log-likelihood %12.3f  MAE %.4f  total %+.1f %%  Gini %.4f", set.purchase.model->title, d ? "with" : "without", set.purchase.loglik,
	       measure(v, "mae"), 100 * measure(v, "aggregate_error"), measure(v, "gini"));
	if (set.purchase.tests > 0)
		printf("  likelihood ratio %.2f, p %.1e", set.purchase.test[0].statistic, set.purchase.test[0].p);
	printf("\n");
}

/* sim_pnbd_cov: gender, channel, age; and newcomers, of whom nothing but the covariates is known. */
static void holdout(void)
{
	static const char *const ids[] = { "pnbd", "bgnbd", "mbgnbd" };
	struct arena *a = arena_new();
	struct cohort *c = log_cohort(a, "sim_pnbd_cov_elog.csv", NULL, "2022-01-03", "2023-01-02");
	struct sheet *s = sheet_read(a, "sim_pnbd_cov.csv");
	const struct design d = design_of(3, true);
	c->width = 3;
	c->z = arena_alloc(a, 3 * c->n, sizeof *c->z);
	for (size_t i = 0; i < 3 * c->n; i++)
		c->z[i] = atof(s->cell[i / 3 + 1][i % 3 + 1]);
	printf("sim_pnbd_cov: gender, channel and age as covariates\n");
	for (size_t k = 0; k < 3; k++) {
		holdout_line(a, ids[k], c, NULL);
		holdout_line(a, ids[k], c, &d);
	}
	arena_free(a);
}

/* ---- recovery ---- */

/* Two kinds, evenly: alpha e^-g, and with lifetimes beta e^-h, of the second. */
static struct cohort *two_kinds(struct arena *a, struct rng *g, const struct shop *s, size_t n, double process, double dropout)
{
	struct shop other = *s;
	other.alpha *= exp(-process);
	other.beta *= exp(-dropout);
	struct cohort *half[] = { simulate_cohort(a, g, s, n / 2, 30, 60, 0, FINE), simulate_cohort(a, g, &other, n / 2, 30, 60, 0, FINE) };
	struct cohort *c = arena_alloc(a, 1, sizeof *c);
	*c = *half[0];
	c->n = half[0]->n + half[1]->n;
	if (cohort_arrays(a, c))
		abort();
	c->width = 2;
	c->z = arena_alloc(a, 2 * c->n, sizeof *c->z);
	for (size_t i = 0; i < c->n; i++) {
		const struct cohort *from = half[i >= half[0]->n];
		size_t k = i >= half[0]->n ? i - half[0]->n : i;
		c->customer[i] = (int32_t)i + 1;
		c->x[i] = from->x[k];
		c->t_x[i] = from->t_x[k];
		c->t[i] = from->t[k];
		c->z[2 * i] = i >= half[0]->n;
		c->z[2 * i + 1] = (double)(i * 7919 % 5); /* says nothing */
	}
	return c;
}

static void recover(const char *id, const struct shop *s, unsigned shops)
{
	bool lifetime = s->s > 0;
	const double truth[] = { .5, lifetime ? -.4 : 0, 0, 0 };
	const struct design d = design_of(2, true);
	const struct model *m = model_find(id);
	size_t inside = 0, all = 0, ended = 0;
	double off[4] = { 0 };
	for (unsigned seed = 0; seed < shops; seed++) {
		struct arena *a = arena_new();
		struct rng g;
		struct fit f;
		struct fit_options o = { .period = "day", .min_customers = 10, .design = &d };
		rng_init_sub(&g, 2, id, seed);
		const struct cohort *c = two_kinds(a, &g, s, 2000, truth[0], truth[1]);
		if (fit_one(m, c, &o, &f) == RC_OK && f.status == FIT_CONVERGED) {
			ended++;
			for (size_t i = 0; i < 4; i++, all++) {
				size_t at = m->n_params + i;
				inside += f.low[at] <= truth[i] && truth[i] <= f.high[at];
				off[i] += f.param[at] - truth[i];
			}
		}
		arena_free(a);
	}
	printf("  %-12s %3zu of %u converged, intervals hold %.3f of %zu coefficients; off in the mean:", m->title, ended, shops,
	       all ? (double)inside / (double)all : NAN, all);
	for (size_t i = 0; i < 4; i++)
		printf(" %+.3f", off[i] / (double)ended);
	printf("\n");
}

/* ---- time ---- */

static void take_time(const char *id, const struct shop *s)
{
	struct arena *a = arena_new();
	struct rng g;
	struct fit plain, f;
	const struct design d = design_of(2, true);
	struct fit_options o = { .period = "day", .min_customers = 10 };
	rng_init_sub(&g, 3, id, 0);
	struct cohort *c = two_kinds(a, &g, s, 1000000, .5, 0);
	/* Whole days: a fit of so many is one of the distinct histories. */
	for (size_t i = 0; i < c->n; i++) {
		c->t[i] /= FINE;
		c->t_x[i] /= FINE;
	}
	clock_t began = clock();
	if (fit_one(model_find(id), c, &o, &plain))
		abort();
	double alone = (double)(clock() - began) / CLOCKS_PER_SEC;
	o.design = &d;
	began = clock();
	if (fit_one(model_find(id), c, &o, &f))
		abort();
	printf("  %-12s %.2f s without, %.2f s with (%zu distinct of 10 kinds, %zu evaluations, %s)\n", f.model->title, alone,
	       (double)(clock() - began) / CLOCKS_PER_SEC, f.n_distinct, f.evaluations, fit_status_name(f.status));
	arena_free(a);
}

void accuracy_effects(unsigned shops)
{
	static const struct shop chances = { .r = .9, .alpha = 9, .a = .5, .b = 4, .modified = true }, lifetimes = { .r = .9, .alpha = 9, .s = .8, .beta = 30 };
	if (reference_there("sim_pnbd_cov.csv"))
		holdout();
	printf("%u simulated shops of 2,000 customers of two kinds, one buying e^0.5 times as often\n", shops);
	recover("mbgnbd", &chances, shops);
	recover("pnbd", &lifetimes, shops);
	printf("a million customers with two covariates, CPU\n");
	take_time("mbgnbd", &chances);
	take_time("pnbd", &lifetimes);
}
