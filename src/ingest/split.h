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
	RECORD_WIDE     = 64, /* of a long record: split_close said that a field is over its limit */
	RECORD_OVER     = 128, /* not whole, and over the limit: see split_ahead */
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
/* Another quote than '"', before the first record; 0: quotes are plain bytes. */
void             split_quote(struct splitter *s, char quote);
void             split_free(struct splitter *s); /* NULL allowed */

/* The field[] array lives until the next call, the bytes it points to until split_forget or the next window, whichever comes first. */
void split_forget(struct splitter *s);

/* The record at text[0..n); text[n] must be LF (struct window). *whole is false when more text is needed (never when `last`, or
 * when n exceeds max_row), or when n is 0. A malformed quote costs its own physical line: the record ends there and the
 * next line is looked at afresh. RC_NOMEM. */
enum rc split_next(struct splitter *s, const char *text, size_t n, bool last, struct record *out, bool *whole);

/* A record without an end at the limit. Without split_ahead a quote that is open there counts as never closed. With it, split_next answers
 * RECORD_OVER and not whole; the caller looks further on with a walk, begun at the record's first byte, tells what it found, and asks for
 * the record again. */
enum walk_end { WALK_MORE, WALK_WHOLE, WALK_BROKEN }; /* the piece ends inside the record; the record ends soundly; it does not */
struct walk {
	int      state;
	bool     cr;             /* the last byte was a CR inside quotes */
	uint32_t lines;          /* line ends inside quotes */
	size_t   field, longest; /* bytes of the field at hand, of the longest */
};
enum walk_end split_walk(const struct splitter *s, struct walk *w, const char *p, size_t n, size_t *used);

/* Is a quote open where the walk stands? The end of the file closes all else. */
bool          split_walk_open(const struct walk *w);

void split_ahead(struct splitter *s);
/* closes: the record has a sound end and is given as one, in pieces; wide: mark it RECORD_WIDE. Otherwise its first line is given. */
void split_close(struct splitter *s, bool closes, bool wide);

/* Every record through libcsv, also without quotes: for the test that both ways agree. */
void split_slow(struct splitter *s);

#endif
