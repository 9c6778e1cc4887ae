/* The running state against a reference that groups the whole log by day. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "module/purchase.h"

struct row { day_t day; int64_t minor; };

#define DAYS 40

/* What the definitions say, from sums by day; the order of the rows plays no part. */
static struct purchase reference(const struct row *row, int n)
{
	struct { bool any, sale; int64_t net; } by_day[DAYS] = { 0 };
	struct purchase p;
	purchase_init(&p);
	for (int i = 0; i < n; i++) {
		bool sale = row[i].minor == MONEY_NONE || row[i].minor >= 0;
		int64_t minor = row[i].minor == MONEY_NONE ? 0 : row[i].minor;
		by_day[row[i].day].any = true;
		by_day[row[i].day].sale |= sale;
		by_day[row[i].day].net += minor;
		p.sales += sale;
		p.refunds += !sale;
		p.total_minor += minor;
	}
	for (day_t d = 0; d < DAYS; d++) {
		if (!by_day[d].any)
			continue;
		p.open = d;
		p.open_minor = by_day[d].net;
		p.open_sale = by_day[d].sale;
		if (by_day[d].sale) {
			if (p.days == 0) {
				p.first = d;
				p.first_minor = by_day[d].net;
				for (day_t e = 0; e < d; e++)
					p.before_minor += by_day[e].net;
			}
			p.last = d;
			p.days++;
		}
	}
	return p;
}

static void same(const struct purchase *got, const struct purchase *want)
{
	cr_assert_eq(got->first, want->first);
	cr_assert_eq(got->last, want->last);
	cr_assert_eq(got->open, want->open);
	cr_assert_eq(got->days, want->days);
	cr_assert_eq(got->sales, want->sales);
	cr_assert_eq(got->refunds, want->refunds);
	cr_assert_eq(got->open_minor, want->open_minor);
	cr_assert_eq(got->first_minor, want->first_minor);
	cr_assert_eq(got->before_minor, want->before_minor);
	cr_assert_eq(got->total_minor, want->total_minor);
	cr_assert_eq(got->open_sale, want->open_sale);
}

static struct purchase replay(const struct row *row, int n)
{
	struct purchase p;
	purchase_init(&p);
	for (int i = 0; i < n; i++)
		cr_assert(purchase_add(&p, row[i].day, row[i].minor));
	return p;
}

