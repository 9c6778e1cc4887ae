/* The stage `features`: its tables against the definitions, an as-of day in the past, and the view that people read. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>

#include "features/features_module.h"
#include "module/backtest.h"
#include "log.h"

enum { WHO = 60 };

static const char all_customers[] =
	"SELECT customer_id, frequency, recency, T, monetary_value, first_purchase, last_purchase, first_minor, repeat_minor, revenue_minor,"
	" orders, refunds, set_aside FROM feat_customer WHERE made = 1 ORDER BY customer_id";
static const char all_aside[] = "SELECT customer_id, reason FROM feat_set_aside WHERE made = 1 ORDER BY customer_id";
static const char all_days[] = "SELECT day, buyers, fresh, known, minor FROM feat_day WHERE made = 1 ORDER BY day";
static const char all_window[] =
	"SELECT as_of, first_day, cut, hold_days, customers, set_aside, spend_aside, has_money, decimals, revenue_minor FROM feat_window";

static struct shop shop;

static void open_shop(void)
{
	shop_open(&shop, NULL, NULL);
}

static void close_shop(void)
{
	shop_close(&shop);
}

static enum rc features(struct shop *s, day_t as_of)
{
	return shop_stage(s, features_module.stages[0], 1, as_of);
}

/* Lines of the back-test: customer_id and the columns of the cohort. */
struct lines { struct shop *shop; size_t n; char *line[WHO]; };

