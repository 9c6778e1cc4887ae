/* A list's inside, shared by list.c (the door, and lists by statement) and list_parts.c (lists by views). */
#ifndef CLV_STORE_LIST_PRIV_H
#define CLV_STORE_LIST_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "store/list.h"

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

#endif
