/* Expressions and mappings: what they give, and where they are wrong. */
#include "config.h"

#include <criterion/criterion.h>

#include <string.h>

#include "ingest/expr.h"
#include "ingest/mapping.h"

static struct arena *a;
static struct exprs s;

static void begin(void)
{
	a = arena_new();
	s = (struct exprs){ .arena = a, .file = "m.yaml" };
}

static void end(void)
{
	arena_free(a);
}

TestSuite(expr, .init = begin, .fini = end);
TestSuite(mapping, .init = begin, .fini = end);

/* Fields x, y, z and "a b" have these texts. */
static const char *const texts[][2] = { { "x", "12.50" }, { "y", " Abc " }, { "z", "" }, { "a b", "17850.0" }, { "n", "-3" } };

static struct expr_row row_of(void)
{
	struct span *value = arena_alloc(a, s.n + 1, sizeof *value);

	for (size_t i = 0; i < s.n; i++)
		for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
			if (strcmp(s.field[i].name, texts[k][0]) == 0)
				value[i] = (struct span){ texts[k][1], (uint32_t)strlen(texts[k][1]) };
	return (struct expr_row){ .value = value, .made = a, .form = { '.', false, 0 } };
}

static const char *value_of(const char *text)
{
	const struct expr *e;

	if (expr_compile(&s, text, 1, 1, &e) != RC_OK)
		return err_get()->why;
	struct expr_row row = row_of();
	struct span v = expr_value(e, &row);

	return arena_span(a, v.p, v.n);
}

