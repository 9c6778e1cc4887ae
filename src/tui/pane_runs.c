/* Runs and audit: what happened, what changed from one run to the next, and the chain that proves it. */
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
	{ .report = "runs", .limit = 100 },
	{ .report = "audit", .limit = 100, .sort = "-seq" },
	{ .report = "compare", .param = { { "a", "runs", "run_id", 1 }, { "b", "runs", "run_id", 0 } } },
	{ .report = "moves", .limit = 50, .param = { { "a", "runs", "run_id", 1 }, { "b", "runs", "run_id", 0 } } },
	{ .report = NULL },
};

static const char *const hints[] = { "d compare", "v verify", "x export", "/ find", ": commands", "? keys", "q back", NULL };

static const struct table_column runs[] = {
	{ "", "live", FORM_SIGN, 0 },
	{ "run", "run_id", FORM_COUNT, 0 },
	{ "started", "started_at", FORM_TIME, 2 },
	{ "as of", "as_of", FORM_DAY, 0 },
	{ "seed", "seed", FORM_COUNT, 5 },
	{ "state", "status", FORM_TEXT, 0 },
	{ "program", "program", FORM_TEXT, 4 },
	{ "command", "command", FORM_LAST, 3 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column entries[] = {
	{ "seq", "seq", FORM_COUNT, 0 },
	{ "at", "at", FORM_TIME, 1 },
	{ "kind", "kind", FORM_TEXT, 0 },
	{ "by", "actor", FORM_TEXT, 0 },
	{ "what", "payload", FORM_LAST, 2 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column changes[] = {
	{ "total", "name", FORM_TEXT, 0 },
	{ "before", "run_a", FORM_MONEY, 1 },
	{ "now", "run_b", FORM_MONEY, 0 },
	{ "change", "relative", FORM_CHANGE, 0 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column moved[] = {
	{ "customer", "customer_id", FORM_TEXT, 0 },
	{ "before", "worth_a", FORM_MONEY, 1 },
	{ "now", "worth_b", FORM_MONEY, 0 },
	{ "alive", "p_alive_a", FORM_CHANCE, 3 },
	{ "now", "p_alive_b", FORM_CHANCE, 3 },
	{ "rank", "rank_b", FORM_COUNT, 2 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static void draw(const struct snapshot *s, struct grid *g, struct area at)
{
	struct table all = { .frame = snapshot_frame(s, "runs"), .column = runs, .total = snapshot_total(s, "runs"),
	                     .picked = true };
	struct table chain = { .frame = snapshot_frame(s, "audit"), .column = entries, .total = snapshot_total(s, "audit") };
	struct table totals = { .frame = snapshot_frame(s, "compare"), .column = changes };
	struct table largest = { .frame = snapshot_frame(s, "moves"), .column = moved, .total = snapshot_total(s, "moves") };
	if (!snapshot_total(s, "runs")) {
		draw_empty(g, at, "Runs", "No run yet. Every run is listed here with what it did, and every act has its entry in the audit chain. "
		                          "clv --batch run makes the first.");
		return;
	}
	if (!draw_roomy(at)) {
		table_draw(g, at, "Runs", &all, "");
		return;
	}
	bool wide = at.w >= PANE_WIDE;
	int  rows = (int)all.frame->rows + 3, most = wide ? 10 : 6;
	table_draw(g, draw_cut_top(&at, rows < most ? rows : most), "Runs", &all, "");
	table_draw(g, draw_cut_top(&at, wide ? at.h - 13 : at.h - 7), "Audit, newest first", &chain, "");
	table_draw(g, draw_cut_left(&at, at.w / 2), "Totals, run before and newest", &totals,
	           "There is one run; a second one is compared with it here.");
	table_draw(g, at, "Largest moves", &largest, "The customers of two runs are compared here.");
}

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	long long n = (long long)snapshot_total(s, "runs"), length = (long long)s->chain_length;
	(void)left;
	str_addf(right, "%lld run%s · %lld entr%s · chain %s", n, n == 1 ? "" : "s", length, length == 1 ? "y" : "ies",
	         s->chain_sound ? "✓" : "✗");
}

static void say(const struct snapshot *s, struct str *line)
{
	const char *head = snapshot_cell(s, "audit", 0, "hash");
	if (!s->chain_sound)
		str_add(line, "the audit chain is broken: clv --batch audit verify names the entry  ✗");
	else
		str_addf(line, "the audit chain is sound, its head is %.12s  ✓", head ? head : "nothing");
}

const struct pane pane_runs = {
	.id = "runs", .key = "8", .tab = "Runs", .title = "Runs & audit", .source = source, .main = "runs", .hints = hints,
	.where = where, .draw = draw, .say = say,
};
