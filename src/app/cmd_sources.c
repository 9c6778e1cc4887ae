/* sources: the mappings there are, what one says, whether it is right, and a first one for a file. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "app/command.h"
#include "app/imports.h"
#include "base/file.h"
#include "ingest/look.h"
#include "ingest/mapped.h"
#include "module/entity.h"
#include "pipeline/runner.h"

/* --- list ------------------------------------------------------------------------------------- */

static void add_source(struct answer *a, struct js *list, const char *name, const char *kind, const char *about)
{
	struct js *js = js_object();
	js_set_text(js, "name", name);
	js_set_text(js, "kind", kind);
	js_set_text(js, "about", about);
	js_add(list, js);
	str_addf(&a->text, "%-18s %-9s %s\n", name, kind, about);
}

static enum rc list(struct call *call)
{
	struct js  *sources = js_array(), *functions = js_array();
	const char *text, *about;
	size_t      n;
	for (size_t i = 0; mapping_shipped(i, &text, &n); i++) {
		struct mapping *m;
		enum rc         rc = mapping_read(call->arena, mapping_shipped(i, &text, &n), &m);
		if (rc) {
			js_free(sources);
			js_free(functions);
			return rc;
		}
		add_source(call->answer, sources, m->source, "mapping", m->about);
	}
	str_add(&call->answer->text, "\nfunctions of a mapping\n");
	for (size_t i = 0; expr_function(i, &about); i++) {
		str_addf(&call->answer->text, "  %-24s %s\n", expr_function(i, &about), about);
		js_add_text(functions, expr_function(i, &about));
	}
	js_set(call->answer->json, "sources", sources);
	js_set(call->answer->json, "functions", functions);
	return RC_OK;
}

/* --- describe --------------------------------------------------------------------------------- */

/* Columns of the entity that the table does not give. */
static struct js *missing_of(struct arena *a, const struct mapping_table *t)
{
	const char *const *all = entity_columns(a, t->entity, NULL);
	struct js         *js = js_array();
	for (; *all; all++) {
		bool found = false;
		for (size_t i = 0; i < t->columns; i++)
			found = found || !strcmp(t->column[i].name, *all);
		if (!found)
			js_add_text(js, *all);
	}
	return js;
}

static void tell_missing(struct str *t, const struct js *missing)
{
	for (size_t i = 0; i < js_count(missing); i++)
		str_addf(t, "%s%s", i ? ", " : "  not mapped: ", js_text_of(js_at(missing, i)));
	if (js_count(missing))
		str_add_char(t, '\n');
}

static struct js *table_json(struct call *call, const struct mapping_table *t)
{
	struct js  *js = js_object(), *columns = js_object(), *rules = js_object(), *joins = js_object();
	struct str *text = &call->answer->text;
	const char *about;
	entity_columns(call->arena, t->entity, &about);
	str_addf(text, "\n%s: %s (%s)\n", t->glob, t->entity, about);
	for (size_t i = 0; i < t->joins; i++) {
		js_set_text(joins, t->join[i].alias, arena_printf(call->arena, "%s on %s", t->join[i].glob, t->join[i].on));
		str_addf(text, "  join %s: %s on %s\n", t->join[i].alias, t->join[i].glob, t->join[i].on);
	}
	for (size_t i = 0; i < t->columns; i++) {
		const char *fixed = expr_constant(t->column[i].expr);
		js_set_text(columns, t->column[i].name, t->column[i].text);
		str_addf(text, "  %-16s %s%s\n", t->column[i].name, t->column[i].text, fixed ? " (the same in every row)" : "");
	}
	for (size_t i = 0; i < t->rules; i++) {
		js_set_text(rules, t->rule[i].name, t->rule[i].text);
		str_addf(text, "  %s %s: %s\n", t->rule[i].keeps ? "only rows," : "left out,", t->rule[i].name, t->rule[i].text);
	}
	if (t->of || t->sames)
		str_addf(text, "  returns: matched with their sale by %s%s%s\n", t->of ? "the order" : "", t->of && t->sames ? ", then by " : "",
		         t->sames ? "columns that both have alike" : "");
	js_set_text(js, "file", t->glob);
	js_set_text(js, "entity", t->entity);
	js_set(js, "columns", columns);
	js_set(js, "missing", missing_of(call->arena, t));
	js_set(js, "rules", rules);
	js_set(js, "joins", joins);
	tell_missing(text, js_get(js, "missing"));
	return js;
}

