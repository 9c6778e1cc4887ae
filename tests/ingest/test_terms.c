/* The live contract at the import's door: each check of rows passing and failing, severities, limits, refusal, release, mappings, distributions. */
#include "config.h"

#include "ingest/terms.h"

#include "../kit/asked.h"
#include "base/str.h"
#include "ingest/quarantine.h"
#include "kit.h"

static struct kit k;
static struct arena *arena;

static void open_all(void)
{
	kit_open(&k);
	arena = arena_new();
}

static void close_all(void)
{
	arena_free(arena);
	kit_close(&k);
}

TestSuite(terms, .init = open_all, .fini = close_all);

/* A contract of these lines becomes the live one. */
static void accept_contract(const char *lines)
{
	static int n;
	struct contract *c;
	char text[4096];

	snprintf(text, sizeof text, "contract: shop\nentity: orders\ncolumns: lenient\n# %d\n%s", ++n, lines);
	cr_assert_eq(contract_parse(arena, "c.yaml", text, strlen(text), &c), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_begin(k.store), RC_OK);
	cr_assert_eq(contract_put(k.store, c, "ann", "test", NULL), RC_OK, "%s", err_get()->why);
	cr_assert_eq(store_commit(k.store), RC_OK);
}

/* 40 good rows with one more. */
static const char *file_with(const char *row)
{
	static char text[4096];
	struct str t = { 0 };

	str_add(&t, "customer_id,order_date,revenue,status,ref\n");
	for (int i = 0; i < 40; i++)
		str_addf(&t, "C%d,2024-01-%02d,%d.00,%s,R%d\n", i, 1 + i % 28, 10 + i, i % 2 ? "paid" : "sent", i);
	str_addf(&t, "%s\n", row);
	snprintf(text, sizeof text, "%s", t.s);
	str_clear(&t);
	return text;
}

static const struct js *checks_of(void)
{
	return js_get(js_get(js_at(js_get(k.result, "files"), 0), "contract"), "checks");
}

static long long aside(void)
{
	return kit_number(&k, "quarantined");
}

/* Each check: a row that passes, one that fails, the reason's code. */
static const struct { const char *field, *good, *bad, *code; } kinds[] = {
	{ "status: { required: true }", "C1,2024-02-01,5.00,paid,R99", "C1,2024-02-01,5.00,,R99", "contract-required" },
	{ "status: { accepted: [paid, sent] }", "C1,2024-02-01,5.00,,R99", "C1,2024-02-01,5.00,lost,R99", "contract-accepted" },
	{ "status: { accepted: [a, b, c, d, e, f, g, h, paid, sent] }", "C1,2024-02-01,5.00,a,R99", "C1,2024-02-01,5.00,pai,R99", "contract-accepted" },
	{ "revenue: { range: 0..100 }", "C1,2024-02-01,100.00,paid,R99", "C1,2024-02-01,100.01,paid,R99", "contract-range" },
	{ "amount: { range: ..100 }", "C1,2024-02-01,100.00,paid,R99", "C1,2024-02-01,100.01,paid,R99", "contract-range" },
	{ "line_revenue: { range: 10.. }", "C1,2024-02-01,10.00,paid,R99", "C1,2024-02-01,9.99,paid,R99", "contract-range" },
	{ "order_ts: { range: 2024-01-01..2024-02-01 }", "C1,2024-02-01,5.00,paid,R99", "C1,2024-02-02,5.00,paid,R99", "contract-range" },
	{ "customer: { pattern: 'C*' }", "C1,2024-02-01,5.00,paid,R99", "X1,2024-02-01,5.00,paid,R99", "contract-pattern" },
	{ "ref: { unique: true }", "C1,2024-02-01,5.00,paid,R99", "C1,2024-02-01,5.00,paid,R7", "contract-unique" },
	{ "ref: { pattern: 'R#*', type: text }", "C1,2024-02-01,5.00,paid,", "C1,2024-02-01,5.00,paid,S99", "contract-pattern" },
};

Test(terms, each_check_passes_and_fails)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char lines[256], key[64];

		kit_close(&k);
		kit_open(&k);
		snprintf(lines, sizeof lines, "fields:\n  %s\n", kinds[i].field);
		accept_contract(lines);
		cr_assert_eq(kit_import_text(&k, file_with(kinds[i].good), NULL), RC_OK, "%s: %s", kinds[i].field, err_get()->why);
		cr_expect_eq(aside(), 0, "%s", kinds[i].field);
		cr_expect_eq(js_count(checks_of()), 0);
		cr_assert_eq(kit_import_text(&k, file_with(kinds[i].bad), NULL), RC_OK, "%s: %s", kinds[i].field, err_get()->why);
		snprintf(key, sizeof key, "reasons.%s", kinds[i].code);
		cr_expect_eq(kit_number(&k, key), 1, "%s", kinds[i].field);
		cr_expect_eq(aside(), 1, "%s", kinds[i].field);
		cr_expect_eq(js_int_of(js_get(js_at(checks_of(), 0), "line")), 42, "%s", kinds[i].field);
		cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_contract WHERE failing = 1 AND verdict = 'warn' AND line = 42"), 1);
	}
}

