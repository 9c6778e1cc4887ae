/* The screen's room as others see it: a pane as text, and the workbench in the terminal. */
#ifndef CLV_TUI_TUI_H
#define CLV_TUI_TUI_H

#include "app/screen.h"

/* Draw a pane as text. RC_USAGE for an unknown pane (with the nearest name), size or glyph set; a store that is not there is
 * drawn as the empty state of the pane. */
enum rc tui_snapshot(const struct screen_ask *ask, struct str *out);

/* Is there a terminal for the workbench? RC_USAGE, with the sentence that tells people what works without one. */
enum rc tui_check(void);

/* The workbench in the terminal, until it is left: see struct screen. */
enum rc tui_workbench(const struct screen_ask *ask, int *signal);

#endif
