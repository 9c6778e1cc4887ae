/* Measures of order for several predictions of the same truth: what metric_ranked and metric_top answer, to
 * the same bytes, with one sort a prediction instead of eight. */
#ifndef CLV_MATH_STANDING_H
#define CLV_MATH_STANDING_H

#include <stddef.h>

#include "base/rc.h"
#include "math/metric.h"

struct standing;

/* y[n] is borrowed; n < 2^32. Memory: 32 bytes a row, and 16 while sorting. RC_NOMEM. */
enum rc standing_new(const double *y, size_t n, struct standing **out);
void    standing_free(struct standing *s); /* NULL allowed */

/* p[n], in the order of y: metric_ranked(y, p), and metric_top at each of the shares into top[shares].
 * RC_NOMEM. */
enum rc standing_measure(struct standing *s, const double *p, const double *share, size_t shares, struct ranked *out, struct top *top);

#endif
