/* fit: estimate one model on the store's customers, at any cut, with a holdout to judge it by. Publishes nothing. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "app/asides.h"
#include "app/command.h"
#include "features/horizon.h"
#include "models/bootstrap.h"
#include "models/choose.h"
#include "models/design.h"
#include "models/registry.h"
#include "module/pass.h"
#include "pipeline/runner.h"

static const struct option options[] = {
	{ "calibration-end", 0, "DATE", "last day that the fit may see; default the as-of day", NULL },
	{ "holdout-end", 0, "DATE", "last day of the holdout that follows; default none", NULL },
	{ "period", 0, "day|week|month", "unit of the parameters; default that of the settings", NULL },
	{ "k", 0, "K", "mbgcnbd, bgcnbd: the regularity, 1 to 12; default by likelihood", NULL },
	{ "bootstrap", 0, "N", "also intervals from N fits to customers drawn from the model, N from 20 to 2000", NULL },
	{ "calibration", 0, "none|level|isotonic|auto", "what inner back-tests correct; default that of the settings", NULL },
	{ "spend", 0, "all|repeat", "gg: spend of all purchase days, or of repeat days only", NULL },
	{ "covariates", 0, "LIST", "attributes of customers that act on how often they buy and on how they drop out, separated by commas", NULL },
	{ "dropout", 0, "LIST", "attributes that act on drop-out, where they are others; none: no attribute", NULL },
	{ "equal", 0, "LIST", "attributes with one coefficient for both", NULL },
	{ "penalty", 0, "L", "draws the coefficients of covariates towards 0; default 0", NULL },
	{ "season", 0, "none|auto|always|W1,...,W12", "days of the year on which more is bought; default that of the settings", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

struct trial {
	const struct model *model; /* NULL: the one that does best */
	struct contest     *contest;
	struct fit_options  options;
	day_t               cut, hold_end;
	const struct cohort *cohort;
	struct fit          fit, other; /* other: the spend beside a purchase model, for revenue in the holdout */
	struct validation  *validation;
	enum calibration_kind correct;
	struct calibration  calibration;
	int64_t             draws;  /* of the bootstrap; 0: none */
	struct bootstrap   *bootstrap;
	struct past         past;
	int64_t             set_id;
	struct design_ask   covariates;
	struct season_ask   season;
	struct design       design;
	struct str          told;   /* how covariates were encoded */
};

static bool cancelled(void *user)
{
	const struct call *call = user;
	return call->cancel && atomic_load(call->cancel);
}

static enum rc word_of(const struct call *call, const char *name, const char *setting, const char *const *list, const char **out)
{
	const char *v = call_option(call, name);
	*out = v ? v : settings_text(call->settings, setting);
	for (; *list; list++)
		if (!strcmp(*list, *out))
			return RC_OK;
	return err_do(err_set(RC_USAGE, "CMD-108", "--%s does not take '%s'", name, *out), "clv --help fit");
}

/* The cut and the end of the holdout lie within what has been seen: days not seen yet are not days without purchases. */
static enum rc windows(struct call *call, struct trial *t)
{
	day_t   as_of;
	char    day[16];
	enum rc rc = runner_as_of(call->store, call->settings, &as_of);
	if (rc)
		return rc;
	if (as_of == DAY_NONE)
		return err_do(err_set(RC_DATA, "FIT-161", "the store has no purchases"), "clv --batch import FILE.csv");
	if (t->cut == DAY_NONE)
		t->cut = as_of;
	day_format(day, as_of);
	if (t->cut > as_of)
		return err_set(RC_USAGE, "FIT-162", "the calibration ends after the as-of day, %s: later purchases do not exist", day);
	if (t->hold_end != DAY_NONE && t->hold_end > as_of)
		return err_do(err_set(RC_USAGE, "FIT-163", "the holdout ends after the as-of day, %s: its last days have not been seen", day),
		              "give --holdout-end %s at most", day);
	return RC_OK;
}

