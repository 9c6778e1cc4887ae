/* Tests of chance on counts (chi-square, G, Fisher, two shares), two-sample Anderson-Darling, and p-values
 * adjusted for how many were looked at. */
#include "config.h"

#include "math/compare.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/dist.h"
#include "math/special.h"

static const struct test undefined = { .statistic = NAN, .dof = NAN, .p = NAN };

static struct test chi2_end(double statistic, size_t categories)
{
	double dof = categories > 0 ? (double)(categories - 1) : 0;

	return (struct test){ statistic, dof, dof > 0 ? chi2_upper(statistic, dof) : 1.0 };
}

static size_t filled(const double *ref, const double *cur, size_t k)
{
	size_t n = 0;

	for (size_t i = 0; i < k; i++)
		n += ref[i] > 0 || cur[i] > 0;
	return n;
}

/* Sum over the 2 x k cells of term(seen, expected) under one distribution for both rows. */
static struct test homogeneity(const double *ref, const double *cur, size_t k, double shrink,
                               double (*term)(double seen, double expected, double shrink))
{
	double m = sum_of(ref, k), n = sum_of(cur, k), sum = 0;

	if (!(m > 0) || !(n > 0))
		return undefined;
	for (size_t i = 0; i < k; i++) {
		double column = ref[i] + cur[i];

		if (column > 0)
			sum += term(ref[i], column * m / (m + n), shrink) +
			       term(cur[i], column * n / (m + n), shrink);
	}
	return chi2_end(sum, filled(ref, cur, k));
}

static double chi2_term(double seen, double expected, double shrink)
{
	double d = fabs(seen - expected);

	d -= fmin(d, shrink);
	return d * d / expected;
}

static double g_term(double seen, double expected, double shrink)
{
	(void)shrink;
	return seen > 0 ? 2 * seen * log(seen / expected) : 0;
}

struct test chi2_homogeneity(const double *ref, const double *cur, size_t k, int yates)
{
	return homogeneity(ref, cur, k, yates && filled(ref, cur, k) == 2 ? 0.5 : 0, chi2_term);
}

/* Cells from the first on until each holds enough; what is left at the end joins the last one. */
static size_t pool_cells(const double *expected, size_t k, double least, size_t *cell)
{
	size_t cells = 0;
	double sum = 0;

	for (size_t i = 0; i < k; i++) {
		cell[i] = cells;
		sum += expected[i];
		if (sum >= least) {
			cells++;
			sum = 0;
		}
	}
	for (size_t i = 0; i < k && cells > 0; i++)
		cell[i] = cell[i] < cells ? cell[i] : cells - 1;
	return cells;
}

struct test chi2_pooled(const double *actual, const double *expected, size_t k, double least, size_t fitted, size_t *cell, size_t *cells)
{
	struct test t = { NAN, NAN, NAN };

	*cells = pool_cells(expected, k, least, cell);
	t.dof = (double)*cells - 1 - (double)fitted;
	if (t.dof < 1)
		return t;
	t.statistic = 0;
	for (size_t i = 0; i < k;) {
		double seen = 0, meant = 0;
		size_t here = cell[i];

		for (; i < k && cell[i] == here; i++) {
			seen += actual[i];
			meant += expected[i];
		}
		t.statistic += (seen - meant) * (seen - meant) / meant;
	}
	t.p = chi2_upper(t.statistic, t.dof);
	return t;
}

struct test g_homogeneity(const double *ref, const double *cur, size_t k)
{
	struct test t = homogeneity(ref, cur, k, 0, g_term);

	t.statistic = t.statistic < 0 ? 0 : t.statistic; /* rounding of equal rows */
	return t.dof > 0 ? chi2_end(t.statistic, (size_t)t.dof + 1) : t;
}

struct test chi2_fit(const double *ref, const double *cur, size_t k)
{
	double m = sum_of(ref, k), n = sum_of(cur, k), sum = 0;

	if (!(m > 0) || !(n > 0))
		return undefined;
	for (size_t i = 0; i < k; i++) {
		double expected = ref[i] * n / m;

		if (expected > 0)
			sum += chi2_term(cur[i], expected, 0);
		else if (cur[i] > 0)
			sum = INFINITY;
	}
	return chi2_end(sum, filled(ref, cur, k));
}

