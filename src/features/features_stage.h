/* The stage `features`. */
#ifndef CLV_FEATURES_FEATURES_STAGE_H
#define CLV_FEATURES_FEATURES_STAGE_H

#include "base/rc.h"
#include "module/run.h"

/* Facts: {as_of, customers, no_purchase, repeat_spend, cut, hold_days}. RC_DATA when there is no purchase
 * up to the as-of day. */
enum rc features_run(struct run *run);

#endif
