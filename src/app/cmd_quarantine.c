/* quarantine: rows set aside: list them, look at one, take them in after judging again, or discard them. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "app/asides.h"
#include "app/command.h"
#include "app/privacy.h"
#include "app/report.h"
#include "ingest/mapping.h"
#include "ingest/quarantine.h"
#include "pipeline/runner.h"

static const struct option options[] = {
	{ "file", 0, "N", "every open row of this file, or the file that is set aside whole (its number in 'show files')", NULL },
	{ "code", 0, "CODE", "every open row with this reason, of the file or of all", NULL },
	{ "dry-run", 0, NULL, "retry: say what would be released, change nothing", NULL },
	{ "text", 0, "TEXT", "fix: the row's mended text", NULL },
	{ "mapping", 0, "FILE", "release, retry: judge by this mapping", NULL },
	{ "by", 0, "NAME", "who decides", NULL },
	{ "reason", 0, "TEXT", "why", NULL },
	{ "date-format", 0, "FORMAT", "release: read dates so", NULL },
	{ "encoding", 0, "NAME", "release: read the bytes so", NULL },
	{ "negative", 0, "refund|quarantine|stop", "release: what a negative amount is", NULL },
	{ "customer", 0, "COLUMN", "release of a whole file: as for import", NULL },
	{ "date", 0, "COLUMN", "release of a whole file: as for import", NULL },
	{ "amount", 0, "COLUMN", "release of a whole file: as for import", NULL },
	{ "quantity", 0, "COLUMN", "release of a whole file: as for import", NULL },
	{ "price", 0, "COLUMN", "release of a whole file: as for import", NULL },
	{ "where", 'w', "FILTER", "list: rows to keep", NULL },
	{ "limit", 'n', "N", "list: at most N rows", NULL },
	PRIVACY_OPTION,
	{ NULL, 0, NULL, NULL, NULL },
};

static const struct option *where_option(void)
{
	const struct option *o = options;
	while (strcmp(o->name, "where") != 0)
		o++;
	return o;
}

static enum rc list(struct call *call, const char *filter)
{
	struct page page;
	struct js  *files = NULL;
	enum rc     rc = RC_OK;
	if (filter) { /* show N is the list of one */
		call->option[call->values] = where_option();
		call->value[call->values++] = filter;
	}
	rc = report_load(call, "quarantine", 0, NULL, &page);
	if (!rc && !call_has(call, "where"))
		rc = asides_list(call, &page, &files);
	if (rc)
		return rc;
	privacy_report(call, "quarantine", &page);
	if (files)
		js_set(call->answer->json, "files", files);
	return RC_OK;
}

/* The rows, the file or the reason that is meant: argv from `at` on, and options. */
static enum rc which(const struct call *call, size_t at, struct quarantine_ask *ask)
{
	size_t   n = call->argc > at ? call->argc - at : 0;
	int64_t *ids = arena_alloc(call->arena, n + 1, sizeof *ids);
	bool     good = true;
	enum rc  rc = call_option_int(call, "file", 1, INT64_MAX, &ask->file_id);
	if (rc)
		return rc;
	ask->code = call_option(call, "code");
	for (size_t i = 0; i < n; i++)
		good = good && str_int(call->argv[at + i], strlen(call->argv[at + i]), &ids[i]) && ids[i] > 0;
	if (!good || (!n && !ask->file_id && !ask->code))
		return err_do(err_set(RC_USAGE, "CMD-145", "give the numbers of rows, --file N or --code CODE"), "clv --batch quarantine list");
	if (n && (ask->file_id || ask->code))
		return err_do(err_set(RC_USAGE, "CMD-145", "the numbers of rows say which: --file and --code choose others"), "give one or the other");
	ask->quar_id = n == 1 ? ids[0] : 0;
	ask->ids = n > 1 ? ids : NULL;
	ask->n = n > 1 ? n : 0;
	return RC_OK;
}

static enum rc mapping_of(const struct call *call, struct import_ask *reading)
{
	struct mapping *m = NULL;
	const char     *name = call_option(call, "mapping");
	enum rc         rc = name ? mapping_read(call->arena, name, &m) : RC_OK;
	reading->mapping = m;
	return rc;
}

static void tell(struct str *t, const struct js *j, const struct quarantine_ask *ask, bool discard)
{
	long long released = js_int_of(js_get(j, "released")), kept = js_int_of(js_get(j, "kept"));
	if (discard)
		str_addf(t, "discarded %lld\n", (long long)js_int_of(js_get(j, "discarded")));
	else if (ask->dry)
		str_addf(t, "would be released %lld, still set aside %lld; nothing was changed\n", released, kept);
	else
		str_addf(t, "released %lld, still set aside %lld; 'run' brings the results up to date\n", released, kept);
}

