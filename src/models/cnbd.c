/* BG/CNBD-k (variant 0) and MBG/CNBD-k (variant 1): as BG/NBD and MBG/NBD, but the times between purchases are Erlang-k,
 * the sum of k exponential ones: k above 1 is regular buying, k = 1 the plain model. d below is the variant.
 *
 * Platzer and Reutterer 2016, "Ticking away the moments", Marketing Science 35(5); Reutterer, Platzer and Schroeder 2021,
 * "Leveraging purchase regularity for predicting customer behavior the easy way", International Journal of Research in
 * Marketing 38(1). Purchases are every k-th point of a hidden Poisson process, so that
 *
 *     L = G(r+kx)/G(r) alpha^r B(a, b+x+d)/B(a, b) (alpha+T)^-(r+kx) [ S + [x + d > 0] a/(b+x+d-1) ((alpha+T)/(alpha+t_x))^(r+kx) ]
 *
 * times product of gap^(k-1) / (k-1)!^x, where S = sum over j < k of c_j, c_j = c_(j-1) (r+kx+j-1)/j (T-t_x)/(alpha+T).
 * Given alive the hidden process is j points past the last purchase with chance c_j/S, and then the rate is
 * gamma(r+kx+j, alpha+T), the drop-out chance beta(a, b+x+d) and the n-th purchase from now its point nk - j: exact
 * expectations follow from negative binomial tails, where the papers approximate. */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "math/special.h"
#include "models/model.h"

enum { K, R, ALPHA, A, B, PARAMS };

#define STEPS   1e7       /* of a sum over hidden points, at most */
#define END     5e-17     /* of a sum: what is left out */
#define RESCALE 0x1p800
#define NOTHING (-600.0)  /* ln of a probability that counts for nothing */

static const struct param params[PARAMS] = {
	[K]     = { "k", PARAM_PLAIN, 0, "" },
	[R]     = { "r", PARAM_PLAIN, 12, "the data do not identify how much customers differ in their rate" },
	[ALPHA] = { "alpha", PARAM_TIME, 12, "the data do not identify how much customers differ in their rate", .process = -1 },
	[A]     = { "a", PARAM_PLAIN, 10, "the data do not identify drop-out", .dropout = 1 },
	[B]     = { "b", PARAM_PLAIN, 10, "the data do not identify drop-out", .dropout = 1 },
};

static const char *const inputs[] = { "frequency", "recency", "T", NULL };

/* ---- estimation ---- */

struct tables { double d; struct day_tables day; };

static enum rc cnbd_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep)
{
	struct tables *t = arena_alloc(a, 1, sizeof *t);
	t->d = m->variant;
	*prep = t;
	return day_tables_new(a, s->histories, &t->day);
}

/* The rate of the hidden process has the shape of the counts' own spread, whatever k. Time unit: mean T. */
static size_t cnbd_starts(const struct model *m, const struct sample *s, double *start)
{
	static const double drop[][2] = { { 1, 3 }, { .3, 1 }, { 2, 30 } };
	double mean, r = histories_shape(s->histories, &mean);
	(void)m;
	for (size_t i = 0; i < sizeof drop / sizeof drop[0]; i++) {
		double *p = start + i * PARAMS, k = exp(p[K]);
		p[R] = log(r);
		p[ALPHA] = log(fmax(r / mean / k * .7, 1e-6));
		p[A] = log(drop[i][0]);
		p[B] = log(drop[i][1]);
	}
	return sizeof drop / sizeof drop[0];
}

/* S, and its derivatives by r and by alpha, with share = (T-t_x)/(alpha+T), inv = 1/(alpha+T). */
struct phases { double sum, by_shape, by_alpha; };

static struct phases phases_sum(double k, double shape, double share, double inv)
{
	struct phases p = { 1, 0, 0 };
	double c = 1, grown = 0;
	for (double j = 1; j < k; j++) {
		c *= (shape + j - 1) / j * share;
		grown += 1 / (shape + j - 1);
		p.sum += c;
		p.by_shape += c * grown;
		p.by_alpha -= j * c * inv;
	}
	return p;
}

/* What the rows of one x add: to the value, and the sums that its derivatives are made of. */
struct sums { double value, by_shape, by_alpha, gone; };

