/* Replays rows into purchase states up to a day. The import keeps the same states for the newest day; this
 * is for the days before it. Reads raw_transaction only, in file order and without an index. Owns no
 * table. */
#include "config.h"

#include "features/replay.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/query.h"

enum { TICK_ROWS = 8192, AHEAD = 64, MARK_OPEN = -1 };

struct late_row {
	int64_t minor;
	day_t   day;
};

/* The late customers lo..hi and their rows, each customer's in a stretch of its own. */
struct late {
	int64_t          lo, hi;
	size_t           rows, limit;
	size_t          *next;   /* next[c - lo]: where the next row goes; after the fill, the end of the stretch */
	struct late_row *row;
};

static void start_customer(struct replay *r, int64_t c)
{
	purchase_init(&r->state[c]);
	for (size_t k = 0; k < r->cuts; k++)
		r->mark[k][c].days = MARK_OPEN;
}

static void take_mark(struct replay *r, size_t k, int64_t c)
{
	const struct purchase *p = &r->state[c];
	if (r->mark[k][c].days == MARK_OPEN)
		r->mark[k][c] = (struct replay_mark){ .total_minor = p->total_minor, .last = p->last, .days = p->days };
}

static enum rc add_row(struct replay *r, int64_t c, day_t day, int64_t minor)
{
	for (size_t k = 0; k < r->cuts && day > r->cut[k]; k++)
		take_mark(r, k, c);
	if (purchase_add(&r->state[c], day, minor))
		return RC_OK;
	return err_set(RC_DATA, "FEAT-103", "the amounts of customer number %lld are too large to add up", (long long)c);
}

static int64_t minor_of(struct query *q)
{
	return query_is_null(q, 2) ? MONEY_NONE : query_int(q, 2);
}

struct row {
	int64_t c, minor;
	day_t   day;
};

/* The states are larger than the caches and rows name them in no order: they are fetched while other rows
 * are read. */
static void fetch_ahead(const struct replay *r, int64_t c)
{
	__builtin_prefetch(&r->state[c], 1);
	__builtin_prefetch(&r->state[c].total_minor, 1);
	for (size_t k = 0; k < r->cuts; k++)
		__builtin_prefetch(&r->mark[k][c], 1);
}

static enum rc add_rows(struct replay *r, const struct row *row, size_t n)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < n; i++)
		rc = add_row(r, row[i].c, row[i].day, row[i].minor);
	return rc;
}

static enum rc scan(struct run *run, struct replay *r)
{
	struct query *q;
	struct row    ahead[AHEAD];
	bool          more;
	int64_t       done = 0;
	enum rc       rc = query_open(run->store, "statement/features_rows", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, r->end);
	while (!(rc = query_step(q, &more)) && more) {
		struct row *row = &ahead[done++ % AHEAD];
		*row = (struct row){ .c = query_int(q, 0), .day = (day_t)query_int(q, 1), .minor = minor_of(q) };
		assert(row->c >= 1 && row->c <= r->customers);
		fetch_ahead(r, row->c);
		if (done % AHEAD == 0 && (rc = add_rows(r, ahead, AHEAD)))
			break;
		if (done % TICK_ROWS == 0 && (rc = run_tick(run, "rows", done, 0)))
			break;
	}
	query_close(q);
	return rc ? rc : add_rows(r, ahead, (size_t)(done % AHEAD));
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

static enum rc fill_stretches(struct run *run, const struct replay *r, struct late *l)
{
	struct query *q;
	bool          row;
	int64_t       done = 0;
	enum rc       rc = query_open(run->store, "statement/features_rows_between", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, r->end);
	query_bind_int(q, 2, l->lo);
	query_bind_int(q, 3, l->hi);
	while (!(rc = query_step(q, &row)) && row) {
		int64_t c = query_int(q, 0);
		if (r->state[c].dirty)
			l->row[l->next[c - l->lo]++] = (struct late_row){ .minor = minor_of(q), .day = (day_t)query_int(q, 1) };
		if (++done % TICK_ROWS == 0 && (rc = run_tick(run, "rows", done, 0)))
			break;
	}
	query_close(q);
	return rc;
}

static int by_day(const void *a, const void *b)
{
	const struct late_row *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

static enum rc replay_stretches(struct replay *r, struct late *l)
{
	size_t from = 0;
	for (int64_t c = l->lo; c <= l->hi; c++) {
		size_t to = l->next[c - l->lo];
		if (!r->state[c].dirty)
			continue;
		qsort(l->row + from, to - from, sizeof *l->row, by_day);
		start_customer(r, c);
		for (; from < to; from++) {
			enum rc rc = add_row(r, c, l->row[from].day, l->row[from].minor);
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
			rc = fill_stretches(run, r, &l);
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
	for (int64_t c = 0; ok && c <= r->customers; c++)
		start_customer(r, c);
	return ok;
}

enum rc replay_rows(struct run *run, int64_t customers, day_t end, const day_t *cut, size_t cuts, size_t sort_rows,
	struct replay *out)
{
	assert(cuts <= REPLAY_MARKS);
	struct replay r = { .customers = customers, .end = end, .cuts = cuts };
	for (size_t k = 0; k < cuts; k++)
		r.cut[k] = cut[k];
	enum rc rc = RC_OK;
	if (!make_states(&r))
		rc = err_set(RC_NOMEM, "FEAT-105", "not enough memory for %lld customers", (long long)customers);
	if (!rc)
		rc = scan(run, &r);
	if (!rc)
		rc = replay_late(run, &r, sort_rows);
	if (rc) {
		replay_clear(&r);
		return rc;
	}
	for (size_t k = 0; k < cuts; k++)
		for (int64_t c = 1; c <= customers; c++)
			take_mark(&r, k, c);
	*out = r;
	return RC_OK;
}

void replay_clear(struct replay *r)
{
	free(r->state);
	for (size_t k = 0; k < REPLAY_MARKS; k++)
		free(r->mark[k]);
	*r = (struct replay){ 0 };
}

struct purchase replay_at(const struct replay *r, size_t k, int64_t customer)
{
	struct purchase           p = r->state[customer];
	const struct replay_mark *m = &r->mark[k][customer];
	p.days = m->days;
	p.last = m->last;
	p.total_minor = m->total_minor;
	if (!m->days)
		p.first = DAY_NONE;
	return p;
}
