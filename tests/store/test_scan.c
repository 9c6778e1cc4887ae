#include "config.h"

#include "store/scan.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kit.h"
#include "store/query.h"

enum { BLOCK = 4 };

/* What a scan of (rank, name, clv, note) brings, block by block. */
struct seen {
	struct store      *store;
	int32_t            rank[BLOCK];
	int64_t            wide[BLOCK];
	double             clv[BLOCK];
	uint8_t            has[BLOCK];
	struct append_span name[BLOCK], note[BLOCK];
	size_t             rows, blocks, inner;
	enum rc            answer;
	char               text[512];
};

static enum rc take(void *user, size_t n)
{
	struct seen *x = user;

	x->blocks++;
	for (size_t i = 0; i < n; i++) {
		size_t at = strlen(x->text);

		cr_assert_eq(x->wide[i], x->rank[i]);
		snprintf(x->text + at, sizeof x->text - at, "%d %.*s %g %d %.*s\n", (int)x->rank[i], (int)x->name[i].n, x->name[i].p, x->clv[i],
			x->has[i], x->note[i].p ? (int)x->note[i].n : 1, x->note[i].p ? x->note[i].p : "-");
	}
	x->rows += n;
	return x->answer;
}

static enum rc scan(struct store *s, struct seen *x, const char *name, enum rc (*f)(void *, size_t), int64_t below)
{
	const struct scan_column column[] = {
		{ SCAN_I32, x->rank }, { SCAN_TEXT, x->name }, { SCAN_F64, x->clv }, { SCAN_TEXT, x->note }, { SCAN_I64, x->wide },
		{ SCAN_FLAG, x->has },
	};
	const struct scan ask = { .column = column, .columns = 6, .block = BLOCK, .take = f, .user = x };

	x->store = s;
	return store_scan(s, name, &ask, "i", below);
}

TestSuite(scan, .init = kit_setup, .fini = kit_teardown);

Test(scan, every_row_in_blocks_of_the_size_asked_for)
{
	struct store *s = kit_store();

	kit_rows(s, 9);
	for (int64_t below = 1; below <= 10; below++) {
		struct seen x = { .rows = 0 };

		kit_ok(scan(s, &x, "statement/people", take, below));
		cr_assert_eq(x.rows, (size_t)below - 1);
		cr_assert_eq(x.blocks, ((size_t)below - 1 + BLOCK - 1) / BLOCK);
	}
	store_close(s);
}

Test(scan, texts_numbers_and_nulls)
{
	struct store *s = kit_store();
	struct seen x = { .rows = 0 };

	for (int64_t i = 1; i <= 6; i++)
		kit_ok(query_run(s, "statement/insert", "itrt", i, i == 3 ? "" : "a name", i == 2 ? (double)NAN : i == 4 ? 0 : 2.5,
			i == 5 ? "noted" : NULL));
	kit_ok(scan(s, &x, "statement/people", take, 100));
	cr_assert_str_eq(x.text, "1 a name 2.5 1 -\n2 a name nan 0 -\n3  2.5 1 -\n4 a name 0 0 -\n5 a name 2.5 1 noted\n6 a name 2.5 1 -\n");
	store_close(s);
}

Test(scan, numbers_that_do_not_fit_or_are_not_there)
{
	struct store *s = kit_store();
	int32_t small[BLOCK];
	int64_t large[BLOCK];
	struct seen x = { .rows = 0 };
	const struct scan_column column[] = { { SCAN_I32, small }, { SCAN_I64, large } };
	const struct scan ask = { .column = column, .columns = 2, .block = BLOCK, .take = take, .user = &x };

	kit_ok(store_scan(s, "statement/edges", &ask, ""));
	cr_assert_eq(small[0], INT32_MIN);
	cr_assert_eq(large[0], INT64_MIN);
	cr_assert_eq(small[1], INT32_MIN);
	cr_assert_eq(large[1], INT64_C(2147483648));
	cr_assert_eq(small[2], INT32_MAX);
	cr_assert_eq(large[2], 0);
	store_close(s);
}

static enum rc scan_again(void *user, size_t n)
{
	struct seen *x = user, inner = { .rows = 0 };

	x->rows += n;
	kit_ok(scan(x->store, &inner, "statement/people", take, 4));
	x->inner += inner.rows;
	return RC_OK;
}

Test(scan, a_scan_inside_a_scan)
{
	struct store *s = kit_store();
	struct seen x = { .rows = 0 };

	kit_rows(s, 9);
	kit_ok(scan(s, &x, "statement/people", scan_again, 10));
	cr_assert_eq(x.rows, 9);
	cr_assert_eq(x.inner, 9, "three blocks, three people each");
	store_close(s);
}

static enum rc refuse(void *user, size_t n)
{
	struct seen *x = user;

	x->rows += n;
	return err_set(RC_DATA, "TEST-101", "enough");
}

Test(scan, what_take_says_ends_it)
{
	struct store *s = kit_store();
	struct seen x = { .rows = 0 };

	kit_rows(s, 9);
	kit_fails(scan(s, &x, "statement/people", refuse, 10), RC_DATA, "TEST-101", "enough");
	cr_assert_eq(x.rows, BLOCK);
	x.rows = 0;
	kit_fails(scan(s, &x, "statement/people", refuse, 3), RC_DATA, "TEST-101", "enough");
	cr_assert_eq(x.rows, 2);
	store_close(s);
}

Test(scan, failures)
{
	struct store *s = kit_store();
	struct seen x = { .rows = 0 };
	const atomic_bool stop = true;
	struct frame *f;
	bool more;

	kit_rows(s, 3);
	kit_fails(scan(s, &x, "statement/count", take, 0), RC_STORE, "STORE-117", "statement/count");
	kit_fails(scan(s, &x, "statement/bad", take, 0), RC_STORE, "STORE-117", "SELEC");
	store_watch(s, &stop);
	kit_fails(scan(s, &x, "statement/people", take, 10), RC_CANCELLED, "STORE-115", "cancelled");
	store_watch(s, NULL);
	cr_assert_eq(x.rows, 0);
	store_close(s);
	s = kit_reader();
	kit_ok(scan(s, &x, "statement/people", take, 10));
	cr_assert_eq(x.rows, 3, "a reader scans, too");
	cr_assert_neq(query_frame_typed(s, kit_arena(), "SELECT clv_scan(rank) FROM person", 10, &f, &more), RC_OK);
	store_close(s);
}
