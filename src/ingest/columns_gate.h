/* Gate G1 at the import's door: the columns of a file held against the live contract, and against the last accepted file of its source. Owns
 * raw_layout, raw_column. */
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

/* After sniff_file: read is what it said, reading what it found (of RC_OK). Files of a mapping are compared with the last file of the same table
 * of the same mapping; others with the last that was read by the same columns, or whose name has the same letters and which shares half of its
 * columns. A live contract that names fields is what they are held to, and the last file then only says what they were read for; one without
 * fields gives the policy; otherwise import.columns does.
 * A file that could not be read, though others of its source could, has LAYOUT_UNREAD among its differences; where its columns are as they were,
 * or nothing came before, it has none, and the error of its reading is the thread's again. Errors: those of the store. */
enum rc columns_judge(struct run *run, const struct import_ask *ask, struct reader *r, const char *path, size_t max_row, enum rc read,
	const struct reading *reading, struct columns_verdict *out);

/* Keep the columns of an accepted file. */
enum rc columns_keep(struct store *s, int64_t file_id, const struct columns_verdict *v);

#endif