static enum rc describe(struct call *call)
{
	struct mapping *m;
	struct js      *tables;
	enum rc         rc = mapping_read(call->arena, call->argv[1], &m);
	if (rc)
		return rc;
	tables = js_array();
	str_addf(&call->answer->text, "%s: %s\n", m->source, m->about);
	for (size_t i = 0; i < m->tables; i++)
		js_add(tables, table_json(call, &m->table[i]));
	js_set_text(call->answer->json, "source", m->source);
	js_set_text(call->answer->json, "about", m->about);
	js_set_text(call->answer->json, "digest", m->digest);
	js_set(call->answer->json, "tables", tables);
	return RC_OK;
}

/* The mapping as it is written: to begin an own one from. */
static enum rc print(struct call *call)
{
	struct mapping *m;
	enum rc         rc = mapping_read(call->arena, call->argv[1], &m);
	if (rc)
		return rc;
	js_set_text(call->answer->json, "source", m->source);
	js_set_text(call->answer->json, "text", m->text);
	str_add(&call->answer->text, m->text);
	return RC_OK;
}

/* --- check ------------------------------------------------------------------------------------ */

static enum rc check_files(struct call *call, const struct mapping *m, struct js *files)
{
	enum rc rc = RC_OK;
	for (size_t i = 2; !rc && i < call->argc; i++) {
		const struct mapping_table *t = mapping_table_of(m, call->argv[i]);
		struct runner_ask           base;
		struct run                  run;
		struct js                  *js = js_object();
		call_runner_ask(call, &base);
		runner_prepare(&run, NULL, call->settings, call->arena, &base);
		if (t)
			rc = mapped_check(&run, t, call->argv[i], (size_t)settings_int(call->settings, "import.max_row"));
		js_set_text(js, "file", call->argv[i]);
		js_set_text(js, "table", t ? t->glob : NULL);
		js_set_text(js, "entity", t ? t->entity : NULL);
		js_add(files, js);
		str_addf(&call->answer->text, "%s: %s\n", call->argv[i], t ? t->entity : "no table is for a file of this name");
	}
	return rc;
}

static enum rc check(struct call *call)
{
	struct mapping *m;
	struct js      *files;
	enum rc         rc = mapping_read(call->arena, call->argv[1], &m);
	if (rc)
		return rc;
	files = js_array();
	str_addf(&call->answer->text, "%s: a mapping of %zu tables, and sound\n", m->source, m->tables);
	rc = check_files(call, m, files);
	js_set_text(call->answer->json, "source", m->source);
	js_set_int(call->answer->json, "tables", (int64_t)m->tables);
	js_set(call->answer->json, "files", files);
	return rc;
}

/* --- guess ------------------------------------------------------------------------------------ */

/* A column of the file as a field, inside single quotes of YAML. */
static void add_field(struct str *t, const char *name)
{
	size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	if (*name && !name[plain] && !(*name >= '0' && *name <= '9')) {
		str_add(t, name);
		return;
	}
	str_add(t, "'\"");
	for (; *name; name++)
		str_add(t, *name == '\'' ? "''" : *name == '"' ? "\"\"" : (const char[]){ *name, '\0' });
	str_add(t, "\"'");
}

static void add_entry(struct str *t, const struct js *reading, const char *role, const char *column)
{
	const char *name = js_text_of(js_get(reading, role));
	int64_t     number = js_int_of(js_get(js_get(reading, "columns"), role));
	if (!name)
		return;
	str_addf(t, "      %s: ", column);
	if (js_bool_of(js_get(reading, "header")))
		add_field(t, name);
	else
		str_addf(t, "$%lld", (long long)number);
	str_add_char(t, '\n');
}

static void add_option(struct str *t, const char *name, const char *value)
{
	if (!value)
		return;
	str_addf(t, "    %s: '", name);
	for (; *value; value++)
		str_add(t, *value == '\'' ? "''" : (const char[]){ *value, '\0' });
	str_add(t, "'\n");
}

