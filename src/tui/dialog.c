/* Forms: where the focus is, what a key does to it, and how it is drawn into any room, scrolled where it is higher. What a form is for,
 * and what its buttons do, its owner knows. */
#include "config.h"

#include "tui/dialog_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { WIDTH = 76, ROWS_MOST = 400, LABEL_MOST = 24 };

/* --- focus ------------------------------------------------------------------------------------ */

static bool can_focus(const struct dialog *d, size_t i)
{
	return i >= d->items || d->item[i].kind >= DIALOG_FIELD;
}

static void move_focus(struct dialog *d, bool forward)
{
	size_t n = d->items + d->buttons;
	d->scrolled = false;
	for (size_t k = 0; k < n; k++) {
		d->at = forward ? (d->at + 1) % n : (d->at + n - 1) % n;
		if (can_focus(d, d->at))
			return;
	}
}

void dialog_focus(struct dialog *d, size_t item)
{
	d->at = item;
	d->scrolled = false;
}

void dialog_begin(struct dialog *d)
{
	size_t first = d->items;
	for (size_t i = d->items; i-- > 0;)
		if (can_focus(d, i))
			first = i;
	dialog_focus(d, first);
	for (size_t i = d->items; i-- > 0;)
		if (d->item[i].kind == DIALOG_FIELD && !*field_text(&d->item[i].field))
			dialog_focus(d, i);
}

/* The next item; after the last one, or from a button, the first. */
static void next_item(struct dialog *d)
{
	do
		move_focus(d, true);
	while (d->at >= d->items && d->items);
}

static bool has_items(const struct dialog *d)
{
	for (size_t i = 0; i < d->items; i++)
		if (can_focus(d, i))
			return true;
	return false;
}

static struct dialog_item *focused(const struct dialog *d)
{
	return d->at < d->items ? &d->item[d->at] : NULL;
}

/* --- keys ------------------------------------------------------------------------------------- */

static enum dialog_event press(struct dialog *d, size_t button)
{
	d->pressed = button;
	return d->button[button].grey ? DIALOG_MOVED : DIALOG_PRESSED;
}

static size_t choices(const struct dialog_item *i)
{
	size_t n = 0;
	while (i->choice[n])
		n++;
	return n;
}

static enum dialog_event changed(struct dialog_item *i)
{
	i->error = NULL;
	return DIALOG_CHANGED;
}

static enum dialog_event choice_key(struct dialog_item *i, const char *key)
{
	size_t n = choices(i), was = i->chosen;
	if (!strcmp(key, "Right") || !strcmp(key, "Space"))
		i->chosen = was < n ? (was + 1) % n : 0;
	else if (!strcmp(key, "Left"))
		i->chosen = was < n ? (was + n - 1) % n : n - 1;
	else if (*key >= '1' && *key <= '9' && !key[1] && (size_t)(*key - '1') < n)
		i->chosen = (size_t)(*key - '1');
	else
		return DIALOG_IGNORED;
	return i->chosen == was ? DIALOG_MOVED : changed(i);
}

static enum dialog_event item_key(struct dialog_item *i, const char *key)
{
	if (i->kind == DIALOG_CHOICE)
		return choice_key(i, key);
	if (i->kind == DIALOG_TICK && !strcmp(key, "Space")) {
		i->ticked = !i->ticked;
		return changed(i);
	}
	if (i->kind != DIALOG_FIELD)
		return DIALOG_IGNORED;
	char   before[64];
	size_t n = i->field.text.n;
	snprintf(before, sizeof before, "%s", field_text(&i->field));
	if (!field_key(&i->field, key))
		return DIALOG_IGNORED;
	return n == i->field.text.n && !strncmp(before, field_text(&i->field), sizeof before - 1) ? DIALOG_MOVED : changed(i);
}

static enum dialog_event scroll(struct dialog *d, int rows)
{
	d->scroll += rows; /* kept within bounds where it is drawn */
	d->scrolled = true;
	return DIALOG_MOVED;
}

