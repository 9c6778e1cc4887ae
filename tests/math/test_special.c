/* Gamma functions, logarithms of sums, 2F1: known values, identities, edges. */
#include "config.h"

#include "near.h"

#include "math/special.h"

#define EULER 0.57721566490153286061
#define PI    3.14159265358979323846

Test(special, gamma_family_known_values)
{
	near(log_gamma(0.5), 0.5 * log(PI), 1e-15);
	near(log_gamma(1), 0, 1e-15);
	near(log_gamma(11), log(3628800), 1e-15);
	near(digamma(1), -EULER, 1e-15);
	near(digamma(0.5), -EULER - 2 * log(2), 1e-15);
	near(trigamma(1), PI * PI / 6, 1e-15);
	near(trigamma(0.5), PI * PI / 2, 1e-15);
	near(trigamma(1e-9), 1e18, 1e-15);
	near(digamma(1e-300), -1e300, 1e-15);
}

Test(special, gamma_family_outside_is_nan)
{
	double bad[] = { 0, -1, -0.5, NAN };

	for (size_t i = 0; i < COUNT(bad); i++) {
		cr_assert(isnan(log_gamma(bad[i])));
		cr_assert(isnan(digamma(bad[i])));
		cr_assert(isnan(trigamma(bad[i])));
		cr_assert(isnan(log_beta(bad[i], 1)));
	}
}

Test(special, ratios_agree_with_products_and_survive_large_arguments)
{
	double product = 0, sum = 0, a = 0.2426;

	for (int i = 0; i < 50; i++) {
		product += log(a + i);
		sum += 1 / (a + i);
	}
	near(log_gamma_ratio(a, 50), product, 1e-14);
	near(digamma_diff(a, 50), sum, 1e-13);
	/* Gamma(a+1)/Gamma(a) = a, psi(a+1) - psi(a) = 1/a, for any a. */
	for (a = 1; a < 1e15; a *= 7) {
		near(log_gamma_ratio(a, 1), log(a), a < 30 ? 1e-13 : 1e-15);
		near(digamma_diff(a, 1), 1 / a, a < 16 ? 1e-13 : 1e-11);
	}
	near(log_gamma_ratio(3, 0), 0, 0);
}

Test(special, log_beta_small_large_symmetric)
{
	near(log_beta(1, 1), 0, 1e-15);
	near(log_beta(0.5, 0.5), log(PI), 1e-15);
	near(log_beta(2, 3), -log(12), 1e-15);
	near(log_beta(1, 1e12), -log(1e12), 1e-14);
	near(log_beta(3, 1e8), log(2) - 3 * log(1e8) - log1p(1e-8) - log1p(2e-8), 1e-14);
	near(log_beta(1e-9, 4), log(1e9), 1e-9);
	for (double a = 1e-3; a < 1e6; a *= 31)
		for (double b = 1e-3; b < 1e6; b *= 17) {
			cr_assert(log_beta(a, b) == log_beta(b, a));
			/* B(a+1, b) = B(a, b) a/(a+b) */
			near(exp(log_beta(a + 1, b) - log_beta(a, b)), a / (a + b), 1e-9);
		}
}

Test(special, logarithms_of_sums)
{
	double v[] = { -1000, -1001, -INFINITY, -1002 };

	near(log_add(0, 0), log(2), 1e-15);
	near(log_add(-INFINITY, 3), 3, 0);
	near(log_add(1e300, 5), 1e300, 0);
	near(log_sub(log(5), log(3)), log(2), 1e-15);
	cr_assert(log_sub(2, 2) == -INFINITY);
	cr_assert(isnan(log_sub(1, 2)));
	near(log1m_exp(-1e-20), log(1e-20), 1e-15);
	near(log1m_exp(-50), -exp(-50), 1e-14);
	near(log_sum_exp(v, 4), -1000 + log(1 + exp(-1) + exp(-2)), 1e-15);
	cr_assert(log_sum_exp(v, 0) == -INFINITY);
	cr_assert(isnan(log_add(NAN, 1)));
}

Test(special, gauss_function_closed_forms)
{
	double z[] = { -1e5, -30, -1, -0.2, 1e-9, 0.2, 0.5, 0.69, 0.71, 0.9, 0.99, 0.9999, 0.999999 };

	for (size_t i = 0; i < COUNT(z); i++) {
		/* F(1, 1; 2; z) = -ln(1-z)/z and F(1, b; b; z) = 1/(1-z) */
		near(exp(log_2f1_one(1, 2, z[i])), -log1p(-z[i]) / z[i], 2e-11);
		near(log_2f1_one(3.3, 3.3, z[i]), -log1p(-z[i]), 1e-13);
		near(log_2f1_one(0, 3.3, z[i]), 0, 0);
	}
	/* F(1, 1/2; 3/2; z^2) = artanh(z)/z */
	near(exp(log_2f1_one(0.5, 1.5, 0.81)), atanh(0.9) / 0.9, 1e-14);
	near(exp(log_2f1_one(0.5, 1.5, -4)), atan(2) / 2, 1e-14);
}

Test(special, gauss_function_contiguous)
{
	/* c (1-z) F(1,b;c;z) = c - z (c-b) F(1,b;c+1;z), from DLMF 15.5.13 with a = 1 read downwards. */
	for (double b = 0.3; b < 3000; b *= 9)
		for (double c = b * 1.2; c < 1e4; c *= 5)
			for (double z = 0.05; z < 0.9999; z += 0.07) {
				double here = exp(log_2f1_one(b, c, z)), next = exp(log_2f1_one(b, c + 1, z));

				near(here * (1 - z), 1 - z * (c - b) / c * next, 1e-10 / (1 - z));
			}
}

Test(special, gauss_function_pareto_integral)
{
	/* Integral over y of (alpha+y)^-(r+x) (beta+y)^-(s+1) at the CDNOW point x = 2 (Fader and Hardie
	 * 2005, note on Pareto/NBD): the difference of two functions against Simpson's rule. */
	double r = 0.5533, alpha = 10.5777, s = 0.6062, beta = 11.6687, x = 2, from = 30.43, to = 38.86;
	double w = r + s + x, d = beta - alpha, integral = 0, difference = 0;
	int n = 2000;

	for (int i = 0; i <= n; i++) {
		double y = from + (to - from) * i / n;
		double weight = i == 0 || i == n ? 1 : i % 2 ? 4 : 2;

		integral += weight * pow(alpha + y, -(r + x)) * pow(beta + y, -(s + 1));
	}
	integral *= (to - from) / n / 3;
	for (int end = 0; end < 2; end++) {
		double m = beta + (end ? to : from), z = d / m, q = r + x;
		double l = (1 - q) * log1p(-z) + log_2f1_one(w + 1 - q, w + 1, z) - w * log(m);

		difference += (end ? -1 : 1) * exp(l) / w;
	}
	near(difference, integral, 1e-11);
}

Test(special, gauss_function_domain)
{
	cr_assert(isnan(log_2f1_one(2, 1, 0.5)));
	cr_assert(isnan(log_2f1_one(1, 2, 1)));
	cr_assert(isnan(log_2f1_one(1, 0, 0.5)));
	cr_assert(isnan(log_2f1_one(-1, 2, 0.5)));
	cr_assert(isnan(log_2f1_one(1, 2, NAN)));
}
