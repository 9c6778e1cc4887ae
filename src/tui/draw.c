/* Small pieces that several panes draw. */
#include "config.h"

#include "tui/draw_priv.h"

#include <math.h>
#include <string.h>

#include "base/str.h"

#define ROOMY_WIDTH  78
#define ROOMY_HEIGHT 20

static const struct { const char *verdict, *sign; unsigned style; } signs[] = {
	{ "pass", "✓", STYLE_GOOD },   { "stable", "✓", STYLE_GOOD }, { "done", "✓", STYLE_GOOD },    { "live", "★", STYLE_GOOD },
	{ "warn", "!", STYLE_WARN },   { "notice", "·", STYLE_DIM },  { "held", "·", STYLE_DIM },     { "open", "!", STYLE_WARN },
	{ "stop", "✗", STYLE_BAD },    { "fail", "✗", STYLE_BAD },    { "alarm", "✗", STYLE_BAD },    { "failed", "✗", STYLE_BAD },
	{ "running", "▶", STYLE_BOLD }, { "skipped", "·", STYLE_DIM }, { "cancelled", "✗", STYLE_WARN }, { "next", "→", STYLE_PLAIN },
};

bool draw_roomy(struct area at)
{
	return at.w >= ROOMY_WIDTH && at.h >= ROOMY_HEIGHT;
}

void draw_sign(struct grid *g, int x, int y, const char *verdict)
{
	for (size_t i = 0; verdict && i < sizeof signs / sizeof signs[0]; i++)
		if (!strcmp(signs[i].verdict, verdict))
			grid_put(g, x, y, 2, signs[i].sign, signs[i].style);
}

void draw_fact(struct grid *g, struct area row, int value_at, const char *label, const char *value, const char *note)
{
	int w = grid_width(g, value), start = value_at - w;
	grid_put(g, row.x, row.y, start - 1, label, STYLE_PLAIN);
	grid_put(g, row.x + start, row.y, w, value, STYLE_BOLD);
	grid_put(g, row.x + value_at + 2, row.y, row.w - value_at - 2, note, STYLE_PLAIN);
}

void draw_empty(struct grid *g, struct area at, const char *title, const char *what)
{
	struct area in = grid_box(g, at, title, NULL);
	if (in.h > 4) {
		in.y++;
		in.h--;
	}
	grid_wrap(g, in, what, STYLE_PLAIN);
}

struct area draw_cut_top(struct area *rest, int h)
{
	h = h > rest->h ? rest->h : h;
	struct area top = { rest->x, rest->y, rest->w, h };
	rest->y += h;
	rest->h -= h;
	return top;
}

struct area draw_cut_left(struct area *rest, int w)
{
	w = w > rest->w ? rest->w : w;
	struct area left = { rest->x, rest->y, w, rest->h };
	rest->x += w;
	rest->w -= w;
	return left;
}

bool draw_compared(const struct snapshot *s)
{
	const char *verdict = snapshot_cell(s, "drift", 0, "verdict");
	return verdict && strcmp(verdict, "baseline") != 0;
}

bool draw_naive(const char *model)
{
	return !strcmp(model, "last_window") || !strcmp(model, "rate");
}

double draw_metric(const struct snapshot *s, const char *target, const char *metric, const char *model)
{
	const struct frame *f = snapshot_frame(s, "leaderboard");
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *t = snapshot_cell(s, "leaderboard", i, "target"), *m = snapshot_cell(s, "leaderboard", i, "metric");
		const char *name = snapshot_cell(s, "leaderboard", i, "model");
		if (t && m && name && !strcmp(t, target) && !strcmp(m, metric) && (model ? !strcmp(name, model) : !draw_naive(name)))
			return snapshot_real(s, "leaderboard", i, "value");
	}
	return NAN;
}
