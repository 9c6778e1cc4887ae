/* The rules of an import from settings, options and the facts that the store has fixed. */
#ifndef CLV_INGEST_RULES_H
#define CLV_INGEST_RULES_H

#include "base/rc.h"
#include "ingest/import.h"
#include "ingest/judge.h"
#include "module/run.h"

/* store may be NULL. RC_CONFIG when currency or decimals differ from what the store was begun with; RC_USAGE for an unknown word in ask. */
enum rc rules_make(struct run *run, struct store *store, const struct import_ask *ask, struct rules *out, bool *stop_on_bad);

/* Fix decimals and, when it is known, the currency as facts of the store: at its first accepted file. */
enum rc rules_fix(struct store *store, const struct rules *r, const struct currency *seen);

#endif
