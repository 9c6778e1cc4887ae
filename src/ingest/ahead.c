/* The search beyond the window for the end of a row. Not here: what a closing quote is (split.c). Owns no table. */
#include "config.h"

#include "ingest/ahead.h"

enum rc ahead_look(const struct ahead *a, const struct window *w, size_t at)
{
	struct reader *further = NULL;
	struct walk    walk = { .lines = 0 };
	struct window  next = { .last = false };
	size_t  used;
	enum walk_end end = split_walk(a->split, &walk, w->text + at, w->n - at, &used);
	enum rc rc = end == WALK_MORE ? reader_fork(a->reader, &further) : RC_OK;

	while (rc == RC_OK && end == WALK_MORE && !next.last) {
		rc = reader_read(further, next.n, &next);
		if (rc == RC_OK)
			end = split_walk(a->split, &walk, next.text, next.n, &used);
		if (rc == RC_OK)
			rc = a->tick(a->user);
	}
	reader_close(further);
	if (rc == RC_OK)
		split_close(a->split, end == WALK_WHOLE || (end == WALK_MORE && !split_walk_open(&walk)),
			walk.longest > a->max_field || walk.field > a->max_field);
	return rc;
}
