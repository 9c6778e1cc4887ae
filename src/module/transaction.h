/* Accepted rows as they are kept: raw_block, a row of which is a block of rows in file order and a cell a packed column of
 * theirs (base/pack). A row a purchase would take half of the time of an import, and again of every look at all of them.
 * The view raw_transaction shows the same rows one by one. */
#ifndef CLV_MODULE_TRANSACTION_H
#define CLV_MODULE_TRANSACTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/rc.h"
#include "store/store.h"

enum { TRANSACTION_BLOCK = 4096 }; /* rows of a block, at most */

struct transactions {
	size_t  n;                           /* 1 .. TRANSACTION_BLOCK */
	int64_t first_row;                   /* number of the first; the others follow */
	int64_t file_id;                     /* whose they are */
	int32_t customer[TRANSACTION_BLOCK]; /* raw_customer.customer */
	day_t   day[TRANSACTION_BLOCK];
	int64_t minor[TRANSACTION_BLOCK];    /* MONEY_NONE: no money */
	day_t   counts[TRANSACTION_BLOCK];   /* where the money counts (purchase.h); rows with COUNTS_NOT are to be passed over */
};

struct transaction_columns {
	const int32_t *customer;
	const day_t   *day;
	const int64_t *minor;
	const day_t   *counts; /* NULL: all on their own day */
	int64_t        file_id;
};

/* Keep n rows as the numbers from first_row on, which must be free, in blocks of their own: what is taken back by its first
 * number takes no other rows along. Inside the caller's transaction. RC_STORE, RC_IO, RC_CANCELLED. */
enum rc transaction_save(struct store *s, int64_t first_row, const struct transaction_columns *row, size_t n);

/* The rows from one number to another in order, a block at a time, which lives until take returns; what take answers other
 * than RC_OK ends it. RC_DAMAGED (GATE-108) when a block is not as long as it says. Memory: a block. 10 ns a row. */
enum rc transaction_scan(struct store *s, int64_t from, int64_t to, enum rc (*take)(void *user, const struct transactions *block),
                         void *user);

#endif
