/* Sorting of numbers: radix sort on keys whose unsigned order is the order of the doubles. Stable, and the
 * same answer whatever the memory allows. The upper half of a key nearly always decides: all go by that, and
 * then only the runs that share it by the lower half. */
#include "config.h"

#include "math/dist.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DIGIT_BITS 11
#define DIGITS     3            /* 3 * 11 >= 32: half a key */
#define BUCKETS    (1u << DIGIT_BITS)
#define UPPER      31           /* 33 bits from here on */
#define SMALL      48           /* insertion sort up to here */
#define MIDDLING   600          /* heap sort up to here: the counters of the radix sort would cost more */
#define KEY_NAN    UINT64_MAX   /* after infinity */

/* Negative numbers: all bits flipped; others: the sign bit set. */
static uint64_t key_of(double v)
{
	uint64_t bits;

	if (v != v)
		return KEY_NAN;
	v += 0.0; /* -0 becomes 0 */
	memcpy(&bits, &v, sizeof(bits));
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* Largest first, NaN still last. */
static uint64_t key_down(double v)
{
	uint64_t key = key_of(v);

	return key == KEY_NAN ? key : ~key;
}

static double real_of(uint64_t key)
{
	uint64_t bits = key >> 63 ? key & ~(UINT64_C(1) << 63) : ~key;
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

/* While they are sorted the doubles' own memory holds the keys. */
static uint64_t held(const double *v, size_t i)
{
	uint64_t key;

	memcpy(&key, v + i, sizeof(key));
	return key;
}

static void hold(double *v, size_t i, uint64_t key)
{
	memcpy(v + i, &key, sizeof(key));
}

static size_t digit(uint64_t key, int d)
{
	return key >> (d * DIGIT_BITS) & (BUCKETS - 1);
}

/* Counts become first places; false when all keys share the digit and the pass can be left out. */
static bool places(uint32_t *count, size_t n)
{
	uint32_t place = 0;

	for (size_t b = 0; b < BUCKETS; b++) {
		uint32_t here = count[b];

		if (here == n)
			return false;
		count[b] = place;
		place += here;
	}
	return true;
}

/* By the 33 bits from `low` on; the others are the same in all. */
static void sort_digits(double *v, double *spare, size_t n, int low)
{
	uint32_t count[DIGITS][BUCKETS] = { { 0 } };
	double *from = v, *to = spare;

	for (size_t i = 0; i < n; i++)
		for (int d = 0; d < DIGITS; d++)
			count[d][digit(held(v, i) >> low, d)]++;
	for (int d = 0; d < DIGITS; d++) {
		double *swap = from;

		if (!places(count[d], n))
			continue;
		for (size_t i = 0; i < n; i++) {
			uint64_t key = held(from, i);

			hold(to, count[d][digit(key >> low, d)]++, key);
		}
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
}

static void sink(double *v, size_t root, size_t n)
{
	uint64_t key = held(v, root);

	for (size_t child; (child = 2 * root + 1) < n; root = child) {
		if (child + 1 < n && held(v, child + 1) > held(v, child))
			child++;
		if (held(v, child) <= key)
			break;
		hold(v, root, held(v, child));
	}
	hold(v, root, key);
}

static void sort_heap(double *v, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sink(v, i, n);
	for (size_t end = n; end-- > 1;) {
		uint64_t top = held(v, 0);

		hold(v, 0, held(v, end));
		hold(v, end, top);
		sink(v, 0, end);
	}
}

static void sort_insert(double *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t key = held(v, i);
		size_t j = i;

		for (; j > 0 && held(v, j - 1) > key; j--)
			hold(v, j, held(v, j - 1));
		hold(v, j, key);
	}
}

static bool is_sorted(const double *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (held(v, i - 1) > held(v, i))
			return false;
	return true;
}

static void sort_run(double *v, double *spare, size_t n)
{
	if (n <= SMALL)
		sort_insert(v, n);
	else if (is_sorted(v, n))
		return;
	else if (n <= MIDDLING)
		sort_heap(v, n);
	else
		sort_digits(v, spare, n, 0);
}

static void sort_radix(double *v, double *spare, size_t n)
{
	sort_digits(v, spare, n, UPPER);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && held(v, to) >> UPPER == held(v, from) >> UPPER; to++)
			continue;
		sort_run(v + from, spare + from, to - from);
	}
}

