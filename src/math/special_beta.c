/* The incomplete beta function, the negative binomial law that is one, and the expected count of a
 * process whose buyers leave with a beta-distributed chance. */
#include "config.h"

#include "math/special.h"

#include <math.h>

#include "math/special_priv.h"

#define STEPS_MAX 1000000 /* of a continued fraction; it needs about 9 / sqrt(1-x) for I_x */
#define FAR_X     1e-6    /* the wrong side's fraction is used down to this 1 - x */
#define FAR_PART  1e-3    /* and for answers below this; above it a difference from 1 is as good */

/* ---- incomplete beta ---- */

/* ln I_x(a, b) by the even part of DLMF 8.17.22, in the form b0 + a1/(b1 + a2/(b2 + ...)): for x below the
 * mean a/(a+b) all terms are positive until m passes b, so nothing cancels. */
static double log_beta_fraction(double a, double b, double x, double y)
{
	double excess = a * y - b * x; /* a - (a+b) x */
	double f = a * (excess + 1) / (a + 1), up, down = 0;
	double log_front = log(a) + log(b) - log(a + b) + log_binomial(a, b, x, y);

	f = fabs(f) < LENTZ_TINY ? LENTZ_TINY : f;
	up = f;
	for (double m = 1; m < STEPS_MAX; m++) {
		double s = a + 2 * m - 1;
		double t = (a + m - 1) / s * ((a + b + m - 1) / s) * m * (b - m) * x * x;
		double u = m + m * (b - m) * x / s + (a + m) * (excess + 1 + m * (1 + y)) / (s + 2);
		double factor;

		down = u + t * down;
		up = u + t / up;
		down = 1 / (fabs(down) < LENTZ_TINY ? LENTZ_TINY : down);
		up = fabs(up) < LENTZ_TINY ? LENTZ_TINY : up;
		factor = up * down;
		f *= factor;
		if (fabs(factor - 1) <= EPS)
			break;
	}
	return log_front - log(f);
}

static int outside(double a, double b, double x, double y)
{
	return !(a > 0) || !(b > 0) || !(x >= 0) || !(x <= 1) || !(y >= 0) || !(y <= 1) || isinf(a) || isinf(b);
}

/* The side below the mean is the one whose fraction converges fast; the other is its complement, unless
 * that would be a small difference. Then its own fraction is the better, where it ends. */
double log_beta_inc(double a, double b, double x, double y)
{
	double upper;

	if (outside(a, b, x, y))
		return NAN;
	if (x == 0 || y == 0)
		return x == 0 ? -INFINITY : 0.0;
	if (a * y >= b * x)
		return fmin(0.0, log_beta_fraction(a, b, x, y));
	upper = log_beta_fraction(b, a, y, x);
	if (upper < -FAR_PART || y < FAR_X)
		return log1m_exp(fmin(0.0, upper));
	return fmin(0.0, log_beta_fraction(a, b, x, y));
}

double log_beta_inc_upper(double a, double b, double x, double y)
{
	return log_beta_inc(b, a, y, x);
}

double beta_inc(double a, double b, double x, double y)
{
	return exp(log_beta_inc(a, b, x, y));
}

double beta_inc_upper(double a, double b, double x, double y)
{
	return exp(log_beta_inc(b, a, y, x));
}

/* ---- negative binomial ---- */

double nbd_log_pmf(double n, double r, double y)
{
	if (!(n >= 0) || !(r > 0) || !(y >= 0) || isinf(n) || isinf(r) || isinf(y))
		return NAN;
	if (n == 0)
		return -r * log1p(y);
	if (y == 0)
		return -INFINITY;
	return log(r / (r + n)) + log_binomial(r, n, 1 / (1 + y), y / (1 + y));
}

double nbd_log_upper(double n, double r, double y)
{
	if (!(n >= 0) || !(r > 0) || !(y >= 0) || isinf(n) || isinf(r) || isinf(y))
		return NAN;
	if (n == 0)
		return 0.0;
	return log_beta_inc(n, r, y / (1 + y), 1 / (1 + y));
}

double nbd_upper(double n, double r, double y)
{
	return exp(nbd_log_upper(n, r, y));
}

void nbd_upper_list(double *upper, size_t n, double r, double y)
{
	double tail, pmf;

	if (n == 0)
		return;
	tail = nbd_upper((double)(n - 1), r, y);
	upper[n - 1] = tail;
	if (n == 1)
		return;
	pmf = nbd_log_pmf((double)(n - 2), r, y);
	if (!(pmf > -600)) { /* the recursion would start at nothing */
		for (size_t k = n - 1; k-- > 0;)
			upper[k] = nbd_upper((double)k, r, y);
		return;
	}
	pmf = exp(pmf);
	for (size_t k = n - 1; k-- > 0;) {
		tail += pmf;
		upper[k] = k == 0 ? 1.0 : tail < 1 ? tail : 1.0;
		pmf *= y > 0 ? (double)k * (1 + y) / ((r + (double)k - 1) * y) : 0;
	}
}

