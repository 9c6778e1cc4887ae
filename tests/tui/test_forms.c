/* Overlays on a workbench: the palette does what it shows, a decision is signed by its form and by nothing else. */
#include "config.h"

#include "bench.h"

static struct bench b;

static void begin(void)
{
	bench_new(&b);
}

static void end(void)
{
	bench_free(&b);
}

/* Letters one by one. */
static void type(const char *text)
{
	for (; *text; text++)
		workbench_key(b.w, *text == ' ' ? "Space" : (char[]){ *text, 0 });
	bench_settle(&b);
}

Test(forms, the_palette_runs_what_it_shows, .init = begin, .fini = end)
{
	bench_keys(&b, ":");
	expect_screen(&b, "Commands");
	type("drift pane");
	expect_screen(&b, "go to Drift");
	bench_keys(&b, "Enter");
	expect_screen(&b, "[6Drift]");
	bench_keys(&b, "Space");
	expect_screen(&b, "Commands");
	bench_keys(&b, "Esc");
	expect_no_screen(&b, "Commands");
}

Test(forms, the_palette_asks_what_a_command_lacks, .init = begin, .fini = end)
{
	bench_do(&b, "show");
	expect_screen(&b, "show REPORT");
	type("tot");
	expect_screen(&b, "totals");
	bench_keys(&b, "Esc Esc");
	expect_no_screen(&b, "REPORT");
	bench_keys(&b, ":");
	type("q");
	expect_screen(&b, ": q");
	cr_expect(!workbench_left(b.w), "letters are text in a prompt");
}

Test(forms, without_a_review_there_is_no_form, .init = begin, .fini = end)
{
	bench_shop(&b, 60);
	bench_keys(&b, "6 A");
	expect_screen(&b, "no review waits");
}

Test(forms, readonly_says_why, .init = begin, .fini = end)
{
	workbench_close(b.w);
	b.ask.readonly = true;
	bench_open(&b, "drift");
	for (const char *const *k = (const char *const[]){ "A", "D", "W", NULL }; *k; k++) {
		workbench_key(b.w, *k);
		expect_screen(&b, "--readonly");
	}
}

static void fill_in(void)
{
	type("Ada");
	bench_keys(&b, "Enter");
	type("prices went up in July");
	bench_keys(&b, "Enter");
	type("2");
}

Test(forms, a_review_is_approved_by_its_form, .init = begin, .fini = end, .timeout = 300)
{
	bench_do(&b, "demo");
	bench_keys(&b, "6 A");
	expect_screen(&b, "Approve review 1");
	expect_screen(&b, "error a customer");
	fill_in();
	bench_keys(&b, "Enter Esc");
	expect_no_screen(&b, "Approve review 1");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM decision_review"), 0, "Esc writes nothing");

	bench_keys(&b, "A");
	fill_in();
	bench_keys(&b, "F2");
	expect_no_screen(&b, "Approve review 1");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM decision_review WHERE decision = 'approved' AND by_name = 'Ada'"), 1);
	cr_expect_eq(scratch_int(&b.scratch, "SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1"), 2);
	bench_keys(&b, "A");
	expect_screen(&b, "no review waits");
}