static enum rc add_block(void *user, const struct cohort *c)
{
	struct lines *l = user;
	for (size_t i = 0; i < c->n; i++) {
		char *id = NULL;
		cr_assert_eq(query_get_text(l->shop->store, l->shop->arena, "statement/quality_customer_id", &id, "i", (int64_t)c->customer[i]), RC_OK);
		l->line[l->n++] = arena_printf(l->shop->arena, "%s,%d,%d,%d,%lld,%lld,%d,%d,%lld,%d,%lld\n", id, c->x[i], c->t_x[i], c->t[i],
			(long long)c->first_minor[i], (long long)c->repeat_minor[i], c->spend_ok[i], c->hold_x[i], (long long)c->hold_minor[i],
			c->last_x[i], (long long)c->last_minor[i]);
	}
	return RC_OK;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All of it, by customer_id. */
static const char *all_backtest(struct shop *s)
{
	struct lines l = { .shop = s };
	const char  *text = "";
	cr_assert_eq(backtest_load(s->store, 1, add_block, &l), RC_OK, "%s", err_get()->why);
	qsort(l.line, l.n, sizeof *l.line, by_text);
	for (size_t i = 0; i < l.n; i++)
		text = arena_printf(s->arena, "%s%s", text, l.line[i]);
	return text;
}

static int by_id(const void *a, const void *b)
{
	char x[16], y[16];
	snprintf(x, sizeof x, "c%d", *(const int *)a);
	snprintf(y, sizeof y, "c%d", *(const int *)b);
	return strcmp(x, y);
}

static void add_customer(struct str *t, int who, struct fact f, day_t as_of)
{
	int64_t repeat = f.total_minor - f.before_minor - f.first_minor;
	bool    aside = f.days > 1 && repeat <= 0;
	char    money[64];
	snprintf(money, sizeof money, "%.15g", f.days > 1 ? (double)repeat / (100.0 * (f.days - 1)) : 0.0);
	str_addf(t, "c%d,%d,%d,%d,%s%s,%d,%d,%lld,%lld,%lld,%d,%d,%s\n", who, f.days - 1, f.last - f.first, as_of - f.first,
		aside ? "-" : money, aside || strpbrk(money, ".e") ? "" : ".0", f.first, f.last, (long long)f.first_minor, (long long)repeat,
		(long long)f.total_minor, f.sales, f.refunds, aside ? "repeat-spend" : "-");
}

static void add_backtest(struct str *t, int who, struct log l, day_t cut, day_t as_of)
{
	struct fact f = log_fact(l, who, 0, cut), hold = log_fact(l, who, cut + 1, as_of), last = log_fact(l, who, cut - (as_of - cut) + 1, cut);
	int64_t     repeat = f.total_minor - f.before_minor - f.first_minor;
	if (f.days > 0)
		str_addf(t, "c%d,%d,%d,%d,%lld,%lld,%d,%d,%lld,%d,%lld\n", who, f.days - 1, f.last - f.first, cut - f.first, (long long)f.first_minor,
			(long long)repeat, f.days == 1 || repeat > 0, hold.days, (long long)hold.total_minor, last.days, (long long)last.total_minor);
}

/* A day by the definitions, if anything happened on it. */
static void add_day(struct str *t, struct log l, day_t day, day_t cut, day_t as_of)
{
	int     buyers = 0, fresh = 0, known = 0;
	int64_t minor = 0;
	for (int i = 0; i < WHO; i++) {
		struct fact here = log_fact(l, i, day, day), all = log_fact(l, i, 0, as_of);
		minor += here.total_minor;
		buyers += here.days;
		fresh += here.days && all.first == day;
		known += here.days && all.first < day && all.first <= cut;
	}
	if (buyers || minor)
		str_addf(t, "%d,%d,%d,%d,%lld\n", day, buyers, fresh, known, (long long)minor);
}

/* The tables by the definitions, as shop_text prints them. */
static void tables_agree(struct log l, day_t as_of)
{
	struct str  customers = { 0 }, aside = { 0 }, backtest = { 0 }, days = { 0 };
	int         who[WHO];
	day_t       first = DAY_NONE;
	for (int i = 0; i < WHO; i++) {
		struct fact f = log_fact(l, i, 0, as_of);
		who[i] = i;
		first = f.first != DAY_NONE && (first == DAY_NONE || f.first < first) ? f.first : first;
	}
	day_t cut = as_of - (as_of - first) / 3;
	qsort(who, WHO, sizeof *who, by_id);
	for (int i = 0; i < WHO; i++) {
		struct fact f = log_fact(l, who[i], 0, as_of);
		if (f.days > 0)
			add_customer(&customers, who[i], f, as_of);
		else if (f.any)
			str_addf(&aside, "c%d,no-purchase\n", who[i]);
		add_backtest(&backtest, who[i], l, cut, as_of);
	}
	for (day_t day = first; day <= as_of; day++)
		add_day(&days, l, day, cut, as_of);
	cr_assert_str_eq(shop_text(&shop, all_days), days.s);
	str_clear(&days);
	cr_assert_str_eq(shop_text(&shop, all_customers), customers.s);
	cr_assert_str_eq(shop_text(&shop, all_aside), aside.s ? aside.s : "");
	cr_assert_str_eq(all_backtest(&shop), backtest.s);
	str_clear(&customers);
	str_clear(&aside);
	str_clear(&backtest);
}

Test(features, tables_hold_what_the_definitions_say, .init = open_shop, .fini = close_shop)
{
	struct log l = log_random(shop.arena, 260, WHO, 120, true, 21);
	shop_fill(&shop, l.row, l.n);
	cr_assert_eq(features(&shop, 130), RC_OK, "%s", err_get()->why);
	tables_agree(l, 130);
	cr_assert_str_neq(shop_text(&shop, all_aside), "", "the log has customers without a purchase");
	cr_assert_gt(scratch_int(&shop.scratch, "SELECT count(*) FROM feat_customer WHERE set_aside = 'repeat-spend'"), 0);
}

Test(features, an_unordered_file_is_the_same, .init = open_shop, .fini = close_shop)
{
	struct log l = log_random(shop.arena, 260, WHO, 120, false, 22);
	shop_fill(&shop, l.row, l.n);
	cr_assert_eq(features(&shop, 120), RC_OK);
	tables_agree(l, 120);
}

static void past_agrees(bool in_order)
{
	struct log l = log_random(shop.arena, 260, WHO, 120, in_order, 23);
	shop_fill(&shop, l.row, l.n);
	cr_assert_eq(features(&shop, 77), RC_OK);
	tables_agree(l, 77);
}

Test(features, as_of_in_the_past, .init = open_shop, .fini = close_shop)
{
	past_agrees(true);
}

Test(features, as_of_in_the_past_of_an_unordered_file, .init = open_shop, .fini = close_shop)
{
	past_agrees(false);
}

Test(features, as_of_in_the_past_is_an_import_of_the_rows_up_to_it, .init = open_shop, .fini = close_shop)
{
	struct shop past;
	struct log  l = log_random(shop.arena, 400, WHO, 120, false, 24), until = log_until(shop.arena, l, 80);
	shop_open(&past, NULL, NULL);
	shop_fill(&shop, l.row, l.n);
	shop_fill(&past, until.row, until.n);
	cr_assert_eq(features(&shop, 80), RC_OK);
	cr_assert_eq(features(&past, 80), RC_OK);
	cr_assert_str_eq(shop_text(&shop, all_customers), shop_text(&past, all_customers));
	cr_assert_str_eq(shop_text(&shop, all_aside), shop_text(&past, all_aside));
	cr_assert_str_eq(all_backtest(&shop), all_backtest(&past));
	cr_assert_str_eq(shop_text(&shop, all_window), shop_text(&past, all_window));
	shop_close(&past);
}

Test(features, refunds_after_the_last_purchase_day_do_not_count, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 10, 500 }, { 1, 20, 700 }, { 2, 20, 100 }, { 1, 25, -300 }, { 3, 26, -50 } };
	shop_fill(&shop, row, 5);
	cr_assert_eq(features(&shop, 20), RC_OK);
	cr_assert_str_eq(shop_text(&shop, all_customers), "c1,1,10,10,7.0,10,20,500,700,1200,2,0,-\nc2,0,0,0,0.0,20,20,100,0,100,1,0,-\n");
	cr_assert_str_eq(shop_text(&shop, all_aside), "", "who came later is not there");
	cr_assert_str_eq(shop_text(&shop, all_window), "20,10,17,3,2,0,0,1,2,1300\n");
}

