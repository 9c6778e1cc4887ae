/* Statements by name: prepared once, bound, stepped, kept for the next time. Not here: what they say. */
#include "config.h"

#include "store/query.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/rows_priv.h"
#include "store/sql.h"
#include "store/store_priv.h"

struct query {
	struct query *next;
	struct store *store;
	sqlite3_stmt *stmt;
	const char   *name;
	bool          open;
};

/* Preparing */

/* Is there anything but blanks and comments in tail? SQLite prepares such a text to no statement. */
static bool has_more(sqlite3 *db, const char *tail)
{
	sqlite3_stmt *stmt = NULL;
	bool more = sqlite3_prepare_v2(db, tail, -1, &stmt, NULL) != SQLITE_OK || stmt != NULL;

	sqlite3_finalize(stmt);
	return more;
}

static enum rc prepare(struct store *s, const char *name, const char *text, sqlite3_stmt **out)
{
	const char *tail = NULL;
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail);

	if (code != SQLITE_OK)
		return store_fail(s, code, name);
	if (stmt == NULL || has_more(s->db, tail)) {
		sqlite3_finalize(stmt);
		return err_set(RC_STORE, "STORE-151", "%s must hold exactly one statement", name);
	}
	*out = stmt;
	return RC_OK;
}

static struct query *waiting(struct store *s, const char *name)
{
	for (struct query *q = s->query; q != NULL; q = q->next)
		if (!q->open && strcmp(q->name, name) == 0)
			return q;
	return NULL;
}

static enum rc make(struct store *s, const char *name, struct query **out)
{
	struct arena *a = arena_new();
	struct sql_text t;
	sqlite3_stmt *stmt = NULL;
	struct query *q;
	enum rc rc = sql_get(a, name, &t);

	if (rc == RC_OK)
		rc = prepare(s, name, t.text, &stmt);
	arena_free(a);
	if (rc != RC_OK)
		return rc;
	q = mem_new(1, sizeof *q);
	*q = (struct query){ .next = s->query, .store = s, .stmt = stmt, .name = t.name };
	s->query = q;
	*out = q;
	return RC_OK;
}

enum rc query_open(struct store *s, const char *name, struct query **out)
{
	struct query *q = waiting(s, name);

	*out = NULL;
	if (q == NULL) {
		enum rc rc = make(s, name, &q);

		if (rc != RC_OK)
			return rc;
	}
	q->open = true;
	*out = q;
	return RC_OK;
}

void query_close(struct query *q)
{
	if (q == NULL)
		return;
	query_reset(q);
	q->open = false;
}

void query_free_all(struct store *s)
{
	for (struct query *q = s->query, *next; q != NULL; q = next) {
		next = q->next;
		sqlite3_finalize(q->stmt);
		free(q);
	}
	s->query = NULL;
}

/* Binding */

static void must(int code)
{
	assert(code == SQLITE_OK);
	(void)code;
}

static void bind_real(sqlite3_stmt *stmt, int i, double v)
{
	must(isnan(v) ? sqlite3_bind_null(stmt, i) : sqlite3_bind_double(stmt, i, v));
}

void query_bind_int(struct query *q, int i, int64_t v)
{
	must(sqlite3_bind_int64(q->stmt, i, v));
}

void query_bind_real(struct query *q, int i, double v)
{
	bind_real(q->stmt, i, v);
}

void query_bind_text(struct query *q, int i, const char *s)
{
	must(sqlite3_bind_text(q->stmt, i, s, -1, SQLITE_TRANSIENT));
}

void query_bind_blob(struct query *q, int i, const void *p, size_t n)
{
	must(sqlite3_bind_blob64(q->stmt, i, n > 0 ? p : "", n, SQLITE_TRANSIENT));
}

void query_bind_null(struct query *q, int i)
{
	must(sqlite3_bind_null(q->stmt, i));
}

void query_bind_all(sqlite3_stmt *stmt, const char *types, va_list ap)
{
	for (int i = 1; *types != '\0'; types++, i++) {
		switch (*types) {
		case 'i':
			must(sqlite3_bind_int64(stmt, i, va_arg(ap, int64_t)));
			break;
		case 'r':
			bind_real(stmt, i, va_arg(ap, double));
			break;
		case 't':
			must(sqlite3_bind_text(stmt, i, va_arg(ap, const char *), -1, SQLITE_TRANSIENT));
			break;
		default:
			assert(*types == 'n');
			must(sqlite3_bind_null(stmt, i));
		}
	}
}

/* Stepping and reading */

enum rc query_step(struct query *q, bool *row)
{
	enum rc rc = store_heed(q->store, q->name);
	int code;

	if (rc != RC_OK) {
		sqlite3_reset(q->stmt);
		return rc;
	}
	keep_heed(q->store, q->stmt);
	code = sqlite3_step(q->stmt);
	if (code == SQLITE_ROW) {
		*row = true;
		return RC_OK;
	}
	if (code != SQLITE_DONE)
		rc = store_fail(q->store, code, q->name);
	else
		*row = false;
	sqlite3_reset(q->stmt);
	return rc;
}

