/* The schema of a store: numbered files applied once, in order, in one transaction; views made anew when their text
 * changed; a backup before rows of an older store are touched. Owns store_fact('views'), the digest of the views. */
#include "config.h"

#include "store/store_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/sql.h"

#define SCHEMA "schema/"
#define VIEW   "view/"

enum { BACKUPS_MAX = 1000 };

static int schema_number(const char *name)
{
	return (int)strtol(name + strlen(SCHEMA), NULL, 10);
}

int migrate_latest(void)
{
	int latest = 0;
	const char *name;

	for (size_t i = 0; (name = sql_name(SCHEMA, i)) != NULL; i++)
		if (schema_number(name) > latest)
			latest = schema_number(name);
	return latest;
}

/* Backup */

/* An empty file of mode 0600 under the first free name; SQLite fills it. */
static enum rc make_backup_file(const char *path, char **out)
{
	for (int n = 1; n <= BACKUPS_MAX; n++) {
		struct str t = { 0 };
		int fd;

		str_addf(&t, "%s.bak-%d", path, n);
		fd = open(t.s, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd >= 0) {
			fchmod(fd, 0600);
			close(fd);
			*out = str_take(&t);
			return RC_OK;
		}
		str_clear(&t);
		if (errno != EEXIST)
			break;
	}
	return err_do(err_set(RC_IO, "STORE-130", "cannot make a backup of %s: %s", path, strerror(errno)),
		"the store was not changed; make room or make the folder writable");
}

/* SQLite does not sync a file made by VACUUM INTO. It no longer has it open either, so a descriptor of ours is safe. */
static int sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), bad;

	if (fd < 0)
		return -1;
	bad = fsync(fd);
	close(fd);
	return bad;
}

static int vacuum_into(struct store *s, const char *name)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "VACUUM INTO ?1", -1, &stmt, NULL);

	if (code == SQLITE_OK) {
		sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
		code = sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static enum rc back_up(struct store *s)
{
	char *name = NULL;
	enum rc rc = make_backup_file(s->path, &name);

	if (rc != RC_OK)
		return rc;
	rc = store_fail(s, vacuum_into(s, name), "backup before the upgrade");
	if (rc == RC_OK && sync_file(name) != 0)
		rc = err_set(RC_IO, "STORE-130", "cannot write the backup %s: %s", name, strerror(errno));
	if (rc != RC_OK)
		unlink(name);
	free(name);
	return rc;
}

/* Views */

static enum rc views_digest(struct arena *a, char hex[DIGEST_HEX])
{
	struct digest *d = digest_new();
	struct sql_text t;
	const char *name;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && (name = sql_name(VIEW, i)) != NULL; i++) {
		rc = sql_get(a, name, &t);
		if (rc == RC_OK) {
			digest_add_text(d, name);
			digest_add_text(d, t.text);
		}
	}
	digest_end(d, hex);
	return rc;
}

/* "" when nothing is stored yet. */
static enum rc views_stored(struct store *s, char hex[DIGEST_HEX])
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "SELECT value FROM store_fact WHERE key = 'views'", -1, &stmt, NULL);
	enum rc rc = RC_OK;

	hex[0] = '\0';
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		snprintf(hex, DIGEST_HEX, "%s", (const char *)sqlite3_column_text(stmt, 0));
	else if (code != SQLITE_DONE)
		rc = store_fail(s, code, "reading store_fact");
	sqlite3_finalize(stmt);
	return rc;
}

static enum rc views_store(struct store *s, const char *hex)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO store_fact(key, value) VALUES('views', ?1)", -1, &stmt, NULL);
	enum rc rc;

	if (code == SQLITE_OK) {
		sqlite3_bind_text(stmt, 1, hex, -1, SQLITE_TRANSIENT);
		code = sqlite3_step(stmt);
	}
	rc = code == SQLITE_DONE ? RC_OK : store_fail(s, code, "writing store_fact");
	sqlite3_finalize(stmt);
	return rc;
}

static enum rc drop_views(struct store *s)
{
	struct str drop = { 0 };
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "SELECT name FROM sqlite_schema WHERE type = 'view'", -1, &stmt, NULL);
	enum rc rc;

	str_add(&drop, "");
	if (code == SQLITE_OK)
		while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
			char *one = sqlite3_mprintf("DROP VIEW \"%w\";", sqlite3_column_text(stmt, 0));

			str_add(&drop, one != NULL ? one : "");
			sqlite3_free(one);
		}
	rc = code == SQLITE_DONE ? RC_OK : store_fail(s, code, "listing the views");
	sqlite3_finalize(stmt);
	if (rc == RC_OK)
		rc = store_exec(s, drop.s, "dropping the views");
	str_clear(&drop);
	return rc;
}

