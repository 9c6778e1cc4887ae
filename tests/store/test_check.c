#include "config.h"

#include "store/store.h"

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "kit.h"
#include "store/page.h"
#include "store/query.h"

TestSuite(check, .init = kit_setup, .fini = kit_teardown);

/* What another program may do to a closed store. */
static void alter(const char *sql)
{
	sqlite3 *db;
	char *why = NULL;

	cr_assert(sqlite3_open(kit_path("t.clv"), &db) == SQLITE_OK);
	cr_assert(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK, "%s", why);
	sqlite3_close(db);
}

static void schema_is(const char *part)
{
	struct store *s = kit_reader();

	kit_fails(store_check_schema(s), RC_DAMAGED, "STORE-119", part);
	cr_assert(strstr(err_get()->todo, ".bak-N") != NULL);
	store_close(s);
}

Test(check, a_sound_schema)
{
	struct store *s = kit_store();

	kit_ok(store_check_schema(s));
	store_close(s);
	alter("CREATE TABLE notes(a); CREATE INDEX by_name ON person(name); CREATE VIEW mine AS SELECT 1");
	s = kit_reader();
	kit_ok(store_check_schema(s));
	store_close(s);
}

Test(check, names_what_is_missing)
{
	store_close(kit_store());
	alter("DROP TABLE every");
	schema_is("table every is missing");
	alter("ALTER TABLE person RENAME COLUMN p_alive TO p_blive");
	schema_is("table person has no column p_alive");
	alter("DROP VIEW v_young");
	schema_is("view v_young is missing");
}

Test(check, names_a_changed_view)
{
	store_close(kit_store());
	alter("DROP VIEW v_young; CREATE VIEW v_young AS SELECT * FROM v_all WHERE rank < 31");
	schema_is("view v_young is not as it was made");
}

Test(check, a_statement_without_its_table_is_damage)
{
	struct page_ask ask = { .report = "people", .limit = 5 };
	struct frame *f;
	struct store *s;
	struct page page;
	int64_t n;
	bool more;

	store_close(kit_store());
	alter("DROP VIEW v_young; DROP VIEW v_all; ALTER TABLE person RENAME TO persom");
	s = kit_reader();
	kit_fails(query_get_int(s, "statement/count", &n, ""), RC_DAMAGED, "STORE-119", "no such table");
	cr_assert(strstr(err_get()->todo, ".bak-N") != NULL);
	kit_fails(page_load(s, kit_arena(), &ask, &page), RC_DAMAGED, "STORE-119", "no such table");
	kit_fails(query_frame_typed(s, kit_arena(), "SELECT * FROM person", 1, &f, &more), RC_USAGE, "STORE-210", "no such table");
	store_close(s);
	alter("ALTER TABLE persom RENAME TO person; ALTER TABLE person RENAME COLUMN clv TO clw");
	s = kit_reader();
	kit_fails(page_load(s, kit_arena(), &ask, &page), RC_DAMAGED, "STORE-119", "no such column");
	store_close(s);
}

static size_t read_all(unsigned char **bytes)
{
	FILE *f = fopen(kit_path("t.clv"), "rb");
	long n;

	cr_assert(f != NULL && fseek(f, 0, SEEK_END) == 0);
	n = ftell(f);
	rewind(f);
	*bytes = malloc((size_t)n);
	cr_assert(fread(*bytes, 1, (size_t)n, f) == (size_t)n);
	fclose(f);
	return (size_t)n;
}

static void write_all(const unsigned char *bytes, size_t n)
{
	FILE *f = fopen(kit_path("t.clv"), "wb");

	cr_assert(f != NULL && fwrite(bytes, 1, n, f) == n);
	cr_assert(fclose(f) == 0);
}

/* Nothing in the schema's page can be flipped so that the program takes it for a fault of its own. */
Test(check, a_flipped_bit_in_the_schema_is_never_our_fault)
{
	unsigned char *bytes;
	size_t n, page = 32768;

	store_close(kit_store());
	n = read_all(&bytes);
	for (size_t at = 100; at < page; at++) {
		struct page_ask ask = { .report = "people", .limit = 5 };
		struct store *s = NULL;
		struct page p;
		enum rc rc;

		if (bytes[at] == 0)
			continue;
		bytes[at] ^= (unsigned char)(1u << at % 8);
		write_all(bytes, n);
		bytes[at] ^= (unsigned char)(1u << at % 8);
		rc = store_open(kit_path("t.clv"), STORE_READ, &s);
		if (rc == RC_OK)
			rc = page_load(s, kit_arena(), &ask, &p);
		cr_assert(rc == RC_OK || rc == RC_DAMAGED, "byte %zu: %s: %s", at, err_get()->id, err_get()->why);
		if (s != NULL) {
			rc = store_check_schema(s);
			cr_assert(rc == RC_OK || rc == RC_DAMAGED, "byte %zu: %s: %s", at, err_get()->id, err_get()->why);
		}
		store_close(s);
	}
	free(bytes);
}

/* A stage may call it after each of its steps. */
Test(check, a_checkpoint_of_an_empty_log_is_cheap)
{
	struct store *s = kit_store();
	double since;

	kit_rows(s, 1000);
	kit_ok(store_checkpoint(s));
	since = clock_seconds();
	for (int i = 0; i < 100; i++)
		kit_ok(store_checkpoint(s));
	cr_assert(clock_seconds() - since < 1, "%g s", clock_seconds() - since);
	store_close(s);
}
