/* Files set aside whole: their record, what waits because of them, and what a person decides. Such a file stopped at gate G1 (columns_gate.h)
 * before a row of it was read; until it is decided about, what is computed from the store stands still. */
#ifndef CLV_INGEST_ASIDE_H
#define CLV_INGEST_ASIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "ingest/columns_gate.h"
#include "ingest/import.h"
#include "module/run.h"

/* The import's side */

/* Write quar_file's row for the record file_id. The bytes stay where they are; with import.keep_aside, and from standard input always, a copy of
 * the text goes to STORE.aside/DIGEST. Errors: those of the store and of writing the copy. */
enum rc aside_put(struct run *run, const struct import_ask *ask, const struct reader *r, const char *name, int64_t file_id, const char *digest,
	const struct columns_verdict *v);
/* Is that content set aside, or was it discarded? `but`: a record that does not count. *state is NULL, "aside" or "discarded"; *said a sentence. */
enum rc aside_known(struct run *run, const char *digest, int64_t but, const char **state, const char **said);
/* RC_DATA, GATE-131: what differs, and the commands. file_id 0: it was a release that did not pass. */
enum rc aside_refuse(const char *name, int64_t file_id, const struct columns_verdict *v);

/* What waits */

/* RC_DATA, GATE-132, while a file is set aside: which, why, and the ways on. RC_OK otherwise. */
enum rc aside_pause(struct store *s);
/* A person goes on with what was accepted before: an audit entry with the files that wait. Nothing is written when none does. RC_APPROVAL (GATE-134):
 * no name or no reason. In a transaction of its own. */
enum rc aside_pass(struct store *s, const char *by, const char *why);

/* Decisions */

struct aside_ask {
	int64_t     file_id;
	const char *by, *why;              /* neither may be blank, unless dry */
	const struct import_ask *differs;  /* options other than those of the import then; NULL members: as then. May be NULL */
	bool        dry;                   /* release: judge, change nothing */
};

/* {file_id, file, state, sentence, reasons, policy, against, differences, expected, found, digest, bytes, path, copy, set_at, by, why, at}.
 * RC_USAGE (GATE-133): no such file. */
enum rc aside_show(struct store *s, int64_t file_id, struct js **result);
/* [{file_id, file, sentence, reasons}] of those that wait. */
enum rc aside_list(struct store *s, struct js **result);
/* Is that number one of a file set aside, or discarded? */
enum rc aside_there(struct store *s, int64_t file_id, bool *there);

/* Import it after all, by the options it came with where nothing else is said, through the same gates. It gets a new number; *result is that of
 * import_files, and {released: 0|1} beside it. RC_DATA: it does not pass now either, or its bytes are gone or others; nothing changes then. */
enum rc aside_release(struct run *run, const struct aside_ask *ask, struct js **result);
/* It stays out. The same content is passed over from now on; a copy stays. *result {discarded: 1, file_id}. */
enum rc aside_discard(struct run *run, const struct aside_ask *ask, struct js **result);

#endif
