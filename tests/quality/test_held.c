/* Sets of rows by contract: rows a day, freshness, queries with their samples and limits, keys; and what the gate makes of them. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>

#include "../kit/shop.h"
#include "module/contract.h"
#include "quality/gate.h"
#include "quality/quality_module.h"
#include "quality/volume.h"

/* Rows a day */

enum { DAYS = 120 };

static const struct volume_ask ask = { .z = 3.5, .train = 14, .detect = 2, .points = 7 };

/* 40 rows on working days, 10 on the others, with a little wave. */
static void fill(int64_t *rows)
{
	for (int i = 0; i < DAYS; i++)
		rows[i] = (i % 7 >= 2 ? 40 : 10) + (i * 13) % 5;
}

static int found_of(const int64_t *rows, size_t n, struct volume_day *out)
{
	int found = 0;
	volume_judge(&ask, rows, n, 1000, out, &found);
	return found;
}

Test(volume, a_steady_shop_is_quiet)
{
	int64_t           rows[DAYS];
	struct volume_day out[2];
	fill(rows);
	for (size_t n = 60; n <= DAYS; n++)
		cr_expect_eq(found_of(rows, n, out), 0, "%zu days", n);
}

Test(volume, a_day_that_breaks_in_or_bursts_stands_out)
{
	int64_t           rows[DAYS];
	struct volume_day out[2];
	fill(rows);
	rows[DAYS - 2] = rows[DAYS - 2] / 4;
	cr_assert_eq(found_of(rows, DAYS, out), 1);
	cr_expect_eq(out[0].day, 1000 + DAYS - 2);
	cr_expect_lt(out[0].z, -3.5);
	fill(rows);
	rows[DAYS - 3] *= 3;
	cr_assert_eq(found_of(rows, DAYS, out), 1);
	cr_expect_gt(out[0].z, 3.5);
}

/* The last day may be half a day: no export says. Days before the last two are history. */
Test(volume, only_the_completed_days_before_the_last_are_judged)
{
	int64_t           rows[DAYS];
	struct volume_day out[2];
	fill(rows);
	rows[DAYS - 1] = 0;
	rows[DAYS - 4] = 0;
	cr_expect_eq(found_of(rows, DAYS, out), 0);
}

Test(volume, seven_weekdays_are_needed)
{
	int64_t           rows[DAYS];
	struct volume_day out[2];
	int               found;
	fill(rows);
	rows[50] = rows[51] = 0;
	cr_expect_eq(volume_judge(&ask, rows, 53, 1000, out, &found), 2, "day 50 has seven of its weekday before it");
	cr_expect_eq(found, 2);
	rows[48] = rows[47] = 0;
	cr_expect_eq(volume_judge(&ask, rows, 50, 1000, out, &found), 0);
	cr_expect_eq(found, 0);
	cr_expect_eq(volume_judge(&ask, rows, 2, 1000, out, &found), 0);
}

/* A shop that is closed on Saturdays has nothing to say on one more. */
Test(volume, days_without_rows_are_as_others)
{
	int64_t           rows[DAYS] = { 0 };
	struct volume_day out[2];
	for (int i = 0; i < DAYS; i++)
		rows[i] = i % 7 == (DAYS - 2) % 7 ? 0 : 30;
	cr_expect_eq(found_of(rows, DAYS, out), 0);
	rows[DAYS - 2] = 30;
	cr_expect_eq(found_of(rows, DAYS, out), 1);
}

/* One order of a few rows in a shop that sells now and then is none. */
Test(volume, a_few_rows_are_no_burst)
{
	int64_t           rows[DAYS] = { 0 };
	struct volume_day out[2];
	rows[DAYS - 2] = 9;
	cr_expect_eq(found_of(rows, DAYS, out), 0);
	rows[DAYS - 2] = 10;
	cr_expect_eq(found_of(rows, DAYS, out), 1);
}

/* On a store */

static struct shop   shop;
static struct arena *arena;
static struct js    *list; /* the last findings */

static void open_shop(void)
{
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "1970-06-30T12:00:00Z", 1); /* day 180 */
	shop_open(&shop, quality_module.settings, NULL);
	arena = arena_new();
	struct shop_row row[] = { { .who = 1, .day = 10, .minor = 500 }, { .who = 1, .day = 100, .minor = 700 }, { .who = 2, .day = 170, .minor = 90000 } };
	shop_fill(&shop, row, 3);
}

static void close_shop(void)
{
	js_free(list);
	arena_free(arena);
	shop_close(&shop);
}

TestSuite(held, .init = open_shop, .fini = close_shop);

static struct contract *compile(const char *lines)
{
	struct contract *c = NULL;
	char             text[1024];
	snprintf(text, sizeof text, "contract: shop\nentity: orders\n%s", lines);
	cr_assert_eq(contract_parse(arena, "c.yaml", text, strlen(text), &c), RC_OK, "%s", err_get()->why);
	return c;
}

/* The finding of that id as the contract gives it, unstored; until the next one is asked for. */
static const struct js *finding(const char *lines, const char *id)
{
	js_free(list);
	list = NULL;
	cr_assert_eq(gate_contract(&shop.run, compile(lines), &list), RC_OK, "%s", err_get()->why);
	for (size_t i = 0; i < js_count(list); i++)
		if (!strcmp(js_text_of(js_get(js_at(list, i), "id")), id))
			return js_at(list, i);
	cr_assert_fail("no finding %s", id);
	return NULL;
}

static const char *verdict(const char *lines, const char *id)
{
	return js_text_of(js_get(finding(lines, id), "verdict"));
}

