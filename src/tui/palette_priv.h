/* The palette: every command of the program and every act of the screen, found by words in any order. Pure state; palette_open.c
 * makes an overlay of it. */
#ifndef CLV_TUI_PALETTE_PRIV_H
#define CLV_TUI_PALETTE_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "tui/field_priv.h"
#include "tui/workbench_priv.h"

struct palette_entry {
	const char *text;   /* what is done: "pane drift", "run" */
	const char *key;    /* that does it here; "" none */
	const char *about;  /* one line */
	const char *args;   /* "REVIEW", "FILE...", "[list|show ID]" */
	size_t      needed; /* arguments that must be given */
	size_t      most;   /* arguments that may be given */
	const char *grey;   /* why it cannot be done now; NULL: it can */
};

/* How well the words of a query fit, more is better; 0: not at all. Each word must be a subsequence of the text (letters that begin a
 * word, and letters side by side, count more), the key itself, or begin a word of what it is about. "" fits all alike. */
int palette_score(const struct palette_entry *e, const char *query);

/* Values of an argument that begin with what was typed, in the arena. closed: no other value can be. */
typedef size_t palette_values(void *user, const char *argument, const char *typed, struct arena *a, const char *const **out, bool *closed);

struct palette {
	struct arena               *arena;   /* entries and their texts */
	const struct palette_entry *entry;
	size_t                      entries;
	struct history             *history; /* lines that were run; borrowed; NULL: none */
	palette_values             *values;  /* NULL: arguments are typed without help */
	void                       *user;
	struct field                field;   /* the query, or the argument that is asked */
	/* what fits, best first */
	struct palette_entry        typed;   /* the line itself, when it is a command with arguments */
	const struct palette_entry **hit;
	size_t                      hits, at, first;
	/* asking for arguments */
	const struct palette_entry *asking;  /* NULL: choosing */
	struct str                  line;    /* the command as far as it is complete; after PALETTE_RUN all of it */
	size_t                      given;   /* arguments in it */
	struct arena               *offered; /* of the values */
	const char *const          *value;
	size_t                      offers;
	bool                        closed;
	const char                 *error;
	struct area                 list;    /* of the last draw */
	int                         cursor_x, cursor_y;
};

enum palette_event { PALETTE_IGNORED, PALETTE_MOVED, PALETTE_RUN, PALETTE_ABOUT, PALETTE_CLOSED };

void               palette_begin(struct palette *p); /* entries, history and hooks are set */
void               palette_end(struct palette *p);   /* frees all, the arena too */
enum palette_event palette_key(struct palette *p, const char *key);
void               palette_paste(struct palette *p, const char *text);
enum palette_event palette_click(struct palette *p, int x, int y);
void               palette_draw(struct palette *p, struct grid *g);
/* The entry under the bar; NULL when nothing fits. */
const struct palette_entry *palette_at(const struct palette *p);

#endif
