/* The embedded SQL: text and header by name. Names are paths under share/sql without ".sql":
 * "statement/ledger_open", "report/top_customers". */
#ifndef CLV_STORE_SQL_H
#define CLV_STORE_SQL_H

#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"

struct sql_file { const char *name; const unsigned char *text; size_t size; };

/* Made at build time by share/embed.awk. */
extern const struct sql_file store_sql_files[];
extern const size_t          store_sql_files_count;

/* A header line `-- key: value`, in file order. Repeated keys stay repeated. */
struct sql_header { const char *key, *value; };

struct sql_text {
	const char        *name;
	const char        *text;      /* NUL-ended */
	size_t             headers;
	struct sql_header *header;
};

/* Read one file. RC_INTERNAL when there is no such name. */
enum rc sql_get(struct arena *a, const char *name, struct sql_text *out);
/* The first value of a header key, or NULL. */
const char *sql_header(const struct sql_text *t, const char *key);
/* The i-th name that begins with prefix ("report/"), in byte order; NULL past the end. */
const char *sql_name(const char *prefix, size_t i);

#endif
