/* Runs and audit: what happened, what changed from one run to the next, and the chain that proves it. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "runs", .limit = 100 },
	{ .report = "audit", .limit = 1, .sort = "-seq" },
	{ .report = "migration", .limit = 200 },
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
	{ "before", "worth_a", FORM_MONEY, 2 },
	{ "now", "worth_b", FORM_MONEY, 1 },
	{ "rank", "rank_b", FORM_COUNT, 5 },
	{ "alive", "p_alive_a", FORM_CHANCE, 4 },
	{ "now", "p_alive_b", FORM_CHANCE, 4 },
	{ "why", "why", FORM_TEXT, 0 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column champions[] = {
	{ "set", "set_id", FORM_COUNT, 0 },
	{ "since", "since", FORM_TIME, 1 },
	{ "model", "model", FORM_TEXT, 0 },
	{ "error", "error", FORM_TWO, 2 },
	{ "by", "by_name", FORM_TEXT, 3 },
	{ "reason", "reason", FORM_LAST, 4 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

#define TIERS_MOST 8

/* The tiers in the order of the report of the live run; the two that stand for not being there come last. */
static size_t tier_names(const struct snapshot *s, const char *name[TIERS_MOST])
{
	static const char *const known[] = { "Top 1 %", "Top 5 %", "Top 10 %", "Top 20 %", "Others", "new", "gone" };
	const struct frame      *f = snapshot_frame(s, "migration");
	size_t                   n = 0;
	for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
		for (size_t i = 0; f && i < f->rows && (!n || name[n - 1] != known[k]); i++)
			if (!strcmp(snapshot_cell(s, "migration", i, "kind"), "tier") && (!strcmp(snapshot_cell(s, "migration", i, "before"), known[k]) ||
			                                                                 !strcmp(snapshot_cell(s, "migration", i, "now"), known[k])))
				name[n++] = known[k];
	return n;
}

static double went(const struct snapshot *s, const char *before, const char *now)
{
	const struct frame *f = snapshot_frame(s, "migration");
	for (size_t i = 0; i < f->rows; i++)
		if (!strcmp(snapshot_cell(s, "migration", i, "kind"), "tier") && !strcmp(snapshot_cell(s, "migration", i, "before"), before) &&
		    !strcmp(snapshot_cell(s, "migration", i, "now"), now))
			return snapshot_real(s, "migration", i, "customers");
	return 0;
}

/* Rows: where they were; columns: where they are. */
static void draw_tiers(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const char   *name[TIERS_MOST];
	size_t        n = tier_names(s, name);
	struct area   in = grid_box(g, at, "Tiers, from (down) to (across)", NULL);
	struct number v;
	(void)ui;
	if (!n) {
		grid_wrap(g, in, "There is one run; a second one is compared with it here.", STYLE_PLAIN);
		return;
	}
	for (size_t i = 0; i <= n && (int)i < in.h; i++) {
		int x = in.x + 9, y = in.y + (int)i;
		if (i && !strcmp(name[i - 1], "gone"))
			continue;
		grid_put(g, in.x, y, 9, i ? name[i - 1] : "", STYLE_BOLD);
		for (size_t j = 0; j < n && x + 9 <= in.x + in.w; j++) {
			if (!strcmp(name[j], "new"))
				continue;
			double customers = i ? went(s, name[i - 1], name[j]) : 0;
			grid_put_right(g, x, y, 9, !i ? name[j] : customers > 0 ? number_count(&v, customers) : "·", !i || i - 1 == j ? STYLE_BOLD : STYLE_PLAIN);
			x += 9;
		}
	}
}

/* The batch lines that do the newest run again and show what this pane shows. */
static void draw_same(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct area in = grid_box(g, at, "The same, without the screen", NULL);
	struct str  t = {0};
	char        day[16] = "";
	double      as_of = snapshot_real(s, "runs", 0, "as_of"), a = snapshot_real(s, "runs", 1, "run_id"), b = snapshot_real(s, "runs", 0, "run_id");
	(void)ui;
	if (!isnan(as_of))
		day_format(day, (day_t)as_of);
	str_addf(&t, "clv --batch -s %s.clv run --as-of %s --seed %.0f", s->store_name, day, snapshot_real(s, "runs", 0, "seed"));
	grid_put(g, in.x, in.y, in.w, t.s, STYLE_PLAIN);
	str_clear(&t);
	if (!isnan(a) && in.h > 1) {
		str_addf(&t, "clv --batch -s %s.clv show compare %.0f %.0f", s->store_name, a, b);
		grid_put(g, in.x, in.y + 1, in.w, t.s, STYLE_PLAIN);
		str_clear(&t);
	}
	if (in.h > 2) {
		str_addf(&t, "clv --batch -s %s.clv audit verify", s->store_name);
		grid_put(g, in.x, in.y + 2, in.w, t.s, STYLE_PLAIN);
		str_clear(&t);
	}
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	int         rows = (int)snapshot_total(s, "runs") + 3;
	struct area top, lower;
	if (at.w < PANE_WIDE || at.h < 34) {
		place[0] = draw_cut_top(&at, rows < 6 ? rows : 6);
		place[1] = draw_cut_top(&at, at.h - 9);
		lower = draw_cut_top(&at, 6);
		place[2] = draw_cut_left(&lower, 40);
		place[3] = lower;
		place[4] = at;
		return;
	}
	top = draw_cut_top(&at, rows < 8 ? rows : 8);
	place[1] = draw_cut_top(&at, at.h - 21);
	lower = draw_cut_top(&at, 11);
	place[0] = draw_cut_left(&top, top.w - 52);
	place[5] = top;
	place[2] = draw_cut_left(&lower, lower.w / 2);
	place[6] = lower;
	place[3] = draw_cut_left(&at, at.w - 66);
	place[4] = at;
}

static const struct pane_part parts[] = {
	{ .id = "runs", .title = "Runs", .report = "runs", .column = runs, .key = "run_id" },
	{ .id = "audit", .title = "Audit, newest first", .report = "audit", .column = entries, .key = "seq", .sort = "-seq" },
	{ .id = "totals", .title = "Totals, run before and this", .report = "compare", .column = changes, .key = "name", .param = PAIR,
	  .none = "A run is compared with the one before it here." },
	{ .id = "moves", .title = "Largest moves of the live run, and why", .report = "moved", .column = moved, .key = "customer_id", .enter = "customers customer_id {}",
	  .none = "The customers of two runs are compared here." },
	{ .id = "same", .draw = draw_same },
	{ .id = "champions", .title = "Champions", .report = "champions", .column = champions, .key = "seq", .none = "The first run fits one." },
	{ .id = "tiers", .draw = draw_tiers },
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
	         "Press r: it makes the first.",
};
