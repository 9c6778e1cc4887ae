/* What load.c and replay.c share. */
#ifndef CLV_INGEST_LOAD_PRIV_H
#define CLV_INGEST_LOAD_PRIV_H

#include "ingest/load.h"
#include "module/purchase.h"

struct load {
	struct run      *run;
	struct store    *store;    /* NULL: only count */
	struct idmap    *ids;
	struct purchase *state;    /* state[code - 1] */
	uint32_t        *stamp;    /* the last file that touched the customer; 0: none of this import */
	int32_t          n, cap;   /* states there are, and have room */
	int32_t          stored;   /* customers that raw_customer had at the start */
	int64_t          last_row; /* highest raw_transaction.rowid */
	/* the file at hand */
	int64_t          file_id;
	uint32_t         file_no;
	int32_t          before;   /* customers before it */
	struct load_file file;
	__int128         revenue;
};

/* Build anew, from raw_transaction in day order, the state of every customer that is dirty. Each pass over the table takes as many
 * customers as fit into REPLAY_ROWS rows of memory. */
enum rc replay_dirty(struct load *l);

enum { REPLAY_ROWS = 6000000 };

#endif
