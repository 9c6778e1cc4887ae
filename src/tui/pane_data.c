/* Data: what the checks found, the accounts of every file, why rows were set aside. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/chart.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "quality" },
	{ .report = "reasons", .limit = 100 },
	{ .report = "check", .param = { { "id", "quality", "id", ROW_SELECTED } } },
	{ .report = NULL },
};

static const struct table_column checks[] = {
	{ "", "verdict", FORM_SIGN, 0 },
	{ "check", "id", FORM_TEXT, 0 },
	{ "of", "total", FORM_COUNT, 3 },
	{ "hits", "hits", FORM_COUNT, 0 },
	{ "what was found", "sentence", FORM_LAST, 2 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column aside[] = {
	{ "file", "file", FORM_TEXT, 3 },
	{ "line", "line", FORM_COUNT, 0 },
	{ "reasons", "reasons", FORM_TEXT, 0 },
	{ "state", "state", FORM_TEXT, 2 },
	{ "row as it came", "raw", FORM_LAST, 1 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct account { const char *title, *column; } accounts[] = {
	{ "read", "read" }, { "kept", "accepted" }, { "set aside", "quarantined" }, { "twice", "duplicate" }, { "blank", "blank" },
};

#define ACCOUNTS   (sizeof accounts / sizeof accounts[0])
#define LOST_WIDTH 6

/* Files of a status. */
static size_t files_of(const struct snapshot *s, const char *wanted)
{
	const struct frame *f = snapshot_frame(s, "files");
	size_t              n = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *status = snapshot_cell(s, "files", i, "status");
		n += status && !strcmp(status, wanted);
	}
	return n;
}

/* What stands before the name of a file that does not count; "" for one that does. */
static const char *mark_of(const struct snapshot *s, size_t file)
{
	static const char *const marks[][2] = { { "refused", "refused: " }, { "aside", "set aside: " }, { "discarded", "discarded: " } };
	const char              *status = snapshot_cell(s, "files", file, "status");
	for (size_t i = 0; status && i < sizeof marks / sizeof marks[0]; i++)
		if (!strcmp(status, marks[i][0]))
			return marks[i][1];
	return "";
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

/* Rows of a file that no account holds. row SIZE_MAX: of all files taken in. */
static double lost(const struct snapshot *s, size_t row)
{
	double left = 0;
	for (size_t i = 0; i < ACCOUNTS; i++) {
		double v = row == SIZE_MAX ? sum_of(s, accounts[i].column) : snapshot_real(s, "files", row, accounts[i].column);
		left += i ? -v : v;
	}
	return left;
}

/* The columns of the accounts from the right edge on; the name has what is left. titles: the row of titles instead. */
static void account_row(const struct snapshot *s, struct grid *g, struct area row, size_t file, const char *name, bool titles)
{
	static const int width[ACCOUNTS] = { 10, 10, 10, 7, 7 };
	struct number    n;
	unsigned         style = titles || file == SIZE_MAX ? STYLE_BOLD : STYLE_PLAIN;
	int              x = row.x + row.w - LOST_WIDTH;
	grid_put_right(g, x, row.y, LOST_WIDTH, titles ? "lost" : number_count(&n, lost(s, file)), style);
	for (size_t i = ACCOUNTS; i > 0; i--) {
		double v = file == SIZE_MAX ? sum_of(s, accounts[i - 1].column) : snapshot_real(s, "files", file, accounts[i - 1].column);
		x -= width[i - 1];
		grid_put_right(g, x, row.y, width[i - 1], titles ? accounts[i - 1].title : number_count(&n, v), style);
	}
	if (!titles && file != SIZE_MAX)
		row.x += grid_put(g, row.x, row.y, x - row.x, mark_of(s, file), STYLE_WARN);
	grid_put(g, row.x, row.y, x - row.x, name, style);
}

static void draw_accounts(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct area         in = grid_box(g, at, "Accounts: every row read is somewhere", NULL);
	const struct frame *f = snapshot_frame(s, "files");
	(void)ui;
	if (in.h < 3)
		return;
	account_row(s, g, draw_cut_top(&in, 1), SIZE_MAX, "file", true);
	for (size_t i = 0; f && i < f->rows && in.h > 1; i++)
		account_row(s, g, draw_cut_top(&in, 1), i, snapshot_cell(s, "files", i, "file"), false);
	account_row(s, g, draw_cut_top(&in, 1), SIZE_MAX, files_of(s, "refused") ? "all but what was refused" : "all taken in", false);
}

/* ---- why rows were set aside ---- */

#define REASONS_MOST 16

struct reasons { const char *name[REASONS_MOST]; double rows[REASONS_MOST]; size_t n; double all; };

/* Reasons over all files, the most frequent first: the report has them by file. */
static void reasons_of(const struct snapshot *s, struct reasons *r)
{
	const struct frame *f = snapshot_frame(s, "reasons");
	*r = (struct reasons){ .n = 0 };
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *name = snapshot_cell(s, "reasons", i, "reason");
		double      rows = snapshot_real(s, "reasons", i, "rows");
		size_t      k = 0;
		while (k < r->n && strcmp(r->name[k], name) != 0)
			k++;
		if (k == REASONS_MOST)
			continue;
		r->name[k] = name;
		r->rows[k] += rows;
		r->n += k == r->n;
		r->all += rows;
	}
	for (size_t i = 1; i < r->n; i++)
		for (size_t k = i; k && r->rows[k] > r->rows[k - 1]; k--) {
			const char *name = r->name[k];
			double      rows = r->rows[k];
			r->name[k] = r->name[k - 1];
			r->rows[k] = r->rows[k - 1];
			r->name[k - 1] = name;
			r->rows[k - 1] = rows;
		}
}

