/* What the data are held to by the live contract of orders, as findings of the gate over the raw tables. */
#ifndef CLV_QUALITY_HELD_H
#define CLV_QUALITY_HELD_H

#include <stddef.h>

#include "quality/check.h"

struct contract;

/* At most this many findings of a contract; c may be NULL. */
size_t held_findings(const struct contract *c);

/* Rows a day (G10), always; of a contract also what its checks of rows and distributions found in the accepted files, freshness, and its queries, each of
 * which answers the rows that fail. Ids are "contract:" and the check's. A query that cannot be run is a finding, too. Needs the words of check_count.
 * Cost: a look at the rows of the newest files, and what the queries cost. RC_STORE, RC_CANCELLED. */
enum rc held_check(struct arena *a, const struct check_context *c, const struct contract *contract, struct finding *out, size_t *n);

#endif
