/* What a person decides about a file set aside whole: release through the same gates, or discard. Writes quar_file's state. */
#include "config.h"

#include "ingest/aside.h"

#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/file.h"
#include "ingest/aside_priv.h"
#include "module/audit.h"
#include "store/query.h"

/* quar_file's columns in the order of statement/ingest_aside_get. */
struct aside_record {
	int64_t     file_id;
	const char *name, *path, *copy, *digest, *state;
	struct js  *asked;
};

static struct js *parsed(const char *text)
{
	struct js *js = NULL;

	return text != NULL && js_read(text, strlen(text), "quar_file", &js) == RC_OK ? js : js_null();
}

static enum rc not_there(int64_t file_id)
{
	return err_do(err_set(RC_USAGE, "GATE-133", "no file %lld is or was set aside whole", (long long)file_id), "'show aside' lists them");
}

static enum rc open_record(struct store *s, int64_t file_id, struct query **q)
{
	bool row = false;
	enum rc rc = query_open(s, "statement/ingest_aside_get", q);

	if (rc == RC_OK) {
		query_bind_int(*q, 1, file_id);
		rc = query_step(*q, &row);
	}
	return rc == RC_OK && !row ? not_there(file_id) : rc;
}

enum rc aside_show(struct store *s, int64_t file_id, struct js **result)
{
	static const struct { const char *key; int column; } texts[] = {
		{ "file", 0 }, { "state", 4 }, { "sentence", 5 }, { "reasons", 17 }, { "policy", 10 }, { "against", 11 }, { "digest", 3 }, { "path", 1 },
		{ "copy", 2 }, { "set_at", 12 }, { "by", 13 }, { "why", 14 }, { "at", 15 },
	};
	struct query *q = NULL;
	enum rc rc = open_record(s, file_id, &q);

	if (rc == RC_OK) {
		struct js *js = js_object();

		js_set_int(js, "file_id", file_id);
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			js_set_text(js, texts[i].key, query_text(q, texts[i].column));
		js_set_int(js, "bytes", query_int(q, 16));
		js_set(js, "differences", parsed(query_text(q, 7)));
		js_set(js, "expected", parsed(query_text(q, 8)));
		js_set(js, "found", parsed(query_text(q, 9)));
		*result = js;
	}
	query_close(q);
	return rc;
}

enum rc aside_there(struct store *s, int64_t file_id, bool *there)
{
	struct query *q = NULL;
	enum rc rc = query_open(s, "statement/ingest_aside_get", &q);

	*there = false;
	if (rc == RC_OK) {
		query_bind_int(q, 1, file_id);
		rc = query_step(q, there);
	}
	query_close(q);
	return rc;
}

static enum rc load(struct run *run, int64_t file_id, struct aside_record *out)
{
	struct arena *a = run->arena;
	struct query *q = NULL;
	enum rc rc = open_record(run->store, file_id, &q);

	if (rc == RC_OK)
		*out = (struct aside_record){
			.file_id = file_id, .name = arena_text(a, query_text(q, 0)), .path = arena_text(a, query_text(q, 1)),
			.copy = query_is_null(q, 2) ? NULL : arena_text(a, query_text(q, 2)), .digest = arena_text(a, query_text(q, 3)),
			.state = arena_text(a, query_text(q, 4)), .asked = parsed(query_text(q, 6)),
		};
	query_close(q);
	return rc;
}

static enum rc check(const struct aside_ask *ask, const struct aside_record *r, bool discard)
{
	if (!ask->dry && (audit_blank(ask->by) || audit_blank(ask->why)))
		return err_do(err_set(RC_USAGE, "CSV-141", "a decision needs a name and a reason"), "give --by NAME and --reason TEXT");
	if (strcmp(r->state, "released") == 0 || (discard && strcmp(r->state, "discarded") == 0))
		return err_set(RC_DATA, "CSV-143", "nothing is open there: it was decided before");
	return RC_OK;
}

static enum rc enter(struct store *s, const char *action, const struct aside_ask *ask, const struct aside_record *r, int64_t as)
{
	struct js *js = js_object();

