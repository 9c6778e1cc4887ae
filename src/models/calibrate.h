/* What the model got wrong in its own past, and what that says about its next forecast: the model is fitted again at earlier
 * days, each time held against what came after, and its level, its chance of buying again and its interval are put right by
 * what was seen. P(alive) and the order of customers are left as they are. Nothing after the day of the fit is looked at. */
#ifndef CLV_MODELS_CALIBRATE_H
#define CLV_MODELS_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "math/isotonic.h"
#include "models/fit.h"
#include "models/past.h"

#define ORIGINS_MOST 12

enum calibration_kind { CALIBRATION_NONE, CALIBRATION_LEVEL, CALIBRATION_ISOTONIC, CALIBRATION_AUTO };

/* An inner back-test: totals over its customers. */
struct origin {
	day_t           cut;
	int32_t         hold_days;
	size_t          customers;
	enum fit_status status;   /* only a fit that converged is used */
	bool            used;
	double actual, predicted;               /* purchases */
	double buying, buying_predicted;        /* customers who buy at all */
	double revenue, revenue_predicted;      /* NaN without money; predicted from the purchases predicted */
	double variance, variance_buying, variance_revenue; /* of the totals' errors, customers being independent */
};

/* Zeroed: nothing is corrected. In words: `why`. */
struct calibration {
	enum calibration_kind kind;   /* never AUTO */
	int32_t horizon;              /* days it is meant for */
	double  purchases, purchases_se; /* factor of expected purchases; standard error of its logarithm. 1: left alone */
	double  value, value_se;      /* factor of the spend of a purchase */
	double  low, high;            /* levels of the model's own law that held 10 % and 90 % of what came */
	double  scale;                /* ISOTONIC: mean expected purchases of the customers of the fit in the horizon */
	struct isotonic count;        /* ISOTONIC: of expected purchases over their mean */
	struct isotonic buys;         /* of P(buys in the horizon); n 0: left alone */
	size_t  origins, used;
	struct origin origin[ORIGINS_MOST];
	char    why[240];             /* in words */
};

/* "none", "level", "isotonic", "auto"; of a name: NONE for any other. */
const char           *calibration_name(enum calibration_kind kind);
enum calibration_kind calibration_kind_of(const char *name);

/* Fit the calibration of a purchase model (and a spend model; NULL: no money) that was fitted to the past up to `upto` and is to
 * look `horizon` days ahead. Origins: the twentieths of the past from 35 to 90 %, each held against the horizon or what there
 * is of it; where three or more have the whole horizon, those alone. A factor is the ratio of the totals over the origins
 * whose fit converged; one that is within sqrt(2) of its standard errors is left at 1, which is Akaike's criterion for a
 * parameter. The covariates of the fit are used where the past has its columns. AUTO is isotonic where that has an error at least 1 % less, fitted to every second origin and held against the
 * others. Out->kind is NONE, with the reason in `why`, when there are less than two origins. o->cancel is asked. Cost: a fit and
 * one expectation a customer and origin. RC_NOMEM, RC_CANCELLED. */
enum rc calibrate(const struct past *past, const struct fit *purchase, const struct fit *spend, day_t upto, int32_t horizon,
                  enum calibration_kind asked, const struct fit_options *o, struct calibration *out);

/* The factor of a customer's expected purchases; expected: those of the model in c->horizon days. */
double calibration_factor(const struct calibration *c, double expected);
/* P(buys in the horizon), put right. */
double calibration_buying(const struct calibration *c, double p);

/* Between which levels of the model's law the purchases of a customer in t lie: P(N < n) and P(N <= n), not being alive
 * included. Times in the unit of the parameters. */
struct pit { double under, upto; };
struct pit calibration_pit(const struct model *m, const double *param, const struct history *h, double t, int32_t n);
/* How much of it lies below a level, what came at the level counted in part (Czado, Gneiting and Held 2009, Biometrics
 * 65(4), eq. 2): the mean over customers is the level itself where the law is right. */
double pit_below(const struct pit *p, double level);

/* {kind, purchases, purchases_se, buying (is it corrected?), value, low, high, horizon_days, origins: [...], why}. */
struct js *calibration_json(const struct calibration *c);

#endif
