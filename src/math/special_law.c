/* Probability laws by their tails: normal, gamma and chi-square, Kolmogorov's in the limit and for one finite
 * sample. */
#include "config.h"

#include "math/special.h"

#include <math.h>
#include <string.h>

#include "math/gsl_priv.h"
#include "math/special_priv.h"

double normal_cdf(double x)
{
	return 0.5 * erfc(-x * M_SQRT1_2);
}

double normal_upper(double x)
{
	return 0.5 * erfc(x * M_SQRT1_2);
}

double normal_quantile(double p)
{
	if (!(p >= 0) || !(p <= 1))
		return NAN;
	if (p == 0 || p == 1)
		return p == 0 ? -INFINITY : INFINITY;
	return door_normal_quantile(p);
}

/* ---- gamma ---- */

/* P(a, x) for x < a + 1: DLMF 8.11.4, positive terms. */
static double gamma_lower_series(double a, double x)
{
	double term = 1, sum = 1;

	for (double n = 1; term > 0.25 * EPS * sum; n++) {
		term *= x / (a + n);
		sum += term;
	}
	return exp(log_poisson(a, x)) * sum;
}

/* Q(a, x) for x >= a + 1: DLMF 8.9.2. */
static double gamma_upper_fraction(double a, double x)
{
	double b = x + 1 - a, f = b, up = b, down = 0;

	for (double n = 1; n < 1e6; n++) {
		double t = n * (a - n), factor;

		b += 2;
		down = b + t * down;
		up = b + t / up;
		down = 1 / (fabs(down) < LENTZ_TINY ? LENTZ_TINY : down);
		up = fabs(up) < LENTZ_TINY ? LENTZ_TINY : up;
		factor = up * down;
		f *= factor;
		if (fabs(factor - 1) <= EPS)
			break;
	}
	return exp(log_poisson(a, x) + log(a)) / f;
}

double gamma_inc_upper(double a, double x)
{
	if (!(a > 0) || !(x >= 0) || isinf(a))
		return NAN;
	if (x == 0 || isinf(x))
		return x == 0 ? 1.0 : 0.0;
	return x < a + 1 ? fmax(0.0, 1 - gamma_lower_series(a, x)) : gamma_upper_fraction(a, x);
}

/* The u = ln x in low..high where `below` reaches p. */
static double halve(double (*below)(double a, double b, double u), double a, double b, double p, double low, double high)
{
	for (int i = 0; i < 100 && high - low > 1e-13 * fmax(1, fabs(low)); i++) {
		double middle = (low + high) / 2;
		*(below(a, b, middle) < p ? &low : &high) = middle;
	}
	return (low + high) / 2;
}

static double gamma_below(double a, double b, double u)
{
	(void)b;
	return 1 - gamma_inc_upper(a, exp(u));
}

static double beta_below(double a, double b, double u)
{
	return beta_inc(a, b, exp(u), -expm1(u));
}

double gamma_quantile(double a, double p)
{
	if (!(a > 0) || isinf(a) || !(p >= 0) || !(p <= 1))
		return NAN;
	if (p == 0 || p == 1)
		return p == 0 ? 0.0 : INFINITY;
	if (a > 1e5)
		return a * pow(1 - 1 / (9 * a) + normal_quantile(p) / (3 * sqrt(a)), 3);
	if (gamma_below(a, 0, -690) >= p)
		return 0;
	return exp(halve(gamma_below, a, 0, p, -690, log(a + 40 * sqrt(a) + 800)));
}

double beta_quantile(double a, double b, double p)
{
	if (!(a > 0) || !(b > 0) || isinf(a) || isinf(b) || !(p >= 0) || !(p <= 1))
		return NAN;
	if (p == 0 || p == 1)
		return p;
	if (beta_inc(a, b, .5, .5) < p)
		return 1 - (beta_below(b, a, -690) >= 1 - p ? 0 : exp(halve(beta_below, b, a, 1 - p, -690, -M_LN2)));
	return beta_below(a, b, -690) >= p ? 0 : exp(halve(beta_below, a, b, p, -690, -M_LN2));
}

double chi2_upper(double x, double dof)
{
	return dof == 1 && x >= 0 ? erfc(sqrt(x / 2)) : gamma_inc_upper(dof / 2, x / 2);
}

/* ---- Kolmogorov ---- */

#define DUAL_BELOW 1.18 /* where both forms of the theta function need three terms */

double kolmogorov_upper(double x)
{
	double sum = 0;

	if (isnan(x))
		return NAN;
	if (x <= 0)
		return 1.0;
	if (x < DUAL_BELOW) {
		for (int k = 1; k <= 7; k += 2)
			sum += exp(-k * k * PI * PI / (8 * x * x));
		return 1 - sqrt(2 * PI) / x * sum;
	}
	for (int j = 5; j >= 1; j--)
		sum += (j % 2 ? 2 : -2) * exp(-2.0 * j * j * x * x);
	return sum;
}

/* Bisection to the last bit: the law falls steadily. */
double kolmogorov_quantile(double upper)
{
	double low = 0, high = 40;

	if (!(upper > 0) || !(upper <= 1))
		return NAN;
	for (int i = 0; i < 100 && low < high; i++) {
		double middle = 0.5 * (low + high);

		if (kolmogorov_upper(middle) > upper)
			low = middle;
		else
			high = middle;
	}
	return high;
}