static void guessed(struct str *t, const struct js *look, const char *path)
{
	const struct js *reading = js_get(look, "reading"), *doubts = js_get(look, "doubts");
	const char      *delimiter = js_text_of(js_get(look, "delimiter"));
	for (size_t i = 0; i < js_count(doubts); i++)
		str_addf(t, "# doubtful: %s\n", js_text_of(js_get(js_at(doubts, i), "question")));
	str_add(t, "source: mine\nabout: proposed from the header and the first rows; look it over\ntables:\n");
	str_add(t, "  - file: '");
	str_add_visible(t, file_base_name(path), strlen(file_base_name(path)));
	str_add(t, "'\n    entity: orders\n");
	if (js_text_of(js_get(look, "encoding")) && strcmp(js_text_of(js_get(look, "encoding")), "utf-8") != 0)
		add_option(t, "encoding", js_text_of(js_get(look, "encoding")));
	if (delimiter && strcmp(delimiter, ",") != 0)
		add_option(t, "delimiter", delimiter);
	if (!js_bool_of(js_get(reading, "header")))
		str_add(t, "    header: false\n");
	add_option(t, "date_format", js_text_of(js_get(reading, "date_format")));
	str_add(t, "    columns:\n");
	add_entry(t, reading, "customer", "customer_id");
	add_entry(t, reading, "order", "order_id");
	add_entry(t, reading, "date", "order_ts");
	add_entry(t, reading, "amount", "line_revenue");
	add_entry(t, reading, "quantity", "quantity");
	add_entry(t, reading, "price", "unit_price");
	add_entry(t, reading, "currency", "currency");
}

static enum rc guess(struct call *call)
{
	struct import_ask ask;
	struct runner_ask base;
	struct run        run;
	struct js        *look = NULL;
	enum rc           rc = imports_ask(call, call->argv + 1, 1, &ask);
	if (rc)
		return rc;
	call_runner_ask(call, &base);
	runner_prepare(&run, NULL, call->settings, call->arena, &base);
	rc = import_look(&run, &ask, &look);
	if (rc)
		return rc;
	const struct js *error = js_get(look, "error");
	if (js_is_null(js_get(look, "reading"))) {
		rc = err_do(err_set(RC_DATA, "MAP-114", "no mapping can be proposed: %s", js_text_of(js_get(error, "why"))),
		            "say what its columns are: --customer, --date, --amount");
		js_free(look);
		return rc;
	}
	guessed(&call->answer->text, look, call->argv[1]);
	js_set_text(call->answer->json, "file", call->argv[1]);
	js_set(call->answer->json, "doubts", js_copy(js_get(look, "doubts")));
	js_set_text(call->answer->json, "mapping", call->answer->text.s);
	js_free(look);
	return RC_OK;
}

/* --- the command ------------------------------------------------------------------------------ */

static enum rc run_sources(struct call *call)
{
	static const struct {
		const char *word;
		size_t      least, most; /* words, this one among them */
		enum rc   (*run)(struct call *call);
	} actions[] = {
		{ "list", 0, 1, list }, { "describe", 2, 2, describe }, { "print", 2, 2, print }, { "check", 2, SIZE_MAX, check }, { "guess", 2, 2, guess },
	};
	const char *word = call->argc ? call->argv[0] : "list";
	call->answer->json = js_object();
	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
		if (!strcmp(word, actions[i].word) && call->argc >= actions[i].least && call->argc <= actions[i].most)
			return actions[i].run(call);
	return err_do(err_set(RC_USAGE, "CMD-174", "'sources' takes list, describe NAME, print NAME, check MAPPING [FILE...] or guess FILE"),
	              "clv --help sources");
}

const struct command command_sources = {
	.name = "sources", .args = "[list|describe NAME|print NAME|check MAPPING [FILE...]|guess FILE]",
	.about = "mappings: how the files of a source become purchases",
	.details = "list names what is shipped and the functions of a mapping; describe tells which columns a mapping gives and which rows it leaves out; "
	           "print writes it out, to begin an own one from; check compiles one and holds it against the headers of files; guess proposes one "
	           "for a file. A mapping is used with 'import --mapping FILE', a shipped one with 'import --preset NAME'.",
	.options = imports_options, .flags = COMMAND_NO_STORE, .min_args = 0, .max_args = SIZE_MAX, .run = run_sources,
};
