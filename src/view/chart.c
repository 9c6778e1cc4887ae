/* Bars, sparklines, lines and ratios in cells. Layout only: what the numbers mean is the caller's to say. */
#include "config.h"

#include "view/chart.h"

#include <math.h>
#include <stdio.h>

#include "view/number.h"

static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };
static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const densities[] = { ".", ":", "-", "=", "+", "*", "#", "%", "@" };

/* A glyph that has its own ASCII form: the table of the grid has none for steps. */
static void step(struct grid *g, int x, int y, const char *glyph, unsigned style)
{
	grid_put(g, x, y, 1, glyph, style);
}

void chart_bar(struct grid *g, int x, int y, int w, double share, unsigned style)
{
	if (isnan(share) || w < 1)
		return;
	share = share < 0 ? 0 : share > 1 ? 1 : share;
	int parts = (int)lround(share * w * 8), whole = parts / 8, rest = parts % 8;
	if (!parts && share > 0)
		rest = 1;
	for (int i = 0; i < whole; i++)
		step(g, x + i, y, "█", style);
	if (rest && g->glyphs == GLYPHS_UNICODE)
		step(g, x + whole, y, eighths[rest], style);
	else if (rest)
		step(g, x + whole, y, rest >= 4 ? "=" : "-", style);
}

/* Widen low..high to the values that are there; false when none is. */
static bool range(const double *v, size_t n, double *low, double *high)
{
	bool any = false;
	for (size_t i = 0; v && i < n; i++)
		if (!isnan(v[i])) {
			*low = fmin(*low, v[i]);
			*high = fmax(*high, v[i]);
			any = true;
		}
	return any;
}

/* The mean of what is there in v[from..to). */
static double mean_of(const double *v, size_t from, size_t to)
{
	double sum = 0;
	size_t n = 0;
	for (size_t i = from; i < to; i++)
		if (!isnan(v[i])) {
			sum += v[i];
			n++;
		}
	return n ? sum / (double)n : NAN;
}

int chart_spark(struct grid *g, int x, int y, int w, const double *v, size_t n, unsigned style)
{
	double low = INFINITY, high = -INFINITY;
	int    steps = g->glyphs == GLYPHS_ASCII ? 9 : 8, columns = (size_t)w < n ? w : (int)n;
	if (w < 1 || !range(v, n, &low, &high))
		return 0;
	for (int i = 0; i < columns; i++) {
		size_t from = (size_t)i * n / (size_t)columns, to = (size_t)(i + 1) * n / (size_t)columns;
		double m = mean_of(v, from, to);
		if (isnan(m))
			continue;
		int at = high > low ? (int)((m - low) / (high - low) * (steps - 1) + 0.5) : 0;
		step(g, x + i, y, g->glyphs == GLYPHS_ASCII ? densities[at] : heights[at], style);
	}
	return columns;
}

/* --- labelled bars ---------------------------------------------------------------------------- */

/* What the rows of a histogram share. */
struct rows { const struct chart_bars *h; int label_w, value_w; double most; };

static void bar_row(struct grid *g, struct area at, const struct rows *r, const char *label, double v, bool second)
{
	struct number n;
	int           x = at.x + r->label_w + 1 + r->value_w + 1, w = at.w - (x - at.x);
	grid_put(g, at.x, at.y, r->label_w, label, STYLE_PLAIN);
	grid_put_right(g, at.x + r->label_w + 1, at.y, r->value_w, number_fixed(&n, v, r->h->digits), STYLE_PLAIN);
	if (isnan(v) || w < 1 || !(r->most > 0))
		return;
	if (!r->h->b) {
		chart_bar(g, x, at.y, w, v / r->most, STYLE_PLAIN);
		return;
	}
	int filled = (int)lround(fmin(fmax(v / r->most, 0), 1) * w);
	for (int i = 0; i < filled; i++)
		step(g, x + i, at.y, second ? "░" : "▓", STYLE_PLAIN);
}

static void widths(const struct grid *g, struct rows *r)
{
	const struct chart_bars *h = r->h;
	struct number            n;
	r->label_w = r->value_w = 1;
	for (size_t i = 0; i < h->n; i++) {
		int l = grid_width(g, h->label[i]), a = grid_width(g, number_fixed(&n, h->a[i], h->digits));
		int b = h->b ? grid_width(g, number_fixed(&n, h->b[i], h->digits)) : 0;
		r->label_w = l > r->label_w ? l : r->label_w;
		r->value_w = a > r->value_w ? a : r->value_w;
		r->value_w = b > r->value_w ? b : r->value_w;
	}
}

/* Label, both numbers, the first as dark cells and the second as light ones behind it; where the second is shorter, the dark cells
 * beyond it are full. */
