/* Import as a whole: accounts, the gate, idempotence, order, several files, refunds, facts, cancel. */
#include "config.h"

#include "ingest/import.h"

#include "base/rng.h"
#include "base/str.h"
#include "../kit/asked.h"
#include "ingest/mapping.h"
#include "kit.h"

static struct kit k;

static void open_kit(void)
{
	kit_open(&k);
}

static void close_kit(void)
{
	kit_close(&k);
}

TestSuite(import, .init = open_kit, .fini = close_kit);

#define HEADER "customer_id,order_date,revenue\n"

Test(import, a_small_file)
{
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,10.00\nb,2024-01-02,5\na,2024-01-03,-2.50\n\na,2024-01-01,1\n", NULL), RC_OK);
	kit_check_accounts(&k, 5, 4, 0, 1);
	cr_expect(k.changed);
	cr_expect_str_eq(kit_word(&k, "status"), "accepted");
	cr_expect_str_eq(kit_word(&k, "reading.amount"), "revenue");
	cr_expect_eq(kit_number(&k, "customers"), 2);
	cr_expect_eq(kit_number(&k, "refunds"), 1);
	cr_expect_str_eq(kit_word(&k, "first_day"), "2024-01-01");
	cr_expect_str_eq(kit_word(&k, "last_day"), "2024-01-02");
	char *states = kit_states(&k);

	/* id first last open days sales refunds open first before total open_sale: the row of 1 January came late */
	cr_expect_str_eq(states, "a 19723 19723 19725 1 2 1 -250 1100 0 850 0\nb 19724 19724 19724 1 1 0 500 500 0 500 1\n");
	free(states);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM audit_entry WHERE kind = 'import'"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT last_row - first_row + 1 FROM raw_file"), 4);
	cr_expect_eq(scratch_int(&k.place, "SELECT revenue_minor FROM raw_file"), 1350);
}

Test(import, the_same_content_again_changes_nothing)
{
	char before[DIGEST_HEX], after[DIGEST_HEX];
	const char *text = HEADER "a,2024-01-01,10.00\n";

	cr_assert_eq(kit_import_text(&k, text, NULL), RC_OK);
	cr_assert_eq(import_state(k.store, before), RC_OK);
	cr_assert_eq(kit_import(&k, kit_file(&k, "another name.csv", text, strlen(text)), NULL), RC_OK);
	cr_expect_not(k.changed);
	cr_expect_str_eq(kit_word(&k, "status"), "known");
	kit_check_accounts(&k, 1, 1, 0, 0);
	cr_assert_eq(import_state(k.store, after), RC_OK);
	cr_expect_str_eq(before, after);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM audit_entry"), 1);
}

/* The last note of the last result's only file; "" without one. */
static const char *last_note(void)
{
	const struct js *notes = js_get(js_at(js_get(k.result, "files"), 0), "notes");
	const char *text = js_text_of(js_at(notes, js_count(notes) > 0 ? js_count(notes) - 1 : 0));

	return text != NULL ? text : "";
}

#define TWO_AMOUNTS "customer_id,order_date,units,spend\na,2024-01-01,1,10.00\nb,2024-01-02,2,20.00\n"

Test(import, known_content_under_other_options_is_told)
{
	cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .amount = "units" }), RC_OK, "%s", err_get()->why);
	cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .amount = "spend" }), RC_OK);
	cr_expect_str_eq(kit_word(&k, "status"), "known");
	cr_expect_not(k.changed);
	cr_expect_not_null(strstr(last_note(), "read then with amount 'units' (now 'spend')"), "%s", last_note());
	cr_expect_not_null(strstr(last_note(), "make a new store"), "%s", last_note());
	cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .amount = "none" }), RC_OK);
	cr_expect_not_null(strstr(last_note(), "amount 'units' (now none)"), "%s", last_note());
	cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .negative = "quarantine" }), RC_OK);
	cr_expect_not_null(strstr(last_note(), "negative 'refund' (now 'quarantine')"), "%s", last_note());
	cr_expect_eq(scratch_int(&k.place, "SELECT revenue_minor FROM raw_file"), 300);
	cr_assert_eq(kit_import_text(&k, HEADER "a,03/04/2024,1\n", &(struct import_ask){ .date_format = "DD/MM/YYYY" }), RC_OK);
	cr_assert_eq(kit_import_text(&k, HEADER "a,03/04/2024,1\n", &(struct import_ask){ .date_format = "MM/DD/YYYY" }), RC_OK);
	cr_expect_not_null(strstr(last_note(), "date_format 'DD/MM/YYYY' (now 'MM/DD/YYYY')"), "%s", last_note());
}

