/* Scanning into column arrays: the named statement becomes the source of one aggregate, whose step function fills the
 * arrays. SQL here is what the number of columns decides. Owns no table. */
#include "config.h"

#include "store/scan.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "store/sql.h"
#include "store/store_priv.h"

/* The scan at work on a connection; a scan inside of take puts its own in front and takes it away again. */
struct scanning {
	const struct scan *scan;
	size_t             n;     /* rows in the block */
	struct str         text;  /* texts of the block, end to end */
	enum rc            rc;    /* what take said last */
};

/* Cells */

static int64_t cell_int(sqlite3_value *v, int64_t missing)
{
	int64_t i = sqlite3_value_int64(v);

	return i != 0 || sqlite3_value_type(v) != SQLITE_NULL ? i : missing;
}

static double cell_real(sqlite3_value *v)
{
	double d = sqlite3_value_double(v);

	return d != 0 || sqlite3_value_type(v) != SQLITE_NULL ? d : (double)NAN;
}

/* The text may still move: the pointer is set when the block is full, until then it only says that there is one. */
static struct append_span cell_text(struct str *text, sqlite3_value *v)
{
	const char *p = (const char *)sqlite3_value_text(v);
	size_t n = (size_t)sqlite3_value_bytes(v);

	if (p != NULL)
		str_add_span(text, p, n);
	return (struct append_span){ .p = p != NULL ? "" : NULL, .n = (uint32_t)n };
}

static void take_cell(struct scanning *at, const struct scan_column *c, sqlite3_value *v)
{
	int64_t i;

	switch (c->type) {
	case SCAN_I32:
		i = cell_int(v, INT32_MIN);
		((int32_t *)c->data)[at->n] = i < INT32_MIN || i > INT32_MAX ? INT32_MIN : (int32_t)i;
		break;
	case SCAN_I64:
		((int64_t *)c->data)[at->n] = cell_int(v, INT64_MIN);
		break;
	case SCAN_F64:
		((double *)c->data)[at->n] = cell_real(v);
		break;
	case SCAN_FLAG:
		((uint8_t *)c->data)[at->n] = sqlite3_value_int64(v) != 0;
		break;
	case SCAN_TEXT:
		((struct append_span *)c->data)[at->n] = cell_text(&at->text, v);
		break;
	}
}

/* Blocks */

static void place_texts(struct scanning *at)
{
	const struct scan *scan = at->scan;
	const char *p = at->text.s;

	for (size_t i = 0; i < at->n && p != NULL; i++)
		for (size_t j = 0; j < scan->columns; j++) {
			struct append_span *span = (struct append_span *)scan->column[j].data + i;

			if (scan->column[j].type != SCAN_TEXT || span->p == NULL)
				continue;
			span->p = p;
			p += span->n;
		}
}

static enum rc hand_over(struct scanning *at)
{
	size_t n = at->n;

	place_texts(at);
	at->n = 0;
	at->rc = at->scan->take(at->scan->user, n);
	at->text.n = 0;
	return at->rc;
}

static void on_row(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct scanning *at = ((struct store *)sqlite3_user_data(ctx))->scanning;

	if (at == NULL || (size_t)argc != at->scan->columns) {
		sqlite3_result_error(ctx, "clv_scan is not for statements", -1);
		return;
	}
	for (int j = 0; j < argc; j++)
		take_cell(at, &at->scan->column[j], argv[j]);
	if (++at->n == at->scan->block && hand_over(at) != RC_OK)
		sqlite3_result_error(ctx, "the scan was ended", -1);
}

static void on_end(sqlite3_context *ctx)
{
	sqlite3_result_null(ctx);
}

/* Statements */

/* `WITH clv_rows(c0, ...) AS (statement) SELECT clv_scan(c0, ...) FROM clv_rows` */
static void make_sql(struct str *out, const char *text, size_t columns)
{
	size_t n = strlen(text);

	while (n > 0 && strchr(" \t\r\n;", text[n - 1]) != NULL)
		n--;
	str_add(out, "WITH clv_rows(");
	for (size_t j = 0; j < columns; j++)
		str_addf(out, "%sc%zu", j > 0 ? "," : "", j);
	str_add(out, ") AS (\n");
	str_add_span(out, text, n);
	str_add(out, "\n) SELECT clv_scan(");
	for (size_t j = 0; j < columns; j++)
		str_addf(out, "%sc%zu", j > 0 ? "," : "", j);
	str_add(out, ") FROM clv_rows");
}

static enum rc prepare(struct store *s, const char *name, const char *text, size_t columns, sqlite3_stmt **out)
{
	struct str sql = { 0 };
	enum rc rc;

	make_sql(&sql, text, columns);
	rc = store_fail(s, sqlite3_prepare_v2(s->db, sql.s, -1, out, NULL), name);
	str_clear(&sql);
	return rc;
}

static enum rc run(struct store *s, const char *name, sqlite3_stmt *stmt, struct scanning *at)
{
	struct scanning *outer = s->scanning;
	int code;

	s->scanning = at;
	code = sqlite3_step(stmt);
	s->scanning = outer;
	if (at->rc != RC_OK)
		return at->rc;
	return code == SQLITE_ROW ? RC_OK : store_fail(s, code, name);
}

static enum rc scan_store(struct store *s, const char *name, const char *text, const struct scan *scan, const char *types, va_list ap)
{
	struct scanning at = { .scan = scan };
	sqlite3_stmt *stmt = NULL;
	enum rc rc = prepare(s, name, text, scan->columns, &stmt);

	if (rc == RC_OK) {
		query_bind_all(stmt, types, ap);
		rc = run(s, name, stmt, &at);
	}
	sqlite3_finalize(stmt);
	if (rc == RC_OK && at.n > 0)
		rc = hand_over(&at);
	str_clear(&at.text);
	return rc;
}

/* The one integer that the statement takes, if it takes one. */
static bool only_value(const char *types, va_list ap, int64_t *value)
{
	va_list own;

	if (strcmp(types, "i") != 0)
		return false;
	va_copy(own, ap);
	*value = va_arg(own, int64_t);
	va_end(own);
	return true;
}

enum rc store_scan(struct store *s, const char *name, const struct scan *scan, const char *types, ...)
{
	struct arena *a = arena_new();
	struct sql_text t;
	int64_t value;
	va_list ap;
	enum rc rc = store_heed(s, name);

	va_start(ap, types);
	rc = rc ? rc : sql_get(a, name, &t);
	if (rc == RC_OK && !(only_value(types, ap, &value) && keep_scan(s, t.text, scan, value, &rc)))
		rc = scan_store(s, name, t.text, scan, types, ap);
	va_end(ap);
	arena_free(a);
	return rc;
}

enum rc scan_attach(struct store *s)
{
	int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;

	return store_fail(s, sqlite3_create_function_v2(s->db, "clv_scan", -1, flags, s, NULL, on_row, on_end, NULL), "opening");
}
