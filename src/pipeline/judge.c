/* Is a stage fresh? Its recipe is made from what this run has so far and looked up in the ledger. Nothing here runs
 * a stage or writes. */
#include "config.h"

#include "pipeline/runner_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/query.h"

/* Tables that people write, or that describe the store: they have a state instead of a stage. */
static const struct outside { const char *table, *name, *statement; } outside[] = {
	{ "decision_champion", "champion", "statement/pipeline_state_champion" },
	{ "decision_review", "decisions", "statement/pipeline_state_review" },
	{ "store_fact", "store facts", "statement/pipeline_state_fact" },
	{ "contract_version", "contracts", "statement/pipeline_state_contract" },
};
#define OUTSIDE (sizeof(outside) / sizeof(*outside))

const char *const *runner_outside(void)
{
	static const char *const table[] = { "decision_champion", "decision_review", "store_fact", "contract_version", NULL };
	_Static_assert(sizeof(table) / sizeof(*table) == OUTSIDE + 1, "one entry each");
	return table;
}

enum rc runner_outside_state(struct runner *r, const char *table, const char **state, const char **name)
{
	size_t i = 0;
	char *text = NULL;
	*state = *name = NULL;
	while (i < OUTSIDE && strcmp(outside[i].table, table) != 0)
		i++;
	if (i == OUTSIDE)
		return RC_OK;
	enum rc rc = query_get_text(r->store, r->arena, outside[i].statement, &text, "");
	*state = text ? text : "none";
	*name = outside[i].name;
	return rc;
}

static void add_input(struct plan_input *list, size_t *n, const char *name, const char *fingerprint)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(list[i].name, name))
			return;
	list[(*n)++] = (struct plan_input) { .name = name, .fingerprint = fingerprint };
}

enum rc runner_recipe(struct runner *r, size_t i)
{
	const struct stage *st = r->dag.node[i].stage;
	struct outcome *o = &r->outcome[i];
	size_t n = 0, tables = 0;
	while (st->reads && st->reads[tables])
		tables++;
	struct plan_input *input = arena_alloc(r->arena, tables + 1, sizeof(*input));
	for (size_t t = 0; t < tables; t++) {
		const char *state, *name;
		enum rc rc = runner_outside_state(r, st->reads[t], &state, &name);
		if (rc)
			return rc;
		size_t writer = dag_writer(&r->dag, st->reads[t]);
		if (name)
			add_input(input, &n, name, state);
		else if (writer != i)
			add_input(input, &n, r->dag.node[writer].stage->name, r->outcome[writer].output);
	}
	o->recipe = plan_recipe(r->arena, st, r->settings, r->as_of, r->seed, input, n, o->fingerprint);
	return RC_OK;
}

/* Every stage that it reads must have rows, from this run or an earlier one. */
static enum rc check_needs(struct runner *r, size_t i)
{
	const struct dag_node *n = &r->dag.node[i];
	for (size_t k = 0; k < n->needs_count; k++) {
		const struct outcome *o = &r->outcome[n->needs[k]];
		if (n->needs[k] == r->source || o->made || !strcmp(o->status, "stale"))
			continue;
		return err_do(err_set(RC_USAGE, "RUN-107", "%s cannot run alone: %s has no results yet", n->stage->name,
				      r->dag.node[n->needs[k]].stage->name), "run without --only and --from");
	}
	return RC_OK;
}

static void take(struct outcome *o, const struct ledger_hit *hit)
{
	o->made = hit->made;
	snprintf(o->output, sizeof(o->output), "%s", hit->output);
}

static void leave(struct outcome *o, const struct ledger_hit *current)
{
	take(o, current);
	o->status = "skipped";
	o->outdated = current->made && o->live_made && !plan_same_inputs(current->recipe, o->recipe);
	o->reason = o->outdated ? "not asked for, and out of date" : "not asked for";
}

enum rc runner_judge(struct runner *r, size_t i, bool *stale)
{
	struct outcome *o = &r->outcome[i];
	const char *stage = r->dag.node[i].stage->name;
	struct ledger_hit same, current;
	*stale = false;
	enum rc rc = runner_recipe(r, i);
	if (!rc)
		rc = ledger_current(r->store, r->arena, stage, &current);
	if (!rc)
		rc = ledger_find(r->store, r->arena, stage, o->fingerprint, &same);
	if (rc)
		return rc;
	if (!o->selected) {
		leave(o, &current);
		return RC_OK;
	}
	if (same.made && !r->ask->force) {
		take(o, &same);
		o->status = "fresh";
		o->reason = same.made == o->live_made || !o->live_made ? "up to date" :
			arena_printf(r->arena, "as in run %" PRId64, same.run_id);
		return RC_OK;
	}
	*stale = true;
	o->reason = same.made ? "forced" : plan_reason(r->arena, current.recipe, o->recipe);
	if (!*o->reason) /* by the same recipe, but its rows are gone */
		o->reason = "its rows are gone";
	return check_needs(r, i);
}