Test(features, set_aside_by_code, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = {
		{ 1, 10, -500 },                                    /* never bought */
		{ 2, 10, 500 }, { 2, 11, 300 }, { 2, 12, -300 },    /* repeats worth nothing */
		{ 3, 10, 500 }, { 3, 11, 300 }, { 3, 12, -299 },    /* repeats worth a cent */
		{ 4, 10, 0 }, { 5, 10, -900 }, { 5, 11, 100 },      /* a free purchase; a refund before the first */
	};
	shop_fill(&shop, row, 10);
	cr_assert_eq(features(&shop, 12), RC_OK);
	cr_assert_str_eq(shop_text(&shop, all_aside), "c1,no-purchase\n");
	cr_assert_str_eq(shop_text(&shop, "SELECT customer_id, monetary_value, set_aside FROM feat_customer ORDER BY customer_id"),
		"c2,-,repeat-spend\nc3,0.01,-\nc4,0.0,-\nc5,0.0,-\n");
	cr_assert_str_eq(shop_text(&shop, all_window), "12,10,-,-,4,1,1,1,2,-299\n", "too short for a back-test");
	cr_assert_str_eq(all_backtest(&shop), "");
}

Test(features, without_amounts, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 10, MONEY_NONE }, { 1, 40, MONEY_NONE }, { 2, 41, MONEY_NONE } };
	shop_fill(&shop, row, 3);
	cr_assert_eq(features(&shop, 41), RC_OK);
	cr_assert_str_eq(shop_text(&shop, all_customers), "c1,1,30,31,-,10,40,-,-,-,2,0,-\nc2,0,0,0,-,41,41,-,-,-,1,0,-\n");
	cr_assert_str_eq(shop_text(&shop, all_window), "41,10,31,10,2,0,0,0,2,-\n");
	cr_assert_str_eq(all_backtest(&shop), "c1,0,0,21,0,0,0,1,0,0,0\n");
}

Test(features, decimals_of_the_store, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 10, 5 }, { 1, 11, 1500 } };
	shop_fill(&shop, row, 2);
	scratch_sql(&shop.scratch, "INSERT INTO store_fact VALUES ('decimals', '0')");
	cr_assert_eq(features(&shop, 11), RC_OK);
	cr_assert_str_eq(shop_text(&shop, "SELECT monetary_value FROM feat_customer"), "1500.0\n");
}

Test(features, nothing_to_work_on, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 10, 500 } };
	cr_assert_eq(features(&shop, DAY_NONE), RC_DATA);
	shop_fill(&shop, row, 1);
	cr_assert_eq(features(&shop, 9), RC_DATA);
	cr_assert_eq(features(&shop, 10), RC_OK);
	cr_assert_eq(shop.run.rows_out, 1);
}

