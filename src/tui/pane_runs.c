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
	{ .report = "audit", .limit = 1, .sort = "-seq" },
	{ .report = NULL },
};

/* The selected run and the one before it. */
#define PAIR { { "a", "runs", "run_id", ROW_BELOW }, { "b", "runs", "run_id", ROW_SELECTED } }

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

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	bool wide = at.w >= PANE_WIDE;
	int  rows = (int)snapshot_total(s, "runs") + 3, most = wide ? 10 : 6;
	place[0] = draw_cut_top(&at, rows < most ? rows : most);
	place[1] = draw_cut_top(&at, wide ? at.h - 13 : at.h - 7);
	place[2] = draw_cut_left(&at, at.w / 2);
	place[3] = at;
}

static const struct pane_part parts[] = {
	{ .id = "runs", .title = "Runs", .report = "runs", .column = runs, .key = "run_id" },
	{ .id = "audit", .title = "Audit, newest first", .report = "audit", .column = entries, .key = "seq", .sort = "-seq" },
	{ .id = "totals", .title = "Totals, run before and this one", .report = "compare", .column = changes, .key = "name", .param = PAIR,
	  .none = "A run is compared with the one before it here." },
	{ .id = "moves", .title = "Largest moves", .report = "moves", .column = moved, .key = "customer_id", .param = PAIR,
	  .none = "The customers of two runs are compared here." },
};

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
	.id = "runs", .key = "8", .tab = "Runs", .title = "Runs & audit", .source = source, .main = "runs",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No run yet. Every run is listed here with what it did, and every act has its entry in the audit chain. "
	         "clv --batch run makes the first.",
};
