/* Runs a check that is a SQL file: binds what its header asks for, reads its one row, puts its sentence
 * together. What several checks of a table ask is counted once and bound as words. What the checks are
 * stands in share/sql/check; what follows from them in gate.c. Owns no table. */
#include "config.h"

#include "quality/check.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "store/query.h"
#include "store/sql.h"

static const char *const verdict_names[] = {
	[VERDICT_SKIP] = "skip", [VERDICT_PASS] = "pass", [VERDICT_WARN] = "warn", [VERDICT_STOP] = "stop",
};

const char *verdict_name(enum verdict v)
{
	return verdict_names[v];
}

enum verdict verdict_of(const char *name)
{
	for (enum verdict v = VERDICT_SKIP; v < VERDICT_STOP; v++)
		if (name && !strcmp(name, verdict_names[v]))
			return v;
	return VERDICT_STOP;
}

static bool is_for(const char *name, const char *table)
{
	struct arena   *a = arena_new();
	struct sql_text t;
	const char     *of = sql_get(a, name, &t) ? NULL : sql_header(&t, "table");
	bool            yes = of && !strcmp(of, table);
	arena_free(a);
	return yes;
}

const char *check_name(const char *table, size_t i)
{
	const char *name;
	for (size_t at = 0; (name = sql_name("check/", at)); at++)
		if (is_for(name, table) && i-- == 0)
			return name;
	return NULL;
}

static enum rc faulty(const char *name, const char *what)
{
	return err_set(RC_INTERNAL, "GATE-120", "%s: %s", name, what);
}

static const struct check_word *find_word(const struct check_context *c, const char *name)
{
	for (size_t i = 0; i < c->words; i++)
		if (!strcmp(c->word[i].name, name))
			return &c->word[i];
	return NULL;
}

/* The words of the bind line, one for each parameter. */
static enum rc word_value(const struct check_context *c, const char *name, const char *word, int64_t *value)
{
	const struct check_word *counted = find_word(c, word);
	if (counted)
		*value = counted->value;
	else if (!strcmp(word, "made"))
		*value = c->made;
	else if (!strcmp(word, "features"))
		*value = c->features;
	else if (!strcmp(word, "as_of"))
		*value = c->run->as_of == DAY_NONE ? INT64_MIN : c->run->as_of;
	else if (!strcmp(word, "today"))
		*value = clock_today();
	else if (strchr(word, '.'))
		*value = settings_int(c->run->settings, word);
	else
		return faulty(name, "the bind line has a word that is not known");
	return RC_OK;
}

struct words {
	size_t      n;
	const char *word[8];
	int64_t     value[8];
};

static enum rc read_words(struct arena *a, const struct check_context *c, const struct sql_text *t, struct words *w)
{
	const char *line = sql_header(t, "bind"), *save = line;
	while (save && *save) {
		size_t n = strcspn(save, ", ");
		if (n && w->n == sizeof w->word / sizeof *w->word)
			return faulty(t->name, "the bind line is too long");
		if (n) {
			w->word[w->n] = arena_span(a, save, n);
			enum rc rc = word_value(c, t->name, w->word[w->n], &w->value[w->n]);
			if (rc)
				return rc;
			w->n++;
		}
		save += n + (save[n] != '\0');
	}
	return RC_OK;
}

static int column(const struct query *q, const char *name, size_t n)
{
	for (int i = 0; i < query_columns(q); i++)
		if (strlen(query_name(q, i)) == n && !memcmp(query_name(q, i), name, n))
			return i;
	return -1;
}

static bool add_value(struct str *out, struct query *q, const struct words *w, const char *name, size_t n)
{
	int i = column(q, name, n);
	if (i >= 0) {
		str_add(out, query_is_null(q, i) ? "none" : query_text(q, i));
		return true;
	}
	for (size_t k = 0; k < w->n; k++)
		if (strlen(w->word[k]) == n && !memcmp(w->word[k], name, n)) {
			str_addf(out, "%lld", (long long)w->value[k]);
			return true;
		}
	return false;
}

/* The text of a header line with each {name} replaced by a column of the row, or by a bound word. */
static enum rc fill(struct arena *a, const struct sql_text *t, const char *key, struct query *q, const struct words *w,
	const char **out)
{
	const char *p = sql_header(t, key);
	struct str  text = { 0 };
	bool        known = true;
	if (!p)
		return faulty(t->name, "a header line is missing: about, table, severity, threshold and sentence are needed");
	while (*p && known) {
		size_t plain = strcspn(p, "{"), n = p[plain] ? strcspn(p + plain + 1, "}") : 0;
		str_add_span(&text, p, plain);
		if (p[plain])
			known = add_value(&text, q, w, p + plain + 1, n);
		p += plain + (p[plain] ? n + 1 : 0);
		p += *p == '}';
	}
	char *filled = str_take(&text);
	*out = arena_text(a, filled);
	free(filled);
	return known ? RC_OK : faulty(t->name, "a {name} in the header is neither a column nor a bound word");
}

