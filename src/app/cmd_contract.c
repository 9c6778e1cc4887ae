/* contract: what the files of an entity are held to: the live one, and whether another one compiles and holds. Judges nothing itself. Not here: how
 * a contract becomes the live one (contracts.c). */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "app/command.h"
#include "app/contracts.h"
#include "app/imports.h"
#include "ingest/import.h"
#include "module/contract.h"
#include "module/entity.h"
#include "pipeline/runner.h"
#include "quality/gate.h"
#include "store/query.h"

/* --- show ------------------------------------------------------------------------------------- */

static enum rc check_entity(const struct call *call, const char *entity)
{
	if (entity_columns(call->arena, entity, NULL))
		return RC_OK;
	const char *near = entity_nearest(entity);
	enum rc     rc = err_set(RC_USAGE, "CMD-195", "there is no entity '%s'", entity);
	return near ? err_do(rc, "did you mean %s?", near) : err_do(rc, "'sources list' shows what there is");
}

static void tell_live(struct call *call, const struct query *q, const char *entity)
{
	static const char *const keys[] = { "path", "text", "digest", "contract", "by", "why", "at" };
	struct js  *js = js_object();
	struct str *t = &call->answer->text;
	js_set_text(js, "entity", entity);
	js_set_int(js, "version", query_int(q, 0));
	for (int i = 0; i < 7; i++)
		js_set_text(js, keys[i], query_text(q, i + 1));
	call->answer->json = js;
	str_addf(t, "# contract of %s, version %lld: accepted at %s by ", entity, (long long)query_int(q, 0), query_text(q, 7));
	str_add_visible(t, query_text(q, 5), strlen(query_text(q, 5)));
	str_add(t, ": ");
	str_add_visible(t, query_text(q, 6), strlen(query_text(q, 6)));
	str_addf(t, "\n%s", query_text(q, 2));
}

static enum rc show(struct call *call)
{
	const char   *entity = call->argc > 1 ? call->argv[1] : "orders";
	struct query *q = NULL;
	bool          row = false;
	enum rc       rc = check_entity(call, entity);
	rc = rc ? rc : query_open(call->store, "statement/contract_live", &q);
	if (!rc) {
		query_bind_text(q, 1, entity);
		rc = query_step(q, &row);
	}
	if (!rc && row) {
		tell_live(call, q, entity);
	} else if (!rc) {
		call->answer->json = js_object();
		js_set_text(call->answer->json, "entity", entity);
		js_set_int(call->answer->json, "version", 0);
		str_addf(&call->answer->text, "no contract of %s is live: files are judged by the checks that are built in\n", entity);
	}
	query_close(q);
	return rc;
}

/* --- check ------------------------------------------------------------------------------------ */

/* A field that is no column of the entity is a header's name, or a slip. */
static void hint_fields(struct call *call, const struct contract *c, struct js *notes)
{
	const char *const *known = entity_columns(call->arena, c->entity, NULL);
	size_t             n = 0;
	while (known[n])
		n++;
	for (size_t i = 0; i < c->fields; i++) {
		const char *near = str_nearest(c->field[i].name, known, n);
		if (near && strcmp(near, c->field[i].name) != 0)
			js_add_text(notes, arena_printf(call->arena, "%s:%zu:%zu: '%s' is taken for a name in the header; the column of %s is called %s", c->path,
				c->field[i].line, c->field[i].column, c->field[i].name, c->entity, near));
	}
}

static void tell_contract(struct call *call, const struct contract *c, struct js *notes)
{
	struct js  *js = call->answer->json = js_object();
	struct str *t = &call->answer->text;
	js_set_text(js, "contract", c->name);
	js_set_text(js, "entity", c->entity);
	js_set_text(js, "columns", contract_columns_name(c->columns));
	js_set_int(js, "fields", (int64_t)c->fields);
	js_set_int(js, "checks", (int64_t)c->checks);
	js_set_text(js, "digest", c->digest);
	str_addf(t, "%s: compiles: contract %s of %s, %zu fields, %zu checks\n", c->path, c->name, c->entity, c->fields, c->checks);
	for (size_t i = 0; i < js_count(notes); i++)
		str_addf(t, "  %s\n", js_text_of(js_at(notes, i)));
	js_set(js, "notes", notes);
}

