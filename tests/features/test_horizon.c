/* Windows, and cohorts at a cut against the definitions and against an import of the rows up to the cut. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>

#include "features/features_module.h"
#include "base/file.h"
#include "features/horizon.h"
#include "features/replay.h"
#include "log.h"

static struct shop shop;

static void open_shop(void)
{
	shop_open(&shop, NULL, NULL);
}

static void close_shop(void)
{
	shop_close(&shop);
}

Test(horizon, backtest_is_a_third_of_the_span_at_most)
{
	day_t   cut = 0;
	int32_t hold = 0;
	cr_assert(horizon_backtest(100, 400, 365, &cut, &hold));
	cr_assert_eq(hold, 100);
	cr_assert_eq(cut, 300);
	cr_assert(horizon_backtest(0, 3000, 365, &cut, &hold));
	cr_assert_eq(hold, 365);
	cr_assert_eq(cut, 2635);
	cr_assert(horizon_backtest(0, 1094, 365, &cut, &hold), "1094 / 3 is 364 whole days");
	cr_assert_eq(hold, 364);
	cr_assert(horizon_backtest(0, 6, 365, &cut, &hold));
	cr_assert_eq(hold, 2);
	cr_assert_not(horizon_backtest(0, 5, 365, &cut, &hold));
	cr_assert_not(horizon_backtest(0, 3000, 1, &cut, &hold));
	cr_assert_not(horizon_backtest(7, 7, 365, &cut, &hold));
}

Test(horizon, spend_is_usable_where_repeats_are_worth_something)
{
	struct purchase p;
	purchase_init(&p);
	purchase_add(&p, 1, 500);
	cr_assert(horizon_spend_ok(&p, true));
	cr_assert_not(horizon_spend_ok(&p, false));
	purchase_add(&p, 2, 0);
	cr_assert_not(horizon_spend_ok(&p, true), "a free repeat");
	purchase_add(&p, 3, 1);
	cr_assert(horizon_spend_ok(&p, true));
}

/* Label of a customer number, in order of appearance. */
static void labels(struct log l, int32_t *label)
{
	int32_t number[64] = { 0 };
	shop_numbers(l.row, l.n, number, label);
}

static void check_cohort(struct log l, const struct cohort *c, day_t cut, day_t end)
{
	int32_t label[65];
	size_t  want = 0;
	labels(l, label);
	for (int who = 0; who < 60; who++)
		want += log_fact(l, who, 0, cut).days > 0;
	cr_assert_eq(c->n, want);
	for (size_t i = 0; i < c->n; i++) {
		int         who = label[c->customer[i]];
		struct fact f = log_fact(l, who, 0, cut);
		int64_t     repeat = f.total_minor - f.before_minor - f.first_minor;
		cr_assert(!i || c->customer[i] > c->customer[i - 1]);
		cr_assert_eq(c->x[i], f.days - 1);
		cr_assert_eq(c->t_x[i], f.last - f.first);
		cr_assert_eq(c->t[i], cut - f.first);
		cr_assert_eq(c->first_minor[i], f.first_minor);
		cr_assert_eq(c->repeat_minor[i], repeat);
		cr_assert_eq(c->spend_ok[i], f.days == 1 || repeat > 0);
		if (end == DAY_NONE)
			continue;
		struct fact hold = log_fact(l, who, cut + 1, end), last = log_fact(l, who, cut - (end - cut) + 1, cut);
		cr_assert_eq(c->hold_x[i], hold.days);
		cr_assert_eq(c->hold_minor[i], hold.total_minor);
		cr_assert_eq(c->last_x[i], last.days);
		cr_assert_eq(c->last_minor[i], last.total_minor);
	}
}

static void cohort_agrees(bool in_order, day_t cut, day_t end)
{
	struct log    l = log_random(shop.arena, 900, 60, 120, in_order, 7);
	struct cohort c;
	shop_fill(&shop, l.row, l.n);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, cut, end, &c), RC_OK, "%s", err_get()->why);
	cr_assert_eq(c.as_of, cut);
	cr_assert_eq(c.hold_days, end == DAY_NONE ? 0 : end - cut);
	cr_assert(c.has_money);
	cr_assert_eq(c.decimals, 2);
	check_cohort(l, &c, cut, end);
}

Test(horizon, cohort_in_order, .init = open_shop, .fini = close_shop)
{
	cohort_agrees(true, 70, 110);
}

Test(horizon, cohort_out_of_order, .init = open_shop, .fini = close_shop)
{
	cohort_agrees(false, 70, 110);
}

Test(horizon, cohort_without_holdout, .init = open_shop, .fini = close_shop)
{
	cohort_agrees(false, 30, DAY_NONE);
}

