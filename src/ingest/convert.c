/* Dates and money from text, exactly. Not here: which format a column has (survey.c), what becomes of a bad value (judge.c). */
#include "config.h"

#include "ingest/convert.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DIGITS_MOST = 18, SCALE_MOST = 9 };

static const int64_t power_of_ten[] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
	1000000000000000000,
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reading: a place in a span */

struct scan { const char *p, *end; };

static bool at(const struct scan *s, char c)
{
	return s->p < s->end && *s->p == c;
}

static bool take(struct scan *s, char c)
{
	if (!at(s, c))
		return false;
	s->p++;
	return true;
}

/* A whole number of least..most digits. */
static bool take_int(struct scan *s, int least, int most, int *out)
{
	int n = 0, v = 0;

	while (n < most && s->p < s->end && is_digit(*s->p)) {
		v = v * 10 + (*s->p++ - '0');
		n++;
	}
	*out = v;
	return n >= least;
}

static void skip_blanks(struct scan *s)
{
	while (at(s, ' ') || at(s, '\t'))
		s->p++;
}

/* Dates */

static bool take_word(struct scan *s, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(s->end - s->p) < n || strncasecmp(s->p, word, n) != 0)
		return false;
	s->p += n;
	return true;
}

/* One part of a format: Y, M or D, with the number of letters for a year. */
static char take_part(struct scan *s, int *letters)
{
	*letters = 0;
	if (take_word(s, "%Y") || take_word(s, "YYYY"))
		return *letters = 4, 'Y';
	if (take_word(s, "YY"))
		return *letters = 2, 'Y';
	if (take_word(s, "%m") || take_word(s, "MM") || take_word(s, "M"))
		return 'M';
	if (take_word(s, "%d") || take_word(s, "DD") || take_word(s, "D"))
		return 'D';
	return '\0';
}

static bool order_of(const char part[3], enum date_order *out)
{
	static const char name[][4] = { [DATE_YMD] = "YMD", [DATE_DMY] = "DMY", [DATE_MDY] = "MDY" };

	for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
		if (memcmp(part, name[i], 3) == 0)
			return *out = (enum date_order)i, true;
	return false;
}

bool date_format_read(const char *text, struct date_format *out)
{
	struct scan s = { text, text + strlen(text) };
	struct date_format f = { 0 };
	char part[3];
	int  letters, year = 0;

	if (strcasecmp(text, "excel") == 0 || strcasecmp(text, "excel-1900") == 0 || strcasecmp(text, "excel-1904") == 0) {
		*out = (struct date_format){ .serial = strcasecmp(text, "excel-1904") == 0 ? 1904 : 1900 };
		return true;
	}
	if (strcasecmp(text, "iso") == 0 || strcasecmp(text, "iso8601") == 0) {
		*out = (struct date_format){ DATE_YMD, '-', false, 0 };
		return true;
	}
	for (int i = 0; i < 3; i++) {
		if (i == 1 && s.p < s.end && strchr("-/.", *s.p) != NULL)
			f.separator = *s.p;
		if (i > 0 && f.separator != 0 && !take(&s, f.separator))
			return false;
		part[i] = take_part(&s, &letters);
		year += letters;
	}
	if (s.p < s.end && *s.p != ' ' && *s.p != 'T')
		return false;
	if (!order_of(part, &f.order))
		return false;
	f.short_year = year == 2;
	if (f.separator == 0 && (f.order != DATE_YMD || f.short_year))
		return false;
	*out = f;
	return true;
}

size_t date_format_write(char buf[16], const struct date_format *f)
{
	static const char order[][4] = { [DATE_YMD] = "YMD", [DATE_DMY] = "DMY", [DATE_MDY] = "MDY" };
	size_t n = 0;

	if (f->serial != 0)
		return (size_t)snprintf(buf, 16, f->serial == 1904 ? "excel-1904" : "excel");
	for (int i = 0; i < 3; i++) {
		char c = order[f->order][i];
		int  letters = c == 'Y' && !f->short_year ? 4 : 2;

		if (i > 0 && f->separator != 0)
			buf[n++] = f->separator;
		for (int k = 0; k < letters; k++)
			buf[n++] = c;
	}
	buf[n] = '\0';
	return n;
}

