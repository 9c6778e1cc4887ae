/* Menus and the error block. What a choice does is told by who opens one. */
#include "config.h"

#include "tui/menu_priv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/dialog_priv.h"

enum { WIDTH = 76 };

/* --- state ------------------------------------------------------------------------------------ */

static const char *key_of(const struct menu *m, size_t i, char buf[24])
{
	if (m->choice[i].key)
		return m->choice[i].key;
	snprintf(buf, 24, i < 9 ? "%zu" : "", i + 1);
	return buf;
}

static enum menu_event choose(struct menu *m, size_t i)
{
	m->at = i;
	return m->choice[i].grey ? MENU_MOVED : MENU_CHOSEN;
}

static enum menu_event move(struct menu *m, long step)
{
	long at = (long)m->at + step, last = (long)m->choices - 1;
	m->at = (size_t)(at < 0 ? 0 : at > last ? last : at);
	return MENU_MOVED;
}

enum menu_event menu_key(struct menu *m, const char *key)
{
	char number[24];
	long page = m->list.h > 1 ? m->list.h : 1;
	for (size_t i = 0; i < m->choices; i++)
		if (!strcmp(key_of(m, i, number), key))
			return choose(m, i);
	if (!strcmp(key, "Esc") || !strcmp(key, "q"))
		return MENU_CLOSED;
	if (!m->choices)
		return !strcmp(key, "Enter") ? MENU_CLOSED : MENU_IGNORED;
	if (!strcmp(key, "Enter"))
		return choose(m, m->at);
	if (!strcmp(key, "j") || !strcmp(key, "Down") || !strcmp(key, "Tab"))
		return move(m, 1);
	if (!strcmp(key, "k") || !strcmp(key, "Up") || !strcmp(key, "S-Tab"))
		return move(m, -1);
	if (!strcmp(key, "PgDn") || !strcmp(key, "PgUp"))
		return move(m, key[2] == 'D' ? page : -page);
	if (!strcmp(key, "Home") || !strcmp(key, "g"))
		return move(m, -(long)m->choices);
	if (!strcmp(key, "End") || !strcmp(key, "G"))
		return move(m, (long)m->choices);
	return MENU_IGNORED;
}

