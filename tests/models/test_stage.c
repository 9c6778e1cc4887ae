/* The stages on a small store: fit, score, rank, cluster, candidate; and the registry. */
#include "config.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "../kit/scratch.h"
#include "models/models_module.h"
#include "models/registry.h"
#include "module/backtest.h"
#include "module/champion.h"
#include "simulate.h"
#include "store/append.h"
#include "store/query.h"

TestSuite(stage);

#define N 1500
#define FEATURES 10 /* the execution that made the features */

/* A store with features of simulated customers, their back-test, and the verdicts of the gates. */
struct desk {
	struct scratch   scratch;
	struct store    *store;
	struct arena    *arena;
	struct settings *settings;
	const struct setting *tables[2];
	struct run       run;
	int64_t          made;
};

static const struct stage *stage_of(const char *name)
{
	for (const struct stage *const *s = models_module.stages; *s; s++)
		if (strcmp((*s)->name, name) == 0)
			return *s;
	cr_assert_fail("no stage %s", name);
	return NULL;
}

/* Customer numbers and ids: every third number, ids in another order. */
static void put_customers(struct desk *d, const struct cohort *c)
{
	const int64_t made = FEATURES, zero = 0;
	int32_t *number = arena_alloc(d->arena, c->n, 4), *last = arena_alloc(d->arena, c->n, 4), *first = arena_alloc(d->arena, c->n, 4);
	double *monetary = arena_alloc(d->arena, c->n, sizeof *monetary);
	const char **id = arena_alloc(d->arena, c->n, sizeof *id), **aside = arena_alloc(d->arena, c->n, sizeof *aside);
	for (size_t i = 0; i < c->n; i++) {
		number[i] = (int32_t)(3 * i + 1);
		id[i] = arena_printf(d->arena, "c%05zu", (i * 7919) % 100000);
		first[i] = 20000 - c->t[i];
		last[i] = first[i] + c->t_x[i];
		monetary[i] = !c->has_money ? (double)NAN : c->x[i] > 0 ? (double)c->repeat_minor[i] / 1000 / c->x[i] : 0;
		aside[i] = c->spend_ok[i] ? NULL : "repeat-spend";
	}
	const struct append_column column[] = {
		{ "made", APPEND_SAME_I64, &made, NULL }, { "customer", APPEND_I32, number, NULL }, { "customer_id", APPEND_TEXT, id, NULL },
		{ "frequency", APPEND_I32, c->x, NULL }, { "recency", APPEND_I32, c->t_x, NULL }, { "T", APPEND_I32, c->t, NULL },
		{ "monetary_value", APPEND_F64, monetary, NULL }, { "first_purchase", APPEND_I32, first, NULL },
		{ "last_purchase", APPEND_I32, last, NULL }, { "first_minor", APPEND_I64, c->first_minor, NULL },
		{ "repeat_minor", APPEND_I64, c->repeat_minor, NULL }, { "revenue_minor", APPEND_I64, c->repeat_minor, NULL },
		{ "orders", APPEND_I32, c->x, NULL }, { "refunds", APPEND_SAME_I64, &zero, NULL }, { "set_aside", APPEND_TEXT, aside, NULL },
	};
	cr_assert_eq(store_append(d->store, "feat_customer", column, sizeof column / sizeof column[0], c->n), RC_OK, "%s", err_get()->why);
}

static void put_backtest(struct desk *d, const struct cohort *c)
{
	cr_assert_eq(backtest_save(d->store, FEATURES, 0, c), RC_OK, "%s", err_get()->why);
}

