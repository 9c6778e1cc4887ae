/* The record of files set aside whole, and the pause that they bring. Not here: why (columns_gate.c), decisions (aside_decide.c). Owns quar_file. */
#include "config.h"

#include "ingest/aside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/file.h"
#include "base/str.h"
#include "ingest/aside_priv.h"
#include "ingest/mapping.h"
#include "module/audit.h"
#include "store/query.h"

/* The options of an import */

#define ASKED(name) { #name, offsetof(struct import_ask, name) }
static const struct { const char *name; size_t at; } asked[] = {
	ASKED(encoding), ASKED(delimiter), ASKED(date_format), ASKED(quote), ASKED(skip_lines), ASKED(numbers), ASKED(zone), ASKED(on_bad),
	ASKED(key), ASKED(on_conflict), ASKED(duplicates), ASKED(negative), ASKED(customer), ASKED(date), ASKED(amount), ASKED(quantity), ASKED(price),
	ASKED(currency), ASKED(order), ASKED(attributes),
};
#undef ASKED

static const char **field_of(struct import_ask *ask, size_t i)
{
	return (const char **)(void *)((char *)ask + asked[i].at);
}

static struct js *asked_json(const struct import_ask *ask)
{
	struct import_ask copy = *ask;
	struct js *js = js_object();

	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
		if (*field_of(&copy, i) != NULL)
			js_set_text(js, asked[i].name, *field_of(&copy, i));
	js_set_bool(js, "attributes_any", ask->attributes_any);
	if (ask->mapping != NULL) {
		struct js *m = js_object();

		js_set_text(m, "path", ask->mapping->path);
		js_set_text(m, "text", ask->mapping->text);
		js_set(js, "mapping", m);
	}
	return js;
}

enum rc aside_asked(struct arena *a, const struct js *js, const struct import_ask *differs, struct import_ask *out)
{
	const struct js *m = js_get(js, "mapping");
	const char *text = js_text_of(js_get(m, "text"));
	struct mapping *mapping = NULL;
	enum rc rc = RC_OK;

	*out = differs != NULL ? *differs : (struct import_ask){ 0 };
	if (out->mapping == NULL && text != NULL) {
		rc = mapping_parse(a, js_text_of(js_get(m, "path")), text, strlen(text), &mapping);
		out->mapping = mapping;
	}
	if (out->attributes == NULL)
		out->attributes_any = js_bool_of(js_get(js, "attributes_any"));
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
		if (*field_of(out, i) == NULL)
			*field_of(out, i) = js_text_of(js_get(js, asked[i].name));
	return rc;
}

/* Setting aside */

/* STORE.aside/DIGEST, written whole before the record is. */
static enum rc keep_copy(struct run *run, const struct reader *r, const char *digest, const char **out)
{
	const char *folder = arena_printf(run->arena, "%s.aside", store_path(run->store));
	const char *path = arena_printf(run->arena, "%s/%s", folder, digest);
	struct file_writer *w = NULL;
	enum rc rc = file_make_folder(folder);

	if (rc == RC_OK)
		rc = file_create(path, &w);
	if (rc == RC_OK)
		rc = reader_copy(r, file_stream(w));
	if (rc == RC_OK) {
		rc = file_commit(w);
		*out = path;
	} else {
		file_abandon(w);
	}
	return rc;
}

static char *text_of(struct js *js)
{
	struct str t = { 0 };

	js_write(&t, js, false, true);
	js_free(js);
	return str_take(&t);
}

enum rc aside_put(struct run *run, const struct import_ask *ask, const struct reader *r, const char *name, int64_t file_id, const char *digest,
	const struct columns_verdict *v)
{
	bool  from_stdin = strcmp(reader_path(r), READER_STDIN) == 0;
	char *whole = from_stdin ? NULL : realpath(reader_path(r), NULL), now[32];
	char *difference = text_of(layout_differences_json(&v->differences)), *expected = text_of(layout_json(&v->expected));
	char *found = text_of(layout_json(&v->found)), *options = text_of(asked_json(ask));
	const char *copy = NULL;
	struct str codes = { 0 }, sentence = { 0 };
	enum rc rc = from_stdin || run_bool(run, "import.keep_aside") ? keep_copy(run, r, digest, &copy) : RC_OK;

	clock_now(now);
	layout_codes(&codes, &v->differences);
	layout_say(&sentence, &v->differences, true);
	if (rc == RC_OK)
		rc = query_run(run->store, "statement/ingest_aside_put", "itttitttttttttt", file_id, name, whole != NULL ? whole : from_stdin ? "" : reader_path(r),
			copy, (int64_t)reader_size(r), digest, codes.s, sentence.s, contract_columns_name(v->policy), v->against, difference, expected, found,
			options, now);
	str_clear(&codes);
	str_clear(&sentence);
	free(whole);
	free(difference);
	free(expected);
	free(found);
	free(options);
	return rc;
}

