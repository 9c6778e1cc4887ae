/* Decisions: every refusal leaves nothing behind; what is approved is exactly what was shown. */
#include "config.h"

#include "drift/decision.h"

#include "town.h"

#include "module/audit.h"
#include "module/champion.h"

#define START 15000
#define YEAR(k) (START + 365 * (k) - 1)

static struct town town;
static struct city city;

/* Run 2 finds drift, opens review 1, and set 2 is its candidate. */
static void open(void)
{
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "2014-02-01T08:00:00Z", 1);
	town = town_new(&(struct town_ask) { .seed = 51, .customers = 2500, .from = START, .to = YEAR(4), .since = YEAR(2) + 1, .value = 1.4 });
	city_open(&city, &town);
	city_run(&city, YEAR(2));
	cr_assert_str_eq(city_run(&city, YEAR(3)), "alarm");
	city_fit(&city, 2, "candidate", 1, "converged");
}

static void close_all(void)
{
	struct audit_result sound;
	cr_assert_eq(audit_verify(city.store, NULL, &sound), RC_OK, "%s", err_get()->why);
	city_close(&city);
	town_free(&town);
}

#define COUNT(sql) scratch_int(&city.scratch, sql)

static struct decide_ask good(const char *decision)
{
	return (struct decide_ask) { .review_id = 1, .decision = decision, .by = " Ada ", .reason = "prices went up in January", .until = DAY_NONE,
				     .confirm_run = 2, .login = "ada", .host = "desk" };
}

static void refused(const struct decide_ask *ask, const char *id)
{
	struct js *result = NULL;
	long long entries = COUNT("SELECT count(*) FROM audit_entry"), decisions = COUNT("SELECT count(*) FROM decision_review");
	cr_assert_eq(review_decide(city.store, city.settings, ask, &result), RC_APPROVAL, "%s expected", id);
	cr_assert_str_eq(err_get()->id, id, "%s", err_get()->why);
	cr_assert_null(result);
	cr_assert(!store_in_transaction(city.store));
	cr_assert_eq(COUNT("SELECT count(*) FROM audit_entry"), entries);
	cr_assert_eq(COUNT("SELECT count(*) FROM decision_review"), decisions);
	cr_assert_eq(COUNT("SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1"), 1);
}

static struct js *accepted(const struct decide_ask *ask)
{
	struct js *result = NULL;
	cr_assert_eq(review_decide(city.store, city.settings, ask, &result), RC_OK, "%s", err_get()->why);
	return result;
}

Test(decision, refusals_leave_no_trace, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	ask.review_id = 9;
	refused(&ask, "REV-101");
	ask = good("approved"), ask.by = "  ";
	refused(&ask, "REV-103");
	ask = good("declined"), ask.by = NULL;
	refused(&ask, "REV-103");
	ask = good("approved"), ask.reason = "because   ";
	refused(&ask, "REV-104");
	ask = good("approved"), ask.reason = "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"; /* nine letters, eighteen bytes */
	refused(&ask, "REV-104");
	ask = good("approved"), ask.confirm_run = 1;
	refused(&ask, "REV-106");
	ask = good("declined"), ask.confirm_run = 0;
	refused(&ask, "REV-106");
	ask = good("deferred");
	refused(&ask, "REV-105");
	ask.until = clock_today();
	refused(&ask, "REV-105");
}

Test(decision, approval_promotes_exactly_the_candidate, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	struct champion champion;
	char evidence[DIGEST_HEX];
	cr_assert_eq(review_evidence(city.store, 1, evidence), RC_OK);
	struct js *r = accepted(&ask);
	cr_assert_str_eq(js_text_of(js_get(r, "evidence")), evidence);
	cr_assert_str_eq(js_text_of(js_get(r, "entry_hash")), city_text(&city, "SELECT hash FROM audit_entry WHERE kind = 'decision'"));
	cr_assert_eq(js_int_of(js_get(js_get(r, "champion"), "set")), 2);
	js_free(r);
	cr_assert_eq(champion_get(city.store, &champion), RC_OK);
	cr_assert_eq(champion.set_id, 2);
	cr_assert_str_eq(champion.digest, "set-2");
	cr_assert_str_eq(city_text(&city, "SELECT by_name || '/' || reason || '/' || review_id || '/' || run_id FROM decision_champion ORDER BY seq DESC LIMIT 1"),
		"Ada/prices went up in January/1/2");
	cr_assert_str_eq(city_text(&city, "SELECT decision || '/' || login || '/' || host || '/' || evidence FROM decision_review"),
		city_text(&city, "SELECT 'approved/ada/desk/' || json_extract(payload, '$.evidence') FROM audit_entry WHERE kind = 'decision'"));
	cr_assert_str_eq(city_text(&city, "SELECT state FROM decision_now"), "approved");
	ask = good("declined");
	struct js *none = NULL;
	cr_assert_eq(review_decide(city.store, city.settings, &ask, &none), RC_APPROVAL);
	cr_assert_str_eq(err_get()->id, "REV-102");
	/* The next run freezes a baseline for the new champion and keeps the old one's. */
	cr_assert_str_eq(city_run(&city, YEAR(3)), "baseline");
	cr_assert_eq(COUNT("SELECT count(DISTINCT set_id) FROM drift_baseline"), 2);
	cr_assert_str_eq(city_run(&city, YEAR(4)), "stable");
}

