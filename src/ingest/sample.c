/* Copies the first records of a file. Not here: what they mean (reading.c). */
#include "config.h"

#include "ingest/sample.h"

#include <string.h>
#include <strings.h>

#include "ingest/split.h"

enum { SAMPLE_CELLS = 200000 };

static bool is_blank(const struct record *r)
{
	for (uint32_t i = 0; i < r->fields && i < SPLIT_FIELDS; i++)
		if (span_trim(r->field[i]).n > 0)
			return false;
	return r->flags == 0 && r->fields <= SPLIT_FIELDS;
}

static void copy(struct arena *a, const struct record *r, struct sample_row *out)
{
	uint32_t     n = r->fields < SPLIT_FIELDS ? r->fields : SPLIT_FIELDS;
	struct span *f = arena_alloc(a, n + 1, sizeof *f);

	for (uint32_t i = 0; i < n; i++) {
		f[i] = span_trim(r->field[i]);
		f[i].p = arena_span(a, f[i].p, f[i].n);
	}
	out->fields = r->fields;
	out->field = f;
}

char sample_declared(const struct window *w)
{
	char c = w->n >= 6 ? w->text[4] : '\0';

	if (strchr("\n\r\"", c) != NULL || (unsigned char)c >= 0x80) /* NUL among them */
		return 0;
	return strncasecmp(w->text, "sep=", 4) == 0 && (w->text[5] == '\n' || w->text[5] == '\r') ? c : 0;
}

/* One record more; *done when the sample is full or its records are used up. */
static enum rc add(struct arena *a, struct splitter *s, const struct window *w, size_t *at, size_t *line, struct sample *out, bool *done)
{
	struct record r;
	bool    whole;
	enum rc rc = split_next(s, w->text + *at, w->n - *at, w->last, &r, &whole);

	*done = rc != RC_OK || !whole;
	if (*done)
		return rc;
	*at += r.used;
	if (r.flags & (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG | RECORD_TAIL)) {
		out->unsound += out->rows > 0;
		if (out->rows == 0) {
			out->broken = true;
			out->broken_line = *line;
		}
	} else if (is_blank(&r) || (out->rows == 0 && *line == 1 && sample_declared(w) != 0)) {
		if (out->rows == 0) {
			out->skip_bytes = *at;
			out->skip_lines = *line - 1 + r.lines;
		}
	} else {
		copy(a, &r, &out->row[out->rows]);
		out->row[out->rows].line = *line;
		out->row[out->rows].lines = *line - 1 + r.lines;
		out->row[out->rows++].end = *at;
		out->agree += out->rows > 1 && r.fields == out->row[0].fields;
	}
	*line += r.lines;
	return RC_OK;
}

/* Behind the physical lines that are to be passed over. */
static size_t pass_lines(const struct window *w, size_t lines)
{
	size_t at = 0;

	for (; at < w->n && lines > 0; at++)
		lines -= w->text[at] == '\n' || (w->text[at] == '\r' && w->text[at + 1] != '\n');
	return at;
}

enum rc sample_window(struct arena *a, const struct window *w, const struct sample_form *form, struct sample *out)
{
	struct splitter *s = split_new(form->delimiter, form->max_row);
	size_t  at = pass_lines(w, form->skip_lines), line = 1 + form->skip_lines, cells = 0;
	bool    done = false;
	enum rc rc = RC_OK;

	split_quote(s, form->quote);
	*out = (struct sample){
		.delimiter = form->delimiter, .quote = form->quote, .row = arena_alloc(a, SAMPLE_ROWS, sizeof *out->row),
		.skip_bytes = at, .skip_lines = form->skip_lines, .last = w->last,
	};
	while (rc == RC_OK && !done && out->rows < SAMPLE_ROWS && cells < SAMPLE_CELLS && !out->broken) {
		rc = add(a, s, w, &at, &line, out, &done);
		if (out->rows > 0)
			cells += out->row[out->rows - 1].fields;
	}
	split_free(s);
	return rc;
}

void sample_drop(struct sample *s, size_t k)
{
	s->row += k;
	s->rows -= k;
}
