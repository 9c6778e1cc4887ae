/* show: any report, filtered, sorted, paged; reports: the list of them. */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "app/privacy.h"
#include "app/report.h"
#include "app/story.h"
#include "store/sql.h"

static const struct option options[] = {
	{ "where", 'w', "FILTER", "rows to keep: 'clv>500 p<.3', 'cluster:4', 'tier~Top', a | b, !a", NULL },
	{ "sort", 0, "[-]COLUMN", "sort by a column; - for descending", NULL },
	{ "limit", 'n', "N", "at most N rows", NULL },
	{ "offset", 0, "N", "leave out the first N rows", NULL },
	{ "columns", 0, "a,b", "only these columns, in this order", NULL },
	{ "param", 0, "NAME=VALUE", "a parameter of the report", NULL },
	{ "raw", 0, NULL, "CSV: do not neutralise cells that a spreadsheet would run", NULL },
	PRIVACY_OPTION,
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc run_show(struct call *call)
{
	call->answer->raw = call_has(call, "raw");
	if (!strcmp(call->argv[0], "customer"))
		return story_answer(call);
	struct page page;
	enum rc     rc = report_load(call, call->argv[0], call->argc - 1, call->argv + 1, &page);
	if (!rc)
		privacy_report(call, call->argv[0], &page);
	return rc;
}

static enum rc run_reports(struct call *call)
{
	struct js *list = js_array();
	const char *name;
	for (size_t i = 0; (name = page_report_name(i)); i++) {
		struct sql_text sql;
		if (sql_get(call->arena, arena_printf(call->arena, "report/%s", name), &sql))
			continue;
		const char *about = sql_header(&sql, "about");
		struct js  *o = js_object();
		js_set_text(o, "report", name);
		js_set_text(o, "about", about);
		js_add(list, o);
		str_addf(&call->answer->text, "%-16s %s\n", name, about ? about : "");
	}
	call->answer->json = js_object();
	js_set(call->answer->json, "reports", list);
	return RC_OK;
}

const struct command command_show = {
	.name = "show", .args = "REPORT [VALUE...]", .about = "any report: top_customers, customer ID, clusters, quality, drift, runs ...",
	.details = "Terms of a filter are joined by blanks: clv>500 p<.3 means both. A column may be shortened as long as it stays clear. "
	           "Ranges are clv:100..500, lists tier:(a,b), missing is col:?, contains is col~text.",
	.options = options, .min_args = 1, .max_args = 8, .run = run_show,
};

const struct command command_reports = {
	.name = "reports", .args = "", .about = "the list of reports",
	.flags = COMMAND_NO_STORE, .run = run_reports,
};
