/* make accuracy: what the models are worth on public data, beside the naive ones, and whether fits find the parameters that simulated shops
 * were made from, with 95 % intervals that hold them 95 % of the time. Prints; judges nothing. ACCURACY_SHOPS: simulated shops a model. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accuracy_effect.h"
#include "models/validate.h"
#include "reference.h"
#include "simulate.h"

/* ---- holdouts ---- */

/* What other programs reach on the same holdout. */
struct known { const char *model; double mae, total, gini; };

static void print_known(const struct known *k)
{
	printf("  beside it, from other programs (purchases):\n");
	for (; k->model; k++)
		printf("  %-24s %8.3f %+8.0f %% %7.3f\n", k->model, k->mae, 100 * k->total, k->gini);
}

static void print_line(const struct validation *v, const char *model, const char *title, const char *status, bool money)
{
	double buying = validation_measure(v, model, "purchases", "share_buying_predicted");
	printf("  %-24s %8.4f %+8.1f %% %7.3f", title, validation_measure(v, model, "purchases", "mae"),
	       100 * validation_measure(v, model, "purchases", "aggregate_error"), validation_measure(v, model, "purchases", "gini"));
	if (!isnan(buying))
		printf(" %7.3f %7.3f", buying, validation_measure(v, model, "purchases", "pit_80"));
	if (money)
		printf(" %8.3f %8.3f %+8.1f %%", validation_measure(v, model, "revenue", "gini"), validation_measure(v, model, "revenue", "coverage_80"),
		       100 * validation_measure(v, model, "discounted", "aggregate_error"));
	printf("  %s\n", status);
}

/* One fitted model, before and after its calibration. */
static void calibrated(struct arena *a, struct model_set *m, const struct cohort *c, const struct past *past, const struct fit_options *o,
                       enum calibration_kind kind, bool money)
{
	struct validation *v;
	char title[40], name[32];
	if (calibrate(past, &m->purchase, m->has_spend ? &m->spend : NULL, c->as_of, c->hold_days, kind, o, &m->calibration)
	    || validate_set(a, m, c, NULL, &v) || (money && validate_discounted(a, m, past, .1, NULL, v)))
		return;
	snprintf(name, sizeof name, m->purchase.model->n_fixed ? "%s=%.0f" : "%s", m->purchase.model->title, m->purchase.param[0]);
	if (kind == CALIBRATION_LEVEL)
		print_line(v, m->calibration.kind == CALIBRATION_NONE ? NULL : "plain", name, fit_status_name(m->purchase.status), money);
	snprintf(title, sizeof title, "  %s", calibration_name(kind));
	print_line(v, NULL, title, m->calibration.why, money);
}

static void holdout(const char *set, const char *file, const char *spend, const char *cut, const char *end, const struct known *known)
{
	struct arena *a = arena_new();
	struct cohort *c = log_cohort(a, file, spend, cut, end);
	struct past *past = log_past(a, file, spend, end);
	struct validation *v = NULL;
	double buying = 0;
	for (size_t i = 0; i < c->n; i++)
		buying += c->hold_x[i] > 0;
	printf("%s: %zu customers, cut %s, %d days held out, %.3f of them buy\n", set, c->n, cut, c->hold_days, buying / (double)c->n);
	printf("  %-24s %8s %10s %7s %7s %7s%s\n", "model", "MAE", "total", "Gini", "buying", "in 80 %",
	       spend ? "   spend: Gini, in 80 %, total discounted at 10 % a year" : "");
	for (size_t i = 0; i < models_count; i++) {
		struct fit_options o = { .period = "week", .min_customers = 10 };
		struct model_set m = { .as_of = c->as_of, .per_purchase = NAN };
		if (models[i]->kind != MODEL_PURCHASES || models[i]->discrete || fit_one(models[i], c, &o, &m.purchase) || !fit_usable(&m.purchase))
			continue;
		if (c->has_money && fit_one(model_find("gg"), c, &o, &m.spend) == RC_OK && fit_usable(&m.spend)) {
			m.has_spend = true;
			m.per_purchase = m.spend.per_purchase;
		}
		calibrated(a, &m, c, past, &o, CALIBRATION_LEVEL, spend != NULL);
		calibrated(a, &m, c, past, &o, CALIBRATION_ISOTONIC, spend != NULL);
		m.calibration.kind = CALIBRATION_NONE;
		if (validate_set(a, &m, c, NULL, &v))
			continue;
	}
	for (size_t i = 0; v && i < models_count; i++)
		if (models[i]->kind == MODEL_NAIVE)
			print_line(v, models[i]->id, models[i]->id, "", false);
	if (known)
		print_known(known);
	arena_free(a);
}

/* ---- the level at other cuts ---- */

struct span { const char *cut, *end; };

