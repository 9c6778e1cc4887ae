/* The workbench without a terminal: panes and their keys, jobs and their progress, what is said, leaving. */
#include "config.h"

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

static struct bench b;

static void start(void)
{
	bench_new(&b);
}

static void stop(void)
{
	bench_free(&b);
}

TestSuite(workbench, .init = start, .fini = stop, .timeout = 300);

Test(workbench, opens_without_a_store)
{
	expect_screen(&b, "[1Home]");
	expect_screen(&b, "Welcome to clv");
	cr_expect_str_eq(workbench_title(b.w), "clv t - Home");
	cr_expect(!file_exists(b.scratch.store));
}

Test(workbench, digits_choose_a_pane)
{
	bench_keys(&b, "4");
	expect_screen(&b, "[4Cust]");
	bench_keys(&b, "8");
	expect_screen(&b, "[8Runs]");
}

Test(workbench, a_key_without_a_meaning_says_so_until_the_next)
{
	bench_keys(&b, "%");
	expect_screen(&b, "nothing is on the key %");
	bench_keys(&b, "4");
	expect_no_screen(&b, "nothing is on the key %");
	bench_keys(&b, "Esc");
	expect_no_screen(&b, "nothing is on");
}

Test(workbench, a_job_fills_the_panes)
{
	const struct logged *log;
	bench_shop(&b, 60);
	expect_screen(&b, "Where you stand");
	expect_screen(&b, "done");
	bench_keys(&b, "4");
	expect_screen(&b, "Ranked by value");
	cr_assert_eq(workbench_log(b.w, &log), 1);
	cr_expect_eq(log[0].rc, RC_OK);
	cr_expect(!log[0].running);
	cr_expect(str_ends(log[0].line, "orders.csv"));
}

Test(workbench, what_the_job_does_is_shown_on_every_pane)
{
	workbench_do(b.w, "demo");
	cr_expect(workbench_busy(b.w));
	expect_screen(&b, "demo ▶");
	workbench_key(b.w, "6");
	expect_screen(&b, "demo ▶");
	expect_screen(&b, "^C cancel");
	workbench_key(b.w, "^C");
	expect_screen(&b, "cancelling");
	bench_settle(&b);
	expect_screen(&b, "demo: cancelled");
	expect_no_screen(&b, "^C cancel");
}

Test(workbench, one_job_at_a_time)
{
	workbench_do(b.w, "demo");
	workbench_do(b.w, "init");
	expect_screen(&b, "one job writes at a time");
	workbench_key(b.w, "Esc");
	workbench_cancel(b.w);
	bench_settle(&b);
	expect_screen(&b, "cancelled");
}

Test(workbench, an_error_is_a_block)
{
	bench_do(&b, "run nowhere.csv");
	expect_screen(&b, "run stopped");
	expect_screen(&b, "code ");
	bench_keys(&b, "Esc");
	expect_no_screen(&b, "code ");
}

Test(workbench, a_reading_command_shows_its_text)
{
	bench_do(&b, "reports");
	expect_screen(&b, "cohorts");
	bench_keys(&b, "G j k g PgDn q");
	expect_screen(&b, "Welcome to clv");
	bench_do(&b, "sho");
	expect_screen(&b, "did you mean 'show'");
}

Test(workbench, leaving_asks_only_while_a_job_runs)
{
	workbench_do(b.w, "demo");
	workbench_key(b.w, "q");
	expect_screen(&b, "Leave clv?");
	cr_expect(!workbench_left(b.w));
	workbench_key(b.w, "Esc");
	expect_no_screen(&b, "Leave clv?");
	workbench_key(b.w, "Q");
	workbench_key(b.w, "c");
	cr_expect(!workbench_left(b.w));
	bench_settle(&b);
	cr_expect(workbench_left(b.w));
}

Test(workbench, q_leaves_when_nothing_runs)
{
	bench_keys(&b, "q");
	cr_expect(workbench_left(b.w));
}

Test(workbench, closing_ends_what_runs)
{
	workbench_do(b.w, "demo");
	workbench_key(b.w, "4");
	workbench_do(b.w, "reports");
	cr_expect(workbench_busy(b.w));
}

Test(workbench, read_only_forbids_writing)
{
	workbench_close(b.w);
	b.ask.readonly = true;
	bench_open(&b, "drift");
	expect_screen(&b, "read-only");
	bench_do(&b, "init");
	expect_screen(&b, "'init' writes");
	cr_expect(!file_exists(b.scratch.store));
}

Test(workbench, another_writer_makes_it_read_only_until_it_ends)
{
	struct store_lock *lock;
	bench_shop(&b, 60);
	cr_assert_eq(store_lock(b.scratch.store, "run elsewhere", &lock), RC_OK);
	bench_keys(&b, "F5");
	expect_screen(&b, "read-only: another clv writes");
	bench_do(&b, "run");
	expect_screen(&b, "another clv writes this store: pid ");
	cr_expect_gt(workbench_wait(b.w), 0);
	store_unlock(lock);
	bench_settle(&b);
	cr_expect_eq(workbench_wait(b.w), -1);
	bench_keys(&b, "Esc 4");
	expect_no_screen(&b, "read-only");
}

