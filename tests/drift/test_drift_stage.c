/* The stage over a store: freeze once, compare like with like, alarm on what changed, say when nothing can be told. */
#include "config.h"

#include "drift/drift_stage.h"

#include <math.h>

#include "town.h"

#include "drift/decision.h"

#define START 15000
#define YEAR(k) (START + 365 * (k) - 1) /* last day of the k-th year */

static struct town shop(double value, double rate)
{
	return town_new(&(struct town_ask) { .seed = 21, .customers = 4000, .from = START, .to = YEAR(3), .since = YEAR(2) + 1, .value = value, .rate = rate });
}

static const char *verdict_of(struct city *c, const char *scope, const char *feature)
{
	char sql[256];
	snprintf(sql, sizeof(sql), "SELECT verdict FROM drift_feature WHERE made = (SELECT max(made) FROM drift_run) AND scope = '%s' AND feature = '%s'",
		 scope, feature);
	return city_text(c, sql);
}

#define COUNT(c, sql) scratch_int(&(c)->scratch, sql)

Test(drift_stage, freezes_once_and_never_again)
{
	struct town t = shop(1, 1);
	struct city c;
	city_open(&c, &t);
	cr_assert_str_eq(city_run(&c, YEAR(2)), "baseline");
	const char *frozen = city_text(&c, "SELECT group_concat(feature || digest || n, ' ') FROM drift_baseline");
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_baseline"), 7 + 7 + 3);
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_feature WHERE verdict = 'baseline'"), 17);
	cr_assert_eq(COUNT(&c, "SELECT max(window_days) FROM drift_baseline"), 365);
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_review"), 0);
	cr_assert_str_eq(city_run(&c, YEAR(3)), "stable");
	cr_assert_str_eq(city_text(&c, "SELECT group_concat(feature || digest || n, ' ') FROM drift_baseline"), frozen);
	cr_assert_eq(COUNT(&c, "SELECT baseline_as_of FROM drift_run ORDER BY made DESC LIMIT 1"), YEAR(2));
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM audit_entry WHERE kind = 'review'"), 0);
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, the_same_data_give_the_same_evidence)
{
	struct town t = shop(1.3, 1);
	struct city c;
	city_open(&c, &t);
	city_run(&c, YEAR(2));
	city_run(&c, YEAR(3));
	const char *digest = city_text(&c, "SELECT digest FROM drift_run ORDER BY made DESC LIMIT 1");
	city_run(&c, YEAR(3));
	cr_assert_str_eq(city_text(&c, "SELECT digest FROM drift_run ORDER BY made DESC LIMIT 1"), digest);
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, a_change_of_prices_is_found)
{
	struct town t = shop(1.15, 1);
	struct city c;
	city_open(&c, &t);
	city_run(&c, YEAR(2));
	cr_assert_str_eq(city_run(&c, YEAR(3)), "alarm");
	cr_assert_str_eq(verdict_of(&c, "cohort", "first_value"), "alarm");
	cr_assert_str_eq(verdict_of(&c, "cohort", "frequency"), "stable");
	cr_assert_str_eq(verdict_of(&c, "cohort", "T"), "stable");
	cr_assert_neq(strstr(city_text(&c, "SELECT reason FROM drift_review"), "first_value: median first order "), NULL);
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, a_change_of_pace_is_found)
{
	struct town t = shop(1, 1.6);
	struct city c;
	city_open(&c, &t);
	city_run(&c, YEAR(2));
	cr_assert_str_eq(city_run(&c, YEAR(3)), "alarm");
	cr_assert_str_eq(verdict_of(&c, "cohort", "frequency"), "alarm");
	cr_assert_str_eq(verdict_of(&c, "cohort", "first_value"), "stable");
	city_close(&c);
	town_free(&t);
}

/* The base ages from year to year and its mix moves; equal-age customers are what they were. */
Test(drift_stage, a_growing_shop_moves_the_mix_only)
{
	struct town t = town_new(&(struct town_ask) { .seed = 22, .customers = 4500, .from = START, .to = YEAR(4) });
	struct city c;
	city_open(&c, &t);
	cr_assert_str_eq(city_run(&c, YEAR(1)), "baseline");
	for (int year = 2; year <= 4; year++)
		for (int month = 0; month < 12; month += 4) {
			const char *v = city_run(&c, YEAR(year) - 30 * month);
			cr_assert(strcmp(v, "alarm") != 0, "year %d, month %d: %s", year, month, city_text(&c, "SELECT reason FROM drift_review"));
		}
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_review"), 0);
	cr_assert_str_eq(verdict_of(&c, "mix", "T"), "notice");
	cr_assert_str_eq(verdict_of(&c, "mix", "frequency"), "notice");
	cr_assert_str_eq(verdict_of(&c, "cohort", "frequency"), "stable");
	city_close(&c);
	town_free(&t);
}

/* Arrivals that grow from nothing: the first year's customers are young, the third year's are not. They are compared at equal ages. */
Test(drift_stage, other_ages_are_no_other_behaviour)
{
	struct town t = town_new(&(struct town_ask) { .seed = 23, .customers = 9000, .from = START, .to = YEAR(3), .growth = 1 });
	struct city c;
	city_open(&c, &t);
	city_run(&c, YEAR(1));
	cr_assert_str_eq(city_run(&c, YEAR(3)), "notice");
	cr_assert_str_eq(verdict_of(&c, "cohort", "T"), "notice");
	cr_assert_str_eq(verdict_of(&c, "cohort", "frequency"), "stable");
	cr_assert_str_eq(verdict_of(&c, "cohort", "recency"), "stable");
	cr_assert_eq(COUNT(&c, "SELECT json_extract(report, '$.ages.matched') FROM drift_run ORDER BY made DESC LIMIT 1"), 1);
	cr_assert_neq(strstr(city_text(&c, "SELECT population FROM drift_run ORDER BY made DESC LIMIT 1"), " of them as old as the baseline's"), NULL);
	city_close(&c);
	town_free(&t);
}

