/* Distinct values and quantiles of streams: exact while small, within their stated error beyond, and the same every time. */
#include "config.h"

#include "near.h"

#include <math.h>

#include "base/rng.h"
#include "math/sketch.h"

/* A well mixed hash of i (the finaliser of SplitMix64). */
static uint64_t hash(uint64_t i)
{
	i += UINT64_C(0x9E3779B97F4A7C15);
	i = (i ^ (i >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	i = (i ^ (i >> 27)) * UINT64_C(0x94D049BB133111EB);
	return i ^ (i >> 31);
}

Test(sketch, distinct_is_exact_up_to_its_size)
{
	struct distinct *d = distinct_new(1024);
	cr_expect_eq(distinct_count(d), 0);
	for (uint64_t i = 0; i < 1024; i++)
		cr_expect_eq(distinct_add(d, hash(i)), 1);
	cr_expect(distinct_is_exact(d));
	cr_expect(!distinct_repeats(d));
	cr_expect_eq(distinct_count(d), 1024);
	cr_expect_eq(distinct_error(d), 0);
	cr_expect_eq(distinct_add(d, hash(7)), 2);
	cr_expect(distinct_repeats(d));
	cr_expect_eq(distinct_count(d), 1024);
	distinct_free(d);
}

Test(sketch, distinct_is_near_beyond)
{
	for (uint64_t n = 2000; n <= 512000; n *= 4) {
		struct distinct *d = distinct_new(4096);
		for (int again = 0; again < 2; again++)
			for (uint64_t i = 0; i < n; i++)
				distinct_add(d, hash(i + n));
		double off = distinct_count(d) / (double)n - 1;
		cr_expect(fabs(off) <= 4 * distinct_error(d), "%g of %g", off, distinct_error(d));
		cr_expect(distinct_repeats(d));
		distinct_free(d);
	}
}

Test(sketch, no_repeat_is_seen_where_none_is)
{
	struct distinct *d = distinct_new(64);
	for (uint64_t i = 0; i < 100000; i++)
		distinct_add(d, hash(i));
	cr_expect(!distinct_repeats(d));
	distinct_free(d);
}

Test(sketch, quantiles_of_few_values_are_of_type_7)
{
	struct spread *s = spread_new();
	cr_expect(isnan(spread_quantile(s, 0.5)));
	for (int i = 5; i > 0; i--)
		spread_add(s, i);
	cr_expect_float_eq(spread_quantile(s, 0), 1, 0);
	cr_expect_float_eq(spread_quantile(s, 0.5), 3, 0);
	cr_expect_float_eq(spread_quantile(s, 0.9), 4.6, 1e-12);
	cr_expect_eq(spread_error(s), 0);
	spread_free(s);
}

/* Ranks of 0 .. n - 1 in rising, falling and mixed order. */
Test(sketch, ranks_stay_within_the_stated_error)
{
	enum { N = 300007 };
	for (int order = 0; order < 3; order++) {
		struct spread *s = spread_new();
		for (uint64_t i = 0; i < N; i++)
			spread_add(s, order == 0 ? (double)i : order == 1 ? (double)(N - 1 - i) : (double)(i * 7919 % N));
		cr_expect_eq(spread_n(s), N);
		cr_expect_lt(spread_error(s), 0.01);
		for (int k = 0; k <= 20; k++)
			cr_expect(fabs(spread_quantile(s, k / 20.0) / N - k / 20.0) <= spread_error(s) + 2.0 / N, "order %d, %d/20", order, k);
		spread_free(s);
	}
}
