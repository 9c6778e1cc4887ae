/* Contracts: what compiles into which checks, every error with its place, limits, patterns, and the store of accepted ones. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../kit/scratch.h"
#include "module/audit.h"
#include "module/contract.h"
#include "store/store.h"

static struct arena *arena;

static void begin(void) { arena = arena_new(); }
static void end(void) { arena_free(arena); }

TestSuite(contract, .init = begin, .fini = end);

static const char whole[] =
	"contract: shop\n"
	"entity: orders\n"
	"about: agreed\n"
	"columns: additive\n"
	"fields:\n"
	"  customer_id: { required: true }\n"
	"  status:\n"
	"    type: text\n"
	"    accepted: [paid, sent]\n"
	"  order_ts:\n"
	"    type: day\n"
	"    range: 2020-01-01..\n"
	"  line_revenue:\n"
	"    range: { is: 0..1000, severity: stop, error_if: 5 %, warn_if: { share: 0.01, at_least: 3 } }\n"
	"    distribution: { missing: 5 %, mean: 25 % }\n"
	"  note:\n"
	"  order_id: { required: false, unique: { severity: warn }, pattern: 'C####', references: customers }\n"
	"freshness: { warn_after: 2 days, error_after: 7 }\n"
	"volume:\n"
	"checks:\n"
	"  twice: { sql: SELECT 1, severity: stop, error_if: 20 }\n";

static struct contract *compile(const char *text)
{
	struct contract *c = NULL;
	enum rc rc = contract_parse(arena, "c.yaml", text, strlen(text), &c);

	cr_assert_eq(rc, RC_OK, "%s: %s", err_get()->id, err_get()->why);
	return c;
}

static const struct contract_check *check_of(const struct contract *c, const char *id)
{
	for (size_t i = 0; i < c->checks; i++)
		if (strcmp(c->check[i].id, id) == 0)
			return &c->check[i];
	cr_assert_fail("no check %s", id);
	return NULL;
}

Test(contract, a_whole_contract)
{
	const struct contract *c = compile(whole);

	cr_assert_eq(c->fields, 6);
	cr_assert_eq(c->checks, 12);
	cr_assert_eq(c->columns, COLUMNS_ADDITIVE);
	cr_assert(c->field[0].required);
	cr_assert(c->field[5].optional);
	cr_assert_eq(check_of(c, "status.accepted")->values, 2);
	cr_assert_eq(check_of(c, "status.accepted")->severity, SEVERITY_QUARANTINE);
	cr_assert(check_of(c, "order_ts.range")->range.days);
	cr_assert(isinf(check_of(c, "order_ts.range")->range.high));
	cr_assert_float_eq(check_of(c, "line_revenue.range")->error_if.share, 0.05, 1e-12);
	cr_assert_eq(check_of(c, "line_revenue.range")->warn_if.at_least, 3);
	cr_assert(isnan(check_of(c, "line_revenue.distribution")->quantiles));
	cr_assert_eq(check_of(c, "freshness")->severity, SEVERITY_STOP);
	cr_assert_eq(check_of(c, "volume")->train, 14);
	cr_assert_eq(check_of(c, "sql:twice")->error_if.count, 20);
	cr_assert_eq(check_of(c, "sql:twice")->severity, SEVERITY_STOP);
}

/* Every error: the text behind "contract: c\nentity: orders\n", code, line, column, a part of the fact, a part of what to do. */
static const struct { const char *text, *id; size_t line, column; const char *why, *todo; } faults[] = {
	{ "colums: strict\n", "CON-101", 3, 1, "'colums'", "columns" },
	{ "columns: strikt\n", "CON-101", 3, 10, "'strikt'", "strict" },
	{ "fields:\n  a: { requird: true }\n", "CON-101", 4, 8, "'requird'", "required" },
	{ "fields:\n  a: { required: yes }\n", "CON-103", 4, 18, "true or false", "" },
	{ "fields:\n  a: { references: custmers }\n", "CON-101", 4, 20, "'custmers'", "customers" },
	{ "fields:\n  a: { references: products }\n", "CON-107", 4, 20, "are not kept", "customers" },
	{ "fields:\n  a: { type: dat }\n", "CON-101", 4, 14, "'dat'", "day" },
	{ "fields:\n  a: { range: 5 }\n", "CON-103", 4, 15, "'..'", "" },
	{ "fields:\n  a: { range: 5..1 }\n", "CON-103", 4, 15, "lower end", "" },
	{ "fields:\n  a: { range: .. }\n", "CON-103", 4, 15, "closed at one end", "" },
	{ "fields:\n  a: { range: 2020-01-01..5 }\n", "CON-103", 4, 15, "not of both", "" },
	{ "fields:\n  a: { type: day, range: 0..5 }\n", "CON-107", 4, 26, "type day", "" },
	{ "fields:\n  a: { accepted: [] }\n", "CON-102", 4, 18, "list of values", "" },
	{ "fields:\n  a: { accepted: [[x]] }\n", "CON-102", 4, 19, "a text", "" },
	{ "fields:\n  a: { accepted: { severity: warn } }\n", "CON-105", 4, 18, "needs is", "" },
	{ "fields:\n  a: { pattern: '' }\n", "CON-103", 4, 17, "a pattern", "" },
	{ "fields:\n  a: { unique: { severty: warn } }\n", "CON-101", 4, 18, "'severty'", "severity" },
	{ "fields:\n  a: { unique: { severity: warn, error_if: 3 } }\n", "CON-107", 4, 16, "would do nothing", "warn_if" },
	{ "fields:\n  a: { unique: { warn_if: 0 } }\n", "CON-103", 4, 27, "1 or more", "" },
	{ "fields:\n  a: { unique: { warn_if: 120 % } }\n", "CON-103", 4, 27, "100 %", "" },
	{ "fields:\n  a: { unique: { warn_if: { at_least: 3 } } }\n", "CON-105", 4, 27, "share or count", "" },
	{ "fields:\n  a: { unique: { warn_if: { shar: 3 } } }\n", "CON-101", 4, 29, "'shar'", "share" },
	{ "fields:\n  a: { distribution: { median: 5 % } }\n", "CON-101", 4, 24, "'median'", "mean" },
	{ "fields:\n  a: { distribution: { severity: warn } }\n", "CON-105", 4, 22, "needs missing", "" },
	{ "fields:\n  a: { distribution: { mean: 5 %, severity: quarantine } }\n", "CON-107", 4, 45, "no row to set aside", "warn or stop" },
	{ "fields: [a]\n", "CON-102", 3, 9, "'name: value'", "" },
	{ "freshness: soon\n", "CON-103", 3, 12, "number of days", "" },
	{ "freshness: {}\n", "CON-105", 3, 12, "warn_after", "" },
	{ "freshness: { warn_after: 9, error_after: 2 }\n", "CON-103", 3, 12, "later", "" },
	{ "volume: { z: 0 }\n", "CON-103", 3, 14, "from 1 to 100", "" },
	{ "volume: { train: 1.5 }\n", "CON-103", 3, 18, "whole", "" },
	{ "volume: { sensitivity: 3 }\n", "CON-101", 3, 11, "'sensitivity'", "" },
	{ "checks:\n  a: { severity: stop }\n", "CON-105", 4, 6, "needs sql", "" },
	{ "checks:\n  a: { sql: SELECT 1, severity: quarantine }\n", "CON-107", 4, 33, "no row to set aside", "warn or stop" },
	{ "columns: strict\ncolumns: strict\n", "YAML-102", 4, 1, "columns", "" },
};

