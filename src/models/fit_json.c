/* A fit as JSON. Not here: how it is estimated (fit.c), how it is stored (registry.c). */
#include "config.h"

#include "models/fit.h"

static struct js *tests_json(const struct fit *f)
{
	struct js *rows = js_array();
	for (size_t i = 0; i < f->tests; i++) {
		struct js *row = js_object();
		js_set_text(row, "against", f->test[i].name);
		js_set_bool(row, "larger", f->test[i].larger);
		js_set_int(row, "df", f->test[i].df);
		js_set_real(row, "loglik", f->test[i].loglik);
		js_set_real(row, "statistic", f->test[i].statistic);
		js_set_real(row, "p", f->test[i].p);
		js_add(rows, row);
	}
	return rows;
}

static struct js *season_json(const struct season *s)
{
	struct js *o = js_object(), *months = js_array();
	js_set_int(o, "waves", s->harmonics);
	for (int m = 1; m <= 12; m++)
		js_add(months, js_real(season_month(s, m)));
	js_set(o, "months", months);
	return o;
}

struct js *fit_json(const struct fit *f)
{
	struct js *o = js_object(), *params = js_object();
	char name[120];
	js_set_text(o, "model", f->model->id);
	for (size_t i = 0; i < fit_size(f); i++) {
		struct js *p = js_object();
		double z, wald;
		js_set_real(p, "value", f->param[i]);
		js_set_real(p, "se", f->se[i]);
		js_set_real(p, "low", f->low[i]);
		js_set_real(p, "high", f->high[i]);
		if (i >= f->model->n_params) {
			fit_wald(f, i, &z, &wald);
			js_set_real(p, "z", z);
			js_set_real(p, "p", wald);
		}
		fit_name(f, i, name, sizeof name);
		js_set(params, name, p);
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
	if (f->tests > 0)
		js_set(o, "tests", tests_json(f));
	if (f->season.on)
		js_set(o, "season", season_json(&f->season));
	if (f->penalty > 0)
		js_set_real(o, "penalty", f->penalty);
	if (f->model->kind == MODEL_SPEND) {
		js_set_text(o, "spend", f->spend_repeat ? "repeat" : "all");
		js_set_real(o, "correlation", f->correlation);
		js_set_real(o, "per_purchase", f->per_purchase);
	}
	return o;
}
