/* Rows with a key: however a log is cut into files, and in whatever order they come, the store is the same. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/str.h"
#include "ingest/quarantine.h"
#include "kit.h"

static struct kit k;

static void begin(void)
{
	kit_open(&k);
}

static void end(void)
{
	kit_close(&k);
}

TestSuite(rowkey, .init = begin, .fini = end);

enum { ROWS = 400 };

static const struct import_ask keyed = { .key = "ref, line" };
static const struct import_ask last = { .key = "ref, line", .on_conflict = "last-wins" };

/* Row i of a log; version 1 has other amounts, days and customers in every seventh row. */
static void add_row(struct str *t, int i, int version)
{
	int changed = version == 1 && i % 7 == 3;

	str_addf(t, "c%d,o%d,%d,2024-%02d-%02d,%d.%02d\n", (i * 7 + changed) % 23, i / 3, i % 3, 1 + (i * 5 + changed) % 12, 1 + i % 28,
		(i % 11 == 5 ? -1 : 1) * (i % 50 + changed), i % 100);
}

#define HEAD "customer_id,ref,line,order_date,revenue\n"

static void import(struct str *t, const struct import_ask *ask)
{
	cr_assert_eq(kit_import_text(&k, t->s, ask), RC_OK, "%s", err_get()->why);
	str_clear(t);
}

static char *states_of(int from, int to, int version)
{
	struct str t = { 0 };
	char *states;

	str_add(&t, HEAD);
	for (int i = from; i < to; i++)
		add_row(&t, i, version);
	import(&t, &keyed);
	states = kit_states(&k);
	kit_close(&k);
	kit_open(&k);
	return states;
}

static void expect_states(char *want)
{
	char *got = kit_states(&k);

	cr_expect_str_eq(got, want);
	free(got);
	free(want);
}

Test(rowkey, any_parts_in_any_order_give_the_same_store)
{
	for (uint64_t seed = 1; seed <= 12; seed++) {
		char *want = states_of(0, ROWS, 0);
		struct rng r;

		rng_init(&r, seed, "parts");
		for (bool all = false; !all;) { /* parts that overlap, until all rows were there; the whole at the end */
			int from = (int)rng_below(&r, ROWS), to = from + 1 + (int)rng_below(&r, (uint64_t)(ROWS - from));
			struct str t = { 0 };

			all = rng_below(&r, 6) == 0;
			str_add(&t, HEAD);
			for (int i = all ? 0 : from; i < (all ? ROWS : to); i++)
				add_row(&t, i, 0);
			import(&t, &keyed);
		}
		cr_expect_eq(scratch_int(&k.place, "SELECT sum(accepted) FROM raw_file WHERE status = 'accepted'"), ROWS);
		expect_states(want);
		kit_close(&k);
		kit_open(&k);
	}
}

Test(rowkey, a_then_a_and_b_is_a_and_b)
{
	char *want = states_of(0, ROWS, 0);
	struct str t = { 0 };

	str_add(&t, HEAD);
	for (int i = 0; i < ROWS / 2; i++)
		add_row(&t, i, 0);
	import(&t, &keyed);
	str_add(&t, HEAD);
	for (int i = 0; i < ROWS; i++)
		add_row(&t, i, 0);
	import(&t, &keyed);
	cr_expect_eq(kit_number(&k, "duplicate"), ROWS / 2);
	cr_expect_eq(kit_number(&k, "accepted"), ROWS / 2);
	expect_states(want);
}

Test(rowkey, corrections_take_the_place_of_rows)
{
	char *want = states_of(0, ROWS, 1);
	struct str t = { 0 };

	str_add(&t, HEAD);
	for (int i = 0; i < ROWS; i++)
		add_row(&t, i, 0);
	import(&t, &last);
	str_add(&t, HEAD);
	for (int i = 3; i < ROWS; i += 7)
		add_row(&t, i, 1);
	import(&t, &last);
	cr_expect_eq(kit_number(&k, "accepted"), 0);
	cr_expect_eq(kit_number(&k, "replaced"), kit_number(&k, "duplicate"));
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(rows) FROM raw_block"), ROWS);
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(revenue_minor) = (SELECT sum(total_minor) FROM raw_customer) FROM raw_file"), 1);
	expect_states(want);
}

