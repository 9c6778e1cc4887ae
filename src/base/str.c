/* Growable text and numbers as text. The text of numbers is made and read in the C locale whatever the
 * thread's locale is; what text may steer a terminal is decided in visible.c. */
#include "config.h"

#include "base/str.h"

#include <assert.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define REAL_BYTES 400

/* glibc answers with a constant object: nothing is allocated, and freeing it does nothing. */
static locale_t c_locale(void)
{
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);

	if (c == (locale_t)0)
		abort();
	return c;
}

/* Room for n more bytes and the NUL. */
void str_reserve(struct str *t, size_t n)
{
	size_t need = t->n + n + 1;

	assert(need > n);
	if (need <= t->cap)
		return;
	t->cap = need < 64 ? 64 : need + need / 2;
	t->s = mem_grow(t->s, t->cap, 1);
}

void str_clear(struct str *t)
{
	free(t->s);
	*t = (struct str){ .s = NULL };
}

void str_add_span(struct str *t, const char *s, size_t n)
{
	str_reserve(t, n);
	if (n)
		memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

void str_add(struct str *t, const char *s)
{
	str_add_span(t, s, strlen(s));
}

void str_add_char(struct str *t, char c)
{
	str_add_span(t, &c, 1);
}

int str_format(char *buf, size_t cap, const char *fmt, va_list ap)
{
	locale_t c = c_locale();
	locale_t before = uselocale(c);
	int n = vsnprintf(buf, cap, fmt, ap);

	uselocale(before);
	freelocale(c);
	return n;
}

void str_addf(struct str *t, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = str_format(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0) {
		str_reserve(t, (size_t)n);
		str_format(t->s + t->n, (size_t)n + 1, fmt, again);
		t->n += (size_t)n;
	}
	va_end(again);
}

void str_add_double(struct str *t, double v)
{
	char buf[32];

	str_add_span(t, buf, str_double(buf, v));
}

char *str_take(struct str *t)
{
	char *s = t->s ? t->s : mem_new(1, 1);

	*t = (struct str){ .s = NULL };
	return s;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool str_int(const char *s, size_t n, int64_t *out)
{
	bool negative = n > 0 && s[0] == '-';
	size_t i = n > 0 && (s[0] == '-' || s[0] == '+') ? 1 : 0;
	int64_t v = 0; /* counted downwards: there is one more negative number */

	if (i == n)
		return false;
	for (; i < n; i++) {
		if (!is_digit(s[i]))
			return false;
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, s[i] - '0', &v))
			return false;
	}
	if (!negative && __builtin_sub_overflow(0, v, &v))
		return false;
	*out = v;
	return true;
}

static size_t skip_digits(const char *s, size_t n, size_t i)
{
	while (i < n && is_digit(s[i]))
		i++;
	return i;
}

static size_t skip_sign(const char *s, size_t n, size_t i)
{
	return i < n && (s[i] == '-' || s[i] == '+') ? i + 1 : i;
}

/* [sign] digits [. digits] [e [sign] digits], with a digit on one side of the point at least. */
static bool is_decimal(const char *s, size_t n)
{
	size_t start = skip_sign(s, n, 0);
	size_t i = skip_digits(s, n, start);
	size_t digits = i - start;

	if (i < n && s[i] == '.') {
		start = i + 1;
		i = skip_digits(s, n, start);
		digits += i - start;
	}
	if (digits == 0)
		return false;
	if (i < n && (s[i] == 'e' || s[i] == 'E')) {
		start = skip_sign(s, n, i + 1);
		i = skip_digits(s, n, start);
		if (i == start)
			return false;
	}
	return i == n;
}

static double read_back(const char *s)
{
	locale_t c = c_locale();
	double v = strtod_l(s, NULL, c);

	freelocale(c);
	return v;
}

bool str_real(const char *s, size_t n, double *out)
{
	char buf[REAL_BYTES + 1];
	double v;

	if (n > REAL_BYTES || !is_decimal(s, n))
		return false;
	memcpy(buf, s, n);
	buf[n] = '\0';
	v = read_back(buf);
	if (!isfinite(v))
		return false;
	*out = v;
	return true;
}

static void print_digits(char buf[32], const char *fmt, int digits, double v)
{
	locale_t c = c_locale();
	locale_t before = uselocale(c);

	snprintf(buf, 32, fmt, digits, v);
	uselocale(before);
	freelocale(c);
}

/* At a power of two the numbers that read back as v reach twice as far away from zero as towards it: the 16 digits
 * next to v may miss while their neighbour further out does not. A carry past the last digit would have been
 * found with fewer digits. */
static bool print_neighbour(char buf[32], double v)
{
	char *last;

	print_digits(buf, "%#.*g", DBL_DIG + 1, v);
	last = strchr(buf, 'e');
	last = (last ? last : buf + strlen(buf)) - 1;
	if (*last < '0' || *last > '8')
		return false;
	++*last;
	return read_back(buf) == v;
}

/* "1e+05" -> "1e5", "1e-07" -> "1e-7" */
static size_t trim_exponent(char *buf)
{
	char *e = strchr(buf, 'e');
	char *to, *from;

	if (!e)
		return strlen(buf);
	to = e + 1;
	from = e + 1;
	if (*from == '-')
		to++;
	from++;
	while (*from == '0' && from[1])
		from++;
	memmove(to, from, strlen(from) + 1);
	return strlen(buf);
}

size_t str_double(char buf[32], double v)
{
	/* Every decimal of 15 digits survives the way through a normal double, so fewer are found by %g dropping
	 * zeros; below the normal range precision fades and the search starts at one digit. */
	int digits = fabs(v) < DBL_MIN ? 1 : DBL_DIG;

	if (!isfinite(v)) {
		strcpy(buf, isnan(v) ? "nan" : v < 0 ? "-inf" : "inf");
		return strlen(buf);
	}
	for (; digits < DBL_DECIMAL_DIG; digits++) {
		print_digits(buf, "%.*g", digits, v);
		if (read_back(buf) == v)
			return trim_exponent(buf);
	}
	if (!print_neighbour(buf, v))
		print_digits(buf, "%.*g", DBL_DECIMAL_DIG, v);
	return trim_exponent(buf);
}

size_t str_minor(char buf[32], int64_t minor, int decimals)
{
	uint64_t rest = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
	char reversed[32];
	size_t n = 0, length = 0;

	assert(decimals >= 0 && decimals <= 18);
	do {
		if (n == (size_t)decimals && n > 0)
			reversed[n++] = '.';
		reversed[n++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0 || n <= (size_t)decimals);
	if (minor < 0)
		buf[length++] = '-';
	while (n > 0)
		buf[length++] = reversed[--n];
	buf[length] = '\0';
	return length;
}

bool str_ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return m <= n && memcmp(s + n - m, tail, m) == 0;
}
