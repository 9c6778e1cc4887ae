/* Compiles the YAML of a mapping. Not here: its expressions (expr.c), the files it is used for (mapped.c). Owns no table. */
#include "config.h"

#include "ingest/mapping.h"

#include <fnmatch.h>
#include <stdarg.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/yaml.h"
#include "ingest/attribute.h"
#include "ingest/mapping_priv.h"
#include "ingest/reading_priv.h"
#include "module/entity.h"

enum { TEXT_MOST = 1 << 20, TABLES_MOST = 64, COLUMNS_MOST = ENTITY_COLUMNS };

struct reading_at {
	struct arena *a;
	const char   *path, *text;
	size_t        n;
};

/* Errors */

static enum rc __attribute__((format(printf, 5, 6))) fail(const struct reading_at *r, size_t line, size_t column, const char *id, const char *fmt, ...)
{
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	str_format(why, sizeof why, fmt, ap);
	va_end(ap);
	enum rc rc = err_where(err_set(RC_CONFIG, id, "%s", why), r->path, line, column);

	return err_source_line(rc, r->text, r->n);
}

static enum rc unknown(const struct reading_at *r, const struct ydoc *in, size_t i, const char *what, const char *const *known, size_t n)
{
	const char *near = str_nearest(in->key[i], known, n);
	enum rc rc = fail(r, in->key_line[i], in->key_column[i], "MAP-105", "there is no %s '%s'", what, in->key[i]);

	return near != NULL ? err_do(rc, "did you mean %s?", near) : rc;
}

static enum rc want(const struct reading_at *r, const struct ydoc *d, enum ydoc_kind kind, const char *what)
{
	static const char *const words[] = { [YDOC_SCALAR] = "a text", [YDOC_MAPPING] = "entries of the form 'name: value'", [YDOC_SEQUENCE] = "a list" };

	return d->kind == kind ? RC_OK : fail(r, d->line, d->column, "MAP-106", "%s should be %s", what, words[kind]);
}

/* Where the text of a scalar begins: behind its quote. */
static size_t text_column(const struct reading_at *r, const struct ydoc *d)
{
	const char *p = r->text, *end = r->text + r->n;

	for (size_t line = 1; line < d->line && p < end; p++)
		line += *p == '\n';
	p += d->column - 1;
	return d->column + (p < end && (*p == '"' || *p == '\''));
}

/* Parts of a table */

static enum rc compile(const struct reading_at *r, struct mapping_table *t, const struct ydoc *d, bool condition, const char *what, const struct expr **out)
{
	enum rc rc = want(r, d, YDOC_SCALAR, what);

	if (rc != RC_OK)
		return rc;
	rc = (condition ? expr_compile_condition : expr_compile)(&t->exprs, d->text, d->line, text_column(r, d), out);
	return rc != RC_OK ? err_source_line(rc, r->text, r->n) : RC_OK;
}

/* Columns of the file that stand for the same: those that a file lacks are soft. */
static enum rc read_choices(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t, struct mapping_column *c)
{
	const struct expr **choice = arena_alloc(r->a, d->count + 1, sizeof *choice);
	size_t before = t->exprs.n;
	enum rc rc = RC_OK;

	if (d->count == 0 || d->count > MAPPING_CHOICES)
		return fail(r, d->line, d->column, "MAP-106", "%s has 1 to %d columns to choose among", c->name, MAPPING_CHOICES);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		rc = compile(r, t, &d->child[i], false, c->name, &choice[i]);
		if (rc == RC_OK && expr_base(choice[i]) < 0)
			rc = fail(r, d->child[i].line, d->child[i].column, "MAP-106", "a choice of %s is a column of the file", c->name);
	}
	for (size_t i = before; i < t->exprs.n; i++)
		t->exprs.field[i].soft = true;
	c->expr = choice[0];
	c->choice = choice;
	c->choices = d->count;
	return rc;
}

static bool is_optional(const struct ydoc *optional, const char *name)
{
	for (size_t i = 0; optional != NULL && i < optional->count; i++)
		if (optional->child[i].kind == YDOC_SCALAR && strcmp(optional->child[i].text, name) == 0)
			return true;
	return false;
}

/* "a, b, c" of what a column is made of, for people. */
static const char *column_text(const struct reading_at *r, const struct ydoc *d)
{
	const char *text = d->kind == YDOC_SCALAR ? d->text : "";

	for (size_t i = 0; d->kind == YDOC_SEQUENCE && i < d->count; i++)
		text = arena_printf(r->a, "%s%s%s", text, i > 0 ? " or " : "", d->child[i].text);
	return text;
}

