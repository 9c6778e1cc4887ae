/* The audit chain: appending, the triggers, and each way of tampering with its verdict and the entry at fault. */
#include "config.h"

#include "module/audit.h"

#include "module/champion.h"
#include "../kit/scratch.h"

#define UNLOCK "DROP TRIGGER audit_entry_no_update; DROP TRIGGER audit_entry_no_delete; "

static struct scratch place;
static struct store *s;

static void open_all(void)
{
	place = scratch_new();
	cr_assert_eq(store_open(place.store, STORE_CREATE, &s), RC_OK);
}

static void close_all(void)
{
	store_close(s);
	scratch_free(&place);
}

TestSuite(audit, .init = open_all, .fini = close_all);

static void append(int n)
{
	for (int i = 0; i < n; i++) {
		int64_t seq;
		struct js *payload = js_object();
		js_set_int(payload, "z", i);
		js_set_text(payload, "a", "caf\xc3\xa9");
		cr_assert_eq(store_begin(s), RC_OK);
		cr_assert_eq(audit_append(s, "run", "clv", payload, &seq), RC_OK);
		cr_assert_eq(store_commit(s), RC_OK);
		cr_assert_gt(seq, 0);
	}
}

static void verdict(const char *anchor, const char *want, int64_t seq)
{
	struct audit_result r;
	enum rc rc = audit_verify(s, anchor, &r);
	cr_assert_str_eq(r.verdict, want, "%s", err_get()->why);
	cr_assert_eq(r.seq, seq, "%lld: %s", (long long)r.seq, err_get()->why);
	cr_assert_eq(rc, strcmp(want, "sound") ? RC_DAMAGED : RC_OK);
	if (rc) {
		char name[32];
		snprintf(name, sizeof(name), "entry %lld ", (long long)seq);
		cr_assert_not_null(strstr(err_get()->why, name), "%s", err_get()->why);
		cr_assert_str_eq(err_get()->id, "AUD-101");
	}
}

static void anchor_of(char text[128])
{
	struct audit_head h;
	cr_assert_eq(audit_head(s, &h), RC_OK);
	snprintf(text, 128, "%s:%lld", h.hash, (long long)h.length);
}

Test(audit, an_empty_chain_is_sound)
{
	struct audit_head h;
	char anchor[128];
	cr_assert_eq(audit_head(s, &h), RC_OK);
	cr_assert_eq(h.length, 0);
	cr_assert_eq(strspn(h.hash, "0"), 64);
	verdict(NULL, "sound", 0);
	append(2);
	anchor_of(anchor);
	verdict(anchor, "sound", 0);
}

Test(audit, growth_keeps_old_anchors)
{
	char anchor[128], line[300];
	append(3);
	anchor_of(anchor);
	append(4);
	verdict(NULL, "sound", 0);
	verdict(anchor, "sound", 0);
	snprintf(line, sizeof(line), "first line\nrun 3 done audit %s and more\n\n", anchor);
	verdict(scratch_file(&place, "anchor", line), "sound", 0);
	snprintf(line, sizeof(line), "{\"run_id\":1,\"audit\":{\"head\":\"%.64s\",\"length\":%s}}\n", anchor, anchor + 65);
	verdict(scratch_file(&place, "anchor.json", line), "sound", 0);
}

