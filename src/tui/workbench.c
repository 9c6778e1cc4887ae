/* The workbench: which pane, what was read for it, what lies over it; keys in, grids out. Knows no terminal. */
#include "config.h"

#include "tui/workbench_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/store.h"

struct workbench {
	const struct screen_ask *ask;
	const struct pane       *pane;
	struct snapshot          snapshot;
	struct arena            *data;   /* of the snapshot */
	struct arena            *drawn;  /* of the grid */
	int                      width, height;
	enum glyphs              glyphs;
	bool                     left;
};

static enum rc read_pane(struct workbench *w)
{
	struct store *store = NULL;
	enum rc       rc = RC_OK;
	arena_free(w->data);
	w->data = arena_new();
	w->snapshot = (struct snapshot){ .store_name = file_base_name(w->ask->store_path) };
	if (file_exists(w->ask->store_path))
		rc = store_open(w->ask->store_path, STORE_READ, &store);
	rc = rc || !store ? rc : store_begin(store);
	rc = rc ? rc : snapshot_load(store, w->data, w->ask->settings, w->pane->source, &w->snapshot);
	if (store) {
		store_rollback(store);
		store_close(store);
	}
	return rc;
}

enum rc workbench_open(const struct screen_ask *ask, struct workbench **out)
{
	struct workbench *w = mem_new(1, sizeof *w);
	w->ask = ask;
	w->pane = pane_find(ask->pane ? ask->pane : "home");
	w->data = arena_new();
	w->drawn = arena_new();
	w->width = 80;
	w->height = 24;
	w->glyphs = ask->glyphs && !strcmp(ask->glyphs, "ascii") ? GLYPHS_ASCII : GLYPHS_UNICODE;
	enum rc rc = w->pane ? read_pane(w) : err_set(RC_USAGE, "CMD-170", "there is no pane '%s'", ask->pane);
	*out = rc ? NULL : w;
	if (rc)
		workbench_close(w);
	return rc;
}

void workbench_close(struct workbench *w)
{
	if (!w)
		return;
	arena_free(w->data);
	arena_free(w->drawn);
	free(w);
}

void workbench_key(struct workbench *w, const char *key)
{
	const struct pane *p = pane_find(key);
	if (!strcmp(key, "q") || !strcmp(key, "Q"))
		w->left = true;
	if (p && strlen(key) == 1) {
		w->pane = p;
		if (read_pane(w))
			err_clear();
	}
}

void workbench_paste(struct workbench *w, const char *text)
{
	(void)w;
	(void)text;
}

void workbench_mouse(struct workbench *w, int x, int y, enum mouse what)
{
	(void)w;
	(void)x;
	(void)y;
	(void)what;
}

void workbench_size(struct workbench *w, int width, int height)
{
	w->width = width;
	w->height = height;
}

const struct grid *workbench_draw(struct workbench *w)
{
	arena_free(w->drawn);
	w->drawn = arena_new();
	struct grid *g = grid_new(w->drawn, w->width, w->height, w->glyphs);
	pane_draw(w->pane, &w->snapshot, g);
	return g;
}

bool workbench_cursor(const struct workbench *w, int *x, int *y)
{
	(void)w;
	(void)x;
	(void)y;
	return false;
}

const char *workbench_title(struct workbench *w)
{
	return w->pane->title;
}

int workbench_reader_fd(const struct workbench *w)
{
	(void)w;
	return -1;
}

int workbench_worker_fd(const struct workbench *w)
{
	(void)w;
	return -1;
}

bool workbench_take(struct workbench *w)
{
	(void)w;
	return false;
}

bool workbench_settled(const struct workbench *w)
{
	(void)w;
	return true;
}

bool workbench_busy(const struct workbench *w)
{
	(void)w;
	return false;
}

void workbench_cancel(struct workbench *w)
{
	(void)w;
}

bool workbench_left(const struct workbench *w)
{
	return w->left;
}

const char *workbench_copied(struct workbench *w)
{
	(void)w;
	return NULL;
}
