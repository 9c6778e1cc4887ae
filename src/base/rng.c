/* Random streams: xoshiro256** (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"),
 * seeded by SplitMix64 (Steele, Lea and Flood 2014). No state besides the struct: a draw depends on what was
 * drawn before from the same stream, and on nothing else. */
#include "config.h"

#include "base/rng.h"

#include <assert.h>
#include <math.h>

#define GOLDEN 0x9e3779b97f4a7c15U /* 2^64 / golden ratio, odd */

static uint64_t rotate(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

/* The finishing step of SplitMix64: a bijection that spreads every bit over all. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
	x = (x ^ x >> 27) * 0x94d049bb133111ebU;
	return x ^ x >> 31;
}

/* FNV-1a. */
static uint64_t hash_name(const char *name)
{
	uint64_t h = 0xcbf29ce484222325U;

	for (const char *p = name; *p; p++)
		h = (h ^ (unsigned char)*p) * 0x100000001b3U;
	return h;
}

static uint64_t stream_key(uint64_t seed, const char *name)
{
	return mix(mix(seed + GOLDEN) ^ hash_name(name));
}

/* Four successive outputs differ, so that the state is never all zero. */
static void fill(struct rng *g, uint64_t key)
{
	for (int i = 0; i < 4; i++) {
		key += GOLDEN;
		g->s[i] = mix(key);
	}
}

void rng_init(struct rng *g, uint64_t seed, const char *name)
{
	fill(g, stream_key(seed, name));
}

void rng_init_sub(struct rng *g, uint64_t seed, const char *name, uint64_t index)
{
	fill(g, mix(stream_key(seed, name) ^ mix(index + GOLDEN)));
}

uint64_t rng_next(struct rng *g)
{
	uint64_t *s = g->s;
	uint64_t out = rotate(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return out;
}

uint64_t rng_below(struct rng *g, uint64_t n)
{
	uint64_t rest, x;

	assert(n > 0);
	rest = (0 - n) % n; /* 2^64 mod n: so many of the lowest would be met once too often */
	do
		x = rng_next(g);
	while (x < rest);
	return x % n;
}

double rng_uniform(struct rng *g)
{
	uint64_t x;

	do
		x = rng_next(g) >> 11;
	while (x == 0);
	return (double)x * 0x1p-53;
}

double rng_normal(struct rng *g)
{
	double u, v, r;

	do {
		u = 2 * rng_uniform(g) - 1;
		v = 2 * rng_uniform(g) - 1;
		r = u * u + v * v;
	} while (r >= 1 || r == 0);
	return u * sqrt(-2 * log(r) / r); /* v would give a second one: keeping it would be state */
}

double rng_exponential(struct rng *g, double rate)
{
	assert(rate > 0);
	return -log(rng_uniform(g)) / rate;
}

double rng_gamma(struct rng *g, double shape, double rate)
{
	double d, c;

	assert(shape > 0 && rate > 0);
	if (shape < 1) {
		/* Section 6 of the paper: one shape higher, times U^(1/shape). Two draws in a fixed order. */
		double higher = rng_gamma(g, shape + 1, rate);

		return higher * pow(rng_uniform(g), 1 / shape);
	}
	d = shape - 1.0 / 3;
	c = 1 / sqrt(9 * d);
	for (;;) {
		double x = rng_normal(g);
		double t = 1 + c * x;
		double v = t * t * t;

		if (v > 0 && log(rng_uniform(g)) < x * x / 2 + d - d * v + d * log(v))
			return d * v / rate;
	}
}

double rng_beta(struct rng *g, double a, double b)
{
	double x = rng_gamma(g, a, 1);
	double y = rng_gamma(g, b, 1);

	if (x + y > 0)
		return x / (x + y);
	/* Both too small for a double: shapes near zero put all mass at the ends, a/(a+b) of it at 1. */
	return rng_uniform(g) < a / (a + b) ? 1 : 0;
}
