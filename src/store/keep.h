/* Appended rows held as arrays as well, so that the scans of later stages need not ask SQLite for them (measured: 25 ns a
 * cell there, 1 here). Nobody who scans knows of it: the same statement gives the same cells in the same order. */
#ifndef CLV_STORE_KEEP_H
#define CLV_STORE_KEEP_H

#include <stddef.h>

#include "store/store.h"

/* Hold what store_append brings to `table` from now on, up to `rows` rows, in place of what was held before.
 * The columns APPEND_I32 and APPEND_F64 are held; the one APPEND_SAME_I64 is the key, with one value, of which the table has no row
 * yet. A scan whose statement is `SELECT column, ... FROM table WHERE key = ?1` is then answered from the arrays, in the order of
 * appending, which has to be that of the table's key. Without room (128 MiB at most) nothing is held. A rollback, another
 * statement that writes to the table, a commit of another handle, and store_unkeep end it. */
void store_keep(struct store *s, const char *table, size_t rows);
void store_unkeep(struct store *s);

#endif