/* A view may be made before what it reads; that it can be read is asked of each once all are there. */
static enum rc make_views(struct store *s, struct arena *a)
{
	struct sql_text t;
	const char *name;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && (name = sql_name(VIEW, i)) != NULL; i++) {
		rc = sql_get(a, name, &t);
		if (rc == RC_OK)
			rc = store_exec(s, t.text, name);
	}
	for (size_t i = 0; rc == RC_OK && (name = sql_name(VIEW, i)) != NULL; i++) {
		char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" LIMIT 0", name + strlen(VIEW));

		rc = sql != NULL ? store_exec(s, sql, name) : store_fail(s, SQLITE_NOMEM, name);
		sqlite3_free(sql);
	}
	return rc;
}

static enum rc renew_views(struct store *s, struct arena *a, const char *hex)
{
	enum rc rc = drop_views(s);

	if (rc == RC_OK)
		rc = make_views(s, a);
	return rc == RC_OK ? views_store(s, hex) : rc;
}

/* Schema */

static enum rc apply_schema(struct store *s, struct arena *a, int64_t from)
{
	struct sql_text t;
	const char *name;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && (name = sql_name(SCHEMA, i)) != NULL; i++) {
		char set[48];

		if (schema_number(name) <= from)
			continue;
		rc = sql_get(a, name, &t);
		if (rc == RC_OK)
			rc = store_exec(s, t.text, name);
		snprintf(set, sizeof set, "PRAGMA user_version=%d", schema_number(name));
		if (rc == RC_OK)
			rc = store_exec(s, set, name);
	}
	return rc;
}

/* Foreign keys are off while tables are rebuilt; what is there afterwards must satisfy them. */
static enum rc check_references(struct store *s)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, "PRAGMA foreign_key_check", -1, &stmt, NULL);
	enum rc rc = RC_OK;

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		rc = err_set(RC_STORE, "STORE-131", "the upgrade would leave rows of %s without what they refer to",
			(const char *)sqlite3_column_text(stmt, 0));
	else if (code != SQLITE_DONE)
		rc = store_fail(s, code, "checking references");
	sqlite3_finalize(stmt);
	return rc;
}

static enum rc upgrade(struct store *s, struct arena *a, const char *hex)
{
	char stored[DIGEST_HEX] = "";
	int64_t now = 0;
	enum rc rc = store_pragma_int(s, "PRAGMA user_version", &now);

	if (rc == RC_OK && now < migrate_latest()) {
		rc = drop_views(s);
		if (rc == RC_OK)
			rc = apply_schema(s, a, now);
		if (rc == RC_OK && now > 0)
			rc = check_references(s);
		if (rc == RC_OK)
			return renew_views(s, a, hex);
	}
	if (rc == RC_OK)
		rc = views_stored(s, stored);
	if (rc == RC_OK && strcmp(stored, hex) != 0)
		rc = renew_views(s, a, hex);
	return rc;
}

/* Another process may have upgraded meanwhile: upgrade() looks again inside the transaction. */
static enum rc upgrade_in_transaction(struct store *s, struct arena *a, const char *hex)
{
	enum rc rc = store_exec(s, "PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE", "upgrade");

	if (rc == RC_OK)
		rc = upgrade(s, a, hex);
	if (rc == RC_OK)
		rc = store_exec(s, "COMMIT", "upgrade");
	if (rc != RC_OK)
		store_rollback(s);
	sqlite3_exec(s->db, "PRAGMA foreign_keys=ON", NULL, NULL, NULL);
	return rc;
}

enum rc migrate_store(struct store *s)
{
	struct arena *a = arena_new();
	char hex[DIGEST_HEX], stored[DIGEST_HEX] = "";
	bool older = s->schema < migrate_latest();
	enum rc rc = views_digest(a, hex);

	if (rc == RC_OK && !older)
		rc = views_stored(s, stored);
	if (rc == RC_OK && older && s->schema > 0)
		rc = back_up(s);
	if (rc == RC_OK && (older || strcmp(stored, hex) != 0))
		rc = upgrade_in_transaction(s, a, hex);
	if (rc == RC_OK)
		s->schema = migrate_latest();
	arena_free(a);
	return rc;
}

enum rc migrate_verify(struct store *s)
{
	struct arena *a = arena_new();
	char hex[DIGEST_HEX], stored[DIGEST_HEX] = "";
	bool older = s->schema < migrate_latest();
	enum rc rc = views_digest(a, hex);

	if (rc == RC_OK && !older)
		rc = views_stored(s, stored);
	if (rc == RC_OK && s->schema == 0)
		rc = err_do(err_set(RC_DATA, "STORE-110", "the store is empty: its making was interrupted"),
			"any command that writes finishes it: 'init', for one");
	else if (rc == RC_OK && (older || strcmp(stored, hex) != 0))
		rc = err_do(err_set(RC_STORE, "STORE-109", "the store was written by another version of clv (schema %d, this program has %d%s)",
				s->schema, migrate_latest(), older ? "" : ", with other views"),
			"any command that writes brings it up to date, after a backup: 'init', for one");
	arena_free(a);
	return rc;
}

enum rc migrate_model(struct store *empty)
{
	struct arena *a = arena_new();
	enum rc rc = apply_schema(empty, a, 0);

	if (rc == RC_OK)
		rc = make_views(empty, a);
	arena_free(a);
	return rc;
}
