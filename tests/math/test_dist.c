/* Quantiles, moments, ranks, histograms against hand-made and published numbers. */
#include "config.h"

#include "near.h"

#include <stdlib.h>

#include "base/rng.h"
#include "math/dist.h"

Test(dist, quantiles_type_7)
{
	/* R: quantile(c(1, 3, 4, 10), c(0, .1, .25, .5, .9, 1)) */
	double v[] = { 1, 3, 4, 10 };

	near(quantile_sorted(v, 4, 0), 1, 0);
	near(quantile_sorted(v, 4, 0.1), 1.6, 1e-15);
	near(quantile_sorted(v, 4, 0.25), 2.5, 1e-15);
	near(quantile_sorted(v, 4, 0.5), 3.5, 1e-15);
	near(quantile_sorted(v, 4, 0.9), 8.2, 1e-15);
	near(quantile_sorted(v, 4, 1), 10, 0);
	near(median_sorted(v, 4), 3.5, 0);
	near(median_sorted(v, 3), 3, 0);
	cr_assert(isnan(quantile_sorted(v, 0, 0.5)) && isnan(quantile_sorted(v, 4, 1.1)) &&
	          isnan(median_sorted(v, 0)));
	near(quantile_sorted(v, 1, 0.7), 1, 0);
}

Test(dist, median_skips_missing)
{
	double v[] = { NAN, 5, 1, NAN, 3 }, out;

	cr_assert(median_of(v, 5, &out) == RC_OK);
	near(out, 3, 0);
	cr_assert(median_of(v, 1, &out) == RC_OK && isnan(out));
	cr_assert(median_of(v, 0, &out) == RC_OK && isnan(out));
}

Test(dist, moments)
{
	double v[] = { 2, 4, 4, NAN, 4, 5, 5, 7, 9 };
	struct moments m;

	moments_of(v, COUNT(v), &m);
	cr_assert(m.n == 8 && m.missing == 1);
	near(m.mean, 5, 0);
	near(m.sd_population, 2, 1e-15);
	near(m.variance, 32.0 / 7, 1e-15);
	near(m.skewness, 42.0 / 8 / 8, 1e-15);
	near(m.min, 2, 0);
	near(m.max, 9, 0);
	moments_of(v, 0, &m);
	cr_assert(m.n == 0 && isnan(m.mean) && isnan(m.sd));
	moments_of(v, 1, &m);
	cr_assert(m.n == 1 && m.sd_population == 0 && isnan(m.sd) && isnan(m.skewness));
}

Test(dist, moments_far_from_zero)
{
	double v[1000];
	struct moments m;

	for (int i = 0; i < 1000; i++)
		v[i] = 1e9 + i % 10;
	moments_of(v, 1000, &m);
	near(m.mean, 1e9 + 4.5, 1e-16);
	near(m.sd_population, sqrt(8.25), 1e-14);
	for (int i = 0; i < 1000; i++)
		v[i] = i % 2 ? 1e16 : -1e16;
	v[500] += 2;
	near(sum_of(v, 1000), 2, 0);
}

Test(dist, ranks_and_correlation)
{
	double v[] = { 10, 20, 10, NAN, 5, 20, 20 }, rank[7], want[] = { 2.5, 5, 2.5, NAN, 1, 5, 5 };
	double x[] = { 1, 2, 3, 4 }, y[] = { 1, 4, 9, 16 }, flat[] = { 3, 3, 3, 3 };

	cr_assert(mid_ranks(v, 7, rank) == RC_OK);
	for (int i = 0; i < 7; i++)
		cr_assert(isnan(want[i]) ? isnan(rank[i]) : rank[i] == want[i], "%d: %g", i, rank[i]);
	near(correlation(x, x, 4), 1, 1e-15);
	near(correlation(x, y, 4), 0.98437404, 1e-8);
	cr_assert(isnan(correlation(x, flat, 4)));
}

Test(dist, counts_and_histograms)
{
	double v[] = { 0, 1, 1, 2, 3, 3, 3, 10 }, count[5], cut[4];

	cr_assert(count_below(v, 8, 3) == 4 && count_at_most(v, 8, 3) == 7);
	cr_assert(count_below(v, 8, -1) == 0 && count_at_most(v, 8, 99) == 8);
	histogram_equal(v, 8, 0, 10, 5, count);
	cr_assert(count[0] == 3 && count[1] == 4 && count[2] == 0 && count[3] == 0 && count[4] == 1);
	cut[0] = 1;
	cut[1] = 3;
	histogram_cuts(v, 8, cut, 2, count);
	cr_assert(count[0] == 3 && count[1] == 4 && count[2] == 1);
	cr_assert(quantile_cuts(v, 8, 4, cut) == 3 && cut[0] == 1 && cut[1] == 2.5 && cut[2] == 3);
	double same[] = { 7, 7, 7 };
	cr_assert(quantile_cuts(same, 3, 4, cut) == 1 && cut[0] == 7);
}

Test(dist, equal_width_edges_decide)
{
	/* 0.1 * 3 is above 0.3: the value on the edge belongs to the bin that starts there, as the edges
	 * are computed. */
	double v[100], count[10], total = 0;

	for (int i = 0; i < 100; i++)
		v[i] = i / 100.0;
	histogram_equal(v, 100, 0, 1, 10, count);
	for (int i = 0; i < 10; i++)
		total += count[i];
	cr_assert(total == 100);
}

Test(dist, bin_rules)
{
	double v[100];

	for (int i = 0; i < 100; i++)
		v[i] = i;
	cr_assert(bins_sturges(v, 100) == 8); /* ceil(log2(100) + 1) */
	cr_assert(bins_doane(v, 100) == 8);   /* no skew: the same */
	cr_assert(bins_doane(v, 2) == 1 && bins_sturges(v, 1) == 1);
}
