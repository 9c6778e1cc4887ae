/* Freezing and reading baselines: sorted values as little endian doubles, each with its digest. A baseline
 * is written once for a champion and never again. Owns drift_baseline. */
#include "config.h"

#include "drift/baseline.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/query.h"

static void put(unsigned char *to, double v)
{
	uint64_t bits;
	memcpy(&bits, &v, sizeof(bits));
	for (int i = 0; i < 8; i++)
		to[i] = (unsigned char)(bits >> (8 * i));
}

static double get(const unsigned char *from)
{
	uint64_t bits = 0;
	double v;
	for (int i = 0; i < 8; i++)
		bits |= (uint64_t)from[i] << (8 * i);
	memcpy(&v, &bits, sizeof(v));
	return v;
}

static void add_digest(struct digest *d, const char *key, int64_t count, const char *digest)
{
	char text[24];
	snprintf(text, sizeof(text), "%" PRId64, count);
	digest_add_text(d, key);
	digest_add_text(d, text);
	digest_add_text(d, digest);
}

/* ---- read ---- */

static enum rc take(struct query *q, struct arena *a, struct series *series, size_t n, struct digest *whole)
{
	size_t bytes;
	char hex[DIGEST_HEX];
	const char *key = query_text(q, 0);
	const unsigned char *blob = query_blob(q, 5, &bytes);
	digest_of(bytes ? (const void *)blob : "", bytes, hex);
	if (strcmp(hex, query_text(q, 4)) != 0)
		return err_do(err_set(RC_DAMAGED, "DRIFT-103", "the baseline of %s is not what was frozen", key),
			      "go back to a backup of the store");
	add_digest(whole, key, query_int(q, 3), hex);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(series[i].key, key) != 0)
			continue;
		struct sample *ref = &series[i].ref;
		*ref = (struct sample) { .n = bytes / 8, .count = query_int(q, 3) };
		ref->v = arena_try(a, ref->n + 1, sizeof(*ref->v));
		if (!ref->v)
			return err_set(RC_NOMEM, "DRIFT-101", "not enough memory for a baseline of %zu values", ref->n);
		for (size_t k = 0; k < ref->n; k++)
			ref->v[k] = get(blob + 8 * k);
	}
	return RC_OK;
}

enum rc baseline_load(struct store *s, struct arena *a, int64_t set_id, struct series *series, size_t n, struct baseline *out)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/drift_baseline_get", &q);
	if (rc)
		return rc;
	struct digest *whole = digest_new();
	*out = (struct baseline) { .as_of = DAY_NONE };
	query_bind_int(q, 1, set_id);
	while (!(rc = query_step(q, &row)) && row) {
		out->frozen = true;
		out->as_of = (day_t)query_int(q, 1);
		out->window_days = (int32_t)query_int(q, 2);
		if ((rc = take(q, a, series, n, whole)))
			break;
	}
	digest_end(whole, out->digest);
	query_close(q);
	return rc;
}

/* ---- write ---- */

static const char *population_words(struct arena *a, const struct series *s, const struct baseline *b)
{
	char day[16];
	day_format(day, b->as_of);
	return s->scope == SCOPE_MIX ? arena_printf(a, "all customers, as of %s", day) :
		arena_printf(a, "customers first seen in the %d days up to %s", (int)b->window_days, day);
}

static enum rc save_one(struct store *s, int64_t set_id, const struct series *x, const struct baseline *b, struct digest *whole)
{
	struct query *q;
	struct arena *a;
	char hex[DIGEST_HEX];
	bool row;
	unsigned char *blob = mem_try(x->ref.n + 1, 8);
	if (!blob)
		return err_set(RC_NOMEM, "DRIFT-101", "not enough memory for a baseline of %zu values", x->ref.n);
	for (size_t i = 0; i < x->ref.n; i++)
		put(blob + 8 * i, x->ref.v[i]);
	digest_of(blob, 8 * x->ref.n, hex);
	add_digest(whole, x->key, x->ref.count, hex);
	enum rc rc = query_open(s, "statement/drift_baseline_put", &q);
	if (!rc) {
		a = arena_new();
		query_bind_int(q, 1, set_id);
		query_bind_text(q, 2, x->key);
		query_bind_int(q, 3, b->as_of);
		query_bind_int(q, 4, b->window_days);
		query_bind_text(q, 5, population_words(a, x, b));
		query_bind_int(q, 6, x->ref.count);
		query_bind_text(q, 7, hex);
		query_bind_blob(q, 8, blob, 8 * x->ref.n);
		rc = query_step(q, &row);
		query_close(q);
		arena_free(a);
	}
	free(blob);
	return rc;
}

static int by_key(const void *a, const void *b)
{
	return strcmp((*(const struct series *const *)a)->key, (*(const struct series *const *)b)->key);
}

/* In the order of the keys, as they are read again: the digest of all is the same. */
enum rc baseline_save(struct store *s, int64_t set_id, const struct series *series, size_t n, struct baseline *b)
{
	const struct series **sorted = mem_new(n + 1, sizeof(*sorted));
	struct digest *whole = digest_new();
	enum rc rc = RC_OK;
	for (size_t i = 0; i < n; i++)
		sorted[i] = &series[i];
	qsort(sorted, n, sizeof(*sorted), by_key);
	for (size_t i = 0; !rc && i < n; i++)
		rc = save_one(s, set_id, sorted[i], b, whole);
	digest_end(whole, b->digest);
	b->frozen = true;
	free(sorted);
	return rc;
}
