/* Returns and their sales. A return is an accepted row with a negative amount; its sale is an earlier row of the same customer, by the
 * same order, by columns that both have alike (returns: of a mapping), or by an equal amount (import.match_amount). Each return takes from
 * the latest sale that has something left, then from the one before; a sale that has nothing left is used up. What is found depends on the
 * customer's rows alone: not on files, their order, nor on what came later than the return. */
#ifndef CLV_INGEST_RETURNS_H
#define CLV_INGEST_RETURNS_H

#include "base/json.h"
#include "base/rc.h"
#include "ingest/load.h"

/* Match the returns of all customers that the import changed (of all, after a change of import.returns or import.match_amount), keep
 * them in raw_return, and let their money count where import.returns says. Customers for whom that changes become dirty. Nothing is
 * done where no mapping says how returns are matched and the settings are the standard ones. Passes over raw_block of RETURN_LINES rows
 * of such customers each, some 100 bytes a row, and 24 bytes for each return that counts elsewhere than before. 1 us a row. RC_NOMEM. */
enum rc returns_match(struct load *l);

/* Do the store's returns count otherwise than the settings say now? Then an import, also of no files, brings them up to date. */
enum rc returns_outdated(struct store *s, struct arena *a, const struct settings *settings, bool *out);

/* {rows, matched, partly, unmatched, amount, matched_amount} of all of raw_return; NULL when there are none. */
enum rc returns_json(struct store *s, int decimals, struct js **out);

enum { RETURN_LINES = 1000000 };

#endif
