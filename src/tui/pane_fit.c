/* Fit: does the champion foresee what was held back, is it better than a naive guess, how sure are its parameters. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "math/special.h"
#include "tui/draw_priv.h"
#include "tui/fit_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/chart.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "model_fit" },
	{ .report = "leaderboard" },
	{ .report = "calibration" },
	{ .report = "orders" },
	{ .report = "tracking" },
	{ .report = "fit_checks" },
	{ .report = "holdout_orders" },
	{ .report = "densities" },
	{ .report = "heterogeneity" },
	{ .report = "alive_map" },
	{ .report = "origins" },
	{ .report = "coverage" },
	{ .report = "season" },
	{ .report = NULL },
};

#define BINS_MOST   24
#define RIVALS_MOST 8
#define WEEKS_MOST  520

/* The groups of one target of the calibration. */
struct bins { const char *label[BINS_MOST]; double customers[BINS_MOST], actual[BINS_MOST], predicted[BINS_MOST]; size_t n; };

/* grouping: "decile" of prediction, or "frequency" up to the cut. */
static void bins_of(const struct snapshot *s, const char *target, const char *grouping, struct bins *b)
{
	const struct frame *f = snapshot_frame(s, "calibration");
	b->n = 0;
	for (size_t i = 0; f && i < f->rows && b->n < BINS_MOST; i++) {
		const char *t = snapshot_cell(s, "calibration", i, "target"), *k = snapshot_cell(s, "calibration", i, "grouping");
		if (!t || !k || strcmp(t, target) != 0 || strcmp(k, grouping) != 0)
			continue;
		b->label[b->n] = snapshot_cell(s, "calibration", i, "label");
		b->customers[b->n] = snapshot_real(s, "calibration", i, "customers");
		b->actual[b->n] = snapshot_real(s, "calibration", i, "actual");
		b->predicted[b->n] = snapshot_real(s, "calibration", i, "predicted");
		b->n++;
	}
}

