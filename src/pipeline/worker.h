/* The working thread: jobs in, events out, cancel. The only thread that writes to the store. A job's function runs in it with a writing
 * handle opened under the store's lock for that job only, so that an open workbench blocks nobody. Values cross; no pointer is shared. */
#ifndef CLV_PIPELINE_WORKER_H
#define CLV_PIPELINE_WORKER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/json.h"
#include "base/rc.h"
#include "module/run.h"
#include "store/store.h"

struct worker;

struct job_context {            /* what a job's function is given */
	struct store      *store;   /* writing handle */
	const atomic_bool *cancel;
	struct worker     *worker;  /* for worker_progress, worker_stage */
};

struct job {
	const char *command;        /* batch line; copied */
	bool        create;         /* make the store if absent */
	enum rc   (*run)(struct job_context *c, void *arg, struct js **result);
	void       *arg;            /* owned by the caller; must live until the job's event EVENT_DONE was taken */
};

enum event_kind { EVENT_PROGRESS, EVENT_STAGE, EVENT_DONE };

struct event {                  /* a value, copied; freed with event_free */
	enum event_kind kind;
	struct run_progress progress;
	char   stage[32], status[16], reason[256];
	double seconds;
	enum rc    rc;              /* EVENT_DONE */
	struct err error;           /* EVENT_DONE with rc != RC_OK: the worker's message, copied */
	struct js *result;          /* EVENT_DONE; may be NULL */
};

/* path is copied. NULL only when the system gives no thread. */
struct worker *worker_new(const char *path);
void           worker_free(struct worker *w);           /* cancels what runs and waits for it */
bool           worker_post(struct worker *w, const struct job *job); /* false: a job is already at work */
bool           worker_busy(const struct worker *w);
void           worker_cancel(struct worker *w);         /* async-signal-safe */
int            worker_wake_fd(const struct worker *w);  /* readable while events wait */
struct event  *worker_take(struct worker *w);           /* NULL when none waits */
struct event  *worker_wait(struct worker *w);           /* blocks; for batch mode */
void           event_free(struct event *e);

/* Called in the job's thread. Progress events are merged: at most 20 a second are queued. Tests hold a job: with CLV_TEST=1 and
 * CLV_HOLD=STAGE:FD it writes a byte to FD when that stage begins, and waits there for a byte or for its cancel. */
void worker_progress(void *worker, const struct run_progress *p);
void worker_stage(void *worker, const char *stage, const char *status, const char *reason, double seconds);

#endif
