/* Parts of the Fit pane that are read rather than compared: verdicts, how customers differ, the maps over orders and silence, and the
 * season. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "tui/draw_priv.h"
#include "tui/fit_priv.h"
#include "view/chart.h"
#include "view/number.h"

static const char *const unfitted = "Comes with the next set that is fitted.";

/* ---- verdicts ---- */

static double check_real(const struct snapshot *s, const char *check, const char *column)
{
	return snapshot_real(s, "fit_checks", snapshot_row(s, "fit_checks", "check", check), column);
}

static const char *check_text(const struct snapshot *s, const char *check, const char *column)
{
	const char *text = snapshot_cell(s, "fit_checks", snapshot_row(s, "fit_checks", "check", check), column);
	return text ? text : "";
}

/* A line of the verdicts. */
struct verdict { const char *name; bool warn; struct str words; };

#define VERDICTS_MOST 7

static struct verdict *add_verdict(const struct snapshot *s, struct verdict *list, size_t *n, const char *name, const char *check)
{
	struct verdict *v = &list[(*n)++];
	*v = (struct verdict){ .name = name, .warn = !strcmp(check_text(s, check, "verdict"), "warn") };
	return v;
}

static void say_counts(const struct snapshot *s, const char *check, struct str *line)
{
	struct number p;
	const char   *words = check_text(s, check, "words"), *off = strstr(words, "furthest off");
	if (isnan(check_real(s, check, "value")))
		str_add(line, words);
	else
		str_addf(line, "p %s; %s", number_chance(&p, check_real(s, check, "p")), off ? off : words);
}

static void say_weeks(const struct snapshot *s, struct verdict *v)
{
	struct number a, b;
	double        before = check_real(s, "tracking_in", "value"), after = check_real(s, "tracking_out", "value");
	v->warn = v->warn || !strcmp(check_text(s, "tracking_out", "verdict"), "warn");
	if (!isnan(before) || !isnan(after))
		str_addf(&v->words, "the curve is off by %s up to the cut, by %s after it", number_percent(&a, before, 1), number_percent(&b, after, 1));
}

static void say_gaps(const struct snapshot *s, struct str *line)
{
	double k = check_real(s, "regularity", "value"), moments = check_real(s, "regularity_moments", "value");
	if (!isnan(k))
		str_addf(line, "k %.2f", k);
	if (!isnan(k) && !isnan(moments))
		str_addf(line, " (Wheat-Morrison %.2f)", moments);
	str_addf(line, "%s%s", line->n ? ": " : "", check_text(s, "regularity", "words"));
}

static void say_spend(const struct snapshot *s, struct str *line)
{
	double r = check_real(s, "correlation", "value");
	if (!isnan(r))
		str_addf(line, "%+.2f: ", r);
	str_add(line, check_text(s, "correlation", "words"));
}

/* A measure of the back-test before the calibration and after it. */
static void say_coverage(const struct snapshot *s, const char *measure, const char *name, bool signs, struct str *line)
{
	size_t        row = snapshot_row(s, "coverage", "measure", measure);
	double        before = snapshot_real(s, "coverage", row, "before"), after = snapshot_real(s, "coverage", row, "after");
	struct number a, b;
	if (isnan(before))
		return;
	str_addf(line, "; %s %s", name, signs ? number_signed_percent(&a, before, 1) : number_percent(&a, before, 0));
	if (!isnan(after))
		str_addf(line, ", after it %s", signs ? number_signed_percent(&b, after, 1) : number_percent(&b, after, 0));
}

