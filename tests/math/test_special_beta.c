/* Incomplete beta, negative binomial, expected counts: known values, identities, no NaN anywhere in the
 * domain. */
#include "config.h"

#include "near.h"

#include "math/special.h"

Test(special_beta, closed_forms)
{
	for (double x = 1e-9; x < 1; x += 0.0737) {
		near(beta_inc(1, 1, x, 1 - x), x, 1e-14);
		near(beta_inc(3, 1, x, 1 - x), x * x * x, 1e-13);
		near(beta_inc_upper(1, 4, x, 1 - x), pow(1 - x, 4), 1e-13);
		near(beta_inc(0.5, 0.5, x, 1 - x), 2 / M_PI * asin(sqrt(x)), 1e-13);
	}
	near(beta_inc(2, 3, 0, 1), 0, 0);
	near(beta_inc(2, 3, 1, 0), 1, 0);
	cr_assert(isnan(beta_inc(0, 3, 0.5, 0.5)));
	cr_assert(isnan(beta_inc(1, 3, -0.1, 1.1)));
}

Test(special_beta, whole_domain_is_finite_and_adds_up)
{
	double a[] = { 1e-3, 0.02, 0.7, 1, 5, 80, 3000, 1e5 };

	for (size_t i = 0; i < COUNT(a); i++)
		for (size_t j = 0; j < COUNT(a); j++)
			for (double v = -30; v <= 30; v += 1.5) {
				double x = 1 / (1 + exp(-v)), y = 1 / (1 + exp(v));
				double lower = beta_inc(a[i], a[j], x, y), upper = beta_inc_upper(a[i], a[j], x, y);

				cr_assert(lower >= 0 && lower <= 1 && upper >= 0 && upper <= 1,
				          "a %g b %g x %g", a[i], a[j], x);
				near(lower + upper, 1, 1e-11);
				near(log_beta_inc(a[i], a[j], x, y), log_beta_inc_upper(a[j], a[i], y, x), 0);
			}
}

Test(special_beta, recurrence)
{
	/* I_x(a, b) = I_x(a+1, b) + x^a y^b / (a B(a, b)), DLMF 8.17.20: all terms positive. */
	for (double a = 0.01; a < 5e4; a *= 6)
		for (double b = 0.01; b < 5e4; b *= 7)
			for (double v = -6; v <= 6; v += 1) {
				double x = 1 / (1 + exp(-v)), y = 1 / (1 + exp(v));
				double term = exp(a * log(x) + b * log(y) - log(a) - log_beta(a, b));

				near(beta_inc(a, b, x, y), beta_inc(a + 1, b, x, y) + term, 1e-9);
			}
}

Test(special_beta, negative_binomial_sums)
{
	double r[] = { 0.05, 0.2426, 1, 7.5, 300 }, y[] = { 1e-6, 0.1, 1, 12, 150 };

	for (size_t i = 0; i < COUNT(r); i++)
		for (size_t j = 0; j < COUNT(y); j++) {
			double sum = 0, mean = 0, from = 60;

			for (double n = 0; n < 60; n++) {
				double p = exp(nbd_log_pmf(n, r[i], y[j]));

				sum += p;
				mean += p * n;
			}
			near(sum + nbd_upper(from, r[i], y[j]), 1, 1e-12);
			cr_assert(mean <= r[i] * y[j] * (1 + 1e-12));
		}
	near(nbd_upper(0, 1, 2), 1, 0);
	near(nbd_log_pmf(0, 3, 0), 0, 0);
	cr_assert(nbd_log_pmf(2, 3, 0) == -INFINITY);
	/* shape 1 is geometric */
	near(nbd_upper(40, 1, 4), pow(0.8, 40), 1e-13);
	near(nbd_log_upper(4000, 1, 4), 4000 * log(0.8), 1e-12);
}

