/* Dates over the whole range they are valid in, strict parsing, and the fixed clock. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"

static bool parses(const char *s)
{
	day_t d;

	return day_parse_iso(s, strlen(s), &d);
}

Test(day, every_day_of_9999_years_in_turn)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	day_t want = day_from_civil(1, 1, 1);

	cr_assert_eq(want, -719162);
	for (int year = 1; year <= 9999; year++)
		for (int month = 1; month <= 12; month++) {
			bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
			int days = month == 2 && leap ? 29 : length[month - 1];

			for (int day = 1; day <= days; day++, want++) {
				int y, m, d;

				cr_assert_eq(day_from_civil(year, month, day), want);
				day_to_civil(want, &y, &m, &d);
				cr_assert(y == year && m == month && d == day, "%d-%d-%d", year, month, day);
			}
			cr_assert_not(day_valid(year, month, days + 1));
		}
	cr_assert_eq(want, 2932897);
}

Test(day, text_and_back_over_the_whole_range)
{
	char buf[16];

	for (day_t d = -719162; d <= 2932896; d++) {
		day_t back;

		cr_assert_eq(day_format(buf, d), 10);
		cr_assert(day_parse_iso(buf, 10, &back) && back == d, "%s", buf);
	}
}

Test(day, known_days)
{
	char buf[16];

	cr_assert_eq(day_from_civil(1970, 1, 1), 0);
	cr_assert_eq(day_from_civil(1969, 12, 31), -1);
	cr_assert_eq(day_from_civil(2000, 3, 1), 11017);
	cr_assert_eq(day_from_civil(2038, 1, 19), 24855);
	cr_assert_eq(day_format(buf, DAY_NONE), 0);
	cr_assert_str_eq(buf, "");
	cr_assert_eq(day_format(buf, INT32_MAX), 0);
	day_format(buf, -719162);
	cr_assert_str_eq(buf, "0001-01-01");
	day_format(buf, 2932896);
	cr_assert_str_eq(buf, "9999-12-31");
}

Test(day, leap_days)
{
	cr_assert(day_valid(2024, 2, 29));
	cr_assert(day_valid(2000, 2, 29));
	cr_assert_not(day_valid(1900, 2, 29));
	cr_assert_not(day_valid(2023, 2, 29));
	cr_assert_not(day_valid(0, 2, 29));
	cr_assert_eq(day_from_civil(2024, 3, 1) - day_from_civil(2024, 2, 28), 2);
	cr_assert_eq(day_from_civil(1900, 3, 1) - day_from_civil(1900, 2, 28), 1);
}

Test(day, iso_is_exact)
{
	static const char *const bad[] = {
		"", "2024-1-01", "2024-01-1", "24-01-01", "2024/01/01", "2024-13-01", "2024-00-01", "2024-01-00",
		"2024-02-30", "0000-01-01", "2024-01-01 ", " 2024-01-01", "2024-01-0x", "-024-01-01", "+024-01-01",
		"2024-01-01T00", "20240101",
	};
	day_t d = 7;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		cr_assert_not(day_parse_iso(bad[i], strlen(bad[i]), &d), "'%s'", bad[i]);
	cr_assert_eq(d, 7);
	cr_assert(parses("9999-12-31"));
	cr_assert(day_parse_iso("2024-01-01T12:00", 10, &d) && d == day_from_civil(2024, 1, 1));
}

Test(day, the_clock_is_fixed_for_tests_only)
{
	char buf[32];

	setenv("CLV_NOW", "2026-11-20T12:34:56Z", 1);
	unsetenv("CLV_TEST");
	cr_assert_not(clock_is_fixed());
	setenv("CLV_TEST", "yes", 1);
	cr_assert_not(clock_is_fixed());
	setenv("CLV_TEST", "1", 1);
	cr_assert(clock_is_fixed());
	cr_assert_eq(clock_today(), day_from_civil(2026, 11, 20));
	cr_assert_eq(clock_now(buf), 20);
	cr_assert_str_eq(buf, "2026-11-20T12:34:56Z");
	cr_assert_eq(clock_seconds(), 0);
}

Test(day, a_bad_fixed_time_is_not_taken)
{
	static const char *const bad[] = {
		"", "2026-11-20", "2026-11-20T24:00:00Z", "2026-11-20T12:00:60Z", "2026-11-20 12:00:00Z",
		"2026-11-20T12:00:00", "2026-02-30T12:00:00Z",
	};

	setenv("CLV_TEST", "1", 1);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		setenv("CLV_NOW", bad[i], 1);
		cr_assert_not(clock_is_fixed(), "'%s'", bad[i]);
	}
	setenv("CLV_NOW", "1969-12-31T23:59:59Z", 1);
	cr_assert_eq(clock_today(), -1);
}

Test(day, the_real_clock_runs)
{
	char buf[32];
	double before;

	unsetenv("CLV_TEST");
	before = clock_seconds();
	cr_assert_gt(clock_today(), day_from_civil(2020, 1, 1));
	cr_assert_eq(clock_now(buf), 20);
	cr_assert_gt(before, 0);
	cr_assert_geq(clock_seconds(), before);
}
