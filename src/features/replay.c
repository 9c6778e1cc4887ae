/* Replays rows into purchase states up to a day. The import keeps the same states for the newest day; this
 * is for the days before it. Reads raw_block only, whole and in file order. Owns no table. */
#include "config.h"

#include "features/replay.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "module/transaction.h"

enum { AHEAD = 16 };

/* Rows as they are read. */
struct rows {
	struct run    *run;
	struct replay *replay;
	const uint8_t *skip;  /* of the ask */
	struct late   *late;  /* whose rows are collected; NULL: all rows are replayed */
	int64_t        done;
};

struct late_row {
	int64_t minor;
	day_t   day, counts;
};

/* The late customers lo..hi and their rows, each customer's in a stretch of its own. */
struct late {
	int64_t          lo, hi;
	size_t           rows, limit;
	size_t          *next;   /* next[c - lo]: where the next row goes; after the fill, the end of the stretch */
	struct late_row *row;
};

/* A mark is the state before the first row after its cut. */
static void take_mark(struct replay *r, size_t k, int64_t c)
{
	const struct purchase *p = &r->state[c];
	r->mark[k][c] = (struct replay_mark){
		.total_minor = p->total_minor, .first_minor = p->first_minor, .last = p->last, .days = p->days,
	};
}

static enum rc too_large(int64_t c)
{
	return err_set(RC_DATA, "FEAT-103", "the amounts of customer number %lld are too large to add up", (long long)c);
}

/* Add a row to the state, and what it changed, `times` over, to its day and to the gaps: a new purchase day is known by the count of days. */
static bool count_row(struct replay *r, struct purchase *p, const struct late_row *row, int32_t times)
{
	day_t   day = row->day;
	int32_t days = p->days;
	day_t   last = p->last;
	if (!purchase_add_on(p, day, row->counts, row->minor))
		return false;
	if (r->first != DAY_NONE && days > 0 && p->days > days) {
		r->gaps.at_end[day - last] += times;
		if (r->cuts && day <= r->cut[r->cuts - 1])
			r->gaps.at_cut[day - last] += times;
	}
	if (r->from == DAY_NONE || day < r->from || p->days == days)
		return true;
	struct replay_day *d = &r->day[day - r->from];
	d->buyers += times;
	d->fresh += days == 0 ? times : 0;
	d->known += days > 0 && r->cuts && p->first <= r->cut[r->cuts - 1] ? times : 0;
	return true;
}

static bool add_money(struct replay *r, const struct late_row *row)
{
	day_t    day = row->counts == COUNTS_OWN ? row->day : row->counts; /* COUNTS_APART lies before every `from` */
	int64_t *sum = r->from == DAY_NONE || day < r->from || row->minor == MONEY_NONE ? NULL : &r->day[day - r->from].minor;
	return !sum || !__builtin_add_overflow(*sum, row->minor, sum);
}

static enum rc add_row(struct replay *r, int64_t c, const struct late_row *row)
{
	struct purchase *p = &r->state[c];
	for (size_t k = 0; k < r->cuts && row->day > r->cut[k]; k++)
		if (p->open <= r->cut[k])
			take_mark(r, k, c);
	return count_row(r, p, row, 1) ? RC_OK : too_large(c);
}

/* The states are larger than the caches and rows name them in no order: they are fetched while the rows
 * before them are added. */
static void fetch_ahead(const struct replay *r, int64_t c)
{
	__builtin_prefetch(&r->state[c], 1);
	__builtin_prefetch(&r->state[c].total_minor, 1);
}

static enum rc add_rows(void *user, const struct transactions *t)
{
	struct rows   *rows = user;
	struct replay *r = rows->replay;
	enum rc        rc = RC_OK;
	for (size_t i = 0; !rc && i < t->n; i++) {
		if (i + AHEAD < t->n)
			fetch_ahead(r, t->customer[i + AHEAD]);
		if (t->day[i] > r->end || t->counts[i] == COUNTS_NOT || (rows->skip && rows->skip[t->customer[i]]))
			continue;
		const struct late_row row = { .minor = t->minor[i], .day = t->day[i], .counts = t->counts[i] };
		assert(t->customer[i] >= 1 && t->customer[i] <= r->customers);
		rc = add_row(r, t->customer[i], &row);
		if (!rc && !add_money(r, &row))
			rc = too_large(t->customer[i]);
	}
	rows->done += (int64_t)t->n;
	return rc ? rc : run_tick(rows->run, "rows", rows->done, 0);
}

