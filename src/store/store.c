/* Open, close and transact. SQL here is pragmas and transactions only.
 * Not here: the schema (migrate.c), statements (query.c) and whether a store is sound (check.c). */
#include "config.h"

#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/keep.h"
#include "store/store_priv.h"

enum {
	HEADER_SIZE = 100,       /* of an SQLite file */
	HEADER_VERSION = 60,     /* user_version, big-endian */
	HEADER_APPLICATION = 68, /* application_id */
	BUSY_READER_MS = 2000,
	BUSY_WRITER_MS = 5000,
	BUSY_CHECKPOINT_MS = 250,
	NEAREST_MAX = 256,
};

static const char header_magic[16] = "SQLite format 3";

/* Failures */

static enum rc busy(struct store *s, const char *what)
{
	char who[512];
	bool known = s->path != NULL && store_lock_holder(s->path, who, sizeof who) && who[0] != '\0';

	/* With the lock in our own hand it is no other job of this program. */
	if (known && lock_is_ours(who))
		return err_do(err_set(RC_BUSY, "STORE-111", "%s: another program, not clv, has the database open for writing", what),
			"end its transaction or close it (a database shell, a tool that copies), and try again");
	return err_do(err_set(RC_BUSY, "STORE-111", "%s: the store is busy%s%s", what, known ? ": " : "", known ? who : ""),
		"wait for the other job to end and try again");
}

/* Does SQLite miss what the schema files make, or find what they did not? Its own statements are right, so the schema is not. */
static bool is_schema_fault(const char *message)
{
	static const char *const part[] = {
		"no such table", "no such column", "no such index", "has no column named", "ambiguous column name", "already exists", "malformed",
		"unsupported file format",
	};

	for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
		if (strstr(message, part[i]) != NULL)
			return true;
	return false;
}

static enum rc damaged(const char *id, const char *what, const char *message)
{
	return err_do(err_set(RC_DAMAGED, id, "%s: the store is damaged: %s", what, message), STORE_REPAIR);
}

enum rc store_fail(struct store *s, int code, const char *what)
{
	const char *message = sqlite3_errmsg(s->db);

	switch (code & 0xff) {
	case SQLITE_OK:
		return RC_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return busy(s, what);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return damaged("STORE-112", what, message);
	case SQLITE_FULL:
		return err_do(err_set(RC_IO, "STORE-113", "%s: the disk is full", what),
			"make room; nothing of this transaction was kept");
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return err_do(err_set(RC_IO, "STORE-114", "%s: %s (system error %d)", what, message, sqlite3_system_errno(s->db)),
			"check the disk, and the rights of the store and its folder: writing needs both");
	case SQLITE_INTERRUPT:
		return err_set(RC_CANCELLED, "STORE-115", "%s: cancelled", what);
	case SQLITE_NOMEM:
		return err_set(RC_NOMEM, "STORE-116", "%s: not enough memory", what);
	case SQLITE_ERROR:
		if (is_schema_fault(message))
			return damaged("STORE-119", what, message);
		/* fall through */
	default:
		return err_set(RC_STORE, "STORE-117", "%s: %s", what, message);
	}
}

enum rc store_heed(struct store *s, const char *what)
{
	if (s->watch != NULL && atomic_load_explicit(s->watch, memory_order_relaxed))
		return store_fail(s, SQLITE_INTERRUPT, what);
	return RC_OK;
}

static int on_progress(void *user)
{
	struct store *s = user;

	if (s->turns > 0 && --s->turns == 0)
		s->spent = true;
	return s->spent || (s->watch != NULL && atomic_load_explicit(s->watch, memory_order_relaxed));
}

enum rc store_exec(struct store *s, const char *sql, const char *what)
{
	return store_fail(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL), what);
}

enum rc store_pragma_int(struct store *s, const char *sql, int64_t *out)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);

	if (code == SQLITE_OK) {
		code = sqlite3_step(stmt);
		if (code == SQLITE_ROW || code == SQLITE_DONE) {
			*out = code == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
			code = SQLITE_OK;
		}
	}
	if (code != SQLITE_OK) {
		enum rc rc = store_fail(s, code, sql);

		sqlite3_finalize(stmt);
		return rc;
	}
	sqlite3_finalize(stmt);
	return RC_OK;
}

