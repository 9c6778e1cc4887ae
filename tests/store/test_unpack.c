#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "kit.h"
#include "store/query.h"

static void setup(void)
{
	kit_setup();
	store_close(kit_store());
}

TestSuite(unpack, .init = setup, .fini = kit_teardown);

/* All cells, rows apart by '/'; the failure's id in its place. */
static const char *ask(const char *sql)
{
	static char  text[256];
	struct arena *a = arena_new();
	struct store *s;
	struct frame *f;
	bool          more;
	size_t        at = 0;

	s = kit_reader();
	text[0] = '\0';
	if (query_frame_typed(s, a, sql, 10, &f, &more) != RC_OK)
		snprintf(text, sizeof text, "%s", err_get()->id);
	else
		for (size_t i = 0; i < f->rows; i++)
			for (size_t j = 0; j < f->columns; j++) {
				int64_t v = f->column[j].i[i];

				at += (size_t)snprintf(text + at, sizeof text - at, "%s", j > 0 ? "," : i > 0 ? "/" : "");
				at += v == FRAME_INT_MISSING ? (size_t)snprintf(text + at, sizeof text - at, "-")
				                             : (size_t)snprintf(text + at, sizeof text - at, "%lld", (long long)v);
			}
	store_close(s);
	arena_free(a);
	return text;
}

#define TEN "X'010A00000000000000" /* one byte a number, the least is 10 */

Test(unpack, a_row_for_each_number)
{
	cr_expect_str_eq(ask("SELECT place, v0, v1 FROM clv_unpack(3, " TEN "010203', " TEN "FF0001')"), "0,10,264/1,11,-/2,12,10");
	cr_expect_str_eq(ask("SELECT count(*), sum(v0), count(v3) FROM clv_unpack(2, " TEN "0102')"), "2,21,0");
	cr_expect_str_eq(ask("SELECT place FROM clv_unpack"), "");
	cr_expect_str_eq(ask("SELECT b.n + u.place, u.v0 FROM (SELECT 5 AS n, 2 AS rows, " TEN "0102' AS c UNION ALL SELECT 9, 1, " TEN "07') b, "
		"clv_unpack(b.rows, b.c) u ORDER BY 1"), "5,10/6,11/9,16");
}

Test(unpack, blocks_that_lie_are_damage)
{
	cr_expect_str_eq(ask("SELECT v0 FROM clv_unpack(4, " TEN "010203')"), "STORE-112");
	cr_expect_str_eq(ask("SELECT v0 FROM clv_unpack(-1, " TEN "01')"), "STORE-112");
	cr_expect_str_eq(ask("SELECT v0 FROM clv_unpack(1 << 40, " TEN "01')"), "STORE-112");
	cr_expect_str_eq(ask("SELECT v0 FROM clv_unpack(1, NULL)"), "STORE-112");
}
