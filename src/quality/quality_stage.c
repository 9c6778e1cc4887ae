/* The stage `quality`: holds what the imports left against the checks of the raw tables. Its verdict stops
 * the run through the gate of qc_gate, so that results and refusal are both kept. Reads raw_* and quar_*;
 * owns qc_result, qc_gate. */
#include "config.h"

#include "quality/quality_stage.h"

#include "quality/gate.h"
#include "store/query.h"

enum rc quality_run(struct run *run)
{
	bool    stopped = false;
	enum rc rc = gate_run(run, "raw_customer", &stopped);
	if (!rc)
		rc = gate_report(run->store, run->made, &run->facts);
	if (!rc)
		rc = query_get_int(run->store, "statement/quality_gate_rows", &run->rows_in, "ti", "raw_customer", run->made);
	if (rc)
		return rc;
	run->rows_out = (int64_t)js_count(js_get(run->facts, "checks"));
	run_note(run, "%lld checks: %s", (long long)run->rows_out, js_text_of(js_get(run->facts, "verdict")));
	return RC_OK;
}
