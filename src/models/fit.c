/* The one control flow that estimates any model. The data are scaled to a mean T, or a mean spend, of 1, so
 * that starts and limits mean the same in days and in weeks; the starts compete on every k-th customer and
 * the winner is taken to all of them. */
#include "config.h"

#include "models/fit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "math/optim.h"

#define TRIAL_CUSTOMERS 10000 /* on which the starts compete */
#define TRIAL_DECREASE  1e-7  /* and how near they come: the winner goes on from there */
#define WEAK_SE         1.5   /* log-scale standard error of a parameter worth a word */
#define LOST_SE         5.0   /* ... and of one that the data say nothing about */
#define GRADIENT_SHARE 1e-6   /* of the number of customers: what a maximum may leave of the gradient */
#define WALL            10.0  /* steepness, beside the number of customers, of the wall at a parameter's limit */
#define NORMAL_975      1.959963984540054
#define CORRELATION_MAX 0.3

static const char *const status_names[] = {
	[FIT_CONVERGED] = "converged", [FIT_STALLED] = "stalled", [FIT_LIMIT] = "limit",
	[FIT_RUNAWAY] = "runaway", [FIT_NONFINITE] = "nonfinite", [FIT_REFUSED] = "refused",
};

const char *fit_status_name(enum fit_status status)
{
	return status_names[status];
}

double period_days(const char *period)
{
	if (strcmp(period, "week") == 0)
		return 7;
	return strcmp(period, "month") == 0 ? DAYS_PER_MONTH : 1;
}

static void say(struct fit *f, const char *text)
{
	size_t n = strlen(f->message);
	snprintf(f->message + n, sizeof f->message - n, "%s%s", n > 0 ? "; " : "", text);
}


/* What the loss and the question whether to stop share. */
struct problem {
	const struct model       *model;
	void                     *prep;
	const struct histories   *histories;
	const struct fit_options *options;
	double                    wall;
	double                    theta[MODEL_PARAMS], gradient[MODEL_PARAMS]; /* with the chosen parameter in front */
};

static size_t free_of(const struct model *m)
{
	return m->n_params - m->n_fixed;
}

/* How far the estimated parameter i is beyond its limit; negative or positive with it, 0 inside. */
static double beyond(const struct model *m, const double *theta, size_t i)
{
	double over = fabs(theta[i]) - m->params[m->n_fixed + i].limit;
	return over > 0 ? copysign(over, theta[i]) : 0;
}

/* The loss, and a wall at the limits, smooth to the second derivative: a parameter on its way to infinity
 * comes to rest there, and the others at their optimum. */
static double problem_value(void *user, const double *theta, double *gradient)
{
	struct problem *p = user;
	size_t first = p->model->n_fixed;
	memcpy(p->theta + first, theta, free_of(p->model) * sizeof *theta);
	double value = p->model->loss(p->prep, p->histories, p->theta, gradient ? p->gradient : NULL);
	for (size_t i = 0; i < free_of(p->model); i++) {
		double over = beyond(p->model, theta, i);
		value += p->wall * fabs(over) * over * over / 3;
		if (gradient != NULL)
			gradient[i] = p->gradient[first + i] + p->wall * over * fabs(over);
	}
	return value;
}

static bool problem_cancel(void *user, size_t iteration, double value)
{
	struct problem *p = user;
	(void)iteration, (void)value;
	return p->options->cancel(p->options->user);
}

/* What a parameter is multiplied with when times and amounts are. */
static double unit_of(const struct param *p, double time, double money)
{
	return p->scale == PARAM_TIME ? time : p->scale == PARAM_RATE ? 1 / time : p->scale == PARAM_MONEY ? money : 1;
}

static double customers_of(const struct sample *s)
{
	return (double)(s->histories ? s->histories->customers : s->spends->customers);
}

static size_t rows_of(const struct sample *s)
{
	return s->histories ? s->histories->n : s->spends->customers;
}

/* Where a search begins: free parameters only, and the curvature there when there is only one. */
struct beginning {
	double start[MODEL_STARTS * MODEL_PARAMS];
	double inverse[MODEL_PARAMS * MODEL_PARAMS];
	size_t starts;
	bool   curved; /* inverse is known */
};

