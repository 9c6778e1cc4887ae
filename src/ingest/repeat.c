/* Remembers the rows and orders of the file at hand. Not here: rows of earlier files (overlap.c). */
#include "config.h"

#include "ingest/repeat.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ingest/keyset.h"

struct repeat {
	bool last_wins;
	struct keyset *known;  /* the caller's; NULL: rows have no key */
	struct keyset *row;    /* NULL: repeats are kept, or keys tell */
	struct keyset *order;  /* NULL: no order column */
};

struct repeat *repeat_new(const struct rules *rules, const struct reading *reading, struct keyset *known)
{
	bool order = reading_has(reading, ROLE_ORDER);
	struct repeat *r;

	if (!order && known == NULL && rules->duplicates != DUPLICATES_DROP)
		return NULL;
	r = mem_new(1, sizeof *r);
	r->last_wins = rules->on_conflict == CONFLICT_LAST_WINS;
	r->known = known;
	if (known == NULL && rules->duplicates != DUPLICATES_KEEP)
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

static enum rc see_key(struct repeat *r, struct verdict *v, enum repeated *out)
{
	uint64_t value = v->value;
	enum keyset_found found;
	enum rc rc = keyset_put(r->known, v->key, &value, &found);

	if (rc != RC_OK || found == KEYSET_NEW)
		return rc;
	if (found == KEYSET_SAME) {
		*out = REPEAT_TWICE;
	} else if (r->last_wins) {
		keyset_set(r->known, v->key, v->value);
		*out = REPEAT_REPLACES;
	} else {
		v->reasons |= REASON_BIT(REASON_KEY_CONFLICT);
	}
	return RC_OK;
}

bool repeat_knows(const struct repeat *r, const struct verdict *v)
{
	uint64_t value;

	return r->known != NULL && keyset_get(r->known, v->key, &value) && value == v->value;
}

enum rc repeat_see(struct repeat *r, const struct record *record, struct verdict *v, enum repeated *out)
{
	uint64_t seen = 0;
	enum keyset_found found = KEYSET_NEW;
	enum rc rc = RC_OK;

	*out = REPEAT_NONE;
	if (r->row != NULL)
		rc = keyset_put(r->row, keyset_hash(0, record->p, record->n), &seen, &found);
	if (found != KEYSET_NEW)
		*out = REPEAT_TWICE;
	if (rc == RC_OK && *out == REPEAT_NONE && r->order != NULL)
		rc = see_order(r, v);
	return rc == RC_OK && r->known != NULL && v->reasons == 0 ? see_key(r, v, out) : rc;
}
