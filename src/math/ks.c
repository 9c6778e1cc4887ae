/* Kolmogorov-Smirnov for two samples: the statistic in whole numbers, its exact law by lattice paths, its
 * limit laws. Other distances are compare.c. */
#include "config.h"

#include "math/compare.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/special.h"

/* D as the whole number m n D: equal distances compare equal. */
struct gap { int64_t up, down; double up_at, down_at; };

static struct gap widest_gap(const double *ref, size_t m, const double *cur, size_t n)
{
	struct gap g = { .up_at = fmin(ref[0], cur[0]), .down_at = fmin(ref[0], cur[0]) };
	size_t i = 0, j = 0;

	while (i < m || j < n) {
		double v = j == n || (i < m && ref[i] <= cur[j]) ? ref[i] : cur[j];
		int64_t gap;

		while (i < m && ref[i] <= v)
			i++;
		while (j < n && cur[j] <= v)
			j++;
		gap = (int64_t)i * (int64_t)n - (int64_t)j * (int64_t)m;
		if (gap > g.up) {
			g.up = gap;
			g.up_at = v;
		}
		if (-gap > g.down) {
			g.down = -gap;
			g.down_at = v;
		}
	}
	return g;
}

/* ---- exact ---- */

/* tied[s]: the s-th and (s+1)-th smallest of the pool are equal, so a path is not looked at between them. */
static void mark_ties(const double *ref, size_t m, const double *cur, size_t n, bool *tied)
{
	size_t i = 0, j = 0;

	for (size_t s = 1; s <= m + n; s++) {
		double v, next;

		v = j == n || (i < m && ref[i] <= cur[j]) ? ref[i++] : cur[j++];
		if (s == m + n)
			break;
		next = j == n || (i < m && ref[i] <= cur[j]) ? ref[i] : cur[j];
		tied[s] = next <= v;
	}
	tied[m + n] = false;
}

static bool far(int64_t gap, enum side side, int64_t limit)
{
	return (side != SIDE_LESS && gap >= limit) || (side != SIDE_GREATER && -gap >= limit);
}

/* Share of the lattice paths from (0, 0) to (m, n) that are somewhere at least `limit` off the diagonal.
 * Coming to (i, j) a uniformly drawn path came from (i-1, j) with probability i/(i+j); the chance to have
 * been outside is carried along, so that small answers are sums of small positive terms. One column of n +
 * 1 numbers is kept. */
static double outside_share(size_t m, size_t n, int64_t limit, enum side side, const bool *tied, double *share,
                            double *inverse)
{
	for (size_t s = 1; s <= m + n; s++)
		inverse[s] = 1 / (double)s;
	for (size_t i = 0; i <= m; i++) {
		for (size_t j = 0; j <= n; j++) {
			int64_t gap = (int64_t)i * (int64_t)n - (int64_t)j * (int64_t)m;

			if (i + j == 0)
				share[0] = 0;
			else if (!tied[i + j] && far(gap, side, limit))
				share[j] = 1;
			else if (i == 0)
				share[j] = share[j - 1];
			else if (j > 0)
				share[j] = (share[j] * (double)i + share[j - 1] * (double)j) * inverse[i + j];
		}
	}
	return share[n];
}

/* The side seen with the samples in each other's place. */
static enum side mirrored(enum side side)
{
	return side == SIDE_TWO ? SIDE_TWO : side == SIDE_GREATER ? SIDE_LESS : SIDE_GREATER;
}

static enum rc exact_p(const double *ref, size_t m, const double *cur, size_t n, bool ties, enum side side,
                       int64_t limit, double *p)
{
	bool swap = n > m; /* the shorter one is the column */
	bool *tied = mem_try(m + n + 1, sizeof(*tied));
	double *share = mem_try((swap ? m : n) + 1, sizeof(*share));
	double *inverse = mem_try(m + n + 1, sizeof(*inverse));
	bool good = tied && share && inverse;

	if (good) {
		if (ties)
			mark_ties(ref, m, cur, n, tied);
		*p = swap ? outside_share(n, m, limit, mirrored(side), tied, share, inverse) :
		            outside_share(m, n, limit, side, tied, share, inverse);
	}
	free(inverse);
	free(share);
	free(tied);
	if (!good)
		return err_set(RC_NOMEM, "MATH-101", "no memory for an exact test of %zu and %zu values", m, n);
	return RC_OK;
}

/* ---- public ---- */

static double limit_p(double m, double n, double d, enum side side, enum ks_law law)
{
	double size = m * n / (m + n);

	if (side != SIDE_TWO)
		return exp(-2 * d * d * size);
	return law == KS_KSTWO ? kolmogorov_upper_n(nearbyint(size), d) : kolmogorov_upper(sqrt(size) * d);
}

enum rc ks_two_sample(const double *ref, size_t m, const double *cur, size_t n, enum side side, enum ks_law law,
                      struct ks *out)
{
	struct gap g;
	int64_t limit;

	*out = (struct ks){ .d = NAN, .at = NAN, .p = NAN, .law = law == KS_AUTO ? KS_KOLMOGOROV : law };
	if (m == 0 || n == 0 || m > INT32_MAX || n > INT32_MAX)
		return RC_OK;
	if (law == KS_AUTO && (double)m * (double)n <= KS_EXACT_LIMIT)
		out->law = KS_EXACT_TIES;
	g = widest_gap(ref, m, cur, n);
	limit = side == SIDE_GREATER || (side == SIDE_TWO && g.up >= g.down) ? g.up : g.down;
	out->at = limit == g.up && side != SIDE_LESS ? g.up_at : g.down_at;
	out->d = (double)limit / ((double)m * (double)n);
	if (limit == 0) {
		out->p = 1;
		return RC_OK;
	}
	if (out->law == KS_EXACT || out->law == KS_EXACT_TIES)
		return exact_p(ref, m, cur, n, out->law == KS_EXACT_TIES, side, limit, &out->p);
	out->p = limit_p((double)m, (double)n, out->d, side, out->law);
	return RC_OK;
}

double ks_detectable(double m, double n, double alpha, double power)
{
	double offset = (normal_quantile(power) - 0.95) / 2.3;
	double d = (kolmogorov_quantile(alpha) + offset) * sqrt((m + n) / (m * n));

	if (!(m > 0) || !(n > 0) || !(power < 1) || isnan(d))
		return NAN;
	return fmax(0.0, fmin(1.0, d));
}