Test(contract, every_error_has_its_place)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct contract *c;
		char text[512];

		snprintf(text, sizeof text, "contract: c\nentity: orders\n%s", faults[i].text);
		enum rc rc = contract_parse(arena, "c.yaml", text, strlen(text), &c);
		const struct err *e = err_get();

		cr_expect_eq(rc, RC_CONFIG, "%s", faults[i].text);
		cr_expect_str_eq(e->id, faults[i].id, "%s is %s: %s", faults[i].text, e->id, e->why);
		cr_expect(e->line == faults[i].line && e->column == faults[i].column, "%s at %zu:%zu", faults[i].text, e->line, e->column);
		cr_expect(strstr(e->why, faults[i].why) != NULL, "%s: %s", faults[i].text, e->why);
		cr_expect(strstr(e->todo, faults[i].todo) != NULL, "%s: to do %s", faults[i].text, e->todo);
	}
}

/* As many fields as a file can have columns; the checks of the first are there when the last was added. */
Test(contract, a_wide_file_can_have_a_contract)
{
	struct contract *c;
	size_t cap = 200000, n = 0;
	char *text = arena_alloc(arena, cap, 1);

	n += (size_t)snprintf(text + n, cap - n, "contract: c\nentity: orders\nfields:\n");
	for (int i = 0; i < CONTRACT_FIELDS; i++)
		n += (size_t)snprintf(text + n, cap - n, "  f%d: { required: true, range: 0..%d, pattern: \"#*\" }\n", i, i + 1);
	cr_assert_eq(contract_parse(arena, "c.yaml", text, n, &c), RC_OK, "%s", err_get()->why);
	cr_assert_eq(c->fields, CONTRACT_FIELDS);
	cr_assert_eq(c->checks, 3 * CONTRACT_FIELDS);
	for (size_t i = 0; i < c->checks; i++)
		cr_assert_eq(c->check[i].field, (int)i / 3);
	snprintf(text + n, cap - n, "  one-more: { required: true }\n");
	cr_assert_eq(contract_parse(arena, "c.yaml", text, strlen(text), &c), RC_CONFIG);
	cr_assert_str_eq(err_get()->id, "CON-106");
}

