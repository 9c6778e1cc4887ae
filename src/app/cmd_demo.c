/* demo: a generated shop whose last months drift, everything run, a review open. */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "app/export.h"
#include "app/render.h"
#include "app/report.h"
#include "base/file.h"
#include "ingest/synth.h"
#include "pipeline/runner.h"

/* The shop is split at the day before it drifts: the first half is what the champion learns from. */
static const char demo_cut[] = "2025-06-30";
static const char demo_drift[] = "value=1.45@2025-07-01,rate=1.3@2025-07-01";

static enum rc write_part(struct call *call, const char *path, const char *truth, day_t from, day_t to)
{
	struct synth_result done;
	struct synth_ask    ask = { .preset = synth_preset("demo"), .from = DAY_NONE, .to = DAY_NONE, .part_from = from, .part_to = to, .drift = demo_drift,
	                            .dirt = "missing_id=0.004,bad_date=0.003,negative=0.02", .seed = (uint64_t)settings_int(call->settings, "seed"),
	                            .cancel = call->cancel };
	return synth_write(&ask, path, truth, &done);
}

/* Import one half and run everything. */
static enum rc half(struct call *call, const char *path, struct js **ran)
{
	struct import_ask import = { .path = &path, .paths = 1, .on_bad = "quarantine", .negative = "refund" };
	struct runner_ask ask;
	call_runner_ask(call, &ask);
	ask.import = &import;
	return runner_run(call->store, call->settings, &ask, ran);
}

static enum rc top_ten(struct call *call)
{
	struct page_ask ask = { .report = "top_customers", .limit = 10,
	                        .columns = "rank,customer_id,frequency,days_since_last,p_alive,expected_purchases,clv,clv_low,clv_high,tier,cluster_id" };
	struct page     page;
	enum rc         rc = page_load(call->store, call->arena, &ask, &page);
	if (rc)
		return rc;
	str_add(&call->answer->text, "The ten most valuable customers\n");
	render_table(&call->answer->text, page.frame);
	struct js *rows = render_json(page.frame);
	js_set(call->answer->json, "top_customers", rows);
	ask = (struct page_ask){ .report = "clusters", .limit = -1,
	                         .columns = "cluster_id,cluster_rank,customers,customer_share,total,total_share,mean,median" };
	rc = page_load(call->store, call->arena, &ask, &page);
	if (!rc) {
		str_add(&call->answer->text, "\nClusters of predicted value\n");
		render_table(&call->answer->text, page.frame);
	}
	return rc;
}

static void next_steps(struct call *call, const struct js *second)
{
	const struct js *audit = js_get(second, "audit");
	long long        review = (long long)js_int_of(js_get(js_get(second, "review"), "id")), run = (long long)js_int_of(js_get(second, "run_id"));
	const char      *s = call->store_path;
	struct str      *t = &call->answer->text;
	if (review)
		str_addf(t, "\nThe last months differ from those the champion learned from: review %lld is open. Nothing is retrained until a person decides.\n", review);
	str_addf(t, "\nnext:  clv --batch -s %s show summary\n       clv --batch -s %s show customer C000001\n", s, s);
	if (review)
		str_addf(t, "       clv --batch -s %s review show %lld\n       clv --batch -s %s approve %lld --by NAME --reason TEXT --confirm %lld\n", s, review, s,
		         review, run);
	if (js_text_of(js_get(audit, "head")))
		str_addf(t, "audit %s:%lld\n", js_text_of(js_get(audit, "head")), (long long)js_int_of(js_get(audit, "length")));
}

static enum rc run(struct call *call)
{
	char      *folder = file_beside(call->arena, call->store_path, "demo-data");
	char      *before = arena_printf(call->arena, "%s/before.csv", folder), *after = arena_printf(call->arena, "%s/after.csv", folder);
	char      *truth = arena_printf(call->arena, "%s/truth/truth.csv", folder);
	const char *outputs = NULL;
	struct js *first = NULL, *second = NULL, *files = NULL;
	day_t      cut;
	if (!day_parse_iso(demo_cut, sizeof demo_cut - 1, &cut))
		return err_set(RC_INTERNAL, "CMD-160", "the demo's cut is no date");
	enum rc rc = file_make_folder(arena_printf(call->arena, "%s/truth", folder));
	rc = rc ? rc : write_part(call, before, truth, day_from_civil(1970, 1, 1), cut);
	rc = rc ? rc : write_part(call, after, NULL, cut + 1, day_from_civil(9999, 12, 31));
	rc = rc ? rc : half(call, before, &first);
	rc = rc ? rc : half(call, after, &second);
	call->answer->json = js_object();
	rc = rc ? rc : top_ten(call);
	rc = rc ? rc : export_folder(call->arena, call->settings, call->store_path, &outputs);
	rc = rc ? rc : export_all(call->store, call->arena, outputs, false, NULL, call->cancel, &files);
	js_set_text(call->answer->json, "store", call->store_path);
	if (!rc)
		next_steps(call, second);
	js_set(call->answer->json, "first", first ? first : js_null());
	js_set(call->answer->json, "second", second ? second : js_null());
	js_set(call->answer->json, "outputs", files ? files : js_null());
	return rc;
}

const struct command command_demo = {
	.name = "demo", .args = "", .about = "a generated shop whose last months drift: everything run, a review open",
	.details = "Writes demo-data/ beside the store, imports its first eighteen months, runs (the champion learns), imports the last six, in which people "
	           "spend more and buy more often, and runs again: the drift is found and a review waits. Doing it again changes nothing.",
	.flags = COMMAND_WRITES | COMMAND_CREATES, .run = run,
};