void sort_real(double *v, size_t n)
{
	double *spare = n > MIDDLING && n < UINT32_MAX ? mem_try(n, sizeof(*spare)) : NULL;

	for (size_t i = 0; i < n; i++)
		hold(v, i, key_of(v[i]));
	if (spare)
		sort_radix(v, spare, n);
	else if (n > SMALL)
		sort_heap(v, n);
	else
		sort_insert(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = real_of(held(v, i));
	free(spare);
}

/* ---- orders ---- */

static void order_insert(const double *key, size_t n, uint32_t *order, uint64_t (*as_key)(double))
{
	for (size_t i = 0; i < n; i++) {
		uint64_t k = as_key(key[i]);
		size_t j = i;

		for (; j > 0 && as_key(key[order[j - 1]]) > k; j--)
			order[j] = order[j - 1];
		order[j] = (uint32_t)i;
	}
}

/* Half a key and the row that it is of. */
struct item { uint32_t half, row; };

/* By half a key, stable. Returns which of the two arrays has it. */
static struct item *items_sort(struct item *from, struct item *to, size_t n)
{
	uint32_t count[DIGITS][BUCKETS] = { { 0 } };

	for (size_t i = 0; i < n; i++)
		for (int d = 0; d < DIGITS; d++)
			count[d][digit(from[i].half, d)]++;
	for (int d = 0; d < DIGITS; d++) {
		struct item *swap = from;

		if (!places(count[d], n))
			continue;
		for (size_t i = 0; i < n; i++)
			to[count[d][digit(from[i].half, d)]++] = from[i];
		from = to;
		to = swap;
	}
	return from;
}

static void items_insert(struct item *item, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct item x = item[i];
		size_t j = i;

		for (; j > 0 && item[j - 1].half > x.half; j--)
			item[j] = item[j - 1];
		item[j] = x;
	}
}

/* Rows whose keys have the upper half in common, in the order of the array. */
static void order_run(const double *key, size_t n, uint32_t *order, struct item *item, struct item *spare, uint64_t (*as_key)(double))
{
	bool done = true;

	for (size_t i = 0; i < n; i++) {
		item[i] = (struct item){ (uint32_t)as_key(key[order[i]]), order[i] };
		done &= i == 0 || item[i - 1].half <= item[i].half;
	}
	if (done)
		return;
	if (n > SMALL)
		item = items_sort(item, spare, n);
	else
		items_insert(item, n);
	for (size_t i = 0; i < n; i++)
		order[i] = item[i].row;
}

static void order_radix(const double *key, size_t n, uint32_t *order, struct item *item, uint64_t (*as_key)(double))
{
	struct item *sorted, *room;
	uint64_t first = as_key(key[0]), differs = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t k = as_key(key[i]);

		item[i] = (struct item){ (uint32_t)(k >> 32), (uint32_t)i };
		differs |= k ^ first;
	}
	sorted = items_sort(item, item + n, n);
	room = sorted == item ? item + n : item;
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from; to < n && sorted[to].half == sorted[from].half; to++)
			order[to] = sorted[to].row;
		if (to - from > 1 && (uint32_t)differs != 0)
			order_run(key, to - from, order + from, room + from, sorted + from, as_key);
	}
}

static enum rc sort_by(const double *key, size_t n, uint32_t *order, uint64_t (*as_key)(double))
{
	struct item *room;

	if (n <= SMALL) {
		order_insert(key, n, order, as_key);
		return RC_OK;
	}
	room = n < UINT32_MAX ? mem_try(2 * n, sizeof(*room)) : NULL;
	if (!room)
		return err_set(RC_NOMEM, "MATH-101", "no memory to sort %zu numbers", n);
	order_radix(key, n, order, room, as_key);
	free(room);
	return RC_OK;
}

enum rc sort_order(const double *key, size_t n, uint32_t *order)
{
	return sort_by(key, n, order, key_of);
}

enum rc sort_order_down(const double *key, size_t n, uint32_t *order)
{
	return sort_by(key, n, order, key_down);
}
