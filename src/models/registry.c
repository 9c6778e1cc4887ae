/* Fitted sets to the store and back. Owns fit_set, fit_model, fit_param, fit_covariance, fit_metric, fit_calibration, fit_curve,
 * fit_covariate, fit_column, fit_effect, fit_test, fit_season, fit_level, fit_level_curve, fit_origin. */
#include "config.h"

#include "models/registry.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/str.h"
#include "module/audit.h"
#include "module/seal.h"
#include "store/query.h"

/* ---- writing ---- */

/* What the coefficients are multiplied with, and the clock. */
static void digest_design(struct digest *d, const struct fit *f)
{
	char text[160];
	for (size_t i = 0; i < f->design.effects; i++) {
		effect_name(&f->design, i, text, sizeof text);
		digest_add_text(d, text);
		str_double(text, f->design.column[f->design.effect[i].column].origin);
		digest_add_text(d, text);
	}
	for (size_t i = 0; f->season.on && i < SEASON_DAYS; i++) {
		str_double(text, f->season.weight[i]);
		digest_add_text(d, text);
	}
}

static void digest_fit(struct digest *d, const struct fit *f)
{
	char number[32];
	digest_add_text(d, fit_usable(f) ? f->model->id : NULL);
	if (!fit_usable(f))
		return;
	digest_add_text(d, f->period);
	digest_add_text(d, f->spend_repeat ? "repeat" : "all");
	for (size_t i = 0; i < fit_size(f); i++) {
		str_double(number, f->param[i]);
		digest_add_text(d, number);
	}
	digest_design(d, f);
}

static void digest_curve(struct digest *d, const struct isotonic *f)
{
	char number[32];
	for (size_t i = 0; i < f->n; i++) {
		str_double(number, f->at[i]);
		digest_add_text(d, number);
		str_double(number, f->value[i]);
		digest_add_text(d, number);
	}
}

/* Nothing for a set that corrects nothing. */
static void digest_calibration(struct digest *d, const struct calibration *c)
{
	char number[32];
	if (c == NULL || c->kind == CALIBRATION_NONE)
		return;
	const double numbers[] = { c->horizon, c->purchases, c->value, c->low, c->high, c->scale };
	digest_add_text(d, calibration_name(c->kind));
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		str_double(number, numbers[i]);
		digest_add_text(d, number);
	}
	digest_curve(d, &c->count);
	digest_curve(d, &c->buys);
}

/* Of what scores: models, parameters, period, the spend that stands in for a model, and the calibration. */
static void digest_set(const struct set_record *r, char hex[DIGEST_HEX])
{
	struct digest *d = digest_new();
	char number[32];
	digest_fit(d, r->purchase);
	digest_fit(d, r->spend);
	if (r->spend) {
		str_double(number, r->spend->per_purchase);
		digest_add_text(d, number);
	}
	digest_calibration(d, r->calibration);
	digest_end(d, hex);
}

static enum rc put_set(struct store *s, const struct set_record *r, int64_t *set_id)
{
	const struct fit *any = r->purchase ? r->purchase : r->spend;
	char at[32], hex[DIGEST_HEX];
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/models_set_put", &q);
	if (rc)
		return rc;
	clock_now(at);
	digest_set(r, hex);
	query_bind_int(q, 1, r->made);
	query_bind_text(q, 2, r->kind);
	if (r->review_id)
		query_bind_int(q, 3, r->review_id);
	query_bind_text(q, 4, at);
	query_bind_int(q, 5, any->as_of);
	query_bind_text(q, 6, any->period);
	query_bind_int(q, 7, (int64_t)r->customers);
	query_bind_text(q, 8, r->features ? r->features : "");
	query_bind_text(q, 9, hex);
	rc = query_step(q, &row);
	query_close(q);
	if (!rc)
		*set_id = store_last_rowid(s);
	return rc;
}

