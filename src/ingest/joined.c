/* Loads a file for look-ups. Not here: which files and keys (mapped.c). Owns no table. */
#include "config.h"

#include "ingest/joined.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/missing.h"
#include "ingest/reader.h"
#include "ingest/sniff.h"
#include "ingest/split.h"

struct joined_rows {
	struct arena *arena;
	struct map   *index;  /* key -> number of its row */
	struct span  *cell;   /* cell[row * columns + column] */
	size_t        n, cap;
};

static enum rc no_column(const char *path, const struct sample *s, const char *name)
{
	const char *names[64], *near;
	size_t n = 0;
	struct str t = { 0 };

	for (; n < 64 && n < s->row[0].fields; n++)
		names[n] = s->row[0].field[n].p;
	near = str_nearest(name, names, n);
	str_add_visible(&t, name, strlen(name));
	enum rc rc = err_set(RC_DATA, "MAP-111", "the mapping looks for the column '%s' here, and the file has none of that name", t.s);

	str_clear(&t);
	err_where(rc, path, 1, 0);
	return near != NULL ? err_do(rc, "did you mean %s?", near) : rc;
}

static enum rc find_columns(const char *path, const struct sample *s, const char *const *name, size_t n, int *column)
{
	for (size_t i = 0; i < n; i++) {
		column[i] = -1;
		for (uint32_t k = 0; column[i] < 0 && k < s->row[0].fields; k++)
			if (strcmp(s->row[0].field[k].p, name[i]) == 0)
				column[i] = (int)k;
		if (column[i] < 0)
			return no_column(path, s, name[i]);
	}
	return RC_OK;
}

static enum rc take_row(struct joined *j, const struct record *r, const int *column)
{
	struct joined_rows *in = j->in;
	struct span key = span_trim(r->field[column[0]]);

	if (missing_text(NULL, key))
		return RC_OK;
	if (map_get(in->index, key.p, key.n, NULL)) {
		j->twice++;
		return RC_OK;
	}
	if (in->n == JOINED_ROWS)
		return err_set(RC_DATA, "MAP-111", "a file that is looked into has more than %d rows", JOINED_ROWS);
	if (in->n == in->cap) {
		in->cap = in->cap == 0 ? 1024 : 2 * in->cap;
		in->cell = mem_grow(in->cell, in->cap * (j->columns + 1), sizeof *in->cell);
	}
	for (size_t i = 0; i < j->columns; i++) {
		struct span c = span_trim(r->field[column[i + 1]]);

		in->cell[in->n * j->columns + i] = (struct span){ arena_span(in->arena, c.p, c.n), c.n };
	}
	map_set(in->index, key.p, key.n, (int64_t)in->n++);
	j->rows++;
	return RC_OK;
}

static bool is_sound(const struct record *r, const struct sample *s)
{
	return r->fields == s->row[0].fields && r->fields <= SPLIT_FIELDS &&
		(r->flags & (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG | RECORD_TAIL | RECORD_NUL)) == 0 &&
		((r->flags & RECORD_HIGH) == 0 || str_utf8_valid(r->p, r->n) == r->n);
}

/* Every record behind the header. */
static enum rc read_rows(struct run *run, struct reader *reader, struct splitter *split, const struct sample *s, const int *column, struct joined *j)
{
	struct window w = { .last = false };
	size_t  used = 0, skip = s->row[0].end;
	int64_t rows = 0;
	enum rc rc = RC_OK;

	while (rc == RC_OK && !(w.last && used == w.n)) {
		struct record r;
		bool whole = true;

		split_forget(split);
		rc = reader_read(reader, used, &w);
		for (used = skip, skip = 0; rc == RC_OK && used < w.n; used += r.used) {
			rc = split_next(split, w.text + used, w.n - used, w.last, &r, &whole);
			if (rc != RC_OK || !whole)
				break;
			j->unreadable += !is_sound(&r, s);
			if (is_sound(&r, s))
				rc = take_row(j, &r, column);
			if (rc == RC_OK && (++rows & 8191) == 0)
				rc = run_tick(run, "rows", rows, 0);
		}
	}
	return rc;
}

enum rc joined_load(struct run *run, const char *path, const char *key, size_t max_row, struct joined *out)
{
	const struct import_ask ask = { 0 };
	const char *name[JOINED_COLUMNS + 1] = { key };
	struct reader *reader = NULL;
	struct sample  s;
	struct window  w;
	int     column[JOINED_COLUMNS + 1];
	enum rc rc = reader_open(path, NULL, &reader);

	memcpy(name + 1, out->column, out->columns * sizeof *name);
	if (rc == RC_OK)
		rc = sniff_sample(run, &ask, reader, max_row, &w, &s);
	if (rc == RC_OK)
		rc = find_columns(path, &s, name, out->columns + 1, column);
	if (rc == RC_OK) {
		struct splitter *split = split_new(s.delimiter, max_row);

		out->in = mem_new(1, sizeof *out->in);
		out->in->arena = arena_new();
		out->in->index = map_new();
		reader_rewind(reader, false);
		rc = read_rows(run, reader, split, &s, column, out);
		split_free(split);
	}
	reader_close(reader);
	return rc;
}

void joined_free(struct joined *j)
{
	if (j->in == NULL)
		return;
	arena_free(j->in->arena);
	map_free(j->in->index);
	free(j->in->cell);
	free(j->in);
	j->in = NULL;
}

const struct span *joined_find(const struct joined *j, struct span key)
{
	int64_t row;

	return map_get(j->in->index, key.p, key.n, &row) ? &j->in->cell[(size_t)row * j->columns] : NULL;
}
