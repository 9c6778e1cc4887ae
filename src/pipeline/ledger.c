/* The ledger of runs: statements and their columns, no decisions. Owns run_run, run_stage, run_output, run_live;
 * deletes customer rows of other rooms' tables when no kept run uses them. */
#include "config.h"

#include "pipeline/ledger.h"

#include <stdio.h>

#include "store/query.h"

static enum rc hit(struct store *s, struct arena *a, const char *statement, const char *stage, const char *fingerprint,
		   struct ledger_hit *out)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, statement, &q);
	if (rc)
		return rc;
	query_bind_text(q, 1, stage);
	if (fingerprint)
		query_bind_text(q, 2, fingerprint);
	rc = query_step(q, &row);
	if (!rc) {
		*out = (struct ledger_hit) { 0 };
		if (row) {
			const char *output = query_text(q, 1);
			out->made = query_int(q, 0);
			out->run_id = query_int(q, 3);
			out->recipe = arena_text(a, query_text(q, 2));
			snprintf(out->output, sizeof(out->output), "%s", output ? output : "");
		}
	}
	query_close(q);
	return rc;
}

enum rc ledger_live(struct store *s, int64_t *run_id)
{
	*run_id = 0;
	return query_get_int(s, "statement/pipeline_live_get", run_id, "");
}

enum rc ledger_live_made(struct store *s, const char *stage, int64_t *made)
{
	*made = 0;
	return query_get_int(s, "statement/pipeline_live_made", made, "t", stage);
}

enum rc ledger_find(struct store *s, struct arena *a, const char *stage, const char *fingerprint, struct ledger_hit *out)
{
	return hit(s, a, "statement/pipeline_find", stage, fingerprint, out);
}

enum rc ledger_current(struct store *s, struct arena *a, const char *stage, struct ledger_hit *out)
{
	return hit(s, a, "statement/pipeline_current", stage, NULL, out);
}

enum rc ledger_last(struct store *s, struct arena *a, const char *stage, struct ledger_hit *out)
{
	return hit(s, a, "statement/pipeline_last", stage, NULL, out);
}

enum rc ledger_interrupt(struct store *s)
{
	char at[32];
	int64_t running = 0;
	enum rc rc = query_get_int(s, "statement/pipeline_running", &running, "");
	if (rc || !running)
		return rc;
	clock_now(at);
	rc = store_begin(s);
	rc = rc ? rc : query_run(s, "statement/pipeline_interrupt", "t", at);
	return rc ? rc : store_commit(s);
}

enum rc ledger_open(struct store *s, const char *command, uint64_t seed, const char *settings, int64_t *run_id)
{
	char at[32];
	clock_now(at);
	enum rc rc = query_run(s, "statement/pipeline_run_open", "ttitt", at, command, (int64_t)seed, settings,
			       PACKAGE_NAME " " PACKAGE_VERSION);
	if (!rc)
		*run_id = store_last_rowid(s);
	return rc;
}

enum rc ledger_close(struct store *s, int64_t run_id, const char *status, day_t as_of, const char *error,
		     const struct audit_head *head)
{
	struct query *q;
	bool row;
	char at[32];
	enum rc rc = query_open(s, "statement/pipeline_run_close", &q);
	if (rc)
		return rc;
	clock_now(at);
	query_bind_int(q, 1, run_id);
	query_bind_text(q, 2, at);
	query_bind_text(q, 3, status);
	if (as_of != DAY_NONE)
		query_bind_int(q, 4, as_of);
	query_bind_text(q, 5, error);
	if (head) {
		query_bind_text(q, 6, head->hash);
		query_bind_int(q, 7, head->length);
	}
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

enum rc ledger_stage_open(struct store *s, int64_t run_id, const char *stage, const char *reason, int64_t *exec_id)
{
	char at[32];
	clock_now(at);
	enum rc rc = query_run(s, "statement/pipeline_stage_open", "ittt", run_id, stage, reason, at);
	if (!rc)
		*exec_id = store_last_rowid(s);
	return rc;
}

enum rc ledger_stage_close(struct store *s, int64_t exec_id, const struct ledger_entry *e)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/pipeline_stage_close", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, exec_id);
	query_bind_text(q, 2, e->status);
	query_bind_text(q, 3, e->recipe);
	query_bind_text(q, 4, e->fingerprint);
	if (e->made)
		query_bind_int(q, 5, e->made);
	query_bind_text(q, 6, e->output);
	query_bind_int(q, 7, e->rows_in);
	query_bind_int(q, 8, e->rows_out);
	query_bind_real(q, 9, e->seconds);
	query_bind_text(q, 10, e->note);
	query_bind_text(q, 11, e->error);
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

enum rc ledger_stage_add(struct store *s, int64_t run_id, const struct ledger_entry *e)
{
	int64_t exec_id = 0;
	enum rc rc = ledger_stage_open(s, run_id, e->stage, e->reason, &exec_id);
	return rc ? rc : ledger_stage_close(s, exec_id, e);
}

enum rc ledger_output(struct store *s, int64_t run_id, const char *stage, int64_t made)
{
	return query_run(s, "statement/pipeline_output", "iti", run_id, stage, made);
}

enum rc ledger_publish(struct store *s, int64_t run_id)
{
	enum rc rc = query_run(s, "statement/pipeline_live_set", "i", run_id);
	return rc ? rc : query_script(s, "statement/pipeline_prune");
}
