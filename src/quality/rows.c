/* Holds every row of the feature tables against the rules of module/rule, in one scan that also counts what
 * the checks ask, and the tables against the columns that models read by name. Owns no table. */
#include "config.h"

#include "quality/rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "module/backtest.h"
#include "module/rule.h"
#include "store/query.h"
#include "store/scan.h"

enum { RULES_MAX = 16, REALS = 6 };

static const char *const model_columns[] = {
	"customer_id", "recency", "T", "frequency", "monetary_value", "first_purchase", "last_purchase", NULL,
};
static const char *const backtest_columns[] = {
	"customer", "frequency", "recency", "T", "repeat_minor", "spend_ok", "hold_x", NULL,
};

struct tally;
static enum rc scan_customers(const struct check_context *c, struct tally *t);
static enum rc load_backtest(const struct check_context *c, struct tally *t);

static const struct gated {
	const char        *table, *suffix; /* suffix keeps the ids of one execution apart */
	const char *const *columns;
	enum rc          (*read)(const struct check_context *c, struct tally *t);
} gated[] = {
	{ "feat_customer", "", model_columns, scan_customers },
	{ "feat_backtest", "@cut", backtest_columns, load_backtest },
};

static const struct gated *find(const char *table)
{
	for (size_t i = 0; i < sizeof gated / sizeof *gated; i++)
		if (!strcmp(gated[i].table, table))
			return &gated[i];
	return NULL;
}

bool rows_gated(const char *table)
{
	return find(table) != NULL;
}

size_t rows_findings(void)
{
	return 1 + rules_count;
}

struct tally {
	struct run *run;
	bool        has_money;
	int64_t     rows;
	int64_t     hits[RULES_MAX];
	int64_t     example[RULES_MAX][CHECK_EXAMPLES];
	int64_t     usable, repeats, revenue_minor; /* of feat_customer */
	/* A block of its rows. */
	int32_t     customer[SCAN_BLOCK];
	double      real[REALS][SCAN_BLOCK];  /* frequency, recency, T, monetary value, first and last purchase */
	uint8_t     is_usable[SCAN_BLOCK];
	int64_t     revenue[SCAN_BLOCK];
};

static bool has(const char *const *name, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(name[i], word))
			return true;
	return false;
}

static enum rc check_columns(struct arena *a, const struct check_context *c, const struct gated *g,
	struct finding *out)
{
	const char **name;
	size_t       n, missing = 0, wanted = 0;
	struct str   list = { 0 };
	struct js   *examples = js_array();
	enum rc      rc = query_table_columns(c->run->store, a, g->table, &name, &n);
	for (; !rc && g->columns[wanted]; wanted++)
		if (!has(name, n, g->columns[wanted])) {
			str_addf(&list, "%s%s", missing++ ? ", " : "", g->columns[wanted]);
			js_add_text(examples, g->columns[wanted]);
		}
	*out = (struct finding){
		.id = arena_printf(a, "G4-columns%s", g->suffix), .severity = VERDICT_STOP,
		.verdict = missing ? VERDICT_STOP : VERDICT_PASS, .hits = (int64_t)missing, .total = (int64_t)wanted,
		.threshold = "all there, by name",
		.sentence = missing ? arena_printf(a, "%s has no column %s", g->table, list.s) :
			arena_printf(a, "%s has the %zu columns that models read", g->table, wanted),
		.examples = check_examples(a, examples),
	};
	str_clear(&list);
	return rc;
}

static enum rc read_window(const struct check_context *c, struct tally *t)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(c->run->store, "statement/quality_window", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, c->made);
	rc = query_step(q, &row);
	t->run = c->run;
	t->has_money = !rc && row && query_int(q, 0);
	query_close(q);
	return rc;
}

static void hold_row(struct tally *t, int32_t customer, const struct rule_row *row)
{
	for (uint32_t broken = rule_broken(row); broken; broken &= broken - 1) {
		int rule = __builtin_ctz(broken);
		if (t->hits[rule] < CHECK_EXAMPLES)
			t->example[rule][t->hits[rule]] = customer;
		t->hits[rule]++;
	}
}

static enum rc count_row(struct tally *t, size_t i)
{
	t->usable += t->is_usable[i];
	t->repeats += t->real[0][i] > 0;
	if (t->revenue[i] == INT64_MIN || !__builtin_add_overflow(t->revenue_minor, t->revenue[i], &t->revenue_minor))
		return RC_OK;
	return err_set(RC_DATA, "GATE-121", "the revenue of all customers is too large to add up");
}

