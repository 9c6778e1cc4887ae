/* Customer ids as dense numbers 1, 2, 3 ... in order of appearance. Made for millions of lookups: batches are hashed first and looked up
 * then, slots are 8 bytes with a 32-bit tag, ids stand one behind the other. */
#ifndef CLV_INGEST_IDMAP_H
#define CLV_INGEST_IDMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/csv.h"

enum { IDMAP_BATCH = 4096 };

struct idmap;

struct idmap *idmap_new(void);
void          idmap_free(struct idmap *m); /* NULL allowed */

/* code[i] for id[i]; n <= IDMAP_BATCH. New ids get the next numbers in order. false: no memory, or more than INT32_MAX ids. */
bool idmap_codes(struct idmap *m, const struct span *id, size_t n, int32_t *code);

int32_t     idmap_count(const struct idmap *m);
struct span idmap_id(const struct idmap *m, int32_t code); /* 1..count; until the next idmap_codes */
/* Forget the ids above n. */
void        idmap_cut(struct idmap *m, int32_t n);

#endif
