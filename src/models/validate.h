/* Predictions held against a holdout that the fit has not seen: the set's model and the naive ones on the
 * same customers. */
#ifndef CLV_MODELS_VALIDATE_H
#define CLV_MODELS_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "models/forecast.h"

/* The model is the set's (validation.name), `plain` (the same without its calibration, where it has one) or a naive one. value is
 * NaN where the measure is not defined on this data. Measures (domain of each: math/metric.h):
 * actual, predicted (totals), aggregate_error, bias, mae, rmse, r2, wape, spearman, gini, decile_error,
 * decile_error_weighted, precision_top20, precision_top20_twice, capture_top10; of the set's model and of `plain` also
 * coverage_80 (of the interval of revenue, without money of purchases) and, for purchases, share_buying,
 * share_buying_predicted, auc, brier (of: buys at all) and pit_80: how much of what came lies between the levels of the law of
 * purchases that should hold 80 % (a sample of at most 10,000 customers). The target `discounted` is revenue of a sample of customers
 * over the holdout, each day of it discounted to the cut: against the expected value over the same days at the same rate. */
struct validation_metric { const char *model, *target, *metric; double value; };

/* Means a customer in a tenth by prediction (1 is the lowest), or by calibration frequency 0 .. 6 and 7+. */
struct validation_bin { const char *target, *grouping, *label; int bin; size_t customers; double actual, predicted; };

struct validation {
	char   name[32];                  /* of the set's model: "mbgnbd+gg" */
	size_t customers;
	int    hold_days;
	struct validation_metric *metric;
	size_t metrics;
	struct validation_bin    *bin;
	size_t bins;
	const double *alive;              /* alive[customers]: the chance of each to be alive at the cut */
	double rate;                      /* of the target `discounted`, a year */
	size_t discounted;                /* customers behind it; 0: it was not measured */
};

/* c has a holdout (hold_x, hold_days > 0). Revenue is undiscounted and without margin; revenue is told only
 * if forecast_has_money. The naive models: `rate` continues x / T, and spends the mean of all purchase days
 * so far; `hiatus` does so for those who bought in the last hold_days; `last_window` repeats what the last hold_days brought. o->cancel is
 * asked every now and then (o may be NULL). In the arena. RC_NOMEM, RC_CANCELLED. */
enum rc validate_set(struct arena *a, const struct model_set *set, const struct cohort *c, const struct fit_options *o,
                     struct validation **out);

/* Add the target `discounted` for the set and for `plain`: rate a year, customers those of the sample. The set was fitted at
 * set->as_of and has money; v is of the same holdout. RC_NOMEM, RC_CANCELLED. */
enum rc validate_discounted(struct arena *a, const struct model_set *set, const struct past *past, double rate, const struct fit_options *o,
                            struct validation *v);

/* Add what another set, the champion, made of the same holdout: as the model `champion`. */
void validation_add_rival(struct validation *v, const struct validation *rival);

/* A measure of the set's model, NaN when there is none. model NULL: v->name. */
double validation_measure(const struct validation *v, const char *model, const char *target, const char *metric);

/* {customers, days, model: {purchases: {metric: value}, revenue: {...}}, rate: ...}: the holdout part of
 * `fit`. */
struct js *validate_json(const struct validation *v);

#endif