enum menu_event menu_click(struct menu *m, int x, int y)
{
	size_t i = m->first + (size_t)(y - m->list.y);
	if (y < m->list.y || y >= m->list.y + m->list.h || x < m->list.x || x >= m->list.x + m->list.w || i >= m->choices)
		return MENU_IGNORED;
	return choose(m, i);
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* The lines from the top of the grid down, in its whole width; returns the rows. */
static int draw_lines(const struct menu *m, struct grid *g)
{
	int y = 0;
	for (size_t i = 0; i < m->lines && y < g->height; i++) {
		const struct menu_line *l = &m->line[i];
		if (l->whole || !*l->text)
			grid_put(g, 0, y++, g->width, l->text, l->style);
		else
			y += grid_wrap(g, (struct area){ 0, y, g->width, 8 }, l->text, l->style);
	}
	return y < g->height ? y : g->height;
}

static void draw_choices(struct menu *m, struct grid *g, struct area in)
{
	char number[24];
	int  key = 1, label = 0;
	for (size_t i = 0; i < m->choices; i++) {
		int k = grid_width(g, key_of(m, i, number)), l = grid_width(g, m->choice[i].label);
		key = k > key ? k : key;
		label = l > label ? l : label;
	}
	m->first = m->at < m->first ? m->at : m->at >= m->first + (size_t)in.h ? m->at + 1 - (size_t)in.h : m->first;
	for (int row = 0; row < in.h && m->first + (size_t)row < m->choices; row++) {
		size_t                    i = m->first + (size_t)row;
		const struct menu_choice *c = &m->choice[i];
		const char               *note = c->grey ? c->grey : c->note;
		unsigned                  style = c->grey ? STYLE_DIM : STYLE_PLAIN;
		int                       y = in.y + row, x = in.x + key + 4;
		grid_put(g, in.x + 1, y, in.w, key_of(m, i, number), STYLE_BOLD);
		grid_put(g, x, y, in.w - key - 4, c->label, style);
		if (note)
			grid_put(g, x + label + 3, y, in.w - key - 7 - label, note, STYLE_DIM);
		if (i == m->at)
			grid_style(g, (struct area){ in.x, y, in.w, 1 }, STYLE_REVERSE);
	}
}

void menu_draw(struct menu *m, struct grid *g)
{
	struct arena *a = arena_new();
	int           w = m->width ? m->width : WIDTH, inside = w > g->width - 2 ? g->width - 4 : w - 4;
	struct grid  *page = grid_new(a, inside < 1 ? 1 : inside, 200, g->glyphs);
	int           lines = draw_lines(m, page), gap = lines && m->choices ? 1 : 0, list = (int)m->choices;
	struct area   in = dialog_box(g, w, lines + gap + list + 2, m->title, m->foot);
	if (in.h < lines + gap + list)
		gap = 0;
	int least = list < 3 ? list : 3, room = in.h - gap - (lines < in.h - gap - least ? lines : in.h - gap - least);
	m->list = (struct area){ in.x, in.y + in.h - (list < room ? list : room), in.w, list < room ? list : room };
	for (int y = 0; y < lines && in.y + y < m->list.y; y++)
		for (int x = 0; x < in.w; x++) {
			struct cell *to = grid_cell(g, in.x + x, in.y + y), *from = grid_cell(page, x, y);
			if (to && from)
				*to = *from;
		}
	draw_choices(m, g, m->list);
	arena_free(a);
}

/* --- overlay ---------------------------------------------------------------------------------- */

struct open_menu {
	struct menu   menu;
	struct arena *arena;
	void        (*chosen)(void *user, struct workbench *w, size_t i);
	void        (*drop)(void *user);
	void         *user;
};

static void overlay_draw(void *state, struct workbench *w, struct grid *g)
{
	struct open_menu *o = state;
	(void)w;
	menu_draw(&o->menu, g);
}

static void follow(struct open_menu *o, struct workbench *w, enum menu_event e)
{
	if (e != MENU_CHOSEN && e != MENU_CLOSED)
		return;
	overlay_close(w);
	if (o->chosen)
		o->chosen(o->user, w, e == MENU_CHOSEN ? o->menu.at : SIZE_MAX);
}

static void overlay_key(void *state, struct workbench *w, const char *key)
{
	follow(state, w, menu_key(&((struct open_menu *)state)->menu, key));
}

static void overlay_click(void *state, struct workbench *w, int x, int y)
{
	follow(state, w, menu_click(&((struct open_menu *)state)->menu, x, y));
}

static bool overlay_cursor(void *state, int *x, int *y)
{
	const struct menu *m = &((struct open_menu *)state)->menu;
	*x = m->list.x;
	*y = m->list.y + (int)(m->at - m->first);
	return m->list.h > 0;
}

static const char *const *overlay_hints(void *state)
{
	static const char *const some[] = { "Enter choose", "1-9 choose", "Esc close", NULL };
	static const char *const named[] = { "Enter choose", "Esc close", NULL };
	static const char *const none[] = { "Esc close", NULL };
	const struct menu       *m = &((struct open_menu *)state)->menu;
	return !m->choices ? none : m->choice[0].key ? named : some;
}

static void overlay_free(void *state)
{
	struct open_menu *o = state;
	if (o->drop)
		o->drop(o->user);
	arena_free(o->arena);
	free(o);
}

static const struct overlay_kind menu_kind = {
	.id = "menu", .draw = overlay_draw, .key = overlay_key, .click = overlay_click, .cursor = overlay_cursor, .hints = overlay_hints,
	.free = overlay_free,
};

void menu_open(struct workbench *w, struct arena *a, const struct menu *m, void (*chosen)(void *user, struct workbench *w, size_t i),
               void (*drop)(void *user), void *user)
{
	struct open_menu *o = mem_new(1, sizeof *o);
	*o = (struct open_menu){ .menu = *m, .arena = a, .chosen = chosen, .drop = drop, .user = user };
	overlay_open(w, &menu_kind, o);
}

/* --- errors ----------------------------------------------------------------------------------- */

/* "  88204 │ text", and a caret under its column. */
static size_t add_source(struct arena *a, const struct err *e, struct menu_line *out)
{
	char   mark[32];
	int    gutter = snprintf(mark, sizeof mark, "  %zu │ ", e->line) - 2; /* columns: the bar has three bytes */
	size_t skip = e->column > 60 ? e->column - 40 : 0;
	if (!*e->source)
		return 0;
	skip = skip < strlen(e->source) ? skip : 0;
	while (skip && ((unsigned char)e->source[skip] & 0xC0) == 0x80)
		skip++;
	out[0] = (struct menu_line){ arena_printf(a, "%s%s%s", mark, skip ? "…" : "", e->source + skip), STYLE_PLAIN, true };
	if (!e->column)
		return 1;
	int caret = gutter + (int)(e->column - 1 - skip) + (skip ? 1 : 0);
	out[1] = (struct menu_line){ arena_printf(a, "%*s^", caret, ""), STYLE_BAD, true };
	return 2;
}

void menu_error(struct workbench *w, struct arena *a, const struct err *e, const char *batch, const struct menu_choice *way, size_t ways,
                void (*chosen)(void *user, struct workbench *w, size_t i), void (*drop)(void *user), void *user)
{
	static const struct menu_choice close[] = { { "Enter", "close", NULL, NULL } };
	struct menu_line *l = arena_alloc(a, 12, sizeof *l);
	size_t            n = 0;
	l[n++] = (struct menu_line){ arena_text(a, e->why), STYLE_PLAIN, false };
	if (*e->file && (e->line || !strstr(e->why, e->file)))
		l[n++] = (struct menu_line){ e->line ? arena_printf(a, "%s, line %zu", e->file, e->line) : arena_text(a, e->file), STYLE_DIM, true };
	if (*e->source) {
		l[n++] = (struct menu_line){ "", 0, true };
		n += add_source(a, e, l + n);
	}
	if (*e->todo) {
		l[n++] = (struct menu_line){ "", 0, true };
		l[n++] = (struct menu_line){ arena_printf(a, "What to do: %s", e->todo), STYLE_PLAIN, false };
	}
	if (batch) {
		l[n++] = (struct menu_line){ "", 0, true };
		l[n++] = (struct menu_line){ arena_text(a, batch), STYLE_DIM, true };
	}
	struct menu m = {
		.title = *e->stopped ? arena_printf(a, "%s stopped", e->stopped) : rc_name(e->rc), .foot = *e->id ? arena_printf(a, "code %s", e->id) : NULL,
		.line = l, .lines = n, .choice = ways ? way : close, .choices = ways ? ways : 1,
	};
	menu_open(w, a, &m, chosen, drop, user);
}
