/* What panes share when they draw: signs for verdicts, a label with its number, the empty state. */
#ifndef CLV_TUI_DRAW_PRIV_H
#define CLV_TUI_DRAW_PRIV_H

#include <stdbool.h>

#include "base/rc.h"
#include "tui/snapshot.h"
#include "view/grid.h"

/* Can the area show more than the main part of a pane? */
bool draw_roomy(struct area at);

/* The sign of a verdict in two columns: pass, stable, done, live; warn, notice, held, open; stop, fail, alarm, failed. NULL: nothing. */
void draw_sign(struct grid *g, int x, int y, const char *verdict);

/* A label from the left, a number against column x + value_at, and a note behind it. */
void draw_fact(struct grid *g, struct area row, int value_at, const char *label, const char *value, const char *note);

/* The box that a pane without data is: what will be here, what is missing, what brings it. */
void draw_empty(struct grid *g, struct area at, const char *title, const char *what);

/* What stopped something, in the box of what it would have brought: where with a caret, why, what to do, the code. */
void draw_error(struct grid *g, struct area at, const char *title, const struct err *e);

/* The first rows of the area, and what is left below them (or the left columns, and what is left beside them). */
struct area draw_cut_top(struct area *rest, int h);
struct area draw_cut_left(struct area *rest, int w);

/* Did the newest run compare its customers with those of another? The first one only keeps them. */
bool   draw_compared(const struct snapshot *s);
/* How many features of its customers it could test: not those with too few of them. */
size_t draw_tested(const struct snapshot *s);

/* The value of a metric of a model in the back-test. model NULL: the set's own. */
double draw_metric(const struct snapshot *s, const char *target, const char *metric, const char *model);
bool   draw_naive(const char *model);
/* The set's own model: not a naive forecast, not the same before its calibration, not the champion that was asked beside it. */
bool   draw_own(const char *model);
/* The least mean error of the naive forecasts, the one to beat, and its name (name may be NULL); NaN, and the name as it was: there is none. */
double draw_best_naive(const struct snapshot *s, const char *target, const char **name);

#endif
