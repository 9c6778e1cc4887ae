/* Inside the runner: what a run knows of each stage, and the steps that its files share. */
#ifndef CLV_PIPELINE_RUNNER_PRIV_H
#define CLV_PIPELINE_RUNNER_PRIV_H

#include <stdbool.h>

#include "module/module.h"
#include "pipeline/dag.h"
#include "pipeline/ledger.h"
#include "pipeline/plan.h"
#include "pipeline/runner.h"

/* What the runner is put together from. The real parts stand in modules.c; tests bring their own. */
struct runner_parts {
	const struct module *const *modules;   /* NULL at the end */
	const char *source;                    /* stage that takes the files given, "import"; it runs only when there are some */
	enum rc   (*source_state)(struct store *s, char hex[DIGEST_HEX]); /* of what it wrote, whoever wrote it */
	enum rc   (*pause)(struct store *s);   /* RC_DATA: the source's data stop short, nothing is made of them; NULL: never */
	bool      (*gate_has)(const char *table);
	enum rc   (*gate_run)(struct run *run, const char *table, bool *stopped);
	enum rc   (*gate_refuse)(struct run *run, const char *table);
};

/* A stage in this run. */
struct outcome {
	const char *status;                  /* "waiting" until its turn; then as in run_stage, or "stale" in a dry run */
	const char *reason;
	const char *recipe;
	char        fingerprint[DIGEST_HEX];
	char        output[DIGEST_HEX];
	int64_t     made;                    /* execution whose rows this run uses; 0: none */
	int64_t     live_made;               /* the one that the live run uses; 0: none */
	int64_t     rows_in, rows_out;
	double      seconds;
	const char *note, *error;
	struct js  *facts;
	bool        selected;
	bool        recorded;                /* its row in run_stage is written */
	bool        outdated;                /* not selected, and made from other inputs than this run has */
};

struct runner {
	const struct runner_parts *parts;
	struct store          *store;
	const struct settings *settings;
	const struct runner_ask *ask;
	struct arena          *arena;
	struct dag             dag;
	struct outcome        *outcome;      /* one per dag node */
	size_t                 source;       /* index of the source stage, dag.count without one */
	int64_t                run_id;       /* 0 until something has to be written */
	bool                   begun;        /* something was tried that belongs into the ledger, whatever came of it */
	int64_t                live;         /* the live run; 0: none */
	day_t                  as_of;
	uint64_t               seed;
	const char            *status;       /* of the run; NULL while it runs */
	struct audit_head      head;
};

enum rc runner_run_with(const struct runner_parts *parts, struct store *s, const struct settings *settings,
			const struct runner_ask *ask, struct js **result);

/* judge.c: make the stage's recipe from what this run has so far and say whether it is fresh. */
enum rc runner_judge(struct runner *r, size_t i, bool *stale);
/* Recipe and fingerprint alone, into the outcome: also after a stage, since people's tables may have moved with it. */
enum rc runner_recipe(struct runner *r, size_t i);
/* Tables that may be read though no stage writes them; NULL at the end. */
const char *const *runner_outside(void);
/* State of such a table, as text; NULL when the table is not one of them. */
enum rc runner_outside_state(struct runner *r, const char *table, const char **state, const char **name);

/* execute.c: run one stage in one transaction, gates included, and write its row. On failure everything of it is taken back. */
enum rc runner_execute(struct runner *r, size_t i);
/* Why the source stage runs: files, or, without one, that its settings changed. */
const char *runner_source_reason(const struct runner *r);

/* The files given, through the source stage; nothing is written when nothing changed. */
enum rc runner_import(struct runner *r);
/* Begin the run in the ledger, inside the caller's transaction; again is fine. */
enum rc runner_open(struct runner *r);
/* Rows of stages that did not run, then the end of the run, inside the caller's transaction. */
enum rc runner_close(struct runner *r, const char *status, const char *error);
/* After a failure: the run's end in a transaction of its own. The thread's message stays as it is. Returns rc. */
enum rc runner_fail(struct runner *r, enum rc rc);

/* result.c */
struct js *runner_result(struct runner *r);

#endif
