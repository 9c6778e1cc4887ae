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
#include "math/special.h"
#include "models/seasonal.h"
#include "models/solve.h"

#define TRIAL_CUSTOMERS 10000 /* on which the starts compete */
#define WEAK_SE         1.5   /* log-scale standard error of a parameter worth a word */
#define LOST_SE         5.0   /* ... and of one that the data say nothing about */
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

void fit_say(struct fit *f, const char *text)
{
	size_t n = strlen(f->message);
	snprintf(f->message + n, sizeof f->message - n, "%s%s", n > 0 ? "; " : "", text);
}

/* What a parameter is multiplied with when times and amounts are. */
static double unit_of(const struct param *p, double time, double money)
{
	return p->scale == PARAM_TIME ? time : p->scale == PARAM_RATE ? 1 / time : p->scale == PARAM_MONEY ? money : 1;
}

/* Histories that differ, class by class where there are classes; of spend, customers. */
static size_t distinct_of(const struct sample *s)
{
	size_t n = 0;
	for (size_t k = 0; k < s->classes.n; k++)
		n += s->part[k]->n;
	return n > 0 ? n : s->histories ? s->histories->n : s->spends->customers;
}

static enum rc sample_build(const struct model *m, struct arena *a, const struct cohort *c, size_t step,
                            const struct fit_options *o, struct sample *out)
{
	struct histories *h = NULL;
	struct spends *s = NULL;
	enum rc rc = m->kind == MODEL_SPEND ? spends_build(a, c, step, o->spend_repeat, &s) : histories_build(a, c, step, &h);
	*out = (struct sample) { .histories = h, .spends = s };
	return rc;
}

/* Where a search begins: free parameters only, and the curvature there when there is only one. */
struct beginning {
	double start[MODEL_STARTS * MODEL_PARAMS];
	double inverse[MODEL_PARAMS * MODEL_PARAMS];
	size_t starts;
	bool   curved; /* inverse is known */
};

