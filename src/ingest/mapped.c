/* Binds a compiled mapping to files and applies it row by row. Not here: what becomes of the values (judge.c). Owns no table. */
#include "config.h"

#include "ingest/mapped.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/reader.h"
#include "ingest/reading_priv.h"
#include "ingest/sniff.h"

/* Joined files */

/* Among the paths given; else beside the file, whichever comes first in byte order. */
static const char *find_file(struct arena *a, const char *pattern, const struct import_ask *ask, const char *path)
{
	static const char *const ends[] = { "", ".gz", ".zst" };
	const char *found = NULL;

	for (size_t i = 0; i < ask->paths; i++)
		if (mapping_matches(pattern, ask->path[i]))
			return ask->path[i];
	for (size_t i = 0; found == NULL && i < sizeof ends / sizeof ends[0]; i++) {
		glob_t g = { 0 };

		if (glob(file_beside(a, path, arena_printf(a, "%s%s", pattern, ends[i])), 0, NULL, &g) == 0)
			found = arena_text(a, g.gl_pathv[0]);
		globfree(&g);
	}
	return found;
}

/* The columns of alias k that expressions and later joins name. */
static enum rc wanted(const struct mapping_table *t, size_t k, struct joined *j)
{
	for (size_t i = 0; i < t->exprs.n; i++) {
		bool known = false;

		if (strcmp(t->exprs.field[i].alias, t->join[k].alias) != 0)
			continue;
		for (size_t c = 0; c < j->columns; c++)
			known = known || strcmp(j->column[c], t->exprs.field[i].name) == 0;
		if (known)
			continue;
		if (j->columns == JOINED_COLUMNS)
			return err_set(RC_CONFIG, "MAP-106", "more than %d columns of the join %s", JOINED_COLUMNS, t->join[k].alias);
		j->column[j->columns++] = t->exprs.field[i].name;
	}
	return RC_OK;
}

enum rc mapped_join(struct run *run, const struct mapping_table *t, const struct import_ask *ask, const char *path, size_t max_row, struct mapped_joins *out)
{
	enum rc rc = RC_OK;

	*out = (struct mapped_joins){ .table = t };
	for (size_t k = 0; rc == RC_OK && k < t->joins; k++) {
		const char *file = find_file(run->arena, t->join[k].glob, ask, path);

		if (file == NULL)
			rc = err_do(err_set(RC_IO, "MAP-112", "the mapping looks into %s, and there is no such file", t->join[k].glob),
				"put it beside %s, or name it on the command line", path);
		else
			rc = wanted(t, k, &out->joined[k]);
		if (rc == RC_OK)
			rc = joined_load(run, file, t->join[k].theirs, max_row, &out->joined[k]);
		out->n = k + 1;
	}
	if (rc != RC_OK)
		mapped_join_clear(out);
	return rc;
}

void mapped_join_clear(struct mapped_joins *j)
{
	for (size_t k = 0; k < j->n; k++)
		joined_free(&j->joined[k]);
	*j = (struct mapped_joins){ 0 };
}

/* Binding */

static enum rc no_column(const struct mapping_table *t, const struct expr_field *f, const struct sample_row *header, const char *path)
{
	const char *names[64], *near;
	size_t n = 0;
	struct str shown = { 0 };

	for (; header != NULL && n < 64 && n < header->fields; n++)
		names[n] = header->field[n].p;
	near = str_nearest(f->name, names, n);
	if (near != NULL)
		str_add_visible(&shown, near, strlen(near));
	enum rc rc = err_where(err_set(RC_DATA, "CSV-103", "%s has no column '%s', which the mapping names", path, f->name), t->exprs.file, f->line, f->column);

	if (near != NULL)
		err_do(rc, "did you mean %s? 'sources guess' proposes a mapping for the file", shown.s);
	else
		err_do(rc, "check that this mapping is the file's; 'sources guess' proposes one");
	str_clear(&shown);
	return rc;
}

static bool is_number(const char *name, int *out)
{
	int64_t v;

	if (*name != '$' || !str_int(name + 1, strlen(name + 1), &v) || v < 1 || v > SPLIT_FIELDS)
		return false;
	*out = (int)v - 1;
	return true;
}

static bool same_name(const struct mapping_table *t, struct span column, const char *name)
{
	char x[NAME_MAX_BYTES], y[NAME_MAX_BYTES];

	if (!t->loose)
		return strcmp(column.p, name) == 0;
	search_plain_name(column, x);
	search_plain_name((struct span){ name, (uint32_t)strlen(name) }, y);
	return strcmp(x, y) == 0;
}