Test(import, known_content_under_the_same_options_has_no_such_note)
{
	const struct import_ask asks[] = {
		{ .amount = "units" }, { .amount = "3" }, { .amount = "UNITS", .customer = "1" }, { .date = "order_date" }, { .negative = "refund" },
		{ .date_format = "YYYY-MM-DD" }, { .delimiter = "," }, { .encoding = "utf-8" }, { .on_bad = "stop" }, { .paths = 0 },
	};

	cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, &asks[0]), RC_OK, "%s", err_get()->why);
	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
		cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, &asks[i]), RC_OK, "%zu: %s", i, err_get()->why);
		cr_expect_str_eq(kit_word(&k, "status"), "known");
		cr_expect_null(strstr(last_note(), "differ"), "%zu: %s", i, last_note());
	}
}

Test(import, an_option_that_cannot_read_known_content_fails)
{
	cr_assert_eq(kit_import_text(&k, TWO_AMOUNTS, NULL), RC_OK, "%s", err_get()->why);
	cr_expect_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .customer = "nope" }), RC_USAGE);
	cr_expect_str_eq(err_get()->id, "CSV-107");
	cr_expect_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .customer = "99" }), RC_USAGE);
	cr_expect_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .mapping = kit_shipped(&k, "plain") }), RC_DATA);
	cr_expect_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .negative = "nope" }), RC_USAGE);
	cr_expect_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .encoding = "nope" }), RC_USAGE);
	cr_expect_eq(kit_import_text(&k, TWO_AMOUNTS, &(struct import_ask){ .delimiter = "\"" }), RC_USAGE);
}

Test(import, known_content_keeps_its_encoding_and_layout_where_nothing_is_said)
{
	static const char latin[] = "customer;date;mont\xE9\nJos\xE9;03/04/2024;1,50\n", cdnow[] = "00001 19970101 1 11.77\n00002 19970102 2 1.50\n";

	cr_assert_eq(kit_import_text(&k, latin, &(struct import_ask){ .encoding = "latin-1", .amount = "3", .date_format = "DD/MM/YYYY" }), RC_OK,
		"%s", err_get()->why);
	cr_expect_eq(kit_import_text(&k, latin, &(struct import_ask){ .amount = "3" }), RC_OK, "%s", err_get()->why);
	cr_expect_null(strstr(last_note(), "differ"), "%s", last_note());
	cr_expect_eq(kit_import_text(&k, latin, &(struct import_ask){ .encoding = "windows-1252" }), RC_OK);
	cr_expect_not_null(strstr(last_note(), "encoding 'latin-1' (now 'windows-1252')"), "%s", last_note());
	cr_assert_eq(kit_import_text(&k, cdnow, &(struct import_ask){ .mapping = kit_shipped(&k, "cdnow") }), RC_OK, "%s", err_get()->why);
	cr_expect_eq(kit_import_text(&k, cdnow, &(struct import_ask){ .mapping = kit_shipped(&k, "cdnow") }), RC_OK, "%s", err_get()->why);
	cr_expect_null(strstr(last_note(), "differ"), "%s", last_note());
	cr_expect_eq(kit_import_text(&k, cdnow, &(struct import_ask){ .amount = "3" }), RC_OK, "%s", err_get()->why);
	cr_expect_not_null(strstr(last_note(), "amount '4' (now '3')"), "%s", last_note());
}

