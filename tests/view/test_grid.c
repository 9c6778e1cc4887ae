/* Cells: clipping, wide and combining characters, hostile bytes, boxes, both glyph sets. */
#include <criterion/criterion.h>
#include <string.h>

#include "view/grid.h"

static struct arena *a;

static void start(void)
{
	a = arena_new();
}

static void stop(void)
{
	arena_free(a);
}

TestSuite(grid, .init = start, .fini = stop);

static void expect_text(const struct grid *g, const char *want)
{
	struct str t = {0};
	grid_text(g, &t);
	cr_expect_str_eq(t.s, want, "got:\n%s", t.s);
	str_clear(&t);
}

Test(grid, a_box_with_title_and_note)
{
	struct grid *g = grid_new(a, 20, 4, GLYPHS_UNICODE);
	struct area  in = grid_box(g, (struct area){ 0, 0, 20, 4 }, "Rows", "1–2 of 9");
	grid_put(g, in.x, in.y, in.w, "first", STYLE_PLAIN);
	grid_put_right(g, in.x, in.y + 1, in.w, "12", STYLE_PLAIN);
	expect_text(g, "┌─ Rows ───────────┐\n│ first            │\n│               12 │\n└─────── 1–2 of 9 ─┘\n");
}

Test(grid, the_same_box_in_ascii)
{
	struct grid *g = grid_new(a, 20, 3, GLYPHS_ASCII);
	struct area  in = grid_box(g, (struct area){ 0, 0, 20, 3 }, "Rows", "1–2 of 9");
	grid_put(g, in.x, in.y, in.w, "ä → 東 ✓", STYLE_PLAIN);
	expect_text(g, "+- Rows -----------+\n| ? -> ?? ok       |\n+------- 1-2 of 9 -+\n");
}

Test(grid, long_text_ends_in_an_ellipsis)
{
	struct grid *g = grid_new(a, 8, 3, GLYPHS_UNICODE);
	cr_expect_eq(grid_put(g, 0, 0, 5, "abcdef", STYLE_PLAIN), 5);
	cr_expect_eq(grid_put(g, 0, 1, 5, "abcde", STYLE_PLAIN), 5);
	cr_expect_eq(grid_put_right(g, 0, 2, 4, "abcdef", STYLE_PLAIN), 4);
	expect_text(g, "abcd…\nabcde\nabc…\n");
}

Test(grid, a_long_name_keeps_both_ends)
{
	struct grid *g = grid_new(a, 7, 3, GLYPHS_UNICODE);
	cr_expect_eq(grid_put_middle(g, 0, 0, 7, "abcdefghij", STYLE_PLAIN), 7);
	cr_expect_eq(grid_put_middle(g, 0, 1, 7, "abcdefg", STYLE_PLAIN), 7);
	grid_put_middle(g, 0, 2, 4, "abcdefg", STYLE_PLAIN);
	expect_text(g, "abc…hij\nabcdefg\nabc…\n");
	g = grid_new(a, 7, 1, GLYPHS_ASCII);
	grid_put_middle(g, 0, 0, 7, "abcdefghij", STYLE_PLAIN);
	expect_text(g, "abc~hij\n");
}

Test(grid, nothing_is_drawn_outside)
{
	struct grid *g = grid_new(a, 4, 2, GLYPHS_UNICODE);
	grid_put(g, 2, 0, 10, "abcd", STYLE_PLAIN);
	grid_put(g, -1, 1, 10, "xyz", STYLE_PLAIN);
	grid_put(g, 0, 7, 10, "never", STYLE_PLAIN);
	grid_put(g, 0, 0, 0, "never", STYLE_PLAIN);
	expect_text(g, "  ab\nyz\n");
}

Test(grid, wide_characters_take_two_columns_or_become_a_mark)
{
	struct grid *g = grid_new(a, 6, 3, GLYPHS_UNICODE);
	grid_put(g, 0, 0, 6, "東京x", STYLE_PLAIN);
	grid_put(g, 0, 1, 4, "東京店", STYLE_PLAIN);
	grid_put(g, 5, 2, 2, "東", STYLE_PLAIN);
	cr_expect_eq(grid_width(g, "東京x"), 5);
	cr_expect_eq(grid_cell(g, 1, 0)->width, 0);
	expect_text(g, "東京x\n東>…\n     >\n");
}

