/* The list of panes, and the four rows that are the same on all of them. */
#include "config.h"

#include "tui/pane.h"

#include <stdio.h>
#include <string.h>

#include "tui/draw_priv.h"

#define TALL      200 /* lines that a picture may have */
#define TALL_FROM 18  /* lower boxes get its short form */

#define PANE(name) extern const struct pane pane_##name;
#include "tui/panes.def"
#undef PANE

const struct pane *const panes[] = {
#define PANE(name) &pane_##name,
#include "tui/panes.def"
#undef PANE
};
const size_t panes_count = sizeof panes / sizeof panes[0];

const struct pane *pane_find(const char *name)
{
	for (size_t i = 0; i < panes_count; i++)
		if (!strcmp(panes[i]->id, name) || !strcmp(panes[i]->key, name))
			return panes[i];
	return NULL;
}

/* Digits alone where names have no room, but for the pane that is open. */
static void draw_tabs(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g)
{
	char tab[32];
	int  room = g->width - (int)panes_count * 7 - 6;
	bool names = room >= 8;
	int  x = 1 + grid_put(g, 1, 0, 3, "clv", STYLE_BOLD) + 1;
	if (strcmp(s->store_name, "clv") != 0) /* the usual name says nothing more */
		x += grid_put(g, x, 0, names ? room : g->width / 3, s->store_name, STYLE_PLAIN) + 1;
	for (size_t i = 0; i < panes_count; i++) {
		bool here = panes[i] == p;
		snprintf(tab, sizeof tab, "%s%s%s%s", here ? "[" : " ", panes[i]->key, names || here ? panes[i]->tab : "", here ? "]" : " ");
		if (ui->tab)
			ui->tab[i] = x;
		x += grid_put(g, x, 0, g->width - x, tab, here ? STYLE_REVERSE : STYLE_PLAIN);
	}
}

/* Are the rows in the order that was asked for, or do they still wait for it? */
static bool sorted(const struct rows *r, const struct list_view *v)
{
	return r->sort && !strcmp(r->sort, v->sort);
}

/* A filter is shown at all times, and so is a sort that was chosen. */
static void draw_where(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g)
{
	struct str              left = {0}, right = {0};
	const struct list_view *v = ui->view ? &ui->view[ui->focus] : NULL;
	int                     x = 1 + grid_put(g, 1, 1, g->width - 2, p->title, STYLE_BOLD) + 3;
	if (v && v->where)
		str_addf(&left, "filter: %s", v->where);
	if (v && *v->sort)
		str_addf(&right, "%s: %s%s", sorted(&s->rows[ui->focus], v) ? "sort" : "sorting", v->sort + (*v->sort == '-'), *v->sort == '-' ? "↓" : "↑");
	if (!left.n && !right.n && snapshot_total(s, p->main))
		p->where(s, &left, &right);
	int w = right.n ? grid_width(g, right.s) : 0, room = g->width - 1 - x;
	if (left.n)
		grid_put(g, x, 1, room, left.s, STYLE_PLAIN);
	if (w && (left.n ? grid_width(g, left.s) : 0) + 2 + w <= room)
		grid_put_right(g, x, 1, room, right.s, STYLE_PLAIN);
	str_clear(&left);
	str_clear(&right);
}

/* Columns of the keys at the beginning: the first word, and signs that follow it ("h l column"). */
static int keys_of(const char *hint)
{
	int n = (int)strcspn(hint, " ");
	while (hint[n] && strcspn(hint + n + 1, " ") <= 2 && strchr(hint + n + 1, ' '))
		n += 1 + (int)strcspn(hint + n + 1, " ");
	return n;
}

/* Whole hints, as many as fit; where not all do, those in the middle go: help and the way back are always seen. */
static void draw_hints(const struct ui *ui, struct grid *g)
{
	static const char *const common[] = { ": commands", "? keys", "q quit", NULL };
	const char *const       *list = ui->hints ? ui->hints : common;
	size_t                   n = 0, keep = 2;
	int                      x = 1, all = 0, tail = 0;
	while (list[n])
		all += grid_width(g, list[n++]) + 2;
	for (size_t i = n > keep ? n - keep : 0; i < n; i++)
		tail += grid_width(g, list[i]) + 2;
	bool cut = all > g->width && tail < g->width / 2;
	for (size_t i = 0; i < n; i++) {
		int w = grid_width(g, list[i]), room = g->width - 1 - (cut && i + keep < n ? tail : 0);
		if (x + w > room)
			continue;
		grid_put(g, x, g->height - 1, w, list[i], STYLE_PLAIN);
		grid_style(g, (struct area){ x, g->height - 1, keys_of(list[i]), 1 }, STYLE_BOLD);
		x += w + 2;
	}
}

