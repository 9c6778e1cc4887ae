/* What a fit looks like beside the data: numbers with a verdict, how customers differ, and a map of the chance to be alive. Nothing is
 * scored or approved by it. */
#ifndef CLV_MODELS_DIAGNOSIS_H
#define CLV_MODELS_DIAGNOSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/curve.h"
#include "models/differ.h"
#include "models/regular.h"
#include "store/store.h"

/* A number that judges a fit. NaN where there is none. */
struct diagnosis_check {
	const char *name;                  /* static text: boundary, orders, holdout_orders, tracking_in, tracking_out, regularity, regularity_moments, correlation */
	double      value, low, high;
	double      df, p;
	size_t      n;                     /* customers, or weeks, behind it */
	bool        warn;
	char        words[400];
};

/* Customers with so many repeat purchases, the last one so many days ago. high < 0: open. */
struct diagnosis_cell {
	int32_t orders_low, orders_high, since_low, since_high;
	size_t  customers;
	double  p_alive, expected;         /* NaN: there is no such history */
};

#define DIAGNOSIS_CHECKS 8
#define DIAGNOSIS_SINCE  12
#define DIAGNOSIS_ORDERS 11

struct diagnosis {
	struct diagnosis_check check[DIAGNOSIS_CHECKS];
	size_t                 checks;
	struct differ          rate, dropout;
	struct diagnosis_cell  cell[DIAGNOSIS_SINCE * DIAGNOSIS_ORDERS];
	size_t                 cells;
	int32_t                horizon;    /* days of `expected` */
};

/* What there is to judge. */
struct diagnosis_ask {
	const struct model_set *now;
	const struct cohort    *c;        /* that it was fitted to */
	const struct curves    *curves;   /* those that are there are judged */
	int32_t                 horizon;  /* days */
	struct regularity       moments;  /* n 0: not counted */
};

/* Verdicts. Chi-square: cells are pooled until five customers are expected in each; the number of customers with 0, 1 .. repeat purchases
 * on (cells - 1 - parameters that did not run to a limit) degrees, those of the holdout, which the fit has not seen, on (cells - 1); a warning below
 * p = .01. Tracking: mean absolute percentage error of the cumulative curve, a warning above 10 %. Regularity: a warning when
 * the interval is above 1.2 and the model does not know of it. Correlation of frequency and spend: a warning from .05 on where chance does
 * not explain it (p < .01). Map: histories of a customer as old as the oldest; without repeat purchases, of one who came as many
 * days ago, in season days where there is a season. With covariates the laws and the map are those of a customer with every column at its
 * origin. Cost: one look at the customers, and 132 histories. */
void diagnose(const struct diagnosis_ask *ask, struct diagnosis *out);

/* Into fit_check, fit_density, fit_point, fit_map. */
enum rc diagnosis_save(struct store *s, int64_t set_id, const struct diagnosis *d);

#endif
