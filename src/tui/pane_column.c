/* What one column of the imported files holds: its counts in words, its months, how its values lie, the most frequent of them. */
#include "config.h"

#include "tui/pane_column_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "view/chart.h"
#include "view/number.h"

enum { POINTS_MOST = 1200, BINS = 12, LABEL = 12 };

#define REPORT "profile_column"

/* The row of the profile that the detail is of. */
static size_t row_of(const struct snapshot *s)
{
	const char *id = snapshot_cell(s, REPORT, 0, "id");
	return id ? snapshot_row(s, "profile", "id", id) : SIZE_MAX;
}

/* Rows of one part of the report, from *at on. */
static size_t next_of(const struct snapshot *s, const char *part, size_t at)
{
	const struct frame *f = snapshot_frame(s, REPORT);
	for (; f && at < f->rows; at++) {
		const char *is = snapshot_cell(s, REPORT, at, "part");
		if (is && !strcmp(is, part))
			return at;
	}
	return SIZE_MAX;
}

static size_t values_of(const struct snapshot *s, const char *part, const char *column, double *v, size_t most)
{
	size_t n = 0;
	for (size_t at = next_of(s, part, 0); at != SIZE_MAX && n < most; at = next_of(s, part, at + 1))
		v[n++] = snapshot_real(s, REPORT, at, column);
	return n;
}

static void put_line(struct grid *g, struct area *in, const char *text, unsigned style)
{
	if (in->h > 0)
		draw_cut_top(in, grid_wrap(g, *in, text, style));
}

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

static void put_counts(const struct snapshot *s, struct grid *g, struct area *in, size_t row)
{
	struct number values, missing, share, different, error, weighed;
	char          text[400];
	double        n = snapshot_real(s, "profile", row, "rows"), gone = snapshot_real(s, "profile", row, "missing");
	double        off = snapshot_real(s, "profile", row, "distinct_error"), part = snapshot_real(s, "profile", row, "weighed");
	const char   *role = snapshot_cell(s, "profile", row, "role"), *min = snapshot_cell(s, "profile", row, "min");
	snprintf(text, sizeof text, "%s%s%s: %s values, %s missing (%s), %s%s different%s%s%s", or_none(snapshot_cell(s, "profile", row, "shape")), role ? ", taken as " : "",
	         role ? role : "", number_count(&values, n), number_count(&missing, gone), number_percent(&share, gone / (n + gone), 1), off > 0 ? "about " : "",
	         number_count(&different, snapshot_real(s, "profile", row, "distinct")), off > 0 ? " (standard error " : "", off > 0 ? number_percent(&error, off, 1) : "",
	         off > 0 ? ")" : "");
	put_line(g, in, text, STYLE_PLAIN);
	if (min) {
		snprintf(text, sizeof text, "from %s, a twentieth up to %s, a quarter up to %s, half up to %s, three quarters up to %s, all but a twentieth up to %s, to %s; mean %s",
		         min, or_none(snapshot_cell(s, "profile", row, "p05")), or_none(snapshot_cell(s, "profile", row, "p25")), or_none(snapshot_cell(s, "profile", row, "median")),
		         or_none(snapshot_cell(s, "profile", row, "p75")), or_none(snapshot_cell(s, "profile", row, "p95")), or_none(snapshot_cell(s, "profile", row, "max")),
		         or_none(snapshot_cell(s, "profile", row, "mean")));
		put_line(g, in, text, STYLE_PLAIN);
	}
	if (min && part < n) {
		snprintf(text, sizeof text, "The range is told from %s rows.", number_count(&weighed, part));
		put_line(g, in, text, STYLE_DIM);
	}
}

static void put_months(const struct snapshot *s, struct grid *g, struct area *in)
{
	double        v[POINTS_MOST];
	size_t        n = values_of(s, "month", "rows", v, POINTS_MOST), first = next_of(s, "month", 0);
	char          text[120];
	struct number low, high;
	double        least = NAN, most = NAN;
	for (size_t i = 0; i < n; i++) {
		least = fmin(least, v[i]);
		most = fmax(most, v[i]);
	}
	if (n < 2 || in->h < 3)
		return;
	snprintf(text, sizeof text, "By month from %s, %s to %s values:", or_none(snapshot_cell(s, REPORT, first, "label")), number_count(&low, least), number_count(&high, most));
	draw_cut_top(in, 1);
	put_line(g, in, text, STYLE_BOLD);
	struct area row = draw_cut_top(in, 1);
	chart_spark(g, row.x, row.y, row.w, v, n, STYLE_PLAIN);
}