Test(import, the_same_file_twice_in_one_call)
{
	const char *text = HEADER "a,2024-01-01,10.00\n", *path = kit_file(&k, "t.csv", text, strlen(text)), *paths[] = { path, path };

	cr_assert_eq(kit_import(&k, NULL, &(struct import_ask){ .path = paths, .paths = 2 }), RC_OK);
	cr_expect_eq(js_count(js_get(k.result, "files")), 2u);
	cr_expect_eq(scratch_int(&k.place, "SELECT coalesce(sum(rows), 0) FROM raw_block"), 1);
}

Test(import, validate_stores_nothing_and_needs_no_store)
{
	const char *text = HEADER "a,2024-01-01,10.00\nb,bad,1\n";
	const char *path = kit_file(&k, "t.csv", text, strlen(text));

	kit_set(&k, "gate.accepted_percent", "50");
	k.run.store = NULL;
	cr_assert_eq(kit_validate(&k, path, NULL), RC_OK);
	kit_check_accounts(&k, 2, 1, 1, 0);
	cr_expect_not(k.changed);
	cr_expect_eq(kit_number(&k, "reasons.bad-date"), 1);
	cr_expect_eq(kit_validate(&k, "/nowhere/at.all", NULL), RC_IO);
	cr_expect_str_eq(kit_word(&k, "status"), "failed");
	cr_expect_str_eq(kit_word(&k, "error.code"), "CSV-121");
	k.run.store = k.store;
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
}

/* 100 rows of which `bad` have no date. */
static enum rc import_share(int bad, int rows)
{
	struct str t = { 0 };

	str_add(&t, HEADER);
	for (int i = 0; i < rows; i++)
		str_addf(&t, "c%d,%s,1.00\n", i % 7, i < bad ? "" : "2024-02-01");
	enum rc rc = kit_import_text(&k, t.s, NULL);

	str_clear(&t);
	return rc;
}

Test(import, exactly_95_of_100_pass_and_94_do_not)
{
	cr_assert_eq(import_share(5, 100), RC_OK);
	kit_check_accounts(&k, 100, 95, 5, 0);
	cr_assert_eq(import_share(6, 100), RC_DATA);
	cr_expect_str_eq(err_get()->id, "GATE-130");
	cr_expect_not_null(strstr(err_get()->why, "94 of 100"), "%s", err_get()->why);
	cr_expect_not_null(strstr(err_get()->why, "6 missing-date (line 2: c0,,1.00)"), "%s", err_get()->why);
	kit_check_accounts(&k, 100, 94, 6, 0);
	cr_expect_str_eq(kit_word(&k, "status"), "refused");
	cr_expect_not(k.changed);
	cr_expect_eq(scratch_int(&k.place, "SELECT coalesce(sum(rows), 0) FROM raw_block"), 95);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM quar_row"), 11);
	cr_expect_eq(scratch_int(&k.place, "SELECT rows FROM quar_reason q JOIN raw_file f USING (file_id) WHERE status = 'refused'"), 6);
	cr_assert_eq(import_share(10, 200), RC_OK);
	cr_assert_eq(import_share(11, 200), RC_DATA);
}

Test(import, a_refused_file_leaves_customers_as_they_were_and_its_record_once)
{
	cr_assert_eq(kit_import_text(&k, HEADER "c1,2024-01-01,1\nc9,2024-01-02,2\nc1,2024-03-05,3\n", NULL), RC_OK);
	char *before = kit_states(&k);

	cr_assert_eq(import_share(50, 100), RC_DATA);
	char *after = kit_states(&k);

	cr_expect_str_eq(before, after);
	cr_assert_eq(import_share(50, 100), RC_DATA);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 2, "the same refused content again replaces its record");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM quar_row"), 50);
	kit_set(&k, "gate.accepted_percent", "50");
	cr_assert_eq(import_share(50, 100), RC_OK);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file WHERE status = 'refused'"), 0);
	kit_check_accounts(&k, 100, 50, 50, 0);
	free(before);
	free(after);
}

