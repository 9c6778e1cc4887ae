/* What a return and its sale have in common, row by row: kept only for files whose mapping says how returns find their sale (returns:).
 * Owns raw_match, which stands beside raw_block block by block. Not here: which return takes which sale (returns.h). */
#ifndef CLV_INGEST_MATCH_H
#define CLV_INGEST_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "store/store.h"

enum { MATCH_BLOCK = 4096 };

/* Hashes of the order that a row belongs to and of the columns that both rows have alike; 0: none. */
struct match { uint64_t of, same; };

/* Keep those of n <= MATCH_BLOCK rows from first_row on, the first of a block of raw_block. 16 bytes a row. */
enum rc match_save(struct store *s, int64_t first_row, const struct match *row, size_t n);
/* Those of the n rows of a whole block; all 0 where none are kept. RC_DAMAGED. */
enum rc match_read(struct store *s, int64_t first_row, struct match *row, size_t n);

#endif
