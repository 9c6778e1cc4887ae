/* Reviews follow the evidence: opened once, superseded by newer, quiet after a decline or until a deferred day. */
#include "config.h"

#include "drift/review.h"

#include "town.h"

#include "drift/decision.h"
#include "module/audit.h"

#define START 15000
#define YEAR(k) (START + 365 * (k) - 1)

static struct town town;
static struct city city;

static void open(void)
{
	setenv("CLV_TEST", "1", 1);
	setenv("CLV_NOW", "2013-12-01T08:00:00Z", 1);
	town = town_new(&(struct town_ask) { .seed = 41, .customers = 3000, .from = START, .to = YEAR(4), .since = YEAR(2) + 1, .value = 1.4 });
	city_open(&city, &town);
	city_run(&city, YEAR(2));
}

static void close_all(void)
{
	struct audit_result sound;
	cr_assert_eq(audit_verify(city.store, NULL, &sound), RC_OK, "%s", err_get()->why);
	city_close(&city);
	town_free(&town);
}

#define COUNT(sql) scratch_int(&city.scratch, sql)
#define STATE(id) city_text(&city, "SELECT state FROM decision_now WHERE review_id = " #id)

static void decide(const char *decision, int64_t review, int64_t run, day_t until)
{
	struct js *result;
	const struct decide_ask ask = { .review_id = review, .decision = decision, .by = "Ada", .reason = "long enough a reason", .until = until,
					.confirm_run = run, .login = "ada", .host = "desk" };
	cr_assert_eq(review_decide(city.store, city.settings, &ask, &result), RC_OK, "%s", err_get()->why);
	js_free(result);
}

Test(review, is_opened_once, .init = open, .fini = close_all)
{
	cr_assert_str_eq(city_run(&city, YEAR(3)), "alarm");
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_review"), 1);
	cr_assert_str_eq(STATE(1), "open");
	cr_assert_eq(COUNT("SELECT run_id FROM drift_review"), 2);
	cr_assert_eq(COUNT("SELECT count(*) FROM audit_entry WHERE kind = 'review' AND actor = 'clv'"), 1);
	city_run(&city, YEAR(3));
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_review"), 1);
	cr_assert_eq(COUNT("SELECT count(*) FROM audit_entry WHERE kind = 'review'"), 1);
	cr_assert_str_eq(STATE(1), "open");
}

Test(review, newer_evidence_supersedes, .init = open, .fini = close_all)
{
	city_run(&city, YEAR(3));
	city_run(&city, YEAR(3) + 30);
	cr_assert_str_eq(STATE(1), "superseded");
	cr_assert_str_eq(STATE(2), "open");
	cr_assert_str_eq(city_text(&city, "SELECT by_name || ': ' || reason FROM decision_review"), "clv: newer evidence: run 3");
	cr_assert_eq(COUNT("SELECT count(*) FROM audit_entry WHERE kind = 'review'"), 3);
	cr_assert_eq(COUNT("SELECT count(*) FROM decision_review d JOIN audit_entry a ON a.seq = d.audit_seq"), 1);
}

Test(review, declined_is_not_asked_again, .init = open, .fini = close_all)
{
	city_run(&city, YEAR(3));
	decide("declined", 1, 2, DAY_NONE);
	cr_assert_str_eq(city_run(&city, YEAR(3)), "alarm");
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_review"), 1);
	city_run(&city, YEAR(3) + 30);
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_review"), 2, "other evidence is another question");
	cr_assert_str_eq(STATE(1), "declined");
	cr_assert_str_eq(STATE(2), "open");
}

Test(review, deferred_keeps_its_peace, .init = open, .fini = close_all)
{
	city_run(&city, YEAR(3));
	decide("deferred", 1, 2, YEAR(3) + 60);
	city_run(&city, YEAR(3) + 30);
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_review"), 1);
	cr_assert_str_eq(STATE(1), "deferred");
	city_run(&city, YEAR(3) + 60);
	cr_assert_str_eq(STATE(1), "superseded");
	cr_assert_str_eq(STATE(2), "open");
}

Test(review, a_quiet_run_leaves_it_open, .init = open, .fini = close_all)
{
	city_run(&city, YEAR(3));
	cr_assert_str_eq(city_run(&city, YEAR(2)), "stable");
	cr_assert_str_eq(STATE(1), "open");
}

Test(review, another_champion_closes_it, .init = open, .fini = close_all)
{
	city_run(&city, YEAR(3));
	city_fit(&city, 5, "initial", 0, "converged");
	cr_assert_str_eq(city_run(&city, YEAR(3)), "baseline");
	cr_assert_str_eq(STATE(1), "superseded");
	cr_assert_str_eq(city_text(&city, "SELECT reason FROM decision_review"), "the champion it speaks of was replaced");
}

Test(review, goes_with_its_transaction, .init = open, .fini = close_all)
{
	struct audit_head before, after;
	cr_assert_eq(audit_head(city.store, &before), RC_OK);
	city_data(&city, YEAR(3));
	scratch_sql(&city.scratch, "CREATE TRIGGER no BEFORE INSERT ON drift_review BEGIN SELECT RAISE(ABORT, 'no'); END");
	cr_assert_neq(city_drift(&city), RC_OK);
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_run"), 1);
	cr_assert_eq(COUNT("SELECT count(*) FROM drift_feature WHERE made = 23"), 0);
	cr_assert_eq(audit_head(city.store, &after), RC_OK);
	cr_assert_eq(before.length, after.length);
}
