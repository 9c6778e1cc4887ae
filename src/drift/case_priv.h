/* A review with the facts that a decision is held against. */
#ifndef CLV_DRIFT_CASE_PRIV_H
#define CLV_DRIFT_CASE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/rc.h"
#include "store/store.h"

struct review_case { /* texts live in the arena */
	bool        found;
	int64_t     review_id, run_id, made, champion_set, candidate_set; /* candidate_set 0: none */
	const char *state, *opened_at, *reason;
	day_t       until;              /* of a deferred one; DAY_NONE */
	day_t       as_of;
	const char *drift_digest, *champion_digest;
	const char *candidate_digest, *candidate_features; /* NULL without a candidate */
	const char *purchase_status, *spend_status;        /* of the candidate's models; NULL: it has none */
	int64_t     champion_now;       /* the set that scores today */
	const char *live_features;      /* fingerprint of the live run's features; NULL: nothing is live */
	day_t       newest_day;         /* last accepted purchase day in the store */
	day_t       live_as_of;
};

enum rc case_load(struct store *s, struct arena *a, int64_t review_id, struct review_case *out);
void    case_evidence(const struct review_case *c, char hex[DIGEST_HEX]);
bool    case_waits(const struct review_case *c);
/* Waits, and is not deferred beyond today. */
bool    case_due(const char *state, day_t until);
/* RC_APPROVAL (REV-107, REV-108) when the candidate cannot be promoted on what was shown. fixed_as_of: the
 * settings name the as-of day, so that later purchases do not count. */
enum rc case_approvable(const struct review_case *c, bool fixed_as_of);

#endif
