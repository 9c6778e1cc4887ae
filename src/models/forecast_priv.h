/* Shared by forecast.c and totals.c. */
#ifndef CLV_MODELS_FORECAST_PRIV_H
#define CLV_MODELS_FORECAST_PRIV_H

#include "models/cells.h"
#include "models/forecast.h"
#include "models/law.h"

enum { EXPECTED, NEAR, DISCOUNTED, STAYS, FUNCTIONS };

struct tables;

struct forecast {
	const struct model_set *set;
	const struct cohort    *c;
	struct outlook          o;
	double                  days;   /* of the purchase model's period */
	double                  corrected; /* season days of the horizon that the calibration is for */
	bool                    money;
	const double           *spend;  /* parameters of the spend model; NULL: none */
	struct cells            cells;
	struct tables          *tables; /* of each cell */
};

/* Columns of customer i; NULL: the fit has no covariates. */
const double *forecast_columns(const struct forecast *f, size_t i);

/* What a customer spends on a purchase. */
struct spending {
	double value;         /* expected, major units */
	double count;         /* purchases behind it; 0: told from the population */
	double scale, shape;  /* a sum of n is scale times beta-prime(p n, shape); without a spend model scale times n */
};

/* spend: the parameters to use, f->spend or some near them. */
struct spending forecast_spending(const struct forecast *f, const double *spend, size_t i);

#endif