enum dialog_event dialog_key(struct dialog *d, const char *key)
{
	struct dialog_item *i = focused(d);
	bool                typing = i && i->kind == DIALOG_FIELD && field_printable(key);
	for (size_t b = 0; b < d->buttons && !typing; b++)
		if (!strcmp(d->button[b].key, key))
			return press(d, b);
	if (!strcmp(key, "PgDn") || !strcmp(key, "PgUp"))
		return scroll(d, key[2] == 'D' ? d->shown : -d->shown);
	enum dialog_event e = i ? item_key(i, key) : DIALOG_IGNORED;
	if (e) {
		d->scrolled = false;
		return e;
	}
	if (d->careful && !strcmp(key, "Enter") && has_items(d)) {
		next_item(d);
		return DIALOG_MOVED;
	}
	if (!i && (!strcmp(key, "Enter") || !strcmp(key, "Space")) && d->buttons)
		return press(d, d->at - d->items);
	if (!i && (!strcmp(key, "Up") || !strcmp(key, "Down"))) /* buttons are one row */
		d->at = *key == 'U' ? d->items : d->items + d->buttons - 1;
	if (!strcmp(key, "Tab") || !strcmp(key, "Enter") || !strcmp(key, "Down") || (!i && !strcmp(key, "Right")))
		move_focus(d, true);
	else if (!strcmp(key, "S-Tab") || !strcmp(key, "Up") || (!i && !strcmp(key, "Left")))
		move_focus(d, false);
	else
		return DIALOG_IGNORED;
	return DIALOG_MOVED;
}

enum dialog_event dialog_paste(struct dialog *d, const char *text)
{
	struct dialog_item *i = focused(d);
	if (!i || i->kind != DIALOG_FIELD)
		return DIALOG_IGNORED;
	field_paste(&i->field, text);
	return changed(i);
}

enum dialog_event dialog_click(struct dialog *d, int x, int y)
{
	for (size_t b = 0; b < d->buttons; b++)
		if (y == d->in.y + d->in.h - 1 && x >= d->button[b].x && x < d->button[b].x + d->button[b].w)
			return press(d, b);
	int row = y - d->in.y + d->scroll;
	for (size_t i = 0; i < d->items && y - d->in.y < d->shown; i++) {
		if (row < d->item[i].row || row >= d->item[i].row + d->item[i].rows || !can_focus(d, i))
			continue;
		bool again = d->at == i;
		dialog_focus(d, i);
		return d->item[i].kind == DIALOG_FIELD || (d->item[i].kind == DIALOG_CHOICE && !again) ? DIALOG_MOVED : item_key(&d->item[i], "Space");
	}
	return DIALOG_IGNORED;
}

/* --- drawing ---------------------------------------------------------------------------------- */

struct area dialog_box(struct grid *g, int w, int h, const char *title, const char *foot)
{
	int         top = g->height >= 12 ? 2 : 0, room = g->height - (g->height >= 12 ? 4 : 1);
	struct area at;
	if (h > room && g->height >= 12) { /* the tabs and the path may be covered, the status and the keys may not */
		top = 1;
		room = g->height - 3;
	}
	at.w = w > g->width - 2 ? g->width : w;
	at.h = h > room ? room : h;
	at.x = (g->width - at.w) / 2;
	at.y = top + (room - at.h) / 2;
	grid_clear(g, (struct area){ at.x - (at.x > 0), at.y, at.w + (at.x > 0) + (at.x + at.w < g->width), at.h });
	return grid_box(g, at, title, foot);
}

/* Everything that is drawn of one item at a time: a grid as high as the whole form. */
struct page { struct dialog *d; struct grid *g; int label, y; };

static int value_column(const struct page *p)
{
	return p->label ? p->label + 2 : 0;
}

static void draw_field(struct page *p, struct dialog_item *i, bool here)
{
	int x = value_column(p), note = grid_width(p->g, i->text), w = p->g->width - x;
	if (note && note + 12 <= w)
		w -= note + 2;
	else
		note = 0;
	w = i->width && i->width < w ? i->width : w;
	int at = field_draw(&i->field, p->g, x, p->y, w, here);
	if (here) {
		p->d->cursor_x = at;
		p->d->cursor_y = p->y;
		p->d->cursor = true;
	}
	if (note)
		grid_put_right(p->g, x + w + 1, p->y, p->g->width - x - w - 1, i->text, i->style);
	p->y++;
	if (!note && i->text)
		p->y += grid_wrap(p->g, (struct area){ x, p->y, p->g->width - x, 3 }, i->text, i->style | STYLE_DIM);
}

