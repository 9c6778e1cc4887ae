/* Appending column arrays: a virtual table shows the current batch to SQLite, one INSERT ... SELECT takes it over.
 * A statement a row costs three times as much (the statement, not the B-tree, is what costs).
 * SQL here is what the column list decides; names come from the program. */
#include "config.h"

#include "store/append.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/store_priv.h"

enum { COLUMNS_MAX = 40, NAME_NULL = 255 };

struct statement {
	struct statement *next;
	char             *key;  /* the SQL text */
	sqlite3_stmt     *stmt;
};

/* One per connection: what the virtual table shows, and the statements that read it. */
struct append {
	const struct append_column *column;
	size_t                      columns, rows;
	struct statement           *statement;
};

struct batch_table { sqlite3_vtab base; const struct append *append; };
struct batch_cursor { sqlite3_vtab_cursor base; const struct append *append; size_t row; };

/* The virtual table */

static int batch_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
	struct str t = { 0 };
	struct batch_table *v;
	int code;

	(void)argc, (void)argv, (void)error;
	str_add(&t, "CREATE TABLE x(");
	for (int i = 0; i < COLUMNS_MAX; i++)
		str_addf(&t, "%sc%d HIDDEN", i > 0 ? "," : "", i);
	str_add(&t, ")");
	code = sqlite3_declare_vtab(db, t.s);
	str_clear(&t);
	if (code != SQLITE_OK)
		return code;
	sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
	v = mem_new(1, sizeof *v);
	v->append = aux;
	*out = &v->base;
	return SQLITE_OK;
}

static int batch_disconnect(sqlite3_vtab *v)
{
	free(v);
	return SQLITE_OK;
}

static int batch_best_index(sqlite3_vtab *v, sqlite3_index_info *info)
{
	(void)v;
	info->estimatedCost = 1e6;
	info->estimatedRows = 1000000;
	return SQLITE_OK;
}

static int batch_open(sqlite3_vtab *v, sqlite3_vtab_cursor **out)
{
	struct batch_cursor *c = mem_new(1, sizeof *c);

	c->append = ((struct batch_table *)v)->append;
	*out = &c->base;
	return SQLITE_OK;
}

static int batch_close(sqlite3_vtab_cursor *cur)
{
	free(cur);
	return SQLITE_OK;
}

static int batch_filter(sqlite3_vtab_cursor *cur, int number, const char *text, int argc, sqlite3_value **argv)
{
	(void)number, (void)text, (void)argc, (void)argv;
	((struct batch_cursor *)cur)->row = 0;
	return SQLITE_OK;
}

static int batch_next(sqlite3_vtab_cursor *cur)
{
	((struct batch_cursor *)cur)->row++;
	return SQLITE_OK;
}

static int batch_eof(sqlite3_vtab_cursor *cur)
{
	const struct batch_cursor *c = (struct batch_cursor *)cur;

	return c->row >= c->append->rows;
}

static int batch_rowid(sqlite3_vtab_cursor *cur, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((struct batch_cursor *)cur)->row;
	return SQLITE_OK;
}

static void result_text(sqlite3_context *ctx, const char *s)
{
	if (s != NULL)
		sqlite3_result_text64(ctx, s, strlen(s), SQLITE_STATIC, SQLITE_UTF8);
}

static void result_span(sqlite3_context *ctx, const struct append_span *s)
{
	if (s->p != NULL)
		sqlite3_result_text64(ctx, s->p, s->n, SQLITE_STATIC, SQLITE_UTF8);
}

static void result_bytes(sqlite3_context *ctx, const struct append_span *s)
{
	if (s->p != NULL)
		sqlite3_result_blob64(ctx, s->p, s->n, SQLITE_STATIC);
}

