/* The screen's side of a snapshot: which pane, which size, and the text that comes of it. */
#ifndef CLV_TUI_TUI_H
#define CLV_TUI_TUI_H

#include "app/screen.h"

/* Draw a pane as text. RC_USAGE for an unknown pane (with the nearest name), size or glyph set; a store that is not there is
 * drawn as the empty state of the pane. */
enum rc tui_snapshot(const struct screen_ask *ask, struct str *out);

#endif
