/* The SQL pane: a query is written, run, sorted, refused and brought back. */
#include "config.h"

#include "bench.h"

static struct bench b;

static void start(void)
{
	bench_new(&b);
	bench_shop(&b, 60);
	bench_keys(&b, "9");
}

static void stop(void)
{
	bench_free(&b);
}

TestSuite(query, .init = start, .fini = stop, .timeout = 300);

static void ask(const char *sql)
{
	bench_keys(&b, "e ^E");
	for (int i = 0; i < 20; i++)
		bench_keys(&b, "^U Backspace");
	workbench_paste(b.w, sql);
	bench_keys(&b, "^R");
}

Test(query, the_first_one_is_there_and_runs)
{
	expect_screen(&b, "FROM mart_customer_value");
	expect_screen(&b, "^R runs the query");
	bench_keys(&b, "^R");
	expect_screen(&b, "customers");
	expect_no_screen(&b, "^R runs the query");
}

Test(query, rows_are_a_table_like_every_other)
{
	ask("SELECT value AS n, 'x' || value AS t\nFROM json_each('[3,1,2]')");
	expect_screen(&b, "3 rows");
	expect_screen(&b, "▌3");
	bench_keys(&b, "l [");
	expect_screen(&b, "n↑");
	bench_keys(&b, "g");
	expect_screen(&b, "▌ 1  x1");
}

Test(query, what_it_cannot_answer_is_said_where_it_stops)
{
	ask("SELECT nought FROM mart_customer_value");
	expect_screen(&b, "no such column: nought");
	expect_screen(&b, "       ^");
	ask("DROP TABLE run_run");
	expect_screen(&b, "anything but SELECT");
}

Test(query, names_are_completed_and_taken_from_the_list)
{
	bench_keys(&b, "e ^U m a r t _ c Tab");
	expect_screen(&b, "mart_customer_value");
	bench_keys(&b, "z z z Tab");
	expect_screen(&b, "no table and no column begins so");
	bench_keys(&b, "q");
	cr_expect(!workbench_left(b.w), "in the editor q is a letter");
}

Test(query, earlier_ones_come_back)
{
	ask("SELECT 41 + 1 AS answer");
	expect_screen(&b, "42");
	ask("SELECT 2");
	expect_no_screen(&b, "answer");
	bench_keys(&b, "^P ^P");
	expect_screen(&b, "41 + 1 AS answer");
}

Test(query, one_that_does_not_end_is_stopped)
{
	bench_keys(&b, "e ^E");
	for (int i = 0; i < 20; i++)
		bench_keys(&b, "^U Backspace");
	workbench_paste(b.w, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n");
	workbench_key(b.w, "^R");
	expect_screen(&b, "asking; ^C stops it");
	workbench_key(b.w, "^C");
	bench_settle(&b);
	expect_screen(&b, "stopped");
}

Test(query, one_that_is_left_keeps_no_other_pane_waiting)
{
	ask("SELECT 41 + 1 AS answer");
	bench_keys(&b, "e ^E");
	for (int i = 0; i < 20; i++)
		bench_keys(&b, "^U Backspace");
	workbench_paste(b.w, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n");
	workbench_key(b.w, "^R");
	bench_keys(&b, "4 j");
	expect_screen(&b, "▌ 2 G");
	bench_keys(&b, "9");
	expect_screen(&b, "42");
	workbench_key(b.w, "e");
	workbench_key(b.w, "^R");
	workbench_do(b.w, "refresh");
	expect_screen(&b, "asking");
	workbench_key(b.w, "^C");
	bench_settle(&b);
	expect_screen(&b, "stopped");
}
