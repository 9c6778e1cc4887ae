/* Loads a review with everything around it in one row, and holds an approval against it: what was shown is
 * what is signed. Writes nothing. */
#include "config.h"

#include "drift/case_priv.h"

#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "drift/report_priv.h"
#include "module/seal.h"
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
		.run_settings = arena_text(a, query_text(q, 20)),
	};
}

static enum rc check_set(struct store *s, struct arena *a, const char *what, int64_t set_id, char hex[DIGEST_HEX], const char **changed)
{
	bool whole = true;
	enum rc rc = set_id ? seal_set_whole(s, set_id, hex, &whole) : RC_OK;
	if (!whole && !*changed)
		*changed = arena_printf(a, "%s set %" PRId64 " is not what was fitted", what, set_id);
	return rc;
}

/* Hold every row that a decision rests on against what was written down of it. */
static enum rc check_rows(struct store *s, struct arena *a, struct review_case *c)
{
	int64_t audited = 0;
	enum rc rc = query_get_int(s, "statement/drift_review_audited", &audited, "i", c->review_id);
	rc = rc ? rc : report_digest(s, c->made, c->drift_rows);
	if (!rc && !audited)
		c->changed = arena_printf(a, "review %" PRId64 " is not the one that was opened", c->review_id);
	else if (!rc && strcmp(c->drift_rows, c->drift_digest) != 0)
		c->changed = arena_printf(a, "the drift of review %" PRId64 " is not what was measured", c->review_id);
	rc = rc ? rc : check_set(s, a, "champion", c->champion_set, c->champion_rows, &c->changed);
	return rc ? rc : check_set(s, a, "candidate", c->candidate_set, c->candidate_rows, &c->changed);
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
	return rc || !out->found ? rc : check_rows(s, a, out);
}

void case_evidence(const struct review_case *c, char hex[DIGEST_HEX])
{
	struct str text = { 0 };
	char day[16];
	struct js *x = js_object();
	day_format(day, c->as_of);
	js_set_int(x, "review", c->review_id);
	js_set_int(x, "run", c->run_id);
	js_set_text(x, "reason", c->reason);
	js_set_text(x, "drift", c->drift_rows);
	js_set_text(x, "champion", c->champion_digest);
	js_set_text(x, "champion_rows", c->champion_rows);
	js_set_text(x, "candidate", c->candidate_digest);
	js_set_text(x, "candidate_rows", c->candidate_rows);
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

/* What neither a prediction nor a gate depends on. The as-of day is held against the review's own. */
static bool no_matter(const char *key)
{
	static const char *const keys[] = { "threads", "output.dir", "input", "as_of", "review.by" };
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(key, keys[i]))
			return true;
	return !strncmp(key, "screen.", strlen("screen."));
}

static enum rc other_setting(const struct review_case *c, const char *key, const char *now, const char *then)
{
	return err_do(err_set(RC_APPROVAL, "REV-110", "the settings are not those of run %" PRId64 ": %s is %s, the run had %s", c->run_id,
			      key, now, then), "approve with the settings of the run, --set %s=...; a 'run' after it may have others", key);
}

/* A key that the run did not know had its standard value there. */
static enum rc check_setting(const struct review_case *c, const char *key, bool standard, const struct js *now, const struct js *then)
{
	struct str is = { 0 }, was = { 0 };
	enum rc rc = RC_OK;
	js_write(&is, now, false, true);
	if (then)
		js_write(&was, then, false, true);
	if (then ? strcmp(is.s, was.s) != 0 : !standard)
		rc = other_setting(c, key, is.s, then ? was.s : "its standard");
	str_clear(&is);
	str_clear(&was);
	return rc;
}

static enum rc check_settings(const struct review_case *c, const struct settings *settings)
{
	char now[16], then[16];
	const char *value, *origin;
	struct js *was = NULL, *is;
	day_t as_of = settings_day(settings, "as_of");
	day_format(now, as_of);
	day_format(then, c->as_of);
	if (as_of != DAY_NONE && as_of != c->as_of)
		return other_setting(c, "as_of", now, then);
	enum rc rc = c->run_settings ? js_read(c->run_settings, strlen(c->run_settings), "settings of the run", &was) : RC_OK;
	if (rc || !was)
		return rc;
	is = settings_json(settings, NULL);
	for (size_t i = 0; !rc && i < settings_count(settings); i++) {
		const struct setting *known = settings_at(settings, i, &value, &origin);
		if (!no_matter(known->key))
			rc = check_setting(c, known->key, !strcmp(origin, "default"), js_get(is, known->key), js_get(was, known->key));
	}
	js_free(is);
	js_free(was);
	return rc;
}

static enum rc check_candidate(const struct review_case *c)
{
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
	return RC_OK;
}

enum rc case_approvable(const struct review_case *c, const struct settings *settings)
{
	bool fixed_as_of = settings && settings_day(settings, "as_of") != DAY_NONE;
	if (c->changed)
		return err_do(err_set(RC_APPROVAL, "REV-109", "the evidence changed since run %" PRId64 ": %s", c->run_id, c->changed),
			      "keep this store as evidence and go back to a backup made before");
	if (c->champion_now != c->champion_set)
		return stale(c, "another set has become champion");
	enum rc rc = check_candidate(c);
	if (rc)
		return rc;
	if (!c->live_features || strcmp(c->live_features, c->candidate_features) != 0)
		return stale(c, "the features are not those that the candidate was fitted on");
	if (!fixed_as_of && c->newest_day != DAY_NONE && c->live_as_of != DAY_NONE && c->newest_day > c->live_as_of)
		return stale(c, "purchases of later days were imported");
	return settings ? check_settings(c, settings) : RC_OK;
}
