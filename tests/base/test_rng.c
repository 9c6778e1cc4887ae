/* Random streams: fixed values that must never change, streams that do not meet, and the laws they follow. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>

#include "base/rng.h"

#define DRAWS 200000

struct moments { double mean, variance; };

static struct moments moments_of(double (*draw)(struct rng *, double, double), double a, double b)
{
	struct moments m = { .mean = 0 };
	struct rng g;

	rng_init(&g, 7, "moments");
	for (int i = 1; i <= DRAWS; i++) {
		double x = draw(&g, a, b);
		double d = x - m.mean;

		m.mean += d / i;
		m.variance += d * (x - m.mean);
	}
	m.variance /= DRAWS - 1;
	return m;
}

/* Within 5 standard errors of the mean, and a twentieth of the variance or so. */
static void check_moments(double (*draw)(struct rng *, double, double), double a, double b, double mean,
			  double variance)
{
	struct moments m = moments_of(draw, a, b);

	cr_assert_float_eq(m.mean, mean, 5 * sqrt(variance / DRAWS), "mean %g, not %g", m.mean, mean);
	cr_assert_float_eq(m.variance, variance, 0.06 * variance, "variance %g, not %g", m.variance, variance);
}

static double uniform(struct rng *g, double a, double b)
{
	return a + (b - a) * rng_uniform(g);
}

static double normal(struct rng *g, double mean, double sd)
{
	return mean + sd * rng_normal(g);
}

static double exponential(struct rng *g, double rate, double unused)
{
	return rng_exponential(g, rate) + unused;
}

Test(rng, the_generator_is_xoshiro256_star_star)
{
	/* From the state 1, 2, 3, 4; the first three can be followed by hand. */
	static const uint64_t want[] = { 11520, 0, 1509978240, 1215971899390074240, 1216172134540287360 };
	struct rng g = { .s = { 1, 2, 3, 4 } };

	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		cr_assert_eq(rng_next(&g), want[i]);
}

Test(rng, streams_never_change)
{
	static const uint64_t want[] = {
		UINT64_C(0xfaccc3bedddb083c), UINT64_C(0xf3b0283376a90737),
		UINT64_C(0x643d658cf5822c29), UINT64_C(0x2970b50393cf7f5b),
	};
	static const uint64_t want_sub[] = {
		UINT64_C(0x2f66dc935eb3dbb7), UINT64_C(0x1aebd62fb3664179),
		UINT64_C(0x64c1e2af71b27318), UINT64_C(0x050da1425b4f496f),
	};
	struct rng g, sub;

	rng_init(&g, 42, "generate");
	rng_init_sub(&sub, 42, "generate", 7);
	for (size_t i = 0; i < 4; i++) {
		cr_assert_eq(rng_next(&g), want[i]);
		cr_assert_eq(rng_next(&sub), want_sub[i]);
	}
}

Test(rng, laws_never_change)
{
	struct rng g;

	rng_init(&g, 42, "laws");
	cr_assert_eq(rng_below(&g, 1000), 647);
	cr_assert_eq(rng_uniform(&g), 0x1.4a9138167913p-4);
	cr_assert_eq(rng_normal(&g), 0x1.506996adccb4ep-1);
	cr_assert_eq(rng_exponential(&g, 2), 0x1.bda20519d8c56p-1);
	cr_assert_eq(rng_gamma(&g, 0.5, 2), 0x1.496842830e93cp-2);
	cr_assert_eq(rng_gamma(&g, 3, 2), 0x1.828441c19e77ap+0);
	cr_assert_eq(rng_beta(&g, 2, 3), 0x1.6b860051eea7ap-2);
}

Test(rng, other_names_seeds_and_indices_are_other_streams)
{
	struct rng g[6];

	rng_init(&g[0], 1, "a");
	rng_init(&g[1], 2, "a");
	rng_init(&g[2], 1, "b");
	rng_init(&g[3], 1, "");
	rng_init_sub(&g[4], 1, "a", 0);
	rng_init_sub(&g[5], 1, "a", 1);
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < i; j++) {
			struct rng x = g[i], y = g[j];

			cr_assert_neq(rng_next(&x), rng_next(&y));
			cr_assert_neq(rng_next(&x), rng_next(&y));
		}
}

Test(rng, below_is_even)
{
	size_t seen[7] = { 0 };
	struct rng g;

	rng_init(&g, 3, "below");
	for (int i = 0; i < 70000; i++)
		seen[rng_below(&g, 7)]++;
	for (size_t i = 0; i < 7; i++)
		cr_assert_float_eq((double)seen[i], 10000, 5 * sqrt(10000), "%zu times %zu", seen[i], i);
	for (int i = 0; i < 100; i++) {
		cr_assert_eq(rng_below(&g, 1), 0);
		cr_assert_lt(rng_below(&g, UINT64_MAX), UINT64_MAX);
		cr_assert_lt(rng_below(&g, (UINT64_C(1) << 63) + 1), (UINT64_C(1) << 63) + 1);
	}
}

Test(rng, uniform_is_open)
{
	struct rng g;

	rng_init(&g, 4, "open");
	for (int i = 0; i < 1000000; i++) {
		double u = rng_uniform(&g);

		cr_assert(u > 0 && u < 1);
	}
}

Test(rng, moments)
{
	check_moments(uniform, 0, 1, 0.5, 1.0 / 12);
	check_moments(normal, 2, 3, 2, 9);
	check_moments(exponential, 4, 0, 0.25, 0.0625);
	check_moments(rng_gamma, 0.3, 2, 0.15, 0.075);
	check_moments(rng_gamma, 1, 1, 1, 1);
	check_moments(rng_gamma, 9, 0.5, 18, 36);
	check_moments(rng_beta, 0.5, 1.5, 0.25, 0.0625);
	check_moments(rng_beta, 5, 2, 5.0 / 7, 10.0 / (49 * 8));
}

Test(rng, tiny_shapes_stay_numbers)
{
	size_t high = 0;
	struct rng g;

	rng_init(&g, 5, "tiny");
	for (int i = 0; i < 10000; i++) {
		double x = rng_beta(&g, 3e-5, 1e-5);

		cr_assert(x >= 0 && x <= 1);
		high += x > 0.5;
	}
	cr_assert_float_eq((double)high, 7500, 250);
}