static void desk_open(struct desk *d, const struct shop *s, size_t n, bool backtest)
{
	struct rng g;
	char text[800];
	*d = (struct desk) { .scratch = scratch_new(), .arena = arena_new(), .tables = { models_module.settings }, .made = FEATURES };
	cr_assert_eq(store_open(d->scratch.store, STORE_CREATE, &d->store), RC_OK, "%s", err_get()->why);
	d->settings = settings_new(d->tables);
	rng_init(&g, 17, "desk");
	struct cohort *now = simulate_cohort(d->arena, &g, s, n, 300, 400, 0, 1);
	struct cohort *past = simulate_cohort(d->arena, &g, s, n, 200, 250, 100, 1);
	cr_assert_eq(store_begin(d->store), RC_OK);
	put_customers(d, now);
	put_backtest(d, past);
	cr_assert_eq(store_commit(d->store), RC_OK);
	snprintf(text, sizeof text,
	         "INSERT INTO qc_gate VALUES ('feat_customer', 10, 'pass', 20000, %zu, ''), ('feat_backtest', 10, 'pass', 19900, %zu, '');"
	         "INSERT INTO feat_window VALUES (10, 20000, 19600, %s, %s, %zu, 0, 0, %d, 3, NULL, NULL, 0);"
	         "INSERT INTO run_run (run_id, started_at, status, command, as_of, seed, settings, program)"
	         " VALUES (1, '', 'running', 'run', 20000, 1, '{}', 'test')", n, n, backtest ? "19900" : "NULL", backtest ? "100" : "NULL", n, s->p > 0);
	scratch_sql(&d->scratch, text);
}

static void run_clear(struct desk *d)
{
	js_free(d->run.facts);
	arena_free(d->run.arena);
	d->run = (struct run) { 0 };
}

static void desk_close(struct desk *d)
{
	run_clear(d);
	settings_free(d->settings);
	arena_free(d->arena);
	store_close(d->store);
	scratch_free(&d->scratch);
}

/* Run one stage in a transaction; every earlier stage's rows are those of its last execution. */
static enum rc desk_run(struct desk *d, const char *name, const int64_t made[3])
{
	const struct run_source source[] = {
		{ "feat_customer", FEATURES, "print-of-features" }, { "feat_backtest", FEATURES, "b" }, { "feat_window", FEATURES, "w" },
		{ "feat_day", FEATURES, "y" }, { "feat_gap", FEATURES, "g" },
		{ "score_customer", made[0], "s" }, { "score_rank", made[1], "r" }, { "drift_review", made[2], "d" },
		{ "score_cluster", made[1] + 1, "c" }, /* cluster runs right after rank */
	};
	run_clear(d);
	d->run = (struct run) {
		.store = d->store, .settings = d->settings, .stage = stage_of(name), .arena = arena_new(), .run_id = 1, .made = ++d->made,
		.as_of = 20000, .seed = 1, .source = source, .sources = sizeof source / sizeof source[0],
	};
	cr_assert_eq(store_begin(d->store), RC_OK);
	enum rc rc = d->run.stage->run(&d->run);
	if (rc)
		store_rollback(d->store);
	else
		cr_assert_eq(store_commit(d->store), RC_OK);
	d->run.source = NULL;
	return rc;
}

static long long ask(struct desk *d, const char *sql)
{
	return scratch_int(&d->scratch, sql);
}

static const struct shop shop = { .r = .8, .alpha = 30, .a = .6, .b = 3, .p = 6, .q = 4, .gamma = 60, .modified = true };

/* fit, score, rank, cluster; made[] is where their rows are. */
static void walk(struct desk *d, int64_t made[3])
{
	static const char *const names[] = { "fit", "score", "rank", "cluster" };
	for (size_t i = 0; i < 4; i++) {
		cr_assert_eq(desk_run(d, names[i], made), RC_OK, "%s: %s", names[i], err_get()->why);
		if (i == 1 || i == 2)
			made[i - 1] = d->made;
	}
}

