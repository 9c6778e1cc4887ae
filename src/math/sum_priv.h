/* Compensated sums of terms that are nowhere an array (Neumaier 1974), and a ratio that may not exist. */
#ifndef CLV_MATH_SUM_PRIV_H
#define CLV_MATH_SUM_PRIV_H

#include <math.h>

struct sum { double value, lost; };

static inline void sum_add(struct sum *s, double x)
{
	double t = s->value + x;

	s->lost += fabs(s->value) >= fabs(x) ? (s->value - t) + x : (x - t) + s->value;
	s->value = t;
}

static inline double sum_end(struct sum s)
{
	return isfinite(s.value) ? s.value + s.lost : s.value;
}

/* NaN for b = 0. */
static inline double ratio(double a, double b)
{
	return b != 0 ? a / b : NAN;
}

#endif
