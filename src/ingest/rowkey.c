/* Keys of rows in the store and in memory. Not here: what a key is made of (judge.c), how a row is replaced (load.c). Owns raw_key. */
#include "config.h"

#include "ingest/rowkey.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/hashes.h"
#include "store/query.h"

/* Blocks */

static enum rc damaged(int64_t first_row)
{
	return err_do(err_set(RC_DAMAGED, "CSV-131", "the keys of the rows from number %lld on are damaged", (long long)first_row),
		"restore a backup (.bak-N), or import the files again into a new store");
}

enum rc rowkey_save(struct store *s, int64_t file_id, int64_t first_row, const uint64_t *key, const uint64_t *value, size_t n)
{
	uint8_t *bytes = mem_new(2 * n, 8);
	struct query *q = NULL;
	bool    row;
	enum rc rc = query_open(s, "statement/ingest_key_add", &q);

	hashes_write(bytes, key, n);
	hashes_write(bytes + 8 * n, value, n);
	if (rc == RC_OK) {
		query_bind_int(q, 1, first_row);
		query_bind_int(q, 2, file_id);
		query_bind_blob(q, 3, bytes, 8 * n);
		query_bind_blob(q, 4, bytes + 8 * n, 8 * n);
		rc = query_step(q, &row);
	}
	query_close(q);
	free(bytes);
	return rc;
}

/* A block at work. */
struct block {
	int64_t  first_row, file_id;
	size_t   n;
	uint64_t key[ROWKEY_BLOCK], value[ROWKEY_BLOCK];
};

static enum rc each_block(struct run *run, struct store *s, const char *name, enum rc (*take)(void *user, struct block *b), void *user)
{
	struct block *b = mem_new(1, sizeof *b);
	struct query *q = NULL;
	bool    row = true;
	enum rc rc = query_open(s, "statement/ingest_keys", &q);

	if (rc == RC_OK)
		query_bind_text(q, 1, name);
	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row) {
		size_t n, m;
		const void *keys = query_blob(q, 2, &n), *values = query_blob(q, 3, &m);

		b->first_row = query_int(q, 0);
		b->file_id = query_int(q, 1);
		b->n = n / 8;
		if (n != m || n % 8 != 0 || b->n > ROWKEY_BLOCK) {
			rc = damaged(b->first_row);
			break;
		}
		hashes_read(b->key, keys, b->n);
		hashes_read(b->value, values, b->n);
		rc = take(user, b);
		if (rc == RC_OK)
			rc = run_tick(run, "keys", b->first_row, 0);
	}
	query_close(q);
	free(b);
	return rc;
}

/* Loading */

static enum rc enter_block(void *user, struct block *b)
{
	enum keyset_found found;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < b->n; i++)
		rc = keyset_put(user, b->key[i], &b->value[i], &found);
	return rc;
}

enum rc rowkey_load(struct run *run, struct store *s, const char *name, struct keyset *out)
{
	return each_block(run, s, name, enter_block, out);
}

/* Finding */

static int by_key(const void *a, const void *b)
{
	const struct rowkey_fix *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* The last of each key stays. */
static size_t keep_last(struct rowkey_fix *fix, size_t n)
{
	size_t kept = 0;

	qsort(fix, n, sizeof *fix, by_key);
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && fix[i + 1].key == fix[i].key)
			free(fix[i].customer);
		else
			fix[kept++] = fix[i];
	}
	return kept;
}

struct finding { struct run *run; struct store *store; struct rowkey_fix *fix; size_t n; };

static struct rowkey_fix *fix_of(const struct finding *f, uint64_t key)
{
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->fix[mid].key < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->n && f->fix[low].key == key ? &f->fix[low] : NULL;
}

static enum rc put_values(struct store *s, const struct block *b)
{
	uint8_t *bytes = mem_new(b->n, 8);
	struct query *q = NULL;
	bool    row;
	enum rc rc = query_open(s, "statement/ingest_key_values", &q);

	hashes_write(bytes, b->value, b->n);
	if (rc == RC_OK) {
		query_bind_int(q, 1, b->first_row);
		query_bind_blob(q, 2, bytes, 8 * b->n);
		rc = query_step(q, &row);
	}
	query_close(q);
	free(bytes);
	return rc;
}

static enum rc find_in_block(void *user, struct block *b)
{
	struct finding *f = user;
	bool changed = false;

	for (size_t i = 0; i < b->n; i++) {
		struct rowkey_fix *fix = fix_of(f, b->key[i]);

		if (fix == NULL)
			continue;
		fix->row = b->first_row + (int64_t)i;
		fix->file_id = b->file_id;
		changed = changed || b->value[i] != fix->value;
		b->value[i] = fix->value;
	}
	return changed ? put_values(f->store, b) : RC_OK;
}

enum rc rowkey_find(struct run *run, struct store *s, const char *name, struct rowkey_fix *fix, size_t *n)
{
	struct finding f = { .run = run, .store = s, .fix = fix };

	*n = f.n = keep_last(fix, *n);
	return each_block(run, s, name, find_in_block, &f);
}
