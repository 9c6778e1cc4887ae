/* Nothing is estimated here: before the horizon has passed the answer is the day from which there will be
 * one. Predicted revenue is undiscounted and without margin, as revenue comes. Reads score_customer,
 * raw_block (through its view), fit_metric, drift_run. */
#include "config.h"

#include "drift/accuracy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/dist.h"
#include "math/metric.h"
#include "store/query.h"

struct window { int64_t made; day_t from; int64_t days; };

static struct js *status(const struct window *w, const struct accuracy *a)
{
	struct js *x = js_object();
	char day[16];
	js_set_text(x, "status", a->matured ? "matured" : "not_matured");
	day_format(day, a->matures_on);
	js_set_text(x, "matures_on", day);
	day_format(day, w->from);
	js_set_text(x, "predicted_on", day);
	js_set_int(x, "horizon_days", w->days);
	return x;
}

/* The first execution for this champion, and the horizon of that time as its report tells it. */
static enum rc first_window(struct run *run, int64_t set_id, struct window *w)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(run->store, "statement/drift_first", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, set_id);
	rc = query_step(q, &row);
	if (!rc && row) {
		struct js *report = NULL;
		const char *text = query_text(q, 2);
		w->made = query_int(q, 0);
		w->from = (day_t)query_int(q, 1);
		rc = js_read(text, strlen(text), "drift report", &report);
		if (!rc)
			w->days = js_int_of(js_get(js_get(report, "accuracy"), "horizon_days"));
		js_free(report);
	}
	query_close(q);
	return rc;
}

/* ---- matured ---- */

struct pairs { size_t n, cap; double *predicted_x, *x, *predicted_minor, *minor; };

static bool grow(struct pairs *p)
{
	double **column[] = { &p->predicted_x, &p->x, &p->predicted_minor, &p->minor };
	if (p->n < p->cap)
		return true;
	p->cap = p->cap ? 2 * p->cap : 1024;
	for (size_t i = 0; i < sizeof(column) / sizeof(*column); i++) {
		double *more = mem_try_grow(*column[i], p->cap, sizeof(double));
		if (!more)
			return false;
		*column[i] = more;
	}
	return true;
}

static void clear(struct pairs *p)
{
	free(p->predicted_x);
	free(p->x);
	free(p->predicted_minor);
	free(p->minor);
}

static enum rc load_pairs(struct run *run, const struct window *w, struct pairs *p)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(run->store, "statement/drift_realised", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, w->made);
	query_bind_int(q, 2, w->from);
	query_bind_int(q, 3, w->from + w->days);
	while (!(rc = query_step(q, &row)) && row) {
		if (!grow(p)) {
			rc = err_set(RC_NOMEM, "DRIFT-101", "not enough memory to hold %zu predictions against what came", p->n);
			break;
		}
		p->predicted_x[p->n] = query_real(q, 0);
		p->predicted_minor[p->n] = query_real(q, 1);
		p->x[p->n] = query_real(q, 2);
		p->minor[p->n++] = query_real(q, 3);
		if (p->n % 4096 == 0 && (rc = run_tick(run, "customers", (int64_t)p->n, 0)))
			break;
	}
	query_close(q);
	return rc;
}

static enum rc add_metrics(struct js *to, const char *target, const double *y, const double *p, size_t n)
{
	struct ranked ranked;
	enum rc rc = metric_ranked(y, p, n, &ranked);
	if (rc)
		return rc;
	struct js *x = js_object();
	js_set_real(x, "predicted", sum_of(p, n));
	js_set_real(x, "realised", sum_of(y, n));
	js_set_real(x, "aggregate", metric_aggregate(y, p, n));
	js_set_real(x, "bias", metric_bias(y, p, n));
	js_set_real(x, "mae", metric_mae(y, p, n));
	js_set_real(x, "rmse", metric_rmse(y, p, n));
	js_set_real(x, "spearman", ranked.spearman);
	js_set(to, target, x);
	return RC_OK;
}

/* What the back-test before had promised: {target: {metric: value}} of the set's own model. */
static enum rc add_backtest(struct run *run, int64_t set_id, struct js *to)
{
	struct query *q;
	bool row;
	struct js *all = js_object();
	enum rc rc = query_open(run->store, "statement/drift_backtest", &q);
	if (!rc) {
		query_bind_int(q, 1, set_id);
		while (!(rc = query_step(q, &row)) && row) {
			if (!js_get(all, query_text(q, 0)))
				js_set(all, query_text(q, 0), js_object());
			js_set_real(js_get(all, query_text(q, 0)), query_text(q, 1), query_real(q, 2));
		}
		query_close(q);
	}
	js_set(to, "backtest", all);
	return rc;
}

static bool has_revenue(const struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!isfinite(p->predicted_minor[i]) || !isfinite(p->minor[i]))
			return false;
	return p->n > 0;
}

static enum rc realise(struct run *run, int64_t set_id, const struct window *w, struct js *json)
{
	struct pairs p = { 0 };
	enum rc rc = load_pairs(run, w, &p);
	if (!rc) {
		js_set_int(json, "customers", (int64_t)p.n);
		if (!p.n)
			js_set_text(json, "note", "the predictions of that day are not stored any more");
	}
	if (!rc && p.n)
		rc = add_metrics(json, "purchases", p.x, p.predicted_x, p.n);
	if (!rc && has_revenue(&p))
		rc = add_metrics(json, "revenue", p.minor, p.predicted_minor, p.n);
	if (!rc && p.n)
		rc = add_backtest(run, set_id, json);
	clear(&p);
	return rc;
}

/* The window is closed: what an earlier run measured stays. NULL: none did. */
static enum rc known(struct run *run, int64_t set_id, struct js **out)
{
	char *text = NULL;
	struct js *report = NULL;
	*out = NULL;
	enum rc rc = query_get_text(run->store, run->arena, "statement/drift_matured", &text, "i", set_id);
	if (rc || !text)
		return rc;
	rc = js_read(text, strlen(text), "drift report", &report);
	if (!rc)
		*out = js_copy(js_get(report, "accuracy"));
	js_free(report);
	return rc;
}

enum rc accuracy_measure(struct run *run, int64_t set_id, bool frozen, struct accuracy *out)
{
	struct window w = { .from = run->as_of, .days = run_int(run, "horizon_days") };
	enum rc rc = frozen ? RC_OK : first_window(run, set_id, &w);
	if (rc)
		return rc;
	*out = (struct accuracy) { .matures_on = w.from + (day_t)w.days };
	out->matured = run->as_of >= out->matures_on;
	if (out->matured && (rc = known(run, set_id, &out->json)))
		return rc;
	if (out->json)
		return RC_OK;
	out->json = status(&w, out);
	if (out->matured)
		rc = realise(run, set_id, &w, out->json);
	return rc;
}
