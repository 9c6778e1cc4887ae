/* Minimisation of a smooth function of a few unbounded parameters, with a status that can be believed:
 * BFGS with an analytic gradient, then Newton steps on a Hessian of gradient differences. Bounds are the
 * caller's business (log-parameters). */
#ifndef CLV_MATH_OPTIM_H
#define CLV_MATH_OPTIM_H

#include <stdbool.h>
#include <stddef.h>

#define OPTIM_MAX 40 /* parameters at most */

enum optim_status {
	OPTIM_CONVERGED, /* predicted decrease below the tolerance */
	OPTIM_STALLED,   /* no lower point along the search direction: the gradient does not fit the function */
	OPTIM_LIMIT,     /* iterations used up */
	OPTIM_RUNAWAY,   /* a parameter left [-limit, limit]: no optimum in reach; x is the last point inside */
	OPTIM_NONFINITE, /* no start has a finite value and gradient; x and value are NaN */
	OPTIM_CANCELLED,
};

struct optim_problem {
	size_t n;          /* 1 .. OPTIM_MAX */
	/* The value at x[n], and its gradient into gradient[n] unless NULL. Non-finite = infinitely bad. */
	double (*value)(void *user, const double *x, double *gradient);
	/* Called once an iteration; true cancels. NULL allowed. */
	bool   (*cancel)(void *user, size_t iteration, double value);
	void  *user;
};

/* Zero members take the defaults in brackets. */
struct optim_options {
	double decrease;       /* stop when 1/2 g'Hg < decrease * (1 + |f|) [1e-12] */
	size_t iterations;     /* of BFGS, per start [500] */
	size_t newton;         /* steps afterwards, at most [4]; they stop when the predicted decrease no longer matters */
	double step;           /* of the central differences of the gradient, relative to max(1, |x|) [1e-4] */
	double limit;          /* |x| beyond which it is a runaway [50] */
	const double *inverse; /* n by n, what the inverse of the Hessian is about, for the first start; not kept [none: one step shows its scale] */
};

struct optim_result {
	enum optim_status status;
	size_t n;
	double value;                    /* at x; finite unless OPTIM_NONFINITE */
	double x[OPTIM_MAX];
	double gradient[OPTIM_MAX];
	double gradient_max;             /* largest |component| */
	size_t start;                    /* which start won */
	size_t iterations, evaluations;  /* over all starts */
	double hessian[OPTIM_MAX * OPTIM_MAX];    /* row-major, n by n, symmetric */
	double covariance[OPTIM_MAX * OPTIM_MAX]; /* its inverse; NaN unless positive_definite */
	bool   positive_definite;
	double condition;                /* largest over smallest eigenvalue; infinity unless positive_definite */
};

/* Minimise from each of `starts` points start[starts * n], row-major; the lowest value wins, the earlier
 * start among equals. Deterministic. NULL options are all defaults. Cost: about 20 evaluations a start for
 * likelihoods of the BG/NBD kind, and 2n a Hessian. */
void optim_minimise(const struct optim_problem *problem, const double *start, size_t starts,
                    const struct optim_options *options, struct optim_result *result);

/* Symmetric n by n (row-major, n <= OPTIM_MAX): inverse into inverse[n*n] and the condition number. false
 * when not positive definite or not finite; then inverse is NaN and condition infinity. */
bool matrix_invert(const double *matrix, size_t n, double *inverse, double *condition);

/* "converged", ... for JSON and logs. Never NULL. */
const char *optim_status_name(enum optim_status status);

#endif
