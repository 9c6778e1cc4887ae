/* Chooses the delimiter and asks for the reading. Not here: the names of columns (reading.c), proofs by whole columns (survey.c). */
#include "config.h"

#include "ingest/sniff.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "ingest/mapping.h"
#include "ingest/survey.h"

enum { COLUMNS_MOST = 2000 };

static enum rc at_line(const struct reader *r, uint64_t line, enum rc rc)
{
	return err_where(rc, reader_path(r), (size_t)line, 0);
}

/* One character, or its name. */
static enum rc declared_delimiter(const char *text, char *out)
{
	static const struct { const char *name; char delimiter; } names[] = {
		{ "tab", '\t' }, { "\\t", '\t' }, { "comma", ',' }, { "semicolon", ';' }, { "pipe", '|' }, { "blank", SPLIT_BLANKS },
		{ "space", SPLIT_BLANKS }, { " ", SPLIT_BLANKS },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcasecmp(text, names[i].name) == 0)
			return *out = names[i].delimiter, RC_OK;
	if (strlen(text) != 1 || *text == '"' || *text == '\n' || *text == '\r' || (unsigned char)*text >= 0x80)
		return err_do(err_set(RC_USAGE, "CSV-113", "'%s' is not a delimiter", text), "give one character, or: tab, comma, semicolon, pipe, blank");
	*out = *text;
	return RC_OK;
}

/* How many of customer and date a header names, also one under some title lines. */
static int named(const struct sample *s)
{
	int best = 0;

	for (size_t i = 0; best < 2 && i < s->rows && i < READING_TITLES; i++) {
		struct sample under = *s;

		sample_drop(&under, i);
		int n = reading_named(&under);

		best = n > best && (i == 0 || n == 2) ? n : best;
	}
	return best;
}

/* Is a better than b? Names found, then the share of rows of equal length, then columns. */
static bool is_better(const struct sample *a, const struct sample *b)
{
	if (b->row == NULL || b->rows == 0)
		return true;
	if (a->rows == 0)
		return false;
	int names = named(a) - named(b);

	if (names != 0)
		return names > 0;
	bool table_a = a->row[0].fields > 1, table_b = b->row[0].fields > 1;

	if (table_a != table_b)
		return table_a;
	size_t left = a->agree * (b->rows + b->unsound), right = b->agree * (a->rows + a->unsound);

	return left != right ? left > right : a->row[0].fields > b->row[0].fields;
}

/* Quote and lines to pass over, as declared. */
static enum rc declared_form(const struct import_ask *ask, struct sample_form *f)
{
	int64_t lines = 0;

	if (ask->quote != NULL && (strcasecmp(ask->quote, "none") == 0 || *ask->quote == '\0'))
		f->quote = 0;
	else if (ask->quote != NULL && (strlen(ask->quote) != 1 || strchr("\n\r \t", *ask->quote) != NULL || (unsigned char)*ask->quote >= 0x80))
		return err_do(err_set(RC_USAGE, "CSV-155", "'%s' is not a quote", ask->quote), "give one character, or none");
	else if (ask->quote != NULL)
		f->quote = *ask->quote;
	if (ask->skip_lines != NULL && (!str_int(ask->skip_lines, strlen(ask->skip_lines), &lines) || lines < 0 || lines > 10000))
		return err_do(err_set(RC_USAGE, "CSV-156", "'%s' is not a number of lines", ask->skip_lines), "give 0 to 10000");
	f->skip_lines = (size_t)lines;
	return RC_OK;
}

static enum rc take_best(struct arena *a, const struct window *w, const struct import_ask *ask, size_t max_row, struct sample *out)
{
	static const char *const usual[] = { "comma", "semicolon", "tab", "pipe" };
	struct sample_form form = { .quote = '"', .max_row = max_row };
	bool   own = ask->table != NULL && ask->table->delimiters_n > 0;
	const char *const *candidate = own ? ask->table->delimiters : usual;
	size_t n = own ? ask->table->delimiters_n : sizeof usual / sizeof usual[0];
	enum rc rc = declared_form(ask, &form);

