/* Finds records in a window of text. Not here: reading the file (reader.c), what a record means (judge.c). */
#include "config.h"

#include "ingest/split.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum class { PLAIN, DELIMITER, LF, CR, QUOTE, NUL, HIGH };

struct splitter {
	uint8_t     class[256];
	char        delimiter;
	char        quote;    /* 0: none */
	bool        slow;
	bool        tail;     /* inside a record that was over the limit */
	bool        in_walk;  /* the tail goes on to where the walk ends */
	bool        ahead;    /* the caller can look beyond the window */
	enum { NOT_ASKED, CLOSES, NEVER_CLOSES } answer;
	unsigned    wide;
	struct walk walk;
	size_t      max_row;
	struct csv *csv;
	struct span field[SPLIT_FIELDS];
};

struct splitter *split_new(char delimiter, size_t max_row)
{
	struct splitter *s = mem_new(1, sizeof *s);

	s->delimiter = delimiter;
	s->max_row = max_row;
	s->class['\n'] = LF;
	s->class['\r'] = CR;
	s->class[0] = NUL;
	memset(s->class + 0x80, HIGH, 0x80);
	if (delimiter == SPLIT_BLANKS) {
		s->class[' '] = s->class['\t'] = DELIMITER;
		return s;
	}
	s->class[(unsigned char)delimiter] = DELIMITER;
	s->csv = csv_new(delimiter);
	split_quote(s, '"');
	return s;
}

void split_quote(struct splitter *s, char quote)
{
	if (s->delimiter == SPLIT_BLANKS)
		return;
	if (s->quote != 0)
		s->class[(unsigned char)s->quote] = PLAIN;
	s->quote = quote;
	if (quote == 0)
		return;
	s->class[(unsigned char)quote] = QUOTE;
	csv_quote(s->csv, quote);
}

void split_free(struct splitter *s)
{
	if (s == NULL)
		return;
	csv_free_door(s->csv);
	free(s);
}

void split_forget(struct splitter *s)
{
	if (s->csv != NULL)
		csv_forget(s->csv);
}

void split_slow(struct splitter *s)
{
	s->slow = true;
}

/* The line end at q. false: a CR at the end of the window, of which more must be seen. */
static bool take_end(const char *q, const char *end, bool last, struct record *r)
{
	if (q == end) {
		r->end = RECORD_OPEN;
	} else if (*q == '\n') {
		r->end = RECORD_LF;
		q++;
	} else if (q + 1 < end) {
		r->end = q[1] == '\n' ? RECORD_CRLF : RECORD_CR;
		q += r->end == RECORD_CRLF ? 2 : 1;
	} else if (last) {
		r->end = RECORD_CR;
		q++;
	} else {
		return false;
	}
	r->used = (size_t)(q - r->p);
	r->lines += r->end != RECORD_OPEN;
	return true;
}

/* One physical line as a record without fields. false: its end is not in the window. */
static bool take_line(const struct splitter *s, const char *end, bool last, unsigned flags, struct record *r)
{
	const char *q = r->p;

	r->flags = flags;
	r->lines = 0;
	r->fields = 0;
	for (;; q++) {
		enum class c = s->class[(unsigned char)*q];

		if (c == LF || c == CR)
			break;
		if (c == NUL)
			r->flags |= RECORD_NUL;
		if (c == HIGH)
			r->flags |= RECORD_HIGH;
	}
	r->n = (size_t)(q - r->p);
	return (q < end || last) && take_end(q, end, last, r);
}

/* Has the window a record's limit and more than a CR? */
static bool is_over(const struct splitter *s, const char *end, const struct record *r)
{
	return (size_t)(end - r->p) >= s->max_row && end > r->p + 1;
}

/* What has no end within the limit: its beginning now, the rest as tails. A CR at the window's end is left to be its line end. */
static void take_piece(struct splitter *s, const char *end, unsigned flags, struct record *r)
{
	end -= end[-1] == '\r';
	r->n = r->used = (size_t)(end - r->p);
	r->fields = 0;
	r->flags = flags | RECORD_LONG;
	r->end = RECORD_OPEN;
	s->tail = true;
}

/* Long records with quotes: byte by byte, over any number of windows */

enum { WALK_START, WALK_PLAIN, WALK_QUOTED, WALK_QUOTE, WALK_CLOSED };

void split_ahead(struct splitter *s)
{
	s->ahead = true;
}

void split_close(struct splitter *s, bool closes, bool wide)
{
	s->answer = closes ? CLOSES : NEVER_CLOSES;
	s->wide = wide ? RECORD_WIDE : 0;
}

static void step_quoted(struct walk *w, enum class c)
{
	if (w->cr && c != LF)
		w->lines++;
	w->lines += c == LF;
	w->cr = c == CR;
	w->field++;
	if (c == QUOTE)
		w->state = WALK_QUOTE;
}

