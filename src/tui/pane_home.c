/* Home: how far the pipeline came, where the shop stands, what its months look like, what needs a person. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "view/chart.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "totals" },
	{ .report = "runs", .limit = 20 },
	{ .report = "stages", .limit = 60 },
	{ .report = "weeks" },
	{ .report = "tiers" },
	{ .report = "leaderboard" },
	{ .report = "quality" },
	{ .report = "drift" },
	{ .report = "reviews", .limit = 5 },
	{ .report = "migration" },
	{ .report = "model_fit" },
	{ .report = NULL },
};

static const char *const stages[] = { "import", "quality", "features", "fit", "score", "rank", "cluster", "overview", "drift", "candidate" };

#define STAGES (sizeof stages / sizeof stages[0])

/* Where not all stages have a row, those that only sum up what others made are left out first. */
static bool has_room(const char *stage, int rows)
{
	return (rows >= (int)STAGES || strcmp(stage, "overview") != 0) && (rows + 1 >= (int)STAGES || strcmp(stage, "rank") != 0);
}

/* A stage of the job at work: how it ended, or how far it is. */
static bool draw_live(const struct ui *ui, struct grid *g, struct area row, const char *stage)
{
	const struct ui_stage *ended;
	const char            *status = ui->job ? ui_stage_status(ui->job, stage, &ended) : NULL;
	struct number          n;
	bool                   here = status && !strcmp(status, "running");
	char                   pass[24];
	double                 share = here && ui->job->total > 0 ? (double)ui->job->done / (double)ui->job->total : NAN;
	if (!ui->job)
		return false;
	draw_sign(g, row.x, row.y, status);
	grid_put(g, row.x + 3, row.y, 10, stage, STYLE_PLAIN);
	if (!status) {
		grid_put(g, row.x + 13, row.y, row.w - 13, "waits", STYLE_DIM);
	} else if (!here) {
		grid_put_right(g, row.x + 22, row.y, 6, number_fixed(&n, ended->seconds, 1), STYLE_PLAIN);
		grid_put(g, row.x + 28, row.y, 1, "s", STYLE_PLAIN);
		grid_put(g, row.x + 30, row.y, row.w - 30, status, STYLE_DIM);
	} else if (isnan(share) && !ui->job->done) {
		grid_put(g, row.x + 13, row.y, row.w - 13, "at work", STYLE_PLAIN);
	} else if (isnan(share)) {
		grid_put_right(g, row.x + 13, row.y, 9, number_count(&n, (double)ui->job->done), STYLE_PLAIN);
		grid_put(g, row.x + 23, row.y, row.w - 23, ui->job->unit, STYLE_PLAIN);
	} else if (ui->job->pass > 1) { /* a bar that begins anew would look like a loss */
		snprintf(pass, sizeof pass, "pass %u", ui->job->pass);
		grid_put(g, row.x + 13, row.y, row.w - 19, pass, STYLE_PLAIN);
		grid_put_right(g, row.x + row.w - 5, row.y, 5, number_percent(&n, share, 0), STYLE_PLAIN);
	} else {
		chart_bar(g, row.x + 13, row.y, row.w - 19, share, STYLE_PLAIN);
		grid_put_right(g, row.x + row.w - 5, row.y, 5, number_percent(&n, share, 0), STYLE_PLAIN);
	}
	return true;
}

static void draw_stages(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	char          title[64];
	struct number rows, seconds;
	double        run = snapshot_real(s, "runs", 0, "run_id");
	snprintf(title, sizeof title, ui->job ? "Pipeline · at work" : isnan(run) ? "Pipeline" : "Pipeline · run %.0f", run);
	struct area in = grid_box(g, at, title, NULL);
	for (size_t i = 0, line = 0; i < STAGES && (int)line < in.h; i++) {
		if (!has_room(stages[i], in.h))
			continue;
		size_t      row = snapshot_row(s, "stages", "stage", stages[i]);
		const char *status = snapshot_cell(s, "stages", row, "status"), *note = snapshot_cell(s, "stages", row, "note");
		int         y = in.y + (int)line++, x = in.x + 13;
		if (draw_live(ui, g, (struct area){ in.x, y, in.w, 1 }, stages[i]))
			continue;
		draw_sign(g, in.x, y, status);
		grid_put(g, in.x + 3, y, 10, stages[i], STYLE_PLAIN);
		if (!status) {
			grid_put(g, x, y, in.w - 13, !i && snapshot_total(s, "files") ? "imported" : "never ran", STYLE_DIM);
			continue;
		}
		grid_put_right(g, x, y, 9, number_count(&rows, snapshot_real(s, "stages", row, "rows_out")), STYLE_PLAIN);
		grid_put_right(g, x + 9, y, 6, number_fixed(&seconds, snapshot_real(s, "stages", row, "seconds"), 1), STYLE_PLAIN);
		grid_put(g, x + 15, y, 1, "s", STYLE_PLAIN);
		if (in.w > 50)
			grid_put(g, x + 18, y, in.w - 31, note ? note : "", STYLE_DIM);
		else
			grid_put(g, x + 17, y, in.w - 30, strcmp(status, "held") ? "" : "held", STYLE_DIM);
	}
}

