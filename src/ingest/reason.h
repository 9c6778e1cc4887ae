/* Why rows are set aside: a bit for each reason, so that a row carries all of its reasons. */
#ifndef CLV_INGEST_REASON_H
#define CLV_INGEST_REASON_H

#include <stdint.h>

#include "base/str.h"

enum reason {
#define REASON(name, code, sentence) REASON_##name,
#include "ingest/reason.def"
#undef REASON
	REASONS
};

#define REASON_BIT(r) (UINT64_C(1) << (r))

/* Raise when the same bytes may be judged differently: stored with each quarantined row. */
#define REASON_RULES 3

const char *reason_code(enum reason r);     /* "bad-date": stable */
const char *reason_sentence(enum reason r); /* for people */

/* The codes of all bits set, separated by ';', most important first. */
void        reason_add_codes(struct str *out, uint64_t bits);
/* The most important bit; bits must not be 0. */
enum reason reason_first(uint64_t bits);

#endif
