/* Kolmogorov-Smirnov: against every arrangement of small samples, against published p-values, at the edges. */
#include "config.h"

#include "near.h"

#include <stdlib.h>

#include "base/rng.h"
#include "math/compare.h"
#include "math/dist.h"
#include "math/special.h"

static double distance(const double *ref, size_t m, const double *cur, size_t n, enum side side)
{
	double top = 0;

	for (size_t i = 0; i < m + n; i++) {
		double v = i < m ? ref[i] : cur[i - m];
		double f = (double)count_at_most(ref, m, v) / (double)m;
		double gap = f - (double)count_at_most(cur, n, v) / (double)n;

		gap = side == SIDE_TWO ? fabs(gap) : side == SIDE_GREATER ? gap : -gap;
		top = fmax(top, gap);
	}
	return top;
}

/* Share of all ways to choose which m of the m + n pooled values are the reference with a distance at least
 * d. */
static double by_enumeration(const double *pool, size_t m, size_t n, double d, enum side side)
{
	size_t all = 0, extreme = 0;

	for (unsigned mask = 0; mask < 1u << (m + n); mask++) {
		double ref[16], cur[16];
		size_t i = 0, j = 0;

		if ((size_t)__builtin_popcount(mask) != m)
			continue;
		for (size_t e = 0; e < m + n; e++)
			if (mask >> e & 1)
				ref[i++] = pool[e];
			else
				cur[j++] = pool[e];
		all++;
		extreme += distance(ref, m, cur, n, side) >= d - 1e-12;
	}
	return (double)extreme / (double)all;
}

Test(ks, exact_is_the_share_of_arrangements)
{
	enum side sides[] = { SIDE_TWO, SIDE_GREATER, SIDE_LESS };
	struct rng g;

	rng_init(&g, 1, "ks");
	for (int round = 0; round < 60; round++) {
		size_t m = 1 + rng_below(&g, 6), n = 1 + rng_below(&g, 6);
		double ref[6], cur[6], pool[12];

		for (size_t i = 0; i < m + n; i++) {
			double v = round % 2 ? (double)rng_below(&g, 5) : rng_normal(&g) + (i < m);

			*(i < m ? &ref[i] : &cur[i - m]) = v;
		}
		sort_real(ref, m);
		sort_real(cur, n);
		for (size_t i = 0; i < m + n; i++)
			pool[i] = i < m ? ref[i] : cur[i - m];
		sort_real(pool, m + n);
		for (size_t s = 0; s < COUNT(sides); s++) {
			struct ks k, plain;

			cr_assert(ks_two_sample(ref, m, cur, n, sides[s], KS_AUTO, &k) == RC_OK &&
			          k.law == KS_EXACT_TIES);
			near(k.d, distance(ref, m, cur, n, sides[s]), 1e-14);
			near(k.p, by_enumeration(pool, m, n, k.d, sides[s]), 1e-12);
			cr_assert(ks_two_sample(ref, m, cur, n, sides[s], KS_EXACT, &plain) == RC_OK);
			cr_assert(plain.p >= k.p - 1e-15 && plain.d == k.d);
		}
	}
}

Test(ks, published)
{
	/* scipy's test sample of 16 and 16 tied values; R 4.2.2 ks.test gives the conditional p. */
	double ref[] = { 2, 2, 2, 3, 3, 3, 3, 5, 5, 5, 5, 5, 6, 6, 6, 6 };
	double cur[] = { 3, 3, 3, 4, 4, 4, 4, 6, 6, 6, 6, 6, 7, 7, 7, 7 };
	struct ks k;

	cr_assert(ks_two_sample(ref, 16, cur, 16, SIDE_TWO, KS_EXACT, &k) == RC_OK);
	near(k.d, 0.3125, 0);
	near(k.p, 0.4262934613454949, 1e-12);
	cr_assert(ks_two_sample(ref, 16, cur, 16, SIDE_TWO, KS_EXACT_TIES, &k) == RC_OK);
	near(k.p, 0.1982098833735035, 1e-12);
	cr_assert(ks_two_sample(ref, 16, cur, 16, SIDE_GREATER, KS_EXACT_TIES, &k) == RC_OK);
	near(k.p, 0.09910494168675175, 1e-12);
	cr_assert(ks_two_sample(ref, 16, cur, 16, SIDE_TWO, KS_KOLMOGOROV, &k) == RC_OK);
	near(k.p, 0.41536342829984596, 1e-12);
	cr_assert(ks_two_sample(ref, 16, cur, 16, SIDE_TWO, KS_KSTWO, &k) == RC_OK);
	near(k.p, 0.34180371463298787, 1e-9);
}

