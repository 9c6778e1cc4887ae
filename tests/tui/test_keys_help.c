/* The list of keys: made from the table, narrowed by typing, at any size; messages and the log of what ran. */
#include "config.h"

#include "bench.h"
#include "draw_kit.h"

#include "tui/acts_priv.h"
#include "tui/keys_help_priv.h"

static const struct help_row rows[] = {
	{ "This screen", "A", "promote the review's candidate", "approve" },
	{ "This screen", "D", "keep the champion", "decline" },
	{ "Everywhere", "r", "the pipeline", "run" },
	{ "Everywhere", "? F1", "the keys of this screen", "keys" },
	{ "Filter", "clv>500 p<.3", "both must hold", NULL },
};

static struct help help(void)
{
	struct help h = { .arena = arena_new(), .title = "Keys", .row = rows, .rows = sizeof rows / sizeof rows[0] };
	help_begin(&h);
	return h;
}

Test(keys_help, typing_narrows_and_enter_does)
{
	struct help h = help();
	cr_expect_eq(h.hits, 5);
	for (const char *s = "keep"; *s; s++)
		help_key(&h, (char[]){ *s, 0 });
	cr_expect_eq(h.hits, 1);
	cr_expect_eq(help_key(&h, "Enter"), HELP_RUN);
	cr_expect_str_eq(h.hit[h.at]->text, "decline");
	cr_expect_eq(help_key(&h, "Esc"), HELP_MOVED, "first the search goes");
	cr_expect_eq(h.hits, 5);
	help_key(&h, "PgDn");
	help_key(&h, "PgDn");
	for (int i = 0; i < 9; i++)
		help_key(&h, "Down");
	cr_expect_eq(help_key(&h, "Enter"), HELP_MOVED, "an example is nothing to run");
	cr_expect_eq(help_key(&h, "Esc"), HELP_CLOSED);
	help_end(&h);
}

Test(keys_help, any_size)
{
	struct arena *a = arena_new();
	for (int i = 0; i < DRAW_SIZES; i++) {
		struct help h = help();
		for (int k = 0; k < 7; k++) {
			help_draw(&h, grid_new(a, draw_sizes[i][0], draw_sizes[i][1], k % 2 ? GLYPHS_ASCII : GLYPHS_UNICODE));
			help_key(&h, k < 5 ? "Down" : "z");
		}
		help_end(&h);
	}
	arena_free(a);
}

Test(keys_help, every_key_of_the_table_does_something)
{
	for (size_t i = 0; i < keys_count; i++) {
		char   name[64];
		size_t n = strcspn(keys[i].text, " ");
		snprintf(name, sizeof name, "%.*s", (int)n, keys[i].text);
		cr_expect(act_find(name) || command_find(name), "the key %s does '%s', which is nothing", keys[i].key, keys[i].text);
		cr_expect(!*keys[i].pane || pane_find(keys[i].pane), "the key %s is on '%s', which is no pane", keys[i].key, keys[i].pane);
	}
}

Test(keys_help, what_was_said_and_what_ran_are_kept)
{
	struct bench b;
	bench_new(&b);
	bench_keys(&b, "?");
	expect_screen(&b, "Keys · Home");
	expect_screen(&b, "Everywhere");
	expect_screen(&b, "the part before");
	bench_keys(&b, "Esc");
	bench_do(&b, "run nowhere.csv");
	expect_screen(&b, "there is no file nowhere.csv");
	expect_screen(&b, "code FILE-121");
	bench_keys(&b, "Esc !");
	expect_screen(&b, "12:00:00");
	expect_screen(&b, "Enter tells more");
	bench_keys(&b, "Enter");
	expect_screen(&b, "code FILE-121");
	bench_keys(&b, "Esc @");
	expect_screen(&b, "clv --batch -s t.clv run nowhere.csv");
	bench_keys(&b, "y");
	const char *copied = workbench_copied(b.w);
	cr_assert_not_null(copied);
	cr_expect(strstr(copied, "\n# failed: run nowhere.csv\n"), "%s", copied);
	bench_keys(&b, "@ x");
	expect_screen(&b, "t.clv.job");
	bench_free(&b);
}
