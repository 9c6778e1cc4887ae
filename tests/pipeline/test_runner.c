/* Runs of fake stages on a real store: what runs and why, what stays live when something fails, what is kept. */
#include "config.h"

#include "pipeline/runner_priv.h"

#include "../kit/scratch.h"
#include "module/champion.h"
#include "fake.h"

static struct scratch place;
static struct store *s;
static struct settings *settings;
static struct js *result;

static void open_all(void)
{
	fake_reset();
	place = scratch_new();
	settings = settings_new(NULL);
	cr_assert_eq(settings_override(settings, "as_of", "2020-01-31", "--as-of"), RC_OK);
	cr_assert_eq(store_open(place.store, STORE_CREATE, &s), RC_OK);
}

static void close_all(void)
{
	js_free(result);
	settings_free(settings);
	store_close(s);
	scratch_free(&place);
}

TestSuite(runner, .init = open_all, .fini = close_all);

static enum rc go(const struct runner_ask *ask)
{
	js_free(result);
	result = NULL;
	return fake_run(s, settings, ask, &result);
}

static const char *text_of(const char *stage, const char *key)
{
	const struct js *stages = js_get(result, "stages");
	for (size_t i = 0; i < js_count(stages); i++)
		if (!strcmp(js_text_of(js_get(js_at(stages, i), "name")), stage))
			return js_text_of(js_get(js_at(stages, i), key));
	return "";
}

/* Statuses of count, value, order, one letter each. */
static void stages_are(const char *want)
{
	char got[4] = { *text_of("count", "status"), *text_of("value", "status"), *text_of("order", "status"), 0 };
	cr_assert_str_eq(got, want, "%s", got);
}

static void status_is(const char *want)
{
	cr_assert_str_eq(js_text_of(js_get(result, "status")), want, "%s", js_text_of(js_get(result, "status")));
}

static int64_t live(void)
{
	return scratch_int(&place, "SELECT run_id FROM run_live");
}

static int64_t rows_of_live(const char *stage, const char *table)
{
	char sql[256];
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s WHERE made = (SELECT made FROM run_live_made WHERE stage = '%s')", table, stage);
	return scratch_int(&place, sql);
}

static void set(const char *key, const char *value)
{
	cr_assert_eq(settings_override(settings, key, value, "--set"), RC_OK);
}

Test(runner, the_first_run_does_everything)
{
	cr_assert_eq(go(NULL), RC_OK, "%s", err_get()->why);
	status_is("done");
	stages_are("ddd");
	cr_assert_str_eq(text_of("load", "status"), "fresh");
	cr_assert_str_eq(text_of("count", "reason"), "never ran");
	cr_assert_str_eq(text_of("value", "note"), "stage 2");
	cr_assert_eq(live(), 1);
	cr_assert_eq(rows_of_live("count", "feat_customer"), 10);
	cr_assert_eq(rows_of_live("order", "score_rank"), 10);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'done' AND audit_length = 1 AND as_of = 18292"), 1);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM audit_entry WHERE kind = 'run'"), 1);
	cr_assert_eq(js_int_of(js_get(js_get(result, "audit"), "length")), 1);
	cr_assert_eq(fake.gates, 1);
	cr_assert(js_is_null(js_get(result, "champion")));
	cr_assert(js_is_null(js_get(result, "review")));
}

Test(runner, the_second_run_writes_nothing)
{
	cr_assert_eq(go(NULL), RC_OK);
	int64_t before = store_changes(s);
	cr_assert_eq(go(NULL), RC_OK);
	status_is("fresh");
	stages_are("fff");
	cr_assert_eq(store_changes(s), before);
	cr_assert_eq(js_int_of(js_get(result, "run_id")), 1);
	cr_assert_eq(fake.calls[COUNT], 1);
}

Test(runner, what_changed_decides_what_runs)
{
	cr_assert_eq(go(NULL), RC_OK);
	set("horizon_days", "180");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fdd");
	cr_assert_str_eq(text_of("value", "reason"), "setting horizon_days changed 365 -> 180");
	cr_assert_str_eq(text_of("order", "reason"), "value changed");
	set("margin", "0.5");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fff");
	fake.state = 7;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("ddd");
	cr_assert_str_eq(text_of("count", "reason"), "load changed");
	set("seed", "3");
	set("as_of", "2020-02-01");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("ddd");
	cr_assert_str_eq(text_of("count", "reason"), "as-of 2020-01-31 -> 2020-02-01; seed 1 -> 3");
}