/* Side by side where they fit, else one a row. */
static void draw_choice(struct page *p, struct dialog_item *i, bool here)
{
	int left = i->label ? value_column(p) : 2, x = left, room = p->g->width - x, need = 0;
	for (size_t k = 0; i->choice[k]; k++)
		need += 4 + grid_width(p->g, i->choice[k]) + (k ? 3 : 0);
	for (size_t k = 0; i->choice[k]; k++) {
		bool     on = k == i->chosen, first = !k && i->chosen >= choices(i);
		unsigned style = on && here ? STYLE_REVERSE : STYLE_PLAIN;
		int      from = x;
		x += grid_put(p->g, x, p->y, p->g->width - x, on ? "(•) " : "( ) ", style);
		x += grid_put(p->g, x, p->y, p->g->width - x, i->choice[k], style);
		if ((on || first) && here) {
			p->d->cursor_x = from + 1;
			p->d->cursor_y = p->y;
			p->d->cursor = true;
		}
		x += 3;
		if (need > room && i->choice[k + 1]) {
			x = left;
			p->y++;
		}
	}
	p->y++;
	if (i->text)
		p->y += grid_wrap(p->g, (struct area){ left, p->y, room, 3 }, i->text, i->style | STYLE_DIM);
}

static void draw_tick(struct page *p, struct dialog_item *i, bool here)
{
	grid_put(p->g, 0, p->y, 4, i->ticked ? "[x] " : "[ ] ", here ? STYLE_REVERSE : STYLE_PLAIN);
	if (here) {
		p->d->cursor_x = 1;
		p->d->cursor_y = p->y;
		p->d->cursor = true;
	}
	p->y += grid_wrap(p->g, (struct area){ 4, p->y, p->g->width - 4, 4 }, i->label, STYLE_PLAIN);
}

static void draw_item(struct page *p, size_t at)
{
	struct dialog_item *i = &p->d->item[at];
	bool                here = p->d->at == at;
	i->row = p->y;
	if (i->label && (i->kind == DIALOG_FIELD || i->kind == DIALOG_CHOICE))
		grid_put(p->g, 0, p->y, p->label, i->label, here ? STYLE_BOLD : STYLE_PLAIN);
	if (i->kind == DIALOG_FIELD)
		draw_field(p, i, here);
	else if (i->kind == DIALOG_CHOICE)
		draw_choice(p, i, here);
	else if (i->kind == DIALOG_TICK)
		draw_tick(p, i, here);
	else if (i->kind == DIALOG_NONE)
		;
	else if (i->kind == DIALOG_LINE)
		grid_put(p->g, 0, p->y++, p->g->width, i->text, i->style);
	else if (!i->text || !*i->text)
		p->y++;
	else
		p->y += grid_wrap(p->g, (struct area){ 0, p->y, p->g->width, 12 }, i->text, i->style);
	if (i->error) {
		grid_put(p->g, 0, p->y, 2, "!", STYLE_BAD);
		p->y += grid_wrap(p->g, (struct area){ 2, p->y, p->g->width - 2, 3 }, i->error, STYLE_BAD);
	}
	i->rows = p->y - i->row;
}

static int label_width(const struct dialog *d, const struct grid *g, int room)
{
	int w = 0, most = room * 2 / 5 < LABEL_MOST ? room * 2 / 5 : LABEL_MOST;
	for (size_t i = 0; i < d->items; i++)
		if (d->item[i].label && (d->item[i].kind == DIALOG_FIELD || d->item[i].kind == DIALOG_CHOICE)) {
			int need = grid_width(g, d->item[i].label);
			w = need > w ? need : w;
		}
	return w > most ? most : w;
}

