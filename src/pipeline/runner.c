/* The course of a run: choose stages, import what was given, run what is stale in the order of the graph, then move
 * the live run in one last transaction. How one stage runs is in execute.c, whether it must in judge.c. */
#include "config.h"

#include "pipeline/runner.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "module/audit.h"
#include "pipeline/runner_priv.h"
#include "store/keep.h"
#include "store/query.h"

void runner_prepare(struct run *run, struct store *s, const struct settings *settings, struct arena *a,
		    const struct runner_ask *ask)
{
	*run = (struct run) {
		.store = s, .settings = settings, .arena = a, .as_of = settings_day(settings, "as_of"),
		.seed = (uint64_t)settings_int(settings, "seed"), .cancel = ask ? ask->cancel : NULL,
		.on_progress = ask ? ask->on_progress : NULL, .user = ask ? ask->user : NULL,
	};
}

enum rc runner_as_of(struct store *s, const struct settings *settings, day_t *out)
{
	int64_t last = DAY_NONE;
	*out = settings_day(settings, "as_of");
	if (*out != DAY_NONE && *out > clock_today())
		return err_do(err_set(RC_CONFIG, "RUN-118", "the as-of day lies after today"), "give a day that has been seen to its end");
	if (*out != DAY_NONE)
		return RC_OK;
	enum rc rc = query_get_int(s, "statement/pipeline_last_day", &last, "");
	*out = (day_t)last;
	return rc;
}

/* ---- which stages ---- */

static enum rc find_stage(const struct runner *r, const char *option, const char *name, size_t missing, size_t *out)
{
	*out = missing;
	if (!name)
		return RC_OK;
	*out = dag_find(&r->dag, name);
	if (*out < r->dag.count)
		return RC_OK;
	const char **names = arena_alloc(r->arena, r->dag.count + 1, sizeof(*names));
	for (size_t i = 0; i < r->dag.count; i++)
		names[i] = r->dag.node[i].stage->name;
	const char *nearest = str_nearest(name, names, r->dag.count);
	struct str seen = { 0 };
	str_add_visible(&seen, name, strlen(name));
	enum rc rc = err_set(RC_USAGE, "RUN-105", "--%s: there is no stage '%s'", option, seen.s ? seen.s : "");
	str_clear(&seen);
	return nearest ? err_do(rc, "perhaps %s is meant", nearest) : rc;
}

static enum rc choose(struct runner *r)
{
	const struct runner_ask *ask = r->ask;
	size_t first, last, only;
	enum rc rc = find_stage(r, "only", ask->only, r->dag.count, &only);
	rc = rc ? rc : find_stage(r, "from", ask->from, 0, &first);
	rc = rc ? rc : find_stage(r, "to", ask->to, r->dag.count, &last);
	if (rc)
		return rc;
	if (ask->only && (ask->from || ask->to))
		return err_set(RC_USAGE, "RUN-106", "--only stands alone, without --from and --to");
	if (ask->to && first > last)
		return err_set(RC_USAGE, "RUN-106", "%s comes after %s", ask->from, ask->to);
	for (size_t i = 0; i < r->dag.count; i++)
		r->outcome[i].selected = ask->only ? i == only : i >= first && i <= last;
	return RC_OK;
}

static enum rc prepare(struct runner *r)
{
	enum rc rc = dag_build(r->arena, r->parts->modules, runner_outside(), &r->dag);
	if (rc)
		return rc;
	r->source = r->parts->source ? dag_find(&r->dag, r->parts->source) : r->dag.count;
	r->outcome = arena_alloc(r->arena, r->dag.count + 1, sizeof(*r->outcome));
	for (size_t i = 0; !rc && i < r->dag.count; i++) {
		r->outcome[i].status = "waiting";
		r->outcome[i].reason = "";
		rc = ledger_live_made(r->store, r->dag.node[i].stage->name, &r->outcome[i].live_made);
	}
	rc = rc ? rc : ledger_live(r->store, &r->live);
	rc = rc ? rc : choose(r);
	return rc || r->ask->dry_run ? rc : ledger_interrupt(r->store);
}

/* ---- the course ---- */

static enum rc set_as_of(struct runner *r)
{
	enum rc rc = runner_as_of(r->store, r->settings, &r->as_of);
	if (rc || r->as_of != DAY_NONE || (r->ask->dry_run && r->ask->import))
		return rc;
	return err_do(err_set(RC_DATA, "RUN-104", "the store has no purchases yet"), "give a file: run purchases.csv");
}

/* The source has no recipe: what it left in the store is its fingerprint, whoever put it there. */
static enum rc take_source(struct runner *r)
{
	struct outcome *o = &r->outcome[r->source];
	struct ledger_hit hit;
	if (r->ask->import && r->ask->dry_run) {
		o->status = "stale";
		o->reason = runner_source_reason(r);
		strcpy(o->output, "?");
		return RC_OK;
	}
	enum rc rc = r->parts->source_state(r->store, o->output);
	if (rc || o->made)
		return rc;
	if (!strcmp(o->status, "waiting")) {
		o->status = "fresh";
		o->reason = "no files given";
	}
	rc = ledger_last(r->store, r->arena, r->parts->source, &hit);
	if (!rc)
		o->made = hit.made;
	return rc;
}

