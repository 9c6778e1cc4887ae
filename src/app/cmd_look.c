/* look: what a file says before anything of it is imported, and what a person has to decide. */
#include "config.h"

#include <math.h>

#include "app/command.h"
#include "app/imports.h"
#include "ingest/look.h"

static void add_column(struct str *t, const struct js *c)
{
	const struct js *samples = js_get(c, "samples");
	const char      *role = js_text_of(js_get(c, "role"));
	double           parsed = js_real_of(js_get(c, "parsed"));
	str_addf(t, "  %2lld %-24s %-9s", (long long)js_int_of(js_get(c, "number")), js_text_of(js_get(c, "name")), role ? role : "-");
	if (isnan(parsed))
		str_add(t, "      -");
	else
		str_addf(t, " %5.1f%%", 100 * parsed);
	for (size_t i = 0; i < js_count(samples); i++)
		str_addf(t, "%s%s", i ? " | " : "  ", js_text_of(js_at(samples, i)));
	str_add_char(t, '\n');
}

static void add_doubt(struct str *t, const struct js *d)
{
	const struct js *ways = js_get(d, "choices");
	str_addf(t, "%s\n", js_text_of(js_get(d, "question")));
	for (size_t i = 0; i < js_count(ways); i++) {
		const struct js *set = js_get(js_at(ways, i), "options");
		str_addf(t, "  %s:", js_text_of(js_get(js_at(ways, i), "label")));
		for (size_t k = 0; k < js_count(set); k++)
			str_addf(t, " --%s %s", js_key_at(set, k), js_text_of(js_get(set, js_key_at(set, k))));
		if (js_text_of(js_get(js_at(ways, i), "shows")))
			str_addf(t, "   (%s)", js_text_of(js_get(js_at(ways, i), "shows")));
		str_add_char(t, '\n');
	}
}

static void add_text(struct str *t, const struct js *look)
{
	const struct js *columns = js_get(look, "columns"), *doubts = js_get(look, "doubts"), *error = js_get(look, "error"), *p = js_get(look, "preview");
	const char      *delimiter = js_text_of(js_get(look, "delimiter"));
	str_addf(t, "%s: %lld bytes, %s, delimiter %s, %s%lld rows\n", js_text_of(js_get(look, "file")), (long long)js_int_of(js_get(look, "bytes")),
	         js_text_of(js_get(look, "encoding")), delimiter ? delimiter : "none", js_bool_of(js_get(look, "exact")) ? "" : "about ",
	         (long long)js_int_of(js_get(look, "rows")));
	for (size_t i = 0; i < js_count(columns); i++)
		add_column(t, js_at(columns, i));
	if (js_get(p, "judged"))
		str_addf(t, "of the first %lld rows %lld would be accepted and %lld set aside\n", (long long)js_int_of(js_get(p, "judged")),
		         (long long)js_int_of(js_get(p, "accepted")), (long long)js_int_of(js_get(p, "set_aside")));
	for (size_t i = 0; i < js_count(doubts); i++)
		add_doubt(t, js_at(doubts, i));
	if (!js_is_null(error))
		str_addf(t, "it cannot be imported so: %s (%s)\n", js_text_of(js_get(error, "why")), js_text_of(js_get(error, "code")));
}

static enum rc check(const struct call *call)
{
	return imports_check(call->argv, call->argc);
}

static enum rc run_look(struct call *call)
{
	enum rc rc = imports_look(call, import_look);
	if (rc)
		return rc;
	add_text(&call->answer->text, call->answer->json);
	return RC_OK;
}

const struct command command_look = {
	.name = "look", .args = "FILE", .about = "what a file says before it is imported: columns, doubts, first rows",
	.details = "Reads the beginning of the file, and all of it where only whole columns can tell. Nothing is stored. Where import would refuse "
	           "the file because it has two readings, each reading is listed with the options that choose it. E-mail addresses, "
	           "names and phone numbers are masked, also with --json.",
	.options = imports_look_options, .flags = COMMAND_NO_STORE, .min_args = 1, .max_args = 1, .check = check, .run = run_look,
};
