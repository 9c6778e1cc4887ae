/* Tables as they are worked with: moving, sorting, marks, parts, the mouse; what follows the selection. */
#include "config.h"

#include "bench.h"

static struct bench b;

static void start(void)
{
	bench_new(&b);
	bench_shop(&b, 80);
	bench_keys(&b, "4");
}

static void stop(void)
{
	bench_free(&b);
}

TestSuite(list, .init = start, .fini = stop, .timeout = 60);

/* The row with the mark, from its customer on. */
static const char *selected(void)
{
	const char *at = strstr(bench_text(&b), "│▌");
	return at ? arena_span(b.arena, at + strlen("│▌"), 12) : "none";
}

Test(list, moves_and_the_story_follows)
{
	expect_screen(&b, "│▌ 1 ");
	bench_keys(&b, "j j");
	expect_screen(&b, "│▌ 3 ");
	const char *third = selected();
	bench_keys(&b, "k");
	cr_expect_str_neq(selected(), third);
	bench_keys(&b, "Down");
	cr_expect_str_eq(selected(), third);
	expect_screen(&b, " orders × ");
	bench_keys(&b, "G");
	expect_screen(&b, "│▌80 ");
	expect_screen(&b, "–80 of 80");
	bench_keys(&b, "j PgDn ^D");
	expect_screen(&b, "│▌80 ");
	bench_keys(&b, "g");
	expect_screen(&b, "│▌ 1 ");
	bench_keys(&b, "PgDn PgUp Home End ^F ^B ^U Up");
}

Test(list, the_story_is_that_of_the_selected_one)
{
	char id[8] = "";
	bench_keys(&b, "j j j");
	const char *row = selected();
	cr_assert_eq(sscanf(row, "%*d %7s", id), 1, "%s", row);
	const char *text = bench_text(&b);
	char        box[32];
	snprintf(box, sizeof box, "┌─ %.5s ─", id);
	cr_expect(strstr(text, box), "%s\n%s", box, text);
}

Test(list, sorts_both_ways_and_keeps_the_selected_one)
{
	bench_keys(&b, "j");
	const char *who = strchr(selected() + 1, 'G');
	cr_assert_not_null(who);
	bench_do(&b, "sort days_since_last");
	expect_screen(&b, "sort: days_since_last↑");
	expect_screen(&b, "silent↑");
	cr_expect_str_eq(strchr(selected() + 1, 'G'), who);
	bench_do(&b, "sort -clv");
	expect_screen(&b, "value↓");
	bench_keys(&b, "l l l ]");
	expect_screen(&b, "silent↓");
	bench_keys(&b, "[");
	expect_screen(&b, "silent↑");
	bench_keys(&b, "\\");
	expect_no_screen(&b, "sort:");
	bench_do(&b, "sort nothing");
	expect_screen(&b, "there is no column 'nothing'");
}

Test(list, the_column_with_the_cursor_is_always_seen)
{
	for (int i = 0; i < 20; i++)
		bench_keys(&b, "l");
	expect_screen(&b, "segment");
	for (int i = 0; i < 20; i++)
		bench_keys(&b, "h");
	expect_screen(&b, "column #");
}

Test(list, marks)
{
	bench_keys(&b, "m m");
	expect_screen(&b, "2 marked");
	expect_screen(&b, "│• 1 ");
	bench_keys(&b, "g m");
	expect_screen(&b, "1 marked");
}

Test(list, parts_take_turns_and_one_can_be_seen_alone)
{
	bench_keys(&b, "Tab j");
	expect_screen(&b, "no rows here");
	bench_keys(&b, "z");
	expect_no_screen(&b, "Ranked by value");
	bench_keys(&b, "q");
	expect_screen(&b, "Ranked by value");
	bench_keys(&b, "S-Tab j");
	expect_screen(&b, "│▌ 2 ");
	cr_expect(!workbench_left(b.w));
}

Test(list, the_mouse_selects_sorts_and_scrolls)
{
	bench_text(&b);
	workbench_mouse(b.w, 10, 6, MOUSE_CLICK);
	bench_settle(&b);
	expect_screen(&b, "│▌ 3 ");
	workbench_mouse(b.w, 10, 6, MOUSE_WHEEL_DOWN);
	bench_settle(&b);
	expect_screen(&b, "│▌ 6 ");
	workbench_mouse(b.w, 3, 3, MOUSE_CLICK);
	bench_settle(&b);
	expect_screen(&b, "sort: rank↑");
	workbench_mouse(b.w, 3, 3, MOUSE_CLICK);
	bench_settle(&b);
	expect_screen(&b, "sort: rank↓");
	workbench_mouse(b.w, 500, 500, MOUSE_CLICK);
	workbench_mouse(b.w, 0, 0, MOUSE_DOUBLE);
}

Test(list, a_new_run_keeps_the_selection)
{
	bench_do(&b, "sort -days_since_last");
	bench_keys(&b, "j j j");
	const char *who = strchr(selected() + 1, 'G');
	bench_do(&b, "run --force");
	bench_keys(&b, "Esc");
	cr_expect_str_eq(strchr(selected() + 1, 'G'), who);
}

Test(list, keys_by_chance)
{
	static const char *const key[] = { "j", "k", "g", "G", "PgDn", "h", "l", "[", "]", "m", "\\", "Tab", "S-Tab", "z", "1", "2", "3", "4", "5", "6", "8",
		"Esc", "Enter", "F5", "p", "^U", "x", "ü", "?", "/", "f", "n", "s", "c", "y" };
	static const int         size[][2] = { { 80, 24 }, { 120, 40 }, { 40, 12 }, { 20, 5 }, { 1, 1 }, { 200, 60 } };
	unsigned                 seed = 7;
	for (int i = 0; i < 3000 && !workbench_left(b.w); i++) {
		seed = seed * 1103515245 + 12345;
		unsigned dice = seed >> 16;
		if (dice % 23 == 0)
			workbench_size(b.w, size[dice / 23 % 6][0], size[dice / 23 % 6][1]);
		else if (dice % 17 == 0)
			workbench_mouse(b.w, (int)(dice / 17 % 90), (int)(dice / 1600 % 30), (enum mouse)(dice % 4));
		else
			workbench_key(b.w, key[dice % (sizeof key / sizeof key[0])]);
		if (dice % 3 == 0)
			workbench_take(b.w);
		workbench_draw(b.w);
	}
	bench_settle(&b);
	workbench_size(b.w, 80, 24);
	cr_expect(strstr(bench_text(&b), "clv t"));
}
