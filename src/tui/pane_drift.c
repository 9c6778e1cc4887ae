/* Drift and review: has the world changed since the champion learned, in sentences; and what waits for a person. */
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
	{ .report = "drift" },
	{ .report = "reviews", .limit = 20 },
	{ .report = NULL },
};

static const struct table_column features[] = {
	{ "", "verdict", FORM_SIGN, 0 },
	{ "what", "feature", FORM_TEXT, 0 },
	{ "before", "ref_median", FORM_TWO, 0 },
	{ "now", "cur_median", FORM_TWO, 0 },
	{ "effect", "effect", FORM_THREE, 1 },
	{ "limit", "threshold", FORM_THREE, 2 },
	{ "", "effect", FORM_BAR, 3 },
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
}

static void add_if(struct grid *g, struct area *in, const char *label, const char *value)
{
	if (in->h < 1 || !value || !*value)
		return;
	struct area row = draw_cut_top(in, 1);
	grid_put(g, row.x, row.y, 10, label, STYLE_PLAIN);
	grid_put(g, row.x + 10, row.y, row.w - 10, value, STYLE_PLAIN);
}

static void draw_review(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	char        text[128];
	const char *state = snapshot_cell(s, "reviews", 0, "state"), *opened = snapshot_cell(s, "reviews", 0, "opened_at");
	double      id = snapshot_real(s, "reviews", 0, "review_id"), candidate = snapshot_real(s, "reviews", 0, "candidate_set");
	(void)ui;
	if (!state) {
		grid_wrap(g, grid_box(g, at, "Review", NULL),
		          "No review was ever opened. One opens by itself when new customers differ from those the champion learned from.",
		          STYLE_PLAIN);
		return;
	}
	snprintf(text, sizeof text, "Review %.0f", id);
	struct area in = grid_box(g, at, text, !strcmp(state, "open") ? "A approve  D decline  W wait" : NULL);
	draw_sign(g, in.x + 10, in.y, state);
	snprintf(text, sizeof text, "%s %s", !strcmp(state, "open") ? "  " : "", state);
	add_if(g, &in, "state", text);
	snprintf(text, sizeof text, "%.10s on run %.0f", opened ? opened : "", snapshot_real(s, "reviews", 0, "run_id"));
	add_if(g, &in, "opened", text);
	if (!isnan(candidate))
		snprintf(text, sizeof text, "set %.0f; champion %.0f", candidate, snapshot_real(s, "reviews", 0, "champion_set"));
	else
		snprintf(text, sizeof text, "none; champion %.0f", snapshot_real(s, "reviews", 0, "champion_set"));
	add_if(g, &in, "candidate", text);
	add_if(g, &in, "decided", snapshot_cell(s, "reviews", 0, "by_name"));
	add_if(g, &in, "because", snapshot_cell(s, "reviews", 0, "decision_reason"));
	grid_wrap(g, in, snapshot_cell(s, "reviews", 0, "reason"), STYLE_PLAIN);
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	(void)s;
	place[0] = draw_cut_top(&at, 10);
	if (at.h >= 20)
		place[1] = draw_cut_top(&at, 6);
	place[2] = draw_cut_left(&at, at.w - (at.w >= PANE_WIDE ? 48 : 36));
	place[3] = at;
}

static const struct pane_part parts[] = {
	{ .id = "features", .title = "New customers of equal age, medians before and now", .report = "drift", .column = features, .key = "feature",
	  .where = "scope:cohort" },
	{ .id = "predictions", .title = "What the champion predicts for them", .report = "drift", .column = features, .key = "feature",
	  .where = "scope:prediction" },
	{ .id = "said", .draw = draw_said },
	{ .id = "review", .draw = draw_review },
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
	if (draw_compared(s))
		str_addf(right, "%zu of %zu over", n, of);
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
	else
		str_add(line, "new customers look like those the champion learned from  ✓");
}

const struct pane pane_drift = {
	.id = "drift", .key = "6", .tab = "Drift", .title = "Drift & review", .source = source, .main = "drift",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "Nothing to compare yet. The first run fits a champion and keeps what its customers looked like; later runs compare new "
	         "customers with them here.",
};
