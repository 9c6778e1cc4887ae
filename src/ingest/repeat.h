/* Rows of one file against the file's other rows and those of earlier files: exact repeats, known keys, orders of two customers. */
#ifndef CLV_INGEST_REPEAT_H
#define CLV_INGEST_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/judge.h"
#include "ingest/keyset.h"

struct repeat;

/* known: keys of earlier files, to which the file's own are added; used where the reading has a key, NULL elsewhere. NULL when the rules and the
 * reading leave nothing to look for: import.duplicates says keep, or auto in a file that names no order and has no key. */
struct repeat *repeat_new(const struct rules *rules, const struct reading *reading, struct keyset *known);
void           repeat_free(struct repeat *r); /* NULL allowed */

/* Is the row there already, with its key and its content? */
bool repeat_knows(const struct repeat *r, const struct verdict *v);

enum repeated { REPEAT_NONE, REPEAT_TWICE, REPEAT_REPLACES };

/* A row that is good in itself. TWICE: the same bytes stand further up, or its key is known with the same content. REPLACES: the key is known with
 * other content, and the last wins. Otherwise such a row, and one whose order has another customer further up, gets its reason.
 * Cost: two look-ups, 16 to 40 bytes a row and an order. RC_NOMEM. */
enum rc repeat_see(struct repeat *r, const struct record *record, struct verdict *v, enum repeated *out);

#endif
