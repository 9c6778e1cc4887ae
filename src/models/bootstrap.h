/* Parametric bootstrap: customers drawn anew from a fitted model, with the times since their first purchase that they have, and
 * the model fitted to them again: how far parameters come to lie from those that made the data. A second opinion on the
 * standard errors of the likelihood's curvature, which rest on large numbers. */
#ifndef CLV_MODELS_BOOTSTRAP_H
#define CLV_MODELS_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "base/rng.h"
#include "models/fit.h"

#define BOOTSTRAP_CUSTOMERS 5000 /* drawn, at most */
#define BOOTSTRAP_MOST      2000

struct bootstrap {
	size_t asked, n;           /* fits; of them, those that converged and are counted */
	size_t customers;          /* drawn in each; of more, every m-th, and deviations are shrunk by sqrt(customers / all) */
	double se[MODEL_PARAMS], low[MODEL_PARAMS], high[MODEL_PARAMS]; /* natural scale, 95 %; NaN for a chosen parameter */
	double *log_off;           /* log_off[n * n_params]: of a draw's parameters from the fit's, shrunk */
	double total, total_low, total_high; /* bootstrap_total: 80 % */
};

/* One customer of the model: x, t_x and the sum of the logarithms of the gaps, in the model's times until t. */
void draw_history(const struct model *m, const double *param, double t, struct rng *g, struct history *out);

/* n draws, each from a stream of its own of the seed, so that a draw is the same whatever runs beside it. The fit converged and is of a
 * purchase model without covariates (else RC_USAGE FIT-121). A chosen k is kept. o->cancel is asked. RC_NOMEM, RC_CANCELLED. Cost: a fit of 5,000
 * customers a draw. With a season all runs by its clock, and it is not estimated again. */
enum rc bootstrap_fit(struct arena *a, const struct fit *f, const struct cohort *c, size_t n, uint64_t seed, const struct fit_options *o,
                      struct bootstrap **out);

/* The 80 % interval of all purchases of the cohort in `horizon` days: parameters from the draws, and the customers' own chance on top.
 * expected, variance: of their total at the fit, by all of them; what a draw's parameters make of it is told by at most 1,000 customers,
 * every m-th. RC_NOMEM. */
enum rc bootstrap_total(struct arena *a, struct bootstrap *b, const struct fit *f, const struct cohort *c, int32_t horizon, double expected, double variance,
                        uint64_t seed);

/* 80 % intervals of one customer in `horizon` days, at the draws' parameters: of what is expected, and of the purchases that come. Times of h
 * in periods of the fit, and days those of its season (season_ahead); before any calibration. g: a stream of the customer's own. Cost: the law of the counts a draw. */
struct bootstrap_range { double expected_low, expected_high, count_low, count_high; };
enum rc bootstrap_customer(const struct bootstrap *b, const struct fit *f, const struct history *h, double horizon, struct rng *g,
                           struct bootstrap_range *out);

struct js *bootstrap_json(const struct bootstrap *b, const struct fit *f);

#endif
