/* Loads a review with everything around it in one row, and holds an approval against it: what was shown is
 * what is signed. Writes nothing. */
#include "config.h"

#include "drift/case_priv.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "store/query.h"

static day_t day_at(const struct query *q, int column)
{
	return query_is_null(q, column) ? DAY_NONE : (day_t)query_int(q, column);
}

static void take(const struct query *q, struct arena *a, struct review_case *c)
{
	*c = (struct review_case) {
		.found = true, .review_id = query_int(q, 0), .run_id = query_int(q, 1), .made = query_int(q, 2),
		.champion_set = query_int(q, 3), .candidate_set = query_int(q, 4), .state = arena_text(a, query_text(q, 5)),
		.opened_at = arena_text(a, query_text(q, 6)), .reason = arena_text(a, query_text(q, 7)), .until = day_at(q, 8),
		.as_of = day_at(q, 9), .drift_digest = arena_text(a, query_text(q, 10)),
		.champion_digest = arena_text(a, query_text(q, 11)), .candidate_digest = arena_text(a, query_text(q, 12)),
		.candidate_features = arena_text(a, query_text(q, 13)), .purchase_status = arena_text(a, query_text(q, 14)),
		.spend_status = arena_text(a, query_text(q, 15)), .champion_now = query_int(q, 16),
		.live_features = arena_text(a, query_text(q, 17)), .newest_day = day_at(q, 18), .live_as_of = day_at(q, 19),
	};
}

enum rc case_load(struct store *s, struct arena *a, int64_t review_id, struct review_case *out)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/drift_case", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, review_id);
	rc = query_step(q, &row);
	if (!rc && row)
		take(q, a, out);
	else if (!rc)
		*out = (struct review_case) { .review_id = review_id };
	query_close(q);
	return rc;
}

void case_evidence(const struct review_case *c, char hex[DIGEST_HEX])
{
	struct str text = { 0 };
	char day[16];
	struct js *x = js_object();
	day_format(day, c->as_of);
	js_set_int(x, "review", c->review_id);
	js_set_text(x, "drift", c->drift_digest);
	js_set_text(x, "champion", c->champion_digest);
	js_set_text(x, "candidate", c->candidate_digest);
	js_set_text(x, "features", c->candidate_features);
	js_set_text(x, "as_of", day);
	js_write(&text, x, false, true);
	digest_of(text.s, text.n, hex);
	str_clear(&text);
	js_free(x);
}

bool case_waits(const struct review_case *c)
{
	return !strcmp(c->state, "open") || !strcmp(c->state, "deferred");
}

bool case_due(const char *state, day_t until)
{
	return !strcmp(state, "open") || (!strcmp(state, "deferred") && (until == DAY_NONE || until <= clock_today()));
}

/* ---- approval ---- */

static bool converged(const char *status)
{
	return !status || !strcmp(status, "converged");
}

/* A spend model at the limit of a parameter scores as well (models/fit.h, fit_usable). */
static bool spend_scores(const char *status)
{
	return converged(status) || !strcmp(status, "runaway");
}

static enum rc stale(const struct review_case *c, const char *what)
{
	return err_do(err_set(RC_APPROVAL, "REV-107", "the evidence changed since run %" PRId64 ": %s", c->run_id, what),
		      "'run' measures again; decide on the review that stands then, or decline this one");
}

enum rc case_approvable(const struct review_case *c, bool fixed_as_of)
{
	if (c->champion_now != c->champion_set)
		return stale(c, "another set has become champion");
	if (!c->candidate_set)
		return err_do(err_set(RC_APPROVAL, "REV-108", "review %" PRId64 " has no candidate to promote", c->review_id),
			      "'run' fits one");
	if (!c->purchase_status)
		return err_set(RC_APPROVAL, "REV-108", "candidate set %" PRId64 " has no purchase model", c->candidate_set);
	if (!converged(c->purchase_status) || !spend_scores(c->spend_status))
		return err_do(err_set(RC_APPROVAL, "REV-108", "candidate set %" PRId64 " did not converge: its %s model ended as '%s'",
				      c->candidate_set, converged(c->purchase_status) ? "spend" : "purchase",
				      converged(c->purchase_status) ? c->spend_status : c->purchase_status),
			      "'decline' keeps the champion; 'show model_fit' tells why");
	if (!c->live_features || strcmp(c->live_features, c->candidate_features) != 0)
		return stale(c, "the features are not those that the candidate was fitted on");
	if (!fixed_as_of && c->newest_day != DAY_NONE && c->live_as_of != DAY_NONE && c->newest_day > c->live_as_of)
		return stale(c, "purchases of later days were imported");
	return RC_OK;
}
