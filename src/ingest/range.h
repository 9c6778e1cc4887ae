/* A range of days of a source without keys is replaced: the rows that earlier files of it have there count no more, those of one file do. They
 * stay in their blocks; raw_replaced and the audit chain say whose they were, who wanted it and why. */
#ifndef CLV_INGEST_RANGE_H
#define CLV_INGEST_RANGE_H

#include "base/json.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "ingest/load.h"

/* The file whose rows take the place. */
struct range_file {
	int64_t     file_id;
	const char *name, *digest;
	const char *source; /* of its mapping; "": files that were read without one are one source */
};

/* Inside the import's transaction, before load_end, which builds the states of the customers anew. *result is {from, to, rows, files:[{file_id, file,
 * rows}]}. Cost: a pass over raw_block, and the blocks that change. RC_NOMEM. */
enum rc range_replace(struct load *l, const struct import_range *range, const struct range_file *by, struct js **result);

#endif
