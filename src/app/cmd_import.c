/* import: files of purchases into the store; validate: the same judgement, nothing stored. */
#include "config.h"

#include <stdint.h>

#include "app/command.h"
#include "app/imports.h"
#include "pipeline/runner.h"

static enum rc judge(struct call *call, bool validate_only)
{
	struct import_ask ask;
	struct import_range range;
	struct runner_ask base;
	struct run        run;
	bool              changed = false;
	enum rc           rc = imports_ask(call, call->argv, call->argc, &ask);
	if (!rc && !validate_only)
		rc = imports_range(call, &ask, &range);
	if (rc)
		return rc;
	ask.validate_only = validate_only;
	call_runner_ask(call, &base);
	runner_prepare(&run, call->store, call->settings, call->arena, &base);
	rc = import_files(&run, &ask, &call->answer->json, &changed);
	if (call->answer->json) {
		js_set_text(call->answer->json, "store", validate_only ? NULL : call->store_path);
		js_set_bool(call->answer->json, "changed", changed);
		if (ask.dry)
			js_set_bool(call->answer->json, "dry", true);
		imports_text(&call->answer->text, call->answer->json);
	}
	return rc;
}

static enum rc check(const struct call *call)
{
	return imports_check(call->argv, call->argc);
}

static enum rc run_import(struct call *call)
{
	return judge(call, false);
}

static enum rc run_validate(struct call *call)
{
	return judge(call, true);
}

const struct command command_import = {
	.name = "import", .args = "FILE...", .about = "load purchases; the same content again changes nothing",
	.details = "All files go in as one transaction. A file is taken when its header and values have exactly one reading: a customer, a "
	           "date, and optionally an amount (or quantity and unit price). Rows that cannot be read are set aside with their bytes and every "
	           "reason. A file of which less than 95 % of the rows are good is refused: exit 3, and nothing of it counts. With --replace-range "
	           "the rows of those days in earlier files of the same source, which has no key, give way to the file's; its rows of other days "
	           "are set aside.",
	.options = imports_range_options, .flags = COMMAND_WRITES | COMMAND_CREATES, .min_args = 1, .max_args = SIZE_MAX, .check = check, .run = run_import,
};

const struct command command_validate = {
	.name = "validate", .args = "FILE...|DIR", .about = "judge files as import would; nothing is stored",
	.options = imports_options, .flags = COMMAND_NO_STORE, .min_args = 1, .max_args = SIZE_MAX, .run = run_validate,
};
