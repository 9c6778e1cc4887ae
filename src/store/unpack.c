/* clv_unpack(rows, c0, ...): a table with a row for each number of the packed columns (base/pack) c0, c1 ... of `rows` numbers:
 * place 0, 1, 2 ... and their values v0, v1 ... It lets a view show blocks as the rows that they stand for. Owns no table. */
#include "config.h"

#include "store/store_priv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pack.h"

enum { PACKED_MAX = 4, PLACE = 0, VALUES = 1, ROWS = VALUES + PACKED_MAX, ARGUMENTS = 1 + PACKED_MAX, ROWS_MAX = 1 << 20 };

struct unpack_cursor {
	sqlite3_vtab_cursor base;
	int64_t *value[PACKED_MAX]; /* NULL: not asked for */
	size_t   rows, row;
};

static int unpack_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
	int code = sqlite3_declare_vtab(db, "CREATE TABLE x(place INTEGER, v0 INTEGER, v1 INTEGER, v2 INTEGER, v3 INTEGER, "
		"rows HIDDEN, c0 HIDDEN, c1 HIDDEN, c2 HIDDEN, c3 HIDDEN)");

	(void)aux, (void)argc, (void)argv, (void)error;
	if (code != SQLITE_OK)
		return code;
	sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS); /* views may use it: it computes, and reads nothing */
	*out = mem_new(1, sizeof **out);
	return SQLITE_OK;
}

static int unpack_disconnect(sqlite3_vtab *v)
{
	free(v);
	return SQLITE_OK;
}

/* Arguments are constraints on the hidden columns; idxNum has a bit for each that is given, in their order. */
static int unpack_best_index(sqlite3_vtab *v, sqlite3_index_info *info)
{
	int place[ARGUMENTS] = { 0 }, given = 0;

	(void)v;
	for (int i = 0; i < info->nConstraint; i++) {
		int argument = info->aConstraint[i].iColumn - ROWS;

		if (argument < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable)
			return SQLITE_CONSTRAINT;
		place[argument] = i + 1;
	}
	for (int j = 0; j < ARGUMENTS; j++) {
		if (place[j] == 0)
			continue;
		info->idxNum |= 1 << j;
		info->aConstraintUsage[place[j] - 1].argvIndex = ++given;
		info->aConstraintUsage[place[j] - 1].omit = 1;
	}
	info->estimatedCost = 4096;
	info->estimatedRows = 4096;
	return SQLITE_OK;
}

static int unpack_open(sqlite3_vtab *v, sqlite3_vtab_cursor **out)
{
	struct unpack_cursor *c = mem_new(1, sizeof *c);

	(void)v;
	*out = &c->base;
	return SQLITE_OK;
}

static void forget(struct unpack_cursor *c)
{
	for (int j = 0; j < PACKED_MAX; j++) {
		free(c->value[j]);
		c->value[j] = NULL;
	}
	c->rows = c->row = 0;
}

static int unpack_close(sqlite3_vtab_cursor *cur)
{
	forget((struct unpack_cursor *)cur);
	free(cur);
	return SQLITE_OK;
}

static int no_column(sqlite3_vtab_cursor *cur, int j)
{
	sqlite3_free(cur->pVtab->zErrMsg);
	cur->pVtab->zErrMsg = sqlite3_mprintf("a block is not as long as it says (column %d)", j);
	return SQLITE_CORRUPT_VTAB;
}

static int take_column(struct unpack_cursor *c, int j, sqlite3_value *v)
{
	const void *p = sqlite3_value_blob(v);

	c->value[j] = mem_try(c->rows, sizeof *c->value[j]);
	if (c->value[j] == NULL)
		return SQLITE_NOMEM;
	if (p == NULL || !unpack(p, (size_t)sqlite3_value_bytes(v), c->value[j], c->rows))
		return no_column(&c->base, j);
	return SQLITE_OK;
}

static int unpack_filter(sqlite3_vtab_cursor *cur, int given, const char *text, int argc, sqlite3_value **argv)
{
	struct unpack_cursor *c = (struct unpack_cursor *)cur;
	int64_t rows = given & 1 ? sqlite3_value_int64(argv[0]) : 0;
	int at = 1, code = SQLITE_OK;

	(void)text, (void)argc;
	forget(c);
	if (rows < 0 || rows > ROWS_MAX)
		return no_column(cur, 0);
	c->rows = (size_t)rows;
	for (int j = 0; code == SQLITE_OK && rows > 0 && j < PACKED_MAX; j++)
		if (given & 2 << j)
			code = take_column(c, j, argv[at++]);
	if (code != SQLITE_OK)
		forget(c);
	return code;
}

static int unpack_next(sqlite3_vtab_cursor *cur)
{
	((struct unpack_cursor *)cur)->row++;
	return SQLITE_OK;
}

static int unpack_eof(sqlite3_vtab_cursor *cur)
{
	const struct unpack_cursor *c = (const struct unpack_cursor *)cur;

	return c->row >= c->rows;
}

/* A column that sets no result is NULL. */
static int unpack_column(sqlite3_vtab_cursor *cur, sqlite3_context *ctx, int j)
{
	const struct unpack_cursor *c = (const struct unpack_cursor *)cur;
	const int64_t *value = j >= VALUES && j < ROWS ? c->value[j - VALUES] : NULL;

	if (j == PLACE)
		sqlite3_result_int64(ctx, (int64_t)c->row);
	else if (value != NULL && value[c->row] != PACK_MISSING)
		sqlite3_result_int64(ctx, value[c->row]);
	return SQLITE_OK;
}

static int unpack_rowid(sqlite3_vtab_cursor *cur, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((const struct unpack_cursor *)cur)->row;
	return SQLITE_OK;
}

/* Without xCreate the table is there by its name alone and can be neither made nor dropped. */
static const sqlite3_module unpack_module = {
	.xConnect = unpack_connect,
	.xBestIndex = unpack_best_index,
	.xDisconnect = unpack_disconnect,
	.xOpen = unpack_open,
	.xClose = unpack_close,
	.xFilter = unpack_filter,
	.xNext = unpack_next,
	.xEof = unpack_eof,
	.xColumn = unpack_column,
	.xRowid = unpack_rowid,
};

int unpack_attach(sqlite3 *db)
{
	return sqlite3_create_module_v2(db, "clv_unpack", &unpack_module, NULL, NULL);
}
