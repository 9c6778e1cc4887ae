/* A table in memory: n rows of named, typed columns. What a query answers and a report renders.
 * Missing is a null mark for text and integers and NaN for reals. Memory belongs to an arena. */
#ifndef CLV_BASE_FRAME_H
#define CLV_BASE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum cell_type { CELL_INT, CELL_REAL, CELL_TEXT };

struct frame_column {
	const char     *name;
	const char     *kind;  /* "int", "real", "text", "day", "money", "share", "count" ...: how to show it; never NULL */
	const char     *unit;  /* "days", "EUR"; "" if none */
	enum cell_type  type;
	int64_t        *i;     /* CELL_INT:  i[rows], INT64_MIN is missing */
	double         *r;     /* CELL_REAL: r[rows], NaN is missing */
	const char    **t;     /* CELL_TEXT: t[rows], NULL is missing */
};

#define FRAME_INT_MISSING INT64_MIN

struct frame {
	struct arena        *arena;
	size_t               rows, columns;
	struct frame_column *column;
};

/* An empty frame in an arena; columns are added before rows. Their names and kinds are copied, their unit is ""
 * until it is set, and text put into cells is borrowed. */
struct frame *frame_new(struct arena *a);
size_t        frame_add_column(struct frame *f, const char *name, const char *kind, enum cell_type type);
/* Append a row of missing cells and return its index. Amortised constant time; moves the cells, so take i, r
 * and t from the column afterwards. Aborts when memory is gone. */
size_t        frame_add_row(struct frame *f);
/* The column of that name, or NULL. */
const struct frame_column *frame_column(const struct frame *f, const char *name);
/* Sort the rows by a column, those of equal cells as they are; missing ones stand last both ways. Text by bytes. n log n. */
void frame_sort(struct frame *f, const struct frame_column *by, bool down);
bool frame_missing(const struct frame_column *c, size_t row);

#endif
