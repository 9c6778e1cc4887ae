/* Seeded random streams, one per name. Equal seed and name give equal numbers on every machine of one
 * platform; adding a consumer never shifts another. xoshiro256** seeded by SplitMix64 of seed and name. */
#ifndef CLV_BASE_RNG_H
#define CLV_BASE_RNG_H

#include <stdint.h>

struct rng { uint64_t s[4]; };

void     rng_init(struct rng *g, uint64_t seed, const char *name);
void     rng_init_sub(struct rng *g, uint64_t seed, const char *name, uint64_t index); /* one stream per customer */
uint64_t rng_next(struct rng *g);
uint64_t rng_below(struct rng *g, uint64_t n);          /* 0..n-1, unbiased */
double   rng_uniform(struct rng *g);                    /* in (0,1), 53 bits */
double   rng_normal(struct rng *g);                     /* polar method, no kept state */
double   rng_exponential(struct rng *g, double rate);   /* mean 1/rate; rate > 0 */
/* Mean shape/rate; both > 0. Marsaglia and Tsang 2000, "A simple method for generating gamma variables". A shape
 * well below 0.01 may give 0, where the exact value is below the smallest double. */
double   rng_gamma(struct rng *g, double shape, double rate);
double   rng_beta(struct rng *g, double a, double b);   /* mean a/(a+b); both > 0; X/(X+Y) of two gammas */

#endif
