/* drift: what the newest run measured against the champion's baseline. */
#include "config.h"

#include "app/command.h"
#include "drift/decision.h"
#include "pipeline/runner.h"

static void lines(struct str *t, const struct js *j)
{
	const struct js *features = js_get(j, "features");
	str_addf(t, "drift: %s\n", js_text_of(js_get(j, "verdict")));
	for (size_t i = 0; i < js_count(features); i++) {
		const struct js *f = js_at(features, i);
		str_addf(t, "  %-8s %-10s %-18s %s\n", js_text_of(js_get(f, "verdict")), js_text_of(js_get(f, "scope")), js_text_of(js_get(f, "name")),
		         js_text_of(js_get(f, "sentence")));
	}
}

static enum rc run(struct call *call)
{
	struct runner_ask ask;
	struct js        *ran = NULL;
	call_runner_ask(call, &ask);
	enum rc rc = runner_run(call->store, call->settings, &ask, &ran);
	js_free(ran);
	rc = rc ? rc : drift_report(call->store, call->arena, &call->answer->json);
	if (rc)
		return rc;
	lines(&call->answer->text, call->answer->json);
	const struct js *review = js_get(call->answer->json, "review");
	if (call->fail_on_drift && !js_is_null(review))
		return err_do(err_set(RC_REVIEW, "RUN-190", "drift was found and a review waits for a decision"), "clv --batch review list");
	return RC_OK;
}

const struct command command_drift = {
	.name = "drift", .args = "", .about = "measure features and predictions against the champion's baseline",
	.details = "Runs what is stale first; nothing is retrained. 'show drift' shows the stored measures without running anything.",
	.flags = COMMAND_WRITES, .run = run,
};