/* What is asked of covariates here must have something to act on; what the settings ask of all models need not. */
static enum rc covariates_of(struct call *call, struct trial *t)
{
	const char *process = call_option(call, "covariates"), *dropout = call_option(call, "dropout"), *equal = call_option(call, "equal");
	design_ask_of(call->arena, call->settings, process, dropout, equal, &t->covariates);
	if (t->model && !effects_possible(t->model) && (process || dropout || equal))
		return err_do(err_set(RC_USAGE, "FIT-166", "%s takes no covariates", t->model->title), "every other model of purchases does, nbd those of the process");
	if (call_has(call, "penalty") && t->options.penalty > 0 && !design_wanted(&t->covariates))
		return err_do(err_set(RC_USAGE, "FIT-167", "a penalty acts on the coefficients of covariates, and there are none"), "give --covariates, or leave out --penalty");
	return RC_OK;
}

static enum rc ask_of(struct call *call, struct trial *t)
{
	static const char *const periods[] = { "day", "week", "month", NULL }, *const spends[] = { "all", "repeat", NULL };
	static const char *const kinds[] = { "none", "level", "isotonic", "auto", NULL };
	const char *spend, *period, *kind;
	bool automatic = !strcmp(call->argv[0], "auto");
	t->model = automatic ? NULL : model_find(call->argv[0]);
	if (!t->model && !automatic)
		return model_unknown(call->argv[0]);
	if (t->model && t->model->kind == MODEL_NAIVE)
		return err_do(err_set(RC_USAGE, "FIT-160", "%s has nothing to estimate", t->model->title), "it stands beside every model in the holdout");
	enum rc rc = word_of(call, "period", "period", periods, &period);
	rc = rc ? rc : word_of(call, "spend", "model.spend", spends, &spend);
	rc = rc ? rc : word_of(call, "calibration", "model.calibration", kinds, &kind);
	t->cut = t->hold_end = DAY_NONE;
	rc = rc ? rc : call_option_day(call, "calibration-end", &t->cut);
	rc = rc ? rc : call_option_day(call, "holdout-end", &t->hold_end);
	int64_t k = 0;
	rc = rc ? rc : call_option_int(call, "k", 1, FIXED_MOST, &k);
	rc = rc ? rc : call_option_int(call, "bootstrap", 20, BOOTSTRAP_MOST, &t->draws);
	rc = rc ? rc : windows(call, t);
	if (rc)
		return rc;
	if (k && !(t->model && t->model->n_fixed))
		return err_set(RC_USAGE, "FIT-164", "%s has no k; mbgcnbd and bgcnbd do", t->model ? t->model->title : "auto");
	double penalty = settings_real(call->settings, "model.penalty");
	if ((rc = call_option_real(call, "penalty", 0, 1e6, &penalty)))
		return rc;
	const char *season = call_option(call, "season");
	if ((rc = season_parse(season ? season : settings_text(call->settings, "model.season"), &t->season)))
		return rc;
	if (automatic && t->hold_end == DAY_NONE)
		return err_do(err_set(RC_USAGE, "FIT-165", "auto needs a holdout to choose by"), "give --calibration-end and --holdout-end");
	t->options = (struct fit_options){ .period = period, .spend_repeat = !strcmp(spend, "repeat"), .cancel = cancelled, .user = call,
	                                   .min_customers = (size_t)settings_int(call->settings, "model.min_customers"), .k = (int)k,
	                                   .penalty = penalty, .season = &t->season, .compare = true };
	t->correct = calibration_kind_of(kind);
	return covariates_of(call, t);
}

/* The spend beside a purchase model, and what the past corrects of both. */
static enum rc complete(struct run *run, struct trial *t, struct model_set *set)
{
	bool hold = t->hold_end != DAY_NONE;
	int32_t horizon = hold ? t->hold_end - t->cut : (int32_t)settings_int(run->settings, "horizon_days");
	enum rc rc = RC_OK;
	if (t->cohort->has_money) {
		rc = fit_one(model_find("gg"), t->cohort, &t->options, &t->other);
		set->has_spend = !rc && fit_usable(&t->other);
		set->spend = t->other;
		set->per_purchase = t->other.per_purchase;
	}
	if (!rc && t->correct != CALIBRATION_NONE)
		rc = past_read(run, run->arena, hold ? t->hold_end : t->cut, &t->past);
	if (!rc && t->correct != CALIBRATION_NONE)
		rc = past_columns(run->store, run->arena, &t->fit.design, &t->past);
	if (!rc && t->correct != CALIBRATION_NONE)
		rc = calibrate(&t->past, &t->fit, set->has_spend ? &set->spend : NULL, t->cut, horizon, t->correct, &t->options, &t->calibration);
	set->calibration = t->calibration;
	return rc;
}

