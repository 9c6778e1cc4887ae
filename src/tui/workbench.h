/* The workbench as a machine without a terminal: keys in, grids out. The terminal is one driver of it, tests are another.
 * One thread calls these functions. What takes time runs in threads of the workbench: pages and counts in the reader's, jobs in the
 * worker's; their results wait until workbench_take. No function here waits for either. */
#ifndef CLV_TUI_WORKBENCH_H
#define CLV_TUI_WORKBENCH_H

#include <stdbool.h>

#include "app/screen.h"
#include "base/rc.h"
#include "view/grid.h"

struct workbench;

/* The store may be absent: the first run's screen. Errors: RC_IO, RC_DAMAGED of the store, RC_USAGE of an unknown pane. */
enum rc workbench_open(const struct screen_ask *ask, struct workbench **out);
void    workbench_close(struct workbench *w); /* cancels what runs and waits for it; NULL allowed */

/* One key. Printable ones are their own UTF-8 text ("j", "A", "ü", "/"); the others have names: Space Enter Esc Tab S-Tab Up Down
 * Left Right Home End PgUp PgDn Backspace Delete Insert F1 .. F12, ^A .. ^Z. Unknown names do nothing but say so. */
void workbench_key(struct workbench *w, const char *key);
/* Pasted text: goes into a prompt or a field; in a list it is not run as commands. */
void workbench_paste(struct workbench *w, const char *text);
/* A click at a cell, or the wheel there. */
enum mouse { MOUSE_CLICK, MOUSE_DOUBLE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };
void workbench_mouse(struct workbench *w, int x, int y, enum mouse what);
void workbench_size(struct workbench *w, int width, int height);

/* The screen as it is now; stays valid until the next call of any function here. */
const struct grid *workbench_draw(struct workbench *w);
/* Where the terminal's cursor belongs: in a field, else on the selected row. false: nowhere. */
bool workbench_cursor(const struct workbench *w, int *x, int *y);
/* For the terminal's title; nothing hostile in it. */
const char *workbench_title(struct workbench *w);

/* Descriptors that are readable while results wait, for poll(); -1 when there is none. */
int  workbench_reader_fd(const struct workbench *w);
int  workbench_worker_fd(const struct workbench *w);
/* Take all results that wait. Returns whether the screen changed. */
bool workbench_take(struct workbench *w);
/* Milliseconds after which that is worth a call though nothing came: somebody else writes and may have ended. -1: never. */
int  workbench_wait(const struct workbench *w);

/* Nothing is being read and everything that came was taken. */
bool workbench_settled(const struct workbench *w);
/* A job is at work. */
bool workbench_busy(const struct workbench *w);
/* Cancel the job that runs; async-signal-safe. */
void workbench_cancel(struct workbench *w);
/* Was leaving asked for, and nothing stands against it? */
bool workbench_left(const struct workbench *w);
/* The store to open after it was left; NULL: leave the program. Lives as long as the workbench. */
const char *workbench_next(const struct workbench *w);
/* A text that was copied (`y`), once, for the terminal's clipboard; NULL: none. Made safe for OSC 52 by the terminal. */
const char *workbench_copied(struct workbench *w);

#endif
