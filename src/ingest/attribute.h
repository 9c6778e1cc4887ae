/* The attributes of customers while files are imported: columns that are kept beside the purchases, the last value of each customer. Like the
 * book, the parser's thread has them while a file is read, the job's thread before and after. */
#ifndef CLV_INGEST_ATTRIBUTE_H
#define CLV_INGEST_ATTRIBUTE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/rc.h"
#include "ingest/csv.h"
#include "module/run.h"

enum {
	ATTRIBUTES_MOST = 64,        /* of a store */
	ATTRIBUTE_NAME = 64,         /* bytes, with the end */
	ATTRIBUTE_NO_DAY = INT32_MAX /* the day of a row that has none: newer than any day */
};

struct attributes;

struct attributes *attributes_new(void);
void               attributes_free(struct attributes *a); /* NULL allowed */

/* What the store has. Cost: 12 bytes a customer and attribute, the texts of the values. */
enum rc attributes_read(struct run *run, struct store *store, struct attributes *a);

/* A column's name as an attribute: small letters, digits and '_', a '_' before a digit at its start. In the arena. */
const char *attribute_name(struct arena *a, struct span column);

/* The number of an attribute, from 0; a new one is added. RC_DATA (ATTR-101): too many. */
enum rc attributes_find(struct attributes *a, const char *name, int *out);

void attributes_file_begin(struct attributes *a);
/* Rows of the file at hand say `text` of customers, on a day: the latest day's stays, on one day the last. n <= IDMAP_BATCH; a text of no bytes says
 * nothing. RC_NOMEM. */
enum rc attributes_note(struct attributes *a, int which, const int32_t *customer, const int32_t *day, const struct span *text, size_t n);
/* Forget what the file at hand said. */
void attributes_file_undo(struct attributes *a);

/* Write what has changed. Each attribute whose values changed gets its type: numbers when all values are, days when all are of one format and no
 * other, text otherwise; 0123 is text. */
enum rc attributes_write(struct run *run, struct store *store, struct attributes *a);

#endif