static struct sums group_sums(const struct day_tables *t, const struct histories *h, size_t g, double k, double shape, double odds)
{
	struct sums s = { 0 };
	for (size_t i = h->from[g]; i < h->from[g + 1]; i++) {
		double n = h->count[i], log_t = t->log_day[h->t[i]], log_t_x = t->log_day[h->t_x[i]];
		double inv_t = t->inv_day[h->t[i]], inv_t_x = t->inv_day[h->t_x[i]];
		struct phases p = phases_sum(k, shape, (h->day[h->t[i]] - h->day[h->t_x[i]]) * inv_t, inv_t);
		double alive = log(p.sum) - shape * log_t, both = log_add(alive, odds - shape * log_t_x);
		double gone = exp(odds - shape * log_t_x - both), stays = 1 - gone;
		s.value += n * both;
		s.by_shape += n * (stays * (p.by_shape / p.sum - log_t) - gone * log_t_x);
		s.by_alpha += n * (stays * (p.by_alpha / p.sum - shape * inv_t) - gone * shape * inv_t_x);
		s.gone += n * gone;
	}
	return s;
}

static double cnbd_loss(void *prep, const struct histories *h, const double *theta, double *gradient)
{
	struct tables *t = prep;
	double k = round(exp(theta[K])), r = exp(theta[R]), alpha = exp(theta[ALPHA]), a = exp(theta[A]), b = exp(theta[B]), d = t->d;
	double n = (double)h->customers, value = n * r * theta[ALPHA], g[PARAMS] = { [R] = n * theta[ALPHA], [ALPHA] = n * r / alpha };
	if (!(r > 0 && alpha > 0 && a > 0 && b > 0) || isinf(r + alpha + a + b))
		return INFINITY;
	day_tables_fill(&t->day, h, alpha);
	for (size_t i = 0; i < h->groups; i++) {
		double x = h->x[i], shape = r + k * x, later = b + x + d - 1, c = h->members[i];
		struct sums s = group_sums(&t->day, h, i, k, shape, x + d > 0 ? log(a / later) : -INFINITY);
		value += c * (log_gamma_ratio(r, k * x) + log_gamma_ratio(b, x + d) - log_gamma_ratio(a + b, x + d)) + s.value;
		double both = digamma_diff(a + b, x + d);
		g[R] += c * digamma_diff(r, k * x) + s.by_shape;
		g[ALPHA] += s.by_alpha;
		g[A] += s.gone / a - c * both;
		g[B] += c * (digamma_diff(b, x + d) - both) - (x + d > 0 ? s.gone / later : 0);
	}
	if (gradient != NULL) {
		gradient[K] = 0;
		gradient[R] = -g[R] * r;
		gradient[ALPHA] = -g[ALPHA] * alpha;
		gradient[A] = -g[A] * a;
		gradient[B] = -g[B] * b;
	}
	return isfinite(value) ? -value : INFINITY;
}

static double cnbd_constant(const struct model *m, const double *p, double sum_x, double gaps)
{
	(void)m;
	return p[K] == 1 ? 0 : sum_x * log_gamma(p[K]) - (p[K] - 1) * gaps;
}

/* ---- one customer ---- */

static double shape_of(const double *p, const struct history *h)
{
	return p[R] + p[K] * h->x;
}

static double phases_of(const double *p, double shape, double gap, double until)
{
	return phases_sum(p[K], shape, gap / until, 1 / until).sum;
}

/* ln of the odds against being alive. */
static double odds(const struct model *m, const double *p, const struct history *h)
{
	double d = m->variant, later = p[B] + h->x + d - 1, shape = shape_of(p, h), gap = h->t - h->t_x;
	if (h->x + d <= 0)
		return -INFINITY;
	return log(p[A]) - log(later) + shape * log1p(gap / (p[ALPHA] + h->t_x)) - log(phases_of(p, shape, gap, p[ALPHA] + h->t));
}

static double cnbd_loglik(const struct model *m, const double *p, const struct history *h)
{
	double events = h->x + m->variant, shape = shape_of(p, h), until = p[ALPHA] + h->t;
	double common = log_gamma_ratio(p[R], p[K] * h->x) + log_gamma_ratio(p[B], events) - log_gamma_ratio(p[A] + p[B], events);
	double alive = log(phases_of(p, shape, h->t - h->t_x, until)) - p[R] * log1p(h->t / p[ALPHA]) - p[K] * h->x * log(until);
	return common + alive + log_add(0, odds(m, p, h)) - cnbd_constant(m, p, h->x, h->gaps);
}

static double cnbd_alive(const struct model *m, const double *p, const struct history *h)
{
	return 1 / (1 + exp(odds(m, p, h)));
}

static size_t cnbd_phases(const struct model *m, const double *p)
{
	(void)m;
	return (size_t)p[K];
}

static void cnbd_phase(const struct model *m, const double *p, const struct history *h, double *chance)
{
	double shape = shape_of(p, h), share = (h->t - h->t_x) / (p[ALPHA] + h->t), sum = 0;
	(void)m;
	for (size_t j = 0; j < (size_t)p[K]; j++) {
		chance[j] = h->phase ? (double)(j + 1 == (size_t)h->phase) : j == 0 ? 1 : chance[j - 1] * (shape + (double)j - 1) / (double)j * share;
		sum += chance[j];
	}
	for (size_t j = 0; j < (size_t)p[K]; j++)
		chance[j] /= sum;
}

