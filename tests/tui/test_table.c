/* The one table: which columns stay, how cells are written, what is said when there is nothing. */
#include <criterion/criterion.h>
#include <math.h>

#include "tui/table_priv.h"

static struct arena *a;
static struct frame *f;

static const struct table_column columns[] = {
	{ "", "verdict", FORM_SIGN, 0 },      { "name", "name", FORM_TEXT, 0 },    { "value", "value", FORM_MONEY, 0 },
	{ "alive", "alive", FORM_CHANCE, 1 }, { "none", "absent", FORM_COUNT, 0 }, { "note", "note", FORM_LAST, 2 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

static void add(const char *verdict, const char *name, double value, double alive, const char *note)
{
	size_t r = frame_add_row(f);
	f->column[0].t[r] = verdict;
	f->column[1].t[r] = name;
	f->column[2].r[r] = value;
	f->column[3].r[r] = alive;
	f->column[4].t[r] = note;
}

static void start(void)
{
	a = arena_new();
	f = frame_new(a);
	frame_add_column(f, "verdict", "text", CELL_TEXT);
	frame_add_column(f, "name", "text", CELL_TEXT);
	frame_add_column(f, "value", "money", CELL_REAL);
	frame_add_column(f, "alive", "share", CELL_REAL);
	frame_add_column(f, "note", "text", CELL_TEXT);
	add("pass", "Ann", 12345.6, 0.98, "buys often");
	add("alarm", "東京", NAN, 0.001, "a note that is longer than there is room for");
	add("pass", NULL, 3, 1, "\x1b[31m");
}

static void stop(void)
{
	arena_free(a);
}

TestSuite(table, .init = start, .fini = stop);

static void expect(int w, int h, const struct table *t, const char *want)
{
	struct str   s = {0};
	struct grid *g = grid_new(a, w, h, GLYPHS_UNICODE);
	table_draw(g, (struct area){ 0, 0, w, h }, "T", t, "nothing here");
	grid_text(g, &s);
	cr_expect_str_eq(s.s, want, "got:\n%s", s.s);
	str_clear(&s);
}

Test(table, cells_line_up_and_the_last_column_takes_the_rest)
{
	struct list_view first = { .column = -1 };
	struct table     t = { .frame = f, .column = columns, .mark = TABLE_FOCUS, .view = &first };
	expect(44, 6, &t, "┌─ T ──────────────────────────────────────┐\n"
	                  "│    name  value alive note                │\n"
	                  "│▌✓  Ann  12,346   .98 buys often          │\n"
	                  "│ ✗  東京      -  <.01 a note that is lon… │\n"
	                  "│ ✓  -         3  1.00 \\x1B[31m            │\n"
	                  "└──────────────────────────────────────────┘\n");
}

Test(table, columns_that_are_wanted_least_go_first)
{
	struct table t = { .frame = f, .column = columns };
	expect(24, 5, &t, "┌─ T ──────────────────┐\n"
	                  "│    name  value alive │\n"
	                  "│ ✓  Ann  12,346   .98 │\n"
	                  "│ ✗  東京      -  <.01 │\n"
	                  "└─────────── 1–2 of 3 ─┘\n");
}

Test(table, only_the_rows_asked_for_and_no_empty_column)
{
	struct table t = { .frame = f, .column = columns, .only = "verdict", .value = "alarm" };
	expect(24, 4, &t, "┌─ T ──────────────────┐\n"
	                  "│     name  alive      │\n"
	                  "│ ✗   東京   <.01      │\n"
	                  "└──────────────────────┘\n");
}

Test(table, nothing_is_said_in_words)
{
	struct table t = { .column = columns };
	expect(18, 3, &t, "┌─ T ────────────┐\n│ nothing here   │\n└────────────────┘\n");
}

static const struct table_column named[] = {
	{ "name", "name", FORM_TEXT, 0 }, { "value", "value", FORM_MONEY, 5 }, { "alive", "alive", FORM_CHANCE, 1 }, { NULL, NULL, FORM_TEXT, 0 },
};

Test(table, a_long_name_costs_no_number_its_place)
{
	struct list_view v = { .column = -1 };
	struct table     t = { .frame = f, .column = named, .key = "name", .view = &v };
	char            *name = arena_alloc(a, 5001, 1);
	memset(name, 'x', 5000);
	memcpy(name, "front", 5);
	memcpy(name + 4997, "end", 4);
	add("pass", name, 7654321, 0.5, NULL);
	expect(38, 7, &t, "┌─ T ────────────────────────────────┐\n"
	                  "│ name                   value alive │\n"
	                  "│ Ann                   12,346   .98 │\n"
	                  "│ 東京                       -  <.01 │\n"
	                  "│ -                          3  1.00 │\n"
	                  "│ frontxxxx…xxxxxend 7,654,321   .50 │\n"
	                  "└────────────────────────────────────┘\n");
	f->rows = 3;
	expect(34, 6, &t, "┌─ T ────────────────────────────┐\n"
	                  "│ name      value  alive         │\n"
	                  "│ Ann      12,346    .98         │\n"
	                  "│ 東京          -   <.01         │\n"
	                  "│ -             3   1.00         │\n"
	                  "└────────────────────────────────┘\n");
}
