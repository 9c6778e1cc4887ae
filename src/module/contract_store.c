/* The contracts that were accepted. Owns contract_version; append-only. Not here: what a contract says (contract.c). */
#include "config.h"

#include <string.h>

#include "base/json.h"
#include "module/audit.h"
#include "module/contract.h"
#include "store/query.h"

/* The last row of an entity, texts in the arena; version 0 when there is none. */
struct stored { int64_t version; const char *path, *text, *digest; };

static enum rc read_last(struct store *s, struct arena *a, const char *entity, struct stored *out)
{
	struct query *q = NULL;
	bool row = false;
	enum rc rc = query_open(s, "statement/contract_live", &q);

	*out = (struct stored){ 0 };
	if (rc != RC_OK)
		return rc;
	query_bind_text(q, 1, entity);
	rc = query_step(q, &row);
	if (rc == RC_OK && row)
		*out = (struct stored){
			.version = query_int(q, 0), .path = arena_text(a, query_text(q, 1)), .text = arena_text(a, query_text(q, 2)),
			.digest = arena_text(a, query_text(q, 3)),
		};
	query_close(q);
	return rc;
}

enum rc contract_live(struct store *s, struct arena *a, const char *entity, struct contract **out)
{
	struct stored last;
	enum rc rc = read_last(s, a, entity, &last);

	*out = NULL;
	if (rc != RC_OK || last.version == 0)
		return rc;
	rc = contract_parse(a, last.path, last.text, strlen(last.text), out);
	if (rc != RC_OK)
		return err_do(err_set(RC_DAMAGED, "CON-112", "the live contract of %s cannot be read back", entity),
			"'audit verify' and 'doctor' check the store; accept the contract's file again");
	(*out)->version = last.version;
	return RC_OK;
}

static struct js *entry_of(const struct contract *c, int64_t version, const char *why)
{
	struct js *js = js_object();

	js_set_text(js, "entity", c->entity);
	js_set_int(js, "version", version);
	js_set_text(js, "contract", c->name);
	js_set_text(js, "digest", c->digest);
	js_set_text(js, "why", why);
	return js;
}

enum rc contract_put(struct store *s, const struct contract *c, const char *by, const char *why, int64_t *version)
{
	struct arena *a = arena_new();
	struct stored last = { 0 };
	char    now[32];
	int64_t seq = 0, next = 0;
	enum rc rc = RC_OK;

	if (audit_blank(by) || audit_blank(why))
		rc = err_do(err_set(RC_USAGE, "CON-110", "a contract needs the name of who accepts it, and why"), "give --by NAME and --reason TEXT");
	if (rc == RC_OK)
		rc = read_last(s, a, c->entity, &last);
	if (rc == RC_OK && last.version > 0 && strcmp(last.digest, c->digest) == 0)
		rc = err_set(RC_DATA, "CON-111", "this contract is live already, as version %lld", (long long)last.version);
	if (rc == RC_OK) {
		next = last.version + 1;
		rc = audit_append(s, "contract", by, entry_of(c, next, why), &seq);
	}
	if (rc == RC_OK) {
		clock_now(now);
		rc = query_run(s, "statement/contract_put", "tittttttti", c->entity, next, c->name, c->path, c->text, c->digest, by, why, now, seq);
	}
	if (rc == RC_OK && version != NULL)
		*version = next;
	arena_free(a);
	return rc;
}
