/* Mints the pass: reads the gate's stored verdict, loads the rows behind it as arrays, holds every row
 * against the rules once more. The gate itself is quality's; this is the door that only its verdict opens.
 * Owns no table. */
#include "config.h"

#include "module/pass.h"

#include <string.h>

#include "base/str.h"
#include "module/backtest.h"
#include "module/rule.h"
#include "store/query.h"
#include "store/scan.h"

enum { EXAMPLES = 5 };

struct pass {
	const struct cohort *cohort;
};

const struct cohort *pass_cohort(const struct pass *p)
{
	return p->cohort;
}

static enum rc refuse(const struct cohort *c, uint32_t rule, size_t broken, const size_t *example)
{
	size_t     which = (size_t)__builtin_ctz(rule);
	struct str list = { 0 };
	for (size_t i = 0; i < broken && i < EXAMPLES; i++)
		str_addf(&list, "%s%d", i ? ", " : "", (int)c->customer[example[i]]);
	enum rc rc = err_set(RC_DATA, "GATE-103", "%s: '%s' does not hold for %zu of %zu customers (number %s)",
		rules[which].id, rules[which].about, broken, c->n, list.s);
	str_clear(&list);
	return rc;
}

/* The first rule of the list that a row breaks, with all rows that break it. */
static enum rc check(const struct cohort *c)
{
	uint32_t seen = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct rule_row row = rule_row_of(c, i);
		seen |= rule_broken(&row);
	}
	if (!seen)
		return RC_OK;
	uint32_t first = seen & -seen;
	size_t   broken = 0, example[EXAMPLES] = { 0 };
	for (size_t i = 0; i < c->n; i++) {
		struct rule_row row = rule_row_of(c, i);
		if (!(rule_broken(&row) & first))
			continue;
		if (broken < EXAMPLES)
			example[broken] = i;
		broken++;
	}
	return refuse(c, first, broken, example);
}

enum rc pass_check(struct arena *a, const struct cohort *cohort, const struct pass **out)
{
	enum rc rc = check(cohort);
	if (rc)
		return rc;
	struct pass *p = arena_alloc(a, 1, sizeof *p);
	p->cohort = cohort;
	*out = p;
	return RC_OK;
}

/* The verdict, and how many rows it spoke of. */
static enum rc read_gate(struct store *s, const char *table, int64_t made, struct cohort *c)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(s, "statement/module_pass_gate", &q);
	if (rc)
		return rc;
	query_bind_text(q, 1, table);
	query_bind_int(q, 2, made);
	rc = query_step(q, &row);
	if (!rc && !row)
		rc = err_do(err_set(RC_DATA, "GATE-101", "%s has not been through its gate", table),
			"'run' brings the data through its gates");
	else if (!rc && !strcmp(query_text(q, 0), "stop"))
		rc = err_do(err_set(RC_DATA, "GATE-102", "the gate of %s refused its rows", table),
			"'quality' says which rule and how many");
	else if (!rc) {
		c->as_of = query_is_null(q, 1) ? DAY_NONE : (day_t)query_int(q, 1);
		c->n = (size_t)query_int(q, 2);
	}
	query_close(q);
	return rc;
}

static enum rc read_window(struct store *s, int64_t made, struct cohort *c)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(s, "statement/module_pass_window", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, made);
	rc = query_step(q, &row);
	if (!rc && row) {
		c->has_money = query_int(q, 0);
		c->decimals = (int)query_int(q, 1);
		c->hold_days = (int32_t)query_int(q, 2);
	}
	query_close(q);
	return rc;
}

static enum rc changed(size_t seen, bool more)
{
	return err_do(err_set(RC_DATA, "GATE-104", "the gate saw %zu rows, now there are %s", seen, more ? "more" : "fewer"),
		"run the stage again with 'run --from features --force'");
}

/* Rows on their way into a cohort. */
struct filling {
	struct cohort *cohort;
	size_t         n;  /* rows that are there */
	int32_t        customer[SCAN_BLOCK], x[SCAN_BLOCK], t_x[SCAN_BLOCK], t[SCAN_BLOCK];
	int64_t        first_minor[SCAN_BLOCK], repeat_minor[SCAN_BLOCK];
	uint8_t        spend_ok[SCAN_BLOCK];
};

