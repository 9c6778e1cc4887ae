/* Makes, stores and shows the report of the drift stage. Judges nothing. Owns drift_run, drift_feature,
 * drift_histogram. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "drift/decision.h"
#include "drift/report_priv.h"
#include "module/seal.h"
#include "store/query.h"

#define REASONS 3

/* ---- make ---- */

static struct js *series_array(const struct comparison *c, bool predicted)
{
	struct js *list = js_array();
	for (size_t i = 0; i < c->n; i++)
		if ((c->series[i].scope == SCOPE_PREDICTION) == predicted)
			js_add(list, series_json(&c->series[i]));
	return list;
}

static struct js *predictions(const struct comparison *c)
{
	struct js *x = js_object(), *ratio = js_object();
	for (size_t i = 0; i < c->n; i++)
		if (c->series[i].scope == SCOPE_PREDICTION)
			js_set_real(ratio, c->series[i].f->name, c->series[i].m.cur_mean / c->series[i].m.ref_mean);
	js_set(x, "features", series_array(c, true));
	js_set(x, "mean_ratio", ratio);
	js_set_real(x, "limit", c->rules.prediction);
	return x;
}

static struct js *rules_json(const struct measure_rules *r)
{
	struct js *x = js_object();
	js_set_real(x, "alpha", r->alpha);
	js_set_real(x, "effect", r->effect);
	js_set_int(x, "min_customers", (int64_t)r->min_customers);
	js_set_int(x, "psi_bins", (int64_t)r->psi_bins);
	return x;
}

static struct js *baseline_json(const struct baseline *b)
{
	struct js *x = js_object();
	char day[16];
	day_format(day, b->as_of);
	js_set_text(x, "as_of", day);
	js_set_int(x, "window_days", b->window_days);
	js_set_text(x, "digest", b->digest);
	return x;
}

static struct js *ages_json(const struct comparison *c)
{
	struct js *x = js_object();
	js_set_bool(x, "matched", c->ages_matched);
	js_set_int(x, "compared", (int64_t)c->ages_kept);
	js_set_int(x, "of", (int64_t)c->cohort);
	return x;
}

static const char *population_words(struct run *run, const struct comparison *c)
{
	char day[16];
	day_format(day, run->as_of);
	const char *words = c->cohort ?
		arena_printf(run->arena, "%zu customers first seen in the %d days up to %s", c->cohort, (int)c->baseline.window_days, day) :
		arena_printf(run->arena, "no customer was first seen in the %d days up to %s", (int)c->baseline.window_days, day);
	return c->ages_matched ? arena_printf(run->arena, "%s; %zu of them as old as the baseline's", words, c->ages_kept) : words;
}

void report_make(struct run *run, struct measured *m)
{
	const struct comparison *c = m->comparison;
	char day[16];
	day_format(day, run->as_of);
	m->population = population_words(run, c);
	m->report = js_object();
	js_set_text(m->report, "verdict", drift_verdict_name(c->verdict));
	js_set_text(m->report, "as_of", day);
	js_set_text(m->report, "population", m->population);
	js_set(m->report, "baseline", baseline_json(&c->baseline));
	js_set(m->report, "ages", ages_json(c));
	js_set(m->report, "rules", rules_json(&c->rules));
	js_set(m->report, "features", series_array(c, false));
	js_set(m->report, "predictions", predictions(c));
	js_set(m->report, "accuracy", js_copy(m->accuracy->json));
}

/* ---- save ---- */

static enum rc save_feature(struct run *run, const struct series *s)
{
	struct query *q;
	bool row;
	const struct measure *m = &s->m;
	const double number[] = { m->ks, m->p, m->q, m->psi, m->w1, m->w1_log, m->js, m->effect, m->threshold, m->ref_median, m->cur_median };
	enum rc rc = query_open(run->store, "statement/drift_feature_put", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, run->made);
	query_bind_text(q, 2, s->f->name);
	query_bind_text(q, 3, scope_name(s->scope));
	query_bind_text(q, 4, feature_type_name(s->f->type));
	query_bind_int(q, 5, s->ref.count);
	query_bind_int(q, 6, s->cur.count);
	for (int i = 0; i < (int)(sizeof(number) / sizeof(*number)); i++)
		query_bind_real(q, 7 + i, number[i]);
	query_bind_text(q, 18, drift_verdict_name(m->verdict));
	query_bind_text(q, 19, s->sentence);
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

static enum rc save_picture(struct run *run, const struct series *s)
{
	const struct picture *p = &s->picture;
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < p->n; i++)
		rc = query_run(run->store, "statement/drift_histogram_put", "ittirrrr", run->made, scope_name(s->scope), s->f->name,
			       (int64_t)i + 1, p->low[i], p->high[i], p->ref[i], p->cur[i]);
	return rc;
}

