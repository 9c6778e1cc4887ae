/* Functions that are one integral: src/math/special_integral.c. Reference values from 30-digit arithmetic. */
#include "config.h"

#include "near.h"

#include <math.h>

#include "math/special.h"

/* Both poles at one place: an elementary integral. */
Test(special_integral, two_equal_powers)
{
	const double exponents[] = { .3, .5, 1, 4, 300, 1e6 }, widths[] = { 1e-9, .1, 5, 3000 };

	for (size_t i = 0; i < COUNT(exponents); i++)
		for (size_t j = 0; j < COUNT(widths); j++) {
			double p = exponents[i], e = 2 * p - 1, a = 7, from = 3, w = widths[j], log_ratio = log1p(w / (a + from));
			double want = e == 0 ? (a + from) * log_ratio : (a + from) / e * -expm1(-e * log_ratio);

			near(exp(log_two_powers(p, p, a, a, from, from + w)), want, w < 1e-6 ? 1e-6 : 1e-12);
		}
}

/* Additive over ranges, whichever method each of them takes. */
Test(special_integral, two_powers_add_up)
{
	const double p[] = { .6, 3, 40, 400 }, q[] = { 1.01, 1.6, 1e6 }, a[] = { .05, 10, 500 }, b[] = { .01, 12, 5000, 4e7 };

	for (size_t i = 0; i < COUNT(p); i++)
		for (size_t j = 0; j < COUNT(q); j++)
			for (size_t k = 0; k < COUNT(a); k++)
				for (size_t l = 0; l < COUNT(b); l++) {
					double whole = log_two_powers(p[i], q[j], a[k], b[l], 2, 90);
					double first = log_two_powers(p[i], q[j], a[k], b[l], 2, 2.4);
					double fall = -p[i] * log1p(.4 / (a[k] + 2)) - q[j] * log1p(.4 / (b[l] + 2));
					double rest = fall + log_two_powers(p[i], q[j], a[k], b[l], 2.4, 90);

					near(exp(whole), exp(first) + exp(rest), 2e-12);
				}
	cr_assert(log_two_powers(1, 1, 1, 1, 5, 5) == -INFINITY);
	cr_assert(isnan(log_two_powers(1, 1, 0, 1, 5, 6)) && isnan(log_two_powers(1, 1, 1, 1, 6, 5)));
}

/* E_1(1), E_0.5(0.01) and E_2(1e-5) from DLMF's definitions; the recurrence s E_{s+1} = e^-z - z E_s. */
Test(special_integral, exponential_integral)
{
	const double orders[] = { .01, .3, .6, 1, 1.5, 7, 1000 }, args[] = { 1e-6, .003, .099, .1, .5, 3, 60, 5000 };

	near(exp(log_expint_scaled(1, 1) - 1), 0.21938393439552027368, 1e-13);
	near(exp(log_expint_scaled(.5, .01) - .01), sqrt(M_PI / .01) * erfc(.1), 1e-12);
	near(exp(log_expint_scaled(3, 0)), .5, 1e-15);
	cr_assert(log_expint_scaled(1, 0) == INFINITY && isnan(log_expint_scaled(0, 1)));
	for (size_t i = 0; i < COUNT(orders); i++)
		for (size_t j = 0; j < COUNT(args); j++) {
			double s = orders[i], z = args[j];

			near(s * exp(log_expint_scaled(s + 1, z)) + z * exp(log_expint_scaled(s, z)), 1.0, 1e-12);
		}
}
