/* Gates on a real store: ratios at their edge, each column and each row rule once, scores, the raw checks, the report. */
#include "config.h"

#include <criterion/criterion.h>

#include "features/features_module.h"
#include "module/backtest.h"
#include "quality/gate.h"
#include "quality/quality_module.h"
#include "../kit/shop.h"

static struct shop shop;

static void open_shop(void)
{
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "1970-06-30T12:00:00Z", 1); /* day 180 */
	shop_open(&shop, quality_module.settings, features_module.settings);
}

static void close_shop(void)
{
	shop_close(&shop);
}

TestSuite(gate, .init = open_shop, .fini = close_shop);

/* n good customers with two purchases each, and `bad` who only returned something. */
static void fill(int n, int bad)
{
	struct shop_row *row = mem_new((size_t)(2 * n + bad), sizeof *row);
	size_t           k = 0;
	for (int i = 0; i < n; i++) {
		row[k++] = (struct shop_row){ .who = i, .day = 10 + i % 90, .minor = 500 };
		row[k++] = (struct shop_row){ .who = i, .day = 110, .minor = 700 + i };
	}
	for (int i = 0; i < bad; i++)
		row[k++] = (struct shop_row){ .who = n + i, .day = 20, .minor = -100 };
	shop_fill(&shop, row, k);
	free(row);
}

static void features(int64_t made, day_t as_of)
{
	cr_assert_eq(shop_stage(&shop, features_module.stages[0], made, as_of), RC_OK, "%s", err_get()->why);
}

static bool stopped(const char *table)
{
	bool stop = false;
	cr_assert_eq(store_begin(shop.store), RC_OK);
	cr_assert_eq(gate_run(&shop.run, table, &stop), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_commit(shop.store), RC_OK);
	return stop;
}

static bool raw_stopped(int64_t made)
{
	bool stop = false;
	cr_assert_eq(shop_stage(&shop, quality_module.stages[0], made, 110), RC_OK, "%s", err_get()->why);
	cr_assert_eq(gate_run(&shop.run, "qc_gate", &stop), RC_OK);
	return stop;
}

/* The finding of an id as "verdict hits total". */
static const char *found(const char *id)
{
	char sql[256];
	snprintf(sql, sizeof sql, "SELECT verdict || ' ' || hits || ' ' || total FROM qc_result WHERE check_id = '%s' ORDER BY made DESC LIMIT 1", id);
	return shop_text(&shop, sql);
}

static void refusal_names(const char *table, const char *word)
{
	cr_assert_eq(gate_refuse(&shop.run, table), RC_DATA);
	cr_assert_not_null(strstr(err_get()->why, word), "%s", err_get()->why);
	cr_assert_neq(err_get()->todo[0], '\0');
}

Test(gate, who_is_gated)
{
	cr_assert(gate_has("feat_customer"));
	cr_assert(gate_has("feat_backtest"));
	cr_assert(gate_has("score_customer"));
	cr_assert(gate_has("qc_gate"));
	cr_assert_not(gate_has("raw_customer"), "the stage quality judges the raw tables");
	cr_assert_not(gate_has("feat_window"));
	cr_assert_not(gate_has("qc_result"));
}

Test(gate, good_data_pass_every_gate)
{
	fill(100, 0);
	cr_assert_not(raw_stopped(1));
	features(2, 110);
	cr_assert_not(stopped("feat_customer"));
	cr_assert_not(stopped("feat_backtest"));
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM qc_result WHERE verdict = 'stop'"), 0);
	cr_assert_str_eq(shop_text(&shop, "SELECT table_name, made, as_of, rows FROM qc_gate ORDER BY made, table_name"),
		"raw_customer,1,110,100\nfeat_backtest,2,77,78\nfeat_customer,2,110,100\n");
	cr_assert_str_eq(found("G3-customers-features"), "pass 0 100\n");
	cr_assert_str_eq(found("G13-revenue"), "pass 0 124950\n");
}

/* Ratios */

