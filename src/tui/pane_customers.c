/* Customers: ranked by value, and the story of the one that is picked. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/chart.h"
#include "view/number.h"

#define LIST_WIDTH 80 /* has room for the numbers of a customer */

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "runs", .limit = 1 },
	{ .report = "totals" },
	{ .report = "top_customers", .limit = 1 },
	{ .report = "customer", .param = { { "rank", "top_customers", "rank", ROW_SELECTED } } },
	{ .report = "customer_history", .param = { { "rank", "top_customers", "rank", ROW_SELECTED } } },
	{ .report = NULL },
};

static const struct table_column ranked[] = {
	{ "#", "rank", FORM_COUNT, 0 },
	{ "customer", "customer_id", FORM_TEXT, 0 },
	{ "silent", "days_since_last", FORM_COUNT, 2 },
	{ "again", "frequency", FORM_COUNT, 3 },
	{ "an order", "expected_value", FORM_MONEY, 4 },
	{ "alive", "p_alive", FORM_CHANCE, 0 },
	{ "", "p_alive", FORM_BAR, 9 },
	{ "orders", "expected_purchases", FORM_TWO, 6 },
	{ "value", "clv", FORM_MONEY, 0 },
	{ "80% low", "clv_low", FORM_MONEY, 5 },
	{ "high", "clv_high", FORM_MONEY, 5 },
	{ "at risk", "at_risk", FORM_MONEY, 1 },
	{ "segment", "rfm_segment", FORM_TEXT, 8 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column save[] = {
	{ "customer", "customer_id", FORM_TEXT, 0 },
	{ "at risk", "at_risk", FORM_MONEY, 0 },
	{ "of", "clv", FORM_MONEY, 2 },
	{ "alive", "p_alive", FORM_CHANCE, 1 },
	{ "silent", "days_since_last", FORM_COUNT, 3 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

/* ---- the story ---- */

static double fact(const struct snapshot *s, const char *column)
{
	return snapshot_real(s, "customer", 0, column);
}

/* Draw a line and take its row; nothing when there is none left. */
static void tell(struct grid *g, struct area *in, struct str *t, unsigned style)
{
	if (in->h > 0 && t->n)
		draw_cut_top(in, grid_wrap(g, *in, t->s, style));
	str_clear(t);
}

/* The number taken apart: orders x money x discount, whatever the margin is. */
static void tell_value(const struct snapshot *s, struct grid *g, struct area *in)
{
	struct str    t = {0};
	struct number a, b;
	double        clv = fact(s, "clv"), orders = fact(s, "expected_purchases"), each = fact(s, "expected_value");
	if (isnan(clv)) {
		str_addf(&t, "%s orders over the next %lld days; there is no money in this data", number_fixed(&a, orders, 2), (long long)s->horizon);
		tell(g, in, &t, STYLE_BOLD);
		return;
	}
	str_addf(&t, "%s over the next %lld days", number_count(&a, clv), (long long)s->horizon);
	if (in->w < 60)
		tell(g, in, &t, STYLE_BOLD);
	if (!isnan(fact(s, "clv_low")))
		str_addf(&t, "%s80%%: %s – %s", in->w < 60 ? "" : "   ", number_count(&a, fact(s, "clv_low")), number_count(&b, fact(s, "clv_high")));
	tell(g, in, &t, STYLE_BOLD);
	str_addf(&t, "= %s orders × %s an order", number_fixed(&a, orders, 2), number_count(&b, each));
	if (orders * each > 0)
		str_addf(&t, " × %.3f%s", clv / (orders * each), in->w < 60 ? "" : " discount and margin");
	tell(g, in, &t, STYLE_PLAIN);
}

/* How sure it is that the customer still buys, and what that rests on. */
static void tell_alive(const struct snapshot *s, struct grid *g, struct area *in)
{
	struct str    t = {0};
	struct number a;
	double        x = fact(s, "frequency"), silent = fact(s, "days_since_last"), gap = x > 0 ? fact(s, "recency") / x : (double)NAN;
	if (in->h < 1)
		return;
	struct area row = draw_cut_top(in, 1);
	grid_put(g, row.x, row.y, 6, "alive", STYLE_PLAIN);
	grid_put_right(g, row.x + 6, row.y, 4, number_chance(&a, fact(s, "p_alive")), STYLE_BOLD);
	chart_bar(g, row.x + 11, row.y, row.w - 11 < 20 ? row.w - 11 : 20, fact(s, "p_alive"), STYLE_PLAIN);
	if (isnan(gap))
		str_addf(&t, "bought once, %.0f days ago", silent);
	else
		str_addf(&t, "bought again %.0f time%s, usual gap %.0f days, last %.0f days ago: %.1f gaps of silence", x, x == 1 ? "" : "s", gap, silent,
		         gap > 0 ? silent / gap : 0.0);
	tell(g, in, &t, STYLE_PLAIN);
}

static void tell_risk(const struct snapshot *s, struct grid *g, struct area *in)
{
	struct str    t = {0};
	struct number a, b;
	const char   *segment = snapshot_cell(s, "customer", 0, "rfm_segment");
	if (!isnan(fact(s, "at_risk")))
		str_addf(&t, "at risk %s, believed lost already %s", number_count(&a, fact(s, "at_risk")), number_count(&b, fact(s, "already_lost")));
	tell(g, in, &t, STYLE_PLAIN);
	str_addf(&t, "rank %s, %s, %s, cluster %.0f", number_count(&a, fact(s, "rank")), snapshot_cell(s, "customer", 0, "tier"), segment ? segment : "",
	         fact(s, "cluster_id"));
	tell(g, in, &t, STYLE_PLAIN);
}

/* A bar a run, of those whose rows are kept. */
static void tell_history(const struct snapshot *s, struct grid *g, struct area *in)
{
	const struct frame *f = snapshot_frame(s, "customer_history");
	double              most = 0;
	for (size_t i = 0; f && i < f->rows; i++)
		most = fmax(most, snapshot_real(s, "customer_history", i, "worth"));
	for (size_t i = 0; f && i < f->rows && in->h > 0; i++) {
		struct area   row = draw_cut_top(in, 1);
		struct number n;
		char          text[32];
		double        worth = snapshot_real(s, "customer_history", i, "worth");
		snprintf(text, sizeof text, "run %.0f", snapshot_real(s, "customer_history", i, "run_id"));
		grid_put(g, row.x, row.y, 8, text, STYLE_PLAIN);
		grid_put_right(g, row.x + 8, row.y, 9, worth >= 100 ? number_count(&n, worth) : number_fixed(&n, worth, 2), STYLE_PLAIN);
		chart_bar(g, row.x + 18, row.y, row.w - 18 < 24 ? row.w - 18 : 24, worth / most, STYLE_PLAIN);
	}
}

/* The lines that `show customer` tells, but for its first, which names the customer. */
static void tell_words(const struct snapshot *s, struct grid *g, struct area in)
{
	const char *line = strchr(s->story, '\n');
	for (line = line ? line + 1 : ""; *line && in.h > 0;) {
		const char *end = strchr(line, '\n');
		struct str  t = {0};
		line += strspn(line, " ");
		str_addf(&t, "%.*s", (int)(end - line), line);
		tell(g, &in, &t, STYLE_PLAIN);
		draw_cut_top(&in, in.h > 1);
		line = end + 1;
	}
}

static void draw_story(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const char *id = snapshot_cell(s, "customer", 0, "customer_id");
	struct area in = grid_box(g, at, id ? id : "Story", NULL);
	(void)ui;
	if (!id) {
		grid_wrap(g, in, "Scores come with a run.", STYLE_PLAIN);
		return;
	}
	bool airy = in.h >= 16;
	tell_value(s, g, &in);
	draw_cut_top(&in, airy);
	tell_alive(s, g, &in);
	draw_cut_top(&in, airy);
	tell_risk(s, g, &in);
	draw_cut_top(&in, airy);
	tell_history(s, g, &in);
	draw_cut_top(&in, airy);
	if (airy)
		tell_words(s, g, in);
}

/* ---- layout ---- */

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	(void)s;
	if (at.w < PANE_WIDE) {
		place[0] = draw_cut_top(&at, at.h - 10);
		place[1] = at;
		return;
	}
	int list = at.w - (at.w >= 160 ? 92 : 46);
	place[0] = draw_cut_left(&at, list < LIST_WIDTH ? LIST_WIDTH : list);
	place[1] = at.w > 80 ? draw_cut_left(&at, 46) : draw_cut_top(&at, at.h >= 30 ? at.h - 12 : at.h);
	place[2] = at;
}

static const struct pane_part parts[] = {
	{ .id = "ranked", .title = "Ranked by value", .report = "top_customers", .column = ranked, .key = "customer_id",
	  .enter = "zoom story" },
	{ .id = "story", .draw = draw_story, .tall = true },
	{ .id = "save", .title = "Save list: most at risk", .report = "save_list", .column = save, .key = "customer_id", .enter = "customers customer_id {}",
	  .none = "Without money there is nothing to weigh." },
};

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	struct number n;
	double        run = snapshot_real(s, "runs", 0, "run_id");
	if (!isnan(run))
		str_addf(left, "run %.0f", run);
	str_addf(right, "%s customers · next %lld days%s%s", number_count(&n, (double)snapshot_total(s, "top_customers")), (long long)s->horizon,
	         *s->currency ? " · " : "", s->currency);
}

static void say(const struct snapshot *s, struct str *line)
{
	struct number n, m, of;
	double        all = snapshot_real(s, "totals", snapshot_row(s, "totals", "name", "clv"), "value");
	double        risk = snapshot_real(s, "totals", snapshot_row(s, "totals", "name", "at_risk"), "value");
	if (isnan(all))
		str_add(line, "customers are ranked by expected purchases: there is no money in this data");
	else
		str_addf(line, "%s is expected of all %s; at risk, what keeping them would add: %s", number_short(&n, all),
		         number_count(&of, snapshot_real(s, "totals", snapshot_row(s, "totals", "name", "customers"), "value")), number_short(&m, risk));
}

const struct pane pane_customers = {
	.id = "customers", .key = "4", .tab = "Cust", .title = "Customers", .source = source, .main = "top_customers",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No scored customers yet. Here they will be ranked by what they are expected to bring, each with its story. "
	         "Press r: a run scores them.",
};
