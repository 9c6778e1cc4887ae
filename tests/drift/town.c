/* The simulation and the store of town.h. */
#include "config.h"

#include "town.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "drift/drift_module.h"
#include "module/champion.h"
#include "module/purchase.h"
#include "module/seal.h"
#include "module/transaction.h"
#include "store/append.h"

static void add(struct town *t, int32_t who, day_t day, int64_t minor)
{
	if (t->n == t->cap) {
		t->cap = t->cap ? 2 * t->cap : 4096;
		t->row = mem_grow(t->row, t->cap, sizeof(*t->row));
	}
	t->row[t->n++] = (struct town_row) { .who = who, .day = day, .minor = minor };
}

static int64_t amount(const struct town_ask *a, struct rng *g, double level, day_t day)
{
	double factor = a->value > 0 && day >= a->since ? a->value : 1;
	return llround(100 * exp(level + 0.4 * rng_normal(g)) * factor);
}

/* Days until the next purchase at `lambda` a day, faster or slower from ask->since on. */
static double wait(const struct town_ask *a, struct rng *g, double lambda, double now)
{
	double need = rng_exponential(g, 1), calm = a->since - now, factor = a->rate > 0 ? a->rate : 1;
	if (factor == 1 || (calm > 0 && need <= lambda * calm))
		return need / lambda;
	double before = calm > 0 ? lambda * calm : 0;
	return (calm > 0 ? calm : 0) + (need - before) / (lambda * factor);
}

static void live(struct town *t, int32_t who)
{
	const struct town_ask *a = &t->ask;
	struct rng g;
	rng_init_sub(&g, a->seed, "town", (uint64_t)who);
	double u = rng_uniform(&g), span = a->to - a->from + 1;
	double lambda = rng_gamma(&g, 1.5, 60), level = 3 + 0.5 * rng_normal(&g);
	double now = a->from + floor(span * (a->growth > 0 ? sqrt(u) : u));
	for (day_t last = DAY_NONE; now <= a->to; now += wait(a, &g, lambda, now)) {
		day_t day = (day_t)floor(now);
		if (day != last)
			add(t, who, day, amount(a, &g, level, day));
		last = day;
		if (rng_uniform(&g) < 0.15)
			return;
	}
}

struct town town_new(const struct town_ask *ask)
{
	struct town t = { .ask = *ask, .arena = arena_new() };
	for (int32_t who = 1; who <= ask->customers; who++)
		live(&t, who);
	return t;
}

void town_free(struct town *t)
{
	free(t->row);
	arena_free(t->arena);
}

static struct population make(struct arena *a, size_t n)
{
	struct population p = { .has_money = true, .has_scores = true, .decimals = 2, .currency = "EUR" };
	int32_t **whole[] = { &p.x, &p.t_x, &p.t };
	double **real[] = { &p.first, &p.repeat, &p.revenue, &p.p_alive, &p.expected, &p.clv };
	for (size_t i = 0; i < 3; i++)
		*whole[i] = arena_alloc(a, n + 1, sizeof(int32_t));
	for (size_t i = 0; i < 6; i++)
		*real[i] = arena_alloc(a, n + 1, sizeof(double));
	return p;
}

static void put(struct population *p, const struct purchase *c, day_t as_of)
{
	size_t i = p->n++;
	p->x[i] = purchase_frequency(c);
	p->t_x[i] = purchase_recency(c);
	p->t[i] = purchase_age(c, as_of);
	p->first[i] = (double)c->first_minor / 100;
	p->repeat[i] = p->x[i] ? (double)purchase_repeat_minor(c) / 100 / p->x[i] : 0;
	p->revenue[i] = (double)c->total_minor / 100;
	p->p_alive[i] = 1 / (1 + (p->t[i] - p->t_x[i]) / 60.0 / (1 + p->x[i]));
	p->expected[i] = p->p_alive[i] * 365.0 * (p->x[i] + 1) / (p->t[i] + 60.0);
	p->clv[i] = p->expected[i] * p->revenue[i] / (p->x[i] + 1);
	if (c->first < p->first_day || p->n == 1)
		p->first_day = c->first;
}

