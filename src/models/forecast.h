/* The one control flow that scores any model: what each customer of a cohort is expected to bring, with an
 * interval, and what all of them bring together. */
#ifndef CLV_MODELS_FORECAST_H
#define CLV_MODELS_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/calibrate.h"
#include "models/fit.h"
#include "models/predict.h"
#include "module/cohort.h"

/* What scores together: a purchase model, and how spend is told. */
struct model_set {
	int64_t    set_id;      /* 0: not stored */
	day_t      as_of;       /* last day of the data it was fitted to */
	struct fit purchase;    /* fit_usable() */
	bool       has_spend;   /* fit_usable(&spend) */
	struct fit spend;
	double     per_purchase; /* without a spend model: the observed spend of a purchase, for everyone; NaN: no money */
	struct calibration calibration; /* zeroed: none; what it corrects is below */
};

/* A customer's future. Money in major units, times margin; NaN without money. A calibration changes what is expected (the
 * numbers of purchases and all money), P(no purchase) and the interval; never P(alive). */
struct prediction {
	double p_alive;
	double expected;       /* purchases in the horizon */
	double near;           /* ... in the next `near` days */
	double none;           /* P(no purchase in the horizon) */
	double discounted;     /* expected purchases, discounted */
	double value;          /* expected spend of a purchase, without margin */
	double clv;            /* discounted value in the horizon */
	double low, high;      /* 10 % and 90 % quantiles of the realised discounted value (without money: of discounted purchases),
	                          not being alive included. Of the law at the estimated parameters, at the levels of the calibration. */
	double at_risk;        /* P(alive) (E[X | stays] - E[X | alive]) value: what stopping the drop-out to come would keep; undiscounted */
	double already_lost;   /* (1 - P(alive)) E[X | stays] value: what the model believes is gone; undiscounted */
	double worth;          /* what ranks: clv, or discounted without money */
	double variance;       /* of the realised worth; infinite where the spend law has none */
	double variance_n;     /* of the realised number of purchases */
};

struct forecast;

/* Tables for the customers of the cohort: curves over T for each x, and the law of the value. Both must
 * live as long. RC_NOMEM. */
enum rc forecast_new(struct arena *a, const struct model_set *set, const struct cohort *c, const struct outlook *o,
                     struct forecast **out);

/* Customer i of the cohort. Cost: 0.5 us. */
void forecast_customer(const struct forecast *f, size_t i, struct prediction *out);

/* Does money come into it? (the set and the cohort both have it) */
bool forecast_has_money(const struct forecast *f);

/* Sums over customers, with what their intervals are made of. */
struct total { double value, low, high; }; /* 80 %; NaN where there is none */

struct totals {
	size_t customers;
	struct total alive;      /* expected number of customers alive */
	struct total expected, near; /* purchases; near has no interval */
	struct total worth;      /* clv, or discounted purchases without money */
	struct total at_risk, already_lost;
	bool   endless;          /* some customer's value has no variance: the interval of worth is missing */
	size_t sampled;          /* customers whose derivatives stand for all */
};

/* Running sums, to be fed every prediction in order. */
struct totals_sum;
struct totals_sum *totals_new(struct arena *a);
void totals_add(struct totals_sum *t, const struct prediction *p);
/* Intervals: realised totals (expected, worth) spread by the customers' own variance and by the uncertainty
 * of the parameters; expectations (alive, at_risk, already_lost) by the parameters alone. That uncertainty
 * by the delta method from the covariance of the log-parameters, with central differences over a systematic
 * sample of at most 4,000 customers, each discount factor held. */
void totals_finish(const struct totals_sum *t, const struct forecast *f, struct totals *out);

/* Expected cumulative repeat purchases of the cohort's customers by the end of each day since the first of
 * them came: curve[k] for day k * step, k = 0 .. n-1 (newcomers' expectation summed over customers, as
 * tracking plots show it). Cost: an expectation for each of n * step days and cell of covariates (cells.h). RC_NOMEM. */
enum rc forecast_tracking(const struct model_set *set, const struct cohort *c, int32_t step, double *curve, size_t n);

#endif
