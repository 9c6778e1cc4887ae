/* A line to type over the status row: what is typed, and under it what comes of it. Everything printable is text. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/engine_priv.h"
#include "tui/field_priv.h"

struct prompt {
	struct workbench         *w;
	const struct prompt_kind *kind;
	struct field              field;
	char                     *note;
	bool                      bad;
	size_t                    column;
	int                       cursor_x, cursor_y;
};

static void draw(void *state, struct workbench *w, struct grid *g)
{
	struct prompt *p = state;
	int            y = g->height > 2 ? g->height - 3 : 0, x = 1;
	(void)w;
	grid_clear(g, (struct area){ 0, y, g->width, 2 });
	x += grid_put(g, x, y, g->width - x, p->kind->label, STYLE_BOLD) + 1;
	p->cursor_x = field_draw(&p->field, g, x, y, g->width - 1 - x, true);
	p->cursor_y = y;
	if (!p->note || y + 1 >= g->height)
		return;
	unsigned style = p->bad ? STYLE_BAD : STYLE_DIM;
	if (!p->column) {
		grid_put(g, x, y + 1, g->width - 1 - x, p->note, style);
		return;
	}
	/* The note stands behind the caret, or before it where there is more room. */
	int caret = x + (int)p->column - 1 - p->field.shown;
	caret = caret < x ? x : caret > g->width - 2 ? g->width - 2 : caret;
	int right = g->width - 1 - (caret + 2), left = caret - 2, w_note = grid_width(g, p->note);
	grid_put(g, caret, y + 1, 1, "^", style | STYLE_BOLD);
	if (w_note <= right || right >= left)
		grid_put(g, caret + 2, y + 1, right, p->note, style);
	else
		grid_put(g, w_note < left ? caret - 1 - w_note : 1, y + 1, left, p->note, style);
}

static void changed(struct prompt *p, struct workbench *w)
{
	if (p->kind->changed)
		p->kind->changed(w, field_text(&p->field));
}

static void key(void *state, struct workbench *w, const char *k)
{
	struct prompt *p = state;
	if (!strcmp(k, "Esc") || !strcmp(k, "^C")) {
		overlay_close(w);
		w->prompt = NULL;
		if (p->kind->left)
			p->kind->left(w);
	} else if (!strcmp(k, "Enter")) {
		char *text = mem_copy_text(field_text(&p->field));
		if (p->kind->entered(w, text)) {
			if (*text)
				history_add(&w->typed[p->kind->history], text);
			w->prompt = NULL;
			overlay_close(w);
		}
		free(text);
	} else if (field_key(&p->field, k)) {
		changed(p, w);
	}
}

static void paste(void *state, struct workbench *w, const char *text)
{
	struct prompt *p = state;
	field_paste(&p->field, text);
	changed(p, w);
}

static bool cursor(void *state, int *x, int *y)
{
	const struct prompt *p = state;
	*x = p->cursor_x;
	*y = p->cursor_y;
	return true;
}

static const char *const *hints(void *state)
{
	return ((struct prompt *)state)->kind->hints;
}

static void free_prompt(void *state)
{
	struct prompt *p = state;
	if (p->w->prompt == p)
		p->w->prompt = NULL;
	field_clear(&p->field);
	free(p->note);
	free(p);
}

void prompt_open(struct workbench *w, const struct prompt_kind *kind, const char *text)
{
	static const struct overlay_kind overlay = { .id = "prompt", .draw = draw, .key = key, .paste = paste, .cursor = cursor, .hints = hints,
		                                     .free = free_prompt };
	struct prompt *p = mem_new(1, sizeof *p);
	p->w = w;
	p->kind = kind;
	p->field.history = &w->typed[kind->history];
	field_set(&p->field, text);
	w->prompt = p;
	overlay_open(w, &overlay, p);
	changed(p, w);
}

bool prompt_is(const struct workbench *w, const struct prompt_kind *kind)
{
	return w->prompt && w->prompt->kind == kind;
}

void prompt_note(struct workbench *w, const struct prompt_kind *kind, bool bad, size_t column, const char *text)
{
	struct prompt *p = w->prompt;
	if (!p || (kind && p->kind != kind))
		return;
	free(p->note);
	p->note = mem_copy_text(text);
	p->bad = bad;
	p->column = column;
}
