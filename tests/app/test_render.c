/* Frames as tables, CSV and JSON. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "app/render.h"

static struct arena *a;
static struct frame *f;

static void start(void)
{
	a = arena_new();
	f = frame_new(a);
	frame_add_column(f, "id", "text", CELL_TEXT);
	frame_add_column(f, "day", "day", CELL_INT);
	frame_add_column(f, "clv", "money", CELL_REAL);
	for (int i = 0; i < 3; i++)
		frame_add_row(f);
	f->column[0].t[0] = "A";
	f->column[1].i[0] = 0;
	f->column[2].r[0] = 12.345;
	f->column[0].t[1] = "=1+1";
	f->column[1].i[1] = 10957;
	f->column[2].r[1] = -3;
	f->column[0].t[2] = "a\"b,\x1b[2J";
}

static void stop(void)
{
	arena_free(a);
}

TestSuite(render, .init = start, .fini = stop);

Test(render, csv_quotes_neutralises_and_shows_control_bytes)
{
	struct str t = {0};
	render_csv_header(&t, f);
	render_csv_rows(&t, f, false);
	cr_expect_null(strchr(t.s, 0x1b));
	cr_expect(strstr(t.s, "id,day,clv\nA,1970-01-01,12.345\n'=1+1,2000-01-01,-3\n\"a\"\"b,"), "%s", t.s);
	cr_expect(strstr(t.s, "\",,\n"), "missing cells are empty: %s", t.s);
	str_clear(&t);
}

Test(render, raw_keeps_formulas)
{
	struct str t = {0};
	render_csv_rows(&t, f, true);
	cr_expect(strstr(t.s, "\n=1+1,"), "%s", t.s);
	str_clear(&t);
}

Test(render, tables_align_and_mark_what_is_missing)
{
	struct str t = {0};
	render_table(&t, f);
	cr_expect_null(strchr(t.s, 0x1b));
	cr_expect(strstr(t.s, "12.35") || strstr(t.s, "12.34"), "%s", t.s);
	cr_expect(strstr(t.s, "  -"), "%s", t.s);
	str_clear(&t);
}

Test(render, wide_characters_keep_columns_in_line)
{
	struct str t = {0};
	f->column[0].t[0] = "\xe6\x97\xa5\xe6\x9c\xac";
	f->column[0].t[2] = "e\xcc\x81";
	render_table(&t, f);
	char *first = strchr(t.s, '\n') + 1, *second = strchr(first, '\n') + 1;
	/* the day begins in column 6 of both rows: two wide characters are as wide as "=1+1" */
	cr_expect_eq(strstr(first, "1970") - first, 6 + 2, "%s", t.s);
	cr_expect_eq(strstr(second, "2000") - second, 6, "%s", t.s);
	str_clear(&t);
}

Test(render, json_has_types_and_nulls)
{
	struct str t = {0};
	struct js *j = render_json(f);
	js_write(&t, j, false, false);
	cr_expect(strstr(t.s, "[\"A\",\"1970-01-01\",12.345]"), "%s", t.s);
	cr_expect(strstr(t.s, "null,null]"), "%s", t.s);
	str_clear(&t);
	js_free(j);
}