static char *options_text(const struct fit *f)
{
	struct js *o = js_object();
	struct str text = { 0 };
	if (f->model->kind == MODEL_SPEND) {
		js_set_text(o, "spend", f->spend_repeat ? "repeat" : "all");
		js_set_real(o, "per_purchase", f->per_purchase);
		js_set_real(o, "correlation", f->correlation);
	}
	if (f->penalty > 0)
		js_set_real(o, "penalty", f->penalty);
	if (f->season.on)
		js_set_int(o, "waves", f->season.harmonics);
	js_write(&text, o, false, true);
	js_free(o);
	return str_take(&text);
}

static enum rc put_params(struct store *s, int64_t fit_id, const struct fit *f)
{
	size_t k = fit_size(f);
	char name[120];
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < k && !isnan(f->param[i]); i++) {
		fit_name(f, i, name, sizeof name);
		rc = query_run(s, "statement/models_param_put", "iitrrrr", fit_id, (int64_t)i, name, f->param[i], f->se[i], f->low[i], f->high[i]);
	}
	for (size_t i = 0; !rc && i < k; i++)
		for (size_t j = 0; !rc && j < k && !isnan(f->covariance[i * k + j]); j++)
			rc = query_run(s, "statement/models_covariance_put", "iiir", fit_id, (int64_t)i, (int64_t)j, f->covariance[i * k + j]);
	return rc;
}

static enum rc put_design(struct store *s, int64_t fit_id, const struct fit *f)
{
	const struct design *d = &f->design;
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < d->covariates; i++) {
		const struct covariate *v = &d->covariate[i];
		rc = query_run(s, "statement/models_covariate_put", "iititii", fit_id, (int64_t)i, v->name, (int64_t)v->number, v->reference,
		               (int64_t)v->first, (int64_t)v->columns);
	}
	for (size_t i = 0; !rc && i < d->columns; i++) {
		const struct design_column *c = &d->column[i];
		rc = query_run(s, "statement/models_column_put", "iittrrr", fit_id, (int64_t)i, c->attribute, c->level, c->mean, c->spread, c->origin);
	}
	for (size_t i = 0; !rc && i < d->effects; i++) {
		double z, p;
		fit_wald(f, f->model->n_params + i, &z, &p);
		rc = query_run(s, "statement/models_effect_put", "iiiiirr", fit_id, (int64_t)(f->model->n_params + i), (int64_t)d->effect[i].column,
		               (int64_t)((d->effect[i].on & ON_PROCESS) != 0), (int64_t)((d->effect[i].on & ON_DROPOUT) != 0), z, p);
	}
	for (size_t i = 0; !rc && i < f->tests; i++)
		rc = query_run(s, "statement/models_test_put", "iitiirrr", fit_id, (int64_t)i, f->test[i].name, (int64_t)f->test[i].larger,
		               (int64_t)f->test[i].df, f->test[i].loglik, f->test[i].statistic, f->test[i].p);
	for (size_t i = 0; !rc && f->season.on && i < SEASON_DAYS; i++)
		rc = query_run(s, "statement/models_season_put", "iir", fit_id, (int64_t)i + 1, f->season.weight[i]);
	return rc;
}

static double number_or_null(double v)
{
	return isfinite(v) ? v : NAN;
}

static enum rc put_fit(struct store *s, int64_t set_id, const char *role, const struct fit *f, day_t holdout_end, int64_t *fit_id)
{
	struct query *q;
	bool row;
	enum rc rc = query_open(s, "statement/models_fit_put", &q);
	if (rc)
		return rc;
	char *options = options_text(f);
	query_bind_int(q, 1, set_id);
	query_bind_text(q, 2, role);
	query_bind_text(q, 3, f->model->id);
	query_bind_text(q, 4, f->period);
	query_bind_int(q, 5, f->as_of);
	if (holdout_end != DAY_NONE)
		query_bind_int(q, 6, holdout_end);
	query_bind_text(q, 7, fit_status_name(f->status));
	query_bind_text(q, 8, f->message);
	query_bind_real(q, 9, f->loglik);
	query_bind_real(q, 10, f->aic);
	query_bind_real(q, 11, f->bic);
	query_bind_int(q, 12, (int64_t)f->n);
	query_bind_int(q, 13, (int64_t)f->n_distinct);
	query_bind_int(q, 14, (int64_t)f->iterations);
	query_bind_int(q, 15, (int64_t)f->evaluations);
	query_bind_real(q, 16, f->gradient_norm);
	query_bind_real(q, 17, number_or_null(f->hessian_condition));
	query_bind_real(q, 18, f->seconds);
	query_bind_text(q, 19, options);
	rc = query_step(q, &row);
	query_close(q);
	free(options);
	if (rc)
		return rc;
	*fit_id = store_last_rowid(s);
	rc = put_params(s, *fit_id, f);
	return rc ? rc : put_design(s, *fit_id, f);
}