Test(gate, ninety_five_of_a_hundred_customers_have_features)
{
	fill(95, 5);
	features(2, 110);
	cr_assert_not(stopped("feat_customer"));
	cr_assert_str_eq(found("G3-customers-features"), "warn 5 100\n");
	cr_assert_str_eq(found("G5-set-aside"), "warn 5 100\n");
	cr_assert_str_eq(shop_text(&shop, "SELECT examples FROM qc_result WHERE check_id = 'G3-customers-features'"),
		"[\"c95\",\"c96\",\"c97\",\"c98\",\"c99\"]\n");
	cr_assert_str_eq(shop_text(&shop, "SELECT verdict FROM qc_gate WHERE table_name = 'feat_customer'"), "warn\n");
}

Test(gate, ninety_four_of_a_hundred_customers_stop)
{
	fill(94, 6);
	features(2, 110);
	cr_assert(stopped("feat_customer"));
	cr_assert_str_eq(found("G3-customers-features"), "stop 6 100\n");
	refusal_names("feat_customer", "94 of 100 customers");
	cr_assert_not_null(strstr(err_get()->why, "at least 95 %"));
	cr_assert_not_null(strstr(err_get()->why, "c94, c95, c96, c97, c98"));
}

Test(gate, the_threshold_is_a_setting)
{
	fill(94, 6);
	features(2, 110);
	cr_assert_eq(settings_override(shop.settings, "gate.customers_percent", "94", "--set"), RC_OK);
	cr_assert_not(stopped("feat_customer"));
	cr_assert_eq(settings_override(shop.settings, "gate.customers_percent", "95", "--set"), RC_OK);
	cr_assert(stopped("feat_customer"), "judged again, the old results are replaced");
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM qc_result WHERE check_id = 'G3-customers-features'"), 1);
}

Test(gate, repeats_worth_nothing_count_as_missing)
{
	struct shop_row row[200];
	for (int i = 0; i < 100; i++) {
		row[2 * i] = (struct shop_row){ .who = i, .day = 10, .minor = 500 };
		row[2 * i + 1] = (struct shop_row){ .who = i, .day = 100, .minor = i < 6 ? 0 : 500 };
	}
	shop_fill(&shop, row, 200);
	features(2, 110);
	cr_assert(stopped("feat_customer"));
	cr_assert_str_eq(found("G3-customers-features"), "stop 6 100\n");
	cr_assert_str_eq(found("G5-spend"), "pass 0 100\n", "none is left for the rule");
}

Test(gate, as_of_in_the_past_counts_who_was_there)
{
	fill(100, 0);
	features(2, 50);
	cr_assert_not(stopped("feat_customer"));
	cr_assert_str_eq(found("G3-customers-features"), "pass 0 51\n");
	cr_assert_eq(strncmp(found("G13-revenue"), "skip ", 5), 0);
}

static void set_rows_aside(int ids, const char *state)
{
	char sql[512];
	snprintf(sql, sizeof sql, "WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < %d)"
		" INSERT INTO quar_row (file_id, line, offset, raw, raw_bytes, reasons, customer_id, rule_version, state)"
		" SELECT 1, i, 0, x'00', 1, 'bad-date', 'q' || (i / 2), 1, '%s' FROM k", 2 * ids - 1, state);
	scratch_sql(&shop.scratch, sql);
}

Test(gate, ninety_five_of_a_hundred_raw_customers)
{
	fill(95, 0);
	set_rows_aside(5, "open");
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G3-customers-accepted"), "warn 5 100\n");
	cr_assert_str_eq(shop_text(&shop, "SELECT examples FROM qc_result WHERE check_id = 'G3-customers-accepted'"),
		"[\"q0\",\"q1\",\"q2\",\"q3\",\"q4\"]\n");
}

Test(gate, ninety_four_of_a_hundred_raw_customers_stop)
{
	fill(94, 0);
	set_rows_aside(6, "open");
	cr_assert(raw_stopped(1));
	refusal_names("qc_gate", "94 of 100 customers");
	cr_assert_not_null(strstr(err_get()->todo, "quarantine"));
}