/* Looking at a file before SQLite may touch it */

/* The path with its folder resolved: SQLite then refuses a link at the end without minding one on the way. */
static enum rc resolve(const char *path, char **out)
{
	const char *base = file_base_name(path);
	char *folder, *real;
	struct str t = { 0 };
	enum rc rc = store_check_name(path);

	if (rc != RC_OK)
		return rc;
	folder = mem_copy_span(path, (size_t)(base - path));
	real = realpath(folder[0] != '\0' ? folder : ".", NULL);
	free(folder);
	if (real == NULL && errno == ENOENT)
		return err_do(err_set(RC_IO, "STORE-101", "there is no store %s: its folder is not there", path),
			"check the name, or make the folder first");
	if (real == NULL)
		return err_set(RC_IO, "STORE-101", "cannot open %s: %s", path, strerror(errno));
	str_add(&t, real);
	if (!str_ends(real, "/"))
		str_add_char(&t, '/');
	str_add(&t, base);
	free(real);
	*out = str_take(&t);
	return RC_OK;
}

/* The stores in the folder of `path`, for a name to suggest. */
static size_t list_stores(struct arena *a, const char *folder, const char **name, size_t max)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	if (d == NULL)
		return 0;
	for (struct dirent *e; n < max && (e = readdir(d)) != NULL;)
		if (str_ends(e->d_name, ".clv"))
			name[n++] = arena_text(a, e->d_name);
	closedir(d);
	return n;
}

static enum rc not_there(const char *given, const char *path)
{
	struct arena *a = arena_new();
	const char *name[NEAREST_MAX];
	const char *base = file_base_name(path);
	size_t n = list_stores(a, arena_span(a, path, (size_t)(base - path)), name, NEAREST_MAX);
	const char *near = str_nearest(base, name, n);
	enum rc rc = err_set(RC_IO, "STORE-101", "there is no store %s", given);

	if (near != NULL)
		rc = err_do(rc, "did you mean %s?", near);
	else
		rc = err_do(rc, "check the name, or make a store with 'init' or 'import'");
	arena_free(a);
	return rc;
}

static enum rc check_kind(const char *given, const struct stat *st)
{
	if (S_ISDIR(st->st_mode))
		return err_set(RC_IO, "STORE-102", "%s is a folder, not a store", given);
	if (S_ISLNK(st->st_mode))
		return err_do(err_set(RC_IO, "STORE-103", "%s is a symbolic link", given), "name the file itself");
	if (!S_ISREG(st->st_mode))
		return err_set(RC_IO, "STORE-102", "%s is not a regular file", given);
	return RC_OK;
}

/* Read the first bytes through SQLite's own file layer: it knows of this process's locks on the file, which a plain
 * open() and close() would drop. No journal, log or lock comes into being. */
static enum rc read_header(const char *given, const char *path, unsigned char head[HEADER_SIZE], sqlite3_int64 *size)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	sqlite3_file *f = mem_new(1, (size_t)vfs->szOsFile);
	sqlite3_filename name = sqlite3_create_filename(path, "", "", 0, NULL);
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_NOFOLLOW;
	int code = name == NULL ? SQLITE_NOMEM : vfs->xOpen(vfs, name, f, flags, &flags);

	if (code == SQLITE_OK)
		code = f->pMethods->xFileSize(f, size);
	if (code == SQLITE_OK && *size > 0)
		code = f->pMethods->xRead(f, head, HEADER_SIZE, 0);
	if (f->pMethods != NULL)
		f->pMethods->xClose(f);
	sqlite3_free_filename(name);
	free(f);
	if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
		return err_set(RC_IO, "STORE-104", "cannot read %s: %s", given, sqlite3_errstr(code));
	return RC_OK;
}

