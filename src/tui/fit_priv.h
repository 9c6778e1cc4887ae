/* Parts of the Fit pane: verdicts in words, the laws of the customers, the maps, the season. */
#ifndef CLV_TUI_FIT_PRIV_H
#define CLV_TUI_FIT_PRIV_H

#include "tui/snapshot.h"
#include "tui/ui.h"
#include "view/grid.h"

void fit_draw_verdicts(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
void fit_draw_rates(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
void fit_draw_dropout(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
void fit_draw_alive(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
void fit_draw_expected(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
void fit_draw_season(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at);
void fit_draw_standing(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at); /* how many customers where */

#endif
