/* All rows of a statement as column arrays, a block at a time: the counterpart of store/append. One step of SQLite runs
 * the whole scan and an aggregate function of this room takes the rows over, so that no row costs a step and no cell a
 * call from outside (measured: 80 ns a row of three columns against 125 for query_step and query_int). */
#ifndef CLV_STORE_SCAN_H
#define CLV_STORE_SCAN_H

#include <stddef.h>

#include "base/rc.h"
#include "store/append.h"
#include "store/store.h"

enum { SCAN_BLOCK = 4096 }; /* rows of a block that suit the caches */

enum scan_type {
	SCAN_I32,   /* int32_t; NULL and what does not fit are INT32_MIN */
	SCAN_I64,   /* int64_t; NULL is INT64_MIN */
	SCAN_F64,   /* double; NULL is NaN */
	SCAN_FLAG,  /* uint8_t; 1: neither 0 nor NULL */
	SCAN_TEXT,  /* struct append_span; NULL has p NULL; lives until take returns */
};

struct scan_column { enum scan_type type; void *data; /* room for `block` cells */ };

struct scan {
	const struct scan_column *column;  /* one for each column of the statement, in its order */
	size_t                    columns;
	size_t                    block;   /* rows that the arrays have room for */
	enum rc                 (*take)(void *user, size_t rows); /* called with full blocks, then with the rest if there is one */
	void                     *user;
};

/* Run the named statement; `types` and what follows are its parameters, as for query_run. A statement scans fastest when
 * it leaves the order to the table: rows come by its key, and ORDER BY, even by that key, costs a third more; who depends
 * on the order checks it. take may use the store, and scan, too; an answer other than RC_OK ends the scan and is returned.
 * Errors: RC_STORE (no or another number of columns), RC_CANCELLED, RC_IO, what take returns. */
enum rc store_scan(struct store *s, const char *name, const struct scan *scan, const char *types, ...);

#endif
