/* What panes show is read here: all of a pane in one transaction of the reader's thread, later the rows of one table and what follows
 * the selection. What is shown stays until newer is there, and pieces of different runs never meet. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/engine_priv.h"

/* Crosses to the reader's thread and back; nobody touches it meanwhile. Its texts live in the arena of what it loads. */
struct pane_request {
	size_t                 pane, table;
	struct settings       *settings;
	const char            *store_path;
	struct snapshot_ask    ask;
	struct rows_ask        rows[SNAPSHOT_TABLES];
	struct snapshot_values values;
	struct loaded         *loaded;
};

static void loaded_free(struct loaded *l)
{
	if (!l)
		return;
	arena_free(l->arena);
	free(l);
}

void pane_state_free(struct pane_state *st)
{
	loaded_free(st->shown);
	loaded_free(st->detail);
	free(st->followed);
	free(st->query);
	free(st->answered);
	free(st->failed);
	for (size_t i = 0; i < SNAPSHOT_TABLES; i++) {
		struct list_state *l = &st->list[i];
		loaded_free(l->window);
		free(l->key);
		for (size_t k = 0; k < l->marks; k++)
			free(l->mark[k]);
		free(l->mark);
		free(st->view[i].where);
	}
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
	return snapshot_load(s, q->loaded->arena, q->settings, &q->ask, &q->loaded->snapshot);
}

static enum rc read_rows(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct pane_request *q = arg;
	struct snapshot     *out = &q->loaded->snapshot;
	(void)cancel;
	if (!s)
		return RC_OK;
	enum rc rc = snapshot_run(s, &out->run);
	rc = rc ? rc : rows_load(s, q->loaded->arena, q->ask.cache, &q->rows[q->table], q->values.table[q->table], &out->rows[q->table]);
	snapshot_mask(q->loaded->arena, q->settings, out);
	return rc;
}

static enum rc read_detail(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct pane_request *q = arg;
	(void)cancel;
	return snapshot_detail(s, q->loaded->arena, q->settings, &q->ask, &q->values, &q->loaded->snapshot);
}

/* --- asking ------------------------------------------------------------------------------------------------------------------- */

const char *pane_where(struct arena *a, const struct pane_part *t, const char *where)
{
	if (t->where && where)
		return arena_printf(a, "(%s) (%s)", t->where, where);
	return t->where ? t->where : arena_text(a, where);
}

static void ask_rows(struct arena *a, const struct pane *p, const struct pane_state *st, struct rows_ask *rows)
{
	pane_rows(p, rows);
	for (size_t i = 0; i < p->parts; i++) {
		const struct list_view *v = &st->view[i];
		if (p->part[i].query && st->query) {
			rows[i].report = p->part[i].report;
			rows[i].query = arena_text(a, st->query);
		}
		if (!rows[i].report)
			continue;
		rows[i].where = pane_where(a, &p->part[i], v->where);
		rows[i].sort = *v->sort ? arena_text(a, v->sort) : rows[i].sort;
		rows[i].at = v->at;
		rows[i].selected = rows[i].key && st->list[i].picked ? arena_text(a, st->list[i].key) : NULL;
	}
}

static struct pane_request *request_new(struct workbench *w)
{
	struct pane_state   *st = pane_state_of(w);
	struct pane_request *q = mem_new(1, sizeof *q);
	q->pane = (size_t)(st - w->state);
	q->settings = settings_copy(w->ask->settings);
	q->store_path = w->ask->store_path;
	q->loaded = mem_new(1, sizeof *q->loaded);
	q->loaded->arena = arena_new();
	ask_rows(q->loaded->arena, w->pane, st, q->rows);
	q->ask = (struct snapshot_ask){ .source = w->pane->source, .rows = q->rows, .tables = w->pane->parts, .cache = w->cache };
	return q;
}

static void drop_request(void *arg)
{
	struct pane_request *q = arg;
	settings_free(q->settings);
	loaded_free(q->loaded);
	free(q);
}

/* --- what came, in the screen's thread ---------------------------------------------------------------------------------------- */

/* Our own job holds the lock, too: then nothing is learned about others. */
void note_holder(struct workbench *w, const char *holder)
{
	if (w->task)
		return;
	snprintf(w->holder, sizeof w->holder, "%s", holder);
	snprintf(w->why, sizeof w->why, "another clv writes this store: %s", holder);
}

void look_for_holder(struct workbench *w)
{
	char text[sizeof w->holder] = "";
	bool had = *w->holder;
	if (w->task)
		return;
	note_holder(w, store_lock_holder(w->ask->store_path, text, sizeof text) ? text : "");
	if (!had || *w->holder)
		return;
	pane_stale_all(w); /* what it wrote is to be seen */
	if (!w->paused)
		pane_read(w);
}

