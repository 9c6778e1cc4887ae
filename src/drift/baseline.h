/* The frozen baseline of a champion: what its customers were like when it began to score. Owns
 * drift_baseline. */
#ifndef CLV_DRIFT_BASELINE_H
#define CLV_DRIFT_BASELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "drift/series.h"
#include "store/store.h"

struct baseline {
	bool    frozen;          /* there is one */
	day_t   as_of;
	int32_t window_days;     /* of the cohort, as it was when frozen */
	char    digest[DIGEST_HEX]; /* of all its samples */
};

/* Fill series[].ref from the store; a feature that the baseline lacks has an empty sample. RC_DAMAGED when
 * stored values are not those that were frozen. */
enum rc baseline_load(struct store *s, struct arena *a, int64_t set_id, struct series *series, size_t n, struct baseline *out);
/* Store series[].ref, thinned, in the caller's transaction. as_of and window_days of *b are given; its
 * digest is set. */
enum rc baseline_save(struct store *s, int64_t set_id, const struct series *series, size_t n, struct baseline *b);

#endif
