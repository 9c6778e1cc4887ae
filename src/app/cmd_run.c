/* run: one click, from the files given to the ranked customers and the output files. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "app/command.h"
#include "app/export.h"
#include "app/imports.h"
#include "base/file.h"
#include "ingest/aside.h"
#include "ingest/returns.h"
#include "pipeline/runner.h"

static const struct option options[] = {
	{ "only", 0, "STAGE", "run this stage alone", NULL },
	{ "from", 0, "STAGE", "begin with this stage", NULL },
	{ "to", 0, "STAGE", "end with this stage", NULL },
	{ "force", 0, NULL, "run stages that are fresh, too", NULL },
	{ "dry-run", 0, NULL, "print the plan and why each stage would run; nothing runs", NULL },
	{ "accepted-only", 0, NULL, "go on with what was accepted before, though files are set aside whole; with --by and --reason", NULL },
	{ "by", 0, "NAME", "accepted-only: who says so", NULL },
	{ "reason", 0, "TEXT", "accepted-only: why", NULL },
	{ "no-export", 0, NULL, "leave the output files alone", NULL },
	{ "preset", 0, "NAME", "a shipped mapping: plain, cdnow ... (sources list)", NULL },
	{ "customer", 0, "COLUMN", "as for import", NULL },
	{ "date", 0, "COLUMN", "as for import", NULL },
	{ "amount", 0, "COLUMN", "as for import", NULL },
	{ "quantity", 0, "COLUMN", "as for import", NULL },
	{ "price", 0, "COLUMN", "as for import", NULL },
	{ "currency-column", 0, "COLUMN", "as for import", NULL },
	{ "encoding", 0, "NAME", "as for import", NULL },
	{ "delimiter", 0, "C", "as for import", NULL },
	{ "date-format", 0, "FORMAT", "as for import", NULL },
	{ "on-bad", 0, "quarantine|stop", "as for import", NULL },
	{ "negative", 0, "refund|quarantine|stop", "as for import", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static void add_stages(struct str *t, const struct js *stages)
{
	for (size_t i = 0; i < js_count(stages); i++) {
		const struct js *s = js_at(stages, i);
		const char      *reason = js_text_of(js_get(s, "reason")), *note = js_text_of(js_get(s, "note"));
		str_addf(t, "  %-10s %-8s", js_text_of(js_get(s, "name")), js_text_of(js_get(s, "status")));
		if (js_get(s, "seconds") && js_real_of(js_get(s, "seconds")) > 0)
			str_addf(t, " %7.2f s", js_real_of(js_get(s, "seconds")));
		str_addf(t, "  %s%s%s\n", reason ? reason : "", note && *note ? ": " : "", note ? note : "");
	}
}

/* Does a review wait for a person today? A deferred one does once its day has come. */
static bool waits(const struct js *review)
{
	const char *state = js_text_of(js_get(review, "state"));
	return js_int_of(js_get(review, "id")) && (js_get(review, "due") ? js_bool_of(js_get(review, "due")) : state && !strcmp(state, "open"));
}

static void add_summary(struct str *t, const struct js *j)
{
	const struct js *audit = js_get(j, "audit"), *review = js_get(j, "review");
	const char      *status = js_text_of(js_get(j, "status"));
	imports_text(t, js_get(j, "import"));
	if (js_int_of(js_get(j, "run_id")))
		str_addf(t, "run %lld: ", (long long)js_int_of(js_get(j, "run_id")));
	str_addf(t, "%s\n", status ? status : "");
	add_stages(t, js_get(j, "stages"));
	if (waits(review))
		str_addf(t, "review %lld is open: clv --batch review show %lld\n", (long long)js_int_of(js_get(review, "id")),
		         (long long)js_int_of(js_get(review, "id")));
	else if (js_int_of(js_get(review, "id")))
		str_addf(t, "review %lld is %s\n", (long long)js_int_of(js_get(review, "id")), js_text_of(js_get(review, "state")));
	if (js_text_of(js_get(audit, "head")))
		str_addf(t, "audit %s:%lld\n", js_text_of(js_get(audit, "head")), (long long)js_int_of(js_get(audit, "length")));
}

