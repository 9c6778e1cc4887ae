/* What ran, on what, how long, how many rows, how it ended; and which results are live. Owns run_*. Every function works inside the
 * caller's transaction, if there is one, and passes on what the store says. */
#ifndef CLV_PIPELINE_LEDGER_H
#define CLV_PIPELINE_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/digest.h"
#include "base/rc.h"
#include "module/audit.h"
#include "store/store.h"

/* An execution that ended well. */
struct ledger_hit {
	int64_t     made;               /* 0: there is none */
	int64_t     run_id;             /* the run that made it */
	char        output[DIGEST_HEX]; /* fingerprint of its output */
	const char *recipe;             /* in the arena */
};

/* How an execution, or a stage that did not run, goes into the ledger. Texts may be NULL. */
struct ledger_entry {
	const char *stage, *status, *reason, *recipe, *fingerprint, *output, *note, *error;
	int64_t     made, rows_in, rows_out;
	double      seconds;
};

enum rc ledger_live(struct store *s, int64_t *run_id);                             /* 0: no run ended well yet */
enum rc ledger_live_made(struct store *s, const char *stage, int64_t *made);       /* 0: the live run has none */
/* An execution by the same recipe whose rows are still there. */
enum rc ledger_find(struct store *s, struct arena *a, const char *stage, const char *fingerprint, struct ledger_hit *out);
/* What a new recipe is held against: the live run's execution, else the last good one. */
enum rc ledger_current(struct store *s, struct arena *a, const char *stage, struct ledger_hit *out);

/* The last execution of a stage, whatever became of its run: for the source, whose rows all runs share. */
enum rc ledger_last(struct store *s, struct arena *a, const char *stage, struct ledger_hit *out);

/* Runs still "running" while the caller holds the lock were cut short: mark them interrupted, in a transaction of its own. */
enum rc ledger_interrupt(struct store *s);
enum rc ledger_open(struct store *s, const char *command, uint64_t seed, const char *settings, int64_t *run_id);
enum rc ledger_close(struct store *s, int64_t run_id, const char *status, day_t as_of, const char *error, const struct audit_head *head);

enum rc ledger_stage_open(struct store *s, int64_t run_id, const char *stage, const char *reason, int64_t *exec_id);
enum rc ledger_stage_close(struct store *s, int64_t exec_id, const struct ledger_entry *e);
enum rc ledger_stage_add(struct store *s, int64_t run_id, const struct ledger_entry *e); /* both at once */

enum rc ledger_output(struct store *s, int64_t run_id, const char *stage, int64_t made);
/* Make the run live and delete customer rows that no kept run uses. */
enum rc ledger_publish(struct store *s, int64_t run_id);

#endif
