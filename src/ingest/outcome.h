/* What became of one file: its record in the store, its object in the result, its refusal in words. */
#ifndef CLV_INGEST_OUTCOME_H
#define CLV_INGEST_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/rc.h"
#include "ingest/columns_gate.h"
#include "ingest/load.h"
#include "ingest/reading.h"
#include "ingest/terms.h"
#include "module/run.h"

struct outcome {
	const char       *path;
	const char       *status;     /* "accepted", "refused", "aside" */
	const char       *encoding;   /* static text */
	const char       *pack;       /* "gzip", "zstd", ""; static text */
	uint64_t          bytes;      /* of the text, unpacked */
	int64_t           file_id;    /* 0 when nothing is stored */
	struct reading    reading;
	struct currency   currency;   /* of the file; "" none */
	struct tally      tally;
	struct seen       seen;
	const struct zone *zone;
	const struct mapping *mapping; /* NULL: none */
	struct load_file  load;
	int64_t           overlap;    /* rows that an earlier file has, too */
	const char       *overlap_name;
	int64_t           grace;      /* import.grace_days */
	double            seconds;
	int               decimals;
	int               percent;    /* of the gate */
	const struct columns_verdict *columns; /* gate G1; NULL: not judged */
	const char       *negative;   /* what a negative amount was taken for; static text */
	char              digest[DIGEST_HEX];
	struct terms_result terms;    /* what the contract found; terms.terms is NULL without one */
	struct js        *notes;      /* array of sentences; owned */
};

/* accepted * 100 >= percent * (read - blank - duplicate), in whole numbers. */
bool outcome_passes(const struct outcome *o);

/* Sentences about the file that a person should see. Call once, when everything is known. */
void outcome_add_notes(struct outcome *o);

/* The object of import's and validate's result. */
struct js *outcome_json(const struct outcome *o);
/* The same from the record of a file that the store knows already. */
enum rc    outcome_known(struct store *s, const char *path, const char *digest, uint64_t bytes, int decimals, struct js **out);

/* Write raw_file's row (opened before), quar_reason and the audit entry. */
enum rc outcome_store(struct store *s, const struct outcome *o);

/* RC_DATA, GATE-130: how many rows, the reasons by rank, an example of each. */
enum rc outcome_refuse(const struct outcome *o);

#endif