Test(import, a_refused_file_does_not_stop_the_others)
{
	char one[256], two[256];
	const char *bad = HEADER "x,never,1\n", *good = HEADER "a,2024-01-01,10.00\n", *paths[] = { one, two };

	snprintf(one, sizeof one, "%s", kit_file(&k, "bad.csv", bad, strlen(bad)));
	snprintf(two, sizeof two, "%s", kit_file(&k, "good.csv", good, strlen(good)));
	kit_set(&k, "gate.accepted_percent", "95");
	cr_assert_eq(kit_import(&k, NULL, &(struct import_ask){ .path = paths, .paths = 2, .date_format = "YYYY-MM-DD" }), RC_DATA);
	cr_assert_not_null(k.result);
	cr_expect(k.changed);
	cr_expect_eq(scratch_int(&k.place, "SELECT coalesce(sum(rows), 0) FROM raw_block"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_customer"), 1, "a refused file names no customers");
	cr_expect_eq(scratch_int(&k.place, "SELECT customer FROM raw_customer WHERE customer_id = 'a'"), 1);
}

Test(import, any_other_failure_takes_everything_back)
{
	char one[256], two[256];
	const char *good = HEADER "a,2024-01-01,10.00\n", *bad = "who,when\nx,y\n", *paths[] = { one, two };

	snprintf(one, sizeof one, "%s", kit_file(&k, "good.csv", good, strlen(good)));
	snprintf(two, sizeof two, "%s", kit_file(&k, "bad.csv", bad, strlen(bad)));
	cr_assert_eq(kit_import(&k, NULL, &(struct import_ask){ .path = paths, .paths = 2 }), RC_DATA);
	cr_expect_null(k.result);
	cr_expect_str_eq(err_get()->id, "CSV-103");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT coalesce(sum(rows), 0) FROM raw_block"), 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM audit_entry"), 0);
	cr_expect_not(store_in_transaction(k.store));
}

Test(import, inside_the_callers_transaction)
{
	cr_assert_eq(store_begin(k.store), RC_OK);
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,10.00\n", NULL), RC_OK);
	cr_assert(store_in_transaction(k.store));
	store_rollback(k.store);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
	cr_assert_eq(store_begin(k.store), RC_OK);
	cr_assert_eq(import_share(50, 100), RC_DATA);
	cr_assert(store_in_transaction(k.store), "a refusal is the caller's to commit");
	cr_assert_eq(store_commit(k.store), RC_OK);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM quar_row"), 50);
	cr_assert_eq(store_begin(k.store), RC_OK);
	cr_assert_eq(kit_import_text(&k, "who,when\nx,y\n", NULL), RC_DATA);
	cr_expect_not(store_in_transaction(k.store), "a failure is taken back");
}

/* Rows of a few customers on random days, with refunds. */
static void add_random_rows(struct str *t, struct rng *g, int rows)
{
	for (int i = 0; i < rows; i++)
		str_addf(t, "c%d,2024-%02d-%02d,%s%d.%02d\n", (int)rng_below(g, 40), 1 + (int)rng_below(g, 12), 1 + (int)rng_below(g, 28),
			rng_below(g, 5) == 0 ? "-" : "", (int)rng_below(g, 300), (int)rng_below(g, 100));
}

static int by_date(const void *a, const void *b)
{
	return strncmp(strchr(*(char *const *)a, ','), strchr(*(char *const *)b, ','), 11);
}

static void sort_lines(char *text, struct str *out)
{
	char *line[20000], *save = NULL;
	size_t n = 0;

	for (char *l = strtok_r(text, "\n", &save); l != NULL; l = strtok_r(NULL, "\n", &save))
		line[n++] = l;
	qsort(line, n, sizeof *line, by_date);
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s\n", line[i]);
}

