/* The stage `features`: customers as of a day and at the back-test cut. Where the running states of the
 * import are of the as-of day they are used as they are; days before it, and what each day brought, come from one
 * replay of the rows.
 * Reads raw_customer, raw_block, raw_file; owns feat_customer, feat_set_aside, feat_backtest,
 * feat_window, feat_day, feat_gap, feat_evenness. */
#include "config.h"

#include "features/features_stage.h"

#include "features/batch.h"
#include "features/horizon.h"
#include "features/replay.h"
#include "store/query.h"
#include "store/scan.h"

struct plan {
	struct span   span;
	bool          backtest, past;   /* past: rows after the as-of day exist, and do not count */
	day_t         cut;
	int32_t       hold_days;
	struct replay replay;
};

/* Marks of the back-test; the states at the end are those of the as-of day, and on the way days are counted. */
static enum rc replay_past(struct run *run, struct plan *p)
{
	const day_t cut[] = { p->cut - p->hold_days, p->cut };
	const struct replay_ask ask = {
		.customers = p->span.customers, .end = run->as_of, .cut = cut, .cuts = p->backtest ? 2 : 0, .from = p->span.first,
		.first = p->span.first, .skip = p->span.skip,
		.sort_rows = REPLAY_SORT_ROWS,
	};
	return replay_rows(run, &ask, &p->replay);
}

/* Customers with the state that the import keeps, a block at a time, on their way into the batch. */
struct customers {
	struct run         *run;
	const struct plan  *plan;
	struct batch       *batch;
	struct batch_total *total;
	int32_t             customer[BATCH_ROWS], first[BATCH_ROWS], last[BATCH_ROWS], open[BATCH_ROWS];
	int32_t             days[BATCH_ROWS], sales[BATCH_ROWS], refunds[BATCH_ROWS];
	int64_t             first_minor[BATCH_ROWS], before_minor[BATCH_ROWS], total_minor[BATCH_ROWS];
	struct append_span  id[BATCH_ROWS];
};

static struct purchase running_state(const struct customers *c, size_t i)
{
	return (struct purchase){
		.first = c->first[i], .last = c->last[i], .open = c->open[i], .days = c->days[i], .sales = c->sales[i],
		.refunds = c->refunds[i], .first_minor = c->first_minor[i], .before_minor = c->before_minor[i],
		.total_minor = c->total_minor[i],
	};
}

static enum rc add_customer(const struct customers *c, size_t i)
{
	const struct plan *plan = c->plan;
	int32_t            who = c->customer[i];
	if (plan->span.skip && plan->span.skip[who]) {
		batch_add_before(c->batch, who, c->id[i], c->total);
		return RC_OK;
	}
	struct purchase    now = plan->past ? plan->replay.state[who] : running_state(c, i);
	if (now.open == DAY_NONE || now.sales + now.refunds == 0) /* came after the as-of day, or is only known from a feed */
		return RC_OK;
	enum rc rc = batch_add(c->batch, who, c->id[i], &now, c->total);
	if (rc || !plan->backtest)
		return rc;
	struct purchase cut = replay_at(&plan->replay, 1, who);
	batch_add_backtest(c->batch, who, &cut, &plan->replay.mark[0][who], &now);
	return RC_OK;
}

static enum rc add_customers(void *user, size_t n)
{
	struct customers *c = user;
	enum rc           rc = RC_OK;
	for (size_t i = 0; !rc && i < n; i++)
		rc = add_customer(c, i);
	if (!rc)
		rc = batch_flush(c->batch);
	c->run->rows_in += (int64_t)n;
	return rc ? rc : run_tick(c->run, "customers", c->run->rows_in, c->plan->span.customers);
}

static enum rc write_customers(struct run *run, const struct plan *plan, struct batch_total *total)
{
	const struct batch_window w = {
		.made = run->made, .as_of = run->as_of, .cut = plan->backtest ? plan->cut : DAY_NONE,
		.has_money = plan->span.has_money, .decimals = plan->span.decimals,
	};
	struct customers *c = arena_alloc(run->arena, 1, sizeof *c);
	c->run = run;
	c->plan = plan;
	c->total = total;
	enum rc rc = batch_new(run->arena, run->store, &w, &c->batch);
	if (rc)
		return rc;
	const struct scan_column column[] = {
		{ SCAN_I32, c->customer }, { SCAN_TEXT, c->id }, { SCAN_I32, c->first }, { SCAN_I32, c->last },
		{ SCAN_I32, c->open }, { SCAN_I32, c->days }, { SCAN_I32, c->sales }, { SCAN_I32, c->refunds },
		{ SCAN_I64, c->first_minor }, { SCAN_I64, c->before_minor }, { SCAN_I64, c->total_minor },
	};
	const struct scan scan = {
		.column = column, .columns = sizeof column / sizeof *column, .block = BATCH_ROWS, .take = add_customers, .user = c,
	};
	return store_scan(run->store, "statement/features_customers", &scan, "");
}

