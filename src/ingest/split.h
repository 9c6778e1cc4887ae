/* Records: where each begins and ends, its fields, and what is wrong with it. A record without quotes is split by a plain loop; one
 * with quotes is checked here and given to libcsv; both give the same fields. */
#ifndef CLV_INGEST_SPLIT_H
#define CLV_INGEST_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "ingest/csv.h"

#define SPLIT_BLANKS '\0' /* as delimiter: runs of blanks and tabs; quotes are then plain bytes */
enum { SPLIT_FIELDS = 2000 }; /* fields kept of a record */

enum record_flag {
	RECORD_NUL      = 1,  /* holds a NUL byte */
	RECORD_HIGH     = 2,  /* holds bytes from 0x80 */
	RECORD_STRAY    = 4,  /* a quote inside a field, not doubled: fields are not to be trusted */
	RECORD_UNCLOSED = 8,  /* a quote that is never closed: the same */
	RECORD_LONG     = 16, /* over the limit: p[0..n) is its beginning, the rest follows as tails */
	RECORD_TAIL     = 32, /* a piece of the long record before */
};

enum record_end { RECORD_OPEN, RECORD_LF, RECORD_CRLF, RECORD_CR }; /* OPEN: the file, or the piece, ends without a line end */

struct record {
	const char        *p;
	size_t             n;      /* without its line end */
	size_t             used;   /* with it */
	uint32_t           lines;  /* line ends inside and after it */
	unsigned           flags;
	enum record_end    end;
	uint32_t           fields; /* all; only the first SPLIT_FIELDS are kept */
	const struct span *field;  /* blanks around them are the caller's to trim */
};

struct splitter;

/* A row longer than max_row is given in pieces. */
struct splitter *split_new(char delimiter, size_t max_row);
void             split_free(struct splitter *s); /* NULL allowed */

/* The field[] array lives until the next call, the bytes it points to until split_forget or the next window, whichever comes first. */
void split_forget(struct splitter *s);

/* The record at text[0..n); text[n] must be LF (struct window). *whole is false when more text is needed (never when `last`, or
 * when n exceeds max_row), or when n is 0. A malformed quote costs its own physical line: the record ends there and the
 * next line is looked at afresh. RC_NOMEM. */
enum rc split_next(struct splitter *s, const char *text, size_t n, bool last, struct record *out, bool *whole);

/* Every record through libcsv, also without quotes: for the test that both ways agree. */
void split_slow(struct splitter *s);

#endif
