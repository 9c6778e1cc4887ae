/* Gate G1 at the import's door: the columns of a file held against those of the last accepted file of its source. Owns raw_layout, raw_column. */
#ifndef CLV_INGEST_COLUMNS_GATE_H
#define CLV_INGEST_COLUMNS_GATE_H

#include "ingest/layout.h"
#include "ingest/reader.h"
#include "module/run.h"

struct columns_verdict {
	struct layout             expected, found;
	struct layout_differences differences; /* none: nothing to compare with, or nothing differs */
	enum contract_columns     policy;
	const char               *against;     /* "orders-1.csv (file 3)"; "" without anything to compare with */
	const char               *source, *stem; /* of this file: for columns_keep */
};

/* After sniff_file: read is what it said, reading what it found (of RC_OK). A file that could not be read though others of its source could gets
 * LAYOUT_UNREAD among its differences; one that is the first of its source, or whose columns are as they were, has none, and its error stays the
 * thread's. The policy is import.columns, or the live contract's. Files of a mapping are compared with files of the same table of the same mapping, others
 * with files read by the same columns, or of a name like it (digits aside) that share half of the columns. Errors: those of the store. */
enum rc columns_judge(struct run *run, const struct import_ask *ask, struct reader *r, const char *path, size_t max_row, enum rc read,
	const struct reading *reading, struct columns_verdict *out);

/* Keep the columns of an accepted file. */
enum rc columns_keep(struct store *s, int64_t file_id, const struct columns_verdict *v);

#endif
