/* Gates: run the checks of one table over the rows that one execution wrote, store the results, give a verdict. */
#ifndef CLV_QUALITY_GATE_H
#define CLV_QUALITY_GATE_H

#include <stdbool.h>

#include "base/json.h"
#include "base/rc.h"
#include "module/run.h"

/* Has the table any checks? */
bool gate_has(const char *table);

/* Run every check of the table inside the caller's transaction and write qc_result and qc_gate (made = run->made). *stopped tells that
 * a check with severity stop failed; the runner then commits the verdict and ends the run with gate_refuse. */
enum rc gate_run(struct run *run, const char *table, bool *stopped);

/* The refusal as an error: RC_DATA with rule, count, examples and what to do, from the stored results. Always returns RC_DATA unless the store fails. */
enum rc gate_refuse(struct run *run, const char *table);

/* The stored results of an execution as {verdict, checks:[{id, table, severity, verdict, hits, share, threshold, sentence, examples}], ratio:{...}}. */
enum rc gate_report(struct store *s, int64_t made, struct js **out);

#endif