static enum rc bind_own(const struct mapping_table *t, const struct expr_field *f, const struct sample_row *header, uint32_t fields, const char *path, int *out)
{
	int found = -1;

	if (is_number(f->name, &found))
		return (uint32_t)found < fields ? (*out = found, RC_OK) : no_column(t, f, header, path);
	for (uint32_t i = 0; header != NULL && i < header->fields && i < SPLIT_FIELDS; i++) {
		if (!same_name(t, header->field[i], f->name))
			continue;
		if (found >= 0)
			return err_do(err_set(RC_AMBIGUOUS, "CSV-104", "the name %s stands twice in %s, in columns %d and %u", f->name, path, found + 1, i + 1),
				"name it by its number in the mapping: $%d", found + 1);
		found = (int)i;
	}
	*out = found;
	return found >= 0 || f->soft ? RC_OK : no_column(t, f, header, path);
}

static void bind_joined(const struct mapping_table *t, const struct mapped_joins *j, size_t i, const struct mapped *m)
{
	const struct expr_field *f = &t->exprs.field[i];

	for (size_t k = 0; k < t->joins; k++) {
		if (strcmp(t->join[k].alias, f->alias) != 0)
			continue;
		m->join[i] = (int)k;
		for (size_t c = 0; j != NULL && c < j->joined[k].columns; c++)
			if (strcmp(j->joined[k].column[c], f->name) == 0)
				m->other[i] = (int)c;
	}
}

static struct mapped *mapped_new(struct arena *a, const struct mapping_table *t, const char *numbers)
{
	struct mapped *m = arena_alloc(a, 1, sizeof *m);

	m->table = t;
	m->form = (struct number_form){ '.', false, 0 };
	if (numbers != NULL)
		number_form_read(numbers, &m->form);
	return m;
}

int mapped_column_number(const struct mapping_table *t, const struct expr *e, uint32_t fields)
{
	int base = expr_base(e), found = -1;

	return base >= 0 && is_number(t->exprs.field[base].name, &found) && (uint32_t)found < fields ? found : -1;
}

/* The first choice of a column that the file has; NULL: it has none. */
static const struct expr *choose(const struct mapped *m, const struct mapping_column *c)
{
	for (size_t i = 0; i < c->choices; i++)
		if (m->column[expr_base(c->choice[i])] >= 0)
			return c->choice[i];
	return c->choices == 0 ? c->expr : NULL;
}

/* Roles by the table, but for columns that have choices. */
static const struct mapping_column *bind_roles(struct mapped *m)
{
	const struct mapping_table *t = m->table;

	memcpy(m->role, t->role, sizeof m->role);
	for (size_t i = 0; i < t->columns; i++) {
		const struct expr *e = choose(m, &t->column[i]);

		for (int role = 0; role < ROLES && t->column[i].choices > 0; role++)
			if (t->role[role] == t->column[i].expr)
				m->role[role] = e;
		if (e == NULL && !t->column[i].optional)
			return &t->column[i];
	}
	return NULL;
}

static enum rc check_fields(const struct mapping_table *t, uint32_t fields, const char *path)
{
	struct str list = { 0 };
	enum rc rc = RC_OK;

	for (size_t i = 0; i < t->fields_n; i++) {
		if (t->fields[i] == fields)
			return RC_OK;
		str_addf(&list, "%s%u", i > 0 ? " or " : "", t->fields[i]);
	}
	if (t->fields_n > 0)
		rc = err_do(err_where(err_set(RC_DATA, "CSV-103", "the layout has %s columns, and %s has %u", list.s, path, fields), path, 0, 0),
			"check that this mapping is the file's, and its delimiter");
	str_clear(&list);
	return rc;
}

enum rc mapped_bind(struct arena *a, const struct mapping_table *t, const struct mapped_joins *j, const char *numbers, const struct sample_row *header,
	uint32_t fields, const char *path, const struct mapped **out)
{
	struct mapped *m = mapped_new(a, t, numbers);
	const struct mapping_column *lacks = NULL;
	enum rc rc = check_fields(t, fields, path);

	m->joins = j;
	m->column = arena_alloc(a, t->exprs.n + 1, sizeof *m->column);
	m->other = arena_alloc(a, t->exprs.n + 1, sizeof *m->other);
	m->join = arena_alloc(a, t->exprs.n + 1, sizeof *m->join);
	for (size_t i = 0; rc == RC_OK && i < t->exprs.n; i++) {
		m->column[i] = m->join[i] = -1;
		if (*t->exprs.field[i].alias == '\0')
			rc = bind_own(t, &t->exprs.field[i], header, fields, path, &m->column[i]);
		else
			bind_joined(t, j, i, m);
	}
	if (rc == RC_OK)
		lacks = bind_roles(m);
	if (lacks != NULL)
		rc = no_column(t, &t->exprs.field[expr_base(lacks->expr)], header, path);
	if (rc == RC_OK)
		*out = m;
	return rc;
}