Test(import, rows_out_of_order_give_the_state_of_sorted_ones)
{
	struct str text = { 0 }, sorted = { 0 };
	struct kit other;
	struct rng g;

	rng_init(&g, 7, "order");
	str_add(&text, HEADER);
	add_random_rows(&text, &g, 6000);
	cr_assert_eq(kit_import_text(&k, text.s, NULL), RC_OK, "%s", err_get()->why);
	str_add(&sorted, HEADER);
	sort_lines(text.s + strlen(HEADER), &sorted);
	kit_open(&other);
	cr_assert_eq(kit_import_text(&other, sorted.s, NULL), RC_OK);
	char *a = kit_states(&k), *b = kit_states(&other);

	cr_expect_str_eq(a, b);
	kit_check_accounts(&k, 6000, 6000, 0, 0);
	kit_close(&other);
	free(a);
	free(b);
	str_clear(&text);
	str_clear(&sorted);
}

Test(import, files_one_by_one_give_the_state_of_all_in_one)
{
	struct str part[3] = { { 0 } }, all = { 0 };
	struct kit other;
	struct rng g;

	rng_init(&g, 8, "parts");
	str_add(&all, HEADER);
	for (int i = 0; i < 3; i++) {
		size_t head = strlen(HEADER);

		str_add(&part[i], HEADER);
		add_random_rows(&part[i], &g, 700);
		str_add(&all, part[i].s + head);
		cr_assert_eq(kit_import_text(&k, part[i].s, NULL), RC_OK, "%s", err_get()->why);
		str_clear(&part[i]);
	}
	kit_open(&other);
	cr_assert_eq(kit_import_text(&other, all.s, NULL), RC_OK);
	char *a = kit_states(&k), *b = kit_states(&other);

	cr_expect_str_eq(a, b);
	kit_close(&other);
	free(a);
	free(b);
	str_clear(&all);
}

Test(import, rows_that_an_earlier_file_has_are_told_and_kept)
{
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,1\na,2024-01-02,2\nb,2024-01-03,3\n", NULL), RC_OK);
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-02,2\na,2024-01-02,2\nb,2024-01-03,4\nd,2024-01-09,1\n", NULL), RC_OK);
	cr_expect_eq(scratch_int(&k.place, "SELECT overlap FROM raw_file WHERE file_id = 2"), 2);
	cr_expect_eq(scratch_int(&k.place, "SELECT coalesce(sum(rows), 0) FROM raw_block"), 7);
	cr_expect_eq(scratch_int(&k.place, "SELECT note LIKE '2 of 4 rows are also in %t.csv: both are counted now;%--replace-range %..%' FROM raw_file WHERE file_id = 2"), 1);
}

Test(import, negative_amounts_follow_the_setting)
{
	const char *text = HEADER "a,2024-01-01,10\na,2024-01-02,-4\n";

	cr_assert_eq(kit_import_text(&k, text, &(struct import_ask){ .negative = "stop" }), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CSV-119");
	cr_expect_null(strstr(err_get()->why, "is quarantine"), "%s", err_get()->why);
	cr_expect_eq(err_get()->line, 3u);
	kit_set(&k, "gate.accepted_percent", "50");
	kit_set(&k, "import.negative", "quarantine");
	cr_assert_eq(kit_import_text(&k, text, NULL), RC_OK);
	cr_expect_eq(kit_number(&k, "reasons.negative-amount"), 1);
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,10\na,2024-01-02,-5\n", &(struct import_ask){ .negative = "refund" }), RC_OK);
	cr_expect_eq(kit_number(&k, "refunds"), 1);
}

Test(import, on_bad_stop_names_the_first_bad_row)
{
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,10\na,2024-01-40,4\nb,x,y\n", &(struct import_ask){ .on_bad = "stop", .date_format = "iso" }),
		RC_DATA);
	cr_expect_str_eq(err_get()->id, "CSV-118");
	cr_expect_eq(err_get()->line, 3u);
	cr_expect_str_eq(err_get()->source, "a,2024-01-40,4");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
}

Test(import, quantity_times_price)
{
	cr_assert_eq(kit_import_text(&k, "Customer ID;InvoiceDate;Quantity;Unit Price\n17850;01.12.2010 08:26;6;2,55\n17850;13.12.2010;-1;0,125\n", NULL),
		RC_OK, "%s", err_get()->why);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer"), 1530 - 12);
	cr_expect_str_eq(kit_word(&k, "reading.quantity"), "Quantity");
	cr_expect_str_eq(kit_word(&k, "reading.date_format"), "DD.MM.YYYY");
	cr_expect_str_eq(kit_word(&k, "reading.decimal"), ",");
	cr_expect_str_eq(kit_word(&k, "delimiter"), ";");
}

