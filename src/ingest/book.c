/* Customers in memory while files are imported. Not here: how a state follows from rows (module/purchase), tables (load.c). */
#include "config.h"

#include "ingest/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static enum rc no_memory(void)
{
	return err_set(RC_NOMEM, "CSV-126", "no memory for more customers");
}

static enum rc sum_too_large(void)
{
	return err_do(err_set(RC_DATA, "CSV-128", "the amounts of one customer, or of the file, add up to more than can be kept"),
		"look for amounts that are no money");
}

void book_init(struct book *b)
{
	*b = (struct book){ .ids = idmap_new() };
}

void book_clear(struct book *b)
{
	idmap_free(b->ids);
	free(b->state);
	free(b->touched);
	free(b->changed);
	*b = (struct book){ 0 };
}

static bool make_states(struct book *b, int32_t n)
{
	if (n > b->cap) {
		size_t cap = 2 * (size_t)n + IDMAP_BATCH;
		struct purchase *state = mem_try_grow(b->state, cap, sizeof *state);

		if (state == NULL)
			return false;
		b->state = state;
		b->cap = (int32_t)(cap < INT32_MAX ? cap : INT32_MAX);
	}
	for (; b->n < n; b->n++)
		purchase_init(&b->state[b->n]);
	return true;
}

enum rc book_put(struct book *b, struct span id, const struct purchase *state)
{
	int32_t code;

	if (!idmap_codes(b->ids, &id, 1, &code) || !make_states(b, code))
		return no_memory();
	if (code != idmap_count(b->ids) || code < b->n)
		return err_set(RC_DAMAGED, "CSV-131", "customer %d of the store stands there twice", code);
	b->state[code - 1] = *state;
	return RC_OK;
}

/* Bits for all customers there are. What the file before touched joins what the import changed. */
static bool make_bits(struct book *b)
{
	size_t    words = (size_t)idmap_count(b->ids) / 64 + 1;
	uint64_t *touched = mem_try(words, sizeof *touched), *changed = mem_try_grow(b->changed, words, sizeof *changed);

	if (changed != NULL)
		b->changed = changed;
	if (touched == NULL || changed == NULL) {
		free(touched);
		return false;
	}
	for (size_t i = 0; i < words; i++)
		changed[i] = i < b->words ? changed[i] | b->touched[i] : 0;
	free(b->touched);
	b->touched = touched;
	b->words = words;
	return true;
}

enum rc book_file_begin(struct book *b)
{
	if (!make_bits(b))
		return no_memory();
	b->before = idmap_count(b->ids);
	b->file = (struct book_file){ .first = DAY_NONE, .last = DAY_NONE };
	b->revenue = 0;
	return RC_OK;
}

enum rc book_codes(struct book *b, const struct span *id, size_t n, int32_t *code)
{
	return idmap_codes(b->ids, id, n, code) ? RC_OK : no_memory();
}

/* Customers that the file brought are counted by their ids. */
static void touch(struct book *b, int32_t code)
{
	uint64_t bit = UINT64_C(1) << (code & 63);

	if (code > b->before || (b->touched[code / 64] & bit) != 0)
		return;
	b->touched[code / 64] |= bit;
	b->file.customers++;
}

/* One row into the file's sums and the customer's state. false: a sum does not fit. */
static bool add_row(struct book *b, int32_t code, day_t day, int64_t minor)
{
	struct book_file *f = &b->file;
	bool sale = minor == MONEY_NONE || minor >= 0;

	touch(b, code);
	f->refunds += !sale;
	b->revenue += minor == MONEY_NONE ? 0 : minor;
	if (sale && (day < f->first || f->first == DAY_NONE))
		f->first = day;
	if (sale && day > f->last)
		f->last = day;
	return purchase_add(&b->state[code - 1], day, minor);
}

enum rc book_add(struct book *b, const int32_t *code, const int32_t *day, const int64_t *minor, size_t n)
{
	enum { AHEAD = 32 };

	if (!make_states(b, idmap_count(b->ids)))
		return no_memory();
	for (size_t i = 0; i < n; i++) {
		if (i + AHEAD < n) {
			const char *next = (const char *)&b->state[code[i + AHEAD] - 1];

			__builtin_prefetch(next, 1);
			__builtin_prefetch(next + sizeof(struct purchase) - 1, 1);
		}
		if (!add_row(b, code[i], day[i], minor[i]))
			return sum_too_large();
	}
	b->file.rows += (int64_t)n;
	return RC_OK;
}

enum rc book_file_end(const struct book *b, struct book_file *out)
{
	if (b->revenue > INT64_MAX || b->revenue <= INT64_MIN)
		return sum_too_large();
	*out = b->file;
	out->customers += idmap_count(b->ids) - b->before;
	out->revenue_minor = (int64_t)b->revenue;
	return RC_OK;
}

void book_mark(struct book *b, int32_t code)
{
	if (code <= b->before)
		b->changed[code / 64] |= UINT64_C(1) << (code & 63);
	b->state[code - 1].dirty = true;
}

void book_remove(struct book *b, int32_t code, int64_t minor)
{
	struct purchase *p = &b->state[code - 1];

	if (minor == MONEY_NONE || minor >= 0)
		p->sales--;
	else
		p->refunds--;
	book_mark(b, code);
}

enum rc book_replace(struct book *b, int32_t was, int64_t was_minor, int32_t code, day_t day, int64_t minor)
{
	if (!make_states(b, idmap_count(b->ids)))
		return no_memory();
	book_remove(b, was, was_minor);
	if (!purchase_add(&b->state[code - 1], day, minor))
		return sum_too_large();
	book_mark(b, code);
	return RC_OK;
}

static bool is_touched(const struct book *b, int32_t code)
{
	return (b->touched[code / 64] >> (code & 63) & 1) != 0;
}

bool book_changed(const struct book *b, int32_t code)
{
	return code > b->before || is_touched(b, code) || (b->changed[code / 64] >> (code & 63) & 1) != 0;
}

void book_file_undo(struct book *b)
{
	idmap_cut(b->ids, b->before);
	b->n = b->n < b->before ? b->n : b->before;
	for (int32_t i = 0; i < b->n; i++)
		if (is_touched(b, i + 1))
			b->state[i].dirty = true;
}