Test(gate, rows_released_or_of_known_customers_or_refused_files_do_not_count)
{
	fill(94, 0);
	set_rows_aside(6, "discarded");
	scratch_sql(&shop.scratch, "INSERT INTO quar_row (file_id, line, offset, raw, raw_bytes, reasons, customer_id, rule_version)"
		" VALUES (1, 1, 0, x'00', 1, 'bad-date', 'c1', 1), (1, 1, 0, x'00', 1, 'missing-customer', NULL, 1)");
	scratch_sql(&shop.scratch, "INSERT INTO raw_file (name, bytes, digest, status, encoding, delimiter, reading, has_money, read_rows, accepted,"
		" quarantined, duplicate, blank, imported_at, seconds) VALUES ('no.csv', 1, '1', 'refused', '', '', '', 1, 9, 0, 9, 0, 0, '', 0);"
		"INSERT INTO quar_row (file_id, line, offset, raw, raw_bytes, reasons, customer_id, rule_version)"
		" VALUES (2, 1, 0, x'00', 1, 'bad-date', 'z1', 1)");
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G3-customers-accepted"), "pass 0 94\n");
	cr_assert_str_eq(found("G3-files"), "warn 1 2\n");
}

/* The raw checks that warn */

Test(gate, quarantined_rows_warn)
{
	fill(100, 0);
	scratch_sql(&shop.scratch, "UPDATE raw_file SET read_rows = read_rows + 8, quarantined = 8;"
		"INSERT INTO quar_reason VALUES (1, 'future-date', 5), (1, 'early-date', 2), (1, 'bad-date', 1)");
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G3-rows"), "warn 8 208\n");
	cr_assert_str_eq(found("G9-dates"), "warn 7 208\n");
	cr_assert_str_eq(found("G2-parse"), "pass 1 208\n");
}

Test(gate, more_than_one_row_in_a_hundred_that_cannot_be_read_warns)
{
	fill(99, 0);
	scratch_sql(&shop.scratch, "UPDATE raw_file SET read_rows = read_rows + 2, quarantined = 2; INSERT INTO quar_reason VALUES (1, 'bad-date', 2)");
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G2-parse"), "pass 2 200\n", "one in a hundred is not more than that");
	scratch_sql(&shop.scratch, "UPDATE raw_file SET read_rows = read_rows + 1, quarantined = 3; UPDATE quar_reason SET rows = 3; INSERT INTO quar_reason VALUES (1, 'bad-amount', 2)");
	cr_assert_not(raw_stopped(2));
	cr_assert_str_eq(found("G2-parse"), "warn 3 201\n", "a row with two reasons is one row");
}

Test(gate, old_data_warn_beyond_the_setting)
{
	fill(10, 0);
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G11-freshness"), "pass 0 10\n");
	cr_assert_eq(settings_override(shop.settings, "gate.freshness_days", "70", "--set"), RC_OK);
	cr_assert_not(raw_stopped(2));
	cr_assert_str_eq(found("G11-freshness"), "pass 0 10\n", "day 180 is 70 days after day 110");
	cr_assert_eq(settings_override(shop.settings, "gate.freshness_days", "69", "--set"), RC_OK);
	cr_assert_not(raw_stopped(3));
	cr_assert_str_eq(found("G11-freshness"), "warn 1 10\n");
	cr_assert_str_eq(shop_text(&shop, "SELECT sentence FROM qc_result WHERE made = 3 AND check_id = 'G11-freshness'"),
		"the newest purchase is of 1970-04-21, 70 days ago\n");
}

Test(gate, days_after_today_among_accepted_rows_warn)
{
	struct shop_row row[] = { { 1, 180, 100 }, { 2, 181, 100 } };
	shop_fill(&shop, row, 2);
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G9-dates"), "warn 1 2\n");
}

Test(gate, files_with_and_without_amounts_warn)
{
	fill(10, 0);
	scratch_sql(&shop.scratch, "INSERT INTO raw_file (name, bytes, digest, status, encoding, delimiter, reading, has_money, read_rows, accepted,"
		" quarantined, duplicate, blank, imported_at, seconds) VALUES ('days.csv', 1, '1', 'accepted', '', '', '', 0, 0, 0, 0, 0, 0, '', 0)");
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G8-money"), "warn 1 2\n");
}

Test(gate, states_that_miss_rows_stop)
{
	fill(10, 0);
	scratch_sql(&shop.scratch, "UPDATE raw_customer SET sales = sales - 1 WHERE customer = 3");
	cr_assert(raw_stopped(1));
	cr_assert_str_eq(found("G13-rows"), "stop 1 20\n");
}

