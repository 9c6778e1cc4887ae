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
#include "store/store.h"

/* A report that a pane reads. Parameters come from cells of reports named before it. */
struct source {
	const char *report; /* NULL ends the list */
	int64_t     limit;  /* 0: all rows */
	const char *sort;   /* "-column"; NULL: the report's own order */
	struct { const char *name, *report, *column; size_t row; } param[2];
};

struct part {
	const char  *report;
	struct frame *frame;
	int64_t       total; /* rows that the report has; -1 when not counted */
};

#define SNAPSHOT_PARTS 12

struct snapshot {
	const char *store_name;   /* the file's name without its ending */
	const char *currency;     /* "" if not known */
	int64_t     horizon;      /* days */
	bool        empty;        /* no store, or nothing imported into it */
	bool        chain_sound;  /* the audit chain was walked and holds */
	int64_t     chain_length; /* -1: not walked */
	const char *story;        /* the first customer's story, a line each; "" if none */
	struct part part[SNAPSHOT_PARTS];
	size_t      parts;
};

/* Load the sources into the arena. s may be NULL: an empty snapshot. A report whose parameters are not there is left out. */
enum rc snapshot_load(struct store *s, struct arena *a, struct settings *settings, const struct source *source, struct snapshot *out);

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
