/* Two samples, two lists of shares: how far apart, and could it be chance. The first of a pair is the
 * reference, the second the current one. Samples are sorted ascending, finite, not empty; otherwise answers
 * are NaN. Statistics do not know what was measured: thresholds and verdicts are the caller's. */
#ifndef CLV_MATH_COMPARE_H
#define CLV_MATH_COMPARE_H

#include <stddef.h>

#include "base/rc.h"

enum side {
	SIDE_TWO,
	SIDE_GREATER, /* the reference's distribution function lies above: current values are larger */
	SIDE_LESS,
};

enum ks_law {
	KS_AUTO,       /* KS_EXACT_TIES while m*n <= KS_EXACT_LIMIT, else KS_KOLMOGOROV */
	KS_EXACT_TIES, /* share of lattice paths given the pooled ties (Schroeer and Trenkler 1995; R's exact test) */
	KS_EXACT,      /* the same as if there were no ties: never smaller (scipy's exact test) */
	KS_KOLMOGOROV, /* limit law at sqrt(mn/(m+n)) D; one-sided exp(-2 D^2 mn/(m+n)) */
	KS_KSTWO,      /* law of one sample of round(mn/(m+n)) (scipy's asymptotic test); one-sided as KS_KOLMOGOROV */
};

#define KS_EXACT_LIMIT 1e7 /* cells of the lattice: 40 ms */

struct ks {
	double      d;    /* largest distance of the two distribution functions, on the asked side */
	double      at;   /* the value where it is first reached */
	double      p;    /* P(D >= d) if both come from one distribution */
	enum ks_law law;  /* the one used; never KS_AUTO */
};

/* Two-sample Kolmogorov-Smirnov. m, n < 2^31. Exact p has a relative error of 1e-12 and costs O(mn) time,
 * O(min(m, n)) memory. RC_NOMEM. */
enum rc ks_two_sample(const double *ref, size_t m, const double *cur, size_t n, enum side side, enum ks_law law,
                      struct ks *out);

/* The smallest D, made by a shift or a change of scale, that a two-sided test of level alpha finds with
 * probability power: D = (k_alpha + (z_power - 0.95) / 2.3) sqrt((m+n)/(mn)), k_alpha the upper quantile of
 * Kolmogorov's law. The two constants fit simulated normal shifts and exponential scalings for powers 0.5
 * to 0.97 within 0.02. A change at a single point needs 0.4 sqrt((m+n)/(mn)) more. At most 1; NaN outside 0
 * < alpha, power < 1. */
double ks_detectable(double m, double n, double alpha, double power);

/* Area between the distribution functions (Wasserstein-1), in the unit of the values. */
double wasserstein1(const double *ref, size_t m, const double *cur, size_t n);
/* The same over max(population standard deviation of the reference, 0.001). */
double wasserstein1_normed(const double *ref, size_t m, const double *cur, size_t n);
/* The same of log(1+x) over the population standard deviation of the reference's log(1+x); values below 0
 * count as 0. 0 over 0 is 0; a constant reference and any distance is infinity. */
double wasserstein1_log(const double *ref, size_t m, const double *cur, size_t n);
/* sqrt(2 integral (F-G)^2) (Szekely and Rizzo; scipy's energy_distance). */
double energy_distance(const double *ref, size_t m, const double *cur, size_t n);

/* Population stability index sum (q-p) ln(q/p) over bins; an empty share counts as 0.0001, without
 * renormalising. */
double psi_counts(const double *ref, const double *cur, size_t bins);
#define PSI_BINS_MAX 100
/* Over the bins (lo, hi] of the reference's type-7 quantiles i/bins, equal cuts merged, open at both ends;
 * 1 < bins <= PSI_BINS_MAX. */
double psi_quantiles(const double *ref, size_t m, const double *cur, size_t n, size_t bins);
/* Over the distinct values of both: for counts and codes. */
double psi_values(const double *ref, size_t m, const double *cur, size_t n);

/* Two lists of counts over the same k categories, each >= 0. Categories empty on both sides do not matter. */
/* Jensen-Shannon: the square root of the divergence; with base 2 in [0, 1]. */
double js_distance(const double *ref, const double *cur, size_t k, double base);
double total_variation(const double *ref, const double *cur, size_t k);          /* half the sum of |p - q| */
double linf_distance(const double *ref, const double *cur, size_t k);            /* largest |p - q| */
double hellinger(const double *ref, const double *cur, size_t k);                /* sqrt(1 - sum sqrt(pq)) */

struct test { double statistic, dof, p; };

/* 2 x k homogeneity, dof = non-empty categories - 1 (p = 1 for none left); yates corrects the 2 x 2 table
 * only. */
struct test chi2_homogeneity(const double *ref, const double *cur, size_t k, int yates);
/* Current counts against the reference's shares: dof as above. An empty expected cell that is hit gives
 * statistic = inf, p = 0. */
struct test chi2_fit(const double *ref, const double *cur, size_t k);
/* Counts against what was expected of them, in k cells in an order: neighbours are pooled from the first on until each cell is expected to
 * hold `least`; what is left at the end joins the last one. dof = cells - 1 - fitted, the parameters that were fitted to these counts. cell[k]: the pooled cell that
 * each belongs to, from 0; *cells: how many. statistic NaN, p NaN when dof would be below 1. */
struct test chi2_pooled(const double *actual, const double *expected, size_t k, double least, size_t fitted, size_t *cell, size_t *cells);
struct test g_homogeneity(const double *ref, const double *cur, size_t k);
/* Fisher's exact test of a 2 x 2 table of whole counts, two-sided: tables at most as likely as the one
 * seen. statistic = sample odds ratio. */
struct test fisher_2x2(double a, double b, double c, double d);
/* Difference of two shares hit/n, pooled variance, two-sided: statistic z = (cur - ref) / se. dof NaN. p =
 * 1 when nobody or everybody hit. */
struct test two_proportions(double ref_hit, double ref_n, double cur_hit, double cur_n);
/* Two-sample Anderson-Darling (Scholz and Stephens 1987), normalised statistic; p by their table, kept
 * inside [0.001, 0.25]. midrank != 0: ties at mid-ranks, else the right-continuous version. NaN when all
 * values are equal. */
struct test anderson_darling(const double *ref, size_t m, const double *cur, size_t n, int midrank);

/* Adjusted p-values, p[n] in any order -> q[n] in the same order; NaN stays NaN and is not counted. q may
 * be p. RC_NOMEM. */
enum rc adjust_bh(const double *p, size_t n, double *q);         /* Benjamini and Hochberg 1995 */
enum rc adjust_by(const double *p, size_t n, double *q);         /* Benjamini and Yekutieli 2001 */
enum rc adjust_holm(const double *p, size_t n, double *q);       /* Holm 1979 */
enum rc adjust_bonferroni(const double *p, size_t n, double *q);

#endif
