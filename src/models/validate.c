/* Predictions held against a holdout: what the set's model says for each customer, what the naive models
 * say, and all measures of both. Not here: choosing the cut (features) or storing the result (registry). */
#include "config.h"

#include "models/validate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/dist.h"
#include "math/standing.h"

#define METRICS_MOST 320
#define TICK         8192
#define PIT_MOST     10000 /* customers */
#define FREQUENCIES  8 /* 0 .. 6, 7+ */
#define BINS_MOST    (2 * (METRIC_BINS + FREQUENCIES))

/* What came and what was said, customer by customer. y is filled with purchases or with revenue, as they
 * are measured. */
struct said {
	double *y;
	double *expected, *value, *p_buys; /* what the set's model said */
	double *alive;                     /* ... in the arena of the result; NULL: not wanted */
	double *other;                     /* what a naive model said, or who bought */
	double  covered;                   /* customers inside the interval */
	double  pit;                       /* share of purchases between the levels of the law */
};

static void metric_add(struct validation *v, const char *model, const char *target, const char *metric, double value)
{
	if (v->metrics < METRICS_MOST)
		v->metric[v->metrics++] = (struct validation_metric) { model, target, metric, value };
}

/* The measures that every model has. */
static enum rc measure(struct validation *v, const char *model, const char *target, struct standing *truth, const double *y,
                       const double *p, size_t n, struct ranked *r)
{
	static const double share[] = { .2, .1 };
	struct top top[2];
	struct errors e;
	enum rc rc = standing_measure(truth, p, share, 2, r, top);
	if (rc)
		return rc;
	metric_errors(y, p, n, &e);
	metric_add(v, model, target, "actual", e.actual);
	metric_add(v, model, target, "predicted", e.predicted);
	metric_add(v, model, target, "aggregate_error", e.aggregate);
	metric_add(v, model, target, "bias", e.bias);
	metric_add(v, model, target, "mae", e.mae);
	metric_add(v, model, target, "rmse", e.rmse);
	metric_add(v, model, target, "r2", e.r2);
	metric_add(v, model, target, "wape", e.wape);
	metric_add(v, model, target, "spearman", r->spearman);
	metric_add(v, model, target, "gini", r->gini);
	metric_add(v, model, target, "decile_error", r->decile_error);
	metric_add(v, model, target, "decile_error_weighted", r->decile_error_weighted);
	metric_add(v, model, target, "precision_top20", top[0].precision);
	metric_add(v, model, target, "precision_top20_twice", top[0].precision_twice);
	metric_add(v, model, target, "capture_top10", top[1].capture);
	return RC_OK;
}

static void bin_add(struct validation *v, struct validation_bin b)
{
	if (v->bins < BINS_MOST && b.customers > 0) {
		b.actual /= (double)b.customers;
		b.predicted /= (double)b.customers;
		v->bin[v->bins++] = b;
	}
}

/* Tenths by prediction and groups by frequency. */
static void by_group(struct validation *v, const char *target, const struct cohort *c, const double *y, const double *p,
                      const struct ranked *r)
{
	static const char *const tenth[] = { "1 (lowest)", "2", "3", "4", "5", "6", "7", "8", "9", "10 (highest)" };
	static const char *const times[] = { "0", "1", "2", "3", "4", "5", "6", "7+" };
	struct validation_bin by_x[FREQUENCIES];
	for (int b = 0; b < METRIC_BINS; b++)
		bin_add(v, (struct validation_bin) { target, "decile", tenth[b], b + 1, r->decile[b].n, r->decile[b].y_sum, r->decile[b].p_sum });
	for (int b = 0; b < FREQUENCIES; b++)
		by_x[b] = (struct validation_bin) { target, "frequency", times[b], b, 0, 0, 0 };
	for (size_t i = 0; i < c->n; i++) {
		struct validation_bin *b = &by_x[c->x[i] < FREQUENCIES ? c->x[i] : FREQUENCIES - 1];
		b->customers++;
		b->actual += y[i];
		b->predicted += p[i];
	}
	for (int b = 0; b < FREQUENCIES; b++)
		bin_add(v, by_x[b]);
}

