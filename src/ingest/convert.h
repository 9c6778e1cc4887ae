/* Text to days and to money, exactly. No locale, no strtod, no floating point. All texts are spans without blanks around them. */
#ifndef CLV_INGEST_CONVERT_H
#define CLV_INGEST_CONVERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"

/* Dates */

enum date_order { DATE_YMD, DATE_DMY, DATE_MDY };

struct date_format {
	enum date_order order;
	char            separator;  /* '-', '/', '.'; 0: digits only, year first (YYYYMMDD) */
	bool            short_year; /* two digits: 69..99 are 1969..1999, 00..68 are 2000..2068; only when declared */
	int             serial;     /* 1900 or 1904: days of a spreadsheet, counted from there; only when declared; 0: none */
};

/* "YYYY-MM-DD", "DD/MM/YYYY", "M.D.YY", "YYYYMMDD", "%d/%m/%Y", "iso", "excel", "excel-1904"; a time after a blank or T is allowed and dropped. */
bool   date_format_read(const char *text, struct date_format *out);
size_t date_format_write(char buf[16], const struct date_format *f); /* "DD/MM/YYYY", "excel" */

struct date_time {
	day_t   day;      /* as written */
	int32_t seconds;  /* since its midnight, a leap second as the one before it; 0 without a time */
	bool    timed;    /* there is a time of day */
	bool    offset;   /* there is a UTC offset */
	int32_t east;     /* the offset in seconds, positive east of Greenwich */
};

/* One whole value: the date, and perhaps a time after it: "2011-06-30 23:59:59.5+02:00", "T12:00Z", "1/2/2011 4:05 PM".
 * Days and months may have one digit. A serial is a whole number of days or has a fraction, which is the time; day 60 of the 1900 system is
 * 1900-02-29, which never was. false: not a date of that format, or no such day. */
bool date_time_read(const char *s, size_t n, const struct date_format *f, struct date_time *out);
/* The calendar day as written; *offset becomes true when there is a UTC offset, and is otherwise untouched. */
bool date_read(const char *s, size_t n, const struct date_format *f, day_t *out, bool *offset);

/* Money */

/* A currency as three letters, or a sign that several currencies share ("$", "¥" of yen and yuan). "" is none. */
struct currency { char code[4]; };

bool currency_read(const char *s, size_t n, struct currency *out);            /* "EUR", "eur", a sign; false: neither */
bool currency_same(const struct currency *a, const struct currency *b);       /* "$" is the same as USD, CAD, AUD ... */

struct number_form {
	char point;    /* '.' or ',' */
	bool grouped;  /* groups of three are set apart, also where no fraction proves it ("1,234") */
	char mark;     /* between groups: 0: the other one of ',' and '.'; ' ' stands for any blank, '\'' for any apostrophe: only when declared */
};

/* A form by example: "1,234.56", "1.234,56", "1 234,56", "1 234.56", "1'234.56", "1234.56", "1234,56". */
bool        number_form_read(const char *text, struct number_form *out);
const char *number_form_write(const struct number_form *f); /* static text */

struct decimal { int64_t digits; int scale; }; /* digits * 10^-scale, scale 0..9 without trailing zeros */

enum number { NUMBER_OK, NUMBER_BAD, NUMBER_DECIMALS, NUMBER_OVERFLOW };

/* Money beyond this many minor units is an overflow: a sum of two always fits, and a double still holds it exactly. */
#define MONEY_LIMIT INT64_C(1000000000000000)

/* One whole number: sign, digits, groups of three ("1,234.50": certain when a fraction follows), fraction; a currency before or
 * after it goes to *currency, which is otherwise untouched. Negative are "-1", "1-", "(1)" and U+2212. No exponent, no hex, no nan. DECIMALS: more than nine of them;
 * OVERFLOW: more than eighteen digits. */
enum number decimal_read(const char *s, size_t n, const struct number_form *f, struct decimal *out, struct currency *currency);

/* To minor units with that many decimals, exactly: DECIMALS when digits would be lost, OVERFLOW beyond MONEY_LIMIT. */
enum number decimal_minor(struct decimal d, int decimals, int64_t *minor);

/* a * b in minor units, computed exactly and rounded once, half to even. OVERFLOW beyond MONEY_LIMIT. */
enum number decimal_product(struct decimal a, struct decimal b, int decimals, int64_t *minor);

#endif