Test(held, freshness)
{
	cr_expect_str_eq(verdict("freshness: 10\n", "contract:freshness"), "pass");
	cr_expect_str_eq(verdict("freshness: 9\n", "contract:freshness"), "warn");
	cr_expect_str_eq(verdict("freshness: { warn_after: 5, error_after: 10 }\n", "contract:freshness"), "warn");
	cr_expect_str_eq(verdict("freshness: { error_after: 9 }\n", "contract:freshness"), "stop");
}

#define QUERY "checks:\n  big:\n    about: purchases above 800\n    sql: SELECT customer_id, total_minor FROM raw_customer WHERE total_minor > 80000\n"

Test(held, a_query_answers_the_rows_that_fail)
{
	const struct js *f = finding(QUERY, "contract:sql:big");
	cr_expect_str_eq(js_text_of(js_get(f, "verdict")), "warn");
	cr_expect_eq(js_int_of(js_get(f, "hits")), 1);
	cr_expect_eq(js_int_of(js_get(f, "total")), 3);
	cr_expect(strstr(js_text_of(js_at(js_get(f, "examples"), 0)), "total_minor 90000") != NULL);
	cr_expect_str_eq(verdict(QUERY "    severity: stop\n", "contract:sql:big"), "stop");
	cr_expect_str_eq(verdict(QUERY "    severity: stop\n    error_if: 2\n", "contract:sql:big"), "warn");
	cr_expect_str_eq(verdict(QUERY "    warn_if: 2\n", "contract:sql:big"), "pass");
	cr_expect_str_eq(verdict("checks: { none: { sql: SELECT 1 WHERE 0, severity: stop } }\n", "contract:sql:none"), "pass");
}

/* What is kept of rows is held against a contract that is not live. */
Test(held, stored_rows)
{
	cr_expect_str_eq(verdict("fields: { amount: { range: 0..900 } }\n", "stored:amount.range"), "pass");
	cr_expect_str_eq(verdict("fields: { line_revenue: { range: 0..899.99 } }\n", "stored:line_revenue.range"), "warn");
	cr_expect_str_eq(verdict("fields: { amount: { range: { is: 0..899.99, severity: stop } } }\n", "stored:amount.range"), "stop");
	cr_expect_str_eq(verdict("fields: { amount: { range: { is: 0..899.99, severity: stop, error_if: 2 } } }\n", "stored:amount.range"), "warn");
	cr_expect_str_eq(verdict("fields: { date: { range: 1970-01-11..1970-06-20 } }\n", "stored:date.range"), "pass");
	cr_expect_str_eq(verdict("fields: { order_ts: { range: 1970-01-12.. } }\n", "stored:order_ts.range"), "warn");
	cr_expect_str_eq(verdict("fields: { customer: { pattern: '*' } }\n", "stored:customer.pattern"), "pass");
	const struct js *f = finding("fields: { customer_id: { accepted: [nobody] } }\n", "stored:customer_id.accepted");
	cr_expect_eq(js_int_of(js_get(f, "hits")), 2);
	cr_expect_eq(js_count(js_get(f, "examples")), 2);
}

/* A query that is none, or that would change something, is a finding; nothing changes, and the handle writes as before. */
Test(held, a_query_only_reads)
{
	static const char *const bad[] = { "SELEC 1", "DELETE FROM raw_customer", "SELECT 1; DELETE FROM raw_customer", "PRAGMA query_only = 0", "SELECT nothing FROM raw_customer" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char lines[256];
		snprintf(lines, sizeof lines, "checks: { x: { sql: '%s', severity: stop } }\n", bad[i]);
		cr_expect_str_eq(verdict(lines, "contract:sql:x"), "stop", "%s", bad[i]);
	}
	int64_t customers = 0;
	cr_assert_eq(query_get_int(shop.store, "statement/quality_counts_raw_customer", &customers, "i", (int64_t)180), RC_OK);
	cr_expect_eq(customers, 2);
	cr_assert_eq(store_begin(shop.store), RC_OK);
	cr_expect_eq(contract_put(shop.store, compile("freshness: 9\n"), "ann", "test", NULL), RC_OK);
	cr_assert_eq(store_commit(shop.store), RC_OK);
}

/* The live contract's checks are results of the gate, and a stop stops it. */
Test(held, the_gate_keeps_what_the_live_contract_says)
{
	bool stopped = true;
	struct js *report = NULL;
	cr_assert_eq(shop_stage(&shop, quality_module.stages[0], 1, 170), RC_OK, "%s", err_get()->why);
	cr_assert_eq(gate_run(&shop.run, "qc_gate", &stopped), RC_OK);
	cr_expect_not(stopped);
	cr_assert_eq(store_begin(shop.store), RC_OK);
	cr_assert_eq(contract_put(shop.store, compile(QUERY "    severity: stop\n"), "ann", "test", NULL), RC_OK);
	cr_assert_eq(store_commit(shop.store), RC_OK);
	cr_assert_eq(shop_stage(&shop, quality_module.stages[0], 2, 170), RC_OK, "%s", err_get()->why);
	cr_assert_eq(gate_run(&shop.run, "qc_gate", &stopped), RC_OK);
	cr_expect(stopped);
	cr_assert_eq(gate_report(shop.store, 2, &report), RC_OK);
	cr_expect_str_eq(js_text_of(js_get(report, "verdict")), "stop");
	js_free(report);
	cr_expect_eq(gate_refuse(&shop.run, "qc_gate"), RC_DATA);
	cr_expect(strstr(err_get()->why, "purchases above 800") != NULL, "%s", err_get()->why);
}
