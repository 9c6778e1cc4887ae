/* One-dimensional k-means, exact: the partition of a sorted list with the least sum of squares within, by
 * dynamic programming (Wang and Song 2011) with divide and conquer over the monotone breaks. Equal values
 * always stay together. No start, no chance. */
#ifndef CLV_MATH_CLUSTER_H
#define CLV_MATH_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

#define CLUSTER_MAX 64

/* Clusters in ascending order of value. */
struct cluster_1d {
	size_t k;                    /* found: the lesser of what was asked and of distinct values */
	double centre[CLUSTER_MAX];  /* weighted mean */
	double within[CLUSTER_MAX];  /* weighted sum of squares about the centre */
	double weight[CLUSTER_MAX];  /* members */
	double low[CLUSTER_MAX], high[CLUSTER_MAX];  /* smallest and largest member */
	double cut[CLUSTER_MAX - 1]; /* the middle of the gap above cluster c: its members are <= cut[c] */
	double within_total, total;  /* sum of within; sum of squares about the grand mean */
};

/* sorted[n] ascending, finite; weight[n] whole numbers > 0 for strictly ascending values, or NULL: each
 * counts once and equal values may repeat. The weights sum below 2^32. 1 <= k <= CLUSTER_MAX. Of several
 * best partitions the one with the smaller breaks, from the right. O(k d log d) time for d distinct values,
 * 32 d bytes of work memory. RC_NOMEM; RC_NUMERIC for input outside the above. */
enum rc cluster_1d(const double *sorted, const uint32_t *weight, size_t n, size_t k, struct cluster_1d *out);

/* The cluster of x by the cuts: 0 .. k-1. NaN belongs to the lowest. */
size_t cluster_of(const struct cluster_1d *c, double x);
/* The same by cuts alone: cut[k - 1], ascending. */
size_t cluster_by_cuts(const double *cut, size_t k, double x);

#endif
