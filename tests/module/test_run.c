/* What a stage may ask of its run. */
#include "config.h"

#include "module/run.h"

#include <criterion/criterion.h>
#include <string.h>

static struct run_progress seen;

static void on_progress(void *user, const struct run_progress *p)
{
	++*(int *)user;
	seen = *p;
}

static const char *const reads[] = { "a", "b", NULL }, *const keys[] = { "seed", "margin", "period", NULL };
static const struct stage stage = { .name = "stage", .reads = reads, .settings = keys };

Test(run, a_tick_reports_and_heeds_the_cancel)
{
	int count = 0;
	atomic_bool cancel = false;
	struct run run = { .stage = &stage, .cancel = &cancel, .on_progress = on_progress, .user = &count };
	cr_assert_eq(run_tick(&run, "rows", 10, 20), RC_OK);
	cr_assert_eq(count, 1);
	cr_assert_str_eq(seen.stage, "stage");
	cr_assert_eq(seen.done, 10);
	atomic_store(&cancel, true);
	cr_assert_eq(run_tick(&run, "rows", 11, 20), RC_CANCELLED);
	cr_assert_eq(count, 1);
	struct run bare = { 0 };
	cr_assert_eq(run_tick(&bare, "rows", 0, 0), RC_OK);
}

Test(run, sources_settings_and_streams)
{
	const struct run_source source[] = { { .table = "a", .made = 7 } };
	struct settings *s = settings_new(NULL);
	struct run run = { .stage = &stage, .settings = s, .source = source, .sources = 1, .seed = 5 };
	struct rng one, two, other;
	cr_assert_eq(run_made_of(&run, "a"), 7);
	cr_assert_eq(run_made_of(&run, "b"), 0);
	cr_assert_eq(run_int(&run, "seed"), 1);
	cr_assert_eq(run_real(&run, "margin"), 1.0);
	cr_assert_str_eq(run_text(&run, "period"), "day");
	run_stream(&run, "x", &one);
	run_stream(&run, "x", &two);
	run_stream(&run, "y", &other);
	uint64_t first = rng_next(&one);
	cr_assert_eq(first, rng_next(&two));
	cr_assert_neq(first, rng_next(&other));
	settings_free(s);
}

Test(run, notes_and_holds)
{
	struct run run = { .stage = &stage };
	run_note(&run, "%d of %d", 1, 2);
	cr_assert_str_eq(run.note, "1 of 2");
	run_hold(&run, 3, "abc");
	cr_assert_eq(run.output_made, 3);
	cr_assert_str_eq(run.output_fingerprint, "abc");
}