Test(ks, equal_and_disjoint)
{
	double a[300], b[200];
	struct ks k;

	for (int i = 0; i < 300; i++)
		a[i] = i;
	for (int i = 0; i < 200; i++)
		b[i] = 1000 + i;
	cr_assert(ks_two_sample(a, 300, a, 300, SIDE_TWO, KS_AUTO, &k) == RC_OK && k.d == 0 && k.p == 1);
	cr_assert(ks_two_sample(a, 300, b, 200, SIDE_TWO, KS_AUTO, &k) == RC_OK && k.d == 1);
	/* only the two complete separations: 2 / C(500, 200), far below what 1 - P could hold */
	near(log(k.p), log(2) + log_gamma(301) + log_gamma(201) - log_gamma(501), 1e-12);
	cr_assert(k.at == 299);
	cr_assert(ks_two_sample(a, 300, b, 200, SIDE_LESS, KS_AUTO, &k) == RC_OK && k.d == 0 && k.p == 1);
	cr_assert(ks_two_sample(a, 0, b, 200, SIDE_TWO, KS_AUTO, &k) == RC_OK && isnan(k.d) && isnan(k.p));
}

Test(ks, swapping_the_samples)
{
	double a[57], b[91];
	struct rng g;
	struct ks k, s;

	rng_init(&g, 3, "ks");
	for (size_t i = 0; i < COUNT(a); i++)
		a[i] = floor(rng_exponential(&g, 0.4));
	for (size_t i = 0; i < COUNT(b); i++)
		b[i] = floor(rng_exponential(&g, 0.3));
	sort_real(a, COUNT(a));
	sort_real(b, COUNT(b));
	cr_assert(ks_two_sample(a, 57, b, 91, SIDE_TWO, KS_AUTO, &k) == RC_OK);
	cr_assert(ks_two_sample(b, 91, a, 57, SIDE_TWO, KS_AUTO, &s) == RC_OK);
	near(k.p, s.p, 1e-13);
	cr_assert(k.d == s.d && k.at == s.at);
	cr_assert(ks_two_sample(a, 57, b, 91, SIDE_GREATER, KS_AUTO, &k) == RC_OK);
	cr_assert(ks_two_sample(b, 91, a, 57, SIDE_LESS, KS_AUTO, &s) == RC_OK);
	near(k.p, s.p, 1e-13);
}

Test(ks, limit_law_above_the_lattice)
{
	size_t n = 4000;
	double *a = calloc(n, sizeof(*a)), *b = calloc(n, sizeof(*b));
	struct rng g;
	struct ks k, exact;

	rng_init(&g, 4, "ks");
	for (size_t i = 0; i < n; i++) {
		a[i] = rng_normal(&g);
		b[i] = rng_normal(&g) + 0.03;
	}
	sort_real(a, n);
	sort_real(b, n);
	cr_assert(ks_two_sample(a, n, b, n, SIDE_TWO, KS_AUTO, &k) == RC_OK && k.law == KS_KOLMOGOROV);
	cr_assert(ks_two_sample(a, n, b, n, SIDE_TWO, KS_EXACT, &exact) == RC_OK);
	near(k.p, exact.p, 0.05);
	free(a);
	free(b);
}

Test(ks, detectable_distance)
{
	/* k = 1.3581 at 5 %, z = 0.8416 at 80 %. */
	near(ks_detectable(1000, 1000, 0.05, 0.8), (1.35810 + (0.84162 - 0.95) / 2.3) * sqrt(0.002), 1e-5);
	near(ks_detectable(3, 3, 0.05, 0.8), 1, 0);
	cr_assert(isnan(ks_detectable(10, 10, 0, 0.8)) && isnan(ks_detectable(10, 10, 0.05, 1)) &&
	          isnan(ks_detectable(0, 9, 0.05, 0.8)));
	cr_assert(ks_detectable(5000, 100, 0.05, 0.8) < ks_detectable(100, 100, 0.05, 0.8));
}

Test(ks, detectable_is_detected)
{
	/* A shift of a normal sample with largest distance D = 2 Phi(shift/2) - 1 is found 80 times in 100. */
	double d = ks_detectable(400, 400, 0.05, 0.8), shift = 2 * normal_quantile(0.5 + d / 2), a[400], b[400];
	int found = 0;
	struct rng g;

	rng_init(&g, 5, "ks");
	for (int round = 0; round < 500; round++) {
		struct ks k;

		for (int i = 0; i < 400; i++) {
			a[i] = rng_normal(&g);
			b[i] = rng_normal(&g) + shift;
		}
		sort_real(a, 400);
		sort_real(b, 400);
		cr_assert(ks_two_sample(a, 400, b, 400, SIDE_TWO, KS_KOLMOGOROV, &k) == RC_OK);
		found += k.p < 0.05;
	}
	cr_assert(found >= 375 && found <= 425, "%d of 500", found);
}
