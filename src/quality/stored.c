/* Holds the rows that are stored against a contract that is not live yet. Not here: rows of files (ingest/terms), sets of rows (held.c). Owns no table. */
#include "config.h"

#include "quality/stored.h"

#include <string.h>

#include "base/mask.h"
#include "base/str.h"
#include "module/contract.h"
#include "module/purchase.h"
#include "module/transaction.h"
#include "store/query.h"

enum kept { KEPT_CUSTOMER, KEPT_DAY, KEPT_AMOUNT, KEPT_NOT };

static const char *const names[KEPT_NOT][2] = {
	[KEPT_CUSTOMER] = { "customer", "customer_id" }, [KEPT_DAY] = { "date", "order_ts" }, [KEPT_AMOUNT] = { "amount", "line_revenue" },
};

/* A check with what it found. */
struct held {
	const struct contract_check *check;
	enum kept                    kept;
	int64_t                      looked, failing;
	struct js                   *examples;
};

struct look {
	struct run  *run;
	struct held *held;
	size_t       n;
	double       scale; /* minor units of a major one */
};

static enum kept kept_of(const struct contract *c, const struct contract_check *k)
{
	const char *field = k->field >= 0 ? c->field[k->field].name : "";
	for (int i = 0; i < KEPT_NOT; i++)
		if (!strcmp(field, names[i][0]) || !strcmp(field, names[i][1]))
			return (enum kept)i;
	return KEPT_NOT;
}

/* Can the check be asked of what is kept? */
static bool is_asked(enum kept kept, const struct contract_check *k)
{
	if (kept == KEPT_CUSTOMER)
		return k->term == TERM_ACCEPTED || k->term == TERM_PATTERN;
	return kept != KEPT_NOT && k->term == TERM_RANGE && k->range.days == (kept == KEPT_DAY);
}

static void fails(struct held *h, const char *example)
{
	if (h->failing++ < CHECK_EXAMPLES)
		js_add_text(h->examples, example);
}

/* Customers */

static bool is_accepted(const struct contract_check *k, const char *id)
{
	for (size_t i = 0; i < k->values; i++)
		if (!strcmp(k->value[i], id))
			return true;
	return false;
}

static void look_at_customer(struct look *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++) {
		struct held *h = &l->held[i];
		if (h->kept != KEPT_CUSTOMER)
			continue;
		h->looked++;
		if (h->check->term == TERM_PATTERN ? contract_matches(h->check->is, id, strlen(id)) : is_accepted(h->check, id))
			continue;
		struct str shown = { 0 };
		mask_add(&shown, id, strlen(id));
		fails(h, shown.s ? shown.s : "");
		str_clear(&shown);
	}
}

static enum rc look_at_customers(struct look *l)
{
	struct query *q = NULL;
	bool          row = true;
	int64_t       done = 0;
	enum rc       rc = query_open(l->run->store, "statement/quality_stored_customers", &q);
	while (!rc && !(rc = query_step(q, &row)) && row) {
		look_at_customer(l, query_text(q, 0));
		if (++done % 8192 == 0)
			rc = run_tick(l->run, "customers", done, 0);
	}
	query_close(q);
	return rc;
}

/* Rows */

static void look_at_row(struct look *l, day_t day, int64_t minor)
{
	for (size_t i = 0; i < l->n; i++) {
		struct held                 *h = &l->held[i];
		const struct contract_range *r = &h->check->range;
		char                         text[48];
		double                       x = h->kept == KEPT_DAY ? day : (double)minor / l->scale;
		if (h->kept == KEPT_CUSTOMER || (h->kept == KEPT_AMOUNT && minor == MONEY_NONE))
			continue;
		h->looked++;
		if (x >= r->low && x <= r->high)
			continue;
		if (h->kept == KEPT_DAY)
			day_format(text, day);
		else
			str_double(text, x);
		fails(h, text);
	}
}

static enum rc take_block(void *user, const struct transactions *t)
{
	struct look *l = user;
	for (size_t i = 0; i < t->n; i++)
		if (t->counts[i] != COUNTS_NOT)
			look_at_row(l, t->day[i], t->minor[i]);
	return run_tick(l->run, "rows", t->first_row, 0);
}

static enum rc look_at_rows(struct look *l)
{
	int64_t last = 0, decimals = 2;
	enum rc rc = query_get_int(l->run->store, "statement/quality_volume_to", &last, "");
	rc = rc ? rc : query_get_int(l->run->store, "statement/ingest_fact_get", &decimals, "t", "decimals");
	for (l->scale = 1; decimals > 0; decimals--)
		l->scale *= 10;
	return rc || last == 0 ? rc : transaction_scan(l->run->store, 1, last, take_block, l);
}

/* Findings */

static struct finding finding_of(struct arena *a, const struct held *h)
{
	static const enum verdict    verdicts[] = { [OUTCOME_OK] = VERDICT_PASS, [OUTCOME_WARN] = VERDICT_WARN, [OUTCOME_STOP] = VERDICT_STOP };
	const struct contract_check *k = h->check;
	const char                  *what = h->kept == KEPT_CUSTOMER ? "customers" : "rows";
	struct finding               f = {
		.id = arena_printf(a, "stored:%s", k->id), .severity = k->severity == SEVERITY_STOP ? VERDICT_STOP : VERDICT_WARN, .hits = h->failing,
		.total = h->looked, .threshold = k->is, .verdict = h->looked == 0 ? VERDICT_SKIP : verdicts[contract_outcome(k, h->failing, h->looked)],
	};
	f.sentence = h->looked == 0 ? arena_printf(a, "there are no %s yet", what)
		: h->failing == 0 ? arena_printf(a, "%s (%.80s) holds for all %lld %s", k->id, k->is, (long long)h->looked, what)
		: arena_printf(a, "%s (%.80s) fails for %lld of %lld %s, as for %s", k->id, k->is, (long long)h->failing, (long long)h->looked, what,
			js_text_of(js_at(h->examples, 0)));
	f.examples = check_examples(a, h->examples);
	return f;
}

static bool any(const struct look *l, bool customers)
{
	for (size_t i = 0; i < l->n; i++)
		if ((l->held[i].kept == KEPT_CUSTOMER) == customers)
			return true;
	return false;
}

enum rc stored_check(struct arena *a, const struct check_context *c, const struct contract *contract, struct finding *out, size_t *n)
{
	struct look l = { .run = c->run, .held = arena_alloc(a, contract->checks + 1, sizeof *l.held) };
	for (size_t i = 0; i < contract->checks; i++) {
		const struct contract_check *k = &contract->check[i];
		enum kept                    kept = kept_of(contract, k);
		if (is_asked(kept, k))
			l.held[l.n++] = (struct held){ .check = k, .kept = kept, .examples = js_array() };
	}
	enum rc rc = any(&l, true) ? look_at_customers(&l) : RC_OK;
	if (!rc && any(&l, false))
		rc = look_at_rows(&l);
	for (size_t i = 0; i < l.n; i++)
		out[i] = finding_of(a, &l.held[i]);
	*n = rc ? 0 : l.n;
	return rc;
}
