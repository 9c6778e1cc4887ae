/* Layout of the one table: which columns have room, how wide each is, how a cell is written. */
#include "config.h"

#include "tui/table_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "tui/draw_priv.h"
#include "view/chart.h"
#include "view/number.h"

#define COLUMNS_MOST VIEW_COLUMNS
#define BAR_WIDTH    8
#define LIMIT_WIDTH  15
#define SPARK_WIDTH  12
#define SPARK_MOST   64
#define LAST_LEAST   16
#define TEXT_LEAST   6
#define NAME_LEAST   16
#define NAME_MOST    24
#define WORDS_MOST   40
#define ROWS_MOST    256

struct layout {
	const struct table        *table;
	const struct table_column *spec[COLUMNS_MOST];
	char                       title[COLUMNS_MOST][40];
	const struct frame_column *data[COLUMNS_MOST];
	int                        whole[COLUMNS_MOST]; /* what the cells need */
	int                        width[COLUMNS_MOST]; /* what they get */
	int                        room;
	size_t                     columns;
	size_t                     row[ROWS_MOST]; /* the frame's rows that are drawn */
	int64_t                    top;            /* place of the first of them */
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
	case FORM_PLAIN:
		if (c->type == CELL_INT && !frame_missing(c, row))
			snprintf(buf->s, sizeof buf->s, "%lld", (long long)c->i[row]);
		else
			snprintf(buf->s, sizeof buf->s, isnan(v) ? "-" : "%.8g", v);
		return buf->s;
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
	return f == FORM_BAR || f == FORM_LIMIT || f == FORM_RATIO || f == FORM_SIGN || f == FORM_SPARK;
}

static int own_width(enum form f)
{
	switch (f) {
	case FORM_SIGN:
		return 2;
	case FORM_BAR:
		return BAR_WIDTH;
	case FORM_LIMIT:
		return LIMIT_WIDTH;
	case FORM_SPARK:
		return SPARK_WIDTH;
	default:
		return BAR_WIDTH + 3;
	}
}