/* What the scores are corrected by, and what intervals and totals of the back-test were worth before and after. */
static void say_levels(const struct snapshot *s, struct str *line)
{
	const struct frame *f = snapshot_frame(s, "origins");
	const char         *kind = NULL;
	double              factor = NAN;
	size_t              used = 0, seen = 0;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *role = snapshot_cell(s, "origins", i, "role");
		if (!role || strcmp(role, "scores") != 0)
			continue;
		seen++;
		used += snapshot_real(s, "origins", i, "used") > 0;
		kind = snapshot_cell(s, "origins", i, "kind");
		factor = snapshot_real(s, "origins", i, "factor");
	}
	if (!kind || isnan(factor))
		str_add(line, "no calibration: scores are the model's own");
	else if (factor == 1 && strcmp(kind, "isotonic") != 0)
		str_addf(line, "purchases left as they are by %zu of %zu origins", used, seen);
	else
		str_addf(line, "%s: purchases %s %.3f by %zu of %zu origins", kind, strcmp(kind, "isotonic") ? "times" : "by a curve about", factor, used, seen);
	say_coverage(s, "purchases within the 80 % levels", "80% levels hold", false, line);
	say_coverage(s, "total of purchases, error", "total off by", true, line);
}

static size_t verdicts_of(const struct snapshot *s, struct verdict *list)
{
	size_t n = 0;
	str_add(&add_verdict(s, list, &n, "maximum", "boundary")->words, check_text(s, "boundary", "words"));
	say_counts(s, "orders", &add_verdict(s, list, &n, "orders", "orders")->words);
	say_counts(s, "holdout_orders", &add_verdict(s, list, &n, "holdout", "holdout_orders")->words);
	say_weeks(s, add_verdict(s, list, &n, "weeks", "tracking_in"));
	say_gaps(s, &add_verdict(s, list, &n, "gaps", "regularity")->words);
	say_spend(s, &add_verdict(s, list, &n, "spend", "correlation")->words);
	say_levels(s, &add_verdict(s, list, &n, "levels", "levels")->words);
	return n;
}

/* A sign, a name, and words that go on in the rows below, under each other; where all of them have no room, in one row. */
static void draw_verdict(struct grid *g, struct area *in, const struct verdict *v, bool whole)
{
	struct area words = { in->x + 13, in->y, in->w - 13, whole ? in->h : 1 };
	int         used = 1;
	draw_sign(g, in->x, in->y, v->warn ? "warn" : "pass");
	grid_put(g, in->x + 3, in->y, 9, v->name, STYLE_BOLD);
	if (whole)
		used = grid_wrap(g, words, v->words.s, STYLE_PLAIN);
	else
		grid_put(g, words.x, words.y, words.w, v->words.s, STYLE_PLAIN);
	draw_cut_top(in, used > 0 ? used : 1);
}

/* Warnings first: they are not what a small box loses. */
void fit_draw_verdicts(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const struct frame *f = snapshot_frame(s, "fit_checks");
	struct area         in = grid_box(g, at, "What the fit says", NULL);
	struct verdict      list[VERDICTS_MOST];
	(void)ui;
	if (!f || !f->rows) {
		grid_wrap(g, in, unfitted, STYLE_PLAIN);
		return;
	}
	size_t n = verdicts_of(s, list);
	for (int warn = 1; warn >= 0; warn--)
		for (size_t i = 0; i < n; i++)
			if (list[i].warn == warn && list[i].words.n && in.h > 0)
				draw_verdict(g, &in, &list[i], warn || at.h > 10);
	for (size_t i = 0; i < n; i++)
		str_clear(&list[i].words);
}

/* ---- how customers differ ---- */

#define BINS_MOST 32

static size_t take_bins(const struct snapshot *s, const char *law, char name[][16], const char **label, double *share)
{
	const struct frame *f = snapshot_frame(s, "densities");
	size_t              n = 0;
	for (size_t i = 0; f && i < f->rows && n < BINS_MOST; i++) {
		const char *l = snapshot_cell(s, "densities", i, "law");
		if (!l || strcmp(l, law) != 0)
			continue;
		snprintf(name[n], 16, "%.3g", snapshot_real(s, "densities", i, "low"));
		label[n] = name[n];
		share[n++] = 100 * snapshot_real(s, "densities", i, "share");
	}
	return n;
}

