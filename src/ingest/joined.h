/* A file that other files look into by a key: some of its columns, in memory. */
#ifndef CLV_INGEST_JOINED_H
#define CLV_INGEST_JOINED_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/csv.h"
#include "ingest/mapping.h"
#include "module/run.h"

enum { JOINED_COLUMNS = 32, JOINED_ROWS = 20000000 };

struct joined {
	size_t      columns;
	const char *column[JOINED_COLUMNS]; /* names wanted; row[i] of a key is in this order */
	int64_t     rows, twice, unreadable; /* keys; rows whose key stands further up; rows that cannot be read */
	struct joined_rows *in;
};

/* Read `key` and the wanted columns of a file: the first row of each key counts. options: how the file is written (delimiter and so on), or NULL.
 * Errors as reader_open; RC_DATA (MAP-111): a column is not there, or more than JOINED_ROWS rows. Cost: the texts and about 60 bytes a row. */
enum rc joined_load(struct run *run, const char *path, const char *key, size_t max_row, struct joined *out);
void    joined_free(struct joined *j);

/* The columns' texts; NULL: no such key. */
const struct span *joined_find(const struct joined *j, struct span key);

#endif
