/* The list of commands, expanded from commands.def, and the parser that turns words into a call. */
#include "config.h"

#include "app/command.h"

#include <assert.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "pipeline/runner.h"

#define COMMAND(name) extern const struct command command_##name;
#include "app/commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "app/commands.def"
#undef COMMAND
};
const size_t commands_count = sizeof commands / sizeof *commands;

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

enum rc command_unknown(const char *name)
{
	const char *names[64];
	assert(commands_count <= 64);
	for (size_t i = 0; i < commands_count; i++)
		names[i] = commands[i]->name;
	const char *near = str_nearest(name, names, commands_count);
	enum rc     rc = err_set(RC_USAGE, "CMD-101", "there is no command '%s'", name);
	return near ? err_do(rc, "did you mean '%s'? 'clv --help' lists the commands", near)
	            : err_do(rc, "'clv --help' lists the commands");
}

/* --- words ------------------------------------------------------------------------------------ */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Read one word that begins at line[*at]; *at ends behind it. */
static enum rc read_word(const char *line, size_t n, size_t *at, struct str *word)
{
	char   quote = 0;
	size_t opened = 0, i = *at;
	for (; i < n && (quote || !is_blank(line[i])); i++) {
		char c = line[i];
		if (quote ? c == quote : (c == '"' || c == '\'')) {
			quote = quote ? 0 : c;
			opened = i;
		} else if (c == '\\' && quote != '\'' && i + 1 < n) {
			str_add_char(word, line[++i]);
		} else {
			str_add_char(word, c);
		}
	}
	*at = i;
	if (quote)
		return err_do(err_set(RC_USAGE, "CMD-102", "a quote opened in column %zu is not closed", opened + 1),
		              "close it, or write \\%c for the character itself", quote);
	return RC_OK;
}

enum rc command_split(struct arena *a, const char *line, size_t n, const char ***words, size_t *count)
{
	const char **list = arena_alloc(a, n / 2 + 2, sizeof *list);
	size_t       k = 0, i = 0;
	for (;;) {
		while (i < n && is_blank(line[i]))
			i++;
		if (i == n || line[i] == '#')
			break;
		struct str word = {0};
		enum rc    rc = read_word(line, n, &i, &word);
		if (!rc)
			list[k++] = arena_span(a, word.s ? word.s : "", word.n);
		str_clear(&word);
		if (rc)
			return rc;
	}
	*words = list;
	*count = k;
	return RC_OK;
}

char *command_join(struct arena *a, size_t count, const char *const *words)
{
	struct str line = {0};
	for (size_t i = 0; i < count; i++) {
		bool plain = *words[i] && !strpbrk(words[i], " \t\n\"'\\#|<>&;()$*?");
		str_add(&line, i ? " " : "");
		if (!plain)
			str_add_char(&line, '\'');
		for (const char *p = words[i]; *p; p++) {
			if (*p == '\'')
				str_add(&line, "'\\'");
			str_add_char(&line, *p);
		}
		if (!plain)
			str_add_char(&line, '\'');
	}
	char *s = arena_text(a, line.s ? line.s : "");
	str_clear(&line);
	return s;
}

/* --- options ---------------------------------------------------------------------------------- */

static const struct option *find_option(const struct option *list, const char *name, size_t n)
{
	for (; list && list->name; list++)
		if (strlen(list->name) == n && !memcmp(list->name, name, n))
			return list;
	return NULL;
}

static const struct option *find_letter(const struct option *list, char letter)
{
	for (; list && list->name; list++)
		if (list->letter && list->letter == letter)
			return list;
	return NULL;
}

static enum rc unknown_option(const struct command *c, const char *word)
{
	const char *names[64];
	size_t      k = 0;
	for (const struct option *o = c->options; o && o->name && k < 64; o++)
		names[k++] = o->name;
	const char *near = word[1] == '-' ? str_nearest(word + 2, names, k) : NULL;
	enum rc     rc = err_set(RC_USAGE, "CMD-103", "'%s' has no option %s", c->name, word);
	return near ? err_do(rc, "did you mean --%s? 'clv --help %s' lists its options", near, c->name)
	            : err_do(rc, "'clv --help %s' lists its options", c->name);
}

static bool looks_like_option(const char *w)
{
	/* "-5" and "-" are arguments; "-column" too, but only where an option's value is read */
	return w[0] == '-' && w[1] && !(w[1] >= '0' && w[1] <= '9') && w[1] != '.';
}

static enum rc parse_option(const struct command *c, size_t argc, const char *const *argv, size_t *i, struct call *call)
{
	const char          *w = argv[*i];
	const char          *eq = w[1] == '-' ? strchr(w, '=') : NULL;
	const struct option *o = w[1] == '-' ? find_option(c->options, w + 2, eq ? (size_t)(eq - w - 2) : strlen(w + 2))
	                                     : w[2] ? NULL : find_letter(c->options, w[1]);
	if (!o)
		return unknown_option(c, w);
	const char *value = "";
	if (!o->value && eq)
		return err_set(RC_USAGE, "CMD-104", "--%s is a switch and takes no value", o->name);
	if (o->value) {
		if (!eq && *i + 1 >= argc)
			return err_do(err_set(RC_USAGE, "CMD-105", "--%s needs a value", o->name), "give --%s %s", o->name, o->value);
		value = eq ? eq + 1 : argv[++*i];
	}
	call->option[call->values] = o;
	call->value[call->values++] = value;
	return RC_OK;
}