Test(contract, name_and_entity_are_needed)
{
	struct contract *c;

	cr_assert_eq(contract_parse(arena, "c.yaml", "entity: orders\n", 15, &c), RC_CONFIG);
	cr_assert_str_eq(err_get()->id, "CON-105");
	cr_assert_eq(contract_parse(arena, "c.yaml", "contract: a\nentity: order\n", 26, &c), RC_CONFIG);
	cr_assert_str_eq(err_get()->id, "CON-101");
	cr_assert(strstr(err_get()->todo, "orders") != NULL);
}

Test(contract, limits)
{
	struct contract_check k = { .severity = SEVERITY_STOP, .warn_if = { .share = (double)NAN, .count = -1 } };

	k.error_if = (struct contract_limit){ .said = true, .share = 0.33, .count = -1, .at_least = 10 };
	cr_assert_eq(contract_outcome(&k, 1, 3), OUTCOME_WARN, "one of three rows is not 33 %%: error");
	cr_assert_eq(contract_outcome(&k, 10, 30), OUTCOME_STOP);
	cr_assert_eq(contract_outcome(&k, 10, 31), OUTCOME_WARN);
	cr_assert_eq(contract_outcome(&k, 0, 0), OUTCOME_OK);
	k.error_if.count = 2;
	cr_assert_eq(contract_outcome(&k, 1, 3), OUTCOME_WARN);
	cr_assert_eq(contract_outcome(&k, 2, 1000), OUTCOME_STOP, "either part is enough");
	k.warn_if = (struct contract_limit){ .said = true, .share = (double)NAN, .count = 1 };
	cr_assert_eq(contract_outcome(&k, 2, 1000), OUTCOME_STOP, "error_if is tested first");
	cr_assert_eq(contract_outcome(&k, 1, 1000), OUTCOME_WARN);
	k.warn_if.count = 2;
	cr_assert_eq(contract_outcome(&k, 1, 1000), OUTCOME_OK);
	k = (struct contract_check){ .severity = SEVERITY_STOP };
	cr_assert_eq(contract_outcome(&k, 1, 1000), OUTCOME_STOP);
	k.severity = SEVERITY_QUARANTINE;
	cr_assert_eq(contract_outcome(&k, 1000, 1000), OUTCOME_WARN);
}

Test(contract, patterns)
{
	static const struct { const char *pattern, *text; bool holds; } list[] = {
		{ "C####", "C1234", true }, { "C####", "C123", false }, { "C####", "C12345", false }, { "*", "", true }, { "?", "", false },
		{ "@@-#*", "AB-1", true }, { "@@-#*", "A1-1", false }, { "?@", "xü", true }, { "?", "ü", true }, { "??", "ü", false },
		{ "*.csv", "a.csv.csv", true }, { "*.csv", "a.csv.gz", false }, { "a*b*c", "aXbYbZc", true }, { "a*b*c", "aXbYbZ", false },
		{ "\\#1", "#1", true }, { "\\#1", "21", false }, { "\\*", "x", false }, { "é*", "éa", true }, { "a\\", "a\\", true },
		{ "*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		cr_expect_eq(contract_matches(list[i].pattern, list[i].text, strlen(list[i].text)), list[i].holds, "%s of %s", list[i].pattern, list[i].text);
}

/* What was accepted is kept, version by version, and never changed. */
Test(contract, the_last_one_accepted_is_live)
{
	struct scratch place = scratch_new();
	struct store  *s;
	struct contract *live;
	int64_t version = 0;
	char    other[sizeof whole + 16];

	snprintf(other, sizeof other, "%s# more\n", whole);
	cr_assert_eq(store_open(place.store, STORE_CREATE, &s), RC_OK);
	cr_assert_eq(contract_live(s, arena, "orders", &live), RC_OK);
	cr_assert_null(live);
	cr_assert_eq(store_begin(s), RC_OK);
	cr_assert_eq(contract_put(s, compile(whole), " ", "why", NULL), RC_USAGE);
	cr_assert_eq(contract_put(s, compile(whole), "ann", "agreed", &version), RC_OK, "%s", err_get()->why);
	cr_assert_eq(version, 1);
	cr_assert_eq(contract_put(s, compile(whole), "ann", "again", NULL), RC_DATA);
	cr_assert_str_eq(err_get()->id, "CON-111");
	cr_assert_eq(contract_put(s, compile(other), "bob", "more", &version), RC_OK);
	cr_assert_eq(version, 2);
	cr_assert_eq(store_commit(s), RC_OK);
	cr_assert_eq(contract_live(s, arena, "orders", &live), RC_OK);
	cr_assert_eq(live->version, 2);
	cr_assert_str_eq(live->text, other);
	cr_assert_eq(contract_live(s, arena, "customers", &live), RC_OK);
	cr_assert_null(live);
	struct audit_head head;
	cr_assert_eq(audit_head(s, &head), RC_OK);
	cr_assert_geq(head.length, 2);
	store_close(s);
	scratch_free(&place);
}
