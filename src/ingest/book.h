/* The customers of an import in memory: ids, running states, and what the rows of the file at hand add up to. Touches no store: the parser's
 * thread has it while a file is read, the job's thread before and after. */
#ifndef CLV_INGEST_BOOK_H
#define CLV_INGEST_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "base/rc.h"
#include "ingest/idmap.h"
#include "module/purchase.h"

struct book_file {            /* what the accepted rows of one file add up to */
	int64_t rows, refunds;
	int32_t customers;    /* distinct */
	day_t   first, last;  /* purchase days; DAY_NONE: none */
	int64_t revenue_minor;
};

struct book {
	struct idmap    *ids;
	struct purchase *state;    /* state[code - 1] */
	uint64_t        *touched;  /* a bit for each customer of earlier files: has a row in the file at hand */
	uint64_t        *changed;  /* the same for all files of this import */
	size_t           words;    /* of both */
	int32_t          n, cap;   /* states there are, and have room */
	/* the file at hand */
	int32_t          before;   /* customers before it */
	struct book_file file;
	__int128         revenue;
};

void    book_init(struct book *b);
void    book_clear(struct book *b);

/* A customer as the store has it: the next number. RC_NOMEM. */
enum rc book_put(struct book *b, struct span id, const struct purchase *state);

/* RC_NOMEM. */
enum rc book_file_begin(struct book *b);
/* Code n <= IDMAP_BATCH ids. RC_NOMEM. */
enum rc book_codes(struct book *b, const struct span *id, size_t n, int32_t *code);
/* Add n coded rows to their customers' states and the file's sums. RC_DATA when a sum of money does not fit; RC_NOMEM. */
enum rc book_add(struct book *b, const int32_t *code, const int32_t *day, const int64_t *minor, size_t n);
/* RC_DATA when the revenue does not fit. */
enum rc book_file_end(const struct book *b, struct book_file *out);
/* A row of customer `was` becomes one of customer `code`: counts now, all else when the rows are replayed. RC_DATA, RC_NOMEM. */
enum rc book_replace(struct book *b, int32_t was, int64_t was_minor, int32_t code, day_t day, int64_t minor);
/* A row of a customer counts no more. */
void    book_remove(struct book *b, int32_t code, int64_t minor);
/* The state of a customer is to be built anew from the rows. */
void    book_mark(struct book *b, int32_t code);
/* Has this import changed the customer? */
bool    book_changed(const struct book *b, int32_t code);
/* Forget the file: its new customers go, those of earlier files become dirty, to be replayed from their rows. */
void    book_file_undo(struct book *b);

#endif
