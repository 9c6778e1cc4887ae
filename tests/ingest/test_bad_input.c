/* Bad files and bad rows: a clear error or a counted reason, never a crash or a silent wrong value. */
#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "ingest/quarantine.h"
#include "ingest/spool.h"
#include "kit.h"

static struct kit k;

static void open_kit(void)
{
	kit_open(&k);
	kit_set(&k, "gate.accepted_percent", "0");
}

static void close_kit(void)
{
	kit_close(&k);
}

TestSuite(bad_input, .init = open_kit, .fini = close_kit);

#define HEADER "customer_id,order_date,revenue\n"
#define GOOD "a,2024-01-01,10.00\n"

static void expect_file(const void *bytes, size_t n, enum rc rc, const char *id)
{
	enum rc got = kit_import(&k, kit_file(&k, "f.csv", bytes, n), NULL);

	cr_expect_eq(got, rc, "%s: %s", rc_name(got), err_get()->why);
	cr_expect_str_eq(err_get()->id, id, "%s: %s", err_get()->id, err_get()->why);
	cr_expect_not(k.changed);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file"), 0);
}

#define EXPECT_FILE(bytes, rc, id) expect_file(bytes, sizeof bytes - 1, rc, id)

Test(bad_input, files_that_are_no_table)
{
	EXPECT_FILE("", RC_DATA, "CSV-101");
	EXPECT_FILE("\xEF\xBB\xBF", RC_DATA, "CSV-101");
	EXPECT_FILE("\n \n\t\n\r\n", RC_DATA, "CSV-101");
	EXPECT_FILE("sep=\n\n\n;\ncustomer;date;amount", RC_DATA, "CSV-102");
	EXPECT_FILE(HEADER, RC_DATA, "CSV-102");
	EXPECT_FILE("customer_id,order_date,revenue", RC_DATA, "CSV-102");
	EXPECT_FILE(HEADER "\n,,\n", RC_DATA, "CSV-102");
	EXPECT_FILE("PK\x03\x04" HEADER GOOD, RC_DATA, "CSV-105");
	if (spool_library(SPOOL_GZIP) != NULL)
		EXPECT_FILE("\x1F\x8B\x08" HEADER GOOD, RC_DATA, "CSV-150");
	EXPECT_FILE("<!DOCTYPE html><html>" HEADER GOOD, RC_DATA, "CSV-105");
	EXPECT_FILE("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", RC_DATA, "CSV-105");
	EXPECT_FILE("{\"customer_id\": 1}\n", RC_DATA, "CSV-105");
	EXPECT_FILE("\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10", RC_DATA, "CSV-105");
	EXPECT_FILE("c\0u\0s\0t\0o\0m\0e\0r\0,\0d\0a\0t\0e\0\n\0a\0,\0", RC_DATA, "CSV-112");
	EXPECT_FILE("customer_id,order_date,rev\xE9nue\n" GOOD, RC_DATA, "CSV-115");
	EXPECT_FILE("\"customer_id,order_date,revenue\n" GOOD, RC_DATA, "CSV-117");
	EXPECT_FILE("a,2024-01-01,10.00\nb,2024-01-01,10.00\n", RC_DATA, "CSV-103");
}

Test(bad_input, paths_that_are_no_file)
{
	char path[300];

	cr_expect_eq(kit_import(&k, k.place.dir, NULL), RC_IO);
	cr_expect_str_eq(err_get()->id, "CSV-124");
	snprintf(path, sizeof path, "%s/none.csv", k.place.dir);
	cr_expect_eq(kit_import(&k, path, NULL), RC_IO);
	cr_expect_str_eq(err_get()->id, "CSV-121");
	cr_assert_eq(mkfifo(path, 0600), 0);
	cr_expect_eq(kit_import(&k, path, NULL), RC_IO);
	cr_expect_str_eq(err_get()->id, "CSV-124");
	if (geteuid() != 0) {
		const char *closed = kit_file(&k, "closed.csv", HEADER GOOD, strlen(HEADER GOOD));

		cr_assert_eq(chmod(closed, 0), 0);
		cr_expect_eq(kit_import(&k, closed, NULL), RC_IO);
		cr_expect_str_eq(err_get()->id, "CSV-122");
	}
}

