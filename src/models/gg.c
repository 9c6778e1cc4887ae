/* Gamma-Gamma: the spend of a purchase is gamma(p, nu), and nu is gamma(q, gamma) over customers. Spend does not depend on how
 * often a customer buys: the fit reports the correlation that would say otherwise.
 *
 * Fader and Hardie 2013, "The gamma-gamma model of monetary value", note 025, eq. 1a; log-likelihood of a mean m over c purchases:
 *
 *     ln G(pc+q) - ln G(pc) - ln G(q) + q ln(gamma) + (pc-1) ln(m) + pc ln(c) - (pc+q) ln(gamma + c m),
 *
 * and the expected spend of a purchase given them p (gamma + c m) / (pc + q - 1), which exists for pc + q > 1 only. */
#include "config.h"

#include <math.h>

#include "math/special.h"
#include "models/model.h"

enum { P, Q, GAMMA, PARAMS };

static const struct param params[PARAMS] = {
	[P]     = { "p", PARAM_PLAIN, 8.5, "a customer's own purchases hardly differ" },
	[Q]     = { "q", PARAM_PLAIN, 8.5, "customers hardly differ in what they spend" },
	[GAMMA] = { "gamma", PARAM_MONEY, 12, "customers hardly differ in what they spend" },
};

static const char *const inputs[] = { "frequency", "monetary_value", NULL };

static enum rc gg_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep)
{
	const struct spends **p = arena_alloc(a, 1, sizeof *p);
	(void)m;
	*p = s->spends;
	*prep = p;
	return RC_OK;
}

/* Mean 1: p gamma = q - 1. Purchases like each other, middling, unlike each other. */
static size_t gg_starts(const struct model *m, const struct sample *s, double *start)
{
	static const double guess[][PARAMS] = { { 6, 4, .5 }, { 2, 3, 1 }, { .7, 2, 1.4 } };
	(void)m, (void)s;
	for (size_t i = 0; i < sizeof guess / sizeof guess[0]; i++)
		for (size_t j = 0; j < PARAMS; j++)
			start[i * PARAMS + j] = log(guess[i][j]);
	return sizeof guess / sizeof guess[0];
}

/* Sums of ln(1 + gamma / (c m)) and 1/(gamma + c m) over a group; logarithms four at a time. */
static void group_sums(const struct spends *s, size_t group, double gamma, double *log_sum, double *inv_sum)
{
	double logs = 0, inverses = 0, above = 1, below = 1, c = s->count[group];
	for (size_t i = s->from[group]; i < s->from[group + 1]; i++) {
		double spent = c * s->mean[i];
		inverses += 1 / (gamma + spent);
		above *= gamma + spent;
		below *= spent;
		if ((i & 3) == 3 || !(above > 1e-100 && above < 1e100) || !(below > 1e-100 && below < 1e100)) {
			logs += log(above / below);
			above = below = 1;
		}
	}
	*log_sum = logs + log(above / below);
	*inv_sum = inverses;
}

/* The terms of p and of gamma are kept together as pc ln(1 + gamma/(c m)), so that nothing cancels when p
 * is large and gamma small. */
static double gg_loss(void *prep, const struct histories *h, const double *theta, double *gradient)
{
	const struct spends *s = *(const struct spends **)prep;
	(void)h;
	double p = exp(theta[P]), q = exp(theta[Q]), gamma = exp(theta[GAMMA]), value = 0, g[PARAMS] = { 0 };
	if (!(p > 0 && q > 0 && gamma > 0) || isinf(p + q + gamma) || gamma < 1e-60 || gamma > 1e60)
		return INFINITY;
	for (size_t i = 0; i < s->groups; i++) {
		double c = s->count[i], n = (double)(s->from[i + 1] - s->from[i]), logs, inverses;
		group_sums(s, i, gamma, &logs, &inverses);
		double weight = logs + n * log(c) + s->log_sum[i] - n * theta[GAMMA]; /* sum of ln(1 + c m / gamma) */
		value -= n * log_beta(p * c, q) + p * c * logs + q * weight + s->log_sum[i];
		if (gradient == NULL)
			continue;
		g[P] += c * (n * digamma_diff(p * c, q) - logs);
		g[Q] += n * digamma_diff(q, p * c) - weight;
		g[GAMMA] += n * q / gamma - (p * c + q) * inverses;
	}
	if (gradient != NULL) {
		gradient[P] = -g[P] * p;
		gradient[Q] = -g[Q] * q;
		gradient[GAMMA] = -g[GAMMA] * gamma;
	}
	return isfinite(value) ? -value : INFINITY;
}

static double gg_spend_loglik(const struct model *m, const double *param, double c, double mean)
{
	double p = param[P] * c, q = param[Q];
	(void)m;
	return -log_beta(p, q) - q * log1p(c * mean / param[GAMMA]) - p * log1p(param[GAMMA] / (c * mean)) - log(mean);
}

static double gg_spend_mean(const struct model *m, const double *param, double c, double mean)
{
	double above = param[P] * c + param[Q] - 1;
	(void)m;
	return above > 0 ? param[P] * (param[GAMMA] + (c > 0 ? c * mean : 0)) / above : NAN;
}

const struct model gg_model = {
	.id = "gg", .title = "Gamma-Gamma", .kind = MODEL_SPEND,
	.reference = "Fader and Hardie 2013, note 025",
	.params = params, .n_params = PARAMS, .inputs = inputs,
	.prepare = gg_prepare, .starts = gg_starts, .loss = gg_loss,
	.spend_loglik = gg_spend_loglik, .spend_mean = gg_spend_mean,
};