static enum rc write_window(struct run *run, const struct plan *p, const struct batch_total *t)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(run->store, "statement/features_window", &q);
	if (rc)
		return rc;
	const int64_t value[] = {
		run->made, run->as_of, p->span.first, p->cut, p->hold_days, t->customers, t->set_aside, t->spend_aside,
		p->span.has_money, p->span.decimals, t->revenue_minor, p->span.from, t->cohort_aside,
	};
	for (int i = 0; i < (int)(sizeof value / sizeof *value); i++)
		query_bind_int(q, i + 1, value[i]);
	if (!p->backtest) {
		query_bind_null(q, 4);
		query_bind_null(q, 5);
	}
	if (!p->span.has_money)
		query_bind_null(q, 11);
	if (p->span.from == DAY_NONE)
		query_bind_null(q, 12);
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

static enum rc write_days(struct run *run, const struct plan *p)
{
	const struct replay *r = &p->replay;
	enum rc              rc = RC_OK;
	for (day_t day = r->from; !rc && day <= r->end; day++) {
		const struct replay_day *d = &r->day[day - r->from];
		if (d->buyers || d->minor)
			rc = query_run(run->store, "statement/features_day_put", p->span.has_money ? "iiiiii" : "iiiiin", run->made, (int64_t)day,
				(int64_t)d->buyers, (int64_t)d->fresh, p->backtest ? (int64_t)d->known : INT64_C(-1), d->minor);
	}
	return rc;
}

static enum rc write_gaps(struct run *run, const struct plan *p)
{
	const struct replay *r = &p->replay;
	enum rc              rc = RC_OK;
	for (day_t d = 1; !rc && d <= r->end - r->first; d++)
		if (r->gaps.at_end[d])
			rc = query_run(run->store, "statement/features_gap_put", "iiii", run->made, (int64_t)d, r->gaps.at_end[d],
				p->backtest ? r->gaps.at_cut[d] : INT64_C(-1));
	return rc;
}

static enum rc write_evenness(struct run *run, const struct plan *p)
{
	struct replay_evenness e = replay_evenness(&p->replay);
	return query_run(run->store, "statement/features_evenness_put", "iir", run->made, e.customers, e.spread);
}

static void say(struct run *run, const struct plan *p, const struct batch_total *t)
{
	char as_of[16], cut[16], from[16];
	day_format(as_of, run->as_of);
	if (p->backtest)
		day_format(cut, p->cut);
	if (p->span.from != DAY_NONE)
		day_format(from, p->span.from);
	if (p->span.from == DAY_NONE)
		run_note(run, "as of %s: %lld customers, %lld set aside; back-test cut %s", as_of, (long long)t->customers,
			(long long)(t->set_aside + t->spend_aside), p->backtest ? cut : "none, the history is too short");
	else
		run_note(run, "as of %s: %lld customers who came on %s or later, %lld came before and are set aside, as are %lld others; back-test cut %s", as_of,
			(long long)t->customers, from, (long long)t->cohort_aside, (long long)(t->set_aside + t->spend_aside),
			p->backtest ? cut : "none, the history is too short");
	run->facts = js_object();
	js_set_text(run->facts, "as_of", as_of);
	js_set_int(run->facts, "customers", t->customers);
	js_set_int(run->facts, "no_purchase", t->set_aside);
	js_set_int(run->facts, "repeat_spend", t->spend_aside);
	if (p->span.from != DAY_NONE) {
		js_set_text(run->facts, "cohort_from", from);
		js_set_int(run->facts, "before_cohort", t->cohort_aside);
	}
	js_set_text(run->facts, "cut", p->backtest ? cut : NULL);
	js_set_int(run->facts, "hold_days", p->hold_days);
}

enum rc features_run(struct run *run)
{
	struct plan        plan = { 0 };
	struct batch_total total = { 0 };
	char               as_of[16];
	enum rc            rc = span_read(run, run->arena, &plan.span);
	if (rc)
		return rc;
	if (plan.span.first == DAY_NONE)
		return err_do(err_set(RC_DATA, "FEAT-102", "there are no purchases in the store"),
			"import a file of purchases");
	day_format(as_of, run->as_of);
	if (run->as_of < plan.span.first)
		return err_do(err_set(RC_DATA, "FEAT-101", "there is no purchase up to %s", as_of),
			"choose a later as-of day");
	plan.past = plan.span.last > run->as_of;
	plan.backtest = horizon_backtest(plan.span.first, run->as_of, run_int(run, "horizon_days"), &plan.cut,
		&plan.hold_days);

	rc = replay_past(run, &plan);
	if (!rc)
		rc = write_customers(run, &plan, &total);
	if (!rc)
		rc = write_window(run, &plan, &total);
	if (!rc)
		rc = write_days(run, &plan);
	if (!rc)
		rc = write_gaps(run, &plan);
	if (!rc)
		rc = write_evenness(run, &plan);
	replay_clear(&plan.replay);
	if (rc)
		return rc;
	run->rows_out = total.customers;
	say(run, &plan, &total);
	return RC_OK;
}
