/* The running state of one customer: the definitions of purchase day, frequency, recency, T and repeat
 * spend. Not here: where states are kept (ingest) and how a state at an earlier day is found
 * (features/horizon). Owns no table. */
#include "config.h"

#include "module/purchase.h"

#include <assert.h>

/* INT64_MIN stands for "no amount" in tables, so it is no sum either. */
static bool sum(int64_t a, int64_t b, int64_t *out)
{
	return !__builtin_add_overflow(a, b, out) && *out != MONEY_NONE;
}

static bool difference(int64_t a, int64_t b, int64_t *out)
{
	return !__builtin_sub_overflow(a, b, out) && *out != MONEY_NONE;
}

void purchase_init(struct purchase *p)
{
	*p = (struct purchase){ .first = DAY_NONE, .last = DAY_NONE, .open = DAY_NONE };
}

/* A row of an earlier day: only what does not depend on the order stays exact. */
static bool add_late(struct purchase *p, bool sale, int64_t minor)
{
	int64_t total;
	if (!sum(p->total_minor, minor, &total))
		return false;
	p->total_minor = total;
	p->sales += sale;
	p->refunds += !sale;
	p->dirty = true;
	return true;
}

static void add_gap(struct purchase *p, day_t days)
{
	p->gap[1] = p->gap[0];
	p->gap[0] = (uint16_t)(days < UINT16_MAX ? days : UINT16_MAX);
}

static bool add(struct purchase *p, day_t day, bool sale, int64_t minor)
{
	if (p->sales == INT32_MAX || p->refunds == INT32_MAX)
		return false;
	if (p->dirty || day < p->open)
		return add_late(p, sale, minor);

	bool    same = day == p->open;
	int64_t total, open;
	if (!sum(p->total_minor, minor, &total) || !sum(same ? p->open_minor : 0, minor, &open))
		return false;

	bool    new_day = sale && !(same && p->open_sale);
	bool    first_day = p->days == 0 ? sale : day == p->first;
	int64_t before = p->days == 0 && sale ? total - open : p->before_minor;
	int64_t first = first_day ? open : p->first_minor, rest;
	/* What purchase_repeat_minor will answer must fit, too. */
	if (p->days + new_day > 0 && (!difference(total, before, &rest) || !difference(rest, first, &rest)))
		return false;

	if (p->days == 0 && sale)
		p->first = day;
	if (new_day && p->days > 0)
		add_gap(p, day - p->last);
	if (new_day)
		p->last = day;
	p->days += new_day;
	p->sales += sale;
	p->refunds += !sale;
	p->open = day;
	p->open_sale = sale || (same && p->open_sale);
	p->open_minor = open;
	p->first_minor = first;
	p->before_minor = before;
	p->total_minor = total;
	return true;
}

bool purchase_add(struct purchase *p, day_t day, int64_t minor)
{
	return add(p, day, minor == MONEY_NONE || minor >= 0, minor == MONEY_NONE ? 0 : minor);
}

/* A return that lowers an earlier day: to the state, a row of its own day without money, and less money of that day. */
static bool add_return(struct purchase *p, day_t day, day_t counts, int64_t minor)
{
	struct purchase q = *p;
	int64_t         rest;
	if (p->dirty || day < p->open || p->days == 0 || counts < p->first)
		return add_late(p, false, minor);
	if (!add(&q, day, false, 0) || !sum(q.total_minor, minor, &q.total_minor))
		return false;
	if (counts == q.first && !sum(q.first_minor, minor, &q.first_minor))
		return false;
	if (!difference(q.total_minor, q.before_minor, &rest) || !difference(rest, q.first_minor, &rest))
		return false;
	*p = q;
	return true;
}

bool purchase_add_on(struct purchase *p, day_t day, day_t counts, int64_t minor)
{
	if (counts == COUNTS_NOT)
		return true;
	if (counts == COUNTS_APART)
		return add(p, day, false, 0);
	if (counts == COUNTS_OWN || counts >= day)
		return purchase_add(p, day, minor);
	return add_return(p, day, counts, minor);
}

int32_t purchase_frequency(const struct purchase *p)
{
	assert(p->days > 0);
	return p->days - 1;
}

int32_t purchase_recency(const struct purchase *p)
{
	assert(p->days > 0);
	return p->last - p->first;
}

int32_t purchase_age(const struct purchase *p, day_t as_of)
{
	assert(p->days > 0);
	return as_of - p->first;
}

int64_t purchase_repeat_minor(const struct purchase *p)
{
	assert(p->days > 0);
	return p->total_minor - p->before_minor - p->first_minor;
}
