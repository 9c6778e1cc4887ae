/* Remembers the rows and orders of the file at hand. Not here: rows of earlier files (overlap.c). */
#include "config.h"

#include "ingest/repeat.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ingest/keyset.h"

struct repeat {
	struct keyset *row;    /* NULL: repeats are kept */
	struct keyset *order;  /* NULL: no order column */
};

struct repeat *repeat_new(const struct rules *rules, const struct reading *reading)
{
	bool order = reading_has(reading, ROLE_ORDER);
	struct repeat *r;

	if (!order && rules->duplicates != DUPLICATES_DROP)
		return NULL;
	r = mem_new(1, sizeof *r);
	if (rules->duplicates != DUPLICATES_KEEP)
		r->row = keyset_new();
	if (order)
		r->order = keyset_new();
	return r;
}

void repeat_free(struct repeat *r)
{
	if (r == NULL)
		return;
	keyset_free(r->row);
	keyset_free(r->order);
	free(r);
}

static enum rc see_order(struct repeat *r, struct verdict *v)
{
	struct span order = v->order;
	uint64_t customer = keyset_hash(0, v->customer.p, v->customer.n);
	enum keyset_found found;

	if (missing_text(NULL, order))
		return RC_OK;
	enum rc rc = keyset_put(r->order, keyset_hash(0, order.p, order.n), &customer, &found);

	if (rc == RC_OK && found == KEYSET_OTHER)
		v->reasons |= REASON_BIT(REASON_ORDER_CUSTOMERS);
	return rc;
}

enum rc repeat_see(struct repeat *r, const struct record *record, struct verdict *v, bool *twice)
{
	uint64_t seen = 0;
	enum keyset_found found = KEYSET_NEW;
	enum rc rc = RC_OK;

	if (r->row != NULL)
		rc = keyset_put(r->row, keyset_hash(0, record->p, record->n), &seen, &found);
	*twice = found != KEYSET_NEW;
	return rc == RC_OK && !*twice && r->order != NULL ? see_order(r, v) : rc;
}
