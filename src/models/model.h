/* What a model is: one constant. Models that count purchases give a likelihood on log-parameters and the
 * law of the purchases to come of a customer who is alive; fit.c and predict.c do the rest for all of them.
 *
 * Times are in one unit, whichever it is (the period of the fit); money is in major units. A customer's
 * state "alive" and the law given alive separate: conditional quantities are x_alive times those given
 * alive. A newcomer is the history of zeros. */
#ifndef CLV_MODELS_MODEL_H
#define CLV_MODELS_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/history.h"

#define MODEL_PARAMS 8 /* of a model, at most */
#define MODEL_STARTS 4 /* of a fit, at most */
#define FIXED_MOST   12 /* of a chosen parameter */
#define PHASE_MOST   12

enum model_kind {
	MODEL_PURCHASES, /* how often: x, t_x, T */
	MODEL_SPEND,     /* how much a purchase: a mean over a count of purchases */
	MODEL_NAIVE,     /* nothing to estimate: what everyone should beat */
};

/* What a parameter is multiplied with when the unit of the data grows by a factor. */
enum param_scale { PARAM_PLAIN, PARAM_TIME, PARAM_RATE, PARAM_MONEY }; /* a rate is divided: one over a time */

struct param {
	const char      *name;
	enum param_scale scale;
	double           limit; /* of |ln value| in scaled units: further out the model is as good as its limit */
	const char      *about; /* what it means to end there: "the data do not identify drop-out" */
	int              process, dropout; /* what a covariate's effect on either adds to its logarithm, times: -1, 0 or 1 */
};

/* One customer: x repeat purchases, the last at t_x, seen until t. gaps is the sum of the logarithms of the times between
 * them, which only likelihoods of regular purchases look at. phase: 0, or 1 + the hidden phase the customer is taken to be
 * in at T, for the functions given alive of a model that has phases. */
struct history { double x, t_x, t, gaps; int phase; };

/* What a naive model goes by: x repeat purchases in t, a mean spend of all purchase days, and what the last
 * window brought. */
struct seen { double x, t, spend, last_x, last_value; };

/* How customers differ in their rate or their drop-out: gamma of shape param[shape] and rate param[by], or beta of these two. The rate of
 * a gamma is multiplied with param[times - 1] and divided by param[over - 1], unless 0. */
enum mixed_law { MIXED_NONE, MIXED_GAMMA, MIXED_BETA };
struct mixed { enum mixed_law law; uint8_t shape, by, times, over; };

struct model {
	const char         *id, *title; /* "bgnbd", "BG/NBD" */
	const char         *reference;  /* where the formulas come from */
	enum model_kind     kind;
	bool                discrete;   /* times are counts of opportunities, a day each: no unit to choose, no density */
	int                 variant;    /* tells models of one family apart; the family's file says how */
	const void         *family;     /* likewise; NULL in most */
	const struct param *params;
	size_t              n_params;
	size_t              n_fixed;    /* the first of them, 0 or 1, is a whole number 1 .. FIXED_MOST that is not estimated but chosen */
	const char         *origin;     /* the smaller model that it grew from, by id; NULL: none */
	struct mixed        rate, dropout; /* MIXED_NONE: all alike, or nobody drops out */
	const char *const  *inputs;     /* columns of feat_customer, NULL at the end */

	/* Estimation, in units where the mean T and the mean spend are 1. */
	enum rc (*prepare)(const struct model *m, struct arena *a, const struct sample *s, void **prep); /* tables. RC_NOMEM */
	/* Starting points on the log scale, n_params each, into start[MODEL_STARTS * n_params]; how many. */
	size_t  (*starts)(const struct model *m, const struct sample *s, double *start);
	/* Minus the log-likelihood of h, the sample's histories or some of them, at log-parameters theta, its gradient unless NULL;
	 * infinity where it has none. A model of spend looks at the sample's spends instead. */
	double  (*loss)(void *prep, const struct histories *h, const double *theta, double *gradient);

	/* One customer, natural parameters. Never NaN for a possible history and positive parameters. */
	double (*loglik)(const struct model *m, const double *param, const struct history *h);
	double (*alive)(const struct model *m, const double *param, const struct history *h);
	/* Given alive at T: purchases in the next t; none in the next t; if the customer stayed for all of t; alive
	 * at T+t as well; tail[k] = P(at least k in the next t), k = 0 .. n-1. */
	double (*expected)(const struct model *m, const double *param, const struct history *h, double t);
	double (*none)(const struct model *m, const double *param, const struct history *h, double t);
	double (*stays)(const struct model *m, const double *param, const struct history *h, double t);
	double (*survives)(const struct model *m, const double *param, const struct history *h, double t);
	void   (*tail)(const struct model *m, const double *param, const struct history *h, double t, double *tail, size_t n);
	/* P(n purchases in the next t | alive at T), with a small relative error even where it is tiny. */
	double (*pmf)(const struct model *m, const double *param, const struct history *h, double t, double n);

	/* Given alive at T: expected purchases to come, each discounted by e^(-rate t), rate > 0 a unit of time: what
	 * the expectation to infinity is worth. NULL: predict.c integrates `expected`. */
	double (*dert)(const struct model *m, const double *param, const struct history *h, double rate);
	/* How far below T = 0 the functions of T stop being smooth: what they are interpolated by. NULL: the first
	 * parameter of time. */
	double (*reach)(const struct model *m, const double *param);
	/* The model that these parameters are the limit of, as a clause into text[n], with what identifies it; period: the
	 * unit of time in words. false: they are the limit of none. NULL: there is none to name. */
	bool   (*limit)(const struct model *m, const double *param, const char *period, char *text, size_t n);

	/* A model in which the law given alive depends on t_x as well has hidden phases: how many, and their chances at
	 * T given alive; given one of them the law depends on x and T alone. NULL: no phases. */
	size_t (*phases)(const struct model *m, const double *param);
	void   (*phase)(const struct model *m, const double *param, const struct history *h, double *chance);
	/* What the loss leaves out of minus the log-likelihood: sum_x, and the sum of log-gaps in the unit of the times.
	 * NULL: nothing. NaN: not to be had. */
	double (*constant)(const struct model *m, const double *param, double sum_x, double gaps);

	/* MODEL_SPEND: log-density of a mean over count purchases, and the expected spend of a purchase given
	 * them (count 0: of a newcomer). NaN where that mean does not exist. */
	double (*spend_loglik)(const struct model *m, const double *param, double count, double mean);
	double (*spend_mean)(const struct model *m, const double *param, double count, double mean);

	/* MODEL_NAIVE: purchases, and what they bring, in the next t. */
	double (*naive)(const struct seen *s, double t);
	double (*naive_value)(const struct seen *s, double t);
};

extern const struct model *const models[];
extern const size_t              models_count;

/* By id; "gammagamma", "bg", "mbg", "pareto" and "ggom" are known as well. NULL: no such model. */
const struct model *model_find(const char *id);
/* model->reach or its default; 1 in a model without times. */
double              model_reach(const struct model *m, const double *param);
/* What `limit` says of a gamma law of rates that has become one rate for all: shape r, r/alpha its mean a period. false: it has not. */
bool                model_one_rate(double r, double alpha, const char *period, char *text, size_t n);
/* RC_USAGE: no such model, with the nearest id. */
enum rc             model_unknown(const char *id);

#endif
