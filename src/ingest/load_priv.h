/* What load.c and replay.c share. */
#ifndef CLV_INGEST_LOAD_PRIV_H
#define CLV_INGEST_LOAD_PRIV_H

#include "ingest/load.h"
#include "ingest/rowkey.h"

struct load {
	struct run   *run;
	struct store *store;    /* NULL: only count */
	struct book   book;
	struct attributes *attributes; /* NULL: not looked at so far */
	int32_t       stored;   /* customers that raw_customer had at the start */
	int64_t       last_row; /* highest number in raw_transaction */
	int64_t       file_id, first_row; /* the file at hand */
	struct rowkey_fix *fix; /* of the file at hand: rows that take another's place */
	size_t        fixes, fix_cap;
};

/* Build anew, from their rows in day order, the state of every customer that is dirty. Each pass over raw_block takes as many
 * customers as fit into REPLAY_ROWS rows of memory. */
enum rc replay_dirty(struct load *l);

enum { REPLAY_ROWS = 6000000 };

#endif
