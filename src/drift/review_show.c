/* What a person sees before deciding: the review, the two sets side by side, what moved. Writes nothing. */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "drift/case_priv.h"
#include "drift/decision.h"
#include "module/due.h"
#include "store/query.h"

static struct js *int_or_null(const struct query *q, int column)
{
	return query_is_null(q, column) ? js_null() : js_int(query_int(q, column));
}

static void set_day(struct js *x, const char *key, const struct query *q, int column)
{
	char day[16];
	if (query_is_null(q, column)) {
		js_set(x, key, js_null());
		return;
	}
	day_format(day, (day_t)query_int(q, column));
	js_set_text(x, key, day);
}

/* One object a row, made by `row`, in an array. */
static enum rc each(struct store *s, const char *statement, int64_t id, struct js *list, struct js *(*row)(const struct query *q))
{
	struct query *q;
	bool more;
	enum rc rc = query_open(s, statement, &q);
	if (rc)
		return rc;
	if (id)
		query_bind_int(q, 1, id);
	while (!(rc = query_step(q, &more)) && more)
		js_add(list, row(q));
	query_close(q);
	return rc;
}

/* ---- list ---- */

static struct js *list_row(const struct query *q)
{
	struct js *x = js_object();
	day_t until = query_is_null(q, 9) ? DAY_NONE : (day_t)query_int(q, 9);
	js_set_int(x, "review", query_int(q, 0));
	js_set_text(x, "state", query_text(q, 1));
	js_set_bool(x, "due", review_due(query_text(q, 1), until));
	js_set_text(x, "opened_at", query_text(q, 2));
	js_set_int(x, "run", query_int(q, 3));
	js_set_int(x, "champion", query_int(q, 4));
	js_set(x, "candidate", int_or_null(q, 5));
	js_set_text(x, "reason", query_text(q, 6));
	js_set_text(x, "by", query_text(q, 7));
	js_set_text(x, "decision_reason", query_text(q, 8));
	set_day(x, "until", q, 9);
	js_set_text(x, "decided_at", query_text(q, 10));
	return x;
}

enum rc review_list(struct store *s, struct arena *a, struct js **out)
{
	struct js *list = js_array();
	(void)a;
	enum rc rc = each(s, "statement/drift_review_list", 0, list, list_row);
	if (rc) {
		js_free(list);
		return rc;
	}
	*out = js_object();
	js_set(*out, "reviews", list);
	return RC_OK;
}

/* ---- one set ---- */

static struct js *model_row(const struct query *q)
{
	struct js *x = js_object();
	js_set_int(x, "fit", query_int(q, 0));
	js_set_text(x, "role", query_text(q, 1));
	js_set_text(x, "model", query_text(q, 2));
	js_set_text(x, "status", query_text(q, 3));
	js_set_text(x, "message", query_text(q, 4));
	js_set_real(x, "loglik", query_real(q, 5));
	js_set_int(x, "customers", query_int(q, 6));
	return x;
}

static struct js *param_row(const struct query *q)
{
	struct js *x = js_object();
	js_set_text(x, "name", query_text(q, 0));
	js_set_real(x, "value", query_real(q, 1));
	js_set_real(x, "se", query_real(q, 2));
	return x;
}

/* {name: value} and {name: se} from the rows. */
static enum rc add_params(struct store *s, struct js *model)
{
	struct js *rows = js_array(), *params = js_object(), *se = js_object();
	enum rc rc = each(s, "statement/drift_params", js_int_of(js_get(model, "fit")), rows, param_row);
	for (size_t i = 0; i < js_count(rows); i++) {
		const struct js *r = js_at(rows, i);
		js_set_real(params, js_text_of(js_get(r, "name")), js_real_of(js_get(r, "value")));
		js_set_real(se, js_text_of(js_get(r, "name")), js_real_of(js_get(r, "se")));
	}
	js_free(rows);
	js_set(model, "params", params);
	js_set(model, "se", se);
	return rc;
}

static struct js *set_row(const struct query *q)
{
	struct js *x = js_object();
	js_set_int(x, "set", query_int(q, 0));
	js_set_text(x, "kind", query_text(q, 1));
	set_day(x, "as_of", q, 2);
	js_set_text(x, "period", query_text(q, 3));
	js_set_int(x, "customers", query_int(q, 4));
	js_set_text(x, "digest", query_text(q, 5));
	js_set(x, "holdout_from", int_or_null(q, 6));
	js_set(x, "holdout_to", int_or_null(q, 7));
	return x;
}

/* The set as an object, or null. */
static enum rc add_set(struct store *s, struct js *to, const char *key, int64_t set_id)
{
	struct js *sets = js_array(), *models = js_array(), *set;
	enum rc rc = each(s, "statement/drift_set", set_id, sets, set_row);
	rc = rc ? rc : each(s, "statement/drift_set_models", set_id, models, model_row);
	for (size_t i = 0; !rc && i < js_count(models); i++)
		rc = add_params(s, js_at(models, i));
	set = set_id && js_count(sets) ? js_copy(js_at(sets, 0)) : js_null();
	js_free(sets);
	if (js_is_null(set))
		js_free(models);
	else
		js_set(set, "models", models);
	js_set(to, key, set);
	return rc;
}