/* The selection goes where its row is now, unless it was moved since that was asked for. A row that is gone is told once. */
static void place(struct workbench *w, struct pane_state *st, size_t i, const struct rows *r, int64_t asked)
{
	struct list_view *v = &st->view[i];
	if (!r->frame)
		return;
	if (v->at != asked) {
		v->at = v->at < r->total ? v->at : r->total - 1;
		v->at = v->at < 0 ? 0 : v->at;
		return;
	}
	if (r->lost && st->list[i].key && !v->where && st == pane_state_of(w))
		workbench_say(w, MOOD_PLAIN, "%s is not here any more", st->list[i].key);
	if (v->at != r->selected) {
		v->top += r->selected - v->at;
		v->at = r->selected;
	}
	v->top = v->top < 0 ? 0 : v->top;
}

/* The values as one text, to tell whether they are others than before. */
static char *joined(const struct snapshot_values *v)
{
	struct str t = {0};
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < SNAPSHOT_PARTS; i++)
			str_addf(&t, "%s\n", v->source[i][k] ? v->source[i][k] : "");
		for (size_t i = 0; i < SNAPSHOT_TABLES; i++)
			str_addf(&t, "%s\n", v->table[i][k] ? v->table[i][k] : "");
	}
	return str_take(&t);
}

static bool refused(struct workbench *w, const struct err *error)
{
	if (error && error->rc != RC_CANCELLED)
		workbench_failed(w, error);
	return error != NULL;
}

/* The screen keeps saying why there is nothing to show; the block with the ways on comes once for all panes. */
static void pane_failed(struct workbench *w, struct pane_state *st, const struct err *error)
{
	bool told = false;
	st->stale = true;
	for (size_t i = 0; i < panes_count; i++)
		told = told || (&w->state[i] != st && w->state[i].failed && !strcmp(w->state[i].failed->why, error->why));
	if (error->rc == RC_CANCELLED)
		return;
	st->failed = st->failed ? st->failed : mem_new(1, sizeof *st->failed);
	*st->failed = *error;
	if (!told)
		workbench_failed(w, error);
}

/* The query whose rows came. */
static void note_answered(struct pane_state *st, const struct rows_ask *rows)
{
	if (!rows->query)
		return;
	free(st->answered);
	st->answered = mem_copy_text(rows->query);
}

static void pane_came(void *arg, struct workbench *w, const struct err *error)
{
	struct pane_request *q = arg;
	struct pane_state   *st = &w->state[q->pane];
	st->reading = false;
	if (error) {
		pane_failed(w, st, error);
		return;
	}
	free(st->failed);
	st->failed = NULL;
	loaded_free(st->shown);
	loaded_free(st->detail);
	st->shown = q->loaded;
	st->detail = NULL;
	q->loaded = NULL;
	st->shown->snapshot.store_name = w->name;
	st->following = false;
	snapshot_values(st->shown->arena, &st->shown->snapshot, &q->ask, &q->values);
	free(st->followed);
	st->followed = joined(&q->values);
	for (size_t i = 0; i < panes[q->pane]->parts; i++) {
		loaded_free(st->list[i].window);
		st->list[i].window = NULL;
		note_answered(st, &q->rows[i]);
		place(w, st, i, &st->shown->snapshot.rows[i], q->rows[i].at);
	}
	note_holder(w, st->shown->holder);
	pane_follow(w);
	if (st->stale && !w->paused && st == pane_state_of(w)) /* the store has changed since it was asked for */
		pane_read(w);
}

/* A piece of another run than the rest: all is read anew. */
static bool outdated(struct workbench *w, struct pane_state *st, const struct loaded *l)
{
	if (st->shown && l->snapshot.run == st->shown->snapshot.run)
		return false;
	st->stale = true;
	if (st == pane_state_of(w))
		pane_read(w);
	return true;
}

static void rows_came(void *arg, struct workbench *w, const struct err *error)
{
	struct pane_request *q = arg;
	struct pane_state   *st = &w->state[q->pane];
	struct list_state   *l = &st->list[q->table];
	l->wanted = false;
	if (refused(w, error) || outdated(w, st, q->loaded))
		return;
	st->shown->snapshot.rows[q->table] = q->loaded->snapshot.rows[q->table];
	loaded_free(l->window);
	l->window = q->loaded;
	q->loaded = NULL;
	note_answered(st, &q->rows[q->table]);
	place(w, st, q->table, &st->shown->snapshot.rows[q->table], q->rows[q->table].at);
	pane_follow(w);
}