/* k: ln of the chosen parameter. */
static enum rc minimise(const struct model *m, double k, struct arena *a, const struct sample *s, const struct beginning *b,
                        const struct fit_options *o, bool trial, struct optim_result *r)
{
	struct problem p = { .model = m, .histories = s->histories, .options = o, .theta = { k } };
	p.wall = WALL + customers_of(s);
	struct optim_problem problem = {
		.n = free_of(m), .value = problem_value, .cancel = o->cancel ? problem_cancel : NULL, .user = &p,
	};
	/* On many rows the descent alone is within a hundredth of a standard error; one Newton step removes that. */
	struct optim_options options = { .newton = trial || rows_of(s) > TRIAL_CUSTOMERS ? 1 : 4, .decrease = trial ? TRIAL_DECREASE : 0,
		.inverse = b->curved ? b->inverse : NULL };
	enum rc rc = m->prepare(m, a, s, &p.prep);
	if (rc)
		return rc;
	optim_minimise(&problem, b->start, b->starts, &options, r);
	/* On a ridge the descent may stop early: once more from there, with what it learnt forgotten. */
	for (int again = 0; again < 2 && !trial && r->status == OPTIM_CONVERGED && r->gradient_max > GRADIENT_SHARE * customers_of(s); again++) {
		struct optim_result before = *r;
		options = (struct optim_options) { .decrease = 1e-15 };
		optim_minimise(&problem, before.x, 1, &options, r);
		r->iterations += before.iterations;
		r->evaluations += before.evaluations;
	}
	if (r->status != OPTIM_NONFINITE) {
		memcpy(p.theta + m->n_fixed, r->x, free_of(m) * sizeof *r->x);
		r->value = m->loss(p.prep, s->histories, p.theta, NULL);
	}
	if (r->status == OPTIM_CANCELLED)
		return err_set(RC_CANCELLED, "FIT-104", "cancelled while fitting %s", m->title);
	return RC_OK;
}

static enum rc sample_build(const struct model *m, struct arena *a, const struct cohort *c, size_t step,
                            const struct fit_options *o, struct sample *out)
{
	struct histories *h = NULL;
	struct spends *s = NULL;
	enum rc rc = m->kind == MODEL_SPEND ? spends_build(a, c, step, o->spend_repeat, &s) : histories_build(a, c, step, &h);
	*out = (struct sample) { h, s };
	return rc;
}

/* The starts compete on a part of the customers; the beginning is then the winner's end, in the units of the whole. */
static enum rc choose_start(const struct model *m, double k, struct arena *a, const struct cohort *c, const struct sample *whole,
                            const struct fit_options *o, struct beginning *b)
{
	size_t step = c->n / TRIAL_CUSTOMERS;
	if (step < 2)
		return RC_OK;
	struct sample part;
	struct optim_result r;
	enum rc rc = sample_build(m, a, c, step, o, &part);
	if (!rc && (part.histories ? part.histories->sum_x == 0 : part.spends->customers < m->n_params))
		return RC_OK;
	if (!rc)
		rc = minimise(m, k, a, &part, b, o, true, &r);
	if (rc || r.status != OPTIM_CONVERGED)
		return rc;
	for (size_t i = 0; i < free_of(m); i++) {
		double time = part.histories ? part.histories->mean_t / whole->histories->mean_t : 1;
		b->start[i] = r.x[i] + log(unit_of(&m->params[m->n_fixed + i], time, part.spends ? part.spends->scale / whole->spends->scale : 1));
	}
	b->starts = 1;
	b->curved = r.positive_definite;
	for (size_t i = 0; b->curved && i < free_of(m) * free_of(m); i++)
		b->inverse[i] = r.covariance[i] * customers_of(&part) / customers_of(whole);
	return RC_OK;
}