enum rc aside_known(struct run *run, const char *digest, int64_t but, const char **state, const char **said)
{
	struct query *q = NULL;
	bool row = false;
	enum rc rc = query_open(run->store, "statement/ingest_aside_known", &q);

	*state = *said = NULL;
	if (rc == RC_OK) {
		query_bind_text(q, 1, digest);
		query_bind_int(q, 2, but);
		rc = query_step(q, &row);
	}
	if (rc == RC_OK && row && strcmp(query_text(q, 2), "aside") == 0) {
		*state = "aside";
		*said = arena_printf(run->arena, "it was set aside whole at %s as file %lld, and nobody decided about it yet: %s", query_text(q, 4),
			(long long)query_int(q, 0), query_text(q, 3));
	} else if (rc == RC_OK && row) {
		*state = "discarded";
		*said = arena_printf(run->arena, "it was set aside whole as file %lld and discarded by %s at %s: %s", (long long)query_int(q, 0),
			query_text(q, 5), query_text(q, 7), query_text(q, 6));
	}
	query_close(q);
	return rc;
}

enum rc aside_refuse(const char *name, int64_t file_id, const struct columns_verdict *v)
{
	struct str t = { 0 };
	long long id = (long long)file_id;
	enum rc rc;

	layout_say(&t, &v->differences, true);
	rc = err_where(err_set(RC_DATA, "GATE-131", "its columns are not those of %.200s: %s", v->against, t.s), name, 0, 0);
	str_clear(&t);
	if (file_id == 0)
		return err_do(rc, "nothing was changed; give a mapping or options that read it, or accept a contract that allows it");
	return err_do(rc, "the file is set aside whole and runs wait: 'quarantine show --file %lld' shows both; mend the file and import it, "
		"'quarantine release --file %lld' after the contract, the mapping or import.columns changed, or 'quarantine discard --file %lld'; each with "
		"--by NAME --reason TEXT", id, id, id);
}

/* The pause */

enum rc aside_pause(struct store *s)
{
	struct query *q = NULL;
	bool row = false;
	enum rc rc = query_open(s, "statement/ingest_aside_first", &q);

	if (rc == RC_OK)
		rc = query_step(q, &row);
	if (rc == RC_OK && row) {
		long long id = (long long)query_int(q, 0), more = (long long)query_int(q, 3) - 1;
		char and_more[48] = "";

		if (more > 0)
			snprintf(and_more, sizeof and_more, ", and so %s %lld more", more == 1 ? "is" : "are", more);
		rc = err_where(err_set(RC_DATA, "GATE-132", "the data stop short: this file is set aside whole%s: %.700s", and_more, query_text(q, 2)), query_text(q, 1), 0, 0);
		err_do(rc, "'quarantine show --file %lld' shows it; 'quarantine release --file %lld' or 'quarantine discard --file %lld' decides, or 'run --accepted-only' "
			"goes on without it; each with --by NAME --reason TEXT", id, id, id);
	}
	query_close(q);
	return rc;
}

enum rc aside_list(struct store *s, struct js **result)
{
	struct query *q = NULL;
	struct js *list = js_array();
	bool row = true;
	enum rc rc = query_open(s, "statement/ingest_aside_list", &q);

	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row) {
		struct js *js = js_object();

		js_set_int(js, "file_id", query_int(q, 0));
		js_set_text(js, "file", query_text(q, 1));
		js_set_text(js, "sentence", query_text(q, 2));
		js_set_text(js, "reasons", query_text(q, 3));
		js_add(list, js);
	}
	query_close(q);
	if (rc == RC_OK)
		*result = list;
	else
		js_free(list);
	return rc;
}

enum rc aside_pass(struct store *s, const char *by, const char *why)
{
	struct js *list = NULL, *js;
	enum rc rc;

	if (audit_blank(by) || audit_blank(why))
		return err_do(err_set(RC_APPROVAL, "GATE-134", "to go on without files that are set aside needs a name and a reason"), "add --by NAME --reason TEXT");
	rc = store_begin(s);
	if (rc == RC_OK)
		rc = aside_list(s, &list);
	if (rc == RC_OK && js_count(list) > 0) {
		js = js_object();
		js_set_text(js, "action", "run without files set aside");
		js_set(js, "files", js_copy(list));
		js_set_text(js, "why", why);
		rc = audit_append(s, "quarantine", by, js, NULL);
	}
	js_free(list);
	if (rc == RC_OK)
		rc = store_commit(s);
	if (rc != RC_OK)
		store_rollback(s);
	return rc;
}
