/* What the values of a sample look like: money, dates. Not here: proofs by whole columns (survey.c). */
#include "config.h"

#include "ingest/reading_priv.h"

#include <ctype.h>
#include <string.h>

#include "ingest/column.h"
#include "ingest/missing.h"

struct span search_cell(const struct search *s, size_t row, int column)
{
	const struct sample_row *r = &s->sample->row[row];

	return r->fields == s->r->fields && column >= 0 && (uint32_t)column < r->fields ? r->field[column] : (struct span){ "", 0 };
}

/* A number in either form. */
static bool reads_as_number(struct span c, bool *fraction)
{
	struct currency  sign = { "" };
	struct decimal   d;
	enum number      n = decimal_read(c.p, c.n, &(struct number_form){ '.', true, 0 }, &d, &sign);

	if (n == NUMBER_BAD)
		n = decimal_read(c.p, c.n, &(struct number_form){ ',', true, 0 }, &d, &sign);
	*fraction = n == NUMBER_OK && (sign.code[0] != '\0' || memchr(c.p, '.', c.n) != NULL || memchr(c.p, ',', c.n) != NULL);
	return n != NUMBER_BAD;
}

bool search_looks_like_money(const struct search *s, int column)
{
	size_t values = 0, numbers = 0, fractions = 0;

	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct span c = search_cell(s, i, column);
		bool fraction;

		if (missing_text(NULL, c))
			continue;
		values++;
		numbers += reads_as_number(c, &fraction);
		fractions += fraction;
	}
	return values > 0 && numbers * 10 >= values * 9 && fractions > 0;
}

size_t search_dates_of(const struct search *s, int column, const struct date_format *f, size_t *values)
{
	size_t n = 0;

	*values = 0;
	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct span c = search_cell(s, i, column);
		day_t day;
		bool  offset;

		if (missing_text(NULL, c))
			continue;
		++*values;
		n += date_read(c.p, c.n, f, &day, &offset);
	}
	return n;
}

bool search_guess_dates(const struct search *s, int column, struct date_format *out, bool *open)
{
	static const struct date_format formats[] = {
		{ DATE_YMD, '-', false, 0 }, { DATE_YMD, '/', false, 0 }, { DATE_YMD, '.', false, 0 }, { DATE_YMD, 0, false, 0 },
		{ DATE_DMY, '/', false, 0 }, { DATE_DMY, '.', false, 0 }, { DATE_DMY, '-', false, 0 },
		{ DATE_MDY, '/', false, 0 }, { DATE_MDY, '.', false, 0 }, { DATE_MDY, '-', false, 0 },
	};
	enum { FORMATS = sizeof formats / sizeof formats[0], DAY_FIRST = 4, SEPARATORS = 3 };
	size_t best = 0, values = 0, fits[FORMATS];

	for (size_t i = 0; i < FORMATS; i++) {
		fits[i] = search_dates_of(s, column, &formats[i], &values);
		if (fits[i] > best) {
			best = fits[i];
			*out = formats[i];
		}
	}
	for (size_t i = DAY_FIRST; i < DAY_FIRST + SEPARATORS; i++) { /* together they may read what neither does: the survey tells */
		if (fits[i] + fits[i + SEPARATORS] > best && best * 2 < values) {
			best = fits[i] + fits[i + SEPARATORS];
			*out = formats[i];
		}
	}
	*open = out->order != DATE_YMD;
	if (values == 0) { /* every date is missing: the rows say so */
		*out = formats[0];
		*open = false;
		return true;
	}
	return best * 2 >= values;
}

/* Columns as a profile reads them */

/* Different values held by all columns together, by one at least and at most. */
enum { HELD_ALL = 1 << 19, HELD_LEAST = 256, HELD_MOST = 1 << 14 };

/* Point or comma, by what more of the sample's values are. */
static struct number_form form_of(const struct search *s, int column)
{
	size_t point = 0, comma = 0;

	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct span     c = search_cell(s, i, column);
		struct currency sign;
		struct decimal  d;

		point += decimal_read(c.p, c.n, &(struct number_form){ '.', true, 0 }, &d, &sign) == NUMBER_OK;
		comma += decimal_read(c.p, c.n, &(struct number_form){ ',', true, 0 }, &d, &sign) == NUMBER_OK;
	}
	return (struct number_form){ comma > point ? ',' : '.', true, 0 };
}

/* Dates as the sample shows them, in both orders where both are possible. */
static void guess_orders(const struct search *s, int column, struct column_ask *ask)
{
	size_t values;
	bool   open = false;

	if (!search_guess_dates(s, column, &ask->date[0], &open) || search_dates_of(s, column, &ask->date[0], &values) == 0)
		return;
	ask->dates = open ? 2 : 1;
	ask->date[0].order = open ? DATE_DMY : ask->date[0].order;
	ask->date[1] = ask->date[0];
	ask->date[1].order = DATE_MDY;
}

static int role_of(const struct reading *r, int column)
{
	int role = 0;

	while (role < ROLES && (r == NULL || r->mapped != NULL || r->column[role] != column))
		role++;
	return role;
}

int search_column_ask(const struct search *s, int column, const struct reading *found, uint32_t columns, struct column_ask *out)
{
	int  role = role_of(found, column);
	bool money = role == ROLE_AMOUNT || role == ROLE_QUANTITY || role == ROLE_PRICE;

	*out = (struct column_ask){ .distinct_most = HELD_MOST, .meant = money || role == ROLE_DATE };
	while (out->distinct_most > HELD_LEAST && out->distinct_most * columns > HELD_ALL)
		out->distinct_most /= 2;
	out->form = money ? found->form[role] : form_of(s, column);
	if (role == ROLE_DATE) {
		out->date[0] = found->date_format;
		out->dates = 1;
	} else {
		guess_orders(s, column, out);
	}
	return role;
}

/* Are all values dates with a mark between their parts? Numbers that could be days are numbers. */
static bool holds_dates(const struct search *s, int column)
{
	struct date_format f;
	size_t values, row = s->first;
	bool   open;

	while (row < s->sample->rows && missing_text(NULL, search_cell(s, row, column)))
		row++;
	if (row == s->sample->rows || !isdigit((unsigned char)search_cell(s, row, column).p[0]))
		return false;
	return search_guess_dates(s, column, &f, &open) && f.separator != 0 && search_dates_of(s, column, &f, &values) == values;
}

/* As a type: an amount with its currency is one as well, and so is an article like ABC123, so letters make a text. */
static bool is_plain_number(struct span c)
{
	bool fraction;

	return c.n > 0 && !isalpha((unsigned char)c.p[0]) && !isalpha((unsigned char)c.p[c.n - 1]) && reads_as_number(c, &fraction);
}

const char *search_type(const struct search *s, int column)
{
	size_t values = 0, numbers = 0;

	for (size_t i = s->first; i < s->sample->rows; i++) {
		struct span c = search_cell(s, i, column);

		if (missing_text(NULL, c))
			continue;
		values++;
		numbers += is_plain_number(c);
	}
	if (values == 0)
		return "";
	if (numbers == values)
		return "number";
	if (numbers * 2 >= values)
		return "mixed";
	return holds_dates(s, column) ? "date" : "text";
}
