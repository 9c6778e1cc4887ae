/* Distances: hand-made values, published ones, what must not change them. */
#include "config.h"

#include "near.h"

#include "base/rng.h"
#include "math/compare.h"
#include "math/dist.h"

Test(compare, wasserstein_and_energy_known_values)
{
	/* scipy's documentation and tests. */
	double a[] = { 0, 1, 3 }, b[] = { 5, 6, 8 }, c[] = { 0, 1, 2 }, d[] = { 1, 2, 3 }, one[] = { 5 };

	near(wasserstein1(a, 3, b, 3), 5, 1e-15);
	near(wasserstein1(c, 3, d, 3), 1, 1e-15);
	near(energy_distance(c, 3, d, 3), 0.816496580927726, 1e-14);
	near(wasserstein1(one, 1, c, 3), 4, 1e-15);
	near(wasserstein1(c, 3, c, 3), 0, 0);
	cr_assert(isnan(wasserstein1(a, 0, b, 3)) && isnan(energy_distance(a, 3, b, 0)) &&
	          isnan(wasserstein1_log(a, 0, b, 3)));
}

Test(compare, wasserstein_of_shift_and_scale)
{
	double a[250], b[250], c[250];
	struct rng g;

	rng_init(&g, 1, "compare");
	for (int i = 0; i < 250; i++)
		a[i] = rng_gamma(&g, 2, 0.1);
	sort_real(a, 250);
	for (int i = 0; i < 250; i++) {
		b[i] = a[i] + 3;
		c[i] = expm1(log1p(a[i]) + 0.25); /* a shift of the logarithms */
	}
	near(wasserstein1(a, 250, b, 250), 3, 1e-13);
	near(energy_distance(a, 250, b, 250), energy_distance(b, 250, a, 250), 1e-14);
	struct moments m;
	double logs[250];
	for (int i = 0; i < 250; i++)
		logs[i] = log1p(a[i]);
	moments_of(logs, 250, &m);
	near(wasserstein1_log(a, 250, c, 250), 0.25 / m.sd_population, 1e-12);
	moments_of(a, 250, &m);
	near(wasserstein1_normed(a, 250, b, 250), 3 / m.sd_population, 1e-12);
}

Test(compare, wasserstein_of_constants)
{
	double one[] = { 1, 1, 1 }, two[] = { 2, 2 };

	near(wasserstein1_normed(one, 3, two, 2), 1000, 1e-12);
	near(wasserstein1_log(one, 3, one, 3), 0, 0);
	cr_assert(isinf(wasserstein1_log(one, 3, two, 2)));
}

Test(compare, psi)
{
	double p[] = { 50, 30, 20, 0 }, q[] = { 20, 30, 50, 0 }, r[] = { 0, 50, 50, 0 }, none[] = { 0, 0, 0, 0 };

	near(psi_counts(p, q, 4), 0.6 * log(2.5), 1e-14);
	near(psi_counts(q, p, 4), 0.6 * log(2.5), 1e-14);
	near(psi_counts(p, r, 4), (0.0001 - 0.5) * log(0.0001 / 0.5) + 0.2 * log(5.0 / 3) + 0.3 * log(2.5),
	     1e-14);
	near(psi_counts(p, p, 4), 0, 0);
	cr_assert(isnan(psi_counts(p, none, 4)));
}

Test(compare, psi_of_samples)
{
	double a[] = { 0, 0, 1, 1, 1, 2, 2, 3, 5, 9 }, b[] = { 0, 1, 1, 2, 2, 2, 3, 3, 4, 9 };
	double values_a[] = { 2, 3, 2, 1, 0, 1, 1 }, values_b[] = { 1, 2, 3, 2, 1, 0, 1 };
	double bins_a[] = { 5, 2, 3 }, bins_b[] = { 3, 3, 4 }; /* thirds of a: cuts 1 and 2 */

	near(psi_values(a, 10, b, 10), psi_counts(values_a, values_b, 7), 1e-14);
	near(psi_quantiles(a, 10, b, 10, 3), psi_counts(bins_a, bins_b, 3), 1e-14);
	near(psi_quantiles(a, 10, a, 10, 10), 0, 0);
	cr_assert(isnan(psi_quantiles(a, 10, b, 10, 1)) && isnan(psi_quantiles(a, 10, b, 10, PSI_BINS_MAX + 1)));
}

Test(compare, shares)
{
	double p[] = { 1, 0, 0 }, q[] = { 0, 1, 0 }, h[] = { 1, 1, 0 }, none[] = { 0, 0, 0 };

	near(js_distance(p, q, 3, 2), 1, 1e-15);
	near(js_distance(p, q, 3, M_E), sqrt(log(2)), 1e-15);
	near(js_distance(p, h, 3, M_E), 0.46450140402245893, 1e-14); /* scipy's docstring */
	near(total_variation(p, q, 3), 1, 0);
	near(total_variation(p, h, 3), 0.5, 0);
	near(linf_distance(p, h, 3), 0.5, 0);
	near(hellinger(p, q, 3), 1, 1e-15);
	near(hellinger(p, h, 3), sqrt(1 - sqrt(0.5)), 1e-15);
	near(hellinger(p, p, 3), 0, 0);
	cr_assert(isnan(js_distance(p, none, 3, 2)) && isnan(hellinger(none, p, 3)) &&
	          isnan(linf_distance(p, none, 3)));
}
