/* export: the output files of the live run, into a folder. */
#include "config.h"

#include "app/command.h"
#include "app/export.h"

static const struct option options[] = {
	{ "columns", 0, "NAMES", "also clv_customer_attributes.csv: columns kept of customers, names with commas, or all (but names of people)", NULL },
	{ "raw", 0, NULL, "do not neutralise cells that a spreadsheet would run", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc run(struct call *call)
{
	struct js *files = NULL;
	enum rc    rc = export_all(call->store, call->arena, call->argv[0], call_has(call, "raw"), call_option(call, "columns"), call->cancel, &files);
	if (rc)
		return rc;
	call->answer->json = js_object();
	for (size_t i = 0; i < js_count(files); i++)
		str_addf(&call->answer->text, "%s  %lld rows\n", js_text_of(js_get(js_at(files, i), "path")),
		         (long long)js_int_of(js_get(js_at(files, i), "rows")));
	js_set(call->answer->json, "files", files);
	return RC_OK;
}

const struct command command_export = {
	.name = "export", .args = "DIR", .about = "write the output files of the live run into a folder",
	.details = "clv_ranked_predictions.csv, clv_clustered_customers.csv, clv_cluster_rankings.csv, the drift reports under monitoring/ and "
	           "manifest.json; with --columns also clv_customer_attributes.csv, a row a customer. Each file is written beside its place, synced and renamed.",
	.options = options, .min_args = 1, .max_args = 1, .run = run,
};
