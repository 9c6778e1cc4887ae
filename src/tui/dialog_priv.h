/* A titled form: texts, fields, choices, ticks, and buttons whose keys are printed. Pure state: keys in, cells out. */
#ifndef CLV_TUI_DIALOG_PRIV_H
#define CLV_TUI_DIALOG_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/field_priv.h"
#include "view/grid.h"

enum dialog_kind {
	DIALOG_NONE,   /* not there now */
	DIALOG_TEXT,   /* text, broken into lines; "" is an empty line */
	DIALOG_LINE,   /* text in one row, cut where the room ends: for columns of a table */
	DIALOG_FIELD,  /* label, a line to write on, a note behind it */
	DIALOG_CHOICE, /* label, one of several */
	DIALOG_TICK,   /* a box to tick before the label */
};

struct dialog_item {
	enum dialog_kind   kind;
	const char        *label;   /* borrowed, as all texts here */
	const char        *text;    /* of TEXT and LINE; of the others: the note; NULL: none */
	unsigned           style;   /* of the text */
	struct field       field;
	int                width;   /* columns of the field; 0: all there are */
	const char *const *choice;  /* NULL ends */
	size_t             chosen;  /* as many as there are: none yet */
	bool               ticked;
	const char        *error;   /* under the item, until its value changes; NULL: none */
	int                row, rows; /* as of the last draw, in the form */
};

struct dialog_button {
	const char *key;   /* "F2", "Esc", "p": works everywhere in the form; a printable one only outside of fields */
	const char *label;
	const char *grey;  /* why it cannot be pressed now; NULL: it can */
	int         x, w;  /* as of the last draw */
};

struct dialog {
	const char           *title, *foot;
	struct dialog_item   *item;   /* borrowed */
	size_t                items;
	struct dialog_button *button; /* borrowed */
	size_t                buttons;
	int                   width;  /* columns wanted; 0: 76 */
	bool                  careful; /* Enter stays among the items and presses nothing: buttons are pressed by Space or by their keys */
	size_t                at;     /* the item with the focus; items + k: button k */
	size_t                pressed;
	int                   scroll;
	bool                  scrolled; /* by hand: the focus need not be seen */
	int                   cursor_x, cursor_y;
	bool                  cursor;
	struct area           in;     /* of the last draw */
	int                   shown;  /* rows of items that are seen */
};

enum dialog_event {
	DIALOG_IGNORED,  /* not a key of the form */
	DIALOG_MOVED,    /* focus, cursor or scroll */
	DIALOG_CHANGED,  /* the value of item `at` */
	DIALOG_PRESSED,  /* button `pressed` */
};

/* Tab S-Tab Up Down move, Enter goes to the next item and never presses but on a button with the focus, Left Right Space 1-9 choose, PgUp PgDn
 * scroll; all else belongs to the field. */
enum dialog_event dialog_key(struct dialog *d, const char *key);
enum dialog_event dialog_paste(struct dialog *d, const char *text);
enum dialog_event dialog_click(struct dialog *d, int x, int y);

void dialog_draw(struct dialog *d, struct grid *g);
bool dialog_cursor(const struct dialog *d, int *x, int *y);
/* Focus the first field that is empty, else the first item that can have it. */
void dialog_begin(struct dialog *d);
void dialog_focus(struct dialog *d, size_t item);
void dialog_clear(struct dialog *d); /* frees the fields */

/* An empty box of at most w x h outside, in the middle of the screen between its fixed rows, or over them where there is no other room.
 * Returns the area inside. */
struct area dialog_box(struct grid *g, int w, int h, const char *title, const char *foot);

#endif
