/* Charts in both glyph sets, cell by cell. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "view/chart.h"

static struct arena *a;

static void start(void)
{
	a = arena_new();
}

static void stop(void)
{
	arena_free(a);
}

TestSuite(chart, .init = start, .fini = stop);

static void expect_text(const struct grid *g, const char *want)
{
	struct str t = {0};
	grid_text(g, &t);
	cr_expect_str_eq(t.s, want, "got:\n%s", t.s);
	str_clear(&t);
}

static void bars(struct grid *g)
{
	static const double share[] = { 0, 0.001, 0.25, 0.55, 1, 7, NAN };
	for (int i = 0; i < 7; i++)
		chart_bar(g, 0, i, 5, share[i], STYLE_PLAIN);
}

Test(chart, bars_have_eighths)
{
	struct grid *g = grid_new(a, 6, 7, GLYPHS_UNICODE);
	bars(g);
	expect_text(g, "\n▏\n█▎\n██▊\n█████\n█████\n\n");
}

Test(chart, bars_in_ascii_have_halves)
{
	struct grid *g = grid_new(a, 6, 7, GLYPHS_ASCII);
	bars(g);
	expect_text(g, "\n-\n#-\n##=\n#####\n#####\n\n");
}

Test(chart, sparklines_fill_their_range_and_leave_gaps)
{
	static const double v[] = { 0, 1, 2, 3, NAN, 5, 6, 7 };
	struct grid        *g = grid_new(a, 10, 3, GLYPHS_UNICODE), *plain = grid_new(a, 10, 1, GLYPHS_ASCII);
	cr_expect_eq(chart_spark(g, 0, 0, 10, v, 8, STYLE_PLAIN), 8);
	cr_expect_eq(chart_spark(g, 0, 1, 4, v, 8, STYLE_PLAIN), 4);
	cr_expect_eq(chart_spark(g, 0, 2, 10, v, 0, STYLE_PLAIN), 0);
	chart_spark(plain, 0, 0, 10, v, 8, STYLE_PLAIN);
	expect_text(g, "▁▂▃▄ ▆▇█\n▂▄▆█\n\n");
	expect_text(plain, ".:-= #%@\n");
}

Test(chart, equal_values_make_a_flat_line)
{
	static const double v[] = { 4, 4, 4 };
	struct grid        *g = grid_new(a, 5, 1, GLYPHS_UNICODE);
	chart_spark(g, 0, 0, 5, v, 3, STYLE_PLAIN);
	expect_text(g, "▁▁▁\n");
}

Test(chart, a_histogram_has_its_numbers_beside)
{
	static const char *const label[] = { "0", "1", "2+" };
	static const double      v[] = { 8, 4, 1 }, w[] = { 4, 8, NAN };
	struct grid             *g = grid_new(a, 14, 3, GLYPHS_UNICODE), *two = grid_new(a, 14, 6, GLYPHS_ASCII);
	chart_histogram(g, (struct area){ 0, 0, 13, 3 }, &(struct chart_bars){ .label = label, .a = v, .n = 3 });
	chart_histogram(two, (struct area){ 0, 0, 13, 6 }, &(struct chart_bars){ .label = label, .a = v, .b = w, .n = 3 });
	expect_text(g, "0  8 ████████\n1  4 ████\n2+ 1 █\n");
	expect_text(two, "0  8 ########\n   4 ----\n1  4 ####\n   8 --------\n2+ 1 #\n   -\n");
}

Test(chart, two_series_meet_in_a_star)
{
	static const double  v[] = { 0, 2, 4 }, w[] = { 4, 2, 0 };
	struct grid         *g = grid_new(a, 21, 7, GLYPHS_UNICODE);
	struct chart_lines   c = { .a = v, .b = w, .n = 3, .border = 2, .first = "jan", .last = "mar" };
	chart_lines(g, (struct area){ 0, 0, 21, 7 }, &c);
	expect_text(g, "4 ┤+            ┊   o\n"
	               "3 ┤             ┊\n"
	               "2 ┤         *   ┊\n"
	               "1 ┤             ┊\n"
	               "0 ┤o            ┊   +\n"
	               "  └──────────────────\n"
	               "   jan            mar\n");
}

Test(chart, too_small_for_lines_says_the_range)
{
	static const double v[] = { 120, 4500 };
	struct grid        *g = grid_new(a, 19, 2, GLYPHS_UNICODE);
	chart_lines(g, (struct area){ 0, 0, 19, 2 }, &(struct chart_lines){ .a = v, .n = 2 });
	expect_text(g, "120 to 4,500\n\n");
}

Test(chart, ratios_stand_in_a_track)
{
	static const double ratio[] = { 1, 2, 0.5, 9, NAN };
	struct grid        *g = grid_new(a, 9, 5, GLYPHS_ASCII);
	for (int i = 0; i < 5; i++)
		chart_ratio(g, 0, i, 9, ratio[i], STYLE_PLAIN);
	expect_text(g, "----o----\n----:---o\no---:----\n----:---o\n\n");
}

Test(chart, steps_are_one_two_or_five)
{
	cr_expect_float_eq(chart_step(0.03), 0.05, 1e-12);
	cr_expect_float_eq(chart_step(1), 1, 1e-12);
	cr_expect_float_eq(chart_step(1.4), 2, 1e-12);
	cr_expect_float_eq(chart_step(700), 1000, 1e-9);
}

Test(chart, a_limit_stands_at_two_thirds)
{
	static const double v[] = { 0.5, 1, 1.4, 9, NAN };
	struct grid        *g = grid_new(a, 12, 5, GLYPHS_UNICODE), *plain = grid_new(a, 12, 5, GLYPHS_ASCII);
	for (int i = 0; i < 5; i++) {
		chart_limit(g, 0, i, 12, v[i], 1, STYLE_PLAIN);
		chart_limit(plain, 0, i, 12, v[i], 1, STYLE_PLAIN);
	}
	expect_text(g, "████    ┃\n████████┃\n████████┃██▎\n████████┃███\n        ┃\n");
	expect_text(plain, "####    |\n########|\n########|##-\n########|###\n        |\n");
}

Test(chart, two_series_in_one_row_a_place)
{
	static const char *const label[] = { "0", "10", "20+" };
	static const double      before[] = { 40, 10, 5 }, now[] = { 20, 20, NAN };
	const struct chart_bars  bars = { .label = label, .a = before, .b = now, .n = 3, .digits = 0, .tight = true };
	struct grid             *g = grid_new(a, 20, 3, GLYPHS_UNICODE), *plain = grid_new(a, 20, 3, GLYPHS_ASCII);
	chart_histogram(g, (struct area){ 0, 0, 20, 3 }, &bars);
	chart_histogram(plain, (struct area){ 0, 0, 20, 3 }, &bars);
	expect_text(g, "0   40 20 ▓▓▓▓┃▓▓▓▓▓\n10  10 20 ▓▓▓░░\n20+  5  - ▓\n");
	expect_text(plain, "0   40 20 ####|#####\n10  10 20 ###--\n20+  5  - #\n");
}

Test(chart, more_places_than_columns_meet_in_a_column)
{
	double              v[200];
	struct grid        *g = grid_new(a, 30, 8, GLYPHS_UNICODE);
	struct str          t = {0};
	struct chart_lines  c = { .a = v, .b = v, .n = 200, .first = "1", .last = "200" };
	for (int i = 0; i < 200; i++)
		v[i] = i;
	chart_lines(g, (struct area){ 0, 0, 30, 8 }, &c);
	grid_text(g, &t);
	cr_expect_null(strchr(t.s, '+'), "equal series are one:\n%s", t.s);
	cr_expect_null(strchr(t.s, 'o'));
	cr_expect_not_null(strchr(t.s, '*'));
	str_clear(&t);
}

/* Shades alone where columns are narrow, numbers beside them where they are wide; missing cells are blank. */
Test(chart, heat)
{
	static const char *const row[] = { "0", "10+" }, *const column[] = { "0d", "30d", "60d" };
	static const double      value[] = { 1, .5, .05, .79, .21, NAN };
	const struct chart_heat  heat = { .row = row, .column = column, .rows = 2, .columns = 3, .value = value, .most = 1, .times = 100 };
	struct grid *g = grid_new(a, 24, 3, GLYPHS_UNICODE), *plain = grid_new(a, 24, 3, GLYPHS_ASCII), *narrow = grid_new(a, 13, 3, GLYPHS_UNICODE);
	chart_heat(g, (struct area){ 0, 0, 24, 3 }, &heat);
	chart_heat(plain, (struct area){ 0, 0, 24, 3 }, &heat);
	chart_heat(narrow, (struct area){ 0, 0, 13, 3 }, &heat);
	expect_text(g, "    0d    30d   60d\n  0 █100  ▒ 50     5\n10+ ▓ 79  ░ 21\n");
	expect_text(plain, "    0d    30d   60d\n  0 #100  - 50     5\n10+ + 79  . 21\n");
	expect_text(narrow, "    0d    60d\n  0 ██ ▒▒\n10+ ▓▓ ░░\n");
	chart_heat(narrow, (struct area){ 0, 0, 5, 3 }, &heat);
	chart_heat(narrow, (struct area){ 0, 0, 13, 1 }, &heat);
	expect_text(narrow, "    0d    60d\n  0 ██ ▒▒\n10+ ▓▓ ░░\n");
}
