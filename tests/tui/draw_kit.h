/* A grid as text, for tests that look at what was drawn. */
#ifndef CLV_TESTS_TUI_DRAW_KIT_H
#define CLV_TESTS_TUI_DRAW_KIT_H

#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"
#include "view/grid.h"

static const int draw_sizes[][2] = { { 1, 1 }, { 2, 3 }, { 5, 1 }, { 9, 4 }, { 20, 5 }, { 40, 12 }, { 79, 23 }, { 80, 24 }, { 200, 60 } };

enum { DRAW_SIZES = sizeof draw_sizes / sizeof draw_sizes[0] };

static inline const char *drawn(struct arena *a, const struct grid *g)
{
	struct str t = {0};
	grid_text(g, &t);
	char *s = arena_text(a, t.s);
	str_clear(&t);
	return s;
}

#define cr_expect_drawn(text, part) cr_expect(strstr(text, part), "'%s' is not in\n%s", part, text)

#endif
