/* BG/NBD (variant 0) and MBG/NBD (variant 1): purchases at a gamma-distributed rate, and after each purchase a beta-distributed
 * chance to drop out; in the modified model also after the first. One file for both: d below is the variant.
 *
 * Fader, Hardie and Lee 2005, "Counting your customers the easy way", Marketing Science 24(2); Batislam, Denizel and Filiztekin
 * 2007, "Empirical validation and comparison of models for customer base analysis". The likelihood is
 *
 *     G(r+x)/G(r) alpha^r B(a, b+x+d)/B(a, b) [ (alpha+T)^-(r+x) + [x + d > 0] a/(b+x+d-1) (alpha+t_x)^-(r+x) ],
 *
 * the first term for those alive at T. Given alive the rate is gamma(r+x, alpha+T) and the drop-out chance beta(a, b+x+d). */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "math/special.h"
#include "models/model.h"

enum { R, ALPHA, A, B, PARAMS };

static const struct param params[PARAMS] = {
	[R]     = { "r", PARAM_PLAIN, 12, "the data do not identify how much customers differ in their rate" },
	[ALPHA] = { "alpha", PARAM_TIME, 12, "the data do not identify how much customers differ in their rate", .process = -1 },
	[A]     = { "a", PARAM_PLAIN, 10, "the data do not identify drop-out", .dropout = 1 },
	[B]     = { "b", PARAM_PLAIN, 10, "the data do not identify drop-out", .dropout = 1 },
};

static const char *const inputs[] = { "frequency", "recency", "T", NULL };

/* What a fit evaluates again and again. */
struct tables { double d; struct day_tables day; };

/* What a group of equal x adds up. */
struct sums {
	double log_one;  /* sum of ln(1 + e^-|delta|), the likelihood's second branch */
	double lift;     /* sum of max(delta, 0) */
	double log_t;    /* sum of ln(alpha+T) */
	double log_mix;  /* sum of the mean of ln(alpha+T), alive, and ln(alpha+t_x), not */
	double inv_mix;  /* the same of the reciprocals */
	double gone;     /* sum of 1 - P(alive) */
};

/* Rows of one x. delta is the log of the odds against being alive, less what the group has in common.
 * Logarithms of rows that count once are taken together, eight at a time: each factor is in (1, 2]. */
static struct sums group_sums(const struct day_tables *k, const struct histories *h, size_t from, size_t to, double base, double shape)
{
	struct sums s = { 0 };
	double product = 1;
	for (size_t i = from; i < to; i++) {
		double log_t = k->log_day[h->t[i]], inv_t = k->inv_day[h->t[i]];
		double log_t_x = k->log_day[h->t_x[i]], inv_t_x = k->inv_day[h->t_x[i]];
		double delta = base + shape * (log_t - log_t_x);
		double e = exp(-fabs(delta)), small = e / (1 + e);
		double gone = delta > 0 ? 1 - small : small;
		double n = h->count[i];
		if (h->count[i] == 1) {
			product *= 1 + e;
			if ((i & 7) == 7) {
				s.log_one += log(product);
				product = 1;
			}
		} else {
			s.log_one += n * log1p(e);
		}
		s.lift += delta > 0 ? n * delta : 0;
		s.log_t += n * log_t;
		s.log_mix += n * (log_t + gone * (log_t_x - log_t));
		s.inv_mix += n * (inv_t + gone * (inv_t_x - inv_t));
		s.gone += n * gone;
	}
	s.log_one += log(product);
	return s;
}

/* Rows of x = 0 in the plain model: all alive. */
static struct sums group_alive(const struct day_tables *k, const struct histories *h, size_t from, size_t to)
{
	struct sums s = { 0 };
	for (size_t i = from; i < to; i++) {
		double n = h->count[i];
		s.log_t += n * k->log_day[h->t[i]];
		s.inv_mix += n * k->inv_day[h->t[i]];
	}
	s.log_mix = s.log_t;
	return s;
}

