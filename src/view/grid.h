/* A rectangle of character cells that panes and charts are drawn into, and its text. */
#ifndef CLV_VIEW_GRID_H
#define CLV_VIEW_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* Unicode, or ASCII alone: lines become + - |, signs become words, and letters that ASCII lacks become '?'. */
enum glyphs { GLYPHS_UNICODE, GLYPHS_ASCII };

enum style {
	STYLE_PLAIN   = 0,
	STYLE_BOLD    = 1,
	STYLE_DIM     = 2,
	STYLE_REVERSE = 4,
	STYLE_GOOD    = 8,
	STYLE_WARN    = 16,
	STYLE_BAD     = 32,
};

#define GRID_MARKS 3 /* combining marks kept on a character */
#define GRID_BYTES (4 * (1 + GRID_MARKS))

struct cell {
	char          text[GRID_BYTES + 1]; /* a character with its marks, UTF-8; "" is a blank, or the second half of a wide one */
	unsigned char width;                /* 1, 2, or 0 for that second half */
	unsigned char style;
};

struct grid {
	int          width, height;
	enum glyphs  glyphs;
	struct cell *cell; /* height rows of width cells */
};

/* Columns x .. x + w - 1 and rows y .. y + h - 1. */
struct area { int x, y, w, h; };

/* A blank grid in the arena. A size below 1 becomes 1. */
struct grid *grid_new(struct arena *a, int width, int height, enum glyphs glyphs);

/* The cell at a place, or NULL outside of the grid. */
struct cell *grid_cell(const struct grid *g, int x, int y);

/* Columns that a text takes in this grid's glyphs, with everything hostile in it made visible. */
int  grid_width(const struct grid *g, const char *text);

/* Draw a text from column x in at most w columns and return the columns drawn. Nothing is drawn outside of the grid. What a
 * terminal would obey is drawn as \xNN or <U+NNNN>. A longer text ends in an ellipsis; a wide character that does not fit
 * whole becomes '>'. NULL is drawn as nothing. */
int  grid_put(struct grid *g, int x, int y, int w, const char *text, unsigned style);
/* The same against the right edge of those w columns; a longer text keeps its beginning. */
int  grid_put_right(struct grid *g, int x, int y, int w, const char *text, unsigned style);
/* The same as grid_put, but a longer text loses its middle: for names that differ in their last letters. */
int  grid_put_middle(struct grid *g, int x, int y, int w, const char *text, unsigned style);
/* Words broken at blanks into the rows of the area, the last one clipped. Returns the rows used. */
int  grid_wrap(struct grid *g, struct area at, const char *text, unsigned style);
/* Make the area blank. */
void grid_clear(struct grid *g, struct area at);
/* Add style to what is drawn in the area. */
void grid_style(struct grid *g, struct area at, unsigned style);
/* A frame on the edge of the area, a title in its upper line and a note at the right of its lower one (each may be NULL).
 * Returns the area inside, a blank column left at both sides; its width and height may be 0. */
struct area grid_box(struct grid *g, struct area at, const char *title, const char *foot);

/* Append the rows as UTF-8 lines without their trailing blanks. */
void grid_text(const struct grid *g, struct str *out);
/* Append one letter a cell: '.' plain, else 'b' bold, 'd' dim, 'r' reverse, 'g' good, 'w' warn, 'x' bad; the last that holds. */
void grid_styles(const struct grid *g, struct str *out);

#endif