static double total(const struct snapshot *s, const char *name, const char *column)
{
	return snapshot_real(s, "totals", snapshot_row(s, "totals", "name", name), column);
}

/* "5.74M–6.13M", or nothing. */
static const char *interval(char *buf, size_t size, const struct snapshot *s, const char *name)
{
	struct number a, b;
	double        low = total(s, name, "low"), high = total(s, name, "high");
	if (isnan(low) || isnan(high))
		return "";
	snprintf(buf, size, "%s–%s", number_alike(&a, low, high), number_alike(&b, high, high));
	return buf;
}

/* The total to the same precision as its interval. */
static const char *within(struct number *n, const struct snapshot *s, const char *name)
{
	double v = total(s, name, "value"), high = total(s, name, "high");
	return number_alike(n, v, isnan(high) ? v : high);
}

static size_t count_of(const struct snapshot *s, const char *report, const char *column, const char *value)
{
	const struct frame *f = snapshot_frame(s, report);
	size_t              n = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *t = snapshot_cell(s, report, i, column);
		n += t && !strcmp(t, value);
	}
	return n;
}

/* A line of the standing; what is not known yet has none. */
static void fact(struct grid *g, struct area *in, const char *label, const char *value, const char *note)
{
	if (in->h > 0 && strcmp(value, "-") != 0) {
		struct area row = draw_cut_top(in, 1);
		draw_fact(g, row, in->w > 44 ? 28 : 22, label, value, note);
	}
}

/* What the best tenth of the customers hold of the value expected of all. */
static double top_share(const struct snapshot *s)
{
	static const char *const top[] = { "Top 1 %", "Top 5 %", "Top 10 %" };
	double                   sum = 0;
	bool                     any = false;
	for (size_t i = 0; i < sizeof top / sizeof top[0]; i++) {
		double share = snapshot_real(s, "tiers", snapshot_row(s, "tiers", "tier", top[i]), "share");
		any = any || !isnan(share);
		sum += isnan(share) ? 0 : share;
	}
	return any ? sum : (double)NAN;
}

/* "was 4,473", when there is an earlier run. */
static const char *before(const struct snapshot *s, char *buf, size_t size)
{
	const struct frame *f = snapshot_frame(s, "migration");
	double              was = 0;
	struct number       n;
	for (size_t i = 0; f && i < f->rows; i++)
		if (!strcmp(snapshot_cell(s, "migration", i, "kind"), "tier") && strcmp(snapshot_cell(s, "migration", i, "before"), "new") != 0)
			was += snapshot_real(s, "migration", i, "customers");
	if (!(was > 0) || was == total(s, "customers", "value"))
		return "";
	snprintf(buf, size, "was %s", number_count(&n, was));
	return buf;
}

static void draw_standing(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	char          note[80];
	struct number n, m;
	struct area   in = grid_box(g, at, "Where you stand", isnan(total(s, "customers_alive", "low")) ? NULL :
	                        at.w >= 54 ? "at risk: what keeping them adds · ranges 80%" : "ranges hold 80%");
	double        mae = draw_metric(s, "purchases", "mae", NULL), naive = draw_best_naive(s, "purchases", NULL);
	double        off = draw_metric(s, "purchases", "aggregate_error", NULL);
	(void)ui;
	if (!snapshot_total(s, "totals")) {
		grid_wrap(g, in, "What the customers are worth comes with a run: press r", STYLE_PLAIN);
		return;
	}
	fact(g, &in, "customers", number_count(&n, total(s, "customers", "value")), before(s, note, sizeof note));
	fact(g, &in, "still customers", within(&n, s, "customers_alive"), interval(note, sizeof note, s, "customers_alive"));
	fact(g, &in, "value expected", within(&n, s, "clv"), interval(note, sizeof note, s, "clv"));
	fact(g, &in, "of it at risk", within(&n, s, "at_risk"), interval(note, sizeof note, s, "at_risk"));
	fact(g, &in, "top 10% hold", number_percent(&n, top_share(s), 0), "of it");
	if (!isnan(mae)) {
		snprintf(note, sizeof note, "naive %s %s", number_fixed(&m, naive, 2), mae < naive ? "✓" : "!");
		fact(g, &in, "back-test error", number_fixed(&n, mae, 2), note);
		fact(g, &in, "total to actual", number_signed_percent(&n, off, 1), fabs(off) <= 0.1 ? "within 10% ✓" : "beyond 10% !");
	}
	if (draw_compared(s) && !draw_tested(s)) {
		fact(g, &in, "drift", "too few", "new customers to tell");
	} else if (draw_compared(s)) {
		size_t moved = count_of(s, "drift", "verdict", "alarm");
		snprintf(note, sizeof note, "of %zu moved %s", draw_tested(s), moved ? "!" : "✓");
		fact(g, &in, "drift", number_count(&n, (double)moved), note);
	}
}