Test(decision, declined_keeps_the_champion, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("declined");
	ask.until = clock_today() + 5; /* means nothing here */
	js_free(accepted(&ask));
	cr_assert_eq(COUNT("SELECT count(*) FROM decision_champion"), 1);
	cr_assert_eq(COUNT("SELECT count(*) FROM decision_review WHERE until IS NULL"), 1);
	ask = good("approved");
	refused(&ask, "REV-102");
}

Test(decision, deferred_can_still_be_decided, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("deferred");
	struct js *list;
	ask.until = clock_today() + 10;
	js_free(accepted(&ask));
	cr_assert_eq(review_list(city.store, city.arena, &list), RC_OK);
	const struct js *first = js_at(js_get(list, "reviews"), 0);
	cr_assert_str_eq(js_text_of(js_get(first, "state")), "deferred");
	cr_assert(!js_bool_of(js_get(first, "due")));
	js_free(list);
	setenv("CLV_NOW", "2014-02-11T08:00:00Z", 1);
	cr_assert_eq(review_list(city.store, city.arena, &list), RC_OK);
	cr_assert(js_bool_of(js_get(js_at(js_get(list, "reviews"), 0), "due")), "the day has come");
	js_free(list);
	ask = good("approved");
	js_free(accepted(&ask));
	cr_assert_eq(COUNT("SELECT count(*) FROM decision_review"), 2);
}

Test(decision, newer_features_make_it_stale, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	city_run(&city, YEAR(2)); /* another run, quiet, is live now */
	refused(&ask, "REV-107");
	cr_assert(strstr(err_get()->why, "the evidence changed since run 2"), "%s", err_get()->why);
	ask = good("declined");
	js_free(accepted(&ask));
}

Test(decision, newer_purchases_make_it_stale, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	scratch_sql(&city.scratch, "INSERT INTO raw_file (name, bytes, digest, status, encoding, delimiter, reading, has_money, read_rows, accepted, quarantined, "
		"duplicate, blank, last_day, imported_at, seconds) VALUES ('b.csv', 1, 'x', 'accepted', '', ',', '{}', 1, 1, 1, 0, 0, 0, 99999, '', 0)");
	refused(&ask, "REV-107");
	/* Unless the as-of day is set: then later purchases do not count. */
	cr_assert_eq(settings_override(city.settings, "as_of", "2014-01-24", "--as-of"), RC_OK);
	js_free(accepted(&ask));
}