static void put_top(const struct snapshot *s, struct grid *g, struct area *in)
{
	struct number n;
	double        most = NAN;
	if (next_of(s, "top", 0) == SIZE_MAX || in->h < 3)
		return;
	draw_cut_top(in, 1);
	put_line(g, in, "Most frequent:", STYLE_BOLD);
	for (size_t at = next_of(s, "top", 0); at != SIZE_MAX && in->h > 0; at = next_of(s, "top", at + 1)) {
		struct area row = draw_cut_top(in, 1);
		double      rows = snapshot_real(s, REPORT, at, "rows");
		most = isnan(most) ? rows : most;
		grid_put(g, row.x, row.y, 24, or_none(snapshot_cell(s, REPORT, at, "label")), STYLE_PLAIN);
		grid_put_right(g, row.x + 25, row.y, 10, number_count(&n, rows), STYLE_PLAIN);
		chart_bar(g, row.x + 36, row.y, row.w - 36 < 30 ? row.w - 36 : 30, rows / most, STYLE_PLAIN);
	}
}

/* How many of the hundred parts between quantiles lie in each bin between the 1 % and the 99 % quantile. */
static void put_spread(const struct snapshot *s, struct grid *g, struct area *in)
{
	double        q[101], low, high, count[BINS] = {0}, most = 0;
	size_t        n = values_of(s, "grid", "value", q, 101);
	struct number from, share;
	low = n == 101 ? q[1] : NAN;
	high = n == 101 ? q[99] : NAN;
	if (!(high > low) || in->h < 6)
		return;
	for (size_t i = 1; i < 99; i++) { /* each part is spread evenly between its two quantiles */
		for (int b = 0; b < BINS; b++) {
			double left = low + (high - low) * b / BINS, right = low + (high - low) * (b + 1) / BINS;
			double inside = fmin(right, q[i + 1]) - fmax(left, q[i]);
			if (q[i + 1] > q[i])
				count[b] += inside > 0 ? inside / (q[i + 1] - q[i]) : 0;
			else
				count[b] += q[i] >= left && (q[i] < right || b + 1 == BINS);
		}
	}
	for (int b = 0; b < BINS; b++)
		most = fmax(most, count[b]);
	draw_cut_top(in, 1);
	put_line(g, in, "How the values lie, without the first and the last hundredth:", STYLE_BOLD);
	for (int b = 0; b < BINS && in->h > 0; b++) {
		struct area row = draw_cut_top(in, 1);
		grid_put_right(g, row.x, row.y, LABEL, number_real(&from, low + (high - low) * b / BINS), STYLE_PLAIN);
		grid_put_right(g, row.x + LABEL + 1, row.y, 6, number_percent(&share, count[b] / 100, 1), STYLE_PLAIN);
		chart_bar(g, row.x + LABEL + 9, row.y, row.w - LABEL - 9 < 40 ? row.w - LABEL - 9 : 40, count[b] / most, STYLE_PLAIN);
	}
}

void draw_column(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	size_t      row = row_of(s);
	char        title[120];
	const char *name = row == SIZE_MAX ? NULL : snapshot_cell(s, "profile", row, "name");
	const char *shape = name ? snapshot_cell(s, "profile", row, "shape") : NULL;
	snprintf(title, sizeof title, "Column %s", or_none(name));
	struct area in = grid_box(g, at, title, NULL);
	(void)ui;
	if (!name) {
		grid_wrap(g, in, "What the selected column holds.", STYLE_PLAIN);
		return;
	}
	put_counts(s, g, &in, row);
	put_months(s, g, &in);
	put_top(s, g, &in);
	if (strcmp(or_none(shape), "date") != 0)
		put_spread(s, g, &in);
}