static enum rc put_validation(struct store *s, int64_t set_id, const struct validation *v)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < v->metrics; i++) {
		const struct validation_metric *m = &v->metric[i];
		rc = query_run(s, "statement/models_metric_put", "itttr", set_id, m->model, m->target, m->metric, number_or_null(m->value));
	}
	for (size_t i = 0; !rc && i < v->bins; i++) {
		const struct validation_bin *b = &v->bin[i];
		rc = query_run(s, "statement/models_calibration_put", "ittitirr", set_id, b->target, b->grouping, (int64_t)b->bin, b->label,
		               (int64_t)b->customers, b->actual, b->predicted);
	}
	return rc;
}

static enum rc put_curves(struct store *s, int64_t set_id, const struct curves *c)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < c->n; i++) {
		const struct curve_point *p = &c->point[i];
		if (p->day == DAY_NONE)
			rc = query_run(s, "statement/models_curve_put", "itinirr", set_id, p->curve, (int64_t)p->place, (int64_t)p->held, p->actual, p->expected);
		else
			rc = query_run(s, "statement/models_curve_put", "itiiirr", set_id, p->curve, (int64_t)p->place, (int64_t)p->day, (int64_t)p->held,
			               p->actual, p->expected);
	}
	return rc;
}

static enum rc put_curve_of(struct store *s, int64_t set_id, const char *role, const char *curve, const struct isotonic *f)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < f->n; i++)
		rc = query_run(s, "statement/models_level_curve_put", "ittirr", set_id, role, curve, (int64_t)i, f->at[i], f->value[i]);
	return rc;
}

/* Origins are kept also where nothing came of them. */
static enum rc put_calibration(struct store *s, int64_t set_id, const char *role, const struct calibration *c)
{
	enum rc rc = RC_OK;
	if (c == NULL)
		return RC_OK;
	if (c->kind != CALIBRATION_NONE) {
		rc = query_run(s, "statement/models_level_put", "ittirrrrrrrt", set_id, role, calibration_name(c->kind), (int64_t)c->horizon, c->purchases,
		               c->purchases_se, c->value, c->value_se, c->low, c->high, c->scale, c->why);
		rc = rc ? rc : put_curve_of(s, set_id, role, "count", &c->count);
		rc = rc ? rc : put_curve_of(s, set_id, role, "buys", &c->buys);
	}
	for (size_t i = 0; !rc && i < c->origins; i++) {
		const struct origin *o = &c->origin[i];
		rc = query_run(s, "statement/models_origin_put", "itiiitirrrrrr", set_id, role, (int64_t)o->cut, (int64_t)o->hold_days, (int64_t)o->customers,
		               fit_status_name(o->status), (int64_t)o->used, o->actual, o->predicted, o->buying, o->buying_predicted, o->revenue,
		               o->revenue_predicted);
	}
	return rc;
}

/* What a person is asked to sign stands in the chain from the start. */
static enum rc audit_candidate(struct store *s, const struct set_record *r, int64_t set_id, const char *rows)
{
	char hex[DIGEST_HEX];
	struct js *x = js_object();
	digest_set(r, hex);
	js_set_text(x, "state", "candidate");
	js_set_int(x, "review_id", r->review_id);
	js_set_int(x, "set_id", set_id);
	js_set_text(x, "digest", hex);
	js_set_text(x, "rows_digest", rows);
	return audit_append(s, "review", "clv", x, NULL);
}