/* Draws of the model; with a holdout, the interval of its purchases, before the calibration and so of the model itself. */
static enum rc draw(struct call *call, struct trial *t)
{
	uint64_t seed = (uint64_t)settings_int(call->settings, "seed");
	struct model_set set = { .as_of = t->cut, .purchase = t->fit, .per_purchase = NAN };
	struct outlook future = { .horizon = t->cohort->hold_days, .near = t->cohort->hold_days, .margin = 1 };
	struct forecast *f;
	double variance = 0, expected = 0;
	if (!t->draws)
		return RC_OK;
	enum rc rc = bootstrap_fit(call->arena, &t->fit, t->cohort, (size_t)t->draws, seed, &t->options, &t->bootstrap);
	if (rc || !t->cohort->hold_days || t->bootstrap->n < 2)
		return rc;
	rc = forecast_new(call->arena, &set, t->cohort, &future, &f);
	for (size_t i = 0; !rc && i < t->cohort->n; i++) {
		struct prediction p;
		forecast_customer(f, i, &p);
		expected += p.expected;
		variance += p.variance_n;
	}
	return rc ? rc : bootstrap_total(call->arena, t->bootstrap, &t->fit, t->cohort, t->cohort->hold_days, expected, variance, seed);
}

/* Judge a purchase model by what came after the cut, with spend beside it where there is money. */
static enum rc validate(struct call *call, struct run *run, struct trial *t)
{
	struct model_set set = { .as_of = t->cut, .purchase = t->fit, .per_purchase = NAN };
	if (t->model->kind != MODEL_PURCHASES || !fit_usable(&t->fit))
		return RC_OK;
	enum rc rc = complete(run, t, &set);
	if (rc || t->hold_end == DAY_NONE)
		return rc;
	rc = validate_set(call->arena, &set, t->cohort, &t->options, &t->validation);
	if (!rc && set.has_spend && t->past.n > 0)
		rc = validate_discounted(call->arena, &set, &t->past, settings_real(call->settings, "discount_rate"), &t->options, t->validation);
	return rc;
}

static enum rc save(struct call *call, struct trial *t)
{
	bool              purchases = t->model->kind == MODEL_PURCHASES;
	struct set_record r = { .kind = "trial", .features = "", .customers = t->cohort->n, .holdout_end = t->hold_end, .validation = t->validation,
	                        .calibration = &t->calibration, .purchase = purchases ? &t->fit : NULL, .spend = purchases ? NULL : &t->fit };
	enum rc           rc = store_begin(call->store);
	rc = rc ? rc : fit_save(call->store, &r, &t->set_id);
	rc = rc ? rc : store_commit(call->store);
	if (rc)
		store_rollback(call->store);
	return rc;
}

static const struct validation_metric *metric_of(const struct validation *v, const char *model, const struct validation_metric *like)
{
	for (size_t i = 0; i < v->metrics; i++)
		if (!strcmp(v->metric[i].model, model) && !strcmp(v->metric[i].target, like->target) && !strcmp(v->metric[i].metric, like->metric))
			return &v->metric[i];
	return NULL;
}

/* What the discounted numbers cover, and at what rate. */
static void say_discounted(struct str *t, const struct trial *r)
{
	char from[16], to[16];
	day_format(from, r->cut + 1);
	day_format(to, r->hold_end);
	if (r->validation->discounted > 0)
		str_addf(t, "  discounted: revenue of %s to %s as of the day before, at %.4g %% a year, margin not applied, the past left out; %zu customers\n", from, to,
		         100 * r->validation->rate, r->validation->discounted);
}

