/* Growable text and numbers as text: limits, shortest form, round trip, any locale. */
#include "config.h"

#include <criterion/criterion.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/str.h"

static const char *shown(double v)
{
	static char buf[32];

	cr_assert_eq(str_double(buf, v), strlen(buf));
	return buf;
}

static const char *minor(int64_t v, int decimals)
{
	static char buf[32];

	cr_assert_eq(str_minor(buf, v, decimals), strlen(buf));
	return buf;
}

static bool reads_int(const char *s, int64_t *out)
{
	return str_int(s, strlen(s), out);
}

static bool reads_real(const char *s, double *out)
{
	return str_real(s, strlen(s), out);
}

Test(str, grows)
{
	struct str t = { .s = NULL };

	for (int i = 0; i < 10000; i++)
		str_addf(&t, "%d,", i % 10);
	cr_assert_eq(t.n, 20000);
	cr_assert_eq(strlen(t.s), 20000);
	str_clear(&t);
	cr_assert_null(t.s);
	str_add_span(&t, "a\0b", 3);
	str_add_char(&t, 'c');
	str_add(&t, "");
	cr_assert_eq(t.n, 4);
	cr_assert_eq(memcmp(t.s, "a\0bc", 5), 0);
	str_clear(&t);
}

Test(str, take_hands_over)
{
	struct str t = { .s = NULL };
	char *nothing = str_take(&t), *text;

	str_add(&t, "x");
	text = str_take(&t);
	cr_assert_str_eq(nothing, "");
	cr_assert_str_eq(text, "x");
	cr_assert_null(t.s);
	cr_assert_eq(t.n, 0);
	free(nothing);
	free(text);
}

Test(str, integers_at_their_limits)
{
	int64_t v = 42;

	cr_assert(reads_int("9223372036854775807", &v) && v == INT64_MAX);
	cr_assert(reads_int("-9223372036854775808", &v) && v == INT64_MIN);
	cr_assert(reads_int("+0", &v) && v == 0);
	cr_assert(reads_int("-0", &v) && v == 0);
	cr_assert(reads_int("000000000000000000000000017", &v) && v == 17);
	cr_assert(str_int("12345", 3, &v) && v == 123);
}

Test(str, what_is_no_integer)
{
	static const char *const bad[] = {
		"", "-", "+", "--1", "+-1", " 1", "1 ", "1.0", "1e3", "0x10", "9223372036854775808",
		"-9223372036854775809", "99999999999999999999999", "1,000", "\xD9\xA1", "1\n",
	};
	int64_t v = 42;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		cr_assert_not(reads_int(bad[i], &v), "'%s'", bad[i]);
	cr_assert_not(str_int("1\0", 2, &v));
	cr_assert_eq(v, 42);
}

Test(str, reals)
{
	double v;

	cr_assert(reads_real("0.1", &v) && v == 0.1);
	cr_assert(reads_real("-.5", &v) && v == -0.5);
	cr_assert(reads_real("5.", &v) && v == 5);
	cr_assert(reads_real("+1E+2", &v) && v == 100);
	cr_assert(reads_real("1.7976931348623157e308", &v) && v == DBL_MAX);
	cr_assert(reads_real("4.9e-324", &v) && v == DBL_TRUE_MIN);
	cr_assert(reads_real("1e-400", &v) && v == 0);
	cr_assert(reads_real("-0", &v) && v == 0 && signbit(v));
	cr_assert(str_real("1.25e9", 4, &v) && v == 1.25);
	/* half way between two doubles, then a hair above: every digit counts */
	cr_assert(reads_real("9007199254740993", &v) && v == 9007199254740992.0);
	cr_assert(reads_real("9007199254740993.00000000000000000000000000000000001", &v) && v == 9007199254740994.0);
}

Test(str, what_is_no_real)
{
	static const char *const bad[] = {
		"", ".", "-", "e5", "1e", "1e+", "1.2.3", "nan", "NAN", "inf", "-Infinity", "0x1p3", "1,5", " 1",
		"1 ", "1e400", "-1e309", "1.0f", "1e5.0", "١",
	};
	double v = 42;
	char many[500];

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		cr_assert_not(reads_real(bad[i], &v), "'%s'", bad[i]);
	memset(many, '1', sizeof many);
	cr_assert_not(str_real(many, 401, &v));
	cr_assert_eq(v, 42);
	cr_assert(str_real(many, 300, &v));
}

