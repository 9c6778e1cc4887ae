/* help: the list of commands, or one; `help manual` is the list section of clv(1). */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "app/help.h"

static enum rc run(struct call *call)
{
	const char *text = NULL;
	enum rc     rc = RC_OK;
	if (!call->argc)
		text = help_general(call->arena);
	else if (!strcmp(call->argv[0], "manual"))
		text = help_roff(call->arena);
	else
		rc = help_command(call->arena, call->argv[0], &text);
	if (rc)
		return rc;
	call->answer->json = js_object();
	js_set_text(call->answer->json, "text", text);
	str_add(&call->answer->text, text);
	return RC_OK;
}

const struct command command_help = {
	.name = "help", .args = "[COMMAND]", .about = "this list, or one command",
	.flags = COMMAND_NO_STORE, .max_args = 1, .run = run,
};