/* A line a metric of the set's own model, with the same before its calibration and the naive models beside it. */
static void say_holdout(struct str *t, const struct trial *r)
{
	const struct validation *v = r->validation;
	const char *const beside[] = { v->name, "plain", "rate", "hiatus", "last_window" };
	str_addf(t, "holdout: %zu customers, %d days; %s\n  %-10s %-24s", v->customers, v->hold_days,
	         r->calibration.kind == CALIBRATION_NONE ? "not calibrated" : "plain is before the calibration", "target", "metric");
	for (size_t k = 0; k < sizeof beside / sizeof *beside; k++)
		str_addf(t, " %12s", beside[k]);
	str_add_char(t, '\n');
	for (size_t i = 0; i < v->metrics; i++) {
		const struct validation_metric *m = &v->metric[i];
		if (strcmp(m->model, v->name) != 0 || isnan(m->value))
			continue;
		str_addf(t, "  %-10s %-24s", m->target, m->metric);
		for (size_t k = 0; k < sizeof beside / sizeof *beside; k++) {
			const struct validation_metric *other = metric_of(v, beside[k], m);
			if (other && !isnan(other->value))
				str_addf(t, " %12.4f", other->value);
			else
				str_addf(t, " %12s", "-");
		}
		str_add_char(t, '\n');
	}
	say_discounted(t, r);
}

static void say_bootstrap(struct str *t, const struct trial *r)
{
	const struct bootstrap *b = r->bootstrap;
	str_addf(t, "bootstrap: %zu of %zu fits to %zu customers drawn from the model converged%s\n", b->n, b->asked, b->customers,
	         b->customers < r->fit.n ? ", spread shrunk to all of them" : "");
	for (size_t i = r->fit.model->n_fixed; i < r->fit.model->n_params && b->n >= 2; i++)
		str_addf(t, "  %-6s %12.6g   se %-10.4g 95 %%: %.4g to %.4g\n", r->fit.model->params[i].name, r->fit.param[i], b->se[i], b->low[i], b->high[i]);
	if (isnan(b->total))
		return;
	double actual = 0;
	for (size_t i = 0; i < r->cohort->n; i++)
		actual += r->cohort->hold_x[i];
	str_addf(t, "  purchases in the holdout, before the calibration: %.0f, 80 %%: %.0f to %.0f; %.0f came, %s\n", b->total, b->total_low, b->total_high, actual,
	         b->total_low <= actual && actual <= b->total_high ? "inside" : "outside");
}

static void say_calibration(struct str *t, const struct calibration *c)
{
	str_addf(t, "calibration: %s%s%s\n", calibration_name(c->kind), *c->why ? ": " : "", c->why);
	if (c->kind == CALIBRATION_NONE)
		return;
	str_addf(t, "  spend of a purchase times %.3f; the chance of buying again %s; the 80 %% interval from level %.3f to %.3f of the law\n", c->value,
	         c->buys.n > 0 ? "by a curve" : "left alone", c->low, c->high);
	str_addf(t, "  %-12s %6s %10s %11s %11s %9s %9s  status\n", "origin", "days", "customers", "purchases", "expected", "buying", "expected");
	for (size_t i = 0; i < c->origins; i++) {
		const struct origin *o = &c->origin[i];
		char day[16];
		day_format(day, o->cut);
		if (!o->used)
			str_addf(t, "  %-12s %6d %10s %11s %11s %9s %9s  %s, left out\n", day, o->hold_days, "-", "-", "-", "-", "-", fit_status_name(o->status));
		else
			str_addf(t, "  %-12s %6d %10zu %11.0f %11.1f %9.3f %9.3f  %s\n", day, o->hold_days, o->customers, o->actual, o->predicted,
			         o->buying / (double)o->customers, o->buying_predicted / (double)o->customers, fit_status_name(o->status));
	}
}

static void say_contest(struct str *t, const struct contest *c)
{
	str_addf(t, "contest in the holdout:\n  %-10s %10s %9s %8s %14s %12s  status\n", "model", "mae", "total", "gini", "log-likelihood", "AIC");
	for (size_t i = 0; i < c->n; i++) {
		const struct contender *p = &c->contender[i];
		str_addf(t, "  %-10s %10.4f %+7.1f %% %8.4f %14.3f %12.2f  %s\n", p->fit.model->id, p->mae, 100 * p->total, p->gini, p->fit.loglik, p->fit.aic,
		         fit_status_name(p->fit.status));
	}
	str_addf(t, "  chosen: %s\n", c->why);
}

