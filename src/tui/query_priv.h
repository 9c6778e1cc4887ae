/* The query of the SQL pane: its first text, and what is done with it. */
#ifndef CLV_TUI_QUERY_PRIV_H
#define CLV_TUI_QUERY_PRIV_H

#include "base/arena.h"
#include "tui/field_priv.h"

/* The query that stands there before one was written. */
const char *query_start(struct arena *a);

#endif