/* ---- shape of the business ---- */

#define WEEKS_MOST 520

/* The whole weeks of a column, the newest last; those that the data cover in part would look like a fall. */
static size_t weeks_of(const struct snapshot *s, const char *column, double *v, size_t most)
{
	const struct frame *f = snapshot_frame(s, "weeks");
	size_t              n = 0, from = f && f->rows > most ? f->rows - most : 0;
	for (size_t i = from; f && i < f->rows; i++)
		if (snapshot_real(s, "weeks", i, "days") == 7)
			v[n++] = snapshot_real(s, "weeks", i, column);
	return n;
}

/* A label, the weeks as columns, as many of the newest as there is room for, the least and the greatest of them. */
static void draw_trend(const struct snapshot *s, struct grid *g, struct area row, const char *label, const char *column)
{
	double        v[WEEKS_MOST], low = INFINITY, high = -INFINITY;
	struct number a, b;
	char          text[2 * NUMBER_BYTES + 32];
	size_t        n = weeks_of(s, column, v, WEEKS_MOST), room = row.w > 46 ? (size_t)row.w - 46 : 0, from = n > room ? n - room : 0;
	for (size_t i = from; i < n; i++) {
		low = fmin(low, v[i]);
		high = fmax(high, v[i]);
	}
	grid_put(g, row.x, row.y, 14, label, STYLE_PLAIN);
	if (low > high) {
		grid_put(g, row.x + 15, row.y, row.w - 15, "not known yet", STYLE_DIM);
		return;
	}
	snprintf(text, sizeof text, "%3zu wk  min %6s  max %6s", n - from, number_short(&a, low), number_short(&b, high));
	chart_spark(g, row.x + 15, row.y, (int)room, v + from, n - from, STYLE_PLAIN);
	grid_put_right(g, row.x, row.y, row.w, text, STYLE_PLAIN);
}

/* Purchase days and new customers, week by week. */
static void draw_lines(const struct snapshot *s, struct grid *g, struct area in)
{
	const struct frame *f = snapshot_frame(s, "weeks");
	double              orders[WEEKS_MOST], fresh[WEEKS_MOST];
	char                first[16] = "", last[16] = "";
	struct chart_lines  c = { .a = orders, .b = fresh, .first = first, .last = last };
	c.n = weeks_of(s, "buyers", orders, WEEKS_MOST);
	weeks_of(s, "new", fresh, WEEKS_MOST);
	if (!c.n)
		return;
	day_format(first, (day_t)snapshot_real(s, "weeks", f->rows > WEEKS_MOST ? f->rows - WEEKS_MOST : 0, "week"));
	day_format(last, (day_t)snapshot_real(s, "weeks", f->rows - 1, "week"));
	grid_put(g, in.x, in.y, in.w, "a week:  o orders (purchase days)  + new customers", STYLE_PLAIN);
	chart_lines(g, (struct area){ in.x, in.y + 1, in.w, in.h - 1 }, &c);
}

static void draw_shape(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	static const struct { const char *label, *column; } trends[] = {
		{ "orders a week", "buyers" }, { "new customers", "new" }, { "revenue", "revenue" },
	};
	struct area in = grid_box(g, at, "Shape of the business", NULL);
	int         rows = in.h < 3 ? in.h : 3;
	(void)ui;
	for (int i = 0; i < rows; i++)
		draw_trend(s, g, draw_cut_top(&in, 1), trends[i].label, trends[i].column);
	if (in.h > 8) {
		in.y++;
		in.h--;
		draw_lines(s, g, in);
	}
}

