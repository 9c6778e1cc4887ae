/* The reading thread: one request at a time with its own read-only handle, each in one transaction. Requests wait in the screen's
 * thread, so that one that is overtaken is never begun. */
#include "config.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/queue.h"
#include "store/store.h"
#include "tui/engine_priv.h"

struct reading {
	int                group;
	struct reading_job job;
	atomic_bool        cancel;
	bool               overtaken; /* nobody wants its result */
	bool               renewed;   /* another store is read than before, or none */
	enum rc            rc;
	struct err         error;
	struct reading    *next;
};

struct reader {
	char           *path;
	struct queue   *asked, *ended;
	struct thread  *thread;
	struct store   *store;   /* these two: of the thread alone */
	struct rows_cache *cache;
	bool            absent;  /* there was no store when it was looked for last */
	struct reading *running; /* handed to the thread, not yet taken back */
	struct reading *waiting; /* oldest first */
};

/* --- in the reader's thread --------------------------------------------------------------------------------------------------- */

/* Another file may have taken the store's place, or none: what was kept of it goes, too. */
static void leave_store(struct reader *r)
{
	store_close(r->store);
	r->store = NULL;
	rows_cache_clear(r->cache);
}

static enum rc in_transaction(struct reader *r, struct reading *q)
{
	enum rc rc = RC_OK;
	q->renewed = r->store && !store_is_current(r->store);
	if (q->renewed)
		leave_store(r);
	if (!r->store && file_exists(r->path))
		rc = store_open(r->path, STORE_READ, &r->store);
	q->renewed = q->renewed || (r->absent && r->store);
	r->absent = !rc && !r->store;
	if (r->store) {
		store_watch(r->store, &q->cancel);
		rc = store_begin(r->store);
	}
	rc = rc ? rc : q->job.work(q->job.arg, r->store, &q->cancel);
	struct err said = *err_get(); /* closing may add its own */
	if (r->store) {
		store_rollback(r->store);
		store_watch(r->store, NULL);
	}
	/* A store that fails may have been replaced: the next request opens it anew. */
	if (rc == RC_DAMAGED || rc == RC_IO || rc == RC_STORE)
		leave_store(r);
	if (rc)
		err_restore(&said);
	return rc;
}

static void serve(void *arg)
{
	struct reader  *r = arg;
	struct reading *q;
	while ((q = queue_pop(r->asked))) {
		err_clear();
		q->rc = atomic_load(&q->cancel) ? err_set(RC_CANCELLED, "RUN-101", "cancelled") : in_transaction(r, q);
		if (q->rc)
			q->error = *err_get();
		if (!queue_push(r->ended, q))
			break;
	}
	store_close(r->store);
	r->store = NULL;
}

/* --- in the screen's thread --------------------------------------------------------------------------------------------------- */

struct reader *reader_new(const char *path, struct rows_cache *cache)
{
	struct reader *r = mem_new(1, sizeof *r);
	r->path = mem_copy_text(path);
	r->cache = cache;
	r->asked = queue_new(1);
	r->ended = queue_new(2);
	if (r->asked && r->ended)
		r->thread = thread_start(serve, r);
	if (r->thread)
		return r;
	reader_free(r);
	return NULL;
}

static void drop(struct reading *q)
{
	if (q->job.drop)
		q->job.drop(q->job.arg);
	free(q);
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	if (r->running)
		atomic_store(&r->running->cancel, true);
	if (r->asked)
		queue_close(r->asked);
	thread_join(r->thread);
	if (r->running)
		drop(r->running);
	while (r->waiting) {
		struct reading *q = r->waiting;
		r->waiting = q->next;
		drop(q);
	}
	while (r->ended && queue_try_pop(r->ended))
		;
	queue_free(r->asked);
	queue_free(r->ended);
	free(r->path);
	free(r);
}

/* Hand the next request to the thread when it has none. */
static void feed(struct reader *r)
{
	struct reading *q = r->waiting;
	if (r->running || !q)
		return;
	r->waiting = q->next;
	q->next = NULL;
	r->running = q;
	queue_push(r->asked, q);
}

void reader_drop(struct reader *r, int group)
{
	for (struct reading **end = &r->waiting, *old; (old = *end);) {
		if (old->group != group) {
			end = &old->next;
			continue;
		}
		*end = old->next;
		drop(old);
	}
	if (r->running && r->running->group == group) {
		r->running->overtaken = true;
		atomic_store(&r->running->cancel, true);
	}
}

void reader_ask(struct reader *r, int group, const struct reading_job *job)
{
	struct reading *q = mem_new(1, sizeof *q), **end = &r->waiting;
	*q = (struct reading){ .group = group, .job = *job };
	if (group != READING_ALONE)
		reader_drop(r, group);
	while (*end)
		end = &(*end)->next;
	*end = q;
	feed(r);
}

bool reader_take(struct reader *r, struct workbench *w)
{
	struct reading *q = queue_try_pop(r->ended);
	if (!q)
		return false;
	r->running = NULL;
	feed(r);
	if (q->renewed)
		pane_renewed(w);
	if (!q->overtaken)
		q->job.done(q->job.arg, w, q->rc ? &q->error : NULL);
	drop(q);
	return true;
}

bool reader_idle(const struct reader *r)
{
	return !r->running && !r->waiting;
}

int reader_fd(const struct reader *r)
{
	return queue_wake_fd(r->ended);
}

bool reader_at_work(const struct reader *r)
{
	return r->running && r->running->group == READING_ALONE;
}

void reader_cancel(struct reader *r)
{
	if (reader_at_work(r))
		atomic_store(&r->running->cancel, true);
}
