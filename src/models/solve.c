/* The descent behind a fit. Customers of one class share their parameters: those of all, each multiplied by e to what the effects add to
 * its logarithm; so the loss of the sample is the sum of the model's own over classes, and its gradient follows by the chain rule. */
#include "config.h"

#include "models/solve.h"

#include <math.h>
#include <string.h>

#define TRIAL_DECREASE 1e-7  /* how near the starts come that compete: the winner goes on from there */
#define MANY           10000 /* rows on which the descent alone is within a hundredth of a standard error; one Newton step removes that */
#define WALL           10.0  /* steepness, beside the number of customers, of the wall at a parameter's limit */
#define AT_LIMIT       0.98  /* of its limit: on a ridge a search may come to rest just before the wall */
#define CARRIED        0.6   /* of its limit */
#define EFFECT_LIMIT   12.0  /* of a level, or of a number in spreads: e^12 times as often */

/* What the loss and the question whether to stop share. */
struct problem {
	const struct solve *s;
	void               *prep;
	double              wall;
	double              theta[MODEL_PARAMS], gradient[MODEL_PARAMS]; /* with the chosen parameter in front */
};

size_t solve_free(const struct model *m)
{
	return m->n_params - m->n_fixed;
}

size_t solve_size(const struct solve *s)
{
	return solve_free(s->model) + (s->design ? s->design->effects : 0);
}

static size_t rows_of(const struct sample *s)
{
	return s->histories ? s->histories->n : s->spends->customers;
}

static double limit_of(const struct solve *s, size_t i)
{
	size_t free = solve_free(s->model);
	if (i < free)
		return s->model->params[s->model->n_fixed + i].limit;
	const struct design_column *c = &s->design->column[s->design->effect[i - free].column];
	return *c->level ? EFFECT_LIMIT * c->spread : EFFECT_LIMIT;
}

double solve_beyond(const struct solve *s, const double *theta, size_t i)
{
	double over = fabs(theta[i]) - limit_of(s, i);
	return over > 0 ? copysign(over, theta[i]) : 0;
}

bool solve_at_limit(const struct solve *s, const double *theta, size_t i)
{
	return fabs(theta[i]) > AT_LIMIT * limit_of(s, i);
}

bool solve_carried(const struct solve *s, const double *theta, size_t i)
{
	bool any = false;
	for (size_t j = 0; j < solve_free(s->model); j++)
		any = any || solve_at_limit(s, theta, j);
	return any && i < solve_free(s->model) && fabs(theta[i]) > CARRIED * limit_of(s, i);
}

/* ---- covariates ---- */

/* What the effects of a class add to the logarithms of parameters of the process and of drop-out. */
static void predictors(const struct design *d, const double *effect, const double *z, double *process, double *dropout)
{
	*process = *dropout = 0;
	for (size_t i = 0; i < d->effects; i++) {
		const struct design_column *c = &d->column[d->effect[i].column];
		double part = effect[i] * (z[d->effect[i].column] - c->mean) / c->spread;
		*process += d->effect[i].on & ON_PROCESS ? part : 0;
		*dropout += d->effect[i].on & ON_DROPOUT ? part : 0;
	}
}

/* The loss of one class; adds its gradient. own: by all parameters at theta, effect: by the effects. */
static double class_value(struct problem *p, size_t k, const double *effect, double *own, double *by_effect)
{
	const struct model *m = p->s->model;
	const struct design *d = p->s->design;
	const struct classes *classes = &p->s->sample->classes;
	const double *z = classes->z + k * classes->width;
	double at[MODEL_PARAMS], g[MODEL_PARAMS], process, dropout, by_process = 0, by_dropout = 0;
	predictors(d, effect, z, &process, &dropout);
	for (size_t j = 0; j < m->n_params; j++)
		at[j] = p->theta[j] + m->params[j].process * process + m->params[j].dropout * dropout;
	double value = m->loss(p->prep, p->s->sample->part[k], at, own ? g : NULL);
	if (own == NULL || !isfinite(value))
		return value;
	for (size_t j = 0; j < m->n_params; j++) {
		own[j] += g[j];
		by_process += m->params[j].process * g[j];
		by_dropout += m->params[j].dropout * g[j];
	}
	for (size_t i = 0; i < d->effects; i++) {
		const struct design_column *c = &d->column[d->effect[i].column];
		by_effect[i] += (z[d->effect[i].column] - c->mean) / c->spread
		              * ((d->effect[i].on & ON_PROCESS ? by_process : 0) + (d->effect[i].on & ON_DROPOUT ? by_dropout : 0));
	}
	return value;
}

