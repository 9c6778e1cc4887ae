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
	struct audit_result r = {0};
	struct page         page;
	if (call_has(call, "anchor"))
		return err_do(err_set(RC_USAGE, "CMD-143", "--anchor belongs to 'audit verify'"), "clv --batch audit verify --anchor HEAD:LENGTH");
	enum rc rc = audit_verify(call->store, NULL, &r);
	if (rc && rc != RC_DAMAGED)
		return rc;
	err_clear(); /* entries of a broken chain are shown, too, with the verdict */
	rc = report_load(call, "audit", 0, NULL, &page);
	if (rc)
		return rc;
	report_fill(call->answer, "audit", &page);
	js_set_int(call->answer->json, "entries", r.entries);
	js_set_text(call->answer->json, "head", r.head.hash);
	js_set_text(call->answer->json, "verdict", r.verdict);
	return RC_OK;
}

static struct js *faults_json(const struct audit_result *r)
{
	struct js *list = js_array();
	for (int64_t i = 0; i < r->faults && i < AUDIT_FAULTS; i++) {
		struct js *o = js_object();
		js_set_int(o, "seq", r->fault[i].seq);
		js_set_text(o, "verdict", r->fault[i].verdict);
		js_add(list, o);
	}
	return list;
}

static void faults_text(struct str *t, const struct audit_result *r)
{
	for (int64_t i = 0; i < r->faults && i < AUDIT_FAULTS; i++)
		str_addf(t, "  entry %lld: %s\n", (long long)r->fault[i].seq, r->fault[i].verdict);
	if (r->faults > AUDIT_FAULTS)
		str_addf(t, "  and %lld more\n", (long long)(r->faults - AUDIT_FAULTS));
}

static enum rc verify(struct call *call)
{
	struct audit_result r = {0};
	enum rc             rc = audit_verify(call->store, call_option(call, "anchor"), &r);
	if (rc && rc != RC_DAMAGED)
		return rc;
	struct js *o = call->answer->json = js_object();
	js_set_int(o, "entries", r.entries);
	js_set_text(o, "head", r.head.hash);
	js_set_text(o, "verdict", r.verdict);
	if (r.seq)
		js_set_int(o, "entry", r.seq);
	js_set_int(o, "at_fault", r.faults);
	js_set(o, "faults", faults_json(&r));
	str_addf(&call->answer->text, "audit %s: %lld entries, head %s\n", r.verdict, (long long)r.entries, r.head.hash);
	faults_text(&call->answer->text, &r);
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
	.details = "verify walks the chain to its end and names the entries at fault; exit 8 when there is one. Inside the file it finds entries altered or "
	           "missing, and a tail that was cut although a run wrote it down. A store in which that was changed as well can only be found against an "
	           "anchor kept elsewhere: the HEAD:LENGTH that every run prints.",
	.options = options, .max_args = 1, .run = run,
};
