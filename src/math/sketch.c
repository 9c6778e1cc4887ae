/* Distinct values and quantiles of a stream. Not here: hashes of texts; statistics of arrays (dist.c). */
#include "config.h"

#include "math/sketch.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/dist.h"

/* --- distinct values -------------------------------------------------------------------------- */

struct held { uint64_t hash; int64_t times; }; /* times 0: free */

struct distinct {
	struct held *slot;
	size_t       size, n, most; /* size: a power of two, at least twice n */
	int          depth;
	bool         repeats;
};

enum { SLOTS_FIRST = 64, DEPTH_MOST = 63 };

struct distinct *distinct_new(size_t most)
{
	struct distinct *d = mem_new(1, sizeof *d);
	d->size = SLOTS_FIRST;
	d->most = most;
	d->slot = mem_new(d->size, sizeof *d->slot);
	return d;
}

void distinct_free(struct distinct *d)
{
	if (d)
		free(d->slot);
	free(d);
}

static bool is_deep(const struct distinct *d, uint64_t hash)
{
	return !d->depth || hash >> (64 - d->depth) == 0;
}

/* Where the hash stands, or the free place where it would. */
static struct held *find(struct held *slot, size_t size, uint64_t hash)
{
	size_t i = (size_t)hash & (size - 1);
	while (slot[i].times && slot[i].hash != hash)
		i = (i + 1) & (size - 1);
	return &slot[i];
}

/* Into a table of another size, or without what is not deep enough any more. */
static void rehash(struct distinct *d, size_t size)
{
	struct held *old = d->slot;
	size_t       was = d->size;
	d->slot = mem_new(size, sizeof *d->slot);
	d->size = size;
	d->n = 0;
	d->repeats = false;
	for (size_t i = 0; i < was; i++)
		if (old[i].times && is_deep(d, old[i].hash)) {
			*find(d->slot, size, old[i].hash) = old[i];
			d->repeats = d->repeats || old[i].times > 1;
			d->n++;
		}
	free(old);
}

/* After one more is held. */
static void keep_bounds(struct distinct *d)
{
	while (d->n > d->most && d->depth < DEPTH_MOST) {
		d->depth++;
		rehash(d, d->size);
	}
	if (d->n * 2 > d->size)
		rehash(d, d->size * 2);
}

int64_t distinct_add(struct distinct *d, uint64_t hash)
{
	if (!is_deep(d, hash))
		return 0;
	struct held *h = find(d->slot, d->size, hash);
	if (h->times++) {
		d->repeats = true;
		return h->times;
	}
	h->hash = hash;
	d->n++;
	keep_bounds(d);
	return is_deep(d, hash);
}

void distinct_again(struct distinct *d, uint64_t hash, int64_t times)
{
	struct held *h = is_deep(d, hash) ? find(d->slot, d->size, hash) : NULL;
	if (!h || !h->times)
		return;
	h->times += times;
	d->repeats = true;
}

int64_t distinct_times(const struct distinct *d, uint64_t hash)
{
	return is_deep(d, hash) ? find(d->slot, d->size, hash)->times : 0;
}

double distinct_count(const struct distinct *d)
{
	return ldexp((double)d->n, d->depth);
}

bool distinct_is_exact(const struct distinct *d)
{
	return !d->depth;
}

double distinct_error(const struct distinct *d)
{
	return d->depth ? 1.2 / sqrt((double)d->most) : 0;
}

bool distinct_repeats(const struct distinct *d)
{
	return d->repeats;
}

/* --- as bytes --------------------------------------------------------------------------------- */

static int by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

size_t distinct_bytes(const struct distinct *d)
{
	return 1 + 8 * d->n;
}

void distinct_write(const struct distinct *d, uint8_t *out)
{
	uint64_t *hash = mem_new(d->n + 1, sizeof *hash);
	size_t    n = 0;
	for (size_t i = 0; i < d->size; i++)
		if (d->slot[i].times)
			hash[n++] = d->slot[i].hash;
	qsort(hash, n, sizeof *hash, by_hash);
	*out++ = (uint8_t)d->depth;
	for (size_t i = 0; i < 8 * n; i++)
		*out++ = (uint8_t)(hash[i / 8] >> 8 * (i % 8));
	free(hash);
}

static uint64_t hash_at(const uint8_t *p)
{
	uint64_t hash = 0;
	for (int i = 0; i < 8; i++)
		hash |= (uint64_t)p[i] << 8 * i;
	return hash;
}

