/* Tails of the normal, gamma, chi-square and Kolmogorov laws against tables and against each other. */
#include "config.h"

#include "near.h"

#include "math/special.h"

Test(special_law, normal)
{
	near(normal_quantile(0.975), 1.9599639845400543, 1e-14);
	near(normal_quantile(0.8), 0.84162123357291437, 1e-14);
	near(normal_quantile(0.5), 0, 1e-16);
	near(normal_upper(10), 7.6198530241605269e-24, 1e-13);
	near(normal_cdf(-10), normal_upper(10), 0);
	cr_assert(normal_quantile(0) == -INFINITY && normal_quantile(1) == INFINITY);
	cr_assert(isnan(normal_quantile(-0.1)) && isnan(normal_quantile(NAN)));
	for (double p = 1e-12; p < 1; p = p * 3 + 1e-3)
		near(normal_cdf(normal_quantile(p)), p, 1e-12);
}

Test(special_law, chi_square)
{
	/* 95 % points of the usual table. */
	near(chi2_upper(3.841458820694124, 1), 0.05, 1e-12);
	near(chi2_upper(9.487729036781154, 4), 0.05, 1e-12);
	near(chi2_upper(18.307038053275146, 10), 0.05, 1e-12);
	for (double x = 0.01; x < 2000; x *= 3) /* two degrees: exponential */
		near(chi2_upper(x, 2), exp(-x / 2), 1e-12);
	near(chi2_upper(0, 3), 1, 0);
	near(chi2_upper(INFINITY, 3), 0, 0);
	cr_assert(isnan(chi2_upper(-1, 3)) && isnan(chi2_upper(1, 0)));
}

Test(special_law, gamma_recurrence)
{
	/* Q(a+1, x) = Q(a, x) + x^a e^-x / Gamma(a+1), DLMF 8.8.6. */
	for (double a = 0.05; a < 3000; a *= 4)
		for (double x = 0.1; x < 3000; x *= 3)
			near(gamma_inc_upper(a + 1, x), gamma_inc_upper(a, x) + exp(a * log(x) - x - log_gamma(a + 1)),
			     1e-10);
}

Test(special_law, kolmogorov_limit)
{
	/* Smirnov's table (1948): K(1.36) = 0.9505, and the usual 5 % point. */
	near(kolmogorov_upper(1.36), 0.0494858, 1e-5);
	near(kolmogorov_quantile(0.05), 1.3580986, 1e-7);
	near(kolmogorov_upper(kolmogorov_quantile(0.3)), 0.3, 1e-12);
	near(kolmogorov_upper(1.18 - 1e-12), kolmogorov_upper(1.18 + 1e-12), 1e-10);
	near(kolmogorov_upper(0), 1, 0);
	near(kolmogorov_upper(0.1), 1, 0);
	near(kolmogorov_upper(100), 0, 0);
}

Test(special_law, kolmogorov_finite)
{
	/* Marsaglia, Tsang and Wang 2003: P(D_10 < 0.274) = 0.6284796154565... */
	near(1 - kolmogorov_upper_n(10, 0.274), 0.628479615456504275298526691328, 1e-12);
	/* one value: D is uniform on [1/2, 1] */
	near(kolmogorov_upper_n(1, 0.7), 0.6, 1e-13);
	/* n d <= 1: P(D_n < d) = n! (2d - 1/n)^n (Ruben and Gambino 1982) */
	near(1 - kolmogorov_upper_n(3, 0.3), 6 * pow(0.6 - 1.0 / 3, 3), 1e-12);
	near(kolmogorov_upper_n(50, 0.01), 1, 0);
	near(kolmogorov_upper_n(50, 1), 0, 0);
	cr_assert(isnan(kolmogorov_upper_n(0, 0.5)));
}

Test(special_law, kolmogorov_finite_meets_its_parts)
{
	/* Matrix against series at n d^2 = 3, matrix against expansion at n = 5,000. */
	for (double n = 20; n <= 5000; n *= 5) {
		double d = sqrt(3 / n);

		near(kolmogorov_upper_n(n, d * (1 - 1e-9)), kolmogorov_upper_n(n, d * (1 + 1e-9)), 1e-6);
	}
	for (double x = 0.5; x < 1.7; x += 0.1) {
		double a = kolmogorov_upper_n(4999, x / sqrt(4999)), b = kolmogorov_upper_n(5000, x / sqrt(5000));

		near(kolmogorov_upper_n(5001, x / sqrt(5001)), 2 * b - a, 1e-7);
	}
}

/* The quantile is where the law reaches p, and closed forms: gamma(1) is exponential, beta(a, 1) and beta(1, b) are powers. */
Test(special_law, quantiles)
{
	static const double shape[] = { 1e-3, .05, .25, .6, 1, 2.5, 30, 1e3, 9e4 }, level[] = { 1e-6, .01, .05, .25, .5, .75, .95, .99, 1 - 1e-6 };
	for (size_t p = 0; p < sizeof level / sizeof level[0]; p++) {
		cr_expect_float_eq(gamma_quantile(1, level[p]) / -log1p(-level[p]), 1, 1e-10);
		for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++) {
			double a = shape[i], x = gamma_quantile(a, level[p]);
			if (x > 0)
				cr_expect_float_eq(1 - gamma_inc_upper(a, x), level[p], 1e-10 * fmin(1, level[p] * 1e6), "gamma %g at %g", a, level[p]);
			if (pow(level[p], 1 / a) > 1e-290)
				cr_expect_float_eq(beta_quantile(a, 1, level[p]) / pow(level[p], 1 / a), 1, 1e-10, "beta %g, 1 at %g", a, level[p]);
			for (size_t j = 0; j < sizeof shape / sizeof shape[0]; j++) {
				double y = beta_quantile(a, shape[j], level[p]);
				if (y > 1e-290 && y < .999)
					cr_expect_float_eq(beta_inc(a, shape[j], y, 1 - y), level[p], 1e-9, "beta %g, %g at %g", a, shape[j], level[p]);
			}
		}
	}
	/* Beyond 1e5 an approximation: against the law itself. */
	cr_expect_float_eq(1 - gamma_inc_upper(2e5, gamma_quantile(2e5, .95)), .95, 1e-6);
	cr_expect_float_eq(gamma_quantile(3e6, .5) / 3e6, 1, 1e-6);
	cr_expect(gamma_quantile(2, 0) == 0 && isinf(gamma_quantile(2, 1)) && beta_quantile(2, 3, 0) == 0 && beta_quantile(2, 3, 1) == 1);
	cr_expect(isnan(gamma_quantile(-1, .5)) && isnan(gamma_quantile(1, 2)) && isnan(beta_quantile(0, 1, .5)) && isnan(beta_quantile(1, 1, NAN)));
}