/* The last thing written of a set: from here on a change shows. */
static enum rc put_seal(struct store *s, const struct set_record *r, int64_t set_id)
{
	char hex[DIGEST_HEX];
	enum rc rc = seal_set(s, set_id, hex);
	rc = rc ? rc : query_run(s, "statement/models_set_seal", "it", set_id, hex);
	return rc || strcmp(r->kind, "candidate") ? rc : audit_candidate(s, r, set_id, hex);
}

enum rc fit_save(struct store *s, const struct set_record *r, int64_t *set_id)
{
	bool trial = strcmp(r->kind, "trial") == 0;
	const struct { const char *role; const struct fit *f; day_t end; } fits[] = {
		{ trial ? "trial" : "purchase", r->purchase, trial ? r->holdout_end : DAY_NONE },
		{ trial ? "trial" : "spend", r->spend, trial ? r->holdout_end : DAY_NONE },
		{ "backtest-purchase", r->past_purchase, r->holdout_end },
		{ "backtest-spend", r->past_spend, r->holdout_end },
	};
	int64_t id = 0, fit_id[4] = { 0 };
	assert(r->purchase != NULL || r->spend != NULL);
	enum rc rc = put_set(s, r, &id);
	for (size_t i = 0; !rc && i < 4; i++)
		if (fits[i].f != NULL)
			rc = put_fit(s, id, fits[i].role, fits[i].f, fits[i].end, &fit_id[i]);
	if (!rc)
		rc = query_run(s, "statement/models_set_fits", "iii", id, fit_id[0], fit_usable(r->spend) ? fit_id[1] : (int64_t)0);
	if (!rc && r->validation != NULL)
		rc = put_validation(s, id, r->validation);
	if (!rc && r->curves != NULL)
		rc = put_curves(s, id, r->curves);
	if (!rc && r->diagnosis != NULL)
		rc = diagnosis_save(s, id, r->diagnosis);
	rc = rc ? rc : put_calibration(s, id, "scores", r->calibration);
	rc = rc ? rc : put_calibration(s, id, "backtest", r->past_calibration);
	rc = rc ? rc : put_seal(s, r, id);
	if (!rc)
		*set_id = id;
	return rc;
}

/* ---- reading ---- */

static enum fit_status status_of(const char *name)
{
	for (int i = FIT_CONVERGED; i < FIT_REFUSED; i++)
		if (strcmp(fit_status_name((enum fit_status)i), name) == 0)
			return (enum fit_status)i;
	return FIT_REFUSED;
}

static void take_options(const char *text, struct fit *f)
{
	struct js *o;
	f->per_purchase = f->correlation = NAN;
	if (text == NULL || js_read(text, strlen(text), "options", &o) != RC_OK)
		return;
	const char *spend = js_text_of(js_get(o, "spend"));
	f->spend_repeat = spend != NULL && strcmp(spend, "repeat") == 0;
	f->per_purchase = js_real_of(js_get(o, "per_purchase"));
	f->correlation = js_real_of(js_get(o, "correlation"));
	f->season.harmonics = js_get(o, "waves") ? (int)js_int_of(js_get(o, "waves")) : 0;
	f->penalty = js_get(o, "penalty") ? js_real_of(js_get(o, "penalty")) : 0;
	js_free(o);
}

static void take_row(struct query *q, struct fit *f)
{
	f->model = model_find(query_text(q, 1));
	snprintf(f->period, sizeof f->period, "%s", query_text(q, 2));
	f->as_of = (day_t)query_int(q, 3);
	f->status = status_of(query_text(q, 4));
	snprintf(f->message, sizeof f->message, "%s", query_text(q, 5));
	f->loglik = query_real(q, 6);
	f->aic = query_real(q, 7);
	f->bic = query_real(q, 8);
	f->n = (size_t)query_int(q, 9);
	f->n_distinct = (size_t)query_int(q, 10);
	f->iterations = (size_t)query_int(q, 11);
	f->evaluations = (size_t)query_int(q, 12);
	f->gradient_norm = query_real(q, 13);
	f->hessian_condition = query_is_null(q, 14) ? (double)INFINITY : query_real(q, 14);
	f->seconds = query_real(q, 15);
	take_options(query_text(q, 16), f);
}