/* Every number that the reviewer was shown, changed past the program. */
Test(decision, what_was_changed_since_is_not_signed, .init = open, .fini = close_all)
{
	static const struct { const char *change, *back, *names; } tampered[] = {
		{ "UPDATE fit_param SET value = value * 2 WHERE fit_id = 200", "UPDATE fit_param SET value = value / 2 WHERE fit_id = 200", "candidate set 2" },
		{ "UPDATE fit_param SET se = se * 2 WHERE fit_id = 200", "UPDATE fit_param SET se = se / 2 WHERE fit_id = 200", "candidate set 2" },
		{ "UPDATE fit_param SET value = value * 2 WHERE fit_id = 100", "UPDATE fit_param SET value = value / 2 WHERE fit_id = 100", "champion set 1" },
		{ "UPDATE fit_metric SET value = 0.5 WHERE set_id = 2", "UPDATE fit_metric SET value = 1.5 WHERE set_id = 2", "candidate set 2" },
		{ "UPDATE fit_model SET loglik = -1 WHERE set_id = 2", "UPDATE fit_model SET loglik = NULL WHERE set_id = 2", "candidate set 2" },
		{ "UPDATE fit_set SET customers = 11 WHERE set_id = 2", "UPDATE fit_set SET customers = 10 WHERE set_id = 2", "candidate set 2" },
		{ "UPDATE drift_feature SET q = 0.5", "DELETE FROM drift_feature; INSERT INTO drift_feature SELECT * FROM feature_was", "drift of review 1" },
		{ "UPDATE drift_run SET verdict = verdict || '!'", "UPDATE drift_run SET verdict = rtrim(verdict, '!')", "drift of review 1" },
		{ "UPDATE drift_run SET report = report || ' '", "UPDATE drift_run SET report = rtrim(report)", "drift of review 1" },
		{ "UPDATE drift_run SET digest = digest || 'a'", "UPDATE drift_run SET digest = substr(digest, 1, 64)", "review 1" },
		{ "UPDATE drift_review SET reason = reason || '!'", "UPDATE drift_review SET reason = rtrim(reason, '!')", "review 1" },
	};
	struct decide_ask ask = good("approved");
	char before[DIGEST_HEX], after[DIGEST_HEX];
	struct js *shown;
	scratch_sql(&city.scratch, "CREATE TABLE feature_was AS SELECT * FROM drift_feature");
	cr_assert_eq(review_evidence(city.store, 1, before), RC_OK);
	for (size_t i = 0; i < sizeof(tampered) / sizeof(*tampered); i++) {
		scratch_sql(&city.scratch, tampered[i].change);
		refused(&ask, "REV-109");
		cr_assert(strstr(err_get()->why, tampered[i].names), "%s: %s", tampered[i].change, err_get()->why);
		cr_assert_eq(review_show(city.store, city.arena, 1, &shown), RC_OK);
		cr_assert(!js_bool_of(js_get(shown, "approvable")) && js_text_of(js_get(shown, "obstacle")));
		js_free(shown);
		scratch_sql(&city.scratch, tampered[i].back);
		cr_assert_eq(review_evidence(city.store, 1, after), RC_OK);
		cr_assert_str_eq(before, after, "%s", tampered[i].back);
	}
	js_free(accepted(&ask));
}

Test(decision, the_settings_are_those_of_the_run, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	struct js *all = settings_json(city.settings, NULL);
	struct str text = { 0 };
	char sql[4000];
	js_write(&text, all, false, true);
	snprintf(sql, sizeof(sql), "UPDATE run_run SET settings = '%s'", text.s);
	scratch_sql(&city.scratch, sql);
	str_clear(&text);
	js_free(all);
	cr_assert_eq(settings_override(city.settings, "horizon_days", "30", "--set"), RC_OK);
	refused(&ask, "REV-110");
	cr_assert(strstr(err_get()->why, "horizon_days is 30, the run had 365"), "%s", err_get()->why);
	cr_assert_eq(settings_override(city.settings, "horizon_days", "365", "--set"), RC_OK);
	cr_assert_eq(settings_override(city.settings, "as_of", "2013-12-31", "--as-of"), RC_OK);
	refused(&ask, "REV-110");
	cr_assert(strstr(err_get()->why, "as_of is 2013-12-31"), "%s", err_get()->why);
	cr_assert_eq(settings_override(city.settings, "as_of", "2014-01-24", "--as-of"), RC_OK);
	cr_assert_eq(settings_override(city.settings, "threads", "7", "--threads"), RC_OK);
	cr_assert_eq(settings_override(city.settings, "output.dir", "elsewhere", "--set"), RC_OK);
	js_free(accepted(&ask));
}

/* A run of before a setting was known had its standard. */
Test(decision, a_setting_that_the_run_did_not_know_is_standard, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	cr_assert_eq(settings_override(city.settings, "horizon_days", "30", "--set"), RC_OK);
	refused(&ask, "REV-110");
	cr_assert_eq(settings_override(city.settings, "horizon_days", "365", "--set"), RC_OK);
}

Test(decision, another_champion_makes_it_stale, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	struct js *result = NULL;
	city_fit(&city, 7, "initial", 0, "converged");
	cr_assert_eq(review_decide(city.store, city.settings, &ask, &result), RC_APPROVAL);
	cr_assert_str_eq(err_get()->id, "REV-107");
}

