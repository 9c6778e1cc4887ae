/* Which fitted set scores: the champion. Owns decision_champion, append-only: the last row is the champion. */
#ifndef CLV_MODULE_CHAMPION_H
#define CLV_MODULE_CHAMPION_H

#include <stdint.h>

#include "base/digest.h"
#include "base/rc.h"
#include "store/store.h"

struct champion {
	int64_t set_id;                 /* fit_set.set_id; 0 when there is none yet */
	int64_t made;                   /* the execution that fitted it */
	int64_t seq;                    /* decision_champion.seq */
	char    digest[DIGEST_HEX];     /* of its parameters: fit_set.digest */
};

enum rc champion_get(struct store *s, struct champion *out);
/* Make set_id the champion, with its audit entry ("initial, unreviewed" when review_id is 0), inside the caller's transaction. */
enum rc champion_set(struct store *s, int64_t set_id, int64_t run_id, int64_t review_id, const char *by, const char *reason);

#endif
