/* The state of a look at a file, and its doubts. */
#ifndef CLV_INGEST_LOOK_PRIV_H
#define CLV_INGEST_LOOK_PRIV_H

#include "ingest/judge.h"
#include "ingest/look.h"
#include "ingest/reading_priv.h"

struct look {
	struct run              *run;
	struct import_ask        ask;    /* as given, with the ways that were taken */
	struct rules             rules;
	struct reader           *reader;
	struct sample            sample;
	struct reading           reading;
	bool                     found;      /* the reading is whole */
	bool                     whole;      /* the first window is all of the file */
	bool                     has_header;
	size_t                   header;     /* row of the sample */
	uint64_t                *reasons;    /* of the rows judged */
	size_t                   verdicts;
	bool                     negatives;
	char                     negative[32]; /* the first negative amount; "": it cannot be told */
};

/* look.c: the reader of ask.path[0] as import opens it; and the reading: what stands against it becomes a doubt, its first way is taken.
 * When nothing settles it `found` stays false and *against is the refusal. RC_CANCELLED, RC_NOMEM, RC_IO. */
enum rc look_open(struct look *l);
enum rc look_settle(struct look *l, struct js *doubts, struct err *against);

uint32_t    look_columns(const struct look *l);
const char *look_name(const struct look *l, uint32_t column);
struct span look_cell(const struct look *l, size_t row, uint32_t column);

/* look_doubt.c: the question that a refusal is, or NULL when nothing that can be chosen settles it. */
struct js *look_doubt(struct look *l, const struct err *e);
/* Take the first way of a doubt into the ask. */
void       look_take(struct look *l, const struct js *doubt);
/* Are negative amounts refunds? Not a refusal: what holds now stands in `chosen`. */
struct js *look_negative(const struct look *l);

#endif
