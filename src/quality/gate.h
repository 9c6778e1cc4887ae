/* Gates: run the checks of one table over the rows that one execution wrote, store the results, give a
 * verdict.
 *
 * Gated tables are those with checks (share/sql/check, `table:`) or row rules: raw_customer (the checks of
 * all raw tables), feat_customer, feat_backtest, score_customer. The runner gates what a finished stage
 * wrote. The raw tables are gated by the stage `quality` instead, which judges what all imports together
 * left: it calls gate_run("raw_customer") itself, and for its table qc_gate gate_run looks up the verdict,
 * so that the runner sees the stop like any other. A stage that reads qc_gate therefore waits for it.
 * Gates look at the clock (freshness, days after today); nothing but their own results depends on it. */
#ifndef CLV_QUALITY_GATE_H
#define CLV_QUALITY_GATE_H

#include <stdbool.h>

#include "base/json.h"
#include "base/rc.h"
#include "module/run.h"

/* Is there a gate to pass after a stage wrote the table? */
bool gate_has(const char *table);

/* Run every check of the table inside the caller's transaction and write qc_result and qc_gate (made =
 * run->made); results of the same execution and table are replaced. *stopped tells that a check with
 * severity stop failed; the runner then commits the verdict and ends the run with gate_refuse. The checks
 * of score_customer use the features that run->source names. */
enum rc gate_run(struct run *run, const char *table, bool *stopped);

/* The refusal as an error: RC_DATA with rule, count, examples and what to do, from the stored results.
 * Always returns RC_DATA unless the store fails. */
enum rc gate_refuse(struct run *run, const char *table);

/* The stored results of an execution as {verdict, checks:[{id, table, severity, verdict, hits, total,
 * share, threshold, sentence, examples}], ratio:{accepted, features, scored}}, each ratio {ok, total,
 * share, verdict}. made 0: of the newest execution of each gated table. The verdict is the worst one;
 * "none" when nothing was checked yet. */
enum rc gate_report(struct store *s, int64_t made, struct js **out);

/* What a contract of orders says of the sets of rows that are stored, nothing kept: [{id, severity, verdict, hits, total, threshold, sentence, examples}]. Checks of
 * rows are asked of customer, day and amount, which is what is stored of a row; the live contract also tells what they found in each file. */
struct contract;
enum rc gate_contract(struct run *run, const struct contract *c, struct js **out);

#endif
