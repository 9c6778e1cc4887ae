/* The graph of stages: one writer a table, arrows from writer to reader, a stable order, cycles and unknown
 * tables named. Pure: it runs nothing and knows neither store nor settings. */
#include "config.h"

#include "pipeline/dag.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

static bool listed(const char *const *list, const char *word)
{
	while (list && *list && strcmp(*list, word) != 0)
		list++;
	return list && *list;
}

size_t dag_find(const struct dag *g, const char *stage)
{
	size_t i = 0;
	while (i < g->count && strcmp(g->node[i].stage->name, stage) != 0)
		i++;
	return i;
}

size_t dag_writer(const struct dag *g, const char *table)
{
	size_t i = 0;
	while (i < g->count && !listed(g->node[i].stage->writes, table))
		i++;
	return i;
}

static void collect(struct arena *a, const struct module *const *modules, struct dag *g)
{
	size_t n = 0;
	for (size_t m = 0; modules[m]; m++)
		for (size_t i = 0; modules[m]->stages && modules[m]->stages[i]; i++)
			n++;
	g->node = arena_alloc(a, n + 1, sizeof(*g->node));
	g->count = 0;
	for (size_t m = 0; modules[m]; m++)
		for (size_t i = 0; modules[m]->stages && modules[m]->stages[i]; i++)
			g->node[g->count++].stage = modules[m]->stages[i];
}

static enum rc check_names(const struct dag *g)
{
	for (size_t i = 0; i < g->count; i++) {
		const struct stage *st = g->node[i].stage;
		if (dag_find(g, st->name) != i)
			return err_set(RC_INTERNAL, "RUN-114", "two stages are named '%s'", st->name);
		for (size_t t = 0; st->writes && st->writes[t]; t++) {
			size_t first = dag_writer(g, st->writes[t]);
			if (first != i)
				return err_set(RC_INTERNAL, "RUN-111", "%s is written by two stages: %s and %s",
					       st->writes[t], g->node[first].stage->name, st->name);
		}
	}
	return RC_OK;
}

static enum rc unknown_table(struct arena *a, const struct dag *g, const struct stage *st, const char *table)
{
	size_t n = 0;
	for (size_t i = 0; i < g->count; i++)
		for (size_t t = 0; g->node[i].stage->writes && g->node[i].stage->writes[t]; t++)
			n++;
	const char **name = arena_alloc(a, n + 1, sizeof(*name));
	n = 0;
	for (size_t i = 0; i < g->count; i++)
		for (size_t t = 0; g->node[i].stage->writes && g->node[i].stage->writes[t]; t++)
			name[n++] = g->node[i].stage->writes[t];
	const char *nearest = str_nearest(table, name, n);
	enum rc rc = err_set(RC_INTERNAL, "RUN-112", "stage %s reads %s, which no stage writes", st->name, table);
	return nearest ? err_do(rc, "perhaps %s is meant", nearest) : rc;
}

static void add_need(struct dag_node *n, size_t writer)
{
	size_t at = n->needs_count;
	for (size_t i = 0; i < n->needs_count; i++)
		if (n->needs[i] == writer)
			return;
	for (; at > 0 && n->needs[at - 1] > writer; at--)
		n->needs[at] = n->needs[at - 1];
	n->needs[at] = writer;
	n->needs_count++;
}

static enum rc connect(struct arena *a, const char *const *outside, struct dag *g)
{
	for (size_t i = 0; i < g->count; i++) {
		struct dag_node *n = &g->node[i];
		n->needs = arena_alloc(a, g->count, sizeof(*n->needs));
		for (size_t t = 0; n->stage->reads && n->stage->reads[t]; t++) {
			size_t writer = dag_writer(g, n->stage->reads[t]);
			if (writer == g->count && !listed(outside, n->stage->reads[t]))
				return unknown_table(a, g, n->stage, n->stage->reads[t]);
			if (writer != g->count && writer != i)
				add_need(n, writer);
		}
	}
	return RC_OK;
}

static bool ready(const struct dag_node *n, const size_t *place)
{
	for (size_t i = 0; i < n->needs_count; i++)
		if (place[n->needs[i]] == SIZE_MAX)
			return false;
	return true;
}

/* Every stage left waits for another that is left: following those must come round. */
static enum rc name_cycle(const struct dag *g, const size_t *place, struct arena *a)
{
	bool *seen = arena_alloc(a, g->count, sizeof(*seen));
	struct str path = { 0 };
	size_t at = 0;
	while (place[at] != SIZE_MAX)
		at++;
	for (int lap = 0; lap < 2; lap++) { /* the first lap enters the cycle, the second writes it down */
		memset(seen, 0, g->count * sizeof(*seen));
		while (!seen[at]) {
			size_t i = 0;
			seen[at] = true;
			if (lap == 1)
				str_addf(&path, "%s -> ", g->node[at].stage->name);
			while (place[g->node[at].needs[i]] != SIZE_MAX)
				i++;
			at = g->node[at].needs[i];
		}
	}
	enum rc rc = err_set(RC_INTERNAL, "RUN-113", "stages wait for each other: %s%s", path.s, g->node[at].stage->name);
	str_clear(&path);
	return err_do(rc, "an arrow says that the stage before it reads what the stage after it writes");
}

/* Kahn's order; among the ready always the first listed. */
static enum rc sort(struct arena *a, struct dag *g)
{
	size_t *place = arena_alloc(a, g->count + 1, sizeof(*place));
	struct dag_node *sorted = arena_alloc(a, g->count + 1, sizeof(*sorted));
	memset(place, 0xff, (g->count + 1) * sizeof(*place));
	for (size_t done = 0; done < g->count; done++) {
		size_t i = 0;
		while (i < g->count && (place[i] != SIZE_MAX || !ready(&g->node[i], place)))
			i++;
		if (i == g->count)
			return name_cycle(g, place, a);
		place[i] = done;
		sorted[done] = g->node[i];
	}
	for (size_t i = 0; i < g->count; i++) {
		struct dag_node *n = &sorted[i];
		size_t count = n->needs_count, *old = n->needs;
		n->needs = arena_alloc(a, count + 1, sizeof(*n->needs));
		n->needs_count = 0;
		for (size_t k = 0; k < count; k++)
			add_need(n, place[old[k]]);
	}
	g->node = sorted;
	return RC_OK;
}

enum rc dag_build(struct arena *a, const struct module *const *modules, const char *const *outside, struct dag *out)
{
	struct dag g;
	collect(a, modules, &g);
	enum rc rc = check_names(&g);
	if (!rc)
		rc = connect(a, outside, &g);
	if (!rc)
		rc = sort(a, &g);
	if (!rc)
		*out = g;
	return rc;
}
