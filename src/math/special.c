/* Gamma functions, sums of logarithms, Gauss's function with a unit parameter. Not probability laws
 * (special_law.c) and not the incomplete beta (special_beta.c). */
#include "config.h"

#include "math/special.h"

#include <float.h>
#include <math.h>

#include "math/gsl_priv.h"
#include "math/special_priv.h"

#define STIRLING_FROM 15.0   /* argument from which six terms of Stirling's series are exact to a double */
#define SERIES_UNTIL  0.7    /* z up to which the series of 2F1 is the faster */
#define FRACTION_MAX  4000000

/* The remainder of Stirling's series, (1/12x - 1/360x^3 + ...), DLMF 5.11.1. */
static double stirling_series(double x)
{
	static const double c[6] = { 1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360 };
	double w = 1.0 / (x * x), sum = c[5];

	for (int i = 4; i >= 0; i--)
		sum = c[i] + sum * w;
	return sum / x;
}

double stirling_error(double x)
{
	if (x >= STIRLING_FROM)
		return stirling_series(x);
	return log_gamma(x + 1.0) - (x + 0.5) * log(x) + x - LN_2PI / 2;
}

/* x ln(x/m) + m - x without cancellation near x = m. */
static double deviance(double x, double m)
{
	double d = x - m, s, v, e;

	if (fabs(d) >= 0.1 * (x + m))
		return x * log(x / m) - d;
	v = d / (x + m);
	s = d * v;
	e = 2.0 * x * v;
	for (int j = 1; j < 1000; j++) {
		double next;

		e *= v * v;
		next = s + e / (2 * j + 1);
		if (next == s)
			break;
		s = next;
	}
	return s;
}

double log_binomial(double a, double b, double x, double y)
{
	double n = a + b;

	if (a == 0)
		return b == 0 ? 0.0 : b * (y > 0.5 ? log1p(-x) : log(y));
	if (b == 0)
		return a * (x > 0.5 ? log1p(-y) : log(x));
	if (x <= 0 || y <= 0)
		return -INFINITY;
	return stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) -
	       deviance(b, n * y) + 0.5 * (log(n / a / b) - LN_2PI);
}

double log_poisson(double a, double m)
{
	if (a == 0)
		return -m;
	return -stirling_error(a) - deviance(a, m) - 0.5 * (LN_2PI + log(a));
}

double log_gamma(double x)
{
	int sign;

	return x > 0 ? lgamma_r(x, &sign) : NAN;
}

double digamma(double x)
{
	if (!(x > 0) || isinf(x))
		return x > 0 ? INFINITY : NAN;
	return x < DBL_MIN ? -1.0 / x : door_psi(x);
}

/* GSL's own fails below 1e-150; there the leading term is exact to a double. */
double trigamma(double x)
{
	if (!(x > 0) || isinf(x))
		return x > 0 ? 0.0 : NAN;
	return x < 1e-9 ? 1.0 / x / x + 1.6449340668482264 : door_psi_1(x);
}

double log_gamma_ratio(double a, double n)
{
	if (!(a > 0) || !(n >= 0))
		return NAN;
	if (n == 0)
		return 0.0;
	if (a < STIRLING_FROM)
		return log_gamma(a + n) - log_gamma(a);
	return (a - 0.5) * log1p(n / a) + n * (log(a + n) - 1.0) + stirling_series(a + n) - stirling_series(a);
}

double digamma_diff(double a, double n)
{
	double s = a + n;

	if (!(a > 0) || !(n >= 0))
		return NAN;
	if (a < STIRLING_FROM)
		return digamma(s) - digamma(a);
	/* DLMF 5.11.2; the first terms as one fraction each. */
	return log1p(n / a) + n / (2.0 * a * s) + n * (a + s) / (12.0 * a * a * s * s) -
	       (1 / (a * a * a * a) - 1 / (s * s * s * s)) / 120 + (pow(a, -6) - pow(s, -6)) / 252 -
	       (pow(a, -8) - pow(s, -8)) / 240;
}

double log_beta(double a, double b)
{
	double small = fmin(a, b), large = fmax(a, b), share;

	if (!(a > 0) || !(b > 0) || isinf(large))
		return NAN;
	share = small / (small + large);
	if (small >= STIRLING_FROM)
		return LN_2PI / 2 - 0.5 * log(large) + (small - 0.5) * log(share) -
		       large * log1p(small / large) + stirling_series(small) + stirling_series(large) -
		       stirling_series(small + large);
	if (large >= STIRLING_FROM)
		return log_gamma(small) - log_gamma_ratio(large, small);
	if (small < 1e-5) /* the difference of two nearly equal gammas: its derivative */
		return log_gamma(small) - small * digamma(large) - 0.5 * small * small * trigamma(large);
	return log_gamma(small) + (log_gamma(large) - log_gamma(small + large));
}

double log_add(double a, double b)
{
	double high = a > b ? a : b, low = a > b ? b : a;

	if (isnan(a) || isnan(b))
		return NAN;
	if (isinf(high))
		return high;
	return high + log1p(exp(low - high));
}

double log_sub(double a, double b)
{
	if (!(a >= b))
		return NAN;
	if (b == -INFINITY)
		return a;
	return a == b ? -INFINITY : a + log1m_exp(b - a);
}

double log1m_exp(double a)
{
	if (!(a <= 0))
		return NAN;
	return a > -M_LN2 ? log(-expm1(a)) : log1p(-exp(a));
}

double log_sum_exp(const double *v, size_t n)
{
	double high = -INFINITY, sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(v[i]))
			return NAN;
		high = v[i] > high ? v[i] : high;
	}
	if (isinf(high))
		return high;
	for (size_t i = 0; i < n; i++)
		sum += exp(v[i] - high);
	return high + log(sum);
}

/* Terms are positive with a ratio below z, so the sum is at most 1/(1-z). */
static double series_one(double b, double c, double z)
{
	double term = 1, sum = 1;

	for (double n = 0; n < FRACTION_MAX; n++) {
		term *= (b + n) / (c + n) * z;
		sum += term;
		if (term <= 0.25 * EPS * sum * (1 - z))
			break;
	}
	return log(sum);
}

/* 1 / (1 + k1 z/(1 + k2 z/(1 + ...))), DLMF 15.7.1 with a = b, b = 0, c = c - 1; every k is negative. */
static double fraction_one(double b, double c, double z)
{
	double f = 1, up = 1, down = 0;

	for (int i = 1; i < FRACTION_MAX; i++) {
		double n = i / 2, m = c - 1 + i, k, factor;

		k = i == 1 ? -b / c : (i % 2 ? -(b + n) * (c - 1 + n) : -n * (c - 1 - b + n)) / ((m - 1) * m);

		down = 1 + k * z * down;
		up = 1 + k * z / up;
		down = 1 / (fabs(down) < LENTZ_TINY ? LENTZ_TINY : down);
		up = fabs(up) < LENTZ_TINY ? LENTZ_TINY : up;
		factor = up * down;
		f *= factor;
		if (fabs(factor - 1) <= EPS)
			return -log(f);
	}
	return NAN;
}

double log_2f1_one(double b, double c, double z)
{
	if (!(b >= 0) || !(c > 0) || !(b <= c) || !(z < 1) || isinf(c) || isinf(z))
		return NAN;
	if (b == 0 || z == 0)
		return 0.0;
	if (b == c)
		return -log1p(-z);
	if (z < 0)
		return log_2f1_one(c - b, c, z / (z - 1)) - log1p(-z);
	return z <= SERIES_UNTIL ? series_one(b, c, z) : fraction_one(b, c, z);
}
