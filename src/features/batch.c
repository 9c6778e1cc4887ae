/* Turns purchase states into rows of feat_customer, feat_set_aside and feat_backtest, column by column,
 * and appends them. What the numbers mean stands in module/purchase; which states to use is the stage's
 * business. */
#include "config.h"

#include "features/batch.h"

#include <assert.h>
#include <math.h>

#include "features/horizon.h"
#include "module/backtest.h"
#include "store/append.h"

enum { ROWS = BATCH_ROWS, ASIDE_SPEND = 0, ASIDE_NOT = 255 };

static const char *const aside_names[] = { "repeat-spend" };
enum { NO_PURCHASE, BEFORE_COHORT };

static const char *const set_aside_names[] = { [NO_PURCHASE] = "no-purchase", [BEFORE_COHORT] = "before-cohort" };

struct customers {
	size_t             n;
	int32_t            customer[ROWS], frequency[ROWS], recency[ROWS], t[ROWS], first[ROWS], last[ROWS];
	int32_t            orders[ROWS], refunds[ROWS];
	double             monetary[ROWS];
	int64_t            first_minor[ROWS], repeat_minor[ROWS], revenue_minor[ROWS];
	uint8_t            aside[ROWS];
	struct append_span id[ROWS];
};

struct set_aside {
	size_t             n;
	int32_t            customer[ROWS];
	uint8_t            reason[ROWS];
	struct append_span id[ROWS];
};

struct batch {
	struct store       *store;
	struct batch_window w;
	double              scale;  /* minor units in a major one */
	struct customers    customers;
	struct set_aside    set_aside;
	struct cohort       backtest; /* n: customers so far in the block */
	int64_t             block;
};

enum rc batch_new(struct arena *a, struct store *s, const struct batch_window *w, struct batch **out)
{
	struct batch *b = arena_alloc(a, 1, sizeof *b);
	b->store = s;
	b->w = *w;
	b->scale = pow(10, w->decimals);
	b->backtest = (struct cohort){ .n = ROWS, .as_of = w->cut, .has_money = w->has_money, .hold_days = 1 };
	enum rc rc = cohort_arrays(a, &b->backtest);
	b->backtest.n = 0;
	*out = b;
	return rc;
}

static enum rc flush_customers(struct batch *b)
{
	struct customers *c = &b->customers;
	const struct append_column column[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &b->w.made },
		{ .name = "customer", .type = APPEND_I32, .data = c->customer },
		{ .name = "customer_id", .type = APPEND_SPAN, .data = c->id },
		{ .name = "frequency", .type = APPEND_I32, .data = c->frequency },
		{ .name = "recency", .type = APPEND_I32, .data = c->recency },
		{ .name = "T", .type = APPEND_I32, .data = c->t },
		{ .name = "monetary_value", .type = APPEND_F64, .data = c->monetary },
		{ .name = "first_purchase", .type = APPEND_I32, .data = c->first },
		{ .name = "last_purchase", .type = APPEND_I32, .data = c->last },
		{ .name = "first_minor", .type = APPEND_I64, .data = c->first_minor },
		{ .name = "repeat_minor", .type = APPEND_I64, .data = c->repeat_minor },
		{ .name = "revenue_minor", .type = APPEND_I64, .data = c->revenue_minor },
		{ .name = "orders", .type = APPEND_I32, .data = c->orders },
		{ .name = "refunds", .type = APPEND_I32, .data = c->refunds },
		{ .name = "set_aside", .type = APPEND_NAMES, .data = c->aside, .names = aside_names },
	};
	size_t n = c->n;
	c->n = 0;
	return n ? store_append(b->store, "feat_customer", column, sizeof column / sizeof *column, n) : RC_OK;
}

