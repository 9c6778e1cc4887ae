/* Judges sets of rows by a contract: freshness, volume, queries; and tells what import found row by row. Not here: what the contract says
 * (module/contract), the gate that follows (gate.c). Reads raw_contract. Owns no table. */
#include "config.h"

#include "quality/held.h"

#include <math.h>
#include <string.h>

#include "base/mask.h"
#include "base/str.h"
#include "module/contract.h"
#include "quality/volume.h"
#include "store/query.h"

enum { FAILING_MOST = 10000, CELLS_SHOWN = 6 };

static enum verdict severity_of(const struct contract_check *k)
{
	return k->severity == SEVERITY_STOP ? VERDICT_STOP : VERDICT_WARN;
}

static const char *id_of(struct arena *a, const char *id)
{
	return arena_printf(a, "contract:%s", id);
}

size_t held_findings(const struct contract *c)
{
	return 1 + (c ? c->checks : 0);
}

/* Rows */

static const struct contract_check *find(const struct contract *c, const char *id)
{
	for (size_t i = 0; i < c->checks; i++)
		if (!strcmp(c->check[i].id, id))
			return &c->check[i];
	return NULL;
}

static const char *limits(struct arena *a, const struct contract_check *k)
{
	if (!k->warn_if.said && !k->error_if.said)
		return k->term == TERM_DISTRIBUTION ? "like the last accepted file" : "every row";
	return arena_printf(a, "warn if %s, error if %s", contract_limit_text(a, &k->warn_if), contract_limit_text(a, &k->error_if));
}

static struct finding row_finding(struct arena *a, const struct contract_check *k, const struct query *q)
{
	int64_t looked = query_int(q, 3), failing = query_int(q, 4), files = query_int(q, 5);
	bool    warns = query_int(q, 2) != 0;
	struct finding f = {
		.id = id_of(a, k->id), .severity = severity_of(k), .verdict = warns ? VERDICT_WARN : VERDICT_PASS, .hits = failing, .total = looked,
		.threshold = limits(a, k), .examples = arena_text(a, query_text(q, 7)),
	};
	if (k->term == TERM_DISTRIBUTION) {
		f.hits = warns;
		f.total = files;
		f.sentence = arena_text(a, query_text(q, 6));
	} else if (failing == 0) {
		f.sentence = arena_printf(a, "%s holds in %lld rows of %lld files", k->id, (long long)looked, (long long)files);
	} else {
		f.sentence = arena_printf(a, "%s fails in %lld of %lld rows of %lld files%s", k->id, (long long)failing, (long long)looked, (long long)files,
			k->severity == SEVERITY_QUARANTINE ? "; they are set aside" : "");
	}
	return f;
}

static enum rc held_rows(struct arena *a, const struct check_context *c, const struct contract *contract, struct finding *out, size_t *n)
{
	struct query *q = NULL;
	bool          row = true;
	enum rc       rc = query_open(c->run->store, "statement/quality_contract_rows", &q);
	if (!rc)
		query_bind_int(q, 1, contract->version);
	while (!rc && !(rc = query_step(q, &row)) && row) {
		const struct contract_check *k = find(contract, query_text(q, 0));
		if (k)
			out[(*n)++] = row_finding(a, k, q);
	}
	query_close(q);
	return rc;
}

/* Freshness */

static struct finding freshness(struct arena *a, const struct check_context *c, const struct contract_check *k)
{
	int64_t        newest = check_word(c, "newest");
	bool           any = check_word(c, "rows") > 0 && newest != INT64_MIN;
	double         age = (double)(clock_today() - newest);
	char           day[16] = "", warn[32] = "never", stop[32] = "never";
	struct finding f = { .id = id_of(a, k->id), .severity = severity_of(k), .total = any, .examples = "[]" };
	if (!isnan(k->warn_after))
		str_double(warn, k->warn_after);
	if (!isnan(k->error_after))
		str_double(stop, k->error_after);
	f.threshold = arena_printf(a, "warn after %s days, error after %s", warn, stop);
	f.verdict = !any ? VERDICT_SKIP : age > k->error_after ? VERDICT_STOP : age > k->warn_after ? VERDICT_WARN : VERDICT_PASS;
	f.hits = f.verdict > VERDICT_PASS;
	if (any)
		day_format(day, (day_t)newest);
	f.sentence = any ? arena_printf(a, "the newest purchase is of %s, %.0f days ago", day, age) : "there is no purchase yet";
	return f;
}

/* Queries */

static void add_cell(struct str *t, const struct frame_column *c, size_t row)
{
	if (frame_missing(c, row))
		str_add(t, "none");
	else if (c->type == CELL_INT)
		str_addf(t, "%lld", (long long)c->i[row]);
	else if (c->type == CELL_REAL)
		str_add_double(t, c->r[row]);
	else
		mask_add_cell(t, c->name, c->t[row], strlen(c->t[row]));
}

/* "customer_id C7, day 2011-06-30": the first rows that fail. */
static const char *sample(struct arena *a, const struct frame *f)
{
	struct js *list = js_array();
	for (size_t r = 0; r < f->rows && r < CHECK_EXAMPLES; r++) {
		struct str t = { 0 };
		for (size_t k = 0; k < f->columns && k < CELLS_SHOWN; k++) {
			str_addf(&t, "%s%s ", k ? ", " : "", f->column[k].name);
			add_cell(&t, &f->column[k], r);
		}
		js_add_text(list, t.s ? t.s : "");
		str_clear(&t);
	}
	return check_examples(a, list);
}

static enum verdict verdict_from(enum contract_outcome o)
{
	return o == OUTCOME_STOP ? VERDICT_STOP : o == OUTCOME_WARN ? VERDICT_WARN : VERDICT_PASS;
}

static enum rc run_query(struct arena *a, const struct check_context *c, const struct contract_check *k, struct finding *f)
{
	struct frame *rows = NULL;
	bool          more = false;
	int64_t       looked = check_word(c, "counted");
	*f = (struct finding){ .id = id_of(a, k->id), .severity = severity_of(k), .threshold = limits(a, k), .examples = "[]" };
	enum rc rc = query_frame_guarded(c->run->store, a, k->sql, FAILING_MOST, &rows, &more);
	if (rc == RC_USAGE) {
		f->verdict = f->severity;
		f->hits = 1;
		f->sentence = arena_printf(a, "%s: the query cannot be run: %s", k->about, err_get()->why);
		err_clear();
		return RC_OK;
	}
	if (rc)
		return rc;
	f->hits = (int64_t)rows->rows;
	f->total = looked > f->hits ? looked : f->hits;
	f->verdict = verdict_from(contract_outcome(k, f->hits, f->total));
	f->examples = sample(a, rows);
	f->sentence = arena_printf(a, "%s: %s%lld rows fail", k->about, more ? "more than " : "", (long long)f->hits);
	return RC_OK;
}

enum rc held_check(struct arena *a, const struct check_context *c, const struct contract *contract, struct finding *out, size_t *n)
{
	const struct contract_check *volume = contract ? find(contract, "volume") : NULL;
	enum rc                      rc = volume_check(a, c, volume, &out[0]);
	*n = 1;
	if (!rc && contract && contract->version)
		rc = held_rows(a, c, contract, out, n);
	for (size_t i = 0; !rc && contract && i < contract->checks; i++) {
		const struct contract_check *k = &contract->check[i];
		if (k->term == TERM_FRESHNESS)
			out[(*n)++] = freshness(a, c, k);
		else if (k->term == TERM_SQL)
			rc = run_query(a, c, k, &out[(*n)++]);
	}
	return rc;
}
