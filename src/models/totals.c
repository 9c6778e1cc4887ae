/* What all customers bring together, and how sure that is: their own chance, and what the parameters leave
 * open. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "models/forecast_priv.h"

#define SAMPLE    4000
#define STEP      1e-3              /* of the log-parameters */
#define NORMAL_90 1.2815515655446004

/* Totals that have an uncertainty of parameters. */
enum { ALIVE, PURCHASES, WORTH, AT_RISK, LOST, TOTALS };

struct totals_sum {
	size_t n;
	double sum[TOTALS], lost_digits[TOTALS]; /* compensated */
	double near;
	double variance_n, variance;
	bool   money, endless;
};

struct totals_sum *totals_new(struct arena *a)
{
	return arena_alloc(a, 1, sizeof(struct totals_sum));
}

static void add(struct totals_sum *t, size_t i, double v)
{
	double y = v - t->lost_digits[i], s = t->sum[i] + y;
	t->lost_digits[i] = (s - t->sum[i]) - y;
	t->sum[i] = s;
}

void totals_add(struct totals_sum *t, const struct prediction *p)
{
	t->n++;
	add(t, ALIVE, p->p_alive);
	add(t, PURCHASES, p->expected);
	add(t, WORTH, p->worth);
	add(t, AT_RISK, isnan(p->at_risk) ? 0 : p->at_risk);
	add(t, LOST, isnan(p->already_lost) ? 0 : p->already_lost);
	t->near += p->near;
	t->variance_n += p->variance_n;
	if (isfinite(p->variance))
		t->variance += p->variance;
	else
		t->endless = true;
}

/* Every step-th customer, with what is held while parameters move. */
struct sample_set { size_t n, step; double *factor; };

/* The totals over the sample at other parameters. */
static void totals_at(const struct forecast *f, const struct sample_set *s, const struct fit *purchase, const double *spend, double *sum)
{
	const struct model *m = purchase->model;
	double param[MODEL_PARAMS];
	double horizon = outlook_days(&f->o, f->o.horizon) / f->days, margin = f->money ? f->o.margin : 1;
	memset(sum, 0, TOTALS * sizeof *sum);
	for (size_t k = 0; k < s->n; k++) {
		size_t i = k * s->step;
		struct history h = { .x = f->c->x[i], .t_x = f->c->t_x[i] / f->days, .t = f->c->t[i] / f->days };
		fit_own(purchase, forecast_columns(f, i), param);
		double alive = m->alive(m, param, &h), expected = m->expected(m, param, &h, horizon);
		double stays = m->stays(m, param, &h, horizon);
		double value = f->money ? forecast_spending(f, spend, i).value * margin : 1;
		sum[ALIVE] += alive;
		sum[PURCHASES] += alive * expected;
		sum[WORTH] += alive * expected * s->factor[k] * value;
		sum[AT_RISK] += alive * fmax(stays - expected, 0) * value;
		sum[LOST] += (1 - alive) * stays * value;
	}
}

/* Move parameter or effect j by step, of its logarithm or its column's spread; how far that is. */
static double move(struct fit *f, size_t j, double step)
{
	if (j < f->model->n_params) {
		f->param[j] *= exp(step);
		return step;
	}
	step /= f->design.column[f->design.effect[j - f->model->n_params].column].spread;
	f->param[j] += step;
	return step;
}

/* Add the variance that the parameters of one fit leave: g' C g, with g over log-parameters and effects. */
static void add_variance(const struct forecast *f, const struct sample_set *s, const struct fit *fit, bool is_spend,
                         const double *base, const double *total, double *variance)
{
	double gradient[FIT_MOST][TOTALS], up[TOTALS], down[TOTALS];
	size_t k = fit_size(fit);
	for (size_t j = 0; j < k; j++) {
		if (j < fit->model->n_fixed) {
			memset(gradient[j], 0, sizeof gradient[j]);
			continue;
		}
		double step = 0;
		for (int side = -1; side <= 1; side += 2) {
			struct fit moved = *fit;
			step = fabs(move(&moved, j, side * STEP));
			totals_at(f, s, is_spend ? &f->set->purchase : &moved, is_spend ? moved.param : f->spend, side < 0 ? down : up);
		}
		for (size_t q = 0; q < TOTALS; q++)
			gradient[j][q] = base[q] > 0 ? (up[q] - down[q]) / (2 * step) * (total[q] / base[q]) : 0;
	}
	for (size_t q = 0; q < TOTALS; q++)
		for (size_t i = 0; i < k; i++)
			for (size_t j = 0; j < k; j++)
				variance[q] += gradient[i][q] * fit->covariance[i * k + j] * gradient[j][q];
}

static struct total interval(double value, double variance)
{
	double half = NORMAL_90 * sqrt(fmax(variance, 0));
	return (struct total) { value, fmax(value - half, 0), value + half };
}

/* The discount factor of each sampled customer at the estimate. */
static void factors_fill(const struct forecast *f, struct sample_set *s)
{
	for (size_t k = 0; k < s->n; k++) {
		struct prediction p;
		forecast_customer(f, k * s->step, &p);
		s->factor[k] = p.expected > 0 ? p.discounted / p.expected : 1;
	}
}

void totals_finish(const struct totals_sum *t, const struct forecast *f, struct totals *out)
{
	double base[TOTALS], variance[TOTALS] = { 0 };
	struct arena *work = arena_new();
	struct sample_set s = { .step = t->n / SAMPLE + 1 };
	s.n = (t->n + s.step - 1) / s.step;
	s.factor = arena_alloc(work, s.n + 1, sizeof *s.factor);
	factors_fill(f, &s);
	totals_at(f, &s, &f->set->purchase, f->spend, base);
	add_variance(f, &s, &f->set->purchase, false, base, t->sum, variance);
	if (f->spend != NULL)
		add_variance(f, &s, &f->set->spend, true, base, t->sum, variance);
	arena_free(work);
	*out = (struct totals) {
		.customers = t->n, .sampled = s.n, .endless = t->endless,
		.alive = interval(t->sum[ALIVE], variance[ALIVE]),
		.expected = interval(t->sum[PURCHASES], variance[PURCHASES] + t->variance_n),
		.near = { t->near, NAN, NAN },
		.worth = interval(t->sum[WORTH], t->endless ? NAN : variance[WORTH] + t->variance),
		.at_risk = interval(t->sum[AT_RISK], variance[AT_RISK]),
		.already_lost = interval(t->sum[LOST], variance[LOST]),
	};
	if (t->endless)
		out->worth.low = out->worth.high = NAN;
}
