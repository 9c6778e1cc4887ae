/* Measures in plain words and units. Pure; no locale. */
#ifndef CLV_DRIFT_SENTENCE_H
#define CLV_DRIFT_SENTENCE_H

#include "base/arena.h"
#include "drift/measure.h"

/* "median first order 23.90 -> 27.40 EUR (+14.6 %, 95 % interval 11.2 to 18.0)", and what the verdict
 * rests on. */
const char *sentence_measured(struct arena *a, const struct feature *f, const struct population *p, const struct sample *ref,
			      const struct sample *cur, const struct measure_rules *rules, const struct measure *m);
/* "median first order 23.90 EUR, 1204 customers" */
const char *sentence_frozen(struct arena *a, const struct feature *f, const struct population *p, const struct sample *ref);

#endif
