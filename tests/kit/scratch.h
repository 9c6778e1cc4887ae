/* A folder for one test, and raw SQL on a store file, past everything that the program forbids. */
#ifndef CLV_TESTS_SCRATCH_H
#define CLV_TESTS_SCRATCH_H

#include <criterion/criterion.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch { char dir[128], store[160]; };

static inline struct scratch scratch_new(void)
{
	struct scratch s;
	const char *tmp = getenv("TMPDIR");
	snprintf(s.dir, sizeof(s.dir), "%s/clv-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	cr_assert_not_null(mkdtemp(s.dir));
	snprintf(s.store, sizeof(s.store), "%s/t.clv", s.dir);
	return s;
}

static inline int scratch_remove(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static inline void scratch_free(const struct scratch *s)
{
	nftw(s->dir, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* A file in the folder; the path stays valid until the next call. */
static inline const char *scratch_file(const struct scratch *s, const char *name, const char *text)
{
	static char path[256];
	snprintf(path, sizeof(path), "%s/%s", s->dir, name);
	FILE *f = fopen(path, "wb");
	cr_assert_not_null(f);
	cr_assert_eq(fwrite(text, 1, strlen(text), f), strlen(text));
	cr_assert_eq(fclose(f), 0);
	return path;
}

static inline void scratch_sql(const struct scratch *s, const char *sql)
{
	sqlite3 *db;
	char *said = NULL;
	cr_assert_eq(sqlite3_open(s->store, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 2000);
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, &said), SQLITE_OK, "%s: %s", sql, said);
	sqlite3_close(db);
}

/* First cell of the first row as a number; -1 without one. */
static inline long long scratch_int(const struct scratch *s, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	long long v = -1;
	cr_assert_eq(sqlite3_open(s->store, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 2000);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		v = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return v;
}

#endif
