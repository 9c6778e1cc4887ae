/* quarantine: rows set aside: list them, look at one, take them in after judging again, or discard them. */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "app/report.h"
#include "ingest/quarantine.h"
#include "pipeline/runner.h"

static const struct option options[] = {
	{ "file", 0, "N", "release or discard every open row of this file (its number in 'show files')", NULL },
	{ "by", 0, "NAME", "who decides", NULL },
	{ "reason", 0, "TEXT", "why", NULL },
	{ "date-format", 0, "FORMAT", "release: read dates so", NULL },
	{ "encoding", 0, "NAME", "release: read the bytes so", NULL },
	{ "negative", 0, "refund|quarantine|stop", "release: what a negative amount is", NULL },
	{ "where", 'w', "FILTER", "list: rows to keep", NULL },
	{ "limit", 'n', "N", "list: at most N rows", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc list(struct call *call, const char *filter)
{
	struct page page;
	enum rc     rc = RC_OK;
	if (filter) { /* show N is the list of one */
		call->option[call->values] = &options[6];
		call->value[call->values++] = filter;
	}
	rc = report_load(call, "quarantine", 0, NULL, &page);
	if (!rc)
		report_fill(call->answer, "quarantine", &page);
	return rc;
}

static enum rc decide(struct call *call, bool release)
{
	struct import_ask     reading = { .date_format = call_option(call, "date-format"), .encoding = call_option(call, "encoding"),
	                                  .negative = call_option(call, "negative") };
	struct quarantine_ask ask = { .by = call_option(call, "by"), .why = call_option(call, "reason"), .reading = &reading };
	struct runner_ask     base;
	struct run            run;
	const char           *id = call->argc > 1 ? call->argv[1] : NULL;
	enum rc               rc = call_option_int(call, "file", 1, INT64_MAX, &ask.file_id);
	if (rc)
		return rc;
	if (id ? !str_int(id, strlen(id), &ask.quar_id) || ask.quar_id < 1 : !ask.file_id)
		return err_do(err_set(RC_USAGE, "CMD-145", "give the number of a row, or --file N"), "clv --batch quarantine list");
	call_runner_ask(call, &base);
	runner_prepare(&run, call->store, call->settings, call->arena, &base);
	rc = release ? quarantine_release(&run, &ask, &call->answer->json) : quarantine_discard(&run, &ask, &call->answer->json);
	if (rc)
		return rc;
	const struct js *j = call->answer->json;
	if (release)
		str_addf(&call->answer->text, "released %lld, still set aside %lld; 'run' brings the results up to date\n",
		         (long long)js_int_of(js_get(j, "released")), (long long)js_int_of(js_get(j, "kept")));
	else
		str_addf(&call->answer->text, "discarded %lld\n", (long long)js_int_of(js_get(j, "discarded")));
	return RC_OK;
}

static enum rc run(struct call *call)
{
	const char *what = call->argc ? call->argv[0] : "list";
	int64_t     id;
	if (!strcmp(what, "list") && call->argc < 2)
		return list(call, NULL);
	if (!strcmp(what, "show") && call->argc == 2 && str_int(call->argv[1], strlen(call->argv[1]), &id))
		return list(call, arena_printf(call->arena, "quar_id:%lld", (long long)id));
	bool release = !strcmp(what, "release");
	if ((release || !strcmp(what, "discard")) && !(call_has(call, "by") && call_has(call, "reason")))
		return err_do(err_set(RC_APPROVAL, "CMD-147", "a decision about rows set aside needs a name and a reason"), "add --by NAME --reason TEXT");
	if (release || !strcmp(what, "discard"))
		return decide(call, release);
	return err_do(err_set(RC_USAGE, "CMD-146", "'quarantine' takes list, show N, release N or discard N"), "clv --help quarantine");
}

const struct command command_quarantine = {
	.name = "quarantine", .args = "[list|show N|release N|discard N]", .about = "rows set aside: look, take in after judging again, or discard",
	.details = "release judges the row again with the options given and takes it in only if it passes now. Both decisions need --by NAME and --reason "
	           "TEXT, and have their entry in the audit chain.",
	.options = options, .flags = COMMAND_DECIDES, .max_args = 2, .run = run,
};