/* "median .038; 5 % below .00076, 5 % above .254", then a line a mark. */
static void draw_points(const struct snapshot *s, const char *law, struct grid *g, struct area *in)
{
	const struct frame *f = snapshot_frame(s, "heterogeneity");
	double              low = NAN, middle = NAN, high = NAN;
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *l = snapshot_cell(s, "heterogeneity", i, "law"), *label = snapshot_cell(s, "heterogeneity", i, "label");
		double      value = snapshot_real(s, "heterogeneity", i, "value");
		if (!l || !label || strcmp(l, law) != 0)
			continue;
		low = !strcmp(label, "5 %") ? value : low;
		middle = !strcmp(label, "50 %") ? value : middle;
		high = !strcmp(label, "95 %") ? value : high;
	}
	struct str    line = {0};
	struct number a, b, c;
	str_addf(&line, "median %s; 5 %% below %s, 5 %% above %s", number_real(&a, middle), number_real(&b, low), number_real(&c, high));
	grid_put(g, in->x, in->y, in->w, line.s, STYLE_PLAIN);
	str_clear(&line);
	draw_cut_top(in, 1);
	for (size_t i = 0; f && i < f->rows && in->h > 0; i++) {
		const char *l = snapshot_cell(s, "heterogeneity", i, "law"), *kind = snapshot_cell(s, "heterogeneity", i, "kind");
		if (!l || !kind || strcmp(l, law) != 0 || strcmp(kind, "mark") != 0)
			continue;
		struct area row = draw_cut_top(in, 1);
		grid_put_right(g, row.x, row.y, 5, number_percent(&a, snapshot_real(s, "heterogeneity", i, "above"), 0), STYLE_PLAIN);
		const char *label = snapshot_cell(s, "heterogeneity", i, "label");
		/* Who leaves at a higher rate stays for less. */
		grid_put(g, row.x + 6, row.y, 6, label && strstr(label, "mean stay") ? "below" : "above", STYLE_DIM);
		grid_put(g, row.x + 12, row.y, row.w - 12, label, STYLE_PLAIN);
	}
}

static void draw_law(const struct snapshot *s, struct grid *g, struct area at, const char *title, const char *law)
{
	char        name[BINS_MOST][16];
	const char *label[BINS_MOST];
	double      share[BINS_MOST];
	struct area in = grid_box(g, at, title, NULL);
	size_t      n = take_bins(s, law, name, label, share);
	if (!n) {
		grid_wrap(g, in, snapshot_total(s, "densities") > 0 ? "The model lets nobody differ in it." : unfitted, STYLE_PLAIN);
		return;
	}
	draw_points(s, law, g, &in);
	if (in.h < 2)
		return;
	grid_put(g, in.x, in.y, in.w, "from, % of customers", STYLE_DIM);
	draw_cut_top(&in, 1);
	chart_histogram(g, in, &(struct chart_bars){ .label = label, .a = share, .n = n, .digits = 1 });
}

void fit_draw_rates(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	const char *period = snapshot_cell(s, "model_fit", 0, "period");
	char        title[64];
	(void)ui;
	snprintf(title, sizeof title, "Purchase rates of the customers, a %s", period ? period : "period");
	draw_law(s, g, at, title, "rate");
}

void fit_draw_dropout(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_law(s, g, at, "Drop-out of the customers", "dropout");
}

/* ---- maps ---- */

#define MAP_ROWS    16
#define MAP_COLUMNS 16

struct map { char row[MAP_ROWS][24], column[MAP_COLUMNS][24]; const char *rows[MAP_ROWS], *columns[MAP_COLUMNS]; double value[MAP_ROWS * MAP_COLUMNS]; size_t n, wide; };

