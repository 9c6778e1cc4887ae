/* The terminal: a grid onto it, raw input from it. Knows neither the workbench nor what a key means. One thread calls these. */
#ifndef CLV_TUI_TERMINAL_PRIV_H
#define CLV_TUI_TERMINAL_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"
#include "module/setting.h"
#include "view/grid.h"

struct terminal;

/* Is there a terminal on both ends that can place its cursor? RC_USAGE otherwise, with the sentence for people. *glyphs is what it can
 * show: ASCII where the locale is not UTF-8, on a VT and on the Linux console, whose fonts lack the blocks. Changes nothing. */
enum rc terminal_check(enum glyphs *glyphs);

/* Take the terminal: alternate screen, raw keys, and by the settings screen.* colours and mouse. test: the barrier's keys are known. */
enum rc terminal_open(const struct settings *settings, bool test, struct terminal **out);
void    terminal_close(struct terminal *t);   /* everything as it was; NULL allowed */
void    terminal_suspend(struct terminal *t); /* the same for a while */
void    terminal_resume(struct terminal *t);  /* after that, or after the process was stopped without it */

/* The bytes that make the terminal usable again without any call into a library, for a crash. */
const char *terminal_rescue(const struct terminal *t, size_t *n);

/* The size as the system knows it now. */
void terminal_size(struct terminal *t, int *width, int *height);
/* The next draw writes every cell. */
void terminal_redraw(struct terminal *t);

/* One frame: what differs from the last one is written, and flushed. The cursor is hidden when x is negative. */
void terminal_draw(struct terminal *t, const struct grid *g, int x, int y, const char *title);

/* Ask the terminal to keep a text for pasting (OSC 52). false: it does not know how, or the text is too long for it. */
bool terminal_copy(struct terminal *t, const char *text);
/* Bytes past everything, behind the frames written so far. */
void terminal_write(struct terminal *t, const char *bytes, size_t n);

enum raw_kind {
	RAW_NONE,   /* nothing waits */
	RAW_BYTE,   /* of a text, or a control */
	RAW_KEY,    /* a key with a name */
	RAW_PRESS, RAW_WHEEL_UP, RAW_WHEEL_DOWN, /* the mouse, at x, y */
	RAW_PASTE_ON, RAW_PASTE_OFF,
	RAW_SYNC_IDLE, RAW_SYNC_NOW, /* the barrier: answer when no job is at work either, or without looking at jobs */
	RAW_OTHER,  /* known, and of no use: focus, a resize told as a key */
};

struct raw {
	enum raw_kind kind;
	unsigned char byte;
	const char   *name; /* as in workbench.h */
	int           x, y;
};

/* Never waits, but for the rest of a sequence that began with Esc (screen.escape_ms). */
void terminal_read(struct terminal *t, struct raw *out);

#endif
