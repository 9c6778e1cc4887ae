/* Samples: sorting, ranks, quantiles, moments, histograms, empirical distributions. "sorted" means ascending
 * and without NaN. Sums are compensated (Neumaier) and run in the order of the array. */
#ifndef CLV_MATH_DIST_H
#define CLV_MATH_DIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

/* Ascending, NaN last, -0 written as 0. Radix sort in O(n): 1e6 in about 30 ms, with n doubles of work
 * memory; heap sort in place when that cannot be had. The result does not depend on which. */
void sort_real(double *v, size_t n);
/* order[i] = position in key of the i-th smallest; equal keys keep their order; NaN last. n < 2^32.
 * RC_NOMEM. */
enum rc sort_order(const double *key, size_t n, uint32_t *order);
/* The same, largest first; equal keys keep their order; NaN last. */
enum rc sort_order_down(const double *key, size_t n, uint32_t *order);

/* Copy what is not NaN to out[n] and sort it; returns how many. */
size_t sample_sorted(const double *v, size_t n, double *out);

/* Ranks from 1, equals share the mean of their ranks. NaN has rank NaN. RC_NOMEM. */
enum rc mid_ranks(const double *v, size_t n, double *rank);

double sum_of(const double *v, size_t n);

struct moments {
	size_t n, missing;         /* numbers, NaNs */
	double sum, mean;          /* mean and the rest NaN for n = 0 */
	double variance;           /* with n - 1; NaN for n < 2 */
	double sd;
	double sd_population;      /* with n */
	double skewness;           /* m3 / m2^1.5, population; NaN when all are equal */
	double min, max;
};
void moments_of(const double *v, size_t n, struct moments *out); /* skips NaN; two passes */
double mean_of(const double *v, size_t n);                       /* NaN for n = 0 */
double correlation(const double *x, const double *y, size_t n);  /* Pearson; NaN when a side is constant */

/* Type-7 quantile (Hyndman and Fan 1996; R's and numpy's default) of sorted[n], 0 <= p <= 1; NaN for n = 0. */
double quantile_sorted(const double *sorted, size_t n, double p);
double median_sorted(const double *sorted, size_t n);
/* of any array, NaN skipped; RC_NOMEM. */
enum rc median_of(const double *v, size_t n, double *out);

/* How many of sorted[n] are < x, and <= x: O(log n). */
size_t count_below(const double *sorted, size_t n, double x);
size_t count_at_most(const double *sorted, size_t n, double x);

/* Counts in `bins` bins of equal width over [low, high], the last closed, as numpy's: count[bins], values
 * outside and NaN left out. */
void histogram_equal(const double *v, size_t n, double low, double high, size_t bins, double *count);
/* Counts of sorted[n] in the cuts + 1 bins (-inf, cut[0]], (cut[0], cut[1]], ..., (cut[cuts-1], inf):
 * count[cuts + 1]. cut is strictly ascending. */
void histogram_cuts(const double *sorted, size_t n, const double *cut, size_t cuts, double *count);
/* Inner cuts at the type-7 quantiles i/k, i = 1 .. k-1, of sorted[n], equal ones once: into cut[k - 1],
 * returns how many. */
size_t quantile_cuts(const double *sorted, size_t n, size_t k, double *cut);
/* Bin counts for equal widths: Sturges (1926) and Doane (1976), as numpy rounds them. At least 1. */
size_t bins_sturges(const double *v, size_t n);
size_t bins_doane(const double *v, size_t n);

#endif
