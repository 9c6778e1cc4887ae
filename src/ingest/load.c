/* Stores batches and keeps each customer's state. Owns raw_transaction, raw_customer, quar_row. Not here: the file's record and the gate
 * (import.c), how a state follows from rows (module/purchase). */
#include "config.h"

#include "ingest/load.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ingest/load_priv.h"
#include "module/purchase.h"
#include "store/append.h"
#include "store/query.h"

struct idmap *load_ids(struct load *l)
{
	return l->ids;
}

/* States */

static bool make_states(struct load *l, int32_t n)
{
	if (n > l->cap) {
		size_t cap = 2 * (size_t)n + BATCH_ROWS;
		struct purchase *state = mem_try_grow(l->state, cap, sizeof *state);

		if (state == NULL)
			return false;
		l->state = state;
		uint32_t *stamp = mem_try_grow(l->stamp, cap, sizeof *stamp);

		if (stamp == NULL)
			return false;
		l->stamp = stamp;
		l->cap = (int32_t)(cap < INT32_MAX ? cap : INT32_MAX);
	}
	for (; l->n < n; l->n++) {
		purchase_init(&l->state[l->n]);
		l->stamp[l->n] = 0;
	}
	return true;
}

static enum rc no_memory(void)
{
	return err_set(RC_NOMEM, "CSV-126", "no memory for more customers");
}

static struct purchase stored_state(const struct query *q)
{
	return (struct purchase){
		.first = query_is_null(q, 2) ? DAY_NONE : (day_t)query_int(q, 2),
		.last = query_is_null(q, 3) ? DAY_NONE : (day_t)query_int(q, 3),
		.open = (day_t)query_int(q, 4),
		.days = (int32_t)query_int(q, 5),
		.sales = (int32_t)query_int(q, 6),
		.refunds = (int32_t)query_int(q, 7),
		.open_minor = query_int(q, 8),
		.first_minor = query_int(q, 9),
		.before_minor = query_int(q, 10),
		.total_minor = query_int(q, 11),
		.open_sale = query_int(q, 12) != 0,
	};
}

static enum rc read_customers(struct load *l)
{
	struct query *q = NULL;
	bool row = true;
	enum rc rc = query_open(l->store, "statement/ingest_customers", &q);

	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row) {
		const char *id = query_text(q, 1);
		struct span s = { id, (uint32_t)strlen(id) };
		int32_t code;

		if (!idmap_codes(l->ids, &s, 1, &code) || !make_states(l, code))
			rc = no_memory();
		else if (code != query_int(q, 0))
			rc = err_set(RC_DAMAGED, "CSV-131", "raw_customer is not numbered 1, 2, 3 ... at customer %d", code);
		else
			l->state[code - 1] = stored_state(q);
	}
	query_close(q);
	l->stored = idmap_count(l->ids);
	return rc;
}

enum rc load_begin(struct run *run, struct store *store, struct load **out)
{
	struct load *l = mem_new(1, sizeof *l);
	enum rc rc = RC_OK;

	l->run = run;
	l->store = store;
	l->ids = idmap_new();
	if (store != NULL)
		rc = read_customers(l);
	if (rc == RC_OK && store != NULL)
		rc = query_get_int(store, "statement/ingest_last_row", &l->last_row, "");
	if (rc != RC_OK) {
		load_free(l);
		return rc;
	}
	*out = l;
	return RC_OK;
}

void load_free(struct load *l)
{
	if (l == NULL)
		return;
	idmap_free(l->ids);
	free(l->state);
	free(l->stamp);
	free(l);
}

/* Files */

void load_file_begin(struct load *l, int64_t file_id)
{
	l->file_id = file_id;
	l->file_no++;
	l->before = idmap_count(l->ids);
	l->file = (struct load_file){ .first_row = l->last_row + 1, .first = DAY_NONE, .last = DAY_NONE };
	l->revenue = 0;
}

static enum rc store_rows(struct load *l, const struct batch *b)
{
	const struct append_column column[] = {
		{ .name = "customer", .type = APPEND_I32, .data = b->customer },
		{ .name = "day", .type = APPEND_I32, .data = b->day },
		{ .name = "amount_minor", .type = APPEND_I64, .data = b->minor },
	};

	_Static_assert(MONEY_NONE == INT64_MIN, "no amount is NULL in the table");
	return store_append(l->store, "raw_transaction", column, 3, b->n);
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
	};
	enum rc rc = store_append(l->store, "quar_row", column, sizeof column / sizeof column[0], n);

	arena_free(a);
	return rc;
}

/* The parser's thread owns the ids now: no name here. */
static enum rc sum_too_large(void)
{
	return err_do(err_set(RC_DATA, "CSV-128", "the amounts of one customer, or of the file, add up to more than can be kept"),
		"look for amounts that are no money");
}

