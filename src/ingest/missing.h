/* Texts that stand for "nothing here". */
#ifndef CLV_INGEST_MISSING_H
#define CLV_INGEST_MISSING_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/csv.h"

struct missing { struct span *word; size_t n; uint32_t longest; };

/* Further words that stand for no customer: an amount may be 0, a customer is not. */
#define MISSING_CUSTOMER_WORDS "0"

/* The standard words, as the default of import.missing. */
#define MISSING_WORDS "NULL\nNaN\nNA\nN/A\n#N/A\nNone\n-"

/* Blank, or one of the words (of the standard ones when m is NULL), in any case. */
bool missing_text(const struct missing *m, struct span s);

#endif
