/* What people see of drift and decide on it: the doors for commands. No clock enters a stage; here today's
 * date counts. */
#ifndef CLV_DRIFT_DECISION_H
#define CLV_DRIFT_DECISION_H

#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/rc.h"
#include "module/setting.h"
#include "store/store.h"

/* The report of the live run (before there is one, the last): {verdict, as_of, population, baseline, ages,
 * rules, features:[...], predictions: {features, mean_ratio}, accuracy, run, review:{review, state, run,
 * reason}|null}. features holds the cohort and the mix; "scope" tells them apart. Verdict "none" in a
 * store where drift never ran. *out is the caller's. */
enum rc drift_report(struct store *s, struct arena *a, struct js **out);

/* {reviews:[{review, state, due, opened_at, run, champion, candidate, reason, by, decided_at,
 * decision_reason, until}]}, newest first. due: waits for a decision today. */
enum rc review_list(struct store *s, struct arena *a, struct js **out);

/* Everything a decision needs: {review, state, due, opened_at, run, confirm, reason, as_of, evidence,
 * champion, candidate, features, predictions, comparison, decisions, approvable, obstacle}. A set is {set,
 * kind, as_of, period, customers, digest, models:[{role, model, status, message, loglik, params:{name:
 * value}}]}; comparison is {same_holdout, metrics:[{model, target, metric, champion, candidate}]} of both
 * back-tests. candidate is null until it was fitted; obstacle is the sentence with which approval would be
 * refused now. RC_USAGE: no such review. */
enum rc review_show(struct store *s, struct arena *a, int64_t review_id, struct js **out);

/* SHA-256 over the canonical JSON of what is decided on, as the rows are now: review, run and reason, drift
 * measures, all of champion and candidate, the features it saw, as-of day. RC_USAGE: no such review. */
enum rc review_evidence(struct store *s, int64_t review_id, char hex[DIGEST_HEX]);

struct decide_ask {
	int64_t     review_id;
	const char *decision;     /* "approved", "declined", "deferred" */
	const char *by;           /* a person's name */
	const char *reason;       /* 10 characters or more */
	day_t       until;        /* deferred: after today; DAY_NONE otherwise */
	int64_t     confirm_run;  /* the number of the run that opened the review, typed once more; 0: not given */
	const char *evidence;     /* digest of what was shown to the person (review_evidence); NULL: whatever stands now */
	const char *login, *host; /* where it was decided */
};

/* One transaction: the checks, decision_review, the audit entry, and for an approval exactly the candidate
 * as the new champion; it scores in the next run. *result is {review, decision, evidence, entry_hash,
 * champion:{set, digest, changed}}. Every refusal is RC_APPROVAL: REV-101 no such review, 102 not waiting
 * any more, 103 no name, 104 short reason, 105 bad date, 106 wrong confirmation; for approvals 107 the
 * evidence changed (newer features, newer purchases, another champion), 108 no candidate that converged,
 * 109 rows of the review, its measures or one of the two sets are not what was written, 110 other settings
 * than those of the run; for every decision 111 the digest is not that of the evidence as it stands.
 * Asserts that no transaction is open. */
enum rc review_decide(struct store *s, const struct settings *settings, const struct decide_ask *ask, struct js **result);

#endif
