/* Fitted sets in the store: fit_set, fit_model, fit_param, fit_covariance, fit_metric, fit_calibration,
 * fit_curve, fit_level, fit_level_curve, fit_origin, and their diagnosis. A set is written once and never changed. */
#ifndef CLV_MODELS_REGISTRY_H
#define CLV_MODELS_REGISTRY_H

#include <stdint.h>

#include "base/rc.h"
#include "models/curve.h"
#include "models/diagnosis.h"
#include "models/forecast.h"
#include "models/validate.h"
#include "store/store.h"

/* What to write. Fits that are NULL are left out. */
struct set_record {
	const char *kind;        /* "initial", "candidate", "trial" */
	int64_t     made;        /* the execution; 0 outside a run */
	int64_t     review_id;   /* candidate: the review that asked; 0 none */
	const char *features;    /* fingerprint of the features it saw; "" outside a run */
	size_t      customers;
	const struct fit *purchase, *spend;           /* a trial has one of them */
	const struct fit *past_purchase, *past_spend; /* of the back-test */
	day_t             holdout_end;                /* of the back-test or trial; DAY_NONE: none */
	const struct validation *validation;          /* NULL: none */
	const struct curves *curves;                  /* NULL: none */
	const struct diagnosis *diagnosis;            /* NULL: none */
	const struct calibration *calibration;        /* of the purchase fit: what the set scores with; NULL: none */
	const struct calibration *past_calibration;   /* of the back-test's */
};

/* Inside the caller's transaction; a candidate has its audit entry. A spend fit that is not usable is stored with its status, and the set
 * goes without it. */
enum rc fit_save(struct store *s, const struct set_record *r, int64_t *set_id);

/* What a set scores with. RC_DATA (FIT-109): there is no such set, or its purchase model did not converge.
 * RC_DAMAGED (FIT-112): a row of it is not what fit_save wrote. */
enum rc fit_load(struct store *s, int64_t set_id, struct model_set *out);
/* The same of its back-test: what it would have scored with at the cut. */
enum rc fit_load_past(struct store *s, int64_t set_id, struct model_set *out);

#endif
