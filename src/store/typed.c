/* SQL typed by a person: one statement that reads, on a reader's handle, refused by an authorizer before it runs if
 * it does anything else. */
#include "config.h"

#include "store/query.h"

#include <string.h>

#include "store/rows_priv.h"
#include "store/store_priv.h"

enum { MIB = 1 << 20, LENGTH_MAX = 16 * MIB, RESULT_MAX = 256 * MIB, MODULES_MAX = 64, REFUSED_MAX = 160 };
enum { TURNS_MAX = 200000 }; /* of PROGRESS_STEPS that a statement in the middle of a job may take: 2e9, about half a minute */

struct guard {
	char  *module[MODULES_MAX]; /* virtual tables that exist without being made */
	size_t modules;
	char   refused[REFUSED_MAX];
};

static bool starts_with(const char *s, const char *head)
{
	return sqlite3_strnicmp(s, head, (int)strlen(head)) == 0;
}

static int refuse(struct guard *g, const char *what, const char *name)
{
	if (g->refused[0] == '\0')
		sqlite3_snprintf(sizeof g->refused, g->refused, "%s%s%s", what, name != NULL ? " " : "", name != NULL ? name : "");
	return SQLITE_DENY;
}

/* Tables of the store and its schema may be read; SQLite's windows into itself may not. */
static int may_read(struct guard *g, const char *table)
{
	if (table == NULL || sqlite3_stricmp(table, "sqlite_master") == 0 || sqlite3_stricmp(table, "sqlite_schema") == 0)
		return SQLITE_OK;
	if (starts_with(table, "sqlite_") || starts_with(table, "pragma_"))
		return refuse(g, "reading", table);
	for (size_t i = 0; i < g->modules; i++)
		if (sqlite3_stricmp(table, g->module[i]) == 0)
			return refuse(g, "reading", table);
	return SQLITE_OK;
}

static int may_call(struct guard *g, const char *function)
{
	static const char *const never[] = { "load_extension", "fts3_tokenizer", "sqlite_log" };

	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		if (function != NULL && sqlite3_stricmp(function, never[i]) == 0)
			return refuse(g, "calling", function);
	return SQLITE_OK;
}

static int authorize(void *user, int action, const char *one, const char *two, const char *database, const char *trigger)
{
	struct guard *g = user;

	(void)database, (void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_READ:
		return may_read(g, one);
	case SQLITE_FUNCTION:
		return may_call(g, two);
	case SQLITE_PRAGMA:
		return refuse(g, "PRAGMA", one);
	case SQLITE_ATTACH:
		return refuse(g, "ATTACH", NULL);
	default:
		return refuse(g, "anything but SELECT", NULL);
	}
}

static enum rc list_modules(struct store *s, struct guard *g)
{
	static const char *const harmless[] = { "json_each", "json_tree", "clv_unpack" };
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "PRAGMA module_list", -1, &stmt, NULL);

	while (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW && g->modules < MODULES_MAX) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);

		bool safe = name == NULL;

		for (size_t i = 0; !safe && i < sizeof harmless / sizeof harmless[0]; i++)
			safe = strcmp(name, harmless[i]) == 0;
		if (!safe)
			g->module[g->modules++] = sqlite3_mprintf("%s", name);
	}
	sqlite3_finalize(stmt);
	return store_fail(s, code, "sql");
}

/* Line and column (from 1, in characters) of a byte, and the line itself. */
static enum rc point(enum rc rc, const char *sql, size_t offset)
{
	size_t line = 1, start = 0, column = 1;

