/* Distances, chance and size of a shift between two samples. What a verdict leads to is review.c. */
#include "config.h"

#include "drift/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/compare.h"
#include "math/dist.h"
#include "math/special.h"

#define POWER       0.8
#define WORST_POWER 0.3   /* a test that misses shifts of this share of the customers tells nothing */
#define NOISE_PAIRS 400
#define NOISE_SIZE  1000  /* values drawn for a side, at most */
#define NOISE_LEVEL 0.995
#define INTERVALS   400   /* draws for the interval of a median's change */

const char *drift_verdict_name(enum verdict v)
{
	static const char *const names[] = { "baseline", "too-few", "stable", "notice", "alarm" };
	return names[v];
}

/* ---- change in plain units ---- */

/* A median of n values lies at a quantile that is beta distributed: no need to draw the values. */
static double drawn_median(const struct sample *s, struct rng *rng)
{
	double half = 0.5 * ((double)s->count + 1);
	return quantile_sorted(s->v, s->n, rng_beta(rng, half, half));
}

static void change_of_medians(const struct sample *ref, const struct sample *cur, struct rng *rng, struct measure *m)
{
	double ratio[INTERVALS];
	for (int i = 0; i < INTERVALS; i++) {
		double r = drawn_median(ref, rng), c = drawn_median(cur, rng);
		ratio[i] = r > 0 ? c / r : HUGE_VAL;
	}
	sort_real(ratio, INTERVALS);
	m->low = quantile_sorted(ratio, INTERVALS, 0.025) - 1;
	m->high = quantile_sorted(ratio, INTERVALS, 0.975) - 1;
}

/* Of a ratio of two independent means, by the first terms of its series. */
static void change_of_means(const struct moments *ref, const struct sample *of_ref, const struct moments *cur, struct measure *m)
{
	double ratio = cur->mean / ref->mean;
	double a = ref->variance / ((double)of_ref->count * ref->mean * ref->mean);
	double b = cur->variance / ((double)cur->n * ref->mean * ref->mean);
	double wide = NORMAL_975 * sqrt(ratio * ratio * a + b);
	m->low = ratio - 1 - wide;
	m->high = ratio - 1 + wide;
}

static void say(const struct feature *f, const struct sample *ref, const struct sample *cur, struct rng *rng, struct measure *m)
{
	struct moments r, c;
	moments_of(ref->v, ref->n, &r);
	moments_of(cur->v, cur->n, &c);
	m->ref_median = median_sorted(ref->v, ref->n);
	m->cur_median = median_sorted(cur->v, cur->n);
	m->ref_mean = r.mean;
	m->cur_mean = c.mean;
	m->ref_say = f->median ? m->ref_median : r.mean;
	m->cur_say = f->median ? m->cur_median : c.mean;
	if (!(m->ref_say > 0) || !cur->n)
		return;
	m->change = m->cur_say / m->ref_say - 1;
	if (f->median)
		change_of_medians(ref, cur, rng, m);
	else
		change_of_means(&r, ref, &c, m);
}

/* ---- distances ---- */

static double binned_js(const struct sample *ref, const struct sample *cur, size_t bins)
{
	double cut[PSI_BINS_MAX], a[PSI_BINS_MAX], b[PSI_BINS_MAX];
	size_t cuts = quantile_cuts(ref->v, ref->n, bins, cut);
	histogram_cuts(ref->v, ref->n, cut, cuts, a);
	histogram_cuts(cur->v, cur->n, cut, cuts, b);
	return js_distance(a, b, cuts + 1, 2);
}

static const struct measure nothing = {
	.ks = NAN, .p = NAN, .q = NAN, .psi = NAN, .w1 = NAN, .w1_log = NAN, .js = NAN, .effect = NAN, .threshold = NAN,
	.detectable = NAN, .change = NAN, .low = NAN, .high = NAN,
};

void measure_frozen(const struct feature *f, const struct sample *ref, struct measure *out)
{
	*out = nothing;
	out->ref_median = out->cur_median = median_sorted(ref->v, ref->n);
	out->ref_mean = out->cur_mean = mean_of(ref->v, ref->n);
	out->ref_say = out->cur_say = f->median ? out->ref_median : out->ref_mean;
	out->verdict = VERDICT_BASELINE;
}

