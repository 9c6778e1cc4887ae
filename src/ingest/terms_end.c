/* What follows from a contract's checks at the end of a file: verdicts, sentences, the record. Owns raw_contract, raw_contract_spread. Not here: the
 * rows (terms.c), the file's own record and gate (import.c). */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "ingest/terms.h"
#include "store/query.h"

enum { SPREAD_LEAST = 50 }; /* values that a comparison needs on both sides */

static const char *const verdicts[] = { [OUTCOME_OK] = "pass", [OUTCOME_WARN] = "warn", [OUTCOME_STOP] = "stop" };

/* Distributions */

struct spread_row { const char *name; int64_t rows, missing, numbers; double mean, quantile[3]; };

static const double quantiles[3] = { 0.25, 0.5, 0.75 };
static const char *const quantile_names[3] = { "the lower quartile", "the median", "the upper quartile" };

static struct spread_row here(const struct term_spread *p)
{
	struct spread_row s = { .rows = p->rows, .missing = p->missing, .numbers = p->numbers, .mean = (double)NAN };

	if (p->numbers > 0)
		s.mean = p->sum / (double)p->numbers;
	for (int i = 0; i < 3; i++)
		s.quantile[i] = spread_quantile(p->spread, quantiles[i]);
	return s;
}

static enum rc read_last(struct arena *a, struct store *s, const char *field, struct spread_row *out, bool *there)
{
	struct query *q = NULL;
	enum rc rc = query_open(s, "statement/ingest_contract_spread_last", &q);

	*there = false;
	if (rc != RC_OK)
		return rc;
	query_bind_text(q, 1, field);
	rc = query_step(q, there);
	if (rc == RC_OK && *there) {
		*out = (struct spread_row){
			.name = arena_text(a, query_text(q, 0)), .rows = query_int(q, 1), .missing = query_int(q, 2), .numbers = query_int(q, 3),
			.mean = query_real(q, 4),
		};
		for (int i = 0; i < 3; i++)
			out->quantile[i] = query_real(q, 5 + i);
	}
	query_close(q);
	return rc;
}

/* "the median 12.5 was 8 (+56 %)" when it moved by more than `most` of what it was. */
static void compare(struct str *out, const char *what, double was, double is, double most)
{
	char before[32], after[32];

	if (isnan(most) || isnan(was) || isnan(is) || fabs(is - was) <= most * fabs(was))
		return;
	snprintf(before, sizeof before, "%.6g", was);
	snprintf(after, sizeof after, "%.6g", is);
	str_addf(out, "%s%s is %s and was %s", out->n > 0 ? ", " : "", what, after, before);
	if (was != 0)
		str_addf(out, " (%+.0f %%)", 100 * (is - was) / fabs(was));
}

static void compare_missing(struct str *out, const struct spread_row *was, const struct spread_row *is, double most)
{
	double before = (double)was->missing / (double)was->rows, after = (double)is->missing / (double)is->rows;

	if (!isnan(most) && fabs(after - before) > most)
		str_addf(out, "%.1f %% are missing and %.1f %% were", 100 * after, 100 * before);
}

static enum rc judge_spread(struct arena *a, struct store *s, const struct terms *t, size_t check, struct terms_result *out)
{
	const struct contract_check *c = &t->contract->check[check];
	const char *field = t->contract->field[c->field].name;
	struct spread_row was = { 0 }, is;
	struct str text = { 0 };
	bool there = false;
	enum rc rc = s != NULL ? read_last(a, s, field, &was, &there) : RC_OK;

	if (rc != RC_OK || !t->has[c->field])
		return rc;
	is = here(&t->spread[c->field]);
	out->sentence[check] = there ? "too few values to compare" : "the first file: nothing to compare with";
	if (!there || was.rows < SPREAD_LEAST || is.rows < SPREAD_LEAST)
		return RC_OK;
	compare_missing(&text, &was, &is, c->missing);
	if (was.numbers >= SPREAD_LEAST && is.numbers >= SPREAD_LEAST) {
		compare(&text, "the mean", was.mean, is.mean, c->mean);
		for (int i = 0; i < 3; i++)
			compare(&text, quantile_names[i], was.quantile[i], is.quantile[i], c->quantiles);
	}
	if (text.n > 0)
		out->outcome[check] = c->severity == SEVERITY_STOP ? OUTCOME_STOP : OUTCOME_WARN;
	out->sentence[check] = text.n > 0 ? arena_printf(a, "%s: against %s, %s", field, was.name, text.s) : arena_printf(a, "%s is like in %s", field, was.name);
	str_clear(&text);
	return RC_OK;
}

/* Rows */

static const char *say(struct arena *a, const struct terms *t, size_t check)
{
	const struct contract_check *c = &t->contract->check[check];
	const struct term_found *f = &t->found[check];
	const char *is = *c->is != '\0' ? arena_printf(a, " (%.80s)", c->is) : "";
	const char *first = *f->example != '\0' ? arena_printf(a, ": %s", f->example) : "";

	return arena_printf(a, "%s%s fails in %lld of %lld rows, first in line %lld%s", c->id, is, (long long)f->failing, (long long)f->looked,
		(long long)f->line, first);
}

enum rc terms_result(struct arena *a, struct store *s, const struct terms *t, struct terms_result *out)
{
	const struct contract *c = t->contract;
	enum rc rc = RC_OK;