/* Bars of the rows, and how much of all of them this and the reasons above it explain. */
static void draw_pareto(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct reasons r;
	struct number  n;
	struct area    in = grid_box(g, at, "Why rows were set aside", NULL);
	double         sum = 0;
	(void)ui;
	reasons_of(s, &r);
	if (!r.n) {
		grid_wrap(g, in, "No row was set aside.", STYLE_PLAIN);
		return;
	}
	grid_put(g, in.x, in.y, 18, "reason", STYLE_BOLD);
	grid_put_right(g, in.x + 18, in.y, 9, "rows", STYLE_BOLD);
	grid_put_right(g, in.x + 27, in.y, 8, "so far", STYLE_BOLD);
	draw_cut_top(&in, 1);
	for (size_t i = 0; i < r.n && in.h > 0; i++) {
		struct area row = draw_cut_top(&in, 1);
		sum += r.rows[i];
		grid_put(g, row.x, row.y, 18, r.name[i], STYLE_PLAIN);
		grid_put_right(g, row.x + 18, row.y, 9, number_count(&n, r.rows[i]), STYLE_PLAIN);
		grid_put_right(g, row.x + 27, row.y, 8, number_percent(&n, sum / r.all, 0), STYLE_PLAIN);
		chart_bar(g, row.x + 36, row.y, row.w - 36 < 24 ? row.w - 36 : 24, r.rows[i] / r.rows[0], STYLE_PLAIN);
	}
}

/* ---- checks and rows ---- */

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

/* The selected check: what it found, against which limit, examples. */
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
		grid_wrap(g, in, !strcmp(verdict, "stop") ? "A stop ends the run: nothing is trained on these rows." :
		                 !strcmp(verdict, "warn") ? "A warning is noted; the run goes on." : "Nothing is wrong here.", STYLE_DIM);
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	int files = (int)snapshot_total(s, "files") + 4;
	if (at.w < PANE_WIDE || at.h < 30) {
		place[0] = draw_cut_top(&at, at.h - 11);
		place[1] = draw_cut_top(&at, files < 6 ? files : 6);
		place[2] = at;
		return;
	}
	files = files < 12 ? files : 12;
	struct area top = draw_cut_top(&at, at.h - files - 8), books = draw_cut_top(&at, files);
	place[0] = draw_cut_left(&top, top.w - 40);
	place[3] = top;
	place[1] = draw_cut_left(&books, books.w - 44 < 76 ? books.w - 44 : 76);
	place[2] = books;
	place[4] = at;
}

static const struct pane_part parts[] = {
	{ .id = "checks", .title = "Checks", .report = "quality", .column = checks, .key = "id", .enter = "zoom check", .none = "The checks run with the pipeline: press r" },
	{ .id = "accounts", .draw = draw_accounts },
	{ .id = "reasons", .draw = draw_pareto },
	{ .id = "check", .draw = draw_check },
	{ .id = "aside", .title = "Rows set aside", .report = "quarantine", .column = aside, .key = "quar_id", .enter = "quarantine show {}", .none = "No row was set aside." },
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
	double        gone = lost(s, SIZE_MAX);
	size_t        refused = files_of(s, "refused"), waiting = files_of(s, "aside");
	if (refused)
		str_addf(line, "%zu file%s refused, none of it counts; ", refused, refused == 1 ? "" : "s");
	if (waiting)
		str_addf(line, "%zu file%s set aside whole, runs wait; ", waiting, waiting == 1 ? "" : "s");
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
