/* Mints the pass: reads the gate's stored verdict, loads the rows behind it as arrays, holds every row
 * against the rules once more. The gate itself is quality's; this is the door that only its verdict opens.
 * Owns no table. */
#include "config.h"

#include "module/pass.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "module/rule.h"
#include "store/query.h"

enum { EXAMPLES = 5 };

struct pass {
	const struct cohort *cohort;
};

const struct cohort *pass_cohort(const struct pass *p)
{
	return p->cohort;
}

/* A row of the cohort as the rules read it. Its days come from the same numbers, so first and last are 0
 * and recency. */
static struct rule_row row_of(const struct cohort *c, size_t i, double scale)
{
	bool   used = c->has_money && c->spend_ok[i];
	double monetary = c->x[i] > 0 ? (double)c->repeat_minor[i] / (scale * c->x[i]) : 0;
	return (struct rule_row){
		.frequency = c->x[i], .recency = c->t_x[i], .t = c->t[i], .monetary = used ? monetary : (double)NAN,
		.first_purchase = 0, .last_purchase = c->t_x[i], .spend_used = used,
	};
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
	double   scale = pow(10, c->decimals);
	uint32_t seen = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct rule_row row = row_of(c, i, scale);
		seen |= rule_broken(&row);
	}
	if (!seen)
		return RC_OK;
	uint32_t first = seen & -seen;
	size_t   broken = 0, example[EXAMPLES] = { 0 };
	for (size_t i = 0; i < c->n; i++) {
		struct rule_row row = row_of(c, i, scale);
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

/* A number of days or purchases; what does not fit becomes one that breaks the rules. */
static int32_t small(struct query *q, int column)
{
	int64_t v = query_int(q, column);
	return v < INT32_MIN || v > INT32_MAX ? INT32_MIN : (int32_t)v;
}

static void take_row(struct query *q, struct cohort *c, size_t i)
{
	c->customer[i] = small(q, 0);
	c->x[i] = small(q, 1);
	c->t_x[i] = small(q, 2);
	c->t[i] = small(q, 3);
	c->first_minor[i] = query_int(q, 4);
	c->repeat_minor[i] = query_int(q, 5);
	c->spend_ok[i] = c->has_money && query_int(q, 6);
	if (!c->hold_days)
		return;
	c->hold_x[i] = small(q, 7);
	c->hold_minor[i] = query_int(q, 8);
	c->last_x[i] = small(q, 9);
	c->last_minor[i] = query_int(q, 10);
}

static enum rc read_rows(struct store *s, const char *statement, int64_t made, struct cohort *c)
{
	struct query *q;
	bool          row = true;
	size_t        i = 0;
	enum rc       rc = query_open(s, statement, &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, made);
	while (!(rc = query_step(q, &row)) && row && i < c->n)
		take_row(q, c, i++);
	query_close(q);
	if (!rc && (row || i != c->n))
		rc = err_do(err_set(RC_DATA, "GATE-104", "the gate saw %zu rows, now there are %s", c->n,
				row ? "more" : "fewer"),
			"run the stage again with 'run --from features --force'");
	return rc;
}

enum rc pass_mint(struct store *s, struct arena *a, const char *table, int64_t made, const struct pass **out)
{
	bool           backtest = !strcmp(table, "feat_backtest");
	struct cohort *c = arena_alloc(a, 1, sizeof *c);
	enum rc        rc = read_gate(s, table, made, c);
	if (!rc)
		rc = read_window(s, made, c);
	if (rc)
		return rc;
	if (!backtest)
		c->hold_days = 0;
	rc = cohort_arrays(a, c);
	if (!rc)
		rc = read_rows(s, backtest ? "statement/module_pass_feat_backtest" : "statement/module_pass_feat_customer",
			made, c);
	return rc ? rc : pass_check(a, c, out);
}
