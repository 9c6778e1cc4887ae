/* Dates and money: every form by table, exactly. */
#include "config.h"

#include "ingest/convert.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(date, formats)
{
	static const struct { const char *text, *shown; } good[] = {
		{ "YYYY-MM-DD", "YYYY-MM-DD" }, { "iso", "YYYY-MM-DD" }, { "%Y-%m-%d", "YYYY-MM-DD" }, { "DD/MM/YYYY", "DD/MM/YYYY" },
		{ "d/m/yyyy", "DD/MM/YYYY" }, { "M/D/YYYY", "MM/DD/YYYY" }, { "DD.MM.YYYY", "DD.MM.YYYY" }, { "MM-DD-YY", "MM-DD-YY" },
		{ "YYYYMMDD", "YYYYMMDD" }, { "YYYY-MM-DD HH:MM:SS", "YYYY-MM-DD" }, { "YYYY/MM/DD", "YYYY/MM/DD" },
	};
	static const char *const bad[] = { "", "YYYY", "DD/MM", "DD/MM-YYYY", "DDMMYYYY", "MM/MM/YYYY", "YYYY-DD-MM", "hello", "YYYY-MM-DDx" };

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct date_format f;
		char buf[16];

		cr_assert(date_format_read(good[i].text, &f), "%s", good[i].text);
		cr_expect_eq(date_format_write(buf, &f), strlen(good[i].shown));
		cr_expect_str_eq(buf, good[i].shown);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct date_format f;

		cr_expect_not(date_format_read(bad[i], &f), "%s", bad[i]);
	}
}

static const char *read_date(const char *format, const char *text, bool *offset)
{
	static char iso[16];
	struct date_format f;
	day_t d;

	cr_assert(date_format_read(format, &f));
	*offset = false;
	if (!date_read(text, strlen(text), &f, &d, offset))
		return "bad";
	day_format(iso, d);
	return iso;
}

Test(date, values)
{
	static const struct { const char *format, *text, *want; bool offset; } table[] = {
		{ "YYYY-MM-DD", "2011-06-30", "2011-06-30", false },
		{ "YYYY-MM-DD", "2011-6-3", "2011-06-03", false },
		{ "YYYY-MM-DD", "2012-02-29", "2012-02-29", false },
		{ "YYYY-MM-DD", "2011-02-29", "bad", false },
		{ "YYYY-MM-DD", "2011-13-01", "bad", false },
		{ "YYYY-MM-DD", "0000-00-00", "bad", false },
		{ "YYYY-MM-DD", "0001-01-01", "0001-01-01", false },
		{ "YYYY-MM-DD", "9999-12-31", "9999-12-31", false },
		{ "YYYY-MM-DD", "2011-06-30T23:59:59Z", "2011-06-30", true },
		{ "YYYY-MM-DD", "2011-06-30 23:59:59.123456+02:00", "2011-06-30", true },
		{ "YYYY-MM-DD", "2011-06-30 00:30-0500", "2011-06-30", true },
		{ "YYYY-MM-DD", "2011-06-30 7:05", "2011-06-30", false },
		{ "YYYY-MM-DD", "2016-12-31T23:59:60Z", "2016-12-31", true },
		{ "YYYY-MM-DD", "2011-06-30 25:00", "bad", false },
		{ "YYYY-MM-DD", "2011-06-30 12:60", "bad", false },
		{ "YYYY-MM-DD", "2011-06-30x", "bad", false },
		{ "YYYY-MM-DD", "2011-06-30 ", "bad", false },
		{ "YYYY-MM-DD", "2011-06-30 noon", "bad", false },
		{ "YYYY-MM-DD", "2011/06/30", "bad", false },
		{ "YYYY-MM-DD", "20110630", "bad", false },
		{ "YYYY-MM-DD", "30-06-2011", "bad", false },
		{ "YYYY-MM-DD", "", "bad", false },
		{ "DD/MM/YYYY", "30/06/2011", "2011-06-30", false },
		{ "DD/MM/YYYY", "1/2/2011 4:05 PM", "2011-02-01", false },
		{ "DD/MM/YYYY", "06/30/2011", "bad", false },
		{ "DD/MM/YYYY", "1/2/11", "bad", false },
		{ "MM/DD/YYYY", "1/2/2011", "2011-01-02", false },
		{ "MM/DD/YYYY", "12/1/2010 8:26", "2010-12-01", false },
		{ "DD.MM.YYYY", "01.02.2011", "2011-02-01", false },
		{ "DD/MM/YY", "01/02/68", "2068-02-01", false },
		{ "DD/MM/YY", "01/02/69", "1969-02-01", false },
		{ "YYYYMMDD", "19970101", "1997-01-01", false },
		{ "YYYYMMDD", "1997011", "bad", false },
		{ "YYYYMMDD", "199701011", "bad", false },
		{ "YYYYMMDD", "1997-01-01", "bad", false },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		bool offset;
		const char *got = read_date(table[i].format, table[i].text, &offset);

		cr_expect_str_eq(got, table[i].want, "%s as %s: %s", table[i].text, table[i].format, got);
		cr_expect_eq(offset, table[i].offset, "%s", table[i].text);
	}
}