static enum rc read_columns(const struct reading_at *r, const struct ydoc *d, const struct ydoc *optional, struct mapping_table *t)
{
	const char *const *known = entity_columns(r->a, t->entity, NULL);
	size_t n = 0;
	enum rc rc = want(r, d, YDOC_MAPPING, "columns");

	while (known[n] != NULL)
		n++;
	if (rc == RC_OK && d->count > COLUMNS_MOST)
		rc = fail(r, d->line, d->column, "MAP-106", "more than %d columns", COLUMNS_MOST);
	t->column = arena_alloc(r->a, d->count + 1, sizeof *t->column);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		struct mapping_column *c = &t->column[t->columns++];
		bool found = false;

		for (size_t k = 0; k < n; k++)
			found = found || strcmp(known[k], d->key[i]) == 0;
		if (!found)
			return unknown(r, d, i, arena_printf(r->a, "column of %s called", t->entity), known, n);
		c->name = d->key[i];
		c->text = column_text(r, &d->child[i]);
		c->optional = is_optional(optional, c->name);
		if (d->child[i].kind == YDOC_SEQUENCE || c->optional)
			rc = read_choices(r, d->child[i].kind == YDOC_SEQUENCE ? &d->child[i] : &(struct ydoc){ .kind = YDOC_SEQUENCE, .count = 1,
				.child = (struct ydoc *)&d->child[i], .line = d->child[i].line, .column = d->child[i].column }, t, c);
		else
			rc = compile(r, t, &d->child[i], false, d->key[i], &c->expr);
		for (int role = 0; role < ROLES; role++)
			if (strcmp(role_column[role], c->name) == 0)
				t->role[role] = c->expr;
	}
	return rc;
}

/* Names are free. */
static enum rc read_attributes(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	enum rc rc = want(r, d, YDOC_MAPPING, "attributes");

	if (rc == RC_OK && d->count > READING_ATTRIBUTES)
		rc = fail(r, d->line, d->column, "MAP-106", "more than %d attributes", READING_ATTRIBUTES);
	t->attribute = arena_alloc(r->a, d->count + 1, sizeof *t->attribute);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		struct mapping_column *c = &t->attribute[t->attributes++];

		c->name = attribute_name(r->a, (struct span){ d->key[i], (uint32_t)strlen(d->key[i]) });
		c->text = d->child[i].text;
		rc = compile(r, t, &d->child[i], false, d->key[i], &c->expr);
	}
	return rc;
}

static enum rc add_rule(const struct reading_at *r, struct mapping_table *t, const struct ydoc *d, const char *name, bool keeps)
{
	if (t->rules == MAPPING_RULES)
		return fail(r, d->line, d->column, "MAP-106", "more than %d rules", MAPPING_RULES);
	struct mapping_rule *rule = &t->rule[t->rules++];

	*rule = (struct mapping_rule){ .name = name, .text = d->kind == YDOC_SCALAR ? d->text : "", .keeps = keeps };
	return compile(r, t, d, true, name, &rule->when);
}

static enum rc read_rules(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	enum rc rc = want(r, d, YDOC_MAPPING, "leave_out");

	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = add_rule(r, t, &d->child[i], d->key[i], false);
	return rc;
}

/* "field = column". */
static enum rc read_on(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t, struct mapping_join *j)
{
	const struct expr *own;
	const char *mark = d->kind == YDOC_SCALAR ? strchr(d->text, '=') : NULL;
	enum rc rc = want(r, d, YDOC_SCALAR, "on");

	if (rc == RC_OK && mark == NULL)
		rc = fail(r, d->line, d->column, "MAP-109", "on should be of the form 'field = column of the other file'");
	if (rc != RC_OK)
		return rc;
	j->on = d->text;
	rc = expr_compile(&t->exprs, arena_span(r->a, d->text, (size_t)(mark - d->text)), d->line, text_column(r, d), &own);
	if (rc == RC_OK && (j->own = expr_base(own)) < 0)
		rc = fail(r, d->line, d->column, "MAP-109", "a join goes from a field");
	for (mark++; *mark == ' ' || *mark == '"';)
		mark++;
	size_t n = strlen(mark);

	while (n > 0 && (mark[n - 1] == ' ' || mark[n - 1] == '"'))
		n--;
	j->theirs = arena_span(r->a, mark, n);
	return rc;
}