Test(runner, a_newer_stage_runs_again)
{
	struct runner_ask ask = { 0 };
	cr_assert_eq(go(NULL), RC_OK);
	js_free(result);
	cr_assert_eq(runner_run_with(fake_parts_newer(), s, settings, &ask, &result), RC_OK);
	stages_are("fdd");
	cr_assert_str_eq(text_of("value", "reason"), "version 1 -> 2");
}

Test(runner, going_back_takes_the_kept_rows)
{
	cr_assert_eq(go(NULL), RC_OK);
	set("horizon_days", "180");
	cr_assert_eq(go(NULL), RC_OK);
	set("horizon_days", "365");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fff");
	status_is("done");
	cr_assert_str_eq(text_of("value", "reason"), "as in run 1");
	cr_assert_eq(live(), 3);
	cr_assert_eq(rows_of_live("value", "score_customer"), 10);
}

Test(runner, force_runs_fresh_stages)
{
	struct runner_ask ask = { .force = true };
	cr_assert_eq(go(NULL), RC_OK);
	cr_assert_eq(go(&ask), RC_OK);
	stages_are("ddd");
	cr_assert_str_eq(text_of("value", "reason"), "forced");
	cr_assert_eq(live(), 2);
}

Test(runner, a_dry_run_writes_nothing)
{
	struct runner_ask ask = { .dry_run = true };
	int64_t before = store_changes(s);
	cr_assert_eq(go(&ask), RC_OK);
	status_is("planned");
	stages_are("sss");
	cr_assert_eq(store_changes(s), before);
	cr_assert_eq(go(NULL), RC_OK);
	set("horizon_days", "90");
	before = store_changes(s);
	cr_assert_eq(go(&ask), RC_OK);
	stages_are("fss");
	cr_assert_str_eq(text_of("order", "reason"), "value changed");
	cr_assert_eq(store_changes(s), before);
	cr_assert_eq(fake.calls[VALUE], 1);
}

Test(runner, a_failure_leaves_the_live_run)
{
	cr_assert_eq(go(NULL), RC_OK);
	fake.state = 1;
	fake.fail_in = ORDER;
	cr_assert_eq(go(NULL), RC_NUMERIC);
	cr_assert_str_eq(err_get()->id, "FAKE-101");
	cr_assert_str_eq(err_get()->stopped, "stage order");
	status_is("failed");
	stages_are("ddf");
	cr_assert_str_eq(text_of("order", "error"), "stage 3 gave up");
	cr_assert_eq(live(), 1);
	cr_assert_eq(rows_of_live("order", "score_rank"), 10);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM score_rank"), 10, "the failed stage left nothing");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'failed' AND error = 'stage 3 gave up'"), 1);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_stage WHERE status = 'failed' AND error = 'stage 3 gave up'"), 1);

	fake.fail_in = -1;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("ffd");
	cr_assert_eq(fake.calls[COUNT], 2, "what was done before the failure is not done again");
	cr_assert_eq(live(), 3);
	cr_assert_eq(rows_of_live("value", "score_customer"), 10);
}

Test(runner, a_cancelled_stage_is_taken_back)
{
	fake.cancel_in = VALUE;
	cr_assert_eq(go(NULL), RC_CANCELLED);
	status_is("cancelled");
	stages_are("dcw");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM score_customer"), 0);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'cancelled'"), 1);
	cr_assert_eq(live(), -1);
	atomic_store(&fake.cancel, false);
	fake.cancel_in = -1;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fdd");
}

Test(runner, a_gate_that_says_no_ends_the_run)
{
	cr_assert_eq(go(NULL), RC_OK);
	fake.state = 1;
	fake.stop_gate = 1;
	cr_assert_eq(go(NULL), RC_DATA);
	cr_assert_str_eq(err_get()->id, "GATE-101");
	status_is("refused");
	stages_are("drw");
	cr_assert_eq(live(), 1);
	cr_assert_eq(rows_of_live("value", "score_customer"), 10);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'refused' AND error LIKE '%said no'"), 1);
	cr_assert_eq(go(NULL), RC_DATA, "a refused execution is never fresh");
	fake.stop_gate = 0;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fdd");
}