/* Minor units of two decimals, or a word. */
static const char *read_money(const char *text, char point, bool grouped, char code[4])
{
	static char shown[32];
	static const char *const word[] = { [NUMBER_BAD] = "bad", [NUMBER_DECIMALS] = "decimals", [NUMBER_OVERFLOW] = "overflow" };
	struct currency c = { "" };
	struct decimal d;
	int64_t minor;
	enum number n = decimal_read(text, strlen(text), &(struct number_form){ point, grouped, 0 }, &d, &c);

	memcpy(code, c.code, 4);
	if (n == NUMBER_OK)
		n = decimal_minor(d, 2, &minor);
	if (n != NUMBER_OK)
		return word[n];
	snprintf(shown, sizeof shown, "%lld", (long long)minor);
	return shown;
}

Test(money, values)
{
	static const struct { const char *text; char point; bool grouped; const char *want, *code; } table[] = {
		{ "12.50", '.', false, "1250", "" }, { "0", '.', false, "0", "" }, { "-0", '.', false, "0", "" }, { "+7", '.', false, "700", "" },
		{ "-12.5", '.', false, "-1250", "" }, { ".5", '.', false, "50", "" }, { "5.", '.', false, "500", "" }, { ".", '.', false, "bad", "" },
		{ "", '.', false, "bad", "" }, { "-", '.', false, "bad", "" }, { "12.345", '.', false, "decimals", "" },
		{ "12.3400000000000000", '.', false, "1234", "" }, { "000012.34", '.', false, "1234", "" },
		{ "nan", '.', false, "bad", "" }, { "NaN", '.', false, "bad", "" }, { "Inf", '.', false, "bad", "" }, { "-inf", '.', false, "bad", "" },
		{ "0x1p3", '.', false, "bad", "" }, { "1e3", '.', false, "bad", "" }, { "1_000", '.', false, "bad", "" }, { "12 50", '.', false, "bad", "" },
		{ "--5", '.', false, "bad", "" }, { "(12.50)", '.', false, "-1250", "" }, { "12.50-", '.', false, "-1250", "" }, { "\xE2\x88\x92" "12.50", '.', false, "-1250", "" }, { "(-12.50)", '.', false, "bad", "" }, { "-12.50-", '.', false, "bad", "" }, { "(12.50", '.', false, "bad", "" }, { "95%", '.', false, "bad", "" },
		{ "10000000000000.00", '.', false, "1000000000000000", "" }, { "10000000000000.01", '.', false, "overflow", "" },
		{ "9223372036854775808", '.', false, "overflow", "" }, { "99999999999999999999999999", '.', false, "overflow", "" },
		{ "-99999999999999999999999999.99", '.', false, "overflow", "" }, { "0.1234567891", '.', false, "decimals", "" },
		{ "82544000000000707.52", '.', false, "overflow", "" },
		{ "1,234.56", '.', false, "123456", "" }, { "1,234,567.8", '.', false, "123456780", "" }, { "1,234", '.', false, "bad", "" },
		{ "1,234", '.', true, "123400", "" }, { "12,34.56", '.', false, "bad", "" }, { "1234,567.00", '.', false, "bad", "" }, { ",123.00", '.', false, "bad", "" },
		{ "12,50", '.', false, "bad", "" }, { "12,50", ',', false, "1250", "" }, { "1.234,56", ',', false, "123456", "" },
		{ "12.50", ',', false, "bad", "" }, { "1.234", ',', false, "bad", "" }, { "1.234", ',', true, "123400", "" },
		{ "$12.50", '.', false, "1250", "$" }, { "-$12.50", '.', false, "-1250", "$" }, { "$-12.50", '.', false, "-1250", "$" },
		{ "\xC2\xA3" "12.50", '.', false, "1250", "GBP" }, { "\xE2\x82\xAC" "0,99", ',', false, "99", "EUR" }, { "12.50 \xE2\x82\xAC", '.', false, "1250", "EUR" },
		{ "7.00 GBP", '.', false, "700", "GBP" }, { "USD 7", '.', false, "700", "USD" }, { "R$ 5,00", ',', false, "500", "BRL" },
		{ "USD", '.', false, "bad", "" }, { "7.00 USDX", '.', false, "bad", "" }, { "$7 EUR", '.', false, "bad", "" }, { "7 gbp", '.', false, "bad", "" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char code[4];
		const char *got = read_money(table[i].text, table[i].point, table[i].grouped, code);

		cr_expect_str_eq(got, table[i].want, "'%s' with '%c': %s", table[i].text, table[i].point, got);
		if (strcmp(table[i].want, "bad") != 0)
			cr_expect_str_eq(code, table[i].code, "'%s': currency '%s'", table[i].text, code);
	}
}

Test(money, products_are_rounded_once_half_to_even)
{
	static const struct { struct decimal q, p; int decimals; enum number n; int64_t want; } table[] = {
		{ { 3, 0 }, { 87, 2 }, 2, NUMBER_OK, 261 },
		{ { 5, 1 }, { 101, 2 }, 2, NUMBER_OK, 50 },   /* .505: to even, down */
		{ { 5, 1 }, { 103, 2 }, 2, NUMBER_OK, 52 },   /* .515: to even, up */
		{ { -5, 1 }, { 103, 2 }, 2, NUMBER_OK, -52 },
		{ { 15, 1 }, { 101, 2 }, 2, NUMBER_OK, 152 }, /* 1.515 */
		{ { 1, 0 }, { 12345, 4 }, 2, NUMBER_OK, 123 },
		{ { 1, 0 }, { 12351, 4 }, 2, NUMBER_OK, 124 },
		{ { 7, 0 }, { 2, 0 }, 0, NUMBER_OK, 14 },
		{ { 7, 0 }, { 2, 0 }, 4, NUMBER_OK, 140000 },
		{ { 999999999999999999, 0 }, { 999999999999999999, 0 }, 2, NUMBER_OVERFLOW, 0 },
		{ { 999999999999999999, 9 }, { 1, 9 }, 0, NUMBER_OK, 1 },
		{ { 0, 0 }, { 999999999999999999, 0 }, 2, NUMBER_OK, 0 },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		int64_t got = 0;

		cr_expect_eq(decimal_product(table[i].q, table[i].p, table[i].decimals, &got), table[i].n, "row %zu", i);
		cr_expect_eq(got, table[i].want, "row %zu: %lld", i, (long long)got);
	}
}

Test(money, currencies)
{
	struct currency dollar, usd, cad, eur, yen, jpy;

	cr_assert(currency_read("$", 1, &dollar) && currency_read("usd", 3, &usd) && currency_read("CAD", 3, &cad));
	cr_assert(currency_read("\xE2\x82\xAC", 3, &eur) && currency_read("\xC2\xA5", 2, &yen) && currency_read("JPY", 3, &jpy));
	cr_expect_not(currency_read("US", 2, &dollar));
	cr_expect_not(currency_read("EURO", 4, &dollar));
	cr_expect(currency_same(&dollar, &usd));
	cr_expect(currency_same(&cad, &dollar));
	cr_expect(currency_same(&yen, &jpy));
	cr_expect_not(currency_same(&usd, &cad));
	cr_expect_not(currency_same(&dollar, &eur));
	cr_expect_not(currency_same(&dollar, &yen));
}

static const char *read_form(const char *example, const char *text)
{
	static char got[32];
	struct number_form f;
	struct currency c = { "" };
	struct decimal  d;
	int64_t minor;

	if (!number_form_read(example, &f))
		return "form";
	if (decimal_read(text, strlen(text), &f, &d, &c) != NUMBER_OK || decimal_minor(d, 2, &minor) != NUMBER_OK)
		return "bad";
	snprintf(got, sizeof got, "%lld%s", (long long)minor, c.code);
	return got;
}

Test(money, forms_by_example)
{
	static const struct { const char *form, *text, *want; } table[] = {
		{ "1 234,56", "1 234,50", "123450" }, { "1 234.56", "1\xC2\xA0" "234.50", "123450" }, { "1 234.56", "1\xE2\x80\xAF" "234.50", "123450" },
		{ "1 234.50", "1\xE2\x80\x89" "234 567.00", "123456700" }, { "1 234.50", "1 23.50", "bad" }, { "1 234.50", "1,234.50", "bad" },
		{ "1 234.50", "7 EUR", "700EUR" }, { "1 234,56", "1 234 \xE2\x82\xAC", "123400EUR" }, { "1'234.56", "1'234.50", "123450" },
		{ "1'234.56", "1\xE2\x80\x99" "234.50", "123450" }, { "1'234.56", "1 234.50", "bad" }, { "1.234,56", "1.234", "123400" },
		{ "1,234.56", "1,234", "123400" }, { "1234.56", "1,234", "bad" }, { "1234", "1", "form" }, { "1 234.50", "(1 234.50)", "-123450" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		cr_expect_str_eq(read_form(table[i].form, table[i].text), table[i].want, "'%s' as %s", table[i].text, table[i].form);
}

static day_t serial(const char *format, const char *text)
{
	struct date_format f;
	bool  offset;
	day_t d;

	cr_assert(date_format_read(format, &f));
	return date_read(text, strlen(text), &f, &d, &offset) ? d : DAY_NONE;
}

Test(date, serials_of_a_spreadsheet)
{
	cr_expect_eq(serial("excel", "40513"), day_from_civil(2010, 12, 1));
	cr_expect_eq(serial("excel", "40700.99"), day_from_civil(2011, 6, 6));
	cr_expect_eq(serial("excel", "1"), day_from_civil(1900, 1, 1));
	cr_expect_eq(serial("excel", "59"), day_from_civil(1900, 2, 28));
	cr_expect_eq(serial("excel", "60"), DAY_NONE, "1900-02-29 never was");
	cr_expect_eq(serial("excel", "61"), day_from_civil(1900, 3, 1));
	cr_expect_eq(serial("excel", "0"), DAY_NONE);
	cr_expect_eq(serial("excel", "-1"), DAY_NONE);
	cr_expect_eq(serial("excel", "2958466"), DAY_NONE);
	cr_expect_eq(serial("excel", "40513."), DAY_NONE);
	cr_expect_eq(serial("excel", "4e4"), DAY_NONE);
	cr_expect_eq(serial("excel-1904", "39051"), day_from_civil(2010, 12, 1));
}
