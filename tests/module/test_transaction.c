#include "config.h"

#include "module/transaction.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "../kit/asked.h"
#include "../kit/scratch.h"
#include "module/purchase.h"

enum { ROWS = 2 * TRANSACTION_BLOCK + 100 };

static struct scratch place;
static struct store  *store;

static void setup(void)
{
	place = scratch_new();
	cr_assert_eq(store_open(place.store, STORE_CREATE, &store), RC_OK, "%s", err_get()->why);
}

static void teardown(void)
{
	store_close(store);
	scratch_free(&place);
}

TestSuite(transaction, .init = setup, .fini = teardown);

static void save(int64_t first_row, size_t n)
{
	int32_t *customer = calloc(n, sizeof *customer), *day = calloc(n, sizeof *day);
	int64_t *minor = calloc(n, sizeof *minor);
	for (size_t i = 0; i < n; i++) {
		customer[i] = (int32_t)(first_row + (int64_t)i);
		day[i] = (int32_t)(i % 7);
		minor[i] = i % 3 ? (int64_t)i - 5000 : MONEY_NONE;
	}
	cr_assert_eq(store_begin(store), RC_OK);
	cr_assert_eq(transaction_save(store, first_row, &(struct transaction_columns){ customer, day, minor, NULL, 1 }, n), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_commit(store), RC_OK);
	free(customer);
	free(day);
	free(minor);
}

struct seen { int64_t rows, next, first, end_after; };

static enum rc look(void *user, const struct transactions *t)
{
	struct seen *x = user;
	x->first = x->rows ? x->first : t->first_row;
	for (size_t i = 0; i < t->n; i++) {
		cr_assert_eq(t->customer[i], t->first_row + (int64_t)i);
		cr_assert_eq(t->day[i], (t->first_row - 1 + (int64_t)i) % 7);
		cr_assert_eq(t->minor[i], (t->first_row - 1 + (int64_t)i) % 3 ? t->first_row - 1 + (int64_t)i - 5000 : MONEY_NONE);
	}
	x->rows += (int64_t)t->n;
	return x->end_after && x->rows >= x->end_after ? RC_CANCELLED : RC_OK;
}

static int64_t rows(int64_t from, int64_t to, int64_t first)
{
	struct seen x = { 0 };
	cr_assert_eq(transaction_scan(store, from, to, look, &x), RC_OK, "%s", err_get()->why);
	cr_expect_eq(x.first, first);
	return x.rows;
}

Test(transaction, any_range_of_what_was_kept)
{
	save(1, ROWS);
	cr_expect_eq(rows(1, INT64_MAX - 1, 1), ROWS);
	cr_expect_eq(rows(5, 5, 5), 1);
	cr_expect_eq(rows(4000, 4200, 4000), 201);
	cr_expect_eq(rows(4097, 8192, 4097), 4096);
	cr_expect_eq(rows(ROWS, ROWS + 50, ROWS), 1);
	cr_expect_eq(rows(ROWS + 1, ROWS + 50, 0), 0);
	cr_expect_eq(rows(9, 8, 0), 0);
}

Test(transaction, the_view_shows_the_same_rows)
{
	save(1, ROWS);
	cr_expect_eq(asked_int(place.store, "SELECT count(*) FROM raw_transaction"), ROWS);
	cr_expect_eq(asked_int(place.store, "SELECT sum(row = customer AND day = (row - 1) % 7) FROM raw_transaction"), ROWS);
	cr_expect_eq(asked_int(place.store, "SELECT count(*) FROM raw_transaction WHERE amount_minor IS NULL"), (ROWS + 2) / 3);
	cr_expect_eq(asked_int(place.store, "SELECT amount_minor FROM raw_transaction WHERE row = 8003"), 3002);
}

Test(transaction, what_take_answers_ends_the_scan)
{
	struct seen x = { .end_after = 4096 };
	save(1, ROWS);
	cr_expect_eq(transaction_scan(store, 1, ROWS, look, &x), RC_CANCELLED);
	cr_expect_eq(x.rows, 4096);
}

Test(transaction, a_block_that_lies_is_damage)
{
	struct seen x = { 0 };
	save(1, 10);
	store_close(store);
	scratch_sql(&place, "UPDATE raw_block SET rows = 9");
	cr_assert_eq(store_open(place.store, STORE_WRITE, &store), RC_OK);
	cr_expect_eq(transaction_scan(store, 1, 10, look, &x), RC_DAMAGED);
	cr_expect_str_eq(err_get()->id, "GATE-108");
}

static enum rc any(void *user, const struct transactions *t)
{
	*(size_t *)user += t->n;
	return RC_OK;
}

Test(transaction, money_that_counts_after_its_row_is_damage)
{
	const int32_t customer[] = { 1, 1 };
	const day_t   day[] = { 5, 9 }, sound[] = { COUNTS_OWN, 5 }, late[] = { COUNTS_OWN, 10 };
	const int64_t minor[] = { 700, -700 };
	size_t        n = 0;
	cr_assert_eq(store_begin(store), RC_OK);
	cr_assert_eq(transaction_save(store, 1, &(struct transaction_columns){ customer, day, minor, sound, 1 }, 2), RC_OK);
	cr_assert_eq(transaction_save(store, 3, &(struct transaction_columns){ customer, day, minor, late, 1 }, 2), RC_OK);
	cr_assert_eq(store_commit(store), RC_OK);
	cr_expect_eq(transaction_scan(store, 1, 2, any, &n), RC_OK);
	cr_expect_eq(transaction_scan(store, 3, 4, any, &n), RC_DAMAGED);
}