/* Sets of rows that the store has, as the gate would ask them. */
static enum rc check_stored(struct call *call, struct run *run, const struct contract *c, int *stops)
{
	struct js *list = NULL;
	enum rc    rc = gate_contract(run, c, &list);
	if (rc)
		return rc;
	str_add(&call->answer->text, "\nwhat is stored\n");
	for (size_t i = 0; i < js_count(list); i++) {
		const struct js *f = js_at(list, i);
		const char      *verdict = js_text_of(js_get(f, "verdict")), *sentence = js_text_of(js_get(f, "sentence"));
		*stops += !strcmp(verdict, "stop");
		str_addf(&call->answer->text, "  %-5s %-30s ", verdict, js_text_of(js_get(f, "id")));
		str_add_visible(&call->answer->text, sentence, strlen(sentence));
		str_add_char(&call->answer->text, '\n');
	}
	js_set(call->answer->json, "stored", list);
	return RC_OK;
}

/* Files as import would judge them by this contract; a refusal is told with the others. */
static enum rc check_files(struct call *call, struct run *run, const struct contract *c, int *stops)
{
	struct import_ask ask;
	struct js        *result = NULL;
	bool              changed = false;
	enum rc           rc = imports_ask(call, call->argv + 2, call->argc - 2, &ask);
	if (rc)
		return rc;
	ask.validate_only = true;
	ask.contract = c;
	rc = import_files(run, &ask, &result, &changed);
	if (!result)
		return rc;
	*stops += rc == RC_DATA;
	str_add_char(&call->answer->text, '\n');
	imports_text(&call->answer->text, result);
	if (rc == RC_DATA) {
		str_add(&call->answer->text, "  refused: ");
		str_add_visible(&call->answer->text, err_get()->why, strlen(err_get()->why));
		str_add_char(&call->answer->text, '\n');
	}
	js_set(call->answer->json, "files", js_copy(js_get(result, "files")));
	js_free(result);
	return rc == RC_DATA ? RC_OK : rc;
}

static enum rc check(struct call *call)
{
	struct js         *notes = js_array();
	struct contract   *c;
	struct runner_ask  base;
	struct run         run;
	int                stops = 0;
	enum rc            rc = contract_read(call->arena, call->argv[1], &c);
	if (rc) {
		js_free(notes);
		return rc;
	}
	hint_fields(call, c, notes);
	tell_contract(call, c, notes);
	call_runner_ask(call, &base);
	runner_prepare(&run, call->store, call->settings, call->arena, &base);
	if (!strcmp(c->entity, "orders"))
		rc = check_stored(call, &run, c, &stops);
	else
		str_addf(&call->answer->text, "files of %s are not stored: there is nothing to hold it against\n", c->entity);
	if (!rc && call->argc > 2)
		rc = check_files(call, &run, c, &stops);
	if (!rc && stops)
		rc = err_do(err_set(RC_DATA, "CON-121", "what is there does not hold by the contract %s: %d %s", c->name, stops, stops == 1 ? "check stops" : "checks stop"),
			"look at the sentences above; mend the data, or the contract");
	return rc;
}

static enum rc run(struct call *call)
{
	const char *what = call->argc ? call->argv[0] : "show";
	if (!strcmp(what, "show") && call->argc < 3)
		return show(call);
	if (!strcmp(what, "check") && call->argc > 1)
		return check(call);
	if (!strcmp(what, "propose"))
		return contracts_propose(call);
	if (!strcmp(what, "diff") && call->argc == 2)
		return contracts_diff(call);
	if (!strcmp(what, "accept") && call->argc == 2)
		return contracts_accept(call);
	if (!strcmp(what, "log") && call->argc == 1)
		return contracts_log(call);
	return err_do(err_set(RC_USAGE, "CMD-196", "'contract' takes show [ENTITY], check FILE [DATA...], propose [DATA...], diff FILE, accept FILE or log"),
	              "clv --help contract");
}

/* What is proposed from files needs no store: there may be none yet. */
static bool needs_no_store(const struct call *call)
{
	return call->argc > 1 && !strcmp(call->argv[0], "propose");
}

const struct command command_contract = {
	.name = "contract", .args = "[show [ENTITY]|check FILE [DATA...]|propose [DATA...]|diff FILE|accept FILE|log]",
	.about = "what the files of an entity are held to: clv-contract(5)",
	.details = "show prints the live contract, of orders when no entity is given. check says whether a contract compiles and whether what is stored holds by it; "
	           "with files, also what import would say of their rows. Exit 3 when a check stops. propose writes a contract from what files hold, or without "
	           "files what the store has accepted, with the figures that each line comes from; checks that these very files do not keep are left out. diff "
	           "shows what a contract adds, removes, loosens and tightens against the live one, and accept makes it live: a decision, with --by NAME, --reason "
	           "TEXT and an entry in the audit chain. log lists all that were accepted. Nothing else changes anything.",
	.options = imports_contract_options, .flags = COMMAND_DECIDES, .max_args = SIZE_MAX, .storeless = needs_no_store, .run = run,
};