static enum rc bg_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep)
{
	struct tables *k = arena_alloc(a, 1, sizeof *k);
	k->d = m->variant;
	*prep = k;
	return day_tables_new(a, s->histories, &k->day);
}

/* r from the spread of x beyond that of a Poisson count, alpha from their mean; three guesses about
 * drop-out. Time unit: mean T. */
static size_t bg_starts(const struct model *m, const struct sample *s, double *start)
{
	static const double drop[][2] = { { 1, 3 }, { .3, 3 }, { 2, 30 } };
	double mean, r = histories_shape(s->histories, &mean);
	(void)m;
	for (size_t i = 0; i < sizeof drop / sizeof drop[0]; i++) {
		double *p = start + i * PARAMS;
		p[R] = log(r);
		p[ALPHA] = log(fmax(r / mean * .7, 1e-6));
		p[A] = log(drop[i][0]);
		p[B] = log(drop[i][1]);
	}
	return sizeof drop / sizeof drop[0];
}

static double bg_loss(void *prep, const struct histories *h, const double *theta, double *gradient)
{
	struct tables *k = prep;
	double r = exp(theta[R]), alpha = exp(theta[ALPHA]), a = exp(theta[A]), b = exp(theta[B]), d = k->d;
	double n = (double)h->customers, value = n * r * theta[ALPHA], g[PARAMS] = { 0 };
	if (!(r > 0 && alpha > 0 && a > 0 && b > 0) || isinf(r + alpha + a + b))
		return INFINITY;
	day_tables_fill(&k->day, h, alpha);
	g[R] = n * theta[ALPHA];
	g[ALPHA] = n * r / alpha;
	for (size_t i = 0; i < h->groups; i++) {
		double x = h->x[i], shape = r + x, later = b + x + d - 1, c = h->members[i];
		struct sums s = x + d > 0 ? group_sums(&k->day, h, h->from[i], h->from[i + 1], log(a / later), shape)
		                          : group_alive(&k->day, h, h->from[i], h->from[i + 1]);
		value += c * (log_gamma_ratio(r, x) + log_gamma_ratio(b, x + d) - log_gamma_ratio(a + b, x + d));
		value += s.log_one + s.lift - shape * s.log_t;
		if (gradient == NULL)
			continue;
		double both = digamma_diff(a + b, x + d);
		g[R] += c * digamma_diff(r, x) - s.log_mix;
		g[ALPHA] -= shape * s.inv_mix;
		g[A] += s.gone / a - c * both;
		g[B] += c * (digamma_diff(b, x + d) - both) - (x + d > 0 ? s.gone / later : 0);
	}
	if (gradient != NULL) {
		gradient[R] = -g[R] * r;
		gradient[ALPHA] = -g[ALPHA] * alpha;
		gradient[A] = -g[A] * a;
		gradient[B] = -g[B] * b;
	}
	return isfinite(value) ? -value : INFINITY;
}

/* ln of the odds against being alive: -inf when nobody could have dropped out. */
static double bg_odds(const struct model *m, const double *p, const struct history *h)
{
	double d = m->variant, later = p[B] + h->x + d - 1;
	if (h->x + d <= 0)
		return -INFINITY;
	return log(p[A]) - log(later) + (p[R] + h->x) * log1p((h->t - h->t_x) / (p[ALPHA] + h->t_x));
}

static double bg_loglik(const struct model *m, const double *p, const struct history *h)
{
	double purchases = h->x + m->variant;
	double common = log_gamma_ratio(p[R], h->x) + log_gamma_ratio(p[B], purchases) - log_gamma_ratio(p[A] + p[B], purchases);
	return common - p[R] * log1p(h->t / p[ALPHA]) - h->x * log(p[ALPHA] + h->t) + log_add(0, bg_odds(m, p, h));
}

static double bg_alive(const struct model *m, const double *p, const struct history *h)
{
	return 1 / (1 + exp(bg_odds(m, p, h)));
}

static double bg_expected(const struct model *m, const double *p, const struct history *h, double t)
{
	return beta_geometric_count(p[R] + h->x, p[A], p[B] + h->x + m->variant, t / (p[ALPHA] + h->t));
}