/* ---- the two side by side ---- */

static bool same_int(const struct js *a, const struct js *b, const char *key)
{
	return !js_is_null(js_get(a, key)) && !js_is_null(js_get(b, key)) && js_int_of(js_get(a, key)) == js_int_of(js_get(b, key));
}

static enum rc add_comparison(struct store *s, const struct review_case *c, struct js *to)
{
	struct query *q;
	bool row, asked = false;
	struct js *x = js_object(), *list = js_array();
	const struct js *champion = js_get(to, "champion"), *candidate = js_get(to, "candidate");
	enum rc rc = query_open(s, "statement/drift_comparison", &q);
	if (!rc) {
		query_bind_int(q, 1, c->champion_set);
		query_bind_int(q, 2, c->candidate_set);
		while (!(rc = query_step(q, &row)) && row) {
			struct js *m = js_object();
			js_set_text(m, "model", query_text(q, 0));
			js_set_text(m, "target", query_text(q, 1));
			js_set_text(m, "metric", query_text(q, 2));
			js_set_real(m, "champion", query_real(q, 3));
			js_set_real(m, "candidate", query_real(q, 4));
			js_add(list, m);
			asked = query_int(q, 5) != 0;
		}
		query_close(q);
	}
	js_set_bool(x, "same_holdout", asked || (same_int(champion, candidate, "holdout_from") && same_int(champion, candidate, "holdout_to")));
	js_set(x, "metrics", list);
	js_set(to, "comparison", x);
	return rc;
}

static struct js *decision_row(const struct query *q)
{
	struct js *x = js_object();
	js_set_text(x, "decision", query_text(q, 0));
	js_set_text(x, "by", query_text(q, 1));
	js_set_text(x, "login", query_text(q, 2));
	js_set_text(x, "host", query_text(q, 3));
	js_set_text(x, "reason", query_text(q, 4));
	set_day(x, "until", q, 5);
	js_set_text(x, "evidence", query_text(q, 6));
	js_set_text(x, "at", query_text(q, 7));
	js_set_int(x, "audit_seq", query_int(q, 8));
	return x;
}

/* What moved, as its report told it. */
static enum rc add_measures(struct store *s, struct arena *a, const struct review_case *c, struct js *to)
{
	char *text = NULL;
	struct js *report = NULL;
	enum rc rc = query_get_text(s, a, "statement/drift_report_of", &text, "i", c->made);
	if (!rc && text)
		rc = js_read(text, strlen(text), "drift report", &report);
	if (rc || !report)
		return rc;
	js_set(to, "population", js_copy(js_get(report, "population")));
	js_set(to, "features", js_copy(js_get(report, "features")));
	js_set(to, "predictions", js_copy(js_get(report, "predictions")));
	js_set(to, "accuracy", js_copy(js_get(report, "accuracy")));
	js_free(report);
	return RC_OK;
}

static void add_head(const struct review_case *c, struct js *x)
{
	char hex[DIGEST_HEX], day[16];
	case_evidence(c, hex);
	js_set_int(x, "review", c->review_id);
	js_set_text(x, "state", c->state);
	js_set_bool(x, "due", review_due(c->state, c->until));
	js_set_text(x, "opened_at", c->opened_at);
	js_set_int(x, "run", c->run_id);
	js_set_int(x, "confirm", c->run_id);
	js_set_text(x, "reason", c->reason);
	day_format(day, c->as_of);
	js_set_text(x, "as_of", day);
	js_set_text(x, "evidence", hex);
}

/* Would an approval be refused now? The settings are not asked: newer purchases count here. */
static void add_obstacle(const struct review_case *c, struct js *x)
{
	const char *why = NULL;
	bool good = case_waits(c) && !case_approvable(c, NULL);
	if (case_waits(c) && !good)
		why = err_get()->why;
	js_set_bool(x, "approvable", good);
	js_set_text(x, "obstacle", why);
	if (why)
		err_clear();
}

enum rc review_show(struct store *s, struct arena *a, int64_t review_id, struct js **out)
{
	struct review_case c;
	enum rc rc = case_load(s, a, review_id, &c);
	if (rc)
		return rc;
	if (!c.found)
		return err_do(err_set(RC_USAGE, "REV-101", "there is no review %" PRId64, review_id), "'review list' shows them");
	struct js *x = js_object(), *decisions = js_array();
	add_head(&c, x);
	rc = add_set(s, x, "champion", c.champion_set);
	rc = rc ? rc : add_set(s, x, "candidate", c.candidate_set);
	rc = rc ? rc : add_measures(s, a, &c, x);
	rc = rc ? rc : add_comparison(s, &c, x);
	rc = rc ? rc : each(s, "statement/drift_decisions", review_id, decisions, decision_row);
	js_set(x, "decisions", decisions);
	if (rc) {
		js_free(x);
		return rc;
	}
	add_obstacle(&c, x);
	*out = x;
	return RC_OK;
}