static uint32_t big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static enum rc foreign(const char *given, int64_t id)
{
	return err_do(err_set(RC_DAMAGED, "STORE-107", "%s is not a clv store but a database of another program (application id %08llx)", given,
			(unsigned long long)(id & 0xffffffff)),
		"it was left untouched; give the name of a store, or of a file that is not there yet");
}

static enum rc newer(const char *given, int64_t schema)
{
	return err_do(err_set(RC_DAMAGED, "STORE-108", "%s has schema %lld, this program knows %d", given, (long long)schema,
			migrate_latest()),
		"it was left untouched and is safe; use the newer clv that wrote it");
}

/* *fresh: an empty file that STORE_CREATE may fill. */
static enum rc check_header(const char *given, const char *path, enum store_mode mode, bool *fresh)
{
	unsigned char head[HEADER_SIZE] = { 0 };
	sqlite3_int64 size = 0;
	enum rc rc = read_header(given, path, head, &size);

	if (rc != RC_OK)
		return rc;
	*fresh = size == 0;
	if (*fresh && mode == STORE_CREATE)
		return RC_OK;
	if (*fresh || memcmp(head, header_magic, sizeof header_magic) != 0)
		return err_do(err_set(RC_DAMAGED, "STORE-106", "%s is not a clv store%s", given, *fresh ? ": it is empty" : ""),
			"it was left untouched; check the name");
	if (big_endian(head + HEADER_APPLICATION) != STORE_APPLICATION_ID)
		return foreign(given, big_endian(head + HEADER_APPLICATION));
	if (big_endian(head + HEADER_VERSION) > (uint32_t)migrate_latest())
		return newer(given, big_endian(head + HEADER_VERSION));
	return RC_OK;
}

/* Make the empty file ourselves, so that it never has another mode than 0600. */
static enum rc make_file(const char *given, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_set(RC_IO, "STORE-105", "cannot make %s: %s", given, strerror(errno));
	fchmod(fd, 0600);
	close(fd);
	return RC_OK;
}

static enum rc look(const char *given, const char *path, enum store_mode mode, bool *made, bool *fresh)
{
	struct stat st;
	enum rc rc;

	*made = false;
	if (lstat(path, &st) != 0) {
		if (errno != ENOENT)
			return err_set(RC_IO, "STORE-104", "cannot open %s: %s", given, strerror(errno));
		if (mode != STORE_CREATE)
			return not_there(given, path);
		*fresh = *made = true;
		return make_file(given, path);
	}
	rc = check_kind(given, &st);
	if (rc == RC_OK && access(path, mode == STORE_READ ? R_OK : R_OK | W_OK) != 0)
		rc = err_set(RC_IO, "STORE-104", "cannot %s %s: %s", mode == STORE_READ ? "read" : "write", given, strerror(errno));
	return rc == RC_OK ? check_header(given, path, mode, fresh) : rc;
}

/* Setting up a connection */

static enum rc harden(struct store *s)
{
	static const struct { int option, value; } set[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 1 },    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 }, { SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};

	for (size_t i = 0; i < sizeof set / sizeof set[0]; i++) {
		int code = sqlite3_db_config(s->db, set[i].option, set[i].value, NULL);

		if (code != SQLITE_OK)
			return store_fail(s, code, "setting up the connection");
	}
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(s->db, s->readonly ? BUSY_READER_MS : BUSY_WRITER_MS);
	return RC_OK;
}

static enum rc set_pragmas(struct store *s, bool fresh)
{
	char id[64];
	enum rc rc = store_exec(s, "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0", "opening");

	if (rc == RC_OK && s->readonly)
		return store_exec(s, "PRAGMA query_only=ON; PRAGMA cache_size=-8192", "opening");
	/* The id goes into the file before the log exists, so that a look at the file alone can tell whose it is. */
	snprintf(id, sizeof id, "PRAGMA page_size=32768; PRAGMA application_id=%d", STORE_APPLICATION_ID);
	if (rc == RC_OK && fresh)
		rc = store_exec(s, id, "making the store");
	if (rc == RC_OK)
		rc = store_exec(s, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384;"
			" PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=FAST; PRAGMA foreign_keys=ON", "opening");
	return rc;
}

