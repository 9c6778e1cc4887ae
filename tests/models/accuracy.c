/* make accuracy: what the models are worth on public data, beside the naive ones, and whether fits find the parameters that simulated shops
 * were made from, with 95 % intervals that hold them 95 % of the time. Prints; judges nothing. ACCURACY_SHOPS: simulated shops a model. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/validate.h"
#include "reference.h"
#include "simulate.h"

/* ---- holdouts ---- */

static double measure(const struct validation *v, const char *model, const char *target, const char *metric)
{
	for (size_t i = 0; i < v->metrics; i++)
		if (strcmp(v->metric[i].model, model) == 0 && strcmp(v->metric[i].target, target) == 0 && strcmp(v->metric[i].metric, metric) == 0)
			return v->metric[i].value;
	return NAN;
}

static void print_line(const struct validation *v, const char *model, const char *title, const char *status, bool money)
{
	double buying = measure(v, model, "purchases", "share_buying_predicted");
	printf("  %-16s %8.4f %+8.1f %% %7.3f", title, measure(v, model, "purchases", "mae"), 100 * measure(v, model, "purchases", "aggregate_error"),
	       measure(v, model, "purchases", "gini"));
	if (!isnan(buying))
		printf(" %7.3f", buying);
	if (money)
		printf(" %8.3f %8.3f", measure(v, model, "revenue", "gini"), measure(v, model, "revenue", "coverage_80"));
	printf("  %s\n", status);
}

static void holdout(const char *set, const char *file, const char *spend, const char *cut, const char *end)
{
	struct arena *a = arena_new();
	struct cohort *c = log_cohort(a, file, spend, cut, end);
	struct validation *v = NULL;
	double buying = 0;
	for (size_t i = 0; i < c->n; i++)
		buying += c->hold_x[i] > 0;
	printf("%s: %zu customers, cut %s, %d days held out, %.3f of them buy\n", set, c->n, cut, c->hold_days, buying / (double)c->n);
	printf("  %-16s %8s %10s %7s %7s%s\n", "model", "MAE", "total", "Gini", "buying", spend ? "   spend Gini, coverage of 80 %" : "");
	for (size_t i = 0; i < models_count; i++) {
		struct fit_options o = { .period = "week", .min_customers = 10 };
		struct model_set m = { .as_of = c->as_of, .per_purchase = NAN };
		char title[40];
		if (models[i]->kind != MODEL_PURCHASES || models[i]->discrete || fit_one(models[i], c, &o, &m.purchase) || !fit_usable(&m.purchase))
			continue;
		if (c->has_money && fit_one(model_find("gg"), c, &o, &m.spend) == RC_OK && fit_usable(&m.spend)) {
			m.has_spend = true;
			m.per_purchase = m.spend.per_purchase;
		}
		if (validate_set(a, &m, c, NULL, &v))
			continue;
		snprintf(title, sizeof title, models[i]->n_fixed ? "%s=%.0f" : "%s", models[i]->title, m.purchase.param[0]);
		print_line(v, v->name, title, fit_status_name(m.purchase.status), spend != NULL);
	}
	for (size_t i = 0; v && i < models_count; i++)
		if (models[i]->kind == MODEL_NAIVE)
			print_line(v, models[i]->id, models[i]->id, "", false);
	arena_free(a);
}

/* ---- recovery ---- */

struct truth { const char *id; struct shop shop; double param[MODEL_PARAMS]; };

#define FINE 20 /* units a day, so that whole units hardly matter */

static const struct truth truths[] = {
	{ "nbd", { .r = .9, .alpha = 9 }, { .9, 9 } },
	{ "bgnbd", { .r = .9, .alpha = 9, .a = .5, .b = 4 }, { .9, 9, .5, 4 } },
	{ "mbgnbd", { .r = .9, .alpha = 9, .a = .5, .b = 4, .modified = true }, { .9, 9, .5, 4 } },
	{ "bgcnbd", { .r = .9, .alpha = 3, .a = .5, .b = 4, .k = 3 }, { 3, .9, 3, .5, 4 } },
	{ "mbgcnbd", { .r = .9, .alpha = 4.5, .a = .5, .b = 4, .modified = true, .k = 2 }, { 2, .9, 4.5, .5, 4 } },
	{ "pnbd", { .r = .9, .alpha = 9, .s = .8, .beta = 30 }, { .9, 9, .8, 30 } },
	{ "ggomnbd", { .r = 1.2, .alpha = 6, .s = 1.2, .beta = 6, .ageing = .06 }, { 1.2, 6, .06, 1.2, 6 } },
};

static void recover(const struct truth *t, unsigned shops)
{
	const struct model *m = model_find(t->id);
	size_t inside = 0, all = 0, ended = 0, first = m->n_fixed;
	double mean[MODEL_PARAMS] = { 0 };
	for (unsigned seed = 0; seed < shops; seed++) {
		struct arena *a = arena_new();
		struct rng g;
		struct fit f;
		struct fit_options o = { .period = "day", .min_customers = 10, .k = first ? (int)t->param[0] : 0 };
		rng_init_sub(&g, 1, t->id, seed);
		struct cohort *c = simulate_cohort(a, &g, &t->shop, 2000, 30, 60, 0, FINE);
		c->log_gaps = 0;
		if (fit_one(m, c, &o, &f) == RC_OK && f.status == FIT_CONVERGED) {
			ended++;
			for (size_t i = first; i < m->n_params; i++, all++) {
				double unit = m->params[i].scale == PARAM_TIME ? FINE : m->params[i].scale == PARAM_RATE ? 1. / FINE : 1;
				inside += f.low[i] / unit <= t->param[i] && t->param[i] <= f.high[i] / unit;
				mean[i] += log(f.param[i] / unit / t->param[i]);
			}
		}
		arena_free(a);
	}
	printf("  %-12s %3zu of %u converged, intervals hold %.3f of %zu; off in the mean of logs:", m->title, ended, shops,
	       all ? (double)inside / (double)all : NAN, all);
	for (size_t i = first; i < m->n_params; i++)
		printf(" %s %+.3f", m->params[i].name, mean[i] / (double)ended);
	printf("\n");
}

int main(void)
{
	const char *wanted = getenv("ACCURACY_SHOPS");
	unsigned shops = wanted ? (unsigned)atoi(wanted) : 200;
	if (reference_there("grocery_elog.csv")) {
		holdout("CDNOW sample", "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30");
		holdout("grocery", "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30");
		holdout("sim_mbgcnbd3", "sim_mbgcnbd3_elog.csv", "spend", "2022-01-03", "2023-01-02");
	} else {
		printf("no reference data: set CLV_REFERENCE to their folder\n");
	}
	printf("%u simulated shops of 2,000 customers a model\n", shops);
	for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++)
		recover(&truths[i], shops);
	return 0;
}