static int natural(const struct grid *g, const struct layout *l, size_t i)
{
	const struct table_column *spec = l->spec[i];
	struct number              buf;
	int                        w = grid_width(g, l->title[i]);
	if (drawn_by_hand(spec->form)) {
		return own_width(spec->form) > w ? own_width(spec->form) : w;
	}
	/* All that was loaded counts, so that scrolling moves no column. */
	size_t rows = l->table->only ? l->rows : l->table->frame->rows;
	for (size_t r = 0; r < rows; r++) {
		int cell = grid_width(g, written(spec, l->data[i], l->table->only ? l->row[r] : r, &buf));
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

static bool under_cursor(const struct layout *l, size_t i)
{
	return l->table->view && l->table->view->column == (int)(l->spec[i] - l->table->column);
}

/* How little a column is wanted. The one with the cursor stays, whatever it is: so every column can be reached. */
static int dispensable(const struct layout *l, size_t i)
{
	return under_cursor(l, i) ? 0 : l->spec[i]->keep;
}

/* Leave out the column that is wanted least; false when all must stay. */
static bool leave_one_out(struct layout *l)
{
	size_t worst = 0;
	for (size_t i = 1; i < l->columns; i++)
		if (dispensable(l, i) >= dispensable(l, worst))
			worst = i;
	if (!l->columns || !dispensable(l, worst))
		return false;
	l->columns--;
	for (size_t i = worst; i < l->columns; i++) {
		l->spec[i] = l->spec[i + 1];
		l->data[i] = l->data[i + 1];
		l->whole[i] = l->whole[i + 1];
		l->width[i] = l->width[i + 1];
		memcpy(l->title[i], l->title[i + 1], sizeof l->title[i]);
	}
	return true;
}

/* Is there anything in the column in the rows that were loaded? Those drawn alone would let columns come and go. */
static bool says_something(const struct layout *l, const struct frame_column *c)
{
	if (l->table->only) {
		for (size_t r = 0; r < l->rows; r++)
			if (!frame_missing(c, l->row[r]))
				return true;
		return false;
	}
	for (size_t r = 0; r < l->table->frame->rows; r++)
		if (!frame_missing(c, r))
			return true;
	return false;
}

/* The rows that are seen: those from the view's top on which are loaded. */
static void choose_rows(const struct table *t, int most, struct layout *l)
{
	const struct frame_column *only = t->only ? frame_column(t->frame, t->only) : NULL;
	size_t                     r = 0;
	int64_t                    last = t->first + (int64_t)t->frame->rows - most;
	if (t->view) { /* the selected row is seen, after a resize too; what is not loaded yet cannot be */
		t->view->top = t->view->at >= t->view->top + most ? t->view->at - most + 1 : t->view->top;
		t->view->top = t->view->at < t->view->top ? t->view->at : t->view->top;
		int64_t top = t->view->top > last ? last : t->view->top;
		r = top > t->first ? (size_t)(top - t->first) : 0;
	}
	l->top = t->first + (int64_t)r;
	for (; r < t->frame->rows && l->rows < ROWS_MOST && (int)l->rows < most; r++)
		if (!only || (only->t[r] && !strcmp(only->t[r], t->value)))
			l->row[l->rows++] = r;
}

/* With an arrow where the rows are sorted by it. */
static void write_title(const struct table *t, const struct table_column *spec, char *buf, size_t size)
{
	const char *sort = t->sort;
	bool        here = sort && *spec->title && !strcmp(sort + (*sort == '-'), spec->column);
	snprintf(buf, size, "%s%s", spec->title, !here ? "" : *sort == '-' ? "↓" : "↑");
}

static bool may_shrink(const struct layout *l, size_t i)
{
	return l->data[i]->type == CELL_TEXT && l->spec[i]->form == FORM_TEXT;
}

/* Names are told apart by their ends, words by their beginnings. */
static bool names_a_row(const struct layout *l, size_t i)
{
	const char *column = l->spec[i]->column;
	return may_shrink(l, i) && ((l->table->key && !strcmp(column, l->table->key)) || str_ends(column, "_id"));
}

/* What texts give way to when not all columns have room: one long name costs no number its place. */
static int text_limit(const struct layout *l, size_t i)
{
	int third = l->room / 3;
	if (!names_a_row(l, i))
		return WORDS_MOST;
	return third < NAME_LEAST ? NAME_LEAST : third > NAME_MOST ? NAME_MOST : third;
}

/* Take columns from texts wider than `least` (0: their limit), as many as are missing. */
static void shrink_texts(const struct grid *g, struct layout *l, int least)
{
	for (size_t i = 0; i < l->columns; i++) {
		int limit = least ? least : text_limit(l, i), title = grid_width(g, l->title[i]), over = needed(l) - l->room;
		limit = title > limit ? title : limit;
		if (over > 0 && may_shrink(l, i) && l->width[i] > limit)
			l->width[i] = l->width[i] - limit < over ? limit : l->width[i] - over;
	}
}

/* A text beyond the limit is not kept in mind: its column is narrow again when its row is gone. */
static void remember_width(const struct layout *l, size_t i, int *width)
{
	size_t n = (size_t)(l->spec[i] - l->table->column);
	if (!l->table->view || (may_shrink(l, i) && *width > text_limit(l, i)))
		return;
	if (l->table->view->widest[n] < *width)
		l->table->view->widest[n] = *width;
	*width = l->table->view->widest[n];
}

static void lay_out(const struct grid *g, const struct table *t, struct area in, struct layout *l)
{
	l->table = t;
	l->room = in.w;
	choose_rows(t, in.h - 1, l);
	for (const struct table_column *spec = t->column; spec->title && l->columns < COLUMNS_MOST; spec++) {
		const struct frame_column *data = frame_column(t->frame, spec->column);
		if (!data || !says_something(l, data) || (t->view && t->view->hidden >> (spec - t->column) & 1))
			continue;
		l->spec[l->columns] = spec;
		l->data[l->columns] = data;
		write_title(t, spec, l->title[l->columns], sizeof l->title[0]);
		l->whole[l->columns] = natural(g, l, l->columns);
		remember_width(l, l->columns, &l->whole[l->columns]);
		l->width[l->columns] = l->whole[l->columns];
		l->columns++;
	}
	shrink_texts(g, l, 0);
	while (needed(l) > in.w && leave_one_out(l))
		;
	memcpy(l->width, l->whole, sizeof l->width); /* what those that went leave over goes back to the texts */
	shrink_texts(g, l, 0);
	shrink_texts(g, l, TEXT_LEAST);
}

static double greatest(const struct layout *l, size_t i)
{
	double most = 0;
	for (size_t r = 0; r < l->rows; r++)
		most = fmax(most, real_of(l->data[i], l->row[r]));
	return most;
}

static void draw_spark(struct grid *g, int x, int y, int w, const char *numbers)
{
	double v[SPARK_MOST];
	size_t n = 0;
	while (numbers && *numbers && n < SPARK_MOST) {
		size_t length = strcspn(numbers, " ");
		if (!str_real(numbers, length, &v[n]))
			v[n] = NAN;
		n++;
		numbers += length + (numbers[length] == ' ');
	}
	chart_spark(g, x, y, w, v, n, STYLE_PLAIN);
}

static void draw_cell(struct grid *g, const struct layout *l, size_t i, size_t row, int x, int y, int w)
{
	const struct table_column *spec = l->spec[i];
	struct number              buf;
	double                     v = real_of(l->data[i], row);
	if (spec->form == FORM_SIGN)
		draw_sign(g, x, y, l->data[i]->type == CELL_TEXT ? l->data[i]->t[row] : NULL);
	else if (spec->form == FORM_SPARK)
		draw_spark(g, x, y, w, l->data[i]->type == CELL_TEXT ? l->data[i]->t[row] : NULL);
	else if (spec->form == FORM_BAR)
		chart_bar(g, x, y, w, greatest(l, i) > 0 ? v / greatest(l, i) : 0, STYLE_PLAIN);
	else if (spec->form == FORM_LIMIT)
		chart_limit(g, x, y, w, v, isnan(v) ? NAN : 1, STYLE_PLAIN);
	else if (spec->form == FORM_RATIO)
		chart_ratio(g, x, y, w, 1 + v, STYLE_BOLD);
	else if (names_a_row(l, i))
		grid_put_middle(g, x, y, w, written(spec, l->data[i], row, &buf), STYLE_PLAIN);
	else if (l->data[i]->type == CELL_TEXT)
		grid_put(g, x, y, w, written(spec, l->data[i], row, &buf), STYLE_PLAIN);
	else
		grid_put_right(g, x, y, w, written(spec, l->data[i], row, &buf), STYLE_PLAIN);
}

static void draw_titles(struct grid *g, const struct layout *l, struct area in, int gap)
{
	int x = in.x;
	for (size_t i = 0; i < l->columns && x < in.x + in.w; i++) {
		int      room = in.x + in.w - x, w = l->width[i] < room ? l->width[i] : room;
		bool     left = l->data[i]->type == CELL_TEXT || drawn_by_hand(l->spec[i]->form);
		unsigned style = STYLE_BOLD | (l->table->mark == TABLE_FOCUS && under_cursor(l, i) ? STYLE_REVERSE : 0);
		if (left)
			grid_put(g, x, in.y, w, l->title[i], style);
		else
			grid_put_right(g, x, in.y, w, l->title[i], style);
		if (l->table->view) {
			l->table->view->x[l->spec[i] - l->table->column] = x;
			l->table->view->w[l->spec[i] - l->table->column] = w;
		}
		x += l->width[i] + gap;
	}
}

static bool marked(const struct table *t, size_t row)
{
	const struct frame_column *c = t->view && t->view->marks && t->key ? frame_column(t->frame, t->key) : NULL;
	char                       number[32];
	if (!c || frame_missing(c, row) || c->type == CELL_REAL)
		return false;
	snprintf(number, sizeof number, "%lld", c->type == CELL_INT ? (long long)c->i[row] : 0);
	for (size_t i = 0; i < t->view->marks; i++)
		if (!strcmp(t->view->mark[i], c->type == CELL_TEXT ? c->t[row] : number))
			return true;
	return false;
}

/* The margin says which row is selected, and which are marked. */
static void draw_margin(struct grid *g, const struct table *t, struct area in, int y, size_t row, bool selected)
{
	if (marked(t, row))
		grid_put(g, in.x - 1, y, 1, "•", STYLE_BOLD);
	if (selected && t->mark != TABLE_QUIET)
		grid_put(g, in.x - 1, y, 1, "▌", STYLE_PLAIN);
	if (selected && t->mark == TABLE_FOCUS)
		grid_style(g, (struct area){ in.x - 1, y, in.w + 1, 1 }, STYLE_REVERSE);
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
		draw_margin(g, t, in, y, l->row[r], t->view && l->top + (int64_t)r == t->view->at);
	}
}

/* Short tables breathe: a second blank between columns where there is room. What is left over goes to the last column, if it takes it. */
static int spread(struct layout *l, struct area in)
{
	int gaps = (int)l->columns - 1, spare = in.w - needed(l), gap = gaps > 0 && spare >= gaps ? 2 : 1;
	for (size_t i = 0; i < l->columns; i++)
		if (l->spec[i]->form == FORM_LAST) {
			gap = spare >= gaps + 8 ? 2 : 1;
			l->width[i] = spare + LAST_LEAST - (gap - 1) * gaps;
		}
	return gap;
}

static void write_foot(char *buf, size_t size, const struct table *t, const struct layout *l)
{
	struct number a, b, c, d;
	int64_t       total = t->total > 0 ? t->total : t->only ? (int64_t)l->rows : (int64_t)t->frame->rows;
	if (t->view && t->view->where)
		snprintf(buf, size, "%s–%s of %s, of %s", number_count(&a, (double)(l->top + 1)), number_count(&b, (double)(l->top + (int64_t)l->rows)),
		         number_count(&c, (double)total), number_count(&d, (double)t->all));
	else if (total > (int64_t)l->rows && l->rows)
		snprintf(buf, size, "%s–%s of %s", number_count(&a, (double)(l->top + 1)), number_count(&b, (double)(l->top + (int64_t)l->rows)),
		         number_count(&c, (double)total));
}

bool table_can_stand(const struct table_column *c)
{
	return *c->title != '\0';
}

int table_draw(struct grid *g, struct area at, const char *title, const struct table *t, const char *none)
{
	struct layout l = {0};
	struct area   in = { at.x + 2, at.y + 1, at.w - 4, at.h - 2 };
	char          foot[4 * NUMBER_BYTES + 32] = "";
	if (t->view) {
		t->view->body = (struct area){ in.x, in.y + 1, in.w, in.h - 1 };
		memset(t->view->w, 0, sizeof t->view->w);
	}
	if (!t->frame || !t->frame->rows) {
		bool filtered = t->frame && t->view && t->view->where;
		grid_wrap(g, grid_box(g, at, title, NULL), filtered ? "No row meets the filter; \\ clears it." : none, STYLE_PLAIN);
		return 0;
	}
	lay_out(g, t, in, &l);
	write_foot(foot, sizeof foot, t, &l);
	grid_box(g, at, title, *foot ? foot : NULL);
	int gap = spread(&l, in);
	draw_titles(g, &l, in, gap);
	draw_rows(g, t, &l, in, gap);
	return (int)l.rows;
}
