/* The palette: words in any order, the first match is what Enter runs, Tab completes and never moves, arguments, reasons. */
#include "draw_kit.h"

#include "tui/palette_priv.h"

static const struct palette_entry entries[] = {
	{ "pane drift", "6", "drift and review", "", 0, 2, NULL },
	{ "export", "x", "rows of the table, as filtered", "", 0, 2, NULL },
	{ "explain", "Enter", "the customer's story", "", 0, 2, NULL },
	{ "approve", "A", "promote the review's candidate", "REVIEW", 1, 2, "no review is open" },
	{ "show", "", "a report", "REPORT [ID]", 1, 2, NULL },
	{ "defer", "W", "decide later", "REVIEW DATE", 2, 2, NULL },
	{ "run", "r", "the pipeline", "[FILE...]", 0, 2, NULL },
	{ "validate", "", "judge files as import would", "FILE...", 1, 2, NULL },
};

static size_t values(void *user, const char *argument, const char *typed, struct arena *a, const char *const **out, bool *closed)
{
	static const char *const reports[] = { "summary", "totals" };
	const char             **list = arena_alloc(a, 2, sizeof *list);
	size_t                   n = 0;
	(void)user;
	*closed = !strcmp(argument, "REPORT");
	for (size_t i = 0; *closed && i < 2; i++)
		if (!strncmp(reports[i], typed, strlen(typed)))
			list[n++] = reports[i];
	*out = list;
	return n;
}

static struct palette open(struct history *h)
{
	struct palette p = { .arena = arena_new(), .entry = entries, .entries = sizeof entries / sizeof entries[0], .history = h, .values = values };
	palette_begin(&p);
	return p;
}

static enum palette_event type(struct palette *p, const char *text)
{
	enum palette_event e = PALETTE_IGNORED;
	for (; *text; text++)
		e = palette_key(p, *text == ' ' ? "Space" : (char[]){ *text, 0 });
	return e;
}

static const char *first(const char *query)
{
	struct palette p = open(NULL);
	type(&p, query);
	const char *text = palette_at(&p) ? palette_at(&p)->text : "";
	for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
		if (!strcmp(entries[i].text, text))
			text = entries[i].text;
	palette_end(&p);
	return text;
}

Test(palette, words_find_commands)
{
	cr_expect_str_eq(first("exp"), "export");
	cr_expect_str_eq(first("xpl"), "explain");
	cr_expect_str_eq(first("drift pane"), "pane drift");
	cr_expect_str_eq(first("pd"), "pane drift");
	cr_expect_str_eq(first("story"), "explain");
	cr_expect_str_eq(first("A"), "approve");
	cr_expect_str_eq(first("x"), "export");
	cr_expect_str_eq(first("val"), "validate");
	cr_expect_eq(palette_score(&entries[0], "zzz"), 0);
	cr_expect_eq(palette_score(&entries[0], "drift zzz"), 0);
	cr_expect_gt(palette_score(&entries[1], "ex"), palette_score(&entries[7], "ate") - 100);
}

Test(palette, recent_ones_come_first)
{
	struct history h = {0};
	history_add(&h, "run");
	history_add(&h, "show totals");
	struct palette p = open(&h);
	cr_expect_str_eq(p.hit[0]->text, "show");
	cr_expect_str_eq(p.hit[1]->text, "run");
	cr_expect_eq(p.hits, p.entries);
	palette_key(&p, "^P");
	cr_expect_str_eq(field_text(&p.field), "show totals");
	cr_expect_str_eq(palette_at(&p)->text, "show totals");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_RUN);
	cr_expect_str_eq(p.line.s, "show totals");
	palette_end(&p);
	history_clear(&h);
}

Test(palette, tab_completes_and_never_moves)
{
	struct palette p = open(NULL);
	type(&p, "dr");
	palette_key(&p, "Tab");
	cr_expect_str_eq(field_text(&p.field), "pane drift");
	cr_expect_eq(p.at, 0);
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_RUN);
	cr_expect_str_eq(p.line.s, "pane drift");
	palette_end(&p);
}

Test(palette, asks_for_arguments_one_by_one)
{
	struct palette p = open(NULL);
	type(&p, "defer");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_MOVED);
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_MOVED, "an empty value is none");
	cr_expect_not_null(p.error);
	type(&p, "3");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_MOVED);
	type(&p, "next week");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_RUN);
	cr_expect_str_eq(p.line.s, "defer 3 'next week'");
	palette_end(&p);
}

Test(palette, values_of_a_closed_list_are_chosen)
{
	struct palette p = open(NULL);
	type(&p, "show");
	palette_key(&p, "Enter");
	cr_expect_eq(p.offers, 2);
	type(&p, "q");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_MOVED);
	cr_expect_str_eq(p.error, "there is no such one");
	palette_key(&p, "Backspace");
	palette_key(&p, "Down");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_RUN);
	cr_expect_str_eq(p.line.s, "show totals");
	palette_end(&p);
}

Test(palette, a_grey_one_says_why_and_does_nothing)
{
	struct arena  *a = arena_new();
	struct palette p = open(NULL);
	type(&p, "approve");
	cr_expect_eq(palette_key(&p, "Enter"), PALETTE_MOVED);
	struct grid *g = grid_new(a, 80, 24, GLYPHS_UNICODE);
	palette_draw(&p, g);
	cr_expect_drawn(drawn(a, g), "no review is open");
	palette_end(&p);
	arena_free(a);
}

Test(palette, esc_goes_back_one_step)
{
	struct palette p = open(NULL);
	type(&p, "validate");
	palette_key(&p, "Enter");
	cr_expect_not_null(p.asking);
	cr_expect_eq(palette_key(&p, "Esc"), PALETTE_MOVED);
	cr_expect_null(p.asking);
	cr_expect_str_eq(field_text(&p.field), "validate");
	cr_expect_eq(palette_key(&p, "Esc"), PALETTE_CLOSED);
	palette_end(&p);
}

Test(palette, any_size)
{
	struct arena *a = arena_new();
	for (int i = 0; i < DRAW_SIZES; i++) {
		struct palette p = open(NULL);
		for (int k = 0; k < 12; k++) {
			palette_draw(&p, grid_new(a, draw_sizes[i][0], draw_sizes[i][1], k % 2 ? GLYPHS_ASCII : GLYPHS_UNICODE));
			palette_key(&p, k < 9 ? "Down" : k == 9 ? "Enter" : "q");
		}
		palette_end(&p);
	}
	arena_free(a);
}

Test(palette, looks_like_this)
{
	struct arena  *a = arena_new();
	struct palette p = open(NULL);
	struct grid   *g = grid_new(a, 60, 13, GLYPHS_UNICODE);
	type(&p, "exp");
	palette_draw(&p, g);
	cr_expect_str_eq(drawn(a, g), "\n\n"
		"┌─ Commands ───────────────────────────────────────────────┐\n"
		"│ : exp___________________________________________________ │\n"
		"│ ──────────────────────────────────────────────────────── │\n"
		"│  export                   x  rows of the table, as filt… │\n"
		"│  explain              Enter  the customer's story        │\n"
		"│                                                          │\n"
		"│                                                          │\n"
		"│                                                          │\n"
		"└───────────────────────────────────────────────── 2 of 8 ─┘\n\n\n", "%s", drawn(a, g));
	palette_end(&p);
	arena_free(a);
}
