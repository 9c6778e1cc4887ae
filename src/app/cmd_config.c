/* config: the effective settings with where each came from. */
#include "config.h"

#include <string.h>

#include "app/command.h"
#include "app/help.h"

static enum rc print(struct call *call)
{
	struct js *all = js_object();
	for (size_t i = 0; i < settings_count(call->settings); i++) {
		const char           *value, *origin;
		const struct setting *d = settings_at(call->settings, i, &value, &origin);
		struct js            *o = js_object();
		js_set_text(o, "value", value);
		js_set_text(o, "origin", origin);
		js_set(all, d->key, o);
		str_addf(&call->answer->text, "%-26s ", d->key);
		size_t from = call->answer->text.n;
		for (const char *p = value; *p; p++)
			str_add_span(&call->answer->text, *p == '\n' ? " " : p, 1);
		for (size_t w = call->answer->text.n - from; w < 16; w++)
			str_add_char(&call->answer->text, ' ');
		str_addf(&call->answer->text, " %s\n", origin);
	}
	call->answer->json = js_object();
	js_set(call->answer->json, "settings", all);
	return RC_OK;
}

static enum rc run(struct call *call)
{
	const char *what = call->argc ? call->argv[0] : "print";
	if (!strcmp(what, "print"))
		return print(call);
	if (!strcmp(what, "check")) { /* reading them was the check */
		call->answer->json = js_object();
		js_set_text(call->answer->json, "verdict", "good");
		str_add(&call->answer->text, "the settings are good\n");
		return RC_OK;
	}
	if (!strcmp(what, "manual")) {
		call->answer->json = js_object();
		str_add(&call->answer->text, help_settings_roff(call->arena, call->settings));
		return RC_OK;
	}
	return err_do(err_set(RC_USAGE, "CMD-141", "'config' takes print, check or manual"), "clv --batch config print");
}

const struct command command_config = {
	.name = "config", .args = "[print|check|manual]", .about = "the effective settings and where each came from",
	.details = "check reads the settings and says whether they are good; manual prints the list section of clv.yaml(5).",
	.flags = COMMAND_NO_STORE, .max_args = 1, .run = run,
};
