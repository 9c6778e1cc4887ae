/* Every record of a file, one after the other, in bounded memory and without a thread of its own. */
#ifndef CLV_INGEST_RECORDS_H
#define CLV_INGEST_RECORDS_H

#include "base/rc.h"
#include "ingest/reader.h"
#include "ingest/split.h"
#include "module/run.h"

/* Rewinds the reader and calls see for each record, with the physical line that it begins in, from 1. split must be fresh; its spans
 * live until see returns. RC_IO, RC_NOMEM, RC_CANCELLED. */
enum rc records_each(struct run *run, struct reader *reader, struct splitter *split,
	void (*see)(void *user, const struct record *r, size_t line), void *user);

#endif
