/* Distances between two samples and between two lists of counts. No tests of chance here: ks.c, table.c. */
#include "config.h"

#include "math/compare.h"

#include <math.h>

#include "math/dist.h"

#define SHARE_EMPTY 0.0001 /* stands for a share of nothing in the stability index */
#define SD_LEAST    0.001  /* least standard deviation a distance is divided by */

/* ---- areas between distribution functions ---- */

static double as_is(double v)
{
	return v;
}

static double as_log(double v)
{
	return v > 0 ? log1p(v) : 0;
}

/* Integral of |F - G|^power of the mapped values. */
static double area(const double *ref, size_t m, const double *cur, size_t n, double (*map)(double), int power)
{
	double sum = 0, lost = 0, last = 0;
	size_t i = 0, j = 0;

	while (i < m || j < n) {
		double v = j == n || (i < m && ref[i] <= cur[j]) ? ref[i] : cur[j];
		double here = map(v), gap, add, t;

		if (i + j > 0) {
			gap = fabs((double)i / (double)m - (double)j / (double)n);
			add = (power == 2 ? gap * gap : gap) * (here - last) - lost;
			t = sum + add;
			lost = (t - sum) - add;
			sum = t;
		}
		last = here;
		while (i < m && ref[i] <= v)
			i++;
		while (j < n && cur[j] <= v)
			j++;
	}
	return sum;
}

double wasserstein1(const double *ref, size_t m, const double *cur, size_t n)
{
	return m && n ? area(ref, m, cur, n, as_is, 1) : NAN;
}

double wasserstein1_normed(const double *ref, size_t m, const double *cur, size_t n)
{
	struct moments of_ref;

	moments_of(ref, m, &of_ref);
	return wasserstein1(ref, m, cur, n) / (of_ref.sd_population > SD_LEAST ? of_ref.sd_population : SD_LEAST);
}

double wasserstein1_log(const double *ref, size_t m, const double *cur, size_t n)
{
	double sum = 0, squares = 0, mean, distance;

	if (m == 0 || n == 0)
		return NAN;
	for (size_t i = 0; i < m; i++)
		sum += as_log(ref[i]);
	mean = sum / (double)m;
	for (size_t i = 0; i < m; i++)
		squares += (as_log(ref[i]) - mean) * (as_log(ref[i]) - mean);
	distance = area(ref, m, cur, n, as_log, 1);
	if (distance == 0)
		return 0.0;
	return as_log(ref[0]) == as_log(ref[m - 1]) ? INFINITY : distance / sqrt(squares / (double)m);
}

double energy_distance(const double *ref, size_t m, const double *cur, size_t n)
{
	return m && n ? sqrt(2 * area(ref, m, cur, n, as_is, 2)) : NAN;
}

/* ---- population stability index ---- */

static double psi_term(double p, double q)
{
	p = p > 0 ? p : SHARE_EMPTY;
	q = q > 0 ? q : SHARE_EMPTY;
	return (q - p) * log(q / p);
}

double psi_counts(const double *ref, const double *cur, size_t bins)
{
	double m = sum_of(ref, bins), n = sum_of(cur, bins), psi = 0;

	if (!(m > 0) || !(n > 0))
		return NAN;
	for (size_t i = 0; i < bins; i++)
		if (ref[i] > 0 || cur[i] > 0)
			psi += psi_term(ref[i] / m, cur[i] / n);
	return psi;
}

double psi_quantiles(const double *ref, size_t m, const double *cur, size_t n, size_t bins)
{
	double cut[PSI_BINS_MAX], of_ref[PSI_BINS_MAX], of_cur[PSI_BINS_MAX];
	size_t cuts;

	if (m == 0 || n == 0 || bins < 2 || bins > PSI_BINS_MAX)
		return NAN;
	cuts = quantile_cuts(ref, m, bins, cut);
	histogram_cuts(ref, m, cut, cuts, of_ref);
	histogram_cuts(cur, n, cut, cuts, of_cur);
	return psi_counts(of_ref, of_cur, cuts + 1);
}

double psi_values(const double *ref, size_t m, const double *cur, size_t n)
{
	double psi = 0;
	size_t i = 0, j = 0;

	if (m == 0 || n == 0)
		return NAN;
	while (i < m || j < n) {
		double v = j == n || (i < m && ref[i] <= cur[j]) ? ref[i] : cur[j];
		size_t i_before = i, j_before = j;

		while (i < m && ref[i] <= v)
			i++;
		while (j < n && cur[j] <= v)
			j++;
		psi += psi_term((double)(i - i_before) / (double)m, (double)(j - j_before) / (double)n);
	}
	return psi;
}

/* ---- shares ---- */

/* Totals of both lists; false when one is empty. */
static int totals(const double *ref, const double *cur, size_t k, double *m, double *n)
{
	*m = sum_of(ref, k);
	*n = sum_of(cur, k);
	return *m > 0 && *n > 0;
}

double js_distance(const double *ref, const double *cur, size_t k, double base)
{
	double m, n, divergence = 0;

	if (!totals(ref, cur, k, &m, &n) || !(base > 1))
		return NAN;
	for (size_t i = 0; i < k; i++) {
		double p = ref[i] / m, q = cur[i] / n, middle = 0.5 * (p + q);

		divergence += (p > 0 ? 0.5 * p * log(p / middle) : 0) + (q > 0 ? 0.5 * q * log(q / middle) : 0);
	}
	return sqrt(fmax(0.0, divergence) / log(base));
}

double total_variation(const double *ref, const double *cur, size_t k)
{
	double m, n, sum = 0;

	if (!totals(ref, cur, k, &m, &n))
		return NAN;
	for (size_t i = 0; i < k; i++)
		sum += fabs(ref[i] / m - cur[i] / n);
	return 0.5 * sum;
}

double linf_distance(const double *ref, const double *cur, size_t k)
{
	double m, n, top = 0;

	if (!totals(ref, cur, k, &m, &n))
		return NAN;
	for (size_t i = 0; i < k; i++)
		top = fmax(top, fabs(ref[i] / m - cur[i] / n));
	return top;
}

/* 1 - sum sqrt(pq) = 1/2 sum (sqrt p - sqrt q)^2, which does not cancel. */
double hellinger(const double *ref, const double *cur, size_t k)
{
	double m, n, sum = 0;

	if (!totals(ref, cur, k, &m, &n))
		return NAN;
	for (size_t i = 0; i < k; i++) {
		double d = sqrt(ref[i] / m) - sqrt(cur[i] / n);

		sum += d * d;
	}
	return sqrt(0.5 * sum);
}
