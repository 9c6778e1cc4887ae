/* The workbench: which pane, what was read for it, what lies over it; keys in, grids out. Knows no terminal. */
#include "config.h"

#include "tui/workbench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/store.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/forms_priv.h"

#define LOOK_SECONDS 1

/* "shops/retail.clv" is called retail. */
static const char *store_title(struct arena *a, const char *path)
{
	const char *name = file_base_name(path);
	return str_ends(name, ".clv") && strlen(name) > 4 ? arena_span(a, name, strlen(name) - 4) : name;
}

static enum rc start_threads(struct workbench *w)
{
	w->reader = reader_new(w->ask->store_path, w->cache);
	w->worker = w->reader ? worker_new(w->ask->store_path) : NULL;
	return w->worker ? RC_OK : err_set(RC_IO, "CMD-120", "the system gives no thread");
}

enum rc workbench_open(const struct screen_ask *ask, struct workbench **out)
{
	struct workbench *w = mem_new(1, sizeof *w);
	w->ask = ask;
	w->pane = pane_find(ask->pane ? ask->pane : "home");
	w->arena = arena_new();
	w->drawn = arena_new();
	w->told = told_new();
	w->cache = rows_cache_new();
	w->name = store_title(w->arena, ask->store_path);
	w->none = (struct snapshot){ .store_name = w->name, .currency = "", .story = "", .empty = true, .chain_length = -1 };
	w->width = 80;
	w->height = 24;
	w->glyphs = ask->glyphs && !strcmp(ask->glyphs, "ascii") ? GLYPHS_ASCII : GLYPHS_UNICODE;
	enum rc rc = w->pane ? start_threads(w) : err_set(RC_USAGE, "CMD-170", "there is no pane '%s'", ask->pane);
	if (rc) {
		struct err said = *err_get();
		workbench_close(w);
		err_restore(&said);
		return rc;
	}
	for (size_t i = 0; i < panes_count; i++)
		list_start(&w->state[i], panes[i]);
	pane_read(w);
	if (ask->files)
		import_open(w, ask->files, ask->file);
	*out = w;
	return RC_OK;
}

void workbench_close(struct workbench *w)
{
	if (!w)
		return;
	layers_free(w);
	reader_free(w->reader);
	worker_free(w->worker);
	job_free(w);
	for (size_t i = 0; i < panes_count; i++)
		pane_state_free(&w->state[i]);
	rows_cache_free(w->cache);
	told_free(w->told);
	history_clear(&w->history);
	free(w->folder);
	free(w->next);
	field_clear(&w->query);
	history_clear(&w->queries);
	arena_free(w->drawn);
	arena_free(w->arena);
	free(w->copied);
	free(w->copied_given);
	free(w->find);
	for (size_t i = 0; i < sizeof w->typed / sizeof w->typed[0]; i++)
		history_clear(&w->typed[i]);
	free(w);
}

/* --- keys in ------------------------------------------------------------------------------------------------------------------ */

static void pane_key(struct workbench *w, const char *key)
{
	const struct key *bound = key_find(w->pane, key);
	if (bound)
		workbench_do(w, bound->text);
	else
		workbench_say(w, MOOD_PLAIN, "nothing is on the key %s here; ? shows the keys", key);
}

/* Once a second at most: does somebody else write, or no longer; is the store still the file that is shown? */
static void look_around(struct workbench *w)
{
	double now = clock_seconds();
	if (now - w->looked < LOOK_SECONDS && w->looked > 0)
		return;
	w->looked = now;
	look_for_holder(w);
	store_look(w);
}

void workbench_key(struct workbench *w, const char *key)
{
	told_key(w->told);
	if (*w->holder)
		look_for_holder(w);
	look_around(w);
	if (!strcmp(key, "^C") && workbench_busy(w))
		job_cancel(w);
	else if (!layer_key(w, key))
		pane_key(w, key);
	pane_follow(w);
	layers_reap(w);
}

void workbench_paste(struct workbench *w, const char *text)
{
	told_key(w->told);
	if (w->top && w->top->kind->paste)
		w->top->kind->paste(w->top->state, w, text);
	else
		workbench_say(w, MOOD_PLAIN, "pasted text is taken by a prompt or a field only");
	layers_reap(w);
}

void workbench_mouse(struct workbench *w, int x, int y, enum mouse what)
{
	told_key(w->told);
	if (!w->top)
		list_mouse(w, x, y, what);
	else if (w->top->kind->click && (what == MOUSE_CLICK || what == MOUSE_DOUBLE))
		w->top->kind->click(w->top->state, w, x, y);
	pane_follow(w);
	layers_reap(w);
}

