/* Clusters: which kinds of customers there are, how many of each, and what they are worth. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/table_priv.h"
#include "view/chart.h"
#include "view/number.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "clusters", .sort = "cluster_rank" },
	{ .report = "migration" },
	{ .report = "attributes" },
	{ .report = NULL },
};

static const struct table_column clusters[] = {
	{ "cluster", "cluster_id", FORM_COUNT, 0 },
	{ "n", "customers", FORM_COUNT, 0 },
	{ "of all", "customer_share", FORM_SHARE, 1 },
	{ "of value", "total_share", FORM_SHARE, 0 },
	{ "", "total_share", FORM_BAR, 6 },
	{ "mean", "mean", FORM_MONEY, 2 },
	{ "median", "median", FORM_MONEY, 0 },
	{ "from", "low", FORM_MONEY, 5 },
	{ "to", "high", FORM_MONEY, 5 },
	{ "again", "median_frequency", FORM_REAL, 3 },
	{ "an order", "median_monetary", FORM_MONEY, 4 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column segments[] = {
	{ "segment", "rfm_segment", FORM_TEXT, 0 },
	{ "n", "customers", FORM_COUNT, 0 },
	{ "value", "clv", FORM_MONEY, 2 },
	{ "each", "mean_clv", FORM_MONEY, 0 },
	{ "alive", "mean_p_alive", FORM_CHANCE, 0 },
	{ "at risk", "at_risk", FORM_MONEY, 1 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static const struct table_column values[] = {
	{ "attribute", "attribute", FORM_TEXT, 0 },
	{ "value", "value", FORM_TEXT, 0 },
	{ "n", "customers", FORM_COUNT, 0 },
	{ "of known", "share", FORM_SHARE, 1 },
	{ "", "share", FORM_BAR, 0 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

#define CLUSTERS_MOST 20

static void draw_sizes(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "clusters");
	char                name[CLUSTERS_MOST][16];
	const char         *label[CLUSTERS_MOST];
	double              share[CLUSTERS_MOST], value[CLUSTERS_MOST];
	size_t              n = f->rows < CLUSTERS_MOST ? f->rows : CLUSTERS_MOST;
	struct area         in = grid_box(g, at, "▓ customers  ░ value, %", NULL);
	(void)ui;
	for (size_t i = 0; i < n; i++) {
		snprintf(name[i], sizeof name[i], "%.0f", snapshot_real(s, "clusters", i, "cluster_id"));
		label[i] = name[i];
		share[i] = 100 * snapshot_real(s, "clusters", i, "customer_share");
		value[i] = 100 * snapshot_real(s, "clusters", i, "total_share");
	}
	chart_histogram(g, in, &(struct chart_bars){ .label = label, .a = share, .b = value, .n = n, .digits = 1 });
}

/* ---- who moved ---- */

static bool is_move(const struct snapshot *s, size_t row)
{
	const char *kind = snapshot_cell(s, "migration", row, "kind"), *before = snapshot_cell(s, "migration", row, "before");
	return !strcmp(kind, "cluster") && strcmp(before, snapshot_cell(s, "migration", row, "now")) != 0;
}

/* Down is a warning: fewer is worse, the lowest cluster being 1; not to be there any more is below it. */
static const char *direction(const char *before, const char *now)
{
	if (!strcmp(before, "new"))
		return "";
	return strtol(now, NULL, 10) < strtol(before, NULL, 10) ? "!" : "";
}

static void draw_moves(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "migration");
	char                title[64];
	double              run = snapshot_real(s, "migration", 0, "before_run"), most = 0;
	(void)ui;
	snprintf(title, sizeof title, isnan(run) ? "Who moved" : "Who moved since run %.0f", run);
	struct area in = grid_box(g, at, title, NULL);
	if (isnan(run)) {
		grid_wrap(g, in, "A second run tells who went from one cluster to another.", STYLE_PLAIN);
		return;
	}
	for (size_t i = 0; i < f->rows; i++)
		if (is_move(s, i))
			most = fmax(most, snapshot_real(s, "migration", i, "customers"));
	grid_put(g, in.x, in.y, 20, "cluster", STYLE_BOLD);
	grid_put_right(g, in.x + 12, in.y, 8, "n", STYLE_BOLD);
	grid_put_right(g, in.x + 20, in.y, 9, "of them", STYLE_BOLD);
	draw_cut_top(&in, 1);
	for (size_t i = 0; i < f->rows && in.h > 0; i++) {
		const char   *before = snapshot_cell(s, "migration", i, "before"), *now = snapshot_cell(s, "migration", i, "now");
		struct number n;
		if (!is_move(s, i))
			continue;
		struct area row = draw_cut_top(&in, 1);
		grid_put_right(g, row.x, row.y, 4, before, STYLE_PLAIN);
		grid_put(g, row.x + 5, row.y, 2, "→", STYLE_PLAIN);
		grid_put(g, row.x + 8, row.y, 4, now, STYLE_PLAIN);
		grid_put_right(g, row.x + 12, row.y, 8, number_count(&n, snapshot_real(s, "migration", i, "customers")), STYLE_PLAIN);
		grid_put_right(g, row.x + 20, row.y, 9, number_percent(&n, snapshot_real(s, "migration", i, "share"), 0), STYLE_PLAIN);
		grid_put(g, row.x + 30, row.y, 1, direction(before, now), STYLE_WARN);
		if (row.w > 37)
			chart_bar(g, row.x + 32, row.y, row.w - 32, snapshot_real(s, "migration", i, "customers") / most, STYLE_PLAIN);
	}
}

