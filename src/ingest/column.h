/* What one column of a file holds: counts, different and frequent values, range, quantiles, months. Gathered value by value in
 * bounded memory. */
#ifndef CLV_INGEST_COLUMN_H
#define CLV_INGEST_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "ingest/convert.h"
#include "ingest/csv.h"

enum { COLUMN_TOP = 5, COLUMN_TEXT = 60, COLUMN_MONTHS = 1200, COLUMN_FIRST_YEAR = 1970 };

/* How its values are read. */
struct column_ask {
	struct number_form form;
	struct date_format date[2]; /* day/month and month/day where both are possible */
	int                dates;   /* how many of them to try: 0, 1, 2 */
	bool               meant;   /* the reading says that it is of numbers or of dates: half of the values are enough to call it so */
	size_t             distinct_most;
};

struct column;

struct column *column_new(const struct column_ask *ask);
void           column_free(struct column *c); /* NULL allowed */
/* A value without blanks around it, that is not missing; month: of its row, from COLUMN_FIRST_YEAR; -1: not known. */
void           column_add(struct column *c, struct span value, int month);
void           column_add_missing(struct column *c);

/* {type, form|null, shape, count, missing, distinct, distinct_exact, distinct_error, top:[{value, count, exact}] (not exact: at least), min|null, max|null,
 * quantiles:{p05, p25, p50, p75, p95}|null, rank_error, longest, unfit, months:[count of months first .. last]}. Values are visible
 * texts of at most COLUMN_TEXT bytes. type: number, whole, date, text, or null without values; 95 % of the values are of it (half when meant),
 * `unfit` are not. shape: empty, constant, key (no value twice, none missing), category, number, date, text. Dates stand as YYYY-MM-DD; where
 * both orders fit every value they have no range. */
struct js *column_json(const struct column *c, int first, int last);

#endif