static void tight_row(struct grid *g, struct area at, const struct rows *r, size_t i)
{
	const struct chart_bars *h = r->h;
	struct number            n;
	int                      x = at.x + r->label_w + 1;
	grid_put(g, at.x, at.y, r->label_w, h->label[i], STYLE_PLAIN);
	grid_put_right(g, x, at.y, r->value_w, number_fixed(&n, h->a[i], h->digits), STYLE_PLAIN);
	x += r->value_w + 1;
	grid_put_right(g, x, at.y, r->value_w, number_fixed(&n, h->b[i], h->digits), STYLE_PLAIN);
	x += r->value_w + 1;
	int w = at.x + at.w - x;
	if (w < 1 || !(r->most > 0))
		return;
	int a = isnan(h->a[i]) ? 0 : (int)lround(h->a[i] / r->most * w), b = isnan(h->b[i]) ? 0 : (int)lround(h->b[i] / r->most * w);
	for (int k = 0; k < (a > b ? a : b); k++)
		step(g, x + k, at.y, k < a ? "▓" : "░", STYLE_PLAIN);
	if (b > 0 && b < a)
		step(g, x + b - 1, at.y, "┃", STYLE_BOLD);
}

void chart_histogram(struct grid *g, struct area at, const struct chart_bars *h)
{
	struct rows r = { .h = h };
	double      low = 0;
	int         each = h->b && !h->tight ? 2 : 1;
	range(h->a, h->n, &low, &r.most);
	range(h->b, h->n, &low, &r.most);
	widths(g, &r);
	r.label_w = r.label_w > at.w / 2 ? at.w / 2 : r.label_w;
	for (size_t i = 0; i < h->n && ((int)i + 1) * each <= at.h; i++) {
		struct area row = { at.x, at.y + (int)i * each, at.w, 1 };
		if (h->b && h->tight) {
			tight_row(g, row, &r, i);
			continue;
		}
		bar_row(g, row, &r, h->label[i], h->a[i], false);
		row.y++;
		if (h->b)
			bar_row(g, row, &r, "", h->b[i], true);
	}
}

/* --- heat ------------------------------------------------------------------------------------- */

static const char *shade(const struct grid *g, double share)
{
	static const char *const unicode[] = { " ", "░", "▒", "▓", "█" }, *const ascii[] = { " ", ".", "-", "+", "#" };
	int at = share >= 1 ? 4 : share > 0 ? (int)(share * 5) : 0;
	return g->glyphs == GLYPHS_ASCII ? ascii[at] : unicode[at];
}

/* The columns that the longest number takes. */
static int heat_width(const struct grid *g, const struct chart_heat *h)
{
	struct number n;
	int           most = 0;
	for (size_t i = 0; i < h->rows * h->columns; i++) {
		int w = isnan(h->value[i]) ? 0 : grid_width(g, number_fixed(&n, h->value[i] * h->times, h->digits));
		most = w > most ? w : most;
	}
	return most;
}

void chart_heat(struct grid *g, struct area at, const struct chart_heat *h)
{
	struct number n;
	double        low = 0, most = 0;
	int           label = 1;
	range(h->value, h->rows * h->columns, &low, &most);
	most = h->most > 0 ? h->most : most;
	for (size_t r = 0; r < h->rows; r++) {
		int w = grid_width(g, h->row[r]);
		label = w > label ? w : label;
	}
	int number_w = heat_width(g, h), room = (at.w - label - 1) / (int)(h->columns ? h->columns : 1);
	if (!(most > 0) || at.h < 2 || room < 2)
		return;
	bool numbers = room >= number_w + 2;
	int  width = numbers ? room < number_w + 4 ? room : number_w + 4 : room < 3 ? room : 3, skip = 1;
	for (size_t c = 0; c < h->columns; c++)
		while (grid_width(g, h->column[c]) + 1 > width * skip)
			skip++;
	for (size_t c = 0; c < h->columns; c += (size_t)skip)
		grid_put(g, at.x + label + 1 + (int)c * width, at.y, width * skip, h->column[c], STYLE_DIM);
	for (size_t r = 0; r < h->rows && (int)r + 1 < at.h; r++) {
		int y = at.y + 1 + (int)r;
		grid_put_right(g, at.x, y, label, h->row[r], STYLE_PLAIN);
		for (size_t c = 0; c < h->columns; c++) {
			double v = h->value[r * h->columns + c];
			int    x = at.x + label + 1 + (int)c * width;
			if (isnan(v))
				continue;
			step(g, x, y, shade(g, v / most), STYLE_PLAIN);
			if (numbers)
				grid_put_right(g, x + 1, y, number_w, number_fixed(&n, v * h->times, h->digits), STYLE_PLAIN);
			else
				step(g, x + 1, y, shade(g, v / most), STYLE_PLAIN);
		}
	}
}

/* --- lines ------------------------------------------------------------------------------------ */

double chart_step(double v)
{
	double power = pow(10, floor(log10(v)));
	for (int i = 0; i < 4; i++) {
		static const double mantissa[] = { 1, 2, 5, 10 };
		if (mantissa[i] * power >= v * (1 - 1e-9))
			return mantissa[i] * power;
	}
	return 10 * power;
}

struct scale { double low, high, step; int label_w; };

