/* Blocks of rows to packed columns and back. raw_block is owned by ingest, which writes it through here. What the rows mean
 * stands in purchase.h. */
#include "config.h"

#include "module/transaction.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pack.h"
#include "module/purchase.h"
#include "store/append.h"
#include "store/query.h"

_Static_assert(MONEY_NONE == PACK_MISSING, "no amount is a missing number");

enum { COLUMNS = 4 };

/* ---- keeping ---- */

static struct append_span pack_narrow(uint8_t *out, int64_t *wide, const int32_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		wide[i] = v[i] == DAY_NONE ? PACK_MISSING : v[i];
	return (struct append_span){ .p = (const char *)out, .n = (uint32_t)pack(out, wide, n) };
}

static enum rc save_block(struct store *s, int64_t first_row, int64_t file_id, const struct append_span *bytes, size_t n)
{
	const int64_t rows = (int64_t)n;
	const struct append_column column[] = {
		{ .name = "first_row", .type = APPEND_SAME_I64, .data = &first_row },
		{ .name = "rows", .type = APPEND_SAME_I64, .data = &rows },
		{ .name = "customer", .type = APPEND_BYTES, .data = &bytes[0] },
		{ .name = "day", .type = APPEND_BYTES, .data = &bytes[1] },
		{ .name = "amount_minor", .type = APPEND_BYTES, .data = &bytes[2] },
		{ .name = "file_id", .type = APPEND_SAME_I64, .data = &file_id },
		{ .name = "counts_on", .type = APPEND_BYTES, .data = &bytes[3] },
	};
	return store_append(s, "raw_block", column, sizeof column / sizeof *column, 1);
}

/* Without days: a column in which all numbers are missing. */
static struct append_span pack_counts(uint8_t *out, int64_t *wide, const day_t *counts, size_t n)
{
	if (counts)
		return pack_narrow(out, wide, counts, n);
	return (struct append_span){ .p = (const char *)out, .n = (uint32_t)pack(out, wide, 0) };
}

enum rc transaction_save(struct store *s, int64_t first_row, const struct transaction_columns *row, size_t n)
{
	size_t   most = n < TRANSACTION_BLOCK ? n : TRANSACTION_BLOCK, room = pack_room(most);
	uint8_t *out = mem_new(COLUMNS, room);
	int64_t *wide = mem_new(most + 1, sizeof *wide);
	enum rc  rc = RC_OK;
	for (size_t at = 0, k; !rc && at < n; at += k) {
		k = n - at < most ? n - at : most;
		const struct append_span bytes[COLUMNS] = {
			pack_narrow(out, wide, row->customer + at, k),
			pack_narrow(out + room, wide, row->day + at, k),
			{ .p = (const char *)(out + 2 * room), .n = (uint32_t)pack(out + 2 * room, row->minor + at, k) },
			pack_counts(out + 3 * room, wide, row->counts ? row->counts + at : NULL, k),
		};
		rc = save_block(s, first_row + (int64_t)at, row->file_id, bytes, k);
	}
	free(out);
	free(wide);
	return rc;
}

/* ---- reading ---- */

static enum rc damaged(int64_t first_row)
{
	return err_do(err_set(RC_DAMAGED, "GATE-108", "the rows from number %lld on are damaged: a block is not as long as it says",
			(long long)first_row), "restore a backup (.bak-N), or import the files again into a new store");
}

/* Numbers from..from+n-1 of a packed column that fit a column of 32 bits. */
static bool read_narrow(struct query *q, int column, int64_t *wide, size_t rows, size_t from, size_t n, int32_t *out)
{
	size_t      bytes;
	const void *p = query_blob(q, column, &bytes);
	bool        fits = unpack(p, bytes, wide, rows);
	for (size_t i = 0; fits && i < n; i++) {
		fits = wide[from + i] > INT32_MIN && wide[from + i] <= INT32_MAX;
		out[i] = (int32_t)wide[from + i];
	}
	return fits;
}

/* day: those of the rows; money counts on none later. */
static bool read_counts(struct query *q, int column, int64_t *wide, size_t rows, size_t from, size_t n, const day_t *day, day_t *out)
{
	size_t      bytes;
	const void *p = query_blob(q, column, &bytes);
	bool        fits = unpack(p, bytes, wide, rows);
	for (size_t i = 0; fits && i < n; i++) {
		bool own = wide[from + i] == PACK_MISSING;
		fits = own || (wide[from + i] >= COUNTS_NOT && wide[from + i] <= day[i]);
		out[i] = own ? COUNTS_OWN : (day_t)wide[from + i];
	}
	return fits;
}

static bool read_minor(struct query *q, int column, int64_t *wide, size_t rows, size_t from, size_t n, int64_t *out)
{
	size_t      bytes;
	const void *p = query_blob(q, column, &bytes);
	bool        fits = unpack(p, bytes, wide, rows);
	for (size_t i = 0; fits && i < n; i++)
		out[i] = wide[from + i];
	return fits;
}

/* The part of a block that lies between two numbers. */
static enum rc read_block(struct query *q, int64_t from, int64_t to, int64_t *wide, struct transactions *t)
{
	int64_t first = query_int(q, 0), rows = query_int(q, 1), low = first > from ? first : from, end;
	t->n = 0;
	if (rows < 1 || rows > TRANSACTION_BLOCK || first < 1 || first > INT64_MAX - rows)
		return damaged(first);
	end = first + rows - 1 < to ? first + rows : to + 1;
	if (low >= end)
		return RC_OK;
	size_t skip = (size_t)(low - first), n = (size_t)(end - low);
	if (!read_narrow(q, 2, wide, (size_t)rows, skip, n, t->customer) || !read_narrow(q, 3, wide, (size_t)rows, skip, n, t->day)
	    || !read_minor(q, 4, wide, (size_t)rows, skip, n, t->minor) || !read_counts(q, 5, wide, (size_t)rows, skip, n, t->day, t->counts))
		return damaged(first);
	t->n = n;
	t->first_row = low;
	t->file_id = query_int(q, 6);
	return RC_OK;
}

enum rc transaction_scan(struct store *s, int64_t from, int64_t to, enum rc (*take)(void *user, const struct transactions *block),
                         void *user)
{
	struct transactions *t = mem_new(1, sizeof *t);
	int64_t             *wide = mem_new(TRANSACTION_BLOCK, sizeof *wide);
	struct query        *q;
	bool                 row;
	enum rc              rc = query_open(s, "statement/module_transactions", &q);
	if (!rc) {
		query_bind_int(q, 1, from);
		query_bind_int(q, 2, to);
	}
	while (!rc && !(rc = query_step(q, &row)) && row) {
		rc = read_block(q, from, to, wide, t);
		if (!rc && t->n > 0)
			rc = take(user, t);
	}
	query_close(q);
	free(wide);
	free(t);
	return rc;
}
