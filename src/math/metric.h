/* How good predictions are: y[n] what came, p[n] what was predicted, same order, finite. Equal predictions
 * keep the order of the array wherever an order is needed. NaN when a measure is not defined (no rows, no
 * revenue, no variation). */
#ifndef CLV_MATH_METRIC_H
#define CLV_MATH_METRIC_H

#include <stddef.h>

#include "base/rc.h"

double metric_mae(const double *y, const double *p, size_t n);
double metric_mse(const double *y, const double *p, size_t n);
double metric_rmse(const double *y, const double *p, size_t n);
double metric_bias(const double *y, const double *p, size_t n);       /* mean of p - y, as an error */
double metric_r2(const double *y, const double *p, size_t n);         /* 1 - SSE / SS about the mean of y */
double metric_wape(const double *y, const double *p, size_t n);       /* sum |y - p| / sum y */
double metric_aggregate(const double *y, const double *p, size_t n);  /* sum p / sum y - 1 */
double metric_mape_buyers(const double *y, const double *p, size_t n); /* mean |y - p| / y where y > 0 */
/* Share of rows with low <= y <= high. */
double metric_coverage(const double *y, const double *low, const double *high, size_t n);

/* The errors that every model is told by, each as the function of its name has it, in two passes for all. */
struct errors {
	double actual, predicted; /* sums of y and of p */
	double aggregate, bias, mae, rmse, r2, wape;
};
void metric_errors(const double *y, const double *p, size_t n, struct errors *out);

#define METRIC_BINS 10

/* Tenths by prediction, the lowest first; row i of the order is in bin floor(10 i / n). */
struct decile { size_t n; double y_sum, p_sum; };

/* The measures that need an order. RC_NOMEM. */
struct ranked {
	struct decile decile[METRIC_BINS];
	double decile_error;          /* mean over tenths of |mean p - mean y| / mean y; NaN if one has no revenue */
	double decile_error_weighted; /* sum |P_d - Y_d| / sum Y */
	double spearman;              /* Pearson correlation of mid-ranks */
	double gini;                  /* Gini of y ordered by p over Gini of y ordered by y: 1 = perfect order */
};
enum rc metric_ranked(const double *y, const double *p, size_t n, struct ranked *out);

/* The top share of rows by prediction, k = ceil(share n), 0 < share <= 1; equal predictions in the order of
 * the array. */
struct top {
	size_t k;
	double precision;       /* share of the predicted top k inside the true top k */
	double precision_twice; /* ... inside the true top 2k */
	double capture;         /* their share of sum y */
	double lift;            /* their mean y over the mean y of all */
};
enum rc metric_top(const double *y, const double *p, size_t n, double share, struct top *out);

/* Flags: y is 0 or 1, p a probability. */
double  metric_brier(const double *y, const double *p, size_t n);
enum rc metric_auc(const double *y, const double *p, size_t n, double *auc); /* by mid-ranks; NaN for one class */

#endif