static void said(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct str *line)
{
	if (ui->said)
		str_add(line, ui->said);
	else if (ui->failed)
		str_add(line, "the store cannot be read");
	else if (ui->reading)
		str_add(line, "reading");
	else if (s->empty && ui->job)
		str_add(line, "the first data are on their way");
	else if (!snapshot_total(s, p->main))
		str_add(line, s->empty ? "no data yet" : "nothing to show yet: it comes with a run");
	else
		p->say(s, line);
}

/* At the right: the job at work, or what waits to be read. Returns the columns used. */
static int draw_notice(const struct ui *ui, struct grid *g, int y)
{
	struct str t = {0};
	if (ui->job)
		ui_progress(ui->job, &t);
	else if (ui->notice)
		str_add(&t, ui->notice);
	int w = t.n ? grid_width(g, t.s) : 0;
	if (w)
		grid_put_right(g, 1, y, g->width - 2, t.s, STYLE_BOLD);
	str_clear(&t);
	return w ? w + 2 : 0;
}

static unsigned style_of(const struct ui *ui)
{
	return !ui->said ? STYLE_PLAIN : ui->mood == MOOD_BAD ? STYLE_BAD : ui->mood == MOOD_GOOD ? STYLE_GOOD : STYLE_PLAIN;
}

/* Too small for a pane: where one is, and the one sentence. */
static void draw_card(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g)
{
	char       text[64];
	struct str line = {0};
	int        last = g->height - 1, x = 1, top = 1;
	said(p, s, ui, &line);
	x += grid_put(g, x, 0, g->width - x, "clv", STYLE_BOLD) + 1;
	snprintf(text, sizeof text, "%s%s", p->key, p->tab);
	grid_put_right(g, g->width - 1 - grid_width(g, text), 0, grid_width(g, text), text, STYLE_REVERSE);
	grid_put(g, x, 0, g->width - x - grid_width(g, text) - 2, s->store_name, STYLE_PLAIN);
	if (last > 2)
		top += draw_notice(ui, g, 1) > 0;
	grid_wrap(g, (struct area){ 1, top, g->width - 2, last - top }, line.s, style_of(ui));
	snprintf(text, sizeof text, "q quit  need %dx%d", PANE_WIDTH, PANE_HEIGHT);
	if (last > 0)
		grid_put(g, 1, last, g->width - 1, text, STYLE_DIM);
	str_clear(&line);
}

/* --- parts -------------------------------------------------------------------------------------------------------------------- */

void pane_rows(const struct pane *p, struct rows_ask *rows)
{
	for (size_t i = 0; i < p->parts; i++) {
		const struct pane_part *t = &p->part[i];
		rows[i] = (struct rows_ask){ .report = t->query ? NULL : t->report, .where = t->where, .own = t->where, .sort = t->sort, .limit = PANE_ROWS, .key = t->key };
		memcpy(rows[i].param, t->param, sizeof rows[i].param);
	}
}

const struct table_column *pane_columns(const struct pane_part *t, const struct rows *r)
{
	static const struct table_column none[] = { { NULL, NULL, FORM_TEXT, 0 } };
	return t->column ? t->column : r && r->column ? r->column : none;
}

/* Does anything follow the row that is selected in this table? */
static bool followed(const struct pane *p, const struct pane_part *t)
{
	bool any = false;
	for (const struct source *q = p->source; q->report; q++)
		for (size_t k = 0; k < 2; k++)
			any = any || (q->param[k].name && q->param[k].row >= ROW_BELOW && !strcmp(q->param[k].report, t->report));
	return any;
}

/* Rows inside of the box down to the last one with anything in it. */
static int lines_of(const struct grid *g)
{
	int lines = 0;
	for (int y = 1; y < g->height - 1; y++)
		for (int x = 2; x < g->width - 2; x++)
			if (grid_cell(g, x, y)->text[0] && strcmp(grid_cell(g, x, y)->text, " ") != 0)
				lines = y;
	return lines;
}

static void copy_row(struct grid *to, struct area at, int y, const struct grid *from, int row)
{
	for (int x = 0; x < at.w; x++)
		if (grid_cell(to, at.x + x, y))
			*grid_cell(to, at.x + x, y) = *grid_cell(from, x, row);
}