Test(decision, a_candidate_must_have_converged, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	city_fit(&city, 3, "candidate", 1, "runaway");
	refused(&ask, "REV-108");
	scratch_sql(&city.scratch, "UPDATE fit_set SET review_id = NULL");
	refused(&ask, "REV-108");
	cr_assert(strstr(err_get()->why, "has no candidate"), "%s", err_get()->why);
}

/* The champion cannot be written: then there is no decision and no entry either. */
Test(decision, is_whole_or_not_at_all, .init = open, .fini = close_all)
{
	struct decide_ask ask = good("approved");
	struct js *result = NULL;
	long long entries = COUNT("SELECT count(*) FROM audit_entry");
	scratch_sql(&city.scratch, "CREATE TRIGGER no BEFORE INSERT ON decision_champion BEGIN SELECT RAISE(ABORT, 'no'); END");
	cr_assert_eq(review_decide(city.store, city.settings, &ask, &result), RC_STORE);
	cr_assert(!store_in_transaction(city.store));
	cr_assert_eq(COUNT("SELECT count(*) FROM audit_entry"), entries);
	cr_assert_eq(COUNT("SELECT count(*) FROM decision_review"), 0);
	scratch_sql(&city.scratch, "DROP TRIGGER no");
	js_free(accepted(&ask));
}

Test(decision, evidence_is_bound_to_what_is_shown, .init = open, .fini = close_all)
{
	char before[DIGEST_HEX], after[DIGEST_HEX];
	cr_assert_eq(review_evidence(city.store, 1, before), RC_OK);
	city_fit(&city, 4, "candidate", 1, "converged");
	cr_assert_eq(review_evidence(city.store, 1, after), RC_OK);
	cr_assert_str_neq(before, after, "another candidate");
	cr_assert_eq(review_evidence(city.store, 5, after), RC_USAGE);
}

Test(decision, show_tells_all_that_is_decided_on, .init = open, .fini = close_all)
{
	struct js *r;
	cr_assert_eq(review_show(city.store, city.arena, 1, &r), RC_OK);
	cr_assert_eq(js_int_of(js_get(r, "confirm")), 2);
	cr_assert_str_eq(js_text_of(js_get(r, "state")), "open");
	cr_assert(js_bool_of(js_get(r, "approvable")));
	cr_assert(js_is_null(js_get(r, "obstacle")));
	cr_assert_eq(js_count(js_get(r, "features")), 14);
	const struct js *candidate = js_get(r, "candidate"), *model = js_at(js_get(candidate, "models"), 0);
	cr_assert_eq(js_int_of(js_get(candidate, "set")), 2);
	cr_assert_eq(js_int_of(js_get(js_get(r, "champion"), "set")), 1);
	cr_assert_str_eq(js_text_of(js_get(model, "status")), "converged");
	cr_assert_float_eq(js_real_of(js_get(js_get(model, "params"), "r")), 0.25, 1e-12);
	const struct js *metric = js_at(js_get(js_get(r, "comparison"), "metrics"), 0);
	cr_assert_str_eq(js_text_of(js_get(metric, "metric")), "rmse");
	cr_assert_float_eq(js_real_of(js_get(metric, "champion")), 1.5, 1e-12);
	js_free(r);
	city_run(&city, YEAR(2));
	cr_assert_eq(review_show(city.store, city.arena, 1, &r), RC_OK);
	cr_assert(!js_bool_of(js_get(r, "approvable")));
	cr_assert(strstr(js_text_of(js_get(r, "obstacle")), "the evidence changed since run 2"));
	js_free(r);
	cr_assert_eq(review_show(city.store, city.arena, 3, &r), RC_USAGE);
}

Test(decision, what_was_shown_is_what_is_signed, .init = open, .fini = close_all)
{
	char shown[DIGEST_HEX];
	struct decide_ask ask = good("declined");
	ask.evidence = "0000000000000000000000000000000000000000000000000000000000000000";
	refused(&ask, "REV-111");
	ask = good("approved"), ask.evidence = "";
	refused(&ask, "REV-111");
	cr_assert_eq(review_evidence(city.store, 1, shown), RC_OK);
	ask.evidence = shown;
	struct js *result = accepted(&ask);
	cr_assert_str_eq(js_text_of(js_get(result, "evidence")), shown);
	js_free(result);
}