/* A join may use the aliases before it and no others: no circle can come about. */
static enum rc check_alias(const struct reading_at *r, const struct mapping_table *t, const struct expr_field *f, size_t joins)
{
	const char *names[MAPPING_JOINS], *near;

	for (size_t k = 0; k < joins; k++) {
		names[k] = t->join[k].alias;
		if (strcmp(names[k], f->alias) == 0)
			return RC_OK;
	}
	if (*f->alias == '\0')
		return RC_OK;
	near = str_nearest(f->alias, names, joins);
	enum rc rc = fail(r, f->line, f->column, "MAP-109", "no join called '%s' stands before this", f->alias);

	return near != NULL ? err_do(rc, "did you mean %s?", near) : rc;
}

static enum rc read_join(const struct reading_at *r, const struct ydoc *d, const char *alias, struct mapping_table *t)
{
	static const char *const known[] = { "file", "on" };
	struct mapping_join *j = &t->join[t->joins];
	enum rc rc = want(r, d, YDOC_MAPPING, alias);

	*j = (struct mapping_join){ .alias = alias, .own = -1 };
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		if (strcmp(d->key[i], "file") == 0) {
			rc = want(r, &d->child[i], YDOC_SCALAR, "file");
			j->glob = d->child[i].text;
		} else if (strcmp(d->key[i], "on") == 0) {
			rc = read_on(r, &d->child[i], t, j);
		} else {
			rc = unknown(r, d, i, "entry of a join called", known, 2);
		}
	}
	if (rc == RC_OK && (j->glob == NULL || j->own < 0))
		rc = fail(r, d->line, d->column, "MAP-107", "the join %s needs file and on", alias);
	if (rc == RC_OK)
		rc = check_alias(r, t, &t->exprs.field[j->own], t->joins);
	t->joins++;
	return rc;
}

static enum rc read_joins(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	enum rc rc = want(r, d, YDOC_MAPPING, "join");

	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		if (t->joins == MAPPING_JOINS)
			return fail(r, d->line, d->column, "MAP-106", "more than %d joins", MAPPING_JOINS);
		rc = read_join(r, &d->child[i], d->key[i], t);
	}
	return rc;
}

/* Tables */

static const char *const table_keys[] = {
	"file", "entity", "about", "encoding", "delimiter", "quote", "skip_lines", "header", "numbers", "date_format", "zone", "negative",
	"duplicates", "on_conflict", "key", "join", "where", "leave_out", "returns", "columns", "attributes", "names", "fields", "optional",
};

/* Where a plain text of a table goes; NULL: it is none. */
static const char **text_of(struct mapping_table *t, const char *key)
{
	const struct { const char *key; const char **to; } texts[] = {
		{ "file", &t->glob }, { "entity", &t->entity }, { "about", &t->about }, { "encoding", &t->encoding }, { "delimiter", &t->delimiter },
		{ "quote", &t->quote }, { "skip_lines", &t->skip_lines }, { "numbers", &t->numbers }, { "date_format", &t->date_format },
		{ "zone", &t->zone }, { "negative", &t->negative }, { "duplicates", &t->duplicates },
		{ "on_conflict", &t->on_conflict },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (strcmp(texts[i].key, key) == 0)
			return texts[i].to;
	return NULL;
}

static enum rc read_texts(const struct reading_at *r, const struct ydoc *d, const char *what, const char *const **out, size_t *n)
{
	const char **list = arena_alloc(r->a, d->count + 1, sizeof *list);
	enum rc rc = want(r, d, YDOC_SEQUENCE, what);

	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		rc = want(r, &d->child[i], YDOC_SCALAR, what);
		list[i] = d->child[i].text;
	}
	*out = list;
	*n = d->count;
	return rc;
}

static enum rc read_fields(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	const char *const *text;
	size_t  n;
	int64_t v;
	enum rc rc = read_texts(r, d, "fields", &text, &n);

	if (rc == RC_OK && n > sizeof t->fields / sizeof t->fields[0])
		rc = fail(r, d->line, d->column, "MAP-106", "more than %zu numbers of columns", sizeof t->fields / sizeof t->fields[0]);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (!str_int(text[i], strlen(text[i]), &v) || v < 1 || v > SPLIT_FIELDS)
			return fail(r, d->child[i].line, d->child[i].column, "MAP-106", "'%s' is no number of columns", text[i]);
		t->fields[t->fields_n++] = (uint32_t)v;
	}
	return rc;
}

