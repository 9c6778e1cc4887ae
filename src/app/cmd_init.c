/* init: make an empty store. */
#include "config.h"

#include "app/command.h"
#include "module/audit.h"

static enum rc run(struct call *call)
{
	struct audit_head head;
	enum rc           rc = audit_head(call->store, &head);
	if (rc)
		return rc;
	if (!head.length) {
		struct js *payload = js_object();
		js_set_text(payload, "act", "store made");
		js_set_text(payload, "program", PACKAGE_VERSION);
		rc = store_begin(call->store);
		rc = rc ? rc : audit_append(call->store, "store", "clv", payload, NULL);
		rc = rc ? rc : store_commit(call->store);
		if (rc) {
			store_rollback(call->store);
			return rc;
		}
	}
	call->answer->json = js_object();
	js_set_text(call->answer->json, "store", call->store_path);
	js_set_int(call->answer->json, "schema", store_schema(call->store));
	str_addf(&call->answer->text, "%s: %s\nnext: clv --batch -s %s import FILE.csv\n", call->store_path,
	         head.length ? "is a store already; nothing was changed" : "an empty store was made", call->store_path);
	return RC_OK;
}

const struct command command_init = {
	.name = "init", .args = "", .about = "make an empty store",
	.flags = COMMAND_WRITES | COMMAND_CREATES, .run = run,
};