/* As in CDNOW: everybody came in the first weeks, nobody in the last year. */
Test(drift_stage, nobody_new_is_too_few)
{
	struct town t = town_new(&(struct town_ask) { .seed = 24, .customers = 800, .from = START, .to = START + 80 });
	struct city c;
	t.ask.to = YEAR(2);
	city_open(&c, &t);
	cr_assert_str_eq(city_run(&c, YEAR(2)), "too-few");
	cr_assert_str_eq(city_text(&c, "SELECT population FROM drift_run"), "no customer was first seen in the 365 days up to 2013-01-24");
	cr_assert_str_eq(city_run(&c, YEAR(2) + 30), "too-few");
	cr_assert_str_eq(verdict_of(&c, "cohort", "frequency"), "too-few");
	cr_assert_str_eq(verdict_of(&c, "mix", "frequency"), "stable");
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, no_money_no_features_of_money)
{
	struct town t = town_new(&(struct town_ask) { .seed = 25, .customers = 1500, .from = START, .to = YEAR(2), .no_money = true });
	struct city c;
	city_open(&c, &t);
	city_run(&c, YEAR(1));
	cr_assert_str_eq(city_run(&c, YEAR(2)), "stable");
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_feature WHERE type = 'money'"), 0);
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_baseline"), 4 + 4 + 2);
	city_close(&c);
	town_free(&t);
}

/* A log younger than the window: later cohorts are cut to the same width. */
Test(drift_stage, a_young_log_narrows_the_window)
{
	struct town t = town_new(&(struct town_ask) { .seed = 26, .customers = 3000, .from = START, .to = YEAR(2) });
	struct city c;
	city_open(&c, &t);
	cr_assert_str_eq(city_run(&c, START + 179), "baseline");
	cr_assert_eq(COUNT(&c, "SELECT max(window_days) FROM drift_baseline"), 180);
	cr_assert_str_neq(city_run(&c, YEAR(2)), "alarm");
	cr_assert_str_neq(city_text(&c, "SELECT verdict FROM drift_run ORDER BY made DESC LIMIT 1"), "too-few");
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, an_altered_baseline_is_refused)
{
	struct town t = town_new(&(struct town_ask) { .seed = 27, .customers = 300, .from = START, .to = YEAR(1) });
	struct city c;
	city_open(&c, &t);
	city_run(&c, YEAR(1));
	scratch_sql(&c.scratch, "UPDATE drift_baseline SET sorted_values = zeroblob(16) WHERE feature = 'revenue'");
	city_data(&c, YEAR(1));
	cr_assert_eq(city_drift(&c), RC_DAMAGED);
	cr_assert_str_eq(err_get()->id, "DRIFT-103");
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, without_a_champion_there_is_nothing_to_watch)
{
	struct town t = town_new(&(struct town_ask) { .seed = 28, .customers = 100, .from = START, .to = YEAR(1) });
	struct city c;
	struct js *report;
	city_open(&c, &t);
	city_data(&c, YEAR(1));
	cr_assert_eq(city_drift(&c), RC_OK);
	cr_assert_eq(COUNT(&c, "SELECT count(*) FROM drift_run"), 0);
	cr_assert_eq(drift_report(c.store, c.arena, &report), RC_OK);
	cr_assert_str_eq(js_text_of(js_get(report, "verdict")), "none");
	js_free(report);
	city_close(&c);
	town_free(&t);
}

Test(drift_stage, the_report_is_the_table)
{
	struct town t = shop(1.2, 1);
	struct city c;
	struct js *report;
	city_open(&c, &t);
	city_run(&c, YEAR(2));
	city_run(&c, YEAR(3));
	cr_assert_eq(drift_report(c.store, c.arena, &report), RC_OK);
	cr_assert_str_eq(js_text_of(js_get(report, "verdict")), "alarm");
	cr_assert_eq(js_count(js_get(report, "features")), 14);
	cr_assert_eq(js_count(js_get(js_get(report, "predictions"), "features")), 3);
	cr_assert_eq(js_int_of(js_get(report, "run")), 2);
	cr_assert_eq(js_int_of(js_get(js_get(report, "review"), "run")), 2);
	cr_assert_float_eq(js_real_of(js_get(js_get(js_get(report, "predictions"), "mean_ratio"), "clv")), 1.2, 0.1);
	for (size_t i = 0; i < js_count(js_get(report, "features")); i++) {
		const struct js *f = js_at(js_get(report, "features"), i);
		char sql[256];
		snprintf(sql, sizeof(sql), "SELECT sentence FROM drift_feature WHERE made = 23 AND scope = '%s' AND feature = '%s'",
			 js_text_of(js_get(f, "scope")), js_text_of(js_get(f, "name")));
		cr_assert_str_eq(city_text(&c, sql), js_text_of(js_get(f, "sentence")));
	}
	js_free(report);
	city_close(&c);
	town_free(&t);
}
