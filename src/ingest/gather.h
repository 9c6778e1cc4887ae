/* The profile of a file gathered beside its import: all rows are counted, of large files a part is weighed. The parser's thread has it while
 * the file is read, the job's thread before and after. */
#ifndef CLV_INGEST_GATHER_H
#define CLV_INGEST_GATHER_H

#include <stdint.h>

#include "base/rc.h"
#include "ingest/judge.h"
#include "ingest/sample.h"
#include "store/store.h"

enum {
	GATHER_COLUMNS = 256,  /* the first of a file; the others are passed over */
	GATHER_WEIGHED = 16384 /* rows weighed of a large file, about */
};

struct gather_ask {
	const struct import_ask *ask;
	const struct reading    *reading;
	const struct rules      *rules;
	const struct sample     *sample;  /* of the file's beginning: says how columns are read that no role reads, and how long rows are */
	uint64_t                 bytes;   /* of the file: a large one is weighed by a stride that follows from it */
};

struct gather;

struct gather *gather_new(const struct gather_ask *ask);
void           gather_free(struct gather *g); /* NULL allowed */

/* A row as it was judged; those with another number of fields or broken quotes are in no column. */
void gather_row(struct gather *g, const struct record *r, const struct verdict *v);
/* The same row is taken in. */
void gather_kept(struct gather *g, const struct verdict *v);

/* raw_profile's rows of the file; and those of all files, file_id 0, with this one's added. customers: distinct, of the accepted rows; those
 * of the store are counted by load_end. */
enum rc gather_store(struct gather *g, struct store *s, int64_t file_id, int64_t customers);

#endif
