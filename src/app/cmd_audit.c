/* audit: the chain's entries, or its verification. */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "app/report.h"
#include "module/audit.h"

static const struct option options[] = {
	{ "anchor", 0, "HEAD:LENGTH|FILE", "what a run printed, or a file whose last line holds it: finds a cut tail and a rewritten chain", NULL },
	{ "where", 'w', "FILTER", "entries to keep", NULL },
	{ "limit", 'n', "N", "at most N entries", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc list(struct call *call)
{
	struct audit_head head;
	struct page       page;
	enum rc           rc = audit_head(call->store, &head);
	rc = rc ? rc : report_load(call, "audit", 0, NULL, &page);
	if (rc)
		return rc;
	report_fill(call->answer, "audit", &page);
	js_set_int(call->answer->json, "entries", head.length);
	js_set_text(call->answer->json, "head", head.hash);
	return RC_OK;
}

static enum rc verify(struct call *call)
{
	struct audit_result r = {0};
	enum rc             rc = audit_verify(call->store, call_option(call, "anchor"), &r);
	if (rc && rc != RC_DAMAGED)
		return rc;
	struct js *o = call->answer->json = js_object();
	js_set_int(o, "entries", r.head.length);
	js_set_text(o, "head", r.head.hash);
	js_set_text(o, "verdict", r.verdict);
	if (r.seq)
		js_set_int(o, "entry", r.seq);
	js_set_int(o, "checked", r.checked);
	str_addf(&call->answer->text, "audit %s: %lld entries, head %s\n", r.verdict, (long long)r.head.length, r.head.hash);
	return rc;
}

static enum rc run(struct call *call)
{
	if (!call->argc)
		return list(call);
	if (!strcmp(call->argv[0], "verify"))
		return verify(call);
	return err_do(err_set(RC_USAGE, "CMD-140", "'audit' takes 'verify' or nothing"), "clv --batch audit verify");
}

const struct command command_audit = {
	.name = "audit", .args = "[verify]", .about = "the audit chain; verify names what was altered, lost, cut or rewritten",
	.details = "verify walks the chain; exit 8 when it is broken. Inside the file it finds entries altered or missing. A tail that was cut, or a "
	           "chain written anew, can only be found against an anchor kept elsewhere: the HEAD:LENGTH that every run prints.",
	.options = options, .max_args = 1, .run = run,
};
