/* Transcoding for the reader: single-byte Western encodings and UTF-16, both directions. Not here: the check of UTF-8 (judge.c). */
#include "config.h"

#include "ingest/encode.h"

#include <string.h>

static const char *const names[] = {
	[ENCODING_UTF8] = "utf-8", [ENCODING_LATIN1] = "latin-1", [ENCODING_CP1252] = "windows-1252",
	[ENCODING_UTF16] = "utf-16", [ENCODING_UTF16LE] = "utf-16le", [ENCODING_UTF16BE] = "utf-16be",
};

static const struct { const char *name; enum encoding encoding; } spellings[] = {
	{ "utf8", ENCODING_UTF8 }, { "ascii", ENCODING_UTF8 }, { "usascii", ENCODING_UTF8 }, { "utf8sig", ENCODING_UTF8 },
	{ "latin1", ENCODING_LATIN1 }, { "l1", ENCODING_LATIN1 }, { "iso88591", ENCODING_LATIN1 },
	{ "windows1252", ENCODING_CP1252 }, { "cp1252", ENCODING_CP1252 }, { "win1252", ENCODING_CP1252 }, { "ansi", ENCODING_CP1252 },
	{ "utf16", ENCODING_UTF16 }, { "utf16le", ENCODING_UTF16LE }, { "utf16be", ENCODING_UTF16BE }, { "ucs2", ENCODING_UTF16 },
};

/* Windows-1252 0x80..0x9F; the five bytes without a meaning stay what they are. */
static const uint16_t cp1252[32] = {
	0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
	0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

const char *encode_name(enum encoding e)
{
	return names[e];
}

bool encode_find(const char *name, enum encoding *out, const char **near)
{
	char   plain[32];
	size_t n = 0;

	for (const char *p = name; *p != '\0' && n + 1 < sizeof plain; p++)
		if (strchr("-_ .", *p) == NULL)
			plain[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
		if (strcmp(plain, spellings[i].name) == 0) {
			*out = spellings[i].encoding;
			return true;
		}
	}
	*near = str_nearest(name, names, sizeof names / sizeof names[0]);
	return false;
}

size_t encode_mark(const unsigned char *s, size_t n, enum encoding *out)
{
	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
		return *out = ENCODING_UTF8, 3;
	if (n >= 2 && s[0] == 0xFF && s[1] == 0xFE)
		return *out = ENCODING_UTF16LE, 2;
	if (n >= 2 && s[0] == 0xFE && s[1] == 0xFF)
		return *out = ENCODING_UTF16BE, 2;
	return 0;
}

bool encode_looks_utf16(const unsigned char *s, size_t n, enum encoding *out)
{
	size_t zero[2] = { 0, 0 }, half = n / 2;

	for (size_t i = 0; i < half * 2; i++)
		zero[i & 1] += s[i] == 0;
	if (half < 4 || zero[0] + zero[1] < half * 3 / 4)
		return false;
	*out = zero[1] > zero[0] ? ENCODING_UTF16LE : ENCODING_UTF16BE;
	return zero[0] < half / 8 || zero[1] < half / 8;
}

size_t encode_room(enum encoding e, size_t n)
{
	return e == ENCODING_UTF8 ? n : 3 * n + 4; /* a byte becomes three at most; a pair of UTF-16 four */
}

static size_t put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static uint32_t from_byte(enum encoding e, unsigned char c)
{
	return e == ENCODING_CP1252 && c >= 0x80 && c < 0xA0 ? cp1252[c - 0x80] : c;
}

static uint32_t unit(enum encoding e, const unsigned char *s)
{
	return e == ENCODING_UTF16BE ? (uint32_t)s[0] << 8 | s[1] : (uint32_t)s[1] << 8 | s[0];
}

static size_t utf16_in(enum encoding e, const unsigned char *s, size_t n, bool last, char *out, size_t *used)
{
	size_t i = 0, w = 0;

	while (i + 2 <= n) {
		uint32_t c = unit(e, s + i);

		if (c >= 0xD800 && c < 0xDC00 && i + 4 > n && !last)
			break;
		if (c >= 0xD800 && c < 0xDC00 && i + 4 <= n) {
			uint32_t low = unit(e, s + i + 2);

			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		w += put(out + w, c);
		i += 2;
	}
	if (last && i < n) { /* half a unit at the end: a byte that is no UTF-8 */
		out[w++] = (char)0xFF;
		i = n;
	}
	*used = i;
	return w;
}

size_t encode_in(enum encoding e, const unsigned char *s, size_t n, bool last, char *out, size_t *used)
{
	size_t w = 0;

	if (e == ENCODING_UTF16LE || e == ENCODING_UTF16BE)
		return utf16_in(e, s, n, last, out, used);
	for (size_t i = 0; i < n; i++)
		w += put(out + w, from_byte(e, s[i]));
	*used = n;
	return w;
}

/* Back: text made by put() only, so lead bytes are trusted within bounds. */

static uint32_t next(const unsigned char **p, const unsigned char *end)
{
	const unsigned char *s = *p;
	size_t   length = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF8 ? 4 : 1;
	uint32_t c = length == 1 ? s[0] : s[0] & (0xFFU >> (length + 1));

	if (length > (size_t)(end - s))
		length = (size_t)(end - s);
	for (size_t i = 1; i < length; i++)
		c = c << 6 | (s[i] & 0x3F);
	*p = s + length;
	return c;
}

static unsigned char to_byte(enum encoding e, uint32_t c)
{
	if (e == ENCODING_CP1252)
		for (unsigned i = 0; i < 32; i++)
			if (cp1252[i] == c)
				return (unsigned char)(0x80 + i);
	return (unsigned char)c;
}

static void add_unit(enum encoding e, uint32_t c, struct str *out)
{
	char high = (char)(c >> 8), low = (char)c;

	str_add_char(out, e == ENCODING_UTF16BE ? high : low);
	str_add_char(out, e == ENCODING_UTF16BE ? low : high);
}

uint64_t encode_raw_size(enum encoding e, const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;
	uint64_t size = 0;
	bool     wide = e == ENCODING_UTF16LE || e == ENCODING_UTF16BE;

	if (e == ENCODING_UTF8)
		return n;
	while (p < end) {
		bool     half = *p == 0xFF;
		uint32_t c = next(&p, end);

		size += !wide || half ? 1 : c >= 0x10000 ? 4 : 2;
	}
	return size;
}

void encode_raw(enum encoding e, const char *text, size_t n, struct str *out)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n;
	bool wide = e == ENCODING_UTF16LE || e == ENCODING_UTF16BE;

	if (e == ENCODING_UTF8) {
		str_add_span(out, text, n);
		return;
	}
	while (p < end) {
		bool     half = *p == 0xFF;
		uint32_t c = next(&p, end);

		if (!wide || half) {
			str_add_char(out, (char)to_byte(e, c));
		} else if (c >= 0x10000) {
			add_unit(e, 0xD800 + ((c - 0x10000) >> 10), out);
			add_unit(e, 0xDC00 + ((c - 0x10000) & 0x3FF), out);
		} else {
			add_unit(e, c, out);
		}
	}
}
