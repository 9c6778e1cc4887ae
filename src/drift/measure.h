/* How far two samples of a feature are apart, whether that can be chance, and whether it matters. Pure. */
#ifndef CLV_DRIFT_MEASURE_H
#define CLV_DRIFT_MEASURE_H

#include <stddef.h>

#include "base/rc.h"
#include "base/rng.h"
#include "drift/sample.h"

enum verdict { VERDICT_BASELINE, VERDICT_TOO_FEW, VERDICT_STABLE, VERDICT_NOTICE, VERDICT_ALARM };
const char *drift_verdict_name(enum verdict v); /* "baseline", "too-few", "stable", "notice", "alarm" */

struct measure_rules {
	double alpha;          /* of the false discovery rate, and of single tests */
	double effect;         /* least effect that matters */
	double prediction;     /* least PSI, and least change of the mean as a share, for predictions */
	size_t min_customers;  /* on each side */
	size_t psi_bins;
};

/* NaN where a measure does not exist. */
struct measure {
	double ks, p, q;       /* Kolmogorov-Smirnov, ties handled; q: corrected over the features that can alarm */
	double psi;            /* on the baseline's quantiles; for counts on their values */
	double w1, w1_log;     /* area between the distribution functions: in units; of log(1+x) over the baseline's sd of logs */
	double js;             /* Jensen-Shannon distance on the same bins, base 2 */
	double effect;         /* w1_log */
	double threshold;      /* what the effect is held against; NaN for predictions */
	double detectable;     /* smallest ks that is found with 80 % power */
	double ref_median, cur_median, ref_mean, cur_mean;
	double ref_say, cur_say;        /* median or mean, as the feature is said */
	double change, low, high;       /* of that, as a share, with its 95 % interval; NaN when the baseline's is 0 */
	enum verdict verdict;
};

/* Everything but q, threshold and verdict. rng is for the interval of a median's change. RC_NOMEM. */
enum rc measure_samples(const struct feature *f, const struct sample *ref, const struct sample *cur, const struct measure_rules *rules,
			struct rng *rng, struct measure *out);

/* A sample that was just frozen: its median and mean on both sides, all else NaN, verdict baseline. */
void measure_frozen(const struct feature *f, const struct sample *ref, struct measure *out);

/* The effect that two samples of the baseline itself, of n_ref and n_cur customers, stay below 995 times
 * in 1,000 (not 99 in 100: several features are looked at, and a year cut in half at random should alarm
 * less than 2 times in 100): the largest effect that is no news. 400 pairs drawn with replacement, of at
 * most 1,000 values each and scaled by the square root of their number. RC_NOMEM. */
enum rc measure_noise(const struct sample *ref, int64_t n_cur, struct rng *rng, double *out);

/* Verdict of one measure whose q (cohort) and threshold are set. */
enum verdict measure_judge(const struct feature *f, enum scope scope, const struct sample *ref, const struct sample *cur,
			   const struct measure_rules *rules, const struct measure *m);

#endif