static enum rc collect_rows(void *user, const struct transactions *t)
{
	struct rows *rows = user;
	struct late *l = rows->late;
	for (size_t i = 0; i < t->n; i++) {
		int32_t c = t->customer[i];
		if (c >= l->lo && c <= l->hi && t->day[i] <= rows->replay->end && t->counts[i] != COUNTS_NOT && rows->replay->state[c].dirty)
			l->row[l->next[c - l->lo]++] = (struct late_row){ .minor = t->minor[i], .day = t->day[i], .counts = t->counts[i] };
	}
	rows->done += (int64_t)t->n;
	return run_tick(rows->run, "rows", rows->done, 0);
}

/* All rows, or those of late customers. */
static enum rc scan(struct run *run, struct replay *r, const uint8_t *skip, struct late *l)
{
	struct rows rows = { .run = run, .replay = r, .skip = skip, .late = l };
	return transaction_scan(run->store, 1, INT64_MAX - 1, l ? collect_rows : add_rows, &rows);
}

/* The next late customers from l->hi + 1 on; false when there are none. */
static bool next_late(const struct replay *r, struct late *l)
{
	int64_t c = l->hi + 1;
	while (c <= r->customers && !r->state[c].dirty)
		c++;
	l->lo = l->hi = c;
	l->rows = 0;
	for (; c <= r->customers; c++) {
		const struct purchase *p = &r->state[c];
		size_t rows = (size_t)p->sales + (size_t)p->refunds;
		if (!p->dirty)
			continue;
		if (c > l->lo && l->rows + rows > l->limit)
			break;
		l->rows += rows;
		l->hi = c;
	}
	return l->lo <= r->customers;
}

