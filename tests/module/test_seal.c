/* Digests over a set's rows: a change of any cell shows, and so does one that was written down anew after the set became
 * champion. */
#include "config.h"

#include "module/seal.h"

#include "module/audit.h"
#include "module/champion.h"
#include "../kit/scratch.h"

static struct scratch place;
static struct store *s;

/* Sets 1 and 2, alike but for their numbers. */
static void open_all(void)
{
	place = scratch_new();
	cr_assert_eq(store_open(place.store, STORE_CREATE, &s), RC_OK);
	scratch_sql(&place,
		"INSERT INTO fit_set (set_id, made, kind, created_at, as_of, period, purchase_fit, customers, features, digest) VALUES "
		" (1, 5, 'initial', 'then', 100, 'day', 11, 40, 'print', 'aa'), (2, 6, 'initial', 'then', 100, 'day', 12, 40, 'print', 'aa');"
		"INSERT INTO fit_model (fit_id, set_id, role, model, period, as_of, status, message, loglik, n, n_distinct, iterations, evaluations, seconds, "
		" options) SELECT set_id + 10, set_id, 'purchase', 'bgnbd', 'day', 100, 'converged', '', -10.5, 40, 30, 9, 12, 0.1, '{}' FROM fit_set;"
		"INSERT INTO fit_param SELECT fit_id, 0, 'r', 0.1, NULL, 0.05, 0.2 FROM fit_model;"
		"INSERT INTO fit_covariance SELECT fit_id, 0, 0, 0.25 FROM fit_model;"
		"INSERT INTO fit_metric SELECT set_id, 'bgnbd', 'purchases', 'mae', 1.5 FROM fit_set;"
		"INSERT INTO fit_calibration SELECT set_id, 'purchases', 'decile', 1, '1', 4, 0.5, 0.6 FROM fit_set;"
		"INSERT INTO fit_curve SELECT set_id, 'orders', 0, NULL, 0, 20, 19.5 FROM fit_set;"
		"INSERT INTO fit_check SELECT set_id, 0, 'orders', 4.5, NULL, NULL, 3, 0.2, 40, 'pass', 'words' FROM fit_set;"
		"INSERT INTO fit_density SELECT set_id, 'rate', 0, 0, 0.5, 0.25, 0.5 FROM fit_set;"
		"INSERT INTO fit_point SELECT set_id, 'rate', 0, 'mark', 'once a year', 0.5, 0.25 FROM fit_set;"
		"INSERT INTO fit_map SELECT set_id, 0, NULL, 0, 9, 7, 0.5, 1.5, 90 FROM fit_set;"
		"INSERT INTO fit_level SELECT set_id, 'scores', 'level', 365, 0.9, 0.02, 1, NULL, 0.1, 0.9, 0, '' FROM fit_set;"
		"INSERT INTO fit_level_curve SELECT set_id, 'scores', 'buys', 0, 0.5, 0.4 FROM fit_set;"
		"INSERT INTO fit_origin SELECT set_id, 'scores', 80, 20, 40, 'converged', 1, 30, 33, 20, 22, NULL, NULL FROM fit_set;");
}

static void close_all(void)
{
	store_close(s);
	scratch_free(&place);
}

TestSuite(seal, .init = open_all, .fini = close_all);

static void write_down(void)
{
	char hex[DIGEST_HEX], sql[200];
	cr_assert_eq(seal_set(s, 1, hex), RC_OK);
	snprintf(sql, sizeof(sql), "UPDATE fit_set SET rows_digest = '%s' WHERE set_id = 1", hex);
	scratch_sql(&place, sql);
}

static bool whole(void)
{
	char hex[DIGEST_HEX];
	bool is = false;
	cr_assert_eq(seal_set_whole(s, 1, hex, &is), RC_OK, "%s", err_get()->why);
	return is;
}