/* Does what inner back-tests say of the level hold beyond the one cut that everybody looks at? */
static void other_cuts(const char *set, const char *file, const char *model, const struct span *at)
{
	double off[2] = { 0 }, mae[2] = { 0 };
	int n = 0;
	printf("%s, %s: total and MAE, plain and with its level corrected\n", set, model);
	for (; at->cut; at++) {
		struct arena *a = arena_new();
		struct cohort *c = log_cohort(a, file, NULL, at->cut, at->end);
		struct past *past = log_past(a, file, NULL, at->end);
		struct fit_options o = { .period = "week", .min_customers = 10 };
		struct model_set m = { .as_of = c->as_of, .per_purchase = NAN };
		struct validation *v;
		double total[2], error[2];
		if (!fit_one(model_find(model), c, &o, &m.purchase) && fit_usable(&m.purchase) && !validate_set(a, &m, c, NULL, &v)) {
			total[0] = validation_measure(v, NULL, "purchases", "aggregate_error");
			error[0] = validation_measure(v, NULL, "purchases", "mae");
			if (!calibrate(past, &m.purchase, NULL, c->as_of, c->hold_days, CALIBRATION_LEVEL, &o, &m.calibration)
			    && !validate_set(a, &m, c, NULL, &v)) {
				total[1] = validation_measure(v, NULL, "purchases", "aggregate_error");
				error[1] = validation_measure(v, NULL, "purchases", "mae");
				printf("  %s to %s  %+8.1f %% %+8.1f %%  %8.4f %8.4f\n", at->cut, at->end, 100 * total[0], 100 * total[1], error[0], error[1]);
				for (int k = 0; k < 2; k++) {
					off[k] += fabs(total[k]);
					mae[k] += error[k];
				}
				n++;
			}
		}
		arena_free(a);
	}
	if (n > 0)
		printf("  mean size of %-11d %8.1f %% %8.1f %%  %8.4f %8.4f\n", n, 100 * off[0] / n, 100 * off[1] / n, mae[0] / n, mae[1] / n);
}

static const struct span cdnow_spans[] = {
	{ "1997-07-31", "1997-10-31" }, { "1997-08-31", "1997-12-31" }, { "1997-09-30", "1998-01-31" }, { "1997-09-30", "1998-06-30" },
	{ "1997-10-31", "1998-02-28" }, { "1997-10-31", "1998-06-30" }, { "1997-11-30", "1998-03-31" }, { "1997-12-31", "1998-03-31" },
	{ "1997-12-31", "1998-06-30" }, { "1998-01-31", "1998-06-30" }, { "1998-02-28", "1998-06-30" }, { NULL, NULL },
};
static const struct span grocery_spans[] = {
	{ "2006-06-30", "2006-12-31" }, { "2006-08-31", "2007-02-28" }, { "2006-09-30", "2007-03-31" }, { "2006-10-31", "2007-10-31" },
	{ "2006-12-31", "2007-06-30" }, { "2006-12-31", "2007-12-30" }, { "2007-03-31", "2007-09-30" }, { "2007-06-30", "2007-12-30" },
	{ "2007-09-30", "2007-12-30" }, { NULL, NULL },
};

/* XGBoost: "past" was trained before the cut and scaled to the horizon, "labels" on the holdout of other customers, which nobody has. */
static const struct known cdnow[] = {
	{ "past rate continued", 1.024, .56, .651 }, { "BG/NBD", .786, -.12, .662 }, { "MBG/NBD", .765, -.16, .664 }, { "Pareto/NBD", .755, -.12, .673 },
	{ "XGBoost, past", .877, .17, .667 }, { "half MBG, half XGBoost", .804, .01, .689 }, { "XGBoost, labels", .805, -.03, .671 }, { NULL, 0, 0, 0 },
};
static const struct known grocery[] = {
	{ "past rate continued", 2.565, .88, .824 }, { "BG/NBD", 1.577, .18, .827 }, { "MBG/NBD", 1.513, .19, .835 }, { "Pareto/NBD", 1.508, .18, .834 },
	{ "MBG/CNBD-2", 1.400, .12, .827 }, { "XGBoost, past", 1.511, 0, .873 }, { "half MBG, half XGBoost", 1.482, .09, .867 },
	{ "XGBoost, labels", 1.510, -.08, .861 }, { NULL, 0, 0, 0 },
};

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
		holdout("CDNOW sample", "cdnow_elog.csv", "spend", "1997-09-30", "1998-06-30", cdnow);
		holdout("grocery", "grocery_elog.csv", NULL, "2006-12-31", "2007-12-30", grocery);
		holdout("sim_mbgcnbd3", "sim_mbgcnbd3_elog.csv", "spend", "2022-01-03", "2023-01-02", NULL);
		holdout("sim_pnbd_cov", "sim_pnbd_cov_elog.csv", "spend", "2022-01-03", "2023-01-02", NULL);
		other_cuts("CDNOW sample", "cdnow_elog.csv", "mbgnbd", cdnow_spans);
		other_cuts("CDNOW sample", "cdnow_elog.csv", "pnbd", cdnow_spans);
		other_cuts("grocery", "grocery_elog.csv", "mbgcnbd", grocery_spans);
	} else {
		printf("no reference data: set CLV_REFERENCE to their folder\n");
	}
	printf("%u simulated shops of 2,000 customers a model\n", shops);
	for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++)
		recover(&truths[i], shops);
	accuracy_effects(shops);
	return 0;
}
