/* The worker without criterion, so that the thread sanitizer can watch it: jobs, events, cancel and a reader beside the
 * writer. Writes TAP to the file named by --tap=FILE, or to stdout. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/queue.h"
#include "module/audit.h"
#include "pipeline/worker.h"

enum { JOBS = 40 };

static int cases;

static void ok(FILE *tap, int good, const char *what)
{
	fprintf(tap, "%sok %d - %s\n", good ? "" : "not ", ++cases, what);
}

static enum rc append(struct job_context *c, void *arg, struct js **result)
{
	int64_t seq = 0;
	enum rc rc = store_begin(c->store);
	rc = rc ? rc : audit_append(c->store, "run", arg, NULL, &seq);
	rc = rc ? rc : store_commit(c->store);
	for (int64_t i = 0; i < 1000; i++)
		worker_progress(c->worker, &(struct run_progress) { .stage = "append", .unit = "steps", .done = i, .total = 1000 });
	worker_stage(c->worker, "append", "done", "asked for", 0);
	*result = js_int(seq);
	return rc;
}

static enum rc spin(struct job_context *c, void *arg, struct js **result)
{
	(void)arg;
	(void)result;
	while (!atomic_load(c->cancel))
		worker_progress(c->worker, &(struct run_progress) { .stage = "spin", .unit = "steps" });
	return err_set(RC_CANCELLED, "RUN-101", "cancelled");
}

static struct event *done(struct worker *w)
{
	struct event *e;
	while ((e = worker_wait(w))->kind != EVENT_DONE)
		event_free(e);
	return e;
}

static int append_all(struct worker *w)
{
	int good = 0;
	struct job job = { .command = "append", .create = true, .run = append, .arg = (void *)"Ann" };
	for (int i = 0; i < JOBS && worker_post(w, &job); i++) {
		struct event *e = done(w);
		good += e->rc == RC_OK && e->result;
		event_free(e);
	}
	return good == JOBS;
}

static int cancel_all(struct worker *w)
{
	int good = 0;
	struct job job = { .command = "spin", .create = true, .run = spin };
	for (int i = 0; i < JOBS && worker_post(w, &job); i++) {
		usleep((useconds_t)(i % 7) * 300);
		worker_cancel(w);
		struct event *e = done(w);
		good += e->rc == RC_CANCELLED && !strcmp(e->error.id, "RUN-101");
		event_free(e);
	}
	return good == JOBS;
}

/* A pane's reader: its own handle, its own thread. */
struct reader { const char *path; atomic_bool stop; int64_t longest; int failed; };

static void read_on(void *arg)
{
	struct reader *r = arg;
	while (!atomic_load(&r->stop)) {
		struct store *s;
		struct audit_result a;
		if (store_open(r->path, STORE_READ, &s)) {
			usleep(1000);
			continue;
		}
		r->failed += audit_verify(s, NULL, &a) != RC_OK;
		r->longest = a.head.length > r->longest ? a.head.length : r->longest;
		store_close(s);
	}
}

static int read_beside(struct worker *w, const char *path)
{
	struct reader r = { .path = path };
	struct thread *t = thread_start(read_on, &r);
	int good = t && append_all(w);
	atomic_store(&r.stop, true);
	thread_join(t);
	return good && r.failed == 0 && r.longest >= JOBS;
}

static int free_at_work(const char *path)
{
	for (int i = 0; i < JOBS; i++) {
		struct worker *w = worker_new(path);
		struct job job = { .command = "spin", .create = true, .run = spin };
		if (!w || !worker_post(w, &job))
			return 0;
		usleep((useconds_t)(i % 5) * 400);
		worker_free(w);
	}
	return 1;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/clv-threads-XXXXXX", path[64], more[80];
	FILE *tap = stdout;
	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "--tap=", 6))
			tap = fopen(argv[i] + 6, "w");
	if (!tap || !mkdtemp(dir))
		return 99;
	snprintf(path, sizeof(path), "%s/t.clv", dir);
	struct worker *w = worker_new(path);
	if (!w)
		return 99;
	ok(tap, append_all(w), "jobs and their events, one after the other");
	ok(tap, cancel_all(w), "cancel at any moment");
	ok(tap, read_beside(w, path), "a reader beside the writer sees a sound chain");
	worker_free(w);
	ok(tap, free_at_work(path), "freeing a worker at work");
	fprintf(tap, "1..%d\n", cases);
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		snprintf(more, sizeof(more), "%s%s", path, ends[i]);
		unlink(more);
	}
	rmdir(dir);
	return fclose(tap) ? 99 : 0;
}
