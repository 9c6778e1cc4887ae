/* Data: what the checks found, the accounts of every file, why rows were set aside. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "quality" },
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

static const struct table_column reasons[] = {
	{ "reason", "reason", FORM_TEXT, 0 },
	{ "rows", "rows", FORM_COUNT, 0 },
	{ "share", "share", FORM_SHARE, 1 },
	{ "file", "file", FORM_LAST, 0 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct account { const char *title, *column; } accounts[] = {
	{ "read", "read" }, { "kept", "accepted" }, { "set aside", "quarantined" }, { "twice", "duplicate" }, { "blank", "blank" },
};

#define ACCOUNTS   (sizeof accounts / sizeof accounts[0])
#define LOST_WIDTH 6

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
	account_row(s, g, draw_cut_top(&in, 1), SIZE_MAX, "all taken in", false);
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	bool wide = at.w >= PANE_WIDE;
	int  checked = (int)snapshot_total(s, "quality"), rows = checked ? checked + 3 : 4, most = at.h - (wide ? 12 : 11);
	int  files = (int)snapshot_total(s, "files") + 4;
	place[0] = draw_cut_top(&at, rows < most ? rows : most);
	place[1] = wide ? draw_cut_left(&at, 76) : draw_cut_top(&at, files < 6 ? files : 6);
	place[2] = at;
}

static const struct pane_part parts[] = {
	{ .id = "checks", .title = "Checks", .report = "quality", .column = checks, .key = "id", .none = "The checks run with the pipeline: clv --batch run" },
	{ .id = "accounts", .draw = draw_accounts },
	{ .id = "reasons", .title = "Why rows were set aside", .report = "reasons", .column = reasons, .none = "No row was set aside." },
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
	         "clv --batch import FILE.csv brings them.",
};