Test(str, shortest_doubles)
{
	static const struct { double v; const char *text; } known[] = {
		{ 0, "0" }, { -0.0, "-0" }, { 1, "1" }, { -1.5, "-1.5" }, { 0.1, "0.1" }, { 0.1 + 0.2, "0.30000000000000004" },
		{ 1.0 / 3, "0.3333333333333333" }, { 100000, "100000" }, { 1e15, "1e15" }, { 1e21, "1e21" },
		{ 1e22, "1e22" }, { 1e23, "1e23" }, { 1e-7, "1e-7" }, { 0.0001, "0.0001" }, { 123456.789, "123456.789" },
		{ 9007199254740993.0, "9007199254740992" }, { DBL_MAX, "1.7976931348623157e308" },
		{ DBL_MIN, "2.2250738585072014e-308" }, { DBL_TRUE_MIN, "5e-324" }, { 2.225e-308, "2.225e-308" },
		{ 5.684341886080802e-14, "5.684341886080802e-14" }, { NAN, "nan" }, { INFINITY, "inf" }, { -INFINITY, "-inf" },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		cr_assert_str_eq(shown(known[i].v), known[i].text);
}

static void check_round_trip(double v)
{
	char buf[32];
	double back;

	cr_assert(str_real(buf, str_double(buf, v), &back), "%a", v);
	cr_assert_eq(memcmp(&v, &back, sizeof v), 0, "%a gave %s", v, buf);
}

Test(str, doubles_of_any_bits_come_back)
{
	struct rng g;

	rng_init(&g, 1, "bits");
	for (int i = 0; i < 30000; i++) {
		uint64_t bits = rng_next(&g);
		double v;

		memcpy(&v, &bits, sizeof v);
		if (isfinite(v))
			check_round_trip(v);
	}
	for (int e = -1074; e < 1024; e++) {
		check_round_trip(ldexp(1, e));
		check_round_trip(nextafter(ldexp(1, e), 0));
	}
}

Test(str, the_locale_is_not_looked_at)
{
	static const char *const comma[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8", "de_DE", "fr_FR" };
	struct str t = { .s = NULL };
	const char *found = NULL;
	double v;

	for (size_t i = 0; i < sizeof comma / sizeof comma[0] && !found; i++)
		found = setlocale(LC_ALL, comma[i]);
	if (!found)
		cr_skip_test("no locale with a decimal comma is installed");
	cr_assert_str_eq(shown(0.5), "0.5");
	cr_assert(reads_real("0.5", &v) && v == 0.5);
	cr_assert_not(reads_real("0,5", &v));
	str_addf(&t, "%.2f", 0.25);
	cr_assert_str_eq(t.s, "0.25");
	str_clear(&t);
}

Test(str, minor_units)
{
	cr_assert_str_eq(minor(-1234, 2), "-12.34");
	cr_assert_str_eq(minor(5, 2), "0.05");
	cr_assert_str_eq(minor(-5, 2), "-0.05");
	cr_assert_str_eq(minor(0, 2), "0.00");
	cr_assert_str_eq(minor(100, 2), "1.00");
	cr_assert_str_eq(minor(1234, 0), "1234");
	cr_assert_str_eq(minor(0, 0), "0");
	cr_assert_str_eq(minor(7, 3), "0.007");
	cr_assert_str_eq(minor(INT64_MIN, 2), "-92233720368547758.08");
	cr_assert_str_eq(minor(INT64_MAX, 0), "9223372036854775807");
	cr_assert_str_eq(minor(INT64_MIN, 18), "-9.223372036854775808");
}

Test(str, ends)
{
	cr_assert(str_ends("a.csv", ".csv"));
	cr_assert(str_ends("a", ""));
	cr_assert_not(str_ends("sv", ".csv"));
	cr_assert_not(str_ends("a.csv.gz", ".csv"));
}