static struct js *contest_json(const struct contest *c)
{
	struct js *o = js_object(), *rows = js_array();
	for (size_t i = 0; i < c->n; i++) {
		const struct contender *p = &c->contender[i];
		struct js *row = js_object();
		js_set_text(row, "model", p->fit.model->id);
		js_set_text(row, "status", fit_status_name(p->fit.status));
		js_set_real(row, "loglik", p->fit.loglik);
		js_set_real(row, "aic", p->fit.aic);
		js_set_real(row, "bic", p->fit.bic);
		js_set_real(row, "mae", p->mae);
		js_set_real(row, "aggregate_error", p->total);
		js_set_real(row, "gini", p->gini);
		js_add(rows, row);
	}
	js_set(o, "models", rows);
	js_set_text(o, "chosen", c->best < c->n ? c->contender[c->best].fit.model->id : NULL);
	js_set_text(o, "why", c->why);
	return o;
}

/* All models, and the best one in place of the one asked for. */
static enum rc contest(struct call *call, struct trial *t)
{
	t->contest = arena_alloc(call->arena, 1, sizeof *t->contest);
	enum rc rc = choose_purchase(t->cohort, &t->options, t->contest);
	if (rc)
		return rc;
	const struct contender *best = &t->contest->contender[t->contest->best < t->contest->n ? t->contest->best : 0];
	t->model = best->fit.model;
	t->fit = best->fit;
	return RC_OK;
}

static void say_param(struct str *t, const struct fit *f, size_t i)
{
	str_addf(t, "  %-6s %12.6g   ", f->model->params[i].name, f->param[i]);
	if (isnan(f->se[i]))
		str_addf(t, i < f->model->n_fixed ? "chosen\n" : "no standard error\n");
	else
		str_addf(t, "se %-10.4g 95 %%: %.4g to %.4g\n", f->se[i], f->low[i], f->high[i]);
}

static void say_effects(struct str *t, const struct trial *r)
{
	const struct fit *f = &r->fit;
	char name[120];
	if (r->told.n > 0 && f->design.effects > 0)
		str_addf(t, "%s\n", r->told.s);
	for (size_t i = f->model->n_params; i < fit_size(f); i++) {
		double z, p;
		fit_name(f, i, name, sizeof name);
		fit_wald(f, i, &z, &p);
		str_addf(t, "  %-28s %10.5g   ", name, f->param[i]);
		if (isnan(f->se[i]))
			str_addf(t, "no standard error\n");
		else
			str_addf(t, "se %-9.4g z %7.2f  p %-8.2g 95 %%: %.4g to %.4g\n", f->se[i], z, p, f->low[i], f->high[i]);
	}
	if (f->design.effects > 0 && f->penalty > 0)
		str_addf(t, "  penalty %.6g on the coefficients: they are smaller than the likelihood alone would have them, and standard errors, tests, AIC and BIC "
		            "are too favourable\n", f->penalty);
}

static void say_season(struct str *t, const struct season *s)
{
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	if (!s->on)
		return;
	str_addf(t, "  season, ");
	if (s->harmonics > 0)
		str_addf(t, "%d wave%s a year:", s->harmonics, s->harmonics > 1 ? "s" : "");
	else
		str_addf(t, "as declared:");
	for (int m = 1; m <= 12; m++)
		str_addf(t, " %s %.2f", month[m - 1], season_month(s, m));
	str_addf(t, "; times are season days\n");
}

static void say_tests(struct str *t, const struct fit *f)
{
	for (size_t i = 0; i < f->tests; i++) {
		const struct ratio_test *s = &f->test[i];
		const char *verdict = s->larger ? "" : s->p < .01 ? ": it pays" : s->p < .05 ? ": it may pay" : ": it does not pay";
		str_addf(t, "  likelihood ratio against %s (%.3f): %.3f", s->name, s->loglik, s->statistic);
		if (s->df > 0 && s->p < 1e-300)
			str_addf(t, " on %d, p below 1e-300%s", s->df, verdict);
		else if (s->df > 0)
			str_addf(t, " on %d, p %.2g%s", s->df, s->p, verdict);
		str_add_char(t, '\n');
	}
}