/* Spend is used where there is money and the customer is not set aside. */
static enum rc take_customers(void *user, size_t n)
{
	struct tally *t = user;
	enum rc       rc = RC_OK;
	for (size_t i = 0; !rc && i < n; i++) {
		const struct rule_row row = {
			.frequency = t->real[0][i], .recency = t->real[1][i], .t = t->real[2][i], .monetary = t->real[3][i],
			.first_purchase = t->real[4][i], .last_purchase = t->real[5][i], .spend_used = t->has_money && t->is_usable[i],
		};
		hold_row(t, t->customer[i], &row);
		rc = count_row(t, i);
	}
	t->rows += (int64_t)n;
	return rc ? rc : run_tick(t->run, "customers", t->rows, 0);
}

static enum rc scan_customers(const struct check_context *c, struct tally *t)
{
	const struct scan_column column[] = {
		{ SCAN_I32, t->customer }, { SCAN_F64, t->real[0] }, { SCAN_F64, t->real[1] }, { SCAN_F64, t->real[2] },
		{ SCAN_F64, t->real[3] }, { SCAN_F64, t->real[4] }, { SCAN_F64, t->real[5] }, { SCAN_FLAG, t->is_usable },
		{ SCAN_I64, t->revenue },
	};
	const struct scan scan = {
		.column = column, .columns = sizeof column / sizeof *column, .block = SCAN_BLOCK, .take = take_customers, .user = t,
	};
	return store_scan(c->run->store, "statement/quality_rows_feat_customer", &scan, "i", c->made);
}

static enum rc take_backtest(void *user, const struct cohort *block)
{
	struct tally *t = user;
	struct cohort c = *block;
	c.has_money = t->has_money;
	for (size_t i = 0; i < c.n; i++) {
		const struct rule_row row = rule_row_of(&c, i);
		hold_row(t, c.customer[i], &row);
	}
	t->rows += (int64_t)c.n;
	return run_tick(t->run, "customers", t->rows, 0);
}

static enum rc load_backtest(const struct check_context *c, struct tally *t)
{
	return backtest_load(c->run->store, c->made, take_backtest, t);
}

static void add_words(struct check_context *c, const struct tally *t)
{
	check_add_word(c, "rows", t->rows);
	check_add_word(c, "usable", t->usable);
	check_add_word(c, "repeats", t->repeats);
	check_add_word(c, "revenue", t->revenue_minor);
}

/* Customer ids of a rule's examples. */
static enum rc name_examples(struct arena *a, const struct check_context *c, const struct tally *t, size_t rule,
	const char **out)
{
	struct js *list = js_array();
	enum rc    rc = RC_OK;
	for (int64_t i = 0; !rc && i < t->hits[rule] && i < CHECK_EXAMPLES; i++) {
		char *id = NULL;
		rc = query_get_text(c->run->store, a, "statement/quality_customer_id", &id, "i", t->example[rule][i]);
		js_add_text(list, id ? id : arena_printf(a, "number %lld", (long long)t->example[rule][i]));
	}
	*out = check_examples(a, list);
	return rc;
}

static enum rc report_rule(struct arena *a, const struct check_context *c, const struct gated *g,
	const struct tally *t, size_t rule, struct finding *out)
{
	int64_t     hits = t->hits[rule];
	const char *about = rules[rule].about;
	*out = (struct finding){
		.id = arena_printf(a, "%s%s", rules[rule].id, g->suffix), .severity = VERDICT_STOP,
		.verdict = hits ? VERDICT_STOP : VERDICT_PASS, .hits = hits, .total = t->rows, .threshold = "every row",
		.sentence = !hits ? about : arena_printf(a, "%lld of %lld customers break the rule: %s", (long long)hits,
			(long long)t->rows, about),
	};
	return name_examples(a, c, t, rule, &out->examples);
}

enum rc rows_check(struct arena *a, struct check_context *c, const char *table, struct finding *out, size_t *n)
{
	assert(rules_count <= RULES_MAX);
	const struct gated *g = find(table);
	struct tally       *t = arena_alloc(a, 1, sizeof *t);
	enum rc             rc = check_columns(a, c, g, out);
	*n = 1;
	if (rc || out->verdict == VERDICT_STOP)
		return rc;
	rc = read_window(c, t);
	rc = rc ? rc : g->read(c, t);
	for (size_t i = 0; !rc && i < rules_count; i++)
		rc = report_rule(a, c, g, t, i, &out[(*n)++]);
	add_words(c, t);
	return rc;
}
