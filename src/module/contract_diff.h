/* How a contract differs from another, check by check: added, removed, loosened, tightened. */
#ifndef CLV_MODULE_CONTRACT_DIFF_H
#define CLV_MODULE_CONTRACT_DIFF_H

#include <stddef.h>

#include "module/contract.h"

enum contract_change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_LOOSENED, CHANGE_TIGHTENED, CHANGE_OTHER, CHANGES };

struct contract_difference {
	enum contract_change change;
	const char *id;        /* of the check; "columns"; "FIELD" of a field that is only named */
	const char *was, *now; /* "0..1000, warn"; "" where it is not */
	size_t      line;      /* in the new contract, or of what was removed in the old one */
};

/* was: NULL when there is none: all is added. The new contract's checks come first, in its order, then what was removed. A check is tightened when less
 * passes than did (a narrower range, fewer values, a smaller limit, a graver severity), loosened when more does, and otherwise changed: when it is
 * both, or when nobody can tell (patterns, queries, references). Texts live in the arena. */
void contract_compare(struct arena *a, const struct contract *was, const struct contract *now, struct contract_difference **out, size_t *n);

const char *contract_change_name(enum contract_change c); /* "added", "removed", "loosened", "tightened", "changed" */

#endif
