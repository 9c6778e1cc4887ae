/* The pass: no verdict, a stop, a row that breaks a rule behind the gate's back, and the arrays of a good one. */
#include "config.h"

#include "module/pass.h"

#include <criterion/criterion.h>

#include "module/backtest.h"
#include "../kit/scratch.h"

static struct scratch     place;
static struct store      *store;
static struct arena      *arena;
static const struct pass *pass;

#define WINDOW "INSERT INTO feat_window VALUES (1, 100, 0, 67, 33, 3, 0, 1, 1, 2, 5000, NULL, 0);"
#define CUSTOMERS "INSERT INTO feat_customer VALUES" \
	" (1, 1, 'a', 2, 30, 100, 12.5, 0, 30, 1000, 2500, 3500, 3, 0, NULL)," \
	" (1, 4, 'b', 0, 0, 10, 0.0, 90, 90, 900, 0, 900, 1, 0, NULL)," \
	" (1, 5, 'c', 1, 5, 50, NULL, 50, 55, 900, -300, 600, 2, 1, 'repeat-spend');"

static void open_store(void)
{
	place = scratch_new();
	arena = arena_new();
	cr_assert_eq(store_open(place.store, STORE_CREATE, &store), RC_OK);
}

static void close_store(void)
{
	store_close(store);
	arena_free(arena);
	scratch_free(&place);
}

TestSuite(pass, .init = open_store, .fini = close_store);

static void gate(const char *table, const char *verdict, const char *as_of, int rows)
{
	char sql[256];
	snprintf(sql, sizeof sql, "INSERT INTO qc_gate VALUES ('%s', 1, '%s', %s, %d, '')", table, verdict, as_of, rows);
	scratch_sql(&place, sql);
}

Test(pass, without_a_verdict_there_is_none)
{
	scratch_sql(&place, WINDOW CUSTOMERS);
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-101");
	gate("feat_backtest", "pass", "67", 0);
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_DATA, "another table's verdict");
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 2, &pass), RC_DATA, "another execution's verdict");
	cr_assert_null(pass);
}

Test(pass, a_stop_gives_none)
{
	scratch_sql(&place, WINDOW CUSTOMERS);
	gate("feat_customer", "stop", "100", 3);
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-102");
}

Test(pass, a_warning_passes_and_the_arrays_are_the_rows)
{
	scratch_sql(&place, WINDOW CUSTOMERS);
	gate("feat_customer", "warn", "100", 3);
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_OK, "%s", err_get()->why);
	const struct cohort *c = pass_cohort(pass);
	cr_assert_eq(c->n, 3u);
	cr_assert_eq(c->as_of, 100);
	cr_assert(c->has_money);
	cr_assert_eq(c->decimals, 2);
	cr_assert_eq(c->hold_days, 0);
	cr_assert_null(c->hold_x);
	cr_assert_eq(c->customer[2], 5);
	cr_assert_eq(c->x[0], 2);
	cr_assert_eq(c->t_x[0], 30);
	cr_assert_eq(c->t[1], 10);
	cr_assert_eq(c->first_minor[0], 1000);
	cr_assert_eq(c->repeat_minor[0], 2500);
	cr_assert_eq(c->spend_ok[0], 1);
	cr_assert_eq(c->spend_ok[2], 0);
}

/* n customers from number `first` on: each has the same history but for its number. */
static void backtest(int64_t block, int32_t first, size_t n)
{
	struct cohort c = { .n = n, .hold_days = 33 };
	cr_assert_eq(cohort_arrays(arena, &c), RC_OK);
	for (size_t i = 0; i < n; i++) {
		c.customer[i] = first + (int32_t)i;
		c.x[i] = 1;
		c.t_x[i] = 20;
		c.t[i] = 67;
		c.first_minor[i] = 1000;
		c.repeat_minor[i] = 1200;
		c.spend_ok[i] = 1;
		c.hold_x[i] = 2;
		c.hold_minor[i] = -1300;
		c.last_x[i] = 3;
		c.last_minor[i] = INT64_C(1) << 40;
	}
	cr_assert_eq(backtest_save(store, 1, block, &c), RC_OK, "%s", err_get()->why);
}

Test(pass, the_back_test_brings_its_holdout)
{
	scratch_sql(&place, WINDOW);
	backtest(0, 1, 3);
	backtest(1, 7, 0);
	backtest(2, 9, 2);
	gate("feat_backtest", "pass", "67", 5);
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_OK, "%s", err_get()->why);
	const struct cohort *c = pass_cohort(pass);
	const int32_t        number[] = { 1, 2, 3, 9, 10 };
	cr_assert_eq(c->as_of, 67);
	cr_assert_eq(c->hold_days, 33);
	cr_assert_eq(c->n, 5u);
	cr_assert_arr_eq(c->customer, number, sizeof number);
	for (size_t i = 0; i < c->n; i++) {
		cr_assert(c->x[i] == 1 && c->t_x[i] == 20 && c->t[i] == 67 && c->spend_ok[i] == 1);
		cr_assert(c->first_minor[i] == 1000 && c->repeat_minor[i] == 1200);
		cr_assert(c->hold_x[i] == 2 && c->hold_minor[i] == -1300);
		cr_assert(c->last_x[i] == 3 && c->last_minor[i] == INT64_C(1) << 40);
	}
}