Test(grid, an_overlay_on_half_of_a_wide_character_blanks_the_other_half)
{
	struct grid *g = grid_new(a, 6, 2, GLYPHS_UNICODE);
	grid_put(g, 0, 0, 6, "東京店", STYLE_PLAIN);
	grid_put(g, 1, 0, 1, "|", STYLE_PLAIN);
	grid_put(g, 4, 0, 1, "|", STYLE_PLAIN);
	expect_text(g, " |京|\n\n");
}

Test(grid, marks_sit_on_their_letter_and_at_most_three_do)
{
	struct grid *g = grid_new(a, 6, 2, GLYPHS_UNICODE);
	cr_expect_eq(grid_put(g, 0, 0, 6, "e\xcc\x81x", STYLE_PLAIN), 2);
	grid_put(g, 0, 1, 6, "a\xcc\x81\xcc\x82\xcc\x83\xcc\x84z", STYLE_PLAIN);
	cr_expect_str_eq(grid_cell(g, 0, 0)->text, "e\xcc\x81");
	cr_expect_str_eq(grid_cell(g, 0, 1)->text, "a\xcc\x81\xcc\x82\xcc\x83");
	cr_expect_str_eq(grid_cell(g, 1, 1)->text, "z");
}

Test(grid, hostile_bytes_are_made_visible)
{
	struct grid *g = grid_new(a, 40, 4, GLYPHS_UNICODE);
	grid_put(g, 0, 0, 40, "a\x1b[2Jb\n", STYLE_PLAIN);
	grid_put(g, 0, 1, 40, "exe.\xe2\x80\xaegnp", STYLE_PLAIN);
	grid_put(g, 0, 2, 40, "\xc2\x9b" "31m \xff", STYLE_PLAIN);
	grid_put(g, 0, 3, 40, "\xcc\x81 alone", STYLE_PLAIN);
	expect_text(g, "a\\x1B[2Jb\\x0A\nexe.<U+202E>gnp\n<U+009B>31m \\xFF\n \xcc\x81 alone\n");
}

Test(grid, words_are_wrapped_and_the_last_row_is_clipped)
{
	struct grid *g = grid_new(a, 10, 4, GLYPHS_UNICODE);
	cr_expect_eq(grid_wrap(g, (struct area){ 0, 0, 10, 3 }, "one two three four five six", STYLE_PLAIN), 3);
	expect_text(g, "one two\nthree four\nfive six\n\n");
	cr_expect_eq(grid_wrap(g, (struct area){ 0, 0, 10, 2 }, "one two three four five six", STYLE_PLAIN), 2);
	expect_text(g, "one two\nthree fou…\nfive six\n\n");
}

Test(grid, a_word_without_blanks_is_broken_where_the_row_ends)
{
	struct grid *g = grid_new(a, 5, 3, GLYPHS_UNICODE);
	grid_wrap(g, (struct area){ 0, 0, 5, 3 }, "abcdefghij k", STYLE_PLAIN);
	expect_text(g, "abcde\nfghij\nk\n");
}

Test(grid, styles_have_letters)
{
	struct grid *g = grid_new(a, 5, 1, GLYPHS_UNICODE);
	struct str   t = {0};
	grid_put(g, 0, 0, 1, "x", STYLE_BOLD);
	grid_put(g, 1, 0, 1, "y", STYLE_BAD);
	grid_style(g, (struct area){ 1, 0, 3, 1 }, STYLE_REVERSE);
	grid_styles(g, &t);
	cr_expect_str_eq(t.s, "bxrr.\n");
	str_clear(&t);
}

Test(grid, no_size_is_too_small_for_a_box)
{
	for (int w = 0; w < 12; w++)
		for (int h = 0; h < 4; h++) {
			struct grid *g = grid_new(a, w, h, GLYPHS_UNICODE);
			struct area  in = grid_box(g, (struct area){ 0, 0, w, h }, "A title that is long", "and a note");
			cr_expect(in.w >= 0 && in.h >= 0);
		}
}
