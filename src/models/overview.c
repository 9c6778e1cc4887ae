/* Names with numbers, and the greatest of many. Reads and writes no table. */
#include "config.h"

#include "models/overview.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

size_t names_find(struct names *x, const char *p, size_t n)
{
	for (size_t i = 0; i < x->n; i++)
		if (!strncmp(x->name[i], p, n) && !x->name[i][n])
			return i + 1;
	if (x->n + 1 >= OVERVIEW_NAMES || n >= sizeof x->name[0])
		return 0;
	memcpy(x->name[x->n], p, n);
	x->name[x->n][n] = '\0';
	return ++x->n;
}

/* ---- the greatest: a heap with the least on top ---- */

static bool less(const struct best *b, size_t i, size_t j)
{
	return b->key[i] < b->key[j] || (b->key[i] == b->key[j] && b->who[i] > b->who[j]);
}

static void swap(struct best *b, size_t i, size_t j)
{
	double key = b->key[i];
	int32_t who = b->who[i];
	b->key[i] = b->key[j];
	b->who[i] = b->who[j];
	b->key[j] = key;
	b->who[j] = who;
}

static void sink(struct best *b, size_t i, size_t n)
{
	for (size_t child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && less(b, child + 1, child))
			child++;
		if (!less(b, child, i))
			return;
		swap(b, i, child);
	}
}

static void rise(struct best *b, size_t i)
{
	for (; i && less(b, i, (i - 1) / 2); i = (i - 1) / 2)
		swap(b, i, (i - 1) / 2);
}

void best_init(struct best *b, struct arena *a, size_t most)
{
	*b = (struct best) { .most = most };
	b->key = arena_alloc(a, most + 1, sizeof *b->key);
	b->who = arena_alloc(a, most + 1, sizeof *b->who);
}

void best_offer(struct best *b, double key, int32_t who)
{
	if (isnan(key) || !b->most)
		return;
	if (b->n < b->most) {
		b->key[b->n] = key;
		b->who[b->n] = who;
		rise(b, b->n++);
		return;
	}
	if (key < b->key[0] || (key == b->key[0] && who > b->who[0]))
		return;
	b->key[0] = key;
	b->who[0] = who;
	sink(b, 0, b->n);
}

void best_sort(struct best *b)
{
	for (size_t n = b->n; n > 1; n--) {
		swap(b, 0, n - 1);
		sink(b, 0, n - 1);
	}
}