static void need(struct grid *g, struct area *in, const char *sign, const char *what, const char *sentence, const char *key)
{
	if (in->h < 1)
		return;
	struct area row = draw_cut_top(in, 1);
	draw_sign(g, row.x, row.y, sign);
	grid_put(g, row.x + 3, row.y, 7, what, STYLE_BOLD);
	grid_put(g, row.x + 10, row.y, row.w - 13, sentence, STYLE_PLAIN);
	grid_put_right(g, row.x, row.y, row.w, key, STYLE_BOLD);
}

/* Rows of files taken in since the live run ended: it has not seen them. */
static double unscored(const struct snapshot *s)
{
	const struct frame *f = snapshot_frame(s, "files");
	const char         *ended = snapshot_cell(s, "runs", snapshot_row(s, "runs", "live", "live"), "finished_at");
	double              rows = 0;
	for (size_t i = 0; f && ended && i < f->rows; i++) {
		const char *status = snapshot_cell(s, "files", i, "status"), *at = snapshot_cell(s, "files", i, "imported_at");
		if (status && at && !strcmp(status, "accepted") && strcmp(at, ended) > 0)
			rows += snapshot_real(s, "files", i, "accepted");
	}
	return rows;
}

/* The row of a model that scores and whose fit has no maximum; SIZE_MAX: all have one. */
static size_t limiting(const struct snapshot *s)
{
	const struct frame *f = snapshot_frame(s, "model_fit");
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *role = snapshot_cell(s, "model_fit", i, "role"), *status = snapshot_cell(s, "model_fit", i, "status");
		if (role && status && strncmp(role, "backtest", 8) != 0 && (!strcmp(status, "runaway") || !strcmp(status, "limit")))
			return i;
	}
	return SIZE_MAX;
}

/* What a person should know before the numbers are used: rows that no run has seen, a champion whose fit has no maximum. */
static void draw_doubts(const struct snapshot *s, struct grid *g, struct area *in)
{
	struct str    t = {0};
	struct number n;
	double        rows = unscored(s);
	size_t        fit = limiting(s);
	if (rows > 0) {
		str_addf(&t, "%s new row%s wait%s for a run", number_count(&n, rows), rows == 1 ? "" : "s", rows == 1 ? "s" : "");
		need(g, in, "open", "data", t.s, "r");
		str_clear(&t);
	}
	if (fit != SIZE_MAX) {
		str_addf(&t, "the %s fit is %s: not all parameters are identified", snapshot_cell(s, "model_fit", fit, "model"),
		         snapshot_cell(s, "model_fit", fit, "status"));
		need(g, in, "open", "fit", t.s, "3");
		str_clear(&t);
	}
}

static void draw_needs(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct str  t = {0};
	struct area in = grid_box(g, at, "Needs you", NULL);
	size_t      review = snapshot_row(s, "reviews", "state", "open"), warns = count_of(s, "quality", "verdict", "warn");
	size_t      stops = count_of(s, "quality", "verdict", "stop");
	const char *status = snapshot_cell(s, "runs", 0, "status"), *error = snapshot_cell(s, "runs", 0, "error");
	bool        broken = status && (!strcmp(status, "failed") || !strcmp(status, "cancelled"));
	bool        scored = snapshot_total(s, "totals") > 0;
	const char *aside = snapshot_cell(s, "files", snapshot_row(s, "files", "status", "aside"), "file");
	(void)ui;
	if (review != SIZE_MAX) {
		str_addf(&t, "review %.0f waits: %s", snapshot_real(s, "reviews", review, "review_id"),
		         snapshot_cell(s, "reviews", review, "reason"));
		need(g, &in, "open", "drift", t.s, "6");
		str_clear(&t);
	}
	draw_doubts(s, g, &in);
	if (aside) {
		str_addf(&t, "%s is set aside whole: runs wait for a decision", aside);
		need(g, &in, "stop", "paused", t.s, "2");
		str_clear(&t);
	}
	if (warns + stops) {
		str_addf(&t, "%zu of %lld checks want%s a look: %s", warns + stops, (long long)snapshot_total(s, "quality"), warns + stops == 1 ? "s" : "",
		         snapshot_cell(s, "quality", 0, "sentence"));
		need(g, &in, stops ? "stop" : "warn", "data", t.s, "2");
		str_clear(&t);
	}
	if (broken) {
		str_addf(&t, "%s: %s", status, error ? error : "press r to take it up again");
		need(g, &in, status, "run", t.s, "8");
		str_clear(&t);
	}
	if (review == SIZE_MAX && !aside && !warns && !stops && !broken)
		need(g, &in, "pass", "review", "nothing waits for a decision", "6");
	need(g, &in, "next", "next", scored ? "who is worth most, and who is about to be lost" : "a run scores the customers: press r",
	     scored ? "4" : "r");
}