static enum rc rows_of(struct store *s, const char *statement, int64_t fit_id, bool (*take)(struct query *q, struct fit *f), struct fit *f)
{
	struct query *q;
	bool row = true, good = true;
	enum rc rc = query_open(s, statement, &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, fit_id);
	while (good && !(rc = query_step(q, &row)) && row)
		good = take(q, f);
	query_close(q);
	return rc || good ? rc : err_set(RC_DAMAGED, "FIT-112", "the covariates or the season of fit %" PRId64 " are not what was fitted", fit_id);
}

static bool take_covariate(struct query *q, struct fit *f)
{
	struct covariate *v = &f->design.covariate[f->design.covariates];
	if (f->design.covariates == COVARIATES_MOST)
		return false;
	snprintf(v->name, sizeof v->name, "%s", query_text(q, 1));
	v->number = query_int(q, 2) != 0;
	snprintf(v->reference, sizeof v->reference, "%s", query_text(q, 3));
	v->first = (size_t)query_int(q, 4);
	v->columns = (size_t)query_int(q, 5);
	f->design.covariates++;
	return v->first <= COLUMNS_MOST && v->columns <= COLUMNS_MOST - v->first;
}

static bool take_column(struct query *q, struct fit *f)
{
	struct design_column *c = &f->design.column[f->design.columns];
	if (f->design.columns == COLUMNS_MOST)
		return false;
	snprintf(c->attribute, sizeof c->attribute, "%s", query_text(q, 1));
	snprintf(c->level, sizeof c->level, "%s", query_text(q, 2));
	c->mean = query_real(q, 3);
	c->spread = query_real(q, 4);
	c->origin = query_real(q, 5);
	f->design.columns++;
	return true;
}

static bool take_effect(struct query *q, struct fit *f)
{
	struct effect *e = &f->design.effect[f->design.effects];
	if (f->design.effects == EFFECTS_MOST)
		return false;
	e->column = (size_t)query_int(q, 1);
	e->on = (query_int(q, 2) ? ON_PROCESS : 0) | (query_int(q, 3) ? ON_DROPOUT : 0);
	f->design.effects++;
	return e->column < f->design.columns && e->on != 0;
}

static bool take_season(struct query *q, struct fit *f)
{
	int64_t day = query_int(q, 0);
	if (day < 1 || day > SEASON_DAYS)
		return false;
	f->season.on = true;
	f->season.weight[day - 1] = query_real(q, 1);
	return f->season.weight[day - 1] > 0;
}

static enum rc get_design(struct store *s, int64_t fit_id, struct fit *f)
{
	enum rc rc = rows_of(s, "statement/models_covariates_get", fit_id, take_covariate, f);
	rc = rc ? rc : rows_of(s, "statement/models_columns_get", fit_id, take_column, f);
	rc = rc ? rc : rows_of(s, "statement/models_effects_get", fit_id, take_effect, f);
	return rc ? rc : rows_of(s, "statement/models_season_get", fit_id, take_season, f);
}

static enum rc get_numbers(struct store *s, int64_t fit_id, struct fit *f)
{
	struct query *q;
	bool row = true;
	size_t k = fit_size(f);
	for (size_t i = 0; i < FIT_MOST; i++)
		f->param[i] = f->se[i] = f->low[i] = f->high[i] = NAN;
	for (size_t i = 0; i < k * k; i++)
		f->covariance[i] = NAN;
	enum rc rc = query_open(s, "statement/models_params_get", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, fit_id);
	while (!(rc = query_step(q, &row)) && row) {
		size_t i = (size_t)query_int(q, 0);
		if (i >= k)
			continue;
		f->param[i] = query_real(q, 1);
		f->se[i] = query_real(q, 2);
		f->low[i] = query_real(q, 3);
		f->high[i] = query_real(q, 4);
	}
	query_close(q);
	if (rc || (rc = query_open(s, "statement/models_covariance_get", &q)))
		return rc;
	query_bind_int(q, 1, fit_id);
	while (!(rc = query_step(q, &row)) && row) {
		size_t i = (size_t)query_int(q, 0), j = (size_t)query_int(q, 1);
		if (i < k && j < k)
			f->covariance[i * k + j] = query_real(q, 2);
	}
	query_close(q);
	return rc;
}

