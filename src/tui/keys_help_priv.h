/* The keys of a screen as a list that is searched by typing. */
#ifndef CLV_TUI_KEYS_HELP_PRIV_H
#define CLV_TUI_KEYS_HELP_PRIV_H

#include "base/arena.h"
#include "tui/field_priv.h"
#include "view/grid.h"

struct help_row {
	const char *section; /* "This screen" */
	const char *key;     /* "A", or an example of the filter language */
	const char *about;
	const char *text;    /* what the key does; NULL: nothing to run */
};

struct help {
	struct arena          *arena;  /* rows, and what was found of them */
	const char            *title;
	const struct help_row *row;
	size_t                 rows;
	struct field           field;  /* words to look for */
	const struct help_row **hit;
	size_t                 hits, at;
	int                    first, shown; /* lines, sections included */
	int                    cursor_x, cursor_y;
};

enum help_event { HELP_IGNORED, HELP_MOVED, HELP_RUN, HELP_CLOSED };

void            help_begin(struct help *h);
void            help_end(struct help *h);
enum help_event help_key(struct help *h, const char *key);
void            help_draw(struct help *h, struct grid *g);

#endif
