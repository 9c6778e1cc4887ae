/* Functions that are one integral: of two powers, of staying with beta dropout, the generalised
 * exponential integral. Series and continued fractions where they are fast and exact, panels otherwise. */
#include "config.h"

#include "math/special.h"

#include <math.h>

#include "math/quad.h"
#include "math/special_priv.h"

#define SERIES_Z     0.7  /* F(1, b; c; z) takes at most 110 terms up to here */
#define WIDE         0.05 /* of the range, in ln: narrower ones lose digits in the difference of two tails */
#define GAIN_FROM    1e-300
#define FRACTION_Z   0.1  /* E_s by its continued fraction from here */
#define FRACTION_MAX 100000

/* ---- two powers ---- */

/* The integrand over v = ln((m + y) / (m + from)), m the smaller of a and b, relative to its value at v = 0. */
struct powers { double p, q, a, b, m; };

static double powers_at(const void *user, double v)
{
	const struct powers *w = user;
	double y = w->m * expm1(v); /* y - from */

	return v - w->p * log1p(y / w->a) - w->q * log1p(y / w->b);
}

static double powers_by_panels(double p, double q, double a, double b, double width)
{
	struct powers w = { p, q, a, b, fmin(a, b) };
	struct quad quad = { powers_at, &w, 2 };
	double end = log1p(width / w.m), mode = 0;

	if (p + q < 1 || (p + q <= 2 && end > 1))
		mode = quad_mode(&quad, 0, end);
	return log(w.m) + quad_log(&quad, 0, mode, end);
}

/* The integral to infinity, relative to the integrand at its start, where the poles are a and b away. */
static double powers_tail(double p, double q, double a, double b)
{
	if (a < b)
		return powers_tail(q, p, b, a);
	return b / (p + q - 1) * exp(log_2f1_one(p, p + q, (a - b) / a));
}

double log_two_powers(double p, double q, double a, double b, double from, double to)
{
	double start_a = a + from, start_b = b + from, end_a = a + to, end_b = b + to, width = to - from, z, all, rest;

	if (!(p > 0) || !(q > 0) || !(a > 0) || !(b > 0) || !(from >= 0) || !(to >= from) || isinf(p) || isinf(q) ||
	    isinf(a) || isinf(b) || isinf(to))
		return NAN;
	if (to == from)
		return -INFINITY;
	z = fabs(a - b) / fmax(start_a, start_b);
	if (p + q <= 1.5 || z > SERIES_Z || width < WIDE * fmin(start_a, start_b))
		return powers_by_panels(p, q, start_a, start_b, width);
	all = powers_tail(p, q, start_a, start_b);
	rest = powers_tail(p, q, end_a, end_b) * exp(-p * log1p(width / start_a) - q * log1p(width / start_b));
	return log(all - rest);
}

/* ---- staying with beta dropout ---- */

/* Over v = ln(p / (1-p)): the beta density of p times 1 - (1 + p y)^-r, the chance of a last purchase. */
struct drop { double r, a, b, y, log_norm; };

static double drop_at(const void *user, double v)
{
	const struct drop *d = user;
	double log_p = v > 0 ? -log1p(exp(-v)) : v - log1p(exp(v));
	double gain = -expm1(-d->r * log1p(exp(log_p) * d->y));

	return d->a * log_p + d->b * (log_p - v) - d->log_norm + log(fmax(gain, GAIN_FROM));
}

double beta_geometric_stay(double r, double a, double b, double y)
{
	struct drop d = { r, a, b, y, 0 };
	struct quad quad = { drop_at, &d, 2 };
	double centre, gone;

	if (!(r > 0) || !(a > 0) || !(b > 0) || !(y >= 0) || isinf(r) || isinf(a) || isinf(b) || isinf(y))
		return NAN;
	if (y == 0)
		return 1.0;
	d.log_norm = log_beta(a, b);
	centre = log(a / b);
	gone = exp(quad_log(&quad, -INFINITY, quad_mode(&quad, centre - 30, centre + 30), INFINITY));
	return fmax(0.0, 1 - gone);
}

/* Over v = ln(lambda). */
struct worth { double r, a, b, c, k, j, log_norm; };

static double worth_at(const void *user, double v)
{
	const struct worth *w = user;
	double log_phi = -log1p(w->c * exp(-v)), log_rest = log1m_exp(w->k * log_phi); /* ln of 1 - phi^k */
	double z = exp(w->k * log_phi), f;

	if (!(log_phi > -700))
		return -INFINITY;
	/* F(1, b; a+b; z) is at most 1/(1-z), which it is when a is nothing beside b. */
	f = z < 1 ? log_2f1_one(w->b, w->a + w->b, z) : -log_rest;
	return w->r * v - exp(v) - w->log_norm + (w->k - w->j) * log_phi + fmin(f, -log_rest);
}

double beta_geometric_worth(double r, double a, double b, double c, double k, double j)
{
	struct worth w = { r, a, b, c, k, j, 0 };
	struct quad quad = { worth_at, &w, 2 };
	double top;

	if (!(r > 0) || !(a > 0) || !(b > 0) || !(c > 0) || !(k >= 1) || !(j >= 0 && j < k) || isinf(r + a + b + c))
		return NAN;
	w.log_norm = log_gamma(r);
	top = log(r + k - j);
	return exp(quad_log(&quad, -INFINITY, quad_mode(&quad, top - 12, top + 2), INFINITY));
}

/* ---- the generalised exponential integral ---- */

/* e^z E_s(z) = integral over v = ln(1 + t) from 0 of exp((1-s) v - z (e^v - 1)), entire in v. */
struct decay { double s, z; };

static double decay_at(const void *user, double v)
{
	const struct decay *d = user;

	return (1 - d->s) * v - d->z * expm1(v);
}

static double expint_by_panels(double s, double z)
{
	struct decay d = { s, z };
	struct quad quad = { decay_at, &d, 8 };
	double peak = s < 1 && 1 - s > z ? log((1 - s) / z) : 0;

	return quad_log(&quad, 0, peak, 50 + fmax(0, -log(z)));
}

/* DLMF 8.19.17, contracted: 1/(z+s - 1 s/(z+s+2 - 2 (s+1)/(z+s+4 - ...))), by modified Lentz. */
static double expint_by_fraction(double s, double z)
{
	double b = z + s, f = b, up = b, down = 0;

	for (double n = 1; n < FRACTION_MAX; n++) {
		double t = -n * (s + n - 1), factor;

		b += 2;
		down = b + t * down;
		up = b + t / up;
		down = 1 / (fabs(down) < LENTZ_TINY ? LENTZ_TINY : down);
		up = fabs(up) < LENTZ_TINY ? LENTZ_TINY : up;
		factor = up * down;
		f *= factor;
		if (fabs(factor - 1) <= EPS)
			return -log(f);
	}
	return NAN;
}

double log_expint_scaled(double s, double z)
{
	if (!(s > 0) || !(z >= 0) || isinf(s) || isinf(z))
		return NAN;
	if (z == 0)
		return s > 1 ? -log(s - 1) : INFINITY;
	return z >= FRACTION_Z ? expint_by_fraction(s, z) : expint_by_panels(s, z);
}
