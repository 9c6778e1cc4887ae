/* The list of rooms, and the runner put together from it: the one place where the pipeline names a room. */
#include "config.h"

#include "ingest/aside.h"
#include "ingest/import.h"
#include "module/module.h"
#include "pipeline/runner.h"
#include "pipeline/runner_priv.h"
#include "quality/gate.h"

#define MODULE(room) extern const struct module room##_module;
#include "pipeline/modules.def"
#undef MODULE

static const struct module *const modules[] = {
#define MODULE(room) &room##_module,
#include "pipeline/modules.def"
#undef MODULE
	NULL
};

static const struct runner_parts parts = {
	.modules = modules,
	.source = "import",
	.source_state = import_state,
	.pause = aside_pause,
	.gate_has = gate_has,
	.gate_run = gate_run,
	.gate_refuse = gate_refuse,
};

enum rc runner_run(struct store *s, const struct settings *settings, const struct runner_ask *ask, struct js **result)
{
	return runner_run_with(&parts, s, settings, ask, result);
}

size_t runner_stage_place(const char *stage, size_t *of)
{
	struct arena *a = arena_new();
	struct dag    dag = { 0 };
	bool          built = dag_build(a, modules, runner_outside(), &dag) == RC_OK;
	size_t        at = built ? dag_find(&dag, stage) : 0;
	*of = built ? dag.count : 0;
	arena_free(a);
	return at < *of ? at + 1 : 0;
}

/* A member of another file's constant is not a constant in C, so the list is filled when asked for; per thread, since it is
 * the same each time. */
const struct setting *const *runner_settings(void)
{
	static _Thread_local const struct setting *tables[sizeof(modules) / sizeof(*modules)];
	size_t n = 0;
	for (size_t i = 0; modules[i]; i++)
		if (modules[i]->settings)
			tables[n++] = modules[i]->settings;
	tables[n] = NULL;
	return tables;
}
