/* The one-line editor: every key, wide characters and marks, paste, history, suggestion, scroll. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "tui/field_priv.h"

static void type(struct field *f, const char *const *key)
{
	for (; *key; key++)
		cr_assert(field_key(f, *key), "%s", *key);
}

#define TYPE(f, ...) type(f, (const char *const[]){ __VA_ARGS__, NULL })

Test(field, keys_edit_the_line)
{
	static const struct { const char *key[8], *text; size_t cursor; } cases[] = {
		{ { "a", "b", "Space", "c" }, "ab c", 4 },
		{ { "q", "?", "1", ":" }, "q?1:", 4 },
		{ { "a", "b", "Left", "x" }, "axb", 2 },
		{ { "a", "b", "Home", "x", "End", "y" }, "xaby", 4 },
		{ { "a", "b", "^A", "Delete" }, "b", 0 },
		{ { "a", "b", "Backspace" }, "a", 1 },
		{ { "a", "Space", "b", "c", "^W" }, "a ", 2 },
		{ { "a", "b", "Left", "^U" }, "b", 0 },
		{ { "a", "b", "Left", "^K" }, "a", 1 },
		{ { "a", "b", "Left", "^X" }, "", 0 },
		{ { "Backspace", "Delete", "^W", "^U", "^K", "Left", "Right" }, "", 0 },
		{ { "ü", "東", "Left", "Left", "Delete" }, "東", 0 },
		{ { "e", "\xcc\x81", "x", "Left", "Backspace" }, "x", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct field f = {0};
		type(&f, cases[i].key);
		cr_expect_str_eq(field_text(&f), cases[i].text, "case %zu", i);
		cr_expect_eq(f.cursor, cases[i].cursor, "case %zu: %zu", i, f.cursor);
		field_clear(&f);
	}
}

Test(field, other_keys_are_not_its_own)
{
	static const char *const keys[] = { "Tab", "S-Tab", "Enter", "Esc", "F2", "Up", "Down", "^C", "^R", "PgUp", "\x1b", "\xe2\x80\xae", "" };
	struct field f = {0};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		cr_expect_not(field_key(&f, keys[i]), "%s", keys[i]);
	cr_expect_str_eq(field_text(&f), "");
	field_clear(&f);
}

Test(field, pasted_text_becomes_one_line)
{
	struct field f = { .limit = 20 };
	field_set(&f, "ab");
	field_key(&f, "Left");
	field_paste(&f, "x\ty\nz\x1b[2J\r\n");
	cr_expect_str_eq(field_text(&f), "ax y z[2Jb");
	field_paste(&f, "0123456789abcdef");
	cr_expect_eq(f.text.n, 20, "a line has an end: %zu", f.text.n);
	field_clear(&f);
}

Test(field, history_goes_up_and_comes_back)
{
	struct history h = {0};
	struct field   f = { .history = &h };
	history_add(&h, "run");
	history_add(&h, "show totals");
	history_add(&h, "run");
	cr_expect_eq(h.n, 2);
	field_set(&f, "dra");
	TYPE(&f, "Up");
	cr_expect_str_eq(field_text(&f), "run");
	TYPE(&f, "Up", "Up");
	cr_expect_str_eq(field_text(&f), "show totals");
	TYPE(&f, "Down", "Down");
	cr_expect_str_eq(field_text(&f), "dra");
	for (int i = 0; i < 3 * HISTORY_LINES; i++) {
		char line[16];
		snprintf(line, sizeof line, "%d", i);
		history_add(&h, line);
	}
	cr_expect_eq(h.n, HISTORY_LINES);
	field_clear(&f);
	history_clear(&h);
}

static const char *suggest(void *user, const char *text)
{
	(void)text;
	return *(const char **)user;
}

Test(field, a_suggestion_is_taken_at_the_end_only)
{
	const char  *whole = "orders.csv";
	struct field f = { .suggest = suggest, .user = &whole };
	field_set(&f, "ord");
	TYPE(&f, "Left", "Right");
	cr_expect_str_eq(field_text(&f), "ord");
	TYPE(&f, "Right");
	cr_expect_str_eq(field_text(&f), "orders.csv");
	field_set(&f, "x");
	TYPE(&f, "End");
	cr_expect_str_eq(field_text(&f), "x", "another text is no suggestion");
	field_clear(&f);
}

Test(field, draws_the_cursor_in_its_columns)
{
	struct arena *a = arena_new();
	struct field  f = {0};
	struct grid  *g = grid_new(a, 12, 1, GLYPHS_UNICODE);
	struct str    t = {0};
	field_set(&f, "東京商店 tokyo");
	int x = field_draw(&f, g, 1, 0, 8, true);
	grid_text(g, &t);
	cr_expect_str_eq(t.s, "  tokyo__\n");
	cr_expect_eq(x, 7);
	f.cursor = 0;
	str_clear(&t);
	g = grid_new(a, 12, 1, GLYPHS_UNICODE);
	cr_expect_eq(field_draw(&f, g, 1, 0, 8, true), 1);
	for (int w = 0; w < 6; w++) {
		f.cursor = f.text.n;
		x = field_draw(&f, g, 1, 0, w, true);
		cr_expect(x >= 1 && x <= 1 + (w > 0 ? w : 0), "width %d: %d", w, x);
	}
	field_clear(&f);
	arena_free(a);
}

Test(field, of_lines_keeps_the_character_from_line_to_line)
{
	struct field f = { .lines = true };
	field_paste(&f, "SELECT 1,\n  müller,\n\nFROM t\n");
	cr_expect_str_eq(field_text(&f), "SELECT 1,\n  müller,\n\nFROM t");
	TYPE(&f, "Up", "Up", "x");
	cr_expect_str_eq(field_text(&f), "SELECT 1,\nx  müller,\n\nFROM t", "an empty line is passed at its only place");
	TYPE(&f, "End", "^W", "Home", "Backspace", "^K");
	cr_expect_str_eq(field_text(&f), "SELECT 1,\n\nFROM t");
	TYPE(&f, "Up", "Up", "^A", "Enter", "Up", "a");
	cr_expect_str_eq(field_text(&f), "a\nSELECT 1,\n\nFROM t");
	field_clear(&f);
}

Test(field, of_lines_can_be_emptied)
{
	struct field f = { .lines = true };
	TYPE(&f, "a", "Enter", "b", "Up", "End", "^K");
	cr_expect_str_eq(field_text(&f), "ab", "at the end of a line the next one comes up");
	TYPE(&f, "Enter", "c", "^X");
	cr_expect_str_eq(field_text(&f), "");
	field_clear(&f);
}

Test(field, of_lines_shows_the_cursor_in_any_area)
{
	struct arena *a = arena_new();
	struct grid  *g = grid_new(a, 20, 4, GLYPHS_UNICODE);
	struct field  f = { .lines = true };
	struct str    t = {0};
	int           x, y;
	field_set(&f, "one\ntwo\nthree is longer than that\nfour");
	field_draw_lines(&f, g, (struct area){ 2, 1, 8, 2 }, &x, &y);
	grid_text(g, &t);
	cr_expect_str_eq(t.s, "\n  three i…\n  four\n\n");
	cr_expect(x == 6 && y == 2);
	TYPE(&f, "Up", "End");
	g = grid_new(a, 20, 4, GLYPHS_UNICODE);
	str_clear(&t);
	field_draw_lines(&f, g, (struct area){ 2, 1, 8, 2 }, &x, &y);
	grid_text(g, &t);
	cr_expect_str_eq(t.s, "\n  an that\n\n\n");
	cr_expect(x == 9 && y == 1);
	str_clear(&t);
	field_clear(&f);
	arena_free(a);
}