static void detail_came(void *arg, struct workbench *w, const struct err *error)
{
	struct pane_request *q = arg;
	struct pane_state   *st = &w->state[q->pane];
	st->following = false;
	if (refused(w, error) || outdated(w, st, q->loaded))
		return;
	snapshot_take_detail(&st->shown->snapshot, &q->ask, &q->loaded->snapshot);
	loaded_free(st->detail);
	st->detail = q->loaded;
	q->loaded = NULL;
	for (size_t i = 0; i < panes[q->pane]->parts; i++)
		if (!panes[q->pane]->part[i].report)
			st->view[i].top = 0; /* another story begins at its beginning */
}

/* --- counts and places -------------------------------------------------------------------------------------------------------- */

struct list_request {
	struct pane_request *pane;
	char                *where, *find;
	int64_t              from;
	bool                 backwards;
	int64_t              rows, all;
	struct rows_found    found;
	list_counted        *counted;
	list_found          *found_done;
};

static enum rc read_count(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct list_request *q = arg;
	struct pane_request *p = q->pane;
	(void)cancel;
	return s ? rows_count(s, p->ask.cache, &p->rows[p->table], p->values.table[p->table], &q->rows, &q->all) : RC_OK;
}

static enum rc read_place(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct list_request *q = arg;
	struct pane_request *p = q->pane;
	(void)cancel;
	if (!s)
		return RC_OK;
	return rows_find(s, p->ask.cache, &p->rows[p->table], p->values.table[p->table], q->find, q->from, q->backwards, &q->found);
}

static void list_came(void *arg, struct workbench *w, const struct err *error)
{
	struct list_request *q = arg;
	/* Nobody looks at that table any more. */
	if (&w->state[q->pane->pane] != pane_state_of(w) || q->pane->table != pane_state_of(w)->focus)
		prompt_note(w, NULL, true, 0, "another table has the keys now: Esc, and once more there");
	else if (q->counted)
		q->counted(w, q->where, error, q->rows, q->all);
	else
		q->found_done(w, error, &q->found);
}

static void drop_list(void *arg)
{
	struct list_request *q = arg;
	drop_request(q->pane);
	free(q->where);
	free(q->find);
	free(q);
}

static struct list_request *list_request_new(struct workbench *w)
{
	struct list_request *q = mem_new(1, sizeof *q);
	struct pane_state   *st = pane_state_of(w);
	q->pane = request_new(w);
	q->pane->table = st->focus;
	if (st->shown)
		snapshot_values(q->pane->loaded->arena, &st->shown->snapshot, &q->pane->ask, &q->pane->values);
	return q;
}

void list_ask(struct workbench *w, struct arena *a, struct page_ask *ask)
{
	const struct pane_state *st = pane_state_of(w);
	struct rows_ask          rows[SNAPSHOT_TABLES];
	struct snapshot_values   v;
	struct page_param       *param = arena_alloc(a, 2, sizeof *param);
	ask_rows(a, w->pane, st, rows);
	snapshot_values(a, &st->shown->snapshot, &(struct snapshot_ask){ .source = w->pane->source, .rows = rows, .tables = w->pane->parts }, &v);
	*ask = (struct page_ask){ .report = rows[st->focus].report, .param = param, .where = rows[st->focus].where, .sort = rows[st->focus].sort,
	                          .limit = -1, .uncounted = true };
	rows_params(rows[st->focus].param, v.table[st->focus], param, &ask->params);
}

void list_count(struct workbench *w, const char *where, list_counted *done)
{
	struct list_request *q = list_request_new(w);
	q->where = mem_copy_text(where);
	q->counted = done;
	q->pane->rows[q->pane->table].where = pane_where(q->pane->loaded->arena, list_part(w), where);
	reader_ask(w->reader, READING_COUNT, &(struct reading_job){ .work = read_count, .done = list_came, .drop = drop_list, .arg = q });
}

void list_forget(struct workbench *w)
{
	reader_drop(w->reader, READING_COUNT);
}

void list_look(struct workbench *w, const char *text, int64_t from, bool backwards, list_found *done)
{
	struct list_request *q = list_request_new(w);
	q->find = mem_copy_text(text);
	q->from = from;
	q->backwards = backwards;
	q->found_done = done;
	reader_ask(w->reader, READING_COUNT, &(struct reading_job){ .work = read_place, .done = list_came, .drop = drop_list, .arg = q });
}

/* --- what is asked for -------------------------------------------------------------------------------------------------------- */