/* A picture as high as it needs, of which the box shows a part. */
static void draw_tall(const struct pane_part *t, const struct snapshot *s, const struct ui *ui, struct list_view *v, struct grid *g, struct area at)
{
	struct arena *a = arena_new();
	struct grid  *all = grid_new(a, at.w, TALL, g->glyphs);
	t->draw(s, ui, all, (struct area){ 0, 0, at.w, TALL });
	int lines = lines_of(all), shown = at.h - 2, last = lines > shown ? lines - shown : 0, top = v && v->top < last ? (int)v->top : v ? last : 0;
	copy_row(g, at, at.y, all, 0);
	for (int y = 0; y < shown; y++)
		copy_row(g, at, at.y + 1 + y, all, 1 + top + y);
	copy_row(g, at, at.y + at.h - 1, all, TALL - 1);
	const char *foot = top < last ? " ↓ more " : " ↑ more ";
	if (last && at.w > 12)
		grid_put_right(g, at.x + 2, at.y + at.h - 1, at.w - 4, foot, STYLE_DIM);
	if (v) {
		v->top = top;
		v->lines = last ? lines : 0;
		v->shown = shown;
	}
	arena_free(a);
}

/* alone: the part has the whole pane. */
static void draw_part(const struct pane *p, size_t i, const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at, bool alone)
{
	const struct pane_part *t = &p->part[i];
	const struct rows      *r = &s->rows[i];
	if (ui->place)
		ui->place[i] = at;
	if (t->tall && (alone || at.h >= TALL_FROM) && at.h > 2 && at.w > 0) {
		draw_tall(t, s, ui, ui->view ? &ui->view[i] : NULL, g, at);
	} else if (!t->report) {
		t->draw(s, ui, g, at);
	} else {
		struct list_view start = { .at = r->selected, .column = -1 };
		struct table     table = { .frame = r->frame, .column = pane_columns(t, r), .total = r->total, .first = r->first, .all = r->all,
		                           .sort = r->sort, .key = t->key, .view = ui->view ? &ui->view[i] : &start };
		table.mark = i == ui->focus ? TABLE_FOCUS : followed(p, t) ? TABLE_FOLLOWED : TABLE_QUIET;
		if (r->error)
			draw_error(g, at, t->title, r->error);
		else
			table_draw(g, at, t->title, &table, t->none ? t->none : "");
	}
	if (ui->view && i == ui->focus && p->parts > 1 && at.w > 4)
		grid_style(g, (struct area){ at.x, at.y, at.w, 1 }, STYLE_BOLD);
}

static void draw_body(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct area place[SNAPSHOT_TABLES] = {0};
	if (ui->place)
		memset(ui->place, 0, p->parts * sizeof *ui->place);
	for (size_t i = 0; ui->view && i < p->parts; i++)
		ui->view[i].body.h = ui->view[i].lines = 0;
	if (ui->failed) {
		draw_error(g, at, p->title, ui->failed);
	} else if (ui->reading) {
		grid_wrap(g, grid_box(g, at, p->title, NULL), "reading", STYLE_DIM);
	} else if (p->welcome && s->empty) {
		p->welcome(s, ui, g, at);
	} else if (!snapshot_total(s, p->main)) {
		draw_empty(g, at, p->title, p->empty);
	} else if (ui->zoomed || !draw_roomy(at)) {
		draw_part(p, ui->focus, s, ui, g, at, true);
	} else {
		p->lay(s, at, place);
		for (size_t i = 0; i < p->parts; i++)
			if (place[i].w > 0 && place[i].h > 0)
				draw_part(p, i, s, ui, g, place[i], false);
	}
}

/* --- the screen --------------------------------------------------------------------------------------------------------------- */

void pane_draw(const struct pane *p, const struct snapshot *s, const struct ui *ui, struct grid *g)
{
	struct str line = {0};
	if (g->width < PANE_WIDTH || g->height < PANE_HEIGHT) {
		draw_card(p, s, ui, g);
		return;
	}
	draw_tabs(p, s, ui, g);
	draw_where(p, s, ui, g);
	draw_body(p, s, ui, g, (struct area){ 0, 2, g->width, g->height - 4 });
	said(p, s, ui, &line);
	int right = draw_notice(ui, g, g->height - 2);
	grid_put(g, 1, g->height - 2, g->width - 2 - right, line.s, style_of(ui));
	draw_hints(ui, g);
	str_clear(&line);
}
