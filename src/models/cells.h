/* Customers of (nearly) the same parameters, so that what is expensive is worked out once for all of them. Without covariates that is
 * everyone. With them it is a class each while there are few classes; of many, those near to each other in what the effects add up to. */
#ifndef CLV_MODELS_CELLS_H
#define CLV_MODELS_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/fit.h"

#define CELLS_MOST 32

struct cells {
	size_t    n;
	uint32_t *of;                     /* of[customers]; NULL: all in the one */
	double  (*param)[MODEL_PARAMS];   /* param[n] */
	bool      exact;                  /* they are each customer's own; otherwise those in the middle of the cell */
};

/* RC_DATA (FIT-115): the fit has covariates, and the cohort not the columns that they take. RC_NOMEM. */
enum rc cells_make(struct arena *a, const struct fit *f, const struct cohort *c, struct cells *out);

#endif
