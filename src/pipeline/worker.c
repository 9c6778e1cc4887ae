/* The working thread: takes one job at a time, holds the store's lock and a writing handle while it runs, and sends
 * events up. Knows no stage and no command. */
#include "config.h"

#include "pipeline/worker.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/queue.h"
#include "base/str.h"

enum {
	EVENTS_MAX = 256,
	PROGRESS_MAX = 32,     /* progress events that may wait; more are dropped, nobody looks */
	HOLD_MS = 20,          /* between two looks at the cancel flag of a job that a test holds */
};
#define PROGRESS_SECONDS 0.05

struct worker {
	char         *path;
	struct queue *jobs, *events;
	struct thread *thread;
	atomic_bool   cancel;
	atomic_bool   busy;
	atomic_int    progress_waiting;
	char          hold_stage[32];  /* where a test holds jobs; "" for nowhere */
	int           hold_fd;         /* says that one is held, and is written to let it go on */
	/* The job's thread alone: */
	double        progress_at;
	const char   *progress_stage;
};

static struct event *event_new(enum event_kind kind)
{
	struct event *e = mem_new(1, sizeof(*e));
	e->kind = kind;
	return e;
}

void event_free(struct event *e)
{
	if (!e)
		return;
	js_free(e->result);
	free(e);
}

static bool send(struct worker *w, struct event *e)
{
	bool sent = queue_push(w->events, e);
	if (!sent)
		event_free(e);
	return sent;
}

/* ---- in the job's thread ---- */

static enum rc work(struct worker *w, const struct job *job, struct js **result)
{
	struct job_context c = { .cancel = &w->cancel, .worker = w };
	struct store_lock *lock;
	if (atomic_load(&w->cancel))
		return err_set(RC_CANCELLED, "RUN-101", "cancelled");
	/* A lock file beside a store that is not there would outlive the mistake. */
	if (!job->create && !file_exists(w->path)) {
		enum rc missing = store_open(w->path, STORE_WRITE, &c.store);
		if (!missing)
			store_close(c.store);
		return missing ? missing : err_set(RC_BUSY, "RUN-120", "the store appeared just now: try again");
	}
	enum rc rc = store_lock(w->path, job->command, &lock);
	if (rc)
		return rc;
	rc = store_open(w->path, job->create ? STORE_CREATE : STORE_WRITE, &c.store);
	if (!rc) {
		rc = job->run(&c, job->arg, result);
		struct err said = *err_get(); /* closing may add its own */
		store_rollback(c.store);
		store_close(c.store);
		if (rc)
			err_restore(&said);
	}
	store_unlock(lock);
	return rc;
}

static void serve(void *arg)
{
	struct worker *w = arg;
	struct job *job;
	while ((job = queue_pop(w->jobs))) {
		struct event *e = event_new(EVENT_DONE);
		double since = clock_seconds();
		w->progress_at = 0;
		w->progress_stage = NULL;
		err_clear();
		e->rc = work(w, job, &e->result);
		if (e->rc)
			e->error = *err_get();
		e->seconds = clock_seconds() - since;
		free((char *)job->command);
		free(job);
		mem_trim(); /* a workbench stays open after a job; what the job had is not its own any more */
		atomic_store(&w->busy, false);
		send(w, e);
	}
}

/* CLV_HOLD=STAGE:FD, with CLV_TEST=1 only. */
static void read_hold(struct worker *w)
{
	const char *test = getenv("CLV_TEST"), *hold = getenv("CLV_HOLD"), *colon = hold ? strchr(hold, ':') : NULL;
	int64_t     fd;
	if (!test || strcmp(test, "1") != 0 || !colon || (size_t)(colon - hold) >= sizeof w->hold_stage || !str_int(colon + 1, strlen(colon + 1), &fd))
		return;
	memcpy(w->hold_stage, hold, (size_t)(colon - hold));
	w->hold_fd = (int)fd;
}

