/* clv_has(text, part): does the text contain the part, in any case? Case is folded for the alphabets of Europe
 * (Latin, Greek, Cyrillic), by code point and without a locale. */
#include "config.h"

#include "store/store_priv.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The next code point of valid UTF-8; a stray byte stands for itself. */
static uint32_t next(const unsigned char **p, const unsigned char *end)
{
	static const uint32_t lead_bits[] = { 0, 0, 0x1f, 0x0f, 0x07 };
	uint32_t c = **p;
	int n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;

	if (n == 1 || end - *p < n) {
		++*p;
		return c;
	}
	c &= lead_bits[n];
	for (int i = 1; i < n; i++)
		c = c << 6 | ((*p)[i] & 0x3f);
	*p += n;
	return c;
}

static uint32_t fold(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0xc0 && c <= 0xde && c != 0xd7)
		return c + 32;
	if (c == 0x178)
		return 0xff;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c % 2 == 1 ? c + 1 : c;
	if (c >= 0x100 && c <= 0x177 && c != 0x130 && c != 0x131 && c != 0x138)
		return c % 2 == 0 ? c + 1 : c;
	if (c >= 0x391 && c <= 0x3a9 && c != 0x3a2)
		return c + 32;
	if (c == 0x3c2)
		return 0x3c3;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c >= 0x410 && c <= 0x42f)
		return c + 32;
	return c;
}

static bool starts_with(const unsigned char *p, const unsigned char *end, const unsigned char *part, const unsigned char *part_end)
{
	while (part < part_end) {
		if (p >= end || fold(next(&p, end)) != fold(next(&part, part_end)))
			return false;
	}
	return true;
}

bool match_has(const char *text, size_t n, const char *part, size_t part_n)
{
	const unsigned char *p = (const unsigned char *)text, *end = p + n, *q = (const unsigned char *)part;
	uint32_t first = part_n > 0 && *q < 0x80 ? fold(*q) : 0;

	for (;; next(&p, end)) {
		while (first != 0 && p < end && *p < 0x80 && fold(*p) != first) /* no other letter folds to one of ASCII */
			p++;
		if (starts_with(p, end, q, q + part_n))
			return true;
		if (p >= end)
			return false;
	}
}

static void has(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	const char *text, *part;

	(void)argc;
	if (sqlite3_value_type(argv[0]) == SQLITE_NULL || sqlite3_value_type(argv[1]) == SQLITE_NULL)
		return;
	text = (const char *)sqlite3_value_text(argv[0]);
	part = (const char *)sqlite3_value_text(argv[1]);
	if (text == NULL || part == NULL)
		sqlite3_result_error_nomem(ctx);
	else
		sqlite3_result_int(ctx, match_has(text, (size_t)sqlite3_value_bytes(argv[0]), part, (size_t)sqlite3_value_bytes(argv[1])));
}

int match_attach(sqlite3 *db)
{
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;

	return sqlite3_create_function_v2(db, "clv_has", 2, flags, NULL, has, NULL, NULL, NULL);
}
