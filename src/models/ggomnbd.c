/* GGom/NBD: as Pareto/NBD, with lifetimes that age: Gompertz with a hazard growing as e^(bt), at a gamma-distributed level,
 * so that S(t) = (beta / (beta + e^(bt) - 1))^s. Given alive at T it is that law again with 1 + (beta - 1) e^(-bT), the one
 * that the conditional expectation needs as well.
 *
 * Bemmaor and Glady 2012, "Modeling purchasing behavior with sudden 'death': a flexible customer lifetime model", Management
 * Science 58(5); Adler 2022, "Comment on 'Modeling purchasing behavior with sudden death'", on the expectation. */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "math/special.h"
#include "models/lifetime_priv.h"

enum { B, S, BETA, OWN, PARAMS = LIFETIME_FIRST + OWN };

#define FAR 30.0 /* b t from which e^(bt) is taken out, so that it cannot overflow */

static const struct param params[PARAMS] = {
	[LIFETIME_R]         = { "r", PARAM_PLAIN, 12, "the data do not identify how much customers differ in their rate" },
	[LIFETIME_ALPHA]     = { "alpha", PARAM_TIME, 12, "the data do not identify how much customers differ in their rate", .process = -1 },
	[LIFETIME_FIRST]     = { "b", PARAM_RATE, 12, "the data show no ageing" },
	[LIFETIME_FIRST + 1] = { "s", PARAM_PLAIN, 12, "the data do not identify how much customers differ in their drop-out" },
	[LIFETIME_FIRST + 2] = { "beta", PARAM_PLAIN, 15, "the data do not identify how much customers differ in their drop-out", .dropout = -1 },
};

static const char *const inputs[] = { "frequency", "recency", "T", NULL };

/* ln((beta + e^(bt) - 1) / beta). */
static double log_growth(const double *p, double t)
{
	double far = p[B] * t;
	if (far <= FAR)
		return log1p(expm1(far) / p[BETA]);
	return far - log(p[BETA]) + log1p((p[BETA] - 1) * exp(-far));
}

static double log_stay(const double *p, double t)
{
	return -p[S] * log_growth(p, t);
}

static double log_hazard(const double *p, double t)
{
	return log(p[B] * p[S] / p[BETA]) + p[B] * t - log_growth(p, t);
}

/* share: e^(bt) / (beta + e^(bt) - 1); gone: (e^(bt) - 1) / (beta + e^(bt) - 1). */
static void slopes(const double *p, double t, double *stay, double *density)
{
	double far = p[B] * t, share = 1 / (1 + (p[BETA] - 1) * exp(-far)), gone = -expm1(-far) * share;
	double fall = -p[S] * log_growth(p, t);
	stay[B] = -p[S] * far * share;
	stay[S] = fall;
	stay[BETA] = p[S] * gone;
	density[B] = 1 + far - (p[S] + 1) * far * share;
	density[S] = 1 + fall;
	density[BETA] = (p[S] + 1) * gone - 1;
}

static double change(const double *p, double from, double to)
{
	return (p[S] + 1) * (log_growth(p, to) - log_growth(p, from)) + p[B] * (to - from);
}

/* e^(bt) = 1 - beta on the real axis when beta < 1, else beside it. */
static double reach(const double *p)
{
	return p[BETA] < .9 ? -log1p(-p[BETA]) / p[B] : 2 / p[B];
}

static void later(const double *p, double t, double *q)
{
	double back = exp(-p[B] * t);
	q[B] = p[B];
	q[S] = p[S];
	q[BETA] = p[BETA] * back - expm1(-p[B] * t);
}

static double log_gone(const double *p, double a, double e, double from, double to);

static const struct lifetime law = {
	.n = OWN, .log_stay = log_stay, .log_hazard = log_hazard, .slopes = slopes, .change = change, .reach = reach,
	.later = later, .log_gone = log_gone,
};

static double log_gone(const double *p, double a, double e, double from, double to)
{
	return lifetime_log_gone(&law, p, a, e, from, to);
}

/* Ageing late and for all, early, mildly, and none to speak of. Time unit: mean T. */
static size_t ggomnbd_starts(const struct model *m, const struct sample *s, double *start)
{
	static const double own[][OWN] = { { 5, .7, 5 }, { 1, 1, 1 }, { .3, .6, .1 }, { .01, .6, .004 } };
	(void)m;
	return lifetime_starts(s, own[0], OWN, sizeof own / sizeof own[0], start);
}

/* b and beta small together: no ageing. */
static bool ggomnbd_limit(const struct model *m, const double *p, const char *period, char *text, size_t n)
{
	const double *own = p + LIFETIME_FIRST;
	(void)m;
	if (own[BETA] / own[B] > 1e4 * p[LIFETIME_ALPHA] && own[BETA] > 1e4)
		snprintf(text, n, "the limit is the NBD: nobody is seen to drop out");
	else if (own[B] * p[LIFETIME_ALPHA] < .02)
		snprintf(text, n, "the limit is Pareto/NBD with s = %.5g and beta/b = %.5g %ss", own[S], own[BETA] / own[B], period);
	else
		return model_one_rate(p[LIFETIME_R], p[LIFETIME_ALPHA], period, text, n);
	return true;
}

const struct model ggomnbd_model = {
	.id = "ggomnbd", .origin = "pnbd", .title = "GGom/NBD", .kind = MODEL_PURCHASES, .family = &law,
	.reference = "Bemmaor and Glady 2012, Management Science 58(5)",
	.params = params, .n_params = PARAMS, .inputs = inputs,
	.prepare = lifetime_prepare, .starts = ggomnbd_starts, .loss = lifetime_loss,
	.loglik = lifetime_loglik, .alive = lifetime_alive, .expected = lifetime_expected, .none = lifetime_none, .stays = lifetime_stays,
	.survives = lifetime_survives, .tail = lifetime_tail, .pmf = lifetime_pmf, .reach = lifetime_reach, .dert = lifetime_dert, .limit = ggomnbd_limit,
	.rate = { MIXED_GAMMA, LIFETIME_R, LIFETIME_ALPHA, 0, 0 },
	.dropout = { MIXED_GAMMA, LIFETIME_FIRST + S, LIFETIME_FIRST + BETA, 0, LIFETIME_FIRST + B + 1 },
};