Test(horizon, cohort_past_the_data, .init = open_shop, .fini = close_shop)
{
	cohort_agrees(true, 200, DAY_NONE);
}

Test(horizon, a_long_holdout_starts_before_the_data, .init = open_shop, .fini = close_shop)
{
	cohort_agrees(false, 20, 120);
}

Test(horizon, late_customers_in_many_small_chunks, .init = open_shop, .fini = close_shop)
{
	struct log    l = log_random(shop.arena, 900, 60, 120, false, 11);
	struct replay one, many;
	const day_t   cut[] = { 40, 80 };
	shop_fill(&shop, l.row, l.n);
	struct replay_ask ask = { .customers = 60, .end = 110, .cut = cut, .cuts = 2, .from = 0, .sort_rows = REPLAY_SORT_ROWS };
	cr_assert_eq(replay_rows(&shop.run, &ask, &one), RC_OK);
	struct replay_evenness even = replay_evenness(&one);
	cr_assert_gt(even.customers, 20);
	for (size_t limit = 1; limit < 200; limit += 37) {
		ask.sort_rows = limit;
		cr_assert_eq(replay_rows(&shop.run, &ask, &many), RC_OK);
		cr_assert_eq(memcmp(one.day, many.day, 111 * sizeof *one.day), 0);
		cr_assert_eq(memcmp(one.gaps.at_end, many.gaps.at_end, 111 * sizeof *one.gaps.at_end), 0);
		cr_assert_eq(memcmp(one.gaps.at_cut, many.gaps.at_cut, 111 * sizeof *one.gaps.at_cut), 0);
		for (int c = 1; c <= 60; c++) {
			cr_assert_eq(one.state[c].total_minor, many.state[c].total_minor);
			cr_assert_eq(one.state[c].days, many.state[c].days);
			cr_assert_eq(memcmp(one.state[c].gap, many.state[c].gap, sizeof one.state[c].gap), 0);
			cr_assert_eq(one.state[c].first_minor, many.state[c].first_minor);
			cr_assert_not(many.state[c].dirty);
			for (int k = 0; k < 2; k++)
				cr_assert_eq(replay_at(&one, k, c).days, replay_at(&many, k, c).days);
		}
		replay_clear(&many);
	}
	/* As many gaps as repeat purchase days, as long together as the customers' recencies. */
	int64_t gaps[2] = { 0 }, days[2] = { 0 };
	for (int d = 1; d <= 110; d++) {
		gaps[0] += one.gaps.at_end[d], gaps[1] += one.gaps.at_cut[d];
		days[0] += d * one.gaps.at_end[d], days[1] += d * one.gaps.at_cut[d];
	}
	for (int c = 1; c <= 60; c++) {
		struct purchase cut_state = replay_at(&one, 1, c), *states[] = { &one.state[c], &cut_state };
		for (int k = 0; k < 2; k++) {
			gaps[k] -= states[k]->days > 0 ? purchase_frequency(states[k]) : 0;
			days[k] -= states[k]->days > 0 ? purchase_recency(states[k]) : 0;
		}
	}
	cr_assert(gaps[0] == 0 && gaps[1] == 0 && days[0] == 0 && days[1] == 0);
	replay_clear(&one);
}

/* The share of one gap in the last two: 2 of 8, 3 of 6, none. */
Test(horizon, evenness_goes_by_the_last_two_gaps, .init = open_shop, .fini = close_shop)
{
	static const struct shop_row row[] = {
		{ 1, 10, 100 }, { 1, 40, 100 }, { 1, 46, 100 }, { 1, 46, 50 }, { 1, 48, 100 }, { 2, 7, 100 }, { 2, 1, 100 }, { 2, 4, 100 }, { 3, 5, 100 }, { 3, 9, 100 },
	};
	struct replay r;
	shop_fill(&shop, row, sizeof row / sizeof row[0]);
	struct replay_ask ask = { .customers = 3, .end = 60, .cuts = 0, .from = 0, .sort_rows = REPLAY_SORT_ROWS };
	cr_assert_eq(replay_rows(&shop.run, &ask, &r), RC_OK);
	struct replay_evenness e = replay_evenness(&r);
	cr_expect_eq(e.customers, 2);
	cr_expect_float_eq(e.spread, (.0625 + 0) / 2, 1e-15);
	replay_clear(&r);
	cr_expect(isnan(replay_evenness(&(struct replay){ 0 }).spread));
}

