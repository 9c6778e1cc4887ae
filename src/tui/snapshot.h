/* What a pane shows, loaded in one read transaction and never changed afterwards. */
#ifndef CLV_TUI_SNAPSHOT_H
#define CLV_TUI_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "module/setting.h"
#include "store/page.h"
#include "store/store.h"

/* Where the value of a report's parameter comes from: a cell of a report that was loaded before, or of the row that is selected in
 * the table which shows that report. */
#define ROW_SELECTED SIZE_MAX
#define ROW_BELOW    (SIZE_MAX - 1) /* the row under the selected one */

struct source_param { const char *name, *report, *column; size_t row; };

/* A report that a pane reads besides its tables. One with a parameter from a selected row follows the selection. */
struct source {
	const char *report; /* NULL ends the list */
	int64_t     limit;  /* 0: all rows */
	const char *sort;   /* "-column"; NULL: the report's own order */
	struct source_param param[2];
};

struct part {
	const char   *report;
	struct frame *frame;
	int64_t       total; /* rows that the report has; -1 when not counted */
};

#define ROWS_TYPED 10000 /* rows of a query that are shown at most */

struct table_column;

/* Rows that a table is asked for. */
struct rows_ask {
	const char *report;        /* NULL: this part is no table */
	const char *query;         /* SQL that a person typed, in place of a report; NULL: none */
	struct source_param param[2];
	const char *where, *sort;  /* as page.h; NULL: none */
	const char *own;           /* the part of `where` that belongs to the table itself; NULL: none */
	int64_t     limit;
	const char *key, *selected; /* the row whose column `key` is this text; NULL: the one at place `at` */
	int64_t     at;
};

/* Rows that a table shows. */
struct rows {
	struct frame *frame;    /* NULL: not loaded */
	int64_t       first;    /* place of its first row */
	int64_t       total;    /* rows that the filter leaves */
	int64_t       all;      /* rows without it */
	int64_t       selected; /* place of the selected row; -1: there are no rows */
	const char   *sort;     /* the order they are in; NULL: that of the report */
	bool          lost;     /* the row that was asked for is gone */
	/* Of a query that a person typed: */
	const struct table_column *column; /* its columns as they are shown */
	const struct err          *error;  /* why there are no rows; NULL: no failure */
	bool                       more;   /* there are more rows than are shown */
};

#define SNAPSHOT_PARTS  16
#define SNAPSHOT_TABLES 20

struct snapshot {
	const char *store_name;   /* the file's name without its ending */
	const char *currency;     /* "" if not known */
	int64_t     horizon;      /* days */
	bool        empty;        /* no store, or nothing that was imported was accepted */
	bool        chain_sound;  /* the audit chain was walked and holds */
	int64_t     chain_length; /* -1: not walked */
	const char *story;        /* the selected customer's story, a line each; "" if none */
	struct part part[SNAPSHOT_PARTS];
	size_t      parts;
	struct rows rows[SNAPSHOT_TABLES]; /* as the parts of the pane */
	const struct snapshot *detail; /* what follows the selection: looked at first; NULL: none */
	int64_t     run;          /* the run that is live, to tell whether a page belongs to the rest */
};

/* Orders of rows under a filter and a sort, kept so that the next page needs no sort. Belongs to the thread that reads. */
struct rows_cache;
struct rows_cache *rows_cache_new(void);
void               rows_cache_clear(struct rows_cache *c);
void               rows_cache_free(struct rows_cache *c); /* NULL allowed */

struct snapshot_ask {
	const struct source   *source;
	const struct rows_ask *rows;   /* rows[tables] */
	size_t                 tables;
	struct rows_cache     *cache;  /* NULL: rows are read once, from their first place on */
};

/* Parameters that follow the selection, as texts in an arena: of source i, then of table i. NULL: not known. */
struct snapshot_values { const char *source[SNAPSHOT_PARTS][2], *table[SNAPSHOT_TABLES][2]; };

/* Load everything into the arena. s may be NULL: an empty snapshot. A report whose parameters are not there is left out. */
enum rc snapshot_load(struct store *s, struct arena *a, struct settings *settings, const struct snapshot_ask *ask, struct snapshot *out);

/* What follows the selection, alone. */
void    snapshot_values(struct arena *a, const struct snapshot *s, const struct snapshot_ask *ask, struct snapshot_values *out);
bool    snapshot_follows(const struct snapshot_ask *ask); /* is there anything that does? */
enum rc snapshot_detail(struct store *s, struct arena *a, struct settings *settings, const struct snapshot_ask *ask,
                        const struct snapshot_values *v, struct snapshot *out);
/* Let s show this detail, which must live as long. */
void    snapshot_take_detail(struct snapshot *s, const struct snapshot_ask *ask, const struct snapshot *detail);

/* Mask columns of the kind "personal", unless screen.unmasked asks for them. Loading does it; rows_load leaves it to its caller. */
void snapshot_mask(struct arena *a, const struct settings *settings, struct snapshot *s);

/* rows.c: the rows of one table, alone, around the selected row; value: those of its parameters. */
enum rc rows_load(struct store *s, struct arena *a, struct rows_cache *cache, const struct rows_ask *ask, const char *const *value, struct rows *out);
/* How many the filter leaves, and how many there are. */
enum rc rows_count(struct store *s, struct rows_cache *cache, const struct rows_ask *ask, const char *const *value, int64_t *rows, int64_t *all);
/* The first row at or after a place (backwards: at or before it) with the text in one of its text columns; *of 0: there is none. */
struct rows_found { int64_t place, nth, of; };
enum rc rows_find(struct store *s, struct rows_cache *cache, const struct rows_ask *ask, const char *const *value, const char *text, int64_t from,
                  bool backwards, struct rows_found *out);
/* Names and values of its parameters; false when one is not known. */
bool    rows_params(const struct source_param *p, const char *const *value, struct page_param *param, size_t *n);
/* The run that is live; 0: none. */
enum rc snapshot_run(struct store *s, int64_t *out);

/* The rows of a report; NULL when it was not loaded. */
const struct frame *snapshot_frame(const struct snapshot *s, const char *report);
/* How many rows the report has, those not loaded included. */
int64_t             snapshot_total(const struct snapshot *s, const char *report);

/* One cell as a number (NaN if it is missing or not there) or as text (NULL). Rows and names that are not there are missing. */
double      snapshot_real(const struct snapshot *s, const char *report, size_t row, const char *column);
const char *snapshot_cell(const struct snapshot *s, const char *report, size_t row, const char *column);
/* The row whose text in `column` is `key`; SIZE_MAX when there is none. */
size_t      snapshot_row(const struct snapshot *s, const char *report, const char *column, const char *key);

#endif
