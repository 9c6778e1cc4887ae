/* Stable sorting of (image, row): merging when few, counting digits when many. Texts go eight bytes at a time, the next
 * eight only among rows that are equal so far. Knows nothing of where values come from. */
#include "config.h"

#include "store/order_priv.h"

#include <stdbool.h>
#include <string.h>

enum { FEW = 1024, DIGIT_BITS = 11, DIGITS = 6, DIGIT_VALUES = 1 << DIGIT_BITS, CHUNK = 8 };

uint64_t order_of_int(int64_t v)
{
	return (uint64_t)v ^ (uint64_t)1 << 63;
}

uint64_t order_of_real(double v)
{
	uint64_t bits;

	v = v == 0 ? 0 : v;
	memcpy(&bits, &v, sizeof bits);
	return bits >> 63 != 0 ? ~bits : bits ^ (uint64_t)1 << 63;
}

static void merge(const struct order_item *a, size_t n, const struct order_item *b, size_t m, struct order_item *out)
{
	size_t i = 0, j = 0;

	while (i < n && j < m)
		*out++ = b[j].image < a[i].image ? b[j++] : a[i++];
	while (i < n)
		*out++ = a[i++];
	while (j < m)
		*out++ = b[j++];
}

static void sort_few(struct order_item *item, struct order_item *spare, size_t n)
{
	size_t half = n / 2;

	if (n < 12) {
		for (size_t i = 1; i < n; i++) {
			struct order_item x = item[i];
			size_t j = i;

			for (; j > 0 && item[j - 1].image > x.image; j--)
				item[j] = item[j - 1];
			item[j] = x;
		}
		return;
	}
	sort_few(item, spare, half);
	sort_few(item + half, spare, n - half);
	memcpy(spare, item, half * sizeof *item);
	merge(spare, half, item + half, n - half, item);
}

static size_t digit(uint64_t image, int d)
{
	return (size_t)(image >> (d * DIGIT_BITS)) & (DIGIT_VALUES - 1);
}

/* Is there a digit value that all n have? */
static bool is_same(const uint32_t *count, uint64_t image, int d, size_t n)
{
	return count[digit(image, d)] == n;
}

static void deal(const struct order_item *from, struct order_item *to, size_t n, uint32_t *count, int d)
{
	uint32_t at = 0;

	for (size_t v = 0; v < DIGIT_VALUES; v++) {
		uint32_t here = count[v];

		count[v] = at;
		at += here;
	}
	for (size_t i = 0; i < n; i++)
		to[count[digit(from[i].image, d)]++] = from[i];
}

static void sort_many(struct order_item *item, struct order_item *spare, size_t n)
{
	uint32_t count[DIGITS][DIGIT_VALUES] = { { 0 } };
	struct order_item *from = item, *to = spare;

	for (size_t i = 0; i < n; i++)
		for (int d = 0; d < DIGITS; d++)
			count[d][digit(item[i].image, d)]++;
	for (int d = 0; d < DIGITS; d++) {
		struct order_item *other = from;

		if (is_same(count[d], item[0].image, d, n))
			continue;
		deal(from, to, n, count[d], d);
		from = to;
		to = other;
	}
	if (from != item)
		memcpy(item, from, n * sizeof *item);
}

static void reverse(struct order_item *item, size_t from, size_t to)
{
	for (; from + 1 < to; from++) {
		struct order_item x = item[from];

		item[from] = item[--to];
		item[to] = x;
	}
}

/* Rows by rank are sorted by value already, up or down: then equal ones, too, are put back as they stood. */
static bool sort_sorted(struct order_item *item, size_t n)
{
	size_t up = 1, down = 1;

	while (up < n && item[up - 1].image <= item[up].image)
		up++;
	while (up < n && down < n && item[down - 1].image >= item[down].image)
		down++;
	if (up >= n)
		return true;
	if (down < n)
		return false;
	reverse(item, 0, n);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && item[to].image == item[from].image; to++)
			;
		reverse(item, from, to);
	}
	return true;
}

void order_items(struct order_item *item, struct order_item *spare, size_t n)
{
	if (sort_sorted(item, n))
		return;
	if (n < FEW)
		sort_few(item, spare, n);
	else
		sort_many(item, spare, n);
}

/* The eight bytes of a text from `at` on as a number; past its end come zeros. */
static uint64_t chunk(const struct order_texts *t, uint32_t row, size_t at)
{
	const unsigned char *p = (const unsigned char *)t->bytes + t->at[t->code[row - 1]];
	size_t n = t->n[t->code[row - 1]];
	uint64_t v = 0;

	for (size_t i = 0; i < CHUNK; i++)
		v = v << 8 | (at + i < n ? p[at + i] : 0);
	return v;
}

/* Sets the images to the chunk at `at` or, once every text has ended there, to the lengths, which tell texts with zero bytes
 * at their end apart. False when that was the last word. */
static bool take_chunks(struct order_item *item, size_t n, const struct order_texts *t, size_t at, int down)
{
	bool more = false;

	for (size_t i = 0; i < n; i++)
		more |= t->n[t->code[item[i].row - 1]] > at;
	for (size_t i = 0; i < n; i++) {
		uint64_t v = more ? chunk(t, item[i].row, at) : t->n[t->code[item[i].row - 1]];

		item[i].image = down ? ~v : v;
	}
	return more;
}

static bool all_same(const struct order_item *item, size_t n)
{
	return item[0].image == item[n - 1].image;
}

static void sort_from(struct order_item *item, struct order_item *spare, size_t n, const struct order_texts *t, size_t at, int down)
{
	bool more;

	do {
		more = take_chunks(item, n, t, at, down);
		order_items(item, spare, n);
		at += CHUNK;
	} while (more && all_same(item, n));
	for (size_t from = 0, to; more && from < n; from = to) {
		for (to = from + 1; to < n && item[to].image == item[from].image; to++)
			;
		if (to - from > 1)
			sort_from(item + from, spare, to - from, t, at, down);
	}
}

void order_texts(struct order_item *item, struct order_item *spare, size_t n, const struct order_texts *texts, int down)
{
	if (n > 1)
		sort_from(item, spare, n, texts, 0, down);
}