#define DURBIN_BAND 30   /* a unit-rate Poisson count above it has probability 1e-34 */
#define DURBIN_N    5000 /* exact up to here */
#define DURBIN_SIDE 256  /* 2 ceil(n d) - 1 for n = DURBIN_N and n d^2 < TAIL_FROM */
#define TAIL_FROM   3.0  /* n d^2 from which both sides at once are less than 1e-7 of either */
#define SMIRNOV_N   1e6

/* P(D_n < d) by Durbin's matrix as Marsaglia, Tsang and Wang 2003 write it, taken as a walk: the empirical
 * process gains a Poisson count in each step of 1/n and must stay within d; in the end the walk is
 * conditioned on n points in all. */
static double durbin_lower(double n, double d)
{
	double gain[DURBIN_BAND + 2], from[DURBIN_SIDE], to[DURBIN_SIDE], h, power;
	int k = (int)ceil(n * d), m = 2 * k - 1;

	h = k - n * d;
	gain[0] = exp(-1.0); /* e^-1 / j! */
	for (int j = 1; j < DURBIN_BAND + 2; j++)
		gain[j] = gain[j - 1] / j;
	memset(from, 0, sizeof(from));
	from[k - 1] = 1;
	for (int step = 0; step < (int)n; step++) {
		for (int i = 0; i < m; i++) {
			int low = i + 1 > DURBIN_BAND ? i + 1 - DURBIN_BAND : 0;
			int high = i + 1 < m ? i + 1 : m - 1;
			double sum = 0;

			for (int j = low; j <= high; j++)
				sum += gain[i - j + 1] * from[j];
			to[i] = sum;
		}
		/* The first column and the last row are cut by the boundaries. */
		power = exp(-1.0);
		for (int i = 0; i < m && i < DURBIN_BAND; i++) {
			power *= h / (i + 1);
			to[i] -= power * from[0];
		}
		power = exp(-1.0);
		for (int j = m - 1, c = 1; j >= 0 && c <= DURBIN_BAND; j--, c++) {
			power *= h / c;
			to[m - 1] -= power * from[j];
		}
		if (2 * h > 1 && m <= DURBIN_BAND) {
			power = exp(-1.0);
			for (int c = 1; c <= m; c++)
				power *= (2 * h - 1) / c;
			to[m - 1] += power * from[0];
		}
		memcpy(from, to, (size_t)m * sizeof(*to));
	}
	return from[k - 1] / exp(log_poisson(n, n));
}

/* P(D_n+ >= d) = d sum C(n,j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j), positive terms (Birnbaum and Tingey
 * 1951). */
static double smirnov_upper(double n, double d)
{
	double sum = 0;

	if (n > SMIRNOV_N)
		return exp(-(6 * n * d + 1) * (6 * n * d + 1) / (18 * n));
	for (double j = 0; j <= floor(n * (1 - d)); j++) {
		double x = d + j / n, y = 1 - x;

		if (y > 0)
			sum += exp(log_binomial(j, n - j, x, y)) / x;
		else if (j == n)
			sum += 1;
	}
	return fmin(1.0, d * sum);
}

/* The expansion of P(sqrt(n) D_n < x) to n^-3/2, Pelz and Good 1976, as restated by Simard and L'Ecuyer
 * 2011, eq. 11-14. */
static double pelz_good_lower(double n, double x)
{
	double x2 = x * x, x4 = x2 * x2, x6 = x4 * x2, pi2 = PI * PI, pi4 = pi2 * pi2, pi6 = pi4 * pi2;
	double k0 = 0, k1 = 0, k2 = 0, k2b = 0, k3 = 0, k3b = 0, root = sqrt(PI / 2);

	for (int i = 20; i >= 0; i--) {
		double h = i + 0.5, w = h * h, e = exp(-pi2 * w / (2 * x2));

		k0 += e;
		k1 += (pi2 * w - x2) * e;
		k2 += (6 * x6 + 2 * x4 + pi2 * (2 * x4 - 5 * x2) * w + pi4 * (1 - 2 * x2) * w * w) * e;
		k3 += (-30 * x6 - 90 * x6 * x2 + pi2 * (135 * x4 - 96 * x6) * w +
		       pi4 * (212 * x4 - 60 * x2) * w * w + pi6 * (5 - 30 * x2) * w * w * w) * e;
	}
	for (int i = 20; i >= 1; i--) {
		double w = (double)i * i, e = exp(-pi2 * w / (2 * x2));

		k2b += pi2 * w * e;
		k3b += (3 * pi2 * w * x2 - pi4 * w * w) * e;
	}
	k0 *= 2 * root / x;
	k1 *= 2 * root / (6 * x4);
	k2 = 2 * root * k2 / (72 * x6 * x) - 2 * root * k2b / (36 * x2 * x);
	k3 = 2 * root * k3 / (6480 * x6 * x4) + 2 * root * k3b / (216 * x6);
	return k0 + k1 / sqrt(n) + k2 / n + k3 / (n * sqrt(n));
}

double kolmogorov_upper_n(double n, double d)
{
	double p;

	if (!(n >= 1) || isnan(d))
		return NAN;
	if (n * d <= 0.5 || d >= 1)
		return d >= 1 ? 0.0 : 1.0;
	if (n * d * d >= TAIL_FROM)
		return fmin(1.0, 2 * smirnov_upper(n, d));
	p = n <= DURBIN_N ? 1 - durbin_lower(floor(n), d) : 1 - pelz_good_lower(n, sqrt(n) * d);
	return fmax(0.0, fmin(1.0, p));
}
