/* The graph of stages, derived from what each reads and writes. Pure: no store, no settings. */
#ifndef CLV_PIPELINE_DAG_H
#define CLV_PIPELINE_DAG_H

#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "module/module.h"

struct dag_node {
	const struct stage *stage;
	size_t             *needs; /* indexes of the stages whose tables it reads, ascending; all smaller than its own */
	size_t              needs_count;
};

struct dag {
	size_t           count;
	struct dag_node *node;     /* in the order of work: every stage after those it needs, else as listed */
};

/* Build the graph of all stages of the modules (NULL at the end). outside names the tables that may be read though no stage writes
 * them (NULL at the end). A stage's own tables are no arrow. Errors, each naming stage and table before anything runs: RC_INTERNAL
 * RUN-111 two writers, RUN-112 a table that nobody writes, RUN-113 a cycle as "a -> b -> a", RUN-114 two stages of one name. */
enum rc dag_build(struct arena *a, const struct module *const *modules, const char *const *outside, struct dag *out);

size_t dag_find(const struct dag *g, const char *stage);   /* index, or count when there is none */
size_t dag_writer(const struct dag *g, const char *table); /* the same */

#endif