static bool make_stretches(const struct replay *r, struct late *l)
{
	size_t at = 0;
	l->row = mem_try(l->rows, sizeof *l->row);
	l->next = mem_try((size_t)(l->hi - l->lo) + 1, sizeof *l->next);
	if (!l->row || !l->next)
		return false;
	for (int64_t c = l->lo; c <= l->hi; c++) {
		const struct purchase *p = &r->state[c];
		l->next[c - l->lo] = at;
		at += p->dirty ? (size_t)p->sales + (size_t)p->refunds : 0;
	}
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct late_row *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

/* Take from the days what the rows brought in file order; they were added up once already, so they do again. */
static void uncount(struct replay *r, const struct late_row *row, size_t n)
{
	struct purchase p;
	purchase_init(&p);
	for (size_t i = 0; i < n && (r->from != DAY_NONE || r->first != DAY_NONE); i++)
		count_row(r, &p, &row[i], -1);
}

static enum rc replay_stretches(struct replay *r, struct late *l)
{
	size_t from = 0;
	for (int64_t c = l->lo; c <= l->hi; c++) {
		size_t to = l->next[c - l->lo];
		if (!r->state[c].dirty)
			continue;
		uncount(r, l->row + from, to - from);
		qsort(l->row + from, to - from, sizeof *l->row, by_day);
		purchase_init(&r->state[c]);
		for (; from < to; from++) {
			enum rc rc = add_row(r, c, &l->row[from]);
			if (rc)
				return rc;
		}
	}
	return RC_OK;
}

static enum rc replay_late(struct run *run, struct replay *r, size_t sort_rows)
{
	struct late l = { .hi = 0, .limit = sort_rows };
	enum rc     rc = RC_OK;
	while (!rc && next_late(r, &l)) {
		if (!make_stretches(r, &l))
			rc = err_set(RC_NOMEM, "FEAT-104", "not enough memory to sort %zu rows", l.rows);
		if (!rc)
			rc = scan(run, r, NULL, &l); /* nobody who is left out is late */
		if (!rc)
			rc = replay_stretches(r, &l);
		free(l.row);
		free(l.next);
		l.row = NULL;
		l.next = NULL;
	}
	return rc;
}

static bool make_states(struct replay *r)
{
	r->state = mem_try((size_t)r->customers + 1, sizeof *r->state);
	bool ok = r->state;
	for (size_t k = 0; k < r->cuts; k++) {
		r->mark[k] = mem_try((size_t)r->customers + 1, sizeof *r->mark[k]);
		ok = ok && r->mark[k];
	}
	if (r->from != DAY_NONE) {
		r->day = mem_try((size_t)(r->end - r->from) + 1, sizeof *r->day);
		ok = ok && r->day;
	}
	if (r->first != DAY_NONE) {
		r->gaps.at_end = mem_try((size_t)(r->end - r->first) + 1, sizeof *r->gaps.at_end);
		r->gaps.at_cut = r->cuts ? mem_try((size_t)(r->end - r->first) + 1, sizeof *r->gaps.at_cut) : NULL;
		ok = ok && r->gaps.at_end && (r->gaps.at_cut || !r->cuts);
	}
	for (int64_t c = 0; ok && c <= r->customers; c++)
		purchase_init(&r->state[c]);
	return ok;
}

enum rc replay_rows(struct run *run, const struct replay_ask *ask, struct replay *out)
{
	assert(ask->cuts <= REPLAY_MARKS);
	struct replay r = { .customers = ask->customers, .end = ask->end, .cuts = ask->cuts, .from = ask->from, .first = ask->first };
	for (size_t k = 0; k < r.cuts; k++)
		r.cut[k] = ask->cut[k];
	enum rc rc = RC_OK;
	if (!make_states(&r))
		rc = err_set(RC_NOMEM, "FEAT-105", "not enough memory for %lld customers", (long long)r.customers);
	if (!rc)
		rc = scan(run, &r, ask->skip, NULL);
	if (!rc)
		rc = replay_late(run, &r, ask->sort_rows);
	if (rc) {
		replay_clear(&r);
		return rc;
	}
	for (size_t k = 0; k < r.cuts; k++)
		for (int64_t c = 1; c <= r.customers; c++)
			if (r.state[c].open <= r.cut[k])
				take_mark(&r, k, c);
	*out = r;
	return RC_OK;
}

void replay_clear(struct replay *r)
{
	free(r->state);
	free(r->day);
	free(r->gaps.at_end);
	free(r->gaps.at_cut);
	for (size_t k = 0; k < REPLAY_MARKS; k++)
		free(r->mark[k]);
	*r = (struct replay){ 0 };
}

double replay_log_gaps(const struct replay *r)
{
	const int64_t *gaps = r->cuts ? r->gaps.at_cut : r->gaps.at_end;
	double         sum = 0;
	for (day_t d = 1; d <= r->end - r->first; d++)
		sum += gaps[d] ? (double)gaps[d] * log(d) : 0;
	return sum;
}

struct replay_evenness replay_evenness(const struct replay *r)
{
	struct replay_evenness e = { 0 };
	double                 sum = 0;
	for (int64_t c = 1; c <= r->customers; c++) {
		const uint16_t *gap = r->state[c].gap;
		if (gap[1] == 0)
			continue;
		double off = (double)gap[0] / (gap[0] + gap[1]) - 0.5;
		sum += off * off;
		e.customers++;
	}
	e.spread = e.customers ? sum / (double)e.customers : (double)NAN;
	return e;
}

struct purchase replay_at(const struct replay *r, size_t k, int64_t customer)
{
	struct purchase           p = r->state[customer];
	const struct replay_mark *m = &r->mark[k][customer];
	p.days = m->days;
	p.last = m->last;
	p.total_minor = m->total_minor;
	p.first_minor = m->first_minor;
	if (!m->days)
		p.first = DAY_NONE;
	return p;
}
