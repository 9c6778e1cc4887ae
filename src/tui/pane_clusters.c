/* Clusters: which kinds of customers there are, how many of each, and what they are worth. */
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
	{ .report = "clusters", .sort = "cluster_rank" },
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

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	int rows = (int)snapshot_total(s, "clusters") + 3;
	place[0] = draw_cut_top(&at, rows < at.h / 2 ? rows : at.h / 2);
	place[1] = draw_cut_left(&at, at.w >= PANE_WIDE ? 60 : 36);
	place[2] = at;
}

static const struct pane_part parts[] = {
	{ .id = "clusters", .title = "Clusters by value", .report = "clusters", .column = clusters, .key = "cluster_id", .sort = "cluster_rank" },
	{ .id = "sizes", .draw = draw_sizes },
	{ .id = "segments", .title = "Segments", .report = "segments", .column = segments, .key = "rfm_segment" },
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
	.empty = "No clusters yet. They come with a run: clv --batch run.",
};