Test(terms, types)
{
	static const char text[] = "customer_id,order_date,revenue,status,ref\na,2024-01-01,1.00,2024-02-30,1e5\nb,2024-01-01,1.00,2024-02-29,-12.50\n";

	accept_contract("fields:\n  ref: { type: number }\n  status: { type: day }\n");
	cr_assert_eq(kit_validate(&k, kit_file(&k, "v.csv", text, sizeof text - 1), NULL), RC_DATA);
	cr_expect_eq(kit_number(&k, "reasons.contract-type"), 1);
	cr_expect_eq(js_count(checks_of()), 2);
}

Test(terms, a_row_has_all_its_reasons)
{
	accept_contract("fields:\n  status: { accepted: [paid, sent] }\n  revenue: { range: 0..10000 }\n");
	cr_assert_eq(kit_import_text(&k, file_with(",2024-02-01,10001.00,lost,R99"), NULL), RC_OK);
	cr_expect_eq(aside(), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT reasons = 'missing-customer;contract-accepted;contract-range' FROM quar_row"), 1);
}

Test(terms, warn_keeps_the_row_and_tells)
{
	accept_contract("fields:\n  status: { accepted: { is: [paid, sent], severity: warn } }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,lost,R99"), NULL), RC_OK);
	kit_check_accounts(&k, 41, 41, 0, 0);
	cr_expect_str_eq(js_text_of(js_get(js_at(checks_of(), 0), "verdict")), "warn");
	cr_expect_str_eq(js_text_of(js_get(js_at(checks_of(), 0), "example")), "lost");
}

/* 1 of 41 rows is 2.4 %: with a least number of 10 it reaches nothing, with one of 1 it does. */
Test(terms, limits_have_a_least_number)
{
	accept_contract("fields:\n  status: { accepted: { is: [paid, sent], severity: stop, error_if: 2 %, warn_if: 5 } }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,lost,R99"), NULL), RC_OK);
	kit_check_accounts(&k, 41, 41, 0, 0);
	cr_expect_str_eq(js_text_of(js_get(js_at(checks_of(), 0), "verdict")), "pass");
	accept_contract("fields:\n  status: { accepted: { is: [paid, sent], severity: stop, error_if: { share: 2 %, at_least: 1 } } }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,6.00,lost,R99"), NULL), RC_DATA);
}

/* stop: the file leaves its record and nothing else. */
Test(terms, stop_refuses_the_file)
{
	char before[DIGEST_HEX], after[DIGEST_HEX];

	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,paid,R98"), NULL), RC_OK);
	cr_assert_eq(import_state(k.store, before), RC_OK);
	accept_contract("fields:\n  status: { accepted: { is: [paid, sent], severity: stop } }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,lost,R99"), NULL), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CON-120");
	cr_expect(strstr(err_get()->why, "status.accepted") != NULL && strstr(err_get()->why, "line 42: lost") != NULL, "%s", err_get()->why);
	cr_expect_str_eq(kit_word(&k, "status"), "refused");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file WHERE status = 'accepted'"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT sum(rows) FROM raw_block"), 41);
	cr_assert_eq(import_state(k.store, after), RC_OK);
	cr_expect_str_eq(before, after);
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,lost,R99"), NULL), RC_DATA, "again");
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_file WHERE status = 'refused'"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_contract c JOIN raw_file f USING (file_id) WHERE f.status = 'refused' AND c.verdict = 'stop'"), 1);
	cr_expect_eq(scratch_int(&k.place, "SELECT count(*) FROM raw_contract WHERE file_id NOT IN (SELECT file_id FROM raw_file)"), 0);
}

/* Too many rows set aside by the contract fail the gate of the file as others do. */
Test(terms, rows_set_aside_count_against_the_gate)
{
	accept_contract("fields:\n  status: { accepted: [paid] }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,lost,R99"), NULL), RC_DATA);
	cr_expect_str_eq(err_get()->id, "GATE-130");
}

/* What passes leaves the very bytes that it leaves without a contract. */
Test(terms, a_contract_that_passes_changes_nothing)
{
	char before[DIGEST_HEX], after[DIGEST_HEX];
	char *states;

	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,paid,R99"), NULL), RC_OK);
	cr_assert_eq(import_state(k.store, before), RC_OK);
	states = kit_states(&k);
	kit_close(&k);
	kit_open(&k);
	accept_contract("fields:\n  status: { required: true, accepted: [paid, sent] }\n  revenue: { range: 0.., type: number }\n  ref: { unique: true }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,paid,R99"), NULL), RC_OK);
	cr_assert_eq(import_state(k.store, after), RC_OK);
	char *again = kit_states(&k);

	cr_expect_str_eq(before, after);
	cr_expect_str_eq(states, again);
	free(states);
	free(again);
}

