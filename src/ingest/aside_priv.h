/* What the two files about files set aside share. */
#ifndef CLV_INGEST_ASIDE_PRIV_H
#define CLV_INGEST_ASIDE_PRIV_H

#include "ingest/aside.h"

/* The options of the import then, where `differs` (may be NULL) says nothing. Texts are borrowed from js. RC_CONFIG: the mapping of then. */
enum rc aside_asked(struct arena *a, const struct js *js, const struct import_ask *differs, struct import_ask *out);

#endif
