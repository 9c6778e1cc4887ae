/* contract propose, diff, accept, log. Not here: what data hold (ingest/proposal.c), how contracts differ (module/contract_diff.c). */
#include "config.h"

#include "app/contracts.h"

#include <string.h>

#include "app/imports.h"
#include "app/report.h"
#include "ingest/import.h"
#include "ingest/profile.h"
#include "ingest/proposal.h"
#include "module/audit.h"
#include "module/contract.h"
#include "module/contract_diff.h"
#include "pipeline/runner.h"
#include "store/page.h"

/* --- propose ---------------------------------------------------------------------------------- */

/* The contract's text, and the contract. */
static enum rc compile(struct call *call, const struct proposal *p, const char **text, struct contract **out)
{
	struct str t = {0};
	proposal_write(&t, p);
	*text = arena_text(call->arena, t.s);
	str_clear(&t);
	return contract_parse(call->arena, "proposal", *text, strlen(*text), out);
}

/* Checks that rows of these files do not keep. */
static bool leave_out(struct proposal *p, const struct js *files)
{
	bool any = false;
	for (size_t i = 0; i < js_count(files); i++) {
		const struct js *checks = js_get(js_get(js_at(files, i), "contract"), "checks");
		for (size_t k = 0; k < js_count(checks); k++) {
			const char *verdict = js_text_of(js_get(js_at(checks, k), "verdict"));
			if (verdict && strcmp(verdict, "pass") != 0) /* rows fail, and fewer than its limit */
				any |= proposal_leave_out(p, js_text_of(js_get(js_at(checks, k), "check")));
		}
	}
	return any;
}

/* The files held to their own proposal. One that cannot be imported is not judged: its error is the import's to tell. */
static enum rc judge(struct run *run, const struct import_ask *ask, const struct contract *c, struct js **result)
{
	struct import_ask own = *ask;
	bool              changed = false;
	own.validate_only = true;
	own.contract = c;
	enum rc rc = import_files(run, &own, result, &changed);
	return rc == RC_CANCELLED || rc == RC_NOMEM || rc == RC_INTERNAL ? rc : RC_OK;
}

static enum rc settle(struct call *call, struct run *run, const struct import_ask *ask, struct proposal *p, const char **text, struct contract **out)
{
	bool    again = true;
	enum rc rc = compile(call, p, text, out);
	for (int i = 0; i < 3 && !rc && again; i++) {
		struct js *result = NULL;
		rc = judge(run, ask, *out, &result);
		again = !rc && leave_out(p, js_get(result, "files"));
		js_free(result);
		if (again)
			rc = compile(call, p, text, out);
	}
	return rc;
}

static enum rc of_files(struct call *call, struct proposal *p, const char **text, struct contract **out)
{
	struct import_ask ask;
	struct runner_ask base;
	struct run        run;
	struct js        *profile = NULL;
	enum rc           rc = imports_ask(call, call->argv + 1, call->argc - 1, &ask);
	if (rc)
		return rc;
	call_runner_ask(call, &base);
	runner_prepare(&run, NULL, call->settings, call->arena, &base);
	rc = import_profile_whole(&run, &ask, &profile);
	if (rc)
		return rc;
	proposal_of_files(call->arena, profile, p);
	rc = settle(call, &run, &ask, p, text, out);
	js_free(profile);
	return rc;
}

enum rc contracts_propose(struct call *call)
{
	struct proposal  p;
	struct contract *c = NULL;
	const char      *text = NULL;
	enum rc          rc = call->argc > 1 ? of_files(call, &p, &text, &c) : proposal_of_store(call->store, call->arena, &p);
	if (!rc && !c)
		rc = compile(call, &p, &text, &c);
	if (rc)
		return rc;
	struct js *js = call->answer->json = js_object(), *left = js_array();
	for (size_t i = 0; i < p.lefts; i++)
		js_add_text(left, p.left_out[i]);
	js_set_text(js, "contract", c->name);
	js_set_text(js, "text", text);
	js_set_int(js, "fields", (int64_t)c->fields);
	js_set_int(js, "checks", (int64_t)c->checks);
	js_set(js, "left_out", left);
	str_add(&call->answer->text, text);
	return RC_OK;
}

/* --- diff ------------------------------------------------------------------------------------- */

static void add_visible(struct str *t, const char *s)
{
	str_add_visible(t, s, strlen(s));
}