/* A row set aside is judged by the contract that is live when it is released. */
Test(terms, release_asks_the_live_contract)
{
	const struct quarantine_ask ask = { .quar_id = 1, .by = "ann", .why = "agreed" };
	struct js *result = NULL;

	accept_contract("fields:\n  status: { accepted: [paid, sent] }\n");
	cr_assert_eq(kit_import_text(&k, file_with("C1,2024-02-01,5.00,lost,R99"), NULL), RC_OK);
	cr_assert_eq(quarantine_release(&k.run, &ask, &result), RC_OK, "%s", err_get()->why);
	cr_expect_eq(js_int_of(js_get(result, "released")), 0);
	cr_expect_str_eq(js_text_of(js_get(js_at(js_get(result, "rows"), 0), "reasons")), "contract-accepted");
	js_free(result);
	accept_contract("fields:\n  status: { accepted: [paid, sent, lost] }\n");
	cr_assert_eq(quarantine_release(&k.run, &ask, &result), RC_OK, "%s", err_get()->why);
	cr_expect_eq(js_int_of(js_get(result, "released")), 1);
	js_free(result);
}

/* Names and addresses of people are not shown. */
Test(terms, examples_of_people_are_masked)
{
	accept_contract("fields:\n  status: { pattern: { is: '*', severity: warn } }\n  email: { accepted: { is: [none], severity: warn } }\n");
	cr_assert_eq(kit_import_text(&k, "customer_id,order_date,revenue,email\na,2024-01-01,1.00,anna@example.org\n", NULL), RC_OK);
	cr_expect(strstr(js_text_of(js_get(js_at(checks_of(), 0), "sentence")), "anna") == NULL);
}

/* The same file but for its money: the mean and the quartiles move. */
Test(terms, distributions_against_the_last_accepted_file)
{
	const char *lines = "fields:\n  revenue: { distribution: { mean: 20 %, quantiles: 20 %, missing: 5 % } }\n";
	struct str one = { 0 }, like = { 0 }, more = { 0 };

	for (int i = 0; i < 100; i++) {
		str_addf(&one, "%sC%d,2024-01-%02d,%d.00\n", i == 0 ? "customer_id,order_date,revenue\n" : "", i, 1 + i % 28, 10 + i % 10);
		str_addf(&like, "%sC%d,2024-02-%02d,%d.00\n", i == 0 ? "customer_id,order_date,revenue\n" : "", i, 1 + i % 28, 11 + i % 10);
		str_addf(&more, "%sC%d,2024-03-%02d,%d.00\n", i == 0 ? "customer_id,order_date,revenue\n" : "", i, 1 + i % 28, 15 + i % 15);
	}
	accept_contract(lines);
	cr_assert_eq(kit_import_text(&k, one.s, NULL), RC_OK);
	cr_expect_eq(js_count(checks_of()), 0);
	cr_assert_eq(kit_import_text(&k, like.s, NULL), RC_OK);
	cr_expect_eq(js_count(checks_of()), 0);
	cr_assert_eq(kit_import_text(&k, more.s, NULL), RC_OK);
	cr_expect_eq(js_count(checks_of()), 1);
	cr_expect(strstr(js_text_of(js_get(js_at(checks_of(), 0), "sentence")), "the mean is 21.75 and was 15.5 (+40 %)") != NULL, "%s",
		js_text_of(js_get(js_at(checks_of(), 0), "sentence")));
	accept_contract("fields:\n  revenue: { distribution: { mean: 20 %, severity: stop } }\n");
	cr_assert_eq(kit_import_text(&k, one.s, NULL), RC_OK, "known: nothing is judged");
	str_add(&one, "C1,2024-03-01,10.00\n");
	cr_assert_eq(kit_import_text(&k, one.s, NULL), RC_DATA);
	cr_expect_str_eq(err_get()->id, "CON-120");
	str_clear(&one);
	str_clear(&like);
	str_clear(&more);
}

/* Fields by the mapping's names, also those that have no role. */
Test(terms, a_mapping_names_the_fields)
{
	static const char text[] = "source: s\ntables:\n  - file: \"*\"\n    date_format: YYYY-MM-DD\n    columns:\n      customer_id: who\n      order_ts: day\n"
		"      line_revenue: money\n      category: kind | upper\n";
	struct mapping *m;

	cr_assert_eq(mapping_parse(arena, "m.yaml", text, sizeof text - 1, &m), RC_OK, "%s", err_get()->why);
	accept_contract("fields:\n  category: { accepted: { is: [A, B], severity: warn } }\n  line_revenue: { range: { is: 0..5, severity: warn } }\n"
		"  money: { range: { is: 0..6, severity: warn } }\n");
	cr_assert_eq(kit_import_text(&k, "who,day,money,kind\nx,2024-01-01,5.00,a\ny,2024-01-02,7.00,c\n", &(struct import_ask){ .mapping = m }), RC_OK, "%s", err_get()->why);
	cr_expect_eq(js_count(checks_of()), 3);
	cr_expect_str_eq(js_text_of(js_get(js_at(checks_of(), 0), "example")), "C");
}
