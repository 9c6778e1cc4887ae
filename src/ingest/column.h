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

enum { COLUMN_TOP = 5, COLUMN_TEXT = 60, COLUMN_MONTHS = 1200, COLUMN_FIRST_YEAR = 1970, COLUMN_GRID = 101, COLUMN_VALUES = 24 };

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

/* The same in two steps, for who cannot afford the second for every value (a twentieth of the cost is in the first): counted are all values
 * by their hashes; weighed, for all that is said but counts, those that the caller chooses. */
uint64_t       column_hash(struct span value);
void           column_count(struct column *c, uint64_t hash);
void           column_again(struct column *c, uint64_t hash, int64_t times); /* a value that was counted comes so often again */
void           column_weigh(struct column *c, struct span value, uint64_t hash);
const struct distinct *column_distinct(const struct column *c);

/* Values are visible texts. exact: `count` is how often it came; otherwise at least so often among the weighed, in proportion. */
struct column_top { char text[4 * COLUMN_TEXT + 1]; int64_t count; bool exact; };

/* Numbers and days; NaN where there are none. Texts are static. */
struct column_summary {
	const char *type;          /* number, whole, date, text; NULL without values */
	const char *shape;
	int64_t     count, missing, weighed, unfit, longest;
	double      distinct, distinct_error; /* error 0: exact */
	double      mean, rank_error;
	double      grid[COLUMN_GRID]; /* quantiles 0, 0.01 ... 1 of the weighed: least, ..., largest */
	size_t      tops;
	struct column_top top[COLUMN_TOP];
};

/* All different values with their counts, most frequent first, [{value, count}]; NULL when there are more than COLUMN_VALUES, or one is longer than
 * COLUMN_TEXT bytes. Every value must have been weighed. */
struct js  *column_values(const struct column *c);
void        column_tell(const struct column *c, struct column_summary *out);
/* Of what is told of several columns together: exact says that `distinct` is. keys: no value came twice in any of them. */
const char *column_shape(const char *type, int64_t count, int64_t missing, double distinct, bool exact, bool keys);

/* {type, form|null, shape, count, missing, distinct, distinct_exact, distinct_error, top:[{value, count, exact}] (not exact: at least), min|null, max|null,
 * quantiles:{p05, p25, p50, p75, p95}|null, rank_error, longest, unfit, months:[count of months first .. last]}. Values are visible
 * texts of at most COLUMN_TEXT bytes. type: number, whole, date, text, or null without values; 95 % of the values are of it (half when meant),
 * `unfit` are not. shape: empty, constant, key (no value twice, none missing), category, number, date, text. Dates stand as YYYY-MM-DD; where
 * both orders fit every value they have no range. */
struct js *column_json(const struct column *c, int first, int last);

#endif
