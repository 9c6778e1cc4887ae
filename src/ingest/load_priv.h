/* What the files of load.h, returns.h and replay.c share. */
#ifndef CLV_INGEST_LOAD_PRIV_H
#define CLV_INGEST_LOAD_PRIV_H

#include "ingest/load.h"
#include "ingest/rowkey.h"
#include "module/transaction.h"

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
	bool          rematched; /* all returns, after a change of the settings */
};

/* The whole block that holds a row, and the block written anew. */
enum rc load_read_block(struct store *s, int64_t row, struct transactions *out);
enum rc load_write_block(struct store *s, const struct transactions *t);

/* Build anew, from their rows in day order, the state of every customer that is dirty. Each pass over raw_block takes as many
 * customers as fit into REPLAY_ROWS rows of memory. */
enum rc replay_dirty(struct load *l);

enum { REPLAY_ROWS = 6000000 };

#endif
