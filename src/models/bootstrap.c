/* Draws from a model, and fits to them. Not here: what a single customer brings (law), intervals by curvature (fit). */
#include "config.h"

#include "models/bootstrap.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/dist.h"

#define ENDLESS   1e6  /* purchases of a customer */
#define TOTAL_OF  1000 /* customers */
#define COUNTS    256  /* purchases of a customer in a horizon, at most */

/* ---- one customer ---- */

static double draw_mixed(const struct mixed *m, const double *param, struct rng *g)
{
	if (m->law == MIXED_BETA)
		return rng_beta(g, param[m->shape], param[m->by]);
	return rng_gamma(g, param[m->shape], param[m->by]);
}

/* At each opportunity the customer leaves, or may buy. */
static void draw_discrete(const struct model *m, const double *param, double t, struct rng *g, struct history *h)
{
	double buys = draw_mixed(&m->rate, param, g), leaves = draw_mixed(&m->dropout, param, g);
	for (double at = 1; at <= t && rng_uniform(g) >= leaves; at++)
		if (rng_uniform(g) < buys) {
			h->x++;
			h->t_x = at;
		}
}

void draw_history(const struct model *m, const double *param, double t, struct rng *g, struct history *out)
{
	struct history h = { .t = t };
	double k = m->n_fixed > 0 ? param[0] : 1, leave = 0, until = t;
	if (m->discrete) {
		draw_discrete(m, param, t, g, &h);
		*out = h;
		return;
	}
	double rate = draw_mixed(&m->rate, param, g);
	if (m->dropout.law == MIXED_BETA)
		leave = draw_mixed(&m->dropout, param, g);
	if (m->dropout.law == MIXED_GAMMA) {
		double level = rng_exponential(g, fmax(draw_mixed(&m->dropout, param, g), 1e-300));
		until = fmin(t, m->dropout.over ? log1p(level) / param[m->dropout.over - 1] : level);
	}
	bool gone = m->variant && leave > 0 && rng_uniform(g) < leave;
	while (!gone && rate > 0 && h.x < ENDLESS) {
		double at = h.t_x;
		for (double i = 0; i < k; i++)
			at += rng_exponential(g, rate);
		if (at > until)
			break;
		h.gaps += log(at - h.t_x);
		h.t_x = at;
		h.x++;
		gone = leave > 0 && rng_uniform(g) < leave;
	}
	*out = h;
}

/* ---- all of them, many times ---- */

/* Draw histories for the customers of the sample. Purchases are not merged by day: the law is that of moments, and merging would take
 * from the busy what the fit to days has put there. */
static void draw_cohort(const struct fit *f, struct rng *g, struct cohort *c)
{
	double days = period_days(f->period);
	c->log_gaps = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct history h;
		draw_history(f->model, f->param, c->t[i] / days, g, &h);
		int32_t last = (int32_t)lround(h.t_x * days);
		c->x[i] = (int32_t)h.x;
		c->t_x[i] = h.x == 0 ? 0 : last < 1 ? 1 : last < c->t[i] ? last : c->t[i];
		c->log_gaps += h.gaps + h.x * log(days);
	}
}

static enum rc sample(struct arena *a, const struct cohort *c, struct cohort *out)
{
	size_t step = (c->n + BOOTSTRAP_CUSTOMERS - 1) / BOOTSTRAP_CUSTOMERS;
	*out = (struct cohort) { .n = (c->n + step - 1) / step, .as_of = c->as_of };
	enum rc rc = cohort_arrays(a, out);
	for (size_t i = 0; !rc && i < out->n; i++) {
		out->customer[i] = c->customer[i * step];
		out->t[i] = c->t[i * step];
	}
	return rc;
}

/* Spread and percentiles of the deviations of parameter j. */
static void sum_up(struct arena *a, struct bootstrap *b, const struct fit *f, size_t j)
{
	double *off = arena_alloc(a, b->n + 1, sizeof *off);
	struct moments m;
	b->se[j] = b->low[j] = b->high[j] = NAN;
	if (j < f->model->n_fixed || b->n < 2)
		return;
	for (size_t i = 0; i < b->n; i++)
		off[i] = b->log_off[i * f->model->n_params + j];
	moments_of(off, b->n, &m);
	sort_real(off, b->n);
	b->se[j] = f->param[j] * m.sd;
	b->low[j] = f->param[j] * exp(quantile_sorted(off, b->n, .025));
	b->high[j] = f->param[j] * exp(quantile_sorted(off, b->n, .975));
}

