/* What panes show is read here: a snapshot a pane, each in one transaction of the reader's thread, shown until a newer one is there. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/engine_priv.h"

/* Crosses to the reader's thread and back; nobody touches it meanwhile. */
struct pane_request {
	size_t           pane;
	struct settings *settings;
	const char      *store_path;
	struct loaded   *loaded;
};

void loaded_free(struct loaded *l)
{
	if (!l)
		return;
	arena_free(l->arena);
	free(l);
}

struct pane_state *pane_state_of(struct workbench *w)
{
	for (size_t i = 0; i < panes_count; i++)
		if (panes[i] == w->pane)
			return &w->state[i];
	abort();
}

/* --- in the reader's thread --------------------------------------------------------------------------------------------------- */

static enum rc read_pane(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct pane_request *q = arg;
	(void)cancel; /* the store watches it */
	if (!store_lock_holder(q->store_path, q->loaded->holder, sizeof q->loaded->holder))
		*q->loaded->holder = '\0';
	return snapshot_load(s, q->loaded->arena, q->settings, panes[q->pane]->source, &q->loaded->snapshot);
}

/* --- in the screen's thread --------------------------------------------------------------------------------------------------- */

/* Our own job holds the lock, too: then nothing is learned about others. */
static void note_holder(struct workbench *w, const char *holder)
{
	if (w->task)
		return;
	snprintf(w->holder, sizeof w->holder, "%s", holder);
	snprintf(w->why, sizeof w->why, "another clv writes this store: %s", holder);
}

static void pane_came(void *arg, struct workbench *w, const struct err *error)
{
	struct pane_request *q = arg;
	struct pane_state   *st = &w->state[q->pane];
	st->reading = false;
	if (error) {
		if (error->rc != RC_CANCELLED)
			workbench_failed(w, error);
		st->stale = true;
		return;
	}
	loaded_free(st->shown);
	st->shown = q->loaded;
	q->loaded = NULL;
	st->shown->snapshot.store_name = w->name;
	note_holder(w, st->shown->holder);
}

static void drop_request(void *arg)
{
	struct pane_request *q = arg;
	settings_free(q->settings);
	loaded_free(q->loaded);
	free(q);
}

void pane_read(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	if (st->reading || (st->shown && !st->stale))
		return;
	struct pane_request *q = mem_new(1, sizeof *q);
	q->pane = (size_t)(st - w->state);
	q->settings = settings_copy(w->ask->settings);
	q->store_path = w->ask->store_path;
	q->loaded = mem_new(1, sizeof *q->loaded);
	q->loaded->arena = arena_new();
	/* Another pane's request may be overtaken by this one. */
	for (size_t i = 0; i < panes_count; i++)
		if (w->state[i].reading) {
			w->state[i].reading = false;
			w->state[i].stale = true;
		}
	st->reading = true;
	st->stale = false;
	reader_ask(w->reader, READING_PANE, &(struct reading_job){ .work = read_pane, .done = pane_came, .drop = drop_request, .arg = q });
}

void pane_stale_all(struct workbench *w)
{
	for (size_t i = 0; i < panes_count; i++)
		w->state[i].stale = true;
}

void workbench_refresh(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	st->stale = true;
	st->reading = false;
	pane_read(w);
}

void workbench_read(struct workbench *w, const struct reading_job *job)
{
	reader_ask(w->reader, READING_ALONE, job);
}

const struct snapshot *workbench_snapshot(const struct workbench *w)
{
	const struct pane_state *st = pane_state_of((struct workbench *)w);
	return st->shown ? &st->shown->snapshot : &w->none;
}