Test(rowkey, the_last_of_a_key_wins_inside_a_file)
{
	cr_assert_eq(kit_import_text(&k, HEAD "a,o1,1,2024-01-01,1.00\na,o1,1,2024-01-01,2.00\nb,o1,1,2024-01-03,3.00\n", &last), RC_OK, "%s", err_get()->why);
	cr_expect_eq(kit_number(&k, "accepted"), 1);
	cr_expect_eq(kit_number(&k, "replaced"), 2);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer WHERE customer_id = 'b'"), 300);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer WHERE customer_id = 'a'"), 0);
	cr_expect_eq(kit_number(&k, "accepted"), 1);
}

Test(rowkey, a_conflict_is_set_aside_and_released_into_its_place)
{
	kit_set(&k, "gate.accepted_percent", "0");
	cr_assert_eq(kit_import_text(&k, HEAD "a,o1,1,2024-01-01,1.00\na,o2,1,2024-01-02,1.00\n", &keyed), RC_OK);
	cr_assert_eq(kit_import_text(&k, HEAD "a,o1,1,2024-01-05,9.00\na,o2,1,2024-01-02,1.00\n,o3,,2024-01-02,1.00\na,o3,,2024-01-02,1.00\n", &keyed), RC_OK);
	cr_expect_eq(kit_number(&k, "reasons.key-conflict"), 1);
	cr_expect_eq(kit_number(&k, "reasons.missing-key"), 1);
	cr_expect_eq(kit_number(&k, "duplicate"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer"), 200);
	struct js *result = NULL;
	const struct import_ask none = { 0 };
	struct quarantine_ask ask = { .quar_id = scratch_int(&k.place, "SELECT quar_id FROM quar_row WHERE reasons = 'key-conflict'"), .by = "ann", .why = "right",
		.reading = &none };

	cr_assert_eq(quarantine_release(&k.run, &ask, &result), RC_OK, "%s", err_get()->why);
	js_free(result);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer"), 1000);
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(rows) FROM raw_block"), 2);
	cr_expect_eq(scratch_int(&k.place, "SELECT revenue_minor FROM raw_file WHERE file_id = 1"), 1000);
}

Test(rowkey, a_refused_file_leaves_no_keys)
{
	struct import_ask ask = keyed;

	cr_assert_eq(kit_import_text(&k, HEAD "a,o1,1,2024-01-01,1.00\n,o2,1,2024-01-02,1.00\n", &ask), RC_DATA);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_key"), 0);
	cr_assert_eq(kit_import_text(&k, HEAD "a,o1,1,2024-01-01,1.00\na,o2,1,2024-01-02,1.00\n", &ask), RC_OK);
	cr_expect_eq(kit_number(&k, "accepted"), 2);
}

Test(rowkey, files_in_one_call_know_each_other)
{
	const char *one = strdup(kit_file(&k, "one.csv", HEAD "a,o1,1,2024-01-01,1.00\nb,o2,1,2024-01-02,1.00\n", strlen(HEAD) + 46));
	const char *two = strdup(kit_file(&k, "two.csv", HEAD "b,o2,1,2024-01-02,1.00\nc,o3,1,2024-01-02,1.00\n", strlen(HEAD) + 46));
	const char *paths[] = { one, two };
	struct import_ask ask = { .path = paths, .paths = 2, .key = "ref,line" };
	struct js *result = NULL;
	bool changed = false;

	cr_assert_eq(import_files(&k.run, &ask, &result, &changed), RC_OK, "%s", err_get()->why);
	js_free(result);
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(accepted) FROM raw_file"), 3);
	free((void *)(uintptr_t)one);
	free((void *)(uintptr_t)two);
}

Test(rowkey, a_key_that_is_no_column)
{
	struct import_ask ask = { .key = "ref,lin" };

	cr_expect_eq(kit_import_text(&k, HEAD "a,o1,1,2024-01-01,1.00\n", &ask), RC_USAGE);
	cr_expect_str_eq(err_get()->id, "CSV-107");
}