/* A table from cluster to cluster: rows where they were, columns where they are. */
static void draw_matrix(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "migration"), *kinds = snapshot_frame(s, "clusters");
	struct area         in = grid_box(g, at, "From (down) to (across), customers", NULL);
	size_t              n = kinds->rows < CLUSTERS_MOST ? kinds->rows : CLUSTERS_MOST;
	(void)ui;
	if (!f || !f->rows) {
		grid_wrap(g, in, "A second run tells who went from one cluster to another.", STYLE_PLAIN);
		return;
	}
	for (size_t i = 0; i <= n + 1 && (int)i < in.h; i++)
		for (size_t j = 0; j <= n + 1 && 6 + (int)j * 8 <= in.w; j++) {
			char          from[16], to[16];
			struct number v;
			int           x = j ? in.x + 6 + ((int)j - 1) * 8 : in.x;
			snprintf(from, sizeof from, i == n + 1 ? "new" : "%.0f", i && i <= n ? snapshot_real(s, "clusters", i - 1, "cluster_id") : 0);
			snprintf(to, sizeof to, j == n + 1 ? "gone" : "%.0f", j && j <= n ? snapshot_real(s, "clusters", j - 1, "cluster_id") : 0);
			if (!i && !j)
				continue;
			if (!i || !j) {
				grid_put_right(g, x, in.y + (int)i, j ? 8 : 5, i ? from : to, STYLE_BOLD);
				continue;
			}
			double customers = 0;
			for (size_t k = 0; k < f->rows; k++)
				if (!strcmp(snapshot_cell(s, "migration", k, "kind"), "cluster") && !strcmp(snapshot_cell(s, "migration", k, "before"), from) &&
				    !strcmp(snapshot_cell(s, "migration", k, "now"), to))
					customers = snapshot_real(s, "migration", k, "customers");
			grid_put_right(g, x, in.y + (int)i, 8, customers > 0 ? number_count(&v, customers) : "·", i == j ? STYLE_BOLD : STYLE_PLAIN);
		}
}

/* ---- layout ---- */

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	int         rows = (int)snapshot_total(s, "clusters") + 3;
	struct area left;
	place[0] = draw_cut_top(&at, rows < at.h / 2 ? rows : at.h / 2);
	if (at.w < PANE_WIDE) {
		place[1] = draw_cut_left(&at, 36);
		place[2] = at;
		return;
	}
	left = draw_cut_left(&at, 60);
	place[3] = draw_cut_top(&left, rows + 1);
	if (snapshot_total(s, "attributes") > 0)
		place[5] = draw_cut_top(&left, left.h / 2);
	place[2] = left;
	place[4] = draw_cut_top(&at, at.h >= 26 ? 14 : at.h);
	place[1] = at;
}

static const struct pane_part parts[] = {
	{ .id = "clusters", .title = "Clusters by value", .report = "clusters", .column = clusters, .key = "cluster_id", .sort = "cluster_rank",
	  .enter = "customers cluster_id {}" },
	{ .id = "sizes", .draw = draw_sizes },
	{ .id = "moves", .draw = draw_moves },
	{ .id = "matrix", .draw = draw_matrix },
	{ .id = "segments", .title = "Segments by recency, frequency, money", .report = "segments", .column = segments, .key = "rfm_segment",
	  .enter = "customers rfm_segment {}",
	  .none = "Counted by the next run." },
	{ .id = "attributes", .title = "Attributes: who has which value", .report = "attribute_values", .column = values, .key = "filter",
	  .enter = "customers {}", .none = "No columns are kept of customers: clv --batch import FILE --attributes COLUMNS keeps some." },
};

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	str_addf(left, "%lld groups of predicted value, best first", (long long)snapshot_total(s, "clusters"));
	if (*s->currency)
		str_add(right, s->currency);
}

static void say(const struct snapshot *s, struct str *line)
{
	struct number n, m;
	double        share = snapshot_real(s, "clusters", 0, "total_share");
	if (isnan(share))
		str_add(line, "no clusters yet");
	else
		str_addf(line, "cluster %.0f: %s customers hold %s of the value", snapshot_real(s, "clusters", 0, "cluster_id"),
		         number_count(&n, snapshot_real(s, "clusters", 0, "customers")), number_percent(&m, share, 0));
}

const struct pane pane_clusters = {
	.id = "clusters", .key = "5", .tab = "Clus", .title = "Clusters", .source = source, .main = "clusters",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No clusters yet. They come with a run: press r.",
};