/* theta is in p->theta. by_effect: NULL without gradient, which goes to p->gradient. */
static double sample_value(struct problem *p, const double *effect, bool slope, double *by_effect)
{
	const struct sample *s = p->s->sample;
	if (s->classes.n == 0)
		return p->s->model->loss(p->prep, s->histories, p->theta, slope ? p->gradient : NULL);
	double value = 0;
	memset(p->gradient, 0, sizeof p->gradient);
	for (size_t k = 0; k < s->classes.n && isfinite(value); k++)
		value += class_value(p, k, effect, slope ? p->gradient : NULL, by_effect);
	return value;
}

/* ---- descent ---- */

/* The loss, the penalty, and a wall at the limits, smooth to the second derivative: a parameter on its way to infinity
 * comes to rest there, and the others at their optimum. */
static double problem_value(void *user, const double *theta, double *gradient)
{
	struct problem *p = user;
	size_t first = p->s->model->n_fixed, free = solve_free(p->s->model), n = solve_size(p->s);
	double by_effect[EFFECTS_MOST] = { 0 };
	memcpy(p->theta + first, theta, free * sizeof *theta);
	double value = sample_value(p, theta + free, gradient != NULL, by_effect);
	for (size_t i = 0; i < n; i++) {
		double over = solve_beyond(p->s, theta, i), penalty = i < free ? 0 : p->s->penalty;
		value += p->wall * fabs(over) * over * over / 3 + penalty * theta[i] * theta[i] / 2;
		if (gradient != NULL)
			gradient[i] = (i < free ? p->gradient[first + i] : by_effect[i - free]) + p->wall * over * fabs(over) + penalty * theta[i];
	}
	return value;
}

static bool problem_cancel(void *user, size_t iteration, double value)
{
	struct problem *p = user;
	(void)iteration, (void)value;
	return p->s->options->cancel(p->s->options->user);
}

double solve_loss(const struct solve *s, struct arena *a, const double *theta, double *gradient)
{
	struct problem p = { .s = s, .wall = WALL + sample_customers(s->sample), .theta = { s->k } };
	return s->model->prepare(s->model, a, s->sample, &p.prep) ? (double)INFINITY : problem_value(&p, theta, gradient);
}

enum rc solve_run(const struct solve *s, struct arena *a, const double *start, size_t starts, struct optim_result *r)
{
	struct problem p = { .s = s, .wall = WALL + sample_customers(s->sample), .theta = { s->k } };
	struct optim_problem problem = {
		.n = solve_size(s), .value = problem_value, .cancel = s->options->cancel ? problem_cancel : NULL, .user = &p,
	};
	struct optim_options options = { .newton = s->trial || rows_of(s->sample) > MANY ? 1 : 4, .decrease = s->trial ? TRIAL_DECREASE : 0,
		.inverse = s->inverse };
	enum rc rc = s->model->prepare(s->model, a, s->sample, &p.prep);
	if (rc)
		return rc;
	optim_minimise(&problem, start, starts, &options, r);
	/* On a ridge the descent may stop early: once more from there, with what it learnt forgotten. */
	for (int again = 0; again < 2 && !s->trial && r->status == OPTIM_CONVERGED && r->gradient_max > GRADIENT_SHARE * sample_customers(s->sample); again++) {
		struct optim_result before = *r;
		options = (struct optim_options) { .decrease = 1e-15 };
		optim_minimise(&problem, before.x, 1, &options, r);
		r->iterations += before.iterations;
		r->evaluations += before.evaluations;
	}
	if (r->status != OPTIM_NONFINITE) {
		memcpy(p.theta + s->model->n_fixed, r->x, solve_free(s->model) * sizeof *r->x);
		r->value = sample_value(&p, r->x + solve_free(s->model), false, NULL);
	}
	if (r->status == OPTIM_CANCELLED)
		return err_set(RC_CANCELLED, "FIT-104", "cancelled while fitting %s", s->model->title);
	return RC_OK;
}