Test(bad_input, a_link_is_followed)
{
	char link[300];
	const char *path = kit_file(&k, "real.csv", HEADER GOOD, strlen(HEADER GOOD));

	snprintf(link, sizeof link, "%s/link.csv", k.place.dir);
	cr_assert_eq(symlink(path, link), 0);
	cr_expect_eq(kit_import(&k, link, NULL), RC_OK);
}

/* One bad row between good ones: its reasons, its line, its offset and its bytes. */
static void expect_row(const char *row, size_t n, const char *reasons)
{
	struct str t = { 0 };
	struct kit own;
	char sql[400];

	kit_open(&own);
	kit_set(&own, "gate.accepted_percent", "0");
	str_add(&t, HEADER GOOD);
	str_add_span(&t, row, n);
	str_add(&t, "\n" "b,2024-01-02,1.00\n");
	cr_assert_eq(kit_import(&own, kit_file(&own, "r.csv", t.s, t.n), NULL), RC_OK, "%s: %s", row, err_get()->why);
	kit_check_accounts(&own, 3, 2, 1, 0);
	snprintf(sql, sizeof sql, "SELECT count(*) FROM quar_row WHERE reasons = '%s' AND line = 3 AND offset = %zu AND length(raw) = %zu AND raw_bytes = %zu",
		reasons, strlen(HEADER GOOD), n, n);
	cr_expect_eq(scratch_int(&own.place, sql), 1, "%s: not %s", row, reasons);
	kit_close(&own);
	str_clear(&t);
}

#define EXPECT_ROW(row, reasons) expect_row(row, sizeof row - 1, reasons)

Test(bad_input, rows)
{
	EXPECT_ROW(",2024-01-01,1", "missing-customer");
	EXPECT_ROW("  ,2024-01-01,1", "missing-customer");
	EXPECT_ROW("null,2024-01-01,1", "missing-customer");
	EXPECT_ROW("N/A,2024-01-01,1", "missing-customer");
	EXPECT_ROW("-,2024-01-01,1", "missing-customer");
	EXPECT_ROW("0,2024-01-01,1", "missing-customer");
	EXPECT_ROW("a,,1", "missing-date");
	EXPECT_ROW("a,2011-02-29,1", "bad-date");
	EXPECT_ROW("a,yesterday,1", "bad-date");
	EXPECT_ROW("a,01/02/2011,1", "bad-date");
	EXPECT_ROW("a,2999-01-01,1", "future-date");
	EXPECT_ROW("a,1969-12-31,1", "early-date");
	EXPECT_ROW("a,2024-01-01,", "missing-amount");
	EXPECT_ROW("a,2024-01-01,NaN", "missing-amount");
	EXPECT_ROW("a,2024-01-01,inf", "bad-amount");
	EXPECT_ROW("a,2024-01-01,0x10", "bad-amount");
	EXPECT_ROW("a,2024-01-01,1.234", "too-many-decimals");
	EXPECT_ROW("a,2024-01-01,99999999999999999999", "overflow");
	EXPECT_ROW(",x,y", "missing-customer;bad-date;bad-amount");
	EXPECT_ROW("a,2024-01-01", "field-count");
	EXPECT_ROW("a,2024-01-01,1,2", "field-count");
	EXPECT_ROW("a,2024-01-01,\"1,2", "unclosed-quote");
	EXPECT_ROW("a\"b,2024-01-01,1", "stray-quote");
	EXPECT_ROW("a\0b,2024-01-01,1", "nul-byte");
	EXPECT_ROW("a\xE9,2024-01-01,1", "invalid-utf8");
	EXPECT_ROW("a\xE9,2024-01-01,1,2", "invalid-utf8;field-count");
	EXPECT_ROW("customer_id,order_date,revenue", "repeated-header");
}

Test(bad_input, nought_is_an_amount_and_a_customer_where_it_is_said)
{
	cr_assert_eq(kit_import_text(&k, "customer,date,quantity,price\n7,2024-01-01,0,0\n0,2024-01-01,1,1\n", NULL), RC_OK);
	kit_check_accounts(&k, 2, 1, 1, 0);
	kit_set(&k, "import.missing_customer", "[]");
	cr_assert_eq(kit_import_text(&k, "customer,date,quantity,price\n0,2024-01-02,1,1\n", NULL), RC_OK);
	kit_check_accounts(&k, 1, 1, 0, 0);
}