static void name_row(const struct snapshot *s, size_t i, char *name, size_t size)
{
	double low = snapshot_real(s, "alive_map", i, "orders_low"), high = snapshot_real(s, "alive_map", i, "orders_high");
	if (isnan(high))
		snprintf(name, size, "%.0f+", low);
	else if (high > low)
		snprintf(name, size, "%.0f-%.0f", low, high);
	else
		snprintf(name, size, "%.0f", low);
}

/* The rows of the report are those of the map, from left to right. */
static void take_map(const struct snapshot *s, const char *column, struct map *m)
{
	const struct frame *f = snapshot_frame(s, "alive_map");
	size_t              rows = f ? f->rows : 0;
	*m = (struct map){ 0 };
	while (m->wide < rows && m->wide < MAP_COLUMNS && snapshot_real(s, "alive_map", m->wide, "orders_low") == snapshot_real(s, "alive_map", 0, "orders_low")) {
		snprintf(m->column[m->wide], sizeof m->column[0], "%.0fd", snapshot_real(s, "alive_map", m->wide, "since_low"));
		m->columns[m->wide] = m->column[m->wide];
		m->wide++;
	}
	for (; m->wide && m->n < MAP_ROWS && (m->n + 1) * m->wide <= rows; m->n++) {
		name_row(s, m->n * m->wide, m->row[m->n], sizeof m->row[0]);
		m->rows[m->n] = m->row[m->n];
		for (size_t c = 0; c < m->wide; c++)
			m->value[m->n * m->wide + c] = snapshot_real(s, "alive_map", m->n * m->wide + c, column);
	}
}

static void draw_map(const struct snapshot *s, struct grid *g, struct area at, const char *title, const char *column, const struct chart_heat *how)
{
	struct map        m;
	struct chart_heat h = *how;
	struct area       in = grid_box(g, at, title, NULL);
	take_map(s, column, &m);
	if (!m.n) {
		grid_wrap(g, in, unfitted, STYLE_PLAIN);
		return;
	}
	grid_put(g, in.x, in.y, in.w, "down: repeat orders; right: days since the last one", STYLE_DIM);
	draw_cut_top(&in, 1);
	h.row = m.rows;
	h.column = m.columns;
	h.rows = m.n;
	h.columns = m.wide;
	h.value = m.value;
	chart_heat(g, in, &h);
}

void fit_draw_alive(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_map(s, g, at, "Chance to be alive, %", "p_alive", &(struct chart_heat){ .most = 1, .times = 100 });
}

void fit_draw_expected(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	double horizon = snapshot_real(s, "alive_map", 0, "horizon");
	char   title[64];
	(void)ui;
	snprintf(title, sizeof title, "Orders expected in %.0f days", isnan(horizon) ? 0 : horizon);
	draw_map(s, g, at, isnan(horizon) ? "Orders expected" : title, "expected", &(struct chart_heat){ .times = 1, .digits = 1 });
}

void fit_draw_standing(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	(void)ui;
	draw_map(s, g, at, "Where the customers stand", "customers", &(struct chart_heat){ .times = 1 });
}

/* ---- season ---- */

/* Months as means of their days; 29 February is a day of its own. */
void fit_draw_season(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	static const int         length[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const struct frame      *f = snapshot_frame(s, "season");
	struct area              in = grid_box(g, at, "Season: purchases of a day, the mean is 1", NULL);
	double                   mean[12] = { 0 };
	size_t                   day = 0;
	(void)ui;
	if (!f || f->rows != 366) {
		grid_wrap(g, in, "No season: the setting model.season asks for one, where there are two full years.", STYLE_PLAIN);
		return;
	}
	for (int m = 0; m < 12; m++)
		for (int d = 0; d < length[m]; d++)
			mean[m] += snapshot_real(s, "season", day++, "weight") / length[m];
	chart_histogram(g, in, &(struct chart_bars){ .label = names, .a = mean, .n = 12, .digits = 2 });
}
