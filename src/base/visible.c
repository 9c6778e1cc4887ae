/* The rest of str.h: UTF-8, text made safe to show, and the nearest word. Knows no terminal: it says which
 * characters could steer one, change the order of what is read, or not be seen at all. */
#include "config.h"

#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define WORD_BYTES 64
#define UNIT_BYTES 12 /* "<U+10FFFF>" */

struct range { uint32_t first, last; };

/* Unicode 15: Cc and the Cf that join, hide or turn around; line and paragraph separators. In order. */
static const struct range unsafe[] = {
	{ 0x0000, 0x001F }, { 0x007F, 0x009F }, /* C0, DEL, C1 */
	{ 0x00AD, 0x00AD },                     /* soft hyphen */
	{ 0x034F, 0x034F },                     /* grapheme joiner */
	{ 0x061C, 0x061C },                     /* Arabic letter mark */
	{ 0x115F, 0x1160 },                     /* Hangul fillers */
	{ 0x17B4, 0x17B5 },                     /* Khmer inherent vowels */
	{ 0x180B, 0x180F },                     /* Mongolian selectors, vowel separator */
	{ 0x200B, 0x200F },                     /* zero width; left-to-right and right-to-left marks */
	{ 0x2028, 0x202E },                     /* separators; bidi embeddings and overrides */
	{ 0x2060, 0x206F },                     /* word joiner, invisible operators, bidi isolates */
	{ 0x3164, 0x3164 },                     /* Hangul filler */
	{ 0xFEFF, 0xFEFF },                     /* byte order mark */
	{ 0xFFA0, 0xFFA0 },                     /* Hangul filler, half width */
	{ 0xFFF9, 0xFFFB },                     /* interlinear annotation */
	{ 0x1D173, 0x1D17A },                   /* musical begin and end */
	{ 0xE0000, 0xE0FFF },                   /* tags, selectors */
};

bool str_is_unsafe(uint32_t cp)
{
	for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0] && cp >= unsafe[i].first; i++)
		if (cp <= unsafe[i].last)
			return true;
	return false;
}

/* The length that a first byte promises, the bits it brings, and the least code point of that length. */
static size_t first_byte(unsigned char c, uint32_t *bits, uint32_t *least)
{
	if (c < 0x80) {
		*bits = c;
		*least = 0;
		return 1;
	}
	if (c >= 0xC2 && c < 0xE0) {
		*bits = c & 0x1FU;
		*least = 0x80;
		return 2;
	}
	if (c >= 0xE0 && c < 0xF0) {
		*bits = c & 0x0FU;
		*least = 0x800;
		return 3;
	}
	if (c >= 0xF0 && c < 0xF5) {
		*bits = c & 0x07U;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

size_t str_utf8_next(const char *s, size_t n, uint32_t *cp)
{
	uint32_t v = 0, least = 0;
	size_t length = n > 0 ? first_byte((unsigned char)s[0], &v, &least) : 0;

	if (length == 0 || length > n)
		return 0;
	for (size_t i = 1; i < length; i++) {
		unsigned char c = (unsigned char)s[i];

		if ((c & 0xC0) != 0x80)
			return 0;
		v = v << 6 | (c & 0x3FU);
	}
	if (v < least || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF))
		return 0;
	*cp = v;
	return length;
}

size_t str_utf8_valid(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint32_t cp;
		size_t step = str_utf8_next(s + i, n - i, &cp);

		if (step == 0)
			break;
		i += step;
	}
	return i;
}

/* What stands for the character at s[0..n): into unit[0..*length). Returns how many bytes it was. */
static size_t visible_unit(const char *s, size_t n, char unit[UNIT_BYTES], size_t *length)
{
	uint32_t cp = 0;
	size_t step = str_utf8_next(s, n, &cp);

	if (step > 0 && !str_is_unsafe(cp)) {
		memcpy(unit, s, step);
		*length = step;
		return step;
	}
	if (step > 1)
		*length = (size_t)snprintf(unit, UNIT_BYTES, "<U+%04X>", (unsigned)cp);
	else
		*length = (size_t)snprintf(unit, UNIT_BYTES, "\\x%02X", (unsigned)(unsigned char)s[0]);
	return step ? step : 1;
}

void str_add_visible(struct str *t, const char *s, size_t n)
{
	char unit[UNIT_BYTES];
	size_t length;

	if (n == 0)
		str_add_span(t, "", 0);
	for (size_t i = 0; i < n;) {
		i += visible_unit(s + i, n - i, unit, &length);
		str_add_span(t, unit, length);
	}
}

size_t str_copy_visible(char *buf, size_t cap, const char *s, size_t n)
{
	char unit[UNIT_BYTES];
	size_t used = 0, length;

	assert(cap > 0);
	for (size_t i = 0; i < n;) {
		i += visible_unit(s + i, n - i, unit, &length);
		if (length >= cap - used)
			break;
		memcpy(buf + used, unit, length);
		used += length;
	}
	buf[used] = '\0';
	return used;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits from a[0..n) to b[0..m), n and m at most WORD_BYTES: put in, leave out, change, swap two neighbours. */
static size_t edits(const char *a, size_t n, const char *b, size_t m)
{
	size_t row[3][WORD_BYTES + 1];
	size_t *before = row[0], *above = row[1], *here = row[2];

	for (size_t j = 0; j <= m; j++)
		above[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *free_row = before;

		here[0] = i;
		for (size_t j = 1; j <= m; j++) {
			bool same = lower(a[i - 1]) == lower(b[j - 1]);

			here[j] = least(least(above[j], here[j - 1]) + 1, above[j - 1] + !same);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
				here[j] = least(here[j], before[j - 2] + 1);
		}
		before = above;
		above = here;
		here = free_row;
	}
	return above[m];
}

const char *str_nearest(const char *word, const char *const *list, size_t n)
{
	size_t length = strlen(word);
	size_t best = length <= 3 ? 2 : length <= 6 ? 3 : 4; /* one more than what may be meant */
	const char *nearest = NULL;

	if (length == 0 || length > WORD_BYTES)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t m = strlen(list[i]);
		size_t d = m <= WORD_BYTES ? edits(word, length, list[i], m) : SIZE_MAX;

		if (d < best && d < m && d < length) {
			best = d;
			nearest = list[i];
		}
	}
	return nearest;
}