/* ---- expected count with beta dropout ---- */

#define COUNT_STEPS  50000.0
#define RESCALE_AT   0x1p800

/* Sum of P(N = n) S_n with S_n = sum over k < n of E(1-p)^k, and of P(N = n) to divide by, so that no
 * normalising constant is needed: weights start at 1 and are scaled back when they grow. */
static double count_by_steps(double r, double a, double b, double y)
{
	double q = y / (1 + y);
	double weight = 1, norm = 1, total = 0; /* of P(N = n); sums */
	double stay = 1, reach = 0;             /* E(1-p)^n; S_n */

	for (double n = 1; n < 100 * COUNT_STEPS; n++) {
		double ratio;

		weight *= (r + n - 1) / n * q;
		reach += stay;
		stay *= (b + n - 1) / (a + b + n - 1);
		norm += weight;
		total += weight * reach;
		ratio = (r + n) / (n + 1) * q * (1 + 1 / n);
		if (ratio < 1 && weight * reach * ratio <= 0.25 * EPS * total * (1 - ratio) &&
		    weight * ratio <= 0.25 * EPS * norm * (1 - ratio))
			break;
		if (weight > RESCALE_AT) {
			weight /= RESCALE_AT;
			norm /= RESCALE_AT;
			total /= RESCALE_AT;
		}
	}
	return total / norm;
}

/* 16-point Gauss-Legendre on [-1, 1], the positive half (DLMF 3.5.v). */
static const double legendre_node[8] = {
	0.0950125098376374401853193, 0.2816035507792589132304605,
	0.4580167776572273863424194, 0.6178762444026437484466718,
	0.7554044083550030338951012, 0.8656312023878317438804679,
	0.9445750230732325760779884, 0.9894009349916499325961542,
};
static const double legendre_weight[8] = {
	0.1894506104550684962853967, 0.1826034150449235888667637,
	0.1691565193950025381893121, 0.1495959888165767320815017,
	0.1246289712555338720524763, 0.0951585116824927848099251,
	0.0622535239386478928628438, 0.0271524594117540948517806,
};

struct integrand { double r, a, b, y, log_norm; };

/* E[...] as an integral over v = ln(p/(1-p)): density of v times (1 - (1+py)^-r) / p. */
static double integrand_at(const struct integrand *g, double v)
{
	double log_p = v > 0 ? -log1p(exp(-v)) : v - log1p(exp(v));
	double log_q = log_p - v;
	double gain = -expm1(-g->r * log1p(exp(log_p) * g->y));

	return exp((g->a - 1) * log_p + g->b * log_q - g->log_norm) * gain;
}

static double integrand_panel(const struct integrand *g, double low, double high)
{
	double middle = 0.5 * (low + high), half = 0.5 * (high - low), sum = 0;

	for (int i = 0; i < 8; i++)
		sum += legendre_weight[i] * (integrand_at(g, middle - half * legendre_node[i]) +
		                             integrand_at(g, middle + half * legendre_node[i]));
	return sum * half;
}

/* From the middle of the beta law outwards, in panels no wider than its spread, until nothing is added;
 * what lies beyond the ends, where the integrand is a pure power, in closed form. */
static double count_by_panels(double r, double a, double b, double y)
{
	struct integrand g = { r, a, b, y, log_beta(a, b) };
	double spread = sqrt(1 / a + 1 / b), width = spread < 1 ? spread : 1;
	double centre = log(a / b);
	double first = fmin(centre - 1, -40 - log1p((1 + r) * y) - log1p(b));
	double last = fmax(centre + 1, 40 + log1p(a + r));
	double total = 0, v, part;

	for (v = centre; v > first; v -= width) {
		part = integrand_panel(&g, v - width, v);
		total += part;
		if (part <= 0.01 * EPS * total)
			break;
	}
	if (v <= first)
		total += exp(a * v - g.log_norm) * r * y / a;
	for (v = centre; v < last; v += width) {
		part = integrand_panel(&g, v, v + width);
		total += part;
		if (part <= 0.01 * EPS * total)
			break;
	}
	if (v >= last)
		total += exp(-b * v - g.log_norm) / b * -expm1(-r * log1p(y));
	return total;
}

double beta_geometric_count(double r, double a, double b, double y)
{
	double mean = r * y, steps;

	if (!(r > 0) || !(a > 0) || !(b > 0) || !(y >= 0) || isinf(r) || isinf(a) || isinf(b) || isinf(y))
		return NAN;
	if (y == 0)
		return 0.0;
	steps = mean + 10 * sqrt(mean * (1 + y)) + 40 * (1 + y);
	return steps <= COUNT_STEPS ? count_by_steps(r, a, b, y) : count_by_panels(r, a, b, y);
}
