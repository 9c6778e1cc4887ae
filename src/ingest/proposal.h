/* A contract proposed from what data hold: each line with the figures that it was proposed from. A person edits, compares and accepts it. */
#ifndef CLV_INGEST_PROPOSAL_H
#define CLV_INGEST_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/json.h"
#include "base/str.h"
#include "store/store.h"

struct proposal_value { const char *text; int64_t count; };

struct proposal_column {
	const char *name, *role;  /* of the header; role_word or "" */
	const char *type;         /* "number", "whole", "date", "text"; "" without values or where files differ */
	bool        iso;          /* dates written YYYY-MM-DD */
	bool        key;          /* in each file: every row has a value, and none comes twice */
	bool        ranged;       /* low and high are there: numbers, or days since 1970-01-01 */
	int64_t     files;        /* that have the column */
	int64_t     count, missing, unfit; /* rows with a value, without, with one that is not of the type */
	double      low, high;
	int64_t     weighed;      /* rows that low and high are told from */
	struct proposal_value *value; /* all values, most frequent first; NULL: not known */
	size_t      values;
};

struct proposal {
	struct arena *a;
	const char   *name;       /* of the contract */
	const char   *from;       /* "2 files: a.csv, b.csv" */
	int64_t       files, rows;
	struct proposal_column *column;
	size_t        columns;
	struct proposal_day { day_t day; int64_t rows; } *day; /* in order: days with rows */
	size_t        days;
	const char  **left_out;   /* checks, by id, that the data themselves do not keep */
	size_t        lefts;
};

/* From import_profile_whole's result. Columns are taken together by their names; those without one (no header) only where a role reads them, and
 * are called by it. Texts live in the arena or in the result. */
void    proposal_of_files(struct arena *a, const struct js *profile, struct proposal *out);
/* From what was kept of the accepted files (raw_profile) and their rows. RC_DATA (CON-130): nothing was accepted yet. */
enum rc proposal_of_store(struct store *s, struct arena *a, struct proposal *out);

/* Leave a check out: a proposal that its own data do not keep is none. false: it was left out before. */
bool proposal_leave_out(struct proposal *p, const char *id);

/* The contract as YAML. Same proposal, same bytes. What is proposed, and from what:
 *   required   false where a file has no such column; where a fifth of the rows at least has a value: warned of when more rows miss it than the upper end of Wilson's 95 % interval of
 *              the share that misses it here (Wilson 1927);
 *   unique     where no row misses it and no value comes twice, in 20 rows at least;
 *   accepted   texts of at most 20 values, at most a tenth of them seen once, five rows a value on average; never of columns named for people;
 *   range      numbers from the least to the largest and half of their distance beyond, 0 where none is negative; days from the first of January of the
 *              first year;
 *   freshness  twice the gap that 99 of 100 gaps between days with rows keep, of 8 days at least;
 *   volume     where weekdays have 7 points: eight weeks, half of whose days have rows.
 * Every check warns. */
void proposal_write(struct str *t, const struct proposal *p);

#endif