	for (size_t i = 0; i < offset && sql[i] != '\0'; i++) {
		if (sql[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	for (size_t i = start; i < offset && sql[i] != '\0'; i++)
		column += (sql[i] & 0xc0) != 0x80;
	return err_source(err_where(rc, "sql", line, column), sql + start, strcspn(sql + start, "\n"));
}

static enum rc explain(struct store *s, const struct guard *g, const char *sql, int code)
{
	int offset = sqlite3_error_offset(s->db);
	enum rc rc;

	if (g->refused[0] != '\0')
		return err_do(err_set(RC_USAGE, "STORE-211", "%s is refused: this command only reads", g->refused),
			"use a SELECT on the store's tables and views");
	if ((code & 0xff) == SQLITE_INTERRUPT && s->spent)
		return err_do(err_set(RC_USAGE, "STORE-216", "the statement does not end: it was stopped after %lld million steps",
			(long long)TURNS_MAX * PROGRESS_STEPS / 1000000), "ask for less, or look for a recursion or a join without a condition");
	if ((code & 0xff) != SQLITE_ERROR && (code & 0xff) != SQLITE_TOOBIG)
		return store_fail(s, code, "sql");
	rc = err_set(RC_USAGE, "STORE-210", "%s", sqlite3_errmsg(s->db));
	if ((code & 0xff) == SQLITE_TOOBIG)
		return err_do(rc, "a value may be %d MiB large: ask for a part of it, as with substr()", LENGTH_MAX / MIB);
	return offset >= 0 ? point(rc, sql, (size_t)offset) : rc;
}

static enum rc prepare(struct store *s, const struct guard *g, const char *sql, sqlite3_stmt **out)
{
	const char *tail = NULL;
	sqlite3_stmt *more = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, out, &tail);

	if (code != SQLITE_OK)
		return explain(s, g, sql, code);
	if (*out == NULL)
		return err_set(RC_USAGE, "STORE-212", "there is no statement");
	code = sqlite3_prepare_v2(s->db, tail, -1, &more, NULL);
	sqlite3_finalize(more);
	if (code != SQLITE_OK || more != NULL)
		return point(err_set(RC_USAGE, "STORE-212", "one statement at a time"), sql, (size_t)(tail - sql));
	if (sqlite3_bind_parameter_count(*out) > 0)
		return err_set(RC_USAGE, "STORE-213", "parameters are not bound here: write the values");
	return RC_OK;
}

/* What the row will take, and take again in the frame. */
static size_t row_bytes(sqlite3_stmt *stmt)
{
	int columns = sqlite3_column_count(stmt);
	size_t bytes = (size_t)columns * 2 * sizeof(union rows_cell);

	for (int j = 0; j < columns; j++)
		if (sqlite3_column_type(stmt, j) == SQLITE_TEXT)
			bytes += (size_t)sqlite3_column_bytes(stmt, j) + 1;
	return bytes;
}

static enum rc too_large(size_t rows)
{
	return err_do(err_set(RC_USAGE, "STORE-215", "the result is larger than %d MiB: it ends after row %zu", RESULT_MAX / MIB, rows),
		"ask for fewer rows (--limit, or LIMIT in the statement) or fewer columns");
}

static enum rc gather(struct store *s, struct arena *a, const struct guard *g, const char *sql, sqlite3_stmt *stmt, size_t limit,
	struct frame **out, bool *more)
{
	struct rows r;
	size_t bytes = 0;
	bool cut = false;
	int code = SQLITE_ROW;
	enum rc rc = store_heed(s, "sql");

	rows_init(&r, a, stmt, NULL);
	while (rc == RC_OK && !cut && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
		cut = r.n == limit;
		if (!cut && (bytes += row_bytes(stmt)) > RESULT_MAX)
			rc = too_large(r.n);
		if (!cut && rc == RC_OK)
			rc = rows_add(&r, stmt);
	}
	if (rc == RC_OK && !cut && code != SQLITE_DONE)
		rc = explain(s, g, sql, code);
	if (rc == RC_OK)
		rc = rows_frame(&r, out);
	if (rc == RC_OK)
		*more = cut;
	rows_clear(&r);
	return rc;
}

/* The guards around one statement; the handle may be able to write, the statement is not. */
static enum rc run_guarded(struct store *s, struct arena *a, const char *sql, size_t limit, struct frame **out, bool *more)
{
	struct guard g = { 0 };
	sqlite3_stmt *stmt = NULL;
	int length;
	enum rc rc;

	/* Naming these declares them, which the authorizer would take for a change; so they are named before. */
	rc = store_exec(s, "SELECT 1 FROM json_each('[]'), json_tree('[]'), clv_unpack", "sql");
	if (rc == RC_OK)
		rc = list_modules(s, &g);
	if (rc != RC_OK)
		return rc;
	length = sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	sqlite3_set_authorizer(s->db, authorize, &g);
	rc = prepare(s, &g, sql, &stmt);
	if (rc == RC_OK)
		rc = gather(s, a, &g, sql, stmt, limit, out, more);
	sqlite3_finalize(stmt);
	sqlite3_set_authorizer(s->db, NULL, NULL);
	sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, length);
	for (size_t i = 0; i < g.modules; i++)
		sqlite3_free(g.module[i]);
	return rc;
}

enum rc query_frame_typed(struct store *s, struct arena *a, const char *sql, size_t limit, struct frame **out, bool *more)
{
	if (!store_is_readonly(s))
		return err_set(RC_INTERNAL, "STORE-214", "typed SQL was given to a handle that can write");
	return run_guarded(s, a, sql, limit, out, more);
}

enum rc query_frame_guarded(struct store *s, struct arena *a, const char *sql, size_t limit, struct frame **out, bool *more)
{
	bool    writer = !store_is_readonly(s);
	enum rc rc = writer ? store_exec(s, "PRAGMA query_only = 1", "sql") : RC_OK;

	s->turns = TURNS_MAX;
	s->spent = false;
	if (rc == RC_OK)
		rc = run_guarded(s, a, sql, limit, out, more);
	s->turns = 0;
	s->spent = false;
	if (!writer)
		return rc;
	struct err kept = *err_get();
	enum rc    back = store_exec(s, "PRAGMA query_only = 0", "sql");

	if (rc != RC_OK)
		err_restore(&kept);
	return rc != RC_OK ? rc : back;
}