static void copy(void *to, const void *from, size_t at, size_t n, size_t size)
{
	memcpy((char *)to + at * size, from, n * size);
}

/* The next n customers; the holdout's columns where there is one. */
static enum rc take_block(void *user, const struct cohort *b)
{
	struct filling *f = user;
	struct cohort  *c = f->cohort;
	size_t          at = f->n, n = b->n;
	if (n > c->n - at)
		return changed(c->n, true);
	f->n += n;
	copy(c->customer, b->customer, at, n, sizeof *c->customer);
	copy(c->x, b->x, at, n, sizeof *c->x);
	copy(c->t_x, b->t_x, at, n, sizeof *c->t_x);
	copy(c->t, b->t, at, n, sizeof *c->t);
	copy(c->first_minor, b->first_minor, at, n, sizeof *c->first_minor);
	copy(c->repeat_minor, b->repeat_minor, at, n, sizeof *c->repeat_minor);
	copy(c->spend_ok, b->spend_ok, at, n, sizeof *c->spend_ok);
	if (!c->hold_days)
		return RC_OK;
	copy(c->hold_x, b->hold_x, at, n, sizeof *c->hold_x);
	copy(c->hold_minor, b->hold_minor, at, n, sizeof *c->hold_minor);
	copy(c->last_x, b->last_x, at, n, sizeof *c->last_x);
	copy(c->last_minor, b->last_minor, at, n, sizeof *c->last_minor);
	return RC_OK;
}

static enum rc take_rows(void *user, size_t n)
{
	struct filling     *f = user;
	const struct cohort block = {
		.n = n, .customer = f->customer, .x = f->x, .t_x = f->t_x, .t = f->t, .first_minor = f->first_minor,
		.repeat_minor = f->repeat_minor, .spend_ok = f->spend_ok,
	};
	return take_block(f, &block);
}

static enum rc scan_customers(struct store *s, int64_t made, struct filling *f)
{
	const struct scan_column column[] = {
		{ SCAN_I32, f->customer }, { SCAN_I32, f->x }, { SCAN_I32, f->t_x }, { SCAN_I32, f->t },
		{ SCAN_I64, f->first_minor }, { SCAN_I64, f->repeat_minor }, { SCAN_FLAG, f->spend_ok },
	};
	const struct scan scan = {
		.column = column, .columns = sizeof column / sizeof *column, .block = SCAN_BLOCK, .take = take_rows, .user = f,
	};
	return store_scan(s, "statement/module_pass_feat_customer", &scan, "i", made);
}

static bool ascending(const struct cohort *c)
{
	for (size_t i = 1; i < c->n; i++)
		if (c->customer[i] <= c->customer[i - 1])
			return false;
	return true;
}

static enum rc read_rows(struct store *s, const char *table, int64_t made, struct cohort *c)
{
	struct arena   *a = arena_new();
	struct filling *f = arena_alloc(a, 1, sizeof *f);
	f->cohort = c;
	enum rc rc = strcmp(table, "feat_backtest") ? scan_customers(s, made, f) : backtest_load(s, made, take_block, f);
	if (!rc && f->n != c->n)
		rc = changed(c->n, false);
	if (!rc && !ascending(c))
		rc = err_set(RC_INTERNAL, "GATE-107", "the rows of %s are not by customer", table);
	if (!rc && !c->has_money && c->n > 0)
		memset(c->spend_ok, 0, c->n);
	arena_free(a);
	return rc;
}

enum rc pass_mint(struct store *s, struct arena *a, const char *table, int64_t made, const struct pass **out)
{
	struct cohort *c = arena_alloc(a, 1, sizeof *c);
	enum rc        rc = read_gate(s, table, made, c);
	if (!rc)
		rc = read_window(s, made, c);
	if (rc)
		return rc;
	if (strcmp(table, "feat_backtest"))
		c->hold_days = 0;
	rc = cohort_arrays(a, c);
	if (!rc)
		rc = read_rows(s, table, made, c);
	return rc ? rc : pass_check(a, c, out);
}