static enum rc flush_set_aside(struct batch *b)
{
	struct set_aside *s = &b->set_aside;
	const struct append_column column[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &b->w.made },
		{ .name = "customer", .type = APPEND_I32, .data = s->customer },
		{ .name = "customer_id", .type = APPEND_SPAN, .data = s->id },
		{ .name = "reason", .type = APPEND_NAMES, .data = s->reason, .names = set_aside_names },
	};
	size_t n = s->n;
	s->n = 0;
	return n ? store_append(b->store, "feat_set_aside", column, sizeof column / sizeof *column, n) : RC_OK;
}

static enum rc flush_backtest(struct batch *b)
{
	enum rc rc = backtest_save(b->store, b->w.made, b->block, &b->backtest);
	b->block += b->backtest.n > 0;
	b->backtest.n = 0;
	return rc;
}

/* INT64_MIN is NULL: no amounts in this data. */
static int64_t money(const struct batch *b, int64_t minor)
{
	return b->w.has_money ? minor : INT64_MIN;
}

/* Mean net spend of a repeat purchase day, rounded once; 0 without repeats, NaN where spend cannot be
 * used. */
static double monetary(const struct batch *b, const struct purchase *p)
{
	if (!horizon_spend_ok(p, b->w.has_money))
		return (double)NAN;
	int32_t x = purchase_frequency(p);
	return x ? (double)purchase_repeat_minor(p) / (b->scale * x) : 0.0;
}

static void add_set_aside(struct batch *b, int32_t customer, struct append_span id, uint8_t reason)
{
	struct set_aside *s = &b->set_aside;
	assert(s->n < ROWS);
	size_t i = s->n++;
	s->customer[i] = customer;
	s->reason[i] = reason;
	s->id[i] = id;
}

static void add_customer(struct batch *b, int32_t customer, struct append_span id, const struct purchase *p, bool aside)
{
	struct customers *c = &b->customers;
	assert(c->n < ROWS);
	size_t i = c->n++;
	c->customer[i] = customer;
	c->id[i] = id;
	c->frequency[i] = purchase_frequency(p);
	c->recency[i] = purchase_recency(p);
	c->t[i] = purchase_age(p, b->w.as_of);
	c->first[i] = p->first;
	c->last[i] = p->last;
	c->orders[i] = p->sales;
	c->refunds[i] = p->refunds;
	c->monetary[i] = monetary(b, p);
	c->first_minor[i] = money(b, p->first_minor);
	c->repeat_minor[i] = money(b, purchase_repeat_minor(p));
	c->revenue_minor[i] = money(b, p->total_minor);
	c->aside[i] = aside ? ASIDE_SPEND : ASIDE_NOT;
}

enum rc batch_add(struct batch *b, int32_t customer, struct append_span id, const struct purchase *p,
	struct batch_total *total)
{
	if (__builtin_add_overflow(total->revenue_minor, p->total_minor, &total->revenue_minor))
		return err_set(RC_DATA, "FEAT-107", "the revenue of all customers is too large to add up");
	if (p->days == 0) {
		total->set_aside++;
		add_set_aside(b, customer, id, NO_PURCHASE);
		return RC_OK;
	}
	bool aside = b->w.has_money && !horizon_spend_ok(p, true);
	total->customers++;
	total->spend_aside += aside;
	add_customer(b, customer, id, p, aside);
	return RC_OK;
}

void batch_add_before(struct batch *b, int32_t customer, struct append_span id, struct batch_total *total)
{
	total->cohort_aside++;
	add_set_aside(b, customer, id, BEFORE_COHORT);
}

void batch_add_backtest(struct batch *b, int32_t customer, const struct purchase *at_cut,
	const struct replay_mark *before, const struct purchase *end)
{
	if (at_cut->days == 0)
		return;
	assert(b->backtest.n < ROWS);
	horizon_put(&b->backtest, b->backtest.n++, customer, at_cut, before, end);
}

enum rc batch_flush(struct batch *b)
{
	enum rc rc = flush_customers(b);
	if (!rc)
		rc = flush_set_aside(b);
	return rc ? rc : flush_backtest(b);
}
