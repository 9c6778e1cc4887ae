/* NBD: purchases at a gamma-distributed rate, and nobody ever drops out. What the others are when the data show no
 * drop-out, and the measure of what it is worth to know of it. Its likelihood depends on x and T alone.
 *
 * Ehrenberg 1959, "The pattern of consumer purchases", Applied Statistics 8(1). The log-likelihood leaves out x! and T^x,
 * which have no parameters: ln G(r+x) - ln G(r) + r ln(alpha) - (r+x) ln(alpha+T). */
#include "config.h"

#include <math.h>

#include "math/special.h"
#include "models/lifetime_priv.h"

enum { R, ALPHA, PARAMS };

static const struct param params[PARAMS] = {
	[R]     = { "r", PARAM_PLAIN, 12, "customers hardly differ in their rate" },
	[ALPHA] = { "alpha", PARAM_TIME, 12, "customers hardly differ in their rate", .process = -1 },
};

static const char *const inputs[] = { "frequency", "T", NULL };

static enum rc nbd_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep)
{
	struct day_tables *k = arena_alloc(a, 1, sizeof *k);
	(void)m;
	*prep = k;
	return day_tables_new(a, s->histories, k);
}

static size_t nbd_starts(const struct model *m, const struct sample *s, double *start)
{
	(void)m;
	return lifetime_starts(s, NULL, 0, 1, start);
}

static double nbd_loss(void *prep, const struct histories *h, const double *theta, double *gradient)
{
	struct day_tables *k = prep;
	double r = exp(theta[R]), alpha = exp(theta[ALPHA]), n = (double)h->customers;
	double value = n * r * theta[ALPHA], g[PARAMS] = { n * theta[ALPHA], n * r / alpha };
	if (!(r > 0 && alpha > 0) || isinf(r + alpha))
		return INFINITY;
	day_tables_fill(k, h, alpha);
	for (size_t i = 0; i < h->groups; i++) {
		double shape = r + h->x[i], logs = 0, inverses = 0;
		for (size_t j = h->from[i]; j < h->from[i + 1]; j++) {
			logs += h->count[j] * k->log_day[h->t[j]];
			inverses += h->count[j] * k->inv_day[h->t[j]];
		}
		value += h->members[i] * log_gamma_ratio(r, h->x[i]) - shape * logs;
		g[R] += h->members[i] * digamma_diff(r, h->x[i]) - logs;
		g[ALPHA] -= shape * inverses;
	}
	if (gradient != NULL) {
		gradient[R] = -g[R] * r;
		gradient[ALPHA] = -g[ALPHA] * alpha;
	}
	return isfinite(value) ? -value : INFINITY;
}

static double nbd_loglik(const struct model *m, const double *p, const struct history *h)
{
	(void)m;
	return log_gamma_ratio(p[R], h->x) - p[R] * log1p(h->t / p[ALPHA]) - h->x * log(p[ALPHA] + h->t);
}

static double nbd_alive(const struct model *m, const double *p, const struct history *h)
{
	(void)m, (void)p, (void)h;
	return 1;
}

static double nbd_expected(const struct model *m, const double *p, const struct history *h, double t)
{
	(void)m;
	return (p[R] + h->x) / (p[ALPHA] + h->t) * t;
}

static double nbd_none(const struct model *m, const double *p, const struct history *h, double t)
{
	(void)m;
	return exp(-(p[R] + h->x) * log1p(t / (p[ALPHA] + h->t)));
}

static double nbd_survives(const struct model *m, const double *p, const struct history *h, double t)
{
	(void)m, (void)p, (void)h, (void)t;
	return 1;
}

static void nbd_tail(const struct model *m, const double *p, const struct history *h, double t, double *tail, size_t n)
{
	(void)m;
	nbd_upper_list(tail, n, p[R] + h->x, t / (p[ALPHA] + h->t));
}

static double nbd_pmf(const struct model *m, const double *p, const struct history *h, double t, double n)
{
	(void)m;
	return exp(nbd_log_pmf(n, p[R] + h->x, t / (p[ALPHA] + h->t)));
}

static double nbd_dert(const struct model *m, const double *p, const struct history *h, double rate)
{
	(void)m;
	return (p[R] + h->x) / (p[ALPHA] + h->t) / rate;
}

static bool nbd_limit(const struct model *m, const double *p, const char *period, char *text, size_t n)
{
	(void)m;
	return model_one_rate(p[R], p[ALPHA], period, text, n);
}

const struct model nbd_model = {
	.id = "nbd", .title = "NBD", .kind = MODEL_PURCHASES,
	.reference = "Ehrenberg 1959, Applied Statistics 8(1)",
	.params = params, .n_params = PARAMS, .inputs = inputs,
	.prepare = nbd_prepare, .starts = nbd_starts, .loss = nbd_loss,
	.loglik = nbd_loglik, .alive = nbd_alive, .expected = nbd_expected, .none = nbd_none, .stays = nbd_expected,
	.survives = nbd_survives, .tail = nbd_tail, .pmf = nbd_pmf, .dert = nbd_dert, .limit = nbd_limit,
	.rate = { MIXED_GAMMA, R, ALPHA, 0, 0 },
};