enum rc report_digest(struct store *s, int64_t made, char hex[DIGEST_HEX])
{
	struct digest *d = digest_new();
	enum rc rc = seal_rows(s, "statement/drift_seal_run", made, d);
	rc = rc ? rc : seal_rows(s, "statement/drift_seal_features", made, d);
	rc = rc ? rc : seal_rows(s, "statement/drift_seal_histograms", made, d);
	digest_end(d, hex);
	return rc;
}

enum rc report_save(struct run *run, struct measured *m)
{
	const struct comparison *c = m->comparison;
	struct str text = { 0 };
	js_write(&text, m->report, false, true);
	enum rc rc = query_run(run->store, "statement/drift_run_put", "iiiitttitt", run->made, m->champion->set_id, (int64_t)run->as_of,
			       (int64_t)c->baseline.as_of, m->population, drift_verdict_name(c->verdict),
			       m->accuracy->matured ? "matured" : "not_matured", (int64_t)m->accuracy->matures_on, text.s, "");
	for (size_t i = 0; !rc && i < c->n; i++)
		if (!(rc = save_feature(run, &c->series[i])))
			rc = save_picture(run, &c->series[i]);
	rc = rc ? rc : report_digest(run->store, run->made, m->digest);
	rc = rc ? rc : query_run(run->store, "statement/drift_seal_put", "it", run->made, m->digest);
	str_clear(&text);
	return rc;
}

const char *report_reason(struct arena *a, const struct comparison *c)
{
	struct str t = { 0 };
	size_t alarms = 0;
	for (size_t i = 0; i < c->n; i++) {
		const struct series *s = &c->series[i];
		if (s->scope != SCOPE_COHORT || s->m.verdict != VERDICT_ALARM || ++alarms > REASONS)
			continue;
		str_addf(&t, "%s%s: %s", alarms > 1 ? "; " : "", s->f->name, s->sentence);
	}
	if (alarms > REASONS)
		str_addf(&t, "; and %zu more", alarms - REASONS);
	const char *out = arena_text(a, t.s ? t.s : "");
	str_clear(&t);
	return out;
}

/* ---- show ---- */

static struct js *nothing_yet(void)
{
	struct js *x = js_object();
	js_set_text(x, "verdict", "none");
	js_set(x, "features", js_array());
	js_set(x, "predictions", js_object());
	js_set(x, "accuracy", js_null());
	js_set(x, "review", js_null());
	return x;
}

static enum rc add_review(struct store *s, struct js *report)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/drift_waiting", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	if (!rc && row) {
		struct js *x = js_object();
		js_set_int(x, "review", query_int(q, 0));
		js_set_text(x, "state", query_text(q, 1));
		js_set_int(x, "run", query_int(q, 5));
		js_set_text(x, "reason", query_text(q, 6));
		js_set(report, "review", x);
	} else if (!rc) {
		js_set(report, "review", js_null());
	}
	query_close(q);
	return rc;
}

enum rc drift_report(struct store *s, struct arena *a, struct js **out)
{
	char *text = NULL;
	int64_t run_id = 0;
	enum rc rc = query_get_text(s, a, "statement/drift_report", &text, "");
	rc = rc ? rc : query_get_int(s, "statement/drift_report_run", &run_id, "");
	if (rc)
		return rc;
	if (!text) {
		*out = nothing_yet();
		return RC_OK;
	}
	struct js *report = NULL;
	rc = js_read(text, strlen(text), "drift report", &report);
	if (!rc) {
		js_set_int(report, "run", run_id);
		rc = add_review(s, report);
	}
	if (rc)
		js_free(report);
	else
		*out = report;
	return rc;
}
