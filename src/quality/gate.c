/* Runs the checks of a table, keeps what they found, gives the verdict. What a check is stands in check.c
 * and rows.c. Owns qc_result and qc_gate. */
#include "config.h"

#include "quality/gate.h"

#include <string.h>

#include "base/str.h"
#include "module/contract.h"
#include "quality/check.h"
#include "quality/held.h"
#include "quality/rows.h"
#include "quality/scores.h"
#include "quality/stored.h"
#include "store/query.h"

#define RAW_TABLE "raw_customer"

struct judged {               /* a table of one execution */
	const char  *table;
	int64_t      rows;
	day_t        as_of;
	enum verdict verdict;     /* the worst of its findings */
};

static bool is_raw(const char *table)
{
	return !strncmp(table, "raw_", 4);
}

bool gate_has(const char *table)
{
	if (!strcmp(table, "qc_gate"))
		return true;
	return !is_raw(table) && (rows_gated(table) || check_name(table, 0));
}

static int64_t made_of(const struct run *run, const char *table)
{
	for (size_t i = 0; i < run->sources; i++)
		if (!strcmp(run->source[i].table, table))
			return run->source[i].made;
	return 0;
}

static enum rc keep(const struct check_context *c, struct judged *j, const struct finding *f)
{
	if (f->verdict > j->verdict)
		j->verdict = f->verdict;
	return query_run(c->run->store, "statement/quality_result", "ittttiittt", c->made, f->id, j->table,
		verdict_name(f->severity), verdict_name(f->verdict), f->hits, f->total, f->threshold, f->sentence,
		f->examples);
}

static enum rc run_rows(struct arena *a, struct check_context *c, struct judged *j)
{
	struct finding *list = arena_alloc(a, rows_findings(), sizeof *list);
	size_t          n = 0;
	enum rc         rc = rows_check(a, c, j->table, list, &n);
	for (size_t i = 0; !rc && i < n; i++)
		rc = keep(c, j, &list[i]);
	return rc;
}

/* What the live contract says of the raw tables, and what is asked of them without one. */
static enum rc run_held(struct arena *a, struct check_context *c, struct judged *j)
{
	struct contract *contract = NULL;
	size_t           n = 0;
	enum rc          rc = contract_live(c->run->store, a, "orders", &contract);
	struct finding  *list = arena_alloc(a, held_findings(contract), sizeof *list);
	rc = rc ? rc : held_check(a, c, contract, list, &n);
	for (size_t i = 0; !rc && i < n; i++)
		rc = keep(c, j, &list[i]);
	return rc;
}

static enum rc run_sql(struct arena *a, const struct check_context *c, struct judged *j)
{
	const char *name;
	for (size_t i = 0; (name = check_name(j->table, i)); i++) {
		struct finding f;
		bool           applies = false;
		enum rc        rc = check_run(a, c, name, &f, &applies);
		if (!rc && applies)
			rc = keep(c, j, &f);
		if (!rc)
			rc = run_tick(c->run, "checks", (int64_t)i + 1, 0);
		if (rc)
			return rc;
	}
	return RC_OK;
}

/* Rows, and the day they are of: the back-test's are of its cut. */
static enum rc measure(const struct check_context *c, struct judged *j)
{
	int64_t cut = DAY_NONE;
	enum rc rc = RC_OK;
	j->rows = check_word(c, "rows");
	j->as_of = c->run->as_of;
	if (!strcmp(j->table, "feat_backtest")) {
		rc = query_get_int(c->run->store, "statement/quality_cut", &cut, "i", c->made);
		j->as_of = (day_t)cut;
	}
	return rc;
}

