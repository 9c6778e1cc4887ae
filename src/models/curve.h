/* What all customers did beside what the model expects of them: cumulative purchases week by week, and how many bought how
 * often. Pictures of a fit; nothing is scored or judged by them. */
#ifndef CLV_MODELS_CURVE_H
#define CLV_MODELS_CURVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "models/forecast.h"

#define CURVE_ORDERS 8 /* 0 .. 6 repeat purchases, and 7 or more */

struct curve_point {
	const char *curve;   /* "tracking", "orders", "holdout": static text */
	int         place;   /* week since the first customer came; repeat purchases; purchases in the holdout */
	day_t       day;     /* tracking: last day of the week; DAY_NONE */
	bool        held;    /* after the cut: the fit has not seen it */
	double      actual, expected;
};

struct curves { struct curve_point *point; size_t n; };

/* Append cumulative repeat purchases at the end of each whole week, in and out of sample. c: the customers at the cut, with a
 * holdout; days: columns `day` and `known`, ascending (feat_day): repeat purchase days of those customers. Expected: newcomers'
 * expectation summed over the days on which customers came (forecast_tracking). RC_NOMEM. */
enum rc curves_add_tracking(struct arena *a, const struct model_set *set, const struct cohort *c, const struct frame *days, struct curves *out);

/* Append CURVE_ORDERS points: customers with 0, 1 .. repeat purchases by the end of the data. Expected: the sum over customers of
 * the newcomer's law at their T. Cost: a pmf for each distinct T and place. RC_NOMEM. */
enum rc curves_add_orders(struct arena *a, const struct model_set *set, const struct cohort *c, struct curves *out);

/* Append CURVE_ORDERS points: customers with 0, 1 .. purchases in the holdout. alive[c->n]: the chance of each to be alive at
 * the cut (validate_set has them). Expected: the sum over customers of P(n | x, t_x, T), the law given alive interpolated over T
 * for each x, to 1e-6; with covariates cell by cell (cells.h). RC_NOMEM, RC_DATA as cells_make. Cost: a pmf for each x, place and some 12 T; 0.1 us a customer and phase. */
enum rc curves_add_holdout(struct arena *a, const struct model_set *set, const struct cohort *c, const double *alive, struct curves *out);

#endif