enum rc bootstrap_fit(struct arena *a, const struct fit *f, const struct cohort *c, size_t n, uint64_t seed, const struct fit_options *o,
                      struct bootstrap **out)
{
	struct bootstrap *b = arena_alloc(a, 1, sizeof *b);
	struct fit_options own = *o;
	struct cohort by_clock, drawn;
	size_t k = f->model->n_params;
	if (f->model->kind != MODEL_PURCHASES || f->design.effects > 0 || f->status != FIT_CONVERGED)
		return err_set(RC_USAGE, "FIT-121", "the bootstrap draws from a purchase model without covariates whose fit converged");
	*b = (struct bootstrap) { .asked = n, .total = NAN, .total_low = NAN, .total_high = NAN };
	own.k = f->model->n_fixed > 0 ? (int)f->param[0] : 0;
	own.design = NULL;
	own.season = NULL;
	own.compare = false;
	enum rc rc = season_cohort(a, &f->season, c, &by_clock);
	rc = rc ? rc : sample(a, &by_clock, &drawn);
	b->customers = rc ? 0 : drawn.n;
	b->log_off = rc ? NULL : arena_try(a, n * k + 1, sizeof *b->log_off);
	if (!rc && b->log_off == NULL)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for %zu draws", n);
	for (size_t i = 0; !rc && i < n; i++) {
		struct rng g;
		struct fit again;
		rng_init_sub(&g, seed, "bootstrap", i);
		draw_cohort(f, &g, &drawn);
		rc = fit_one(f->model, &drawn, &own, &again);
		if (rc || again.status != FIT_CONVERGED)
			continue;
		for (size_t j = 0; j < k; j++)
			b->log_off[b->n * k + j] = log(again.param[j] / f->param[j]) * sqrt((double)drawn.n / (double)c->n);
		b->n++;
	}
	for (size_t j = 0; !rc && j < k; j++)
		sum_up(a, b, f, j);
	if (!rc)
		*out = b;
	return rc;
}

/* The parameters of a draw. */
static void param_of(const struct bootstrap *b, const struct fit *f, size_t draw, double *param)
{
	for (size_t j = 0; j < f->model->n_params; j++)
		param[j] = f->param[j] * (j < f->model->n_fixed ? 1 : exp(b->log_off[draw * f->model->n_params + j]));
}

/* How many purchases come: the law's quantile at a level drawn evenly. */
static double draw_count(const struct model *m, const double *param, const struct history *h, double alive, double t, struct rng *g)
{
	double tail[COUNTS], above = 1 - rng_uniform(g);
	size_t n = 1;
	m->tail(m, param, h, t, tail, COUNTS);
	while (n < COUNTS && alive * tail[n] > above)
		n++;
	return (double)(n - 1);
}

enum rc bootstrap_customer(const struct bootstrap *b, const struct fit *f, const struct history *h, double horizon, struct rng *g,
                           struct bootstrap_range *out)
{
	double *expected = mem_try(b->n + 1, sizeof *expected), *count = mem_try(b->n + 1, sizeof *count), param[MODEL_PARAMS];
	double t = horizon / period_days(f->period);
	enum rc rc = expected && count ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for %zu draws", b->n);
	for (size_t i = 0; !rc && i < b->n; i++) {
		param_of(b, f, i, param);
		double alive = f->model->alive(f->model, param, h);
		expected[i] = alive * f->model->expected(f->model, param, h, t);
		count[i] = draw_count(f->model, param, h, alive, t, g);
	}
	if (!rc) {
		sort_real(expected, b->n);
		sort_real(count, b->n);
		*out = (struct bootstrap_range) { quantile_sorted(expected, b->n, .1), quantile_sorted(expected, b->n, .9), quantile_sorted(count, b->n, .1),
		                                  quantile_sorted(count, b->n, .9) };
	}
	free(expected);
	free(count);
	return rc;
}

/* Of the customers that stand for all. */
static double total_at(const struct fit *f, const double *param, const struct cohort *c, double horizon)
{
	double days = period_days(f->period), sum = 0;
	for (size_t i = 0; i < c->n; i += (c->n + TOTAL_OF - 1) / TOTAL_OF) {
		struct history h = { .x = c->x[i], .t_x = c->t_x[i] / days, .t = c->t[i] / days };
		sum += f->model->alive(f->model, param, &h) * f->model->expected(f->model, param, &h, horizon / days);
	}
	return sum;
}

enum rc bootstrap_total(struct arena *a, struct bootstrap *b, const struct fit *f, const struct cohort *c, int32_t horizon, double expected, double variance,
                        uint64_t seed)
{
	struct cohort own;
	enum rc rc = season_cohort(a, &f->season, c, &own);
	if (rc)
		return rc;
	double days = season_ahead(&f->season, c->as_of, horizon), *total = mem_new(b->n + 1, sizeof *total), param[MODEL_PARAMS];
	double at_fit = total_at(f, f->param, &own, days);
	for (size_t i = 0; i < b->n; i++) {
		struct rng g;
		rng_init_sub(&g, seed, "bootstrap-total", i);
		param_of(b, f, i, param);
		total[i] = fmax(expected * total_at(f, param, &own, days) / at_fit + rng_normal(&g) * sqrt(variance), 0);
	}
	sort_real(total, b->n);
	b->total = expected;
	b->total_low = quantile_sorted(total, b->n, .1);
	b->total_high = quantile_sorted(total, b->n, .9);
	free(total);
	return RC_OK;
}

struct js *bootstrap_json(const struct bootstrap *b, const struct fit *f)
{
	struct js *o = js_object(), *params = js_object();
	js_set_int(o, "draws", (int64_t)b->asked);
	js_set_int(o, "converged", (int64_t)b->n);
	js_set_int(o, "customers", (int64_t)b->customers);
	for (size_t j = f->model->n_fixed; j < f->model->n_params; j++) {
		struct js *p = js_object();
		js_set_real(p, "se", b->se[j]);
		js_set_real(p, "low", b->low[j]);
		js_set_real(p, "high", b->high[j]);
		js_set(params, f->model->params[j].name, p);
	}
	js_set(o, "params", params);
	js_set_real(o, "total", b->total);
	js_set_real(o, "total_low", b->total_low);
	js_set_real(o, "total_high", b->total_high);
	return o;
}