/* Nothing in the store: three ways to start. */
static void draw_welcome(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	if (ui->job) { /* the first data are on their way */
		draw_stages(s, ui, g, at);
		return;
	}
	static const struct { const char *key, *what, *with; } ways[] = {
		{ "i", "import a CSV of orders", "a customer, a date and an amount" },
		{ "d", "load the demo shop", "5,962 invented customers, some seconds" },
		{ "o", "open another store", "clv -s OTHER.clv" },
	};
	static const char *const lines[] = {
		"", "The same without the screen: clv --batch run orders.csv, clv --batch demo", "",
		"What will happen", "  import → check → features → fit → score → cluster → watch for drift", "",
		"Nothing leaves this machine. Everything is in one file.", "? shows the keys of any screen.  : finds any command by name.",
	};
	struct area in = grid_box(g, at, "Welcome to clv", NULL);
	bool        airy = in.h >= 14;
	if (airy)
		draw_cut_top(&in, 1);
	struct str  t = {0};
	const char *refused = snapshot_cell(s, "files", snapshot_row(s, "files", "status", "refused"), "file");
	if (refused)
		str_addf(&t, "%s was refused, none of it counts: press 2 to see why. ", refused);
	str_add(&t, "No data yet. Three ways to start:");
	struct area row = { in.x, in.y, in.w, in.h };
	draw_cut_top(&in, grid_wrap(g, row, t.s, STYLE_PLAIN));
	str_clear(&t);
	if (airy)
		draw_cut_top(&in, 1);
	for (size_t i = 0; i < sizeof ways / sizeof ways[0] && in.h > 0; i++) {
		row = draw_cut_top(&in, 1);
		grid_put(g, row.x + 2, row.y, 2, ways[i].key, STYLE_BOLD);
		grid_put(g, row.x + 5, row.y, row.w - 5, ways[i].what, STYLE_PLAIN);
		if (row.w >= 70)
			grid_put(g, row.x + 34, row.y, row.w - 34, ways[i].with, STYLE_DIM);
	}
	for (size_t i = 0; i < sizeof lines / sizeof lines[0] && in.h > 0; i++)
		if (airy || *lines[i]) {
			row = draw_cut_top(&in, 1);
			grid_put(g, row.x, row.y, row.w, lines[i], STYLE_PLAIN);
		}
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	(void)s;
	struct area top = draw_cut_top(&at, at.h >= 26 ? (int)STAGES + 2 : at.h - 10);
	place[2] = draw_cut_top(&at, at.h - 5);
	place[1] = draw_cut_left(&top, top.w >= PANE_WIDE ? top.w - 54 : 38);
	place[0] = top;
	place[3] = at;
}

static const struct pane_part parts[] = {
	{ .id = "standing", .draw = draw_standing }, { .id = "stages", .draw = draw_stages },
	{ .id = "shape", .draw = draw_shape },       { .id = "needs", .draw = draw_needs },
};

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	double as_of = snapshot_real(s, "runs", 0, "as_of");
	char   day[16];
	(void)left;
	if (isnan(as_of))
		return;
	day_format(day, (day_t)as_of);
	str_addf(right, "as of %s · next %lld days%s%s", day, (long long)s->horizon, *s->currency ? " · " : "", s->currency);
}

static void say(const struct snapshot *s, struct str *line)
{
	size_t        review = snapshot_row(s, "reviews", "state", "open");
	struct number n, m;
	const char   *refused = snapshot_cell(s, "files", snapshot_row(s, "files", "status", "refused"), "file");
	if (s->empty)
		str_addf(line, "no data yet: %s was refused, press 2 to see why", refused ? refused : "what was imported");
	else if (review != SIZE_MAX)
		str_addf(line, "review %.0f waits for a person; nothing is retrained until then", snapshot_real(s, "reviews", review, "review_id"));
	else if (!snapshot_total(s, "totals"))
		str_add(line, "data is in; press r, a run scores it");
	else if (isnan(total(s, "clv", "value")))
		str_addf(line, "%s customers are expected to buy %s times", number_count(&n, total(s, "customers", "value")),
		         number_short(&m, total(s, "expected_purchases", "value")));
	else
		str_addf(line, "%s customers are expected to bring %s", number_count(&n, total(s, "customers", "value")),
		         number_short(&m, total(s, "clv", "value")));
}

const struct pane pane_home = {
	.id = "home", .key = "1", .tab = "Home", .title = "Home", .source = source, .main = "files",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .welcome = draw_welcome, .where = where, .say = say,
};