Test(special_beta, negative_binomial_list_is_the_tail)
{
	double upper[200], r[] = { 0.01, 0.5, 20, 5000 }, y[] = { 0, 1e-9, 0.3, 4, 90 };

	for (size_t i = 0; i < COUNT(r); i++)
		for (size_t j = 0; j < COUNT(y); j++) {
			nbd_upper_list(upper, COUNT(upper), r[i], y[j]);
			for (size_t n = 0; n < COUNT(upper); n++)
				near(upper[n], nbd_upper((double)n, r[i], y[j]), 1e-10);
		}
	nbd_upper_list(upper, 1, 2, 3);
	near(upper[0], 1, 0);
	nbd_upper_list(upper, 0, 2, 3);
}

/* (a+b-1)/(a-1) [1 - F(r, a-1; a+b-1; -y)] with the series of F for small y, away from a = 1. */
static double by_series(double r, double a, double b, double y)
{
	double term = 1, sum = 0;

	for (double n = 0; n < 400; n++) {
		term *= (r + n) * (a - 1 + n) / ((a + b - 1 + n) * (n + 1)) * -y;
		sum += term;
	}
	return -(a + b - 1) / (a - 1) * sum;
}

Test(special_beta, count_is_the_published_form)
{
	double r[] = { 0.2426, 3.1, 40 }, a[] = { 0.3, 0.7929, 2.5, 11 }, b[] = { 0.9, 2.4259, 60 };

	for (size_t i = 0; i < COUNT(r); i++)
		for (size_t j = 0; j < COUNT(a); j++)
			for (size_t k = 0; k < COUNT(b); k++)
				for (double y = 0.01; y < 0.6; y *= 3)
					near(beta_geometric_count(r[i], a[j], b[k], y), by_series(r[i], a[j], b[k], y), 1e-10);
}

Test(special_beta, count_known_value)
{
	/* BG/NBD with r .11, alpha 2.24, a .31, b .5 for a customer with x = 0, T = 1, over t = 30: a
	 * published case where the closed form changes sign (issue 302 of the Python package lifetimes);
	 * the value is from 50 digits of arithmetic. */
	near(beta_geometric_count(0.11, 0.31, 0.5, 30 / 3.24), 0.564588615532785, 1e-13);
}

Test(special_beta, count_edges_are_continuous)
{
	double at, side;

	for (double y = 1e-6; y < 1e7; y *= 10) {
		at = beta_geometric_count(0.4, 1, 2.4, y);
		side = 0.5 * (beta_geometric_count(0.4, 1 - 1e-6, 2.4, y) +
		              beta_geometric_count(0.4, 1 + 1e-6, 2.4, y));
		near(at, side, 1e-9);
		at = beta_geometric_count(0.4, 0.4, 0.6, y); /* a + b = 1 */
		side = 0.5 * (beta_geometric_count(0.4, 0.4, 0.6 - 1e-6, y) +
		              beta_geometric_count(0.4, 0.4, 0.6 + 1e-6, y));
		near(at, side, 1e-9);
	}
	near(beta_geometric_count(2, 1, 1, 0), 0, 0);
	near(beta_geometric_count(2, 3, 1, 1e-12), 2e-12, 1e-10);
	cr_assert(isnan(beta_geometric_count(0, 1, 1, 1)));
	cr_assert(isnan(beta_geometric_count(1, 1, 1, -1)));
	cr_assert(isnan(beta_geometric_count(1, 1, 1, INFINITY)));
}

Test(special_beta, count_both_ways_meet_and_rise)
{
	/* The switch from steps to panels lies at y = 1,249 for small r: the curve must not notice. */
	for (double a = 0.1; a < 60; a *= 5)
		for (double b = 0.2; b < 900; b *= 9) {
			double last = 0, slope = INFINITY;

			for (double y = 1200; y < 1300; y += 4) {
				double here = beta_geometric_count(0.7, a, b, y);

				cr_assert(here > last, "a %g b %g y %g", a, b, y);
				if (last > 0)
					cr_assert(here - last < slope * (1 + 1e-6), "a %g b %g y %g: not concave", a, b, y);
				slope = last > 0 ? here - last : slope;
				last = here;
			}
		}
}