/* A row a bin: how many, what happened, what was foreseen, and the ratio in a track. */
static void draw_calibration(const struct snapshot *s, struct grid *g, struct area at, const char *title, const char *target, const char *grouping, int digits)
{
	struct bins b;
	struct area in = grid_box(g, at, title, NULL);
	int         track = in.w - 43 > 6 ? in.w - 43 < 21 ? in.w - 43 : 21 : 0;
	bins_of(s, target, grouping, &b);
	if (!b.n) {
		grid_wrap(g, in, "No back-test: the history is too short, or nothing was fitted yet.", STYLE_PLAIN);
		return;
	}
	grid_put(g, in.x, in.y, 12, !strcmp(grouping, "decile") ? "decile" : "repeats", STYLE_BOLD);
	grid_put_right(g, in.x + 12, in.y, 7, "n", STYLE_BOLD);
	grid_put_right(g, in.x + 19, in.y, 8, "actual", STYLE_BOLD);
	grid_put_right(g, in.x + 27, in.y, 9, "expected", STYLE_BOLD);
	grid_put_right(g, in.x + 36, in.y, 6, "diff", STYLE_BOLD);
	if (track)
		grid_put(g, in.x + 43, in.y, track, track >= 13 ? "half to twice" : "ratio", STYLE_DIM);
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

static void draw_curve(const struct snapshot *s, struct grid *g, struct area at, const char *title, const char *target, const char *grouping)
{
	struct bins b;
	struct area in = grid_box(g, at, title, NULL);
	bins_of(s, target, grouping, &b);
	struct chart_lines c = { .a = b.actual, .b = b.predicted, .n = b.n };
	bool decile = !strcmp(grouping, "decile");
	c.first = decile ? "low" : "0";
	c.last = decile ? "high" : "7+";
	if (!b.n || in.h < 2)
		return;
	grid_put(g, in.x, in.y, in.w, "o actual  + expected", STYLE_PLAIN);
	chart_lines(g, (struct area){ in.x, in.y + 1, in.w, in.h - 1 }, &c);
}

/* The set's own model, it before its calibration and the champion asked beside it, naive rules. */
static int standing(const char *model)
{
	return draw_own(model) ? 0 : draw_naive(model) ? 2 : 1;
}

/* The names of the models on this holdout by their standing, each once. */
static size_t rivals(const struct snapshot *s, const char *name[RIVALS_MOST])
{
	const struct frame *f = snapshot_frame(s, "leaderboard");
	size_t              n = 0;
	for (int place = 0; place < 3; place++)
		for (size_t i = 0; f && i < f->rows && n < RIVALS_MOST; i++) {
			const char *model = snapshot_cell(s, "leaderboard", i, "model");
			bool        known = !model || standing(model) != place;
			for (size_t k = 0; k < n && !known; k++)
				known = !strcmp(name[k], model);
			if (!known)
				name[n++] = model;
		}
	return n;
}

static const struct { const char *title, *target, *metric; int width; } measures[] = {
	{ "error", "purchases", "mae", 7 }, { "bias", "purchases", "aggregate_error", 10 }, { "ranks", "purchases", "spearman", 7 },
	{ "top 10%", "purchases", "capture_top10", 9 }, { "in money", "revenue", "mae", 10 }, { "bias", "revenue", "aggregate_error", 10 },
};

static const char *measured(const struct snapshot *s, size_t m, const char *model, struct number *n)
{
	double v = draw_metric(s, measures[m].target, measures[m].metric, model);
	if (m == 1 || m == 5)
		return number_signed_percent(n, v, 1);
	if (m == 3)
		return number_percent(n, v, 0);
	return m == 2 ? number_chance(n, v) : m == 0 ? number_fixed(n, v, 2) : number_count(n, v);
}

/* model NULL: the titles. */
static void model_row(const struct snapshot *s, struct grid *g, struct area row, const char *model, const char *note)
{
	struct number n;
	int           x = row.x + 14;
	unsigned      style = !model || draw_own(model) ? STYLE_BOLD : STYLE_PLAIN;
	grid_put(g, row.x, row.y, 14, model ? model : "model", style);
	for (size_t m = 0; m < sizeof measures / sizeof measures[0] && x + measures[m].width <= row.x + row.w - 8; x += measures[m++].width)
		grid_put_right(g, x, row.y, measures[m].width, model ? measured(s, m, model, &n) : measures[m].title, style);
	grid_put(g, x + 2, row.y, row.x + row.w - x - 2, note, model && draw_own(model) ? STYLE_GOOD : STYLE_DIM);
}

static void draw_models(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const char *name[RIVALS_MOST];
	struct area in = grid_box(g, at, "Models on the same holdout", NULL);
	size_t      n = rivals(s, name);
	(void)ui;
	if (!n) {
		grid_wrap(g, in, "No back-test yet: the history is too short, or nothing was fitted.", STYLE_PLAIN);
		return;
	}
	model_row(s, g, draw_cut_top(&in, 1), NULL, "");
	for (size_t i = 0; i < n && in.h > 0; i++)
		model_row(s, g, draw_cut_top(&in, 1), name[i], draw_own(name[i]) ? "★" : draw_naive(name[i]) ? "naive" : !strcmp(name[i], "plain") ? "raw fit" : "old set");
}

/* ---- orders and weeks ---- */

/* "χ² 4.65 on 3 df, p .20 ✓": the test of these counts. */
static void draw_chi_square(const struct snapshot *s, const char *check, struct grid *g, struct area row)
{
	size_t        at = snapshot_row(s, "fit_checks", "check", check);
	double        value = snapshot_real(s, "fit_checks", at, "value");
	const char   *verdict = snapshot_cell(s, "fit_checks", at, "verdict");
	char          text[96];
	struct number p;
	if (!isfinite(value))
		return;
	snprintf(text, sizeof text, "%s %.2f on %.0f df, p %s", g->glyphs == GLYPHS_ASCII ? "chi2" : "χ²", value, snapshot_real(s, "fit_checks", at, "df"),
	         number_chance(&p, snapshot_real(s, "fit_checks", at, "p")));
	int used = grid_put(g, row.x, row.y, row.w, text, STYLE_PLAIN);
	if (used + 2 < row.w)
		draw_sign(g, row.x + used + 1, row.y, verdict);
}

/* Customers by a number of orders: counted, expected, the difference, and a bar. */
static void draw_counts(const struct snapshot *s, const char *report, const char *check, struct grid *g, struct area at, const char *title)
{
	const struct frame *f = snapshot_frame(s, report);
	struct area         in = grid_box(g, at, title, NULL);
	double              most = 0;
	if (!f || !f->rows) {
		grid_wrap(g, in, "Counted by the next set that is fitted; of the holdout, where the history is long enough for one.", STYLE_PLAIN);
		return;
	}
	for (size_t i = 0; i < f->rows; i++)
		most = fmax(most, fmax(snapshot_real(s, report, i, "actual"), snapshot_real(s, report, i, "expected")));
	grid_put(g, in.x, in.y, in.w, "orders  actual  expect.  diff", STYLE_BOLD);
	draw_cut_top(&in, 1);
	for (size_t i = 0; i < f->rows && in.h > 0; i++) {
		struct area   row = draw_cut_top(&in, 1);
		struct number n;
		char          label[24];
		snprintf(label, sizeof label, "%.0f%s", snapshot_real(s, report, i, "orders"), i + 1 == f->rows ? "+" : "");
		grid_put_right(g, row.x, row.y, 6, label, STYLE_PLAIN);
		grid_put_right(g, row.x + 6, row.y, 8, number_count(&n, snapshot_real(s, report, i, "actual")), STYLE_PLAIN);
		grid_put_right(g, row.x + 14, row.y, 9, number_count(&n, snapshot_real(s, report, i, "expected")), STYLE_PLAIN);
		grid_put_right(g, row.x + 23, row.y, 6, number_signed_percent(&n, snapshot_real(s, report, i, "error"), 0), STYLE_PLAIN);
		chart_bar(g, row.x + 30, row.y, row.w - 30, snapshot_real(s, report, i, "actual") / most, STYLE_PLAIN);
	}
	if (in.h > 0)
		draw_chi_square(s, check, g, in);
}

static void draw_orders(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_counts(s, "orders", "orders", g, at, "Customers by repeat orders");
}

static void draw_holdout(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_counts(s, "holdout_orders", "holdout_orders", g, at, "Customers by orders in the holdout");
}

/* Cumulative orders by week, or those of each week. */
static void draw_weeks(const struct snapshot *s, struct grid *g, struct area at, const char *title, bool single)
{
	const struct frame *f = snapshot_frame(s, "tracking");
	double              actual[WEEKS_MOST], expected[WEEKS_MOST], before_a = 0, before_e = 0;
	struct chart_lines  c = { .a = actual, .b = expected };
	char                last[32], foot[64];
	struct number       n;
	size_t              end = f ? f->rows : 0;
	if (!end) {
		grid_wrap(g, grid_box(g, at, title, NULL), "No back-test: the history is too short, or nothing was fitted yet.", STYLE_PLAIN);
		return;
	}
	size_t step = (end + WEEKS_MOST - 1) / WEEKS_MOST;
	for (size_t i = 0; i < end; i += step, c.n++) {
		double a = snapshot_real(s, "tracking", i, "actual"), e = snapshot_real(s, "tracking", i, "expected");
		actual[c.n] = single ? a - before_a : a;
		expected[c.n] = single ? e - before_e : e;
		before_a = a;
		before_e = e;
		if (!c.border && snapshot_real(s, "tracking", i, "held") > 0)
			c.border = c.n;
	}
	snprintf(last, sizeof last, "week %.0f", snapshot_real(s, "tracking", end - 1, "week"));
	snprintf(foot, sizeof foot, "at the end %s", number_signed_percent(&n, snapshot_real(s, "tracking", end - 1, "error"), 1));
	c.first = "week 0";
	c.last = last;
	struct area in = grid_box(g, at, title, single ? NULL : foot);
	grid_put(g, in.x, in.y, in.w, in.w >= 48 ? "o actual  + expected  ┊ the fit saw nothing after it" : "o actual  + expected  ┊ held out", STYLE_PLAIN);
	chart_lines(g, (struct area){ in.x, in.y + 1, in.w, in.h - 1 }, &c);
}

static void draw_tracking(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_weeks(s, g, at, "Cumulative repeat orders", false);
}

static void draw_weekly(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_weeks(s, g, at, "Repeat orders of each week", true);
}

/* "69.35±3.8"; without the error where both have no room, for a part of it would read as another number. */
static const char *estimate(const struct snapshot *s, const struct grid *g, size_t row, int room, char *buf, size_t size)
{
	struct number v, e;
	double        value = snapshot_real(s, "model_fit", row, "value"), se = snapshot_real(s, "model_fit", row, "se");
	char          error[NUMBER_BYTES];
	snprintf(error, sizeof error, "%.2g", se);
	if (!isfinite(se))
		snprintf(buf, size, "not identified");
	else
		snprintf(buf, size, "%s±%s", number_real(&v, value), se < 100 ? error : number_real(&e, se));
	if (isfinite(se) && grid_width(g, buf) > room)
		snprintf(buf, size, "%s", number_real(&v, value));
	return buf;
}

#define PARAMETER_WIDTH 21

/* Parameters of the sets that score, each with its standard error; as many columns as there is room for. */
static void draw_parameters(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "model_fit");
	const char         *unit = snapshot_cell(s, "model_fit", 0, "period");
	char                title[48];
	snprintf(title, sizeof title, unit ? "Parameters, time in %ss" : "Parameters", unit);
	struct area         in = grid_box(g, at, title, NULL);
	int                 columns = (in.w + 1) / PARAMETER_WIDTH > 0 ? (in.w + 1) / PARAMETER_WIDTH : 1, k = 0;
	(void)ui;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char   *role = snapshot_cell(s, "model_fit", i, "role"), *name = snapshot_cell(s, "model_fit", i, "parameter");
		char          text[2 * NUMBER_BYTES + 8];
		bool effect = !isnan(snapshot_real(s, "model_fit", i, "z"));
		if (!role || !name || effect || !strncmp(role, "backtest", 8) || k / columns >= in.h)
			continue;
		int x = in.x + k % columns * PARAMETER_WIDTH, y = in.y + k / columns;
		int used = grid_put(g, x, y, 6, name, STYLE_BOLD) + 1;
		int room = (columns == 1 ? in.w : PARAMETER_WIDTH - 1) - used;
		grid_put(g, x + used, y, room, estimate(s, g, i, room, text, sizeof text), STYLE_PLAIN);
		k++;
	}
	if (!k)
		grid_wrap(g, in, "Nothing was fitted yet.", STYLE_PLAIN);
}

