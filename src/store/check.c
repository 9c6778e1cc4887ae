/* Is a store sound? Its pages and rows, by SQLite's own check; its schema, held against what the schema files make in an
 * empty database in memory. Nothing is repaired here. */
#include "config.h"

#include "store/store.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "store/store_priv.h"

enum { TOLD_MAX = 5 };

struct comparison {
	sqlite3    *made; /* as this program makes it */
	sqlite3    *have;
	struct str  told;
	size_t      differences;
};

enum rc store_check(struct store *s, bool quick)
{
	const char *sql = quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)";
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
	enum rc rc = RC_OK;

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) {
		const char *said = (const char *)sqlite3_column_text(stmt, 0);

		if (said == NULL || strcmp(said, "ok") != 0)
			rc = err_do(err_set(RC_DAMAGED, "STORE-118", "the store is damaged: %s", said != NULL ? said : "no answer"),
				STORE_REPAIR);
	} else if (code != SQLITE_DONE) {
		rc = store_fail(s, code, "integrity check");
	}
	sqlite3_finalize(stmt);
	return rc;
}

/* The schema */

static void differ(struct comparison *c, const char *type, const char *name, const char *what)
{
	if (c->differences++ < TOLD_MAX)
		str_addf(&c->told, "%s%s %s %s", c->told.n > 0 ? "; " : "", type, name, what);
}

/* One row's text for (first, second): *there false without a row. */
static int look_up(sqlite3 *db, const char *sql, const char *first, const char *second, struct str *text, bool *there)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (code == SQLITE_OK) {
		sqlite3_bind_text(stmt, 1, first, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 2, second, -1, SQLITE_STATIC);
		code = sqlite3_step(stmt);
	}
	*there = code == SQLITE_ROW;
	if (*there && sqlite3_column_text(stmt, 0) != NULL)
		str_add(text, (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int compare_columns(struct comparison *c, const char *type, const char *table)
{
	static const char every[] = "SELECT name, type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_xinfo(?1) ORDER BY cid";
	static const char one[] = "SELECT type || ' ' || \"notnull\" || ' ' || pk FROM pragma_table_xinfo(?1) WHERE name = ?2";
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(c->made, every, -1, &stmt, NULL), looked = SQLITE_OK;

	if (code == SQLITE_OK)
		sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	while (code == SQLITE_OK && looked == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
		const char *column = (const char *)sqlite3_column_text(stmt, 0);
		struct str text = { 0 }, what = { 0 };
		bool there;

		looked = look_up(c->have, one, table, column, &text, &there);
		str_addf(&what, there ? "has another kind of column %s" : "has no column %s", column);
		if (looked == SQLITE_OK && (!there || strcmp(text.s != NULL ? text.s : "", (const char *)sqlite3_column_text(stmt, 1)) != 0))
			differ(c, type, table, what.s);
		str_clear(&text);
		str_clear(&what);
	}
	sqlite3_finalize(stmt);
	return looked;
}

/* The text of a table may have changed with a comment in it, so its columns are compared; of the rest, the text. */
static int compare_object(struct comparison *c, const char *type, const char *name, const char *sql)
{
	struct str text = { 0 };
	bool there, table = strcmp(type, "table") == 0;
	int code = look_up(c->have, "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2", type, name, &text, &there);

	if (code == SQLITE_OK && !there)
		differ(c, type, name, "is missing");
	else if (code == SQLITE_OK && table)
		code = compare_columns(c, type, name);
	else if (code == SQLITE_OK && strcmp(text.s != NULL ? text.s : "", sql) != 0)
		differ(c, type, name, "is not as it was made");
	str_clear(&text);
	return code;
}

static int compare(struct comparison *c)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(c->made, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name",
		-1, &stmt, NULL);

	while (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		code = compare_object(c, (const char *)sqlite3_column_text(stmt, 0), (const char *)sqlite3_column_text(stmt, 1),
			(const char *)sqlite3_column_text(stmt, 2));
	sqlite3_finalize(stmt);
	return code;
}

enum rc store_check_schema(struct store *s)
{
	struct store model = { 0 };
	struct comparison c = { .have = s->db };
	enum rc rc = store_fail(&model, sqlite3_open_v2(":memory:", &model.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL), "schema check");

	if (rc == RC_OK)
		rc = store_fail(&model, match_attach(model.db), "schema check");
	if (rc == RC_OK)
		rc = store_fail(&model, unpack_attach(model.db), "schema check");
	if (rc == RC_OK)
		rc = migrate_model(&model);
	c.made = model.db;
	if (rc == RC_OK)
		rc = store_fail(s, compare(&c), "schema check");
	if (rc == RC_OK && c.differences > TOLD_MAX)
		str_addf(&c.told, "; and %zu more", c.differences - TOLD_MAX);
	if (rc == RC_OK && c.differences > 0)
		rc = err_do(err_set(RC_DAMAGED, "STORE-119", "the schema is damaged: %s", c.told.s), STORE_REPAIR);
	sqlite3_close_v2(model.db);
	str_clear(&c.told);
	return rc;
}
