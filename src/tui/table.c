/* Layout of the one table: which columns have room, how wide each is, how a cell is written. */
#include "config.h"

#include "tui/table_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "tui/draw_priv.h"
#include "view/chart.h"
#include "view/number.h"

#define COLUMNS_MOST 16
#define BAR_WIDTH    8
#define LAST_LEAST   16
#define ROWS_MOST    256

struct layout {
	const struct table_column *spec[COLUMNS_MOST];
	const struct frame_column *data[COLUMNS_MOST];
	int                        width[COLUMNS_MOST];
	size_t                     columns;
	size_t                     row[ROWS_MOST]; /* the frame's rows that are drawn */
	size_t                     rows;
};

static double real_of(const struct frame_column *c, size_t row)
{
	if (c->type == CELL_TEXT || frame_missing(c, row))
		return NAN;
	return c->type == CELL_REAL ? c->r[row] : (double)c->i[row];
}

/* A cell of every form but bars, ratios and signs. Text is borrowed or stands in buf. */
static const char *written(const struct table_column *spec, const struct frame_column *c, size_t row, struct number *buf)
{
	double v = real_of(c, row);
	if (c->type == CELL_TEXT) {
		const char *t = c->t[row] ? c->t[row] : "-";
		if (spec->form != FORM_TIME || strlen(t) < 16)
			return t;
		snprintf(buf->s, sizeof buf->s, "%.10s %.5s", t, t + 11);
		return buf->s;
	}
	switch (spec->form) {
	case FORM_SHARE:
		return number_percent(buf, v, 1);
	case FORM_CHANGE:
		return number_signed_percent(buf, v, 1);
	case FORM_CHANCE:
		return number_chance(buf, v);
	case FORM_REAL:
		return number_real(buf, v);
	case FORM_TWO:
		return number_fixed(buf, v, 2);
	case FORM_THREE:
		return number_fixed(buf, v, 3);
	case FORM_DAY:
		if (isnan(v))
			return "-";
		day_format(buf->s, (day_t)v);
		return buf->s;
	default:
		return number_count(buf, v);
	}
}

static bool drawn_by_hand(enum form f)
{
	return f == FORM_BAR || f == FORM_RATIO || f == FORM_SIGN;
}

static int natural(const struct grid *g, const struct layout *l, size_t i)
{
	const struct table_column *spec = l->spec[i];
	struct number              buf;
	int                        w = grid_width(g, spec->title);
	if (drawn_by_hand(spec->form)) {
		int own = spec->form == FORM_SIGN ? 2 : spec->form == FORM_BAR ? BAR_WIDTH : BAR_WIDTH + 3;
		return own > w ? own : w;
	}
	for (size_t r = 0; r < l->rows; r++) {
		int cell = grid_width(g, written(spec, l->data[i], l->row[r], &buf));
		w = cell > w ? cell : w;
	}
	return w;
}

static int needed(const struct layout *l)
{
	int w = 0;
	for (size_t i = 0; i < l->columns; i++)
		w += (i ? 1 : 0) + (l->spec[i]->form == FORM_LAST ? LAST_LEAST : l->width[i]);
	return w;
}

/* Leave out the column that is wanted least; false when all must stay. */
static bool leave_one_out(struct layout *l)
{
	size_t worst = 0;
	for (size_t i = 1; i < l->columns; i++)
		if (l->spec[i]->keep >= l->spec[worst]->keep)
			worst = i;
	if (!l->columns || !l->spec[worst]->keep)
		return false;
	l->columns--;
	for (size_t i = worst; i < l->columns; i++) {
		l->spec[i] = l->spec[i + 1];
		l->data[i] = l->data[i + 1];
		l->width[i] = l->width[i + 1];
	}
	return true;
}

/* Is there anything in the column in the rows that are drawn? */
static bool says_something(const struct layout *l, const struct frame_column *c)
{
	for (size_t r = 0; r < l->rows; r++)
		if (!frame_missing(c, l->row[r]))
			return true;
	return false;
}

static void lay_out(const struct grid *g, const struct table *t, struct area in, struct layout *l)
{
	const struct frame_column *only = t->only ? frame_column(t->frame, t->only) : NULL;
	for (size_t r = 0; r < t->frame->rows && l->rows < ROWS_MOST && (int)l->rows < in.h - 1; r++)
		if (!only || (only->t[r] && !strcmp(only->t[r], t->value)))
			l->row[l->rows++] = r;
	for (const struct table_column *spec = t->column; spec->title && l->columns < COLUMNS_MOST; spec++) {
		const struct frame_column *data = frame_column(t->frame, spec->column);
		if (!data || !says_something(l, data))
			continue;
		l->spec[l->columns] = spec;
		l->data[l->columns] = data;
		l->width[l->columns] = natural(g, l, l->columns);
		l->columns++;
	}
	while (needed(l) > in.w && leave_one_out(l))
		;
}

