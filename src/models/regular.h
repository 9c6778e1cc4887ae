/* How regularly customers buy, from the days between their purchases alone: k = 1 is chance (a Poisson process), more is regular, less is in
 * bursts. No model of rates or drop-out comes into it. */
#ifndef CLV_MODELS_REGULAR_H
#define CLV_MODELS_REGULAR_H

#include <stddef.h>

#include "module/cohort.h"

/* n: customers with two gaps and more. NaN where it is not to be had: too few gaps, or unknown ones. */
struct regularity { double k, low, high; size_t n; };

/* By likelihood: gaps gamma(k) at a customer's own rate. Given how many there are and what they add up to (the frequency and the
 * recency) their proportions are Dirichlet(k, .., k), whatever the rate, so that the conditional likelihood needs no more
 * than the sum of ln(gap): sum over customers of lnG(nk) - n lnG(k) + (k-1) (sum ln gap - n ln t_x). With its 95 % interval, from the
 * curvature in ln k. Whole days make customers who buy daily look more regular than they are. Cost: some 60 looks at the
 * distinct frequencies. */
struct regularity regularity_by_likelihood(const struct cohort *c);

/* By moments (Wheat and Morrison 1990): the share M of one gap in the last two has the variance 1 / (4 (2k + 1)). spread: the mean of
 * (M - 1/2)^2 over n customers. Interval by the delta method, the fourth moment that of the beta law. */
struct regularity regularity_by_moments(double spread, size_t n);

#endif