Test(workbench, what_is_no_store_is_said_on_every_pane)
{
	workbench_close(b.w);
	scratch_file(&b.scratch, "t.clv", "no store at all, and long enough to be looked at: it is a letter to somebody, who has no use for it, either; but well");
	bench_open(&b, NULL);
	expect_screen(&b, "is not a clv store");
	bench_keys(&b, "Esc");
	expect_screen(&b, "is not a clv store");
	expect_screen(&b, "the store cannot be read");
	bench_keys(&b, "4 j G");
	expect_screen(&b, "is not a clv store");
	expect_no_screen(&b, "reading");
}

Test(workbench, a_store_that_is_gone_or_another_is_seen)
{
	char *away = mem_copy_text(arena_printf(b.arena, "%s.away", b.scratch.store));
	bench_shop(&b, 60);
	bench_keys(&b, "4");
	expect_screen(&b, "of 60");
	cr_assert_eq(rename(b.scratch.store, away), 0);
	bench_keys(&b, "j 1");
	expect_screen(&b, "Welcome to clv");
	bench_shop(&b, 40);
	bench_keys(&b, "4");
	expect_screen(&b, "of 40");
	cr_assert_eq(rename(away, b.scratch.store), 0);
	bench_keys(&b, "j");
	expect_screen(&b, "of 60");
	free(away);
}

Test(workbench, what_is_read_can_be_cancelled)
{
	workbench_do(b.w, arena_printf(b.arena, "generate --preset demo --customers 400000 --transactions 4000000 --out %s/x", b.scratch.dir));
	workbench_key(b.w, "^C");
	bench_settle(&b);
	expect_screen(&b, "cancelled");
}

Test(workbench, paused_panes_stay)
{
	bench_keys(&b, "p");
	expect_screen(&b, "paused");
	bench_shop(&b, 60);
	expect_screen(&b, "Welcome to clv");
	bench_keys(&b, "p");
	expect_no_screen(&b, "Welcome to clv");
}

Test(workbench, any_size_in_any_state)
{
	static const int  size[][2] = { { 0, 0 }, { 1, 1 }, { 20, 5 }, { 39, 11 }, { 40, 12 }, { 80, 24 }, { 120, 40 }, { 300, 100 } };
	static const char *state[] = { "", "reports", "run nowhere.csv", "pane fit" };
	for (size_t s = 0; s < sizeof state / sizeof state[0]; s++) {
		bench_do(&b, state[s]);
		for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
			workbench_size(b.w, size[i][0], size[i][1]);
			const struct grid *g = workbench_draw(b.w);
			cr_expect_eq(g->width, size[i][0] ? size[i][0] : 1);
			cr_expect_eq(g->height, size[i][1] ? size[i][1] : 1);
		}
	}
}

Test(workbench, progress_names_the_stage_its_place_and_its_pass)
{
	struct str    t = {0};
	struct ui_job job = { .line = "run", .stage = "score", .unit = "customers", .done = 52, .total = 100, .place = 3, .of = 9, .pass = 1 };
	ui_progress(&job, &t);
	cr_expect_str_eq(t.s, "score 3/9 ▶ 52%");
	str_clear(&t);
	job.pass = 2;
	ui_progress(&job, &t);
	cr_expect_str_eq(t.s, "score 3/9 ▶ pass 2 52%");
	str_clear(&t);
}

Test(workbench, the_first_run_is_seen_on_home)
{
	expect_screen(&b, "No data yet");
	workbench_do(b.w, "demo");
	expect_screen(&b, "Pipeline · at work");
	expect_no_screen(&b, "No data yet");
	workbench_key(b.w, "^C");
	bench_settle(&b);
	expect_screen(&b, "No data yet");
}

Test(workbench, shared_options_are_taken_as_in_a_script)
{
	bench_shop(&b, 60);
	bench_do(&b, "run --set discount_rate=0.2 --seed=7 --dry-run");
	expect_no_screen(&b, "has no option");
	expect_no_screen(&b, "CMD-");
	bench_keys(&b, "Esc");
	bench_do(&b, "run --set discount_rate");
	expect_screen(&b, "--set takes KEY=VALUE");
}

Test(workbench, an_empty_file_is_not_made_a_store)
{
	FILE *f = fopen(b.scratch.store, "wx");
	cr_assert_not_null(f);
	fclose(f);
	bench_do(&b, "demo");
	expect_screen(&b, "is not a clv store: it is empty");
}

Test(workbench, the_question_about_leaving_is_read_whole)
{
	workbench_do(b.w, "demo");
	workbench_key(b.w, "Q");
	expect_screen(&b, "wait until it is done, then leave");
	expect_screen(&b, "cancel it and leave; nothing of it is kept");
	expect_screen(&b, "w wait  c cancel  Esc stay");
	workbench_key(b.w, "c");
	bench_settle(&b);
}
