#include "config.h"

#include "store/keep.h"

#include <criterion/criterion.h>
#include <math.h>

#include "kit.h"
#include "store/query.h"
#include "store/store_priv.h"

enum { ROWS = 5, BLOCK = 2 };

struct seen {
	double  f[BLOCK], all_f[2 * ROWS];
	int32_t j[BLOCK], all_j[2 * ROWS];
	size_t  rows;
	struct store *unkeep; /* in the middle of the scan */
};

static enum rc take(void *user, size_t n)
{
	struct seen *x = user;

	for (size_t i = 0; i < n; i++, x->rows++) {
		x->all_f[x->rows] = x->f[i];
		x->all_j[x->rows] = x->j[i];
	}
	if (x->unkeep)
		store_unkeep(x->unkeep);
	return RC_OK;
}

static bool held(struct store *s, struct seen *x, const char *text, enum scan_type first, int64_t value)
{
	const struct scan_column column[] = { { first, x->f }, { SCAN_I32, x->j } };
	const struct scan ask = { .column = column, .columns = 2, .block = BLOCK, .take = take, .user = x };
	enum rc rc;
	bool yes = keep_scan(s, text, &ask, value, &rc);

	kit_ok(rc);
	return yes;
}

static struct seen scan(struct store *s, int64_t value)
{
	struct seen x = { .rows = 0 };
	const struct scan_column column[] = { { SCAN_F64, x.f }, { SCAN_I32, x.j } };
	const struct scan ask = { .column = column, .columns = 2, .block = BLOCK, .take = take, .user = &x };

	kit_ok(store_scan(s, "statement/every", &ask, "i", value));
	return x;
}

/* ROWS rows in two calls, the first of the table being number `first`. */
static void append(struct store *s, int64_t same, int64_t first)
{
	const double f[ROWS] = { 0.5, NAN, -0.0, INFINITY, 3 };
	const int32_t j[ROWS] = { 7, INT32_MIN, INT32_MAX, 0, -1 };

	for (size_t from = 0, n = 3; from < ROWS; from += n, n = ROWS - n) {
		int64_t at = first + (int64_t)from;
		const struct append_column column[] = {
			{ "same", APPEND_SAME_I64, &same, NULL }, { "seq", APPEND_SEQUENCE, &at, NULL }, { "j", APPEND_I32, j + from, NULL },
			{ "f", APPEND_F64, f + from, NULL },
		};

		kit_ok(store_append(s, "every", column, 4, n));
	}
}

static struct store *holding(void)
{
	struct store *s = kit_store();

	kit_ok(store_begin(s));
	store_keep(s, "every", ROWS);
	append(s, 42, 1);
	return s;
}

static void same_cells(const struct seen *a, const struct seen *b)
{
	cr_assert_eq(a->rows, b->rows);
	for (size_t i = 0; i < a->rows; i++) {
		cr_assert_eq(a->all_j[i], b->all_j[i]);
		cr_assert(a->all_f[i] == b->all_f[i] || (isnan(a->all_f[i]) && isnan(b->all_f[i])));
		cr_assert_eq(signbit(a->all_f[i]) && !isnan(a->all_f[i]), signbit(b->all_f[i]) && !isnan(b->all_f[i]));
	}
}

TestSuite(keep, .init = kit_setup, .fini = kit_teardown);

Test(keep, a_scan_finds_what_the_table_has)
{
	struct store *s = holding();
	struct seen first = scan(s, 42), x = { .rows = 0 }, second;

	cr_assert(held(s, &x, "SELECT f, j FROM every WHERE same = ?1;", SCAN_F64, 42));
	store_unkeep(s);
	second = scan(s, 42);
	cr_assert_eq(first.rows, (size_t)ROWS);
	same_cells(&first, &second);
	same_cells(&x, &second);
	store_close(s);
}

Test(keep, only_plain_columns_of_the_held_rows)
{
	static const char *const other[] = {
		"SELECT f, j FROM every", "SELECT f, j FROM every WHERE same = ?1 AND j > 0", "SELECT f, -j FROM every WHERE same = ?1",
		"SELECT f, seq FROM every WHERE same = ?1", "SELECT f, j FROM other WHERE same = ?1", "SELECT f, j FROM every WHERE seq = ?1",
		"SELECT f, j, j FROM every WHERE same = ?1", "SELECT f FROM every WHERE same = ?1", "SELECT f, j FROM every WHERE same = ?2",
		"SELECT f, j FROM every WHERE same = ?1 ORDER BY j", "SELECT f, j FROM every WHERE same < ?1", "",
	};
	struct store *s = holding();
	struct seen x = { .rows = 0 };

	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		cr_assert_not(held(s, &x, other[i], SCAN_F64, 42), "%s", other[i]);
	cr_assert_not(held(s, &x, "SELECT f, j FROM every WHERE same = ?1", SCAN_F64, 41));
	cr_assert_not(held(s, &x, "SELECT f, j FROM every WHERE same = ?1", SCAN_I64, 42));
	cr_assert(held(s, &x, "-- about: it\nSELECT f,j\nFROM every\nWHERE same=?1 ; -- the end\n", SCAN_F64, 42));
	store_close(s);
}

Test(keep, other_writing_ends_it)
{
	struct store *s = holding();
	struct seen x;

	kit_ok(query_run(s, "statement/every_again", ""));
	x = scan(s, 42);
	cr_assert_eq(x.rows, (size_t)ROWS);
	cr_assert_eq(x.all_f[0], 9);
	store_close(s);
}

Test(keep, a_rollback_ends_it)
{
	struct store *s = holding();

	store_rollback(s);
	cr_assert_eq(scan(s, 42).rows, 0);
	store_close(s);
}

Test(keep, more_rows_or_another_key_end_it)
{
	struct store *s = holding();
	struct seen x = { .rows = 0 };

	append(s, 42, 100);
	cr_assert_eq(scan(s, 42).rows, (size_t)2 * ROWS);
	store_keep(s, "every", 2 * ROWS);
	append(s, 43, 200);
	append(s, 44, 300);
	cr_assert_not(held(s, &x, "SELECT f, j FROM every WHERE same = ?1", SCAN_F64, 43));
	cr_assert_eq(scan(s, 44).rows, (size_t)ROWS);
	store_close(s);
}

Test(keep, a_scan_outlives_what_it_reads)
{
	struct store *s = holding();
	struct seen x = { .rows = 0, .unkeep = s };

	cr_assert(held(s, &x, "SELECT f, j FROM every WHERE same = ?1", SCAN_F64, 42));
	cr_assert_eq(x.rows, (size_t)ROWS);
	cr_assert_not(held(s, &x, "SELECT f, j FROM every WHERE same = ?1", SCAN_F64, 42));
	store_close(s);
}
