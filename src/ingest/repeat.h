/* Rows of one file against the file's other rows: exact repeats, and orders of two customers. */
#ifndef CLV_INGEST_REPEAT_H
#define CLV_INGEST_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/judge.h"

struct repeat;

/* NULL when the rules and the reading leave nothing to look for: import.duplicates says keep, or auto in a file that names no order. */
struct repeat *repeat_new(const struct rules *rules, const struct reading *reading);
void           repeat_free(struct repeat *r); /* NULL allowed */

/* A row that is good in itself. *twice: the same bytes stand further up. A row whose order has another customer there gets its reason.
 * Cost: two look-ups, 16 to 40 bytes a row and an order. RC_NOMEM. */
enum rc repeat_see(struct repeat *r, const struct record *record, struct verdict *v, bool *twice);

#endif