Test(bad_input, eight_spellings_of_no_customer)
{
	const char *path = kit_reference("bad-csv/own-missing-customer.csv");

	if (path == NULL)
		cr_skip_test("no reference data");
	cr_assert_eq(kit_import(&k, path, NULL), RC_OK, "%s", err_get()->why);
	kit_check_accounts(&k, 8, 0, 8, 0);
	cr_expect_eq(kit_number(&k, "reasons.missing-customer"), 8);
}

Test(bad_input, two_currencies)
{
	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-01-01,$10\na,2024-01-02,7 EUR\na,2024-01-03,5\na,2024-01-04,$1\n", NULL), RC_OK);
	kit_check_accounts(&k, 4, 3, 1, 0);
	cr_expect_eq(kit_number(&k, "reasons.mixed-currency"), 1);
	cr_assert_eq(kit_import_text(&k, "customer,date,amount,currency\nb,2024-01-01,1,USD\nb,2024-01-02,2,EUR\n", NULL), RC_OK);
	kit_check_accounts(&k, 2, 1, 1, 0);
}

Test(bad_input, an_unclosed_quote_names_the_line_where_it_opened)
{
	cr_assert_eq(kit_import_text(&k, HEADER GOOD "b,2024-01-01,\"1\nc,2024-01-01,2\nd,2024-01-02,3\n", &(struct import_ask){ .on_bad = "stop" }), RC_DATA);
	cr_expect_eq(err_get()->line, 3u);
	cr_assert_eq(kit_import_text(&k, HEADER GOOD "b,2024-01-01,\"1\nc,2024-01-01,2\nd,2024-01-02,3\n", NULL), RC_OK);
	kit_check_accounts(&k, 4, 3, 1, 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT line FROM quar_row"), 3);
}

Test(bad_input, a_field_of_ten_megabytes)
{
	size_t n = 10 << 20;
	struct str t = { 0 };

	str_add(&t, HEADER GOOD "b,");
	for (size_t i = 0; i < n; i++)
		str_add_char(&t, 'x');
	str_add(&t, ",1.00\nc,2024-01-05,2.00\n");
	cr_assert_eq(kit_import(&k, kit_file(&k, "big.csv", t.s, t.n), NULL), RC_OK);
	kit_check_accounts(&k, 3, 2, 1, 0);
	cr_expect_eq(kit_number(&k, "reasons.row-too-long"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT raw_bytes FROM quar_row"), (long long)n + 7);
	cr_expect_leq(scratch_int(&k.place, "SELECT length(raw) FROM quar_row"), 65536);
	str_clear(&t);
}

Test(bad_input, a_field_over_its_limit_in_a_row_within)
{
	struct str t = { 0 };

	kit_set(&k, "import.max_field", "100");
	str_add(&t, HEADER GOOD "b");
	for (int i = 0; i < 100; i++)
		str_add_char(&t, 'x');
	str_add(&t, ",2024-01-01,1\n\"quoted");
	for (int i = 0; i < 100; i++)
		str_add_char(&t, 'x');
	str_add(&t, "\",2024-01-01,1\n");
	cr_assert_eq(kit_import_text(&k, t.s, NULL), RC_OK);
	kit_check_accounts(&k, 3, 1, 2, 0);
	cr_expect_eq(kit_number(&k, "reasons.field-too-long"), 2);
	str_clear(&t);
}

/* A closed quote around many lines, longer than a row may be: one row set aside, and the rows after it are read. */
static void swallow(struct str *t, int lines, bool closed)
{
	str_add(t, HEADER GOOD "b,\"");
	for (int i = 0; i < lines; i++)
		str_add(t, "x\r\n");
	str_add(t, closed ? "\",3.00\nc,2024-01-05,2.00\n" : ",3.00\nc,2024-01-05,2.00\n");
}

Test(bad_input, a_closed_quote_over_the_limit_is_one_row)
{
	struct str t = { 0 };

	swallow(&t, 2000000, true);
	cr_assert_eq(kit_import(&k, kit_file(&k, "quoted.csv", t.s, t.n), NULL), RC_OK, "%s", err_get()->why);
	kit_check_accounts(&k, 3, 2, 1, 0);
	cr_expect_eq(kit_number(&k, "reasons.row-too-long"), 1);
	cr_expect_eq(kit_number(&k, "reasons.field-too-long"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM quar_row WHERE line = 3 AND raw_bytes = 6000009 AND length(raw) = 65536"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT note LIKE '%row at line 3 goes on over 2000001 lines and 6000009 bytes%' FROM raw_file"), 1);
	str_clear(&t);
}

Test(bad_input, an_open_quote_over_the_limit_costs_its_line_only)
{
	struct str t = { 0 };

	swallow(&t, 1500000, false);
	cr_assert_eq(kit_import(&k, kit_file(&k, "open.csv", t.s, t.n), &(struct import_ask){ .date_format = "iso" }), RC_OK, "%s", err_get()->why);
	cr_expect_eq(kit_number(&k, "accepted"), 2);
	cr_expect_eq(kit_number(&k, "reasons.unclosed-quote"), 1);
	str_clear(&t);
}

Test(bad_input, closed_quotes_over_the_limit_in_two_bytes_a_character)
{
	struct str t = { 0 }, wide = { 0 };

	swallow(&t, 900000, true);
	str_add_span(&wide, "\xFF\xFE", 2);
	for (size_t i = 0; i < t.n; i++) {
		str_add_char(&wide, t.s[i]);
		str_add_char(&wide, '\0');
	}
	kit_set(&k, "import.max_row", "100000");
	cr_assert_eq(kit_import(&k, kit_file(&k, "wide.csv", wide.s, wide.n), NULL), RC_OK, "%s", err_get()->why);
	kit_check_accounts(&k, 3, 2, 1, 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT raw_bytes FROM quar_row"), 2 * 2700009);
	str_clear(&t);
	str_clear(&wide);
}

Test(bad_input, one_line_without_an_end)
{
	size_t n = 6 << 20;
	char  *text = malloc(n);

	memset(text, 'x', n);
	cr_expect_eq(kit_import(&k, kit_file(&k, "line.csv", text, n), NULL), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CSV-117");
	cr_expect_not_null(strstr(err_get()->why, "no end within"), "%s", err_get()->why);
	free(text);
}

Test(bad_input, a_refusal_names_the_quarantine_only_where_there_is_one)
{
	const char *path = kit_file(&k, "t.csv", HEADER GOOD "b,never,1\n", strlen(HEADER GOOD "b,never,1\n"));

	kit_set(&k, "gate.accepted_percent", "95");
	cr_assert_eq(kit_validate(&k, path, NULL), RC_DATA);
	cr_expect_not_null(strstr(err_get()->todo, "'import' keeps the rows for 'quarantine list'"), "%s", err_get()->todo);
	cr_assert_eq(kit_import(&k, path, NULL), RC_DATA);
	cr_expect_not_null(strstr(err_get()->todo, "see the rows with 'quarantine list'"), "%s", err_get()->todo);
}

/* A file larger than a block, with a quote that opens in its middle and never closes: memory and time stay bounded, the rest is read. */
Test(bad_input, a_quote_that_swallows_a_large_file)
{
	struct str t = { 0 };

	kit_set(&k, "import.max_row", "20000");
	str_add(&t, HEADER);
	for (int i = 0; i < 200000; i++)
		str_addf(&t, "c%d,2024-01-01,%s1.00\n", i % 100, i == 1000 ? "\"" : "");
	cr_assert_eq(kit_import(&k, kit_file(&k, "open.csv", t.s, t.n), NULL), RC_OK);
	kit_check_accounts(&k, 200000, 199999, 1, 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT line FROM quar_row"), 1002);
	str_clear(&t);
}

/* The same rows in other clothes give the same states. */
Test(bad_input, line_ends_marks_quotes_and_encodings)
{
	static const struct { const char *bytes; size_t n; const char *encoding, *shown; } files[] = {
#define FILE_OF(text, encoding, shown) { text, sizeof text - 1, encoding, shown }
		FILE_OF("customer,date,amount\nJos\xC3\xA9,2024-01-01,1\nb,2024-01-02,2\n", NULL, "utf-8"),
		FILE_OF("customer,date,amount\r\nJos\xC3\xA9,2024-01-01,1\r\nb,2024-01-02,2\r\n", NULL, "utf-8"),
		FILE_OF("customer,date,amount\rJos\xC3\xA9,2024-01-01,1\rb,2024-01-02,2\r", NULL, "utf-8"),
		FILE_OF("customer,date,amount\nJos\xC3\xA9,2024-01-01,1\r\nb,2024-01-02,2", NULL, "utf-8"),
		FILE_OF("\xEF\xBB\xBF" "customer,date,amount\nJos\xC3\xA9,2024-01-01,1\nb,2024-01-02,2\n", NULL, "utf-8"),
		FILE_OF("\"customer\",\"date\",\"amount\"\n\"Jos\xC3\xA9\",\"2024-01-01\",\"1\"\n\"b\",\"2024-01-02\",\"2\"\n", NULL, "utf-8"),
		FILE_OF("customer,date,amount\nJos\xE9,2024-01-01,1\nb,2024-01-02,2\n", "latin-1", "latin-1"),
		FILE_OF("customer,date,amount\nJos\xE9,2024-01-01,1\nb,2024-01-02,2\n", "cp1252", "windows-1252"),
		FILE_OF("\xFF\xFE" "c\0u\0s\0t\0o\0m\0e\0r\0,\0d\0a\0t\0e\0,\0a\0m\0o\0u\0n\0t\0\n\0J\0o\0s\0\xE9\0,\0" "2\0" "0\0" "2\0" "4\0-\0" "0\0" "1\0-\0"
			"0\0" "1\0,\0" "1\0\n\0b\0,\0" "2\0" "0\0" "2\0" "4\0-\0" "0\0" "1\0-\0" "0\0" "2\0,\0" "2\0\n\0", NULL, "utf-16le"),
		FILE_OF("\n\ncustomer ; date ; amount \n Jos\xC3\xA9 ;2024-01-01; 1 \n\n;;\nb; 2024-01-02 ;2\n", NULL, "utf-8"),
	};
	char *first = NULL;

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct kit own;

		kit_open(&own);
		cr_assert_eq(kit_import(&own, kit_file(&own, "c.csv", files[i].bytes, files[i].n), &(struct import_ask){ .encoding = files[i].encoding }), RC_OK,
			"%zu: %s", i, err_get()->why);
		cr_expect_str_eq(kit_word(&own, "encoding"), files[i].shown, "%zu", i);
		cr_expect_eq(kit_number(&own, "accepted"), 2, "%zu", i);
		char *states = kit_states(&own);

		if (first == NULL)
			first = states;
		else {
			cr_expect_str_eq(states, first, "%zu: %s", i, states);
			free(states);
		}
		kit_close(&own);
	}
	free(first);
}

Test(bad_input, undeclared_latin_1_is_refused_with_the_way_out)
{
	kit_set(&k, "gate.accepted_percent", "95");
	cr_assert_eq(kit_import_text(&k, "customer,date,amount\nJos\xE9,2024-01-01,1\nb,2024-01-02,2\n", NULL), RC_DATA);
	cr_expect_not_null(strstr(err_get()->todo, "--encoding windows-1252"), "%s", err_get()->todo);
}

Test(bad_input, bytes_of_other_encodings_come_back_from_quarantine)
{
	cr_assert_eq(kit_import_text(&k, "customer,date,amount\n\x80Jos\xE9\x81,never,1\nb,2024-01-02,2\n", &(struct import_ask){ .encoding = "windows-1252" }), RC_OK);
	cr_expect_eq(scratch_int(&k.place, "SELECT raw = x'804a6f73e9812c6e657665722c31' FROM quar_row"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT offset FROM quar_row"), 21);
	cr_expect_eq(scratch_int(&k.place, "SELECT customer_id = char(0x20AC) || 'Jos' || char(0xE9) || char(0x81) FROM quar_row"), 1);
}

Test(bad_input, nothing_from_a_file_reaches_a_message_unescaped)
{
	kit_set(&k, "gate.accepted_percent", "95");
	cr_assert_eq(kit_import_text(&k, HEADER "\x1B]0;title\x07,\x1B[31mred,1\n", &(struct import_ask){ .date_format = "YYYY-MM-DD" }), RC_DATA);
	for (const char *p = err_get()->why; *p != '\0'; p++)
		cr_expect_geq((unsigned char)*p, 0x20);
	cr_assert_eq(kit_import_text(&k, "\x1B[31mcustomer,a\nx,y\n", NULL), RC_DATA);
	for (const char *p = err_get()->why; *p != '\0'; p++)
		cr_expect_geq((unsigned char)*p, 0x20);
}

/* Quarantine */

static const struct quarantine_ask row_one = { .quar_id = 1, .by = "Ann", .why = "seen with the shop" };

Test(bad_input, a_row_is_discarded_with_name_and_reason)
{
	char before[DIGEST_HEX], after[DIGEST_HEX];
	struct js *js = NULL;

	cr_assert_eq(kit_import_text(&k, HEADER GOOD "b,never,1\n", NULL), RC_OK);
	cr_assert_eq(import_state(k.store, before), RC_OK);
	cr_expect_eq(quarantine_discard(&k.run, &(struct quarantine_ask){ .quar_id = 1, .by = " ", .why = "x" }, &js), RC_USAGE);
	cr_expect_eq(quarantine_discard(&k.run, &(struct quarantine_ask){ .quar_id = 9, .by = "Ann", .why = "x" }, &js), RC_USAGE);
	cr_assert_eq(quarantine_discard(&k.run, &row_one, &js), RC_OK, "%s", err_get()->why);
	cr_expect_eq(js_int_of(js_get(js, "discarded")), 1);
	js_free(js);
	cr_expect_eq(quarantine_discard(&k.run, &row_one, &js), RC_DATA, "it was decided");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM quar_row WHERE state = 'discarded' AND by_name = 'Ann' AND why = 'seen with the shop' AND at IS NOT NULL"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM audit_entry WHERE kind = 'quarantine' AND actor = 'Ann'"), 1);
	cr_assert_eq(import_state(k.store, after), RC_OK);
	cr_expect_str_neq(before, after);
}

Test(bad_input, rows_are_released_when_they_pass_now)
{
	struct js *js = NULL;

	cr_assert_eq(kit_import_text(&k, HEADER "a,2024-03-01,10\na,02/01/2024,4\nc,never,1\nd,2024-01-01,1,1\n", &(struct import_ask){ .date_format = "iso" }),
		RC_OK);
	kit_check_accounts(&k, 4, 1, 3, 0);
	struct import_ask dates = { .date_format = "DD/MM/YYYY" };
	struct quarantine_ask ask = { .file_id = 1, .by = "Ann", .why = "dates the other way round", .reading = &dates };

	cr_assert_eq(quarantine_release(&k.run, &ask, &js), RC_OK, "%s", err_get()->why);
	cr_expect_eq(js_int_of(js_get(js, "released")), 1);
	cr_expect_eq(js_int_of(js_get(js, "kept")), 2);
	js_free(js);
	cr_expect_eq(scratch_int(&k.place, "SELECT accepted * 100 + quarantined FROM raw_file"), 202);
	cr_expect_eq(scratch_int(&k.place, "SELECT revenue_minor FROM raw_file"), 1400);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM quar_row WHERE state = 'released'"), 1);
	char *states = kit_states(&k);

	cr_expect_str_eq(states, "a 19724 19783 19783 2 2 0 1000 400 0 1400 1\n", "%s", states);
	free(states);
}

Test(bad_input, rows_of_a_refused_file_are_not_released)
{
	struct js *js = NULL;

	kit_set(&k, "gate.accepted_percent", "95");
	cr_assert_eq(kit_import_text(&k, HEADER GOOD "b,never,1\n", NULL), RC_DATA);
	cr_expect_eq(quarantine_release(&k.run, &row_one, &js), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CSV-144");
	cr_expect_eq(quarantine_discard(&k.run, &row_one, &js), RC_OK);
	js_free(js);
}
