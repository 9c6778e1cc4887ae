#include "config.h"

#include "store/append.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "kit.h"
#include "store/query.h"

TestSuite(append, .init = kit_setup, .fini = kit_teardown);

Test(append, every_type_and_its_null)
{
	static const char *const names[] = { "zero", "one" };
	const int64_t i[] = { -5, INT64_MIN, INT64_MAX }, same = 42, first = 10;
	const int32_t j[] = { 7, INT32_MIN, INT32_MAX };
	const uint8_t u[] = { 0, 255, 1 }, n[] = { 1, 255, 0 };
	const double f[] = { 0.5, NAN, INFINITY };
	const char *const t[] = { "text", NULL, "" };
	const struct append_span span[] = { { "abcdef", 3 }, { NULL, 0 }, { "", 0 } }, bytes[] = { { "a\0b", 3 }, { NULL, 0 }, { "", 0 } };
	const struct append_column column[] = {
		{ "i", APPEND_I64, i, NULL }, { "j", APPEND_I32, j, NULL }, { "u", APPEND_U8, u, NULL }, { "f", APPEND_F64, f, NULL },
		{ "t", APPEND_TEXT, t, NULL }, { "n", APPEND_NAMES, n, names }, { "s", APPEND_SPAN, span, NULL },
		{ "b", APPEND_BYTES, bytes, NULL }, { "same", APPEND_SAME_I64, &same, NULL }, { "seq", APPEND_SEQUENCE, &first, NULL },
	};
	struct store *s = kit_store();
	struct frame *g;
	bool more;

	kit_ok(store_begin(s));
	kit_ok(store_append(s, "every", column, sizeof column / sizeof column[0], 3));
	kit_ok(store_commit(s));
	store_close(s);
	s = kit_reader();
	kit_ok(query_frame_typed(s, kit_arena(), "SELECT i, j, u, f, t, n, s, hex(b) AS b, typeof(b) AS tb, same, seq FROM every ORDER BY seq",
		10, &g, &more));
	cr_assert_eq(g->rows, 3);
	for (size_t r = 0; r < 3; r++) {
		cr_assert_eq(frame_column(g, "i")->i[r], i[r]);
		cr_assert_eq(frame_column(g, "j")->i[r], r == 1 ? FRAME_INT_MISSING : (int64_t)j[r]);
		cr_assert_eq(frame_column(g, "u")->i[r], u[r]);
		cr_assert(r == 1 ? frame_missing(frame_column(g, "f"), r) : frame_column(g, "f")->r[r] == f[r]);
		cr_assert_eq(frame_column(g, "same")->i[r], 42);
		cr_assert_eq(frame_column(g, "seq")->i[r], 10 + (int64_t)r);
	}
	cr_assert_str_eq(frame_column(g, "t")->t[0], "text");
	cr_assert_str_eq(frame_column(g, "t")->t[2], "");
	cr_assert_str_eq(frame_column(g, "n")->t[0], "one");
	cr_assert_str_eq(frame_column(g, "n")->t[2], "zero");
	cr_assert_str_eq(frame_column(g, "s")->t[0], "abc");
	cr_assert_str_eq(frame_column(g, "s")->t[2], "");
	cr_assert_str_eq(frame_column(g, "b")->t[0], "610062");
	cr_assert_str_eq(frame_column(g, "tb")->t[2], "blob");
	for (const char *const *c = (const char *const[]){ "i", "t", "n", "s", NULL }; *c != NULL; c++)
		cr_assert(frame_missing(frame_column(g, *c), 1), "%s", *c);
	cr_assert_str_eq(frame_column(g, "tb")->t[1], "null");
	store_close(s);
}

Test(append, batches_and_nothing)
{
	enum { ROWS = 5000, BATCHES = 20 };
	static int64_t i[ROWS];
	int64_t same = 1, n = 0;
	const struct append_column column[] = { { "i", APPEND_I64, i, NULL }, { "same", APPEND_SAME_I64, &same, NULL } };
	struct store *s = kit_store();
	struct query *q;
	bool row;

	kit_ok(store_begin(s));
	for (int b = 0; b < BATCHES; b++) {
		for (int r = 0; r < ROWS; r++)
			i[r] = (int64_t)b * ROWS + r;
		kit_ok(store_append(s, "every", column, 2, ROWS));
	}
	kit_ok(store_append(s, "every", column, 2, 0));
	kit_ok(store_commit(s));
	kit_ok(store_checkpoint(s));
	store_close(s);
	s = kit_reader();
	kit_ok(query_open(s, "statement/count", &q));
	kit_ok(query_step(q, &row));
	query_close(q);
	{
		struct frame *f;
		bool more;

		kit_ok(query_frame_typed(s, kit_arena(), "SELECT count(*), sum(i), max(seq - i) FROM every", 1, &f, &more));
		n = f->column[0].i[0];
		cr_assert_eq(n, ROWS * BATCHES);
		cr_assert_eq(f->column[1].i[0], (int64_t)n * (n - 1) / 2);
		cr_assert_eq(f->column[2].i[0], 1, "rows keep their order");
	}
	store_close(s);
}

Test(append, a_broken_rule_is_an_error)
{
	const int64_t i[] = { 1, INT64_MIN };
	const struct append_column column[] = { { "same", APPEND_I64, i, NULL } };
	const struct append_column text[] = { { "i", APPEND_TEXT, (const char *const[]){ "no number" }, NULL }, { "same", APPEND_I64, i, NULL } };
	const struct append_column nowhere[] = { { "nothing", APPEND_I64, i, NULL } };
	struct store *s = kit_store();

	kit_ok(store_begin(s));
	kit_fails(store_append(s, "every", column, 1, 2), RC_STORE, "STORE-117", "NOT NULL");
	kit_fails(store_append(s, "every", text, 2, 1), RC_STORE, "STORE-117", "cannot store TEXT");
	kit_fails(store_append(s, "every", nowhere, 1, 1), RC_DAMAGED, "STORE-119", "nothing");
	kit_fails(store_append(s, "nowhere", column, 1, 1), RC_DAMAGED, "STORE-119", "nowhere");
	kit_ok(store_append(s, "every", column, 1, 1));
	kit_ok(store_commit(s));
	store_close(s);
}

Test(append, cancelled)
{
	const int64_t i = 1;
	const struct append_column column[] = { { "same", APPEND_SAME_I64, &i, NULL } };
	struct store *s = kit_store();
	atomic_bool stop = false;

	store_watch(s, &stop);
	kit_ok(store_begin(s));
	kit_ok(store_append(s, "every", column, 1, 1));
	atomic_store(&stop, true);
	kit_fails(store_append(s, "every", column, 1, 1), RC_CANCELLED, "STORE-115", "every");
	store_rollback(s);
	store_close(s);
}
