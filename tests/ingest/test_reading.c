/* Which column is what, and in which form: exactly one reading, or an error that says what settles it. */
#include "config.h"

#include "ingest/reading.h"

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

TestSuite(reading, .init = open_kit, .fini = close_kit);

static void expect_reading(const char *text, const struct import_ask *ask, const char *customer, const char *date, const char *amount)
{
	cr_assert_eq(kit_import_text(&k, text, ask), RC_OK, "%s: %s", text, err_get()->why);
	cr_expect_str_eq(kit_word(&k, "reading.customer"), customer, "%s", text);
	cr_expect_str_eq(kit_word(&k, "reading.date"), date, "%s", text);
	cr_expect_str_eq(kit_word(&k, "reading.amount"), amount, "%s", text);
}

static void expect_error(const char *text, const struct import_ask *ask, enum rc rc, const char *id)
{
	enum rc got = kit_import_text(&k, text, ask);

	cr_expect_eq(got, rc, "%s: %s %s", text, rc_name(got), err_get()->why);
	cr_expect_str_eq(err_get()->id, id, "%s: %s: %s", text, err_get()->id, err_get()->why);
}

Test(reading, a_shipped_mapping_that_is_not_there_is_told)
{
	struct mapping *m;

	cr_expect_eq(mapping_read(k.run.arena, "plian", &m), RC_USAGE);
	cr_expect_str_eq(err_get()->id, "MAP-110");
	cr_expect_not_null(strstr(err_get()->todo, "plain"), "%s", err_get()->todo);
}

Test(reading, plain_takes_names_as_they_are_written_and_what_may_be_missing)
{
	const struct import_ask plain = { .mapping = kit_shipped(&k, "plain") };

	expect_reading("Customer ID;ORDER-DATE;Revenue\na;2024-01-01;1\n", &plain, "Customer ID", "ORDER-DATE", "Revenue");
	expect_reading("x,revenue,order.date,customer_id,Invoice No,currency\n1,2.50,2024-01-01,a,7,EUR\n1,2.50,2024-01-01,a,7,EUR\n", &plain, "customer_id", "order.date",
		"revenue");
	cr_expect_eq(kit_number(&k, "accepted"), 1); /* the file names orders: an exact repeat counts once */
	cr_expect_str_eq(kit_word(&k, "reading.order"), "Invoice No");
	expect_error("customer_id,revenue\na,1\n", &plain, RC_DATA, "CSV-103");
}

Test(reading, cdnow_is_the_layout_whose_column_holds_dates)
{
	const struct import_ask cdnow = { .mapping = kit_shipped(&k, "cdnow") };

	expect_reading("id,date,units,spend,master\n1,1997-01-01,2,29.33,4\n", &cdnow, "id", "date", "spend");
	expect_reading("1 0001 19970101 2 29.33\n1 0001 19970118 1 14.96\n", &cdnow, "1", "3", "5");
	expect_reading("1 19970101 2 29.33\n1 19970118 1 14.97\n", &cdnow, "1", "2", "4");
	expect_error("1,19970101,2\n1,19970118,1\n", &cdnow, RC_DATA, "CSV-103");
	cr_expect_not_null(strstr(err_get()->why, "5 columns, and"), "%s", err_get()->why);
}

Test(reading, names_in_any_spelling)
{
	expect_reading("Customer ID,ORDER_DATE,Revenue\na,2024-01-01,1\n", NULL, "Customer ID", "ORDER_DATE", "Revenue");
	expect_reading("id;CLIENT-ID;date;Total (EUR)\n9;a;2024-01-01;2\n", NULL, "CLIENT-ID", "date", "Total (EUR)");
	expect_reading("spend\tdate\tcustomer\tmaster_id\n3.50\t2024-01-01\ta\t7\n", NULL, "customer", "date", "spend");
	expect_reading("user|timestamp|value\na|2024-01-01T10:00:00Z|4\n", NULL, "user", "timestamp", "value");
	expect_reading("sep=;\ncustomer;date;amount\na;2024-01-01;5\n", NULL, "customer", "date", "amount");
	expect_reading("\n\ncustomer,date,amount\na,2024-01-01,6\n", NULL, "customer", "date", "amount");
}

Test(reading, options_win)
{
	const char *text = "customer,buyer,date,shipped,amount,cost\na,b,2024-01-01,2024-02-01,5,3\n";
	struct import_ask ask = { .customer = "buyer", .date = "4", .amount = "cost" };

	expect_reading(text, &ask, "buyer", "shipped", "cost");
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer WHERE customer_id = 'b'"), 300);
	text = "customer,buyer,date,shipped,amount,cost\na,b,2024-01-01,2024-02-01,5,4\n"; /* unknown content: options are looked at */
	ask.customer = "nobody";
	expect_error(text, &ask, RC_USAGE, "CSV-107");
	ask.customer = "17";
	expect_error(text, &ask, RC_USAGE, "CSV-107");
	expect_error(text, &(struct import_ask){ .delimiter = "::" }, RC_USAGE, "CSV-113");
	expect_error(text, &(struct import_ask){ .encoding = "klingon" }, RC_USAGE, "CSV-110");
	expect_error(text, &(struct import_ask){ .date_format = "soon" }, RC_USAGE, "CSV-111");
}

Test(reading, columns_by_number_need_no_header)
{
	struct import_ask ask = { .customer = "1", .date = "2", .amount = "3" };

	expect_reading("a,2024-01-01,5\nb,2024-01-02,6\n", &ask, "1", "2", "3");
	kit_check_accounts(&k, 2, 2, 0, 0);
	expect_reading("who,when,what\na,2024-01-01,7\n", &ask, "who", "when", "what");
}