static void draw_purchases(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_calibration(s, g, at, "Purchases by decile of prediction", "purchases", "decile", 2);
}

static void draw_purchase_curve(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_curve(s, g, at, "Purchases by decile", "purchases", "decile");
}

static void draw_revenue(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_calibration(s, g, at, "Revenue by decile of prediction", "revenue", "decile", 0);
}

static void draw_frequency(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_calibration(s, g, at, "Orders in the holdout by repeats before", "purchases", "frequency", 2);
}

static void draw_frequency_curve(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_curve(s, g, at, "Orders in the holdout by repeats before", "purchases", "frequency");
}

enum { ORDERS, TRACKING, VERDICTS, FREQUENCY, ALIVE, PURCHASES, MODELS, PARAMETERS, HOLDOUT, WEEKLY, EXPECTED, STANDING, RATES, DROPOUT, FREQUENCY_CURVE,
       PURCHASE_CURVE, REVENUE, EFFECTS, SEASON, PARTS };

static const struct table_column effects[] = {
	{ "attribute", "attribute", FORM_TEXT, 0 },
	{ "level", "level", FORM_TEXT, 0 },
	{ "acts on", "acts_on", FORM_TEXT, 0 },
	{ "times", "times", FORM_TWO, 0 },
	{ "coefficient", "value", FORM_THREE, 1 },
	{ "error", "se", FORM_THREE, 2 },
	{ "p", "p", FORM_CHANCE, 0 },
	{ "low", "low", FORM_THREE, 4 },
	{ "high", "high", FORM_THREE, 4 },
	{ "z", "z", FORM_TWO, 3 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct pane_part parts[PARTS] = {
	[ORDERS] = { .id = "orders", .draw = draw_orders },
	[TRACKING] = { .id = "tracking", .draw = draw_tracking },
	[VERDICTS] = { .id = "verdicts", .draw = fit_draw_verdicts, .tall = true },
	[FREQUENCY] = { .id = "frequency", .draw = draw_frequency },
	[ALIVE] = { .id = "alive", .draw = fit_draw_alive },
	[PURCHASES] = { .id = "purchases", .draw = draw_purchases },
	[MODELS] = { .id = "models", .draw = draw_models },
	[PARAMETERS] = { .id = "parameters", .draw = draw_parameters },
	[HOLDOUT] = { .id = "holdout", .draw = draw_holdout },
	[WEEKLY] = { .id = "weeks", .draw = draw_weekly },
	[EXPECTED] = { .id = "expected", .draw = fit_draw_expected },
	[STANDING] = { .id = "customers", .draw = fit_draw_standing },
	[RATES] = { .id = "rates", .draw = fit_draw_rates, .tall = true },
	[DROPOUT] = { .id = "dropout", .draw = fit_draw_dropout, .tall = true },
	[FREQUENCY_CURVE] = { .id = "frequency-curve", .draw = draw_frequency_curve },
	[PURCHASE_CURVE] = { .id = "purchase-curve", .draw = draw_purchase_curve },
	[REVENUE] = { .id = "revenue", .draw = draw_revenue },
	[EFFECTS] = { .id = "effects", .title = "Covariates", .report = "effects", .column = effects, .key = "attribute",
	              .none = "No covariates: the setting model.covariates names attributes for the next set that is fitted." },
	[SEASON] = { .id = "season", .draw = fit_draw_season },
};

/* Three columns: counts and verdicts, weeks and the map, the holdout in groups. */
static void lay_widest(struct area at, struct area *place)
{
	struct area one = draw_cut_left(&at, 62), two = draw_cut_left(&at, at.w - 62);
	place[ORDERS] = draw_cut_top(&one, 12);
	place[VERDICTS] = draw_cut_top(&one, 11);
	place[MODELS] = draw_cut_top(&one, 8);
	place[PARAMETERS] = one;
	place[TRACKING] = draw_cut_top(&two, 12);
	place[WEEKLY] = draw_cut_top(&two, two.h - 14);
	place[ALIVE] = two;
	place[FREQUENCY] = draw_cut_top(&at, 11);
	place[HOLDOUT] = draw_cut_top(&at, 12);
	place[PURCHASES] = at;
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	(void)s;
	if (at.w >= 180 && at.h >= 40) {
		lay_widest(at, place);
		return;
	}
	bool        wide = at.w >= PANE_WIDE && at.h >= 34;
	struct area top = draw_cut_top(&at, wide || at.h < 20 ? 12 : at.h - 8);
	place[ORDERS] = draw_cut_left(&top, wide ? 46 : 40);
	place[TRACKING] = top;
	if (!wide) {
		place[VERDICTS] = at;
		return;
	}
	struct area middle = draw_cut_top(&at, 11);
	place[FREQUENCY] = draw_cut_left(&middle, 54);
	place[ALIVE] = middle;
	place[VERDICTS] = draw_cut_left(&at, 64);
	place[MODELS] = draw_cut_top(&at, 7);
	place[PARAMETERS] = at;
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
	const char   *rule = "";
	double        mae = draw_metric(s, "purchases", "mae", NULL), naive = draw_best_naive(s, "purchases", &rule);
	if (!status)
		str_add(line, "nothing was fitted yet");
	else
		str_addf(line, "%s in %.0f steps %s", !strcmp(status, "runaway") ? "on a boundary" : status, snapshot_real(s, "model_fit", 0, "iterations"),
		         !strcmp(status, "converged") ? "✓" : "!");
	if (!isnan(mae) && !isnan(naive))
		str_addf(line, "; error %s of the best naive guess, %s", number_percent(&n, mae / naive, 0), rule);
}

const struct pane pane_fit = {
	.id = "fit", .key = "3", .tab = "Fit", .title = "Fit", .source = source, .main = "model_fit",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No model yet. Here will be how well it foresees what was held back, its parameters with their errors, and a naive guess "
	         "beside it. Press r: a run fits one.",
};