Test(import, a_file_without_money)
{
	cr_assert_eq(kit_import_text(&k, "customer,date\n2,2024-01-01\n1,2024-01-02\n2,2024-01-05\n", NULL), RC_OK);
	kit_check_accounts(&k, 3, 3, 0, 0);
	cr_expect_eq(asked_int(k.place.store, "SELECT count(*) FROM raw_transaction WHERE amount_minor IS NULL"), 3);
	cr_expect_eq(scratch_int(&k.place, "SELECT has_money FROM raw_file"), 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT revenue_minor IS NULL FROM raw_file"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT days FROM raw_customer WHERE customer_id = '2'"), 2);
}

Test(import, currency_and_decimals_are_facts_of_the_store)
{
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,\xC2\xA3" "10.00\n", NULL), RC_OK);
	cr_expect_eq(scratch_int(&k.place, "SELECT value = 'GBP' FROM store_fact WHERE key = 'currency'"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT value = '2' FROM store_fact WHERE key = 'decimals'"), 1);
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,11 EUR\n", NULL), RC_DATA);
	cr_expect_eq(kit_number(&k, "reasons.mixed-currency"), 1);
	kit_set(&k, "currency", "EUR");
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,12\n", NULL), RC_CONFIG);
	kit_set(&k, "currency", "gbp");
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,12\n", NULL), RC_OK);
	kit_set(&k, "decimals", "3");
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,13\n", NULL), RC_CONFIG);
	cr_expect_str_eq(err_get()->id, "CSV-133");
}

Test(import, three_decimals_when_the_store_keeps_them)
{
	kit_set(&k, "decimals", "3");
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,1.234\na,2024-01-02,5\n", NULL), RC_OK);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer"), 6234);
}

Test(import, cancelled_before_and_between_leaves_nothing)
{
	atomic_bool cancel = true;
	struct str t = { 0 };

	k.run.cancel = &cancel;
	str_add(&t, HEADER);
	for (int i = 0; i < 200000; i++)
		str_addf(&t, "c%d,2024-02-01,1.00\n", i % 1000);
	cr_assert_eq(kit_import_text(&k, t.s, NULL), RC_CANCELLED);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT coalesce(sum(rows), 0) FROM raw_block"), 0);
	atomic_store(&cancel, false);
	cr_assert_eq(kit_import_text(&k, t.s, NULL), RC_OK);
	kit_check_accounts(&k, 200000, 200000, 0, 0);
	str_clear(&t);
}

static void cancel_at(void *user, const struct run_progress *p)
{
	if (p->done > 20000)
		atomic_store((atomic_bool *)user, true);
}

Test(import, cancelled_in_the_middle)
{
	atomic_bool cancel = false;
	struct str t = { 0 };

	k.run.cancel = &cancel;
	k.run.on_progress = cancel_at;
	k.run.user = &cancel;
	str_add(&t, HEADER);
	for (int i = 0; i < 400000; i++)
		str_addf(&t, "c%d,2024-02-01,1.00\n", i % 1000);
	cr_assert_eq(kit_import_text(&k, t.s, NULL), RC_CANCELLED);
	cr_expect_eq(rc_exit(err_get()->rc), 4);
	cr_expect_eq(scratch_int(&k.place, "SELECT (SELECT count(*) FROM raw_file) + (SELECT count(*) FROM raw_block) + "
		"(SELECT count(*) FROM raw_customer)"), 0);
	str_clear(&t);
}

