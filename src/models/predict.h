/* The quantities of one customer, and what is asked of the future of all. */
#ifndef CLV_MODELS_PREDICT_H
#define CLV_MODELS_PREDICT_H

#include "base/rc.h"
#include "models/model.h"

/* A quantity of a model at given parameters: the calculator behind `evaluate`. Times in one unit. quantity is one of
 *   loglik         of the history (spend: of a mean t over x purchases; k-models: t is the sum of ln of the gaps)
 *   palive         at T
 *   cond_expected  purchases in (T, T+t], given the history
 *   expected       purchases of a newcomer in (0, t]
 *   palive_future  at T+t
 *   dert           purchases to come, given the history, each discounted by e^(-t u): t is the continuous rate
 *   pmf            P(x purchases of a newcomer in (0, t])
 *   p_none         P(no purchase in (T, T+t]), given the history
 *   cond_mean      expected spend of a purchase, given a mean t over x purchases
 * RC_USAGE: the model has no such quantity, or an argument is impossible (x not whole, t_x > T, negative time, parameter <= 0);
 * RC_NUMERIC: it does not exist there. */
enum rc predict_quantity(const struct model *m, const double *param, double x, double t_x, double t_seen, double t,
                         const char *quantity, double *out);

/* The names for help, NULL at the end. */
extern const char *const predict_quantities[];

/* What is asked of the future. */
struct outlook {
	double horizon;   /* days, > 0 */
	double near;      /* days: the short look beside it */
	double discount;  /* effective rate a year; 0: later money counts as much */
	double margin;    /* share of revenue */
	const double *clock; /* season days in the next d days, d = 0 .. horizon and near; NULL: a day each */
};

/* Season days in the next so many days. */
double outlook_days(const struct outlook *o, double days);

/* Expected purchases of a customer who is alive, each slice of a month (365.25/12 days, the last one what
 * is left) discounted at its middle by (1 + rate)^-(days/365.25). days: the length of the model's period.
 * Cost: one x_expected a slice. */
double discounted_purchases(const struct model *m, const double *param, const struct history *h, double days,
                            const struct outlook *o);

/* Expected purchases of a customer who is alive, to infinity, each discounted by e^(-rate t), rate > 0 a unit of time.
 * Infinite for no rate at all. Cost: some microseconds, or 300 expectations in a model without a form of its own. */
double purchases_forever(const struct model *m, const double *param, const struct history *h, double rate);

#endif
