/* Feeds: tables of a mapping that say something of customers and are no purchases (feed.def). Of each customer the last value of what is kept
 * becomes an attribute; the rows themselves are not stored. */
#ifndef CLV_INGEST_FEED_H
#define CLV_INGEST_FEED_H

#include <stdbool.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/rc.h"
#include "ingest/judge.h"
#include "ingest/load.h"
#include "ingest/mapped.h"
#include "module/run.h"

/* Is something kept of that entity? */
bool feed_is(const char *entity);

struct feed_ask {
	const struct mapping_table *table;
	const struct mapped_joins  *joins;    /* NULL: none */
	const struct rules         *rules;
	const char                 *path, *digest; /* digest: of its bytes */
	struct reader              *reader;
	struct store               *store;    /* NULL: only judge */
	struct load                *load;
	int                         percent;  /* of its rows that must be usable */
};

/* One file, inside the import's transaction. *out is its object in the import's result; *refused: too few rows are usable, nothing of it counts, and
 * err_get() says so (ATTR-102). Customers who are not known become customers without purchases. Errors as reader_read and mapped_bind. */
enum rc feed_import(struct run *run, const struct feed_ask *ask, struct js **out, bool *refused);

#endif