Test(stage, from_features_to_clusters)
{
	struct desk d;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, N, true);
	walk(&d, made);
	cr_expect_eq(ask(&d, "SELECT set_id FROM decision_champion"), 1);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_set WHERE kind = 'initial' AND features = 'print-of-features'"), 1);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_model WHERE set_id = 1"), 4, "both models, today and in the back-test");
	cr_expect_eq(ask(&d, "SELECT count(DISTINCT model) FROM fit_metric"), 4);
	cr_expect_gt(ask(&d, "SELECT count(*) FROM fit_calibration WHERE grouping = 'decile'"), 15);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_customer"), N);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_rank"), N);
	cr_expect_eq(ask(&d, "SELECT count(DISTINCT customer) FROM score_rank"), N);
	cr_expect_eq(ask(&d, "SELECT min(rank) || max(rank) FROM score_rank"), 1 * 10000 + N);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_rank a JOIN score_rank b ON b.rank = a.rank + 1"
	                     " JOIN score_customer s ON s.customer = a.customer JOIN score_customer t ON t.customer = b.customer"
	                     " WHERE s.worth < t.worth"), 0, "no better customer stands below");
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_cluster"), 5);
	cr_expect_eq(ask(&d, "SELECT sum(customers) FROM score_cluster"), N);
	cr_expect_eq(ask(&d, "SELECT sum(rank_to - rank_from + 1) FROM score_cluster"), N);
	cr_expect_eq(ask(&d, "SELECT cluster_rank FROM score_cluster ORDER BY median DESC LIMIT 1"), 1);
	cr_expect_eq(ask(&d, "SELECT round(total(c.total) / t.value, 9) = 1 FROM score_cluster c, score_total t WHERE t.name = 'clv'"), 1);
	cr_expect_eq(ask(&d, "SELECT round(total(clv) - (SELECT value FROM score_total WHERE name = 'clv'), 4) = 0 FROM score_customer"), 1);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_total WHERE name IN ('clv', 'expected_purchases', 'at_risk', 'already_lost')"
	                     " AND low < value AND value < high"), 4);
	desk_close(&d);
}

Test(stage, champion_is_held_and_its_cuts_are_kept)
{
	struct desk d;
	int64_t made[3] = { 0 };
	struct champion c;
	desk_open(&d, &shop, N, true);
	walk(&d, made);
	cr_assert_eq(champion_get(d.store, &c), RC_OK);
	cr_assert_eq(desk_run(&d, "fit", made), RC_OK);
	cr_expect_eq(d.run.output_made, c.made);
	cr_expect_str_eq(d.run.output_fingerprint, c.digest);
	cr_expect_not_null(strstr(d.run.note, "kept"));
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_set"), 1);
	scratch_sql(&d.scratch, "CREATE TABLE cut_before AS SELECT * FROM fit_cut; UPDATE score_customer SET worth = worth * 1.5 WHERE customer > 2000;");
	cr_assert_eq(desk_run(&d, "rank", made), RC_OK);
	made[1] = d.made;
	cr_assert_eq(desk_run(&d, "cluster", made), RC_OK, "%s", err_get()->why);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM (SELECT * FROM cut_before EXCEPT SELECT * FROM fit_cut)"), 0, "the same cut points");
	cr_assert_eq(settings_override(d.settings, "cluster.k", "3", "--set"), RC_OK);
	cr_assert_eq(desk_run(&d, "cluster", made), RC_OK);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_cut"), 3, "another number of clusters cuts anew");
	desk_close(&d);
}

/* A second run in which every tenth customer is worth more, after the first became live. */
static void second_run(struct desk *d, int64_t made[3])
{
	char text[400];
	snprintf(text, sizeof text, "INSERT INTO run_output (run_id, stage, made) VALUES (1, 'features', %d), (1, 'score', %lld), (1, 'rank', %lld),"
	         " (1, 'cluster', %lld); INSERT INTO run_live (id, run_id) VALUES (1, 1)", FEATURES, (long long)made[0], (long long)made[1],
	         (long long)made[1] + 1);
	scratch_sql(&d->scratch, text);
	cr_assert_eq(desk_run(d, "score", made), RC_OK);
	made[0] = d->made;
	snprintf(text, sizeof text, "UPDATE score_customer SET worth = worth * 20 WHERE made = %lld AND customer %% 10 = 0", (long long)d->made);
	scratch_sql(&d->scratch, text);
	cr_assert_eq(desk_run(d, "rank", made), RC_OK);
	made[1] = d->made;
	cr_assert_eq(desk_run(d, "cluster", made), RC_OK);
}

