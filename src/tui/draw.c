/* Small pieces that several panes draw. */
#include "config.h"

#include "tui/draw_priv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define ROOMY_WIDTH  78
#define ROOMY_HEIGHT 20

static const struct { const char *verdict, *sign; unsigned style; } signs[] = {
	{ "pass", "✓", STYLE_GOOD },   { "stable", "✓", STYLE_GOOD }, { "done", "✓", STYLE_GOOD },    { "live", "★", STYLE_GOOD },
	{ "warn", "!", STYLE_WARN },   { "notice", "·", STYLE_DIM },  { "held", "·", STYLE_DIM },     { "open", "!", STYLE_WARN },
	{ "stop", "✗", STYLE_BAD },    { "fail", "✗", STYLE_BAD },    { "alarm", "✗", STYLE_BAD },    { "failed", "✗", STYLE_BAD },
	{ "too-few", "?", STYLE_DIM },
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

/* The line that was read, and the place in it. Nothing where none is known. */
static void draw_caret(struct grid *g, struct area *in, const struct err *e)
{
	if (!*e->source || in->h < 3)
		return;
	size_t n = 0;
	for (size_t i = 1; i < e->column && e->source[n]; i++)
		do
			n++;
		while (((unsigned char)e->source[n] & 0xC0) == 0x80);
	char *before = mem_copy_span(e->source, n);
	grid_put(g, in->x, in->y, in->w, e->source, STYLE_PLAIN);
	if (e->column && grid_width(g, before) < in->w)
		grid_put(g, in->x + grid_width(g, before), in->y + 1, 1, "^", STYLE_BOLD);
	free(before);
	draw_cut_top(in, e->column ? 2 : 1);
}

void draw_error(struct grid *g, struct area at, const char *title, const struct err *e)
{
	char foot[40];
	snprintf(foot, sizeof foot, "code %s", e->id);
	struct area in = grid_box(g, at, title, *e->id ? foot : NULL);
	draw_caret(g, &in, e);
	draw_cut_top(&in, grid_wrap(g, in, e->why, STYLE_BAD));
	if (*e->todo)
		grid_wrap(g, in, e->todo, STYLE_PLAIN);
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

size_t draw_tested(const struct snapshot *s)
{
	const struct frame *f = snapshot_frame(s, "drift");
	size_t              n = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *scope = snapshot_cell(s, "drift", i, "scope"), *v = snapshot_cell(s, "drift", i, "verdict");
		n += scope && v && !strcmp(scope, "cohort") && strcmp(v, "baseline") != 0 && strcmp(v, "too-few") != 0;
	}
	return n;
}

bool draw_naive(const char *model)
{
	return !strcmp(model, "last_window") || !strcmp(model, "hiatus") || !strcmp(model, "rate");
}

bool draw_own(const char *model)
{
	return !draw_naive(model) && strcmp(model, "plain") != 0 && strcmp(model, "champion") != 0;
}

double draw_metric(const struct snapshot *s, const char *target, const char *metric, const char *model)
{
	const struct frame *f = snapshot_frame(s, "leaderboard");
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *t = snapshot_cell(s, "leaderboard", i, "target"), *m = snapshot_cell(s, "leaderboard", i, "metric");
		const char *name = snapshot_cell(s, "leaderboard", i, "model");
		if (t && m && name && !strcmp(t, target) && !strcmp(m, metric) && (model ? !strcmp(name, model) : draw_own(name)))
			return snapshot_real(s, "leaderboard", i, "value");
	}
	return NAN;
}

double draw_best_naive(const struct snapshot *s, const char *target, const char **name)
{
	const struct frame *f = snapshot_frame(s, "leaderboard");
	double              best = NAN;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *t = snapshot_cell(s, "leaderboard", i, "target"), *m = snapshot_cell(s, "leaderboard", i, "metric");
		const char *model = snapshot_cell(s, "leaderboard", i, "model");
		double      v = snapshot_real(s, "leaderboard", i, "value");
		if (!t || !m || !model || strcmp(t, target) != 0 || strcmp(m, "mae") != 0 || !draw_naive(model) || !(isnan(best) || v < best))
			continue;
		best = v;
		if (name)
			*name = model;
	}
	return best;
}
