/* What a value in a filter means for a column: numbers with units, dates and parts of dates, yes and no, text. */
#include "config.h"

#include "store/filter_priv.h"

#include <math.h>
#include <string.h>

#include "base/day.h"

struct unit { const char *name; double factor; enum filter_class class; };

static const struct unit units[] = {
	{ "", 1, FILTER_ANY },
	{ "k", 1e3, FILTER_ANY },
	{ "K", 1e3, FILTER_ANY },
	{ "M", 1e6, FILTER_ANY },
	{ "%", 0.01, FILTER_SHARE },
	{ "%", 1, FILTER_PERCENT },
	{ "d", 1, FILTER_DAYS },
	{ "w", 7, FILTER_DAYS },
	{ "mo", DAYS_PER_MONTH, FILTER_DAYS },
};

static struct filter_value from_int(int64_t v)
{
	return (struct filter_value){ .type = FILTER_INT, .i = v };
}

/* Whole numbers are compared as such; 19.99 times 100 is meant to be whole, too. */
static struct filter_value from_real(double v)
{
	double whole = nearbyint(v);

	if (fabs(v) < 9e15 && fabs(v - whole) <= 1e-9 * fmax(1, fabs(v)))
		return from_int((int64_t)whole);
	return (struct filter_value){ .type = FILTER_REAL, .r = v };
}

static bool is_number_byte(const char *s, size_t i, size_t n)
{
	char c = s[i];

	if ((c >= '0' && c <= '9') || c == '.' || ((c == '-' || c == '+') && i == 0))
		return true;
	if ((c == 'e' || c == 'E') && i > 0 && i + 1 < n)
		return (s[i + 1] >= '0' && s[i + 1] <= '9') || s[i + 1] == '-' || s[i + 1] == '+';
	return (c == '-' || c == '+') && (s[i - 1] == 'e' || s[i - 1] == 'E');
}

/* The number at the head of s, ".3" and "5." included; the rest is the unit. */
static bool read_number(const char *s, size_t n, double *v, const char **unit, size_t *unit_n)
{
	char buf[64];
	size_t len = 0, at = 0;
	bool minus = n > 0 && s[0] == '-';

	while (len < n && is_number_byte(s, len, n))
		len++;
	if (n > 0 && (s[0] == '-' || s[0] == '+'))
		at = 1;
	if (len <= at || len - at > sizeof buf - 3 || (len == at + 1 && s[at] == '.'))
		return false;
	buf[0] = '0';
	memcpy(buf + 1, s + at, len - at);
	at = len - at + 1;
	if (buf[at - 1] == '.')
		at--;
	/* A leading zero more harms no number but keeps ".3" one. */
	if (!str_real(buf[1] == '.' ? buf : buf + 1, buf[1] == '.' ? at : at - 1, v))
		return false;
	if (minus)
		*v = -*v;
	*unit = s + len;
	*unit_n = n - len;
	return true;
}

static bool fits(const struct unit *u, enum filter_class class)
{
	return u->class == FILTER_ANY || u->class == class || (u->class == FILTER_DAYS && class == FILTER_NUMBER);
}

/* The unit of that name which a column of this class can have. */
static const struct unit *find_unit(const char *s, size_t n, enum filter_class class)
{
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strlen(units[i].name) == n && memcmp(units[i].name, s, n) == 0 && fits(&units[i], class))
			return &units[i];
	return NULL;
}

static const char *number_with_unit(enum filter_class class)
{
	switch (class) {
	case FILTER_SHARE:
	case FILTER_PERCENT:
		return "a number, perhaps with %";
	case FILTER_NUMBER:
	case FILTER_DAYS:
		return "a number, perhaps with k, M, d, w or mo";
	default:
		return "a number, perhaps with k or M";
	}
}