/* customer, day, minor of one accepted row into the file's sums and the customer's state. false: a sum does not fit. */
static bool add_row(struct load *l, int32_t code, day_t day, int64_t minor)
{
	struct purchase  *p = &l->state[code - 1];
	struct load_file *f = &l->file;
	bool sale = minor == MONEY_NONE || minor >= 0;

	f->customers += l->stamp[code - 1] != l->file_no;
	l->stamp[code - 1] = l->file_no;
	f->refunds += !sale;
	l->revenue += minor == MONEY_NONE ? 0 : minor;
	if (sale && (day < f->first || f->first == DAY_NONE))
		f->first = day;
	if (sale && day > f->last)
		f->last = day;
	return purchase_add(p, day, minor);
}

static int32_t highest(const int32_t *code, size_t n)
{
	int32_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = code[i] > most ? code[i] : most;
	return most;
}

enum rc load_batch(struct load *l, const struct batch *b)
{
	enum rc rc = RC_OK;

	if (!make_states(l, highest(b->customer, b->n)))
		return no_memory();
	if (l->store != NULL && b->n > 0)
		rc = store_rows(l, b);
	if (rc == RC_OK && l->store != NULL && b->bads > 0)
		rc = store_bads(l, b);
	for (size_t i = 0; rc == RC_OK && i < b->n; i++)
		if (!add_row(l, b->customer[i], b->day[i], b->minor[i]))
			rc = sum_too_large();
	l->file.rows += (int64_t)b->n;
	l->last_row += (int64_t)b->n;
	return rc;
}

enum rc load_row(struct load *l, struct span id, day_t day, int64_t minor)
{
	struct batch *b = mem_new(1, sizeof *b);
	enum rc rc = RC_OK;

	b->n = 1;
	b->day[0] = day;
	b->minor[0] = minor;
	if (!idmap_codes(l->ids, &id, 1, b->customer))
		rc = no_memory();
	if (rc == RC_OK)
		rc = load_batch(l, b);
	free(b);
	return rc;
}

enum rc load_file_end(const struct load *l, struct load_file *out)
{
	if (l->revenue > INT64_MAX || l->revenue <= INT64_MIN)
		return sum_too_large();
	*out = l->file;
	out->last_row = l->last_row;
	out->revenue_minor = (int64_t)l->revenue;
	return RC_OK;
}

enum rc load_file_undo(struct load *l)
{
	enum rc rc = RC_OK;

	if (l->store != NULL)
		rc = query_run(l->store, "statement/ingest_rows_drop", "i", l->file.first_row);
	l->last_row = l->file.first_row - 1;
	idmap_cut(l->ids, l->before);
	l->n = l->n < l->before ? l->n : l->before;
	/* What the file did to customers of earlier files is undone by a replay of their rows. */
	for (int32_t i = 0; i < l->n; i++)
		if (l->stamp[i] == l->file_no)
			l->state[i].dirty = true;
	return rc;
}

/* The end: raw_customer */

static bool is_touched(const struct load *l, int32_t i)
{
	return l->stamp[i] != 0;
}

/* Columns of raw_customer for up to BATCH_ROWS customers. */
struct table {
	struct append_span id[BATCH_ROWS];
	int32_t first[BATCH_ROWS], last[BATCH_ROWS], open[BATCH_ROWS], days[BATCH_ROWS], sales[BATCH_ROWS], refunds[BATCH_ROWS];
	int64_t open_minor[BATCH_ROWS], first_minor[BATCH_ROWS], before_minor[BATCH_ROWS], total_minor[BATCH_ROWS];
	uint8_t open_sale[BATCH_ROWS];
};

static void fill_table(const struct load *l, int32_t from, size_t n, struct table *t)
{
	for (size_t k = 0; k < n; k++) {
		const struct purchase *p = &l->state[(size_t)from + k];
		struct span id = idmap_id(l->ids, from + (int32_t)k + 1);

		t->id[k] = (struct append_span){ id.p, id.n };
		t->first[k] = p->first;
		t->last[k] = p->last;
		t->open[k] = p->open;
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

	for (int32_t from = l->stored; rc == RC_OK && from < l->n; from += BATCH_ROWS) {
		size_t n = l->n - from < BATCH_ROWS ? (size_t)(l->n - from) : BATCH_ROWS;

		fill_table(l, from, n, t);
		rc = append_table(l, from, n, t);
		if (rc == RC_OK)
			rc = run_tick(l->run, "customers", from, l->n);
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
	query_bind_int(q, 4, p->open);
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
		if (is_touched(l, i))
			rc = update_one(q, i + 1, &l->state[i]);
		if (rc == RC_OK && (i & 8191) == 8191)
			rc = run_tick(l->run, "customers", i, l->n);
	}
	query_close(q);
	return rc;
}

enum rc load_end(struct load *l)
{
	enum rc rc;

	if (l->store == NULL)
		return RC_OK;
	rc = replay_dirty(l);
	if (rc == RC_OK)
		rc = update_touched(l);
	return rc == RC_OK ? append_new(l) : rc;
}