Test(pass, a_damaged_block_is_refused)
{
	scratch_sql(&place, WINDOW);
	backtest(0, 1, 3);
	gate("feat_backtest", "pass", "67", 3);
	scratch_sql(&place, "UPDATE feat_backtest SET hold_x = x'0102'");
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_DAMAGED);
	cr_assert_str_eq(err_get()->id, "GATE-106");
	cr_assert_not_null(strstr(err_get()->why, "hold_x"), "%s", err_get()->why);
	scratch_sql(&place, "UPDATE feat_backtest SET rows = 1000000000000");
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_DAMAGED);
	scratch_sql(&place, "UPDATE feat_backtest SET rows = -1");
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_DAMAGED);
}

Test(pass, blocks_that_came_or_went_after_the_gate)
{
	scratch_sql(&place, WINDOW);
	backtest(0, 1, 3);
	backtest(1, 4, 3);
	gate("feat_backtest", "pass", "67", 6);
	scratch_sql(&place, "DELETE FROM feat_backtest WHERE block = 0");
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-104");
	backtest(2, 7, 4);
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-104");
}

Test(pass, without_a_back_test_its_cohort_is_empty)
{
	scratch_sql(&place, "INSERT INTO feat_window VALUES (1, 5, 0, NULL, NULL, 1, 0, 0, 1, 2, 5000, NULL, 0)");
	gate("feat_backtest", "pass", "NULL", 0);
	cr_assert_eq(pass_mint(store, arena, "feat_backtest", 1, &pass), RC_OK);
	cr_assert_eq(pass_cohort(pass)->n, 0u);
	cr_assert_eq(pass_cohort(pass)->as_of, DAY_NONE);
}

Test(pass, rows_that_came_or_went_after_the_gate)
{
	scratch_sql(&place, WINDOW CUSTOMERS);
	gate("feat_customer", "pass", "100", 3);
	scratch_sql(&place, "DELETE FROM feat_customer WHERE customer = 4");
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-104");
	scratch_sql(&place, "DELETE FROM feat_customer; UPDATE qc_gate SET rows = 2;" CUSTOMERS);
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-104");
}

static void changed(const char *assignment, const char *rule)
{
	char sql[160];
	scratch_sql(&place, WINDOW CUSTOMERS);
	gate("feat_customer", "pass", "100", 3);
	snprintf(sql, sizeof sql, "UPDATE feat_customer SET %s WHERE customer = 1", assignment);
	scratch_sql(&place, sql);
	cr_assert_eq(pass_mint(store, arena, "feat_customer", 1, &pass), RC_DATA, "%s", assignment);
	cr_assert_str_eq(err_get()->id, "GATE-103");
	cr_assert_not_null(strstr(err_get()->why, rule), "%s", err_get()->why);
}

Test(pass, changed_frequency) { changed("frequency = -1", "G5-frequency"); }
Test(pass, changed_recency) { changed("recency = -1", "G5-recency"); }
Test(pass, changed_T) { changed("T = 29", "G5-recency-T"); }
Test(pass, changed_spend) { changed("repeat_minor = 0", "G5-spend"); }
Test(pass, a_number_out_of_reach) { changed("T = 4294967396", "G5-T"); }

Test(pass, a_cohort_in_memory)
{
	int32_t customer[] = { 1, 2 }, x[] = { 1, 0 }, t_x[] = { 5, 0 }, t[] = { 9, 3 };
	int64_t first[] = { 100, 100 }, repeat[] = { 50, 0 };
	uint8_t ok[] = { 1, 1 };
	struct cohort c = {
		.n = 2, .as_of = 50, .has_money = true, .decimals = 2, .customer = customer, .x = x, .t_x = t_x, .t = t, .first_minor = first,
		.repeat_minor = repeat, .spend_ok = ok,
	};
	cr_assert_eq(pass_check(arena, &c, &pass), RC_OK);
	cr_assert_eq(pass_cohort(pass), &c);
	repeat[0] = -1;
	cr_assert_eq(pass_check(arena, &c, &pass), RC_DATA);
	ok[0] = 0;
	cr_assert_eq(pass_check(arena, &c, &pass), RC_OK, "set aside");
	c.has_money = false;
	ok[0] = 1;
	cr_assert_eq(pass_check(arena, &c, &pass), RC_OK, "no money in this data");
	t[1] = -1;
	cr_assert_eq(pass_check(arena, &c, &pass), RC_DATA);
	cr_assert_not_null(strstr(err_get()->why, "1 of 2"), "%s", err_get()->why);
}