Test(expr, values)
{
	static const struct { const char *text, *want; } table[] = {
		{ "x", "12.50" }, { "y | trim", "Abc" }, { "y|trim|upper", "ABC" }, { "lower(trim(y))", "abc" }, { "\"a b\" | int", "17850" },
		{ "\"a b\" | strip('.0')", "17850" }, { "x | int", "12.50" }, { "coalesce(z, y | trim, x)", "Abc" }, { "concat(x, '-', n)", "12.50--3" },
		{ "nullif(x, '12.50')", "" }, { "map(x, '1', 'a', '12.50', 'b')", "b" }, { "map(x, '1', 'a')", "12.50" }, { "'it''s'", "it's" },
		{ "const('k')", "k" }, { "mul(x, n)", "-37.5" }, { "mul(x, 2)", "25" }, { "sub(1, 0.15)", "0.85" }, { "add(x, n)", "9.5" },
		{ "neg(x)", "-12.5" }, { "abs(n)", "3" }, { "mul(y, x)", " Abc " }, { "regex(x, '^([0-9]+)')", "12" }, { "regex(x, 'q')", "" },
		{ "mul(999999999999999999, 999999999999999999)", "too large" }, { "sub(0.05, 0.05)", "0" }, { "mul(0.001, 0.001)", "0.000001" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		cr_expect_str_eq(value_of(table[i].text), table[i].want, "%s: %s", table[i].text, value_of(table[i].text));
}

Test(expr, conditions)
{
	static const struct { const char *text; bool want; } table[] = {
		{ "x = 12.5", true }, { "x != 12.50", false }, { "x > 9", true }, { "n < 0", true }, { "n >= -3", true }, { "y = 'Abc'", false },
		{ "trim(y) = 'Abc'", true }, { "z is missing", true }, { "z is not missing", false }, { "x in ('1', '12.50')", true },
		{ "x not in ('1')", true }, { "trim(y) starts 'A'", true }, { "x matches '^[0-9.]+$'", true }, { "not x = 1", true },
		{ "x = 1 or n = -3 and z is missing", true }, { "(x = 1 or n = -3) and z is not missing", false }, { "not (x = 12.5)", false },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct expr *e;

		cr_assert_eq(expr_compile_condition(&s, table[i].text, 1, 1, &e), RC_OK, "%s: %s", table[i].text, err_get()->why);
		struct expr_row row = row_of();

		cr_expect_eq(expr_test(e, &row), table[i].want, "%s", table[i].text);
	}
}

Test(expr, errors_have_a_column)
{
	static const struct { const char *text, *id; size_t column; const char *todo; } table[] = {
		{ "x | trimm", "MAP-102", 5, "did you mean trim?" }, { "mul(x)", "MAP-104", 1, "it is mul(a, b)" }, { "x +", "MAP-101", 3, "" },
		{ "'open", "MAP-101", 1, "" }, { "", "MAP-101", 1, "" }, { "regex(x, '[')", "MAP-103", 1, "" }, { "coalesce(x, ", "MAP-101", 13, "" },
		{ "upper(x", "MAP-101", 8, "" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct expr *e;

		cr_expect_eq(expr_compile(&s, table[i].text, 7, 1, &e), RC_CONFIG, "%s", table[i].text);
		cr_expect_str_eq(err_get()->id, table[i].id, "%s: %s", table[i].text, err_get()->why);
		cr_expect_eq(err_get()->line, 7);
		cr_expect_eq(err_get()->column, table[i].column, "%s: %zu", table[i].text, err_get()->column);
		cr_expect_str_eq(err_get()->todo, table[i].todo, "%s: %s", table[i].text, err_get()->todo);
	}
}

static enum rc parse(const char *text, struct mapping **m)
{
	return mapping_parse(a, "m.yaml", text, strlen(text), m);
}

#define HEAD "source: s\ntables:\n  - file: '*.csv'\n"

Test(mapping, errors_have_a_place_and_the_nearest_name)
{
	static const struct { const char *text, *id; size_t line, column; const char *todo; } table[] = {
		{ HEAD "    colums: {}\n", "MAP-105", 4, 5, "did you mean columns?" },
		{ HEAD "    columns: { customer_id: a, order_date: b }\n", "MAP-105", 4, 32, "did you mean order_ts?" },
		{ HEAD "    columns: { customer_id: a | trm, order_ts: b }\n", "MAP-102", 4, 33, "did you mean trim?" },
		{ HEAD "    columns: { customer_id: 'a | trm', order_ts: b }\n", "MAP-102", 4, 34, "did you mean trim?" },
		{ HEAD "    columns: { customer_id: a }\n", "MAP-107", 3, 5, "" },
		{ HEAD "    entity: order\n    columns: { customer_id: a, order_ts: b }\n", "MAP-105", 4, 13, "did you mean orders?" },
		{ HEAD "    columns: { customer_id: c.a, order_ts: b }\n", "MAP-109", 4, 29, "" },
		{ HEAD "    join:\n      c: { file: c.csv, on: d.k = k }\n      d: { file: d.csv, on: c.k = k }\n"
			"    columns: { customer_id: c.a, order_ts: b }\n", "MAP-109", 5, 29, "" },
		{ HEAD "    date_format: DD-YY\n    columns: { customer_id: a, order_ts: b }\n", "MAP-108", 3, 5, "" },
		{ HEAD "    where: a\n    columns: { customer_id: a, order_ts: b }\n", "MAP-101", 4, 13, "" },
		{ "source: s\n", "MAP-107", 1, 1, "" }, { "sorce: s\n", "MAP-105", 1, 1, "did you mean source?" },
		{ "source: [1]\ntables: []\n", "MAP-106", 1, 9, "" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct mapping *m;

		cr_expect_eq(parse(table[i].text, &m), RC_CONFIG, "%s", table[i].text);
		cr_expect_str_eq(err_get()->id, table[i].id, "%s: %s", table[i].text, err_get()->why);
		cr_expect_eq(err_get()->line, table[i].line, "%s: line %zu", table[i].text, err_get()->line);
		cr_expect_eq(err_get()->column, table[i].column, "%s: column %zu", table[i].text, err_get()->column);
		cr_expect_str_eq(err_get()->todo, table[i].todo, "%s: %s", table[i].text, err_get()->todo);
	}
}

Test(mapping, files_find_their_table)
{
	struct mapping *m;

	cr_assert_eq(parse("source: s\ntables:\n  - { file: 'orders_*.csv', columns: { customer_id: a, order_ts: b } }\n"
		"  - { file: '*.csv', entity: lookup }\n", &m), RC_OK, "%s", err_get()->why);
	cr_expect_eq(mapping_table_of(m, "/x/orders_1.csv"), &m->table[0]);
	cr_expect_eq(mapping_table_of(m, "orders_1.csv.gz"), &m->table[0]);
	cr_expect_eq(mapping_table_of(m, "ORDERS_1.CSV"), &m->table[0]);
	cr_expect_eq(mapping_table_of(m, "people.csv"), &m->table[1]);
	cr_expect_null(mapping_table_of(m, "people.txt"));
	cr_expect(mapping_is_orders(&m->table[0]));
	cr_expect_not(mapping_is_orders(&m->table[1]));
}

Test(mapping, the_shipped_ones_are_sound)
{
	const char *text;
	size_t n, i = 0;
	struct mapping *m;

	for (; mapping_shipped(i, &text, &n) != NULL; i++)
		cr_expect_eq(mapping_read(a, mapping_shipped(i, &text, &n), &m), RC_OK, "%s", err_get()->why);
	cr_expect_geq(i, 4);
}