/* ---- what is to come ---- */

/* Sums over the hidden points N that come in t: P(N) times a function of the purchases they make, floor((N + phase) / k). */
struct come {
	double count;  /* purchases: each that the customer is still there for */
	double stays;  /* ... were none of them the last */
	double leaves; /* the chance that one of them is the last */
};

/* Given the phase. Weights of N start at 1 and are scaled back when they grow; every term is positive. */
static struct come come_in_phase(double shape, double y, double a, double b, size_t k, size_t phase)
{
	double q = y / (1 + y), weight = 1, norm = 0, stay = 1;
	struct come sum = { 0 }, reach = { 0 };
	for (double n = 0; n < STEPS; n++) {
		norm += weight;
		sum.count += weight * reach.count;
		sum.stays += weight * reach.stays;
		sum.leaves += weight * reach.leaves;
		double ratio = (shape + n) / (n + 1) * q;
		if (ratio * (1 + 2 / (n + 1)) < 1 && weight * ratio <= END * norm * (1 - ratio) && reach.stays > 0
		    && weight * reach.count * ratio <= END * sum.count * (1 - ratio) && weight * reach.stays * ratio <= END * sum.stays * (1 - ratio))
			break;
		weight *= ratio;
		if (++phase == k) {
			double event = reach.stays + 1, leave = stay * a / (a + b + event - 1);
			reach.count += stay;
			reach.stays = event;
			reach.leaves += leave;
			stay *= (b + event - 1) / (a + b + event - 1);
			phase = 0;
		}
		if (weight > RESCALE) {
			weight /= RESCALE;
			norm /= RESCALE;
			sum.count /= RESCALE;
			sum.stays /= RESCALE;
			sum.leaves /= RESCALE;
		}
	}
	return (struct come) { sum.count / norm, sum.stays / norm, sum.leaves / norm };
}

static struct come come(const struct model *m, const double *p, const struct history *h, double t)
{
	double chance[PHASE_MOST], shape = shape_of(p, h), y = t / (p[ALPHA] + h->t);
	struct come sum = { 0 };
	if (t == 0)
		return sum;
	cnbd_phase(m, p, h, chance);
	for (size_t j = 0; j < (size_t)p[K]; j++) {
		if (chance[j] == 0)
			continue;
		struct come part = come_in_phase(shape + (double)j, y, p[A], p[B] + h->x + m->variant, (size_t)p[K], j);
		sum.count += chance[j] * part.count;
		sum.stays += chance[j] * part.stays;
		sum.leaves += chance[j] * part.leaves;
	}
	return sum;
}

static double cnbd_expected(const struct model *m, const double *p, const struct history *h, double t)
{
	return come(m, p, h, t).count;
}

static double cnbd_stays(const struct model *m, const double *p, const struct history *h, double t)
{
	return come(m, p, h, t).stays;
}

static double cnbd_survives(const struct model *m, const double *p, const struct history *h, double t)
{
	return fmax(0, 1 - come(m, p, h, t).leaves);
}

/* S at T+t over S at T: the gap goes on. Given a phase j: fewer than k - j points. */
static double cnbd_none(const struct model *m, const double *p, const struct history *h, double t)
{
	double shape = shape_of(p, h), until = p[ALPHA] + h->t, gap = h->t - h->t_x;
	(void)m;
	if (h->phase) {
		double y = t / until, j = h->phase - 1;
		return phases_sum(p[K] - j, shape + j, t / (until + t), 0).sum * exp(-(shape + j) * log1p(y));
	}
	return phases_of(p, shape, gap + t, until + t) / phases_of(p, shape, gap, until) * exp(-shape * log1p(t / until));
}

/* Adds chance times P(N >= nk - phase) to tail[n], from the largest n down by one negative binomial probability a step. */
static void tail_of_phase(double shape, double y, size_t k, size_t phase, double chance, double *tail, size_t n)
{
	double mean = shape * y;
	while (n > 2 && (double)((n - 1) * k - phase) > mean && nbd_log_pmf((double)((n - 1) * k - phase), shape, y) < NOTHING)
		n--;
	size_t point = (n - 1) * k - phase;
	double upper = nbd_upper((double)point, shape, y), pmf = point > 0 ? exp(nbd_log_pmf((double)point - 1, shape, y)) : 0;
	tail[n - 1] += chance * upper;
	for (size_t i = n - 1; i-- > 1; ) {
		for (size_t step = 0; step < k; step++, point--) {
			upper += pmf;
			pmf *= (double)(point - 1) * (1 + y) / ((shape + (double)point - 2) * y);
		}
		tail[i] += chance * fmin(upper, 1);
	}
}

