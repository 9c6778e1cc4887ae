/* The quantities of one customer by name, and discounted purchases. Not here: whole cohorts (forecast). */
#include "config.h"

#include "models/predict.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/day.h"
#include "math/quad.h"
#include "math/special.h"

/* What an answer is made from. */
struct asked { const struct model *m; const double *param; struct history h; double t; };

static double ask_loglik(const struct asked *a)
{
	if (a->m->kind == MODEL_SPEND)
		return a->m->spend_loglik(a->m, a->param, a->h.x, a->t);
	return a->m->loglik(a->m, a->param, &a->h);
}

static double ask_palive(const struct asked *a)
{
	return a->m->alive(a->m, a->param, &a->h);
}

static double ask_cond_expected(const struct asked *a)
{
	return ask_palive(a) * a->m->expected(a->m, a->param, &a->h, a->t);
}

/* A newcomer is the history of zeros. */
static double ask_expected(const struct asked *a)
{
	struct asked newcomer = { .m = a->m, .param = a->param, .t = a->t };
	return ask_cond_expected(&newcomer);
}

static double ask_palive_future(const struct asked *a)
{
	return ask_palive(a) * a->m->survives(a->m, a->param, &a->h, a->t);
}

static double ask_dert(const struct asked *a)
{
	double alive = ask_palive(a);
	return alive > 0 ? alive * purchases_forever(a->m, a->param, &a->h, a->t) : 0;
}

static double ask_pmf(const struct asked *a)
{
	struct asked newcomer = { .m = a->m, .param = a->param, .t = a->t };
	double alive = ask_palive(&newcomer);
	return alive * a->m->pmf(a->m, a->param, &newcomer.h, a->t, a->h.x) + (a->h.x == 0 ? 1 - alive : 0);
}

static double ask_p_none(const struct asked *a)
{
	double alive = ask_palive(a);
	return 1 - alive + alive * a->m->none(a->m, a->param, &a->h, a->t);
}

static double ask_cond_mean(const struct asked *a)
{
	return a->m->spend_mean(a->m, a->param, a->h.x, a->t);
}

static const struct quantity {
	const char     *name;
	enum model_kind kind;
	double        (*ask)(const struct asked *a);
} quantities[] = {
	{ "loglik", MODEL_PURCHASES, ask_loglik },
	{ "loglik", MODEL_SPEND, ask_loglik },
	{ "palive", MODEL_PURCHASES, ask_palive },
	{ "cond_expected", MODEL_PURCHASES, ask_cond_expected },
	{ "expected", MODEL_PURCHASES, ask_expected },
	{ "palive_future", MODEL_PURCHASES, ask_palive_future },
	{ "dert", MODEL_PURCHASES, ask_dert },
	{ "pmf", MODEL_PURCHASES, ask_pmf },
	{ "p_none", MODEL_PURCHASES, ask_p_none },
	{ "cond_mean", MODEL_SPEND, ask_cond_mean },
};

const char *const predict_quantities[] = {
	"loglik", "palive", "cond_expected", "expected", "palive_future", "dert", "pmf", "p_none", "cond_mean", NULL,
};

static const struct quantity *find(const struct model *m, const char *name)
{
	for (size_t i = 0; i < sizeof quantities / sizeof quantities[0]; i++)
		if (quantities[i].kind == m->kind && strcmp(quantities[i].name, name) == 0)
			return &quantities[i];
	return NULL;
}