Test(stage, overview_sums_up_and_compares)
{
	struct desk d;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, N, true);
	walk(&d, made);
	cr_assert_eq(desk_run(&d, "overview", made), RC_OK, "%s", err_get()->why);
	cr_expect_eq(ask(&d, "SELECT sum(customers) FROM score_group WHERE kind = 'tier'"), N);
	cr_expect_eq(ask(&d, "SELECT sum(customers) FROM score_group WHERE kind = 'segment'"), N);
	cr_expect_eq(ask(&d, "SELECT round(total(g.clv) / t.value, 9) = 1 FROM score_group g, score_total t WHERE t.name = 'clv' AND g.kind = 'tier'"), 1);
	cr_expect_eq(ask(&d, "SELECT round(total(g.at_risk) / t.value, 9) = 1 FROM score_group g, score_total t WHERE t.name = 'at_risk' AND g.kind = 'tier'"), 1);
	cr_expect_eq(ask(&d, "SELECT max(s.at_risk) = (SELECT at_risk FROM score_save WHERE place = 1) FROM score_customer s"), 1);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_save a JOIN score_save b ON b.place = a.place + 1 WHERE b.at_risk > a.at_risk"), 0);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_move"), 0, "there is no earlier run");
	second_run(&d, made);
	cr_assert_eq(desk_run(&d, "overview", made), RC_OK, "%s", err_get()->why);
	cr_expect_eq(ask(&d, "SELECT sum(customers) FROM score_move WHERE kind = 'tier'"), N);
	cr_expect_eq(ask(&d, "SELECT sum(customers) FROM score_move WHERE kind = 'cluster'"), N);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_move WHERE before = 'new' OR now = 'gone'"), 0);
	cr_expect_gt(ask(&d, "SELECT sum(customers) FROM score_move WHERE kind = 'cluster' AND now > before"), N / 20);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_moved WHERE customer % 10 <> 0 OR worth_b <= worth_a"), 0);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_moved a JOIN score_moved b ON b.place = a.place + 1 WHERE b.worth_b - b.worth_a > a.worth_b - a.worth_a"), 0);
	desk_close(&d);
}

Test(stage, registry_gives_back_what_it_was_given)
{
	struct desk d;
	struct model_set set, nothing;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, N, true);
	walk(&d, made);
	cr_assert_eq(fit_load(d.store, 1, &set), RC_OK);
	cr_expect(set.has_spend && set.purchase.model == model_find("mbgnbd") && set.spend.model == model_find("gg"));
	cr_expect(set.as_of == 20000 && !set.spend.spend_repeat && set.per_purchase > 0);
	for (size_t i = 0; i < 4; i++)
		cr_expect(set.purchase.param[i] > 0 && set.purchase.se[i] > 0 && set.purchase.covariance[i * 4 + i] > 0);
	cr_expect_eq(fit_load(d.store, 99, &nothing), RC_DATA);
	desk_close(&d);
}

/* What the champion scores with was changed past the program: it scores no more. */
Test(stage, a_set_that_was_changed_does_not_score)
{
	struct desk d;
	struct model_set set;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, N, true);
	walk(&d, made);
	scratch_sql(&d.scratch, "UPDATE fit_param SET value = value * 2 WHERE name = 'r'");
	cr_assert_eq(fit_load(d.store, 1, &set), RC_DAMAGED);
	cr_expect_str_eq(err_get()->id, "FIT-112");
	cr_expect_not_null(strstr(err_get()->why, "set 1 "));
	cr_expect_eq(desk_run(&d, "score", made), RC_DAMAGED);
	scratch_sql(&d.scratch, "UPDATE fit_param SET value = value / 2 WHERE name = 'r'");
	cr_expect_eq(fit_load(d.store, 1, &set), RC_OK);
	scratch_sql(&d.scratch, "UPDATE fit_metric SET value = value + 1");
	cr_expect_eq(fit_load(d.store, 1, &set), RC_DAMAGED, "metrics are shown to who decides");
	desk_close(&d);
}

