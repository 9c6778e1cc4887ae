/* Raw input made into what a person did: characters put together from bytes, pasted text, clicks. */
#ifndef CLV_TUI_INPUT_PRIV_H
#define CLV_TUI_INPUT_PRIV_H

#include <stdbool.h>

#include "base/str.h"
#include "tui/terminal_priv.h"
#include "tui/workbench.h"

enum input_kind { INPUT_NONE, INPUT_KEY, INPUT_PASTE, INPUT_MOUSE, INPUT_SYNC_IDLE, INPUT_SYNC_NOW };

struct input {               /* {0} to begin; input_clear at the end */
	char       key[16];      /* INPUT_KEY: the name, as in workbench.h */
	struct str text;         /* INPUT_PASTE; "" too */
	enum mouse mouse;        /* INPUT_MOUSE */
	int        x, y;
	/* Its own: */
	bool       pasting;
	size_t     held;         /* bytes of a character that is not whole yet, in key */
	double     pressed_at;   /* of the last press, for a double click */
	int        pressed_x, pressed_y;
};

/* What one raw event makes. now is in seconds. INPUT_NONE: nothing yet, or nothing at all. */
enum input_kind input_take(struct input *in, const struct raw *raw, double now);
/* A paste whose end never came: what is there is the paste. INPUT_NONE when there is none. */
enum input_kind input_end_paste(struct input *in);
void            input_clear(struct input *in);

#endif
