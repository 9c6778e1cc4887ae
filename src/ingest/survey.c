/* Counts over whole columns what fits which reading. Not here: the guess from the first rows (reading.c). */
#include "config.h"

#include "ingest/survey.h"

#include <string.h>

#include "ingest/records.h"
#include "ingest/split.h"

struct survey {
	struct reading *r;
	/* dates: rows that fit one order only; rows that fit both and mean two days */
	size_t day_first, month_first, both;
	size_t day_first_line, month_first_line, both_line;
	char   day_first_text[32], month_first_text[32], both_text[32];
	struct numbers { size_t point, comma, point_groups, comma_groups; } number[ROLES];
};

/* point, comma: values that fit one form only; groups: groups of three that prove themselves. */

static void keep(struct span c, size_t line, char text[32], size_t *at)
{
	size_t n = c.n < 31 ? c.n : 31;

	memcpy(text, c.p, n);
	text[n] = '\0';
	*at = line;
}

static void see_date(struct survey *s, struct span c, size_t line)
{
	struct date_format f = s->r->date_format;
	bool  offset;
	day_t a, b;

	f.order = DATE_DMY;
	bool day_first = date_read(c.p, c.n, &f, &a, &offset);

	f.order = DATE_MDY;
	bool month_first = date_read(c.p, c.n, &f, &b, &offset);

	if (day_first && !month_first && s->day_first++ == 0)
		keep(c, line, s->day_first_text, &s->day_first_line);
	else if (month_first && !day_first && s->month_first++ == 0)
		keep(c, line, s->month_first_text, &s->month_first_line);
	else if (day_first && month_first && a != b && s->both++ == 0)
		keep(c, line, s->both_text, &s->both_line);
}

static void see_number(struct numbers *s, struct span c)
{
	struct currency sign;
	struct decimal  d;
	bool groups = memchr(c.p, ',', c.n) != NULL && memchr(c.p, '.', c.n) != NULL;
	bool point = decimal_read(c.p, c.n, &(struct number_form){ '.', true, 0 }, &d, &sign) == NUMBER_OK;
	bool comma = decimal_read(c.p, c.n, &(struct number_form){ ',', true, 0 }, &d, &sign) == NUMBER_OK;

	if (point && !comma) {
		s->point++;
		s->point_groups += groups;
	} else if (comma && !point) {
		s->comma++;
		s->comma_groups += groups;
	}
}

static void see_record(void *user, const struct record *rec, size_t line)
{
	struct survey *s = user;
	static const enum role money[] = { ROLE_AMOUNT, ROLE_QUANTITY, ROLE_PRICE };
	const struct reading *r = s->r;

	if (line <= r->skip_lines || rec->fields != r->fields || (rec->flags & (RECORD_STRAY | RECORD_UNCLOSED | RECORD_LONG | RECORD_TAIL)) != 0)
		return;
	if (r->order_open)
		see_date(s, span_trim(rec->field[r->column[ROLE_DATE]]), line);
	for (size_t k = 0; r->form_open && k < sizeof money / sizeof money[0]; k++)
		if (r->column[money[k]] >= 0)
			see_number(&s->number[money[k]], span_trim(rec->field[r->column[money[k]]]));
}

static enum rc two_orders(const struct survey *s, const char *path)
{
	struct date_format f = s->r->date_format;
	struct str t = { 0 };
	char day_first[16], month_first[16];
	enum rc rc;

	f.order = DATE_DMY;
	date_format_write(day_first, &f);
	f.order = DATE_MDY;
	date_format_write(month_first, &f);
	if (s->day_first > 0) {
		str_add_visible(&t, s->day_first_text, strlen(s->day_first_text));
		str_addf(&t, "' in line %zu can only be %s, '", s->day_first_line, day_first);
		str_add_visible(&t, s->month_first_text, strlen(s->month_first_text));
		str_addf(&t, "' in line %zu can only be %s", s->month_first_line, month_first);
		rc = err_set(RC_AMBIGUOUS, "CSV-108", "the dates contradict each other: '%s", t.s);
	} else {
		str_add_visible(&t, s->both_text, strlen(s->both_text));
		rc = err_set(RC_AMBIGUOUS, "CSV-108", "two readings: every date fits %s and %s, for example '%s' in line %zu", day_first, month_first,
			t.s != NULL ? t.s : "", s->both_line);
	}
	str_clear(&t);
	return err_where(err_do(rc, "declare the order: --date-format %s or --date-format %s", day_first, month_first), path,
		s->day_first > 0 ? s->day_first_line : s->both_line, 0);
}

static enum rc settle_order(const struct survey *s, const char *path)
{
	struct reading *r = s->r;

	if ((s->day_first > 0 && s->month_first > 0) || (s->day_first + s->month_first == 0 && s->both > 0))
		return two_orders(s, path);
	r->date_format.order = s->month_first > 0 ? DATE_MDY : DATE_DMY;
	return RC_OK;
}

/* One convention a column: what does not fit it is a row's trouble. */
static struct number_form form_of(const struct numbers *n)
{
	bool comma = n->comma > n->point;

	return (struct number_form){ comma ? ',' : '.', comma ? n->point == 0 && n->comma_groups > 0 : n->comma == 0 && n->point_groups > 0, 0 };
}

enum rc survey_columns(struct run *run, struct reader *reader, size_t max_row, struct reading *r)
{
	struct splitter *split = split_new(r->delimiter, max_row);
	struct survey    s = { .r = r };
	enum rc rc;

	split_quote(split, r->quote);
	rc = records_each(run, reader, split, see_record, &s);
	split_free(split);
	if (rc == RC_OK && r->order_open)
		rc = settle_order(&s, reader_path(reader));
	if (rc != RC_OK)
		return rc;
	for (int role = 0; r->form_open && role < ROLES; role++)
		r->form[role] = form_of(&s.number[role]);
	r->order_open = r->form_open = false;
	return RC_OK;
}