Test(stage, candidate_publishes_nothing)
{
	struct desk d;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, N, true);
	walk(&d, made);
	cr_assert_eq(desk_run(&d, "candidate", made), RC_OK);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_candidate"), 0, "no review, no candidate");
	scratch_sql(&d.scratch, "INSERT INTO drift_review VALUES (7, 99, 1, 1, '', 'rates moved')");
	cr_assert_eq(desk_run(&d, "candidate", made), RC_OK, "%s", err_get()->why);
	cr_expect_eq(ask(&d, "SELECT review_id FROM fit_candidate"), 7);
	/* The champion learned from the holdout, so the fit of its back-test is asked: here from the same data as the candidate's. */
	cr_expect_gt(ask(&d, "SELECT count(*) FROM fit_metric WHERE model = 'champion'"), 30);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_metric a JOIN fit_metric b USING (set_id, target, metric) WHERE a.model = 'champion'"
	                     " AND b.model = 'mbgnbd+gg' AND a.value <> b.value"), 0);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_metric m JOIN fit_set s USING (set_id) WHERE m.model = 'champion' AND s.kind = 'initial'"), 0);
	cr_assert_eq(desk_run(&d, "candidate", made), RC_OK);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_candidate"), 1, "one candidate a review");
	cr_expect_eq(ask(&d, "SELECT count(*) FROM decision_champion"), 1);
	cr_expect_eq(ask(&d, "SELECT a.digest = b.digest FROM fit_set a, fit_set b WHERE a.set_id = 1 AND b.set_id = 2"), 1,
	             "the same features give the same set");
	desk_close(&d);
}

Test(stage, without_money_purchases_rank)
{
	struct desk d;
	struct shop s = shop;
	int64_t made[3] = { 0 };
	s.p = s.q = s.gamma = 0;
	desk_open(&d, &s, 400, true);
	walk(&d, made);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_customer WHERE clv IS NULL AND expected_value IS NULL AND clv_low IS NULL AND at_risk IS NULL"), 400);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_customer WHERE worth > 0"), 400);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_rank WHERE m IS NULL"), 400);
	cr_expect_eq(ask(&d, "SELECT spend_fit IS NULL FROM fit_set"), 1);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_total WHERE name = 'clv'"), 0);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM score_rank a JOIN score_rank b ON b.rank = a.rank + 1 JOIN score_customer s ON s.customer = a.customer"
	                     " JOIN score_customer t ON t.customer = b.customer JOIN feat_customer f ON f.customer = a.customer"
	                     " JOIN feat_customer g ON g.customer = b.customer WHERE s.worth = t.worth AND f.customer_id > g.customer_id"), 0, "ties by id");
	desk_close(&d);
}

Test(stage, too_little_is_refused)
{
	struct desk d;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, 12, false);
	cr_expect_eq(desk_run(&d, "fit", made), RC_DATA);
	cr_expect_str_eq(err_get()->id, "FIT-108");
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_set"), 0);
	cr_expect_eq(desk_run(&d, "score", made), RC_DATA, "nothing to score with");
	desk_close(&d);
}

/* A history too short for a back-test is fitted without one. */
Test(stage, no_backtest)
{
	struct desk d;
	int64_t made[3] = { 0 };
	desk_open(&d, &shop, 300, false);
	walk(&d, made);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_metric"), 0);
	cr_expect_eq(ask(&d, "SELECT count(*) FROM fit_model"), 2);
	desk_close(&d);
}