static enum rc read_entry(const struct reading_at *r, const struct ydoc *d, size_t i, struct mapping_table *t)
{
	const struct ydoc *v = &d->child[i];
	const char *key = d->key[i], **text = text_of(t, key);
	enum rc rc;

	if (strcmp(key, "delimiter") == 0 && v->kind == YDOC_SEQUENCE)
		return read_texts(r, v, key, &t->delimiters, &t->delimiters_n);
	if (text != NULL) {
		rc = want(r, v, YDOC_SCALAR, key);
		*text = v->text;
		return rc;
	}
	if (strcmp(key, "header") == 0) {
		rc = want(r, v, YDOC_SCALAR, key);
		t->header = rc != RC_OK ? HEADER_THERE : strcmp(v->text, "false") == 0 ? HEADER_NONE : strcmp(v->text, "auto") == 0 ? HEADER_AUTO : HEADER_THERE;
		return rc;
	}
	if (strcmp(key, "names") == 0) {
		rc = want(r, v, YDOC_SCALAR, key);
		t->loose = rc == RC_OK && strcmp(v->text, "loose") == 0;
		return rc != RC_OK || t->loose || strcmp(v->text, "exact") == 0 ? rc : fail(r, v->line, v->column, "MAP-106", "names are loose or exact");
	}
	if (strcmp(key, "fields") == 0)
		return read_fields(r, v, t);
	if (strcmp(key, "join") == 0)
		return read_joins(r, v, t);
	if (strcmp(key, "where") == 0)
		return add_rule(r, t, v, "where", true);
	if (strcmp(key, "leave_out") == 0)
		return read_rules(r, v, t);
	if (strcmp(key, "attributes") == 0)
		return read_attributes(r, v, t);
	if (strcmp(key, "columns") == 0 || strcmp(key, "key") == 0 || strcmp(key, "returns") == 0 || strcmp(key, "optional") == 0)
		return RC_OK; /* read last: they need the entity and its columns */
	return unknown(r, d, i, "entry of a table called", table_keys, sizeof table_keys / sizeof table_keys[0]);
}

static enum rc check_orders(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	for (int role = ROLE_CUSTOMER; role <= ROLE_DATE; role++)
		if (t->role[role] == NULL)
			return fail(r, d->line, d->column, "MAP-107", "a table of orders needs the column %s", role_column[role]);
	if ((t->role[ROLE_QUANTITY] == NULL) != (t->role[ROLE_PRICE] == NULL) && t->role[ROLE_AMOUNT] == NULL && t->role[ROLE_PRICE] == NULL)
		return fail(r, d->line, d->column, "MAP-107", "quantity needs unit_price beside it, or line_revenue");
	if (t->role[ROLE_AMOUNT] != NULL)
		t->role[ROLE_QUANTITY] = t->role[ROLE_PRICE] = NULL;
	if (t->role[ROLE_PRICE] != NULL && t->role[ROLE_QUANTITY] == NULL) {
		t->role[ROLE_AMOUNT] = t->role[ROLE_PRICE];
		t->role[ROLE_PRICE] = NULL;
	}
	if (expr_date_format(t->role[ROLE_DATE]) != NULL)
		t->date_format = expr_date_format(t->role[ROLE_DATE]);
	if (expr_zone(t->role[ROLE_DATE]) != NULL)
		t->zone = expr_zone(t->role[ROLE_DATE]);
	int base = expr_base(t->role[ROLE_DATE]);

	if (t->date_format == NULL && (base < 0 || *t->exprs.field[base].alias != '\0'))
		return fail(r, d->line, d->column, "MAP-107", "order_ts does not come from a column of the file itself: declare date_format");
	return RC_OK;
}

static enum rc check_table(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	struct date_format f;
	enum rc rc = RC_OK;

	if (t->glob == NULL)
		return fail(r, d->line, d->column, "MAP-107", "a table needs file");
	if (mapping_is_orders(t))
		rc = check_orders(r, d, t);
	if (rc == RC_OK && t->date_format != NULL && !date_format_read(t->date_format, &f))
		rc = fail(r, d->line, d->column, "MAP-108", "'%s' is not a date format", t->date_format);
	for (size_t i = 0; rc == RC_OK && i < t->exprs.n; i++)
		rc = check_alias(r, t, &t->exprs.field[i], t->joins);
	return rc;
}

