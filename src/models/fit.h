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
#include "models/effect.h"
#include "models/model.h"
#include "models/season.h"
#include "module/cohort.h"

/* What was tried for a chosen parameter: k = 1 .. n, and the log-likelihood of each. */
struct choice { size_t n; double loglik[FIXED_MOST]; };

#define FIT_MOST   (MODEL_PARAMS + EFFECTS_MOST)
#define TESTS_MOST 6

/* A likelihood-ratio test of a model against one that it is a special case of. p: of the smaller one being enough; where that is the edge of the
 * larger one (no drop-out at all) the true p is smaller. */
struct ratio_test {
	char   name[64];  /* of the other model */
	bool   larger;    /* the other model is the larger one */
	int    df;
	double loglik;    /* of the other model */
	double statistic, p;
};

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
	const struct design *design; /* what the columns of the cohort are, and their effects; NULL: none. Means and spreads are the fit's own */
	double      penalty;       /* on the effects in spreads of their columns: half of it times the sum of squares; 0: none */
	const struct season_ask *season; /* MODEL_PURCHASES; NULL: none */
	bool        compare;       /* also fit the model that this one grew from, and test */
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
	/* The model's parameters, of a customer with every column at its origin, and then the effects: fit_size() of them. */
	double  param[FIT_MOST];       /* natural scale, time in periods, money in major units, effects as they are; NaN without a result */
	double  se[FIT_MOST];          /* delta method; NaN when the Hessian gives none */
	double  low[FIT_MOST], high[FIT_MOST]; /* 95 %; of parameters from the log scale, so that they stay positive */
	double  covariance[FIT_MOST * FIT_MOST]; /* of the log-parameters and the effects, row-major fit_size() wide */
	struct design design;          /* with the effects that were estimated */
	double  penalty;
	size_t  tests;
	struct ratio_test test[TESTS_MOST];
	struct season season;          /* on: times are season days */
	double  loglik, aic, bic;      /* loglik in the unit of the period (spend: major units), without penalty; on a boundary at least that of m->origin */
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

/* Words are added to the fit's message, cut where it is full. */
void   fit_say(struct fit *f, const char *text);
/* A test is added to the fit; df 0: no p. */
void   fit_add_test(struct fit *f, const char *name, bool larger, int df, double other);
/* Parameters and effects, estimated or chosen. */
size_t fit_size(const struct fit *f);
/* Of parameter or effect i, cut to n. */
void   fit_name(const struct fit *f, size_t i, char *text, size_t n);
/* |z| and the two-sided p of an effect being nothing; NaN without a standard error. */
void   fit_wald(const struct fit *f, size_t i, double *z, double *p);
/* The parameters of a customer with these columns (f->design.columns of them; NULL: all at their origin) into own[MODEL_PARAMS]. */
void   fit_own(const struct fit *f, const double *z, double *own);

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