/* BTYDplus: estimateRegularity of the whole grocery log is 1.826. */
Test(horizon, evenness_of_the_reference, .init = open_shop, .fini = close_shop)
{
	struct log    log = log_reference(shop.arena, "grocery_elog.csv", 1, 1);
	struct replay r;
	if (!log.n)
		cr_skip_test("no reference data");
	for (size_t i = 0; i < log.n; i++)
		log.row[i].minor = MONEY_NONE;
	shop_fill(&shop, log.row, log.n);
	struct replay_ask ask = { .customers = 1525, .end = 13877, .cuts = 0, .from = DAY_NONE, .sort_rows = REPLAY_SORT_ROWS };
	cr_assert_eq(replay_rows(&shop.run, &ask, &r), RC_OK);
	struct replay_evenness e = replay_evenness(&r);
	cr_expect_eq(e.customers, 779);
	cr_expect_float_eq((1 - 4 * e.spread) / (8 * e.spread), 1.826, .02 * 1.826);
	replay_clear(&r);
}

Test(horizon, a_cut_is_an_import_of_the_rows_up_to_it, .init = open_shop, .fini = close_shop)
{
	struct shop   cut_shop;
	struct log    l = log_random(shop.arena, 900, 60, 120, false, 5), until = log_until(shop.arena, l, 64);
	struct cohort a, b;
	shop_open(&cut_shop, NULL, NULL);
	shop_fill(&shop, l.row, l.n);
	shop_fill(&cut_shop, until.row, until.n);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 64, DAY_NONE, &a), RC_OK);
	cr_assert_eq(horizon_cohort(&cut_shop.run, shop.arena, 64, DAY_NONE, &b), RC_OK);
	cr_assert_eq(a.n, b.n);
	cr_assert_eq(a.log_gaps, b.log_gaps);
	cr_assert(a.log_gaps > 0);
	int64_t x[2] = { 0 }, t[2] = { 0 }, minor[2] = { 0 };
	for (size_t i = 0; i < a.n; i++) {
		x[0] += a.x[i], x[1] += b.x[i];
		t[0] += a.t[i], t[1] += b.t[i];
		minor[0] += a.repeat_minor[i], minor[1] += b.repeat_minor[i];
	}
	cr_assert_eq(x[0], x[1]);
	cr_assert_eq(t[0], t[1]);
	cr_assert_eq(minor[0], minor[1]);
	shop_close(&cut_shop);
}

Test(horizon, windows_that_cannot_be_are_refused, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 50, 100 } };
	struct cohort   c;
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 49, DAY_NONE, &c), RC_DATA, "an empty store");
	shop_fill(&shop, row, 1);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 49, DAY_NONE, &c), RC_DATA);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 50, 50, &c), RC_USAGE);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 50, DAY_NONE, &c), RC_OK);
	cr_assert_eq(c.n, 1u);
}

Test(horizon, without_amounts_there_is_no_money, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 50, MONEY_NONE }, { 1, 53, MONEY_NONE } };
	struct cohort   c;
	shop_fill(&shop, row, 2);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 60, DAY_NONE, &c), RC_OK);
	cr_assert_not(c.has_money);
	cr_assert_eq(c.x[0], 1);
	cr_assert_eq(c.repeat_minor[0], 0);
	cr_assert_not(c.spend_ok[0]);
}

Test(horizon, cancel, .init = open_shop, .fini = close_shop)
{
	struct log    l = log_random(shop.arena, 9000, 60, 120, true, 3);
	atomic_bool   stop = true;
	struct cohort c;
	shop_fill(&shop, l.row, l.n);
	shop.run.cancel = &stop;
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 120, DAY_NONE, &c), RC_CANCELLED);
}

/* The summary that BTYD publishes, and the counts of the reference values. */
struct sums { int64_t repeats, hold, zero, most, ended, spend, hold_spend; };

static struct sums add_up(const struct cohort *c)
{
	struct sums s = { 0 };
	for (size_t i = 0; i < c->n; i++) {
		s.repeats += c->x[i];
		s.hold += c->hold_x[i];
		s.zero += c->x[i] == 0;
		s.most = c->x[i] > s.most ? c->x[i] : s.most;
		s.ended += c->x[i] > 0 && c->t_x[i] == c->t[i];
		s.spend += c->first_minor[i] + c->repeat_minor[i];
		s.hold_spend += c->hold_minor[i];
	}
	return s;
}