Test(runner, customer_rows_are_kept_for_live_and_previous)
{
	for (int i = 0; i < 5; i++) {
		fake.state = i;
		cr_assert_eq(go(NULL), RC_OK);
	}
	cr_assert_eq(scratch_int(&place, "SELECT count(DISTINCT made) FROM feat_customer"), 2);
	cr_assert_eq(scratch_int(&place, "SELECT count(DISTINCT made) FROM score_rank"), 2);
	cr_assert_eq(scratch_int(&place, "SELECT previous FROM run_live"), 4);
	fake.state = 0;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("ddd");
}

static void add_sets(void)
{
	scratch_sql(&place, "INSERT INTO fit_set (set_id, made, kind, created_at, as_of, period, customers, features, digest) VALUES "
		    "(1, 1, 'initial', '', 0, 'day', 1, '', 'aa'), (2, 2, 'candidate', '', 0, 'day', 1, '', 'bb')");
}

Test(runner, a_champion_made_by_the_stage_does_not_make_it_stale)
{
	add_sets();
	fake.champion_in = VALUE;
	cr_assert_eq(go(NULL), RC_OK);
	cr_assert_str_eq(js_text_of(js_get(js_get(result, "champion"), "digest")), "aa");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fff");
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(champion_set(s, 2, 1, 5, "Ann", "better"), RC_OK);
	cr_assert_eq(store_commit(s), RC_OK);
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fdd");
	cr_assert_str_eq(text_of("value", "reason"), "champion changed");
	for (int i = 1; i < 4; i++) {
		fake.state = i;
		cr_assert_eq(go(NULL), RC_OK);
	}
	cr_assert_eq(scratch_int(&place, "SELECT count(DISTINCT made) FROM feat_customer"), 3, "the champion's run is kept, too");
}

Test(runner, a_held_result_keeps_what_follows_fresh)
{
	cr_assert_eq(go(NULL), RC_OK);
	int64_t made = scratch_int(&place, "SELECT made FROM run_live_made WHERE stage = 'value'");
	fake.hold_in = VALUE;
	fake.hold_made = made;
	fake.state = 1;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("dhd");
	cr_assert_eq(scratch_int(&place, "SELECT made FROM run_live_made WHERE stage = 'value'"), made);
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fff");
	fake.state = 2;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("dhf");
	cr_assert_eq(rows_of_live("value", "score_customer"), 10);
}

Test(runner, stages_by_name)
{
	struct runner_ask ask = { .only = "vlaue" };
	cr_assert_eq(go(&ask), RC_USAGE);
	cr_assert_str_eq(err_get()->id, "RUN-105");
	cr_assert_not_null(strstr(err_get()->todo, "value"));
	ask = (struct runner_ask) { .from = "order", .to = "count" };
	cr_assert_eq(go(&ask), RC_USAGE);
	ask = (struct runner_ask) { .only = "value", .to = "order" };
	cr_assert_eq(go(&ask), RC_USAGE);
	ask = (struct runner_ask) { .only = "order" };
	cr_assert_eq(go(&ask), RC_USAGE);
	cr_assert_str_eq(err_get()->id, "RUN-107");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run"), 0);
}

Test(runner, a_partial_run_does_not_break_what_is_live)
{
	struct runner_ask to = { .to = "count" }, only = { .only = "order" };
	cr_assert_eq(go(&to), RC_OK);
	stages_are("dss");
	cr_assert_eq(live(), 1);
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fdd");
	cr_assert_eq(live(), 2);
	fake.state = 1;
	cr_assert_eq(go(&to), RC_OK);
	stages_are("dss");
	cr_assert_eq(live(), 2, "scores of other features stay with theirs");
	cr_assert_str_eq(text_of("value", "reason"), "not asked for, and out of date");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fdd");
	cr_assert_eq(live(), 4);
	only.force = true;
	cr_assert_eq(go(&only), RC_OK);
	stages_are("ssd");
	cr_assert_eq(live(), 5);
}

static const struct import_ask files = { .paths = 1 };
static const struct runner_ask with_files = { .import = &files };

