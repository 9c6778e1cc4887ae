/* A menu: words, and numbered choices under them. The form of errors with ways on, of "which column", of the first run. */
#ifndef CLV_TUI_MENU_PRIV_H
#define CLV_TUI_MENU_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "tui/workbench_priv.h"

struct menu_line { const char *text; unsigned style; bool whole; }; /* whole: one row, cut at its end; else broken into lines */

struct menu_choice {
	const char *key;   /* "i"; NULL: its number from 1 */
	const char *label;
	const char *note;  /* behind it; NULL: none */
	const char *grey;  /* why it cannot be chosen; NULL: it can */
};

struct menu {
	const char               *title, *foot;
	const struct menu_line   *line;
	size_t                    lines;
	const struct menu_choice *choice;
	size_t                    choices, at;
	int                       width;   /* columns wanted; 0: 76 */
	struct area               list;    /* of the last draw */
	size_t                    first;   /* choice drawn first */
};

enum menu_event { MENU_IGNORED, MENU_MOVED, MENU_CHOSEN, MENU_CLOSED };

/* j k Up Down Home End g G PgUp PgDn move, Enter and a choice's own key choose, Esc and q close. */
enum menu_event menu_key(struct menu *m, const char *key);
enum menu_event menu_click(struct menu *m, int x, int y);
void            menu_draw(struct menu *m, struct grid *g);

/* As an overlay: it closes, then chosen(user, w, i) is called, with SIZE_MAX when it was closed without a choice; at last drop(user), also
 * when the workbench closes. Everything borrowed lives in the arena, which the menu takes over. chosen and drop may be NULL. */
void menu_open(struct workbench *w, struct arena *a, const struct menu *m, void (*chosen)(void *user, struct workbench *w, size_t i),
               void (*drop)(void *user), void *user);

/* The block of an error: what stopped, where with line and caret, what to do, ways on, code. `batch` is the same without the screen; NULL:
 * not told. The ways are borrowed from the arena; without any there is "close". */
void menu_error(struct workbench *w, struct arena *a, const struct err *e, const char *batch, const struct menu_choice *way, size_t ways,
                void (*chosen)(void *user, struct workbench *w, size_t i), void (*drop)(void *user), void *user);

#endif
