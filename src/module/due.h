/* Whether a review waits for a person today: the rule by which drift shows reviews and a run speaks of them. */
#ifndef CLV_MODULE_DUE_H
#define CLV_MODULE_DUE_H

#include <stdbool.h>

#include "base/day.h"

/* state as in decision_now: open is due; deferred is due from its day on (DAY_NONE: at once); all else is decided.
 * Reads the clock, so no stage may ask. */
bool review_due(const char *state, day_t until);

#endif
