/* What the files that find a reading share: the search at hand, its columns, its sample. */
#ifndef CLV_INGEST_READING_PRIV_H
#define CLV_INGEST_READING_PRIV_H

#include "ingest/reading.h"

enum { NAME_MAX_BYTES = 64 };

struct column_ask;

/* What is being found, for one file. */
struct search {
	struct arena            *a;
	const struct import_ask *ask;
	const char              *path;
	const struct sample     *sample;
	const struct sample_row *header; /* NULL: none */
	size_t                   first;  /* index of the first data row of the sample */
	struct reading          *r;
};

/* reading_names.c: columns by option and by name */

extern const char *const role_word[ROLES];
extern const char *const role_column[ROLES]; /* that of orders (module/entity.def) */

/* Small letters without blanks and the marks that stand for them; a unit in brackets at the end says nothing about the role. */
void        search_plain_name(struct span s, char out[NAME_MAX_BYTES]);
/* The column of a role into r->column: the option's, or the one known by name; -1 when there is none. RC_AMBIGUOUS, RC_USAGE. */
enum rc     search_find(struct search *s, enum role role, const char *option);
/* The column that a text names: by the header's name, or by number. RC_USAGE (CSV-107), RC_AMBIGUOUS. */
enum rc     search_column(const struct search *s, const char *text, int *out);
/* Tier of a header name for a role; 0: not known. */
int         search_tier_of(enum role role, struct span name);
bool        search_column_number(const char *text, int *out); /* "3" -> 2 */
const char *search_visible(const struct search *s, int column); /* the column's name, for messages */
enum rc     search_at_header(const struct search *s, enum rc rc);
enum rc     search_missing_column(const struct search *s, enum role role);
enum rc     search_two_columns(const struct search *s, enum role role, int a, int b);

/* reading_values.c: what the sample's values look like */

/* Empty when the row has another number of fields. */
struct span search_cell(const struct search *s, size_t row, int column);
/* Nine tenths of the values are numbers, and some of them have a fraction or a currency. */
bool        search_looks_like_money(const struct search *s, int column);
/* How many values of the column are dates of that format. */
size_t      search_dates_of(const struct search *s, int column, const struct date_format *f, size_t *values);
/* How a column's values are read: as its role says when `found` gives it one, else as the sample shows them. columns: of the whole file. Returns the
 * role, or ROLES. */
int         search_column_ask(const struct search *s, int column, const struct reading *found, uint32_t columns, struct column_ask *out);
/* The format that reads most of the sample, if it reads half of it. *open: day/month and month/day are both possible. */
bool        search_guess_dates(const struct search *s, int column, struct date_format *out, bool *open);
/* "number" or "date": all values are; "text": most are neither; "mixed"; "": there is no value. Static text. */
const char *search_type(const struct search *s, int column);

#endif
