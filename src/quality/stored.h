/* What a contract's checks of rows would say of the rows that are stored: of customer, day and amount, which is what a store keeps of them. */
#ifndef CLV_QUALITY_STORED_H
#define CLV_QUALITY_STORED_H

#include <stddef.h>

#include "quality/check.h"

struct contract;

/* One finding for each check of kind accepted, range and pattern of the fields customer, date and amount, by those words or canonical names; at most
 * contract->checks. Ids are "stored:" and the check's. One look at all customers, and one at all rows when there is a range. RC_STORE, RC_CANCELLED. */
enum rc stored_check(struct arena *a, const struct check_context *c, const struct contract *contract, struct finding *out, size_t *n);

#endif