static enum rc read_entity(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	if (t->entity == NULL)
		t->entity = "orders";
	if (entity_columns(r->a, t->entity, NULL) != NULL)
		return RC_OK;
	for (size_t i = 0; i < d->count; i++) {
		if (strcmp(d->key[i], "entity") != 0)
			continue;
		const char *near = entity_nearest(t->entity);
		enum rc rc = fail(r, d->child[i].line, d->child[i].column, "MAP-105", "there is no entity called '%s'", t->entity);

		return near != NULL ? err_do(rc, "did you mean %s?", near) : rc;
	}
	return RC_INTERNAL;
}

/* A list of columns of this table, by their names. */
static enum rc read_names(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t, const char *what, const struct expr **out)
{
	const char *names[COLUMNS_MOST], *near;
	enum rc rc = want(r, d, YDOC_SEQUENCE, what);

	if (rc == RC_OK && (d->count == 0 || d->count > READING_KEYS))
		rc = fail(r, d->line, d->column, "MAP-106", "%s has 1 to %d columns", what, READING_KEYS);
	for (size_t k = 0; k < t->columns; k++)
		names[k] = t->column[k].name;
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		rc = want(r, &d->child[i], YDOC_SCALAR, "the name of a column");
		for (size_t k = 0; rc == RC_OK && k < t->columns; k++)
			if (strcmp(names[k], d->child[i].text) == 0)
				out[i] = t->column[k].expr;
		if (rc == RC_OK && out[i] == NULL) {
			near = str_nearest(d->child[i].text, names, t->columns);
			rc = fail(r, d->child[i].line, d->child[i].column, "MAP-105", "there is no column '%s' in this table", d->child[i].text);
			rc = near != NULL ? err_do(rc, "did you mean %s?", near) : rc;
		}
	}
	return rc;
}

static enum rc read_key(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	struct str name = { 0 };
	enum rc rc = read_names(r, d, t, "key", t->key);

	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		str_addf(&name, ":%s", d->child[i].text);
	t->keys = rc == RC_OK ? d->count : 0;
	t->key_name = arena_text(r->a, name.s != NULL ? name.s : "");
	str_clear(&name);
	return rc;
}

static enum rc read_returns(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	static const char *const known[] = { "of", "same" };
	enum rc rc = want(r, d, YDOC_MAPPING, "returns");

	if (rc == RC_OK && d->count == 0)
		rc = fail(r, d->line, d->column, "MAP-107", "returns needs of, same, or both");
	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		const struct ydoc *v = &d->child[i];

		if (strcmp(d->key[i], "of") == 0) {
			rc = compile(r, t, v, false, "of", &t->of);
		} else if (strcmp(d->key[i], "same") == 0) {
			rc = read_names(r, v, t, "same", t->same);
			t->sames = rc == RC_OK ? v->count : 0;
		} else {
			rc = unknown(r, d, i, "entry of returns called", known, 2);
		}
	}
	return rc;
}

static enum rc read_table(const struct reading_at *r, const struct ydoc *d, struct mapping_table *t)
{
	const struct ydoc *optional = NULL;
	enum rc rc = want(r, d, YDOC_MAPPING, "a table");

	*t = (struct mapping_table){ .header = HEADER_THERE, .key_name = "", .line = d->line, .exprs = { .arena = r->a, .file = r->path } };
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = read_entry(r, d, i, t);
	if (rc == RC_OK)
		rc = read_entity(r, d, t);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		if (strcmp(d->key[i], "optional") == 0) {
			optional = &d->child[i];
			rc = want(r, optional, YDOC_SEQUENCE, "optional");
		}
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		if (strcmp(d->key[i], "columns") == 0)
			rc = read_columns(r, &d->child[i], optional, t);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		if (strcmp(d->key[i], "key") == 0)
			rc = read_key(r, &d->child[i], t);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		if (strcmp(d->key[i], "returns") == 0)
			rc = read_returns(r, &d->child[i], t);
	return rc == RC_OK ? check_table(r, d, t) : rc;
}

static enum rc read_tables(const struct reading_at *r, const struct ydoc *d, struct mapping *m)
{
	enum rc rc = want(r, d, YDOC_SEQUENCE, "tables");

	if (rc == RC_OK && (d->count == 0 || d->count > TABLES_MOST))
		rc = fail(r, d->line, d->column, "MAP-107", "a mapping has 1 to %d tables", TABLES_MOST);
	if (rc != RC_OK)
		return rc;
	m->tables = d->count;
	m->table = arena_alloc(r->a, d->count, sizeof *m->table);
	for (size_t i = 0; rc == RC_OK && i < d->count; i++)
		rc = read_table(r, &d->child[i], &m->table[i]);
	return rc;
}

