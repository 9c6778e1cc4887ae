/* What a person decides about rows set aside: discard them, or judge them again and take them in. Each decision has a name, a reason and an
 * audit entry. */
#ifndef CLV_INGEST_QUARANTINE_H
#define CLV_INGEST_QUARANTINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/rc.h"
#include "ingest/import.h"
#include "module/run.h"

struct quarantine_ask {
	int64_t quar_id;  /* one row; 0: the open rows that the next three choose */
	const int64_t *ids;   /* ids[n]; NULL: those of file_id and code */
	size_t      n;
	int64_t     file_id;  /* of this file; 0: of any, with a code */
	const char *code;     /* with this reason (reason.def); NULL: with any */
	const char *by, *why; /* neither may be blank */
	/* Release only: what differs from how the file was read; NULL or NULL members: as then. Used are date_format, encoding, negative, mapping. */
	const struct import_ask *reading;
	const char *text;     /* release of one row only: its mended text, NULL: as it is. Its state becomes "fixed", its bytes stay */
	bool        dry;      /* release only: judge, change nothing; needs neither name nor reason, and no transaction */
};

/* The rows stay, marked as discarded; they count no longer as open. *result is {discarded: n, file_id, rows:[quar_id ...]}.
 * RC_USAGE: no such row or file, no name or reason; RC_DATA: nothing open there. One transaction, the caller's if one is open. */
enum rc quarantine_discard(struct run *run, const struct quarantine_ask *ask, struct js **result);

/* Judge each row again by the file's reading and the settings of now. What passes becomes an accepted row of its file (appended: its rowid is
 * beyond last_row), its customer's state follows, and the accounts of the file stay true. What does not pass stays open, with its
 * new reasons. *result is {released: n, kept: n, rows:[{quar_id, state, reasons}]}. RC_DATA also when the file was refused: import it again;
 * where a code alone chooses, rows of refused files are none of them. Rows of several files are judged file by file, in one transaction. */
enum rc quarantine_release(struct run *run, const struct quarantine_ask *ask, struct js **result);

/* Write the rows' bytes, one behind the other under the file's header, to `path`: to mend them and import them as a file of their own. quar_id and
 * file_id as above; by and why are not asked. *rows: how many. RC_USAGE, RC_IO, RC_DATA when nothing is open there. */
enum rc quarantine_export(struct run *run, const struct quarantine_ask *ask, const char *path, int64_t *rows);

#endif
