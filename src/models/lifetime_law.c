/* One customer of the process of lifetime.c: given alive at T the rate is gamma(r+x, alpha+T) and what is left of the
 * lifetime has the law's own `later`, so that every conditional quantity is the newcomer's with those. */
#include "config.h"

#include <math.h>

#include "math/quad.h"
#include "math/special.h"
#include "models/lifetime_priv.h"

/* What integrals over a time y ahead need: shape and alpha of the rate, the law; count and rate where they come in. */
struct ahead {
	const struct lifetime *law;
	double shape, alpha, own[LIFETIME_OWN];
	double pole;  /* the variable of integration is v = ln((pole + y) / pole) */
	double count; /* of purchases, or the discount rate */
};

static void look_ahead(const struct model *m, const double *param, const struct history *h, struct ahead *a)
{
	a->law = m->family;
	a->shape = param[LIFETIME_R] + h->x;
	a->alpha = param[LIFETIME_ALPHA] + h->t;
	a->law->later(param + LIFETIME_FIRST, h->t, a->own);
	a->pole = fmin(a->alpha, a->law->reach(a->own));
	a->count = 0;
}

double lifetime_reach(const struct model *m, const double *param)
{
	const struct lifetime *l = m->family;
	return fmin(param[LIFETIME_ALPHA], l->reach(param + LIFETIME_FIRST));
}

/* ---- the past ---- */

struct past { const struct lifetime *law; const double *own; double from, pole, alpha, shape, log_stay; };

static double past_at(const void *user, double v)
{
	const struct past *p = user;
	double since = p->pole * expm1(v), y = p->from + since;
	return v + log(p->pole) - p->shape * log1p(since / p->alpha) + p->law->log_stay(p->own, y) - p->log_stay + p->law->log_hazard(p->own, y);
}

double lifetime_log_gone(const struct lifetime *l, const double *own, double a, double e, double from, double to)
{
	struct past p = { l, own, from, fmin(a, l->reach(own)) + from, a + from, e, l->log_stay(own, from) };
	struct quad q = { past_at, &p, 2 };
	double end = log1p((to - from) / p.pole);
	if (!(to > from))
		return -INFINITY;
	return quad_log(&q, 0, quad_mode(&q, 0, end), end);
}

/* ln of the odds against being alive. */
static double odds(const struct model *m, const double *param, const struct history *h)
{
	const struct lifetime *l = m->family;
	const double *own = param + LIFETIME_FIRST;
	double shape = param[LIFETIME_R] + h->x, alpha = param[LIFETIME_ALPHA];
	if (!(h->t > h->t_x))
		return -INFINITY;
	return l->log_gone(own, alpha, shape, h->t_x, h->t) + shape * log1p((h->t - h->t_x) / (alpha + h->t_x))
	     + l->log_stay(own, h->t_x) - l->log_stay(own, h->t);
}

double lifetime_loglik(const struct model *m, const double *param, const struct history *h)
{
	const struct lifetime *l = m->family;
	double r = param[LIFETIME_R], alpha = param[LIFETIME_ALPHA];
	return log_gamma_ratio(r, h->x) - r * log1p(h->t / alpha) - h->x * log(alpha + h->t)
	     + l->log_stay(param + LIFETIME_FIRST, h->t) + log_add(0, odds(m, param, h));
}

double lifetime_alive(const struct model *m, const double *param, const struct history *h)
{
	return 1 / (1 + exp(odds(m, param, h)));
}

/* ---- what is to come ---- */

/* The expected time alive in t, discounted: integral of S(y) e^(-rate y). */
static double alive_at(const void *user, double v)
{
	const struct ahead *a = user;
	double y = a->pole * expm1(v);
	return v + log(a->pole) + a->law->log_stay(a->own, y) - a->count * y;
}

/* t may be infinite. */
static double expected_time(struct ahead *a, double rate, double t)
{
	struct quad q = { alive_at, a, 2 };
	double end = log1p(t / a->pole), far = isinf(end) ? log1p(100 / (rate * a->pole)) : end;
	a->count = rate;
	return exp(quad_log(&q, 0, quad_mode(&q, 0, far), end));
}

double lifetime_expected(const struct model *m, const double *param, const struct history *h, double t)
{
	struct ahead a;
	if (t == 0)
		return 0;
	look_ahead(m, param, h, &a);
	return a.shape / a.alpha * fmin(expected_time(&a, 0, t), t);
}

double lifetime_dert(const struct model *m, const double *param, const struct history *h, double rate)
{
	struct ahead a;
	look_ahead(m, param, h, &a);
	return a.shape / a.alpha * expected_time(&a, rate, INFINITY);
}

