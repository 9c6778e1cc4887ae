#include "config.h"

#include "store/query.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "kit.h"

TestSuite(query, .init = kit_setup, .fini = kit_teardown);

Test(query, binds_steps_and_is_used_again)
{
	struct store *s = kit_store();
	struct query *q, *again;
	bool row = false;

	kit_rows(s, 3);
	kit_ok(query_open(s, "statement/name", &q));
	query_bind_int(q, 1, 2);
	kit_ok(query_step(q, &row));
	cr_assert(row);
	cr_assert_str_eq(query_text(q, 0), "Ann 2");
	cr_assert_str_eq(query_name(q, 0), "name");
	cr_assert_eq(query_columns(q), 1);
	kit_ok(query_step(q, &row));
	cr_assert_not(row);
	query_bind_int(q, 1, 1);
	kit_ok(query_step(q, &row));
	cr_assert(row);

	/* A second use of the name while the first is open is another statement. */
	kit_ok(query_open(s, "statement/name", &again));
	cr_assert(again != q);
	query_close(again);
	query_close(q);
	kit_ok(query_open(s, "statement/name", &again));
	kit_ok(query_step(again, &row));
	cr_assert_not(row, "bindings are gone");
	query_close(again);
	query_close(NULL);
	store_close(s);
}

Test(query, every_type_comes_back)
{
	struct store *s = kit_store();
	struct query *q;
	bool row = false;
	size_t n;

	kit_ok(query_open(s, "statement/blob", &q));
	query_bind_blob(q, 1, "a\0b", 3);
	query_bind_real(q, 2, NAN);
	query_bind_text(q, 3, NULL);
	kit_ok(query_step(q, &row));
	cr_assert(memcmp(query_blob(q, 0, &n), "a\0b", 3) == 0 && n == 3);
	cr_assert(query_is_null(q, 1) && isnan(query_real(q, 1)));
	cr_assert(query_text(q, 2) == NULL);
	query_reset(q);
	query_bind_int(q, 1, INT64_MIN);
	query_bind_real(q, 2, 0.1);
	query_bind_text(q, 3, "x");
	kit_ok(query_step(q, &row));
	cr_assert(query_int(q, 0) == INT64_MIN && query_real(q, 1) == 0.1 && strcmp(query_text(q, 2), "x") == 0);
	query_close(q);
	store_close(s);
}

Test(query, in_one_call)
{
	struct store *s = kit_store();
	int64_t n = 7;
	char *text;

	kit_ok(query_get_int(s, "statement/name", &n, "i", (int64_t)1));
	cr_assert_eq(n, 7);
	kit_ok(query_run(s, "statement/insert", "itrt", (int64_t)1, "A", NAN, "note"));
	kit_ok(query_get_text(s, kit_arena(), "statement/name", &text, "i", (int64_t)1));
	cr_assert_str_eq(text, "A");
	kit_ok(query_get_text(s, kit_arena(), "statement/name", &text, "i", (int64_t)2));
	cr_assert(text == NULL);
	kit_ok(query_get_int(s, "statement/count", &n, ""));
	cr_assert_eq(n, 1);
	kit_ok(query_script(s, "statement/script"));
	store_close(s);
}

Test(query, failures_name_the_statement)
{
	struct store *s = kit_store();
	struct query *q;

	kit_fails(query_open(s, "statement/two", &q), RC_STORE, "STORE-151", "statement/two");
	kit_fails(query_open(s, "statement/none", &q), RC_STORE, "STORE-151", "statement/none");
	kit_fails(query_open(s, "statement/bad", &q), RC_STORE, "STORE-117", "statement/bad");
	cr_assert(q == NULL, "what failed to open can be closed");
	query_close(q);
	kit_fails(query_open(s, "statement/nowhere", &q), RC_INTERNAL, "STORE-150", "nowhere");
	kit_fails(query_run(s, "statement/insert", "inrn", (int64_t)1, 1.0), RC_STORE, "STORE-117", "NOT NULL");
	store_close(s);
}

Test(query, a_frame_widens_its_columns)
{
	struct store *s = kit_store();
	struct frame *f;

	kit_ok(query_frame(s, kit_arena(), "statement/mixed", &f, ""));
	cr_assert_eq(f->rows, 4);
	cr_assert_eq(f->columns, 2);
	cr_assert(f->column[0].type == CELL_REAL && strcmp(f->column[0].kind, "share") == 0 && strcmp(f->column[0].unit, "") == 0);
	cr_assert(isnan(f->column[0].r[0]) && f->column[0].r[1] == 1.0 && f->column[0].r[2] == 2.5);
	cr_assert(f->column[1].type == CELL_TEXT && strcmp(f->column[1].kind, "text") == 0);
	cr_assert(f->column[1].t[0] == NULL);
	cr_assert_str_eq(f->column[1].t[1], "2");
	cr_assert_str_eq(f->column[1].t[2], "x");
	cr_assert_str_eq(f->column[1].t[3], "A\\xFF");
	store_close(s);
}

Test(query, a_frame_of_tables_has_their_types)
{
	struct store *s = kit_store();
	struct frame *f;

	kit_ok(query_frame(s, kit_arena(), "report/people", &f, "n"));
	cr_assert_eq(f->rows, 0);
	cr_assert(frame_column(f, "name")->type == CELL_TEXT && frame_column(f, "clv")->type == CELL_REAL);
	cr_assert(frame_column(f, "paid")->type == CELL_INT);
	cr_assert_str_eq(frame_column(f, "clv")->unit, "EUR");
	cr_assert_str_eq(frame_column(f, "last_day")->kind, "day");
	cr_assert_str_eq(frame_column(f, "note")->kind, "text");
	store_close(s);
}

Test(query, columns_of_tables_and_views)
{
	struct store *s = kit_store();
	const char **names;
	size_t n;

	kit_ok(query_table_columns(s, kit_arena(), "v_young", &names, &n));
	cr_assert_eq(n, 10);
	cr_assert_str_eq(names[0], "rank");
	cr_assert_str_eq(names[9], "note");
	kit_ok(query_table_columns(s, kit_arena(), "nowhere", &names, &n));
	cr_assert_eq(n, 0);
	store_close(s);
}
