/* The tests' own SQL stands here in place of the program's: the linker takes store_sql_files from this file. */
#include "config.h"

#include "kit.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/append.h"
#include "store/sql.h"

#define FILE_OF(name_, text_) { .name = name_, .text = (const unsigned char *)(text_), .size = sizeof(text_) - 1 }

const struct sql_file store_sql_files[] = {
	FILE_OF("view/v_order", "-- about: one part of the buyers\nCREATE VIEW v_order AS SELECT buyer, rank, tier, CASE WHEN rank % 7 = 0 THEN NULL"
		" ELSE rank / 3 * 1.5 END AS share FROM buyer_order;\n"),
	FILE_OF("view/v_score", "-- about: another part\nCREATE VIEW v_score AS SELECT buyer, clv, days, big, odd FROM buyer_score;\n"),
	FILE_OF("view/v_name", "-- about: the last part\nCREATE VIEW v_name AS SELECT buyer, name, note FROM buyer_name;\n"),
	FILE_OF("view/v_buyer", "-- about: the parts together\nCREATE VIEW v_buyer AS SELECT o.rank, n.name, n.note, o.tier, o.share, s.clv, s.days, s.big,"
		" s.odd, o.buyer FROM v_order o CROSS JOIN v_score s ON s.buyer = o.buyer CROSS JOIN v_name n ON n.buyer = o.buyer;\n"),
	FILE_OF("view/v_young", "-- about: those under 30\n-- reads: v_all\nCREATE VIEW v_young AS SELECT * FROM v_all WHERE rank < 30;\n"),
	FILE_OF("view/v_all", "-- about: all\nCREATE VIEW v_all AS SELECT * FROM person;\n"),
	FILE_OF("schema/0002_more", "-- about: more\nCREATE TABLE every(i INTEGER, j INTEGER, u INTEGER, f REAL, t TEXT, n TEXT, s TEXT, b BLOB,"
		" same INTEGER NOT NULL, seq INTEGER PRIMARY KEY) STRICT;\n"),
	FILE_OF("schema/0001_base", "-- about: base\nCREATE TABLE store_fact(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;\n"
		"CREATE TABLE person(rank INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, clv REAL, p_alive REAL, percentile REAL,"
		" last_day INTEGER, paid_minor INTEGER, is_new INTEGER, note TEXT) STRICT;\n"
		"CREATE TABLE buyer_order(rank INTEGER PRIMARY KEY, buyer INTEGER NOT NULL, tier TEXT NOT NULL) STRICT;\n"
		"CREATE TABLE buyer_score(buyer INTEGER PRIMARY KEY, clv REAL, days INTEGER, big INTEGER, odd ANY) STRICT;\n"
		"CREATE TABLE buyer_name(buyer INTEGER PRIMARY KEY, name TEXT, note TEXT) STRICT;\n"),
	FILE_OF("report/people", "-- about: people\n-- page: rank\n-- param: below int optional only ranks below\n-- param: name text optional\n"
		"-- find: name statement/find\n"
		"-- column: rank count - 1 is first\n-- column: clv money EUR value\n-- column: p_alive share - alive\n"
		"-- column: percentile percent % 100 is best\n-- column: last_day day - last purchase\n-- column: paid money EUR paid\n"
		"-- column: is_new flag - new\n"
		"SELECT rank, name, country, clv, p_alive, percentile, last_day, paid_minor AS paid, is_new, note FROM person\n"
		"WHERE rank < coalesce(:below, 1e9) ORDER BY rank; -- the end\n"),
	FILE_OF("report/one", "-- about: one person\n-- param: rank int required whose\n-- param: on day optional\n"
		"SELECT rank, name, :on AS \"on\" FROM person WHERE rank = :rank\n"),
	FILE_OF("report/buyers", "-- about: buyers, listed by parts\n-- page: rank\n-- list: v_order buyer\n-- list: v_score buyer\n-- list: v_name buyer\n"
		"-- find: name statement/find_buyer\n-- state: statement/buyer_state\n-- column: share share - of all\n"
		"-- column: clv money EUR value\n"
		"SELECT rank, name, note, tier, share, clv, days, big, odd FROM v_buyer ORDER BY rank\n"),
	FILE_OF("report/bought", "-- about: buyers, not by parts\n-- page: rank\n-- column: share share - of all\n-- column: clv money EUR value\n"
		"SELECT rank, name, note, tier, share, clv, days, big, odd FROM v_buyer ORDER BY rank\n"),
	FILE_OF("report/heap", "-- about: buyers without a page key\n-- column: share share - of all\n-- column: clv money EUR value\n"
		"SELECT rank, tier, name, note, share, clv, days, big, odd FROM v_buyer ORDER BY days DESC, clv, rank\n"),
	FILE_OF("statement/find_buyer", "-- about: by name\nSELECT min(o.rank) FROM buyer_name n JOIN buyer_order o ON o.buyer = n.buyer WHERE n.name = :value\n"),
	FILE_OF("statement/buyer_state", "-- about: what the buyers are made of\nSELECT count(*) || ' ' || total(clv) FROM buyer_score\n"),
	FILE_OF("statement/buyer_drop", "-- about: one buyer gone\nDELETE FROM buyer_order WHERE rank = ?1\n"),
	FILE_OF("statement/buyer_less", "-- about: one score gone\nDELETE FROM buyer_score WHERE buyer = 4\n"),
	FILE_OF("report/loose", "-- about: without a page key\n-- total: statement/count\nSELECT name, clv FROM person ORDER BY clv DESC, name\n"),
	FILE_OF("statement/count", "-- about: count\nSELECT count(*) FROM person\n"),
	FILE_OF("statement/find", "-- about: by name\nSELECT rank FROM person WHERE name = :value\n"),
	FILE_OF("statement/insert", "-- about: one person\nINSERT INTO person(rank, name, clv, note) VALUES(?1, ?2, ?3, ?4)\n"),
	FILE_OF("statement/name", "SELECT name FROM person WHERE rank = ?1;\n\n-- nothing more\n"),
	FILE_OF("statement/people", "-- about: a scan\nSELECT rank, name, clv, note, rank, clv FROM person WHERE rank < ?1;\n"),
	FILE_OF("statement/edges", "SELECT column1, column2 FROM (VALUES(NULL, NULL),(2147483648, 2147483648),(2147483647, 0))\n"),
	FILE_OF("statement/empty", "DELETE FROM person\n"),
	FILE_OF("statement/every", "-- about: what may be held\nSELECT f, j FROM every WHERE same = ?1;\n"),
	FILE_OF("statement/every_again", "-- about: held or not\nUPDATE every SET f = 9\n"),
	FILE_OF("statement/blob", "SELECT ?1, ?2, ?3\n"),
	FILE_OF("statement/two", "SELECT 1; SELECT 2\n"),
	FILE_OF("statement/none", "-- about: nothing\n"),
	FILE_OF("statement/bad", "SELEC 1\n"),
	FILE_OF("statement/script", "CREATE TABLE tmp(a); INSERT INTO tmp VALUES(1); DROP TABLE tmp;\n"),
	FILE_OF("statement/mixed", "-- column: m share - first\nSELECT column1 AS m, column2 AS w FROM (VALUES(NULL, NULL),(1, 2),(2.5, 'x'),(3, x'41ff'))\n"),
	FILE_OF("statement/long", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT sum(i) FROM n\n"),
};
const size_t store_sql_files_count = sizeof store_sql_files / sizeof store_sql_files[0];

static char          folder[64];
static struct arena *arena;

void kit_setup(void)
{
	snprintf(folder, sizeof folder, "/tmp/clv-store-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	arena = arena_new();
}

void kit_teardown(void)
{
	DIR *d = opendir(folder);

	if (d != NULL) {
		for (struct dirent *e; (e = readdir(d)) != NULL;)
			if (e->d_name[0] != '.' && unlink(kit_path(e->d_name)) != 0)
				rmdir(kit_path(e->d_name));
		closedir(d);
	}
	rmdir(folder);
	arena_free(arena);
}

const char *kit_path(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

struct arena *kit_arena(void)
{
	return arena;
}

void kit_ok(enum rc rc)
{
	const struct err *e = err_get();

	cr_assert(rc == RC_OK, "%s: %s %s (%s)", rc_name(rc), e->id, e->why, e->todo);
}

void kit_fails(enum rc rc, enum rc expected, const char *id, const char *part)
{
	const struct err *e = err_get();

	cr_assert(rc == expected, "got %s: %s %s", rc_name(rc), e->id, e->why);
	cr_assert(strcmp(e->id, id) == 0, "got %s: %s", e->id, e->why);
	cr_assert(strstr(e->why, part) != NULL || strstr(e->todo, part) != NULL, "'%s' is not in: %s (%s)", part, e->why, e->todo);
}

struct store *kit_store(void)
{
	struct store *s = NULL;

	kit_ok(store_open(kit_path("t.clv"), STORE_CREATE, &s));
	return s;
}

struct store *kit_reader(void)
{
	struct store *s = NULL;

	kit_ok(store_open(kit_path("t.clv"), STORE_READ, &s));
	return s;
}

/* Person i: clv 10 i, p_alive (i mod 10)/10, percentile 100 - i, the i-th day of 2011, paid i.99; every third without
 * country, every fourth with a note. */
void kit_rows(struct store *s, int n)
{
	enum { MAX = 10000 };
	static int64_t rank = 1, day[MAX], paid[MAX];
	static double clv[MAX], alive[MAX], percentile[MAX];
	static uint8_t country[MAX], is_new[MAX];
	static const char *name[MAX], *note[MAX];
	static const char *const countries[] = { "UK", "IE", "FR" };
	struct append_column column[] = {
		{ "rank", APPEND_SEQUENCE, &rank, NULL }, { "name", APPEND_TEXT, name, NULL },
		{ "country", APPEND_NAMES, country, countries }, { "clv", APPEND_F64, clv, NULL },
		{ "p_alive", APPEND_F64, alive, NULL }, { "percentile", APPEND_F64, percentile, NULL },
		{ "last_day", APPEND_I64, day, NULL }, { "paid_minor", APPEND_I64, paid, NULL },
		{ "is_new", APPEND_U8, is_new, NULL }, { "note", APPEND_TEXT, note, NULL },
	};

	cr_assert(n <= MAX);
	for (int i = 0; i < n; i++) {
		int r = i + 1;

		name[i] = arena_printf(arena, r % 5 == 0 ? "M\xc3\x9cller %d" : "Ann %d", r);
		country[i] = (uint8_t)(r % 3 == 0 ? 255 : i % 3);
		clv[i] = 10.0 * r;
		alive[i] = r % 10 / 10.0;
		percentile[i] = 100 - r;
		day[i] = 14974 + r; /* 2010-12-31 and on */
		paid[i] = 100 * r + 99;
		is_new[i] = (uint8_t)(r % 2);
		note[i] = r % 4 == 0 ? "say \"hi\" (100%)" : NULL;
	}
	kit_ok(store_begin(s));
	kit_ok(store_append(s, "person", column, sizeof column / sizeof column[0], (size_t)n));
	kit_ok(store_commit(s));
}
