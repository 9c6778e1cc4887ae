/* Order statistics, moments, histograms. Sorting of numbers is sort.c. */
#include "config.h"

#include "math/dist.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

size_t sample_sorted(const double *v, size_t n, double *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(v[i]))
			out[kept++] = v[i];
	sort_real(out, kept);
	return kept;
}

enum rc mid_ranks(const double *v, size_t n, double *rank)
{
	uint32_t *order = mem_try(n ? n : 1, sizeof(*order));
	enum rc rc;

	if (!order)
		return err_set(RC_NOMEM, "MATH-101", "no memory to rank %zu numbers", n);
	rc = sort_order(v, n, order);
	for (size_t i = 0, j; rc == RC_OK && i < n; i = j) {
		for (j = i + 1; j < n && v[order[j]] == v[order[i]];)
			j++;
		for (size_t e = i; e < j; e++)
			rank[order[e]] = isnan(v[order[e]]) ? NAN : 0.5 * (double)(i + 1 + j);
	}
	free(order);
	return rc;
}

/* ---- moments ---- */

struct sum { double value, lost; };

/* Neumaier's compensated sum: what the last addition lost is kept apart. */
static void sum_add(struct sum *s, double x)
{
	double t = s->value + x;

	s->lost += fabs(s->value) >= fabs(x) ? (s->value - t) + x : (x - t) + s->value;
	s->value = t;
}

static double sum_end(const struct sum *s)
{
	return isfinite(s->value) ? s->value + s->lost : s->value;
}

double sum_of(const double *v, size_t n)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, v[i]);
	return sum_end(&s);
}

double mean_of(const double *v, size_t n)
{
	return n ? sum_of(v, n) / (double)n : NAN;
}

static void central_moments(const double *v, size_t n, struct moments *m)
{
	struct sum first = { 0 }, second = { 0 }, third = { 0 };
	double count = (double)m->n, squares;

	for (size_t i = 0; i < n; i++) {
		double d = v[i] - m->mean;

		if (isnan(v[i]))
			continue;
		sum_add(&first, d);
		sum_add(&second, d * d);
		sum_add(&third, d * d * d);
	}
	squares = fmax(0.0, sum_end(&second) - sum_end(&first) * sum_end(&first) / count);
	m->sd_population = sqrt(squares / count);
	if (m->n > 1) {
		m->variance = squares / (count - 1);
		m->sd = sqrt(m->variance);
	}
	if (m->max > m->min && squares > 0)
		m->skewness = sum_end(&third) / count / pow(squares / count, 1.5);
}

void moments_of(const double *v, size_t n, struct moments *out)
{
	struct sum sum = { 0 };

	*out = (struct moments){ .mean = NAN, .variance = NAN, .sd = NAN, .sd_population = NAN,
	                         .skewness = NAN, .min = NAN, .max = NAN };
	for (size_t i = 0; i < n; i++) {
		if (isnan(v[i])) {
			out->missing++;
			continue;
		}
		out->n++;
		sum_add(&sum, v[i]);
		out->min = v[i] >= out->min ? out->min : v[i];
		out->max = v[i] <= out->max ? out->max : v[i];
	}
	out->sum = sum_end(&sum);
	if (out->n == 0)
		return;
	out->mean = out->sum / (double)out->n;
	central_moments(v, n, out);
}

double correlation(const double *x, const double *y, size_t n)
{
	double mx = mean_of(x, n), my = mean_of(y, n);
	struct sum xx = { 0 }, yy = { 0 }, xy = { 0 };
	double spread;

	for (size_t i = 0; i < n; i++) {
		sum_add(&xx, (x[i] - mx) * (x[i] - mx));
		sum_add(&yy, (y[i] - my) * (y[i] - my));
		sum_add(&xy, (x[i] - mx) * (y[i] - my));
	}
	spread = sqrt(sum_end(&xx)) * sqrt(sum_end(&yy));
	return spread > 0 ? fmax(-1.0, fmin(1.0, sum_end(&xy) / spread)) : NAN;
}

/* ---- quantiles and counts ---- */

double quantile_sorted(const double *sorted, size_t n, double p)
{
	double at = (double)(n - 1) * p, whole = floor(at);
	size_t i;

	if (n == 0 || !(p >= 0) || !(p <= 1))
		return NAN;
	i = (size_t)whole;
	if (i + 1 >= n)
		return sorted[n - 1];
	return sorted[i] + (at - whole) * (sorted[i + 1] - sorted[i]);
}

double median_sorted(const double *sorted, size_t n)
{
	if (n == 0)
		return NAN;
	return n % 2 ? sorted[n / 2] : sorted[n / 2 - 1] + 0.5 * (sorted[n / 2] - sorted[n / 2 - 1]);
}

enum rc median_of(const double *v, size_t n, double *out)
{
	double *copy = mem_try(n ? n : 1, sizeof(*copy));

	if (!copy)
		return err_set(RC_NOMEM, "MATH-101", "no memory for the median of %zu numbers", n);
	*out = median_sorted(copy, sample_sorted(v, n, copy));
	free(copy);
	return RC_OK;
}

size_t count_below(const double *sorted, size_t n, double x)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (sorted[middle] < x)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

size_t count_at_most(const double *sorted, size_t n, double x)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (sorted[middle] <= x)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

/* ---- histograms ---- */

void histogram_equal(const double *v, size_t n, double low, double high, size_t bins, double *count)
{
	double width = (high - low) / (double)bins;

	memset(count, 0, bins * sizeof(*count));
	for (size_t i = 0; i < n; i++) {
		size_t b;

		if (!(v[i] >= low) || !(v[i] <= high))
			continue;
		b = width > 0 ? (size_t)((v[i] - low) / width) : 0;
		b = b < bins ? b : bins - 1;
		/* The division may land one off; the edges decide. */
		if (b > 0 && v[i] < low + (double)b * width)
			b--;
		else if (b + 1 < bins && v[i] >= low + (double)(b + 1) * width)
			b++;
		count[b]++;
	}
}

void histogram_cuts(const double *sorted, size_t n, const double *cut, size_t cuts, double *count)
{
	size_t before = 0;

	for (size_t i = 0; i < cuts; i++) {
		size_t upto = count_at_most(sorted, n, cut[i]);

		count[i] = (double)(upto - before);
		before = upto;
	}
	count[cuts] = (double)(n - before);
}

size_t quantile_cuts(const double *sorted, size_t n, size_t k, double *cut)
{
	size_t cuts = 0;

	for (size_t i = 1; n && i < k; i++) {
		double q = quantile_sorted(sorted, n, (double)i / (double)k);

		if (cuts == 0 || q > cut[cuts - 1])
			cut[cuts++] = q;
	}
	return cuts;
}

static size_t bins_of_width(double range, double width)
{
	double bins = width > 0 && range > 0 ? ceil(range / width) : 1;

	return bins < 1 ? 1 : bins > 1e6 ? 1000000 : (size_t)bins;
}

size_t bins_sturges(const double *v, size_t n)
{
	struct moments m;

	moments_of(v, n, &m);
	return bins_of_width(m.max - m.min, (m.max - m.min) / (log2((double)m.n) + 1));
}

size_t bins_doane(const double *v, size_t n)
{
	struct moments m;
	double count, spread, bins;

	moments_of(v, n, &m);
	count = (double)m.n;
	if (m.n < 3 || isnan(m.skewness))
		return 1;
	spread = sqrt(6 * (count - 2) / ((count + 1) * (count + 3)));
	bins = 1 + log2(count) + log2(1 + fabs(m.skewness) / spread);
	return bins_of_width(m.max - m.min, (m.max - m.min) / bins);
}