/* +02:00, -0530, +01, Z */
static bool take_offset(struct scan *s, struct date_time *t)
{
	int h, m = 0, sign = at(s, '-') ? -1 : 1;

	if (take(s, 'Z') || take(s, 'z') || take_word(s, "UTC"))
		return t->offset = true;
	if (!take(s, '+') && !take(s, '-'))
		return true;
	if (!take_int(s, 2, 2, &h) || h > 15)
		return false;
	if ((take(s, ':') || s->p < s->end) && (!take_int(s, 2, 2, &m) || m > 59))
		return false;
	t->east = sign * (h * 3600 + m * 60);
	return t->offset = true;
}

/* AM and PM belong to hours up to 12. */
static bool take_half(struct scan *s, int *h)
{
	bool am = take_word(s, "AM"), pm = !am && take_word(s, "PM");

	if (!am && !pm)
		return true;
	if (*h > 12)
		return false;
	*h = *h % 12 + (pm ? 12 : 0);
	return true;
}

/* What may stand behind a date: nothing, or a time of day. */
static bool take_time(struct scan *s, struct date_time *t)
{
	int h, m, sec = 0, fraction;

	if (s->p == s->end)
		return true;
	if (!take(s, 'T') && !take(s, 't')) {
		if (!at(s, ' '))
			return false;
		skip_blanks(s);
	}
	if (!take_int(s, 1, 2, &h) || h > 24 || !take(s, ':') || !take_int(s, 2, 2, &m) || m > 59)
		return false;
	if (take(s, ':') && (!take_int(s, 2, 2, &sec) || sec > 60))
		return false;
	if ((take(s, '.') || take(s, ',')) && !take_int(s, 1, 9, &fraction))
		return false;
	skip_blanks(s);
	if (!take_half(s, &h))
		return false;
	skip_blanks(s);
	t->timed = true;
	t->seconds = h * 3600 + m * 60 + (sec == 60 ? 59 : sec);
	return take_offset(s, t) && s->p == s->end;
}

/* Days of a spreadsheet. */
static bool read_serial(struct scan *s, int system, struct date_time *out)
{
	int days, seconds = 0;

	if (!take_int(s, 1, 7, &days))
		return false;
	if (take(s, '.')) {
		const char *from = s->p;
		double      part = 0, unit = 0.1;

		for (; s->p < s->end && is_digit(*s->p); s->p++, unit /= 10)
			part += unit * (*s->p - '0');
		seconds = (int)(part * 86400);
		if (s->p == from)
			return false;
	}
	if (s->p != s->end || (system == 1900 ? days < 1 || days == 60 || days > 2958465 : days > 2957003))
		return false;
	*out = (struct date_time){ .seconds = seconds, .timed = true };
	out->day = system == 1904 ? day_from_civil(1904, 1, 1) + days : day_from_civil(1899, 12, 30) + days + (days < 60);
	return true;
}

static bool take_year(struct scan *s, const struct date_format *f, int *y)
{
	if (!f->short_year)
		return take_int(s, 4, 4, y);
	if (!take_int(s, 2, 2, y))
		return false;
	*y += *y >= 69 ? 1900 : 2000;
	return true;
}

static bool take_compact(struct scan *s, int *y, int *m, int *d)
{
	return take_int(s, 4, 4, y) && take_int(s, 2, 2, m) && take_int(s, 2, 2, d);
}