Test(gate, an_empty_store_passes_and_says_so)
{
	cr_assert_not(raw_stopped(1));
	cr_assert_str_eq(found("G11-freshness"), "skip 0 0\n");
	cr_assert_str_eq(found("G3-customers-accepted"), "pass 0 0\n");
}

/* Warnings about features */

Test(gate, few_repeats_warn)
{
	struct shop_row row[104];
	for (int i = 0; i < 100; i++)
		row[i] = (struct shop_row){ .who = i, .day = i, .minor = 500 };
	for (int i = 0; i < 4; i++)
		row[100 + i] = (struct shop_row){ .who = i, .day = 110, .minor = 500 };
	shop_fill(&shop, row, 104);
	features(1, 110);
	cr_assert_not(stopped("feat_customer"));
	cr_assert_str_eq(found("G12-repeat-rate"), "warn 96 100\n");
	cr_assert_not_null(strstr(shop_text(&shop, "SELECT sentence FROM qc_result WHERE check_id = 'G12-repeat-rate'"),
		"Gamma-Gamma and cadence are not identified"));
}

/* Customers who come in each 30 days, one purchase each, and one of the first again on the last day. */
static void came(const int *month, int months, int last)
{
	struct shop_row row[600];
	int n = 0;
	for (int k = 0; k < months; k++)
		for (int i = 0; i < month[k]; i++, n++)
			row[n] = (struct shop_row){ .who = n, .day = 30 * k + i % 30, .minor = 500 };
	row[n++] = (struct shop_row){ .who = 0, .day = last, .minor = 500 };
	shop_fill(&shop, row, n);
}

static const char *first_month(int64_t made, int last)
{
	features(made, last);
	cr_assert_not(stopped("feat_customer"));
	return found("G12-first-month");
}

Test(gate, a_first_month_above_twice_the_median_of_the_others_warns)
{
	const int even[] = { 40, 20, 22, 18, 20, 20 };
	came(even, 6, 180);
	cr_assert_str_eq(first_month(1, 180), "pass 40 140\n");
}

Test(gate, a_history_that_begins_too_late_is_told_with_the_option_that_helps)
{
	const int cut[] = { 41, 45, 22, 18, 20, 20, 20 };
	came(cut, 7, 210);
	cr_assert_str_eq(first_month(1, 210), "warn 41 186\n");
	cr_assert_not_null(strstr(shop_text(&shop, "SELECT sentence FROM qc_result WHERE check_id = 'G12-first-month'"), "--cohort-from 1970-03-02 "),
		"the second month is too full as well: the third is proposed");
}

Test(gate, customers_who_come_no_more_are_a_cohort_and_no_lack_of_history)
{
	const int three[] = { 40, 20, 22 };
	came(three, 3, 400);
	cr_assert_str_eq(first_month(1, 400), "skip 40 82\n");
}

Test(gate, one_cohort_only_warns_when_the_span_is_long)
{
	const int one[] = { 50 };
	came(one, 1, 180);
	cr_assert_str_eq(first_month(1, 180), "warn 50 50\n");
	cr_assert_str_eq(first_month(2, 178), "skip 50 50\n");
}

Test(gate, cents_that_get_lost_stop)
{
	fill(20, 1);
	features(1, 110);
	scratch_sql(&shop.scratch, "UPDATE feat_customer SET revenue_minor = revenue_minor + 1 WHERE customer = 4");
	cr_assert(stopped("feat_customer"));
	refusal_names("feat_customer", "G13-revenue");
}

/* G4: each column */

static void without(const char *column)
{
	char sql[256];
	fill(20, 0);
	features(1, 110);
	snprintf(sql, sizeof sql, "DROP VIEW raw_transaction; DROP VIEW mart_customer_value; ALTER TABLE feat_customer RENAME COLUMN %s TO gone", column);
	scratch_sql(&shop.scratch, sql);
	cr_assert(stopped("feat_customer"));
	cr_assert_str_eq(found("G4-columns"), "stop 1 7\n");
	refusal_names("feat_customer", column);
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM qc_result WHERE table_name = 'feat_customer'"), 1, "nothing else is asked");
}

