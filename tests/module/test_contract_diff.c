/* Contracts held against each other: the direction of each change, and what has none. */
#include "config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "module/contract_diff.h"

static struct arena *arena;

static void begin(void) { arena = arena_new(); }
static void end(void) { arena_free(arena); }

TestSuite(contract_diff, .init = begin, .fini = end);

/* A contract with these fields and whatever stands behind them. */
static struct contract *with(const char *fields)
{
	struct contract *c = NULL;
	char text[512];
	int  n = snprintf(text, sizeof text, "contract: c\nentity: orders\n%s", fields);

	cr_assert(n > 0 && (size_t)n < sizeof text);
	cr_assert_eq(contract_parse(arena, "c.yaml", text, (size_t)n, &c), RC_OK, "%s: %s", fields, err_get()->why);
	return c;
}

static void expect(const char *was, const char *now, const char *want)
{
	struct contract_difference *d;
	char   got[256] = "";
	size_t n, used = 0;

	contract_compare(arena, was != NULL ? with(was) : NULL, with(now), &d, &n);
	for (size_t i = 0; i < n && used < sizeof got; i++)
		used += (size_t)snprintf(got + used, sizeof got - used, "%s%s %s", i > 0 ? "; " : "", contract_change_name(d[i].change), d[i].id);
	cr_assert_str_eq(got, want, "%s -> %s", was != NULL ? was : "nothing", now);
}

#define A "fields:\n  a: "

Test(contract_diff, checks_come_and_go)
{
	expect(NULL, A "{ range: 0..1 }", "added a; added a.range");
	expect(A "{ range: 0..1 }", A "{ pattern: 'x' }", "added a.pattern; removed a.range");
	expect(A "{ range: 0..1 }", "fields:\n  b: { range: 0..1 }", "added b; added b.range; removed a; removed a.range");
	expect(A "{ range: 0..1 }", A "{ range: 0..1 }", "");
}

Test(contract_diff, values_have_a_direction)
{
	expect(A "{ range: 0..1 }", A "{ range: 0..2 }", "loosened a.range");
	expect(A "{ range: 0..1 }", A "{ range: 0.. }", "loosened a.range");
	expect(A "{ range: 0.. }", A "{ range: 1.. }", "tightened a.range");
	expect(A "{ range: 0..2 }", A "{ range: -1..1 }", "changed a.range");
	expect(A "{ range: 0..2 }", A "{ range: 2020-01-01.. }", "changed a.range");
	expect(A "{ accepted: [x] }", A "{ accepted: [y, x] }", "loosened a.accepted");
	expect(A "{ accepted: [x, y] }", A "{ accepted: [y] }", "tightened a.accepted");
	expect(A "{ accepted: [x, y] }", A "{ accepted: [y, x] }", "");
	expect(A "{ accepted: [x] }", A "{ accepted: [y] }", "changed a.accepted");
	expect(A "{ pattern: 'x' }", A "{ pattern: '*' }", "changed a.pattern");
	expect("freshness: { warn_after: 2 }\n", "freshness: { warn_after: 3 }\n", "loosened freshness");
	expect("freshness: { warn_after: 2 }\n", "freshness: { warn_after: 2, error_after: 9 }\n", "tightened freshness");
	expect("volume: { z: 3 }\n", "volume: { z: 4 }\n", "loosened volume");
	expect(A "{ distribution: { mean: 5 % } }", A "{ distribution: { mean: 4 % } }", "tightened a.distribution");
}

Test(contract_diff, severities_and_limits_have_one)
{
	expect(A "{ range: { is: 0..1, severity: warn } }", A "{ range: { is: 0..1, severity: stop } }", "tightened a.range");
	expect(A "{ range: { is: 0..1, severity: stop } }", A "{ range: { is: 0..1, severity: quarantine } }", "loosened a.range");
	expect(A "{ range: { is: 0..1, severity: warn } }", A "{ range: { is: 0..1, severity: warn, warn_if: 5 % } }", "loosened a.range");
	expect(A "{ range: { is: 0..1, severity: warn, warn_if: 5 % } }", A "{ range: { is: 0..1, severity: warn, warn_if: 4 % } }", "tightened a.range");
	expect(A "{ range: { is: 0..1, severity: stop } }", A "{ range: { is: 0..1, severity: stop, error_if: 20 } }", "loosened a.range");
	expect(A "{ range: { is: 0..1, severity: quarantine } }", A "{ range: { is: 0..1, severity: quarantine, error_if: 20 } }", "tightened a.range");
	expect(A "{ range: { is: 0..1, severity: warn } }", A "{ range: { is: 0..9, severity: stop } }", "changed a.range");
}

Test(contract_diff, columns_and_their_policy)
{
	expect("columns: additive\n", "columns: strict\n", "tightened columns");
	expect("columns: additive\n", "columns: lenient\n", "loosened columns");
	expect("columns: additive\n", "", "removed columns");
	expect(A "{ required: true }", A "{ required: false }", "loosened a; removed a.required");
}
