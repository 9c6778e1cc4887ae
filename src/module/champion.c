/* Which fitted set scores: the last row of decision_champion, which is appended to and never changed. Fits nothing
 * and judges nothing. Owns decision_champion; reads fit_set for the digest of what was chosen. */
#include "config.h"

#include "module/champion.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/day.h"
#include "module/audit.h"
#include "store/query.h"

enum rc champion_get(struct store *s, struct champion *out)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/champion_get", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	if (!rc) {
		*out = (struct champion) { 0 };
		if (row) {
			out->set_id = query_int(q, 0);
			out->made = query_int(q, 1);
			out->seq = query_int(q, 2);
			snprintf(out->digest, sizeof(out->digest), "%s", query_text(q, 3));
		}
	}
	query_close(q);
	return rc;
}

struct seals { char digest[DIGEST_HEX], rows[DIGEST_HEX]; };

static enum rc find_seals(struct store *s, int64_t set_id, struct seals *out)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/champion_digest", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, set_id);
	rc = query_step(q, &row);
	if (!rc && !row)
		rc = err_set(RC_INTERNAL, "RUN-102", "there is no fitted set %" PRId64 " to make champion", set_id);
	if (!rc) {
		snprintf(out->digest, sizeof(out->digest), "%s", query_text(q, 0));
		snprintf(out->rows, sizeof(out->rows), "%s", query_text(q, 1));
	}
	query_close(q);
	return rc;
}

static struct js *entry(int64_t set_id, int64_t run_id, int64_t review_id, const char *reason, const struct seals *seals)
{
	struct js *e = js_object();
	js_set_int(e, "set_id", set_id);
	js_set_int(e, "run_id", run_id);
	js_set(e, "review_id", review_id ? js_int(review_id) : js_null());
	js_set_text(e, "state", review_id ? "reviewed" : "initial, unreviewed");
	js_set_text(e, "reason", reason);
	js_set_text(e, "digest", seals->digest);
	js_set_text(e, "rows_digest", seals->rows);
	return e;
}

enum rc champion_set(struct store *s, int64_t set_id, int64_t run_id, int64_t review_id, const char *by, const char *reason)
{
	struct seals seals;
	char at[32];
	int64_t seq = 0;
	assert(store_in_transaction(s));
	clock_now(at);
	enum rc rc = find_seals(s, set_id, &seals);
	if (!rc)
		rc = audit_append(s, "champion", by, entry(set_id, run_id, review_id, reason, &seals), &seq);
	if (!rc && review_id)
		rc = query_run(s, "statement/champion_set", "iiittti", set_id, run_id, review_id, at, by, reason, seq);
	else if (!rc)
		rc = query_run(s, "statement/champion_set", "iinttti", set_id, run_id, at, by, reason, seq);
	return rc;
}
