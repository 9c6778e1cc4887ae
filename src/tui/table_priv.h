/* The one table: rows of a report under titles, as wide as its cells need and no wider. */
#ifndef CLV_TUI_TABLE_PRIV_H
#define CLV_TUI_TABLE_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/frame.h"
#include "tui/ui.h"
#include "view/grid.h"

enum form {
	FORM_TEXT,    /* as it is, from the left */
	FORM_LAST,    /* text that takes what width is left; one a table, its last column */
	FORM_COUNT,   /* 1,067 */
	FORM_PLAIN,   /* 1067, .5 as 0.5: as little as tells the number */
	FORM_MONEY,   /* 34,973 */
	FORM_SHARE,   /* 17.1% */
	FORM_CHANGE,  /* +12% */
	FORM_CHANCE,  /* .98 */
	FORM_REAL,    /* four significant digits */
	FORM_TWO,     /* two digits after the point */
	FORM_THREE,   /* three */
	FORM_DAY,     /* 2025-12-31 */
	FORM_TIME,    /* 2026-11-20 12:00 of a stamp */
	FORM_BAR,     /* a bar against the greatest of the rows drawn */
	FORM_LIMIT,   /* a bar against a limit of 1 */
	FORM_RATIO,   /* 1 + value in a track from half to twice */
	FORM_SIGN,    /* a verdict as a sign */
	FORM_SPARK,   /* a text of numbers with blanks between, "3 5 - 8", as a line of columns */
};

struct table_column {
	const char *title;  /* "" for none */
	const char *column; /* of the frame; one that is not there, or empty in all rows drawn, is left out */
	enum form   form;
	int         keep;   /* 0 stays; the greatest is left out first when there is no room */
};

/* How the selected row shows: reversed, with a mark before it because other parts follow it, or not at all. */
enum table_mark { TABLE_QUIET, TABLE_FOLLOWED, TABLE_FOCUS };

struct table {
	const struct frame        *frame;  /* NULL: no rows */
	const struct table_column *column; /* title NULL ends; at most VIEW_COLUMNS */
	const char                *only, *value; /* rows whose text column `only` is `value`; NULL: all */
	int64_t                    first;  /* place of the frame's first row */
	int64_t                    total;  /* rows that there are, for the note below; 0: as many as the frame has */
	int64_t                    all;    /* rows without the filter */
	const char                *sort;   /* the order the rows are in, "-clv"; NULL: not told */
	const char                *key;    /* column with the keys of marked rows */
	enum table_mark            mark;
	struct list_view          *view;   /* what is looked at; NULL: the first rows, none selected */
};

/* A box with the table in it, and "1-9 of 31" below when not all are seen. An empty table says `none`. Returns rows drawn. */
int table_draw(struct grid *g, struct area at, const char *title, const struct table *t, const char *none);

/* Can the cursor stand on a column: it has a title? */
bool table_can_stand(const struct table_column *c);

#endif
