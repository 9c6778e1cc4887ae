/* review: what waits for a person; approve, decline, defer: the decision, by name, with a reason and the run typed once more. */
#include "config.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/export.h"
#include "base/file.h"
#include "drift/decision.h"
#include "pipeline/runner.h"

static const struct option approve_options[] = {
	{ "by", 0, "NAME", "who decides", NULL },
	{ "reason", 0, "TEXT", "why; at least 10 characters", NULL },
	{ "confirm", 0, "RUN", "the number of the run under review, typed once", NULL },
	{ "evidence", 0, "HEX", "digest of the evidence that was shown; refused when it is another one now", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static const struct option defer_options[] = {
	{ "by", 0, "NAME", "who decides", NULL },
	{ "reason", 0, "TEXT", "why; at least 10 characters", NULL },
	{ "confirm", 0, "RUN", "the number of the run under review, typed once", NULL },
	{ "evidence", 0, "HEX", "digest of the evidence that was shown; refused when it is another one now", NULL },
	{ "until", 0, "DATE", "when it comes up again", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static enum rc number_of(const char *text, const char *what, int64_t *out)
{
	if (str_int(text, strlen(text), out) && *out > 0)
		return RC_OK;
	return err_do(err_set(RC_USAGE, "CMD-150", "'%s' is not the number of a %s", text, what), "clv --batch review list");
}

/* --- looking ---------------------------------------------------------------------------------- */

static void list_text(struct str *t, const struct js *list)
{
	const struct js *reviews = js_get(list, "reviews");
	if (!js_count(reviews))
		str_add(t, "no review was ever opened\n");
	for (size_t i = 0; i < js_count(reviews); i++) {
		const struct js *r = js_at(reviews, i);
		str_addf(t, "review %lld  %-10s run %lld  %s\n", (long long)js_int_of(js_get(r, "review")), js_text_of(js_get(r, "state")),
		         (long long)js_int_of(js_get(r, "run")), js_text_of(js_get(r, "reason")));
	}
}

static void params_text(struct str *t, const char *title, const struct js *set)
{
	const struct js *models = js_get(set, "models");
	str_addf(t, "%s: set %lld\n", title, (long long)js_int_of(js_get(set, "set")));
	for (size_t i = 0; i < js_count(models); i++) {
		const struct js *m = js_at(models, i), *p = js_get(m, "params");
		str_addf(t, "  %-9s %-8s %-10s", js_text_of(js_get(m, "role")), js_text_of(js_get(m, "model")), js_text_of(js_get(m, "status")));
		for (size_t k = 0; k < js_count(p); k++) {
			const char *name = js_key_at(p, k);
			str_addf(t, "  %s %.4g", name, js_real_of(js_get(p, name)));
		}
		str_add_char(t, '\n');
	}
}

static void show_text(struct str *t, const struct js *r)
{
	const struct js *features = js_get(r, "features");
	str_addf(t, "review %lld: %s, opened %s on run %lld\n%s\n", (long long)js_int_of(js_get(r, "review")), js_text_of(js_get(r, "state")),
	         js_text_of(js_get(r, "opened_at")), (long long)js_int_of(js_get(r, "run")), js_text_of(js_get(r, "reason")));
	for (size_t i = 0; i < js_count(features); i++) {
		const struct js *f = js_at(features, i);
		const char      *verdict = js_text_of(js_get(f, "verdict"));
		const char      *scope = js_text_of(js_get(f, "scope"));
		if (verdict && scope && !strcmp(scope, "cohort") && strcmp(verdict, "stable") != 0)
			str_addf(t, "  %-7s %-18s %s\n", verdict, js_text_of(js_get(f, "name")), js_text_of(js_get(f, "sentence")));
	}
	params_text(t, "champion", js_get(r, "champion"));
	params_text(t, "candidate", js_get(r, "candidate"));
	str_addf(t, "evidence %s\n", js_text_of(js_get(r, "evidence")));
	str_addf(t, "decide:  clv --batch approve %lld --by NAME --reason TEXT --confirm %lld   (or decline, or defer --until DATE)\n",
	         (long long)js_int_of(js_get(r, "review")), (long long)js_int_of(js_get(r, "confirm")));
}

static enum rc run_review(struct call *call)
{
	const char *what = call->argc ? call->argv[0] : "list";
	int64_t     id = 0;
	enum rc     rc;
	if (!strcmp(what, "list")) {
		rc = review_list(call->store, call->arena, &call->answer->json);
		if (!rc)
			list_text(&call->answer->text, call->answer->json);
		return rc;
	}
	if (strcmp(what, "show") != 0 || call->argc < 2)
		return err_do(err_set(RC_USAGE, "CMD-151", "'review' takes list, or show and a review's number"), "clv --batch review list");
	rc = number_of(call->argv[1], "review", &id);
	rc = rc ? rc : review_show(call->store, call->arena, id, &call->answer->json);
	if (!rc)
		show_text(&call->answer->text, call->answer->json);
	return rc;
}

/* --- deciding --------------------------------------------------------------------------------- */

static void who(struct decide_ask *ask, char login[64], char host[64])
{
	const struct passwd *p = getpwuid(geteuid());
	if (p && p->pw_name)
		snprintf(login, 64, "%s", p->pw_name);
	else
		snprintf(login, 64, "uid %u", (unsigned)geteuid());
	if (gethostname(host, 64))
		snprintf(host, 64, "unknown");
	host[63] = 0;
	ask->login = login;
	ask->host = host;
}

/* The promoted set scores at once: the stages after it are stale now. */
static enum rc rescore(struct call *call)
{
	struct runner_ask ask;
	struct js        *ran = NULL, *files = NULL;
	call_runner_ask(call, &ask);
	ask.accepted_only = true; /* the set was judged on them */
	const char *folder;
	enum rc     rc = runner_run(call->store, call->settings, &ask, &ran);
	rc = rc ? rc : export_folder(call->arena, call->settings, call->store_path, &folder);
	rc = rc ? rc : export_all(call->store, call->arena, folder, false, NULL, call->cancel, &files);
	js_free(files);
	if (ran)
		js_set(call->answer->json, "rescored", ran);
	return rc;
}

static enum rc decide(struct call *call, const char *decision)
{
	char              login[64], host[64];
	struct decide_ask ask = { .decision = decision, .by = call_option(call, "by"), .reason = call_option(call, "reason"), .until = DAY_NONE,
	                          .evidence = call_option(call, "evidence") };
	const char       *confirm = call_option(call, "confirm");
	enum rc           rc = number_of(call->argv[0], "review", &ask.review_id);
	rc = rc ? rc : confirm ? number_of(confirm, "run", &ask.confirm_run) : RC_OK;
	if (!rc && call_has(call, "until"))
		rc = call_option_day(call, "until", &ask.until);
	if (rc)
		return rc;
	who(&ask, login, host);
	rc = review_decide(call->store, call->settings, &ask, &call->answer->json);
	if (rc)
		return rc;
	str_addf(&call->answer->text, "review %lld: %s by %s; audit entry %s\n", (long long)ask.review_id, decision, ask.by,
	         js_text_of(js_get(call->answer->json, "entry_hash")));
	return strcmp(decision, "approved") ? RC_OK : rescore(call);
}

static enum rc run_approve(struct call *call)
{
	return decide(call, "approved");
}

static enum rc run_decline(struct call *call)
{
	return decide(call, "declined");
}

static enum rc run_defer(struct call *call)
{
	return decide(call, "deferred");
}

const struct command command_review = {
	.name = "review", .args = "[list|show ID]", .about = "what waits for a person's decision, with its evidence",
	.max_args = 2, .run = run_review,
};

const struct command command_approve = {
	.name = "approve", .args = "REVIEW", .about = "promote the review's candidate, and score with it",
	.details = "Exactly the candidate that was shown is promoted. Refused (exit 6) when the name, the reason or the confirmation is missing, when the "
	           "review was decided meanwhile, or when the evidence changed since it was shown.",
	.options = approve_options, .flags = COMMAND_WRITES, .min_args = 1, .max_args = 1, .run = run_approve,
};

const struct command command_decline = {
	.name = "decline", .args = "REVIEW", .about = "keep the champion; the same evidence does not come up again",
	.options = approve_options, .flags = COMMAND_WRITES, .min_args = 1, .max_args = 1, .run = run_decline,
};

const struct command command_defer = {
	.name = "defer", .args = "REVIEW", .about = "decide later: the review waits until a date",
	.options = defer_options, .flags = COMMAND_WRITES, .min_args = 1, .max_args = 1, .run = run_defer,
};
