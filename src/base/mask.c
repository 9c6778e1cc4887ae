/* What of a person may stand on a screen. Not here: who asks for it unmasked. */
#include "config.h"

#include "base/mask.h"

#include <string.h>

#define STARS "***"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool is_local(char c)
{
	return is_letter(c) || (c && strchr(".!#$%&'*+/=?^_`{|}~-", c));
}

static bool is_domain(char c)
{
	return is_letter(c) || c == '-' || c == '.';
}

/* An address around the '@' at s[at]: where it begins and ends. A domain has a point and no point at its end. */
static bool address_at(const char *s, size_t n, size_t at, size_t *from, size_t *to)
{
	size_t a = at, b = at + 1;
	while (a > *from && is_local(s[a - 1]))
		a--;
	while (b < n && is_domain(s[b]))
		b++;
	while (b > at + 1 && !is_letter(s[b - 1]))
		b--;
	if (a == at || !memchr(s + at + 1, '.', b - at - 1))
		return false;
	*from = a;
	*to = b;
	return true;
}

/* The character at s, or the byte that is none. */
static size_t first_char(const char *s, size_t n)
{
	uint32_t cp;
	size_t   k = str_utf8_next(s, n, &cp);
	return k ? k : 1;
}

void mask_add(struct str *t, const char *s, size_t n)
{
	size_t done = 0;
	for (size_t i = 0; i < n; i++) {
		size_t from = done, to;
		if (s[i] != '@' || !address_at(s, n, i, &from, &to))
			continue;
		str_add_visible(t, s + done, from - done);
		str_add_visible(t, s + from, first_char(s + from, i - from));
		str_add(t, STARS);
		str_add_visible(t, s + i, to - i);
		done = to;
		i = to - 1;
	}
	str_add_visible(t, s + done, n - done);
}

void mask_add_name(struct str *t, const char *s, size_t n)
{
	if (memchr(s, '@', n)) {
		mask_add(t, s, n);
		return;
	}
	for (size_t i = 0; i < n;) {
		size_t k = first_char(s + i, n - i), end = i + k;
		if (!is_letter(s[i])) {
			str_add_visible(t, s + i, k);
			i = end;
			continue;
		}
		while (end < n && is_letter(s[end]))
			end++;
		str_add_visible(t, s + i, k);
		str_add(t, STARS);
		i = end;
	}
}

/* Small letters and digits only: "E-Mail" -> "email". */
static void plain(const char *column, char out[64])
{
	size_t n = 0;
	for (; *column && n < 63; column++)
		if (*column >= 'A' && *column <= 'Z')
			out[n++] = (char)(*column - 'A' + 'a');
		else if (is_letter(*column))
			out[n++] = *column;
	out[n] = '\0';
}

bool mask_is_personal(const char *column)
{
	static const char *const whole[] = { "name", "names", "contact", "street", "address", "addressline1", "addressline2", "phone", "mobile",
	                                     "telephone", "telefon", "vorname", "nachname", "buyer", "recipient" };
	static const char *const part[] = { "firstname", "lastname", "fullname", "surname", "forename", "givenname", "familyname", "middlename",
	                                    "customername", "clientname", "buyername", "username", "contactname", "email", "phonenumber", "streetaddress" };
	char text[64];
	plain(column, text);
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (!strcmp(text, whole[i]))
			return true;
	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
		if (strstr(text, part[i]))
			return true;
	return false;
}

void mask_add_cell(struct str *t, const char *column, const char *s, size_t n)
{
	if (mask_is_personal(column))
		mask_add_name(t, s, n);
	else
		mask_add(t, s, n);
}