Test(gate, column_customer_id) { without("customer_id"); }
Test(gate, column_recency) { without("recency"); }
Test(gate, column_T) { without("T"); }
Test(gate, column_frequency) { without("frequency"); }
Test(gate, column_monetary_value) { without("monetary_value"); }
Test(gate, column_first_purchase) { without("first_purchase"); }
Test(gate, column_last_purchase) { without("last_purchase"); }

/* G5: each rule */

static void broken(const char *id, const char *assignment)
{
	char sql[256];
	fill(20, 0);
	features(1, 110);
	snprintf(sql, sizeof sql, "UPDATE feat_customer SET %s WHERE customer IN (3, 9)", assignment);
	scratch_sql(&shop.scratch, sql);
	cr_assert(stopped("feat_customer"));
	cr_assert_str_eq(found(id), "stop 2 20\n");
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT count(*) FROM qc_result WHERE verdict = 'stop'"), 1);
	refusal_names("feat_customer", id);
	cr_assert_not_null(strstr(err_get()->why, "c2, c8"), "%s", err_get()->why);
}

Test(gate, rule_frequency) { broken("G5-frequency", "frequency = -1"); }
Test(gate, rule_recency) { broken("G5-recency", "recency = -1"); }
Test(gate, rule_recency_T) { broken("G5-recency-T", "recency = T + 1"); }
Test(gate, rule_monetary_negative) { broken("G5-monetary", "monetary_value = -1.5, frequency = 0"); }
Test(gate, rule_monetary_infinite) { broken("G5-monetary", "monetary_value = 9e999"); }
Test(gate, rule_spend_zero) { broken("G5-spend", "monetary_value = 0.0"); }
Test(gate, rule_spend_missing) { broken("G5-spend", "monetary_value = NULL"); }
Test(gate, rule_dates) { broken("G5-dates", "first_purchase = last_purchase + 1"); }

Test(gate, rule_T)
{
	fill(20, 0);
	features(1, 110);
	scratch_sql(&shop.scratch, "UPDATE feat_customer SET T = -1 WHERE customer = 3");
	cr_assert(stopped("feat_customer"));
	cr_assert_str_eq(found("G5-T"), "stop 1 20\n");
}

static enum rc break_third(void *user, const struct cohort *block)
{
	(void)user;
	cr_assert_eq(block->customer[2], 3);
	block->t_x[2] = block->t[2] + 1;
	return backtest_save(shop.store, 9, 0, block);
}

Test(gate, the_back_test_keeps_the_same_rules)
{
	fill(20, 0);
	features(1, 110);
	cr_assert_not(stopped("feat_backtest"));
	cr_assert_eq(backtest_load(shop.store, 1, break_third, NULL), RC_OK, "%s", err_get()->why);
	scratch_sql(&shop.scratch, "DELETE FROM feat_backtest WHERE made = 1; UPDATE feat_backtest SET made = 1");
	cr_assert(stopped("feat_backtest"));
	cr_assert_str_eq(found("G5-recency-T@cut"), "stop 1 20\n");
	cr_assert_str_eq(found("G5-recency@cut"), "pass 0 20\n");
	refusal_names("feat_backtest", "c2");
}

/* Scores */

static void score(int n)
{
	char sql[512];
	snprintf(sql, sizeof sql, "DELETE FROM score_customer; INSERT INTO score_customer (made, customer, p_alive, expected_purchases, expected_30d,"
		" p_no_purchase, expected_value, clv, clv_low, clv_high, at_risk, already_lost, worth)"
		" SELECT 2, customer, 0.5, 1.5, 0.1, 0.4, 12.0, 18.0, 0.0, 30.0, 1.0, 2.0, 18.0 FROM raw_customer WHERE customer <= %d", n);
	scratch_sql(&shop.scratch, sql);
}

static void scored(int customers, int scores)
{
	static const struct run_source source[] = { { "feat_customer", 1, "" } };
	fill(customers, 0);
	features(1, 110);
	score(scores);
	shop.run.made = 2;
	shop.run.source = source;
	shop.run.sources = 1;
}

