/* One column of the imported files alone: a part of the Data pane. */
#ifndef CLV_TUI_PANE_COLUMN_PRIV_H
#define CLV_TUI_PANE_COLUMN_PRIV_H

#include "tui/snapshot.h"
#include "tui/ui.h"

/* The column that is selected among those of the report profile: counts, months, quantiles, frequent values. */
void draw_column(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);

#endif
