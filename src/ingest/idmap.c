/* The map from customer id to number. Not here: what is known of a customer (load.c). */
#include "config.h"

#include "ingest/idmap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define TAG UINT64_C(0xFFFFFFFF00000000)

/* An id of up to 15 bytes stands in its cell, so that a look-up touches one slot and one cell; a longer one stands in text[]. */
union cell {
	struct { char bytes[15]; uint8_t n; } brief;   /* n < LONG; unused bytes are zero */
	struct { uint64_t at; uint32_t n; } full;
	uint64_t word[2];
};

enum { BRIEF = 15, LONG = 0xFF };

struct idmap {
	uint64_t   *slot;    /* tag << 32 | code; 0: free. Open addressing, never more than half full */
	size_t      mask;
	uint64_t    seed;
	union cell *cell;    /* cell[code - 1] */
	size_t      cell_cap;
	char       *text;    /* the long ids */
	size_t      text_n, text_cap;
	int32_t     count;
	uint64_t    hash[IDMAP_BATCH];
	union cell  key[IDMAP_BATCH]; /* of the batch at hand; for a long id only its marker */
};

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 p = (unsigned __int128)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static uint64_t load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

static uint64_t load4(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* The bytes of a short id, zero-padded, without reading beyond it (little-endian). */
static void make_key(struct span s, union cell *out)
{
	const char *p = s.p;
	size_t      n = s.n;
	uint64_t    low, high = 0;

	if (n > BRIEF) {
		low = 0;
		high = (uint64_t)LONG << 56;
	} else if (n >= 8) {
		low = load8(p);
		high = n == 8 ? 0 : load8(p + n - 8) >> 8 * (16 - n);
		high |= (uint64_t)n << 56;
	} else if (n >= 4) {
		low = load4(p) | load4(p + n - 4) << 8 * (n - 4);
		high = (uint64_t)n << 56;
	} else {
		low = n == 0 ? 0 : (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 * (n / 2) |
			(uint64_t)(unsigned char)p[n - 1] << 8 * (n - 1);
		high = (uint64_t)n << 56;
	}
	out->word[0] = low;
	out->word[1] = high;
}

static uint64_t hash_long(uint64_t h, struct span s)
{
	const char *p = s.p;
	size_t      n = s.n;

	for (; n > 16; p += 16, n -= 16)
		h = mix(load8(p) ^ 0x9E3779B97F4A7C15U, load8(p + 8) ^ h);
	return mix(load8(s.p + s.n - 16) ^ 0xD6E8FEB86659FD93U ^ h, load8(s.p + s.n - 8) ^ 0xA0761D6478BD642FU ^ s.n);
}

/* The seed differs between runs, so that no file can be made to collide; nothing that is stored depends on it. */
static uint64_t hash_of(const struct idmap *m, struct span s, const union cell *key)
{
	if (s.n > BRIEF)
		return hash_long(m->seed, s);
	return mix(key->word[0] ^ 0xD6E8FEB86659FD93U ^ m->seed, key->word[1] ^ 0xA0761D6478BD642FU);
}

struct idmap *idmap_new(void)
{
	struct idmap *m = mem_new(1, sizeof *m);

	m->mask = 4 * IDMAP_BATCH - 1;
	m->slot = mem_new(m->mask + 1, sizeof *m->slot);
	m->cell_cap = IDMAP_BATCH;
	m->cell = mem_new(m->cell_cap, sizeof *m->cell);
	m->text_cap = 4096;
	m->text = mem_new(m->text_cap, 1);
	m->seed = (uint64_t)(uintptr_t)m * 0x9E3779B97F4A7C15U;
	return m;
}

void idmap_free(struct idmap *m)
{
	if (m == NULL)
		return;
	free(m->slot);
	free(m->cell);
	free(m->text);
	free(m);
}

int32_t idmap_count(const struct idmap *m)
{
	return m->count;
}

struct span idmap_id(const struct idmap *m, int32_t code)
{
	const union cell *c = &m->cell[code - 1];

	assert(code >= 1 && code <= m->count);
	if (c->brief.n == LONG)
		return (struct span){ m->text + c->full.at, c->full.n };
	return (struct span){ c->brief.bytes, c->brief.n };
}

static void put(struct idmap *m, uint64_t hash, int32_t code)
{
	size_t i = hash & m->mask;

	while (m->slot[i] != 0)
		i = (i + 1) & m->mask;
	m->slot[i] = (hash & TAG) | (uint32_t)code;
}

static void put_all(struct idmap *m)
{
	for (int32_t c = 1; c <= m->count; c++)
		put(m, hash_of(m, idmap_id(m, c), &m->cell[c - 1]), c);
}

/* Room for n more ids, so that a batch needs no check. */
static bool make_room(struct idmap *m, size_t n)
{
	size_t need = (size_t)m->count + n, slots = m->mask + 1;

	if (need >= INT32_MAX)
		return false;
	if (need > m->cell_cap) {
		union cell *cell = mem_try_grow(m->cell, 2 * need, sizeof *cell);

		if (cell == NULL)
			return false;
		m->cell = cell;
		m->cell_cap = 2 * need;
	}
	while (need * 2 > slots)
		slots *= 2;
	if (slots == m->mask + 1)
		return true;
	uint64_t *slot = mem_try(slots, sizeof *slot);

	if (slot == NULL)
		return false;
	free(m->slot);
	m->slot = slot;
	m->mask = slots - 1;
	put_all(m);
	return true;
}

static bool add_long(struct idmap *m, struct span s, union cell *out)
{
	if (m->text_n + s.n > m->text_cap) {
		size_t cap = 2 * (m->text_n + s.n);
		char  *text = mem_try_grow(m->text, cap, 1);

		if (text == NULL)
			return false;
		m->text = text;
		m->text_cap = cap;
	}
	memcpy(m->text + m->text_n, s.p, s.n);
	out->full.at = m->text_n;
	out->full.n = s.n;
	out->brief.n = LONG;
	m->text_n += s.n;
	return true;
}

static bool is_same(const struct idmap *m, int32_t code, struct span id, const union cell *key)
{
	const union cell *c = &m->cell[code - 1];

	if (c->brief.n != LONG || id.n <= BRIEF)
		return c->word[0] == key->word[0] && c->word[1] == key->word[1];
	return c->full.n == id.n && memcmp(m->text + c->full.at, id.p, id.n) == 0;
}

/* The code of one id; 0: no memory. */
static int32_t look_up(struct idmap *m, struct span id, const union cell *key, uint64_t hash)
{
	uint64_t tag = hash & TAG;
	size_t   i = hash & m->mask;

	for (uint64_t v; (v = m->slot[i]) != 0; i = (i + 1) & m->mask)
		if ((v & TAG) == tag && is_same(m, (int32_t)(uint32_t)v, id, key))
			return (int32_t)(uint32_t)v;
	m->cell[m->count] = *key;
	if (id.n > BRIEF && !add_long(m, id, &m->cell[m->count]))
		return 0;
	m->count++;
	m->slot[i] = tag | (uint32_t)m->count;
	return m->count;
}

/* Three passes, so that the slots and then the cells of a batch are fetched side by side and not one after the other. */
bool idmap_codes(struct idmap *m, const struct span *id, size_t n, int32_t *code)
{
	assert(n <= IDMAP_BATCH);
	if (!make_room(m, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		make_key(id[i], &m->key[i]);
		m->hash[i] = hash_of(m, id[i], &m->key[i]);
		__builtin_prefetch(&m->slot[m->hash[i] & m->mask]);
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t first = (uint32_t)m->slot[m->hash[i] & m->mask];

		if (first != 0)
			__builtin_prefetch(&m->cell[first - 1]);
	}
	for (size_t i = 0; i < n; i++)
		if ((code[i] = look_up(m, id[i], &m->key[i], m->hash[i])) == 0)
			return false;
	return true;
}

void idmap_cut(struct idmap *m, int32_t n)
{
	while (m->count > n) {
		m->count--;
		if (m->cell[m->count].brief.n == LONG)
			m->text_n = m->cell[m->count].full.at;
	}
	memset(m->slot, 0, (m->mask + 1) * sizeof *m->slot);
	put_all(m);
}
