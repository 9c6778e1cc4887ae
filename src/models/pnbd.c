/* Pareto/NBD: purchases at a gamma-distributed rate while a lifetime lasts that is exponential at a gamma-distributed rate,
 * and so Pareto of the second kind: S(t) = (beta/(beta+t))^s. Given alive at T it is that law again with beta + T.
 *
 * Schmittlein, Morrison and Colombo 1987, "Counting your customers: who are they and what will they do next?", Management
 * Science 33(1); Fader and Hardie 2005, "A note on deriving the Pareto/NBD model and related expressions". */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "math/special.h"
#include "models/lifetime_priv.h"

enum { S, BETA, OWN, PARAMS = LIFETIME_FIRST + OWN };

static const struct param params[PARAMS] = {
	[LIFETIME_R]         = { "r", PARAM_PLAIN, 12, "the data do not identify how much customers differ in their rate" },
	[LIFETIME_ALPHA]     = { "alpha", PARAM_TIME, 12, "the data do not identify how much customers differ in their rate", .process = -1 },
	[LIFETIME_FIRST]     = { "s", PARAM_PLAIN, 15, "the data do not identify how much customers differ in their drop-out" },
	[LIFETIME_FIRST + 1] = { "beta", PARAM_TIME, 15, "the data do not identify how much customers differ in their drop-out", .dropout = -1 },
};

static const char *const inputs[] = { "frequency", "recency", "T", NULL };

static double log_stay(const double *p, double t)
{
	return -p[S] * log1p(t / p[BETA]);
}

static double log_hazard(const double *p, double t)
{
	return log(p[S] / (p[BETA] + t));
}

static void slopes(const double *p, double t, double *stay, double *density)
{
	double gone = t / (p[BETA] + t), fall = -p[S] * log1p(t / p[BETA]);
	stay[S] = fall;
	stay[BETA] = p[S] * gone;
	density[S] = 1 + fall;
	density[BETA] = (p[S] + 1) * gone - 1;
}

static double change(const double *p, double from, double to)
{
	return (p[S] + 1) * log1p((to - from) / (p[BETA] + from));
}

static double reach(const double *p)
{
	return p[BETA];
}

static void later(const double *p, double t, double *q)
{
	q[S] = p[S];
	q[BETA] = p[BETA] + t;
}

static double log_gone(const double *p, double a, double e, double from, double to)
{
	return log(p[S] / (p[BETA] + from)) + log_two_powers(e, p[S] + 1, a, p[BETA], from, to);
}

static const struct lifetime law = {
	.n = OWN, .log_stay = log_stay, .log_hazard = log_hazard, .slopes = slopes, .change = change, .reach = reach,
	.later = later, .log_gone = log_gone,
};

/* Drop-out early and mixed, later and even, at once or never. Time unit: mean T. */
static size_t pnbd_starts(const struct model *m, const struct sample *s, double *start)
{
	static const double own[][OWN] = { { .6, .4 }, { 2, 4 }, { .2, .05 } };
	(void)m;
	return lifetime_starts(s, own[0], OWN, sizeof own / sizeof own[0], start);
}

/* rate times the expected time alive in t: beta (1 - (beta/(beta+t))^(s-1)) / (s-1), without its 0/0 at s = 1. */
static double pnbd_expected(const struct model *m, const double *p, const struct history *h, double t)
{
	double s = p[LIFETIME_FIRST + S], beta = p[LIFETIME_FIRST + BETA] + h->t, log_ratio = log1p(t / beta), e = (s - 1) * log_ratio;
	(void)m;
	double alive = beta * log_ratio * (e == 0 ? 1 : -expm1(-e) / e);
	return (p[LIFETIME_R] + h->x) / (p[LIFETIME_ALPHA] + h->t) * fmin(alive, t);
}

/* Fader, Hardie and Lee 2005, "RFM and CLV", Journal of Marketing Research 42(4), with Tricomi's function as an
 * exponential integral. */
static double pnbd_dert(const struct model *m, const double *p, const struct history *h, double rate)
{
	double beta = p[LIFETIME_FIRST + BETA] + h->t;
	(void)m;
	return (p[LIFETIME_R] + h->x) / (p[LIFETIME_ALPHA] + h->t) * beta * exp(log_expint_scaled(p[LIFETIME_FIRST + S], rate * beta));
}

/* s and beta large together: everyone drops out at one rate; s small or beta large alone: nobody does. */
static bool pnbd_limit(const struct model *m, const double *p, const char *period, char *text, size_t n)
{
	double s = p[LIFETIME_FIRST + S], beta = p[LIFETIME_FIRST + BETA];
	(void)m;
	if (s > 1000)
		snprintf(text, n, "the limit is a drop-out at one rate for all, exponential lifetimes with s/beta = %.5g a %s", s / beta, period);
	else if (s < 1e-4 || beta > 1e4 * p[LIFETIME_ALPHA])
		snprintf(text, n, "the limit is the NBD: nobody is seen to drop out");
	else
		return model_one_rate(p[LIFETIME_R], p[LIFETIME_ALPHA], period, text, n);
	return true;
}

const struct model pnbd_model = {
	.id = "pnbd", .origin = "nbd", .title = "Pareto/NBD", .kind = MODEL_PURCHASES, .family = &law,
	.reference = "Schmittlein, Morrison and Colombo 1987, Management Science 33(1)",
	.params = params, .n_params = PARAMS, .inputs = inputs,
	.prepare = lifetime_prepare, .starts = pnbd_starts, .loss = lifetime_loss,
	.loglik = lifetime_loglik, .alive = lifetime_alive, .expected = pnbd_expected, .none = lifetime_none, .stays = lifetime_stays,
	.survives = lifetime_survives, .tail = lifetime_tail, .pmf = lifetime_pmf, .reach = lifetime_reach, .dert = pnbd_dert, .limit = pnbd_limit,
	.rate = { MIXED_GAMMA, LIFETIME_R, LIFETIME_ALPHA, 0, 0 }, .dropout = { MIXED_GAMMA, LIFETIME_FIRST + S, LIFETIME_FIRST + BETA, 0, 0 },
};