static void say(struct str *t, const struct trial *r)
{
	const struct fit *f = &r->fit;
	char              day[16];
	day_format(day, r->cut);
	str_addf(t, "%s on %zu customers (%zu distinct) up to %s, unit: %s\n", f->model->title, f->n, f->n_distinct, day, f->period);
	str_addf(t, "  %s%s%s\n", fit_status_name(f->status), *f->message ? ": " : "", f->message);
	if (isnan(f->loglik))
		return;
	for (size_t i = 0; i < f->model->n_params; i++)
		say_param(t, f, i);
	say_effects(t, r);
	say_season(t, &f->season);
	if (f->choice.n > 0) {
		str_addf(t, "  log-likelihood by k:");
		for (size_t i = 0; i < f->choice.n; i++)
			str_addf(t, " %zu: %.3f%s", i + 1, f->choice.loglik[i], i + 1 < f->choice.n ? "," : "\n");
	}
	str_addf(t, "  log-likelihood %.6f  AIC %.3f  BIC %.3f  gradient %.2g  evaluations %zu\n", f->loglik, f->aic, f->bic, f->gradient_norm, f->evaluations);
	say_tests(t, f);
	if (r->contest)
		say_contest(t, r->contest);
	if (r->bootstrap)
		say_bootstrap(t, r);
	if (*r->calibration.why)
		say_calibration(t, &r->calibration);
	if (r->validation)
		say_holdout(t, r);
}

static enum rc make(struct call *call, struct trial *t)
{
	struct runner_ask  ask;
	struct run         run;
	struct cohort     *c = arena_alloc(call->arena, 1, sizeof *c);
	const struct pass *pass;
	enum rc            rc = ask_of(call, t);
	if (rc)
		return rc;
	call_runner_ask(call, &ask);
	runner_prepare(&run, call->store, call->settings, call->arena, &ask);
	rc = horizon_cohort(&run, call->arena, t->cut, t->hold_end, c);
	rc = rc ? rc : pass_check(call->arena, c, &pass);
	if (rc)
		return rc;
	*c = *pass_cohort(pass);
	t->cohort = c;
	bool possible = !t->model || effects_possible(t->model);
	if (possible && design_wanted(&t->covariates) && (rc = design_read(call->store, call->arena, &t->covariates, c, &t->design, &t->told)))
		return rc;
	t->options.design = t->design.effects > 0 ? &t->design : NULL;
	rc = t->model ? fit_one(t->model, t->cohort, &t->options, &t->fit) : contest(call, t);
	rc = rc ? rc : draw(call, t);
	rc = rc ? rc : validate(call, &run, t);
	return rc ? rc : save(call, t);
}

static void tell(struct call *call, const struct trial *t)
{
	struct js *js = call->answer->json = fit_json(&t->fit);
	js_set_int(js, "set", t->set_id);
	if (t->contest)
		js_set(js, "contest", contest_json(t->contest));
	js_set(js, "holdout", t->validation ? validate_json(t->validation) : js_null());
	if (t->told.n > 0)
		js_set_text(js, "covariates", t->told.s);
	if (t->bootstrap)
		js_set(js, "bootstrap", bootstrap_json(t->bootstrap, &t->fit));
	js_set(js, "calibration", calibration_json(&t->calibration));
	say(&call->answer->text, t);
}

static enum rc run(struct call *call)
{
	struct trial t = {0};
	enum rc      rc = make(call, &t);
	if (!rc) {
		tell(call, &t);
		rc = asides_note(call); /* a fit changes nothing that is live: it does not wait as a run does */
	}
	str_clear(&t.told);
	return rc;
}

const struct command command_fit = {
	.name = "fit", .args = "MODEL", .about = "estimate one model: mbgnbd, bgnbd, mbgcnbd, bgcnbd, pnbd, ggomnbd, bgbb, nbd, gg, or auto: the purchase model that does best in the holdout",
	.details = "The result is stored as a trial and publishes nothing. A fit that did not converge is a result with a status, not an error. With a holdout "
	           "the naive models stand beside it, so that everyone sees what the model is worth.",
	.options = options, .flags = COMMAND_WRITES, .min_args = 1, .max_args = 1, .run = run,
};
