/* struct pane and the list of panes. */
#ifndef CLV_TUI_PANE_H
#define CLV_TUI_PANE_H

#include <stddef.h>

#include "base/str.h"
#include "tui/snapshot.h"
#include "tui/ui.h"
#include "view/grid.h"

/* At least this size: four fixed rows and the pane between them. Below it a card says what fits. */
#define PANE_WIDTH  40
#define PANE_HEIGHT 12

/* From this width on, lists have their detail beside them. */
#define PANE_WIDE 110

struct pane {
	const char          *id;     /* "home" */
	const char          *key;    /* "1" */
	const char          *tab;    /* "Home" */
	const char          *title;  /* "Home" or longer, for the second row */
	const struct source *source;
	const char          *main;   /* the report without which there is nothing to show */
	const char *const   *hints;  /* "key what" each, most useful first; NULL ends */
	void (*where)(const struct snapshot *s, struct str *left, struct str *right); /* beside the title, and at the right edge */
	void (*draw)(const struct snapshot *s, struct grid *g, struct area at);
	void (*say)(const struct snapshot *s, struct str *line);                      /* the status row: one sentence of meaning */
};

extern const struct pane *const panes[];
extern const size_t             panes_count;

/* By name or key; NULL. */
const struct pane *pane_find(const char *name);

/* The whole screen: tabs, where one is, the pane, what it means and the job at work, keys. */
void pane_draw(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g);

#endif