static void tell_change(struct str *t, const struct contract_difference *d)
{
	str_addf(t, "  %-9s ", contract_change_name(d->change));
	add_visible(t, d->id);
	str_add(t, ": ");
	add_visible(t, *d->was ? d->was : d->now);
	if (*d->was && *d->now) {
		str_add(t, "  ->  ");
		add_visible(t, d->now);
	}
	str_add_char(t, '\n');
}

/* Differences from the live contract, into the answer. */
static enum rc tell_diff(struct call *call, const struct contract *c)
{
	struct contract            *live = NULL;
	struct contract_difference *d;
	size_t                      n, count[CHANGES] = {0};
	enum rc                     rc = contract_live(call->store, call->arena, c->entity, &live);
	if (rc)
		return rc;
	struct js  *js = call->answer->json = js_object(), *list = js_array();
	struct str *t = &call->answer->text;
	contract_compare(call->arena, live, c, &d, &n);
	str_addf(t, "%s, digest %.12s, against %s\n", c->path, c->digest,
	         live ? arena_printf(call->arena, "version %lld, which is live", (long long)live->version) : "none: nothing is live");
	for (size_t i = 0; i < n; i++) {
		struct js *one = js_object();
		js_set_text(one, "change", contract_change_name(d[i].change));
		js_set_text(one, "check", d[i].id);
		js_set_text(one, "was", *d[i].was ? d[i].was : NULL);
		js_set_text(one, "now", *d[i].now ? d[i].now : NULL);
		js_set_int(one, "line", (int64_t)d[i].line);
		js_add(list, one);
		count[d[i].change]++;
		tell_change(t, &d[i]);
	}
	js_set_text(js, "entity", c->entity);
	js_set_int(js, "live", live ? live->version : 0);
	js_set_text(js, "digest", c->digest);
	js_set(js, "changes", list);
	for (int k = 0; k < CHANGES; k++) {
		js_set_int(js, contract_change_name((enum contract_change)k), (int64_t)count[k]);
		str_addf(t, "%s%zu %s", k ? ", " : "", count[k], contract_change_name((enum contract_change)k));
	}
	str_add_char(t, '\n');
	return RC_OK;
}

enum rc contracts_diff(struct call *call)
{
	struct contract *c = NULL;
	enum rc          rc = contract_read(call->arena, call->argv[1], &c);
	return rc ? rc : tell_diff(call, c);
}

/* --- accept ----------------------------------------------------------------------------------- */

static enum rc check(const struct call *call, const struct contract *c)
{
	const char *digest = call_option(call, "digest");
	if (!call_has(call, "by") || !call_has(call, "reason"))
		return err_do(err_set(RC_APPROVAL, "CMD-197", "a contract is accepted by a person, with a reason"), "add --by NAME --reason TEXT");
	if (digest && (strlen(digest) < 8 || strncmp(digest, c->digest, strlen(digest)) != 0))
		return err_do(err_set(RC_APPROVAL, "CMD-198", "the file is not the one that was looked at: its digest is %.12s", c->digest),
		              "look again: contract diff %s", c->path);
	return RC_OK;
}

enum rc contracts_accept(struct call *call)
{
	struct contract  *c = NULL;
	struct audit_head head;
	int64_t           version = 0;
	enum rc           rc = contract_read(call->arena, call->argv[1], &c);
	rc = rc ? rc : check(call, c);
	rc = rc ? rc : store_begin(call->store);
	rc = rc ? rc : tell_diff(call, c);
	rc = rc ? rc : contract_put(call->store, c, call_option(call, "by"), call_option(call, "reason"), &version);
	rc = rc ? rc : audit_head(call->store, &head);
	rc = rc ? rc : store_commit(call->store);
	if (rc) {
		if (call->store)
			store_rollback(call->store);
		return rc;
	}
	js_set_int(call->answer->json, "version", version);
	js_set_text(call->answer->json, "entry_hash", head.hash);
	str_addf(&call->answer->text, "version %lld of %s is live; audit entry %s\n", (long long)version, c->entity, head.hash);
	return RC_OK;
}

/* --- log -------------------------------------------------------------------------------------- */

enum rc contracts_log(struct call *call)
{
	struct page page;
	enum rc     rc = report_load(call, "contracts", 0, NULL, &page);
	if (!rc)
		report_fill(call->answer, "contracts", &page);
	return rc;
}
