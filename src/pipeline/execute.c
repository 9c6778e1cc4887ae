/* One stage in one transaction: its row in the ledger, its work, its gates. What fails leaves nothing but the record
 * that it failed. Which stages run, and in what order, is decided in runner.c. */
#include "config.h"

#include "pipeline/runner_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum rc runner_open(struct runner *r)
{
	struct str text = { 0 };
	if (r->run_id)
		return RC_OK;
	r->begun = true;
	struct js *all = settings_json(r->settings, NULL);
	js_write(&text, all, false, true);
	js_free(all);
	enum rc rc = ledger_open(r->store, r->ask->command ? r->ask->command : "run", r->seed, text.s, &r->run_id);
	str_clear(&text);
	return rc;
}

static enum rc record(struct runner *r, size_t i)
{
	struct outcome *o = &r->outcome[i];
	if (o->recorded || !strcmp(o->status, "waiting"))
		return RC_OK;
	struct ledger_entry e = {
		.stage = r->dag.node[i].stage->name, .status = o->status, .reason = o->reason, .recipe = o->recipe,
		.fingerprint = o->recipe ? o->fingerprint : NULL, .output = o->made ? o->output : NULL, .note = o->note,
		.error = o->error, .made = o->made, .rows_in = o->rows_in, .rows_out = o->rows_out, .seconds = o->seconds,
	};
	o->recorded = true;
	return ledger_stage_add(r->store, r->run_id, &e);
}

enum rc runner_close(struct runner *r, const char *status, const char *error)
{
	enum rc rc = runner_open(r);
	for (size_t i = 0; !rc && i < r->dag.count; i++)
		rc = record(r, i);
	if (!rc)
		rc = audit_head(r->store, &r->head);
	if (!rc)
		rc = ledger_close(r->store, r->run_id, status, r->as_of, error, &r->head);
	if (!rc)
		r->status = status;
	return rc;
}

static const char *status_of(enum rc rc)
{
	return rc == RC_CANCELLED ? "cancelled" : rc == RC_DATA ? "refused" : "failed";
}

enum rc runner_fail(struct runner *r, enum rc rc)
{
	struct err cause = *err_get();
	const char *status = status_of(rc);
	store_watch(r->store, NULL);
	store_rollback(r->store);
	/* The disk that failed the run may fail its record, too: then the next writer finds it interrupted. */
	if (!r->status && r->begun)
		if (store_begin(r->store) || runner_close(r, status, cause.why) || store_commit(r->store))
			store_rollback(r->store);
	r->status = status;
	err_restore(&cause);
	return rc;
}

/* Upstream tables and the stage's own, with the executions that this run uses. */
static enum rc add_sources(struct runner *r, size_t i, struct run *run)
{
	const struct stage *st = r->dag.node[i].stage;
	const char *const *lists[] = { st->reads, st->writes };
	size_t n = 0;
	for (int l = 0; l < 2; l++)
		for (size_t t = 0; lists[l] && lists[l][t]; t++)
			n++;
	struct run_source *source = arena_alloc(r->arena, n + 1, sizeof(*source));
	for (int l = 0; l < 2; l++)
		for (size_t t = 0; lists[l] && lists[l][t]; t++) {
			const char *name;
			struct run_source *x = &source[run->sources++];
			enum rc rc = runner_outside_state(r, lists[l][t], &x->fingerprint, &name);
			if (rc)
				return rc;
			size_t writer = dag_writer(&r->dag, lists[l][t]);
			x->table = lists[l][t];
			if (name || writer == r->dag.count)
				continue;
			x->made = writer == i ? r->outcome[i].live_made : r->outcome[writer].made;
			x->fingerprint = writer == i ? "" : r->outcome[writer].output;
		}
	run->source = source;
	return RC_OK;
}

static enum rc gates(struct runner *r, struct run *run, const char **stopped_by)
{
	for (size_t t = 0; run->stage->writes && run->stage->writes[t]; t++) {
		bool stopped = false;
		if (!r->parts->gate_has(run->stage->writes[t]))
			continue;
		enum rc rc = r->parts->gate_run(run, run->stage->writes[t], &stopped);
		if (rc)
			return rc;
		if (stopped) {
			*stopped_by = run->stage->writes[t];
			return RC_OK;
		}
	}
	return RC_OK;
}

static void keep_numbers(struct runner *r, size_t i, struct run *run, double since)
{
	struct outcome *o = &r->outcome[i];
	o->rows_in = run->rows_in;
	o->rows_out = run->rows_out;
	o->seconds = clock_seconds() - since;
	o->note = *run->note ? arena_text(r->arena, run->note) : NULL;
	o->facts = run->facts;
	run->facts = NULL;
}

static enum rc close_row(struct runner *r, size_t i, const struct run *run, const char *status, const char *error)
{
	struct outcome *o = &r->outcome[i];
	bool good = !strcmp(status, "done") || !strcmp(status, "held");
	struct ledger_entry e = {
		.status = status, .recipe = o->recipe, .fingerprint = o->recipe ? o->fingerprint : NULL, .note = o->note, .error = error,
		.rows_in = o->rows_in, .rows_out = o->rows_out, .seconds = o->seconds,
	};
	if (good) {
		o->made = run->output_made ? run->output_made : run->made;
		snprintf(o->output, sizeof(o->output), "%s", *run->output_fingerprint ? run->output_fingerprint : o->fingerprint);
		e.made = o->made;
		e.output = o->output;
	}
	o->status = status;
	o->error = error;
	o->recorded = true;
	return ledger_stage_close(r->store, run->made, &e);
}

