/* When a review waits for a decision. Loads nothing and owns no table: the caller brings state and day. */
#include "config.h"

#include "module/due.h"

#include <string.h>

bool review_due(const char *state, day_t until)
{
	return !strcmp(state, "open") || (!strcmp(state, "deferred") && (until == DAY_NONE || until <= clock_today()));
}
