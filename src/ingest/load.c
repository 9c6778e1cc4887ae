/* Batches and customers into tables. Owns raw_block, raw_customer, quar_row. Not here: the file's record and the gate (import.c),
 * the customers in memory (book.c). */
#include "config.h"

#include "ingest/load.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ingest/load_priv.h"
#include "ingest/returns.h"
#include "module/purchase.h"
#include "module/transaction.h"
#include "store/append.h"
#include "store/query.h"
#include "store/scan.h"

struct book *load_book(struct load *l)
{
	return &l->book;
}

/* A block of raw_customer's rows. */
struct stored {
	struct load *l;
	int32_t customer[SCAN_BLOCK], first[SCAN_BLOCK], last[SCAN_BLOCK], open[SCAN_BLOCK];
	int32_t days[SCAN_BLOCK], sales[SCAN_BLOCK], refunds[SCAN_BLOCK];
	int64_t open_minor[SCAN_BLOCK], first_minor[SCAN_BLOCK], before_minor[SCAN_BLOCK], total_minor[SCAN_BLOCK];
	uint8_t open_sale[SCAN_BLOCK];
	struct append_span id[SCAN_BLOCK];
};

static enum rc take_stored(void *user, size_t rows)
{
	struct stored *t = user;
	struct book   *b = &t->l->book;
	enum rc rc = RC_OK;

	_Static_assert(DAY_NONE == INT32_MIN, "NULL is no day");
	for (size_t i = 0; rc == RC_OK && i < rows; i++) {
		const struct purchase p = {
			.first = t->first[i], .last = t->last[i], .open = t->open[i],
			.days = t->days[i], .sales = t->sales[i], .refunds = t->refunds[i],
			.open_minor = t->open_minor[i], .first_minor = t->first_minor[i], .before_minor = t->before_minor[i],
			.total_minor = t->total_minor[i], .open_sale = t->open_sale[i] != 0,
		};

		rc = book_put(b, (struct span){ t->id[i].p, t->id[i].n }, &p);
		if (rc == RC_OK && b->n != t->customer[i])
			rc = err_set(RC_DAMAGED, "CSV-131", "raw_customer is not numbered 1, 2, 3 ... at customer %d", b->n);
	}
	return rc == RC_OK ? run_tick(t->l->run, "customers", b->n, 0) : rc;
}

static enum rc read_customers(struct load *l)
{
	struct stored *t = mem_new(1, sizeof *t);
	const struct scan_column column[] = {
		{ SCAN_I32, t->customer }, { SCAN_TEXT, t->id }, { SCAN_I32, t->first }, { SCAN_I32, t->last }, { SCAN_I32, t->open },
		{ SCAN_I32, t->days }, { SCAN_I32, t->sales }, { SCAN_I32, t->refunds }, { SCAN_I64, t->open_minor }, { SCAN_I64, t->first_minor },
		{ SCAN_I64, t->before_minor }, { SCAN_I64, t->total_minor }, { SCAN_FLAG, t->open_sale },
	};
	const struct scan scan = { .column = column, .columns = sizeof column / sizeof column[0], .block = SCAN_BLOCK, .take = take_stored, .user = t };
	enum rc rc;

	t->l = l;
	rc = store_scan(l->store, "statement/ingest_customers", &scan, "");
	free(t);
	l->stored = l->book.n;
	return rc;
}

enum rc load_begin(struct run *run, struct store *store, struct load **out)
{
	struct load *l = mem_new(1, sizeof *l);
	enum rc rc = RC_OK;

	l->run = run;
	l->store = store;
	book_init(&l->book);
	if (store != NULL)
		rc = read_customers(l);
	if (rc == RC_OK && store != NULL)
		rc = query_get_int(store, "statement/ingest_last_row", &l->last_row, "");
	if (rc == RC_OK)
		rc = book_file_begin(&l->book); /* nothing is changed so far */
	if (rc != RC_OK) {
		load_free(l);
		return rc;
	}
	*out = l;
	return RC_OK;
}

static void drop_fixes(struct load *l)
{
	for (size_t i = 0; i < l->fixes; i++)
		free(l->fix[i].customer);
	l->fixes = 0;
}