/* The progress that leads here was sent, so that whoever is told has it on the screen. */
static void hold(struct worker *w)
{
	struct pollfd fd = { .fd = w->hold_fd, .events = POLLIN };
	char          byte = 'h';
	if (write(w->hold_fd, &byte, 1) != 1)
		return;
	while (!atomic_load(&w->cancel))
		if (poll(&fd, 1, HOLD_MS) > 0) {
			ssize_t said = read(w->hold_fd, &byte, 1);
			(void)said;
			return;
		}
}

void worker_progress(void *worker, const struct run_progress *p)
{
	struct worker *w = worker;
	double now = clock_seconds();
	bool same = w->progress_stage && !strcmp(w->progress_stage, p->stage);
	if (same && now - w->progress_at < PROGRESS_SECONDS)
		return;
	if (atomic_load(&w->progress_waiting) >= PROGRESS_MAX)
		return;
	w->progress_at = now;
	w->progress_stage = p->stage;
	struct event *e = event_new(EVENT_PROGRESS);
	e->progress = *p;
	snprintf(e->stage, sizeof(e->stage), "%s", p->stage);
	atomic_fetch_add(&w->progress_waiting, 1);
	if (!send(w, e))
		atomic_fetch_sub(&w->progress_waiting, 1);
	if (!same && *w->hold_stage && !strcmp(p->stage, w->hold_stage))
		hold(w);
}

void worker_stage(void *worker, const char *stage, const char *status, const char *reason, double seconds)
{
	struct event *e = event_new(EVENT_STAGE);
	snprintf(e->stage, sizeof(e->stage), "%s", stage);
	snprintf(e->status, sizeof(e->status), "%s", status);
	snprintf(e->reason, sizeof(e->reason), "%s", reason ? reason : "");
	e->seconds = seconds;
	send(worker, e);
}

/* ---- in the door's thread ---- */

struct worker *worker_new(const char *path)
{
	struct worker *w = mem_new(1, sizeof(*w));
	w->path = mem_copy_text(path);
	read_hold(w);
	w->jobs = queue_new(1);
	w->events = queue_new(EVENTS_MAX);
	if (w->jobs && w->events)
		w->thread = thread_start(serve, w);
	if (w->thread)
		return w;
	queue_free(w->jobs);
	queue_free(w->events);
	free(w->path);
	free(w);
	return NULL;
}

void worker_free(struct worker *w)
{
	struct event *e;
	if (!w)
		return;
	atomic_store(&w->cancel, true);
	queue_close(w->jobs);
	queue_close(w->events); /* a worker that waits for room goes on, its events fall */
	thread_join(w->thread);
	while ((e = queue_try_pop(w->events)))
		event_free(e);
	queue_free(w->jobs);
	queue_free(w->events);
	free(w->path);
	free(w);
}

bool worker_post(struct worker *w, const struct job *job)
{
	if (atomic_exchange(&w->busy, true))
		return false;
	struct job *copy = mem_new(1, sizeof(*copy));
	*copy = *job;
	copy->command = mem_copy_text(job->command ? job->command : "");
	atomic_store(&w->cancel, false);
	return queue_push(w->jobs, copy);
}

bool worker_busy(const struct worker *w)
{
	return atomic_load(&w->busy);
}

void worker_cancel(struct worker *w)
{
	atomic_store(&w->cancel, true);
}

int worker_wake_fd(const struct worker *w)
{
	return queue_wake_fd(w->events);
}

static struct event *taken(struct worker *w, struct event *e)
{
	if (e && e->kind == EVENT_PROGRESS)
		atomic_fetch_sub(&w->progress_waiting, 1);
	return e;
}

struct event *worker_take(struct worker *w)
{
	return taken(w, queue_try_pop(w->events));
}

struct event *worker_wait(struct worker *w)
{
	return taken(w, queue_pop(w->events));
}