static void take_source(struct arena *a, struct mapping_table *t, const char *source)
{
	t->source = source;
	if (t->keys > 0)
		t->key_name = arena_printf(a, "%s%s", source != NULL ? source : "", t->key_name);
}

static enum rc read_mapping(const struct reading_at *r, const struct ydoc *d, struct mapping *m)
{
	static const char *const known[] = { "source", "about", "tables" };
	enum rc rc = want(r, d, YDOC_MAPPING, "a mapping");

	for (size_t i = 0; rc == RC_OK && i < d->count; i++) {
		const struct ydoc *v = &d->child[i];

		if (strcmp(d->key[i], "tables") == 0) {
			rc = read_tables(r, v, m);
		} else if (strcmp(d->key[i], "source") == 0 || strcmp(d->key[i], "about") == 0) {
			rc = want(r, v, YDOC_SCALAR, d->key[i]);
			*(*d->key[i] == 's' ? &m->source : &m->about) = v->text;
		} else {
			rc = unknown(r, d, i, "entry of a mapping called", known, 3);
		}
	}
	for (size_t i = 0; i < m->tables; i++)
		take_source(r->a, &m->table[i], m->source);
	if (rc == RC_OK && (m->source == NULL || m->tables == 0))
		rc = fail(r, d->line, d->column, "MAP-107", "a mapping needs source and tables");
	return rc;
}

/* The whole */

enum rc mapping_parse(struct arena *a, const char *path, const char *text, size_t n, struct mapping **out)
{
	struct mapping *m = arena_alloc(a, 1, sizeof *m);
	struct reading_at r = { .a = a, .path = arena_text(a, path), .text = arena_span(a, text, n), .n = n };
	struct ydoc *root;
	enum rc rc = ydoc_read(a, r.path, r.text, n, &root);

	*m = (struct mapping){ .path = r.path, .text = r.text, .about = "" };
	if (rc == RC_OK)
		rc = read_mapping(&r, root, m);
	if (rc != RC_OK)
		return rc;
	digest_of(text, n, m->digest);
	*out = m;
	return RC_OK;
}

static enum rc not_shipped(const char *name)
{
	const char *names[64], *near;
	size_t n = 0;

	for (; n < 64 && ingest_mappings[n].name != NULL; n++)
		names[n] = ingest_mappings[n].name;
	near = str_nearest(name, names, n);
	enum rc rc = err_set(RC_USAGE, "MAP-110", "there is no mapping '%s', neither as a file nor shipped", name);

	return near != NULL ? err_do(rc, "did you mean %s?", near) : err_do(rc, "'sources list' names those that are shipped");
}

enum rc mapping_read(struct arena *a, const char *name, struct mapping **out)
{
	char  *text;
	size_t n;
	enum rc rc;

	for (const struct mapping_file *f = ingest_mappings; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return mapping_parse(a, arena_printf(a, "%s.yaml", name), (const char *)f->text, f->size, out);
	if (!file_exists(name))
		return not_shipped(name);
	rc = file_read(a, name, TEXT_MOST, &text, &n);
	return rc == RC_OK ? mapping_parse(a, name, text, n, out) : rc;
}

bool mapping_matches(const char *glob, const char *path)
{
	static const char *const ends[] = { "", ".gz", ".zst" };
	const char *base = file_base_name(path);
	char pattern[512];

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		if (strlen(glob) + strlen(ends[i]) >= sizeof pattern)
			return false;
		memcpy(pattern, glob, strlen(glob) + 1);
		strcat(pattern, ends[i]);
		if (fnmatch(pattern, base, FNM_CASEFOLD) == 0)
			return true;
	}
	return false;
}

const struct mapping_table *mapping_table_of(const struct mapping *m, const char *path)
{
	for (size_t i = 0; i < m->tables; i++)
		if (mapping_matches(m->table[i].glob, path))
			return &m->table[i];
	return NULL;
}

bool mapping_is_layout(const struct mapping_table *t)
{
	return t->loose || t->header == HEADER_AUTO;
}

bool mapping_is_orders(const struct mapping_table *t)
{
	return strcmp(t->entity, "orders") == 0;
}

const char *mapping_shipped(size_t i, const char **text, size_t *n)
{
	*text = (const char *)ingest_mappings[i].text;
	*n = ingest_mappings[i].size;
	return ingest_mappings[i].name;
}
