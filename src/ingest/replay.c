/* Customers whose rows did not come in day order: their rows are read back, sorted and added again. Reads raw_block. */
#include "config.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ingest/load_priv.h"
#include "module/transaction.h"

struct replay_row { int64_t minor; day_t day, counts; };

/* The dirty customers of one pass: codes from..to-1, each with its place in rows[]. */
struct pass {
	int32_t            from, to;
	size_t             rows;
	size_t            *place;  /* place[code - from]: where the customer's next row goes */
	struct replay_row *row;
};

static size_t rows_of(const struct purchase *p)
{
	return (size_t)p->sales + (size_t)p->refunds;
}

/* As many customers from `from` on as fit, one at least. */
static void choose(const struct load *l, int32_t from, struct pass *out)
{
	size_t  rows = 0;
	int32_t i = from;

	for (; i < l->book.n; i++) {
		size_t more = l->book.state[i].dirty ? rows_of(&l->book.state[i]) : 0;

		if (rows > 0 && rows + more > REPLAY_ROWS)
			break;
		rows += more;
	}
	*out = (struct pass){ .from = from, .to = i, .rows = rows };
}

static bool make_room(const struct load *l, struct pass *p)
{
	size_t at = 0;

	p->place = mem_try((size_t)(p->to - p->from), sizeof *p->place);
	p->row = mem_try(p->rows, sizeof *p->row);
	if (p->place == NULL || p->row == NULL)
		return false;
	for (int32_t i = p->from; i < p->to; i++) {
		p->place[i - p->from] = at;
		at += l->book.state[i].dirty ? rows_of(&l->book.state[i]) : 0;
	}
	return true;
}

struct blocks { struct load *l; struct pass *p; };

static enum rc take_block(void *user, const struct transactions *t)
{
	struct blocks *b = user;
	struct pass   *p = b->p;

	for (size_t k = 0; k < t->n; k++) {
		int32_t i = t->customer[k] - 1;

		if (i >= p->from && i < p->to && t->counts[k] != COUNTS_NOT && b->l->book.state[i].dirty)
			p->row[p->place[i - p->from]++] = (struct replay_row){ t->minor[k], t->day[k], t->counts[k] };
	}
	return run_tick(b->l->run, "rows read again", t->first_row + (int64_t)t->n - 1, b->l->last_row);
}

static enum rc read_rows(struct load *l, struct pass *p)
{
	struct blocks b = { l, p };

	return transaction_scan(l->store, 1, l->last_row, take_block, &b);
}

static int by_day(const void *a, const void *b)
{
	const struct replay_row *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

/* Order within a day does not matter: the state keeps sums of days. */
static enum rc add_again(struct load *l, const struct pass *p)
{
	struct replay_row *row = p->row;

	for (int32_t i = p->from; i < p->to; i++) {
		struct purchase *s = &l->book.state[i];

		if (!s->dirty)
			continue;
		struct replay_row *end = p->row + p->place[i - p->from], *next = row + rows_of(s);

		qsort(row, (size_t)(end - row), sizeof *row, by_day);
		purchase_init(s);
		for (; row < end; row++)
			if (!purchase_add_on(s, row->day, row->counts, row->minor))
				return err_set(RC_DATA, "CSV-128", "the amounts of one customer add up to more than can be kept");
		row = next;
	}
	return RC_OK;
}

static enum rc replay_pass(struct load *l, struct pass *p)
{
	enum rc rc;

	if (p->rows == 0)
		return RC_OK;
	rc = make_room(l, p) ? read_rows(l, p) : err_set(RC_NOMEM, "CSV-126", "no memory to put %zu rows in order", p->rows);
	if (rc == RC_OK)
		rc = add_again(l, p);
	free(p->place);
	free(p->row);
	return rc;
}

enum rc replay_dirty(struct load *l)
{
	enum rc rc = RC_OK;
	struct pass p;

	for (int32_t from = 0; rc == RC_OK && from < l->book.n; from = p.to) {
		choose(l, from, &p);
		rc = replay_pass(l, &p);
	}
	return rc;
}
