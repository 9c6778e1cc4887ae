/* Rows that take the place of others with their key: blocks are written anew, customers replayed, files counted again. Not here: which rows do
 * (repeat.c). Writes raw_block, raw_key, and the sums of raw_file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/load_priv.h"
#include "ingest/match.h"
#include "module/transaction.h"
#include "store/query.h"

/* Blocks */

static enum rc copy_block(void *user, const struct transactions *t)
{
	memcpy(user, t, sizeof *t);
	return RC_OK;
}

enum rc load_read_block(struct store *s, int64_t row, struct transactions *out)
{
	struct query *q = NULL;
	bool    there = false;
	int64_t first = 0, rows = 0;
	enum rc rc = query_open(s, "statement/ingest_block_of", &q);

	if (rc == RC_OK) {
		query_bind_int(q, 1, row);
		rc = query_step(q, &there);
	}
	if (rc == RC_OK && there) {
		first = query_int(q, 0);
		rows = query_int(q, 1);
	}
	query_close(q);
	if (rc != RC_OK)
		return rc;
	out->n = 0;
	rc = transaction_scan(s, first, first + rows - 1, copy_block, out);
	if (rc == RC_OK && (out->first_row != first || row < first || row >= first + (int64_t)out->n))
		rc = err_set(RC_DAMAGED, "CSV-131", "row %lld of the store is not where its key says", (long long)row);
	return rc;
}

enum rc load_write_block(struct store *s, const struct transactions *t)
{
	enum rc rc = query_run(s, "statement/ingest_block_drop", "i", t->first_row);

	return rc == RC_OK ? transaction_save(s, t->first_row, &(struct transaction_columns){ t->customer, t->day, t->minor, t->counts, t->file_id }, t->n) : rc;
}

/* What the row is matched by, where its file keeps it. */
static enum rc fix_match(struct load *l, const struct rowkey_fix *f, const struct transactions *t)
{
	struct match *match = mem_new(t->n, sizeof *match);
	enum rc rc = match_read(l->store, t->first_row, match, t->n);

	match[f->row - t->first_row] = f->match;
	if (rc == RC_OK)
		rc = match_save(l->store, t->first_row, match, t->n);
	free(match);
	return rc;
}

/* One row of the block at hand. */
static enum rc fix_row(struct load *l, const struct rowkey_fix *f, struct transactions *t)
{
	size_t  i = (size_t)(f->row - t->first_row);
	int32_t code;
	enum rc rc = book_codes(&l->book, &(struct span){ f->customer, (uint32_t)strlen(f->customer) }, 1, &code);

	if (rc == RC_OK)
		rc = book_replace(&l->book, t->customer[i], t->minor[i], code, f->day, f->minor);
	if (rc != RC_OK)
		return rc;
	t->customer[i] = code;
	t->day[i] = f->day;
	t->minor[i] = f->minor;
	t->counts[i] = COUNTS_OWN;
	if (f->matched)
		return fix_match(l, f, t);
	return RC_OK;
}

