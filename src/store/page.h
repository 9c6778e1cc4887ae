/* Sort, filter and page a report: identifiers from the report's own column list, values bound.
 * One filter language serves --where, the palette and saved views. */
#ifndef CLV_STORE_PAGE_H
#define CLV_STORE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "store/store.h"

struct page_param { const char *name, *value; }; /* bound to :name in the report's SQL; typed by the header's `-- param:` line */

struct page_ask {
	const char              *report;      /* "top_customers" -> report/top_customers */
	const struct page_param *param;       /* declared by the header; a missing required one is RC_USAGE */
	size_t                   params;
	const char              *where;       /* filter text, or NULL */
	const char              *sort;        /* column, "-column" for descending, or NULL for the report's own order */
	const char              *columns;     /* "a,b,c", or NULL for all */
	int64_t                  limit;       /* -1: all */
	int64_t                  offset;
	bool                     uncounted;   /* leave page.total at -1: a filter's count reads every row */
};

struct page {
	struct frame *frame;
	int64_t       total;  /* rows that the filter leaves, before limit and offset; -1 when not asked to count */
};

/* Report headers read here, besides about: `-- page: rank` names a dense 1..n key of the result: without filter and other sort a
 * page is a range of it, never an OFFSET. `-- total: statement/x` counts cheaply. `-- find: column statement/x` gives the key of the
 * one row whose column is :value, so that an equality need not read every row. `-- list: view key` and `-- state: statement/x` are
 * for store/list.h. `-- param: name type required|optional text`.
 * `-- column: name kind unit text` gives kind and unit of each result column ("-" is no unit).
 * `-- attributes: view key` makes the attributes of customers columns that may be named (report_attribute.c).
 * Filter (terms joined by blanks = and, `|` = or, `!` = not, parentheses): clv>500  p<.3  cluster:4  clv:100..500  name~ann
 * country:(UK,IE)  note:?  note:!?  clv > 500  a bare, "quoted" or 'quoted' word looks in every text column. Units k, M, %, d, w, mo. A column may be
 * shortened to any unambiguous prefix of its name, or of a part after '_' (a whole part wins: p is p_alive, not percentile). Days
 * compare with dates (2011-06-30, 2011-06, 2011, today, -90d: before today). Money is typed in major units. top:10% and
 * bottom:100 count along the page key. Equality tells cases apart, ~ and words do not. What is missing meets no condition
 * and its opposite.
 * Errors: RC_USAGE with a caret (err_source/err_where column) and the nearest column name. */
enum rc page_load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out);

/* Every row of a report, streamed: calls row(user, frame) with frames of at most 4,096 rows whose memory is reused. */
enum rc page_stream(struct store *s, const struct page_ask *ask, enum rc (*row)(void *user, const struct frame *f), void *user);

/* Reports known to this build, in byte order, with their `-- about:` line. NULL past the end. */
const char *page_report_name(size_t i);

#endif