/* What is too little to fit. */
static bool refused(const struct model *m, const struct sample *s, const struct fit_options *o, struct fit *f)
{
	size_t n = m->kind == MODEL_SPEND ? s->spends->customers : s->histories->customers;
	f->status = FIT_REFUSED;
	f->n = n;
	if (n < o->min_customers || n < m->n_params) {
		size_t least = o->min_customers > m->n_params ? o->min_customers : m->n_params;
		snprintf(f->message, sizeof f->message, "%zu customers %s; the least is %zu", n,
		         m->kind == MODEL_SPEND ? "with a usable spend" : "to fit", least);
		return true;
	}
	if (m->kind == MODEL_PURCHASES && s->histories->sum_x == 0) {
		snprintf(f->message, sizeof f->message, "no customer bought on a second day: there is no rate to estimate");
		return true;
	}
	return false;
}

/* Natural parameters, errors and the likelihood in the units asked for. unit: what 1 stands for at the start, over
 * what it shall. */
static void take_result(const struct model *m, double chosen, const struct sample *s, const struct optim_result *r, struct fit *f)
{
	size_t k = m->n_params, first = m->n_fixed, n = free_of(m);
	double time = s->histories ? s->histories->mean_t / period_days(f->period) : 1;
	double money = s->spends ? s->spends->scale : 1;
	if (first > 0)
		f->param[0] = chosen;
	for (size_t i = 0; i < n; i++) {
		double unit = unit_of(&m->params[first + i], time, money);
		double se = beyond(m, r->x, i) != 0 ? (double)NAN : sqrt(r->covariance[i * n + i]);
		f->param[first + i] = exp(r->x[i]) * unit;
		f->se[first + i] = f->param[first + i] * se;
		f->low[first + i] = f->param[first + i] * exp(-NORMAL_975 * se);
		f->high[first + i] = f->param[first + i] * exp(NORMAL_975 * se);
	}
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			f->covariance[i * k + j] = isnan(f->se[i]) || isnan(f->se[j]) ? 0 : r->covariance[(i - first) * n + j - first];
	f->loglik = -r->value;
	if (s->spends)
		f->loglik -= (double)s->spends->customers * log(money);
	else if (!m->discrete)
		f->loglik -= (first > 0 ? chosen : 1) * s->histories->sum_x * log(time);
	if (m->constant)
		f->loglik -= m->constant(m, f->param, s->histories->sum_x, s->histories->log_gaps - s->histories->sum_x * log(period_days(f->period)));
	f->aic = 2 * (double)n - 2 * f->loglik;
	f->bic = (double)n * log((double)f->n) - 2 * f->loglik;
	f->gradient_norm = r->gradient_max;
	f->hessian_condition = r->condition;
}

static void name_runaway(struct fit *f, size_t i, double at)
{
	char text[160];
	snprintf(text, sizeof text, "%s runs %s: %s", f->model->params[f->model->n_fixed + i].name, at > 0 ? "away" : "to zero",
	         f->model->params[f->model->n_fixed + i].about);
	say(f, text);
}

/* Where the likelihood is flat, the parameter with the least curvature. */
static void name_flat(const struct optim_result *r, struct fit *f)
{
	size_t k = free_of(f->model), flat = 0;
	const struct param *params = f->model->params + f->model->n_fixed;
	char text[160];
	for (size_t i = 1; i < k; i++)
		flat = r->hessian[i * k + i] < r->hessian[flat * k + flat] ? i : flat;
	snprintf(text, sizeof text, "the likelihood is flat in %s: %s", params[flat].name, params[flat].about);
	say(f, text);
}

/* Parameters that came to rest at their limit, and those with a useless standard error. */
static void judge_parameters(const struct optim_result *r, struct fit *f)
{
	size_t k = free_of(f->model);
	for (size_t i = 0; i < k; i++) {
		double se = sqrt(r->covariance[i * k + i]);
		char text[120];
		if (beyond(f->model, r->x, i) != 0 || se > LOST_SE) {
			f->status = FIT_RUNAWAY;
			name_runaway(f, i, r->x[i]);
		} else if (se > WEAK_SE) {
			snprintf(text, sizeof text, "%s is hardly identified (standard error %.1f on the log scale)", f->model->params[f->model->n_fixed + i].name, se);
			say(f, text);
		}
	}
}

