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

TestSuite(list, .init = start, .fini = stop, .timeout = 300);

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

Test(list, the_top_stays_the_top_where_nobody_moved)
{
	bench_do(&b, "sort -days_since_last");
	expect_screen(&b, "│▌");
	expect_screen(&b, "1–");
	cr_expect(!strstr(bench_text(&b), "│▌ 1 "), "the first row of the new order is another one:\n%s", bench_text(&b));
	bench_keys(&b, "8 Tab");
	const char *newest = selected();
	bench_do(&b, "run --force");
	bench_keys(&b, "Esc");
	cr_expect_str_neq(selected(), newest, "the new entry is not in sight:\n%s", bench_text(&b));
}

Test(list, the_order_that_is_told_is_that_of_the_rows)
{
	workbench_do(b.w, "sort -days_since_last");
	expect_screen(&b, "sorting: days_since_last↓");
	expect_no_screen(&b, "silent↓");
	bench_settle(&b);
	expect_screen(&b, " sort: days_since_last↓");
	expect_screen(&b, "silent↓");
}

Test(list, the_story_is_left_to_where_it_was_entered)
{
	expect_screen(&b, "q quit");
	bench_keys(&b, "j Enter");
	expect_no_screen(&b, "Ranked by value");
	expect_screen(&b, "q back");
	bench_keys(&b, "q j");
	expect_screen(&b, "│▌ 3 ");
	bench_keys(&b, "Enter Esc j");
	expect_screen(&b, "│▌ 4 ");
	expect_screen(&b, "q quit");
	bench_keys(&b, "Enter Tab Esc");
	expect_screen(&b, "Ranked by value");
	bench_keys(&b, "Esc");
	cr_expect(!workbench_left(b.w));
}

