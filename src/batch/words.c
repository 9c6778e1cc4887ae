/* Options shared by every command, wherever they stand. A word that a command's own option takes as its value is left alone. */
#include "config.h"

#include "batch/words_priv.h"

#include <string.h>

#include "app/command.h"
#include "app/help.h"
#include "base/mem.h"
#include "base/str.h"

static enum rc bad_choice(const char *option, const char *value, const char *wanted)
{
	return err_set(RC_USAGE, "CMD-110", "--%s takes %s, not '%s'", option, wanted, value);
}

static void add_override(struct words *w, const char *key, const char *value, const char *origin)
{
	w->override = mem_grow(w->override, w->overrides + 1, sizeof *w->override);
	w->override[w->overrides++] = (struct project_override){ .key = key, .value = value, .origin = origin };
}

static enum rc take_set(struct arena *a, struct words *w, const char *value)
{
	const char *eq = strchr(value, '=');
	if (!eq || eq == value)
		return err_do(err_set(RC_USAGE, "CMD-111", "--set takes KEY=VALUE"), "for example --set cluster.k=4");
	add_override(w, arena_span(a, value, (size_t)(eq - value)), eq + 1, "--set");
	return RC_OK;
}

static enum rc take_progress(struct words *w, const char *v)
{
	if (!strcmp(v, "auto"))
		w->progress = PROGRESS_AUTO;
	else if (!strcmp(v, "none"))
		w->progress = PROGRESS_NONE;
	else if (!strcmp(v, "json"))
		w->progress = PROGRESS_JSON;
	else
		return bad_choice("progress", v, "auto, none or json");
	return RC_OK;
}

static enum rc take(struct arena *a, struct words *w, const struct option *o, const char *v)
{
	if (o->setting)
		add_override(w, o->setting, v, o->name);
	else if (!strcmp(o->name, "store"))
		w->store = v;
	else if (!strcmp(o->name, "config"))
		w->config = v;
	else if (!strcmp(o->name, "file"))
		w->script = v;
	else if (!strcmp(o->name, "snapshot"))
		w->pane = v;
	else if (!strcmp(o->name, "size"))
		w->size = v;
	else if (!strcmp(o->name, "glyphs"))
		w->glyphs = v;
	else if (!strcmp(o->name, "batch"))
		w->batch = true;
	else if (!strcmp(o->name, "json"))
		w->json = true;
	else if (!strcmp(o->name, "quiet"))
		w->quiet = true;
	else if (!strcmp(o->name, "readonly"))
		w->readonly = true;
	else if (!strcmp(o->name, "version"))
		w->version = true;
	else if (!strcmp(o->name, "help"))
		w->help = true;
	else if (!strcmp(o->name, "fail-on-drift"))
		w->fail_on_drift = true;
	else if (!strcmp(o->name, "set"))
		return take_set(a, w, v);
	else if (!strcmp(o->name, "progress"))
		return take_progress(w, v);
	else if (!render_format_of(v, &w->format))
		return bad_choice("format", v, "table, csv, json or jsonl");
	else
		w->format_given = true;
	return RC_OK;
}

static const struct option *match(const struct option *list, const char *word, const char **inline_value)
{
	const char *eq = strchr(word, '=');
	size_t      n = eq ? (size_t)(eq - word) : strlen(word);
	*inline_value = eq && word[1] == '-' ? eq + 1 : NULL;
	for (; list && list->name; list++) {
		if (word[1] == '-' ? n - 2 == strlen(list->name) && !memcmp(word + 2, list->name, n - 2)
		                   : list->letter && word[1] == list->letter && !word[2])
			return list;
	}
	return NULL;
}

static enum rc unknown(const char *word)
{
	const char *names[32];
	size_t      k = 0;
	for (const struct option *o = help_options; o->name; o++)
		names[k++] = o->name;
	const char *near = word[1] == '-' ? str_nearest(word + 2, names, k) : NULL;
	enum rc     rc = err_set(RC_USAGE, "CMD-112", "there is no option %s", word);
	return near ? err_do(rc, "did you mean --%s? 'clv --help' lists the options", near) : err_do(rc, "'clv --help' lists the options");
}

enum rc words_read(struct arena *a, int argc, char **argv, struct words *w)
{
	const struct command *c = NULL;
	bool                  ended = false;
	w->word = arena_alloc(a, (size_t)argc + 1, sizeof *w->word);
	w->count = 0;
	for (int i = 1; i < argc; i++) {
		const char          *word = argv[i], *value;
		bool                 dashed = word[0] == '-' && word[1] && !(word[1] >= '0' && word[1] <= '9');
		const struct option *own = !ended && dashed && c ? match(c->options, word, &value) : NULL;
		const struct option *o = !ended && dashed && !own ? match(help_options, word, &value) : NULL;
		if (!ended && !strcmp(word, "--")) {
			ended = true;
			w->word[w->count++] = word;
		} else if (own) {
			w->word[w->count++] = word;
			if (own->value && !value && i + 1 < argc)
				w->word[w->count++] = argv[++i];
		} else if (o) {
			if (o->value && !value && !strcmp(o->name, "help"))
				value = i + 1 < argc && argv[i + 1][0] != '-' ? argv[++i] : "";
			if (o->value && !value && i + 1 >= argc)
				return err_do(err_set(RC_USAGE, "CMD-105", "--%s needs a value", o->name), "give --%s %s", o->name, o->value);
			if (o->value && !value)
				value = argv[++i];
			enum rc rc = take(a, w, o, value);
			if (rc)
				return rc;
			if (!strcmp(o->name, "help") && value && *value)
				w->help_on = value;
		} else if (!ended && dashed && !c) {
			return unknown(word);
		} else {
			if (!c && !w->count)
				c = command_find(word);
			w->word[w->count++] = word;
		}
	}
	if (w->help && !w->help_on && w->count)
		w->help_on = w->word[0];
	return RC_OK;
}
