/* The profile of a file: counts that add up, types and shapes, ranges, frequent values, months, and what is estimated. */
#include "config.h"

#include "ingest/profile.h"

#include "kit.h"

static struct kit k;

static void open(void)
{
	kit_open(&k);
}

static void close_all(void)
{
	kit_close(&k);
}

/* The only file of the answer. */
static struct js *profile(const char *text, struct import_ask ask)
{
	struct js  *js = NULL, *file;
	const char *path = kit_file(&k, "profile.csv", text, strlen(text));
	ask.path = &path;
	ask.paths = 1;
	ask.on_bad = "quarantine";
	ask.negative = "refund";
	cr_assert_eq(import_profile(&k.run, &ask, &js), RC_OK, "%s", err_get()->why);
	file = js_copy(js_at(js_get(js, "files"), 0));
	js_free(js);
	return file;
}

static const struct js *column(const struct js *file, size_t i)
{
	return js_at(js_get(file, "columns"), i);
}

static const char *word(const struct js *js, const char *key)
{
	const char *t = js_text_of(js_get(js, key));
	return t ? t : "";
}

static long long number(const struct js *js, const char *key)
{
	return (long long)js_int_of(js_get(js, key));
}

static const char small[] =
	"customer_id,order_date,revenue,shop,line,empty,unit\n"
	"A,2025-01-31,1.50,north,1,,pcs\n"
	"B,2025-01-01,-2,north,2,NULL,pcs\n"
	"B,2025-03-01,1e5,south,3,-,pcs\n"
	"\n"
	"C,2025-03-02,4.25,south,4,n/a,pcs\n"
	"short,row\n"
	"D\"x,2025-03-02,4.25,south,4,n/a,pcs\n";

Test(profile, rows_and_columns_are_accounted_for, .init = open, .fini = close_all)
{
	struct js *f = profile(small, (struct import_ask){0});
	cr_expect_eq(number(f, "read"), 7);
	cr_expect_eq(number(f, "profiled"), 4);
	cr_expect_eq(number(f, "unsound"), 2);
	cr_expect_eq(number(f, "blank"), 1);
	for (size_t i = 0; i < 7; i++)
		cr_expect_eq(number(column(f, i), "count") + number(column(f, i), "missing"), 4, "column %zu", i);
	cr_expect_eq(number(column(f, 5), "missing"), 4);
	js_free(f);
}

Test(profile, types_and_shapes, .init = open, .fini = close_all)
{
	static const char *const want[][2] = { { "text", "text" }, { "date", "date" }, { "number", "number" }, { "text", "category" }, { "whole", "key" },
	                                       { "", "empty" }, { "text", "constant" } };
	struct js *f = profile(small, (struct import_ask){0});
	for (size_t i = 0; i < 7; i++) {
		cr_expect_str_eq(word(column(f, i), "type"), want[i][0], "column %zu", i);
		cr_expect_str_eq(word(column(f, i), "shape"), want[i][1], "column %zu", i);
	}
	cr_expect_str_eq(word(column(f, 0), "role"), "customer");
	cr_expect_eq(number(column(f, 2), "unfit"), 1);
	js_free(f);
}

Test(profile, ranges_frequent_values_and_months, .init = open, .fini = close_all)
{
	struct js       *f = profile(small, (struct import_ask){0});
	const struct js *revenue = column(f, 2), *date = column(f, 1), *top = js_at(js_get(column(f, 0), "top"), 0), *months = js_get(revenue, "months");
	cr_expect_float_eq(js_real_of(js_get(revenue, "min")), -2, 0);
	cr_expect_float_eq(js_real_of(js_get(revenue, "max")), 4.25, 0);
	cr_expect_float_eq(js_real_of(js_get(js_get(revenue, "quantiles"), "p50")), 1.5, 0);
	cr_expect_str_eq(word(date, "min"), "2025-01-01");
	cr_expect_str_eq(word(date, "max"), "2025-03-02");
	cr_expect_str_eq(word(top, "value"), "B");
	cr_expect_eq(number(top, "count"), 2);
	cr_expect_str_eq(word(f, "months_by"), "order_date");
	cr_expect_str_eq(word(f, "first_month"), "2025-01");
	cr_expect_eq(js_count(months), 3);
	cr_expect_eq(js_int_of(js_at(months, 0)), 2);
	cr_expect_eq(js_int_of(js_at(months, 1)), 0);
	cr_expect_eq(js_int_of(js_at(months, 2)), 2);
	js_free(f);
}