/* At least n: so many would come, and none of the first n-1 was the last. */
static void cnbd_tail(const struct model *m, const double *p, const struct history *h, double t, double *tail, size_t n)
{
	double chance[PHASE_MOST], b = p[B] + h->x + m->variant, survived = 1, y = t / (p[ALPHA] + h->t);
	for (size_t i = 0; i < n; i++)
		tail[i] = i == 0;
	if (!(y > 0) || n < 2)
		return;
	cnbd_phase(m, p, h, chance);
	for (size_t j = 0; j < (size_t)p[K]; j++)
		if (chance[j] > 0)
			tail_of_phase(shape_of(p, h) + (double)j, y, (size_t)p[K], j, chance[j], tail, n);
	for (size_t i = 2; i < n; i++) {
		survived *= (b + (double)i - 2) / (p[A] + b + (double)i - 2);
		tail[i] *= survived;
	}
}

/* Exactly n: either n would come and none of them was the last, or the n-th was the last of at least n. */
static double cnbd_pmf(const struct model *m, const double *p, const struct history *h, double t, double n)
{
	double chance[PHASE_MOST], a = p[A], b = p[B] + h->x + m->variant, y = t / (p[ALPHA] + h->t), exactly = 0, least = 0;
	if (n == 0)
		return cnbd_none(m, p, h, t);
	cnbd_phase(m, p, h, chance);
	for (size_t j = 0; j < (size_t)p[K]; j++) {
		double shape = shape_of(p, h) + (double)j, first = n * p[K] - (double)j;
		least += chance[j] * nbd_upper(first, shape, y);
		for (double i = 0; i < p[K]; i++)
			exactly += chance[j] * exp(nbd_log_pmf(first + i, shape, y));
	}
	double before = log_gamma_ratio(b, n - 1) - log_gamma_ratio(a + b, n - 1);
	return exp(before) * (exactly * (b + n - 1) + least * a) / (a + b + n - 1);
}

static double cnbd_dert(const struct model *m, const double *p, const struct history *h, double rate)
{
	double chance[PHASE_MOST], b = p[B] + h->x + m->variant, sum = 0, c = rate * (p[ALPHA] + h->t);
	cnbd_phase(m, p, h, chance);
	for (size_t j = 0; j < (size_t)p[K]; j++)
		if (chance[j] > 0)
			sum += chance[j] * beta_geometric_worth(shape_of(p, h) + (double)j, p[A], b, c, p[K], (double)j);
	return sum;
}

/* a small beside b: nobody drops out, a Poisson-like count of regular purchases. */
static bool cnbd_limit(const struct model *m, const double *p, const char *period, char *text, size_t n)
{
	(void)m;
	if (p[A] < 1e-3 * p[B] || p[A] < 1e-3)
		snprintf(text, n, "the limit is a model in which nobody drops out");
	else if (p[A] > 1000)
		snprintf(text, n, "the limit is one chance of drop-out for all, a/(a+b) = %.5g", p[A] / (p[A] + p[B]));
	else
		return model_one_rate(p[R], p[ALPHA] * p[K], period, text, n);
	return true;
}

#define CNBD_FUNCTIONS \
	.kind = MODEL_PURCHASES, .params = params, .n_params = PARAMS, .n_fixed = 1, .inputs = inputs, \
	.prepare = cnbd_prepare, .starts = cnbd_starts, .loss = cnbd_loss, .constant = cnbd_constant, .loglik = cnbd_loglik, \
	.alive = cnbd_alive, .phases = cnbd_phases, .phase = cnbd_phase, .expected = cnbd_expected, .none = cnbd_none, \
	.stays = cnbd_stays, .survives = cnbd_survives, .tail = cnbd_tail, .pmf = cnbd_pmf, .dert = cnbd_dert, \
	.limit = cnbd_limit, .rate = { MIXED_GAMMA, R, ALPHA, K + 1, 0 }, .dropout = { MIXED_BETA, A, B, 0, 0 }

const struct model bgcnbd_model = {
	.id = "bgcnbd", .title = "BG/CNBD-k", .variant = 0,
	.reference = "Reutterer, Platzer and Schroeder 2021, International Journal of Research in Marketing 38(1)",
	CNBD_FUNCTIONS,
};

const struct model mbgcnbd_model = {
	.id = "mbgcnbd", .title = "MBG/CNBD-k", .variant = 1,
	.reference = "Platzer and Reutterer 2016, Marketing Science 35(5); Reutterer, Platzer and Schroeder 2021",
	CNBD_FUNCTIONS,
};