static void judge(const struct optim_result *r, struct fit *f)
{
	static const enum fit_status of[] = {
		[OPTIM_CONVERGED] = FIT_CONVERGED, [OPTIM_STALLED] = FIT_STALLED, [OPTIM_LIMIT] = FIT_LIMIT,
		[OPTIM_RUNAWAY] = FIT_RUNAWAY, [OPTIM_NONFINITE] = FIT_NONFINITE,
	};
	f->status = of[r->status];
	f->iterations += r->iterations;
	f->evaluations += r->evaluations;
	if (f->status == FIT_NONFINITE) {
		say(f, "the likelihood is not finite at any start");
		return;
	}
	if (f->status == FIT_LIMIT)
		say(f, "the iterations were used up");
	/* At a limit the loss is the wall's, and a search that gets no further has found what there is. */
	for (size_t i = 0; i < free_of(f->model); i++)
		if (f->status == FIT_STALLED && beyond(f->model, r->x, i) != 0)
			f->status = FIT_CONVERGED;
	if (f->status == FIT_STALLED)
		say(f, "no better point was found, and the gradient is not that of a maximum");
	if (f->status != FIT_CONVERGED)
		return;
	judge_parameters(r, f);
	if (f->status == FIT_CONVERGED && r->gradient_max > GRADIENT_SHARE * fmax(1, (double)f->n)) {
		f->status = FIT_STALLED;
		say(f, "the gradient is not that of a maximum");
	} else if (f->status == FIT_CONVERGED && !r->positive_definite) {
		f->status = FIT_RUNAWAY;
		name_flat(r, f);
	}
}

/* What a reader of the spend model must know. */
static void judge_spend(const struct spends *s, struct fit *f)
{
	char text[160];
	f->per_purchase = s->per_purchase;
	f->correlation = s->correlation;
	if (fit_usable(f) && f->param[1] <= 1) {
		snprintf(text, sizeof text, "q is not above 1, so the mean spend of all customers does not exist: "
		         "%.2f a purchase, as observed, stands in for newcomers", f->per_purchase);
		say(f, text);
	}
	if (fabs(f->correlation) > CORRELATION_MAX) {
		snprintf(text, sizeof text, "frequency and spend correlate (%.2f): the model takes them as independent", f->correlation);
		say(f, text);
	}
}

/* On a boundary the numbers say little; what they are the limit of says more. */
static void judge_boundary(struct fit *f)
{
	char text[160];
	const struct model *m = f->model;
	if (f->status == FIT_RUNAWAY && m->limit && m->limit(m, f->param, f->period, text, sizeof text))
		say(f, text);
}

static void no_result(struct fit *f)
{
	for (size_t i = 0; i < MODEL_PARAMS; i++)
		f->param[i] = f->se[i] = f->low[i] = f->high[i] = NAN;
	for (size_t i = 0; i < MODEL_PARAMS * MODEL_PARAMS; i++)
		f->covariance[i] = NAN;
	f->loglik = f->aic = f->bic = f->gradient_norm = f->per_purchase = f->correlation = NAN;
	f->hessian_condition = INFINITY;
}

/* One fit, the chosen parameter given; began from all starts. */
static enum rc estimate_at(const struct model *m, double k, struct arena *a, const struct cohort *c, const struct sample *s,
                           const struct fit_options *o, struct fit *f)
{
	struct optim_result r;
	struct beginning b = { .curved = false };
	double full[MODEL_STARTS * MODEL_PARAMS];
	for (size_t i = 0; i < MODEL_STARTS && m->n_fixed > 0; i++)
		full[i * m->n_params] = log(k);
	b.starts = m->starts(m, s, full);
	for (size_t i = 0; i < b.starts; i++)
		memcpy(b.start + i * free_of(m), full + i * m->n_params + m->n_fixed, free_of(m) * sizeof *b.start);
	enum rc rc = choose_start(m, log(k), a, c, s, o, &b);
	if (!rc)
		rc = minimise(m, log(k), a, s, &b, o, false, &r);
	if (rc)
		return rc;
	if (r.status != OPTIM_NONFINITE)
		take_result(m, k, s, &r, f);
	judge(&r, f);
	judge_boundary(f);
	return RC_OK;
}

