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
#include "module/setting.h"
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
	const char *run_settings;       /* of the run that opened the review, JSON; NULL: not kept */
	/* The rows as they are now, and the first of them that is not what was written; NULL: all are. */
	char        drift_rows[DIGEST_HEX], champion_rows[DIGEST_HEX], candidate_rows[DIGEST_HEX];
	const char *changed;
};

enum rc case_load(struct store *s, struct arena *a, int64_t review_id, struct review_case *out);
void    case_evidence(const struct review_case *c, char hex[DIGEST_HEX]);
bool    case_waits(const struct review_case *c);
/* RC_APPROVAL (REV-107 to REV-110) when the candidate cannot be promoted on what was shown. settings are
 * those that it would score with; NULL: not asked. When they name the as-of day, later purchases do not
 * count. */
enum rc case_approvable(const struct review_case *c, const struct settings *settings);

#endif
