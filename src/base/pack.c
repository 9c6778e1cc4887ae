/* Columns of whole numbers to bytes and back. Not here: where they are kept. */
#include "config.h"

#include "base/pack.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "numbers are copied as they lie in memory");

enum { HEAD = 9, WIDEST = 8 };

/* A number is written as eight bytes, of which the next one covers what is too many. */
size_t pack_room(size_t n)
{
	return HEAD + WIDEST * (n + 1);
}

static size_t width_of(uint64_t code)
{
	size_t w = 0;

	for (; code > 0; code >>= 8)
		w++;
	return w;
}

size_t pack(uint8_t *out, const int64_t *v, size_t n)
{
	int64_t least = INT64_MAX, most = PACK_MISSING;
	size_t w;

	for (size_t i = 0; i < n; i++) {
		least = v[i] != PACK_MISSING && v[i] < least ? v[i] : least;
		most = v[i] > most ? v[i] : most;
	}
	least = most == PACK_MISSING ? 0 : least;
	w = most == PACK_MISSING ? 0 : width_of((uint64_t)most - (uint64_t)least + 1);
	out[0] = (uint8_t)w;
	memcpy(out + 1, &least, sizeof least);
	for (size_t i = 0; i < n; i++) {
		uint64_t code = v[i] != PACK_MISSING ? (uint64_t)v[i] - (uint64_t)least + 1 : 0;

		memcpy(out + HEAD + i * w, &code, sizeof code);
	}
	return HEAD + n * w;
}

static int64_t number(uint64_t code, uint64_t least)
{
	return code > 0 ? (int64_t)(least + code - 1) : PACK_MISSING;
}

bool unpack(const void *p, size_t bytes, int64_t *v, size_t n)
{
	const uint8_t *from = p;
	uint64_t least, code, mask;
	size_t w, i = 0;

	if (bytes < HEAD || from[0] > WIDEST || bytes - HEAD != from[0] * n)
		return false;
	w = from[0];
	for (; w == 0 && i < n; i++)
		v[i] = PACK_MISSING;
	memcpy(&least, from + 1, sizeof least);
	from += HEAD;
	mask = w < WIDEST ? ((uint64_t)1 << 8 * w) - 1 : UINT64_MAX;
	for (; i * w + sizeof code <= n * w; i++) {
		memcpy(&code, from + i * w, sizeof code);
		v[i] = number(code & mask, least);
	}
	for (; i < n; i++) {
		code = 0;
		memcpy(&code, from + i * w, w);
		v[i] = number(code, least);
	}
	return true;
}
