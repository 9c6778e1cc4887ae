/* Digests over rows as they stand in the store: what was written once can be held against what is there now. */
#ifndef CLV_MODULE_SEAL_H
#define CLV_MODULE_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/rc.h"
#include "store/store.h"

/* Add the rows that a statement with one parameter gives: how many, then every cell in the statement's order. Numbers are
 * added as their shortest text, so that the last bit of a double counts. */
enum rc seal_rows(struct store *s, const char *statement, int64_t id, struct digest *d);

/* Of all rows of a fitted set in fit_set and every other fit_ table: what it scores with and what a reviewer is shown of it. Left out is what a
 * clock measured (created_at, seconds). fit_set.rows_digest holds it. A small read a table. */
enum rc seal_set(struct store *s, int64_t set_id, char hex[DIGEST_HEX]);

/* The digest of the rows as they are now, and whether it is that of fit_set.rows_digest and, for a set that was made
 * champion or is a candidate, of its audit entry. A set that does not exist is whole: there is nothing to hold it against. */
enum rc seal_set_whole(struct store *s, int64_t set_id, char hex[DIGEST_HEX], bool *whole);

#endif
