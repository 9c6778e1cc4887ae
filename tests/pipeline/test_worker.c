/* The working thread: jobs, events, cancel, the store's lock, and shutting down at bad moments. */
#include "config.h"

#include "pipeline/worker.h"

#include <poll.h>

#include "../kit/scratch.h"
#include "base/file.h"
#include "module/audit.h"

static struct scratch place;
static struct worker *w;

static void open_all(void)
{
	place = scratch_new();
	w = worker_new(place.store);
	cr_assert_not_null(w);
}

static void close_all(void)
{
	worker_free(w);
	scratch_free(&place);
}

TestSuite(worker, .init = open_all, .fini = close_all);

static enum rc write_entry(struct job_context *c, void *arg, struct js **result)
{
	enum rc rc = store_begin(c->store);
	rc = rc ? rc : audit_append(c->store, "run", arg, NULL, NULL);
	rc = rc ? rc : store_commit(c->store);
	*result = js_object();
	js_set_text(*result, "by", arg);
	worker_stage(c->worker, "one", "running", "never ran", 0);
	worker_stage(c->worker, "one", "done", NULL, 1.5);
	return rc;
}

static enum rc fail(struct job_context *c, void *arg, struct js **result)
{
	(void)c;
	(void)arg;
	(void)result;
	return err_do(err_set(RC_NUMERIC, "TST-1", "no number"), "try another");
}

/* Ticks until cancelled; a thousand progress calls between looks. */
static enum rc spin(struct job_context *c, void *arg, struct js **result)
{
	(void)arg;
	(void)result;
	for (int64_t i = 0;; i++) {
		struct run_progress p = { .stage = "spin", .unit = "steps", .done = i };
		worker_progress(c->worker, &p);
		if (atomic_load(c->cancel))
			return err_set(RC_CANCELLED, "RUN-101", "cancelled");
	}
}

static struct event *done(void)
{
	struct event *e;
	while ((e = worker_wait(w))->kind != EVENT_DONE)
		event_free(e);
	return e;
}

static bool post(enum rc (*run)(struct job_context *, void *, struct js **), bool create)
{
	struct job job = { .command = "test job", .create = create, .run = run, .arg = (void *)"Ann" };
	return worker_post(w, &job);
}

Test(worker, a_job_writes_and_tells)
{
	cr_assert(post(write_entry, true));
	struct event *e = worker_wait(w);
	cr_assert_eq(e->kind, EVENT_STAGE);
	cr_assert_str_eq(e->stage, "one");
	cr_assert_str_eq(e->status, "running");
	cr_assert_str_eq(e->reason, "never ran");
	event_free(e);
	e = worker_wait(w);
	cr_assert_eq(e->seconds, 1.5);
	event_free(e);
	e = worker_wait(w);
	cr_assert_eq(e->kind, EVENT_DONE);
	cr_assert_eq(e->rc, RC_OK);
	cr_assert_str_eq(js_text_of(js_get(e->result, "by")), "Ann");
	event_free(e);
	cr_assert_null(worker_take(w));
	cr_assert_not(worker_busy(w));
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM audit_entry"), 1);
}

Test(worker, a_failure_crosses_as_a_copy)
{
	cr_assert(post(fail, true));
	struct event *e = done();
	cr_assert_eq(e->rc, RC_NUMERIC);
	cr_assert_str_eq(e->error.id, "TST-1");
	cr_assert_str_eq(e->error.todo, "try another");
	cr_assert_null(e->result);
	event_free(e);
}

Test(worker, a_store_that_is_not_there_stays_so)
{
	cr_assert(post(write_entry, false));
	struct event *e = done();
	cr_assert_eq(e->rc, RC_IO);
	event_free(e);
	cr_assert_not(file_exists(place.store));
	char lock[200];
	snprintf(lock, sizeof(lock), "%s.lock", place.store);
	cr_assert_not(file_exists(lock));
}

Test(worker, one_job_at_a_time_and_cancel)
{
	cr_assert(post(spin, true));
	cr_assert(worker_busy(w));
	cr_assert_not(post(write_entry, true));
	struct pollfd p = { .fd = worker_wake_fd(w), .events = POLLIN };
	cr_assert_eq(poll(&p, 1, 10000), 1, "progress wakes the loop");
	worker_cancel(w);
	struct event *e = done();
	cr_assert_eq(e->rc, RC_CANCELLED);
	event_free(e);
	cr_assert(post(write_entry, true), "a cancelled worker takes the next job");
	e = done();
	cr_assert_eq(e->rc, RC_OK);
	event_free(e);
}

Test(worker, progress_is_merged)
{
	int seen = 0;
	struct event *e;
	cr_assert(post(spin, true));
	usleep(400000);
	worker_cancel(w);
	while ((e = worker_wait(w))->kind != EVENT_DONE) {
		seen += e->kind == EVENT_PROGRESS;
		event_free(e);
	}
	event_free(e);
	cr_assert_geq(seen, 1);
	cr_assert_leq(seen, 32);
}

Test(worker, the_lock_is_held_for_the_job_only)
{
	struct store_lock *lock;
	cr_assert(post(write_entry, true));
	event_free(done());
	cr_assert_eq(store_lock(place.store, "another", &lock), RC_OK);
	cr_assert(post(write_entry, true));
	struct event *e = done();
	cr_assert_eq(e->rc, RC_BUSY);
	cr_assert_not_null(strstr(e->error.why, "another"), "%s", e->error.why);
	event_free(e);
	store_unlock(lock);
	cr_assert(post(write_entry, true));
	e = done();
	cr_assert_eq(e->rc, RC_OK);
	event_free(e);
}

Test(worker, freeing_cancels_what_runs)
{
	for (int i = 0; i < 20; i++) {
		cr_assert(post(spin, true));
		usleep((useconds_t)i * 500);
		worker_free(w);
		w = worker_new(place.store);
		cr_assert_not_null(w);
	}
}