/* A byte outside quotes. false: a quote or a text where none may be. */
static bool step_open(struct walk *w, char byte, enum class c)
{
	bool blank = (byte == ' ' || byte == '\t') && c != DELIMITER;

	w->longest = w->field > w->longest ? w->field : w->longest;
	if (c == DELIMITER) {
		w->state = WALK_START;
		w->field = 0;
	} else if (c == QUOTE) {
		if (w->state != WALK_START && w->state != WALK_QUOTE)
			return false;
		w->state = WALK_QUOTED;
	} else if (w->state == WALK_QUOTE || w->state == WALK_CLOSED) {
		w->state = WALK_CLOSED;
		return blank;
	} else if (!blank) {
		w->state = WALK_PLAIN;
		w->field++;
	}
	return true;
}

enum walk_end split_walk(const struct splitter *s, struct walk *w, const char *p, size_t n, size_t *used)
{
	for (*used = 0; *used < n; ++*used) {
		enum class c = s->class[(unsigned char)p[*used]];

		if (w->state == WALK_QUOTED)
			step_quoted(w, c);
		else if (c == LF || c == CR)
			return WALK_WHOLE;
		else if (!step_open(w, p[*used], c))
			return WALK_BROKEN;
	}
	return WALK_MORE;
}

bool split_walk_open(const struct walk *w)
{
	return w->state == WALK_QUOTED;
}

/* As much of the record as the window has. false: only a CR at the window's end. */
static bool take_walked(struct splitter *s, const char *end, bool last, unsigned flags, struct record *r)
{
	struct walk before = s->walk;
	enum walk_end at = split_walk(s, &s->walk, r->p, (size_t)(end - r->p), &r->n);

	r->flags = flags;
	r->fields = 0;
	r->lines = s->walk.lines - before.lines;
	r->used = r->n;
	r->end = RECORD_OPEN;
	s->tail = !(last && at == WALK_MORE);
	s->in_walk = s->tail && at != WALK_BROKEN; /* only where the file changes under us */
	if (at != WALK_WHOLE)
		return r->n > 0;
	if (take_end(r->p + r->n, end, last, r))
		s->tail = s->in_walk = false;
	return r->used > 0;
}

static bool take_tail(struct splitter *s, const char *end, bool last, struct record *r)
{
	if (s->in_walk) {
		bool some = take_walked(s, end, last, RECORD_TAIL, r);

		if (some || s->in_walk)
			return some;
	}
	if (take_line(s, end, last, RECORD_TAIL, r)) {
		s->tail = false;
		return true;
	}
	if (r->n == 0 && *r->p == '\r') /* the CR at the window's end */
		return false;
	r->used = r->n;
	r->end = RECORD_OPEN;
	r->flags = RECORD_TAIL;
	return r->n > 0;
}

/* Quotes */

enum quoted { QUOTED_WHOLE, QUOTED_STRAY, QUOTED_OPEN };

static bool is_blank(const struct splitter *s, char c)
{
	return (c == ' ' || c == '\t') && c != s->delimiter;
}

/* From behind an opening quote to behind the closing one and the blanks after it. NULL: never closed in the window. */
static const char *pass_quoted(const struct splitter *s, const char *q, const char *end, struct record *r)
{
	for (; q < end; q++) {
		switch ((enum class)s->class[(unsigned char)*q]) {
		case QUOTE:
			if (q[1] != s->quote || q + 1 == end) {
				for (q++; q < end && is_blank(s, *q); q++)
					;
				return q;
			}
			q++;
			break;
		case LF:
			r->lines++;
			break;
		case CR:
			r->lines += q[1] != '\n';
			break;
		case NUL:
			r->flags |= RECORD_NUL;
			break;
		case HIGH:
			r->flags |= RECORD_HIGH;
			break;
		default:
			break;
		}
	}
	return NULL;
}

/* From the start of an unquoted field to its end. NULL: a quote inside. */
static const char *pass_plain(const struct splitter *s, const char *q, struct record *r)
{
	for (;; q++) {
		switch ((enum class)s->class[(unsigned char)*q]) {
		case DELIMITER:
		case LF:
		case CR:
			return q;
		case QUOTE:
			return NULL;
		case NUL:
			r->flags |= RECORD_NUL;
			break;
		case HIGH:
			r->flags |= RECORD_HIGH;
			break;
		case PLAIN:
			break;
		}
	}
}

/* Walk over the record's fields to its end at *at. */
static enum quoted pass_record(const struct splitter *s, const char *end, bool last, struct record *r, const char **at)
{
	const char *q = r->p;

	for (;; q++) {
		while (is_blank(s, *q))
			q++;
		if (s->class[(unsigned char)*q] != QUOTE) {
			if ((q = pass_plain(s, q, r)) == NULL)
				return QUOTED_STRAY;
		} else {
			if ((q = pass_quoted(s, q + 1, end, r)) == NULL)
				return QUOTED_OPEN;
			if (q == end && !last) /* what follows decides whether this quote closes */
				return QUOTED_OPEN;
			if (s->class[(unsigned char)*q] != DELIMITER && *q != '\n' && *q != '\r')
				return QUOTED_STRAY;
		}
		*at = q;
		if (q == end || *q == '\n' || *q == '\r')
			return q == end && !last ? QUOTED_OPEN : QUOTED_WHOLE;
	}
}