	*out = (struct terms_result){ .terms = t };
	out->outcome = arena_alloc(a, c->checks + 1, sizeof *out->outcome);
	out->sentence = arena_alloc(a, c->checks + 1, sizeof *out->sentence);
	for (size_t i = 0; rc == RC_OK && i < c->checks; i++) {
		const struct term_found *f = &t->found[i];

		out->sentence[i] = "";
		if (c->check[i].term == TERM_DISTRIBUTION) {
			rc = judge_spread(a, s, t, i, out);
		} else if (f->failing > 0) {
			out->outcome[i] = contract_outcome(&c->check[i], f->failing, f->looked);
			out->sentence[i] = say(a, t, i);
		}
		if (out->outcome[i] == OUTCOME_STOP && out->stop == NULL)
			out->stop = &c->check[i];
	}
	return rc;
}

/* For people */

/* Fields of the contract that the file has not; n: how many. */
static char *absent(const struct terms *t, size_t *n)
{
	struct str names = { 0 };

	*n = 0;
	for (size_t i = 0; i < t->contract->fields; i++)
		if (!t->has[i] && !t->contract->field[i].optional)
			str_addf(&names, "%s%s", (*n)++ > 0 ? ", " : "", t->contract->field[i].name);
	return str_take(&names);
}

struct js *terms_json(const struct terms_result *r)
{
	const struct contract *c = r->terms->contract;
	struct js *js = js_object(), *checks = js_array(), *unchecked = js_array();

	js_set_text(js, "contract", c->name);
	js_set_int(js, "version", c->version);
	for (size_t i = 0; i < c->checks; i++) {
		const struct term_found *f = &r->terms->found[i];
		struct js *one;

		if (f->failing == 0 && r->outcome[i] == OUTCOME_OK)
			continue;
		one = js_object();
		js_set_text(one, "check", c->check[i].id);
		js_set_text(one, "severity", contract_severity_name(c->check[i].severity));
		js_set_text(one, "verdict", verdicts[r->outcome[i]]);
		js_set_int(one, "looked", f->looked);
		js_set_int(one, "failing", f->failing);
		js_set_int(one, "line", f->line);
		js_set_text(one, "example", f->example);
		js_set_text(one, "sentence", r->sentence[i]);
		js_add(checks, one);
	}
	for (size_t i = 0; i < c->fields; i++)
		if (!r->terms->has[i])
			js_add_text(unchecked, c->field[i].name);
	js_set(js, "checks", checks);
	js_set(js, "unchecked", unchecked);
	return js;
}

void terms_notes(const struct terms_result *r, struct js *notes)
{
	static const char *const does[] = { [SEVERITY_WARN] = "told", [SEVERITY_QUARANTINE] = "set aside", [SEVERITY_STOP] = "told" };
	const struct contract *c = r->terms->contract;
	struct arena *a = arena_new();
	size_t n;
	char  *names = absent(r->terms, &n);

	for (size_t i = 0; i < c->checks; i++)
		if (r->outcome[i] != OUTCOME_OK)
			js_add_text(notes, arena_printf(a, "contract %s: %s%s%s", c->name, r->sentence[i], c->check[i].term < TERM_DISTRIBUTION ? "; " : "",
				c->check[i].term >= TERM_DISTRIBUTION ? "" : r->outcome[i] == OUTCOME_STOP ? "the file is refused" : does[c->check[i].severity]));
	if (n > 0)
		js_add_text(notes, arena_printf(a, "contract %s: the file has no column for %s", c->name, names));
	free(names);
	arena_free(a);
}

enum rc terms_refuse(const struct terms_result *r)
{
	const struct contract *c = r->terms->contract;
	size_t i = (size_t)(r->stop - c->check);
	struct arena *a = arena_new();
	const char *limit = r->stop->error_if.said ? arena_printf(a, "; error_if is %s", contract_limit_text(a, &r->stop->error_if)) : "";
	enum rc rc = err_set(RC_DATA, "CON-120", "the contract %s refuses the file: %s%s", c->name, r->sentence[i], limit);

	err_do(rc, "mend the file and import it again, or accept a contract that allows it: 'contract show' says what is live");
	arena_free(a);
	return rc;
}

/* The record */

static enum rc store_spread(struct store *s, int64_t file_id, const char *field, const struct term_spread *p)
{
	struct spread_row r = here(p);

	return query_run(s, "statement/ingest_contract_spread_put", "itiiirrrr", file_id, field, r.rows, r.missing, r.numbers, r.mean, r.quantile[0],
		r.quantile[1], r.quantile[2]);
}

enum rc terms_store(struct store *s, int64_t file_id, const struct terms_result *r)
{
	const struct terms *t = r->terms;
	const struct contract *c = t->contract;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < c->checks; i++) {
		const struct contract_check *k = &c->check[i];

		if (k->term <= TERM_DISTRIBUTION && t->has[k->field])
			rc = query_run(s, "statement/ingest_contract_put", "itittiiitt", file_id, k->id, c->version, contract_severity_name(k->severity),
				verdicts[r->outcome[i]], t->found[i].looked, t->found[i].failing, t->found[i].line, t->found[i].example, r->sentence[i]);
	}
	for (size_t i = 0; rc == RC_OK && i < c->fields; i++)
		if (t->spread[i].spread != NULL)
			rc = store_spread(s, file_id, c->field[i].name, &t->spread[i]);
	return rc;
}