/* The starts compete on a part of the customers; the beginning is then the winner's end, in the units of the whole. */
static enum rc choose_start(const struct model *m, double k, struct arena *a, const struct cohort *c, const struct sample *whole,
                            const struct fit_options *o, struct beginning *b)
{
	size_t step = c->n / TRIAL_CUSTOMERS;
	if (step < 2)
		return RC_OK;
	struct sample part;
	struct optim_result r;
	struct solve solve = { .model = m, .k = k, .sample = &part, .options = o, .trial = true };
	enum rc rc = sample_build(m, a, c, step, o, &part);
	if (!rc && (part.histories ? part.histories->sum_x == 0 : part.spends->customers < m->n_params))
		return RC_OK;
	if (!rc)
		rc = solve_run(&solve, a, b->start, b->starts, &r);
	if (rc || r.status != OPTIM_CONVERGED)
		return rc;
	for (size_t i = 0; i < solve_free(m); i++) {
		double time = part.histories ? part.histories->mean_t / whole->histories->mean_t : 1;
		b->start[i] = r.x[i] + log(unit_of(&m->params[m->n_fixed + i], time, part.spends ? part.spends->scale / whole->spends->scale : 1));
	}
	b->starts = 1;
	b->curved = r.positive_definite;
	for (size_t i = 0; b->curved && i < solve_free(m) * solve_free(m); i++)
		b->inverse[i] = r.covariance[i] * sample_customers(&part) / sample_customers(whole);
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

/* What the effect i adds to the logarithm of parameter j, for one of its column in the unit of the data. */
static double pull_of(const struct fit *f, size_t i, size_t j)
{
	const struct param *p = &f->model->params[j];
	int on = f->design.effect[i].on;
	return (on & ON_PROCESS ? p->process : 0) + (on & ON_DROPOUT ? p->dropout : 0);
}

/* From what was solved for (in spreads, at the mean of the columns, without chosen parameters) to what is told (in the unit of the data, at
 * their origin): row i of the linear map. */
static void told_as(const struct fit *f, size_t i, double *row)
{
	size_t first = f->model->n_fixed, free = solve_free(f->model);
	memset(row, 0, FIT_MOST * sizeof *row);
	if (i < first)
		return;
	for (size_t e = 0; e < f->design.effects; e++) {
		const struct design_column *c = &f->design.column[f->design.effect[e].column];
		row[free + e] = i == f->model->n_params + e ? 1 / c->spread : i < f->model->n_params ? pull_of(f, e, i) * (c->origin - c->mean) / c->spread : 0;
	}
	if (i < f->model->n_params)
		row[i - first] = 1;
}

/* The covariance of what is told; what came to rest at a limit has none. */
static void take_covariance(const struct solve *solve, const struct optim_result *r, struct fit *f)
{
	size_t size = fit_size(f), n = solve_size(solve);
	double row[FIT_MOST], other[FIT_MOST];
	for (size_t i = 0; i < size; i++)
		for (size_t j = 0; j < size; j++) {
			double sum = 0;
			told_as(f, i, row);
			told_as(f, j, other);
			for (size_t k = 0; k < n; k++)
				for (size_t l = 0; l < n && row[k] != 0; l++)
					if (other[l] != 0 && solve_beyond(solve, r->x, k) == 0 && solve_beyond(solve, r->x, l) == 0)
						sum += row[k] * r->covariance[k * n + l] * other[l];
			f->covariance[i * size + j] = sum;
		}
	for (size_t i = 0; i < size; i++)
		f->se[i] = i < f->model->n_fixed || solve_beyond(solve, r->x, i - f->model->n_fixed) != 0 ? (double)NAN : sqrt(f->covariance[i * size + i]);
	for (size_t i = 0; i < size * size; i++)
		f->covariance[i] = isnan(f->se[i / size]) || isnan(f->se[i % size]) ? 0 : f->covariance[i];
}

/* Natural parameters, errors and the likelihood in the units asked for. unit: what 1 stands for at the start, over
 * what it shall. */
static void take_result(const struct solve *solve, const struct optim_result *r, struct fit *f)
{
	const struct model *m = f->model;
	const struct sample *s = solve->sample;
	size_t first = m->n_fixed, n = solve_size(solve);
	double time = s->histories ? s->histories->mean_t / period_days(f->period) : 1, row[FIT_MOST];
	double money = s->spends ? s->spends->scale : 1, chosen = exp(solve->k);
	if (first > 0)
		f->param[0] = round(chosen);
	take_covariance(solve, r, f);
	for (size_t i = first; i < fit_size(f); i++) {
		/* One that is carried along has a variance given the other, which totals need, but no error of its own. */
		double at = 0, se = solve_carried(solve, r->x, i - first) ? (double)NAN : f->se[i];
		told_as(f, i, row);
		for (size_t k = 0; k < n; k++)
			at += row[k] != 0 ? row[k] * r->x[k] : 0;
		if (i < m->n_params) {
			f->param[i] = exp(at) * unit_of(&m->params[i], time, money);
			f->se[i] = f->param[i] * se;
			f->low[i] = f->param[i] * exp(-NORMAL_975 * se);
			f->high[i] = f->param[i] * exp(NORMAL_975 * se);
		} else {
			f->param[i] = at;
			f->low[i] = at - NORMAL_975 * se;
			f->high[i] = at + NORMAL_975 * se;
		}
	}
	f->loglik = -r->value;
	if (s->spends)
		f->loglik -= (double)s->spends->customers * log(money);
	else if (!m->discrete)
		f->loglik -= (first > 0 ? f->param[0] : 1) * s->histories->sum_x * log(time);
	if (m->constant)
		f->loglik -= m->constant(m, f->param, s->histories->sum_x, s->histories->log_gaps - s->histories->sum_x * log(period_days(f->period)));
	f->aic = 2 * (double)n - 2 * f->loglik;
	f->bic = (double)n * log((double)f->n) - 2 * f->loglik;
	f->gradient_norm = r->gradient_max;
	f->hessian_condition = r->condition;
}

/* What it means for parameter or effect i, of those estimated, to have no end. */
static const char *about_of(const struct fit *f, size_t i)
{
	return i < solve_free(f->model) ? f->model->params[f->model->n_fixed + i].about : "too few customers of this kind bought, or stayed, to tell";
}

static void name_runaway(struct fit *f, size_t i, double at)
{
	char text[200], name[120];
	fit_name(f, f->model->n_fixed + i, name, sizeof name);
	snprintf(text, sizeof text, "%s runs %s: %s", name, at > 0 || i >= solve_free(f->model) ? "away" : "to zero", about_of(f, i));
	fit_say(f, text);
}

/* Where the likelihood is flat, the parameter with the least curvature. */
static void name_flat(const struct optim_result *r, struct fit *f)
{
	size_t k = r->n, flat = 0;
	char text[240], name[120];
	for (size_t i = 1; i < k; i++)
		flat = r->hessian[i * k + i] < r->hessian[flat * k + flat] ? i : flat;
	fit_name(f, f->model->n_fixed + flat, name, sizeof name);
	snprintf(text, sizeof text, "the likelihood is flat in %s: %s", name, about_of(f, flat));
	fit_say(f, text);
}

/* Parameters that came to rest at their limit, and those with a useless standard error. */
static void judge_parameters(const struct solve *s, const struct optim_result *r, struct fit *f)
{
	for (size_t i = 0; i < r->n; i++) {
		double se = sqrt(r->covariance[i * r->n + i]);
		char text[200], name[120];
		fit_name(f, f->model->n_fixed + i, name, sizeof name);
		if (solve_at_limit(s, r->x, i) || se > LOST_SE) {
			f->status = FIT_RUNAWAY;
			if (i >= solve_free(f->model) || !strstr(f->message, about_of(f, i))) /* two of a ridge mean the same */
				name_runaway(f, i, r->x[i]);
		} else if (se > WEAK_SE && i < solve_free(f->model)) {
			snprintf(text, sizeof text, "%s is hardly identified (standard error %.1f on the log scale)", name, se);
			fit_say(f, text);
		}
	}
}

static void judge(const struct solve *s, const struct optim_result *r, struct fit *f)
{
	static const enum fit_status of[] = {
		[OPTIM_CONVERGED] = FIT_CONVERGED, [OPTIM_STALLED] = FIT_STALLED, [OPTIM_LIMIT] = FIT_LIMIT,
		[OPTIM_RUNAWAY] = FIT_RUNAWAY, [OPTIM_NONFINITE] = FIT_NONFINITE,
	};
	f->status = of[r->status];
	f->iterations += r->iterations;
	f->evaluations += r->evaluations;
	if (f->status == FIT_NONFINITE) {
		fit_say(f, "the likelihood is not finite at any start");
		return;
	}
	if (f->status == FIT_LIMIT)
		fit_say(f, "the iterations were used up");
	/* At a limit the loss is the wall's, and a search that gets no further has found what there is. */
	for (size_t i = 0; i < r->n; i++)
		if (f->status == FIT_STALLED && solve_at_limit(s, r->x, i))
			f->status = FIT_CONVERGED;
	if (f->status == FIT_STALLED)
		fit_say(f, "no better point was found, and the gradient is not that of a maximum");
	if (f->status != FIT_CONVERGED)
		return;
	judge_parameters(s, r, f);
	if (f->status == FIT_CONVERGED && r->gradient_max > GRADIENT_SHARE * fmax(1, (double)f->n)) {
		f->status = FIT_STALLED;
		fit_say(f, "the gradient is not that of a maximum");
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
		fit_say(f, text);
	}
	if (fabs(f->correlation) > CORRELATION_MAX) {
		snprintf(text, sizeof text, "frequency and spend correlate (%.2f): the model takes them as independent", f->correlation);
		fit_say(f, text);
	}
}

/* On a boundary the numbers say little; what they are the limit of says more. */
static void judge_boundary(struct fit *f)
{
	char text[160];
	const struct model *m = f->model;
	if (f->status == FIT_RUNAWAY && m->limit && m->limit(m, f->param, f->period, text, sizeof text))
		fit_say(f, text);
}

static void no_result(struct fit *f)
{
	for (size_t i = 0; i < FIT_MOST; i++)
		f->param[i] = f->se[i] = f->low[i] = f->high[i] = NAN;
	for (size_t i = 0; i < FIT_MOST * FIT_MOST; i++)
		f->covariance[i] = NAN;
	f->loglik = f->aic = f->bic = f->gradient_norm = f->per_purchase = f->correlation = NAN;
	f->hessian_condition = INFINITY;
}

void fit_add_test(struct fit *f, const char *name, bool larger, int df, double other)
{
	if (f->tests == TESTS_MOST)
		return;
	struct ratio_test *t = &f->test[f->tests++];
	snprintf(t->name, sizeof t->name, "%s", name);
	t->larger = larger;
	t->df = df;
	t->loglik = other;
	t->statistic = fmax(0, 2 * (larger ? other - f->loglik : f->loglik - other));
	t->p = df > 0 ? chi2_upper(t->statistic, df) : NAN;
}

/* Were the coefficients that process and drop-out share free: begun from where they are equal, so that it cannot be worse. */
static enum rc test_equal(const struct solve *shared, struct arena *a, const struct optim_result *r, struct fit *f)
{
	struct design apart = *shared->design;
	struct solve solve = *shared;
	struct optim_result free;
	double start[FIT_MOST];
	size_t n = solve_free(f->model), both = 0;
	memcpy(start, r->x, r->n * sizeof *start);
	for (size_t i = 0; i < shared->design->effects && apart.effects < EFFECTS_MOST; i++)
		if (apart.effect[i].on == (ON_PROCESS | ON_DROPOUT)) {
			apart.effect[i].on = ON_PROCESS;
			apart.effect[apart.effects] = (struct effect) { apart.effect[i].column, ON_DROPOUT };
			start[n + apart.effects++] = start[n + i];
			both++;
		}
	if (both == 0)
		return RC_OK;
	solve.design = &apart;
	enum rc rc = solve_run(&solve, a, start, 1, &free);
	f->evaluations += free.evaluations;
	if (!rc && free.status != OPTIM_NONFINITE)
		fit_add_test(f, "separate coefficients", true, (int)both, f->loglik + r->value - free.value);
	return rc;
}

/* The effects beside the plain model, begun from its optimum with all effects 0, so that it cannot be worse. */
static enum rc add_effects(struct solve *solve, struct arena *a, const struct optim_result *plain, const double *start, struct fit *f)
{
	struct optim_result r;
	size_t n = solve_free(f->model), size;
	double from[2 * FIT_MOST] = { 0 };
	solve->design = &f->design;
	size = solve_size(solve);
	memcpy(from, plain->x, n * sizeof *from);
	memcpy(from + size, start, n * sizeof *from);
	enum rc rc = solve_run(solve, a, from, plain->status == OPTIM_CONVERGED ? 1 : 2, &r);
	if (rc)
		return rc;
	if (r.status != OPTIM_NONFINITE) {
		take_result(solve, &r, f);
		fit_add_test(f, "the model without covariates", false, (int)f->design.effects, f->loglik + r.value - plain->value);
	}
	f->iterations += plain->iterations;
	f->evaluations += plain->evaluations;
	judge(solve, &r, f);
	return r.status == OPTIM_NONFINITE ? RC_OK : test_equal(solve, a, &r, f);
}

/* One fit, the chosen parameter given; began from all starts. */
static enum rc estimate_at(const struct model *m, double k, struct arena *a, const struct cohort *c, const struct sample *s,
                           const struct fit_options *o, struct fit *f)
{
	struct optim_result r;
	struct sample all = { .histories = s->histories, .spends = s->spends };
	struct solve solve = { .model = m, .k = log(k), .sample = &all, .penalty = o->penalty, .options = o };
	struct beginning b = { .curved = false };
	double full[MODEL_STARTS * MODEL_PARAMS];
	size_t n = solve_free(m);
	for (size_t i = 0; i < MODEL_STARTS && m->n_fixed > 0; i++)
		full[i * m->n_params] = log(k);
	b.starts = m->starts(m, s, full);
	for (size_t i = 0; i < b.starts; i++)
		memcpy(b.start + i * n, full + i * m->n_params + m->n_fixed, n * sizeof *b.start);
	enum rc rc = choose_start(m, log(k), a, c, s, o, &b);
	solve.inverse = b.curved ? b.inverse : NULL;
	if (!rc)
		rc = solve_run(&solve, a, b.start, b.starts, &r);
	if (rc)
		return rc;
	solve.inverse = NULL;
	solve.sample = s;
	if (f->design.effects > 0 && r.status != OPTIM_NONFINITE) {
		rc = add_effects(&solve, a, &r, b.start, f);
	} else {
		if (r.status != OPTIM_NONFINITE)
			take_result(&solve, &r, f);
		judge(&solve, &r, f);
	}
	judge_boundary(f);
	return rc;
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

/* The customers class by class, and of each column what the fit needs to know. */
static enum rc add_classes(struct arena *a, const struct cohort *c, const struct fit_options *o, struct sample *s, struct fit *f)
{
	if (o->design == NULL || o->design->effects == 0 || s->histories == NULL)
		return RC_OK;
	f->design = *o->design;
	f->penalty = o->penalty;
	effects_settle(&f->design, f->model, c, f->message, sizeof f->message);
	if (f->design.effects == 0)
		return RC_OK;
	enum rc rc = classes_make(a, c, 1, &s->classes);
	return rc ? rc : histories_apart(a, c, 1, &s->classes, s->histories->mean_t, &s->part);
}

static enum rc estimate(const struct model *m, struct arena *a, const struct cohort *c, const struct fit_options *o,
                        struct fit *f)
{
	struct sample s;
	enum rc rc = sample_build(m, a, c, 1, o, &s);
	if (rc || refused(m, &s, o, f) || (rc = add_classes(a, c, o, &s, f)))
		return rc;
	f->n_distinct = distinct_of(&s);
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

size_t fit_size(const struct fit *f)
{
	return f->model->n_params + f->design.effects;
}

void fit_name(const struct fit *f, size_t i, char *text, size_t n)
{
	if (i < f->model->n_params)
		snprintf(text, n, "%s", f->model->params[i].name);
	else
		effect_name(&f->design, i - f->model->n_params, text, n);
}

void fit_wald(const struct fit *f, size_t i, double *z, double *p)
{
	*z = f->param[i] / f->se[i];
	*p = isnan(*z) ? NAN : 2 * normal_upper(fabs(*z));
}

void fit_own(const struct fit *f, const double *z, double *own)
{
	size_t k = f->model->n_params;
	memcpy(own, f->param, MODEL_PARAMS * sizeof *own);
	for (size_t j = f->model->n_fixed; j < k && z != NULL && f->design.effects > 0; j++) {
		double sum = 0;
		for (size_t i = 0; i < f->design.effects; i++) {
			const struct design_column *c = &f->design.column[f->design.effect[i].column];
			sum += pull_of(f, i, j) * f->param[k + i] * (z[f->design.effect[i].column] - c->origin);
		}
		own[j] *= exp(sum);
	}
}

/* On a boundary the search ends at a wall, a little short of the limit; that limit is the smaller model, whose maximum is the supremum. */
static void take_supremum(struct fit *f, double supremum)
{
	double more = supremum - f->loglik;
	if (f->status != FIT_RUNAWAY || !(more > 0))
		return;
	f->loglik += more;
	f->aic -= 2 * more;
	f->bic -= 2 * more;
	for (size_t i = 0; i < f->tests; i++) {
		f->test[i].statistic = fmax(0, 2 * (f->test[i].larger ? f->test[i].loglik - f->loglik : f->loglik - f->test[i].loglik));
		f->test[i].p = f->test[i].df > 0 ? chi2_upper(f->test[i].statistic, f->test[i].df) : NAN;
	}
}

/* The model that this one grew from, on the same customers: the smaller one is enough when p is large. */
static enum rc beside_origin(const struct cohort *c, const struct fit_options *o, struct fit *f)
{
	const struct model *small = f->model->origin ? model_find(f->model->origin) : NULL;
	struct fit_options plain = *o;
	struct fit other;
	char name[64];
	if (small == NULL || !fit_usable(f) || (!o->compare && f->status != FIT_RUNAWAY))
		return RC_OK;
	plain.compare = false;
	plain.season = NULL;
	enum rc rc = fit_one(small, c, &plain, &other);
	if (rc || !fit_usable(&other))
		return rc;
	take_supremum(f, other.loglik);
	snprintf(name, sizeof name, "%s%s", small->title, other.design.effects > 0 ? " with its covariates" : "");
	if (o->compare)
		fit_add_test(f, name, false, (int)(fit_size(f) - fit_size(&other)), other.loglik);
	return RC_OK;
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
	rc = rc ? rc : beside_origin(c, o, &f);
	if (!rc && o->season && o->season->mode != SEASON_NONE && model->kind == MODEL_PURCHASES && fit_usable(&f))
		rc = fit_seasonal(c, o, &f);
	f.seconds = clock_seconds() - began;
	if (rc == RC_OK)
		*out = f;
	return rc;
}
