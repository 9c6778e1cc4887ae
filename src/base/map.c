/* Text to number: open addressing, linear probing, at most three quarters full. It cannot be walked, so no
 * result can come to depend on the order of hashes. */
#include "config.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

struct entry {
	const char *key; /* NULL: free */
	size_t      n;
	uint64_t    hash;
	int64_t     value;
};

struct map {
	struct arena *keys;
	struct entry *entry;
	size_t        count, size; /* size is a power of two */
};

/* FNV-1a, finished by a multiply and a fold because the low bits choose the place. */
static uint64_t hash_of(const char *key, size_t n)
{
	uint64_t h = 0xcbf29ce484222325U;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)key[i]) * 0x100000001b3U;
	h *= 0x9e3779b97f4a7c15U;
	return h ^ h >> 32;
}

/* The entry of that key, or the free one where it belongs. */
static struct entry *find(struct entry *entry, size_t size, uint64_t hash, const char *key, size_t n)
{
	size_t i = (size_t)hash & (size - 1);

	while (entry[i].key) {
		if (entry[i].hash == hash && entry[i].n == n && (n == 0 || memcmp(entry[i].key, key, n) == 0))
			break;
		i = (i + 1) & (size - 1);
	}
	return &entry[i];
}

static void grow(struct map *m)
{
	size_t size = m->size * 2;
	struct entry *entry = mem_new(size, sizeof *entry);

	for (size_t i = 0; i < m->size; i++)
		if (m->entry[i].key)
			*find(entry, size, m->entry[i].hash, m->entry[i].key, m->entry[i].n) = m->entry[i];
	free(m->entry);
	m->entry = entry;
	m->size = size;
}

struct map *map_new(void)
{
	struct map *m = mem_new(1, sizeof *m);

	m->size = 16;
	m->keys = arena_new();
	m->entry = mem_new(m->size, sizeof *m->entry);
	return m;
}

void map_free(struct map *m)
{
	if (!m)
		return;
	arena_free(m->keys);
	free(m->entry);
	free(m);
}

bool map_get(const struct map *m, const char *key, size_t n, int64_t *value)
{
	const struct entry *e = find(m->entry, m->size, hash_of(key, n), key, n);

	if (!e->key)
		return false;
	if (value)
		*value = e->value;
	return true;
}

void map_set(struct map *m, const char *key, size_t n, int64_t value)
{
	uint64_t hash = hash_of(key, n);
	struct entry *e = find(m->entry, m->size, hash, key, n);

	if (!e->key) {
		if (m->count + 1 > m->size / 4 * 3) {
			grow(m);
			e = find(m->entry, m->size, hash, key, n);
		}
		*e = (struct entry){ .key = arena_span(m->keys, key, n), .n = n, .hash = hash };
		m->count++;
	}
	e->value = value;
}

size_t map_count(const struct map *m)
{
	return m->count;
}
