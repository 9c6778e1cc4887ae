/* Counts rows that two files have in common. Reads raw_block and raw_file. */
#include "config.h"

#include "ingest/overlap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "module/purchase.h"
#include "module/transaction.h"
#include "store/query.h"

struct key { int64_t minor; int32_t customer; day_t day; };
struct slot { struct key key; uint32_t rows; uint32_t seen; }; /* customer 0: free */

struct table { struct slot *slot; size_t mask; };

static size_t place(const struct table *t, const struct key *k)
{
	uint64_t h = ((uint64_t)(uint32_t)k->customer << 32 | (uint32_t)k->day) * 0x9E3779B97F4A7C15U;

	h ^= ((uint64_t)k->minor + (h >> 29)) * 0xD6E8FEB86659FD93U;
	return (size_t)(h ^ h >> 32) & t->mask;
}

/* The slot of the key, or the free one where it belongs. */
static struct slot *find(const struct table *t, const struct key *k)
{
	size_t i = place(t, k);

	while (t->slot[i].key.customer != 0 &&
	       (t->slot[i].key.customer != k->customer || t->slot[i].key.day != k->day || t->slot[i].key.minor != k->minor))
		i = (i + 1) & t->mask;
	return &t->slot[i];
}

/* Rows on their way to see(). */
struct blocks {
	struct run *run;
	void      (*see)(void *, const struct key *);
	void       *user;
	int64_t     done, total;
};

static enum rc take_block(void *user, const struct transactions *t)
{
	struct blocks *b = user;

	for (size_t i = 0; i < t->n; i++)
		if (t->counts[i] != COUNTS_NOT)
			b->see(b->user, &(struct key){ t->minor[i], t->customer[i], t->day[i] });
	b->done += (int64_t)t->n;
	return run_tick(b->run, "rows compared", b->done, b->total);
}

/* Every row from one number to another, as keys. */
static enum rc each_row(struct run *run, int64_t from, int64_t to, void (*see)(void *, const struct key *), void *user)
{
	struct blocks b = { .run = run, .see = see, .user = user, .total = to - from + 1 };

	return transaction_scan(run->store, from, to, take_block, &b);
}

static void add_row(void *user, const struct key *k)
{
	struct slot *s = find(user, k);

	s->key = *k;
	s->rows++;
}

struct search { struct table *table; int64_t hits; };

/* Each row counts for the first earlier file that has it. */
static void look_up(void *user, const struct key *k)
{
	struct search *f = user;
	struct slot   *s = find(f->table, k);

	if (s->key.customer == 0 || s->seen != 0)
		return;
	s->seen = 1;
	f->hits += s->rows;
}

static enum rc count_part(struct run *run, struct table *t, int64_t first, int64_t last, struct frame *files, int64_t *found, int64_t *total)
{
	const struct frame_column *from = &files->column[2], *to = &files->column[3];
	enum rc rc;

	memset(t->slot, 0, (t->mask + 1) * sizeof *t->slot);
	rc = each_row(run, first, last, add_row, t);
	for (size_t i = 0; rc == RC_OK && i < files->rows; i++) {
		struct search f = { .table = t };

		rc = each_row(run, from->i[i], to->i[i], look_up, &f);
		found[i] += f.hits;
		*total += f.hits;
	}
	return rc;
}

enum rc overlap_count(struct run *run, int64_t file_id, const struct load_file *file, int64_t *rows, const char **name)
{
	struct frame *files = NULL;
	struct table t = { .mask = 1023 };
	int64_t total = 0, *found;
	size_t most = 0;
	enum rc rc;

	*rows = 0;
	if (file->sum.rows == 0 || file->sum.first == DAY_NONE)
		return RC_OK;
	rc = query_frame(run->store, run->arena, "statement/ingest_file_ranges", &files, "iii", file_id, (int64_t)file->sum.first, (int64_t)file->sum.last);
	if (rc != RC_OK || files->rows == 0)
		return rc;
	while (t.mask < 2 * (size_t)(file->sum.rows < OVERLAP_ROWS ? file->sum.rows : OVERLAP_ROWS))
		t.mask = 2 * t.mask + 1;
	t.slot = mem_try(t.mask + 1, sizeof *t.slot);
	if (t.slot == NULL)
		return err_set(RC_NOMEM, "CSV-126", "no memory to compare the rows of two files");
	found = arena_alloc(run->arena, files->rows, sizeof *found);
	for (int64_t at = file->first_row; rc == RC_OK && at <= file->last_row; at += OVERLAP_ROWS) {
		int64_t end = at + OVERLAP_ROWS - 1;

		rc = count_part(run, &t, at, end < file->last_row ? end : file->last_row, files, found, &total);
	}
	free(t.slot);
	for (size_t i = 1; i < files->rows; i++)
		if (found[i] > found[most])
			most = i;
	if (rc == RC_OK) {
		*rows = total;
		*name = files->column[1].t[most];
	}
	return rc;
}