static int by_row(const void *a, const void *b)
{
	const struct rowkey_fix *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

static enum rc fix_rows(struct load *l)
{
	struct transactions *t = mem_new(1, sizeof *t);
	enum rc rc = RC_OK;

	qsort(l->fix, l->fixes, sizeof *l->fix, by_row);
	for (size_t i = 0, next; rc == RC_OK && i < l->fixes; i = next) {
		next = i + 1;
		if (l->fix[i].row == 0)
			continue;
		rc = load_read_block(l->store, l->fix[i].row, t);
		for (next = i; rc == RC_OK && next < l->fixes && l->fix[next].row < t->first_row + (int64_t)t->n; next++)
			rc = fix_row(l, &l->fix[next], t);
		if (rc == RC_OK)
			rc = load_write_block(l->store, t);
	}
	free(t);
	return rc;
}

/* Records of files */

struct recount { struct book_file sum; __int128 revenue; };

static enum rc count_block(void *user, const struct transactions *t)
{
	struct recount *r = user;

	for (size_t i = 0; i < t->n; i++) {
		bool sale = t->minor[i] == MONEY_NONE || t->minor[i] >= 0;

		if (t->counts[i] == COUNTS_NOT)
			continue;
		r->sum.refunds += !sale;
		r->revenue += t->minor[i] == MONEY_NONE ? 0 : t->minor[i];
		if (sale && (r->sum.first == DAY_NONE || t->day[i] < r->sum.first))
			r->sum.first = t->day[i];
		if (sale && t->day[i] > r->sum.last)
			r->sum.last = t->day[i];
	}
	return RC_OK;
}

static enum rc recount(struct load *l, int64_t first, int64_t last, struct recount *out)
{
	*out = (struct recount){ .sum = { .first = DAY_NONE, .last = DAY_NONE } };
	enum rc rc = transaction_scan(l->store, first, last, count_block, out);

	if (rc == RC_OK && (out->revenue > INT64_MAX || out->revenue <= INT64_MIN))
		rc = err_set(RC_DATA, "CSV-128", "the amounts of a file add up to more than can be kept");
	out->sum.revenue_minor = (int64_t)out->revenue;
	return rc;
}

static enum rc recount_file(struct load *l, int64_t file_id)
{
	struct recount r;
	struct query  *q = NULL;
	bool    row = false;
	enum rc rc = query_open(l->store, "statement/ingest_file_rows", &q);
	int64_t first = 1, last = 0;

	if (rc == RC_OK) {
		query_bind_int(q, 1, file_id);
		rc = query_step(q, &row);
	}
	if (rc == RC_OK && row && !query_is_null(q, 0)) {
		first = query_int(q, 0);
		last = query_int(q, 1);
	}
	query_close(q);
	if (rc == RC_OK)
		rc = recount(l, first, last, &r);
	if (rc != RC_OK || r.sum.first == DAY_NONE)
		return rc;
	return query_run(l->store, "statement/ingest_file_recount", "iiiii", file_id, r.sum.refunds, r.sum.revenue_minor, (int64_t)r.sum.first, (int64_t)r.sum.last);
}

static int by_file(const void *a, const void *b)
{
	const struct rowkey_fix *x = a, *y = b;

	return (x->file_id > y->file_id) - (x->file_id < y->file_id);
}

static enum rc recount_files(struct load *l)
{
	enum rc rc = RC_OK;

	qsort(l->fix, l->fixes, sizeof *l->fix, by_file);
	for (size_t i = 0; rc == RC_OK && i < l->fixes; i++)
		if (l->fix[i].file_id != 0 && l->fix[i].file_id != l->file_id && (i == 0 || l->fix[i - 1].file_id != l->fix[i].file_id))
			rc = recount_file(l, l->fix[i].file_id);
	return rc;
}

enum rc load_file_fix(struct load *l, const char *key_name, struct load_file *out)
{
	struct recount r;
	enum rc rc;

	if (l->store == NULL || l->fixes == 0)
		return RC_OK;
	rc = rowkey_find(l->run, l->store, key_name, l->fix, &l->fixes);
	if (rc == RC_OK)
		rc = fix_rows(l);
	if (rc == RC_OK)
		rc = recount_files(l);
	if (rc == RC_OK && out->last_row >= out->first_row && (rc = recount(l, out->first_row, out->last_row, &r)) == RC_OK) {
		out->sum.refunds = r.sum.refunds;
		out->sum.revenue_minor = r.sum.revenue_minor;
		out->sum.first = r.sum.first;
		out->sum.last = r.sum.last;
	}
	return rc;
}

enum rc load_fix_one(struct load *l, const char *key_name, struct rowkey_fix *fix)
{
	size_t  n = 1;
	enum rc rc = book_file_begin(&l->book);

	l->file_id = 0; /* every file's record is in the store */
	if (rc == RC_OK)
		rc = rowkey_find(l->run, l->store, key_name, fix, &n);
	if (rc != RC_OK || fix->row == 0)
		return rc;
	l->fix = mem_grow(l->fix, 1, sizeof *l->fix);
	l->fix_cap = 1;
	l->fix[0] = *fix;
	l->fix[0].customer = mem_copy_text(fix->customer);
	l->fixes = 1;
	rc = fix_rows(l);
	return rc == RC_OK ? recount_files(l) : rc;
}
