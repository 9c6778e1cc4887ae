/* Zones: days of a place, whatever the machine's own zone. */
#include "config.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "ingest/zone.h"

static struct arena *a;

static void begin(void)
{
	a = arena_new();
	setenv("TZ", "Asia/Tokyo", 1);
}

static void end(void)
{
	arena_free(a);
}

TestSuite(zone, .init = begin, .fini = end);

static const char *day_in(const char *name, const char *text, enum zone_odd *odd)
{
	static char out[16];
	struct zone z;
	struct date_time t;
	const struct date_format iso = { DATE_YMD, '-', false, 0 };

	cr_assert_eq(zone_read(a, name, &z), RC_OK, "%s", err_get()->why);
	cr_assert(date_time_read(text, strlen(text), &iso, &t), "%s", text);
	day_format(out, zone_day(&z, &t, odd));
	return out;
}

Test(zone, days)
{
	static const struct { const char *zone, *text, *want; } table[] = {
		{ "UTC", "2011-12-31T23:30:00-05:00", "2012-01-01" }, { "UTC", "2011-01-01T00:15:00+13:00", "2010-12-31" },
		{ "UTC", "2011-06-30T23:59:60Z", "2011-06-30" }, { "UTC", "2011-06-30 23:30", "2011-06-30" }, { "UTC", "1969-12-31T23:00:00Z", "1969-12-31" },
		{ "UTC", "1970-01-01T00:00:00+01:00", "1969-12-31" }, { "+02:00", "2011-06-30T23:30:00Z", "2011-07-01" },
		{ "-05:00", "2011-06-30T03:30:00Z", "2011-06-29" }, { "as-written", "2011-12-31T23:30:00-05:00", "2011-12-31" },
	};
	enum zone_odd odd;

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		cr_expect_str_eq(day_in(table[i].zone, table[i].text, &odd), table[i].want, "%s in %s", table[i].text, table[i].zone);
}

Test(zone, a_place_with_summer_time)
{
	enum zone_odd odd;

	if (!file_exists("/usr/share/zoneinfo/Europe/London"))
		cr_skip_test("no zone database");
	cr_expect_str_eq(day_in("Europe/London", "2011-06-30T23:30:00Z", &odd), "2011-07-01");
	cr_expect_str_eq(day_in("Europe/London", "2011-12-30T23:30:00Z", &odd), "2011-12-30");
	day_in("Europe/London", "2011-03-27T01:30:00", &odd);
	cr_expect_eq(odd, ZONE_GAP);
	day_in("Europe/London", "2011-10-30T01:30:00", &odd);
	cr_expect_eq(odd, ZONE_FOLD);
	day_in("Europe/London", "2011-10-30T03:30:00", &odd);
	cr_expect_eq(odd, ZONE_PLAIN);
	day_in("Europe/London", "2011-03-27T01:30:00+00:00", &odd);
	cr_expect_eq(odd, ZONE_PLAIN);
}

Test(zone, names_that_are_none)
{
	static const char *const bad[] = { "Mars/Base", "../../etc/passwd", "/etc/passwd", "+2", "+25:00", "", "Europe" };
	struct zone z;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		cr_expect_neq(zone_read(a, bad[i], &z), RC_OK, "%s", bad[i]);
}
