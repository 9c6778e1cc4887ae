/* Opening reviews from what was measured. What people decide on them is decision.h. Owns drift_review. */
#ifndef CLV_DRIFT_REVIEW_H
#define CLV_DRIFT_REVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "module/run.h"

struct finding {
	int64_t     set_id;  /* champion that was measured */
	const char *digest;  /* drift_run.digest of this execution, already stored */
	bool        alarm;
	const char *reason;  /* in words */
};

/* Bring the reviews in line with a finding, in the caller's transaction; *waiting is the review that waits
 * afterwards, 0 if none.
 *
 * Without an alarm nothing changes, except that a review of a champion that was replaced meanwhile is
 * superseded. With an alarm: the same evidence as that of the waiting review leaves it waiting; the same
 * as that of a declined one opens nothing; a review deferred until after the as-of day keeps its peace (a
 * stage never asks the clock); any other alarm opens a review and supersedes the one that waited. Each
 * step has its audit entry. */
enum rc review_follow(struct run *run, const struct finding *f, int64_t *waiting);

#endif
