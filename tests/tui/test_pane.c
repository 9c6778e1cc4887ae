/* Every pane at every size without data, and with a hostile store name: nothing leaves the grid, the fixed rows are there. */
#include <criterion/criterion.h>
#include <string.h>

#include "tui/pane.h"

static const struct snapshot nothing = { .store_name = "a\x1b[2J\xe2\x80\xae", .currency = "", .story = "", .empty = true, .chain_length = -1 };

Test(pane, is_found_by_name_and_key)
{
	cr_expect_str_eq(pane_find("fit")->id, "fit");
	cr_expect_str_eq(pane_find("8")->id, "runs");
	cr_expect_null(pane_find("7"));
	cr_expect_null(pane_find(""));
}

Test(pane, keys_and_names_are_different)
{
	for (size_t i = 0; i < panes_count; i++)
		for (size_t k = 0; k < i; k++)
			cr_expect(strcmp(panes[i]->key, panes[k]->key) && strcmp(panes[i]->id, panes[k]->id));
}

Test(pane, any_size_can_be_drawn)
{
	static const int sizes[][2] = { { 1, 1 }, { 2, 3 }, { 5, 1 }, { 20, 5 }, { 39, 40 }, { 40, 12 }, { 79, 23 }, { 80, 24 }, { 109, 30 }, { 110, 12 }, { 300, 100 } };
	struct arena    *a = arena_new();
	for (size_t p = 0; p < panes_count; p++)
		for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
			struct grid *g = grid_new(a, sizes[i][0], sizes[i][1], i % 2 ? GLYPHS_ASCII : GLYPHS_UNICODE);
			struct str   t = {0};
			pane_draw(panes[p], &nothing, &ui_plain, g);
			grid_text(g, &t);
			cr_expect_null(strchr(t.s, 0x1b), "%s", panes[p]->id);
			cr_expect_null(strstr(t.s, "\xe2\x80\xae"), "%s", panes[p]->id);
			str_clear(&t);
		}
	arena_free(a);
}

Test(pane, without_data_it_says_what_will_be_here)
{
	struct arena *a = arena_new();
	for (size_t p = 0; p < panes_count; p++) {
		struct grid *g = grid_new(a, 80, 24, GLYPHS_ASCII);
		struct str   t = {0};
		pane_draw(panes[p], &nothing, &ui_plain, g);
		grid_text(g, &t);
		cr_expect(strstr(t.s, "No ") || strstr(t.s, "Nothing "), "%s:\n%s", panes[p]->id, t.s);
		cr_expect(strstr(t.s, "\n no data yet\n"), "%s:\n%s", panes[p]->id, t.s);
		cr_expect(strstr(t.s, "? keys"), "%s:\n%s", panes[p]->id, t.s);
		str_clear(&t);
	}
	arena_free(a);
}