static int by_day(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

/* A row of any kind: a sale, a free one, a refund, now and then one without amount; often the last row again. */
static struct row any_row(struct row last, int i)
{
	int r = rand() % 10;
	if (i && r == 0)
		return last;
	struct row row = { .day = rand() % DAYS, .minor = rand() % 5000 };
	if (r < 4)
		row.minor = -1 - rand() % 4000;
	else if (r == 4)
		row.minor = 0;
	else if (r == 5)
		row.minor = MONEY_NONE;
	return row;
}

Test(purchase, random_logs_agree_with_the_definitions)
{
	srand(20);
	int dirty = 0;
	for (int round = 0; round < 20000; round++) {
		struct row row[24];
		int n = 1 + rand() % 24;
		for (int i = 0; i < n; i++)
			row[i] = any_row(row[i ? i - 1 : 0], i);
		struct purchase want = reference(row, n), got = replay(row, n);
		if (got.dirty) {
			dirty++;
			cr_assert_eq(got.total_minor, want.total_minor);
			cr_assert_eq(got.sales, want.sales);
			cr_assert_eq(got.refunds, want.refunds);
			qsort(row, (size_t)n, sizeof *row, by_day);
			got = replay(row, n);
		}
		cr_assert_not(got.dirty);
		same(&got, &want);
	}
	cr_assert_gt(dirty, 10000);
}

Test(purchase, nothing_is_known_before_the_first_row)
{
	struct purchase p;
	purchase_init(&p);
	cr_assert_eq(p.first, DAY_NONE);
	cr_assert_eq(p.open, DAY_NONE);
	cr_assert_eq(p.days, 0);
}

Test(purchase, refunds_make_no_purchase_day)
{
	struct row row[] = { { 1, -300 }, { 3, -200 } };
	struct purchase p = replay(row, 2);
	cr_assert_eq(p.days, 0);
	cr_assert_eq(p.first, DAY_NONE);
	cr_assert_eq(p.total_minor, -500);
}

Test(purchase, refunds_before_on_and_after_the_first_day)
{
	struct row row[] = { { 1, -300 }, { 2, -50 }, { 2, 1000 }, { 2, -25 }, { 5, 700 }, { 9, -100 } };
	struct purchase p = replay(row, 6);
	cr_assert_eq(p.before_minor, -300);
	cr_assert_eq(p.first_minor, 925);
	cr_assert_eq(purchase_repeat_minor(&p), 600);
	cr_assert_eq(purchase_frequency(&p), 1);
	cr_assert_eq(purchase_recency(&p), 3);
	cr_assert_eq(purchase_age(&p, 12), 10);
	cr_assert_eq(p.open, 9);
}

Test(purchase, a_free_purchase_is_a_purchase)
{
	struct row row[] = { { 1, 0 }, { 4, 0 } };
	struct purchase p = replay(row, 2);
	cr_assert_eq(p.days, 2);
	cr_assert_eq(purchase_frequency(&p), 1);
	cr_assert_eq(purchase_repeat_minor(&p), 0);
}

Test(purchase, identical_rows_count_twice_in_money_and_once_in_days)
{
	struct row row[] = { { 1, 500 }, { 1, 500 }, { 2, 100 }, { 2, 100 } };
	struct purchase p = replay(row, 4);
	cr_assert_eq(p.days, 2);
	cr_assert_eq(p.sales, 4);
	cr_assert_eq(p.first_minor, 1000);
	cr_assert_eq(p.total_minor, 1200);
}

Test(purchase, sums_that_do_not_fit_are_refused_and_change_nothing)
{
	const int64_t big = INT64_MAX;
	struct row row[] = { { 1, big } };
	struct purchase p = replay(row, 1), kept = p;
	cr_assert_not(purchase_add(&p, 1, 1), "day and total");
	cr_assert_not(purchase_add(&p, 2, 1), "total");
	cr_assert_not(purchase_add(&p, 0, 1), "total, out of order");
	same(&p, &kept);
	cr_assert_not(p.dirty);

	struct row wide[] = { { 1, -big }, { 2, 0 }, { 3, big } };
	p = replay(wide, 3);
	cr_assert_not(purchase_add(&p, 4, 1), "the total fits, what came since the first purchase does not");

	struct row low[] = { { 1, -big } };
	p = replay(low, 1);
	cr_assert_not(purchase_add(&p, 1, -1), "no sum is the mark of a missing amount");
}

Test(purchase, a_return_counts_on_the_day_of_its_sale)
{
	struct purchase p, plain;
	purchase_init(&p);
	cr_assert(purchase_add(&p, 10, 1000) && purchase_add(&p, 20, 500));
	plain = p;
	cr_assert(purchase_add_on(&p, 30, 10, -400) && !p.dirty);
	cr_assert_eq(p.first_minor, 600, "the first day is lowered");
	cr_assert_eq(purchase_repeat_minor(&p), 500, "what came later is not");
	cr_assert_eq(p.total_minor, 1100);
	cr_assert_eq(p.days, 2);
	cr_assert_eq(p.refunds, 1);
	cr_assert_eq(p.open, 30, "the row itself is of its own day");
	cr_assert(purchase_add_on(&p, 31, 20, -500) && !p.dirty);
	cr_assert_eq(purchase_repeat_minor(&p), 0);
	cr_assert_eq(p.last, 20, "a sale that was returned whole stays a purchase day");

	cr_assert(purchase_add_on(&plain, 30, COUNTS_APART, -400));
	cr_assert_eq(plain.total_minor, 1500, "money set apart is in no sum");
	cr_assert_eq(plain.refunds, 1, "and its row is counted");
	p = plain;
	cr_assert(purchase_add_on(&p, 40, COUNTS_NOT, -400));
	same(&p, &plain);

	purchase_init(&p);
	cr_assert(purchase_add_on(&p, 30, 10, -400) && p.dirty, "before its sale: to be replayed");
}
