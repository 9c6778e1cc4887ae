/* The graph: order, ties, and each fault named before anything runs. */
#include "config.h"

#include "pipeline/dag.h"

#include <criterion/criterion.h>
#include <string.h>

#define LIST(...) (const char *const[]) { __VA_ARGS__, NULL }
#define STAGE(id, r, w) static const struct stage id = { .name = #id, .reads = r, .writes = w }

static const char *const none[] = { NULL };
static const char *const outside[] = { "people", NULL };

STAGE(load, NULL, LIST("raw"));
STAGE(check, LIST("raw"), LIST("verdict"));
STAGE(count, LIST("raw", "verdict"), LIST("counts", "windows"));
STAGE(fit, LIST("counts", "windows", "people", "models"), LIST("models"));
STAGE(score, LIST("models", "counts"), LIST("scores"));
STAGE(lonely, none, LIST("other"));
STAGE(second, NULL, LIST("counts"));
STAGE(lost, LIST("cuonts"), LIST("found"));
STAGE(head, LIST("tail_rows"), LIST("head_rows"));
STAGE(middle, LIST("head_rows", "raw"), LIST("middle_rows"));
STAGE(tail, LIST("middle_rows"), LIST("tail_rows"));
STAGE(after, LIST("tail_rows"), LIST("after_rows"));
static const struct stage twin = { .name = "load", .writes = none };

static struct arena *a;
static struct dag g;

static void open_all(void) { a = arena_new(); }
static void close_all(void) { arena_free(a); }

TestSuite(dag, .init = open_all, .fini = close_all);

static enum rc build(const struct stage *const *stages)
{
	struct module m = { .name = "m", .stages = stages };
	const struct module *const modules[] = { &m, NULL };
	return dag_build(a, modules, outside, &g);
}

static void order_is(const char *want)
{
	char got[256] = "";
	for (size_t i = 0; i < g.count; i++) {
		strcat(got, g.node[i].stage->name);
		strcat(got, " ");
	}
	cr_assert_str_eq(got, want, "%s", got);
	for (size_t i = 0; i < g.count; i++)
		for (size_t k = 0; k < g.node[i].needs_count; k++)
			cr_assert_lt(g.node[i].needs[k], i);
}

Test(dag, writers_come_before_readers)
{
	cr_assert_eq(build((const struct stage *const[]) { &score, &fit, &count, &check, &load, NULL }), RC_OK);
	order_is("load check count fit score ");
	cr_assert_eq(dag_find(&g, "fit"), 3);
	cr_assert_eq(dag_find(&g, "none"), 5);
	cr_assert_eq(dag_writer(&g, "windows"), 2);
	cr_assert_eq(g.node[3].needs_count, 1, "a stage's own table and people's are no arrows");
	cr_assert_eq(g.node[4].needs_count, 2);
}

Test(dag, ties_keep_the_order_of_the_list)
{
	cr_assert_eq(build((const struct stage *const[]) { &lonely, &count, &load, &check, NULL }), RC_OK);
	order_is("lonely load check count ");
	cr_assert_eq(build((const struct stage *const[]) { &load, &check, &count, &lonely, NULL }), RC_OK);
	order_is("load check count lonely ");
}

Test(dag, modules_may_be_empty)
{
	struct module none_at_all = { .name = "x" };
	const struct module *const modules[] = { &none_at_all, NULL };
	cr_assert_eq(dag_build(a, modules, outside, &g), RC_OK);
	cr_assert_eq(g.count, 0);
}

static void refused(const struct stage *const *stages, const char *id, const char *why)
{
	cr_assert_eq(build(stages), RC_INTERNAL);
	cr_assert_str_eq(err_get()->id, id, "%s", err_get()->why);
	cr_assert_not_null(strstr(err_get()->why, why), "%s", err_get()->why);
}

Test(dag, faults_are_named)
{
	refused((const struct stage *const[]) { &load, &check, &count, &second, NULL }, "RUN-111", "counts is written by two stages: count and second");
	refused((const struct stage *const[]) { &load, &check, &count, &lost, NULL }, "RUN-112", "stage lost reads cuonts");
	cr_assert_not_null(strstr(err_get()->todo, "counts"));
	refused((const struct stage *const[]) { &after, &load, &head, &middle, &tail, NULL }, "RUN-113", "tail -> middle -> head -> tail");
	refused((const struct stage *const[]) { &load, &twin, NULL }, "RUN-114", "'load'");
}