enum rc measure_samples(const struct feature *f, const struct sample *ref, const struct sample *cur, const struct measure_rules *rules,
			struct rng *rng, struct measure *out)
{
	struct ks ks;
	*out = nothing;
	say(f, ref, cur, rng, out);
	if (!ref->n || !cur->n)
		return RC_OK;
	enum rc rc = ks_two_sample(ref->v, ref->n, cur->v, cur->n, SIDE_TWO, KS_AUTO, &ks);
	if (rc)
		return rc;
	out->ks = ks.d;
	out->p = ks.p;
	out->psi = f->type == FEATURE_COUNT && !f->predicted ? psi_values(ref->v, ref->n, cur->v, cur->n) :
		psi_quantiles(ref->v, ref->n, cur->v, cur->n, rules->psi_bins);
	out->w1 = wasserstein1(ref->v, ref->n, cur->v, cur->n);
	out->w1_log = out->effect = wasserstein1_log(ref->v, ref->n, cur->v, cur->n);
	out->js = binned_js(ref, cur, rules->psi_bins);
	out->detectable = ks_detectable((double)ref->count, (double)cur->n, rules->alpha, POWER);
	return RC_OK;
}

/* ---- noise ---- */

/* Area between the distribution functions of m and n values drawn with replacement from the ascending
 * v[k]. step[k] is work memory: how far the two climb apart at each value, in units of 1/(mn). */
static double drawn_distance(const double *v, size_t k, size_t m, size_t n, struct rng *rng, int64_t *step)
{
	double area = 0;
	int64_t apart = 0;
	memset(step, 0, k * sizeof(*step));
	for (size_t i = 0; i < m; i++)
		step[rng_below(rng, k)] += (int64_t)n;
	for (size_t i = 0; i < n; i++)
		step[rng_below(rng, k)] -= (int64_t)m;
	for (size_t i = 0; i + 1 < k; i++) {
		apart += step[i];
		area += (double)llabs(apart) * (v[i + 1] - v[i]);
	}
	return area / ((double)m * (double)n);
}

static size_t drawn(int64_t n)
{
	return n < NOISE_SIZE ? (size_t)n : NOISE_SIZE;
}

enum rc measure_noise(const struct sample *ref, int64_t n_cur, struct rng *rng, double *out)
{
	double far[NOISE_PAIRS];
	struct moments of_logs;
	if (!ref->n || n_cur < 1) {
		*out = NAN;
		return RC_OK;
	}
	size_t m = drawn(ref->count), n = drawn(n_cur);
	double *log = mem_try(ref->n, sizeof(*log));
	int64_t *step = mem_try(ref->n, sizeof(*step));
	if (log && step) {
		for (size_t i = 0; i < ref->n; i++)
			log[i] = ref->v[i] > 0 ? log1p(ref->v[i]) : 0;
		moments_of(log, ref->n, &of_logs);
		for (int i = 0; i < NOISE_PAIRS; i++)
			far[i] = drawn_distance(log, ref->n, m, n, rng, step);
		sort_real(far, NOISE_PAIRS);
		double scale = sqrt((1 / (double)ref->count + 1 / (double)n_cur) / (1 / (double)m + 1 / (double)n));
		*out = of_logs.sd_population > 0 ? quantile_sorted(far, NOISE_PAIRS, NOISE_LEVEL) * scale / of_logs.sd_population : 0;
	}
	bool good = log && step;
	free(log);
	free(step);
	return good ? RC_OK : err_set(RC_NOMEM, "DRIFT-101", "not enough memory to compare %zu customers", ref->n);
}

/* ---- verdict ---- */

static enum verdict two_keys(bool chance_out, bool large, enum verdict both)
{
	return chance_out && large ? both : chance_out || large ? VERDICT_NOTICE : VERDICT_STABLE;
}

/* Predictions follow from the features and the stored parameters: a shift of theirs is told, it is not
 * evidence of its own. */
static enum verdict judge_prediction(const struct measure_rules *r, const struct measure *m)
{
	bool far = m->psi >= r->prediction || fabs(m->cur_mean / m->ref_mean - 1) >= r->prediction;
	return far && m->p < r->alpha ? VERDICT_NOTICE : VERDICT_STABLE;
}

enum verdict measure_judge(const struct feature *f, enum scope scope, const struct sample *ref, const struct sample *cur,
			   const struct measure_rules *rules, const struct measure *m)
{
	int64_t least = (int64_t)rules->min_customers;
	if (ref->count < least || cur->count < least || !(m->detectable < WORST_POWER))
		return VERDICT_TOO_FEW;
	if (scope == SCOPE_PREDICTION)
		return judge_prediction(rules, m);
	if (scope == SCOPE_MIX)
		return m->p < rules->alpha && m->effect >= m->threshold ? VERDICT_NOTICE : VERDICT_STABLE;
	return two_keys(m->q < rules->alpha, m->effect >= m->threshold, f->ages ? VERDICT_NOTICE : VERDICT_ALARM);
}