static double unit_of(const struct cohort *c)
{
	return pow(10, c->decimals);
}

static void came(const struct cohort *c, bool revenue, double *y)
{
	double unit = unit_of(c);
	for (size_t i = 0; i < c->n; i++)
		y[i] = revenue ? (double)c->hold_minor[i] / unit : c->hold_x[i];
}

static enum rc may_go_on(const struct fit_options *o)
{
	return o && o->cancel && o->cancel(o->user) ? err_set(RC_CANCELLED, "FIT-104", "cancelled during the back-test") : RC_OK;
}

static enum rc said_make(struct arena *a, const struct cohort *c, const struct forecast *f, const struct fit_options *o,
                         struct said *s)
{
	bool money = forecast_has_money(f);
	double **column[] = { &s->y, &s->expected, &s->value, &s->p_buys, &s->other };
	for (size_t i = 0; i < sizeof column / sizeof column[0]; i++)
		if ((*column[i] = arena_try(a, c->n + 1, sizeof **column[i])) == NULL)
			return err_set(RC_NOMEM, "FIT-102", "no memory for the back-test of %zu customers", c->n);
	came(c, money, s->y);
	for (size_t i = 0; i < c->n; i++) {
		struct prediction p;
		if (i % TICK == 0 && may_go_on(o))
			return RC_CANCELLED;
		forecast_customer(f, i, &p);
		s->expected[i] = p.expected;
		s->value[i] = money ? p.clv : 0;
		s->p_buys[i] = 1 - p.none;
		if (s->alive)
			s->alive[i] = p.p_alive;
		s->covered += p.low <= s->y[i] && s->y[i] <= p.high;
	}
	return RC_OK;
}

/* How much of what came lies between the levels that the set takes for 10 and 90 % (calibrate.h says how it is counted). */
static enum rc pit_measure(struct arena *a, const struct model_set *set, const struct cohort *c, struct said *s)
{
	struct cohort own;
	const struct fit *f = &set->purchase;
	bool corrected = set->calibration.kind != CALIBRATION_NONE;
	double low = corrected ? set->calibration.low : .1, high = corrected ? set->calibration.high : .9, inside = 0, n = 0;
	double days = period_days(f->period), t = season_ahead(&f->season, c->as_of, c->hold_days) / days, param[MODEL_PARAMS];
	enum rc rc = season_cohort(a, &f->season, c, &own);
	c = &own;
	for (size_t i = 0; !rc && i < c->n; i += c->n / PIT_MOST + 1, n++) {
		struct history h = { .x = c->x[i], .t_x = c->t_x[i] / days, .t = c->t[i] / days };
		fit_own(f, c->z ? c->z + i * c->width : NULL, param);
		struct pit p = calibration_pit(f->model, param, &h, t, c->hold_x[i]);
		inside += pit_below(&p, high) - pit_below(&p, low);
	}
	s->pit = inside / n;
	return rc;
}

/* Whether the model knows who buys at all. */
static enum rc measure_buying(struct validation *v, const char *model, const struct cohort *c, const struct said *s)
{
	double auc = NAN, n = (double)c->n;
	for (size_t i = 0; i < c->n; i++)
		s->other[i] = c->hold_x[i] > 0;
	enum rc rc = metric_auc(s->other, s->p_buys, c->n, &auc);
	metric_add(v, model, "purchases", "share_buying", sum_of(s->other, c->n) / n);
	metric_add(v, model, "purchases", "share_buying_predicted", sum_of(s->p_buys, c->n) / n);
	metric_add(v, model, "purchases", "auc", auc);
	metric_add(v, model, "purchases", "brier", metric_brier(s->other, s->p_buys, c->n));
	metric_add(v, model, "purchases", "pit_80", s->pit);
	return rc;
}

