/* A list's inside, shared by list.c (the door, and lists by statement) and list_parts.c (lists by views). */
#ifndef CLV_STORE_LIST_PRIV_H
#define CLV_STORE_LIST_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "store/list.h"
#include "store/report_priv.h"

struct list {
	struct arena       *arena;
	struct page_ask     ask;     /* copied; no columns, every row */
	const struct store *maker;   /* compared, never used */
	int64_t             version; /* of the maker's data at that time */
	const char         *state;   /* first cell of the report's state; NULL: it names none */
	bool                keyed;
	bool                whole;   /* rows 1..rows of a keyed report in their order: no array */
	int64_t             rows, all;
	int64_t            *key;     /* of each row; NULL when whole */
	struct frame       *frame;   /* the rows of a report without a page key, report_place their last column */
	int64_t            *hit;     /* places of the rows that a search remembers, ascending */
	int64_t             hits;
};

/* Keys as they come. */
struct keys { int64_t *key; size_t n, cap; };

/* The keys of the rows that where leaves, in the order of sort, from the views that the report's header names. *done is false, and
 * nothing else changed, when the statement has to do it: no such lines, parameters, a filter that few rows can meet, values or keys of
 * another kind. Errors: those of list_make. */
enum rc list_by_parts(struct store *s, const struct list *l, const struct report *r, const char *where, const char *sort,
	struct keys *out, bool *done);

/* A number that changes when anything in the store does, to be compared with others of the same handle only. */
enum rc list_version(struct store *s, int64_t *out);

#endif