void workbench_size(struct workbench *w, int width, int height)
{
	w->width = width < 1 ? 1 : width;
	w->height = height < 1 ? 1 : height;
}

/* --- grids out ---------------------------------------------------------------------------------------------------------------- */

const struct grid *workbench_draw(struct workbench *w)
{
	arena_free(w->drawn);
	w->drawn = arena_new();
	struct grid *g = grid_new(w->drawn, w->width, w->height, w->glyphs);
	struct str   notice = {0};
	struct pane_state *st = pane_state_of(w);
	struct ui          ui = { .job = w->task ? &w->job : NULL,
	                          .reading = !st->shown, .failed = st->shown ? NULL : st->failed, .view = st->view, .focus = st->focus,
	                          .zoomed = st->zoomed, .readonly = w->ask->readonly || *w->holder, .place = st->place, .tab = w->tab,
	                          .query = query_draft(w) };
	ui.said = told_line(w->told, &ui.mood);
	if (!ui.said && query_running(w))
		ui.said = "asking; ^C stops it";
	else if (!ui.said && w->taking)
		ui.said = taking_line(w, w->drawn);
	ui.notice = told_notice(w->told, &notice);
	ui.hints = w->top && w->top->kind->hints ? w->top->kind->hints(w->top->state) : keys_hints(w->pane, workbench_snapshot(w), w, w->drawn);
	if (!ui.notice && (*w->holder || w->ask->readonly))
		ui.notice = w->ask->readonly ? "read-only" : "read-only: another clv writes";
	else if (!ui.notice && w->paused)
		ui.notice = "paused";
	pane_draw(w->pane, workbench_snapshot(w), &ui, g);
	layers_draw(w, g);
	str_clear(&notice);
	return g;
}

bool workbench_cursor(const struct workbench *w, int *x, int *y)
{
	const struct pane_state *st = pane_state_of((struct workbench *)w);
	const struct list_view  *v = &st->view[st->focus];
	if (w->top)
		return w->top->kind->cursor && w->top->kind->cursor(w->top->state, x, y);
	*x = v->body.x - 1;
	*y = v->body.y + (int)(v->at - v->top);
	return v->body.h > 0 && v->at >= v->top && v->at < v->top + v->body.h;
}

const char *workbench_title(struct workbench *w)
{
	struct str t = {0};
	str_add(&t, "clv ");
	str_add_visible(&t, w->name, strlen(w->name));
	str_addf(&t, " - %s", w->pane->title);
	snprintf(w->title, sizeof w->title, "%s", t.s);
	str_clear(&t);
	return w->title;
}

/* --- results that come -------------------------------------------------------------------------------------------------------- */

int workbench_reader_fd(const struct workbench *w)
{
	return reader_fd(w->reader);
}

int workbench_worker_fd(const struct workbench *w)
{
	return worker_wake_fd(w->worker);
}

bool workbench_take(struct workbench *w)
{
	bool changed = false, held = *w->holder;
	job_events(w, &changed);
	if (held)
		look_around(w);
	changed = changed || (held && !*w->holder);
	while (reader_take(w->reader, w))
		changed = true;
	layers_reap(w);
	return changed;
}

int workbench_wait(const struct workbench *w)
{
	return *w->holder && !w->task ? LOOK_SECONDS * 1000 : -1;
}

bool workbench_settled(const struct workbench *w)
{
	return reader_idle(w->reader);
}

bool workbench_busy(const struct workbench *w)
{
	return w->task != NULL;
}

void workbench_cancel(struct workbench *w)
{
	worker_cancel(w->worker);
}

bool workbench_left(const struct workbench *w)
{
	return w->left;
}

void workbench_copy(struct workbench *w, const char *text)
{
	free(w->copied);
	w->copied = mem_copy_text(text);
}

const char *workbench_copied(struct workbench *w)
{
	free(w->copied_given);
	w->copied_given = w->copied;
	w->copied = NULL;
	return w->copied_given;
}

/* --- what overlays ask -------------------------------------------------------------------------------------------------------- */

const struct pane *workbench_pane(const struct workbench *w)
{
	return w->pane;
}

struct history *workbench_history(struct workbench *w)
{
	return &w->history;
}

const char *workbench_folder(const struct workbench *w)
{
	return w->folder;
}

void workbench_set_folder(struct workbench *w, const char *folder)
{
	char *kept = mem_copy_text(folder);
	free(w->folder);
	w->folder = kept;
}

const struct screen_ask *workbench_ask(const struct workbench *w)
{
	return w->ask;
}

bool workbench_readonly(const struct workbench *w, const char **why)
{
	*why = w->ask->readonly ? "the screen was opened with --readonly" : *w->holder ? w->why : NULL;
	return *why != NULL;
}