static enum rc read_row(struct arena *a, const struct sql_text *t, struct query *q, const struct words *w,
	struct finding *f)
{
	int hits = column(q, "hits", 4), total = column(q, "total", 5), said = column(q, "verdict", 7);
	int examples = column(q, "examples", 8);
	if (hits < 0 || total < 0)
		return faulty(t->name, "the answer has no columns hits and total");
	f->hits = query_int(q, hits);
	f->total = query_int(q, total);
	f->verdict = said >= 0 ? verdict_of(query_text(q, said)) : f->hits > 0 ? f->severity : VERDICT_PASS;
	if (f->verdict > f->severity)
		f->verdict = f->severity;
	f->examples = examples < 0 || query_is_null(q, examples) ? "[]" : arena_text(a, query_text(q, examples));
	enum rc rc = fill(a, t, "threshold", q, w, &f->threshold);
	return rc ? rc : fill(a, t, "sentence", q, w, &f->sentence);
}

/* The statement with the words of its header bound. */
static enum rc open_bound(struct arena *a, const struct check_context *c, const struct sql_text *t, struct words *w,
	struct query **out)
{
	enum rc rc = read_words(a, c, t, w);
	if (!rc)
		rc = query_open(c->run->store, t->name, out);
	for (size_t i = 0; !rc && i < w->n; i++)
		if (w->value[i] == INT64_MIN)
			query_bind_null(*out, (int)i + 1);
		else
			query_bind_int(*out, (int)i + 1, w->value[i]);
	return rc;
}

enum rc check_run(struct arena *a, const struct check_context *c, const char *name, struct finding *out, bool *applies)
{
	struct sql_text t;
	struct words    w = { 0 };
	struct query   *q = NULL;
	bool            row = false;
	enum rc         rc = sql_get(a, name, &t);
	if (!rc)
		rc = open_bound(a, c, &t, &w, &q);
	if (rc)
		return rc;
	struct finding f = { .id = strchr(t.name, '/') + 1, .severity = verdict_of(sql_header(&t, "severity")) };
	rc = query_step(q, &row);
	if (!rc)
		rc = row ? read_row(a, &t, q, &w, &f) : RC_OK;
	query_close(q);
	*applies = row;
	if (!rc)
		*out = f;
	return rc;
}

void check_add_word(struct check_context *c, const char *name, int64_t value)
{
	assert(c->words < sizeof c->word / sizeof *c->word);
	c->word[c->words++] = (struct check_word){ .name = name, .value = value };
}

int64_t check_word(const struct check_context *c, const char *name)
{
	const struct check_word *w = find_word(c, name);
	return w ? w->value : 0;
}

enum rc check_count(struct arena *a, struct check_context *c, const char *table)
{
	const char     *name = arena_printf(a, "statement/quality_counts_%s", table);
	struct sql_text t;
	struct words    w = { 0 };
	struct query   *q = NULL;
	bool            row = false;
	if (!sql_name(name, 0))
		return RC_OK;
	enum rc rc = sql_get(a, name, &t);
	if (!rc)
		rc = open_bound(a, c, &t, &w, &q);
	if (!rc)
		rc = query_step(q, &row);
	for (int i = 0; !rc && row && i < query_columns(q); i++)
		check_add_word(c, arena_text(a, query_name(q, i)), query_is_null(q, i) ? INT64_MIN : query_int(q, i));
	query_close(q);
	return rc;
}

const char *check_examples(struct arena *a, struct js *list)
{
	struct str t = { 0 };
	js_write(&t, list, false, false);
	js_free(list);
	const char *kept = arena_text(a, t.s);
	str_clear(&t);
	return kept;
}

const char *check_todo(struct arena *a, const char *id)
{
	if (!strncmp(id, "contract:", 9) || !strcmp(id, "G10-volume"))
		return "mend the data and import them, or accept a contract that allows it: 'contract show' says what is live; the last good results stay as they are";
	const char *name = arena_printf(a, "check/%s", id), *known;
	for (size_t i = 0; (known = sql_name("check/", i)); i++) {
		struct sql_text t;
		if (!strcmp(known, name) && !sql_get(a, known, &t))
			return sql_header(&t, "todo");
	}
	return NULL;
}
