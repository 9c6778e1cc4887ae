/* The stage `score`: the champion's stored parameters on the features of the run, customer by customer, and
 * their totals. Owns score_customer and score_total. */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include "math/dist.h"
#include "models/design.h"
#include "models/models_module.h"
#include "models/registry.h"
#include "module/champion.h"
#include "module/pass.h"
#include "store/append.h"
#include "store/keep.h"
#include "store/query.h"

#define BATCH 8192
#define NEAR_DAYS 30

enum { ALIVE, EXPECTED, NEAR, NONE, VALUE, CLV, LOW, HIGH, AT_RISK, LOST, WORTH, NUMBERS };

static const char *const names[NUMBERS] = {
	"p_alive", "expected_purchases", "expected_30d", "p_no_purchase", "expected_value", "clv", "clv_low", "clv_high", "at_risk",
	"already_lost", "worth",
};

struct batch { double column[NUMBERS][BATCH]; };

/* Row i of the batch. Money columns are empty together when the set or the data have no money. */
static void batch_fill(struct batch *b, size_t i, const struct prediction *p, bool money)
{
	double row[NUMBERS] = {
		[ALIVE] = p->p_alive, [EXPECTED] = p->expected, [NEAR] = p->near, [NONE] = p->none,
		[VALUE] = money ? p->value : NAN, [CLV] = money ? p->clv : NAN, [LOW] = money ? p->low : NAN,
		[HIGH] = money ? p->high : NAN, [AT_RISK] = money ? p->at_risk : NAN, [LOST] = money ? p->already_lost : NAN,
		[WORTH] = p->worth,
	};
	for (size_t k = 0; k < NUMBERS; k++)
		b->column[k][i] = row[k];
}

static enum rc batch_append(struct run *run, const struct batch *b, const int32_t *customer, size_t n)
{
	struct append_column column[NUMBERS + 2] = {
		{ "made", APPEND_SAME_I64, &run->made, NULL },
		{ "customer", APPEND_I32, customer, NULL },
	};
	for (size_t k = 0; k < NUMBERS; k++)
		column[k + 2] = (struct append_column) { names[k], APPEND_F64, b->column[k], NULL };
	return store_append(run->store, "score_customer", column, NUMBERS + 2, n);
}

static enum rc put_total(struct run *run, const char *name, struct total t, const char *unit)
{
	return query_run(run->store, "statement/models_total_put", "itrrrt", run->made, name, t.value, t.low, t.high, unit);
}

/* The totals by name; money in major units. */
static enum rc put_totals(struct run *run, const struct totals *t, bool money, double median, int64_t set_id)
{
	const struct { const char *name; struct total t; const char *unit; bool wanted; } rows[] = {
		{ "customers", { (double)t->customers, NAN, NAN }, "customers", true },
		{ "customers_alive", t->alive, "customers", true },
		{ "expected_purchases", t->expected, "purchases", true },
		{ "expected_30d", t->near, "purchases", true },
		{ "clv", t->worth, "money", money },
		{ "discounted_purchases", t->worth, "purchases", !money },
		{ "at_risk", t->at_risk, "money", money },
		{ "already_lost", t->already_lost, "money", money },
		{ "median_worth", { median, NAN, NAN }, money ? "money" : "purchases", true },
		{ "model_set", { (double)set_id, NAN, NAN }, "id", true },
	};
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].wanted)
			rc = put_total(run, rows[i].name, rows[i].t, rows[i].unit);
	return rc;
}

/* All customers in their order; the worth of each for the median. */
static enum rc score_all(struct run *run, const struct forecast *f, const struct cohort *c, struct totals_sum *sum, double *worth)
{
	struct batch *b = arena_alloc(run->arena, 1, sizeof *b);
	bool money = forecast_has_money(f);
	enum rc rc = RC_OK;
	for (size_t from = 0; !rc && from < c->n; from += BATCH) {
		size_t n = c->n - from < BATCH ? c->n - from : BATCH;
		for (size_t i = 0; i < n; i++) {
			struct prediction p;
			forecast_customer(f, from + i, &p);
			totals_add(sum, &p);
			batch_fill(b, i, &p, money);
			worth[from + i] = p.worth;
		}
		rc = batch_append(run, b, c->customer + from, n);
		if (!rc)
			rc = run_tick(run, "customers", (int64_t)(from + n), (int64_t)c->n);
	}
	return rc;
}

/* told: what became of the columns that covariates take. */
static enum rc score(struct run *run, struct str *told)
{
	struct outlook o = {
		.horizon = (double)run_int(run, "horizon_days"), .near = NEAR_DAYS, .discount = run_real(run, "discount_rate"),
		.margin = run_real(run, "margin"),
	};
	struct champion champion;
	struct model_set set;
	struct forecast *f = NULL;
	const struct pass *pass;
	struct cohort *c = arena_alloc(run->arena, 1, sizeof *c);
	enum rc rc = champion_get(run->store, &champion);
	if (!rc && champion.set_id == 0)
		return err_set(RC_DATA, "FIT-110", "there is no champion to score with");
	if (!rc)
		rc = fit_load(run->store, champion.set_id, &set);
	if (!rc)
		rc = pass_mint(run->store, run->arena, "feat_customer", run_made_of(run, "feat_customer"), &pass);
	if (rc)
		return rc;
	*c = *pass_cohort(pass);
	if (set.purchase.design.effects > 0 && (rc = design_apply(run->store, run->arena, &set.purchase.design, c, told)))
		return rc;
	double *worth = arena_try(run->arena, c->n + 1, sizeof *worth), median = NAN;
	if (worth == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", c->n);
	struct totals_sum *sum = totals_new(run->arena);
	struct totals totals;
	store_keep(run->store, "score_customer", c->n); /* ranks, clusters, the overview, drift and the gate read them again */
	rc = forecast_new(run->arena, &set, c, &o, &f);
	if (!rc)
		rc = score_all(run, f, c, sum, worth);
	if (!rc)
		rc = median_of(worth, c->n, &median);
	if (rc)
		return rc;
	totals_finish(sum, f, &totals);
	run->rows_in = run->rows_out = (int64_t)c->n;
	run_note(run, "set %" PRId64 ", %s%s%s%s%s", champion.set_id, set.purchase.model->id, set.has_spend ? "+gg" : "",
	         totals.endless ? "; the spend law of some customers has no variance: no interval of the total" : "",
	         told->n > 0 ? "; " : "", told->n > 0 ? told->s : "");
	return put_totals(run, &totals, forecast_has_money(f), median, champion.set_id);
}

enum rc score_stage_run(struct run *run)
{
	struct str told = { 0 };
	enum rc rc = score(run, &told);
	str_clear(&told);
	return rc;
}
