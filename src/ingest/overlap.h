/* Rows without a key that an earlier file holds, too: counted and told, never dropped. */
#ifndef CLV_INGEST_OVERLAP_H
#define CLV_INGEST_OVERLAP_H

#include <stdint.h>

#include "ingest/load.h"
#include "module/run.h"

/* How many of the file's rows (customer, day and amount) stand in accepted files before it, and the name of the one with most of them
 * (in the run's arena). Looks only when the files' days meet; then one pass over the rows of both for each OVERLAP_ROWS rows. */
enum rc overlap_count(struct run *run, int64_t file_id, const struct load_file *file, int64_t *rows, const char **name);

enum { OVERLAP_ROWS = 1000000 };

#endif
