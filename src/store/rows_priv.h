/* Rows of a running statement gathered by column, then handed over as a frame. SQLite types each value, a frame each
 * column: a column starts with the type its header line or table gives it and is widened (int, real, text) when a
 * value does not fit. */
#ifndef CLV_STORE_ROWS_PRIV_H
#define CLV_STORE_ROWS_PRIV_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "store/sql.h"

union rows_cell { int64_t i; double r; const char *t; };

struct rows_column {
	const char      *name, *kind, *unit; /* kind NULL: not declared */
	enum cell_type   type;
	bool             typed;  /* false: nothing seen yet that would say */
	union rows_cell *cell;
};

struct rows {
	struct arena       *arena; /* of the texts and, at the end, the frame */
	size_t              n, cap, columns;
	struct rows_column *column;
};

/* How a column is to be shown, from the `-- column: name kind unit text` lines; kind NULL when there is none. */
struct rows_kind { const char *kind, *unit; };
struct rows_kind rows_kind_of(struct arena *a, const struct sql_text *head, const char *column);

/* head may be NULL. The columns are the statement's. */
void    rows_init(struct rows *r, struct arena *a, sqlite3_stmt *stmt, const struct sql_text *head);
enum rc rows_add(struct rows *r, sqlite3_stmt *stmt);
enum rc rows_frame(const struct rows *r, struct frame **out);
/* No rows again; the texts of the next ones go to another arena. Types learned so far stay. */
void    rows_restart(struct rows *r, struct arena *a);
void    rows_clear(struct rows *r);

#endif
