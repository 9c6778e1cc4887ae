/* Frames: rows start missing, columns are found by name, names are copied, growth keeps the cells. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/frame.h"

Test(frame, rows_start_missing)
{
	struct arena *a = arena_new();
	struct frame *f = frame_new(a);

	frame_add_column(f, "id", "int", CELL_INT);
	frame_add_column(f, "value", "money", CELL_REAL);
	frame_add_column(f, "name", "text", CELL_TEXT);
	cr_assert_eq(frame_add_row(f), 0);
	for (size_t j = 0; j < f->columns; j++)
		cr_assert(frame_missing(&f->column[j], 0));
	f->column[0].i[0] = 0;
	f->column[1].r[0] = 0;
	f->column[2].t[0] = "";
	for (size_t j = 0; j < f->columns; j++)
		cr_assert_not(frame_missing(&f->column[j], 0));
	f->column[1].r[0] = INFINITY;
	cr_assert_not(frame_missing(&f->column[1], 0));
	arena_free(a);
}

Test(frame, growth_keeps_the_cells)
{
	struct arena *a = arena_new();
	struct frame *f = frame_new(a);

	for (int j = 0; j < 30; j++)
		frame_add_column(f, "c", "int", j % 3 == 0 ? CELL_INT : j % 3 == 1 ? CELL_REAL : CELL_TEXT);
	for (int i = 0; i < 5000; i++) {
		size_t row = frame_add_row(f);

		f->column[0].i[row] = i;
		f->column[28].r[row] = i / 2.0;
		f->column[29].t[row] = "x";
	}
	cr_assert_eq(f->rows, 5000);
	for (int i = 0; i < 5000; i++) {
		cr_assert_eq(f->column[0].i[i], i);
		cr_assert_eq(f->column[28].r[i], i / 2.0);
		cr_assert_str_eq(f->column[29].t[i], "x");
		cr_assert(frame_missing(&f->column[3], (size_t)i));
	}
	arena_free(a);
}

Test(frame, columns_by_name)
{
	struct arena *a = arena_new();
	struct frame *f = frame_new(a);
	char name[] = "alpha", kind[] = "share";

	frame_add_column(f, name, kind, CELL_REAL);
	name[0] = kind[0] = 'X';
	cr_assert_eq(frame_column(f, "alpha"), &f->column[0]);
	cr_assert_str_eq(frame_column(f, "alpha")->kind, "share");
	cr_assert_str_eq(frame_column(f, "alpha")->unit, "");
	cr_assert_null(frame_column(f, "Xlpha"));
	cr_assert_null(frame_column(f, ""));
	cr_assert_eq(f->rows, 0);
	arena_free(a);
}

Test(frame, no_columns_no_harm)
{
	struct arena *a = arena_new();
	struct frame *f = frame_new(a);

	cr_assert_null(frame_column(f, "x"));
	cr_assert_eq(frame_add_row(f), 0);
	cr_assert_eq(f->rows, 1);
	arena_free(a);
}

Test(frame, sorting_keeps_equal_rows_in_order_and_missing_ones_last)
{
	static const double r[] = { 2, NAN, 1, 2, 3 };
	static const char  *t[] = { "a", "b", "c", "d", "e" };
	struct arena       *a = arena_new();
	struct frame       *f = frame_new(a);
	frame_add_column(f, "r", "real", CELL_REAL);
	frame_add_column(f, "t", "text", CELL_TEXT);
	for (size_t i = 0; i < 5; i++) {
		frame_add_row(f);
		f->column[0].r[i] = r[i];
		f->column[1].t[i] = t[i];
	}
	frame_sort(f, &f->column[0], true);
	for (size_t i = 0; i < 5; i++)
		cr_expect_eq(*f->column[1].t[i], "eadcb"[i], "down %zu: %s", i, f->column[1].t[i]);
	frame_sort(f, &f->column[0], false);
	for (size_t i = 0; i < 5; i++)
		cr_expect_eq(*f->column[1].t[i], "cadeb"[i], "up %zu: %s", i, f->column[1].t[i]);
	frame_sort(f, &f->column[1], true);
	cr_expect_str_eq(f->column[1].t[0], "e");
	cr_expect_eq(f->column[0].r[0], 3);
	arena_free(a);
}
