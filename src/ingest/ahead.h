/* A row without an end at its limit: does it have a sound one, all its quotes closed? Looked up further on in the file, in bounded memory. */
#ifndef CLV_INGEST_AHEAD_H
#define CLV_INGEST_AHEAD_H

#include <stddef.h>

#include "base/rc.h"
#include "ingest/reader.h"
#include "ingest/split.h"

struct ahead {
	const struct reader *reader;
	struct splitter     *split;       /* told by split_close */
	size_t               max_field;   /* a longer field makes the row wide */
	enum rc            (*tick)(void *user); /* between windows; its failure ends the search */
	void                *user;
};

/* The answer for the record at w->text + at, which was RECORD_OVER. Cost: to the record's end, or to the quote that shows that it has
 * none; all such searches of a file together pass over it about once. RC_IO, RC_NOMEM, or what tick says. */
enum rc ahead_look(const struct ahead *a, const struct window *w, size_t at);

#endif
