/* Open a project: one SQLite file, one writer, many readers. The only room that speaks to a database.
 *
 * A store has application id "CLV1" and a schema number; a foreign or newer file is refused untouched. It is
 * created with mode 0600, in WAL mode, with foreign keys on, trusted_schema off, defensive mode, cell-size
 * checks. SQLite alone opens the file: an open() and close() of it elsewhere in the process would drop SQLite's locks. */
#ifndef CLV_STORE_STORE_H
#define CLV_STORE_STORE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"

struct store;

enum store_mode {
	STORE_READ,    /* read-only handle; never creates; query_only; reads from places that cannot be written to, too */
	STORE_WRITE,   /* must exist; migrates forward (after a backup when rows would be touched) */
	STORE_CREATE,  /* like STORE_WRITE, made if absent */
};

#define STORE_APPLICATION_ID 0x434C5631 /* "CLV1" */

/* Errors: RC_IO (not there - with the nearest name of a *.clv file in that folder; not readable; a folder; a symlink),
 * RC_DAMAGED (not a database, foreign application id, newer schema: what is safe to do), RC_BUSY. One handle per thread. */
enum rc store_open(const char *path, enum store_mode mode, struct store **out);
void    store_close(struct store *s); /* NULL allowed */

const char *store_path(const struct store *s);
bool        store_is_readonly(const struct store *s);
int         store_schema(const struct store *s); /* number of the last migration */
/* Does the path still name the file that was opened? False after it was deleted, or another was moved to its place. One lstat. */
bool        store_is_current(const struct store *s);

/* Transactions. begin is IMMEDIATE on a writer, DEFERRED (one consistent snapshot) on a reader. */
enum rc store_begin(struct store *s);
enum rc store_commit(struct store *s);
void    store_rollback(struct store *s); /* nothing to roll back is fine */
bool    store_in_transaction(const struct store *s);

/* When *flag becomes true, running and later statements end with RC_CANCELLED. NULL takes the flag away. */
void    store_watch(struct store *s, const atomic_bool *flag);

/* Write the log back into the file and truncate it; after a large import. Next to nothing when the log is empty. */
enum rc store_checkpoint(struct store *s);
/* `quick` or full integrity check. RC_DAMAGED with the first complaint. */
enum rc store_check(struct store *s, bool quick);
/* Are the tables, columns, indexes, triggers and views there that this program makes? RC_DAMAGED names those that are not.
 * What somebody added is no matter. Some milliseconds. */
enum rc store_check_schema(struct store *s);

int64_t store_last_rowid(const struct store *s);
int64_t store_changes(const struct store *s); /* rows changed since the handle was opened */

/* The lock of one writing job at a time: a file of its own beside the store ("x.clv.lock"), held by flock, so that the
 * kernel frees it when the process dies. Its text says who: pid, command, since. RC_BUSY names them. */
struct store_lock;
enum rc store_lock(const char *path, const char *command, struct store_lock **out);
void    store_unlock(struct store_lock *l);
/* Who holds it, as text for people; false when free. */
bool    store_lock_holder(const char *path, char *text, size_t size);

/* Library version for --version. */
const char *store_library(void);

#endif