void pane_read(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	if (st->reading || (st->shown && !st->stale))
		return;
	struct pane_request *q = request_new(w);
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

void pane_read_rows(struct workbench *w, size_t part, bool moved)
{
	struct pane_state   *st = pane_state_of(w);
	struct pane_request *q = request_new(w);
	q->table = part;
	if (moved)
		q->rows[part].selected = NULL;
	if (st->shown)
		snapshot_values(q->loaded->arena, &st->shown->snapshot, &q->ask, &q->values);
	for (size_t i = 0; i < panes_count; i++)
		if (w->state[i].list[part].wanted) { /* it is overtaken */
			w->state[i].list[part].wanted = false;
			w->state[i].stale = w->state[i].stale || &w->state[i] != st;
		}
	st->list[part].wanted = true;
	reader_ask(w->reader, READING_ROWS + (int)part, &(struct reading_job){ .work = read_rows, .done = rows_came, .drop = drop_request, .arg = q });
}

static void read_followers(struct workbench *w, struct pane_state *st)
{
	struct pane_request *q = request_new(w);
	snapshot_values(q->loaded->arena, &st->shown->snapshot, &q->ask, &q->values);
	char *now = joined(&q->values);
	bool  same = st->followed && !strcmp(now, st->followed);
	free(st->followed);
	st->followed = now;
	if (same) {
		drop_request(q);
		return;
	}
	for (size_t i = 0; i < panes_count; i++)
		if (w->state[i].following) { /* it is overtaken */
			w->state[i].following = false;
			w->state[i].stale = w->state[i].stale || &w->state[i] != st;
		}
	st->following = true;
	reader_ask(w->reader, READING_DETAIL, &(struct reading_job){ .work = read_detail, .done = detail_came, .drop = drop_request, .arg = q });
}

/* The key of the selected row, where that row is loaded. */
static void note_key(struct pane_state *st, const struct pane_part *t, size_t i)
{
	struct rows               *r = &st->shown->snapshot.rows[i];
	const struct frame_column *c = r->frame && t->key ? frame_column(r->frame, t->key) : NULL;
	int64_t                    row = st->view[i].at - r->first;
	char                       number[32];
	r->selected = st->view[i].at;
	if (!c || row < 0 || row >= (int64_t)r->frame->rows || frame_missing(c, (size_t)row) || c->type == CELL_REAL)
		return;
	snprintf(number, sizeof number, "%lld", c->type == CELL_INT ? (long long)c->i[row] : 0);
	free(st->list[i].key);
	st->list[i].key = mem_copy_text(c->type == CELL_TEXT ? c->t[row] : number);
}

/* Is the selection near the end of what is loaded, and is there more? */
static bool wants_rows(const struct pane_state *st, size_t i)
{
	const struct rows *r = &st->shown->snapshot.rows[i];
	int64_t            margin = PANE_ROWS / 6, last = r->first + (int64_t)(r->frame ? r->frame->rows : 0);
	if (!r->frame || st->list[i].wanted)
		return false;
	return (st->view[i].at < r->first + margin && r->first > 0) || (st->view[i].at > last - margin && last < r->total);
}

void pane_follow(struct workbench *w)
{
	struct pane_state   *st = pane_state_of(w);
	struct snapshot_ask  ask = { .source = w->pane->source, .tables = w->pane->parts };
	struct rows_ask      rows[SNAPSHOT_TABLES];
	if (!st->shown)
		return;
	pane_rows(w->pane, rows);
	ask.rows = rows;
	for (size_t i = 0; i < w->pane->parts; i++) {
		if (!w->pane->part[i].report)
			continue;
		note_key(st, &w->pane->part[i], i);
		if (wants_rows(st, i))
			pane_read_rows(w, i, true);
	}
	if (snapshot_follows(&ask))
		read_followers(w, st);
}

void pane_stale_all(struct workbench *w)
{
	for (size_t i = 0; i < panes_count; i++)
		w->state[i].stale = true;
}

static enum rc read_nothing(void *arg, struct store *s, const atomic_bool *cancel)
{
	(void)arg;
	(void)s;
	(void)cancel;
	return RC_OK;
}

static void nothing_came(void *arg, struct workbench *w, const struct err *error)
{
	(void)arg;
	(void)w;
	(void)error;
}

void store_look(struct workbench *w)
{
	if (reader_idle(w->reader)) /* else what is asked for looks */
		reader_ask(w->reader, READING_LOOK, &(struct reading_job){ .work = read_nothing, .done = nothing_came });
}

void pane_renewed(struct workbench *w)
{
	for (size_t i = 0; i < panes_count; i++)
		w->state[i].stale = !w->state[i].reading; /* what is on its way is of the new one */
	pane_read(w);
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
