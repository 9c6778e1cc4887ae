/* The plain walk over a file's records, for passes that only look. Not here: the import's own, in its thread (parse.c). */
#include "config.h"

#include "ingest/records.h"

#include "ingest/ahead.h"

static enum rc go_on(void *run)
{
	return run_tick(run, "rows", 0, 0);
}

enum rc records_each(struct run *run, struct reader *reader, struct splitter *split,
	void (*see)(void *user, const struct record *r, size_t line), void *user)
{
	struct window w = { .last = false };
	size_t  used = 0, line = 1;
	int64_t rows = 0;
	enum rc rc = RC_OK;

	split_ahead(split);
	reader_rewind(reader, false);
	while (rc == RC_OK && !(w.last && used == w.n)) {
		struct record r;
		bool whole = true;

		split_forget(split);
		rc = reader_read(reader, used, &w);
		for (used = 0; rc == RC_OK && whole && used < w.n;) {
			rc = split_next(split, w.text + used, w.n - used, w.last, &r, &whole);
			if (rc == RC_OK && !whole && (r.flags & RECORD_OVER) != 0) {
				rc = ahead_look(&(struct ahead){ reader, split, 0, go_on, run }, &w, used);
				whole = true;
				continue;
			}
			if (rc != RC_OK || !whole)
				break;
			see(user, &r, line);
			used += r.used;
			line += r.lines;
			if ((++rows & 8191) == 0)
				rc = run_tick(run, "rows", rows, 0);
		}
	}
	return rc;
}
