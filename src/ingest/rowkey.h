/* Natural keys of accepted rows: what a source says makes a row the one it is. A row whose key is known with the same content counts once; with other
 * content it is a conflict: set aside, or it replaces the row that is there. Owns raw_key, which stands beside raw_block block by block. */
#ifndef CLV_INGEST_ROWKEY_H
#define CLV_INGEST_ROWKEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/keyset.h"
#include "ingest/match.h"
#include "module/run.h"
#include "store/store.h"

enum { ROWKEY_BLOCK = 4096 };

/* The keys that accepted files of that key name have, with their contents, into `out`. 16 bytes a row. */
enum rc rowkey_load(struct run *run, struct store *s, const char *name, struct keyset *out);

/* Keep the keys of n <= ROWKEY_BLOCK rows from first_row on. */
enum rc rowkey_save(struct store *s, int64_t file_id, int64_t first_row, const uint64_t *key, const uint64_t *value, size_t n);

/* A row that takes another's place. */
struct rowkey_fix {
	uint64_t key, value;
	char    *customer;     /* owned by the list */
	int32_t  day;
	int64_t  minor;
	bool     matched;      /* its file keeps what returns are matched by: */
	struct match match;
	size_t   order;        /* among all of the import: the last of a key wins */
	int64_t  row, file_id; /* found by rowkey_find; row 0: no such key */
};

/* Find the rows of n fixes, which become sorted by key with one for each key (*n shrinks; the others' texts are freed), and give their blocks the new
 * contents. One pass over the keys of that name. */
enum rc rowkey_find(struct run *run, struct store *s, const char *name, struct rowkey_fix *fix, size_t *n);

#endif