static enum rc step(struct runner *r, size_t i)
{
	bool stale;
	struct outcome *o = &r->outcome[i];
	if (i == r->source)
		return take_source(r);
	enum rc rc = runner_judge(r, i, &stale);
	if (rc || !stale)
		return rc;
	if (!r->ask->dry_run)
		return runner_execute(r, i);
	o->status = "stale";
	memcpy(o->output, o->fingerprint, sizeof(o->output));
	return RC_OK;
}

/* ---- the end ---- */

struct tally { bool worked, moved, outdated; };

static struct tally count(const struct runner *r)
{
	struct tally t = { 0 };
	for (size_t i = 0; i < r->dag.count; i++) {
		const struct outcome *o = &r->outcome[i];
		t.worked |= !strcmp(o->status, "done") || !strcmp(o->status, "held");
		t.moved |= i != r->source && o->made != o->live_made;
		t.outdated |= o->outdated;
	}
	return t;
}

static struct js *entry(const struct runner *r, bool live)
{
	struct js *e = js_object(), *stages = js_object();
	char day[16];
	day_format(day, r->as_of);
	js_set_int(e, "run_id", r->run_id);
	js_set_text(e, "as_of", day);
	js_set_int(e, "seed", (int64_t)r->seed);
	js_set_bool(e, "live", live);
	for (size_t i = 0; i < r->dag.count; i++) {
		const struct outcome *o = &r->outcome[i];
		if (!o->made && i != r->source)
			continue;
		struct js *x = js_object();
		js_set_int(x, "made", o->made);
		js_set_text(x, "output", o->output);
		js_set(stages, r->dag.node[i].stage->name, x);
	}
	js_set(e, "stages", stages);
	return e;
}

/* What the failed transaction had written down is to be written again with the record of the failure. */
static void unpublish(struct runner *r, bool opened_here)
{
	for (size_t i = 0; i < r->dag.count; i++)
		if (!strcmp(r->outcome[i].status, "fresh") || !strcmp(r->outcome[i].status, "skipped"))
			r->outcome[i].recorded = false;
	if (opened_here)
		r->run_id = 0;
	r->status = NULL;
}

/* One transaction: outputs, the audit entry, the live run. Stages that were left out keep the live run where it is when what
 * they made would no longer fit what this run made. */
static enum rc publish(struct runner *r, bool live)
{
	bool opened_here = !r->run_id;
	enum rc rc = store_begin(r->store);
	rc = rc ? rc : runner_open(r);
	for (size_t i = 0; !rc && i < r->dag.count; i++)
		if (r->outcome[i].made)
			rc = ledger_output(r->store, r->run_id, r->dag.node[i].stage->name, r->outcome[i].made);
	if (!rc && live)
		rc = ledger_publish(r->store, r->run_id);
	rc = rc ? rc : audit_append(r->store, "run", "clv", entry(r, live), NULL);
	rc = rc ? rc : runner_close(r, "done", NULL);
	rc = rc ? rc : store_commit(r->store);
	if (rc) {
		unpublish(r, opened_here);
		return err_stopped(rc, "publishing the run");
	}
	r->live = live ? r->run_id : r->live;
	return RC_OK;
}

static enum rc finish(struct runner *r)
{
	struct tally t = count(r);
	if (r->ask->dry_run) {
		r->status = "planned";
		return RC_OK;
	}
	if (t.worked || (t.moved && !t.outdated))
		return publish(r, !t.outdated);
	r->status = "fresh";
	r->run_id = r->live;
	return RC_OK;
}

static enum rc go(struct runner *r)
{
	enum rc rc = prepare(r);
	if (!rc && r->ask->import && !r->ask->dry_run && r->source < r->dag.count)
		rc = runner_import(r);
	if (!rc && r->parts->pause && !r->ask->accepted_only && !r->ask->dry_run)
		rc = r->parts->pause(r->store);
	rc = rc ? rc : set_as_of(r);
	for (size_t i = 0; !rc && i < r->dag.count; i++)
		rc = step(r, i);
	return rc ? rc : finish(r);
}

enum rc runner_run_with(const struct runner_parts *parts, struct store *s, const struct settings *settings,
			const struct runner_ask *ask, struct js **result)
{
	struct runner r = {
		.parts = parts, .store = s, .settings = settings, .ask = ask, .arena = arena_new(), .as_of = DAY_NONE,
		.seed = (uint64_t)settings_int(settings, "seed"),
	};
	enum rc rc = go(&r);
	if (rc)
		rc = runner_fail(&r, rc);
	store_unkeep(s);
	mem_trim();
	*result = runner_result(&r);
	for (size_t i = 0; r.outcome && i < r.dag.count; i++)
		js_free(r.outcome[i].facts);
	arena_free(r.arena);
	return rc;
}
