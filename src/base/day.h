/* Civil dates and day numbers. A day is the count of days since 1970-01-01 in the proleptic Gregorian
 * calendar; 0001-01-01 to 9999-12-31 are valid. No time zone, no locale, no libc calendar. */
#ifndef CLV_BASE_DAY_H
#define CLV_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t day_t; /* the one typedef: a day number, never a count of days */

#define DAY_NONE INT32_MIN
#define DAYS_PER_YEAR  365.25
#define DAYS_PER_MONTH (365.25 / 12.0)

bool   day_valid(int year, int month, int day);
day_t  day_from_civil(int year, int month, int day);           /* the date must be valid */
void   day_to_civil(day_t d, int *year, int *month, int *day);
bool   day_parse_iso(const char *s, size_t n, day_t *out);     /* exactly YYYY-MM-DD */
size_t day_format(char buf[16], day_t d);                      /* YYYY-MM-DD; "" for DAY_NONE */

/* The clock. CLV_NOW ("2026-11-20T12:00:00Z") fixes it, only when CLV_TEST=1. */
bool   clock_is_fixed(void);
day_t  clock_today(void);                  /* UTC */
size_t clock_now(char buf[32]);            /* 2026-11-20T12:00:00Z, UTC */
double clock_seconds(void);                /* monotonic, for durations; 0 when the clock is fixed, so that output repeats */

#endif