/* An argument that no customer can have, in words; NULL when all is well. */
static const char *impossible(const struct asked *a, bool logs)
{
	for (size_t i = 0; i < a->m->n_params; i++)
		if (!(a->param[i] > 0) || isinf(a->param[i]))
			return "positive parameters";
	if (a->m->n_fixed > 0 && (a->param[0] != floor(a->param[0]) || a->param[0] > FIXED_MOST))
		return "a whole number k from 1 to 12";
	if (!(a->h.x >= 0) || a->h.x != floor(a->h.x) || isinf(a->h.x))
		return "a whole number x, 0 or more";
	if (a->m->kind == MODEL_SPEND)
		return (a->h.x > 0 || logs) && !(a->t > 0 && a->h.x > 0) ? "a mean spend above 0 over 1 purchase or more" : NULL;
	if (!(a->h.t_x >= 0) || !(a->h.t >= a->h.t_x) || isinf(a->h.t))
		return "0 <= t_x <= T";
	if (a->m->discrete && (a->h.x > a->h.t_x || a->h.t_x != floor(a->h.t_x) || a->h.t != floor(a->h.t)) && a->h.t > 0)
		return "whole opportunities t_x and T, and x <= t_x";
	return !(a->t >= 0) || isinf(a->t) ? "a time t of 0 or more" : NULL;
}

enum rc predict_quantity(const struct model *m, const double *param, double x, double t_x, double t_seen, double t,
                         const char *quantity, double *out)
{
	const struct quantity *q = find(m, quantity);
	struct asked a = { m, param, { .x = x, .t_x = isnan(t_x) ? 0 : t_x, .t = isnan(t_seen) ? 0 : t_seen }, t };
	if (q == NULL)
		return err_set(RC_USAGE, "FIT-105", "%s has no quantity '%s'", m->title, quantity);
	if (isnan(t) && q->ask != ask_loglik && q->ask != ask_palive && q->ask != ask_cond_mean)
		return err_set(RC_USAGE, "FIT-106", "%s needs a time t", quantity);
	if (m->kind == MODEL_PURCHASES && isnan(t))
		a.t = 0;
	if (q->ask == ask_loglik && m->constant) {
		a.h.gaps = a.t;
		a.t = 0;
	}
	const char *why = impossible(&a, q->ask == ask_loglik);
	if (why)
		return err_set(RC_USAGE, "FIT-106", "%s of %s takes %s", quantity, m->title, why);
	double value = q->ask(&a);
	if (isnan(value))
		return err_set(RC_NUMERIC, "FIT-107", "%s does not exist at these parameters (q is not above 1)", quantity);
	*out = value;
	return RC_OK;
}

/* rate times the integral of e^(-rate u) E(u), over v = ln(1 + rate u), what is left of dE by parts. */
struct stream { const struct model *m; const double *param; const struct history *h; double rate; };

static double stream_at(const void *user, double v)
{
	const struct stream *s = user;
	double u = expm1(v) / s->rate;
	return v - s->rate * u + log(s->m->expected(s->m, s->param, s->h, u));
}

double purchases_forever(const struct model *m, const double *param, const struct history *h, double rate)
{
	struct stream s = { m, param, h, rate };
	struct quad q = { stream_at, &s, 1 };
	if (!(rate > 0))
		return INFINITY;
	if (m->dert)
		return m->dert(m, param, h, rate);
	return exp(quad_log(&q, 0, quad_mode(&q, 0, 5), INFINITY));
}

double outlook_days(const struct outlook *o, double days)
{
	size_t whole = (size_t)days;
	double rest = days - (double)whole;
	return o->clock == NULL ? days : rest > 0 ? o->clock[whole] + rest * (o->clock[whole + 1] - o->clock[whole]) : o->clock[whole];
}

double discounted_purchases(const struct model *m, const double *param, const struct history *h, double days,
                            const struct outlook *o)
{
	double total = 0, before = 0, rate = log1p(o->discount) / DAYS_PER_YEAR;
	if (o->discount == 0)
		return m->expected(m, param, h, outlook_days(o, o->horizon) / days);
	for (double from = 0; from < o->horizon; from += DAYS_PER_MONTH) {
		double to = fmin(from + DAYS_PER_MONTH, o->horizon);
		double upto = m->expected(m, param, h, outlook_days(o, to) / days);
		total += (upto - before) * exp(-rate * (from + to) / 2);
		before = upto;
	}
	return total;
}
