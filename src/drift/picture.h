/* Two samples of a feature in bins that people can read: round edges, open ends. A picture only; measures have bins of their own. */
#ifndef CLV_DRIFT_PICTURE_H
#define CLV_DRIFT_PICTURE_H

#include <stddef.h>

#include "drift/sample.h"

#define PICTURE_BINS 12 /* at most */

struct picture {
	size_t n;                        /* bins; 0: no values */
	double low[PICTURE_BINS], high[PICTURE_BINS]; /* [low, high); NaN: open */
	double ref[PICTURE_BINS], cur[PICTURE_BINS];  /* shares of each sample; NaN of an empty one */
};

/* Edges in steps of 1, 2 or 5 times a power of ten over the middle nine tenths of both samples, whole steps for counts and days, tenths
 * for shares; what lies outside is in bins with an open end. cur->v may be NULL: no second sample. Both sorted. */
void picture_take(const struct feature *f, const struct sample *ref, const struct sample *cur, struct picture *out);

#endif