void load_free(struct load *l)
{
	if (l == NULL)
		return;
	book_clear(&l->book);
	attributes_free(l->attributes);
	drop_fixes(l);
	free(l->fix);
	free(l);
}

enum rc load_attributes(struct load *l, struct attributes **out)
{
	enum rc rc = RC_OK;

	if (l->attributes == NULL && l->store != NULL) {
		l->attributes = attributes_new();
		rc = attributes_read(l->run, l->store, l->attributes);
		attributes_file_begin(l->attributes);
	}
	*out = l->attributes;
	return rc;
}

/* Files */

enum rc load_file_begin(struct load *l, int64_t file_id)
{
	l->file_id = file_id;
	l->first_row = l->last_row + 1;
	drop_fixes(l);
	if (l->attributes != NULL)
		attributes_file_begin(l->attributes);
	return book_file_begin(&l->book);
}

/* The quarantine's columns of one batch, in an arena that ends with it. */
static enum rc store_bads(struct load *l, const struct batch *b)
{
	struct arena *a = arena_new();
	size_t   n = b->bads;
	int64_t *line = arena_alloc(a, n, sizeof *line), *offset = arena_alloc(a, n, sizeof *offset);
	int64_t *bytes = arena_alloc(a, n, sizeof *bytes), rules = REASON_RULES;
	struct append_span *raw = arena_alloc(a, n, sizeof *raw);
	const char **reasons = arena_alloc(a, n, sizeof *reasons), **customer = arena_alloc(a, n, sizeof *customer);
	const char **state = arena_alloc(a, n, sizeof *state), **by = arena_alloc(a, n, sizeof *by), **why = arena_alloc(a, n, sizeof *why);

	for (size_t i = 0; i < n; i++) {
		const struct bad_row *r = &b->bad[i];
		struct str codes = { 0 };

		reason_add_codes(&codes, r->reasons);
		line[i] = r->line;
		offset[i] = r->offset;
		bytes[i] = r->raw_bytes;
		raw[i] = (struct append_span){ r->raw, r->raw_n };
		reasons[i] = arena_text(a, codes.s);
		customer[i] = r->customer;
		state[i] = r->by != NULL ? "discarded" : "open";
		by[i] = r->by;
		why[i] = r->why;
		str_clear(&codes);
	}
	const struct append_column column[] = {
		{ .name = "file_id", .type = APPEND_SAME_I64, .data = &l->file_id },
		{ .name = "line", .type = APPEND_I64, .data = line },
		{ .name = "offset", .type = APPEND_I64, .data = offset },
		{ .name = "raw", .type = APPEND_BYTES, .data = raw },
		{ .name = "raw_bytes", .type = APPEND_I64, .data = bytes },
		{ .name = "reasons", .type = APPEND_TEXT, .data = reasons },
		{ .name = "customer_id", .type = APPEND_TEXT, .data = customer },
		{ .name = "rule_version", .type = APPEND_SAME_I64, .data = &rules },
		{ .name = "state", .type = APPEND_TEXT, .data = state },
		{ .name = "by_name", .type = APPEND_TEXT, .data = by },
		{ .name = "why", .type = APPEND_TEXT, .data = why },
	};
	enum rc rc = store_append(l->store, "quar_row", column, sizeof column / sizeof column[0], n);

	arena_free(a);
	return rc;
}

/* The batch's fixes become the file's. */
static void take_fixes(struct load *l, struct batch *b)
{
	if (b->fixes == 0)
		return;
	if (l->fixes + b->fixes > l->fix_cap) {
		l->fix_cap = 2 * (l->fixes + b->fixes);
		l->fix = mem_grow(l->fix, l->fix_cap, sizeof *l->fix);
	}
	memcpy(l->fix + l->fixes, b->fix, b->fixes * sizeof *l->fix);
	l->fixes += b->fixes;
	b->fixes = 0;
}

enum rc load_batch(struct load *l, struct batch *b)
{
	enum rc rc = RC_OK;

