/* Fit: does the champion foresee what was held back, is it better than a naive guess, how sure are its parameters. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/chart.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "model_fit" },
	{ .report = "leaderboard" },
	{ .report = "calibration" },
	{ .report = NULL },
};

static const char *const naive[] = { "last_window", "rate" };

#define BINS_MOST 24

/* The deciles of one target of the calibration. */
struct bins { const char *label[BINS_MOST]; double customers[BINS_MOST], actual[BINS_MOST], predicted[BINS_MOST]; size_t n; };

static void bins_of(const struct snapshot *s, const char *target, struct bins *b)
{
	const struct frame *f = snapshot_frame(s, "calibration");
	b->n = 0;
	for (size_t i = 0; f && i < f->rows && b->n < BINS_MOST; i++) {
		const char *t = snapshot_cell(s, "calibration", i, "target"), *k = snapshot_cell(s, "calibration", i, "grouping");
		if (!t || !k || strcmp(t, target) != 0 || strcmp(k, "decile") != 0)
			continue;
		b->label[b->n] = snapshot_cell(s, "calibration", i, "label");
		b->customers[b->n] = snapshot_real(s, "calibration", i, "customers");
		b->actual[b->n] = snapshot_real(s, "calibration", i, "actual");
		b->predicted[b->n] = snapshot_real(s, "calibration", i, "predicted");
		b->n++;
	}
}

/* A row a bin: how many, what happened, what was foreseen, and the ratio in a track. */
static void draw_calibration(const struct snapshot *s, struct grid *g, struct area at, const char *title, const char *target, int digits)
{
	struct bins b;
	struct area in = grid_box(g, at, title, NULL);
	int         track = in.w - 43 > 6 ? in.w - 43 < 21 ? in.w - 43 : 21 : 0;
	bins_of(s, target, &b);
	if (!b.n) {
		grid_wrap(g, in, "No back-test: the history is too short, or nothing was fitted yet.", STYLE_PLAIN);
		return;
	}
	grid_put(g, in.x, in.y, 12, "decile", STYLE_BOLD);
	grid_put_right(g, in.x + 12, in.y, 7, "n", STYLE_BOLD);
	grid_put_right(g, in.x + 19, in.y, 8, "actual", STYLE_BOLD);
	grid_put_right(g, in.x + 27, in.y, 9, "expected", STYLE_BOLD);
	grid_put_right(g, in.x + 36, in.y, 6, "diff", STYLE_BOLD);
	if (track)
		grid_put(g, in.x + 43, in.y, track, "half to twice", STYLE_DIM);
	for (size_t i = 0; i < b.n && (int)i + 1 < in.h; i++) {
		struct number n;
		int           y = in.y + 1 + (int)i;
		double        ratio = b.predicted[i] / b.actual[i];
		grid_put(g, in.x, y, 12, b.label[i], STYLE_PLAIN);
		grid_put_right(g, in.x + 12, y, 7, number_count(&n, b.customers[i]), STYLE_PLAIN);
		grid_put_right(g, in.x + 19, y, 8, number_fixed(&n, b.actual[i], digits), STYLE_PLAIN);
		grid_put_right(g, in.x + 27, y, 9, number_fixed(&n, b.predicted[i], digits), STYLE_PLAIN);
		grid_put_right(g, in.x + 36, y, 6, isfinite(ratio) ? number_signed_percent(&n, ratio - 1, 0) : "-", STYLE_PLAIN);
		chart_ratio(g, in.x + 43, y, track, ratio, STYLE_BOLD);
	}
}

static void draw_curve(const struct snapshot *s, struct grid *g, struct area at, const char *title, const char *target)
{
	struct bins b;
	struct area in = grid_box(g, at, title, NULL);
	bins_of(s, target, &b);
	struct chart_lines c = { .a = b.actual, .b = b.predicted, .n = b.n, .first = "low", .last = "high" };
	if (!b.n || in.h < 2)
		return;
	grid_put(g, in.x, in.y, in.w, "o actual  + expected", STYLE_PLAIN);
	chart_lines(g, (struct area){ in.x, in.y + 1, in.w, in.h - 1 }, &c);
}

/* The name of the model that is not a naive forecast. */
static const char *champion(const struct snapshot *s)
{
	const struct frame *f = snapshot_frame(s, "leaderboard");
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *name = snapshot_cell(s, "leaderboard", i, "model");
		if (name && !draw_naive(name))
			return name;
	}
	return NULL;
}

static void model_row(const struct snapshot *s, struct grid *g, struct area row, const char *model, const char *note)
{
	struct number n;
	unsigned      style = draw_naive(model) ? STYLE_PLAIN : STYLE_BOLD;
	grid_put(g, row.x, row.y, 13, model, style);
	grid_put_right(g, row.x + 13, row.y, 6, number_fixed(&n, draw_metric(s, "purchases", "mae", model), 2), style);
	grid_put_right(g, row.x + 19, row.y, 8, number_signed_percent(&n, draw_metric(s, "purchases", "aggregate_error", model), 1), style);
	grid_put_right(g, row.x + 27, row.y, 7, number_chance(&n, draw_metric(s, "purchases", "spearman", model)), style);
	if (row.w >= 46)
		grid_put_right(g, row.x + 34, row.y, 9, number_count(&n, draw_metric(s, "revenue", "mae", model)), style);
	int used = row.w >= 46 ? 45 : 35;
	grid_put(g, row.x + used, row.y, row.w - used, note, STYLE_PLAIN);
}