Test(gate, every_customer_scored)
{
	scored(100, 100);
	cr_assert_not(stopped("score_customer"));
	cr_assert_str_eq(found("G14-scores"), "pass 0 100\n");
	cr_assert_str_eq(found("G3-customers-scored"), "pass 0 100\n");
	cr_assert_eq(scratch_int(&shop.scratch, "SELECT rows FROM qc_gate WHERE table_name = 'score_customer' AND made = 2"), 100);
}

Test(gate, ninety_five_of_a_hundred_scored_keep_the_ratio_but_not_the_count)
{
	scored(100, 95);
	cr_assert(stopped("score_customer"));
	cr_assert_str_eq(found("G3-customers-scored"), "warn 5 100\n");
	cr_assert_str_eq(found("G14-count"), "stop 5 100\n");
	score(94);
	cr_assert(stopped("score_customer"));
	cr_assert_str_eq(found("G3-customers-scored"), "stop 6 100\n");
	refusal_names("score_customer", "94");
}

static void bad_score(const char *assignment)
{
	char sql[256];
	scored(20, 20);
	snprintf(sql, sizeof sql, "UPDATE score_customer SET %s WHERE customer = 3", assignment);
	scratch_sql(&shop.scratch, sql);
	cr_assert(stopped("score_customer"), "%s", assignment);
	cr_assert_str_eq(found("G14-scores"), "stop 1 20\n", "%s", assignment);
	refusal_names("score_customer", "c2");
}

Test(gate, score_infinite) { bad_score("clv = 9e999"); }
Test(gate, score_negative) { bad_score("expected_purchases = -0.1"); }
Test(gate, score_probability_above) { bad_score("p_alive = 1.01"); }
Test(gate, score_probability_below) { bad_score("p_no_purchase = -0.01"); }
Test(gate, score_interval_upside_down) { bad_score("clv_low = 31.0"); }
Test(gate, score_without_money_among_others) { bad_score("clv = NULL"); }
Test(gate, score_without_any_money_among_others) { bad_score("expected_value = NULL, clv = NULL, clv_low = NULL, clv_high = NULL"); }

Test(gate, scores_without_money_pass)
{
	scored(20, 20);
	scratch_sql(&shop.scratch, "UPDATE score_customer SET expected_value = NULL, clv = NULL, clv_low = NULL, clv_high = NULL, at_risk = NULL,"
		" already_lost = NULL");
	cr_assert_not(stopped("score_customer"));
}

/* The report */

Test(gate, report_of_all_gates)
{
	struct js *r = NULL;
	cr_assert_eq(gate_report(shop.store, 0, &r), RC_OK);
	cr_assert_str_eq(js_text_of(js_get(r, "verdict")), "none");
	js_free(r);
	scored(95, 95);
	cr_assert_not(stopped("score_customer"));
	set_rows_aside(5, "open");
	cr_assert_not(raw_stopped(3));
	cr_assert_eq(gate_report(shop.store, 0, &r), RC_OK);
	cr_assert_str_eq(js_text_of(js_get(r, "verdict")), "warn");
	const struct js *ratio = js_get(r, "ratio");
	cr_assert_eq(js_int_of(js_get(js_get(ratio, "accepted"), "ok")), 95);
	cr_assert_eq(js_int_of(js_get(js_get(ratio, "accepted"), "total")), 100);
	cr_assert_float_eq(js_real_of(js_get(js_get(ratio, "accepted"), "share")), 0.95, 1e-12);
	cr_assert_eq(js_int_of(js_get(js_get(ratio, "scored"), "ok")), 95);
	cr_assert_null(js_get(ratio, "features"), "that gate has not been asked");
	js_free(r);
	cr_assert_eq(gate_report(shop.store, 3, &r), RC_OK);
	cr_assert_null(js_get(js_get(r, "ratio"), "scored"), "one execution only");
	js_free(r);
}

Test(gate, cancelled_checks_end)
{
	atomic_bool stop = true;
	bool        no = false;
	fill(10, 0);
	features(1, 110);
	shop.run.cancel = &stop;
	cr_assert_eq(gate_run(&shop.run, "feat_customer", &no), RC_CANCELLED);
}