/* The chosen parameter from 1 upwards, until the likelihood falls. */
static enum rc estimate_choice(const struct model *m, struct arena *a, const struct cohort *c, const struct sample *s,
                               const struct fit_options *o, struct fit *f)
{
	const struct fit fresh = *f;
	enum rc rc = RC_OK;
	for (int k = 1; !rc && k <= FIXED_MOST; k++) {
		struct fit at = fresh;
		rc = estimate_at(m, k, a, c, s, o, &at);
		at.choice = f->choice;
		at.choice.loglik[at.choice.n++] = at.loglik;
		bool better = k == 1 || at.loglik > f->loglik;
		if (better)
			*f = at;
		f->choice = at.choice;
		if (!better)
			break;
	}
	return rc;
}

static enum rc estimate(const struct model *m, struct arena *a, const struct cohort *c, const struct fit_options *o,
                        struct fit *f)
{
	struct sample s;
	enum rc rc = sample_build(m, a, c, 1, o, &s);
	if (rc || refused(m, &s, o, f))
		return rc;
	f->n_distinct = rows_of(&s);
	if (m->n_fixed > 0 && isnan(c->log_gaps) && o->k != 1)
		rc = err_set(RC_DATA, "FIT-113", "%s needs the times between purchases, and this history does not have them", m->title);
	else if (m->n_fixed > 0 && o->k == 0)
		rc = estimate_choice(m, a, c, &s, o, f);
	else
		rc = estimate_at(m, o->k > 0 ? o->k : 1, a, c, &s, o, f);
	if (!rc && s.spends)
		judge_spend(s.spends, f);
	return rc;
}

bool fit_usable(const struct fit *f)
{
	if (f == NULL || f->model == NULL)
		return false;
	return f->status == FIT_CONVERGED || f->status == FIT_RUNAWAY;
}

enum rc fit_one(const struct model *model, const struct cohort *c, const struct fit_options *o, struct fit *out)
{
	double began = clock_seconds();
	struct arena *a = arena_new();
	struct fit f = { .model = model, .as_of = c->as_of, .spend_repeat = o->spend_repeat };
	snprintf(f.period, sizeof f.period, "%s", o->period && !model->discrete ? o->period : "day");
	no_result(&f);
	enum rc rc = estimate(model, a, c, o, &f);
	arena_free(a);
	f.seconds = clock_seconds() - began;
	if (rc == RC_OK)
		*out = f;
	return rc;
}

struct js *fit_json(const struct fit *f)
{
	struct js *o = js_object(), *params = js_object();
	js_set_text(o, "model", f->model->id);
	for (size_t i = 0; i < f->model->n_params; i++) {
		struct js *p = js_object();
		js_set_real(p, "value", f->param[i]);
		js_set_real(p, "se", f->se[i]);
		js_set_real(p, "low", f->low[i]);
		js_set_real(p, "high", f->high[i]);
		js_set(params, f->model->params[i].name, p);
	}
	js_set(o, "params", params);
	if (f->choice.n > 0) {
		struct js *tried = js_array();
		for (size_t i = 0; i < f->choice.n; i++)
			js_add(tried, js_real(f->choice.loglik[i]));
		js_set(o, "k_loglik", tried);
	}
	js_set_real(o, "loglik", f->loglik);
	js_set_real(o, "aic", f->aic);
	js_set_real(o, "bic", f->bic);
	js_set_int(o, "n", (int64_t)f->n);
	js_set_int(o, "distinct", (int64_t)f->n_distinct);
	js_set_text(o, "status", fit_status_name(f->status));
	js_set_text(o, "message", f->message);
	js_set_text(o, "period", f->period);
	js_set_real(o, "gradient_norm", f->gradient_norm);
	js_set_real(o, "hessian_condition", f->hessian_condition);
	js_set_int(o, "iterations", (int64_t)f->iterations);
	js_set_int(o, "evaluations", (int64_t)f->evaluations);
	js_set_real(o, "seconds", f->seconds);
	if (f->model->kind == MODEL_SPEND) {
		js_set_text(o, "spend", f->spend_repeat ? "repeat" : "all");
		js_set_real(o, "correlation", f->correlation);
		js_set_real(o, "per_purchase", f->per_purchase);
	}
	return o;
}