struct population town_population(struct town *t, day_t as_of, int32_t **customer)
{
	struct population p = make(t->arena, (size_t)t->ask.customers);
	p.as_of = as_of;
	p.has_money = !t->ask.no_money;
	*customer = arena_alloc(t->arena, (size_t)t->ask.customers + 1, sizeof(int32_t));
	for (size_t i = 0, j; i < t->n; i = j) {
		struct purchase c;
		purchase_init(&c);
		for (j = i; j < t->n && t->row[j].who == t->row[i].who; j++)
			if (t->row[j].day <= as_of)
				cr_assert(purchase_add(&c, t->row[j].day, t->row[j].minor));
		if (c.first == DAY_NONE)
			continue;
		(*customer)[p.n] = t->row[i].who;
		put(&p, &c, as_of);
	}
	return p;
}

struct population town_half(struct arena *a, const struct population *p, const uint8_t *half, int which)
{
	struct population h = make(a, p->n);
	h.as_of = p->as_of;
	h.first_day = p->first_day;
	for (size_t i = 0; i < p->n; i++) {
		if (half[i] != which)
			continue;
		size_t k = h.n++;
		h.x[k] = p->x[i];
		h.t_x[k] = p->t_x[i];
		h.t[k] = p->t[i];
		h.first[k] = p->first[i];
		h.repeat[k] = p->repeat[i];
		h.revenue[k] = p->revenue[i];
	}
	h.has_scores = false;
	return h;
}

/* ---- in a store ---- */

static void sql(struct city *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void sql(struct city *c, const char *fmt, ...)
{
	char text[2048];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	scratch_sql(&c->scratch, text);
}

static void put_rows(struct city *c)
{
	struct town *t = c->town;
	int32_t *who = mem_new(t->n + 1, sizeof(*who)), *day = mem_new(t->n + 1, sizeof(*day));
	int64_t *minor = mem_new(t->n + 1, sizeof(*minor));
	for (size_t i = 0; i < t->n; i++) {
		who[i] = t->row[i].who;
		day[i] = t->row[i].day;
		minor[i] = t->ask.no_money ? INT64_MIN : t->row[i].minor;
	}
	cr_assert_eq(store_begin(c->store), RC_OK);
	cr_assert_eq(transaction_save(c->store, 1, &(struct transaction_columns){ who, day, minor, NULL, 1 }, t->n), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_commit(c->store), RC_OK);
	free(who);
	free(day);
	free(minor);
}

void city_open(struct city *c, struct town *t)
{
	*c = (struct city) { .scratch = scratch_new(), .town = t, .arena = arena_new(), .tables = { drift_module.settings } };
	cr_assert_eq(store_open(c->scratch.store, STORE_CREATE, &c->store), RC_OK, "%s", err_get()->why);
	c->settings = settings_new(c->tables);
	put_rows(c);
	scratch_sql(&c->scratch, "INSERT OR REPLACE INTO store_fact VALUES ('currency', 'EUR'), ('decimals', '2')");
}

void city_close(struct city *c)
{
	js_free(c->run.facts);
	settings_free(c->settings);
	arena_free(c->run.arena);
	arena_free(c->arena);
	store_close(c->store);
	scratch_free(&c->scratch);
}

static void put_features(struct city *c, const struct population *p, const int32_t *customer, int64_t made)
{
	const char **id = mem_new(p->n + 1, sizeof(*id));
	int64_t *money = mem_new(3 * p->n + 1, sizeof(*money)), *first = money, *repeat = money + p->n, *revenue = repeat + p->n;
	int32_t *day = mem_new(p->n + 1, sizeof(*day));
	double *value = mem_new(p->n + 1, sizeof(*value));
	for (size_t i = 0; i < p->n; i++) {
		id[i] = "x";
		first[i] = p->has_money ? llround(100 * p->first[i]) : INT64_MIN;
		repeat[i] = p->has_money ? llround(100 * p->repeat[i] * p->x[i]) : INT64_MIN;
		revenue[i] = p->has_money ? llround(100 * p->revenue[i]) : INT64_MIN;
		day[i] = p->as_of - p->t[i];
		value[i] = p->has_money ? p->repeat[i] : (double)NAN;
	}
	const int64_t none = 0;
	const struct append_column column[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &made },
		{ .name = "customer", .type = APPEND_I32, .data = customer },
		{ .name = "customer_id", .type = APPEND_TEXT, .data = id },
		{ .name = "frequency", .type = APPEND_I32, .data = p->x },
		{ .name = "recency", .type = APPEND_I32, .data = p->t_x },
		{ .name = "T", .type = APPEND_I32, .data = p->t },
		{ .name = "monetary_value", .type = APPEND_F64, .data = value },
		{ .name = "first_purchase", .type = APPEND_I32, .data = day },
		{ .name = "last_purchase", .type = APPEND_I32, .data = day },
		{ .name = "first_minor", .type = APPEND_I64, .data = first },
		{ .name = "repeat_minor", .type = APPEND_I64, .data = repeat },
		{ .name = "revenue_minor", .type = APPEND_I64, .data = revenue },
		{ .name = "orders", .type = APPEND_I32, .data = p->x },
		{ .name = "refunds", .type = APPEND_SAME_I64, .data = &none },
	};
	cr_assert_eq(store_append(c->store, "feat_customer", column, sizeof(column) / sizeof(*column), p->n), RC_OK, "%s", err_get()->why);
	free(id);
	free(money);
	free(day);
	free(value);
}

