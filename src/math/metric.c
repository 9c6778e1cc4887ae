/* Error measures, rank measures, lift: predictions against what came. Pure; no idea of models or windows. */
#include "config.h"

#include "math/metric.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/dist.h"
#include "math/sum_priv.h"

static double absolute(double y, double p)
{
	return fabs(y - p);
}

static double squared(double y, double p)
{
	return (y - p) * (y - p);
}

static double sum_errors(const double *y, const double *p, size_t n, double (*error)(double, double))
{
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, error(y[i], p[i]));
	return sum_end(s);
}

double metric_mae(const double *y, const double *p, size_t n)
{
	return ratio(sum_errors(y, p, n, absolute), (double)n);
}

double metric_mse(const double *y, const double *p, size_t n)
{
	return ratio(sum_errors(y, p, n, squared), (double)n);
}

double metric_rmse(const double *y, const double *p, size_t n)
{
	return sqrt(metric_mse(y, p, n));
}

double metric_bias(const double *y, const double *p, size_t n)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, p[i] - y[i]);
	return ratio(sum_end(s), (double)n);
}

double metric_r2(const double *y, const double *p, size_t n)
{
	double mean = mean_of(y, n);
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, squared(y[i], mean));
	return 1 - ratio(sum_errors(y, p, n, squared), sum_end(s));
}

double metric_wape(const double *y, const double *p, size_t n)
{
	return ratio(sum_errors(y, p, n, absolute), sum_of(y, n));
}

double metric_aggregate(const double *y, const double *p, size_t n)
{
	return ratio(sum_of(p, n), sum_of(y, n)) - 1;
}

double metric_mape_buyers(const double *y, const double *p, size_t n)
{
	struct sum s = { 0 };
	size_t buyers = 0;

	for (size_t i = 0; i < n; i++) {
		if (!(y[i] > 0))
			continue;
		buyers++;
		sum_add(&s, fabs(y[i] - p[i]) / y[i]);
	}
	return ratio(sum_end(s), (double)buyers);
}

double metric_coverage(const double *y, const double *low, const double *high, size_t n)
{
	size_t inside = 0;

	for (size_t i = 0; i < n; i++)
		inside += y[i] >= low[i] && y[i] <= high[i];
	return ratio((double)inside, (double)n);
}

/* Sums side by side: one alone waits for its own last addition most of the time. */
void metric_errors(const double *y, const double *p, size_t n, struct errors *out)
{
	struct sum of_y = { 0 }, of_p = { 0 }, over = { 0 }, wrong = { 0 }, squares = { 0 }, spread = { 0 };
	double count = (double)n, mean;

	for (size_t i = 0; i < n; i++) {
		sum_add(&of_y, y[i]);
		sum_add(&of_p, p[i]);
		sum_add(&over, p[i] - y[i]);
		sum_add(&wrong, absolute(y[i], p[i]));
		sum_add(&squares, squared(y[i], p[i]));
	}
	out->actual = sum_end(of_y);
	out->predicted = sum_end(of_p);
	mean = ratio(out->actual, count);
	for (size_t i = 0; i < n; i++)
		sum_add(&spread, squared(y[i], mean));
	out->aggregate = ratio(out->predicted, out->actual) - 1;
	out->bias = ratio(sum_end(over), count);
	out->mae = ratio(sum_end(wrong), count);
	out->rmse = sqrt(ratio(sum_end(squares), count));
	out->r2 = 1 - ratio(sum_end(squares), sum_end(spread));
	out->wape = ratio(sum_end(wrong), out->actual);
}

/* ---- measures of order ---- */

static enum rc no_memory(size_t n)
{
	return err_set(RC_NOMEM, "MATH-101", "no memory to rank %zu predictions", n);
}

static void fill_deciles(const double *y, const double *p, size_t n, const uint32_t *order, struct ranked *out)
{
	struct sum of_y = { 0 }, of_p = { 0 };

	for (size_t i = 0, b = 0; i < n; i++) {
		sum_add(&of_y, y[order[i]]);
		sum_add(&of_p, p[order[i]]);
		out->decile[b].n++;
		if (i + 1 == n || (i + 1) * METRIC_BINS / n > b) {
			out->decile[b].y_sum = sum_end(of_y);
			out->decile[b].p_sum = sum_end(of_p);
			of_y = of_p = (struct sum){ 0 };
			b = (i + 1) * METRIC_BINS / n;
		}
	}
}