Test(import, sums_that_do_not_fit_are_an_error)
{
	struct str t = { 0 };

	str_add(&t, HEADER);
	for (int i = 0; i < 9300; i++)
		str_add(&t, "a,2024-02-01,10000000000000.00\n");
	cr_assert_eq(kit_import_text(&k, t.s, NULL), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CSV-128");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
	str_clear(&t);
}

Test(import, cdnow)
{
	const char *path = kit_reference("cdnow_elog.csv");

	if (path == NULL)
		cr_skip_test("no cdnow_elog.csv: set CLV_REFERENCE to its folder");
	cr_assert_eq(kit_import(&k, path, NULL), RC_OK, "%s", err_get()->why);
	kit_check_accounts(&k, 6919, 6919, 0, 0);
	cr_expect_eq(kit_number(&k, "customers"), 2357);
	cr_expect_str_eq(kit_word(&k, "reading.amount"), "spend");
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(total_minor) FROM raw_customer"), 24409194);
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(days - 1) FROM raw_customer"),
		asked_int(k.place.store, "SELECT count(*) FROM (SELECT DISTINCT customer, day FROM raw_transaction)") - 2357);
	cr_assert_eq(kit_import(&k, path, NULL), RC_OK);
	cr_expect_not(k.changed);
}

Test(import, the_original_cdnow_layout)
{
	static const char *const texts[] = {
		" 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n 00002 19970112  5   77.00\n",
		" 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n 00021 0002 19970101  3   63.34\r\n",
		"00004,19970101,2,29.33\n00004,19970118,2,29.73\n",
		"id,date,units,amount\n00004,1997-01-01,2,29.33\n",
	};
	static const long long rows[] = { 3, 3, 2, 1 };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		cr_assert_eq(kit_import_text(&k, texts[i], &(struct import_ask){ .mapping = kit_shipped(&k, "cdnow") }), RC_OK, "%zu: %s", i, err_get()->why);
		cr_expect_eq(kit_number(&k, "accepted"), rows[i], "%zu", i);
	}
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_customer"), 4);
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(total_minor) FROM raw_customer WHERE customer_id = '00002'"), 8900);
}

/* A file that names orders: the same bytes again are the same purchase. */
#define ORDERS "customer_id,order_id,order_date,revenue\na,o1,2024-01-01,10.00\nb,o2,2024-01-02,20.00\na,o1,2024-01-01,10.00\n"

Test(import, rows_that_stand_twice_count_once_where_orders_are_named)
{
	cr_assert_eq(kit_import_text(&k, ORDERS, NULL), RC_OK, "%s", err_get()->why);
	cr_expect_eq(kit_number(&k, "accepted"), 2);
	cr_expect_eq(kit_number(&k, "duplicate"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT duplicate FROM raw_file"), 1);
}

Test(import, rows_that_stand_twice_follow_the_option)
{
	struct import_ask ask = { .duplicates = "keep" };

	cr_assert_eq(kit_validate(&k, kit_file(&k, "o.csv", ORDERS, strlen(ORDERS)), &ask), RC_OK);
	cr_expect_eq(kit_number(&k, "accepted"), 3);
	ask.duplicates = "drop";
	cr_assert_eq(kit_import_text(&k, "customer_id,order_date,revenue\na,2024-01-01,1\na,2024-01-01,1\nb,2024-01-01,1\n", &ask), RC_OK);
	cr_expect_eq(kit_number(&k, "accepted"), 2);
}

Test(import, purchases_without_an_order_may_be_alike)
{
	cr_assert_eq(kit_import_text(&k, "customer_id,order_date,revenue\na,2024-01-01,1\na,2024-01-01,1\nb,2024-01-01,1\n", NULL), RC_OK);
	cr_expect_eq(kit_number(&k, "accepted"), 3);
	cr_expect_eq(kit_number(&k, "duplicate"), 0);
}

Test(import, an_order_of_two_customers_is_set_aside)
{
	kit_set(&k, "gate.accepted_percent", "50");
	cr_assert_eq(kit_import_text(&k, "customer_id,order_id,order_date,revenue\na,o1,2024-01-01,1\nb,o1,2024-01-02,2\na,o1,2024-01-03,3\n", NULL), RC_OK);
	cr_expect_eq(kit_number(&k, "accepted"), 2);
	cr_expect_eq(kit_number(&k, "reasons.order-two-customers"), 1);
}
