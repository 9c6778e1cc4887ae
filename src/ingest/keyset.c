/* An open hash table of numbers, for millions of rows. Not here: what a key is made of (repeat.c). */
#include "config.h"

#include "ingest/keyset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct slot { uint64_t key, value; }; /* key 0: free */

struct keyset {
	struct slot *slot;
	size_t       n, mask;
};

enum { FIRST = 1024 };

struct keyset *keyset_new(void)
{
	struct keyset *k = mem_new(1, sizeof *k);

	k->slot = mem_new(FIRST, sizeof *k->slot);
	k->mask = FIRST - 1;
	return k;
}

void keyset_free(struct keyset *k)
{
	if (k == NULL)
		return;
	free(k->slot);
	free(k);
}

size_t keyset_count(const struct keyset *k)
{
	return k->n;
}

static struct slot *find(const struct keyset *k, uint64_t key)
{
	size_t i = key & k->mask;

	while (k->slot[i].key != 0 && k->slot[i].key != key)
		i = (i + 1) & k->mask;
	return &k->slot[i];
}

static enum rc grow(struct keyset *k)
{
	struct keyset bigger = { .n = k->n, .mask = 2 * k->mask + 1 };

	bigger.slot = mem_try(bigger.mask + 1, sizeof *bigger.slot);
	if (bigger.slot == NULL)
		return err_set(RC_NOMEM, "CSV-158", "no memory for the keys of %zu rows", k->n);
	for (size_t i = 0; i <= k->mask; i++)
		if (k->slot[i].key != 0)
			*find(&bigger, k->slot[i].key) = k->slot[i];
	free(k->slot);
	*k = bigger;
	return RC_OK;
}

static uint64_t usable(uint64_t key)
{
	return key != 0 ? key : 1;
}

enum rc keyset_put(struct keyset *k, uint64_t key, uint64_t *value, enum keyset_found *found)
{
	struct slot *s;
	enum rc rc = (k->n + 1) * 5 > (k->mask + 1) * 4 ? grow(k) : RC_OK;

	if (rc != RC_OK)
		return rc;
	key = usable(key);
	s = find(k, key);
	if (s->key == 0) {
		*s = (struct slot){ key, *value };
		k->n++;
		*found = KEYSET_NEW;
		return RC_OK;
	}
	*found = s->value == *value ? KEYSET_SAME : KEYSET_OTHER;
	*value = s->value;
	return RC_OK;
}

bool keyset_get(const struct keyset *k, uint64_t key, uint64_t *value)
{
	const struct slot *s = find(k, usable(key));

	*value = s->value;
	return s->key != 0;
}

void keyset_set(struct keyset *k, uint64_t key, uint64_t value)
{
	find(k, usable(key))->value = value;
}

/* Both halves of a product of 128 bits, folded: every bit of either factor moves all bits of the result. */
static uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 v = (unsigned __int128)a * b;

	return (uint64_t)v ^ (uint64_t)(v >> 64);
}

uint64_t keyset_hash(uint64_t h, const char *p, size_t n)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15), even = UINT64_C(0xD6E8FEB86659FD93);
	uint64_t word;

	h = fold(h ^ odd, (uint64_t)n ^ even);
	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&word, p, 8);
		h = fold(h ^ word, odd) ^ word;
	}
	word = 0;
	memcpy(&word, p, n);
	return fold(h ^ word ^ even, odd);
}