static void put_scores(struct city *c, const struct population *p, const int32_t *customer, int64_t made)
{
	double *value = mem_new(p->n + 1, sizeof(*value)), *clv = mem_new(p->n + 1, sizeof(*clv));
	for (size_t i = 0; i < p->n; i++) {
		clv[i] = p->has_money ? p->clv[i] : (double)NAN;
		value[i] = clv[i] / p->expected[i];
	}
	const struct append_column column[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &made },
		{ .name = "customer", .type = APPEND_I32, .data = customer },
		{ .name = "p_alive", .type = APPEND_F64, .data = p->p_alive },
		{ .name = "expected_purchases", .type = APPEND_F64, .data = p->expected },
		{ .name = "expected_30d", .type = APPEND_F64, .data = p->expected },
		{ .name = "p_no_purchase", .type = APPEND_F64, .data = p->p_alive },
		{ .name = "expected_value", .type = APPEND_F64, .data = value },
		{ .name = "clv", .type = APPEND_F64, .data = clv },
		{ .name = "worth", .type = APPEND_F64, .data = p->expected },
	};
	cr_assert_eq(store_append(c->store, "score_customer", column, sizeof(column) / sizeof(*column), p->n), RC_OK, "%s", err_get()->why);
	free(value);
	free(clv);
}

static void ledger(struct city *c, const char *stage, int64_t exec)
{
	sql(c, "INSERT INTO run_stage (exec_id, run_id, stage, status, reason, made, output, started_at) "
	    "VALUES (%" PRId64 ", %" PRId64 ", '%s', 'done', 'test', %" PRId64 ", '%s-%" PRId64 "', '')", exec, c->run_id, stage, exec, stage, exec);
	sql(c, "INSERT INTO run_output VALUES (%" PRId64 ", '%s', %" PRId64 ")", c->run_id, stage, exec);
}

void city_data(struct city *c, day_t as_of)
{
	int32_t *customer;
	struct population p = town_population(c->town, as_of, &customer);
	c->run_id++;
	sql(c, "INSERT INTO run_run (run_id, started_at, status, command, as_of, seed, settings, program) "
	    "VALUES (%" PRId64 ", '', 'done', 'run', %d, 1, '{}', 'test')", c->run_id, as_of);
	ledger(c, "features", 10 * c->run_id + 1);
	ledger(c, "score", 10 * c->run_id + 2);
	sql(c, "INSERT INTO feat_window VALUES (%" PRId64 ", %d, %d, NULL, NULL, %zu, 0, 0, %d, 2, NULL, NULL, 0)", 10 * c->run_id + 1, as_of, p.first_day,
	    p.n, p.has_money);
	cr_assert_eq(store_begin(c->store), RC_OK);
	put_features(c, &p, customer, 10 * c->run_id + 1);
	put_scores(c, &p, customer, 10 * c->run_id + 2);
	cr_assert_eq(store_commit(c->store), RC_OK);
	c->run.as_of = as_of;
}

