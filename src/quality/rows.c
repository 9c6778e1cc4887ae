/* Holds every row of the feature tables against the rules of module/rule, in one stream, and the tables
 * against the columns that models read by name. Owns no table. */
#include "config.h"

#include "quality/rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "module/rule.h"
#include "store/query.h"

enum { RULES_MAX = 16, TICK_ROWS = 8192 };

static const char *const model_columns[] = {
	"customer_id", "recency", "T", "frequency", "monetary_value", "first_purchase", "last_purchase", NULL,
};
static const char *const backtest_columns[] = {
	"customer", "frequency", "recency", "T", "repeat_minor", "spend_ok", "hold_x", NULL,
};

static const struct gated {
	const char        *table, *suffix, *statement; /* suffix keeps the ids of one execution apart */
	const char *const *columns;
} gated[] = {
	{ "feat_customer", "", "statement/quality_rows_feat_customer", model_columns },
	{ "feat_backtest", "@cut", "statement/quality_rows_feat_backtest", backtest_columns },
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
	int64_t rows;
	int64_t hits[RULES_MAX];
	int64_t example[RULES_MAX][CHECK_EXAMPLES];
};

static char *json_text(struct arena *a, struct js *v)
{
	struct str t = { 0 };
	js_write(&t, v, false, false);
	js_free(v);
	char *s = str_take(&t), *kept = arena_text(a, s);
	free(s);
	return kept;
}

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
		.examples = json_text(a, examples),
	};
	str_clear(&list);
	return rc;
}

static void count(struct tally *t, struct query *q)
{
	const struct rule_row row = {
		.frequency = query_real(q, 1), .recency = query_real(q, 2), .t = query_real(q, 3),
		.monetary = query_real(q, 4), .first_purchase = query_real(q, 5), .last_purchase = query_real(q, 6),
		.spend_used = query_int(q, 7) != 0,
	};
	uint32_t broken = rule_broken(&row);
	t->rows++;
	for (; broken; broken &= broken - 1) {
		int i = __builtin_ctz(broken);
		if (t->hits[i] < CHECK_EXAMPLES)
			t->example[i][t->hits[i]] = query_int(q, 0);
		t->hits[i]++;
	}
}

static enum rc stream(const struct check_context *c, const struct gated *g, struct tally *t)
{
	struct query *q;
	bool          row;
	enum rc       rc = query_open(c->run->store, g->statement, &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, c->made);
	while (!(rc = query_step(q, &row)) && row) {
		count(t, q);
		if (t->rows % TICK_ROWS == 0 && (rc = run_tick(c->run, "customers", t->rows, 0)))
			break;
	}
	query_close(q);
	return rc;
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
	*out = json_text(a, list);
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

enum rc rows_check(struct arena *a, const struct check_context *c, const char *table, struct finding *out, size_t *n,
	int64_t *rows)
{
	assert(rules_count <= RULES_MAX);
	const struct gated *g = find(table);
	struct tally       *t = arena_alloc(a, 1, sizeof *t);
	enum rc             rc = check_columns(a, c, g, out);
	*n = 1;
	*rows = 0;
	if (rc || out->verdict == VERDICT_STOP)
		return rc;
	rc = stream(c, g, t);
	for (size_t i = 0; !rc && i < rules_count; i++)
		rc = report_rule(a, c, g, t, i, &out[(*n)++]);
	*rows = t->rows;
	return rc;
}
