/* Drift and review: has the world changed since the champion learned, in sentences; and what waits for a person. */
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
	{ .report = "drift" },
	{ .report = "reviews", .limit = 20 },
	{ .report = "review_card" },
	{ .report = "drift_histogram", .param = { { "feature", "drift", "feature", ROW_SELECTED } } },
	{ .report = NULL },
};

static const struct table_column features[] = {
	{ "", "verdict", FORM_SIGN, 0 },
	{ "what", "feature", FORM_TEXT, 0 },
	{ "before", "ref_median", FORM_TWO, 0 },
	{ "now", "cur_median", FORM_TWO, 0 },
	{ "effect", "effect", FORM_THREE, 1 },
	{ "limit", "threshold", FORM_THREE, 2 },
	{ "          ┃", "of_limit", FORM_LIMIT, 3 },
	{ "PSI", "psi", FORM_THREE, 4 },
	{ "KS", "ks", FORM_THREE, 5 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

/* Sentences of the features with this verdict, the sign before each. */
static void draw_sentences(const struct snapshot *s, struct grid *g, struct area *in, const char *verdict)
{
	const struct frame *f = snapshot_frame(s, "drift");
	for (size_t i = 0; f && i < f->rows && in->h > 0; i++) {
		const char *v = snapshot_cell(s, "drift", i, "verdict"), *scope = snapshot_cell(s, "drift", i, "scope");
		if (!v || !scope || strcmp(v, verdict) != 0 || !strcmp(scope, "mix"))
			continue;
		draw_sign(g, in->x, in->y, v);
		struct area text = { in->x + 3, in->y, in->w - 3, in->h < 3 ? in->h : 3 };
		draw_cut_top(in, grid_wrap(g, text, snapshot_cell(s, "drift", i, "sentence"), STYLE_PLAIN));
	}
}

static void draw_said(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct area in = grid_box(g, at, "Said plainly", NULL);
	(void)ui;
	if (!draw_compared(s))
		grid_wrap(g, in, "These are the customers that the champion learned from. Later runs are compared with them.", STYLE_PLAIN);
	draw_sentences(s, g, &in, "alarm");
	draw_sentences(s, g, &in, "notice");
	draw_sentences(s, g, &in, "stable");
	draw_sentences(s, g, &in, "too-few");
}

/* ---- before and now ---- */

#define BINS_MOST 16

/* "200", "1,000+", "<50". */
static void bin_label(const struct snapshot *s, size_t row, char *buf, size_t size)
{
	double        low = snapshot_real(s, "drift_histogram", row, "low"), high = snapshot_real(s, "drift_histogram", row, "high");
	struct number n;
	bool          whole = isnan(high) || high - low >= 1 || isnan(low);
	double        v = isnan(low) ? high : low;
	whole = whole && v == floor(v);
	snprintf(buf, size, "%s%s%s", isnan(low) ? "<" : "", whole ? number_count(&n, v) : number_fixed(&n, v, 1), isnan(high) ? "+" : "");
}

static void draw_histogram(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "drift_histogram");
	const char         *scope = snapshot_cell(s, "drift_histogram", 0, "scope"), *feature = snapshot_cell(s, "drift_histogram", 0, "feature");
	const char         *label[BINS_MOST];
	char                title[96], text[BINS_MOST][24];
	double              before[BINS_MOST], now[BINS_MOST];
	struct chart_bars   c = { .label = label, .a = before, .b = now, .digits = 0 };
	(void)ui;
	for (size_t i = 0; f && feature && i < f->rows && c.n < BINS_MOST; i++) {
		if (strcmp(snapshot_cell(s, "drift_histogram", i, "scope"), scope) || strcmp(snapshot_cell(s, "drift_histogram", i, "feature"), feature))
			continue;
		bin_label(s, i, text[c.n], sizeof text[c.n]);
		label[c.n] = text[c.n];
		before[c.n] = 100 * snapshot_real(s, "drift_histogram", i, "before");
		now[c.n] = 100 * snapshot_real(s, "drift_histogram", i, "now");
		c.n++;
	}
	bool compared = c.n && !isnan(now[0]);
	snprintf(title, sizeof title, "%s, %%", feature ? feature : "Before and now");
	struct area in = grid_box(g, at, title, compared ? "▓ before  ░ now" : NULL);
	if (!c.n) {
		grid_wrap(g, in, "Counted by the next run.", STYLE_PLAIN);
		return;
	}
	if (!compared)
		c.b = NULL;
	if (compared && in.h < 2 * (int)c.n)
		c.tight = true;
	chart_histogram(g, in, &c);
}

/* ---- the review ---- */

static void add_if(struct grid *g, struct area *in, const char *label, const char *value)
{
	if (in->h < 1 || !value || !*value)
		return;
	struct area row = draw_cut_top(in, 1);
	grid_put(g, row.x, row.y, 10, label, STYLE_PLAIN);
	grid_put(g, row.x + 10, row.y, row.w - 10, value, STYLE_PLAIN);
}

static const char *card_number(const struct snapshot *s, size_t row, const char *column, struct number *n)
{
	const char *form = snapshot_cell(s, "review_card", row, "form");
	double      v = snapshot_real(s, "review_card", row, column);
	if (form && !strcmp(form, "share"))
		return fabs(v) < 1 && strstr(snapshot_cell(s, "review_card", row, "measure"), "top") ? number_percent(n, v, 0) : number_signed_percent(n, v, 1);
	return v >= 100 ? number_count(n, v) : number_fixed(n, v, 2);
}

/* Champion and candidate, measure by measure. */
static void draw_card(const struct snapshot *s, struct grid *g, struct area *in)
{
	const struct frame *f = snapshot_frame(s, "review_card");
	for (size_t i = 0; f && i < f->rows && in->h > 0; i++) {
		struct area   row = draw_cut_top(in, 1);
		struct number n;
		const char   *verdict = snapshot_cell(s, "review_card", i, "verdict"), *note = snapshot_cell(s, "review_card", i, "note");
		unsigned      style = !verdict ? STYLE_DIM : !strcmp(verdict, "worse") ? STYLE_WARN : !strcmp(verdict, "better") ? STYLE_GOOD : STYLE_PLAIN;
		grid_put(g, row.x, row.y, 15, snapshot_cell(s, "review_card", i, "measure"), STYLE_PLAIN);
		grid_put_right(g, row.x + 15, row.y, 7, card_number(s, i, "champion", &n), STYLE_PLAIN);
		if (verdict) {
			grid_put(g, row.x + 23, row.y, 2, "→", STYLE_PLAIN);
			grid_put_right(g, row.x + 25, row.y, 7, card_number(s, i, "candidate", &n), STYLE_BOLD);
			grid_put(g, row.x + 34, row.y, row.w - 34, verdict, style);
		}
		if (note && in->h > (int)(f->rows - i - 1)) { /* the measures first */
			struct area below = draw_cut_top(in, 1);
			grid_put(g, below.x + 2, below.y, below.w - 2, note, STYLE_DIM);
		}
	}
}

static void draw_review(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	char        text[128];
	const char *state = snapshot_cell(s, "reviews", 0, "state"), *opened = snapshot_cell(s, "reviews", 0, "opened_at");
	double      candidate = snapshot_real(s, "reviews", 0, "candidate_set");
	if (!state) {
		grid_wrap(g, grid_box(g, at, "Review", NULL),
		          "No review was ever opened. One opens by itself when new customers differ from those the champion learned from.",
		          STYLE_PLAIN);
		return;
	}
	snprintf(text, sizeof text, "Review %.0f", snapshot_real(s, "reviews", 0, "review_id"));
	struct area in = grid_box(g, at, text, !strcmp(state, "open") && !ui->readonly ? "A approve  D decline  W wait" : NULL);
	draw_sign(g, in.x + 10, in.y, state);
	snprintf(text, sizeof text, "%s%s since %.10s, run %.0f", !strcmp(state, "open") ? "  " : "", state, opened ? opened : "",
	         snapshot_real(s, "reviews", 0, "run_id"));
	add_if(g, &in, "state", text);
	if (!isnan(candidate))
		snprintf(text, sizeof text, "set %.0f → set %.0f", snapshot_real(s, "reviews", 0, "champion_set"), candidate);
	else
		snprintf(text, sizeof text, "set %.0f, no candidate yet", snapshot_real(s, "reviews", 0, "champion_set"));
	if (in.h > 8)
		add_if(g, &in, "champion", text);
	add_if(g, &in, "decided", snapshot_cell(s, "reviews", 0, "by_name"));
	add_if(g, &in, "because", snapshot_cell(s, "reviews", 0, "decision_reason"));
	draw_card(s, g, &in);
	if (in.h > 2) {
		draw_cut_top(&in, 1);
		draw_cut_top(&in, grid_wrap(g, in, snapshot_real(s, "review_card", 0, "same_holdout") > 0
		                            ? "Both were asked about the candidate's holdout, which neither had seen."
		                            : "Each set was judged on its own holdout; the candidate's is the later one.", STYLE_DIM));
	}
	if (in.h > 2) {
		draw_cut_top(&in, 1);
		grid_wrap(g, in, snapshot_cell(s, "reviews", 0, "reason"), STYLE_PLAIN);
	}
}

static const struct table_column reviews[] = {
	{ "", "state", FORM_SIGN, 0 },
	{ "review", "review_id", FORM_COUNT, 0 },
	{ "run", "run_id", FORM_COUNT, 1 },
	{ "opened", "opened_at", FORM_TIME, 2 },
	{ "state", "state", FORM_TEXT, 0 },
	{ "by", "by_name", FORM_TEXT, 3 },
	{ "reason", "reason", FORM_LAST, 4 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

/* ---- layout ---- */

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	(void)s;
	if (at.w < PANE_WIDE) {
		place[0] = draw_cut_top(&at, 10);
		place[1] = draw_cut_left(&at, at.w - 46);
		place[2] = at;
		return;
	}
	struct area left = draw_cut_left(&at, at.w - 48);
	place[2] = draw_cut_top(&at, at.h - (at.h >= 30 ? 7 : 0));
	place[5] = at;
	place[0] = draw_cut_top(&left, 10);
	if (left.h >= 24)
		place[3] = draw_cut_top(&left, 6);
	place[1] = draw_cut_left(&left, 34);
	place[4] = left;
}

static const struct pane_part parts[] = {
	{ .id = "features", .title = "Medians at equal age  ✗ moved  · notice  ✓ stable", .report = "drift", .column = features, .key = "feature",
	  .where = "scope:cohort", .sort = "-of_limit", .enter = "zoom histogram" },
	{ .id = "histogram", .draw = draw_histogram },
	{ .id = "review", .draw = draw_review },
	{ .id = "predictions", .title = "What the champion predicts for them", .report = "drift", .column = features, .key = "feature",
	  .where = "scope:prediction" },
	{ .id = "said", .draw = draw_said },
	{ .id = "reviews", .title = "Reviews", .report = "reviews", .column = reviews, .key = "review_id", .enter = "review show {}", .none = "No review was ever opened." },
};

static size_t alarms(const struct snapshot *s, size_t *of)
{
	const struct frame *f = snapshot_frame(s, "drift");
	size_t              n = 0;
	*of = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *scope = snapshot_cell(s, "drift", i, "scope"), *v = snapshot_cell(s, "drift", i, "verdict");
		bool        here = scope && v && !strcmp(scope, "cohort");
		*of += here;
		n += here && !strcmp(v, "alarm");
	}
	return n;
}

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	size_t        of, n = alarms(s, &of);
	struct number a, b;
	if (!of)
		return;
	str_addf(left, "%s new customers against %s at the fit", number_count(&a, snapshot_real(s, "drift", 0, "n_cur")),
	         number_count(&b, snapshot_real(s, "drift", 0, "n_ref")));
	if (draw_compared(s) && draw_tested(s))
		str_addf(right, "%zu of %zu over", n, draw_tested(s));
	else if (draw_compared(s))
		str_add(right, "none tested");
}

static void say(const struct snapshot *s, struct str *line)
{
	size_t of, n = alarms(s, &of);
	if (snapshot_row(s, "reviews", "state", "open") != SIZE_MAX)
		str_add(line, "a review waits for a person: the champion keeps scoring until it is decided");
	else if (!draw_compared(s))
		str_add(line, "the baseline is kept; there is nothing to compare it with yet");
	else if (n)
		str_add(line, "some features moved; the decision on them is recorded");
	else if (!draw_tested(s))
		str_add(line, "too few new customers to tell whether they differ from those the champion learned from");
	else
		str_add(line, "new customers look like those the champion learned from  ✓");
}

const struct pane pane_drift = {
	.id = "drift", .key = "6", .tab = "Drift", .title = "Drift & review", .source = source, .main = "drift",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "Nothing to compare yet. The first run fits a champion and keeps what its customers looked like; later runs compare new "
	         "customers with them here.",
};