static enum rc write_verdict(const struct check_context *c, const struct judged *j)
{
	char          now[32];
	struct query *q;
	bool          row;
	enum rc       rc = query_open(c->run->store, "statement/quality_gate", &q);
	if (rc)
		return rc;
	clock_now(now);
	query_bind_text(q, 1, j->table);
	query_bind_int(q, 2, c->made);
	query_bind_text(q, 3, verdict_name(j->verdict));
	if (j->as_of == DAY_NONE)
		query_bind_null(q, 4);
	else
		query_bind_int(q, 4, j->as_of);
	query_bind_int(q, 5, j->rows);
	query_bind_text(q, 6, now);
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

/* Columns first: without them neither rows nor sets can be asked about. */
static enum rc run_checks(struct arena *a, struct check_context *c, struct judged *j)
{
	enum rc rc = query_run(c->run->store, "statement/quality_clear", "it", c->made, j->table);
	if (!rc && rows_gated(j->table))
		rc = run_rows(a, c, j);
	bool columns = !rows_gated(j->table) || check_word(c, "rows") > 0 || j->verdict != VERDICT_STOP;
	if (!rc && !strcmp(j->table, "score_customer"))
		rc = scores_count(c);
	if (!rc && columns)
		rc = check_count(a, c, j->table);
	if (!rc && columns)
		rc = run_sql(a, c, j);
	if (!rc && !strcmp(j->table, RAW_TABLE))
		rc = run_held(a, c, j);
	if (!rc)
		rc = measure(c, j);
	return rc ? rc : write_verdict(c, j);
}

static enum rc stored_verdict(struct run *run, bool *stopped)
{
	struct arena *a = arena_new();
	char         *verdict = NULL;
	enum rc       rc = query_get_text(run->store, a, "statement/module_pass_gate", &verdict, "ti", RAW_TABLE,
		run->made);
	*stopped = !rc && verdict && verdict_of(verdict) == VERDICT_STOP;
	arena_free(a);
	return rc;
}

enum rc gate_run(struct run *run, const char *table, bool *stopped)
{
	if (!strcmp(table, "qc_gate"))
		return stored_verdict(run, stopped);
	bool own = !strncmp(table, "feat_", 5);
	struct check_context c = {
		.run = run, .made = run->made, .features = own ? run->made : made_of(run, "feat_customer"),
	};
	struct judged j = { .table = table, .verdict = VERDICT_PASS };
	struct arena *a = arena_new();
	enum rc       rc = run_checks(a, &c, &j);
	arena_free(a);
	if (!rc)
		*stopped = j.verdict == VERDICT_STOP;
	return rc;
}

/* "a, b, c" of a JSON array of texts. */
static void add_examples(struct str *out, const char *json)
{
	struct js *list = NULL;
	if (js_read(json, strlen(json), "examples", &list))
		return;
	for (size_t i = 0; i < js_count(list); i++) {
		const char *s = js_text_of(js_at(list, i));
		str_add(out, i ? ", " : "; for example ");
		str_add_visible(out, s ? s : "?", s ? strlen(s) : 1);
	}
	js_free(list);
}

static enum rc refuse(struct arena *a, struct query *q)
{
	const char *id = arena_text(a, query_text(q, 0)), *todo;
	struct str  text = { 0 };
	bool        row = true;
	str_addf(&text, "%s: ", id);
	str_add_visible(&text, query_text(q, 1), strlen(query_text(q, 1)));
	str_addf(&text, "; needed: %s", query_text(q, 2));
	add_examples(&text, query_text(q, 3));
	int more = 0;
	while (!query_step(q, &row) && row)
		more++;
	if (more)
		str_addf(&text, "; %d more rule%s failed", more, more > 1 ? "s" : "");
	enum rc rc = err_set(RC_DATA, "GATE-110", "%s", text.s);
	str_clear(&text);
	todo = check_todo(a, id);
	return err_do(rc, "%s", todo ? todo : "'quality' shows every rule; the last good results stay as they are");
}

enum rc gate_refuse(struct run *run, const char *table)
{
	struct arena *a = arena_new();
	struct query *q = NULL;
	bool          row = false;
	enum rc       rc = query_open(run->store, "statement/quality_stops", &q);
	if (!rc) {
		query_bind_int(q, 1, run->made);
		query_bind_text(q, 2, strcmp(table, "qc_gate") ? table : RAW_TABLE);
		rc = query_step(q, &row);
	}
	if (!rc)
		rc = row ? refuse(a, q) : err_set(RC_DATA, "GATE-111", "the gate of %s did not pass", table);
	query_close(q);
	arena_free(a);
	return rc;
}

static struct js *ratio_of(int64_t hits, int64_t total, const char *verdict)
{
	struct js *o = js_object();
	js_set_int(o, "ok", total - hits);
	js_set_int(o, "total", total);
	js_set_real(o, "share", total ? (double)(total - hits) / (double)total : 1.0);
	js_set_text(o, "verdict", verdict);
	return o;
}

static struct js *check_json(struct query *q)
{
	static const char *const name[] = { "id", "table", "severity", "verdict" };
	struct js *o = js_object(), *examples = NULL;
	for (int i = 0; i < 4; i++)
		js_set_text(o, name[i], query_text(q, i));
	int64_t hits = query_int(q, 4), total = query_int(q, 5);
	js_set_int(o, "hits", hits);
	js_set_int(o, "total", total);
	js_set_real(o, "share", total ? (double)hits / (double)total : 0.0);
	js_set_text(o, "threshold", query_text(q, 6));
	js_set_text(o, "sentence", query_text(q, 7));
	const char *text = query_text(q, 8);
	js_set(o, "examples", js_read(text, strlen(text), "examples", &examples) ? js_array() : examples);
	return o;
}

enum rc gate_report(struct store *s, int64_t made, struct js **out)
{
	static const char prefix[] = "G3-customers-";
	struct query     *q;
	bool              row;
	enum verdict      worst = VERDICT_SKIP;
	enum rc           rc = query_open(s, "statement/quality_results", &q);
	if (rc)
		return rc;
	struct js *all = js_object(), *checks = js_array(), *ratio = js_object();
	query_bind_int(q, 1, made);
	while (!(rc = query_step(q, &row)) && row) {
		const char  *id = query_text(q, 0);
		enum verdict v = verdict_of(query_text(q, 3));
		if (!strncmp(id, prefix, sizeof prefix - 1))
			js_set(ratio, id + sizeof prefix - 1, ratio_of(query_int(q, 4), query_int(q, 5), query_text(q, 3)));
		worst = v > worst ? v : worst;
		js_add(checks, check_json(q));
	}
	query_close(q);
	worst = worst < VERDICT_PASS ? VERDICT_PASS : worst;
	js_set_text(all, "verdict", js_count(checks) ? verdict_name(worst) : "none");
	js_set(all, "checks", checks);
	js_set(all, "ratio", ratio);
	if (rc)
		js_free(all);
	else
		*out = all;
	return rc;
}

static struct js *finding_json(const struct finding *f)
{
	struct js *o = js_object(), *examples = NULL;
	js_set_text(o, "id", f->id);
	js_set_text(o, "severity", verdict_name(f->severity));
	js_set_text(o, "verdict", verdict_name(f->verdict));
	js_set_int(o, "hits", f->hits);
	js_set_int(o, "total", f->total);
	js_set_text(o, "threshold", f->threshold);
	js_set_text(o, "sentence", f->sentence);
	js_set(o, "examples", js_read(f->examples, strlen(f->examples), "examples", &examples) ? js_array() : examples);
	return o;
}

enum rc gate_contract(struct run *run, const struct contract *contract, struct js **out)
{
	struct check_context c = { .run = run };
	struct arena        *a = arena_new();
	struct finding      *list = arena_alloc(a, held_findings(contract) + contract->checks, sizeof *list);
	size_t               n = 0, stored = 0;
	enum rc              rc = check_count(a, &c, RAW_TABLE);
	rc = rc ? rc : held_check(a, &c, contract, list, &n);
	rc = rc ? rc : stored_check(a, &c, contract, list + n, &stored);
	n += stored;
	if (!rc)
		*out = js_array();
	for (size_t i = 0; !rc && i < n; i++)
		js_add(*out, finding_json(&list[i]));
	arena_free(a);
	return rc;
}