static bool take_date(struct scan *s, const struct date_format *f, int *y, int *m, int *d)
{
	char sep = f->separator;

	if (sep == 0)
		return take_compact(s, y, m, d);
	switch (f->order) {
	case DATE_YMD:
		return take_year(s, f, y) && take(s, sep) && take_int(s, 1, 2, m) && take(s, sep) && take_int(s, 1, 2, d);
	case DATE_DMY:
		return take_int(s, 1, 2, d) && take(s, sep) && take_int(s, 1, 2, m) && take(s, sep) && take_year(s, f, y);
	case DATE_MDY:
		return take_int(s, 1, 2, m) && take(s, sep) && take_int(s, 1, 2, d) && take(s, sep) && take_year(s, f, y);
	}
	return false;
}

bool date_time_read(const char *s, size_t n, const struct date_format *f, struct date_time *out)
{
	struct scan sc = { s, s + n };
	struct date_time t = { 0 };
	int  y, m, d;

	if (f->serial != 0)
		return read_serial(&sc, f->serial, out);
	if (!take_date(&sc, f, &y, &m, &d) || !take_time(&sc, &t) || !day_valid(y, m, d))
		return false;
	t.day = day_from_civil(y, m, d);
	*out = t;
	return true;
}

bool date_read(const char *s, size_t n, const struct date_format *f, day_t *out, bool *offset)
{
	struct date_time t;

	if (!date_time_read(s, n, f, &t))
		return false;
	*out = t.day;
	if (t.offset)
		*offset = true;
	return true;
}

/* Currencies */

static const struct { const char *sign; struct currency currency; } signs[] = {
	{ "R$", { "BRL" } }, { "$", { "$" } }, { "\xC2\xA3", { "GBP" } }, { "\xE2\x82\xAC", { "EUR" } }, { "\xC2\xA5", { "\xC2\xA5" } },
	{ "\xE2\x82\xB9", { "INR" } }, { "\xE2\x82\xBD", { "RUB" } }, { "\xE2\x82\xBA", { "TRY" } }, { "\xE2\x82\xA9", { "KRW" } },
};

static const char *const dollars[] = { "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", NULL };
static const char *const yens[] = { "JPY", "CNY", NULL };

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Three letters or a sign. Small letters only where nothing else can be meant. */
static bool take_currency(struct scan *s, bool small, struct currency *out)
{
	size_t left = (size_t)(s->end - s->p);

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t n = strlen(signs[i].sign);

		if (left >= n && memcmp(s->p, signs[i].sign, n) == 0) {
			*out = signs[i].currency;
			s->p += n;
			return true;
		}
	}
	if (left < 3 || (left > 3 && is_letter(s->p[3])))
		return false;
	for (int i = 0; i < 3; i++)
		if (!is_letter(s->p[i]) || (s->p[i] >= 'a' && !small))
			return false;
	*out = (struct currency){ { (char)(s->p[0] & ~0x20), (char)(s->p[1] & ~0x20), (char)(s->p[2] & ~0x20), '\0' } };
	s->p += 3;
	return true;
}

bool currency_read(const char *s, size_t n, struct currency *out)
{
	struct scan sc = { s, s + n };
	struct currency c;

	if (!take_currency(&sc, true, &c) || sc.p != sc.end)
		return false;
	*out = c;
	return true;
}

static bool shares_sign(const struct currency *sign, const struct currency *c)
{
	const char *const *list = strcmp(sign->code, "$") == 0 ? dollars : strcmp(sign->code, "\xC2\xA5") == 0 ? yens : NULL;

	for (; list != NULL && *list != NULL; list++)
		if (strcmp(*list, c->code) == 0)
			return true;
	return false;
}

bool currency_same(const struct currency *a, const struct currency *b)
{
	return strcmp(a->code, b->code) == 0 || shares_sign(a, b) || shares_sign(b, a);
}

/* Numbers */

struct digits { int64_t value; int count, leading; }; /* count: without leading zeros; leading: all digits of the first group */