static double greatest(const struct layout *l, size_t i)
{
	double most = 0;
	for (size_t r = 0; r < l->rows; r++)
		most = fmax(most, real_of(l->data[i], l->row[r]));
	return most;
}

static void draw_cell(struct grid *g, const struct layout *l, size_t i, size_t row, int x, int y, int w)
{
	const struct table_column *spec = l->spec[i];
	struct number              buf;
	double                     v = real_of(l->data[i], row);
	if (spec->form == FORM_SIGN)
		draw_sign(g, x, y, l->data[i]->type == CELL_TEXT ? l->data[i]->t[row] : NULL);
	else if (spec->form == FORM_BAR)
		chart_bar(g, x, y, w, greatest(l, i) > 0 ? v / greatest(l, i) : 0, STYLE_PLAIN);
	else if (spec->form == FORM_RATIO)
		chart_ratio(g, x, y, w, 1 + v, STYLE_BOLD);
	else if (l->data[i]->type == CELL_TEXT)
		grid_put(g, x, y, w, written(spec, l->data[i], row, &buf), STYLE_PLAIN);
	else
		grid_put_right(g, x, y, w, written(spec, l->data[i], row, &buf), STYLE_PLAIN);
}

static void draw_titles(struct grid *g, const struct layout *l, struct area in, int gap)
{
	int x = in.x;
	for (size_t i = 0; i < l->columns && x < in.x + in.w; i++) {
		int  room = in.x + in.w - x, w = l->width[i] < room ? l->width[i] : room;
		bool left = l->data[i]->type == CELL_TEXT || drawn_by_hand(l->spec[i]->form);
		if (left)
			grid_put(g, x, in.y, w, l->spec[i]->title, STYLE_BOLD);
		else
			grid_put_right(g, x, in.y, w, l->spec[i]->title, STYLE_BOLD);
		x += l->width[i] + gap;
	}
}

static void draw_rows(struct grid *g, const struct table *t, const struct layout *l, struct area in, int gap)
{
	for (size_t r = 0; r < l->rows; r++) {
		int x = in.x, y = in.y + 1 + (int)r;
		for (size_t i = 0; i < l->columns && x < in.x + in.w; i++) {
			int room = in.x + in.w - x;
			draw_cell(g, l, i, l->row[r], x, y, l->width[i] < room ? l->width[i] : room);
			x += l->width[i] + gap;
		}
		if (!r && t->picked) {
			grid_put(g, in.x - 1, y, 1, "▌", STYLE_PLAIN);
			grid_style(g, (struct area){ in.x - 1, y, in.w + 1, 1 }, STYLE_REVERSE);
		}
	}
}

int table_draw(struct grid *g, struct area at, const char *title, const struct table *t, const char *none)
{
	struct layout l = {0};
	struct area   in = { at.x + 2, at.y + 1, at.w - 4, at.h - 2 };
	struct number a, b;
	char          foot[2 * NUMBER_BYTES + 16] = "";
	if (!t->frame || !t->frame->rows) {
		grid_wrap(g, grid_box(g, at, title, NULL), none, STYLE_PLAIN);
		return 0;
	}
	lay_out(g, t, in, &l);
	int64_t total = t->total > 0 ? t->total : t->only ? (int64_t)l.rows : (int64_t)t->frame->rows;
	if (total > (int64_t)l.rows && l.rows)
		snprintf(foot, sizeof foot, "1–%s of %s", number_count(&a, (double)l.rows), number_count(&b, (double)total));
	grid_box(g, at, title, *foot ? foot : NULL);
	/* Short tables breathe: a second blank between columns where there is room. */
	int gaps = (int)l.columns - 1, spare = in.w - needed(&l), gap = gaps > 0 && spare >= gaps ? 2 : 1;
	for (size_t i = 0; i < l.columns; i++)
		if (l.spec[i]->form == FORM_LAST) {
			gap = spare >= gaps + 8 ? 2 : 1;
			l.width[i] = spare + LAST_LEAST - (gap - 1) * gaps;
		}
	draw_titles(g, &l, in, gap);
	draw_rows(g, t, &l, in, gap);
	return (int)l.rows;
}
