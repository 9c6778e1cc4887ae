/* From the rows of a statement to the columns of a frame. Not here: preparing and stepping. */
#include "config.h"

#include "store/rows_priv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { BLOB_SHOWN = 4096 };

static const char *const int_kinds[] = { "int", "count", "day", "days", "rank", "flag", NULL };
static const char *const real_kinds[] = { "real", "share", "percent", "ratio", NULL };

static bool is_in(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

static bool same_span(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(s, word, n) == 0;
}

struct rows_kind rows_kind_of(struct arena *a, const struct sql_text *head, const char *column)
{
	for (size_t i = 0; head != NULL && i < head->headers; i++) {
		const char *p = head->header[i].value, *word[3];
		size_t n[3];

		if (strcmp(head->header[i].key, "column") != 0)
			continue;
		for (int w = 0; w < 3; w++) {
			p += strspn(p, " \t");
			word[w] = p;
			n[w] = strcspn(p, " \t");
			p += n[w];
		}
		if (!same_span(word[0], n[0], column) || n[1] == 0)
			continue;
		return (struct rows_kind){ .kind = arena_span(a, word[1], n[1]),
			.unit = same_span(word[2], n[2], "-") ? "" : arena_span(a, word[2], n[2]) };
	}
	return (struct rows_kind){ .unit = "" };
}

/* The type that the header's kind, or the table behind the column, promises. */
static bool promised_type(const char *kind, const char *declared, enum cell_type *out)
{
	if (kind != NULL && is_in(kind, int_kinds))
		*out = CELL_INT;
	else if (kind != NULL && is_in(kind, real_kinds))
		*out = CELL_REAL;
	else if (kind != NULL && strcmp(kind, "text") == 0)
		*out = CELL_TEXT;
	else if (declared != NULL && (sqlite3_stricmp(declared, "INTEGER") == 0 || sqlite3_stricmp(declared, "INT") == 0))
		*out = CELL_INT;
	else if (declared != NULL && sqlite3_stricmp(declared, "REAL") == 0)
		*out = CELL_REAL;
	else if (declared != NULL && sqlite3_stricmp(declared, "TEXT") == 0)
		*out = CELL_TEXT;
	else
		return false;
	return true;
}

void rows_init(struct rows *r, struct arena *a, sqlite3_stmt *stmt, const struct sql_text *head)
{
	*r = (struct rows){ .arena = a, .columns = (size_t)sqlite3_column_count(stmt) };
	r->column = mem_new(r->columns + 1, sizeof *r->column);
	for (size_t j = 0; j < r->columns; j++) {
		struct rows_column *c = &r->column[j];
		struct rows_kind k;

		c->name = arena_text(a, sqlite3_column_name(stmt, (int)j));
		k = rows_kind_of(a, head, c->name);
		c->kind = k.kind;
		c->unit = k.unit;
		c->typed = promised_type(k.kind, sqlite3_column_decltype(stmt, (int)j), &c->type);
	}
}

static enum rc no_memory(const struct rows *r)
{
	return err_set(RC_NOMEM, "STORE-116", "not enough memory for a result of more than %zu rows", r->n);
}

static enum rc grow(struct rows *r)
{
	size_t cap = r->cap == 0 ? 64 : r->cap * 2;

	for (size_t j = 0; j < r->columns; j++) {
		union rows_cell *p = mem_try_grow(r->column[j].cell, cap, sizeof *p);

		if (p == NULL)
			return no_memory(r);
		r->column[j].cell = p;
	}
	r->cap = cap;
	return RC_OK;
}

static union rows_cell missing(enum cell_type type)
{
	switch (type) {
	case CELL_INT:
		return (union rows_cell){ .i = FRAME_INT_MISSING };
	case CELL_REAL:
		return (union rows_cell){ .r = NAN };
	default:
		return (union rows_cell){ .t = NULL };
	}
}

static const char *number_text(struct arena *a, enum cell_type type, union rows_cell v)
{
	char buf[32];

	if (type == CELL_INT)
		snprintf(buf, sizeof buf, "%lld", (long long)v.i);
	else
		str_double(buf, v.r);
	return arena_text(a, buf);
}

static bool is_missing(enum cell_type type, union rows_cell v)
{
	return type == CELL_INT ? v.i == FRAME_INT_MISSING : type == CELL_REAL ? isnan(v.r) : v.t == NULL;
}

static union rows_cell convert(struct arena *a, enum cell_type from, enum cell_type to, union rows_cell v)
{
	if (from == to)
		return v;
	if (is_missing(from, v))
		return missing(to);
	if (to == CELL_TEXT)
		return (union rows_cell){ .t = number_text(a, from, v) };
	return (union rows_cell){ .r = (double)v.i };
}

/* Types widen in their order: int, real, text. */
static void widen(struct rows *r, struct rows_column *c, enum cell_type to)
{
	for (size_t i = 0; i < r->n; i++)
		c->cell[i] = c->typed ? convert(r->arena, c->type, to, c->cell[i]) : missing(to);
	c->type = to;
	c->typed = true;
}

/* Bytes are shown as the text they nearly are; large ones by their size. */
static const char *blob_text(struct arena *a, const void *p, size_t n)
{
	struct str t = { 0 };
	const char *s;

	if (n > BLOB_SHOWN)
		return arena_printf(a, "(%zu bytes)", n);
	str_add_visible(&t, n > 0 ? p : "", n);
	s = arena_text(a, t.s != NULL ? t.s : "");
	str_clear(&t);
	return s;
}

static enum cell_type read_value(struct arena *a, sqlite3_stmt *stmt, int j, int type, union rows_cell *v)
{
	switch (type) {
	case SQLITE_INTEGER:
		v->i = sqlite3_column_int64(stmt, j);
		return CELL_INT;
	case SQLITE_FLOAT:
		v->r = sqlite3_column_double(stmt, j);
		return CELL_REAL;
	case SQLITE_TEXT:
		v->t = (const char *)sqlite3_column_text(stmt, j);
		v->t = v->t == NULL ? NULL : arena_span(a, v->t, (size_t)sqlite3_column_bytes(stmt, j));
		return CELL_TEXT;
	default:
		v->t = blob_text(a, sqlite3_column_blob(stmt, j), (size_t)sqlite3_column_bytes(stmt, j));
		return CELL_TEXT;
	}
}

enum rc rows_add(struct rows *r, sqlite3_stmt *stmt)
{
	if (r->n == r->cap) {
		enum rc rc = grow(r);

		if (rc != RC_OK)
			return rc;
	}
	for (size_t j = 0; j < r->columns; j++) {
		struct rows_column *c = &r->column[j];
		int type = sqlite3_column_type(stmt, (int)j);
		enum cell_type got;
		union rows_cell v;

		if (type == SQLITE_NULL) {
			c->cell[r->n] = missing(c->type);
			continue;
		}
		got = read_value(r->arena, stmt, (int)j, type, &v);
		if (!c->typed || got > c->type)
			widen(r, c, got);
		c->cell[r->n] = convert(r->arena, got, c->type, v);
	}
	r->n++;
	return RC_OK;
}

static const char *type_kind(enum cell_type type)
{
	return type == CELL_INT ? "int" : type == CELL_REAL ? "real" : "text";
}

static void fill(struct frame_column *to, const struct rows_column *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (from->type) {
		case CELL_INT:
			to->i[i] = from->cell[i].i;
			break;
		case CELL_REAL:
			to->r[i] = from->cell[i].r;
			break;
		case CELL_TEXT:
			to->t[i] = from->cell[i].t;
			break;
		}
	}
}

enum rc rows_frame(const struct rows *r, struct frame **out)
{
	struct frame *f = frame_new(r->arena);

	for (size_t j = 0; j < r->columns; j++) {
		const struct rows_column *c = &r->column[j];
		const char *kind = c->kind != NULL ? arena_text(r->arena, c->kind) : type_kind(c->type);
		size_t at = frame_add_column(f, arena_text(r->arena, c->name), kind, c->type);

		f->column[at].unit = arena_text(r->arena, c->unit);
	}
	for (size_t i = 0; i < r->n; i++)
		frame_add_row(f);
	for (size_t j = 0; j < r->columns && r->n > 0; j++)
		fill(&f->column[j], &r->column[j], r->n);
	*out = f;
	return RC_OK;
}

void rows_restart(struct rows *r, struct arena *a)
{
	r->arena = a;
	r->n = 0;
}

void rows_clear(struct rows *r)
{
	for (size_t j = 0; j < r->columns; j++)
		free(r->column[j].cell);
	free(r->column);
	*r = (struct rows){ 0 };
}
