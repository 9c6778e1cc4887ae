/* The human decision: refused unless the name, the reason, the confirmation and the evidence are what they
 * must be; otherwise decision, audit entry and promotion in one transaction. Owns decision_review. */
#include "config.h"

#include "drift/decision.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/str.h"
#include "drift/case_priv.h"
#include "module/audit.h"
#include "module/champion.h"
#include "store/query.h"

enum { REASON_LEAST = 10 };

enum rc review_evidence(struct store *s, int64_t review_id, char hex[DIGEST_HEX])
{
	struct review_case c;
	struct arena *a = arena_new();
	enum rc rc = case_load(s, a, review_id, &c);
	if (!rc && !c.found)
		rc = err_set(RC_USAGE, "REV-101", "there is no review %" PRId64, review_id);
	if (!rc)
		case_evidence(&c, hex);
	arena_free(a);
	return rc;
}

/* ---- checks ---- */

/* Without blanks around it; "" for NULL. */
static const char *trimmed(struct arena *a, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	while (n && isspace((unsigned char)*s))
		s++, n--;
	return n ? arena_span(a, s, n) : "";
}

static size_t characters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static enum rc check_state(const struct review_case *c)
{
	if (!c->found)
		return err_do(err_set(RC_APPROVAL, "REV-101", "there is no review %" PRId64, c->review_id), "'review list' shows them");
	if (!case_waits(c))
		return err_do(err_set(RC_APPROVAL, "REV-102", "review %" PRId64 " is not waiting: it is %s", c->review_id, c->state),
			      "'review list' shows what waits");
	return RC_OK;
}

static enum rc check_words(const struct decide_ask *ask)
{
	if (!*ask->by)
		return err_do(err_set(RC_APPROVAL, "REV-103", "a decision needs the name of who decides"), "give --by NAME");
	if (characters(ask->reason) < REASON_LEAST)
		return err_do(err_set(RC_APPROVAL, "REV-104", "the reason has %zu characters, at least %d are needed",
				      characters(ask->reason), REASON_LEAST), "give --reason TEXT that a later reader understands");
	return RC_OK;
}

static enum rc check_until(const struct decide_ask *ask)
{
	char today[16];
	if (strcmp(ask->decision, "deferred") != 0)
		return RC_OK;
	day_format(today, clock_today());
	if (ask->until == DAY_NONE)
		return err_do(err_set(RC_APPROVAL, "REV-105", "to defer needs the day when the review comes up again"),
			      "give --until DATE");
	if (ask->until <= clock_today())
		return err_do(err_set(RC_APPROVAL, "REV-105", "a review is deferred to a day after today, %s", today),
			      "give a later --until DATE");
	return RC_OK;
}

static enum rc check_confirmation(const struct decide_ask *ask, const struct review_case *c)
{
	if (ask->confirm_run == c->run_id)
		return RC_OK;
	if (!ask->confirm_run)
		return err_do(err_set(RC_APPROVAL, "REV-106", "the run under review was not confirmed"),
			      "'review show %" PRId64 "' names it; give its number as --confirm", c->review_id);
	return err_do(err_set(RC_APPROVAL, "REV-106", "run %" PRId64 " is not the one under review %" PRId64, ask->confirm_run, c->review_id),
		      "'review show %" PRId64 "' names it", c->review_id);
}

/* What a person was shown must be what is signed. */
static enum rc check_evidence(const struct decide_ask *ask, const struct review_case *c)
{
	char now[DIGEST_HEX];
	case_evidence(c, now);
	if (!ask->evidence || !strcmp(ask->evidence, now))
		return RC_OK;
	return err_do(err_set(RC_APPROVAL, "REV-111", "the evidence of review %" PRId64 " is not what was shown: its digest is %.12s now", c->review_id,
			      now), "look again: 'review show %" PRId64 "'", c->review_id);
}

static enum rc check(const struct settings *settings, const struct decide_ask *ask, const struct review_case *c)
{
	enum rc rc = check_state(c);
	rc = rc ? rc : check_words(ask);
	rc = rc ? rc : check_until(ask);
	rc = rc ? rc : check_confirmation(ask, c);
	rc = rc ? rc : check_evidence(ask, c);
	if (!rc && !strcmp(ask->decision, "approved"))
		rc = case_approvable(c, settings);
	return rc;
}

