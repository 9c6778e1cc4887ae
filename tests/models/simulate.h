/* Simulated buyers for the tests of the models: histories of known parameters, and futures of one customer. */
#ifndef CLV_TESTS_MODELS_SIMULATE_H
#define CLV_TESTS_MODELS_SIMULATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rng.h"
#include "module/cohort.h"

/* Parameters in days; modified: the first purchase can be the last, too. p = 0: no money. k: gaps are Erlang-k; 0 is 1. With s the
 * drop-out is not after purchases but at the end of a lifetime: Pareto(s, beta), or with ageing > 0 gamma-Gompertz(ageing, s, beta). */
struct shop { double r, alpha, a, b, p, q, gamma; bool modified; int k; double s, beta, ageing; };

/* n customers who come evenly over the first `arrivals` days, seen until day `end`, with a holdout of hold days (0: none). One unit of the
 * cohort's time is 1/fine days, so that rounding to units hardly matters to a model of continuous time; purchases in one unit are one. */
struct cohort *simulate_cohort(struct arena *a, struct rng *g, const struct shop *s, size_t n, double arrivals, double end, double hold,
                               double fine);

/* What a customer with that history brings in the next t: purchases, and their spend given count purchases with that mean (count 0: a newcomer). */
struct future { double purchases, spend; };
struct future simulate_future(struct rng *g, const struct shop *s, double x, double t_x, double t_seen, double count, double mean, double t);

#endif
