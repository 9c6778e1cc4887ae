/* Finds the sale of each return, customer by customer. Owns raw_return; sets where rows of raw_block count. Not here: what a return does
 * to a customer's state (module/purchase). */
#include "config.h"

#include "ingest/returns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/load_priv.h"
#include "ingest/match.h"
#include "module/transaction.h"
#include "store/query.h"

enum mode { AS_WRITTEN, NET, APART };

/* By what a return finds its sale, in this order. */
enum by { BY_BOTH, BY_ORDER, BY_COLUMNS, BYS };

static const char *const by_name[BYS] = { "order", "order", "columns" };

struct line {
	struct match match;
	int64_t  row, minor, left; /* left: of a sale */
	int32_t  customer;
	day_t    day, counts;
	uint32_t below[BYS];       /* the sale that was on top of the stack before this one: its place + 1 */
};

struct change { int64_t row; int32_t customer; day_t counts; };

struct work {
	struct load *load;
	enum mode    mode;
	bool         amount;    /* rows without hashes are matched by equal amounts */
	bool         all;       /* every customer is looked at: the settings changed */
	int32_t      from, to;  /* of this pass: customers from .. to - 1, counted from 0 */
	size_t      *place;     /* place[customer - from]: where the next line goes; afterwards, where the customer's end */
	struct line *line;
	size_t       lines;
	struct match *match;    /* of the block at hand */
	struct keyset *top;     /* of the stacks of sales: hash -> place + 1 */
	struct change *change;
	size_t       changes, cap;
};

/* Which customers */

static bool chosen(const struct work *w, int32_t i)
{
	const struct load *l = w->load;

	return l->book.state[i].refunds > 0 && (w->all || i >= l->stored || book_changed(&l->book, i + 1));
}

static size_t rows_of(const struct purchase *p)
{
	return (size_t)p->sales + (size_t)p->refunds;
}

/* As many customers as fit, one at least. */
static void choose(struct work *w, int32_t from)
{
	int32_t i = from;

	w->from = from;
	w->lines = 0;
	for (; i < w->load->book.n; i++) {
		size_t more = chosen(w, i) ? rows_of(&w->load->book.state[i]) : 0;

		if (w->lines > 0 && w->lines + more > RETURN_LINES)
			break;
		w->lines += more;
	}
	w->to = i;
}

static bool make_room(struct work *w)
{
	size_t at = 0;

	w->place = mem_try((size_t)(w->to - w->from), sizeof *w->place);
	w->line = mem_try(w->lines, sizeof *w->line);
	if (w->place == NULL || w->line == NULL)
		return false;
	for (int32_t i = w->from; i < w->to; i++) {
		w->place[i - w->from] = at;
		at += chosen(w, i) ? rows_of(&w->load->book.state[i]) : 0;
	}
	return true;
}

/* Their rows */

static bool wanted(const struct work *w, const struct transactions *t, size_t k)
{
	int32_t i = t->customer[k] - 1;

	return i >= w->from && i < w->to && t->counts[k] != COUNTS_NOT && t->minor[k] != MONEY_NONE && chosen(w, i);
}

/* Equal amounts, where nothing else is known of a row. */
static struct match by_amount(int64_t minor)
{
	const uint64_t size = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;

	return (struct match){ .same = keyset_hash(UINT64_C(0x616D6F756E74), (const char *)&size, sizeof size) };
}

static enum rc take_block(void *user, const struct transactions *t)
{
	struct work *w = user;
	bool    read = false;
	enum rc rc = RC_OK;

	for (size_t k = 0; rc == RC_OK && k < t->n; k++) {
		if (!wanted(w, t, k))
			continue;
		if (!read)
			rc = match_read(w->load->store, t->first_row, w->match, t->n);
		read = true;
		struct match m = w->match[k].of == 0 && w->match[k].same == 0 && w->amount ? by_amount(t->minor[k]) : w->match[k];

		w->line[w->place[t->customer[k] - 1 - w->from]++] = (struct line){
			.match = m, .row = t->first_row + (int64_t)k, .minor = t->minor[k], .left = t->minor[k] > 0 ? t->minor[k] : 0,
			.customer = t->customer[k], .day = t->day[k], .counts = t->counts[k],
		};
	}
	return rc == RC_OK ? run_tick(w->load->run, "returns", t->first_row, w->load->last_row) : rc;
}

/* Matching */