Test(seal, any_cell_shows)
{
	static const char *const changes[] = {
		"UPDATE fit_param SET value = value * 1.1 WHERE fit_id = 11", "UPDATE fit_param SET value = value + 1e-17 WHERE fit_id = 11",
		"UPDATE fit_param SET se = 0.1 WHERE fit_id = 11", "UPDATE fit_param SET name = 's' WHERE fit_id = 11",
		"DELETE FROM fit_param WHERE fit_id = 11", "UPDATE fit_metric SET value = NULL WHERE set_id = 1", "DELETE FROM fit_metric WHERE set_id = 1",
		"UPDATE fit_curve SET expected = 20 WHERE set_id = 1", "UPDATE fit_check SET verdict = 'warn' WHERE set_id = 1",
		"UPDATE fit_density SET share = 0.3 WHERE set_id = 1", "UPDATE fit_point SET below = 0.3 WHERE set_id = 1",
		"UPDATE fit_map SET p_alive = 0.6 WHERE set_id = 1", "DELETE FROM fit_map WHERE set_id = 1",
		"UPDATE fit_level SET purchases = 1 WHERE set_id = 1",
		"UPDATE fit_level_curve SET value = 0.6 WHERE set_id = 1", "UPDATE fit_origin SET actual = 33 WHERE set_id = 1",
		"UPDATE fit_model SET loglik = 0 WHERE set_id = 1", "UPDATE fit_model SET status = 'limit' WHERE set_id = 1",
		"UPDATE fit_model SET options = '' WHERE set_id = 1", "UPDATE fit_covariance SET value = 0.26 WHERE fit_id = 11",
		"UPDATE fit_calibration SET predicted = actual WHERE set_id = 1", "UPDATE fit_set SET customers = 41 WHERE set_id = 1",
		"UPDATE fit_set SET digest = 'bb' WHERE set_id = 1", "UPDATE fit_set SET features = 'other' WHERE set_id = 1",
		"UPDATE fit_set SET rows_digest = '' WHERE set_id = 1",
	};
	write_down();
	scratch_sql(&place, "CREATE TABLE s AS SELECT * FROM fit_set; CREATE TABLE m AS SELECT * FROM fit_model; CREATE TABLE p AS SELECT * FROM fit_param;"
		"CREATE TABLE v AS SELECT * FROM fit_covariance; CREATE TABLE t AS SELECT * FROM fit_metric; CREATE TABLE c AS SELECT * FROM fit_calibration;"
		"CREATE TABLE u AS SELECT * FROM fit_curve; CREATE TABLE k AS SELECT * FROM fit_check; CREATE TABLE d AS SELECT * FROM fit_density;"
		"CREATE TABLE o AS SELECT * FROM fit_point; CREATE TABLE h AS SELECT * FROM fit_map;"
		"CREATE TABLE l AS SELECT * FROM fit_level; CREATE TABLE w AS SELECT * FROM fit_level_curve; CREATE TABLE g AS SELECT * FROM fit_origin");
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		cr_assert(whole(), "before %s", changes[i]);
		scratch_sql(&place, changes[i]);
		cr_assert(!whole(), "%s", changes[i]);
		scratch_sql(&place, "PRAGMA foreign_keys = OFF; DELETE FROM fit_set; DELETE FROM fit_model; DELETE FROM fit_param; DELETE FROM fit_covariance;"
			"DELETE FROM fit_metric; DELETE FROM fit_calibration; DELETE FROM fit_curve; DELETE FROM fit_check; DELETE FROM fit_density; DELETE FROM fit_point;"
			"DELETE FROM fit_map; INSERT INTO fit_check SELECT * FROM k; INSERT INTO fit_density SELECT * FROM d; INSERT INTO fit_point SELECT * FROM o;"
			"INSERT INTO fit_map SELECT * FROM h; DELETE FROM fit_level; DELETE FROM fit_level_curve; DELETE FROM fit_origin;"
			"INSERT INTO fit_level SELECT * FROM l; INSERT INTO fit_level_curve SELECT * FROM w; INSERT INTO fit_origin SELECT * FROM g; INSERT INTO fit_set SELECT * FROM s; INSERT INTO fit_model SELECT * FROM m;"
			"INSERT INTO fit_param SELECT * FROM p; INSERT INTO fit_covariance SELECT * FROM v; INSERT INTO fit_metric SELECT * FROM t;"
			"INSERT INTO fit_calibration SELECT * FROM c; INSERT INTO fit_curve SELECT * FROM u");
	}
}

Test(seal, clocks_and_other_sets_do_not_count)
{
	write_down();
	scratch_sql(&place, "UPDATE fit_set SET created_at = 'now'; UPDATE fit_model SET seconds = 9; UPDATE fit_param SET value = 7 WHERE fit_id = 12;"
		"UPDATE fit_metric SET value = 7 WHERE set_id = 2");
	cr_assert(whole());
}

Test(seal, what_never_existed_is_whole)
{
	char hex[DIGEST_HEX];
	bool is = false;
	cr_assert_eq(seal_set_whole(s, 9, hex, &is), RC_OK);
	cr_assert(is);
}

Test(seal, a_candidate_is_held_against_the_chain)
{
	char hex[DIGEST_HEX];
	struct js *x = js_object();
	write_down();
	cr_assert_eq(seal_set(s, 1, hex), RC_OK);
	js_set_text(x, "state", "candidate");
	js_set_int(x, "set_id", 1);
	js_set_text(x, "rows_digest", hex);
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(audit_append(s, "review", "clv", x, NULL), RC_OK);
	cr_assert_eq(store_commit(s), RC_OK);
	cr_assert(whole());
	scratch_sql(&place, "UPDATE fit_param SET value = 7 WHERE fit_id = 11");
	write_down();
	cr_assert(!whole());
}

/* The digest beside the rows can be written anew; the one in the audit chain cannot. */
Test(seal, a_champion_is_held_against_the_chain)
{
	write_down();
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(champion_set(s, 1, 1, 0, "clv", "first fit"), RC_OK);
	cr_assert_eq(store_commit(s), RC_OK);
	cr_assert(whole());
	scratch_sql(&place, "UPDATE fit_param SET value = 7 WHERE fit_id = 11");
	write_down();
	cr_assert(!whole());
}