double lifetime_stays(const struct model *m, const double *param, const struct history *h, double t)
{
	(void)m;
	return (param[LIFETIME_R] + h->x) / (param[LIFETIME_ALPHA] + h->t) * t;
}

double lifetime_survives(const struct model *m, const double *param, const struct history *h, double t)
{
	struct ahead a;
	look_ahead(m, param, h, &a);
	return exp(a.law->log_stay(a.own, t));
}

double lifetime_none(const struct model *m, const double *param, const struct history *h, double t)
{
	struct ahead a;
	if (t == 0)
		return 1;
	look_ahead(m, param, h, &a);
	double stayed = exp(a.law->log_stay(a.own, t) - a.shape * log1p(t / a.alpha));
	return stayed + exp(a.law->log_gone(a.own, a.alpha, a.shape, 0, t));
}

/* A lifetime that ends at y with so many purchases in it, less what does not depend on y. */
static double count_at(const void *user, double v)
{
	const struct ahead *a = user;
	double y = a->pole * expm1(v);
	if (!(y > 0))
		return -INFINITY;
	return v + log(a->pole) + a->law->log_stay(a->own, y) + a->law->log_hazard(a->own, y)
	     + a->count * log(y / (a->alpha + y)) - a->shape * log1p(y / a->alpha);
}

double lifetime_pmf(const struct model *m, const double *param, const struct history *h, double t, double n)
{
	struct ahead a;
	struct quad q = { count_at, &a, 2 };
	if (n == 0 || t == 0)
		return n == 0 ? lifetime_none(m, param, h, t) : 0;
	look_ahead(m, param, h, &a);
	a.count = n;
	double end = log1p(t / a.pole), ways = log_gamma_ratio(a.shape, n) - log_gamma(n + 1);
	double stayed = nbd_log_pmf(n, a.shape, t / a.alpha) + a.law->log_stay(a.own, t);
	return exp(stayed) + exp(ways + quad_log(&q, 0, quad_mode(&q, 0, end), end));
}

/* Nodes over the time ahead, close enough for every count below n. */
static void lay_counts(const struct ahead *a, double t, double n, struct quad_nodes *out)
{
	double end = log1p(t / a->pole), from = 0, most = QUAD_MOST / (double)quad_rule_16.n;
	out->n = 0;
	for (double k = 0; from < end && k < most; k++) {
		double y = a->pole * expm1(from), slope = fmax((n * a->alpha - a->shape * y) / (a->alpha + y), 0);
		double to = fmin(end, from + fmax(fmin(1.5, 12 / (1 + sqrt(n + a->shape) + slope)), end / most));
		for (size_t i = 0; i < quad_rule_16.n; i++) {
			double v = from + (to - from) * quad_rule_16.at[i];
			y = a->pole * expm1(v);
			out->u[out->n] = y / (a->alpha + y);
			out->log_wf[out->n++] = log(quad_rule_16.weight[i] * (to - from) * (a->pole + y)) + a->law->log_stay(a->own, y)
			                      + log(a->shape / a->alpha) - (a->shape + 1) * log1p(y / a->alpha);
		}
		from = to;
	}
}

/* The k-th purchase comes at y, and the customer is still there: integral of S(y) times the density of a beta-prime
 * law, whose ratio from k to k+1 is (shape+k)/k y/(alpha+y). Weights too small for a double are held back by `lift`. */
void lifetime_tail(const struct model *m, const double *param, const struct history *h, double t, double *tail, size_t n)
{
	struct ahead a;
	struct quad_nodes nodes;
	double f[QUAD_MOST], lift[QUAD_MOST];
	look_ahead(m, param, h, &a);
	lay_counts(&a, t, (double)n, &nodes);
	for (size_t i = 0; i < nodes.n; i++) {
		double low = fmin(nodes.log_wf[i] + 600, 0);
		f[i] = exp(nodes.log_wf[i] - low);
		lift[i] = exp(low);
	}
	tail[0] = 1;
	for (size_t k = 1; k < n; k++) {
		double sum = 0, ratio = (a.shape + (double)k) / (double)k;
		for (size_t i = 0; i < nodes.n; i++) {
			sum += f[i] * lift[i];
			f[i] *= ratio * nodes.u[i];
			if (f[i] > 1e250) {
				f[i] *= 1e-250;
				lift[i] *= 1e250;
			}
		}
		tail[k] = fmin(sum, tail[k - 1]);
	}
}