	*out = (struct sample){ 0 };
	if (rc != RC_OK)
		return rc;
	form.delimiter = form.skip_lines == 0 ? sample_declared(w) : 0;
	if (ask->delimiter != NULL && (rc = declared_delimiter(ask->delimiter, &form.delimiter)) != RC_OK)
		return rc;
	if (ask->delimiter != NULL || form.delimiter != 0)
		return sample_window(a, w, &form, out);
	for (size_t i = 0; i < n; i++) {
		struct sample s;

		rc = declared_delimiter(candidate[i], &form.delimiter);
		if (rc == RC_OK)
			rc = sample_window(a, w, &form, &s);
		if (rc != RC_OK)
			return rc;
		if (is_better(&s, out))
			*out = s;
	}
	return RC_OK;
}

static bool is_blank(const struct window *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (strchr(" \t\r\n", w->text[i]) == NULL || w->text[i] == '\0')
			return false;
	return true;
}

/* A header must be text that can be trusted: every later name depends on it. */
static enum rc check_header(const struct reader *r, const struct window *w, const struct sample *s)
{
	if (s->broken)
		return at_line(r, s->broken_line, err_do(err_set(RC_DATA, "CSV-117", "the header cannot be read: a quote is not closed, or it is too long"),
			"mend the first line"));
	if (s->rows == 0 && !w->last && !is_blank(w))
		return at_line(r, 1, err_do(err_set(RC_DATA, "CSV-117", "the first line has no end within %zu bytes", w->n),
			"check that it is a table with one row a line, and that the file was written to the end"));
	if (s->rows == 0)
		return at_line(r, 0, err_do(err_set(RC_DATA, "CSV-101", "the file holds nothing but blanks"), "check that it was written to the end"));
	size_t end = s->row[0].end, valid = str_utf8_valid(w->text, end);

	if (valid < end)
		return at_line(r, s->row[0].line, err_do(err_set(RC_DATA, "CSV-115", "the header is not UTF-8: the byte at offset %llu does not belong there",
			(unsigned long long)(reader_start(r) + valid)), "declare the encoding: --encoding windows-1252 or latin-1"));
	if (s->row[0].fields > COLUMNS_MOST)
		return at_line(r, s->row[0].line, err_set(RC_DATA, "CSV-116", "the header has %u columns; %d are the limit", s->row[0].fields, COLUMNS_MOST));
	return RC_OK;
}

enum rc sniff_sample(struct run *run, const struct import_ask *ask, struct reader *r, size_t max_row, struct window *w, struct sample *out)
{
	enum rc rc;

	*out = (struct sample){ 0 };
	reader_rewind(r, false);
	rc = reader_read(r, 0, w);
	if (rc == RC_OK)
		rc = take_best(run->arena, w, ask, max_row, out);
	return rc == RC_OK ? check_header(r, w, out) : rc;
}

enum rc sniff_file(struct run *run, const struct import_ask *ask, struct reader *r, size_t max_row, struct sample *seen, struct reading *out)
{
	struct window w;
	struct sample s;
	enum rc rc = sniff_sample(run, ask, r, max_row, &w, &s);

	if (rc == RC_OK)
		rc = reading_find(run->arena, ask, reader_path(r), &s, out);
	if (rc == RC_OK && s.rows == 1 && s.unsound == 0 && out->header && s.last)
		return at_line(r, s.row[0].line, err_do(err_set(RC_DATA, "CSV-102", "the file has a header and no row"),
			"check that it was written to the end"));
	if (rc == RC_OK && (out->order_open || out->form_open))
		rc = survey_columns(run, r, max_row, out);
	if (rc == RC_OK && seen != NULL)
		*seen = s;
	return rc;
}
