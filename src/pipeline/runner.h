/* Execute a plan, one transaction a stage, and remember it. */
#ifndef CLV_PIPELINE_RUNNER_H
#define CLV_PIPELINE_RUNNER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/json.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "module/run.h"
#include "module/setting.h"
#include "store/store.h"

struct runner_ask {
	const struct import_ask *import;  /* files to import first; NULL for none */
	const char *only, *from, *to;     /* stages by name; NULL */
	bool        force;                /* run fresh stages, too */
	bool        accepted_only;        /* on what was accepted, though files are set aside: a person said so (aside_pass) */
	bool        dry_run;              /* the plan with its reasons; nothing runs or is written */
	const char *command;              /* for the ledger: the batch line */
	const atomic_bool *cancel;
	void      (*on_progress)(void *user, const struct run_progress *p);
	void      (*on_stage)(void *user, const char *stage, const char *status, const char *reason, double seconds); /* started: status "running" */
	void       *user;
};

/* *result is {run_id, status, as_of, live, stages:[{name, status, reason, rows_in, rows_out, seconds, made, note?, error?, facts?}],
 * champion:{set_id, model, since, digest, review_id}|null, review:{id, state, reason, candidate_set, opened_at}|null (the last that waits),
 * audit:{head, length}, import?:{files}}, also after a failure or refusal (then the code says which). status is done, fresh, planned (dry run),
 * refused, cancelled or failed; a stage's is done, held, fresh, skipped, stale (dry run), refused, cancelled, failed or waiting.
 * When every stage is fresh no run is recorded: status is "fresh" and run_id is the live run's. The live run moves in the last transaction
 * only; whatever fails before leaves the last good results as they are. A partial run (only, from, to) moves it unless a stage that was left
 * out would then show results made from other inputs; the work is kept, and the next whole run takes it up.
 * Errors: RC_USAGE RUN-105 no such stage, RUN-106 stages that exclude each other, RUN-107 a stage whose inputs never ran; RC_DATA RUN-104 an
 * empty store, GATE-132 a file that is set aside whole, or what a gate said; RC_CANCELLED; else what the stage or the store said. */
enum rc runner_run(struct store *s, const struct settings *settings, const struct runner_ask *ask, struct js **result);

/* A struct run for a job that is not a stage (import alone, fit, approve): no source, no made. The arena is the caller's. */
void runner_prepare(struct run *run, struct store *s, const struct settings *settings, struct arena *a, const struct runner_ask *ask);

/* as-of of the settings, or the last accepted purchase day; DAY_NONE in an empty store. */
enum rc runner_as_of(struct store *s, const struct settings *settings, day_t *out);

/* The place of a stage in the order of work, from 1; 0: there is no such stage. *of: how many there are. */
size_t runner_stage_place(const char *stage, size_t *of);

/* Every room's settings tables, NULL at the end, for settings_new. Valid in the calling thread. */
const struct setting *const *runner_settings(void);

#endif