const struct mapped *mapped_again(struct arena *a, const struct mapping_table *t, const int *column)
{
	struct mapped *m = mapped_new(a, t, t->numbers);

	m->column = arena_alloc(a, t->exprs.n + 1, sizeof *m->column);
	memcpy(m->column, column, t->exprs.n * sizeof *column);
	bind_roles(m);
	return m;
}

/* Rows */

void mapped_row_init(struct mapped_row *m, const struct mapped *mapped)
{
	*m = (struct mapped_row){ .mapped = mapped, .rule = -1 };
	if (mapped == NULL)
		return;
	m->made = arena_new();
	m->value = mem_new(mapped->table->exprs.n + 1, sizeof *m->value);
}

void mapped_row_clear(struct mapped_row *m)
{
	arena_free(m->made);
	free(m->value);
	*m = (struct mapped_row){ 0 };
}

void mapped_forget(struct mapped_row *m)
{
	if (m->mapped == NULL)
		return;
	arena_free(m->made);
	m->made = arena_new();
}

static void take_join(struct mapped_row *m, size_t k)
{
	const struct mapped *b = m->mapped;
	const struct span *row = joined_find(&b->joins->joined[k], m->value[b->table->join[k].own]);

	m->unmatched = m->unmatched || row == NULL;
	for (size_t i = 0; i < b->table->exprs.n; i++)
		if (b->join[i] == (int)k)
			m->value[i] = row != NULL ? row[b->other[i]] : (struct span){ "", 0 };
}

static int rule_of(const struct mapped_row *m, const struct expr_row *row)
{
	const struct mapping_table *t = m->mapped->table;

	for (size_t i = 0; i < t->rules; i++)
		if (expr_test(t->rule[i].when, row) != t->rule[i].keeps)
			return (int)i;
	return -1;
}

void mapped_take(struct mapped_row *m, const struct record *r)
{
	const struct mapped *b = m->mapped;
	const struct expr_row row = { .value = m->value, .made = m->made, .form = b->form };

	m->unmatched = false;
	for (size_t i = 0; i < b->table->exprs.n; i++)
		if (b->column[i] >= 0)
			m->value[i] = span_trim(r->field[b->column[i]]);
	for (size_t k = 0; k < b->table->joins; k++)
		take_join(m, k);
	m->rule = rule_of(m, &row);
	for (size_t i = 0; i < b->table->keys; i++)
		m->key[i] = expr_value(b->table->key[i], &row);
	for (size_t i = 0; i < b->table->attributes; i++)
		m->attribute[i] = expr_value(b->table->attribute[i].expr, &row);
	if (b->table->of != NULL)
		m->of = expr_value(b->table->of, &row);
	for (size_t i = 0; i < b->table->sames; i++)
		m->same[i] = expr_value(b->table->same[i], &row);
	for (int role = 0; role < ROLES; role++)
		m->role[role] = b->role[role] != NULL ? expr_value(b->role[role], &row) : (struct span){ "", 0 };
}

struct span mapped_value(const struct mapped_row *m, const struct expr *e)
{
	const struct expr_row row = { .value = m->value, .made = m->made, .form = m->mapped->form };

	return expr_value(e, &row);
}

struct span mapped_column(const struct mapped_row *m, size_t i)
{
	return mapped_value(m, m->mapped->table->column[i].expr);
}

enum rc mapped_check(struct run *run, const struct mapping_table *t, const char *path, size_t max_row)
{
	const struct import_ask ask = { .delimiter = t->delimiter, .quote = t->quote, .skip_lines = t->skip_lines };
	const struct mapped *bound;
	struct reader *reader = NULL;
	struct window  w;
	struct sample  s;
	enum rc rc = reader_open(path, t->encoding, &reader);

	if (rc == RC_OK)
		rc = sniff_sample(run, &ask, reader, max_row, &w, &s);
	if (rc == RC_OK)
		rc = mapped_bind(run->arena, t, NULL, t->numbers, t->header == HEADER_THERE ? &s.row[0] : NULL, s.row[0].fields, path, &bound);
	reader_close(reader);
	return rc;
}
