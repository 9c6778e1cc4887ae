/* Overlays on a workbench: the palette does what it shows, a decision is signed by its form and by nothing else. */
#include "config.h"

#include "bench.h"

#include <stdint.h>

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
Test(forms, the_palette_runs_what_it_shows, .init = begin, .fini = end)
{
	bench_keys(&b, ":");
	expect_screen(&b, "Commands");
	bench_type(&b, "drift pane");
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
	bench_type(&b, "tot");
	expect_screen(&b, "totals");
	bench_keys(&b, "Esc Esc");
	expect_no_screen(&b, "REPORT");
	bench_keys(&b, ":");
	bench_type(&b, "q");
	expect_screen(&b, ": q");
	cr_expect(!workbench_left(b.w), "letters are text in a prompt");
}

Test(forms, without_a_review_there_is_no_form, .init = begin, .fini = end)
{
	bench_shop(&b, 60);
	bench_keys(&b, "6 A");
	expect_screen(&b, "no review waits");
}

Test(forms, a_failure_has_ways_on, .init = begin, .fini = end)
{
	bench_do(&b, "init");
	bench_keys(&b, "r");
	expect_screen(&b, "code RUN-104");
	expect_screen(&b, "1     import a file of purchases");
	bench_keys(&b, "y");
	const char *copied = workbench_copied(b.w);
	cr_assert_not_null(copied);
	cr_expect(strstr(copied, "RUN-104"));
	bench_keys(&b, "r 1");
	expect_screen(&b, "choose a file");
	bench_keys(&b, "Esc");
	struct str t = {0};
	str_addf(&t, "run %s", scratch_file(&b.scratch, "two.csv", "customer,date,Price,Qty,Total\nA1,2025-02-01,2.5,2,5.0\nB2,2025-02-01,1,3,9.5\n"));
	bench_do(&b, t.s);
	str_clear(&t);
	expect_screen(&b, "code CSV-106");
	bench_keys(&b, "1");
	expect_screen(&b, "What is the amount of a row?");
}

Test(forms, another_project_is_left_for, .init = begin, .fini = end)
{
	bench_do(&b, "init");
	bench_do(&b, "project nowhere.clv");
	cr_expect(!workbench_left(b.w));
	bench_keys(&b, "Esc");
	bench_keys(&b, "o");
	expect_screen(&b, "Open a project");
	bench_keys(&b, "Enter");
	cr_expect(workbench_left(b.w));
	cr_expect(str_ends(workbench_next(b.w), "/t.clv"), "%s", workbench_next(b.w));
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
	bench_type(&b, "Ada");
	bench_keys(&b, "Enter");
	bench_type(&b, "prices went up in July");
	bench_keys(&b, "Enter");
	bench_type(&b, "2");
}

Test(forms, a_review_is_approved_by_its_form, .init = begin, .fini = end, .timeout = 300)
{
	bench_do(&b, "demo");
	bench_keys(&b, "6 A");
	expect_screen(&b, "Approve review 1");
	expect_screen(&b, "error a customer");
	fill_in();
	bench_keys(&b, "Enter Esc");
	expect_screen(&b, "press Esc again to leave");
	bench_keys(&b, "Esc");
	expect_no_screen(&b, "Approve review 1");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM decision_review"), 0, "Esc writes nothing");

	bench_keys(&b, "A");
	fill_in();
	const char *const elsewhere[] = { "defer", "1", "--by", "Bo", "--reason", "waiting for August", "--confirm", "2", "--until", "2026-12-24" };
	workbench_run(b.w, sizeof elsewhere / sizeof elsewhere[0], elsewhere, NULL, NULL);
	bench_settle(&b);
	workbench_run(b.w, 10, (const char *const[]){ "approve", "1", "--by", "Ada", "--reason", "prices went up in July", "--confirm", "2", "--evidence", "00" }, NULL, NULL);
	bench_settle(&b);
	expect_screen(&b, "REV-111");
	bench_keys(&b, "Esc F2");
	expect_no_screen(&b, "Approve review 1");
	cr_expect_eq(scratch_int(&b.scratch, "SELECT count(*) FROM decision_review WHERE decision = 'approved' AND by_name = 'Ada'"), 1);
	cr_expect_eq(scratch_int(&b.scratch, "SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1"), 2);
	bench_keys(&b, "A");
	expect_screen(&b, "no review waits");
}

/* Keys at random, pastes and sizes: overlays over overlays, and no state that cannot be drawn. What is at work is waited for now and then. */
Test(forms, keys_at_random, .init = begin, .fini = end, .timeout = 300)
{
	static const char *const keys[] = {
		"Enter", "Enter", "Esc", "Esc", "Tab", "S-Tab", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "Backspace", "Delete", "F1", "F2",
		"F4", ":", "?", "!", "@", "i", "o", "A", "D", "W", "p", "y", "r", "/", "1", "2", "3", "6", "8", "^A", "^E", "^K", "^P", "^U", "^W", "^C", "Space", "a", "e",
		"s", "t", "ü", "東", "é", "q",
	};
	static const int sizes[][2] = { { 80, 24 }, { 40, 12 }, { 1, 1 }, { 20, 5 }, { 120, 40 }, { 79, 23 }, { 300, 100 } };
	uint32_t seed = 42;
	cr_assert_eq(chdir(b.scratch.dir), 0);
	scratch_file(&b.scratch, "two.csv", "client,when,Price,Qty,Total\nA1,01/02/2025,2.5,2,5.0\nB2,03/04/2025,1,3,9.5\nB2,05/04/2025,1,3,-9.5\n");
	bench_shop(&b, 60);
	for (int i = 0; i < 3000; i++) {
		seed = seed * 1664525u + 1013904223u;
		uint32_t pick = seed >> 8;
		if (pick % 97 == 0)
			workbench_paste(b.w, "two\n\x1b[2J.csv \xe2\x80\xae");
		else if (pick % 53 == 0)
			workbench_size(b.w, sizes[pick % 7][0], sizes[pick % 7][1]);
		else if (pick % 61 == 0)
			workbench_mouse(b.w, (int)(pick % 80), (int)(pick / 80 % 24), MOUSE_CLICK);
		else
			workbench_key(b.w, keys[pick % (sizeof keys / sizeof keys[0])]);
		const struct grid *g = workbench_draw(b.w);
		for (int c = 0; c < g->width * g->height; c++)
			cr_assert(g->cell[c].text[0] != 0x1b, "step %d", i);
		if (i % 16 == 0)
			bench_settle(&b);
	}
	bench_settle(&b);
}