Test(audit, entries_cannot_be_changed_by_sql)
{
	sqlite3 *db;
	append(2);
	cr_assert_eq(sqlite3_open(place.store, &db), SQLITE_OK);
	cr_assert_neq(sqlite3_exec(db, "UPDATE audit_entry SET actor = 'x'", NULL, NULL, NULL), SQLITE_OK);
	cr_assert_neq(sqlite3_exec(db, "DELETE FROM audit_entry", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

Test(audit, one_byte_of_any_column_is_found)
{
	static const char *const column[] = { "at", "kind", "actor", "payload", "prev_hash", "hash" };
	char sql[256];
	append(5);
	scratch_sql(&place, UNLOCK "CREATE TABLE before AS SELECT * FROM audit_entry");
	for (size_t c = 0; c < sizeof(column) / sizeof(*column); c++) {
		snprintf(sql, sizeof(sql), "UPDATE audit_entry SET %s = substr(%s, 1, 3) || '_' || substr(%s, 5) WHERE seq = 3",
			 column[c], column[c], column[c]);
		scratch_sql(&place, sql);
		verdict(NULL, "altered", 3);
		scratch_sql(&place, "DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM before");
		verdict(NULL, "sound", 0);
	}
}

Test(audit, a_missing_entry_is_named)
{
	append(5);
	scratch_sql(&place, UNLOCK "DELETE FROM audit_entry WHERE seq = 3");
	verdict(NULL, "missing", 3);
	scratch_sql(&place, "DELETE FROM audit_entry WHERE seq < 3");
	verdict(NULL, "missing", 1);
}

Test(audit, closing_the_gap_does_not_help)
{
	append(5);
	scratch_sql(&place, UNLOCK "DELETE FROM audit_entry WHERE seq = 3; UPDATE audit_entry SET seq = seq - 1 WHERE seq > 3");
	verdict(NULL, "altered", 3);
}

Test(audit, a_cut_tail_shows_against_the_anchor)
{
	char anchor[128];
	append(5);
	anchor_of(anchor);
	scratch_sql(&place, UNLOCK "DELETE FROM audit_entry WHERE seq > 3");
	verdict(NULL, "sound", 0);
	verdict(anchor, "cut", 4);
}

Test(audit, a_chain_written_anew_shows_against_the_anchor)
{
	char anchor[128];
	append(5);
	anchor_of(anchor);
	scratch_sql(&place, UNLOCK "DELETE FROM audit_entry WHERE seq > 3");
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(audit_append(s, "run", "someone", NULL, NULL), RC_OK);
	cr_assert_eq(audit_append(s, "run", "someone", NULL, NULL), RC_OK);
	cr_assert_eq(audit_append(s, "run", "someone", NULL, NULL), RC_OK);
	cr_assert_eq(store_commit(s), RC_OK);
	verdict(NULL, "sound", 0);
	verdict(anchor, "rewritten", 5);
}

/* Replaces an entry by one whose own hash is right, made in a second store. */
Test(audit, a_restamped_entry_is_found_by_the_next)
{
	char sql[512];
	append(4);
	scratch_sql(&place, UNLOCK "CREATE TABLE before AS SELECT * FROM audit_entry; DELETE FROM audit_entry WHERE seq > 1");
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(audit_append(s, "run", "forger", NULL, NULL), RC_OK);
	cr_assert_eq(store_commit(s), RC_OK);
	snprintf(sql, sizeof(sql), "INSERT INTO audit_entry SELECT * FROM before WHERE seq > 2");
	scratch_sql(&place, sql);
	verdict(NULL, "altered", 2);
}

/* A run wrote down how long the chain was: what was cut since shows without an anchor. */
Test(audit, a_cut_tail_shows_against_what_a_run_wrote_down)
{
	append(5);
	scratch_sql(&place, "INSERT INTO run_run (started_at, status, command, seed, settings, program, audit_head, audit_length) "
		    "SELECT '', 'done', 'run', 1, '{}', 'test', hash, seq FROM audit_entry WHERE seq IN (2, 5)");
	verdict(NULL, "sound", 0);
	append(1);
	verdict(NULL, "sound", 0);
	scratch_sql(&place, UNLOCK "DELETE FROM audit_entry WHERE seq > 3");
	verdict(NULL, "cut", 4);
	scratch_sql(&place, "DELETE FROM audit_entry");
	verdict(NULL, "cut", 1);
	append(5);
	scratch_sql(&place, "UPDATE run_run SET audit_head = 'another' WHERE audit_length = 5");
	verdict(NULL, "rewritten", 5);
}

Test(audit, every_entry_at_fault_is_named)
{
	struct audit_result r;
	struct audit_head h;
	append(30);
	scratch_sql(&place, UNLOCK "UPDATE audit_entry SET actor = 'x' WHERE seq IN (3, 7); DELETE FROM audit_entry WHERE seq IN (10, 11)");
	cr_assert_eq(audit_head(s, &h), RC_OK);
	cr_assert_eq(audit_verify(s, NULL, &r), RC_DAMAGED);
	static const struct audit_fault want[] = { { 3, "altered" }, { 7, "altered" }, { 10, "missing" }, { 11, "missing" } };
	cr_assert_eq(r.faults, 4);
	for (int i = 0; i < 4; i++) {
		cr_assert_eq(r.fault[i].seq, want[i].seq);
		cr_assert_str_eq(r.fault[i].verdict, want[i].verdict);
	}
	cr_assert_eq(r.seq, 3);
	cr_assert_str_eq(r.verdict, "altered");
	cr_assert_eq(r.entries, 28, "rows of the table");
	cr_assert_str_eq(r.head.hash, h.hash, "the last row's");
	scratch_sql(&place, "UPDATE audit_entry SET seq = seq + 1000000000000 WHERE seq > 20; UPDATE audit_entry SET seq = 0 WHERE seq = 1");
	cr_assert_eq(audit_verify(s, NULL, &r), RC_DAMAGED);
	cr_assert_gt(r.faults, 1000000000000);
	cr_assert_eq(r.fault[0].seq, 0);
	cr_assert_eq(r.fault[1].seq, 1);
	cr_assert_str_eq(r.fault[1].verdict, "missing");
}

Test(audit, anchors_are_read_whole)
{
	struct audit_result r;
	char anchor[128], bad[160];
	append(6);
	anchor_of(anchor);
	for (char *p = anchor; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'f' ? *p - 32 : *p);
	verdict(anchor, "sound", 0);
	static const char *const lengths[] = { ":0", ":6x", ":", ":-6", ":99999999999999999999", "", ":6 " };
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		snprintf(bad, sizeof(bad), "%.64s%s", anchor, lengths[i]);
		cr_assert_eq(audit_verify(s, bad, &r), RC_USAGE, "%s", bad);
		cr_assert_str_eq(err_get()->id, "AUD-103");
	}
	snprintf(bad, sizeof(bad), "run 1 %sx\n", anchor);
	cr_assert_eq(audit_verify(s, scratch_file(&place, "glued", bad), &r), RC_USAGE);
}

Test(audit, what_is_no_anchor_is_refused)
{
	struct audit_result r;
	append(1);
	cr_assert_eq(audit_verify(s, scratch_file(&place, "empty", ""), &r), RC_USAGE);
	cr_assert_str_eq(err_get()->id, "AUD-103");
	cr_assert_eq(audit_verify(s, scratch_file(&place, "words", "nothing here\n"), &r), RC_USAGE);
	cr_assert_eq(audit_verify(s, "/nowhere/anchor", &r), RC_IO);
	cr_assert_str_eq(r.verdict, "sound");
}

Test(audit, a_rolled_back_act_leaves_no_entry)
{
	struct audit_head h;
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(audit_append(s, "run", "clv", NULL, NULL), RC_OK);
	store_rollback(s);
	cr_assert_eq(audit_head(s, &h), RC_OK);
	cr_assert_eq(h.length, 0);
}

Test(audit, the_champion_is_the_last_and_audited)
{
	struct champion c;
	cr_assert_eq(champion_get(s, &c), RC_OK);
	cr_assert_eq(c.set_id, 0);
	scratch_sql(&place, "INSERT INTO fit_set (set_id, made, kind, created_at, as_of, period, customers, features, digest) VALUES "
		    "(3, 30, 'initial', '', 0, 'day', 1, '', 'aa'), (4, 40, 'candidate', '', 0, 'day', 1, '', 'bb')");
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(champion_set(s, 3, 1, 0, "clv", "first fit"), RC_OK);
	cr_assert_eq(champion_get(s, &c), RC_OK);
	cr_assert_eq(c.set_id, 3);
	cr_assert_eq(c.made, 30);
	cr_assert_str_eq(c.digest, "aa");
	cr_assert_eq(champion_set(s, 4, 2, 7, "Ann", "better"), RC_OK);
	cr_assert_eq(champion_set(s, 9, 2, 7, "Ann", "better"), RC_INTERNAL);
	cr_assert_eq(store_commit(s), RC_OK);
	cr_assert_eq(champion_get(s, &c), RC_OK);
	cr_assert_eq(c.set_id, 4);
	cr_assert_eq(c.seq, 2);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM audit_entry WHERE kind = 'champion' AND payload LIKE '%initial, unreviewed%'"), 1);
	verdict(NULL, "sound", 0);
}
