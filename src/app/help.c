/* Help, version and the list sections of the manual pages, all from the same tables. */
#include "config.h"

#include "app/help.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/str.h"
#include "base/yaml.h"
#include "ingest/csv.h"
#include "ingest/spool.h"
#include "math/special.h"
#include "store/store.h"

const struct option help_options[] = {
	{ "batch", 0, NULL, "work without a screen: one command, or -f JOB", NULL },
	{ "store", 's', "FILE", "the store; default $CLV_STORE, else clv.clv here", NULL },
	{ "config", 'c', "FILE", "settings (YAML); default clv.yaml beside the store, if there", NULL },
	{ "file", 'f', "JOB", "a script: one command a line, # comments; stops at the first failure", NULL },
	{ "json", 0, NULL, "results as JSON, one object a command; errors as JSON on stderr", NULL },
	{ "format", 0, "table|csv|json|jsonl", "how a report is shown; default table on a terminal, csv otherwise", NULL },
	{ "quiet", 0, NULL, "nothing on stderr but errors", NULL },
	{ "progress", 0, "auto|none|json", "progress on stderr", NULL },
	{ "seed", 0, "N", "seed of every random stream", "seed" },
	{ "as-of", 0, "DATE", "last day seen, inclusive; later purchases do not exist for this call", "as_of" },
	{ "cohort-from", 0, "DATE", "count only customers whose first purchase is on that day or later", "cohort_from" },
	{ "threads", 0, "N", "threads to use; never changes a result", "threads" },
	{ "set", 0, "KEY=VALUE", "override a setting, checked like the file", NULL },
	{ "readonly", 0, NULL, "nothing may write", NULL },
	{ "fail-on-drift", 0, NULL, "exit 5 when drift was found and a review waits", NULL },
	{ "snapshot", 0, "PANE", "draw home, data, fit, customers, clusters, drift or runs as text, without a terminal; PANE/PART: one part alone", NULL },
	{ "size", 0, "WxH", "columns and rows of the snapshot; default 80x24", NULL },
	{ "glyphs", 0, "unicode|ascii", "what is drawn with; default unicode in a snapshot, what the terminal shows in the workbench", NULL },
	{ "color", 0, "auto|always|never", "colours of the workbench; auto respects NO_COLOR", "screen.color" },
	{ "version", 0, NULL, "version, libraries, what was left out", NULL },
	{ "help", 'h', "[COMMAND]", "this list, or one command", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

static const char *keep(struct arena *a, struct str *t)
{
	const char *s = arena_text(a, t->s ? t->s : "");
	str_clear(t);
	return s;
}

static void add_option(struct str *t, const struct option *o)
{
	struct str left = {0};
	if (o->letter)
		str_addf(&left, "-%c, ", o->letter);
	else
		str_add(&left, "    ");
	str_addf(&left, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
	str_addf(t, "  %-36s %s\n", left.s, o->help);
	str_clear(&left);
}

const char *help_general(struct arena *a)
{
	struct str t = {0};
	str_add(&t, "clv: customer lifetime value from a purchase log, in one local file\n\n"
	            "  clv [OPTIONS] [STORE | FILE.csv ...]        the workbench on a store; files open its import screen\n"
	            "  clv demo                                    a tour: a generated shop, then the workbench on it\n"
	            "  clv --batch [OPTIONS] COMMAND [ARG ...]     one command\n"
	            "  clv --batch [OPTIONS] -f JOB.clv            a script of commands\n"
	            "  clv --batch [OPTIONS]                       the whole pipeline, as configured (run)\n"
	            "  clv --snapshot PANE [OPTIONS]               a pane of the workbench, as text\n\n"
	            "Commands\n");
	for (size_t i = 0; i < commands_count; i++)
		str_addf(&t, "  %-12s %s\n", commands[i]->name, commands[i]->about);
	str_add(&t, "\nOptions, before or after the command\n");
	for (const struct option *o = help_options; o->name; o++)
		add_option(&t, o);
	str_add(&t, "\nclv --help COMMAND tells more. Exit status: 0 done, 1 internal, 2 usage, 3 data refused, 4 cancelled,\n"
	            "5 drift and --fail-on-drift, 6 approval, 7 busy, 8 damaged, 9 disk, 128+n signal.\n");
	return keep(a, &t);
}

enum rc help_command(struct arena *a, const char *name, const char **text)
{
	const struct command *c = command_find(name);
	if (!c)
		return command_unknown(name);
	struct str t = {0};
	str_addf(&t, "clv --batch %s%s%s%s\n\n%s\n", c->name, *c->args ? " " : "", c->args, c->options ? " [OPTIONS]" : "", c->about);
	if (c->details)
		str_addf(&t, "\n%s\n", c->details);
	if (c->options)
		str_add(&t, "\nOptions\n");
	for (const struct option *o = c->options; o && o->name; o++)
		add_option(&t, o);
	*text = keep(a, &t);
	return RC_OK;
}

static void add_left_out(struct str *t)
{
#ifdef HAVE_XGBOOST
	str_add(t, "left out:   boosted trees (libxgboost found at build, not used yet)\n");
#else
	str_add(t, "left out:   boosted trees (libxgboost)\n");
#endif
	for (int p = SPOOL_GZIP; p <= SPOOL_ZSTD; p++)
		if (!spool_library(p))
			str_addf(t, "            %s files (%s)\n", p == SPOOL_GZIP ? ".gz" : ".zst", p == SPOOL_GZIP ? "zlib" : "libzstd");
	str_add(t, "            HTTP service (libmicrohttpd), alerts (libcurl), warehouses (unixODBC)\n");
}

const char *help_version(struct arena *a)
{
	struct str t = {0};
	str_addf(&t, "clv %s\n", PACKAGE_VERSION);
	str_addf(&t, "libraries:  SQLite %s, GSL %s, jansson %s, libyaml %s, libsodium %s, libcsv %s\n", store_library(), special_library(),
	         js_library(), ydoc_library(), digest_library(), csv_door_library());
	for (int p = SPOOL_GZIP; p <= SPOOL_ZSTD; p++)
		if (spool_library(p))
			str_addf(&t, "            %s %s\n", p == SPOOL_GZIP ? "zlib" : "libzstd", spool_library(p));
	if (strcmp(CLV_SANITIZE, "no") != 0)
		str_addf(&t, "sanitizers: %s\n", CLV_SANITIZE);
	add_left_out(&t);
	str_add(&t, "licence:    GPL-3.0-or-later\n");
	return keep(a, &t);
}

/* --- roff ------------------------------------------------------------------------------------- */

/* Text for roff: a backslash and a leading dot or quote would be requests; minus is a hyphen unless escaped. */
static void add_roff(struct str *t, const char *s)
{
	for (; *s; s++) {
		if (*s == '\\')
			str_add(t, "\\e");
		else if (*s == '-')
			str_add(t, "\\-");
		else
			str_add_char(t, *s);
	}
}

static void add_roff_option(struct str *t, const struct option *o)
{
	str_add(t, ".TP\n.B ");
	if (o->letter)
		str_addf(t, "\\-%c, ", o->letter);
	str_add(t, "\\-\\-");
	add_roff(t, o->name);
	if (o->value) {
		str_add(t, " \\fI");
		add_roff(t, o->value);
		str_add(t, "\\fR");
	}
	str_add_char(t, '\n');
	add_roff(t, o->help);
	str_add_char(t, '\n');
}

static void add_roff_command(struct str *t, const struct command *c)
{
	str_add(t, ".SS ");
	add_roff(t, c->name);
	if (*c->args) {
		str_add_char(t, ' ');
		add_roff(t, c->args);
	}
	str_add_char(t, '\n');
	add_roff(t, c->about);
	str_add(t, ".\n");
	if (c->details) {
		str_add(t, ".PP\n");
		add_roff(t, c->details);
		str_add_char(t, '\n');
	}
	for (const struct option *o = c->options; o && o->name; o++)
		add_roff_option(t, o);
}

const char *help_roff(struct arena *a)
{
	struct str t = {0};
	str_add(&t, ".SH OPTIONS\nThey may stand before or after the command; \\fB\\-\\-\\fR ends options.\n");
	for (const struct option *o = help_options; o->name; o++)
		add_roff_option(&t, o);
	str_add(&t, ".SH COMMANDS\n");
	for (size_t i = 0; i < commands_count; i++)
		add_roff_command(&t, commands[i]);
	return keep(a, &t);
}

const char *help_settings_roff(struct arena *a, const struct settings *s)
{
	static const char *const types[] = { "A whole number", "A number", "True or false", "A text", "One of", "A date", "A list" };
	struct str t = {0};
	str_add(&t, ".SH SETTINGS\n");
	for (size_t i = 0; i < settings_count(s); i++) {
		const struct setting *d = settings_at(s, i, NULL, NULL);
		str_add(&t, ".TP\n.B ");
		add_roff(&t, d->key);
		str_add(&t, "\n");
		add_roff(&t, d->help);
		str_addf(&t, "\n%s", types[d->type]);
		for (size_t k = 0; d->choices && d->choices[k]; k++) {
			str_add(&t, k ? ", " : ": ");
			add_roff(&t, d->choices[k]);
		}
		if (d->type == SETTING_INT || d->type == SETTING_REAL) {
			str_add(&t, " from ");
			str_add_double(&t, d->min);
			str_add(&t, " to ");
			str_add_double(&t, d->max);
		}
		if (d->unit && *d->unit)
			str_addf(&t, " (%s)", d->unit);
		str_add(&t, *d->standard ? "; default " : "; unset");
		for (const char *p = d->standard; *p; p++) {
			char one[] = { *p, 0 };
			add_roff(&t, *p == '\n' ? ", " : one); /* the entries of a list */
		}
		str_add(&t, ".\n");
	}
	return keep(a, &t);
}