/* ---- 2 x 2 ---- */

/* ln probability of a in the first cell given the margins: hypergeometric. */
static double fisher_log(double a, double row, double other, double column)
{
	return log_gamma(row + 1) - log_gamma(a + 1) - log_gamma(row - a + 1) + log_gamma(other + 1) -
	       log_gamma(column - a + 1) - log_gamma(other - column + a + 1) - log_gamma(row + other + 1) +
	       log_gamma(column + 1) + log_gamma(row + other - column + 1);
}

struct test fisher_2x2(double a, double b, double c, double d)
{
	double row = a + b, other = c + d, column = a + c, p = 0, seen;

	if (!(a >= 0) || !(b >= 0) || !(c >= 0) || !(d >= 0) || !(row + other > 0) || isinf(row + other))
		return undefined;
	seen = fisher_log(a, row, other, column) + 1e-7; /* as likely as: the logarithms are good to this */
	for (double x = fmax(0, column - other); x <= fmin(row, column); x++) {
		double l = fisher_log(x, row, other, column);

		p += l <= seen ? exp(l) : 0;
	}
	return (struct test){ b * c > 0 ? a * d / (b * c) : a * d > 0 ? INFINITY : NAN, NAN, fmin(1.0, p) };
}

struct test two_proportions(double ref_hit, double ref_n, double cur_hit, double cur_n)
{
	double pooled = (ref_hit + cur_hit) / (ref_n + cur_n), z;

	if (!(ref_n > 0) || !(ref_hit >= 0) || ref_hit > ref_n || !(cur_n > 0) || !(cur_hit >= 0) || cur_hit > cur_n)
		return undefined;
	if (pooled <= 0 || pooled >= 1)
		return (struct test){ 0.0, NAN, 1.0 };
	z = (cur_hit / cur_n - ref_hit / ref_n) / sqrt(pooled * (1 - pooled) * (1 / ref_n + 1 / cur_n));
	return (struct test){ z, NAN, erfc(fabs(z) * M_SQRT1_2) };
}

/* ---- Anderson-Darling ---- */

/* A^2 of two samples over the distinct pooled values: Scholz and Stephens 1987, eq. 6 (right-continuous)
 * and 7 (mid-ranks). */
static double ad_sum(const double *ref, size_t m, const double *cur, size_t n, bool midrank)
{
	double total = (double)(m + n), of_ref = 0, of_cur = 0;
	size_t i = 0, j = 0;

	while (i < m || j < n) {
		double v = j == n || (i < m && ref[i] <= cur[j]) ? ref[i] : cur[j];
		size_t i_before = i, j_before = j;
		double tied, below, ref_below, cur_below, scale;

		while (i < m && ref[i] <= v)
			i++;
		while (j < n && cur[j] <= v)
			j++;
		tied = (double)(i - i_before + j - j_before);
		below = midrank ? (double)(i_before + j_before) + tied / 2 : (double)(i + j);
		ref_below = midrank ? 0.5 * (double)(i_before + i) : (double)i;
		cur_below = midrank ? 0.5 * (double)(j_before + j) : (double)j;
		scale = below * (total - below) - (midrank ? total * tied / 4 : 0);
		if (!midrank && i + j == m + n)
			break;
		ref_below = total * ref_below - below * (double)m;
		cur_below = total * cur_below - below * (double)n;
		of_ref += tied / total * ref_below * ref_below / scale;
		of_cur += tied / total * cur_below * cur_below / scale;
	}
	return (of_ref / (double)m + of_cur / (double)n) * (midrank ? (total - 1) / total : 1);
}

/* Variance of A^2 under one distribution: their eq. 4, for two samples. */
static double ad_variance(double m, double n)
{
	double total = m + n, invert = 1 / m + 1 / n, h = 0, g = 0, a, b, c, d;

	for (double i = total - 1; i >= 1; i--) {
		if (i < total - 1)
			g += h / (total - i); /* sum over i < j of 1 / ((total - i) j); h is that over j alone */
		h += 1 / i;
	}
	a = (4 * g - 6) * (2 - 1) + (10 - 6 * g) * invert;
	b = (2 * g - 4) * 4 + 8 * h * 2 + (2 * g - 14 * h - 4) * invert - 8 * h + 4 * g - 6;
	c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * invert + 4 * h;
	d = (2 * h + 6) * 4 - 4 * h * 2;
	return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
}

