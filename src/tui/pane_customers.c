/* Customers: ranked by value, and the story of the one that is picked. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "runs", .limit = 1 },
	{ .report = "totals" },
	{ .report = "top_customers", .limit = 1 },
	{ .report = "customer", .param = { { "id", "top_customers", "customer_id", ROW_SELECTED } } },
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

/* The story's lines without their indent; its first line names the customer, as the box does. */
static void draw_story(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const char *id = snapshot_cell(s, "customer", 0, "customer_id");
	struct area in = grid_box(g, at, id ? id : "Story", NULL);
	const char *line = strchr(s->story, '\n');
	(void)ui;
	if (!line) {
		grid_wrap(g, in, "Scores come with a run.", STYLE_PLAIN);
		return;
	}
	if (in.h < 10 && strstr(line, "  Silent"))
		line = strstr(line, "  Silent") - 1; /* the number taken apart comes before the past */
	for (line++; *line && in.h > 0;) {
		const char *end = strchr(line, '\n');
		char        text[512];
		line += strspn(line, " ");
		snprintf(text, sizeof text, "%.*s", (int)(end - line), line);
		draw_cut_top(&in, grid_wrap(g, in, text, STYLE_PLAIN));
		if (at.h > 16)
			draw_cut_top(&in, 1);
		line = end + 1;
	}
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	(void)s;
	place[0] = at.w >= PANE_WIDE ? draw_cut_left(&at, at.w - 44) : draw_cut_top(&at, at.h - 9);
	place[1] = at;
}

static const struct pane_part parts[] = {
	{ .id = "ranked", .title = "Ranked by value", .report = "top_customers", .column = ranked, .key = "customer_id" },
	{ .id = "story", .draw = draw_story },
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
	struct number n, m;
	double        all = snapshot_real(s, "totals", snapshot_row(s, "totals", "name", "clv"), "value");
	double        risk = snapshot_real(s, "totals", snapshot_row(s, "totals", "name", "at_risk"), "value");
	if (isnan(all))
		str_add(line, "customers are ranked by expected purchases: there is no money in this data");
	else
		str_addf(line, "%s is expected of all of them; %s of it is at risk", number_short(&n, all), number_short(&m, risk));
}

const struct pane pane_customers = {
	.id = "customers", .key = "4", .tab = "Cust", .title = "Customers", .source = source, .main = "top_customers",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No scored customers yet. Here they will be ranked by what they are expected to bring, each with its story. "
	         "clv --batch run scores them.",
};