/* Called for every cell. A column that sets no result is NULL. */
static int batch_column(sqlite3_vtab_cursor *cur, sqlite3_context *ctx, int j)
{
	const struct batch_cursor *c = (struct batch_cursor *)cur;
	const struct append_column *col = &c->append->column[j];
	size_t i = c->row;

	switch (col->type) {
	case APPEND_I64: {
		int64_t v = ((const int64_t *)col->data)[i];

		if (v != INT64_MIN)
			sqlite3_result_int64(ctx, v);
		break;
	}
	case APPEND_I32: {
		int32_t v = ((const int32_t *)col->data)[i];

		if (v != INT32_MIN)
			sqlite3_result_int64(ctx, v);
		break;
	}
	case APPEND_U8:
		sqlite3_result_int(ctx, ((const uint8_t *)col->data)[i]);
		break;
	case APPEND_F64:
		sqlite3_result_double(ctx, ((const double *)col->data)[i]); /* SQLite makes NaN NULL */
		break;
	case APPEND_TEXT:
		result_text(ctx, ((const char *const *)col->data)[i]);
		break;
	case APPEND_NAMES: {
		uint8_t k = ((const uint8_t *)col->data)[i];

		if (k != NAME_NULL)
			result_text(ctx, col->names[k]);
		break;
	}
	case APPEND_SPAN:
		result_span(ctx, &((const struct append_span *)col->data)[i]);
		break;
	case APPEND_BYTES:
		result_bytes(ctx, &((const struct append_span *)col->data)[i]);
		break;
	case APPEND_SAME_I64: /* bound, not asked for */
		break;
	case APPEND_SEQUENCE:
		sqlite3_result_int64(ctx, *(const int64_t *)col->data + (int64_t)i);
		break;
	}
	return SQLITE_OK;
}

/* Without xCreate the table is there by its name alone and can be neither made nor dropped. */
static const sqlite3_module batch_module = {
	.xConnect = batch_connect,
	.xBestIndex = batch_best_index,
	.xDisconnect = batch_disconnect,
	.xOpen = batch_open,
	.xClose = batch_close,
	.xFilter = batch_filter,
	.xNext = batch_next,
	.xEof = batch_eof,
	.xColumn = batch_column,
	.xRowid = batch_rowid,
};

/* Statements */

static char *make_sql(const char *table, const struct append_column *column, size_t columns)
{
	struct str t = { 0 };

	str_addf(&t, "INSERT INTO \"%s\"(", table);
	for (size_t i = 0; i < columns; i++)
		str_addf(&t, "%s\"%s\"", i > 0 ? "," : "", column[i].name);
	str_add(&t, ") SELECT ");
	for (size_t i = 0; i < columns; i++)
		if (column[i].type == APPEND_SAME_I64)
			str_addf(&t, "%s?%zu", i > 0 ? "," : "", i + 1);
		else
			str_addf(&t, "%sc%zu", i > 0 ? "," : "", i);
	str_add(&t, " FROM clv_append");
	return str_take(&t);
}

/* What is the same in all rows is a parameter and costs no call a row. */
static void bind_same(sqlite3_stmt *stmt, const struct append_column *column, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		if (column[i].type == APPEND_SAME_I64)
			sqlite3_bind_int64(stmt, (int)i + 1, *(const int64_t *)column[i].data);
}

static enum rc find_statement(struct store *s, const char *table, const struct append_column *column, size_t columns,
	sqlite3_stmt **out)
{
	char *key = make_sql(table, column, columns);
	struct statement *st = s->append->statement;
	int code;

	while (st != NULL && strcmp(st->key, key) != 0)
		st = st->next;
	if (st != NULL) {
		free(key);
		*out = st->stmt;
		return RC_OK;
	}
	code = sqlite3_prepare_v3(s->db, key, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
	if (code != SQLITE_OK) {
		free(key);
		return store_fail(s, code, table);
	}
	st = mem_new(1, sizeof *st);
	*st = (struct statement){ .next = s->append->statement, .key = key, .stmt = *out };
	s->append->statement = st;
	return RC_OK;
}

enum rc append_attach(struct store *s)
{
	s->append = mem_new(1, sizeof *s->append);
	return store_fail(s, sqlite3_create_module_v2(s->db, "clv_append", &batch_module, s->append, NULL), "opening");
}

void append_free(struct append *a)
{
	if (a == NULL)
		return;
	for (struct statement *st = a->statement, *next; st != NULL; st = next) {
		next = st->next;
		sqlite3_finalize(st->stmt);
		free(st->key);
		free(st);
	}
	free(a);
}

enum rc store_append(struct store *s, const char *table, const struct append_column *column, size_t columns, size_t rows)
{
	struct append *a = s->append;
	sqlite3_stmt *stmt = NULL;
	enum rc rc = store_heed(s, table);
	int code;

	assert(a != NULL && columns > 0 && columns <= COLUMNS_MAX);
	if (rc == RC_OK && rows > 0)
		rc = find_statement(s, table, column, columns, &stmt);
	if (rc != RC_OK || rows == 0)
		return rc;
	a->column = column;
	a->columns = columns;
	a->rows = rows;
	bind_same(stmt, column, columns);
	code = sqlite3_step(stmt);
	rc = code == SQLITE_DONE ? RC_OK : store_fail(s, code, table);
	sqlite3_reset(stmt);
	a->rows = 0;
	if (rc == RC_OK)
		keep_rows(s, table, column, columns, rows);
	return rc;
}
