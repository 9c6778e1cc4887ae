/* The one control flow that estimates any model: scale, start, descend, finish with Newton steps, and say
 * honestly how it ended. */
#ifndef CLV_MODELS_FIT_H
#define CLV_MODELS_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "models/model.h"
#include "module/cohort.h"

/* What was tried for a chosen parameter: k = 1 .. n, and the log-likelihood of each. */
struct choice { size_t n; double loglik[FIXED_MOST]; };

/* How a fit ended: a result with a status, never an error. Which of them score: fit_usable(). */
enum fit_status {
	FIT_CONVERGED, /* gradient and curvature are those of a maximum */
	FIT_STALLED,   /* no better point was found, and this is none */
	FIT_LIMIT,     /* iterations used up */
	FIT_RUNAWAY,   /* a parameter runs to infinity or zero, and was stopped at its limit: the message names it; the others are at their optimum */
	FIT_NONFINITE, /* no finite likelihood at any start */
	FIT_REFUSED,   /* too little data; the message says what */
};

const char *fit_status_name(enum fit_status status);

struct fit_options {
	const char *period;        /* "day", "week", "month": the unit of the parameters; NULL is "day", a discrete model has no other */
	bool        spend_repeat;  /* MODEL_SPEND: repeat days only; otherwise all purchase days */
	size_t      min_customers; /* fewer are refused */
	int         k;             /* of a model with a chosen parameter, 1 .. FIXED_MOST; 0: by likelihood */
	bool      (*cancel)(void *user); /* asked once an iteration; NULL allowed */
	void       *user;
};

struct fit {
	const struct model *model;
	enum fit_status status;
	char    message[320];          /* why it stopped, runaway parameters named, warnings; one line */
	char    period[8];
	day_t   as_of;                 /* last day of the data it saw */
	bool    spend_repeat;          /* MODEL_SPEND */
	double  per_purchase;          /* MODEL_SPEND: observed spend of a purchase, major units: stands in where the mean does not exist */
	double  correlation;           /* MODEL_SPEND: of frequency and mean spend; NaN when not to be had */
	double  param[MODEL_PARAMS];   /* natural scale, time in periods, money in major units; NaN without a result */
	double  se[MODEL_PARAMS];      /* delta method; NaN when the Hessian gives none */
	double  low[MODEL_PARAMS], high[MODEL_PARAMS]; /* 95 %, from the log scale, so that they stay positive */
	double  covariance[MODEL_PARAMS * MODEL_PARAMS]; /* of the log-parameters, row-major n_params wide */
	double  loglik, aic, bic;      /* loglik in the unit of the period (spend: major units) */
	size_t  n, n_distinct;
	size_t  iterations, evaluations;
	double  gradient_norm;         /* largest component of the gradient on the log scale */
	double  hessian_condition;     /* infinity when not positive definite */
	double  seconds;
	struct choice choice;          /* of a chosen parameter; n = 0: none */
};

/* May the fit score? Also when a parameter ran to its limit: what is expected has a limit as well (a or b: nobody is seen to drop out,
 * which is the NBD; p: the customer's own mean counts in full; q: everyone spends alike), and a small shop would otherwise have no
 * result at all. The status and its message go with it, and a candidate that ended so is not approved. NULL and fits without a model: false. */
bool fit_usable(const struct fit *f);

/* Days in a period: 1, 7, 365.25 / 12. */
double period_days(const char *period);

/* Fit model to the cohort. RC_OK whatever the status; RC_NOMEM, RC_CANCELLED. model must be MODEL_PURCHASES
 * or MODEL_SPEND. A chosen parameter is tried from 1 upwards until the likelihood falls; that takes the gaps of the cohort, and
 * RC_DATA (FIT-113) says that there are none. */
enum rc fit_one(const struct model *model, const struct cohort *c, const struct fit_options *o, struct fit *out);

/* {model, params:{name:{value, se, low, high}}, loglik, aic, bic, n, distinct, status, message, period,
 * gradient_norm, hessian_condition, iterations, evaluations, seconds, ...} as in cli.md; the caller adds
 * holdout. */
struct js *fit_json(const struct fit *f);

#endif