/* Days ascend, sales of a day stand before its returns; equal rows may stand in any order, and what is found is the same for all orders. */
static int by_order(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if ((x->minor < 0) != (y->minor < 0))
		return x->minor < 0 ? 1 : -1;
	if (x->match.of != y->match.of)
		return x->match.of < y->match.of ? -1 : 1;
	if (x->match.same != y->match.same)
		return x->match.same < y->match.same ? -1 : 1;
	if (x->minor != y->minor)
		return x->minor < y->minor ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* The stack that a line belongs to; 0: none. */
static uint64_t stack_of(const struct line *x, enum by by)
{
	uint64_t key = by == BY_COLUMNS ? x->match.same : x->match.of;

	if (key == 0 || (by == BY_BOTH && x->match.same == 0))
		return 0;
	if (by == BY_BOTH)
		key = keyset_hash(key, (const char *)&x->match.same, sizeof x->match.same);
	key = keyset_hash(key, (const char *)&x->customer, sizeof x->customer);
	return keyset_hash(key, (const char *)&(uint32_t){ by }, sizeof(uint32_t));
}

static enum rc push(struct work *w, size_t i)
{
	enum rc rc = RC_OK;

	for (int by = 0; rc == RC_OK && by < BYS; by++) {
		uint64_t key = stack_of(&w->line[i], (enum by)by), top = i + 1;
		enum keyset_found found = KEYSET_NEW;

		if (key == 0)
			continue;
		rc = keyset_put(w->top, key, &top, &found);
		if (rc == RC_OK && found == KEYSET_OTHER) {
			w->line[i].below[by] = (uint32_t)top;
			keyset_set(w->top, key, i + 1);
		}
	}
	return rc;
}

struct found { int64_t minor; const struct line *sale; enum by by; };

/* Take from the sales of one stack, the latest first. */
static void take(struct work *w, const struct line *r, enum by by, struct found *f)
{
	uint64_t key = stack_of(r, by), top = 0;

	if (key == 0 || !keyset_get(w->top, key, &top))
		return;
	while (top != 0 && f->minor > r->minor) {
		struct line *sale = &w->line[top - 1];
		int64_t need = f->minor - r->minor, part = need < sale->left ? need : sale->left;

		if (part > 0 && f->sale == NULL) {
			f->sale = sale;
			f->by = by;
		}
		sale->left -= part;
		f->minor -= part;
		if (sale->left == 0)
			top = sale->below[by];
	}
	keyset_set(w->top, key, top);
}

static day_t counts_of(const struct work *w, const struct line *r, const struct found *f)
{
	if (r->minor >= 0 || w->mode == AS_WRITTEN)
		return COUNTS_OWN;
	if (w->mode == APART)
		return COUNTS_APART;
	return f->sale != NULL && f->sale->day < r->day ? f->sale->day : COUNTS_OWN;
}

static void note_change(struct work *w, const struct line *r, day_t counts)
{
	if (r->counts == counts)
		return;
	if (w->changes == w->cap) {
		w->cap = w->cap == 0 ? 256 : 2 * w->cap;
		w->change = mem_grow(w->change, w->cap, sizeof *w->change);
	}
	w->change[w->changes++] = (struct change){ r->row, r->customer, counts };
}

static enum rc keep(struct work *w, const struct line *r, const struct found *f)
{
	const char *by = f->sale == NULL ? NULL : w->amount && r->match.same == by_amount(r->minor).same ? "amount" : by_name[f->by];

	if (f->sale == NULL)
		return query_run(w->load->store, "statement/ingest_return_put", "iiiiinnn", r->row, (int64_t)r->customer, (int64_t)r->day, r->minor, INT64_C(0));
	return query_run(w->load->store, "statement/ingest_return_put", "iiiiitii", r->row, (int64_t)r->customer, (int64_t)r->day, r->minor, f->minor, by,
		f->sale->row, (int64_t)f->sale->day);
}

static enum rc match_customer(struct work *w, size_t from, size_t to)
{
	enum rc rc = RC_OK;

	qsort(w->line + from, to - from, sizeof *w->line, by_order);
	for (size_t i = from; rc == RC_OK && i < to; i++) {
		const struct line *r = &w->line[i];
		struct found f = { 0 };

		if (r->minor >= 0) {
			rc = push(w, i);
		} else {
			for (int by = 0; by < BYS; by++)
				take(w, r, (enum by)by, &f);
			rc = keep(w, r, &f);
		}
		note_change(w, r, counts_of(w, r, &f));
	}
	return rc;
}

static enum rc match_customers(struct work *w)
{
	size_t  from = 0;
	enum rc rc = RC_OK;

	w->top = keyset_new();
	for (int32_t i = w->from; rc == RC_OK && i < w->to; i++) {
		size_t to = w->place[i - w->from];

		if (!chosen(w, i))
			continue;
		rc = match_customer(w, from, to);
		from += rows_of(&w->load->book.state[i]);
	}
	keyset_free(w->top);
	w->top = NULL;
	return rc;
}

static enum rc match_pass(struct work *w)
{
	enum rc rc;

	if (w->lines == 0)
		return RC_OK;
	rc = make_room(w) ? transaction_scan(w->load->store, 1, w->load->last_row, take_block, w)
	                  : err_set(RC_NOMEM, "CSV-126", "no memory to match the returns among %zu rows", w->lines);
	if (rc == RC_OK)
		rc = match_customers(w);
	free(w->place);
	free(w->line);
	w->place = NULL;
	w->line = NULL;
	return rc;
}

/* Where rows count now */

static int by_row(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

static enum rc write_changes(struct work *w)
{
	struct load *l = w->load;
	struct transactions *t = mem_new(1, sizeof *t);
	enum rc rc = RC_OK;

	if (w->changes > 0)
		qsort(w->change, w->changes, sizeof *w->change, by_row);
	for (size_t i = 0; rc == RC_OK && i < w->changes;) {
		rc = load_read_block(l->store, w->change[i].row, t);
		for (; rc == RC_OK && i < w->changes && w->change[i].row < t->first_row + (int64_t)t->n; i++) {
			t->counts[w->change[i].row - t->first_row] = w->change[i].counts;
			book_mark(&l->book, w->change[i].customer);
		}
		if (rc == RC_OK)
			rc = load_write_block(l->store, t);
	}
	free(t);
	return rc;
}

/* All */

/* How the store's returns count by the settings, and whether they do: they do not after a change of the settings. */
static enum rc compare_fact(struct store *s, struct arena *a, const char *mode, bool amount, const char **now, bool *differs)
{
	char *fact = NULL;
	enum rc rc = query_get_text(s, a, "statement/ingest_fact_get", &fact, "t", "returns");

	*now = arena_printf(a, "%s%s", mode, amount ? ", by amount" : "");
	*differs = rc == RC_OK && strcmp(fact != NULL ? fact : "as-written", *now) != 0;
	return rc;
}

static enum rc look_at_fact(struct work *w, const char *mode)
{
	const char *now;
	enum rc rc = compare_fact(w->load->store, w->load->run->arena, mode, w->amount, &now, &w->all);

	return rc == RC_OK && w->all ? query_run(w->load->store, "statement/ingest_fact_set", "tt", "returns", now) : rc;
}

enum rc returns_outdated(struct store *s, struct arena *a, const struct settings *settings, bool *out)
{
	const char *now;

	return compare_fact(s, a, settings_text(settings, "import.returns"), settings_bool(settings, "import.match_amount"), &now, out);
}

/* Customers may have had returns that are gone. */
static enum rc drop_old(const struct work *w)
{
	const struct load *l = w->load;
	enum rc rc = RC_OK;

	for (int32_t i = 0; rc == RC_OK && i < l->stored; i++)
		if (w->all || book_changed(&l->book, i + 1))
			rc = query_run(l->store, "statement/ingest_returns_drop", "i", (int64_t)i + 1);
	return rc;
}

enum rc returns_match(struct load *l)
{
	struct work w = { .load = l, .amount = run_bool(l->run, "import.match_amount") };
	const char *mode = run_text(l->run, "import.returns");
	int64_t there = 0; /* 1: rows with hashes; 2: returns */
	enum rc rc = look_at_fact(&w, mode);

	w.mode = strcmp(mode, "net") == 0 ? NET : strcmp(mode, "apart") == 0 ? APART : AS_WRITTEN;
	if (rc == RC_OK)
		rc = query_get_int(l->store, "statement/ingest_match_any", &there, "");
	if (rc != RC_OK || (there == 0 && w.mode == AS_WRITTEN && !w.amount && !w.all))
		return rc;
	if (there >= 2)
		rc = drop_old(&w);
	w.match = mem_new(MATCH_BLOCK, sizeof *w.match);
	for (int32_t from = 0; rc == RC_OK && from < l->book.n; from = w.to) {
		choose(&w, from);
		rc = match_pass(&w);
	}
	if (rc == RC_OK)
		rc = write_changes(&w);
	free(w.match);
	free(w.change);
	l->rematched = w.all;
	return rc;
}

enum rc returns_json(struct store *s, int decimals, struct js **out)
{
	static const char *const name[] = { "rows", "matched", "partly" };
	double scale = 1;
	struct query *q = NULL;
	struct js *js = NULL;
	bool    row = false;
	enum rc rc = query_open(s, "statement/ingest_returns_total", &q);

	for (; decimals > 0; decimals--)
		scale *= 10;
	if (rc == RC_OK)
		rc = query_step(q, &row);
	if (rc == RC_OK && row && query_int(q, 0) > 0) {
		js = js_object();
		for (int i = 0; i < 3; i++)
			js_set_int(js, name[i], query_int(q, i));
		js_set_int(js, "unmatched", query_int(q, 0) - query_int(q, 1) - query_int(q, 2));
		js_set_real(js, "amount", (double)query_int(q, 3) / scale);
		js_set_real(js, "matched_amount", (double)query_int(q, 4) / scale);
	}
	query_close(q);
	*out = js;
	return rc;
}
