/* The audit chain: append-only entries, each with the hash of the one before. Owns audit_entry. */
#ifndef CLV_MODULE_AUDIT_H
#define CLV_MODULE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/rc.h"
#include "store/store.h"

/* Append an entry inside the caller's transaction: no act without entry, no entry without act. payload is taken. kind is a word:
 * "store", "import", "run", "champion", "review", "decision", "quarantine", "contract". actor: a person's name, or "clv".
 * hash = SHA-256 over seq, at, kind, actor, canonical payload and the previous hash. *seq may be NULL. */
enum rc audit_append(struct store *s, const char *kind, const char *actor, struct js *payload, int64_t *seq);

/* Is a name or a reason none: NULL, or only blanks? A decision needs both. */
bool audit_blank(const char *s);

struct audit_head { int64_t length; char hash[DIGEST_HEX]; }; /* hash is 64 zeros for an empty chain */
enum rc audit_head(struct store *s, struct audit_head *out);

/* Walk the chain to its end. verdict is that of the first entry at fault: "altered", "missing" (inside), "cut" or "rewritten"
 * (against the anchor, or against what the longest run wrote into run_run); "sound" without a fault. anchor: "HEAD:LENGTH" as
 * printed by a run, or the name of a file whose last line holds it; NULL for none. RC_DAMAGED with a sentence when not sound,
 * *out is filled then, too. RC_USAGE (AUD-103): that is no anchor. O(n). */
#define AUDIT_FAULTS 20
struct audit_fault { int64_t seq; const char *verdict; };
struct audit_result {
	struct audit_head  head;    /* of the last entry, as stored */
	const char        *verdict;
	int64_t            seq;     /* the first entry at fault; 0 if none */
	int64_t            entries; /* that the table holds */
	int64_t            faults;  /* entries at fault; the first AUDIT_FAULTS of them are listed, in the order of the chain */
	struct audit_fault fault[AUDIT_FAULTS];
};
enum rc audit_verify(struct store *s, const char *anchor, struct audit_result *out);

#endif