/* release, retry, fix: judged again; or discard. */
static enum rc decide(struct call *call, bool discard, bool fix)
{
	struct import_ask     reading = { .date_format = call_option(call, "date-format"), .encoding = call_option(call, "encoding"),
	                                  .negative = call_option(call, "negative") };
	struct quarantine_ask ask = { .by = call_option(call, "by"), .why = call_option(call, "reason"), .reading = &reading,
	                              .text = fix ? call_option(call, "text") : NULL, .dry = call_has(call, "dry-run") };
	struct runner_ask     base;
	struct run            run;
	enum rc               rc = which(call, 1, &ask);
	rc = rc ? rc : mapping_of(call, &reading);
	if (rc)
		return rc;
	if (fix && (!ask.text || !ask.quar_id))
		return err_do(err_set(RC_USAGE, "CMD-175", "a row is mended with its number and --text"), "clv --batch quarantine show N");
	call_runner_ask(call, &base);
	runner_prepare(&run, call->store, call->settings, call->arena, &base);
	rc = discard ? quarantine_discard(&run, &ask, &call->answer->json) : quarantine_release(&run, &ask, &call->answer->json);
	if (!rc)
		tell(&call->answer->text, call->answer->json, &ask, discard);
	return rc;
}

/* One row; without it the reader may have meant a file that is set aside whole. */
static enum rc show(struct call *call, int64_t id)
{
	enum rc rc = list(call, arena_printf(call->arena, "quar_id:%lld", (long long)id));
	if (rc || js_int_of(js_get(call->answer->json, "total")))
		return rc;
	return err_do(err_set(RC_USAGE, "CSV-142", "no row %lld in quarantine", (long long)id),
	              "'quarantine list' shows the numbers; of a file that is set aside whole: quarantine show --file %lld", (long long)id);
}

static enum rc export_rows(struct call *call)
{
	struct quarantine_ask ask = { 0 };
	struct runner_ask     base;
	struct run            run;
	int64_t               rows = 0;
	enum rc               rc = which(call, 2, &ask);
	if (rc)
		return rc;
	call_runner_ask(call, &base);
	runner_prepare(&run, call->store, call->settings, call->arena, &base);
	rc = quarantine_export(&run, &ask, call->argv[1], &rows);
	if (rc)
		return rc;
	call->answer->json = js_object();
	js_set_text(call->answer->json, "path", call->argv[1]);
	js_set_int(call->answer->json, "rows", rows);
	str_add_visible(&call->answer->text, call->argv[1], strlen(call->argv[1]));
	str_addf(&call->answer->text, ": %lld rows, as they were delivered\n", (long long)rows);
	return RC_OK;
}

static enum rc run(struct call *call)
{
	const char *what = call->argc ? call->argv[0] : "list";
	int64_t     id;
	bool        whole = false;
	enum rc     rc = asides_meant(call, &whole);
	if (rc || whole)
		return rc ? rc : asides_run(call, what);
	if (!strcmp(what, "list") && call->argc < 2)
		return list(call, NULL);
	if (!strcmp(what, "show") && call->argc == 2 && str_int(call->argv[1], strlen(call->argv[1]), &id))
		return show(call, id);
	if (!strcmp(what, "export") && call->argc >= 2)
		return export_rows(call);
	bool discard = !strcmp(what, "discard"), fix = !strcmp(what, "fix"), retry = !strcmp(what, "retry");
	if (!discard && !fix && !retry && strcmp(what, "release") != 0)
		return err_do(err_set(RC_USAGE, "CMD-146", "'quarantine' takes list, show N, retry N, release N, fix N, discard N or export FILE N"),
		              "clv --help quarantine");
	if (!(retry && call_has(call, "dry-run")) && !(call_has(call, "by") && call_has(call, "reason")))
		return err_do(err_set(RC_APPROVAL, "CMD-147", "a decision about rows set aside needs a name and a reason"), "add --by NAME --reason TEXT");
	return decide(call, discard, fix);
}

const struct command command_quarantine = {
	.name = "quarantine", .args = "[list|show N|retry N...|release N...|fix N|discard N...|export FILE N...]",
	.about = "rows set aside: look, take in after judging again, mend, or discard",
	.details = "retry and release judge the row again with the options given, perhaps by another mapping, and take it in only if it passes now; "
	           "retry --dry-run says what would pass and changes nothing. fix takes a row in by its mended text; its bytes stay as they came. "
	           "export writes the rows as they were delivered, under their header. In place of numbers, --file N means every open row "
	           "of a file, --code CODE every open row with a reason; all in one transaction. "
	           "Decisions need --by NAME and --reason TEXT, and have their entry in the audit chain.",
	.options = options, .flags = COMMAND_DECIDES, .max_args = SIZE_MAX, .run = run,
};