	take_fixes(l, b);
	if (l->store != NULL && b->n > 0)
		rc = transaction_save(l->store, l->last_row + 1, &(struct transaction_columns){ b->customer, b->day, b->minor, NULL, l->file_id }, b->n);
	if (rc == RC_OK && l->store != NULL && b->n > 0 && b->key != NULL)
		rc = rowkey_save(l->store, l->file_id, l->last_row + 1, b->key, b->value, b->n);
	if (rc == RC_OK && l->store != NULL && b->n > 0 && b->match != NULL)
		rc = match_save(l->store, l->last_row + 1, b->match, b->n);
	if (rc == RC_OK && l->store != NULL && b->bads > 0)
		rc = store_bads(l, b);
	l->last_row += (int64_t)b->n;
	return rc;
}

enum rc load_row(struct load *l, int64_t file_id, const struct reading *reading, const struct verdict *v)
{
	struct batch *b = mem_new(1, sizeof *b);
	uint64_t     key = v->key, value = v->value;
	struct match match = v->match;
	enum rc rc;

	l->file_id = file_id;
	b->n = 1;
	b->day[0] = v->day;
	b->minor[0] = v->minor;
	b->key = reading_keys(reading) > 0 ? &key : NULL;
	b->value = &value;
	b->match = reading_matched(reading) ? &match : NULL;
	rc = book_file_begin(&l->book);
	if (rc == RC_OK)
		rc = book_codes(&l->book, &v->customer, 1, b->customer);
	if (rc == RC_OK)
		rc = book_add(&l->book, b->customer, b->day, b->minor, 1);
	if (rc == RC_OK)
		rc = load_batch(l, b);
	free(b);
	return rc;
}

enum rc load_file_end(const struct load *l, struct load_file *out)
{
	struct load_file f = { .first_row = l->first_row, .last_row = l->last_row };
	enum rc rc = book_file_end(&l->book, &f.sum);

	if (rc == RC_OK)
		*out = f;
	return rc;
}

enum rc load_file_undo(struct load *l)
{
	l->last_row = l->first_row - 1;
	book_file_undo(&l->book);
	if (l->attributes != NULL)
		attributes_file_undo(l->attributes);
	drop_fixes(l);
	if (l->store == NULL)
		return RC_OK;
	enum rc rc = query_run(l->store, "statement/ingest_rows_drop", "i", l->first_row);

	if (rc == RC_OK)
		rc = query_run(l->store, "statement/ingest_keys_drop", "i", l->first_row);
	return rc == RC_OK ? query_run(l->store, "statement/ingest_match_drop", "i", l->first_row) : rc;
}

/* The end: raw_customer */

/* Columns of raw_customer for up to BATCH_ROWS customers. */
struct table {
	struct append_span id[BATCH_ROWS];
	int32_t first[BATCH_ROWS], last[BATCH_ROWS], open[BATCH_ROWS], days[BATCH_ROWS], sales[BATCH_ROWS], refunds[BATCH_ROWS];
	int64_t open_minor[BATCH_ROWS], first_minor[BATCH_ROWS], before_minor[BATCH_ROWS], total_minor[BATCH_ROWS];
	uint8_t open_sale[BATCH_ROWS];
};

/* A customer whose rows all became another's has no open day: any day will do that comes before all others and holds nothing. */
static day_t open_day(const struct purchase *p)
{
	return p->open != DAY_NONE ? p->open : 0;
}

static void fill_table(const struct load *l, int32_t from, size_t n, struct table *t)
{
	for (size_t k = 0; k < n; k++) {
		const struct purchase *p = &l->book.state[(size_t)from + k];
		struct span id = idmap_id(l->book.ids, from + (int32_t)k + 1);

		t->id[k] = (struct append_span){ id.p, id.n };
		t->first[k] = p->first;
		t->last[k] = p->last;
		t->open[k] = open_day(p);
		t->days[k] = p->days;
		t->sales[k] = p->sales;
		t->refunds[k] = p->refunds;
		t->open_minor[k] = p->open_minor;
		t->first_minor[k] = p->first_minor;
		t->before_minor[k] = p->before_minor;
		t->total_minor[k] = p->total_minor;
		t->open_sale[k] = p->open_sale;
	}
}