Test(horizon, cdnow_agrees_with_the_published_summary, .init = open_shop, .fini = close_shop)
{
	struct log    log = log_reference(shop.arena, "cdnow_elog.csv", 1, 3);
	struct cohort c;
	if (!log.n)
		cr_skip_test("no reference data");
	cr_assert_eq(log.n, 6919u);
	shop_fill(&shop, log.row, log.n);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, day_from_civil(1997, 9, 30), day_from_civil(1998, 6, 30), &c), RC_OK);
	cr_assert_eq(c.n, 2357u);
	struct sums s = add_up(&c);
	cr_assert_eq(s.repeats, 2457);
	cr_assert_eq(s.hold, 1882);
	cr_assert_eq(s.zero, 1411);
	cr_assert_eq(s.most, 29);
	cr_assert_eq(s.ended, 13);
	cr_assert_eq(s.spend, 17311555);
	cr_assert_eq(s.hold_spend, 7097639);

	size_t n;
	char  *text, *at;
	const char *folder = getenv("CLV_REFERENCE"), *top = getenv("top_srcdir");
	char *path = folder ? arena_printf(shop.arena, "%s/cdnow_cbs.csv", folder) :
		arena_printf(shop.arena, "%s/../shared/reference/cdnow_cbs.csv", top ? top : ".");
	cr_assert_eq(file_read(shop.arena, path, (size_t)1 << 22, &text, &n), RC_OK);
	at = strchr(text, '\n') + 1;
	for (size_t i = 0; i < c.n; i++) {
		double v[6];
		for (int k = 0; k < 6; k++)
			v[k] = strtod(at, &at), at++;
		double mean = c.x[i] ? (double)c.repeat_minor[i] / 100 / c.x[i] : 0;
		cr_assert_eq(c.x[i], (int)v[1]);
		cr_assert_float_eq(c.t_x[i] / 7.0, v[2], 1e-7);
		cr_assert_float_eq(c.t[i] / 7.0, v[3], 1e-7);
		cr_assert_eq(c.hold_x[i], (int)v[4]);
		cr_assert_float_eq(mean, v[5], 1e-6);
	}
}

/* The rows of one customer, with the days on which their money counts. */
static void fill_with_return(const struct shop_row *row, const day_t *counts, size_t n)
{
	int32_t customer[8] = { 0 };
	day_t   day[8];
	int64_t minor[8];
	shop_fill(&shop, row, n);
	for (size_t i = 0; i < n; i++) {
		customer[i] = 1;
		day[i] = row[i].day;
		minor[i] = row[i].minor;
	}
	cr_assert_eq(store_begin(shop.store), RC_OK);
	cr_assert_eq(query_run(shop.store, "statement/ingest_block_drop", "i", INT64_C(1)), RC_OK);
	cr_assert_eq(transaction_save(shop.store, 1, &(struct transaction_columns){ customer, day, minor, counts, 1 }, n), RC_OK);
	cr_assert_eq(store_commit(shop.store), RC_OK);
}

static void check_return(const struct shop_row *row, const day_t *counts, size_t n)
{
	struct cohort c;
	fill_with_return(row, counts, n);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 50, 120, &c), RC_OK, "%s", err_get()->why);
	cr_expect_eq(c.first_minor[0], 1000, "before the return came, the first day has all of its money");
	cr_expect_eq(c.repeat_minor[0], 500);
	cr_expect_eq(c.hold_minor[0], -400);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 110, DAY_NONE, &c), RC_OK, "%s", err_get()->why);
	cr_expect_eq(c.first_minor[0], 600, "afterwards it is lower");
	cr_expect_eq(c.repeat_minor[0], 500, "and the repeat days are not");
	cr_expect_eq(c.x[0], 1);
}

Test(horizon, a_return_lowers_its_sale_only_once_it_came, .init = open_shop, .fini = close_shop)
{
	const struct shop_row row[] = { { 1, 10, 1000 }, { 1, 20, 500 }, { 1, 100, -400 } };
	check_return(row, (const day_t[]){ COUNTS_OWN, COUNTS_OWN, 10 }, 3);
}

Test(horizon, in_whatever_order_the_rows_stand, .init = open_shop, .fini = close_shop)
{
	const struct shop_row row[] = { { 1, 100, -400 }, { 1, 20, 500 }, { 1, 10, 1000 } };
	check_return(row, (const day_t[]){ 10, COUNTS_OWN, COUNTS_OWN }, 3);
}

Test(horizon, money_apart_and_rows_replaced_are_in_no_sum, .init = open_shop, .fini = close_shop)
{
	const struct shop_row row[] = { { 1, 10, 1000 }, { 1, 20, 500 }, { 1, 30, -400 }, { 1, 31, 9900 } };
	struct cohort c;
	fill_with_return(row, (const day_t[]){ COUNTS_OWN, COUNTS_OWN, COUNTS_APART, COUNTS_NOT }, 4);
	cr_assert_eq(horizon_cohort(&shop.run, shop.arena, 50, DAY_NONE, &c), RC_OK, "%s", err_get()->why);
	cr_expect_eq(c.first_minor[0], 1000);
	cr_expect_eq(c.repeat_minor[0], 500);
	cr_expect_eq(c.x[0], 1);
}
