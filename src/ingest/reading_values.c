/* What the values of a sample look like: money, dates. Not here: proofs by whole columns (survey.c). */
#include "config.h"

#include "ingest/reading_priv.h"

#include <string.h>

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