static bool add_digit(struct digits *d, char c)
{
	if (d->count > 0 || c != '0')
		d->count++;
	if (d->count > DIGITS_MOST)
		return false;
	d->value = d->value * 10 + (c - '0');
	return true;
}

static const struct { const char *example; struct number_form form; } number_forms[] = {
	{ "1234.56", { '.', false, 0 } }, { "1234,56", { ',', false, 0 } }, { "1,234.56", { '.', true, 0 } }, { "1.234,56", { ',', true, 0 } },
	{ "1 234.56", { '.', true, ' ' } }, { "1 234,56", { ',', true, ' ' } }, { "1'234.56", { '.', true, '\'' } }, { "1'234,56", { ',', true, '\'' } },
};

bool number_form_read(const char *text, struct number_form *out)
{
	for (size_t i = 0; i < sizeof number_forms / sizeof number_forms[0]; i++) {
		const char *p = text, *q = number_forms[i].example;

		for (; *p != '\0' && (*p == *q || (is_digit(*p) && is_digit(*q))); q++)
			p++;
		if (*p == '\0' && *q == '\0')
			return *out = number_forms[i].form, true;
	}
	return false;
}

const char *number_form_write(const struct number_form *f)
{
	for (size_t i = 0; i < sizeof number_forms / sizeof number_forms[0]; i++) {
		const struct number_form *k = &number_forms[i].form;

		if (k->point == f->point && k->grouped == f->grouped && k->mark == f->mark)
			return number_forms[i].example;
	}
	return "";
}

/* The group mark at s: its length, or 0. Blanks are U+0020, U+00A0, U+2009, U+202F; apostrophes ' and U+2019. */
static size_t mark_at(const struct scan *s, char mark)
{
	static const struct { char mark; const char *text; } wide[] = {
		{ ' ', "\xC2\xA0" }, { ' ', "\xE2\x80\x89" }, { ' ', "\xE2\x80\xAF" }, { '\'', "\xE2\x80\x99" },
	};

	if (*s->p == mark)
		return 1;
	if ((unsigned char)*s->p < 0x80)
		return 0;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		size_t n = strlen(wide[i].text);

		if (wide[i].mark == mark && (size_t)(s->end - s->p) >= n && memcmp(s->p, wide[i].text, n) == 0)
			return n;
	}
	return 0;
}

/* Digits in groups of three, or all in one. *groups counts the marks. A mark without a digit behind it ends the number. */
static enum number take_whole(struct scan *s, char mark, struct digits *d, int *groups)
{
	int run = 0;
	bool fits = true;

	*groups = 0;
	for (size_t n; s->p < s->end; s->p += n) {
		n = 1;
		if (is_digit(*s->p)) {
			fits = fits && add_digit(d, *s->p);
			run++;
		} else if ((n = mark_at(s, mark)) > 0) {
			if (mark == ' ' && (s->p + n == s->end || !is_digit(s->p[n])))
				break; /* a blank before a currency or at the end */
			if (*groups > 0 ? run != 3 : run < 1 || run > 3)
				return NUMBER_BAD;
			++*groups;
			run = 0;
		} else {
			break;
		}
	}
	if (*groups > 0 && run != 3)
		return NUMBER_BAD;
	d->leading = run;
	return fits ? NUMBER_OK : NUMBER_OVERFLOW;
}

/* The digits behind the point. Trailing zeros say nothing and are dropped. */
static enum number take_fraction(struct scan *s, struct digits *d, int *scale, int *seen)
{
	const char *from = s->p, *end;

	while (s->p < s->end && is_digit(*s->p))
		s->p++;
	*seen = (int)(s->p - from > 99 ? 99 : s->p - from);
	for (end = s->p; end > from && end[-1] == '0';)
		end--;
	if (end - from > SCALE_MOST)
		return NUMBER_DECIMALS;
	*scale = (int)(end - from);
	for (; from < end; from++)
		if (!add_digit(d, *from))
			return NUMBER_OVERFLOW;
	return NUMBER_OK;
}