enum rc command_parse(const struct command *c, struct arena *a, size_t argc, const char *const *argv, struct call *call)
{
	call->command = c;
	call->argv = arena_alloc(a, argc + 1, sizeof *call->argv);
	call->option = arena_alloc(a, argc + 1, sizeof *call->option);
	call->value = arena_alloc(a, argc + 1, sizeof *call->value);
	call->argc = call->values = 0;
	bool ended = false;
	for (size_t i = 0; i < argc; i++) {
		if (!ended && !strcmp(argv[i], "--")) {
			ended = true;
		} else if (!ended && looks_like_option(argv[i])) {
			enum rc rc = parse_option(c, argc, argv, &i, call);
			if (rc)
				return rc;
		} else {
			call->argv[call->argc++] = argv[i];
		}
	}
	if (call->argc < c->min_args)
		return err_do(err_set(RC_USAGE, "CMD-106", "'%s' needs %s", c->name, c->args), "clv --batch %s %s", c->name, c->args);
	if (call->argc > c->max_args)
		return err_do(err_set(RC_USAGE, "CMD-107", "'%s' does not take the argument '%s'", c->name, call->argv[c->max_args]),
		              "usage: clv --batch %s%s%s", c->name, *c->args ? " " : "", c->args);
	return RC_OK;
}

unsigned call_flags(const struct call *call)
{
	unsigned flags = call->command->flags;
	if (flags & COMMAND_LOADS)
		flags |= call_has(call, "load") ? COMMAND_WRITES | COMMAND_CREATES : COMMAND_NO_STORE;
	if (flags & COMMAND_DECIDES && (call_has(call, "by") || call_has(call, "reason")))
		flags |= COMMAND_WRITES;
	if (call->command->storeless && call->command->storeless(call))
		flags = (flags & ~(unsigned)COMMAND_WRITES) | COMMAND_NO_STORE;
	return flags;
}

const char *call_option(const struct call *call, const char *name)
{
	for (size_t i = call->values; i > 0; i--)
		if (!strcmp(call->option[i - 1]->name, name))
			return call->value[i - 1];
	return NULL;
}

bool call_has(const struct call *call, const char *name)
{
	return call_option(call, name) != NULL;
}

static enum rc bad_value(const char *name, const char *value, const char *wanted)
{
	return err_set(RC_USAGE, "CMD-108", "--%s takes %s, not '%s'", name, wanted, value);
}

enum rc call_option_int(const struct call *call, const char *name, int64_t min, int64_t max, int64_t *out)
{
	const char *v = call_option(call, name);
	int64_t     n;
	if (!v)
		return RC_OK;
	if (!str_int(v, strlen(v), &n) || n < min || n > max) {
		struct str wanted = {0};
		str_addf(&wanted, "a whole number from %lld to %lld", (long long)min, (long long)max);
		enum rc rc = bad_value(name, v, wanted.s);
		str_clear(&wanted);
		return rc;
	}
	*out = n;
	return RC_OK;
}

enum rc call_option_real(const struct call *call, const char *name, double min, double max, double *out)
{
	const char *v = call_option(call, name);
	double      x;
	if (!v)
		return RC_OK;
	if (!str_real(v, strlen(v), &x) || !(x >= min && x <= max)) {
		struct str wanted = {0};
		str_add(&wanted, "a number from ");
		str_add_double(&wanted, min);
		str_add(&wanted, " to ");
		str_add_double(&wanted, max);
		enum rc rc = bad_value(name, v, wanted.s);
		str_clear(&wanted);
		return rc;
	}
	*out = x;
	return RC_OK;
}

enum rc call_option_day(const struct call *call, const char *name, int32_t *out)
{
	const char *v = call_option(call, name);
	day_t       d;
	if (!v)
		return RC_OK;
	if (!day_parse_iso(v, strlen(v), &d))
		return bad_value(name, v, "a date as YYYY-MM-DD (an inclusive last day)");
	*out = d;
	return RC_OK;
}

static void forward_progress(void *user, const struct run_progress *p)
{
	worker_progress(user, p);
}

static void forward_stage(void *user, const char *stage, const char *status, const char *reason, double seconds)
{
	worker_stage(user, stage, status, reason, seconds);
}

void call_runner_ask(const struct call *call, struct runner_ask *out)
{
	*out = (struct runner_ask){ .command = call->line, .cancel = call->cancel, .user = call->worker };
	if (call->worker) {
		out->on_progress = forward_progress;
		out->on_stage = forward_stage;
	}
}
