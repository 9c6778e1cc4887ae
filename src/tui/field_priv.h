/* A line of text that a person edits, or several: cursor, history, a suggestion. Knows keys and cells, no overlay. */
#ifndef CLV_TUI_FIELD_PRIV_H
#define CLV_TUI_FIELD_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "view/grid.h"

enum { FIELD_BYTES = 4096, HISTORY_LINES = 100 };

/* Lines that were entered before, oldest first; no line stands twice. */
struct history { char *line[HISTORY_LINES]; size_t n; };

void history_add(struct history *h, const char *line);
void history_clear(struct history *h);

struct field {
	struct str      text;     /* read it with field_text */
	size_t          cursor;   /* in bytes, before a character */
	size_t          limit;    /* bytes at most; 0: FIELD_BYTES */
	struct history *history;  /* borrowed; NULL: none */
	size_t          back;     /* steps into the history; 0: the line at hand */
	char           *kept;     /* the line at hand while the history is shown */
	/* A whole text that begins with the one at hand, shown dim behind it and taken by Right or End at its end; NULL: none. The answer
	 * lives until the next call. */
	const char   *(*suggest)(void *user, const char *text);
	void           *user;
	int             shown;    /* first column that was drawn */
	bool            lines;    /* Enter makes a line, Up and Down go from line to line; Home and End, ^A ^E ^U ^K are those of a line */
	int             top;      /* first line that was drawn */
};

void        field_clear(struct field *f);                   /* frees all; an empty field again, without its hooks */
const char *field_text(const struct field *f);              /* never NULL */
void        field_set(struct field *f, const char *text);   /* cursor at its end */

/* Printable text of a key ("a", "ü", " " for Space), or NULL for keys that are named. */
const char *field_printable(const char *key);

/* A key of a line: text, Backspace Delete Left Right Home End ^A ^E ^B ^F ^D ^H ^U ^W ^K, Up Down ^P ^N where there is a history. false:
 * not one of them, nothing happened. */
bool field_key(struct field *f, const char *key);
/* Made one line, unless the field has lines: ends of lines and tabs become blanks, other control characters go. */
void field_paste(struct field *f, const char *text);

/* Draw in w columns, scrolled so that the cursor is seen; the rest of the columns as a line to write on. Returns the cursor's column. */
int field_draw(struct field *f, struct grid *g, int x, int y, int w, bool focused);
/* A field of lines in an area, scrolled so that the cursor is seen; *x and *y are the cursor's cell. */
void field_draw_lines(struct field *f, struct grid *g, struct area at, int *x, int *y);

#endif
