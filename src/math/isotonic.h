/* Isotonic regression: the non-decreasing step function that fits weighted points best in squared error, read as a
 * line between its blocks. */
#ifndef CLV_MATH_ISOTONIC_H
#define CLV_MATH_ISOTONIC_H

#include <stddef.h>

#include "base/rc.h"

#define ISOTONIC_MOST 64 /* knots */

/* Blocks of the fit: where each lies (weighted mean of x) and its value; both ascend. n = 0: no points. */
struct isotonic { size_t n; double at[ISOTONIC_MOST], value[ISOTONIC_MOST]; };

/* Pool adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman 1955) over points x, y of weight w > 0, all finite, x and y >= 0.
 * Points are first merged into at most ISOTONIC_MOST groups of equal weight in the order of x, equal x together; the weighted
 * sum of the values is that of y. O(n log n). RC_NOMEM. */
enum rc isotonic_fit(const double *x, const double *y, const double *w, size_t n, struct isotonic *out);

/* The value at x >= 0: a line between the blocks, in proportion to x below the first and above the last. x itself without blocks. */
double isotonic_at(const struct isotonic *f, double x);

#endif