/* Without files there is something to import, too, when returns are to count otherwise than they do. */
static enum rc import_part(struct call *call, struct import_ask *import, bool *any)
{
	const char *const *item;
	size_t             n = settings_list(call->settings, "input", &item);
	*any = call->argc > 0 || n > 0;
	if (!*any) {
		enum rc rc = returns_outdated(call->store, call->arena, call->settings, any);
		return rc || !*any ? rc : imports_ask(call, NULL, 0, import);
	}
	if (call->argc)
		return imports_ask(call, call->argv, call->argc, import);
	const char **beside = arena_alloc(call->arena, n, sizeof *beside); /* cron's working folder means nothing: the settings' does */
	for (size_t i = 0; i < n; i++)
		beside[i] = file_beside(call->arena, call->config_path ? call->config_path : call->store_path, item[i]);
	return imports_ask(call, beside, n, import);
}

static enum rc check(const struct call *call)
{
	const char *const *item;
	if (!call->argc && !settings_list(call->settings, "input", &item) && !file_exists(call->store_path))
		return err_do(err_set(RC_IO, "CMD-149", "%s is not there, and no file was given to make it from", call->store_path),
		              "clv --batch run FILE.csv, or name the store with --store");
	return imports_check(call->argv, call->argc);
}

static enum rc run(struct call *call)
{
	struct import_ask import;
	struct runner_ask ask;
	bool              any;
	const char       *folder;
	enum rc           rc = import_part(call, &import, &any);
	rc = rc ? rc : export_folder(call->arena, call->settings, call->store_path, &folder);
	if (rc)
		return rc;
	call_runner_ask(call, &ask);
	ask.accepted_only = import.accepted_only = call_has(call, "accepted-only");
	if (ask.accepted_only && !call_has(call, "dry-run"))
		rc = aside_pass(call->store, call_option(call, "by"), call_option(call, "reason"));
	if (rc)
		return rc;
	ask.import = any ? &import : NULL;
	ask.only = call_option(call, "only");
	ask.from = call_option(call, "from");
	ask.to = call_option(call, "to");
	ask.force = call_has(call, "force");
	ask.dry_run = call_has(call, "dry-run");
	rc = runner_run(call->store, call->settings, &ask, &call->answer->json);
	struct js *j = call->answer->json;
	bool       whole = !ask.dry_run && !ask.only && !ask.to && !call_has(call, "no-export");
	if (!rc && whole && !export_is_current(call->store, call->arena, folder)) {
		struct js *files = NULL;
		rc = export_all(call->store, call->arena, folder, false, NULL, call->cancel, &files);
		if (files)
			js_set(j, "outputs", files);
	}
	if (j)
		add_summary(&call->answer->text, j);
	if (!rc && call->fail_on_drift && j && waits(js_get(j, "review")))
		rc = err_do(err_set(RC_REVIEW, "RUN-190", "drift was found and review %lld waits for a decision",
		                    (long long)js_int_of(js_get(js_get(j, "review"), "id"))),
		            "clv --batch review show %lld", (long long)js_int_of(js_get(js_get(j, "review"), "id")));
	return rc;
}

const struct command command_run = {
	.name = "run", .args = "[FILE...]", .about = "one click: import the files given, run what is stale, write the output files",
	.details = "Without files the `input` globs of the settings are imported. Stages whose inputs and settings did not change are not run. "
	           "A gate that says no ends the run with exit 3 and leaves the last good results as they are; so does a file that is set aside whole, until "
	           "it is decided about (quarantine) or --accepted-only says to go on without it, which is entered in the audit chain. The model is never retrained here: "
	           "the champion's stored parameters score until a review is approved.",
	.options = options, .flags = COMMAND_WRITES | COMMAND_CREATES, .max_args = SIZE_MAX, .check = check, .run = run,
};
