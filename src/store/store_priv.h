/* What the files of this room share: the handle's inside and SQLite's codes made into ours. */
#ifndef CLV_STORE_STORE_PRIV_H
#define CLV_STORE_STORE_PRIV_H

#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/rc.h"
#include "store/append.h"
#include "store/scan.h"
#include "store/store.h"

#define STORE_REPAIR "keep the file with its -wal; restore a backup (.bak-N) or import again into a new store"

struct append;
struct kept;
struct list_base;
struct listing;
struct query;
struct scanning;

enum { PROGRESS_STEPS = 10000 }; /* of SQLite's machine between two looks at the watched flag */

struct store {
	sqlite3           *db;
	char              *path;
	dev_t              device; /* these two: of the file that was opened */
	ino_t              inode;
	bool               readonly;
	int                schema;
	const atomic_bool *watch;
	int64_t            turns;  /* of the progress handler that a guarded statement may still take; 0: no limit */
	bool               spent;  /* it took them all */
	struct query      *query;  /* prepared statements, in use or waiting to be used again */
	struct append     *append; /* NULL on a reader */
	struct kept       *kept;   /* rows held for scans; NULL: none */
	struct scanning   *scanning; /* the innermost scan at work; NULL: none */
	struct listing    *listing;  /* the part of a list being read; NULL: none */
	struct list_base  *base;     /* kept for the next list; NULL: none yet */
};

/* SQLite's code and message -> ours. `what` names the statement; the connection's message is added. */
enum rc store_fail(struct store *s, int code, const char *what);
/* Run statements that give no rows the caller wants. */
enum rc store_exec(struct store *s, const char *sql, const char *what);
/* The first cell of the first row, 0 without one. */
enum rc store_pragma_int(struct store *s, const char *sql, int64_t *out);
/* RC_CANCELLED, recorded, when the watched flag is set. */
enum rc store_heed(struct store *s, const char *what);

/* migrate.c: the newest schema of this build; bring the store to it; is a reader's store as this build expects? */
int     migrate_latest(void);
enum rc migrate_store(struct store *s);
enum rc migrate_verify(struct store *s);
enum rc migrate_model(struct store *empty); /* schema and views in an empty database; not its identity */

/* lock.c: can the path be the name of a store at all? Is this the text of a lock that this process holds? */
enum rc store_check_name(const char *path);
bool    lock_is_ours(const char *text);

/* query.c, append.c, scan.c, list_parts.c, match.c, unpack.c */
void    query_free_all(struct store *s);
void    query_bind_all(sqlite3_stmt *stmt, const char *types, va_list ap);
enum rc append_attach(struct store *s);
enum rc scan_attach(struct store *s);
enum rc list_attach(struct store *s);
void    list_base_free(struct list_base *b);
void    append_free(struct append *a);
/* keep.c: end the holding of a table that the statement writes to; hold rows that were appended; answer a scan whose one parameter
 * is `value` from what is held (false: it cannot be). */
void    keep_heed(struct store *s, sqlite3_stmt *stmt);
void    keep_rows(struct store *s, const char *table, const struct append_column *column, size_t columns, size_t rows);
bool    keep_scan(struct store *s, const char *text, const struct scan *scan, int64_t value, enum rc *rc);
int     match_attach(sqlite3 *db);
bool    match_has(const char *text, size_t n, const char *part, size_t part_n); /* in any case; as clv_has of the filter */
int     unpack_attach(sqlite3 *db);

#endif