/* What a naive model is told of a customer. */
static struct seen seen_of(const struct cohort *c, size_t i, double unit)
{
	double all = (double)(c->first_minor[i] + c->repeat_minor[i]) / unit;
	return (struct seen) {
		.x = c->x[i], .t = c->t[i], .spend = fmax(all, 0) / (c->x[i] + 1.0),
		.last_x = c->last_x[i], .last_value = fmax((double)c->last_minor[i] / unit, 0),
	};
}

/* One target: the set's own model, then the naive ones, against the same truth. before: what it said without its calibration;
 * NULL when it has none. */
static enum rc measure_target(struct validation *v, const struct cohort *c, const struct fit_options *o, struct said *s,
                              const struct said *before, bool revenue)
{
	const char *target = revenue ? "revenue" : "purchases";
	const double *own = revenue ? s->value : s->expected, unit = unit_of(c);
	struct standing *truth;
	struct ranked r;
	came(c, revenue, s->y);
	enum rc rc = standing_new(s->y, c->n, &truth);
	if (rc)
		return rc;
	rc = measure(v, v->name, target, truth, s->y, own, c->n, &r);
	if (!rc)
		by_group(v, target, c, s->y, own, &r);
	if (!rc && before)
		rc = measure(v, "plain", target, truth, s->y, revenue ? before->value : before->expected, c->n, &r);
	for (size_t m = 0; !rc && m < models_count && c->last_x != NULL; m++) {
		if (models[m]->kind != MODEL_NAIVE || (rc = may_go_on(o)))
			continue;
		for (size_t i = 0; i < c->n; i++) {
			struct seen seen = seen_of(c, i, unit);
			s->other[i] = (revenue ? models[m]->naive_value : models[m]->naive)(&seen, c->hold_days);
		}
		rc = measure(v, models[m]->id, target, truth, s->y, s->other, c->n, &r);
	}
	standing_free(truth);
	return rc;
}

/* What the set says, and by *before what it would say without its calibration (n 0 when it has none). */
static enum rc said_both(struct arena *a, const struct model_set *set, const struct cohort *c, const struct outlook *future,
                         const struct fit_options *o, struct said *s, struct said *before, bool *money)
{
	struct model_set *plain = arena_alloc(a, 1, sizeof *plain);
	struct forecast *f;
	enum rc rc = forecast_new(a, set, c, future, &f);
	rc = rc ? rc : said_make(a, c, f, o, s);
	if (rc)
		return rc;
	*money = forecast_has_money(f);
	rc = pit_measure(a, set, c, s);
	if (rc || set->calibration.kind == CALIBRATION_NONE)
		return rc;
	*plain = *set;
	plain->calibration.kind = CALIBRATION_NONE;
	rc = forecast_new(a, plain, c, future, &f);
	rc = rc ? rc : said_make(a, c, f, o, before);
	return rc ? rc : pit_measure(a, plain, c, before);
}