Test(list, a_story_is_scrolled_and_the_next_one_begins_at_its_beginning)
{
	workbench_size(b.w, 80, 16);
	bench_keys(&b, "j Enter");
	expect_screen(&b, "↓ more");
	expect_screen(&b, " over the next ");
	bench_keys(&b, "j j");
	expect_no_screen(&b, " over the next ");
	bench_keys(&b, "G");
	expect_screen(&b, "↑ more");
	expect_no_screen(&b, "↓ more");
	bench_keys(&b, "g PgDn PgUp");
	expect_screen(&b, " over the next ");
	expect_screen(&b, "J K other customer");
	bench_keys(&b, "G J");
	expect_screen(&b, " over the next ");
	expect_screen(&b, "rank 3, ");
	bench_keys(&b, "K q");
	expect_screen(&b, "│▌ 2 ");
	bench_keys(&b, "J");
	expect_screen(&b, "j and k do it");
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
	workbench_mouse(b.w, 9, 0, MOUSE_CLICK);
	bench_settle(&b);
	expect_screen(&b, "[1Home]");
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

static void type(const char *text)
{
	char one[2] = "";
	for (; *text; text++) {
		*one = *text;
		workbench_key(b.w, *text == ' ' ? "Space" : one);
		bench_settle(&b);
	}
}

Test(list, a_filter_counts_while_it_is_typed)
{
	bench_keys(&b, "f");
	type("rank<=12");
	expect_screen(&b, "12 of 80");
	expect_screen(&b, " of 80 ─┘");
	bench_keys(&b, "Enter");
	expect_screen(&b, "filter: rank<=12");
	expect_screen(&b, " of 12, of 80");
	bench_keys(&b, "f");
	type(">>q1?");
	expect_screen(&b, "^");
	bench_keys(&b, "Enter");
	expect_screen(&b, "^");
	cr_expect(!workbench_left(b.w));
	bench_keys(&b, "Esc");
	expect_screen(&b, "filter: rank<=12");
	bench_keys(&b, "\\");
	expect_no_screen(&b, "filter:");
	expect_screen(&b, " of 80 ─┘");
}

Test(list, a_filter_keeps_the_selected_one_or_says_where_none_is)
{
	bench_keys(&b, "j j j j j");
	const char *who = strchr(selected() + 1, 'G');
	bench_do(&b, "filter rank>3");
	cr_expect_str_eq(strchr(selected() + 1, 'G'), who);
	bench_do(&b, "filter rank>300");
	expect_screen(&b, "No row meets the filter");
	bench_keys(&b, "j G n ]");
	bench_do(&b, "clear");
}

Test(list, find_moves_and_hides_nothing)
{
	bench_keys(&b, "/");
	type("G003");
	expect_screen(&b, "1 of 10");
	bench_keys(&b, "Enter n");
	expect_screen(&b, "2 of 10");
	expect_screen(&b, "of 80");
	bench_keys(&b, "N N");
	expect_screen(&b, "10 of 10");
	bench_keys(&b, "g /");
	type("nowhere");
	expect_screen(&b, "not found");
	bench_keys(&b, "Esc");
	expect_screen(&b, "│▌ 1 ");
}

Test(list, moves_while_rows_load_are_kept)
{
	bench_do(&b, "sort -orders");
	workbench_key(b.w, "[");
	workbench_key(b.w, "G");
	workbench_key(b.w, "k");
	workbench_key(b.w, "k");
	workbench_key(b.w, "k");
	bench_settle(&b);
	expect_screen(&b, "77 of 80");
}

Test(list, a_find_that_was_left_moves_nothing)
{
	bench_keys(&b, "g /");
	workbench_key(b.w, "7");
	workbench_key(b.w, "Esc");
	bench_settle(&b);
	expect_screen(&b, "│▌ 1 ");
	expect_no_screen(&b, "not found");
	workbench_key(b.w, "f");
	workbench_key(b.w, "r");
	workbench_key(b.w, "Enter");
	workbench_key(b.w, "Esc");
	workbench_key(b.w, "/");
	bench_settle(&b);
	expect_screen(&b, "find");
	bench_keys(&b, "Esc");
}

Test(list, prompts_own_the_keyboard)
{
	bench_keys(&b, "f q ? 1 : /");
	expect_screen(&b, "filter q?1:/");
	cr_expect(!workbench_left(b.w));
	bench_keys(&b, "Esc");
}

Test(list, copies_cells_rows_and_the_command)
{
	bench_do(&b, "sort -clv");
	bench_do(&b, "filter rank<3");
	bench_do(&b, "copy command");
	const char *text = workbench_copied(b.w);
	cr_assert_not_null(text);
	cr_expect(strstr(text, "clv --batch -s "));
	cr_expect(strstr(text, "show top_customers --where 'rank<3' --sort -clv"), "%s", text);
	cr_expect_null(workbench_copied(b.w));
	bench_keys(&b, "y");
	expect_screen(&b, "Copy");
	bench_keys(&b, "a");
	text = workbench_copied(b.w);
	cr_assert_not_null(text);
	cr_expect(!strncmp(text, "rank,customer_id,", 17), "%s", text);
	bench_keys(&b, "y c");
	cr_expect_not_null(workbench_copied(b.w));
	bench_do(&b, "copy row");
	cr_expect_not_null(strchr(workbench_copied(b.w), '\t'));
}

Test(list, writes_rows_as_filtered_and_sorted)
{
	struct arena *a = arena_new();
	char         *text;
	size_t        n;
	const char   *path = arena_printf(a, "%s/out.csv", b.scratch.dir);
	bench_do(&b, "filter rank<=4");
	bench_do(&b, "sort -rank");
	bench_do(&b, arena_printf(a, "save %s", path));
	expect_screen(&b, "4 rows written");
	cr_assert_eq(file_read(a, path, 1 << 20, &text, &n), RC_OK);
	cr_expect(!strncmp(text, "# clv --batch ", 14));
	cr_expect(strstr(text, "rank<=4"));
	cr_expect(strstr(text, "\n4,G"));
	bench_keys(&b, "x");
	expect_screen(&b, "top_customers.csv");
	bench_keys(&b, "Esc");
	bench_do(&b, arena_printf(a, "save %s", path));
	expect_screen(&b, "is there already");
	arena_free(a);
}

Test(list, writing_rows_is_stopped_and_not_begun_twice)
{
	const char *path = arena_printf(b.arena, "%s/out.csv", b.scratch.dir);
	workbench_do(b.w, arena_printf(b.arena, "save %s", path));
	expect_screen(&b, "^C stops it");
	workbench_do(b.w, arena_printf(b.arena, "save %s.2", path));
	expect_screen(&b, "already");
	bench_settle(&b);
	cr_expect(file_exists(path));
	expect_screen(&b, "80 rows written");
	workbench_do(b.w, arena_printf(b.arena, "save %s.3", path));
	workbench_key(b.w, "^C");
	bench_settle(&b);
	cr_expect(strstr(bench_text(&b), "no file was made") ? !file_exists(arena_printf(b.arena, "%s.3", path)) : file_exists(arena_printf(b.arena, "%s.3", path)));
	expect_no_screen(&b, "stopping");
}

Test(list, columns_are_hidden_and_chosen)
{
	expect_screen(&b, "silent");
	bench_keys(&b, "c j j Enter Esc");
	expect_no_screen(&b, "silent");
	bench_do(&b, "copy command");
	cr_expect(strstr(workbench_copied(b.w), "--columns rank,customer_id,"));
	bench_keys(&b, "s");
	expect_screen(&b, "Sort by");
	bench_keys(&b, "j Enter");
	expect_screen(&b, "sort: customer_id↑");
}

Test(list, keys_by_chance)
{
	static const char *const key[] = { "j", "k", "g", "G", "PgDn", "h", "l", "[", "]", "m", "\\", "Tab", "S-Tab", "z", "1", "2", "3", "4", "5", "6", "8",
		"Esc", "Enter", "F5", "p", "^U", "ü", "?", "/", "f", "n", "N", "s", "c", "y", "Backspace", ":", "!", "@", "Space", "Esc", "<", "3" };
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

Test(list, enter_leads_from_a_group_to_its_customers)
{
	bench_keys(&b, "5 Enter");
	expect_screen(&b, "[4Cust]");
	expect_screen(&b, "filter: cluster_id:");
	bench_keys(&b, "\\ Enter");
	expect_no_screen(&b, "Ranked by value");
	bench_keys(&b, "q");
	expect_screen(&b, "Ranked by value");
	bench_do(&b, "customers rfm_segment 'no \"such\" one'");
	expect_screen(&b, "rfm_segment:\"no \"\"such\"\" one\"");
	expect_screen(&b, "No row meets the filter");
	bench_do(&b, "zoom nowhere");
	expect_screen(&b, "no part 'nowhere'");
}
