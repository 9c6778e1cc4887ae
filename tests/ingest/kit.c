/* What the import's tests share. */
#include "config.h"

#include "kit.h"

#include "ingest/mapping.h"

#include <unistd.h>

#include "base/str.h"
#include "ingest/ingest_module.h"

void kit_open(struct kit *k)
{
	const struct setting *const tables[] = { ingest_module.settings, NULL };

	memset(k, 0, sizeof *k);
	k->place = scratch_new();
	k->settings = settings_new(tables);
	cr_assert_eq(store_open(k->place.store, STORE_CREATE, &k->store), RC_OK, "%s", err_get()->why);
	k->run = (struct run){ .store = k->store, .settings = k->settings, .arena = arena_new() };
}

void kit_close(struct kit *k)
{
	js_free(k->result);
	store_close(k->store);
	settings_free(k->settings);
	arena_free(k->run.arena);
	scratch_free(&k->place);
}

const char *kit_file(const struct kit *k, const char *name, const void *bytes, size_t n)
{
	static char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", k->place.dir, name);
	f = fopen(path, "wb");
	cr_assert_not_null(f);
	cr_assert_eq(fwrite(bytes, 1, n, f), n);
	cr_assert_eq(fclose(f), 0);
	return path;
}

void kit_set(struct kit *k, const char *key, const char *value)
{
	cr_assert_eq(settings_override(k->settings, key, value, "--set"), RC_OK, "%s", err_get()->why);
}

static enum rc import(struct kit *k, const char *path, const struct import_ask *ask, bool validate)
{
	struct import_ask a = ask != NULL ? *ask : (struct import_ask){ 0 };
	struct js *result = NULL;
	enum rc rc;

	if (a.paths == 0) {
		a.path = &path;
		a.paths = 1;
	}
	a.validate_only = validate;
	rc = import_files(&k->run, &a, &result, &k->changed);
	js_free(k->result);
	k->result = result;
	return rc;
}

enum rc kit_import(struct kit *k, const char *path, const struct import_ask *ask)
{
	return import(k, path, ask, false);
}

enum rc kit_validate(struct kit *k, const char *path, const struct import_ask *ask)
{
	return import(k, path, ask, true);
}

enum rc kit_import_text(struct kit *k, const char *text, const struct import_ask *ask)
{
	return kit_import(k, kit_file(k, "t.csv", text, strlen(text)), ask);
}

static const struct js *find(const struct kit *k, const char *key)
{
	const struct js *js = js_at(js_get(k->result, "files"), 0);
	char name[64];

	while (js != NULL && *key != '\0') {
		size_t n = strcspn(key, ".");

		snprintf(name, sizeof name, "%.*s", (int)n, key);
		js = js_get(js, name);
		key += n + (key[n] == '.');
	}
	return js;
}

long long kit_number(const struct kit *k, const char *key)
{
	return js_int_of(find(k, key));
}

const char *kit_word(const struct kit *k, const char *key)
{
	const char *s = js_text_of(find(k, key));

	return s != NULL ? s : "";
}

void kit_check_accounts(const struct kit *k, long long read, long long accepted, long long quarantined, long long blank)
{
	cr_assert_not_null(k->result, "%s: %s", err_get()->id, err_get()->why);
	cr_expect_eq(kit_number(k, "read"), read, "read %lld", kit_number(k, "read"));
	cr_expect_eq(kit_number(k, "accepted"), accepted, "accepted %lld", kit_number(k, "accepted"));
	cr_expect_eq(kit_number(k, "quarantined"), quarantined, "quarantined %lld", kit_number(k, "quarantined"));
	cr_expect_eq(kit_number(k, "blank"), blank, "blank %lld", kit_number(k, "blank"));
	cr_expect_eq(read, accepted + quarantined + blank);
	cr_expect_eq(scratch_int(&k->place, "SELECT count(*) FROM raw_file WHERE read_rows <> accepted + quarantined + duplicate + blank"), 0);
	cr_expect_eq(scratch_int(&k->place, "SELECT coalesce(sum(rows), 0) FROM raw_block"),
		scratch_int(&k->place, "SELECT coalesce(sum(accepted), 0) FROM raw_file WHERE status = 'accepted'"));
	cr_expect_eq(scratch_int(&k->place, "SELECT coalesce(sum(rows), 0) FROM raw_block"),
		scratch_int(&k->place, "SELECT coalesce(sum(sales + refunds), 0) FROM raw_customer"));
	cr_expect_eq(scratch_int(&k->place, "SELECT count(*) FROM quar_row WHERE state <> 'released'"),
		scratch_int(&k->place, "SELECT coalesce(sum(quarantined), 0) FROM raw_file"));
}

char *kit_states(const struct kit *k)
{
	static const char sql[] = "SELECT customer_id || ' ' || coalesce(first_day, '-') || ' ' || coalesce(last_day, '-') || ' ' || open_day || ' ' ||"
		" days || ' ' || sales || ' ' || refunds || ' ' || open_minor || ' ' || first_minor || ' ' || before_minor || ' ' || total_minor ||"
		" ' ' || open_sale FROM raw_customer ORDER BY customer_id";
	struct str t = { 0 };
	sqlite3 *db;
	sqlite3_stmt *stmt;

	cr_assert_eq(sqlite3_open(k->place.store, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
	while (sqlite3_step(stmt) == SQLITE_ROW)
		str_addf(&t, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return str_take(&t);
}

const char *kit_reference(const char *name)
{
	static char path[512];
	const char *folder = getenv("CLV_REFERENCE"), *top = getenv("top_srcdir");

	if (folder != NULL)
		snprintf(path, sizeof path, "%s/%s", folder, name);
	else
		snprintf(path, sizeof path, "%s/../shared/reference/%s", top != NULL ? top : ".", name);
	return access(path, R_OK) == 0 ? path : NULL;
}

const struct mapping *kit_shipped(const struct kit *k, const char *name)
{
	struct mapping *m = NULL;

	cr_assert_eq(mapping_read(k->run.arena, name, &m), RC_OK, "%s", err_get()->why);
	return m;
}