/* Tail by a parabola of ln p through their critical values for two samples (Table 1, m = 1), least squares. */
static double ad_tail(double t)
{
	static const double level[7] = { 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001 };
	static const double value[7] = { 0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546 };
	double s[5] = { 0 }, r[3] = { 0 }, u, v, w, det, c0, c1, c2;

	if (t <= value[0])
		return 0.25;
	if (t >= value[6])
		return 0.001;
	for (int i = 0; i < 7; i++) {
		double x = 1;

		for (int e = 0; e < 5; e++, x *= value[i]) {
			s[e] += x;
			if (e < 3)
				r[e] += x * log(level[i]);
		}
	}
	/* The normal equations by Cramer's rule; u, v, w are the minors of the first column. */
	u = s[2] * s[4] - s[3] * s[3];
	v = s[1] * s[4] - s[2] * s[3];
	w = s[1] * s[3] - s[2] * s[2];
	det = s[0] * u - s[1] * v + s[2] * w;
	c0 = r[0] * u - r[1] * v + r[2] * w;
	c1 = -r[0] * v + r[1] * (s[0] * s[4] - s[2] * s[2]) - r[2] * (s[0] * s[3] - s[1] * s[2]);
	c2 = r[0] * w - r[1] * (s[0] * s[3] - s[1] * s[2]) + r[2] * (s[0] * s[2] - s[1] * s[1]);
	return fmin(0.25, fmax(0.001, exp((c0 + (c1 + c2 * t) * t) / det)));
}

struct test anderson_darling(const double *ref, size_t m, const double *cur, size_t n, int midrank)
{
	double t;

	if (m == 0 || n == 0 || m + n < 4 || fmin(ref[0], cur[0]) == fmax(ref[m - 1], cur[n - 1]))
		return undefined;
	t = (ad_sum(ref, m, cur, n, midrank != 0) - 1) / sqrt(ad_variance((double)m, (double)n));
	return (struct test){ t, NAN, ad_tail(t) };
}

/* ---- many tests ---- */

/* q[i] = the running extreme of p times factor(rank): from the largest p down with a minimum (step-up), or
 * from the smallest up with a maximum. */
static enum rc adjust(const double *p, size_t n, double *q, bool step_up,
                      double (*factor)(double rank, double count))
{
	uint32_t *order = mem_try(n ? n : 1, sizeof(*order));
	size_t count = 0;
	double edge = step_up ? 1 : 0;
	enum rc rc;

	if (!order)
		return err_set(RC_NOMEM, "MATH-101", "no memory to adjust %zu p-values", n);
	rc = sort_order(p, n, order);
	for (size_t i = 0; i < n; i++)
		count += !isnan(p[i]);
	for (size_t i = 0; rc == RC_OK && i < count; i++) {
		size_t rank = step_up ? count - i : i + 1;
		double v = fmin(1.0, p[order[rank - 1]] * factor((double)rank, (double)count));

		edge = step_up ? fmin(edge, v) : fmax(edge, v);
		q[order[rank - 1]] = edge;
	}
	for (size_t i = count; rc == RC_OK && i < n; i++)
		q[order[i]] = NAN;
	free(order);
	return rc;
}

static double factor_bh(double rank, double count)
{
	return count / rank;
}

static double factor_by(double rank, double count)
{
	double harmonic = digamma(count + 1) + 0.57721566490153286; /* Euler's constant */

	return harmonic * count / rank;
}

static double factor_holm(double rank, double count)
{
	return count - rank + 1;
}

static double factor_bonferroni(double rank, double count)
{
	(void)rank;
	return count;
}

enum rc adjust_bh(const double *p, size_t n, double *q)
{
	return adjust(p, n, q, true, factor_bh);
}

enum rc adjust_by(const double *p, size_t n, double *q)
{
	return adjust(p, n, q, true, factor_by);
}

enum rc adjust_holm(const double *p, size_t n, double *q)
{
	return adjust(p, n, q, false, factor_holm);
}

enum rc adjust_bonferroni(const double *p, size_t n, double *q)
{
	return adjust(p, n, q, false, factor_bonferroni);
}
