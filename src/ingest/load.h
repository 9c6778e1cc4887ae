/* The store's side of an import: rows into raw_block, the running state of each customer, rows set aside. Works in the job's thread,
 * inside one transaction, over any number of files. */
#ifndef CLV_INGEST_LOAD_H
#define CLV_INGEST_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/attribute.h"
#include "ingest/book.h"
#include "ingest/parse.h"
#include "ingest/rowkey.h"
#include "module/run.h"

struct load;

struct load_file {
	struct book_file sum;
	int64_t first_row, last_row; /* numbers in raw_transaction; last < first: none */
};

/* store NULL: nothing is stored, only counted. Reads raw_customer: about 90 bytes a customer. */
enum rc load_begin(struct run *run, struct store *store, struct load **out);
void    load_free(struct load *l); /* NULL allowed */

struct book *load_book(struct load *l);

/* The attributes of the store's customers, read when they are first asked for; with an undo for the file at hand, as rows have one. NULL without a store. */
enum rc load_attributes(struct load *l, struct attributes **out);

enum rc load_file_begin(struct load *l, int64_t file_id);
/* Store what the parser's thread has added to the book already. */
enum rc load_batch(struct load *l, struct batch *b); /* takes its fixes */
enum rc load_file_end(const struct load *l, struct load_file *out);
/* Put the file's rows that take another's place there, among rows of that key name; the records of earlier files are counted anew, and so is *out.
 * After load_file_end, and not for a refused file. */
enum rc load_file_fix(struct load *l, const char *key_name, struct load_file *out);
/* One such row, outside of a file's import; fix->row is 0 when the key is not there, and nothing happens then. */
enum rc load_fix_one(struct load *l, const char *key_name, struct rowkey_fix *fix);
/* Take back everything of the file at hand but its quarantine. */
enum rc load_file_undo(struct load *l);
/* A row that was set aside and is accepted now, read as its file is. */
enum rc load_row(struct load *l, int64_t file_id, const struct reading *reading, const struct verdict *v);

/* Match returns with their sales (returns.h), replay customers whose rows came out of order, and write raw_customer. */
enum rc load_end(struct load *l);
/* Did load_end match all returns anew, for other settings? */
bool    load_rematched(const struct load *l);

#endif