/* What the caller found beyond the window decides. false: the record has no sound end. */
static bool take_over(struct splitter *s, const char *end, struct record *r, bool *whole)
{
	int answer = s->answer;

	s->answer = NOT_ASKED;
	if (answer == NEVER_CLOSES)
		return false;
	if (answer == NOT_ASKED) {
		r->flags |= RECORD_OVER;
		return true;
	}
	s->walk = (struct walk){ .lines = 0 };
	*whole = take_walked(s, end, false, (r->flags & (RECORD_NUL | RECORD_HIGH)) | RECORD_LONG | s->wide, r);
	return true;
}

/* A record with quotes: checked, then given to libcsv. */
static enum rc take_quoted(struct splitter *s, const char *end, bool last, struct record *r, bool *whole)
{
	const char *q = r->p;

	r->flags = 0;
	r->lines = 0;
	switch (pass_record(s, end, last, r, &q)) {
	case QUOTED_WHOLE:
		r->n = (size_t)(q - r->p);
		*whole = take_end(q, end, last, r);
		if (*whole && !csv_fields(s->csv, r->p, r->n, s->field, SPLIT_FIELDS, &r->fields))
			return err_set(RC_NOMEM, "CSV-126", "no memory for a row of %zu bytes", r->n);
		if (*whole && r->fields == 0) { /* libcsv passes over blank lines */
			s->field[0] = (struct span){ r->p, 0 };
			r->fields = 1;
		}
		break;
	case QUOTED_STRAY:
		*whole = take_line(s, end, last, RECORD_STRAY, r);
		break;
	case QUOTED_OPEN:
		if (s->ahead && !last && is_over(s, end, r) && take_over(s, end, r, whole))
			return RC_OK;
		*whole = (last || (size_t)(end - r->p) >= s->max_row) && take_line(s, end, last, RECORD_UNCLOSED, r);
		break;
	}
	if (!*whole && is_over(s, end, r)) {
		take_piece(s, end, r->flags & (RECORD_STRAY | RECORD_UNCLOSED), r);
		*whole = true;
	}
	return RC_OK;
}

/* The hot loop: a record without quotes. */
static enum rc take_fast(struct splitter *s, const char *end, bool last, struct record *r, bool *whole)
{
	const char *q = r->p, *from = q;
	uint32_t    k = 0;

	r->flags = 0;
	r->lines = 0;
	for (;; q++) {
		enum class c = s->class[(unsigned char)*q];

		if (c == PLAIN)
			continue;
		if (c == NUL) {
			r->flags |= RECORD_NUL;
		} else if (c == HIGH) {
			r->flags |= RECORD_HIGH;
		} else if (c == QUOTE) {
			return take_quoted(s, end, last, r, whole);
		} else {
			if (k < SPLIT_FIELDS)
				s->field[k] = (struct span){ from, (uint32_t)(q - from) };
			k++;
			from = q + 1;
			if (c != DELIMITER)
				break;
		}
	}
	r->n = (size_t)(q - r->p);
	r->fields = k;
	*whole = (q < end || last) && take_end(q, end, last, r);
	if (!*whole && is_over(s, end, r) && !(s->ahead && take_over(s, end, r, whole))) {
		take_piece(s, end, r->flags, r);
		*whole = true;
	}
	return RC_OK;
}

/* Runs of blanks; those at both ends do not count. */
static bool take_blanks(struct splitter *s, const char *end, bool last, struct record *r)
{
	if (!take_line(s, end, last, 0, r)) {
		if (!is_over(s, end, r))
			return false;
		take_piece(s, end, r->flags, r);
		return true;
	}
	for (const char *q = r->p, *stop = r->p + r->n;; r->fields++) {
		while (q < stop && s->class[(unsigned char)*q] == DELIMITER)
			q++;
		if (q == stop)
			break;
		const char *from = q;

		while (q < stop && s->class[(unsigned char)*q] != DELIMITER)
			q++;
		if (r->fields < SPLIT_FIELDS)
			s->field[r->fields] = (struct span){ from, (uint32_t)(q - from) };
	}
	return true;
}

enum rc split_next(struct splitter *s, const char *text, size_t n, bool last, struct record *out, bool *whole)
{
	const char *end = text + n;

	*whole = false;
	out->p = text;
	out->field = s->field;
	if (n == 0)
		return RC_OK;
	if (s->tail) {
		*whole = take_tail(s, end, last, out);
		return RC_OK;
	}
	if (s->delimiter == SPLIT_BLANKS) {
		*whole = take_blanks(s, end, last, out);
		return RC_OK;
	}
	return s->slow ? take_quoted(s, end, last, out, whole) : take_fast(s, end, last, out, whole);
}
