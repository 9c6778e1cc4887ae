/* Bind and step; result -> frame. A query is named after its SQL file; C never carries SQL text.
 * Prepared statements are cached in the handle: opening the same name again is cheap. */
#ifndef CLV_STORE_QUERY_H
#define CLV_STORE_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/rc.h"
#include "store/store.h"

struct query;

/* The file must hold exactly one statement, except for query_script. RC_STORE with the name and SQLite's message, RC_DAMAGED when
 * the schema lacks what it names. *out is NULL after a failure, so that a query_close at the end harms nothing. */
enum rc query_open(struct store *s, const char *name, struct query **out);
void    query_close(struct query *q); /* back to the cache; NULL allowed */

/* Parameters are numbered from 1 (?1, ?2 ...). Text is copied. Binding cannot fail short of a bug, which asserts. */
void query_bind_int(struct query *q, int i, int64_t v);
void query_bind_real(struct query *q, int i, double v);        /* NaN binds NULL */
void query_bind_text(struct query *q, int i, const char *s);   /* NULL binds NULL */
void query_bind_blob(struct query *q, int i, const void *p, size_t n);
void query_bind_null(struct query *q, int i);

/* *row says whether there is one. After false the query is reset and can be bound again. */
enum rc query_step(struct query *q, bool *row);
void    query_reset(struct query *q); /* also clears the bindings */

int         query_columns(const struct query *q);
const char *query_name(const struct query *q, int column);     /* columns are numbered from 0 */
bool        query_is_null(const struct query *q, int column);
int64_t     query_int(const struct query *q, int column);
double      query_real(const struct query *q, int column);     /* NULL gives NaN */
const char *query_text(const struct query *q, int column);     /* borrowed until the next step; NULL gives NULL */
const void *query_blob(const struct query *q, int column, size_t *n);

/* Whole statements in one call. `types` has a letter per parameter: i int64_t, r double, t const char *, n (nothing, NULL). */
enum rc query_run(struct store *s, const char *name, const char *types, ...);              /* no result expected */
enum rc query_get_int(struct store *s, const char *name, int64_t *out, const char *types, ...);  /* first cell of the first row; no row or NULL: *out untouched */
enum rc query_get_text(struct store *s, struct arena *a, const char *name, char **out, const char *types, ...); /* the same; *out is NULL without a row */
enum rc query_frame(struct store *s, struct arena *a, const char *name, struct frame **out, const char *types, ...);
enum rc query_script(struct store *s, const char *name); /* several statements, no parameters */

/* Text typed by a person (the sql command): one statement, on a read-only handle only, an authorizer refusing everything but
 * reading, a step limit through store_watch. Errors are RC_USAGE with the column where SQLite stopped; so is a result of more than
 * 256 MiB, or a value of more than 16. */
enum rc query_frame_typed(struct store *s, struct arena *a, const char *sql, size_t limit, struct frame **out, bool *more);

/* The same for text that was accepted beforehand and is asked in the middle of a job: the handle may be able to write, and nothing can be written
 * while the statement runs. It sees what the open transaction has done. RC_USAGE (STORE-216) after 2e9 steps of SQLite's machine. */
enum rc query_frame_guarded(struct store *s, struct arena *a, const char *sql, size_t limit, struct frame **out, bool *more);

/* Does the table or view exist, and its column names (in order), for checks by name. */
enum rc query_table_columns(struct store *s, struct arena *a, const char *table, const char ***names, size_t *n);

#endif
