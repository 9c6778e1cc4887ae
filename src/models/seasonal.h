/* A model with a season: fitted without it first, then in season days. */
#ifndef CLV_MODELS_SEASONAL_H
#define CLV_MODELS_SEASONAL_H

#include "models/fit.h"

/* plain: the usable fit of the model to the cohort without season. It is replaced by the one with the season when that is asked for, or when `auto`
 * finds the lower AIC; otherwise the message says why not. The log-likelihood is that of the calendar: what each purchase's day weighs counts in,
 * and two parameters a wave, so that it can be compared. Declared weights cost no parameter. RC_DATA (FIT-119): a season must be had and cannot.
 * RC_NOMEM, RC_CANCELLED. Cost: some fits. */
enum rc fit_seasonal(const struct cohort *c, const struct fit_options *o, struct fit *plain);

#endif