void query_reset(struct query *q)
{
	sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
}

int query_columns(const struct query *q)
{
	return sqlite3_column_count(q->stmt);
}

const char *query_name(const struct query *q, int column)
{
	return sqlite3_column_name(q->stmt, column);
}

bool query_is_null(const struct query *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

int64_t query_int(const struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

double query_real(const struct query *q, int column)
{
	return query_is_null(q, column) ? (double)NAN : sqlite3_column_double(q->stmt, column);
}

const char *query_text(const struct query *q, int column)
{
	return (const char *)sqlite3_column_text(q->stmt, column);
}

const void *query_blob(const struct query *q, int column, size_t *n)
{
	const void *p = sqlite3_column_blob(q->stmt, column);

	*n = (size_t)sqlite3_column_bytes(q->stmt, column);
	return p;
}

/* Whole statements */

static enum rc open_bound(struct store *s, const char *name, const char *types, va_list ap, struct query **out)
{
	enum rc rc = query_open(s, name, out);

	if (rc == RC_OK)
		query_bind_all((*out)->stmt, types, ap);
	return rc;
}

enum rc query_run(struct store *s, const char *name, const char *types, ...)
{
	struct query *q = NULL;
	bool row = true;
	va_list ap;
	enum rc rc;

	va_start(ap, types);
	rc = open_bound(s, name, types, ap, &q);
	va_end(ap);
	while (rc == RC_OK && row)
		rc = query_step(q, &row);
	query_close(q);
	return rc;
}

enum rc query_get_int(struct store *s, const char *name, int64_t *out, const char *types, ...)
{
	struct query *q = NULL;
	bool row = false;
	va_list ap;
	enum rc rc;

	va_start(ap, types);
	rc = open_bound(s, name, types, ap, &q);
	va_end(ap);
	if (rc == RC_OK)
		rc = query_step(q, &row);
	if (rc == RC_OK && row && !query_is_null(q, 0))
		*out = query_int(q, 0);
	query_close(q);
	return rc;
}

enum rc query_get_text(struct store *s, struct arena *a, const char *name, char **out, const char *types, ...)
{
	struct query *q = NULL;
	bool row = false;
	va_list ap;
	enum rc rc;

	va_start(ap, types);
	rc = open_bound(s, name, types, ap, &q);
	va_end(ap);
	if (rc == RC_OK)
		rc = query_step(q, &row);
	if (rc == RC_OK)
		*out = row ? arena_text(a, query_text(q, 0)) : NULL;
	query_close(q);
	return rc;
}

static enum rc gather(struct query *q, struct arena *a, const struct sql_text *head, struct frame **out)
{
	struct rows r;
	bool row = true;
	enum rc rc = RC_OK;

	rows_init(&r, a, q->stmt, head);
	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row)
		rc = rows_add(&r, q->stmt);
	if (rc == RC_OK)
		rc = rows_frame(&r, out);
	rows_clear(&r);
	return rc;
}

enum rc query_frame(struct store *s, struct arena *a, const char *name, struct frame **out, const char *types, ...)
{
	struct query *q = NULL;
	struct sql_text head;
	va_list ap;
	enum rc rc;

	va_start(ap, types);
	rc = open_bound(s, name, types, ap, &q);
	va_end(ap);
	if (rc == RC_OK)
		rc = sql_get(a, name, &head);
	if (rc == RC_OK)
		rc = gather(q, a, &head, out);
	query_close(q);
	return rc;
}

enum rc query_script(struct store *s, const char *name)
{
	struct arena *a = arena_new();
	struct sql_text t;
	enum rc rc = store_heed(s, name);

	if (rc == RC_OK)
		rc = sql_get(a, name, &t);
	if (rc == RC_OK)
		rc = store_exec(s, t.text, name);
	arena_free(a);
	return rc;
}

enum rc query_table_columns(struct store *s, struct arena *a, const char *table, const char ***names, size_t *n)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid", -1, &stmt, NULL);
	const char **list = NULL;
	size_t count = 0, cap = 0;
	enum rc rc;

	if (code == SQLITE_OK) {
		sqlite3_bind_text(stmt, 1, table, -1, SQLITE_TRANSIENT);
		while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
			if (count == cap) {
				cap = cap == 0 ? 32 : cap * 2;
				list = mem_grow(list, cap, sizeof *list);
			}
			list[count++] = arena_text(a, (const char *)sqlite3_column_text(stmt, 0));
		}
	}
	rc = code == SQLITE_DONE ? RC_OK : store_fail(s, code, table);
	sqlite3_finalize(stmt);
	if (rc == RC_OK) {
		*names = arena_alloc(a, count + 1, sizeof **names);
		if (count > 0)
			memcpy(*names, list, count * sizeof *list);
		*n = count;
	}
	free(list);
	return rc;
}