static bool take_sign(struct scan *s, bool *negative)
{
	if (take(s, '-') || take_word(s, "\xE2\x88\x92"))
		return *negative = true;
	return take(s, '+');
}

/* Sign and currency in either order before the digits. */
static void take_front(struct scan *s, bool *negative, struct currency *c)
{
	bool sign = take_sign(s, negative);

	if (take_currency(s, false, c))
		skip_blanks(s);
	if (!sign)
		take_sign(s, negative);
}

enum number decimal_read(const char *s, size_t n, const struct number_form *f, struct decimal *out, struct currency *currency)
{
	struct scan sc = { s, s + n };
	struct currency before = { "" }, after = { "" };
	struct digits d = { 0 };
	enum number whole, fraction = NUMBER_OK;
	bool negative = false;
	int  groups, scale = 0, decimals = 0;

	bool bracket = n > 2 && *s == '(' && s[n - 1] == ')';

	if (bracket)
		sc = (struct scan){ s + 1, s + n - 1 };
	take_front(&sc, &negative, &before);
	whole = take_whole(&sc, f->mark != 0 ? f->mark : f->point == '.' ? ',' : '.', &d, &groups);
	if (whole == NUMBER_BAD)
		return NUMBER_BAD;
	bool point = take(&sc, f->point);

	if (point)
		fraction = take_fraction(&sc, &d, &scale, &decimals);
	bool behind = n > 0 && !bracket && !negative && *s != '+' && take(&sc, '-');

	skip_blanks(&sc);
	if (sc.p < sc.end && before.code[0] == '\0')
		take_currency(&sc, false, &after);
	if (bracket && negative)
		return NUMBER_BAD;
	negative = negative || behind || bracket;
	if (sc.p != sc.end || d.leading + decimals == 0 || (point && decimals == 0 && d.leading == 0))
		return NUMBER_BAD;
	if (groups > 0 && !point && !f->grouped)
		return NUMBER_BAD;
	if (whole != NUMBER_OK || fraction != NUMBER_OK)
		return whole != NUMBER_OK ? whole : fraction;
	*out = (struct decimal){ negative ? -d.value : d.value, scale };
	if (before.code[0] != '\0' || after.code[0] != '\0')
		*currency = before.code[0] != '\0' ? before : after;
	return NUMBER_OK;
}

enum number decimal_minor(struct decimal d, int decimals, int64_t *minor)
{
	int64_t v;

	assert(decimals >= 0 && decimals <= SCALE_MOST);
	if (d.scale > decimals)
		return NUMBER_DECIMALS;
	if (__builtin_mul_overflow(d.digits, power_of_ten[decimals - d.scale], &v) || v > MONEY_LIMIT || v < -MONEY_LIMIT)
		return NUMBER_OVERFLOW;
	*minor = v;
	return NUMBER_OK;
}

enum number decimal_product(struct decimal a, struct decimal b, int decimals, int64_t *minor)
{
	__int128 v = (__int128)a.digits * b.digits; /* below 10^36: room for no more factors than 10^2 */
	int drop = a.scale + b.scale - decimals;

	for (; drop < 0; drop++) {
		v *= 10;
		if (v > MONEY_LIMIT || v < -MONEY_LIMIT)
			return NUMBER_OVERFLOW;
	}
	if (drop > 0) {
		int64_t  unit = power_of_ten[drop];
		__int128 rest = v % unit, twice = 2 * (rest < 0 ? -rest : rest);

		v /= unit;
		if (twice > unit || (twice == unit && (v & 1) != 0))
			v += rest < 0 ? -1 : 1;
	}
	if (v > MONEY_LIMIT || v < -MONEY_LIMIT)
		return NUMBER_OVERFLOW;
	*minor = (int64_t)v;
	return NUMBER_OK;
}