static bool number_value(const struct filter_column *c, const char *s, size_t n, struct filter_span *out, const char **expected)
{
	const char *unit;
	size_t unit_n;
	const struct unit *u;
	double v;

	*expected = "a number";
	if (!read_number(s, n, &v, &unit, &unit_n))
		return false;
	u = find_unit(unit, unit_n, c->class);
	if (u == NULL) {
		*expected = number_with_unit(c->class);
		return false;
	}
	out->low = out->high = from_real(v * u->factor * c->scale);
	return true;
}

static bool two_digits(const char *s, int *v)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*v = (s[0] - '0') * 10 + s[1] - '0';
	return true;
}

/* 2011 or 2011-06: the days from the first to the last. */
static bool part_of_date(const char *s, size_t n, struct filter_span *out)
{
	int century, year, month = 0, last_year, last_month;

	if ((n != 4 && n != 7) || !two_digits(s, &century) || !two_digits(s + 2, &year))
		return false;
	year += century * 100;
	if (n == 7 && (s[4] != '-' || !two_digits(s + 5, &month) || month < 1 || month > 12))
		return false;
	if (!day_valid(year, 1, 1) || year > 9998)
		return false;
	last_year = n == 4 || month == 12 ? year + 1 : year;
	last_month = n == 4 || month == 12 ? 1 : month + 1;
	out->low = from_int(day_from_civil(year, n == 4 ? 1 : month, 1));
	out->high = from_int((int64_t)day_from_civil(last_year, last_month, 1) - 1);
	return true;
}

/* -90d, +2w: from today. */
static bool relative_day(const char *s, size_t n, struct filter_span *out)
{
	const char *unit;
	size_t unit_n;
	const struct unit *u;
	double v;

	if (n == 0 || (s[0] != '-' && s[0] != '+') || !read_number(s, n, &v, &unit, &unit_n))
		return false;
	u = find_unit(unit, unit_n, FILTER_DAYS);
	if (u == NULL || u->class != FILTER_DAYS || fabs(v) > 1e5)
		return false;
	out->low = out->high = from_int(clock_today() + (int64_t)nearbyint(v * u->factor));
	return true;
}

static bool day_value(const char *s, size_t n, struct filter_span *out, const char **expected)
{
	day_t d;

	*expected = "a date such as 2011-06-30, 2011-06, 2011, -90d or today";
	if (n == 5 && memcmp(s, "today", 5) == 0)
		d = clock_today();
	else if (!day_parse_iso(s, n, &d))
		return part_of_date(s, n, out) || relative_day(s, n, out);
	out->low = out->high = from_int(d);
	return true;
}

static bool flag_value(const char *s, size_t n, struct filter_span *out, const char **expected)
{
	static const char *const yes[] = { "1", "yes", "true" }, *const no[] = { "0", "no", "false" };

	*expected = "yes or no";
	for (size_t i = 0; i < 3; i++) {
		bool is_yes = strlen(yes[i]) == n && memcmp(yes[i], s, n) == 0;

		if (!is_yes && (strlen(no[i]) != n || memcmp(no[i], s, n) != 0))
			continue;
		out->low = out->high = from_int(is_yes);
		return true;
	}
	return false;
}

static bool text_value(struct arena *a, const char *s, size_t n, struct filter_span *out, const char **expected)
{
	*expected = "a text";
	out->low = out->high = (struct filter_value){ .type = FILTER_STRING, .t = arena_span(a, s, n) };
	return true;
}

bool filter_read_value(struct arena *a, const struct filter_column *column, const char *s, size_t n, bool quoted,
	struct filter_span *out, const char **expected)
{
	switch (column->class) {
	case FILTER_TEXT:
		return text_value(a, s, n, out, expected);
	case FILTER_DAY:
		return day_value(s, n, out, expected);
	case FILTER_FLAG:
		return flag_value(s, n, out, expected);
	case FILTER_ANY:
		if (!quoted && number_value(column, s, n, out, expected))
			return true;
		return text_value(a, s, n, out, expected);
	default:
		return number_value(column, s, n, out, expected);
	}
}
