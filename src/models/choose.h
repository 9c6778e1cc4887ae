/* Which purchase model suits a shop: all of them fitted to the same past and held against the same days after it. */
#ifndef CLV_MODELS_CHOOSE_H
#define CLV_MODELS_CHOOSE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/validate.h"

#define CONTENDERS_MOST 12

/* A model in the contest. mae, total (sum of predictions over what came, less 1) and gini of purchases in the holdout; NaN when
 * the fit may not score. */
struct contender { struct fit fit; double mae, total, gini; };

struct contest {
	size_t           n, best;  /* contender[n]; n is best when none may score */
	struct contender contender[CONTENDERS_MOST];
	char             why[240]; /* in words */
};

/* Every purchase model of continuous time, in the order of the list. The one with the least mean absolute error wins, but another within half
 * a percent of it that has fewer parameters is preferred: a difference that small is chance. Regular models choose their k by likelihood.
 * c has a holdout. RC_NOMEM, RC_CANCELLED. Cost: a fit and a back-test a model. */
enum rc choose_purchase(const struct cohort *c, const struct fit_options *o, struct contest *out);

#endif