void city_seal(struct city *c, int64_t set_id)
{
	char hex[DIGEST_HEX];
	cr_assert_eq(seal_set(c->store, set_id, hex), RC_OK, "%s", err_get()->why);
	sql(c, "UPDATE fit_set SET rows_digest = '%s' WHERE set_id = %" PRId64, hex, set_id);
}

void city_fit(struct city *c, int64_t set_id, const char *kind, int64_t review_id, const char *status)
{
	char review[24] = "NULL";
	if (review_id)
		snprintf(review, sizeof(review), "%" PRId64, review_id);
	sql(c, "INSERT INTO fit_set VALUES (%" PRId64 ", %" PRId64 ", '%s', %s, '', %d, 'day', %" PRId64 ", NULL, 10, 'features-%" PRId64 "', 'set-%" PRId64 "', '')",
	    set_id, 10 * c->run_id + 2, kind, review, c->run.as_of, 100 * set_id, 10 * c->run_id + 1, set_id);
	sql(c, "INSERT INTO fit_model (fit_id, set_id, role, model, period, as_of, holdout_end, status, message, n, n_distinct, iterations, evaluations, "
	    "seconds, options) VALUES (%" PRId64 ", %" PRId64 ", 'purchase', 'mbgnbd', 'day', %d, NULL, '%s', '', 10, 5, 1, 1, 0, '{}')", 100 * set_id,
	    set_id, c->run.as_of, status);
	sql(c, "INSERT INTO fit_param VALUES (%" PRId64 ", 0, 'r', 0.25, 0.01, 0.2, 0.3)", 100 * set_id);
	sql(c, "INSERT INTO fit_metric VALUES (%" PRId64 ", 'mbgnbd', 'purchases', 'rmse', 1.5)", set_id);
	city_seal(c, set_id);
	if (strcmp(kind, "initial") != 0)
		return;
	cr_assert_eq(store_begin(c->store), RC_OK);
	cr_assert_eq(champion_set(c->store, set_id, c->run_id, 0, "clv", "first fit"), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_commit(c->store), RC_OK);
}

enum rc city_drift(struct city *c)
{
	int64_t features = 10 * c->run_id + 1, score = 10 * c->run_id + 2;
	const struct run_source source[] = {
		{ .table = "feat_customer", .made = features }, { .table = "feat_window", .made = features }, { .table = "score_customer", .made = score },
	};
	day_t as_of = c->run.as_of;
	js_free(c->run.facts);
	arena_free(c->run.arena);
	c->run = (struct run) {
		.store = c->store, .settings = c->settings, .stage = drift_module.stages[0], .arena = arena_new(), .run_id = c->run_id,
		.made = 10 * c->run_id + 3, .as_of = as_of, .seed = 1, .source = source, .sources = 3,
	};
	cr_assert_eq(store_begin(c->store), RC_OK);
	enum rc rc = c->run.stage->run(&c->run);
	c->run.source = NULL;
	if (rc) {
		store_rollback(c->store);
		return rc;
	}
	cr_assert_eq(store_commit(c->store), RC_OK);
	ledger(c, "drift", c->run.made);
	sql(c, "INSERT INTO run_live VALUES (1, %" PRId64 ", NULL) ON CONFLICT (id) DO UPDATE SET previous = run_id, run_id = excluded.run_id", c->run_id);
	return RC_OK;
}

const char *city_run(struct city *c, day_t as_of)
{
	city_data(c, as_of);
	if (scratch_int(&c->scratch, "SELECT count(*) FROM decision_champion") == 0)
		city_fit(c, 1, "initial", 0, "converged");
	cr_assert_eq(city_drift(c), RC_OK, "%s", err_get()->why);
	return city_text(c, "SELECT verdict FROM drift_run ORDER BY made DESC LIMIT 1");
}

const char *city_text(struct city *c, const char *text)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	const char *out = "";
	cr_assert_eq(sqlite3_open(c->scratch.store, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db, text, -1, &stmt, NULL), SQLITE_OK, "%s: %s", text, sqlite3_errmsg(db));
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		out = arena_text(c->arena, (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return out;
}