bool distinct_join(struct distinct *d, const void *bytes, size_t n)
{
	const uint8_t *p = bytes;
	if (!n || n % 8 != 1 || *p > DEPTH_MOST)
		return false;
	if (*p > d->depth) {
		d->depth = *p;
		rehash(d, d->size);
	}
	for (size_t at = 1; at < n; at += 8)
		distinct_add(d, hash_at(p + at));
	return true;
}

/* --- quantiles -------------------------------------------------------------------------------- */

enum { LEVELS = 48 };

struct spread {
	double *level[LEVELS]; /* SPREAD_SIZE values of weight 2^i */
	size_t  held[LEVELS];
	bool    odd[LEVELS];   /* the next halving keeps the second of each pair */
	size_t  n;
	double  slack;         /* how far a rank may be off */
};

struct spread *spread_new(void)
{
	return mem_new(1, sizeof(struct spread));
}

void spread_free(struct spread *s)
{
	for (size_t i = 0; s && i < LEVELS; i++)
		free(s->level[i]);
	free(s);
}

/* Half of a full level moves up. A halving of values of weight w moves a rank by w at most. */
static void halve(struct spread *s, size_t i)
{
	size_t up = i + 1;
	sort_real(s->level[i], SPREAD_SIZE);
	if (!s->level[up])
		s->level[up] = mem_new(SPREAD_SIZE, sizeof *s->level[up]);
	for (size_t k = s->odd[i]; k < SPREAD_SIZE; k += 2)
		s->level[up][s->held[up]++] = s->level[i][k];
	s->odd[i] = !s->odd[i];
	s->held[i] = 0;
	s->slack += ldexp(1, (int)i);
}

/* A level holds none, half or all of what it can. */
static void make_room(struct spread *s, size_t i)
{
	if (s->held[i] < SPREAD_SIZE)
		return;
	make_room(s, i + 1);
	halve(s, i);
}

void spread_add(struct spread *s, double v)
{
	if (!s->level[0])
		s->level[0] = mem_new(SPREAD_SIZE, sizeof *s->level[0]);
	make_room(s, 0);
	s->level[0][s->held[0]++] = v;
	s->n++;
}

size_t spread_n(const struct spread *s)
{
	return s->n;
}

double spread_error(const struct spread *s)
{
	return s->n ? s->slack / (double)s->n : 0;
}

struct weighed { double v, w; };

static int by_value(const void *a, const void *b)
{
	double x = ((const struct weighed *)a)->v, y = ((const struct weighed *)b)->v;
	return (x > y) - (x < y);
}

/* All that is held, by value. */
static struct weighed *all_held(const struct spread *s, size_t *n, double *total)
{
	struct weighed *all;
	*n = 0;
	*total = 0;
	for (size_t i = 0; i < LEVELS; i++)
		*n += s->held[i];
	all = mem_new(*n, sizeof *all);
	*n = 0;
	for (size_t i = 0; i < LEVELS; i++)
		for (size_t k = 0; k < s->held[i]; k++) {
			all[(*n)++] = (struct weighed){ s->level[i][k], ldexp(1, (int)i) };
			*total += ldexp(1, (int)i);
		}
	qsort(all, *n, sizeof *all, by_value);
	return all;
}

/* The first values at which the weights reach each p of all. */
static void walk(const struct spread *s, const double *p, size_t ps, double *out)
{
	size_t          n, i = 0;
	double          sum, total;
	struct weighed *all = all_held(s, &n, &total);
	sum = all[0].w;
	for (size_t k = 0; k < ps; k++) {
		while (i + 1 < n && sum < p[k] * total)
			sum += all[++i].w;
		out[k] = all[i].v;
	}
	free(all);
}

void spread_quantiles(const struct spread *s, const double *p, size_t n, double *out)
{
	double *sorted;
	if (s->slack > 0) {
		walk(s, p, n, out);
		return;
	}
	sorted = mem_new(s->n + 1, sizeof *sorted);
	for (size_t i = 0; i < s->n; i++)
		sorted[i] = s->level[0][i];
	sort_real(sorted, s->n);
	for (size_t i = 0; i < n; i++)
		out[i] = s->n ? quantile_sorted(sorted, s->n, p[i]) : NAN;
	free(sorted);
}

double spread_quantile(const struct spread *s, double p)
{
	double found;
	spread_quantiles(s, &p, 1, &found);
	return found;
}
