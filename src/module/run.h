/* What a stage is given, and all it may use: the writing store handle, the frozen settings, the as-of day, an arena that
 * ends with the stage, named random streams, progress and cancel. A stage opens no file that the run did not name, draws
 * nothing, prints nothing and never asks the time. */
#ifndef CLV_MODULE_RUN_H
#define CLV_MODULE_RUN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/json.h"
#include "base/rc.h"
#include "base/rng.h"
#include "module/module.h"
#include "store/store.h"

/* Which execution made the rows of a table that this run reads. */
struct run_source { const char *table; int64_t made; const char *fingerprint; };

struct run_progress { /* what a tick carries up; a value, copied */
	const char *stage;   /* static text */
	const char *unit;    /* "rows", "customers", "steps"; static text */
	int64_t     done, total; /* total 0: not known */
};

struct run {
	struct store          *store;
	const struct settings *settings;
	const struct stage    *stage;     /* the stage at work; NULL for a job without stages */
	struct arena          *arena;     /* ends with the stage */
	int64_t                run_id;    /* run_run.run_id; 0 outside a run */
	int64_t                made;      /* this execution; the value of `made` in rows the stage writes */
	day_t                  as_of;     /* inclusive */
	uint64_t               seed;
	const struct run_source *source;  /* upstream tables of this run */
	size_t                 sources;
	int64_t                rows_in, rows_out; /* set by the stage, for the ledger */
	const atomic_bool     *cancel;    /* NULL: cannot be cancelled */
	void                 (*on_progress)(void *user, const struct run_progress *p); /* may be NULL */
	void                  *user;
	const void            *input;     /* import stage: struct import_ask; NULL for the others */
	/* Set by a stage that keeps an earlier result (run_hold), or whose output has a fingerprint of its own (import): */
	int64_t                output_made;            /* 0: this execution */
	char                   output_fingerprint[65]; /* "": that of the inputs */
	char                   note[256];          /* one line for the ledger and the plan; "" if none */
	struct js             *facts;              /* stage result for --json; owned by the runner; NULL at the start */
};

/* Report progress and ask whether to stop: RC_CANCELLED when the user asked. Call at least every 10,000 rows or 100 ms. */
enum rc run_tick(struct run *run, const char *unit, int64_t done, int64_t total);

/* The execution that made the table's rows for this run; 0 when it has no rows yet. Asserts that the stage declared it. */
int64_t run_made_of(const struct run *run, const char *table);

/* Settings that the stage declared; another key is a bug (assert). */
int64_t     run_int(const struct run *run, const char *key);
double      run_real(const struct run *run, const char *key);
bool        run_bool(const struct run *run, const char *key);
const char *run_text(const struct run *run, const char *key);

/* A random stream of the run's seed. */
void run_stream(const struct run *run, const char *name, struct rng *out);

/* Note for the ledger. */
void run_note(struct run *run, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Keep an earlier execution's rows instead of writing new ones. */
void run_hold(struct run *run, int64_t made, const char *fingerprint);

#endif
