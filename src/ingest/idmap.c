/* The map from customer id to number. Not here: what is known of a customer (load.c). */
#include "config.h"

#include "ingest/idmap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct idmap {
	uint64_t *slot;    /* tag << 32 | code; 0: free. Open addressing, never more than half full */
	size_t    mask;
	uint64_t  seed;
	char     *text;    /* all ids */
	size_t    text_n, text_cap;
	uint64_t *start;   /* start[code - 1] .. start[code]: the id's bytes */
	int32_t   count;
	size_t    start_cap;
	uint64_t  hash[IDMAP_BATCH];
};

static uint64_t mix(uint64_t a, uint64_t b)
{
	unsigned __int128 p = (unsigned __int128)a * b;

	return (uint64_t)p ^ (uint64_t)(p >> 64);
}

static uint64_t load(const char *p, size_t n)
{
	uint64_t v = 0;

	memcpy(&v, p, n);
	return v;
}

/* Two multiplications for the usual id of up to 16 bytes. The seed differs between runs, so that no file can be made to collide;
 * nothing that is stored depends on it. */
static uint64_t hash_of(const struct idmap *m, struct span s)
{
	const char *p = s.p;
	size_t      n = s.n;
	uint64_t    h = m->seed ^ n, a, b;

	for (; n > 16; p += 16, n -= 16)
		h = mix(load(p, 8) ^ 0x9E3779B97F4A7C15U, load(p + 8, 8) ^ h);
	if (n >= 8) {
		a = load(p, 8);
		b = load(p + n - 8, 8);
	} else if (n >= 4) {
		a = load(p, 4);
		b = load(p + n - 4, 4);
	} else {
		a = n == 0 ? 0 : (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
		b = 0;
	}
	return mix(a ^ 0xD6E8FEB86659FD93U ^ h, b ^ 0xA0761D6478BD642FU);
}

struct idmap *idmap_new(void)
{
	struct idmap *m = mem_new(1, sizeof *m);

	m->mask = 4 * IDMAP_BATCH - 1;
	m->slot = mem_new(m->mask + 1, sizeof *m->slot);
	m->start_cap = IDMAP_BATCH;
	m->start = mem_new(m->start_cap, sizeof *m->start);
	m->text_cap = 65536;
	m->text = mem_new(m->text_cap, 1);
	m->seed = (uint64_t)(uintptr_t)m * 0x9E3779B97F4A7C15U;
	return m;
}

void idmap_free(struct idmap *m)
{
	if (m == NULL)
		return;
	free(m->slot);
	free(m->start);
	free(m->text);
	free(m);
}

int32_t idmap_count(const struct idmap *m)
{
	return m->count;
}

struct span idmap_id(const struct idmap *m, int32_t code)
{
	assert(code >= 1 && code <= m->count);
	return (struct span){ m->text + m->start[code - 1], (uint32_t)(m->start[code] - m->start[code - 1]) };
}

static void put(struct idmap *m, uint64_t hash, int32_t code)
{
	size_t i = hash & m->mask;

	while (m->slot[i] != 0)
		i = (i + 1) & m->mask;
	m->slot[i] = (hash & 0xFFFFFFFF00000000U) | (uint32_t)code;
}

static void put_all(struct idmap *m)
{
	for (int32_t c = 1; c <= m->count; c++)
		put(m, hash_of(m, idmap_id(m, c)), c);
}

/* Room for n more ids, so that a batch needs no check. */
static bool make_room(struct idmap *m, size_t n)
{
	size_t need = (size_t)m->count + n, slots = m->mask + 1;

	if (need >= INT32_MAX)
		return false;
	if (need + 1 > m->start_cap) {
		uint64_t *start = mem_try_grow(m->start, 2 * need + 2, sizeof *start);

		if (start == NULL)
			return false;
		m->start = start;
		m->start_cap = 2 * need + 2;
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

static bool add_text(struct idmap *m, struct span s)
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
	m->text_n += s.n;
	return true;
}

static bool is_same(const struct idmap *m, int32_t code, struct span id)
{
	struct span s = idmap_id(m, code);

	return s.n == id.n && memcmp(s.p, id.p, id.n) == 0;
}

/* The code of one id; 0: no memory. */
static int32_t look_up(struct idmap *m, struct span id, uint64_t hash)
{
	uint64_t tag = hash & 0xFFFFFFFF00000000U;
	size_t   i = hash & m->mask;

	for (uint64_t v; (v = m->slot[i]) != 0; i = (i + 1) & m->mask)
		if ((v & 0xFFFFFFFF00000000U) == tag && is_same(m, (int32_t)(uint32_t)v, id))
			return (int32_t)(uint32_t)v;
	if (!add_text(m, id))
		return 0;
	m->count++;
	m->start[m->count] = m->text_n;
	m->slot[i] = tag | (uint32_t)m->count;
	return m->count;
}

bool idmap_codes(struct idmap *m, const struct span *id, size_t n, int32_t *code)
{
	assert(n <= IDMAP_BATCH);
	if (!make_room(m, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		m->hash[i] = hash_of(m, id[i]);
		__builtin_prefetch(&m->slot[m->hash[i] & m->mask]);
	}
	for (size_t i = 0; i < n; i++)
		if ((code[i] = look_up(m, id[i], m->hash[i])) == 0)
			return false;
	return true;
}

void idmap_cut(struct idmap *m, int32_t n)
{
	if (n >= m->count)
		return;
	m->count = n;
	m->text_n = m->start[n];
	memset(m->slot, 0, (m->mask + 1) * sizeof *m->slot);
	put_all(m);
}