static double bg_none(const struct model *m, const double *p, const struct history *h, double t)
{
	(void)m;
	return exp(-(p[R] + h->x) * log1p(t / (p[ALPHA] + h->t)));
}

static double bg_stays(const struct model *m, const double *p, const struct history *h, double t)
{
	(void)m;
	return (p[R] + h->x) / (p[ALPHA] + h->t) * t;
}

static double bg_survives(const struct model *m, const double *p, const struct history *h, double t)
{
	return beta_geometric_stay(p[R] + h->x, p[A], p[B] + h->x + m->variant, t / (p[ALPHA] + h->t));
}

/* At least k purchases: the gamma-Poisson process brings k, and none of the first k-1 was the last. */
static void bg_tail(const struct model *m, const double *p, const struct history *h, double t, double *tail, size_t n)
{
	double b = p[B] + h->x + m->variant, survived = 1;
	nbd_upper_list(tail, n, p[R] + h->x, t / (p[ALPHA] + h->t));
	for (size_t k = 2; k < n; k++) {
		survived *= (b + (double)k - 2) / (p[A] + b + (double)k - 2);
		tail[k] *= survived;
	}
}

/* Exactly n: either n came and none of them was the last, or the n-th was the last of at least n. */
static double bg_pmf(const struct model *m, const double *p, const struct history *h, double t, double n)
{
	double shape = p[R] + h->x, y = t / (p[ALPHA] + h->t), a = p[A], b = p[B] + h->x + m->variant;
	double stayed = log_gamma_ratio(b, n) - log_gamma_ratio(a + b, n);
	double value = exp(stayed + nbd_log_pmf(n, shape, y));
	if (n > 0) {
		double before = log_gamma_ratio(b, n - 1) - log_gamma_ratio(a + b, n - 1);
		value += exp(before + log(a) - log(a + b + n - 1) + nbd_log_upper(n, shape, y));
	}
	return value;
}

static double bg_dert(const struct model *m, const double *p, const struct history *h, double rate)
{
	return beta_geometric_worth(p[R] + h->x, p[A], p[B] + h->x + m->variant, rate * (p[ALPHA] + h->t), 1, 0);
}

/* a nothing beside b: the NBD. Both large: one chance for all. */
static bool bg_limit(const struct model *m, const double *p, const char *period, char *text, size_t n)
{
	(void)m;
	if (p[A] < 1e-3 * p[B] || p[A] < 1e-3)
		snprintf(text, n, "the limit is the NBD: nobody is seen to drop out");
	else if (p[A] > 1000)
		snprintf(text, n, "the limit is one chance of drop-out for all, a/(a+b) = %.5g", p[A] / (p[A] + p[B]));
	else
		return model_one_rate(p[R], p[ALPHA], period, text, n);
	return true;
}

#define BG_FUNCTIONS \
	.kind = MODEL_PURCHASES, .params = params, .n_params = PARAMS, .inputs = inputs, \
	.prepare = bg_prepare, .starts = bg_starts, .loss = bg_loss, .loglik = bg_loglik, .alive = bg_alive, \
	.expected = bg_expected, .none = bg_none, .stays = bg_stays, .survives = bg_survives, .tail = bg_tail, .pmf = bg_pmf, \
	.dert = bg_dert, .limit = bg_limit, \
	.rate = { MIXED_GAMMA, R, ALPHA, 0, 0 }, .dropout = { MIXED_BETA, A, B, 0, 0 }

const struct model bgnbd_model = {
	.id = "bgnbd", .origin = "nbd", .title = "BG/NBD", .variant = 0,
	.reference = "Fader, Hardie and Lee 2005, Marketing Science 24(2)",
	BG_FUNCTIONS,
};

const struct model mbgnbd_model = {
	.id = "mbgnbd", .origin = "nbd", .title = "MBG/NBD", .variant = 1,
	.reference = "Batislam, Denizel and Filiztekin 2007, International Journal of Research in Marketing 24(3)",
	BG_FUNCTIONS,
};
