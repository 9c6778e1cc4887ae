/* Where the windows lie, and a cohort in memory at any cut. Definitions of features are module/purchase's;
 * the scan is replay's. Reads raw_customer, raw_file and, through replay, raw_block. Owns no table. */
#include "config.h"

#include "features/horizon.h"

#include <string.h>

#include "features/replay.h"
#include "store/query.h"
#include "store/scan.h"

enum { HOLD_LEAST = 2 }; /* days */

/* Days of a block of customers, and what they span so far. */
struct days {
	struct span *span;
	int64_t      customer;  /* the last one */
	int32_t      first[SCAN_BLOCK], open[SCAN_BLOCK];
};

static enum rc widen(void *user, size_t n)
{
	struct days *d = user;
	struct span *s = d->span;
	for (size_t i = 0; i < n; i++) {
		bool bought = d->first[i] != DAY_NONE, early = bought && s->skip && d->first[i] < s->from;
		d->customer++;
		if (d->open[i] > s->last)
			s->last = d->open[i];
		if (early && d->customer <= s->customers)
			s->skip[d->customer] = 1;
		s->before += early;
		if (bought && !early && (s->first == DAY_NONE || d->first[i] < s->first))
			s->first = d->first[i];
	}
	return RC_OK;
}

static enum rc read_days(struct store *s, struct span *out)
{
	struct days d = { .span = out };
	const struct scan_column column[] = { { SCAN_I32, d.first }, { SCAN_I32, d.open } };
	const struct scan scan = { .column = column, .columns = 2, .block = SCAN_BLOCK, .take = widen, .user = &d };
	return store_scan(s, "statement/features_days", &scan, "");
}

static enum rc nobody_left(const struct span *s)
{
	char text[16];
	day_format(text, s->from);
	return err_do(err_set(RC_DATA, "FEAT-108", "all %lld customers first bought before %s, where the cohort begins", (long long)s->before, text),
		"choose an earlier day for cohort_from, or leave it out");
}

enum rc span_read(struct run *run, struct arena *a, struct span *out)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(run->store, "statement/features_span", &q);
	if (rc)
		return rc;
	rc = query_step(q, &row);
	*out = (struct span){ .first = DAY_NONE, .last = DAY_NONE, .from = settings_day(run->settings, "cohort_from") };
	if (!rc && row) {
		out->customers = query_int(q, 0);
		out->has_money = query_int(q, 1) != 0;
		out->decimals = (int)query_int(q, 2);
	}
	query_close(q);
	if (out->from != DAY_NONE)
		out->skip = arena_alloc(a, (size_t)out->customers + 1, 1);
	if (!rc)
		rc = read_days(run->store, out);
	return !rc && out->first == DAY_NONE && out->before ? nobody_left(out) : rc;
}

bool horizon_backtest(day_t first, day_t as_of, int64_t horizon_days, day_t *cut, int32_t *hold_days)
{
	int64_t third = ((int64_t)as_of - first) / 3;
	int64_t hold = horizon_days < third ? horizon_days : third;
	if (hold < HOLD_LEAST)
		return false;
	*cut = (day_t)(as_of - hold);
	*hold_days = (int32_t)hold;
	return true;
}

bool horizon_spend_ok(const struct purchase *p, bool has_money)
{
	return has_money && (p->days == 1 || purchase_repeat_minor(p) > 0);
}

/* The replay of a cohort: marks at the cut and one holdout before it, or no marks when it ends at the cut. */
static struct purchase at_cut(const struct replay *r, int64_t customer)
{
	return r->cuts ? replay_at(r, 1, customer) : r->state[customer];
}

void horizon_put(struct cohort *c, size_t i, int64_t customer, const struct purchase *p,
	const struct replay_mark *before, const struct purchase *end)
{
	c->customer[i] = (int32_t)customer;
	c->x[i] = purchase_frequency(p);
	c->t_x[i] = purchase_recency(p);
	c->t[i] = purchase_age(p, c->as_of);
	c->first_minor[i] = c->has_money ? p->first_minor : 0;
	c->repeat_minor[i] = c->has_money ? purchase_repeat_minor(p) : 0;
	c->spend_ok[i] = horizon_spend_ok(p, c->has_money);
	if (!c->hold_days)
		return;
	c->hold_x[i] = end->days - p->days;
	c->last_x[i] = p->days - before->days;
	c->hold_minor[i] = c->has_money ? end->total_minor - p->total_minor : 0;
	c->last_minor[i] = c->has_money ? p->total_minor - before->total_minor : 0;
}

static enum rc collect(struct arena *a, const struct replay *r, struct cohort *c)
{
	for (int64_t i = 1; i <= r->customers; i++)
		c->n += at_cut(r, i).days > 0;
	size_t  n = 0;
	enum rc rc = cohort_arrays(a, c);
	if (rc)
		return rc;
	for (int64_t i = 1; i <= r->customers; i++) {
		struct purchase p = at_cut(r, i);
		if (p.days > 0)
			horizon_put(c, n++, i, &p, r->cuts ? &r->mark[0][i] : NULL, &r->state[i]);
	}
	return RC_OK;
}

static enum rc keep_repeats(struct arena *a, const struct replay *r, struct cohort *c)
{
	c->repeats_from = r->from;
	c->repeats = arena_try(a, (size_t)(c->as_of - r->from) + 1, sizeof *c->repeats);
	if (!c->repeats)
		return err_set(RC_NOMEM, "FEAT-105", "not enough memory for %d days", c->as_of - r->from + 1);
	for (day_t d = r->from; d <= c->as_of; d++)
		c->repeats[d - r->from] = r->day[d - r->from].buyers - r->day[d - r->from].fresh;
	return RC_OK;
}

enum rc horizon_cohort(struct run *run, struct arena *a, day_t cut, day_t hold_end, struct cohort *out)
{
	struct span span;
	bool        hold = hold_end != DAY_NONE;
	char        text[16];
	enum rc     rc = span_read(run, a, &span);
	if (rc)
		return rc;
	day_format(text, cut);
	if (hold && hold_end <= cut)
		return err_set(RC_USAGE, "FEAT-106", "the holdout must end after the calibration, which ends %s", text);
	if (span.first == DAY_NONE || span.first > cut)
		return err_set(RC_DATA, "FEAT-101", "there is no purchase up to %s", text);

	struct cohort c = { .as_of = cut, .has_money = span.has_money, .decimals = span.decimals };
	c.hold_days = hold ? hold_end - cut : 0;
	const day_t   cuts[] = { cut - c.hold_days, cut };
	struct replay r;
	const struct replay_ask ask = {
		.customers = span.customers, .end = hold ? hold_end : cut, .cut = cuts, .cuts = hold ? 2 : 0, .from = span.first, .first = span.first,
		.skip = span.skip, .sort_rows = REPLAY_SORT_ROWS,
	};
	rc = replay_rows(run, &ask, &r);
	if (rc)
		return rc;
	rc = collect(a, &r, &c);
	c.log_gaps = replay_log_gaps(&r);
	rc = rc ? rc : keep_repeats(a, &r, &c);
	replay_clear(&r);
	if (!rc)
		*out = c;
	return rc;
}
