/* Columns of a cohort to blobs and back. What the columns mean stands in cohort.h, who may train on them in pass.c.
 * feat_backtest is owned by features, which writes it through here. */
#include "config.h"

#include "module/backtest.h"

#include <string.h>

#include "base/arena.h"
#include "store/append.h"
#include "store/query.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the blobs are little endian, as arrays are here");

enum { FIELDS = 11 };

struct field { const char *name; void *data; size_t size; };

/* In the order of statement/module_backtest, after its first column. */
static void list_fields(const struct cohort *c, struct field out[FIELDS])
{
	const struct field f[FIELDS] = {
		{ "customer", c->customer, sizeof *c->customer }, { "frequency", c->x, sizeof *c->x },
		{ "recency", c->t_x, sizeof *c->t_x }, { "T", c->t, sizeof *c->t },
		{ "first_minor", c->first_minor, sizeof *c->first_minor },
		{ "repeat_minor", c->repeat_minor, sizeof *c->repeat_minor },
		{ "spend_ok", c->spend_ok, sizeof *c->spend_ok }, { "hold_x", c->hold_x, sizeof *c->hold_x },
		{ "hold_minor", c->hold_minor, sizeof *c->hold_minor }, { "last_x", c->last_x, sizeof *c->last_x },
		{ "last_minor", c->last_minor, sizeof *c->last_minor },
	};
	memcpy(out, f, sizeof f);
}

enum rc backtest_save(struct store *s, int64_t made, int64_t block, const struct cohort *c)
{
	const int64_t        rows = (int64_t)c->n;
	struct field         f[FIELDS];
	struct append_span   bytes[FIELDS];
	struct append_column column[3 + FIELDS] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &made },
		{ .name = "block", .type = APPEND_SAME_I64, .data = &block },
		{ .name = "rows", .type = APPEND_SAME_I64, .data = &rows },
	};
	if (c->n == 0)
		return RC_OK;
	list_fields(c, f);
	for (size_t i = 0; i < FIELDS; i++) {
		bytes[i] = (struct append_span){ .p = f[i].data, .n = (uint32_t)(c->n * f[i].size) };
		column[3 + i] = (struct append_column){ .name = f[i].name, .type = APPEND_BYTES, .data = &bytes[i] };
	}
	return store_append(s, "feat_backtest", column, 3 + FIELDS, 1);
}

static enum rc damaged(int64_t rows, const char *what)
{
	return err_do(err_set(RC_DAMAGED, "GATE-106", "the back-test is damaged: a block of %lld customers has another number of %s",
			(long long)rows, what), "run the stage again with 'run --from features --force'");
}

static enum rc read_block(struct arena *a, struct query *q, struct cohort *c)
{
	const int64_t rows = query_int(q, 0);
	struct field  f[FIELDS];
	size_t        bytes;
	query_blob(q, 1, &bytes);
	c->n = bytes / sizeof *c->customer;
	c->hold_days = 1; /* arrays of the holdout, too */
	if (rows < 0 || (size_t)rows != c->n)
		return damaged(rows, "customer");
	enum rc rc = cohort_arrays(a, c);
	if (rc)
		return rc;
	list_fields(c, f);
	for (int i = 0; i < FIELDS; i++) {
		const void *p = query_blob(q, i + 1, &bytes);
		if (bytes != c->n * f[i].size)
			return damaged(rows, f[i].name);
		if (bytes > 0)
			memcpy(f[i].data, p, bytes);
	}
	return RC_OK;
}

enum rc backtest_load(struct store *s, int64_t made, enum rc (*take)(void *user, const struct cohort *block), void *user)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(s, "statement/module_backtest", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, made);
	while (!rc && !(rc = query_step(q, &row)) && row) {
		struct arena *a = arena_new();
		struct cohort c = { .n = 0 };
		rc = read_block(a, q, &c);
		rc = rc ? rc : take(user, &c);
		arena_free(a);
	}
	query_close(q);
	return rc;
}
