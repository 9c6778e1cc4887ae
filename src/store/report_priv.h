/* A report opened, for the files of this room that make statements over its rows. */
#ifndef CLV_STORE_REPORT_PRIV_H
#define CLV_STORE_REPORT_PRIV_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"
#include "store/filter_priv.h"
#include "store/page.h"
#include "store/sql.h"
#include "store/store.h"

struct report {
	const char         *name; /* "report/top_customers" */
	struct sql_text     text;
	const char         *body; /* one statement, without its semicolon */
	struct filter_scope scope;     /* the report's columns, then the attributes that its customers have */
	size_t              own;       /* columns of the report */
	const char         *customers, *customers_key; /* the table that leads from its column of that name to a customer; NULL: no attributes */
	bool                needs_params;
};

/* Errors: RC_USAGE (no such report), RC_STORE (its SQL). */
enum rc report_open(struct store *s, struct arena *a, const char *name, struct report *out);

/* The columns that "a,b,c" means. Errors: RC_USAGE. */
enum rc report_choose(struct arena *a, const struct filter_scope *scope, const char *list, const size_t **chosen, size_t *n);

/* " FROM (body) AS report_row", with the attributes that something has named */
void    report_add_source(struct str *sql, const struct report *r);

/* A statement made over the report, its parameters bound from the ask and those of a filter (NULL: none) from bound,
 * which must live as long as *out. Errors: RC_USAGE (parameters), RC_STORE. */
enum rc report_prepare(struct store *s, const struct report *r, const struct page_ask *ask, const struct filter_bound *bound,
	const char *sql, sqlite3_stmt **out);
/* The first cell of its first row; 0 without one. */
enum rc report_count(struct store *s, const struct report *r, const struct page_ask *ask, const struct filter_bound *bound,
	const char *sql, int64_t *out);
/* Rows of the report without filter: by its counting statement, by the end of its dense key, or one by one. */
enum rc report_count_all(struct store *s, struct arena *a, const struct report *r, const struct page_ask *ask, int64_t *out);

/* page.c, for list.c: page_load with one more column at the end, report_place: the row's number in the report's own order, from
 * 1. And the rows of some page keys, in the order of the keys: report, param and columns of the ask. Errors: RC_DATA when
 * a key has no row. */
enum rc page_load_placed(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out);
enum rc page_rows(struct store *s, struct arena *a, const struct page_ask *ask, const int64_t *key, size_t n, struct frame **out);

/* report_attribute.c: attributes of customers as columns of a report whose header says `-- attributes: view key`, a view with `customer` and
 * the key, which is a column of the report, too. */

/* Add them to the scope and, with their kinds, to the header. */
enum rc report_add_attributes(struct store *s, struct arena *a, struct report *r);
/* ", (SELECT ...) AS "name"" for each one named. row: what the report's rows are called. */
void    report_add_named(struct str *sql, const struct report *r, const char *row);
/* A SELECT of `customer` and the attribute, of all customers of the view, also those without a value. */
void    report_add_attribute_rows(struct str *sql, const struct report *r, size_t column);

#endif