/* At most five ticks: the axis begins and ends on one. */
static struct scale scale_of(const struct grid *g, double low, double high)
{
	struct scale  s = { .low = low >= 0 ? 0 : low, .high = high };
	struct number n;
	if (!(s.high > s.low))
		s.high = s.low + 1;
	s.step = chart_step((s.high - s.low) / 4);
	s.low = floor(s.low / s.step) * s.step;
	s.high = ceil(s.high / s.step - 1e-9) * s.step;
	for (double t = s.low; t <= s.high + s.step / 2; t += s.step) {
		int w = grid_width(g, number_short(&n, t));
		s.label_w = w > s.label_w ? w : s.label_w;
	}
	if (s.step < 1)
		s.label_w = grid_width(g, number_fixed(&n, s.high, 2));
	return s;
}

static int row_of(const struct scale *s, double v, int rows)
{
	return rows - 1 - (int)lround((v - s->low) / (s->high - s->low) * (rows - 1));
}

static void axes(struct grid *g, struct area at, const struct scale *s, const struct chart_lines *c)
{
	int           rows = at.h - 2, x = at.x + s->label_w + 1, w = at.w - s->label_w - 2;
	struct number n;
	for (int y = 0; y < rows; y++)
		step(g, x, at.y + y, "│", STYLE_DIM);
	for (double t = s->low; t <= s->high + s->step / 2; t += s->step) {
		int y = at.y + row_of(s, t, rows);
		grid_put_right(g, at.x, y, s->label_w, s->step < 1 ? number_fixed(&n, t, 2) : number_short(&n, t), STYLE_PLAIN);
		step(g, x, y, "┤", STYLE_DIM);
	}
	step(g, x, at.y + rows, "└", STYLE_DIM);
	for (int i = 0; i < w; i++)
		step(g, x + 1 + i, at.y + rows, "─", STYLE_DIM);
	int used = grid_put(g, x + 1, at.y + rows + 1, w, c->first, STYLE_PLAIN);
	if (c->last && used + 1 + grid_width(g, c->last) <= w)
		grid_put_right(g, x + 1, at.y + rows + 1, w, c->last, STYLE_PLAIN);
}

static int column_of(size_t i, size_t n, int w)
{
	return n > 1 ? (int)((double)i * (w - 1) / (double)(n - 1) + 0.5) : 0;
}

static void points(struct grid *g, struct area plot, const struct scale *s, const double *v, size_t n, const char *mark, const char *other)
{
	for (size_t i = 0; v && i < n; i++) {
		/* Of several places in a column the last one is drawn: the marks of two series then meet or do not. */
		if (isnan(v[i]) || (i + 1 < n && column_of(i + 1, n, plot.w) == column_of(i, n, plot.w)))
			continue;
		int          x = plot.x + column_of(i, n, plot.w), y = plot.y + row_of(s, v[i], plot.h);
		struct cell *c = grid_cell(g, x, y);
		step(g, x, y, c && other && c->text[0] == other[0] ? "*" : mark, STYLE_PLAIN);
	}
}

static void range_in_words(struct grid *g, struct area at, double low, double high)
{
	struct number a, b;
	char          text[2 * NUMBER_BYTES + 16];
	snprintf(text, sizeof text, "%s to %s", number_short(&a, low), number_short(&b, high));
	grid_put(g, at.x, at.y, at.w, text, STYLE_PLAIN);
}

void chart_lines(struct grid *g, struct area at, const struct chart_lines *c)
{
	double low = INFINITY, high = -INFINITY;
	bool   some = range(c->a, c->n, &low, &high);
	some = range(c->b, c->n, &low, &high) || some;
	if (!some || at.h < 1)
		return;
	if (at.w < 20 || at.h < 6) {
		range_in_words(g, at, low, high);
		return;
	}
	struct scale s = scale_of(g, low, high);
	struct area  plot = { at.x + s.label_w + 2, at.y, at.w - s.label_w - 2, at.h - 2 };
	axes(g, at, &s, c);
	if (c->border && c->border < c->n)
		for (int y = 0; y < plot.h; y++)
			step(g, plot.x + (column_of(c->border - 1, c->n, plot.w) + column_of(c->border, c->n, plot.w) + 1) / 2, plot.y + y, "┊",
			     STYLE_DIM);
	points(g, plot, &s, c->a, c->n, "o", NULL);
	points(g, plot, &s, c->b, c->n, "+", "o");
}

void chart_ratio(struct grid *g, int x, int y, int w, double ratio, unsigned style)
{
	if (isnan(ratio) || !(ratio > 0) || w < 3)
		return;
	double at = log2(ratio) < -1 ? -1 : log2(ratio) > 1 ? 1 : log2(ratio);
	for (int i = 0; i < w; i++)
		step(g, x + i, y, i == w / 2 ? "┊" : "·", STYLE_DIM);
	step(g, x + (int)lround((at + 1) / 2 * (w - 1)), y, "o", style);
}

void chart_limit(struct grid *g, int x, int y, int w, double value, double limit, unsigned style)
{
	int at = w * 2 / 3;
	if (!(limit > 0) || w < 3)
		return;
	chart_bar(g, x, y, w, value / limit * at / w, style);
	grid_put(g, x + at, y, 1, "┃", STYLE_BOLD);
}
