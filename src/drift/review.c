/* One review waits at a time: the newest evidence. Opened and superseded here, in the name of the program,
 * each with its audit entry in the same transaction. Owns drift_review; writes the superseded rows of
 * decision_review. */
#include "config.h"

#include "drift/review.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "drift/decision.h"
#include "module/audit.h"
#include "store/query.h"

struct waiting { int64_t id, set_id; bool deferred; day_t until; char digest[DIGEST_HEX]; };

static enum rc find_waiting(struct store *s, struct waiting *w)
{
	struct query *q;
	bool row;
	*w = (struct waiting) { 0 };
	enum rc rc = query_open(s, "statement/drift_waiting", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	if (!rc && row) {
		w->id = query_int(q, 0);
		w->deferred = !strcmp(query_text(q, 1), "deferred");
		w->until = query_is_null(q, 2) ? DAY_NONE : (day_t)query_int(q, 2);
		w->set_id = query_int(q, 3);
		snprintf(w->digest, sizeof(w->digest), "%s", query_text(q, 4));
	}
	query_close(q);
	return rc;
}

static enum rc supersede(struct run *run, int64_t review_id, const char *why)
{
	char evidence[DIGEST_HEX], at[32];
	int64_t seq = 0;
	enum rc rc = review_evidence(run->store, review_id, evidence);
	if (rc)
		return rc;
	struct js *x = js_object();
	js_set_int(x, "review_id", review_id);
	js_set_text(x, "state", "superseded");
	js_set_text(x, "reason", why);
	js_set_int(x, "run_id", run->run_id);
	js_set_text(x, "evidence", evidence);
	rc = audit_append(run->store, "review", "clv", x, &seq);
	clock_now(at);
	return rc ? rc : query_run(run->store, "statement/drift_decision_put", "itttttnitti", review_id, "superseded", "clv", "", "", why,
				   run->run_id, evidence, at, seq);
}

static enum rc open_review(struct run *run, const struct finding *f, int64_t *id)
{
	char at[32], day[16];
	clock_now(at);
	day_format(day, run->as_of);
	enum rc rc = query_run(run->store, "statement/drift_review_put", "iiitt", run->made, run->run_id, f->set_id, at, f->reason);
	if (rc)
		return rc;
	*id = store_last_rowid(run->store);
	struct js *x = js_object();
	js_set_int(x, "review_id", *id);
	js_set_text(x, "state", "open");
	js_set_int(x, "run_id", run->run_id);
	js_set_int(x, "made", run->made);
	js_set_int(x, "champion_set", f->set_id);
	js_set_text(x, "opened_at", at);
	js_set_text(x, "as_of", day);
	js_set_text(x, "drift_digest", f->digest);
	js_set_text(x, "reason", f->reason);
	return audit_append(run->store, "review", "clv", x, NULL);
}

/* An alarm that is neither the waiting review's nor new to the people who declined it. */
static enum rc follow_alarm(struct run *run, const struct finding *f, const struct waiting *w, int64_t *waiting)
{
	int64_t declined = 0;
	char why[64];
	if (w->id && !strcmp(w->digest, f->digest))
		return RC_OK;
	enum rc rc = query_get_int(run->store, "statement/drift_declined", &declined, "it", f->set_id, f->digest);
	if (rc || declined)
		return rc;
	if (w->id && w->deferred && w->until != DAY_NONE && run->as_of < w->until)
		return RC_OK;
	snprintf(why, sizeof(why), "newer evidence: run %" PRId64, run->run_id);
	if (w->id)
		rc = supersede(run, w->id, why);
	return rc ? rc : open_review(run, f, waiting);
}

enum rc review_follow(struct run *run, const struct finding *f, int64_t *waiting)
{
	struct waiting w;
	enum rc rc = find_waiting(run->store, &w);
	if (rc)
		return rc;
	if (w.id && w.set_id != f->set_id) {
		rc = supersede(run, w.id, "the champion it speaks of was replaced");
		w.id = 0;
	}
	*waiting = w.id;
	return rc || !f->alarm ? rc : follow_alarm(run, f, &w, waiting);
}