	js_set_text(js, "action", action);
	js_set_int(js, "file_id", r->file_id);
	js_set_text(js, "file", r->name);
	js_set_text(js, "digest", r->digest);
	if (as != 0)
		js_set_int(js, "released_as", as);
	js_set_text(js, "why", ask->why);
	return audit_append(s, "quarantine", ask->by, js, NULL);
}

static enum rc decide(struct store *s, const char *state, const struct aside_ask *ask, const struct aside_record *r, int64_t as)
{
	char now[32];

	clock_now(now);
	if (as == 0)
		return query_run(s, "statement/ingest_aside_decide", "ittttn", r->file_id, state, ask->by, ask->why, now);
	return query_run(s, "statement/ingest_aside_decide", "itttti", r->file_id, state, ask->by, ask->why, now, as);
}

/* --- discard ----------------------------------------------------------------------------------- */

enum rc aside_discard(struct run *run, const struct aside_ask *ask, struct js **result)
{
	struct aside_record r = { 0 };
	enum rc rc = store_begin(run->store);

	rc = rc ? rc : load(run, ask->file_id, &r);
	rc = rc ? rc : check(ask, &r, true);
	rc = rc ? rc : decide(run->store, "discarded", ask, &r, 0);
	rc = rc ? rc : query_run(run->store, "statement/ingest_aside_status", "it", r.file_id, "discarded");
	rc = rc ? rc : enter(run->store, "discard file", ask, &r, 0);
	rc = rc ? rc : store_commit(run->store);
	js_free(r.asked);
	if (rc) {
		store_rollback(run->store);
		return rc;
	}
	*result = js_object();
	js_set_int(*result, "discarded", 1);
	js_set_int(*result, "file_id", ask->file_id);
	return RC_OK;
}

/* --- release ----------------------------------------------------------------------------------- */

static enum rc find_bytes(const struct aside_record *r, const char **out)
{
	*out = r->copy != NULL && file_exists(r->copy) ? r->copy : r->path;
	if (**out != '\0' && file_exists(*out))
		return RC_OK;
	return err_do(err_set(RC_DATA, "GATE-135", "the bytes of file %lld are not at %s any more", (long long)r->file_id,
		**out != '\0' ? *out : "the copy that was made"), "put the file back as it was, or discard it and import it from where it is now");
}

static enum rc import_again(struct run *run, const struct aside_ask *ask, const struct aside_record *r, struct js **result)
{
	struct import_release release = { .file_id = r->file_id, .name = r->name, .digest = r->digest };
	struct import_ask import;
	bool changed = false;
	enum rc rc = find_bytes(r, &release.bytes);

	rc = rc ? rc : aside_asked(run->arena, r->asked, ask->differs, &import);
	if (rc)
		return rc;
	import.path = *r->path != '\0' ? &r->path : &release.bytes;
	import.paths = 1;
	import.release = &release;
	import.validate_only = ask->dry;
	return import_files(run, &import, result, &changed);
}

/* The record goes, the rows are there under another number. */
static enum rc close_record(struct run *run, const struct aside_ask *ask, const struct aside_record *r)
{
	int64_t as = 0;
	enum rc rc = query_get_int(run->store, "statement/ingest_file_of_digest", &as, "t", r->digest);

	rc = rc ? rc : query_run(run->store, "statement/ingest_aside_drop", "i", r->file_id);
	rc = rc ? rc : decide(run->store, "released", ask, r, as);
	return rc ? rc : enter(run->store, "release file", ask, r, as);
}

enum rc aside_release(struct run *run, const struct aside_ask *ask, struct js **result)
{
	struct aside_record r = { 0 };
	struct js *js = NULL;
	enum rc rc = ask->dry ? RC_OK : store_begin(run->store);

	rc = rc ? rc : load(run, ask->file_id, &r);
	rc = rc ? rc : check(ask, &r, false);
	rc = rc ? rc : import_again(run, ask, &r, &js);
	if (!rc && !ask->dry)
		rc = close_record(run, ask, &r);
	if (!rc && !ask->dry)
		rc = store_commit(run->store);
	if (rc && !ask->dry)
		store_rollback(run->store);
	if (!rc && !ask->dry && r.copy != NULL)
		unlink(r.copy);
	js_free(r.asked);
	if (rc) {
		js_free(js);
		return rc;
	}
	js_set_int(js, "released", 1);
	*result = js;
	return RC_OK;
}
