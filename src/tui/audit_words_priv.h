/* What an entry of the audit chain says, in a phrase. */
#ifndef CLV_TUI_AUDIT_WORDS_PRIV_H
#define CLV_TUI_AUDIT_WORDS_PRIV_H

#include "base/arena.h"

/* "run 3 done as of 2025-12-31, live"; of a kind that has no phrase its members as pairs. The text is in the arena; json that cannot
 * be read is given back as it is. */
const char *audit_words(struct arena *a, const char *kind, const char *actor, const char *json);

#endif