Test(reading, two_readings_are_refused)
{
	expect_error("customer_id,customer,date,amount\na,b,2024-01-01,1\n", NULL, RC_AMBIGUOUS, "CSV-106");
	expect_error("customer,date,order_date,amount\na,2024-01-01,2024-01-01,1\n", NULL, RC_AMBIGUOUS, "CSV-106");
	expect_error("customer,date,sales,revenue\na,2024-01-01,1,2\n", NULL, RC_AMBIGUOUS, "CSV-106");
	expect_error("customer,date,takings\na,2024-01-01,1.50\n", NULL, RC_AMBIGUOUS, "CSV-106");
	cr_expect_not_null(strstr(err_get()->todo, "--amount 'takings'"), "%s", err_get()->todo);
	expect_error("customer,date,quantity,price,total\na,2024-01-01,2,3.00,7.00\n", NULL, RC_AMBIGUOUS, "CSV-106");
	expect_error("customer,date,date,amount\na,2024-01-01,2024-01-01,1\n", NULL, RC_AMBIGUOUS, "CSV-104");
	expect_reading("customer,date,quantity,price,total\na,2024-01-01,2,3.00,6.00\n", NULL, "customer", "date", "total");
	expect_reading("customer,date,takings\na,2024-01-01,1.50\n", &(struct import_ask){ .amount = "none" }, "customer", "date", "");
	expect_reading("customer,date,date,amount\na,2024-01-01,2024-01-02,8\n", &(struct import_ask){ .date = "3" }, "customer", "date", "amount");
}

Test(reading, missing_columns)
{
	expect_error("date,amount\n2024-01-01,1\n", NULL, RC_DATA, "CSV-103");
	expect_error("customer,amount\na,1\n", NULL, RC_DATA, "CSV-103");
	expect_error("customer,date,quantity\na,2024-01-01,2\n", NULL, RC_DATA, "CSV-103");
	expect_error("customer,order_date,revenue\na,2024-01-01,1\n", &(struct import_ask){ .mapping = kit_shipped(&k, "cdnow") }, RC_DATA, "CSV-103");
	expect_error("customer,date,amount\na,2024-01-01,1\n", &(struct import_ask){ .mapping = kit_shipped(&k, "plain") }, RC_DATA, "CSV-103");
	expect_error("customer,date,amount\na,sometime,1\nb,soon,2\nc,2024-01-01,2\n", NULL, RC_DATA, "CSV-109");
}

Test(reading, the_whole_column_decides_day_and_month)
{
	expect_reading("customer,date,amount\na,01/02/2011,1\na,13/02/2011,2\n", NULL, "customer", "date", "amount");
	cr_expect_str_eq(kit_word(&k, "reading.date_format"), "DD/MM/YYYY");
	cr_expect_str_eq(kit_word(&k, "first_day"), "2011-02-01");
	expect_reading("customer,date,amount\na,01-02-2011,1\na,02-13-2011,2\n", NULL, "customer", "date", "amount");
	cr_expect_str_eq(kit_word(&k, "reading.date_format"), "MM-DD-YYYY");
	expect_reading("customer,date,amount\na,02/02/2011,1\n", NULL, "customer", "date", "amount");
	expect_error("customer,date,amount\na,01/02/2011,1\na,03/04/2011,2\n", NULL, RC_AMBIGUOUS, "CSV-108");
	expect_error("customer,date,amount\na,01/13/2011,1\na,13/01/2011,2\n", NULL, RC_AMBIGUOUS, "CSV-108");
	cr_expect_not_null(strstr(err_get()->why, "in line 3"), "%s", err_get()->why);
	expect_reading("customer,date,amount\na,01/02/2011,1\na,03/04/2011,2\n", &(struct import_ask){ .date_format = "MM/DD/YYYY" }, "customer", "date",
		"amount");
	cr_expect_str_eq(kit_word(&k, "first_day"), "2011-01-02");
}

/* The row that decides stands far behind the sample. */
Test(reading, a_late_row_decides)
{
	static char text[200000];
	size_t n = (size_t)sprintf(text, "customer,date,amount\n");

	for (int i = 0; i < 5000; i++)
		n += (size_t)sprintf(text + n, "c%d,%02d/%02d/2011,1.00\n", i, 1 + i % 12, 1 + i % 7);
	sprintf(text + n, "z,25/01/2011,1.00\n");
	expect_reading(text, NULL, "customer", "date", "amount");
	cr_expect_str_eq(kit_word(&k, "reading.date_format"), "DD/MM/YYYY");
	kit_check_accounts(&k, 5001, 5001, 0, 0);
}

Test(reading, one_decimal_mark_for_a_column)
{
	kit_set(&k, "gate.accepted_percent", "0");
	expect_reading("customer;date;amount\na;2024-01-01;1.234,56\na;2024-01-02;7\na;2024-01-03;2.000\n", NULL, "customer", "date", "amount");
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer"), 123456 + 700 + 200000);
	expect_reading("customer;date;amount\nb;2024-01-01;5,5\nb;2024-01-02;5.5\nb;2024-01-02;6,5\n", NULL, "customer", "date", "amount");
	kit_check_accounts(&k, 3, 2, 1, 0);
	cr_expect_eq(scratch_int(&k.place, "SELECT total_minor FROM raw_customer WHERE customer_id = 'b'"), 1200);
	expect_reading("customer,date,amount\nc,2024-01-01,\"1,234\"\n", NULL, "customer", "date", "amount");
	kit_check_accounts(&k, 1, 0, 1, 0);
}