Test(features, more_customers_than_a_batch, .init = open_shop, .fini = close_shop)
{
	enum { N = 9000 };
	struct shop_row *row = mem_new(N, sizeof *row);
	for (int i = 0; i < N; i++)
		row[i] = (struct shop_row){ .who = i, .day = i / 100, .minor = i % 3 ? i : -5 };
	shop_fill(&shop, row, N);
	cr_assert_eq(features(&shop, 90), RC_OK);
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM feat_customer"), 6000);
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM feat_set_aside"), 3000);
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM feat_customer f JOIN raw_customer c USING (customer)"
		" WHERE f.customer_id = c.customer_id AND f.revenue_minor = c.total_minor AND f.first_purchase = c.first_day"), 6000);
	cr_assert_str_eq(shop_text(&shop, "SELECT count(*), sum(rows), min(block), max(block) FROM feat_backtest"), "2,4066,0,1\n");
	free(row);
}

Test(features, cancel_leaves_nothing, .init = open_shop, .fini = close_shop)
{
	enum { N = 9000 };
	struct shop_row *row = mem_new(N, sizeof *row);
	atomic_bool      stop = true;
	for (int i = 0; i < N; i++)
		row[i] = (struct shop_row){ .who = i, .day = 10, .minor = 5 };
	shop_fill(&shop, row, N);
	shop.run.cancel = &stop;
	cr_assert_eq(features(&shop, 90), RC_CANCELLED);
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM feat_customer"), 0);
	free(row);
}

/* A live run with one customer of that age, and days since the last purchase. */
static const char *labels_of(int age, int since)
{
	char sql[512];
	scratch_sql(&shop.scratch, "DELETE FROM feat_customer");
	snprintf(sql, sizeof sql, "INSERT INTO feat_customer VALUES (1, 1, 'a', 1, %d, %d, 5.0, 0, %d, 500, 500, 1000, 2, 0, NULL)", age - since, age,
		age - since);
	scratch_sql(&shop.scratch, sql);
	return shop_text(&shop, "SELECT customer_stage, status_segment, active_30d FROM dim_customer");
}

Test(features, stage_and_segment_at_their_edges, .init = open_shop, .fini = close_shop)
{
	scratch_sql(&shop.scratch,
		"INSERT INTO run_run (run_id, started_at, status, command, seed, settings, program) VALUES (1, '', 'done', '', 1, '{}', '');"
		"INSERT INTO run_output VALUES (1, 'features', 1); INSERT INTO run_live VALUES (1, 1, NULL)");
	static const struct { int age, since; const char *want; } edge[] = {
		{ 0, 0, "new,active,1\n" },            { 90, 30, "new,active,1\n" },       { 91, 31, "developing,cooling,0\n" },
		{ 180, 90, "developing,cooling,0\n" }, { 181, 91, "established,at risk,0\n" },
		{ 365, 180, "established,at risk,0\n" }, { 366, 181, "loyal,lapsed,0\n" },
	};
	for (size_t i = 0; i < sizeof edge / sizeof *edge; i++)
		cr_assert_str_eq(labels_of(edge[i].age, edge[i].since), edge[i].want, "T %d, last %d days ago", edge[i].age, edge[i].since);
}

Test(features, the_view_derives_gap_tenure_and_flags, .init = open_shop, .fini = close_shop)
{
	struct shop_row row[] = { { 1, 10, 500 }, { 1, 20, 700 }, { 1, 40, 700 }, { 2, 50, 100 } };
	shop_fill(&shop, row, 4);
	cr_assert_eq(features(&shop, 80), RC_OK);
	scratch_sql(&shop.scratch,
		"INSERT INTO run_run (run_id, started_at, status, command, seed, settings, program) VALUES (1, '', 'done', '', 1, '{}', '');"
		"INSERT INTO run_output VALUES (1, 'features', 1); INSERT INTO run_live VALUES (1, 1, NULL)");
	cr_assert_str_eq(shop_text(&shop, "SELECT customer_id, days_since_last, tenure_days, mean_gap_days, revenue_minor, orders, is_repeat, active_30d"
		" FROM dim_customer ORDER BY customer_id"), "c1,40,70,15.0,1900,3,1,0\nc2,30,30,-,100,1,0,1\n");
}
