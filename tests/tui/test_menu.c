/* Menus as state: keys, greyed choices, drawing at any size. */
#include "draw_kit.h"

#include "tui/menu_priv.h"

static const struct menu_line words[] = {
	{ "sales.csv stopped at line 88,204, nothing from it was stored.", STYLE_PLAIN, false },
	{ "  88204 │ 544398,21259,\"VICTORIAN SEWING BOX,8,2011-02-18 15:16,5.95,17850,United Kingdom", STYLE_PLAIN, true },
};

static const struct menu_choice ways[] = {
	{ NULL, "read \" as a plain character", NULL, NULL }, { NULL, "set the line aside", NULL, "the file is refused" },
	{ "s", "stop", "nothing is kept", NULL },
};

static struct menu menu(void)
{
	return (struct menu){ .title = "Cannot read the file", .foot = "code CSV-104", .line = words, .lines = 2, .choice = ways, .choices = 3 };
}

Test(menu, keys)
{
	struct menu m = menu();
	cr_expect_eq(menu_key(&m, "Enter"), MENU_CHOSEN);
	cr_expect_eq(menu_key(&m, "Down"), MENU_MOVED);
	cr_expect_eq(menu_key(&m, "Enter"), MENU_MOVED, "a grey one is not chosen");
	cr_expect_eq(menu_key(&m, "s"), MENU_CHOSEN);
	cr_expect_eq(m.at, 2);
	cr_expect_eq(menu_key(&m, "1"), MENU_CHOSEN);
	cr_expect_eq(m.at, 0);
	cr_expect_eq(menu_key(&m, "9"), MENU_IGNORED);
	cr_expect_eq(menu_key(&m, "G"), MENU_MOVED);
	cr_expect_eq(m.at, 2);
	cr_expect_eq(menu_key(&m, "Esc"), MENU_CLOSED);
	m.choices = 0;
	cr_expect_eq(menu_key(&m, "Down"), MENU_IGNORED);
	cr_expect_eq(menu_key(&m, "Enter"), MENU_CLOSED);
}

Test(menu, draws_words_above_choices)
{
	struct arena *a = arena_new();
	struct menu   m = menu();
	struct grid  *g = grid_new(a, 60, 14, GLYPHS_UNICODE);
	menu_draw(&m, g);
	const char *t = drawn(a, g);
	cr_expect_drawn(t, "Cannot read the file");
	cr_expect_drawn(t, "was\n" + 4);
	cr_expect_drawn(t, "│  1   read \" as a plain character");
	cr_expect_drawn(t, "the file is refused");
	cr_expect_drawn(t, "code CSV-104");
	cr_expect_eq(menu_click(&m, m.list.x + 1, m.list.y + 2), MENU_CHOSEN);
	cr_expect_eq(m.at, 2);
	cr_expect_eq(menu_click(&m, 0, 0), MENU_IGNORED);
	arena_free(a);
}

Test(menu, any_size)
{
	struct arena *a = arena_new();
	for (int i = 0; i < DRAW_SIZES; i++)
		for (size_t at = 0; at < 3; at++) {
			struct menu  m = menu();
			struct grid *g = grid_new(a, draw_sizes[i][0], draw_sizes[i][1], GLYPHS_ASCII);
			m.at = at;
			menu_draw(&m, g);
			cr_expect(m.list.h < 1 || (m.at >= m.first && m.at < m.first + (size_t)m.list.h), "%dx%d", g->width, g->height);
		}
	arena_free(a);
}
