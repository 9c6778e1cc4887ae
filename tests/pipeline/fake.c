/* Fake stages. They write through store_append, so that no SQL text is needed. */
#include "config.h"

#include "fake.h"

#include <stdio.h>
#include <string.h>

#include "module/champion.h"
#include "store/append.h"

struct fake fake;

void fake_reset(void)
{
	fake = (struct fake) { .fail_in = -1, .cancel_in = -1, .hold_in = -1, .champion_in = -1, .rows = 10, .fail_with = RC_NUMERIC };
}

static enum rc write_features(struct run *run)
{
	static const int64_t zero = 0, first = 1;
	static const char *const name[] = { "c" };
	static const uint8_t names[100000];
	const struct append_column c[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &run->made }, { .name = "customer", .type = APPEND_SEQUENCE, .data = &first },
		{ .name = "customer_id", .type = APPEND_NAMES, .data = names, .names = name },
		{ .name = "frequency", .type = APPEND_SAME_I64, .data = &zero }, { .name = "recency", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "T", .type = APPEND_SAME_I64, .data = &zero }, { .name = "first_purchase", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "last_purchase", .type = APPEND_SAME_I64, .data = &zero }, { .name = "orders", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "refunds", .type = APPEND_SAME_I64, .data = &zero },
	};
	return store_append(run->store, "feat_customer", c, sizeof(c) / sizeof(*c), (size_t)fake.rows);
}

static enum rc write_scores(struct run *run)
{
	static const int64_t zero = 0, first = 1;
	const struct append_column c[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &run->made }, { .name = "customer", .type = APPEND_SEQUENCE, .data = &first },
		{ .name = "p_alive", .type = APPEND_SAME_I64, .data = &zero }, { .name = "expected_purchases", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "expected_30d", .type = APPEND_SAME_I64, .data = &zero }, { .name = "p_no_purchase", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "worth", .type = APPEND_SAME_I64, .data = &zero },
	};
	return store_append(run->store, "score_customer", c, sizeof(c) / sizeof(*c), (size_t)fake.rows);
}

static enum rc write_ranks(struct run *run)
{
	static const int64_t zero = 0, first = 1;
	static const char *const name[] = { "x" };
	static const uint8_t names[100000];
	const struct append_column c[] = {
		{ .name = "made", .type = APPEND_SAME_I64, .data = &run->made }, { .name = "rank", .type = APPEND_SEQUENCE, .data = &first },
		{ .name = "customer", .type = APPEND_SEQUENCE, .data = &first }, { .name = "r", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "f", .type = APPEND_SAME_I64, .data = &zero },
		{ .name = "rfm_segment", .type = APPEND_NAMES, .data = names, .names = name },
	};
	return store_append(run->store, "score_rank", c, sizeof(c) / sizeof(*c), (size_t)fake.rows);
}

static enum rc crown(struct run *run)
{
	struct champion c;
	enum rc rc = champion_get(run->store, &c);
	return rc || c.set_id ? rc : champion_set(run->store, 1, run->run_id, 0, "clv", "first fit");
}

static enum rc behave(struct run *run, int me)
{
	fake.calls[me]++;
	run->rows_in = run->rows_out = fake.rows;
	run_note(run, "stage %d", me);
	if (fake.champion_in == me) {
		enum rc rc = crown(run);
		if (rc)
			return rc;
	}
	if (fake.cancel_in == me)
		atomic_store(&fake.cancel, true);
	if (fake.hold_in == me)
		run_hold(run, fake.hold_made, "held output");
	if (fake.fail_in == me)
		return err_set(fake.fail_with, "FAKE-101", "stage %d gave up", me);
	return run_tick(run, "rows", fake.rows, fake.rows);
}

static enum rc load(struct run *run)
{
	if (!run->input)
		return err_set(RC_INTERNAL, "FAKE-102", "the source ran without files");
	run->facts = js_object();
	js_set_int(run->facts, "files", 1);
	fake.state += fake.brings;
	return behave(run, LOAD);
}

static enum rc count(struct run *run)
{
	enum rc rc = write_features(run);
	return rc ? rc : behave(run, COUNT);
}

static enum rc value(struct run *run)
{
	enum rc rc = run_made_of(run, "feat_customer") > 0 ? RC_OK : err_set(RC_INTERNAL, "FAKE-103", "no features");
	if (!rc)
		rc = write_scores(run);
	return rc ? rc : behave(run, VALUE);
}

static enum rc order(struct run *run)
{
	enum rc rc = write_ranks(run);
	return rc ? rc : behave(run, ORDER);
}

#define LIST(...) (const char *const[]) { __VA_ARGS__, NULL }

static const struct stage load_stage = { .name = "load", .version = 1, .writes = LIST("raw_transaction"), .run = load };
static const struct stage count_stage = { .name = "count", .version = 1, .reads = LIST("raw_transaction"),
	.writes = LIST("feat_customer"), .settings = LIST("period"), .run = count };
static const struct stage value_stage = { .name = "value", .version = 1, .reads = LIST("feat_customer", "decision_champion"),
	.writes = LIST("score_customer"), .settings = LIST("horizon_days"), .run = value };
static const struct stage value_newer = { .name = "value", .version = 2, .reads = LIST("feat_customer", "decision_champion"),
	.writes = LIST("score_customer"), .settings = LIST("horizon_days"), .run = value };
static const struct stage order_stage = { .name = "order", .version = 1, .reads = LIST("score_customer"),
	.writes = LIST("score_rank"), .run = order };

static const struct module fakes = { .name = "fakes",
	.stages = (const struct stage *const[]) { &order_stage, &value_stage, &count_stage, &load_stage, NULL } };
static const struct module newer = { .name = "newer",
	.stages = (const struct stage *const[]) { &order_stage, &value_newer, &count_stage, &load_stage, NULL } };

static enum rc source_state(struct store *s, char hex[DIGEST_HEX])
{
	(void)s;
	snprintf(hex, DIGEST_HEX, "%064d", fake.state);
	return RC_OK;
}

static bool gate_has(const char *table)
{
	return !strcmp(table, "score_customer");
}

static enum rc gate_run(struct run *run, const char *table, bool *stopped)
{
	(void)run;
	(void)table;
	fake.gates++;
	*stopped = fake.stop_gate;
	return RC_OK;
}

static enum rc gate_refuse(struct run *run, const char *table)
{
	(void)run;
	return err_set(RC_DATA, "GATE-101", "the gate of %s said no", table);
}

static const struct module *const fake_modules[] = { &fakes, NULL }, *const newer_modules[] = { &newer, NULL };

#define PARTS(list) { .modules = list, .source = "load", .source_state = source_state, \
	.gate_has = gate_has, .gate_run = gate_run, .gate_refuse = gate_refuse }

static const struct runner_parts parts = PARTS(fake_modules), newer_parts = PARTS(newer_modules);

const struct runner_parts *fake_parts(void)
{
	return &parts;
}

const struct runner_parts *fake_parts_newer(void)
{
	return &newer_parts;
}

enum rc fake_run(struct store *s, const struct settings *settings, const struct runner_ask *ask, struct js **result)
{
	struct runner_ask mine = ask ? *ask : (struct runner_ask) { 0 };
	mine.cancel = &fake.cancel;
	return runner_run_with(fake_parts(), s, settings, &mine, result);
}
