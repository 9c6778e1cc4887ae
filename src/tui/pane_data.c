/* Data: what the checks found, the accounts of every file, why rows were set aside, what its columns hold. Not here: one column alone
 * (pane_column.c), what a person decides about rows set aside (aside_form.c). */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/pane_column_priv.h"
#include "tui/table_priv.h"
#include "view/chart.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "quality" },
	{ .report = "profile" },
	{ .report = "left_out", .limit = 1 },
	{ .report = "check", .param = { { "id", "quality", "id", ROW_SELECTED } } },
	{ .report = "check_runs", .param = { { "id", "quality", "id", ROW_SELECTED } } },
	{ .report = "profile_column", .param = { { "id", "profile", "id", ROW_SELECTED } } },
	{ .report = NULL },
};

static const struct table_column checks[] = {
	{ "", "verdict", FORM_SIGN, 0 },
	{ "check", "id", FORM_TEXT, 0 },
	{ "of", "total", FORM_COUNT, 3 },
	{ "hits", "hits", FORM_COUNT, 0 },
	{ "trend", "trend", FORM_SPARK, 4 },
	{ "what was found", "sentence", FORM_LAST, 2 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column files[] = {
	{ "status", "status", FORM_TEXT, 1 },
	{ "file", "file", FORM_TEXT, 0 },
	{ "read", "read", FORM_COUNT, 0 },
	{ "kept", "accepted", FORM_COUNT, 0 },
	{ "set aside", "quarantined", FORM_COUNT, 0 },
	{ "twice", "duplicate", FORM_COUNT, 2 },
	{ "blank", "blank", FORM_COUNT, 3 },
	{ "lost", "lost", FORM_COUNT, 0 },
	{ "replaced", "replaced", FORM_COUNT, 4 },
	{ "returns", "refunds", FORM_COUNT, 4 },
	{ "from", "first_day", FORM_DAY, 5 },
	{ "to", "last_day", FORM_DAY, 5 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column pareto[] = {
	{ "reason", "reason", FORM_TEXT, 0 },
	{ "rows", "rows", FORM_COUNT, 0 },
	{ "", "rows", FORM_BAR, 3 },
	{ "so far", "so_far", FORM_SHARE, 1 },
	{ "open", "open", FORM_COUNT, 0 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column aside[] = {
	{ "row", "quar_id", FORM_PLAIN, 0 },
	{ "file", "file", FORM_TEXT, 3 },
	{ "line", "line", FORM_COUNT, 0 },
	{ "reasons", "reasons", FORM_TEXT, 0 },
	{ "state", "state", FORM_TEXT, 2 },
	{ "row as it came", "raw", FORM_LAST, 1 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column profile[] = {
	{ "of", "of", FORM_TEXT, 7 },
	{ "column", "name", FORM_TEXT, 0 },
	{ "shape", "shape", FORM_TEXT, 0 },
	{ "values", "rows", FORM_COUNT, 1 },
	{ "missing", "missing", FORM_COUNT, 0 },
	{ "different", "distinct", FORM_COUNT, 2 },
	{ "least", "min", FORM_TEXT, 4 },
	{ "median", "median", FORM_TEXT, 3 },
	{ "most", "max", FORM_TEXT, 4 },
	{ "by month", "months", FORM_SPARK, 0 },
	{ "most frequent", "top", FORM_TEXT, 5 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column returns[] = {
	{ "month", "month", FORM_TEXT, 0 },
	{ "returns", "returns", FORM_COUNT, 0 },
	{ "matched", "matched", FORM_COUNT, 0 },
	{ "partly", "partly", FORM_COUNT, 4 },
	{ "unmatched", "unmatched", FORM_COUNT, 0 },
	{ "not sought", "not_looked_at", FORM_COUNT, 2 },
	{ "sum", "amount", FORM_MONEY, 1 },
	{ "with a sale", "matched_amount", FORM_MONEY, 5 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column left_out[] = {
	{ "rule", "rule", FORM_TEXT, 0 },
	{ "file", "file", FORM_TEXT, 3 },
	{ "rows", "rows", FORM_COUNT, 0 },
	{ "of the file", "share", FORM_SHARE, 2 },
	{ "sum", "amount", FORM_MONEY, 1 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct account { const char *title, *column; } accounts[] = {
	{ "read", "read" }, { "kept", "accepted" }, { "set aside", "quarantined" }, { "twice", "duplicate" }, { "blank", "blank" }, { "replaced", "replaced" },
};

#define HISTORY_MOST 40
#define ACCOUNTS     (sizeof accounts / sizeof accounts[0])

static size_t of_status(const struct snapshot *s, const char *wanted)
{
	const struct frame *f = snapshot_frame(s, "files");
	size_t              n = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *status = snapshot_cell(s, "files", i, "status");
		n += status && !strcmp(status, wanted);
	}
	return n;
}

static double sum_of(const struct snapshot *s, const char *column)
{
	const struct frame *f = snapshot_frame(s, "files");
	double              sum = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *status = snapshot_cell(s, "files", i, "status");
		sum += status && !strcmp(status, "accepted") ? snapshot_real(s, "files", i, column) : 0;
	}
	return sum;
}

/* ---- checks ---- */

/* The first of the examples, a JSON array of texts; it is shown as it is told, without the brackets. */
static void put_examples(struct grid *g, struct area *in, const char *json)
{
	size_t n = json ? strlen(json) : 0;
	char   text[400];
	if (n <= 2 || in->h < 1)
		return;
	snprintf(text, sizeof text, "for example %.*s", n - 2 < 380 ? (int)(n - 2) : 380, json + 1);
	draw_cut_top(in, grid_wrap(g, *in, text, STYLE_DIM));
}

/* How it went in the executions before: the share of rows, and when it was not a pass. */
static void put_history(const struct snapshot *s, struct grid *g, struct area in)
{
	const struct frame *f = snapshot_frame(s, "check_runs");
	struct number       low, high;
	double              v[HISTORY_MOST], least = NAN, most = NAN;
	size_t              n = f ? f->rows : 0, from = n > HISTORY_MOST ? n - HISTORY_MOST : 0, bad = 0;
	char                text[160];
	for (size_t i = from; i < n; i++) {
		const char *verdict = snapshot_cell(s, "check_runs", i, "verdict");
		v[i - from] = snapshot_real(s, "check_runs", i, "share");
		least = fmin(least, v[i - from]);
		most = fmax(most, v[i - from]);
		bad += verdict && strcmp(verdict, "pass") != 0;
	}
	if (n < 2 || in.h < 2)
		return;
	snprintf(text, sizeof text, "last %zu executions: %s to %s of the rows, %zu not passed", n - from, number_percent(&low, least, 1), number_percent(&high, most, 1), bad);
	draw_cut_top(&in, grid_wrap(g, in, text, STYLE_DIM));
	if (in.h > 0)
		chart_spark(g, in.x, in.y, in.w < 40 ? in.w : 40, v, n - from, STYLE_PLAIN);
}

/* The selected check: what it found, against which limit, examples, the executions before. */
static void draw_check(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const char   *id = snapshot_cell(s, "check", 0, "id"), *threshold = snapshot_cell(s, "check", 0, "threshold");
	const char   *verdict = snapshot_cell(s, "check", 0, "verdict"), *table = snapshot_cell(s, "check", 0, "table");
	char          text[200];
	struct number a, b;
	struct area   in = grid_box(g, at, id ? id : "Check", NULL);
	(void)ui;
	if (!id) {
		grid_wrap(g, in, "What the selected check found.", STYLE_PLAIN);
		return;
	}
	draw_cut_top(&in, grid_wrap(g, in, snapshot_cell(s, "check", 0, "sentence"), STYLE_PLAIN));
	snprintf(text, sizeof text, "%s of %s rows of %s, limit: %s", number_count(&a, snapshot_real(s, "check", 0, "hits")),
	         number_count(&b, snapshot_real(s, "check", 0, "total")), table, threshold && *threshold ? threshold : "none");
	if (in.h > 0)
		draw_cut_top(&in, grid_wrap(g, in, text, STYLE_PLAIN));
	put_examples(g, &in, snapshot_cell(s, "check", 0, "examples"));
	if (in.h > 0)
		draw_cut_top(&in, grid_wrap(g, in, !strcmp(verdict, "stop") ? "A stop ends the run: nothing is trained on these rows." :
		                 !strcmp(verdict, "warn") ? "A warning is noted; the run goes on." : "Nothing is wrong here.", STYLE_DIM));
	put_history(s, g, in);
}

/* Where there is something to show, a place is cut from the right of another part. */
static void lay_beside(struct area *of, int w, struct area *place)
{
	struct area whole = *of;
	*of = draw_cut_left(&whole, whole.w - w);
	*place = whole;
}

/* Checks, files, reasons; where there is room also the selected check, the columns, the rows set aside, returns and what rules left out. */
static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	int         rows = (int)snapshot_total(s, "files") + 3;
	struct area top, books;
	if (at.w < PANE_WIDE || at.h < 30) {
		place[0] = draw_cut_top(&at, at.h - 11);
		place[1] = draw_cut_top(&at, rows < 5 ? rows : 5);
		place[2] = at;
		return;
	}
	rows = rows < 6 ? 6 : rows < 9 ? rows : 9;
	top = draw_cut_top(&at, at.h - rows - 15);
	books = draw_cut_top(&at, rows);
	place[0] = draw_cut_left(&top, top.w - 40);
	place[3] = top;
	place[1] = draw_cut_left(&books, books.w - 48);
	place[2] = books;
	place[4] = draw_cut_top(&at, 8);
	place[6] = at;
	if (sum_of(s, "refunds") > 0)
		lay_beside(&place[6], 60, &place[8]);
	if (snapshot_total(s, "left_out") > 0)
		lay_beside(&place[4], 44, &place[9]);
}

static const struct pane_part parts[] = {
	{ .id = "checks", .title = "Checks", .report = "quality", .column = checks, .key = "id", .enter = "zoom check", .none = "The checks run with the pipeline: press r" },
	{ .id = "files", .title = "Files: every row read is somewhere", .report = "files", .column = files, .key = "file_id", .enter = "file {}",
	  .none = "No file was imported yet." },
	{ .id = "reasons", .title = "Why rows were set aside", .report = "pareto", .column = pareto, .key = "reason", .enter = "aside {}", .none = "No row was set aside." },
	{ .id = "check", .draw = draw_check },
	{ .id = "profile", .title = "Columns of all files", .report = "profile", .column = profile, .key = "id", .enter = "zoom column", .none = "No file was imported yet." },
	{ .id = "column", .draw = draw_column, .tall = true },
	{ .id = "aside", .title = "Rows set aside", .report = "quarantine", .column = aside, .key = "quar_id", .enter = "quarantine show {}", .none = "No row was set aside." },
	{ .id = "file", .title = "Columns of the selected file", .report = "profile", .column = profile, .key = "id", .enter = "show profile_column {}",
	  .param = { { "file", "files", "file_id", ROW_SELECTED } }, .none = "Nothing is kept of its columns: none of its rows were taken in." },
	{ .id = "returns", .title = "Returns by month: was their sale found?", .report = "returns", .column = returns, .key = "month", .sort = "-month",
	  .none = "There are no returns." },
	{ .id = "left", .title = "What rules left out", .report = "left_out", .column = left_out, .none = "No rule left out anything." },
};

static size_t verdicts(const struct snapshot *s, const char *verdict)
{
	const struct frame *f = snapshot_frame(s, "quality");
	size_t              n = 0;
	for (size_t i = 0; f && i < f->rows; i++)
		n += !strcmp(snapshot_cell(s, "quality", i, "verdict"), verdict);
	return n;
}

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	str_addf(left, "%zu stop · %zu warn · %zu pass", verdicts(s, "stop"), verdicts(s, "warn"), verdicts(s, "pass"));
	str_addf(right, "%lld file%s", (long long)snapshot_total(s, "files"), snapshot_total(s, "files") == 1 ? "" : "s");
}

static void say(const struct snapshot *s, struct str *line)
{
	struct number n;
	double        gone = sum_of(s, "lost");
	size_t        refused = of_status(s, "refused"), waits = of_status(s, "aside");
	if (refused)
		str_addf(line, "%zu file%s refused, none of it counts; ", refused, refused == 1 ? "" : "s");
	if (waits)
		str_addf(line, "%zu file%s set aside whole, runs wait; ", waits, waits == 1 ? "" : "s");
	str_addf(line, "rows: %s read", number_count(&n, sum_of(s, "read")));
	for (size_t i = 1; i < ACCOUNTS; i++)
		if (i < 3 || sum_of(s, accounts[i].column) > 0)
			str_addf(line, " %s %s %s", i == 1 ? "=" : "+", number_count(&n, sum_of(s, accounts[i].column)), accounts[i].title);
	str_addf(line, " + %s lost  %s", number_count(&n, gone), gone == 0 ? "✓" : "✗");
}

const struct pane pane_data = {
	.id = "data", .key = "2", .tab = "Data", .title = "Data", .source = source, .main = "files",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "Nothing was imported yet. Here will be what the checks found, the accounts of every file, and why rows were set aside. "
	         "Press i to import a file.",
};
