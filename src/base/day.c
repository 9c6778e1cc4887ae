/* Civil dates and day numbers, and the clock. Years are counted from March, so that the leap day is the last
 * of its year and months before it have a regular length. No time zone, no libc calendar. */
#include "config.h"

#include "base/day.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAYS_PER_ERA 146097                     /* 400 Gregorian years */
#define EPOCH        719468                     /* 0000-03-01 to 1970-01-01 */
#define FIRST_DAY    (-719162)                  /* 0001-01-01 */
#define LAST_DAY     2932896                    /* 9999-12-31 */
#define SECONDS_PER_DAY 86400

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool day_valid(int year, int month, int day)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= length[month - 1] + (month == 2 && is_leap(year));
}

day_t day_from_civil(int year, int month, int day)
{
	int y = month > 2 ? year : year - 1;
	int m = month > 2 ? month - 3 : month + 9; /* March is 0 */
	int of_year = (153 * m + 2) / 5 + day - 1;  /* 153 days in every five months from March */

	assert(day_valid(year, month, day));
	return y * 365 + y / 4 - y / 100 + y / 400 + of_year - EPOCH;
}

void day_to_civil(day_t d, int *year, int *month, int *day)
{
	int n = d + EPOCH;
	int era, of_era, y, of_year, m;

	assert(d >= FIRST_DAY && d <= LAST_DAY);
	era = n / DAYS_PER_ERA;
	of_era = n % DAYS_PER_ERA;
	/* Leave the leap days out of the count, and every year has 365. */
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	*day = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = era * 400 + y + (*month <= 2);
}

/* The number of `digits` digits at s, or -1. */
static int number_at(const char *s, int digits)
{
	int v = 0;

	for (int i = 0; i < digits; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

bool day_parse_iso(const char *s, size_t n, day_t *out)
{
	int year, month, day;

	if (n != 10 || s[4] != '-' || s[7] != '-')
		return false;
	year = number_at(s, 4);
	month = number_at(s + 5, 2);
	day = number_at(s + 8, 2);
	if (!day_valid(year, month, day))
		return false;
	*out = day_from_civil(year, month, day);
	return true;
}

static char *put_number(char *to, int v, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		to[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return to + digits;
}

size_t day_format(char buf[16], day_t d)
{
	int year, month, day;
	char *p = buf;

	if (d < FIRST_DAY || d > LAST_DAY) {
		buf[0] = '\0';
		return 0;
	}
	day_to_civil(d, &year, &month, &day);
	p = put_number(p, year, 4);
	*p++ = '-';
	p = put_number(p, month, 2);
	*p++ = '-';
	p = put_number(p, day, 2);
	*p = '\0';
	return (size_t)(p - buf);
}

/* Seconds since 1970 from "2026-11-20T12:00:00Z". */
static bool parse_instant(const char *s, int64_t *out)
{
	int hour, minute, second;
	day_t d;

	if (strlen(s) != 20 || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s[19] != 'Z')
		return false;
	hour = number_at(s + 11, 2);
	minute = number_at(s + 14, 2);
	second = number_at(s + 17, 2);
	if (!day_parse_iso(s, 10, &d) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 59)
		return false;
	*out = (int64_t)d * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
	return true;
}

static bool fixed_instant(int64_t *out)
{
	const char *test = getenv("CLV_TEST");
	const char *now = getenv("CLV_NOW");

	return test && now && strcmp(test, "1") == 0 && parse_instant(now, out);
}

static int64_t instant(void)
{
	int64_t t;

	return fixed_instant(&t) ? t : (int64_t)time(NULL);
}

/* Floored, also before 1970; *second is the second of that day. */
static day_t day_of(int64_t t, int *second)
{
	int64_t rest = t % SECONDS_PER_DAY;

	if (rest < 0)
		rest += SECONDS_PER_DAY;
	*second = (int)rest;
	return (day_t)((t - rest) / SECONDS_PER_DAY);
}

bool clock_is_fixed(void)
{
	int64_t t;

	return fixed_instant(&t);
}

day_t clock_today(void)
{
	int second;

	return day_of(instant(), &second);
}

size_t clock_now(char buf[32])
{
	int second;
	day_t d = day_of(instant(), &second);
	char *p = buf + day_format(buf, d);

	*p++ = 'T';
	p = put_number(p, second / 3600, 2);
	*p++ = ':';
	p = put_number(p, second / 60 % 60, 2);
	*p++ = ':';
	p = put_number(p, second % 60, 2);
	*p++ = 'Z';
	*p = '\0';
	return (size_t)(p - buf);
}

double clock_seconds(void)
{
	struct timespec t;

	if (clock_is_fixed() || clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
