/* The customers that a run of the stage looks at, as arrays. */
#ifndef CLV_DRIFT_POPULATION_H
#define CLV_DRIFT_POPULATION_H

#include "base/rc.h"
#include "drift/feature.h"
#include "module/run.h"

/* Features and scores of this run, by customer, in the run's arena: 60 bytes a customer. Customers without
 * scores have NaN. RC_NOMEM, RC_CANCELLED. Asserts that the stage declared feat_customer, feat_window and
 * score_customer. */
enum rc population_load(struct run *run, struct population *out);

#endif