/* ---- act ---- */

static struct js *entry(const struct decide_ask *ask, const struct review_case *c, const char *evidence)
{
	struct js *x = js_object();
	char day[16];
	js_set_int(x, "review_id", c->review_id);
	js_set_text(x, "decision", ask->decision);
	js_set_text(x, "login", ask->login);
	js_set_text(x, "host", ask->host);
	js_set_text(x, "reason", ask->reason);
	if (ask->until != DAY_NONE) {
		day_format(day, ask->until);
		js_set_text(x, "until", day);
	}
	js_set_int(x, "run_id", c->run_id);
	js_set_text(x, "evidence", evidence);
	js_set_int(x, "champion_set", c->champion_set);
	js_set(x, "candidate_set", c->candidate_set ? js_int(c->candidate_set) : js_null());
	js_set_text(x, "candidate_digest", c->candidate_digest);
	js_set_text(x, "candidate_rows_digest", c->candidate_set ? c->candidate_rows : NULL);
	js_set_text(x, "program", PACKAGE_NAME " " PACKAGE_VERSION);
	return x;
}

static enum rc put(struct store *s, const struct decide_ask *ask, const struct review_case *c, const char *evidence, int64_t seq)
{
	char at[32];
	clock_now(at);
	if (ask->until != DAY_NONE)
		return query_run(s, "statement/drift_decision_put", "itttttiitti", c->review_id, ask->decision, ask->by, ask->login,
				 ask->host, ask->reason, (int64_t)ask->until, c->run_id, evidence, at, seq);
	return query_run(s, "statement/drift_decision_put", "itttttnitti", c->review_id, ask->decision, ask->by, ask->login, ask->host,
			 ask->reason, c->run_id, evidence, at, seq);
}

struct outcome { char evidence[DIGEST_HEX]; struct audit_head head; struct champion champion; };

static enum rc act(struct store *s, const struct decide_ask *ask, const struct review_case *c, struct outcome *o)
{
	int64_t seq = 0;
	case_evidence(c, o->evidence);
	enum rc rc = audit_append(s, "decision", ask->by, entry(ask, c, o->evidence), &seq);
	rc = rc ? rc : audit_head(s, &o->head);
	rc = rc ? rc : put(s, ask, c, o->evidence, seq);
	if (!rc && !strcmp(ask->decision, "approved"))
		rc = champion_set(s, c->candidate_set, c->run_id, c->review_id, ask->by, ask->reason);
	return rc ? rc : champion_get(s, &o->champion);
}

static struct js *result_json(const struct decide_ask *ask, const struct outcome *o)
{
	struct js *x = js_object(), *champion = js_object();
	js_set_int(x, "review", ask->review_id);
	js_set_text(x, "decision", ask->decision);
	js_set_text(x, "evidence", o->evidence);
	js_set_text(x, "entry_hash", o->head.hash);
	js_set_int(champion, "set", o->champion.set_id);
	js_set_text(champion, "digest", o->champion.digest);
	js_set_bool(champion, "changed", !strcmp(ask->decision, "approved"));
	js_set(x, "champion", champion);
	return x;
}

enum rc review_decide(struct store *s, const struct settings *settings, const struct decide_ask *ask, struct js **result)
{
	struct arena *a = arena_new();
	struct decide_ask asked = *ask;
	struct review_case c;
	struct outcome o;
	assert(!store_in_transaction(s));
	assert(!strcmp(ask->decision, "approved") || !strcmp(ask->decision, "declined") || !strcmp(ask->decision, "deferred"));
	asked.by = trimmed(a, ask->by);
	asked.reason = trimmed(a, ask->reason);
	asked.until = strcmp(ask->decision, "deferred") ? DAY_NONE : ask->until;
	asked.login = ask->login ? ask->login : "";
	asked.host = ask->host ? ask->host : "";
	enum rc rc = store_begin(s);
	rc = rc ? rc : case_load(s, a, ask->review_id, &c);
	rc = rc ? rc : check(settings, &asked, &c);
	rc = rc ? rc : act(s, &asked, &c, &o);
	rc = rc ? rc : store_commit(s);
	if (rc)
		store_rollback(s);
	else
		*result = result_json(&asked, &o);
	arena_free(a);
	return rc;
}
