/* Sorted samples of a feature: taken from a population, thinned for keeping, made alike in age. Pure. */
#ifndef CLV_DRIFT_SAMPLE_H
#define CLV_DRIFT_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "drift/feature.h"

#define SAMPLE_KEPT 20000 /* order statistics that a baseline keeps */

struct sample {
	double *v;       /* v[n], ascending, finite */
	size_t  n;
	int64_t count;   /* customers it stands for: n, or more once thinned */
};

/* Who counts: customers with T < window_days (0: everybody) and keep[i] (NULL: all of them). */
struct choice { int32_t window_days; const uint8_t *keep; };
bool choice_has(const struct choice *c, const struct population *p, size_t i);

/* RC_NOMEM. O(n). */
enum rc sample_take(struct arena *a, const struct population *p, const struct feature *f, const struct choice *c, struct sample *out);

/* At most SAMPLE_KEPT order statistics at equally spaced ranks, the middle of each stretch. In place. */
void sample_thin(struct sample *s);

/* Mark in keep[p->n] a part of the window's customers whose ages are spread as in ref (the baseline's T):
 * in each of 20 bands of equal baseline mass as many, evenly through the order of customers. Returns how
 * many are kept; 0 when a band is empty. */
size_t sample_match_ages(const struct population *p, int32_t window_days, const struct sample *ref, uint8_t *keep);

#endif
