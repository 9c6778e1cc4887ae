/* Rows' match hashes in the store. Not here: what they are made of (judge.c), what they are for (returns.c). Owns raw_match. */
#include "config.h"

#include "ingest/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/hashes.h"
#include "store/query.h"

enum { BYTES = sizeof(struct match) };

_Static_assert(BYTES == 16, "a row is two words");

enum rc match_save(struct store *s, int64_t first_row, const struct match *row, size_t n)
{
	uint8_t *bytes = mem_new(n, BYTES);
	struct query *q = NULL;
	bool    there;
	enum rc rc = query_open(s, "statement/ingest_match_put", &q);

	hashes_write(bytes, &row->of, 2 * n);
	if (rc == RC_OK) {
		query_bind_int(q, 1, first_row);
		query_bind_blob(q, 2, bytes, n * BYTES);
		rc = query_step(q, &there);
	}
	query_close(q);
	free(bytes);
	return rc;
}

enum rc match_read(struct store *s, int64_t first_row, struct match *row, size_t n)
{
	struct query *q = NULL;
	bool    there = false;
	size_t  bytes = 0;
	enum rc rc = query_open(s, "statement/ingest_match", &q);

	memset(row, 0, n * sizeof *row);
	if (rc == RC_OK) {
		query_bind_int(q, 1, first_row);
		rc = query_step(q, &there);
	}
	if (rc == RC_OK && there) {
		const void *p = query_blob(q, 0, &bytes);

		if (bytes == n * BYTES)
			hashes_read(&row->of, p, 2 * n);
		else
			rc = err_do(err_set(RC_DAMAGED, "CSV-131", "what returns are matched by is damaged from row %lld on", (long long)first_row),
				"restore a backup (.bak-N), or import the files again into a new store");
	}
	query_close(q);
	return rc;
}