Test(profile, two_readings_are_named, .init = open, .fini = close_all)
{
	struct js *f = profile("customer,date,amount,sent\nA,01/02/2025,1,03/04/2025\nB,03/04/2025,2,05/06/2025\n", (struct import_ask){0});
	cr_expect_eq(js_count(js_get(f, "doubts")), 1);
	cr_expect_str_eq(word(column(f, 1), "min"), "2025-02-01");
	cr_expect_str_eq(word(column(f, 3), "form"), "DD/MM/YYYY or MM/DD/YYYY");
	cr_expect(js_is_null(js_get(column(f, 3), "min")));
	js_free(f);
	f = profile("customer,date,amount,sent\nA,01/02/2025,1,03/14/2025\nB,03/04/2025,2,05/06/2025\n", (struct import_ask){ .date_format = "MM/DD/YYYY" });
	cr_expect_eq(js_count(js_get(f, "doubts")), 0);
	cr_expect_str_eq(word(column(f, 1), "min"), "2025-01-02");
	cr_expect_str_eq(word(column(f, 3), "form"), "MM/DD/YYYY");
	js_free(f);
}

Test(profile, a_table_without_purchases_has_one_too, .init = open, .fini = close_all)
{
	struct js *f = profile("shop;opened;rent\nnorth;2024-05-01;1.200,50\nsouth;2024-06-01;900,00\n", (struct import_ask){0});
	cr_expect_eq(number(f, "profiled"), 2);
	cr_expect_str_eq(word(column(f, 1), "type"), "date");
	cr_expect_float_eq(js_real_of(js_get(column(f, 2), "max")), 1200.5, 0);
	cr_expect_str_eq(word(f, "months_by"), "opened");
	js_free(f);
}

/* 40,000 rows: more different values than are held, more numbers than are kept. */
Test(profile, estimates_say_so, .init = open, .fini = close_all)
{
	enum { ROWS = 40000 };
	struct str t = {0};
	str_add(&t, "customer_id,order_date,revenue,shop\n");
	for (int i = 0; i < ROWS; i++)
		str_addf(&t, "K%d,2025-01-01,%d,%s\n", i, i, i % 3 ? "north" : "south");
	struct js       *f = profile(t.s, (struct import_ask){0});
	const struct js *id = column(f, 0), *revenue = column(f, 2), *shop = js_at(js_get(column(f, 3), "top"), 0);
	str_clear(&t);
	cr_expect(!js_bool_of(js_get(id, "distinct_exact")));
	cr_expect_float_eq(js_real_of(js_get(id, "distinct")), ROWS, ROWS * 4 * js_real_of(js_get(id, "distinct_error")));
	cr_expect_str_eq(word(id, "shape"), "key");
	cr_expect_eq(js_count(js_get(id, "top")), 0, "no value of it is frequent");
	cr_expect_float_eq(js_real_of(js_get(js_get(revenue, "quantiles"), "p50")), ROWS / 2.0, ROWS * js_real_of(js_get(revenue, "rank_error")) + 1);
	cr_expect_str_eq(word(shop, "value"), "north");
	cr_expect_eq(number(shop, "count"), ROWS - (ROWS + 2) / 3);
	js_free(f);
}

Test(profile, it_can_be_cancelled, .init = open, .fini = close_all)
{
	atomic_bool cancel = true;
	struct str  t = {0};
	struct js  *js = NULL;
	str_add(&t, "customer_id,order_date,revenue\n");
	for (int i = 0; i < 20000; i++)
		str_add(&t, "A,2025-01-01,1\n");
	const char       *path = kit_file(&k, "long.csv", t.s, t.n);
	struct import_ask ask = { .path = &path, .paths = 1, .on_bad = "quarantine", .negative = "refund" };
	str_clear(&t);
	k.run.cancel = &cancel;
	cr_expect_eq(import_profile(&k.run, &ask, &js), RC_CANCELLED);
	cr_expect_null(js);
	k.run.cancel = NULL;
}

Test(profile, what_is_no_table_is_refused, .init = open, .fini = close_all)
{
	struct js        *js = NULL;
	const char       *path = kit_file(&k, "blank.csv", "\n\n", 2);
	struct import_ask ask = { .path = &path, .paths = 1, .on_bad = "quarantine", .negative = "refund" };
	cr_expect_eq(import_profile(&k.run, &ask, &js), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CSV-101");
}
