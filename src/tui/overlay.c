/* What lies over a pane and owns the keyboard, topmost first. */
#include "config.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tui/engine_priv.h"

void overlay_open(struct workbench *w, const struct overlay_kind *kind, void *state)
{
	struct layer *l = mem_new(1, sizeof *l);
	*l = (struct layer){ .kind = kind, .state = state, .below = w->top };
	w->top = l;
}

void overlay_close(struct workbench *w)
{
	struct layer *l = w->top;
	if (!l)
		return;
	w->top = l->below;
	l->below = w->closed;
	w->closed = l;
}

void *overlay_find(struct workbench *w, const struct overlay_kind *kind)
{
	struct layer *l = w->top;
	while (l && l->kind != kind)
		l = l->below;
	return l ? l->state : NULL;
}

void layers_reap(struct workbench *w)
{
	while (w->closed) {
		struct layer *l = w->closed;
		w->closed = l->below;
		if (l->kind->free)
			l->kind->free(l->state);
		free(l);
	}
}

void layers_free(struct workbench *w)
{
	while (w->top)
		overlay_close(w);
	layers_reap(w);
}

bool layer_key(struct workbench *w, const char *key)
{
	if (!w->top)
		return false;
	w->top->kind->key(w->top->state, w, key);
	return true;
}

static void draw_from(struct workbench *w, const struct layer *l, struct grid *g)
{
	if (!l)
		return;
	draw_from(w, l->below, g);
	l->kind->draw(l->state, w, g);
}

void layers_draw(struct workbench *w, struct grid *g)
{
	draw_from(w, w->top, g);
}
