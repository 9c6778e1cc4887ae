/* The descent behind a fit: a model's loss over a sample, with covariates over its classes, and walls where parameters run away. Works on
 * the logarithms of the free parameters in scaled units, then the effects for columns with mean 0 and spread 1. */
#ifndef CLV_MODELS_SOLVE_H
#define CLV_MODELS_SOLVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "math/optim.h"
#include "models/fit.h"

#define GRADIENT_SHARE 1e-6 /* of the number of customers: what a maximum may leave of the gradient */

/* What is minimised. */
struct solve {
	const struct model       *model;
	double                    k;       /* ln of the chosen parameter */
	const struct sample      *sample;
	const struct design      *design;  /* effects 0: none */
	double                    penalty; /* half of it times the sum of squares of the effects */
	const struct fit_options *options;
	bool                      trial;   /* a rough answer will do: the starts compete */
	const double             *inverse; /* solve_size() wide: what the inverse of the Hessian is about, for the first start; NULL: not known */
};

size_t solve_free(const struct model *m);                                  /* parameters that are estimated */
size_t solve_size(const struct solve *s);                                  /* ... and effects */
double solve_beyond(const struct solve *s, const double *theta, size_t i); /* how far i is beyond its limit; 0 inside */
bool   solve_at_limit(const struct solve *s, const double *theta, size_t i); /* beyond it, or as good as */
/* Does parameter i go along with one that is at its limit? What is more than half way to its own on such a ridge does: its value
 * says where the wall stands, not what the data say. */
bool   solve_carried(const struct solve *s, const double *theta, size_t i);

/* start[starts * solve_size()]. r->value is minus the log-likelihood, without wall and penalty; r->gradient that of all together. RC_NOMEM,
 * RC_CANCELLED. */
enum rc solve_run(const struct solve *s, struct arena *a, const double *start, size_t starts, struct optim_result *r);

/* What is minimised, at theta; its gradient unless NULL: for tests. Infinity where it has none, or without memory. */
double solve_loss(const struct solve *s, struct arena *a, const double *theta, double *gradient);

#endif