enum rc validate_set(struct arena *a, const struct model_set *set, const struct cohort *c, const struct fit_options *o,
                     struct validation **out)
{
	struct validation *v = arena_alloc(a, 1, sizeof *v);
	struct outlook future = { .horizon = c->hold_days, .near = c->hold_days, .discount = 0, .margin = 1 };
	struct said s = { .alive = arena_try(a, c->n + 1, sizeof *s.alive) }, before = { 0 };
	bool money = false;
	if (s.alive == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the back-test of %zu customers", c->n);
	struct arena *work = arena_new();
	v->alive = s.alive;
	v->customers = c->n;
	v->hold_days = c->hold_days;
	v->metric = arena_alloc(a, METRICS_MOST, sizeof *v->metric);
	v->bin = arena_alloc(a, BINS_MOST, sizeof *v->bin);
	snprintf(v->name, sizeof v->name, "%s%s%s", set->purchase.model->id, set->has_spend ? "+" : "",
	         set->has_spend ? set->spend.model->id : "");
	enum rc rc = said_both(work, set, c, &future, o, &s, &before, &money);
	bool two = !rc && set->calibration.kind != CALIBRATION_NONE;
	if (!rc)
		rc = measure_target(v, c, o, &s, two ? &before : NULL, false);
	if (!rc && !(rc = may_go_on(o)))
		rc = measure_buying(v, v->name, c, &s);
	if (!rc && two)
		rc = measure_buying(v, "plain", c, &before);
	if (!rc && money)
		rc = measure_target(v, c, o, &s, two ? &before : NULL, true);
	if (!rc)
		metric_add(v, v->name, money ? "revenue" : "purchases", "coverage_80", s.covered / (double)c->n);
	if (!rc && two)
		metric_add(v, "plain", money ? "revenue" : "purchases", "coverage_80", before.covered / (double)c->n);
	arena_free(work);
	if (!rc)
		*out = v;
	return rc;
}

enum rc validate_discounted(struct arena *a, const struct model_set *set, const struct past *past, double rate, const struct fit_options *o,
                            struct validation *v)
{
	struct outlook future = { .horizon = v->hold_days, .near = v->hold_days, .discount = rate, .margin = 1 };
	struct said s = { 0 }, before = { 0 };
	struct cohort c;
	struct standing *truth;
	struct ranked r;
	bool money = false;
	double *y;
	if (set->purchase.design.effects > 0 && past->width != set->purchase.design.columns)
		return RC_OK;
	enum rc rc = past_cohort(a, past, set->as_of, v->hold_days, &c);
	if (rc || c.n == 0 || !c.has_money)
		return rc;
	rc = said_both(a, set, &c, &future, o, &s, &before, &money);
	rc = rc ? rc : past_discounted(a, past, &c, rate, &y);
	if (rc || !money)
		return rc;
	rc = standing_new(y, c.n, &truth);
	if (rc)
		return rc;
	rc = measure(v, v->name, "discounted", truth, y, s.value, c.n, &r);
	if (!rc && set->calibration.kind != CALIBRATION_NONE)
		rc = measure(v, "plain", "discounted", truth, y, before.value, c.n, &r);
	standing_free(truth);
	v->rate = rate;
	v->discounted = c.n;
	return rc;
}

void validation_add_rival(struct validation *v, const struct validation *rival)
{
	for (size_t i = 0; i < rival->metrics; i++)
		if (!strcmp(rival->metric[i].model, rival->name))
			metric_add(v, "champion", rival->metric[i].target, rival->metric[i].metric, rival->metric[i].value);
}

double validation_measure(const struct validation *v, const char *model, const char *target, const char *metric)
{
	for (size_t i = 0; i < v->metrics; i++) {
		const struct validation_metric *m = &v->metric[i];
		if (!strcmp(m->model, model ? model : v->name) && !strcmp(m->target, target) && !strcmp(m->metric, metric))
			return m->value;
	}
	return NAN;
}

struct js *validate_json(const struct validation *v)
{
	struct js *o = js_object();
	js_set_int(o, "customers", (int64_t)v->customers);
	js_set_int(o, "days", v->hold_days);
	if (v->discounted > 0) {
		js_set_int(o, "discounted_customers", (int64_t)v->discounted);
		js_set_real(o, "discount_rate", v->rate);
	}
	for (size_t i = 0; i < v->metrics; i++) {
		const struct validation_metric *m = &v->metric[i];
		if (js_get(o, m->model) == NULL)
			js_set(o, m->model, js_object());
		struct js *model = js_get(o, m->model);
		if (js_get(model, m->target) == NULL)
			js_set(model, m->target, js_object());
		js_set_real(js_get(model, m->target), m->metric, m->value);
	}
	return o;
}