static void decile_errors(double y_total, struct ranked *out)
{
	double plain = 0, weighted = 0;
	size_t used = 0;

	for (size_t b = 0; b < METRIC_BINS; b++) {
		const struct decile *d = &out->decile[b];

		if (d->n == 0)
			continue;
		used++;
		plain += ratio(fabs(d->p_sum - d->y_sum), d->y_sum);
		weighted += fabs(d->p_sum - d->y_sum);
	}
	out->decile_error = ratio(plain, (double)used);
	out->decile_error_weighted = ratio(weighted, y_total);
}

/* Twice the area between the diagonal and the curve of cumulative y, rows in the order given, lowest first;
 * not divided by sum y. */
static double gini_area(const double *y, const uint32_t *order, size_t n)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, (2 * (double)(i + 1) - (double)n - 1) * y[order[i]]);
	return sum_end(s);
}

static enum rc spearman(const double *y, const double *p, size_t n, double *out)
{
	double *rank = mem_try(2 * n, sizeof(*rank));
	enum rc rc = rank ? mid_ranks(y, n, rank) : no_memory(n);

	if (rc == RC_OK)
		rc = mid_ranks(p, n, rank + n);
	if (rc == RC_OK)
		*out = correlation(rank, rank + n, n);
	free(rank);
	return rc;
}

enum rc metric_ranked(const double *y, const double *p, size_t n, struct ranked *out)
{
	uint32_t *order;
	enum rc rc;

	*out = (struct ranked){ .decile_error = NAN, .decile_error_weighted = NAN,
	                        .spearman = NAN, .gini = NAN };
	if (n == 0)
		return RC_OK;
	order = mem_try(n, sizeof(*order));
	if (!order)
		return no_memory(n);
	rc = sort_order(p, n, order);
	if (rc == RC_OK) {
		fill_deciles(y, p, n, order, out);
		decile_errors(sum_of(y, n), out);
		out->gini = gini_area(y, order, n);
		rc = sort_order(y, n, order);
	}
	if (rc == RC_OK) {
		out->gini = ratio(out->gini, gini_area(y, order, n));
		rc = spearman(y, p, n, &out->spearman);
	}
	free(order);
	return rc;
}

static size_t common(const uint32_t *by_y, size_t depth, const unsigned char *chosen)
{
	size_t hits = 0;

	for (size_t i = 0; i < depth; i++)
		hits += chosen[by_y[i]];
	return hits;
}

static void fill_top(const double *y, size_t n, const uint32_t *by_p, const uint32_t *by_y,
                     unsigned char *chosen, struct top *out)
{
	double total = sum_of(y, n), k = (double)out->k;
	struct sum captured = { 0 };

	for (size_t i = 0; i < out->k; i++) {
		chosen[by_p[i]] = 1;
		sum_add(&captured, y[by_p[i]]);
	}
	out->precision = (double)common(by_y, out->k, chosen) / k;
	out->precision_twice = (double)common(by_y, 2 * out->k < n ? 2 * out->k : n, chosen) / k;
	out->capture = ratio(sum_end(captured), total);
	out->lift = out->capture * (double)n / k;
}

enum rc metric_top(const double *y, const double *p, size_t n, double share, struct top *out)
{
	uint32_t *order;
	unsigned char *chosen;
	enum rc rc;

	*out = (struct top){ .precision = NAN, .precision_twice = NAN, .capture = NAN, .lift = NAN };
	if (n == 0 || !(share > 0) || !(share <= 1))
		return RC_OK;
	out->k = (size_t)ceil(share * (double)n * (1 - 1e-12)); /* 0.2 * 15 is 3, not 3 and a rounding */
	order = mem_try(2 * n, sizeof(*order));
	chosen = mem_try(n, sizeof(*chosen));
	rc = order && chosen ? sort_order_down(p, n, order) : no_memory(n);
	if (rc == RC_OK)
		rc = sort_order_down(y, n, order + n);
	if (rc == RC_OK)
		fill_top(y, n, order, order + n, chosen, out);
	free(chosen);
	free(order);
	return rc;
}

/* ---- flags ---- */

double metric_brier(const double *y, const double *p, size_t n)
{
	return metric_mse(y, p, n);
}

/* Mann-Whitney's share of pairs in the right order, ties half. */
enum rc metric_auc(const double *y, const double *p, size_t n, double *auc)
{
	double *rank = mem_try(n ? n : 1, sizeof(*rank));
	double positives = sum_of(y, n), negatives = (double)n - positives;
	struct sum s = { 0 };
	enum rc rc = rank ? mid_ranks(p, n, rank) : no_memory(n);

	*auc = NAN;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		sum_add(&s, y[i] > 0 ? rank[i] : 0);
	if (rc == RC_OK && positives > 0 && negatives > 0)
		*auc = (sum_end(s) - positives * (positives + 1) / 2) / (positives * negatives);
	free(rank);
	return rc;
}