/* The fit in a role; model NULL when the set has none. */
static enum rc get_fit(struct store *s, int64_t set_id, const char *role, struct fit *f)
{
	struct query *q;
	bool row = false;
	int64_t fit_id = 0;
	*f = (struct fit) { 0 };
	enum rc rc = query_open(s, "statement/models_fit_get", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, set_id);
	query_bind_text(q, 2, role);
	rc = query_step(q, &row);
	if (!rc && row) {
		fit_id = query_int(q, 0);
		take_row(q, f);
	}
	query_close(q);
	if (!rc && row && f->model == NULL)
		return err_set(RC_DATA, "FIT-109", "set %" PRId64 " was fitted with a model that this program does not have", set_id);
	if (!rc && row)
		rc = get_design(s, fit_id, f);
	return rc || !row ? rc : get_numbers(s, fit_id, f);
}

static enum rc check_seal(struct store *s, int64_t set_id)
{
	char hex[DIGEST_HEX];
	bool whole = true;
	enum rc rc = seal_set_whole(s, set_id, hex, &whole);
	if (rc || whole)
		return rc;
	return err_do(err_set(RC_DAMAGED, "FIT-112", "set %" PRId64 " is not what was fitted: its rows were changed in the store", set_id),
	              "keep this store as evidence and go back to a backup made before");
}

static void add_knot(struct isotonic *f, double at, double value)
{
	if (f->n == ISOTONIC_MOST)
		return;
	f->at[f->n] = at;
	f->value[f->n++] = value;
}

static enum rc get_calibration(struct store *s, int64_t set_id, const char *role, struct calibration *c)
{
	struct query *q;
	bool row = false;
	enum rc rc = query_open(s, "statement/models_level_get", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, set_id);
	query_bind_text(q, 2, role);
	rc = query_step(q, &row);
	if (!rc && row) {
		c->kind = calibration_kind_of(query_text(q, 0));
		c->horizon = (int32_t)query_int(q, 1);
		c->purchases = query_real(q, 2);
		c->purchases_se = query_real(q, 3);
		c->value = query_real(q, 4);
		c->value_se = query_real(q, 5);
		c->low = query_real(q, 6);
		c->high = query_real(q, 7);
		c->scale = query_real(q, 8);
		snprintf(c->why, sizeof c->why, "%s", query_text(q, 9));
	}
	query_close(q);
	if (rc || !row || (rc = query_open(s, "statement/models_level_curve_get", &q)))
		return rc;
	query_bind_int(q, 1, set_id);
	query_bind_text(q, 2, role);
	while (!(rc = query_step(q, &row)) && row)
		add_knot(strcmp(query_text(q, 0), "count") ? &c->buys : &c->count, query_real(q, 1), query_real(q, 2));
	query_close(q);
	return rc;
}

static enum rc load(struct store *s, int64_t set_id, bool past, struct model_set *out)
{
	struct model_set set = { .set_id = set_id, .per_purchase = NAN };
	enum rc rc = check_seal(s, set_id);
	if (!rc)
		rc = get_fit(s, set_id, past ? "backtest-purchase" : "purchase", &set.purchase);
	if (!rc)
		rc = get_fit(s, set_id, past ? "backtest-spend" : "spend", &set.spend);
	if (!rc)
		rc = get_calibration(s, set_id, past ? "backtest" : "scores", &set.calibration);
	if (rc)
		return rc;
	if (!fit_usable(&set.purchase))
		return err_set(RC_DATA, "FIT-109", "set %" PRId64 " has no purchase model to score with", set_id);
	set.as_of = set.purchase.as_of;
	set.has_spend = fit_usable(&set.spend);
	if (set.spend.model != NULL)
		set.per_purchase = set.spend.per_purchase;
	*out = set;
	return RC_OK;
}

enum rc fit_load(struct store *s, int64_t set_id, struct model_set *out)
{
	return load(s, set_id, false, out);
}

enum rc fit_load_past(struct store *s, int64_t set_id, struct model_set *out)
{
	return load(s, set_id, true, out);
}
