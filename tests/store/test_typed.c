#include "config.h"

#include "store/query.h"

#include <criterion/criterion.h>
#include <stdatomic.h>
#include <string.h>

#include "kit.h"

TestSuite(typed, .init = kit_setup, .fini = kit_teardown);

static struct store *people(int n)
{
	struct store *s = kit_store();

	kit_rows(s, n);
	store_close(s);
	return kit_reader();
}

static enum rc ask(struct store *s, const char *sql)
{
	struct frame *f;
	bool more;

	return query_frame_typed(s, kit_arena(), sql, 100, &f, &more);
}

Test(typed, reads)
{
	struct store *s = people(7);
	struct frame *f;
	bool more;

	kit_ok(query_frame_typed(s, kit_arena(), "SELECT count(*) AS n, sum(clv) AS total FROM person;  -- done\n", 10, &f, &more));
	cr_assert(f->rows == 1 && f->column[0].i[0] == 7 && f->column[1].r[0] == 280.0 && !more);
	kit_ok(query_frame_typed(s, kit_arena(), "SELECT rank FROM v_young ORDER BY rank", 3, &f, &more));
	cr_assert(f->rows == 3 && more);
	kit_ok(query_frame_typed(s, kit_arena(), "SELECT rank FROM v_young ORDER BY rank", 7, &f, &more));
	cr_assert(f->rows == 7 && !more);
	kit_ok(ask(s, "WITH RECURSIVE t(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM t WHERE i<5) SELECT count(*) FROM t"));
	kit_ok(ask(s, "WITH t AS (SELECT 1) SELECT count(*) FROM t"));
	kit_ok(ask(s, "SELECT name, sql FROM sqlite_schema"));
	kit_ok(ask(s, "SELECT value FROM json_each('[1,2]')"));
	kit_ok(ask(s, "SELECT rank, row_number() OVER (ORDER BY clv) FROM person"));
	store_close(s);
}

Test(typed, refuses_all_but_reading)
{
	static const char *const refused[] = {
		"INSERT INTO person(name) VALUES('x')", "UPDATE person SET name='x'", "DELETE FROM person", "DROP TABLE person",
		"CREATE TABLE x(a)", "CREATE TEMP TABLE x(a)", "ATTACH 'other.db' AS o", "DETACH main", "PRAGMA user_version=9",
		"PRAGMA table_info(person)", "SELECT * FROM pragma_table_info('person')", "SELECT count(*) FROM pragma_database_list",
		"SELECT load_extension('x')", "SELECT * FROM sqlite_dbpage", "SELECT * FROM dbstat", "SELECT count(*) FROM dbstat",
		"SELECT * FROM sqlite_stmt", "VACUUM INTO 'copy.db'", "BEGIN", "SAVEPOINT a", "ANALYZE", "REINDEX",
		"CREATE VIRTUAL TABLE v USING fts5(a)", "WITH x AS (SELECT 1) DELETE FROM person", "SELECT fts3_tokenizer('a')",
	};
	struct store *s = people(2);

	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		enum rc rc = ask(s, refused[i]);

		cr_assert(rc == RC_USAGE, "%s: %s", refused[i], rc_name(rc));
	}
	kit_fails(ask(s, "PRAGMA user_version"), RC_USAGE, "STORE-211", "PRAGMA");
	kit_ok(ask(s, "SELECT 1"));
	store_close(s);
}

Test(typed, says_where)
{
	struct store *s = people(2);

	kit_fails(ask(s, "SELECT rank,\n  nme FROM person"), RC_USAGE, "STORE-210", "nme");
	cr_assert_eq(err_get()->line, 2);
	cr_assert_eq(err_get()->column, 3);
	cr_assert_str_eq(err_get()->source, "  nme FROM person");
	kit_fails(ask(s, "SELECT 1; SELECT 2"), RC_USAGE, "STORE-212", "one statement");
	cr_assert_eq(err_get()->column, 10);
	kit_fails(ask(s, " -- nothing"), RC_USAGE, "STORE-212", "no statement");
	kit_fails(ask(s, "SELECT ?1"), RC_USAGE, "STORE-213", "parameters");
	kit_fails(ask(s, "SELECT abs(-9223372036854775807 - 1)"), RC_USAGE, "STORE-210", "overflow");
	kit_fails(ask(s, "SELECT zeroblob(900000000)"), RC_USAGE, "STORE-210", "too big");
	store_close(s);
}

Test(typed, has_a_limit_of_memory)
{
	struct store *s = people(2);
	struct frame *f;
	bool more;

	kit_fails(ask(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, printf('%.*c', 15000000, 'x') FROM n"),
		RC_USAGE, "STORE-215", "after row 17");
	kit_fails(query_frame_typed(s, kit_arena(), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i,i,i,i FROM n",
		SIZE_MAX, &f, &more), RC_USAGE, "STORE-215", "--limit");
	kit_fails(ask(s, "SELECT zeroblob(900000000)"), RC_USAGE, "STORE-210", "16 MiB");
	kit_ok(ask(s, "SELECT printf('%.*c', 15000000, 'x') FROM person"));
	store_close(s);
}

Test(typed, stops_when_told)
{
	struct store *s = people(2);
	atomic_bool stop = true;

	store_watch(s, &stop);
	kit_fails(ask(s, "SELECT 1"), RC_CANCELLED, "STORE-115", "sql");
	store_close(s);
}

Test(typed, not_on_a_writer)
{
	struct store *s = kit_store();

	kit_fails(ask(s, "SELECT 1"), RC_INTERNAL, "STORE-214", "write");
	store_close(s);
}