/* The same questions as check_header, of what the log may have changed since. */
static enum rc check_identity(struct store *s, const char *given)
{
	int64_t id = 0, version = 0;
	enum rc rc = store_pragma_int(s, "PRAGMA application_id", &id);

	if (rc == RC_OK)
		rc = store_pragma_int(s, "PRAGMA user_version", &version);
	if (rc != RC_OK)
		return rc;
	if (id != STORE_APPLICATION_ID)
		return foreign(given, id);
	if (version > migrate_latest())
		return newer(given, version);
	s->schema = (int)version;
	return RC_OK;
}

/* As a part of an SQLite URI. */
static char *uri_of(const char *path, const char *query)
{
	struct str t = { 0 };

	str_add(&t, "file:");
	for (const unsigned char *p = (const unsigned char *)path; *p != '\0'; p++) {
		bool plain = (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || strchr("/._-~", *p) != NULL;

		if (plain)
			str_add_char(&t, (char)*p);
		else
			str_addf(&t, "%%%02X", *p);
	}
	str_addf(&t, "?%s", query);
	return str_take(&t);
}

static int open_as(struct store *s, const char *name, int flags)
{
	sqlite3_close_v2(s->db);
	s->db = NULL;
	return sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE, NULL);
}

/* As open_as, and look into the file, which needs the log and what shares it. */
static int open_and_look(struct store *s, int flags)
{
	int code = open_as(s, s->path, flags);

	if (code == SQLITE_OK) {
		sqlite3_busy_timeout(s->db, BUSY_READER_MS);
		code = sqlite3_exec(s->db, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
	}
	return code;
}

static bool can_write(const char *path)
{
	char *folder = mem_copy_span(path, (size_t)(file_base_name(path) - path));
	bool can = faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 && faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;

	free(folder);
	return can;
}

/* -1 when there is none. */
static int64_t log_size(const char *path)
{
	struct str t = { 0 };
	struct stat st;
	int64_t size;

	str_addf(&t, "%s-wal", path);
	size = lstat(t.s, &st) == 0 ? (int64_t)st.st_size : -1;
	str_clear(&t);
	return size;
}

static bool is_barred(int code)
{
	return (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY;
}

/* A reader's connection may write where it can, though nothing is written through it (query_only): the last one to close then
 * takes the log away. Where nothing can be written and there is no log, nobody is at work, and the file is read as one that
 * does not change. */
static enum rc open_reader(struct store *s, const char *given)
{
	int64_t log = log_size(s->path);
	bool writes = can_write(s->path);
	int code = SQLITE_READONLY;
	char *uri;

	if (writes)
		code = open_and_look(s, SQLITE_OPEN_READWRITE);
	else if (log >= 0)
		code = open_and_look(s, SQLITE_OPEN_READONLY);
	if (!is_barred(code))
		return store_fail(s, code, given);
	if (log > 0)
		return err_do(err_set(RC_IO, "STORE-123", "%s cannot be read: its last changes are in %s-wal, and the %s cannot be written to", given,
				given, writes ? "log" : "place"),
			"copy both to a folder of your own, or let the owner run a command on it that ends in order");
	uri = uri_of(s->path, "immutable=1");
	code = open_as(s, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
	free(uri);
	return store_fail(s, code, given);
}

static enum rc connect(struct store *s, const char *given, bool fresh)
{
	enum rc rc = s->readonly ? open_reader(s, given) : store_fail(s, open_as(s, s->path, SQLITE_OPEN_READWRITE), given);

	if (rc == RC_OK)
		rc = harden(s);
	if (rc == RC_OK)
		rc = set_pragmas(s, fresh);
	if (rc == RC_OK)
		rc = check_identity(s, given);
	if (rc == RC_OK)
		rc = store_fail(s, match_attach(s->db), "opening");
	if (rc == RC_OK)
		rc = store_fail(s, unpack_attach(s->db), "opening");
	if (rc == RC_OK)
		rc = s->readonly ? migrate_verify(s) : migrate_store(s);
	if (rc == RC_OK)
		rc = scan_attach(s);
	if (rc == RC_OK)
		rc = list_attach(s);
	if (rc == RC_OK && !s->readonly)
		rc = append_attach(s);
	if (rc == RC_OK)
		sqlite3_progress_handler(s->db, PROGRESS_STEPS, on_progress, s);
	return rc;
}

/* Noted before it is opened: a file that takes its place meanwhile is then seen to be another. */
static void note_file(struct store *s)
{
	struct stat st;

	if (lstat(s->path, &st) == 0) {
		s->device = st.st_dev;
		s->inode = st.st_ino;
	}
}

/* Take away what a failed creation left. */
static void remove_made(const char *path)
{
	static const char *const tail[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof tail / sizeof tail[0]; i++) {
		struct str t = { 0 };

		str_add(&t, path);
		str_add(&t, tail[i]);
		unlink(t.s);
		str_clear(&t);
	}
}

enum rc store_open(const char *path, enum store_mode mode, struct store **out)
{
	struct store *s;
	char *real = NULL;
	bool made = false, fresh = false;
	enum rc rc;

	if (sqlite3_initialize() != SQLITE_OK)
		return err_set(RC_STORE, "STORE-117", "SQLite does not start");
	rc = resolve(path, &real);
	if (rc == RC_OK)
		rc = look(path, real, mode, &made, &fresh);
	if (rc != RC_OK) {
		free(real);
		return rc;
	}
	s = mem_new(1, sizeof *s);
	s->path = real;
	s->readonly = mode == STORE_READ;
	note_file(s);
	rc = connect(s, path, fresh);
	if (rc != RC_OK) {
		char *kept = made ? mem_copy_text(real) : NULL;

		store_close(s);
		if (kept != NULL)
			remove_made(kept);
		free(kept);
		return rc;
	}
	*out = s;
	return RC_OK;
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	s->watch = NULL;
	store_unkeep(s);
	query_free_all(s);
	append_free(s->append);
	list_base_free(s->base);
	sqlite3_close_v2(s->db);
	free(s->path);
	free(s);
}

const char *store_path(const struct store *s)
{
	return s->path;
}

bool store_is_readonly(const struct store *s)
{
	return s->readonly;
}

int store_schema(const struct store *s)
{
	return s->schema;
}

bool store_is_current(const struct store *s)
{
	struct stat st;

	return lstat(s->path, &st) == 0 && st.st_dev == s->device && st.st_ino == s->inode;
}

enum rc store_begin(struct store *s)
{
	enum rc rc = store_heed(s, "begin");

	if (rc != RC_OK)
		return rc;
	return store_exec(s, s->readonly ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE", "begin");
}

enum rc store_commit(struct store *s)
{
	enum rc rc = store_heed(s, "commit");

	return rc == RC_OK ? store_exec(s, "COMMIT", "commit") : rc;
}

void store_rollback(struct store *s)
{
	const atomic_bool *watch = s->watch;

	store_unkeep(s);
	if (!store_in_transaction(s))
		return;
	s->watch = NULL;
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->watch = watch;
}

bool store_in_transaction(const struct store *s)
{
	return sqlite3_get_autocommit(s->db) == 0;
}

void store_watch(struct store *s, const atomic_bool *flag)
{
	s->watch = flag;
}

enum rc store_checkpoint(struct store *s)
{
	int code;

	sqlite3_busy_timeout(s->db, BUSY_CHECKPOINT_MS);
	code = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(s->db, BUSY_WRITER_MS);
	/* A reader that still looks at the log keeps it from being cut, which the next writer's close makes good. */
	return (code & 0xff) == SQLITE_BUSY ? RC_OK : store_fail(s, code, "checkpoint");
}

int64_t store_last_rowid(const struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

int64_t store_changes(const struct store *s)
{
	return sqlite3_total_changes64(s->db);
}

const char *store_library(void)
{
	return sqlite3_libversion();
}