static void tell(const struct runner *r, size_t i, const char *status)
{
	if (r->ask->on_stage)
		r->ask->on_stage(r->ask->user, r->dag.node[i].stage->name, status, r->outcome[i].reason, r->outcome[i].seconds);
}

/* The row and the run of a stage, in a transaction that the caller began. */
static enum rc start(struct runner *r, size_t i, struct run *run)
{
	const struct stage *st = r->dag.node[i].stage;
	enum rc rc = runner_open(r);
	runner_prepare(run, r->store, r->settings, arena_new(), r->ask);
	run->stage = st;
	run->run_id = r->run_id;
	run->as_of = r->as_of;
	run->seed = r->seed;
	run->input = i == r->source ? r->ask->import : NULL;
	if (!rc)
		rc = ledger_stage_open(r->store, r->run_id, st->name, r->outcome[i].reason, &run->made);
	if (!rc)
		rc = add_sources(r, i, run);
	return rc;
}

/* After a failure inside the transaction: take it back; the record is written by runner_fail. */
static enum rc take_back(struct runner *r, size_t i, enum rc rc, bool opened_here)
{
	struct outcome *o = &r->outcome[i];
	struct err cause = *err_get();
	store_watch(r->store, NULL);
	store_rollback(r->store);
	if (opened_here)
		r->run_id = 0;
	o->status = status_of(rc);
	o->error = arena_text(r->arena, cause.why);
	o->recorded = false;
	o->made = 0;
	err_restore(&cause);
	return rc;
}

static enum rc work(struct runner *r, struct run *run, const char **stopped_by)
{
	store_watch(r->store, r->ask->cancel);
	enum rc rc = run_tick(run, "", 0, 0);
	if (!rc)
		rc = run->stage->run(run);
	if (!rc)
		rc = gates(r, run, stopped_by);
	store_watch(r->store, NULL);
	return rc;
}

enum rc runner_execute(struct runner *r, size_t i)
{
	const char *stopped_by = NULL;
	struct run run;
	double since = clock_seconds();
	tell(r, i, "running");
	enum rc rc = store_begin(r->store);
	if (!rc && !r->run_id) { /* the run's own row is not part of the stage */
		rc = runner_open(r);
		rc = rc ? rc : store_commit(r->store);
		rc = rc ? rc : store_begin(r->store);
	}
	if (rc)
		return rc;
	rc = start(r, i, &run);
	if (!rc)
		rc = work(r, &run, &stopped_by);
	keep_numbers(r, i, &run, since);
	if (!rc && !stopped_by)
		rc = runner_recipe(r, i);
	if (!rc)
		rc = close_row(r, i, &run, stopped_by ? "refused" : run.output_made ? "held" : "done", NULL);
	if (!rc)
		rc = store_commit(r->store);
	if (rc)
		rc = take_back(r, i, rc, false);
	else if (stopped_by)
		rc = r->parts->gate_refuse(&run, stopped_by);
	arena_free(run.arena);
	mem_trim(); /* what the next stage has is not on top of it */
	tell(r, i, r->outcome[i].status);
	return rc ? err_stopped(rc, "stage %s", run.stage->name) : RC_OK;
}

/* What the import left behind decides: nothing new, new rows, or the record of a refused file. */
static enum rc settle_import(struct runner *r, struct run *run, enum rc rc, const char *before)
{
	struct outcome *o = &r->outcome[r->source];
	struct err cause = *err_get();
	enum rc failed = r->parts->source_state(r->store, o->output);
	if (failed)
		return failed;
	snprintf(run->output_fingerprint, sizeof(run->output_fingerprint), "%s", o->output);
	if (!rc && !strcmp(before, o->output)) {
		store_rollback(r->store);
		r->run_id = 0;
		o->status = "fresh";
		o->reason = "nothing new in the files";
		return RC_OK;
	}
	failed = close_row(r, r->source, run, rc ? "refused" : "done", rc ? arena_text(r->arena, cause.why) : NULL);
	if (!failed && rc)
		failed = runner_close(r, "refused", cause.why);
	if (!failed)
		failed = store_commit(r->store);
	if (failed)
		return failed;
	if (rc)
		err_restore(&cause);
	return rc;
}

const char *runner_source_reason(const struct runner *r)
{
	return r->ask->import->paths > 0 ? "files given" : "how returns count changed";
}

/* A refused file leaves its record and its quarantine: RC_DATA with the transaction still open is kept, all else goes. */
enum rc runner_import(struct runner *r)
{
	size_t i = r->source;
	struct outcome *o = &r->outcome[i];
	const char *stopped_by = NULL;
	struct run run;
	char before[DIGEST_HEX] = "";
	double since = clock_seconds();
	o->reason = runner_source_reason(r);
	tell(r, i, "running");
	enum rc rc = store_begin(r->store);
	if (rc)
		return rc;
	rc = start(r, i, &run);
	if (!rc)
		rc = r->parts->source_state(r->store, before);
	if (!rc)
		rc = work(r, &run, &stopped_by);
	keep_numbers(r, i, &run, since);
	if (!rc && stopped_by) {
		rc = r->parts->gate_refuse(&run, stopped_by);
		store_rollback(r->store);
	}
	if ((!rc || rc == RC_DATA) && store_in_transaction(r->store))
		rc = settle_import(r, &run, rc, before);
	if (rc && !r->status)
		rc = take_back(r, i, rc, true);
	arena_free(run.arena);
	tell(r, i, o->status);
	return rc ? err_stopped(rc, "import") : RC_OK;
}
