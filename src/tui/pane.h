/* struct pane and the list of panes. */
#ifndef CLV_TUI_PANE_H
#define CLV_TUI_PANE_H

#include <stddef.h>

#include "base/str.h"
#include "tui/snapshot.h"
#include "tui/table_priv.h"
#include "tui/ui.h"
#include "view/grid.h"

/* At least this size: four fixed rows and the pane between them. Below it a card says what fits. */
#define PANE_WIDTH  40
#define PANE_HEIGHT 12

/* From this width on, lists have their detail beside them. */
#define PANE_WIDE 110

/* A part of a pane: a table, or a picture. Tab goes from one to the next, z shows one alone. */
struct pane_part {
	const char *id;       /* "ranked" */
	const char *title;    /* of its box; a picture may have a better one */
	/* A table: */
	const char *report;   /* NULL: a picture */
	const struct table_column *column; /* NULL: as the query has them */
	bool        query;    /* the rows are those of the query that was typed; report is a name for them */
	const char *key;      /* the column that names a row, through sort, filter and a new run */
	const char *where;    /* rows that belong here; NULL: all */
	const char *sort;     /* at the start; NULL: the report's own order */
	struct source_param param[2];
	const char *none;     /* said when it has no rows */
	const char *enter;    /* command text of Enter, {} stands for the key of the selected row; NULL: nothing */
	/* A picture: */
	void (*draw)(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
	bool tall;            /* it is drawn as high as it needs and scrolled, where it has the pane or half of it */
};

struct pane {
	const char          *id;     /* "home" */
	const char          *key;    /* "1" */
	const char          *tab;    /* "Home" */
	const char          *title;  /* "Home" or longer, for the second row */
	const struct source *source;
	const char          *main;   /* the source without which there is nothing to show */
	const struct pane_part *part; /* the first one is seen where there is room for one only */
	size_t               parts;  /* at most SNAPSHOT_TABLES */
	/* Where each part stands in this area, which is roomy; a place of width 0: not seen but zoomed. */
	void (*lay)(const struct snapshot *s, struct area at, struct area *place);
	const char          *empty;  /* what will be here, without data */
	void (*welcome)(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at); /* instead of `empty`; NULL: none */
	void (*where)(const struct snapshot *s, struct str *left, struct str *right); /* beside the title, and at the right edge */
	void (*say)(const struct snapshot *s, struct str *line);                      /* the status row: one sentence of meaning */
};

extern const struct pane *const panes[];
extern const size_t             panes_count;

/* The columns of a table; none while they are not known. */
const struct table_column *pane_columns(const struct pane_part *t, const struct rows *r);

/* By name or key; NULL. */
const struct pane *pane_find(const char *name);

/* The whole screen: tabs, where one is, the pane, what it means and the job at work, keys. */
void pane_draw(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g);

/* The rows that its tables begin with: rows[parts]. */
#define PANE_ROWS 200
void pane_rows(const struct pane *p, struct rows_ask *rows);

#endif
