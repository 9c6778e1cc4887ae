/* Distinct values and quantiles of streams: exact while small, within their stated error beyond, and the same every time. */
#include "config.h"

#include "near.h"

#include <math.h>
#include <string.h>

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

Test(sketch, joined_is_as_if_all_had_come_to_one)
{
	static uint8_t   a[1 + 8 * 512], b[1 + 8 * 512];
	struct distinct *one = distinct_new(512), *two = distinct_new(512), *all = distinct_new(512);
	for (uint64_t i = 0; i < 3000; i++) {
		distinct_add(i % 3 ? one : two, hash(i));
		distinct_add(two, hash(i / 2)); /* some come to both */
		distinct_add(all, hash(i));
	}
	distinct_write(two, a);
	cr_assert(distinct_join(one, a, distinct_bytes(two)));
	cr_expect_eq(distinct_count(one), distinct_count(all));
	cr_assert_eq(distinct_bytes(one), distinct_bytes(all));
	distinct_write(one, a);
	distinct_write(all, b);
	cr_expect_eq(memcmp(a, b, distinct_bytes(all)), 0);
	cr_expect(!distinct_join(one, a, 0));
	cr_expect(!distinct_join(one, a, 8));
	a[0] = 64;
	cr_expect(!distinct_join(one, a, distinct_bytes(all)));
	cr_expect_eq(distinct_count(one), distinct_count(all));
	distinct_free(one);
	distinct_free(two);
	distinct_free(all);
}

Test(sketch, what_comes_again_is_counted_where_it_is_held)
{
	struct distinct *d = distinct_new(16);
	distinct_add(d, hash(1));
	cr_expect_eq(distinct_times(d, hash(1)), 1);
	cr_expect_eq(distinct_times(d, hash(2)), 0);
	distinct_again(d, hash(1), 4);
	distinct_again(d, hash(2), 4);
	cr_expect_eq(distinct_times(d, hash(1)), 5);
	cr_expect_eq(distinct_times(d, hash(2)), 0);
	cr_expect_eq(distinct_count(d), 1);
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