static enum rc append_table(struct load *l, int64_t from, size_t n, const struct table *t)
{
	int64_t first_code = from + 1;
	const struct append_column column[] = {
		{ .name = "customer", .type = APPEND_SEQUENCE, .data = &first_code },
		{ .name = "customer_id", .type = APPEND_SPAN, .data = t->id },
		{ .name = "first_day", .type = APPEND_I32, .data = t->first },
		{ .name = "last_day", .type = APPEND_I32, .data = t->last },
		{ .name = "open_day", .type = APPEND_I32, .data = t->open },
		{ .name = "days", .type = APPEND_I32, .data = t->days },
		{ .name = "sales", .type = APPEND_I32, .data = t->sales },
		{ .name = "refunds", .type = APPEND_I32, .data = t->refunds },
		{ .name = "open_minor", .type = APPEND_I64, .data = t->open_minor },
		{ .name = "first_minor", .type = APPEND_I64, .data = t->first_minor },
		{ .name = "before_minor", .type = APPEND_I64, .data = t->before_minor },
		{ .name = "total_minor", .type = APPEND_I64, .data = t->total_minor },
		{ .name = "open_sale", .type = APPEND_U8, .data = t->open_sale },
	};

	return store_append(l->store, "raw_customer", column, sizeof column / sizeof column[0], n);
}

static enum rc append_new(struct load *l)
{
	struct table *t = mem_new(1, sizeof *t);
	enum rc rc = RC_OK;

	for (int32_t from = l->stored; rc == RC_OK && from < l->book.n; from += BATCH_ROWS) {
		size_t n = l->book.n - from < BATCH_ROWS ? (size_t)(l->book.n - from) : BATCH_ROWS;

		fill_table(l, from, n, t);
		rc = append_table(l, from, n, t);
		if (rc == RC_OK)
			rc = run_tick(l->run, "customers", from, l->book.n);
	}
	free(t);
	return rc;
}

static void bind_day(struct query *q, int i, day_t d)
{
	if (d == DAY_NONE)
		query_bind_null(q, i);
	else
		query_bind_int(q, i, d);
}

static enum rc update_one(struct query *q, int32_t code, const struct purchase *p)
{
	bool row;

	query_bind_int(q, 1, code);
	bind_day(q, 2, p->first);
	bind_day(q, 3, p->last);
	query_bind_int(q, 4, open_day(p));
	query_bind_int(q, 5, p->days);
	query_bind_int(q, 6, p->sales);
	query_bind_int(q, 7, p->refunds);
	query_bind_int(q, 8, p->open_minor);
	query_bind_int(q, 9, p->first_minor);
	query_bind_int(q, 10, p->before_minor);
	query_bind_int(q, 11, p->total_minor);
	query_bind_int(q, 12, p->open_sale);
	return query_step(q, &row);
}

static enum rc update_touched(struct load *l)
{
	struct query *q = NULL;
	enum rc rc = query_open(l->store, "statement/ingest_customer_update", &q);

	for (int32_t i = 0; rc == RC_OK && i < l->stored; i++) {
		if (book_changed(&l->book, i + 1))
			rc = update_one(q, i + 1, &l->book.state[i]);
		if (rc == RC_OK && (i & 8191) == 8191)
			rc = run_tick(l->run, "customers", i, l->book.n);
	}
	query_close(q);
	return rc;
}

enum rc load_end(struct load *l)
{
	enum rc rc;

	if (l->store == NULL)
		return RC_OK;
	rc = returns_match(l);
	if (rc == RC_OK)
		rc = replay_dirty(l);
	if (rc == RC_OK)
		rc = update_touched(l);
	if (rc == RC_OK)
		rc = append_new(l);
	if (rc == RC_OK && l->attributes != NULL)
		rc = attributes_write(l->run, l->store, l->attributes);
	return rc == RC_OK ? query_run(l->store, "statement/ingest_profile_customers", "") : rc;
}

bool load_rematched(const struct load *l)
{
	return l->rematched;
}
