#include "config.h"

#include "store/store.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit.h"
#include "store/query.h"

TestSuite(migrate, .init = kit_setup, .fini = kit_teardown);

/* What another version would have done, behind this one's back. */
static void tamper(const char *sql)
{
	sqlite3 *db;
	char *error = NULL;

	cr_assert(sqlite3_open(kit_path("t.clv"), &db) == SQLITE_OK);
	sqlite3_exec(db, sql, NULL, NULL, &error);
	cr_assert(error == NULL, "%s", error);
	sqlite3_close(db);
}

static void make_older(void)
{
	struct store *s = kit_store();

	kit_rows(s, 4);
	store_close(s);
	tamper("DROP TABLE every; PRAGMA user_version=1");
}

static size_t columns_of(struct store *s, const char *table)
{
	const char **names;
	size_t n;

	kit_ok(query_table_columns(s, kit_arena(), table, &names, &n));
	return n;
}

Test(migrate, twice_is_once)
{
	struct store *s = kit_store();
	int64_t changes;

	store_close(s);
	s = kit_store();
	changes = store_changes(s);
	cr_assert_eq(changes, 0);
	cr_assert_eq(store_schema(s), 2);
	store_close(s);
	cr_assert(access(kit_path("t.clv.bak-1"), F_OK) != 0);
}

Test(migrate, an_older_store_is_backed_up_first)
{
	struct store *s = NULL;
	struct stat st;
	int64_t n = 0;

	make_older();
	umask(0);
	kit_ok(store_open(kit_path("t.clv"), STORE_WRITE, &s));
	cr_assert_eq(store_schema(s), 2);
	cr_assert_eq(columns_of(s, "every"), 10);
	cr_assert_eq(columns_of(s, "v_young"), 10);
	kit_ok(query_get_int(s, "statement/count", &n, ""));
	cr_assert_eq(n, 4);
	store_close(s);
	cr_assert(stat(kit_path("t.clv.bak-1"), &st) == 0);
	cr_assert_eq(st.st_mode & 07777, 0600);

	/* The backup is a store of the older schema: opened for reading it says so, for writing it is brought up. */
	kit_fails(store_open(kit_path("t.clv.bak-1"), STORE_READ, &s), RC_STORE, "STORE-109", "schema 1");
	tamper("DROP TABLE every; PRAGMA user_version=1");
	kit_ok(store_open(kit_path("t.clv"), STORE_WRITE, &s));
	store_close(s);
	cr_assert(access(kit_path("t.clv.bak-2"), F_OK) == 0);
}

Test(migrate, a_failing_one_changes_nothing)
{
	struct store *s = NULL;

	make_older();
	tamper("CREATE TABLE every(x)");
	kit_fails(store_open(kit_path("t.clv"), STORE_WRITE, &s), RC_DAMAGED, "STORE-119", "schema/0002_more");
	kit_fails(store_open(kit_path("t.clv"), STORE_READ, &s), RC_STORE, "STORE-109", "schema 1");
	tamper("DROP TABLE every");
	kit_ok(store_open(kit_path("t.clv"), STORE_WRITE, &s));
	store_close(s);
}

Test(migrate, broken_references_stop_it)
{
	struct store *s = NULL;

	make_older();
	tamper("CREATE TABLE child(p INTEGER REFERENCES person(rank)); INSERT INTO child VALUES(77)");
	kit_fails(store_open(kit_path("t.clv"), STORE_WRITE, &s), RC_STORE, "STORE-131", "child");
}

Test(migrate, views_are_made_anew_when_their_text_changed)
{
	struct store *s = NULL;

	store_close(kit_store());
	tamper("DROP VIEW v_young; CREATE VIEW v_stale AS SELECT 1 AS a; UPDATE store_fact SET value='old' WHERE key='views'");
	kit_fails(store_open(kit_path("t.clv"), STORE_READ, &s), RC_STORE, "STORE-109", "other views");
	s = kit_store();
	cr_assert_eq(columns_of(s, "v_young"), 10);
	cr_assert_eq(columns_of(s, "v_stale"), 0);
	store_close(s);
	store_close(kit_reader());
}