static void draw_models(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct area in = grid_box(g, at, "Beside a naive guess, same holdout", NULL);
	const char *best = champion(s);
	(void)ui;
	if (!best) {
		grid_wrap(g, in, "No back-test yet.", STYLE_PLAIN);
		return;
	}
	struct area row = draw_cut_top(&in, 1);
	grid_put(g, row.x, row.y, 13, "model", STYLE_BOLD);
	grid_put_right(g, row.x + 13, row.y, 6, "error", STYLE_BOLD);
	grid_put_right(g, row.x + 19, row.y, 8, "total", STYLE_BOLD);
	grid_put_right(g, row.x + 27, row.y, 7, "ranks", STYLE_BOLD);
	if (row.w >= 46)
		grid_put_right(g, row.x + 34, row.y, 9, "in money", STYLE_BOLD);
	if (in.h > 0)
		model_row(s, g, draw_cut_top(&in, 1), best, "★");
	for (size_t i = 0; i < sizeof naive / sizeof naive[0] && in.h > 0; i++)
		model_row(s, g, draw_cut_top(&in, 1), naive[i], "");
}

/* Parameters of the sets that score, each with its standard error; as many columns as there is room for. */
static void draw_parameters(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "model_fit");
	struct area         in = grid_box(g, at, "Parameters", NULL);
	int                 columns = in.w / 17 > 0 ? in.w / 17 : 1, k = 0;
	(void)ui;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char   *role = snapshot_cell(s, "model_fit", i, "role"), *name = snapshot_cell(s, "model_fit", i, "parameter");
		struct number v;
		char          text[NUMBER_BYTES + 32];
		if (!role || !name || !strncmp(role, "backtest", 8) || k / columns >= in.h)
			continue;
		int x = in.x + k % columns * 17, y = in.y + k / columns;
		snprintf(text, sizeof text, "%s±%.2g", number_real(&v, snapshot_real(s, "model_fit", i, "value")), snapshot_real(s, "model_fit", i, "se"));
		int used = grid_put(g, x, y, 6, name, STYLE_BOLD) + 1;
		grid_put(g, x + used, y, 16 - used, text, STYLE_PLAIN);
		k++;
	}
	if (!k)
		grid_wrap(g, in, "Nothing was fitted yet.", STYLE_PLAIN);
}

static void draw_purchases(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_calibration(s, g, at, "Purchases by decile of prediction", "purchases", 2);
}

static void draw_purchase_curve(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_curve(s, g, at, "Purchases", "purchases");
}

static void draw_revenue(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_calibration(s, g, at, "Revenue by decile of prediction", "revenue", 0);
}

static void draw_revenue_curve(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_curve(s, g, at, "Revenue", "revenue");
}

static const struct pane_part parts[] = {
	{ .id = "purchases", .draw = draw_purchases },  { .id = "purchase curve", .draw = draw_purchase_curve },
	{ .id = "models", .draw = draw_models },        { .id = "parameters", .draw = draw_parameters },
	{ .id = "revenue", .draw = draw_revenue },      { .id = "revenue curve", .draw = draw_revenue_curve },
};

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	bool wide = at.w >= PANE_WIDE && at.h >= 32;
	int  half = wide ? 72 : 47;
	(void)s;
	struct area top = draw_cut_top(&at, wide ? 13 : at.h - 7);
	place[0] = draw_cut_left(&top, half);
	place[1] = top;
	if (wide) {
		struct area middle = draw_cut_top(&at, at.h - 7);
		place[4] = draw_cut_left(&middle, half);
		place[5] = middle;
	}
	place[2] = draw_cut_left(&at, wide ? 72 : 41);
	place[3] = at;
}

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	char   day[16];
	double as_of = snapshot_real(s, "model_fit", 0, "as_of");
	size_t held = snapshot_row(s, "model_fit", "role", "backtest-purchase");
	if (!isnan(as_of)) {
		day_format(day, (day_t)as_of);
		str_addf(left, "trained to %s", day);
	}
	double from = snapshot_real(s, "model_fit", held, "as_of");
	if (!isnan(from)) {
		day_format(day, (day_t)from);
		str_addf(right, "back-test: fitted to %s, judged after it", day);
	}
}

static void say(const struct snapshot *s, struct str *line)
{
	const char   *status = snapshot_cell(s, "model_fit", 0, "status");
	struct number n;
	double        mae = draw_metric(s, "purchases", "mae", NULL), rate = draw_metric(s, "purchases", "mae", "rate");
	if (!status)
		str_add(line, "nothing was fitted yet");
	else
		str_addf(line, "%s in %.0f steps %s", status, snapshot_real(s, "model_fit", 0, "iterations"),
		         !strcmp(status, "converged") ? "✓" : "!");
	if (!isnan(mae) && !isnan(rate))
		str_addf(line, "; its error is %s of a naive guess's", number_percent(&n, mae / rate, 0));
}

const struct pane pane_fit = {
	.id = "fit", .key = "3", .tab = "Fit", .title = "Fit", .source = source, .main = "model_fit",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No model yet. Here will be how well it foresees what was held back, its parameters with their errors, and a naive guess "
	         "beside it. clv --batch run fits one.",
};