Test(runner, files_that_bring_nothing_new_leave_no_trace)
{
	cr_assert_eq(go(NULL), RC_OK);
	int64_t runs = scratch_int(&place, "SELECT count(*) FROM run_run");
	cr_assert_eq(go(&with_files), RC_OK);
	status_is("fresh");
	cr_assert_eq(fake.calls[LOAD], 1);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run"), runs);
	cr_assert_eq(js_int_of(js_get(js_get(result, "import"), "files")), 1);
}

Test(runner, new_files_and_their_stages_are_one_run)
{
	fake.brings = 1;
	cr_assert_eq(go(&with_files), RC_OK);
	status_is("done");
	stages_are("ddd");
	cr_assert_str_eq(text_of("load", "status"), "done");
	cr_assert_str_eq(text_of("load", "reason"), "files given");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run"), 1);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_output WHERE stage = 'load'"), 1);
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fff");
	fake.fail_in = COUNT;
	cr_assert_eq(go(&with_files), RC_NUMERIC);
	cr_assert_eq(live(), 1);
	fake.fail_in = -1;
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("ddd");
	cr_assert_eq(scratch_int(&place, "SELECT made FROM run_live_made WHERE stage = 'load'"),
		     scratch_int(&place, "SELECT max(exec_id) FROM run_stage WHERE stage = 'load' AND status = 'done'"));
}

Test(runner, an_import_that_fails_is_recorded_and_nothing_else)
{
	fake.fail_in = LOAD;
	cr_assert_eq(go(&with_files), RC_NUMERIC);
	status_is("failed");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'failed'"), 1);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_stage WHERE stage = 'load' AND status = 'failed'"), 1);
	fake.fail_with = RC_DATA;
	cr_assert_eq(go(&with_files), RC_DATA);
	status_is("refused");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_stage WHERE stage = 'load' AND status = 'refused'"), 1);
	cr_assert_eq(fake.calls[COUNT], 0);
}

Test(runner, an_empty_store_says_so)
{
	cr_assert_eq(settings_override(settings, "as_of", "", "--as-of"), RC_OK);
	cr_assert_eq(go(NULL), RC_DATA);
	cr_assert_str_eq(err_get()->id, "RUN-104");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run"), 0);
	scratch_sql(&place, "INSERT INTO raw_file (name, bytes, digest, status, encoding, delimiter, reading, has_money, read_rows, accepted, "
		    "quarantined, duplicate, blank, last_day, imported_at, seconds) VALUES ('a', 1, 'd', 'accepted', '', '', '', 1, 1, 1, 0, 0, 0, "
		    "17000, '', 0), ('b', 1, 'e', 'refused', '', '', '', 1, 1, 0, 1, 0, 0, 18000, '', 0)");
	cr_assert_eq(go(NULL), RC_OK);
	cr_assert_str_eq(js_text_of(js_get(result, "as_of")), "2016-07-18");
}

Test(runner, a_run_cut_short_is_shown_as_interrupted)
{
	cr_assert_eq(go(NULL), RC_OK);
	scratch_sql(&place, "UPDATE run_run SET status = 'running', finished_at = NULL");
	fake.state = 1;
	cr_assert_eq(go(NULL), RC_OK);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'interrupted'"), 1);
}

Test(runner, a_publication_that_fails_moves_nothing)
{
	cr_assert_eq(go(NULL), RC_OK);
	fake.state = 1;
	scratch_sql(&place, "CREATE TRIGGER no BEFORE UPDATE ON run_live BEGIN SELECT RAISE(ABORT, 'not now'); END");
	cr_assert_eq(go(NULL), RC_STORE);
	cr_assert_str_eq(err_get()->stopped, "publishing the run");
	status_is("failed");
	cr_assert_eq(live(), 1);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM audit_entry"), 1, "no entry without act");
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_run WHERE status = 'failed'"), 1);
	cr_assert_eq(go(NULL), RC_STORE);
	cr_assert_eq(scratch_int(&place, "SELECT count(*) FROM run_stage WHERE run_id = 3 AND status = 'fresh'"), 4);
	scratch_sql(&place, "DROP TRIGGER no");
	cr_assert_eq(go(NULL), RC_OK);
	stages_are("fff");
	cr_assert_eq(live(), 4);
}