/* All items on a grid of their own; returns the rows. */
static int draw_page(struct dialog *d, struct arena *a, const struct grid *g, int w, struct grid **out)
{
	struct page p = { .d = d, .g = grid_new(a, w, ROWS_MOST, g->glyphs), .label = label_width(d, g, w) };
	d->cursor = false;
	for (size_t i = 0; i < d->items; i++)
		draw_item(&p, i);
	*out = p.g;
	return p.y < ROWS_MOST ? p.y : ROWS_MOST;
}

static int button_text(char buf[64], const struct dialog_button *b, bool small)
{
	return snprintf(buf, 64, small ? "[%s]" : "[ %s %s ]", b->key, b->label);
}

static void draw_buttons(struct dialog *d, struct grid *g, struct area row)
{
	char text[64];
	int  need = 0;
	for (size_t b = 0; b < d->buttons; b++) {
		button_text(text, &d->button[b], false);
		need += grid_width(g, text) + (b ? 2 : 0);
	}
	bool small = need > row.w;
	for (size_t b = d->buttons; b-- > 0;) {
		struct dialog_button *t = &d->button[b];
		button_text(text, t, small && b + 1 < d->buttons);
		t->w = grid_width(g, text);
		t->x = row.x + row.w - t->w;
		if (t->x < row.x)
			return;
		grid_put(g, t->x, row.y, t->w, text, (d->at == d->items + b ? STYLE_REVERSE : 0) | (t->grey ? STYLE_DIM : 0));
		row.w -= t->w + (small ? 1 : 2);
	}
}

static void keep_in_sight(struct dialog *d, int rows)
{
	if (!d->scrolled && d->at < d->items) {
		const struct dialog_item *i = &d->item[d->at];
		if (i->row + i->rows > d->scroll + d->shown)
			d->scroll = i->row + i->rows - d->shown;
		if (i->row < d->scroll)
			d->scroll = i->row;
	}
	if (d->scroll > rows - d->shown)
		d->scroll = rows - d->shown;
	if (d->scroll < 0)
		d->scroll = 0;
}

static void copy_rows(const struct dialog *d, const struct grid *page, struct grid *g)
{
	for (int y = 0; y < d->shown; y++)
		for (int x = 0; x < d->in.w; x++) {
			struct cell *from = grid_cell(page, x, y + d->scroll), *to = grid_cell(g, d->in.x + x, d->in.y + y);
			if (from && to)
				*to = *from;
		}
}

void dialog_draw(struct dialog *d, struct grid *g)
{
	struct arena *a = arena_new();
	struct grid  *page;
	int           w = d->width ? d->width : WIDTH, foot = d->buttons ? 2 : 0;
	int           inside = w > g->width - 2 ? g->width - 4 : w - 4;
	int           rows = draw_page(d, a, g, inside < 1 ? 1 : inside, &page);
	struct area   in = dialog_box(g, w, rows + foot + 2, d->title, d->foot);
	if (in.h < rows + foot && foot > 1)
		foot = 1; /* the empty row above the buttons goes first */
	d->in = in;
	d->shown = in.h - foot > rows ? rows : in.h - foot > 0 ? in.h - foot : 0;
	keep_in_sight(d, rows);
	copy_rows(d, page, g);
	if (d->scroll > 0)
		grid_put(g, in.x + in.w, in.y, 1, "↑", STYLE_BOLD);
	if (d->scroll + d->shown < rows)
		grid_put(g, in.x + in.w, in.y + d->shown - 1, 1, "↓", STYLE_BOLD);
	if (d->buttons && in.h > 0)
		draw_buttons(d, g, (struct area){ in.x, in.y + in.h - 1, in.w, 1 });
	arena_free(a);
}

bool dialog_cursor(const struct dialog *d, int *x, int *y)
{
	int row = d->cursor_y - d->scroll;
	if (!d->cursor || row < 0 || row >= d->shown)
		return false;
	*x = d->in.x + d->cursor_x;
	*y = d->in.y + row;
	return true;
}

void dialog_clear(struct dialog *d)
{
	for (size_t i = 0; i < d->items; i++)
		field_clear(&d->item[i].field);
}
