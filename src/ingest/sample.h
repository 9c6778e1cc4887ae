/* The first records of a file under one delimiter, copied, for finding its reading. */
#ifndef CLV_INGEST_SAMPLE_H
#define CLV_INGEST_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "ingest/csv.h"
#include "ingest/reader.h"

enum { SAMPLE_ROWS = 1000 };

struct sample_row {
	uint32_t           fields;
	const struct span *field;
	uint64_t           line;      /* where it begins, from 1 */
	size_t             end, lines; /* window offset behind it, and line ends up to there */
};

/* How to look at the text. */
struct sample_form {
	char   delimiter, quote;
	size_t skip_lines;  /* physical lines to pass over */
	size_t max_row;
};

struct sample {
	char               delimiter, quote;
	size_t             rows;    /* blank lines and rows with broken quotes left out */
	struct sample_row *row;     /* row[0] may be the header; fields without blanks around them, NUL-ended */
	size_t             unsound; /* rows after the first with broken quotes or over the limit */
	size_t             agree;   /* rows after the first with as many fields as the first */
	size_t             skip_bytes, skip_lines; /* before row[0]: blank lines, "sep=;" */
	bool               last;    /* the window is the whole file */
	bool               broken;  /* the first record is not sound: bad quotes or over the limit */
	uint64_t           broken_line;
};

/* The window must be the file's first. RC_NOMEM. */
enum rc sample_window(struct arena *a, const struct window *w, const struct sample_form *form, struct sample *out);

/* Leave out the first k rows, which stand before the header. */
void sample_drop(struct sample *s, size_t k);

/* "sep=;" as the first line, as spreadsheets write it: the delimiter, or 0. */
char sample_declared(const struct window *w);

#endif
