/* The order of a report's rows under a filter and a sort, made once and then paged, searched and asked for places: what
 * a table on a screen needs. A list is an array of page keys (1..n), for a report without a page key the rows
 * themselves; it is plain memory, made through one handle and read through any other of the same store.
 *
 * A report whose header has `-- list: view key` lines is listed from those views: each is one table, read in its own
 * order, of rows that `key` (integers from 0, dense) brings together; the first one has the page key, too. A filter then becomes
 * a set of rows for each view, and a sort reads one column. Columns are found by name. Measured with 1 million
 * customers: page.h's one statement over the joined view needs 3 to 6 s. A report without such lines, and what they cannot
 * serve, is listed by that statement.
 *
 * The rows and their order are page_load's: missing values last either way, text by its bytes, equal ones by page key or,
 * without one, by the first column and then, what page_load leaves open, by the report's own order. */
#ifndef CLV_STORE_LIST_H
#define CLV_STORE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "store/page.h"
#include "store/store.h"

struct list;

/* Report, param, where and sort of the ask; columns, limit, offset and uncounted are no matter. Everything is read in one
 * snapshot. *out is NULL after a failure. Errors: those of page_load; RC_CANCELLED through store_watch; RC_NOMEM. */
enum rc list_make(struct store *s, const struct page_ask *ask, struct list **out);
void    list_free(struct list *l); /* NULL allowed */

int64_t list_rows(const struct list *l); /* rows that the filter leaves */
int64_t list_all(const struct list *l);  /* rows without the filter */

/* Rows offset .. offset + limit (-1: to the end) of the list, columns "a,b,c" or NULL for all; total is list_rows. They
 * are read now: RC_DATA when a row is no longer there (see list_current). Some 20 us a row, and 1 ms. */
enum rc list_page(struct store *s, struct arena *a, const struct list *l, const char *columns, int64_t offset, int64_t limit,
	struct page *out);

/* What names the row at a place (0 ..) for as long as the store does not change: its page key, without one its number in the
 * report's own order, from 1. -1 outside of the list. */
int64_t list_key(const struct list *l, int64_t place);
/* Where the row with that key stands, -1: not in this list. So a selection outlives a sort and a filter; it outlives a
 * new run by what the report itself calls the row: page_load with where "customer_id:..." gives its new key. */
int64_t list_place(const struct list *l, int64_t key);

/* Does the store still hold what was listed? Asked inside of store_begin, the answer is good for the pages read there.
 * Only a report with a header line `-- state: statement/x`, whose first cell names what its rows are made of, can be seen
 * to be the same after other tables changed, or through another handle than the one that made the list. */
enum rc list_current(struct store *s, const struct list *l, bool *current);

/* Remember the rows of the list whose text column contains the text, in any case; column NULL: any of the text columns.
 * An empty text forgets. Errors: RC_USAGE (no such column); RC_DATA when the list is not current; those of list_make. */
enum rc list_search(struct store *s, struct list *l, const char *column, const char *text);

struct list_hit {
	int64_t place; /* of the row */
	int64_t nth;   /* from 1: the third */
	int64_t of;    /* of 17 */
};

/* The first remembered row at or after a place or, backwards, at or before it; past the end it goes on at the other. False:
 * there is none. */
bool list_find(const struct list *l, int64_t from, bool backwards, struct list_hit *out);

/* page_load through a list where that is faster: the same rows and total. */
enum rc list_load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out);

#endif
