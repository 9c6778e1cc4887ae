/* The stages `fit` and `candidate`: a purchase model and a spend model on the features of the run,
 * back-tested on the earlier cut. Owns fit_set, fit_model, fit_param, fit_covariance, fit_metric,
 * fit_calibration, fit_curve, fit_level, fit_level_curve, fit_origin and the tables of the diagnosis through registry. */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/choose.h"
#include "models/design.h"
#include "models/models_module.h"
#include "models/registry.h"
#include "module/champion.h"
#include "module/pass.h"
#include "store/keep.h"
#include "store/query.h"

/* What a set is fitted from and what came of it. */
struct work {
	struct run        *run;
	struct fit_options options;
	struct design_ask  covariates;
	struct season_ask  season;
	size_t             customers;
	const struct model *purchase;  /* of the setting, or what won the back-test */
	struct model_set   now, past;
	struct validation *validation; /* NULL: the history is too short, or the past fit did not converge */
	struct curves      curves;
	struct diagnosis   diagnosis;
	bool               diagnosed;
	day_t              holdout_end;
	int64_t            rival;      /* candidate: the champion that it would follow; 0: none */
	enum calibration_kind kind;    /* asked for */
	struct past        rows;       /* of a sample; read when first needed */
};

static bool asked_to_stop(void *user)
{
	struct run *run = user;
	return run_tick(run, "fits", 0, 0) != RC_OK;
}

/* The two models of one cohort. Without money, or with a spend model that did not converge, the set goes
 * without one. */
static enum rc fit_both(struct work *w, const struct cohort *c, struct model_set *set)
{
	enum rc rc = fit_one(w->purchase, c, &w->options, &set->purchase);
	set->as_of = c->as_of;
	if (!rc && c->has_money) {
		rc = fit_one(model_find("gg"), c, &w->options, &set->spend);
		set->has_spend = fit_usable(&set->spend);
		set->per_purchase = set->spend.per_purchase;
	}
	return rc;
}

/* How regularly the customers of a cohort bought: column "gaps", up to the as-of day, or "known", up to the cut. */
static enum rc read_gaps(struct run *run, struct arena *a, const char *column, double *out)
{
	struct frame *f;
	enum rc rc = query_frame(run->store, a, "statement/models_gaps", &f, "i", run_made_of(run, "feat_gap"));
	if (rc)
		return rc;
	const struct frame_column *days = frame_column(f, "days"), *gaps = frame_column(f, column);
	*out = 0;
	for (size_t i = 0; i < f->rows; i++)
		*out += frame_missing(gaps, i) ? 0 : (double)gaps->i[i] * log((double)days->i[i]);
	return RC_OK;
}

/* What the settings name, for the customers of the cohort. */
static enum rc add_covariates(struct work *w, struct arena *a, struct cohort *c)
{
	struct str told = { 0 };
	w->options.design = NULL;
	if (!design_wanted(&w->covariates))
		return RC_OK;
	struct design *d = arena_alloc(a, 1, sizeof *d);
	enum rc rc = design_read(w->run->store, a, &w->covariates, c, d, &told);
	w->options.design = rc ? NULL : d;
	str_clear(&told);
	return rc;
}

/* What each day brought, up to the last day that the cohort was seen. */
static enum rc read_repeats(struct run *run, struct arena *a, struct cohort *c)
{
	struct frame *f;
	enum rc rc = query_frame(run->store, a, "statement/models_repeats", &f, "ii", run_made_of(run, "feat_day"), (int64_t)c->as_of);
	if (rc || f->rows == 0)
		return rc;
	const struct frame_column *day = frame_column(f, "day"), *repeats = frame_column(f, "repeats");
	c->repeats_from = (day_t)day->i[0];
	for (size_t i = 0; i < c->n; i++)
		c->repeats_from = c->as_of - c->t[i] < c->repeats_from ? c->as_of - c->t[i] : c->repeats_from;
	c->repeats = arena_try(a, (size_t)(c->as_of - c->repeats_from) + 1, sizeof *c->repeats);
	if (c->repeats == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %d days", c->as_of - c->repeats_from);
	for (size_t i = 0; i < f->rows; i++)
		c->repeats[day->i[i] - c->repeats_from] = (int32_t)repeats->i[i];
	return RC_OK;
}

static enum rc mint(struct work *w, struct arena *a, const char *table, const char *gaps, const struct cohort **c)
{
	const struct pass *pass;
	struct run *run = w->run;
	enum rc rc = pass_mint(run->store, a, table, run_made_of(run, table), &pass);
	if (rc)
		return rc;
	struct cohort *own = arena_alloc(a, 1, sizeof *own);
	*own = *pass_cohort(pass);
	*c = own;
	rc = own->n > 0 ? add_covariates(w, a, own) : RC_OK;
	if (!rc && own->n > 0 && w->season.mode != SEASON_NONE)
		rc = read_repeats(run, a, own);
	return rc ? rc : read_gaps(run, a, gaps, &own->log_gaps);
}

/* The past fit beside the weeks up to its cut and after it. */
static enum rc track_past(struct work *w, const struct cohort *c)
{
	struct frame *days;
	enum rc rc = query_frame(w->run->store, w->run->arena, "statement/models_days", &days, "i", run_made_of(w->run, "feat_day"));
	return rc ? rc : curves_add_tracking(w->run->arena, &w->past, c, days, &w->curves);
}

/* The setting names a model, or leaves it to the back-test. */
static enum rc choose(struct work *w, const struct cohort *c)
{
	struct contest *t = arena_alloc(w->run->arena, 1, sizeof *t);
	if (strcmp(run_text(w->run, "model.purchase"), "auto") != 0)
		return RC_OK;
	enum rc rc = choose_purchase(c, &w->options, t);
	if (!rc && t->best < t->n) {
		w->purchase = t->contender[t->best].fit.model;
		run_note(w->run, "%s", t->why);
	}
	return rc;
}

/* Correct a set by its own past: origins up to its day, looking as far ahead as it is asked to. */
static enum rc put_right(struct work *w, struct model_set *set, int32_t horizon)
{
	struct run *run = w->run;
	enum rc rc = run_tick(run, "fits", 0, 0);
	if (rc || w->kind == CALIBRATION_NONE || !fit_usable(&set->purchase))
		return rc;
	if (!w->rows.row)
		rc = past_read(run, run->arena, run->as_of, &w->rows);
	rc = rc ? rc : past_columns(run->store, run->arena, &set->purchase.design, &w->rows);
	return rc ? rc : calibrate(&w->rows, &set->purchase, set->has_spend ? &set->spend : NULL, set->as_of, horizon, w->kind, &w->options, &set->calibration);
}

/* The champion on the holdout of the candidate. Where it has learned from days of that, the fit of its own back-test stands in for it: an
 * older one, but one that has not seen them either. A champion that can say nothing of the cut is left out. */
static enum rc ask_champion(struct work *w, const struct cohort *c)
{
	struct arena *a = w->run->arena;
	struct model_set *set = arena_alloc(a, 1, sizeof *set);
	struct validation *v;
	struct cohort own = *c;
	struct str told = { 0 };
	enum rc rc = fit_load(w->run->store, w->rival, set);
	if (!rc && set->as_of > c->as_of)
		rc = fit_load_past(w->run->store, w->rival, set);
	if (rc == RC_DATA || (!rc && set->as_of > c->as_of)) {
		err_clear();
		return RC_OK;
	}
	if (!rc && set->purchase.design.effects > 0)
		rc = design_apply(w->run->store, a, &set->purchase.design, &own, &told);
	str_clear(&told);
	rc = rc ? rc : validate_set(a, set, &own, &w->options, &v);
	if (!rc)
		validation_add_rival(w->validation, v);
	return rc;
}

/* Fit the past and hold it against what came. The rows of the past are gone before those of today are read. */
static enum rc fit_past(struct work *w)
{
	struct run *run = w->run;
	struct arena *a = arena_new();
	const struct cohort *c;
	int64_t cut = DAY_NONE;
	/* The past may be too short for a season that today must have. */
	struct season_ask season = w->season;
	season.mode = season.mode == SEASON_ALWAYS ? SEASON_AUTO : season.mode;
	w->options.season = &season;
	enum rc rc = query_get_int(run->store, "statement/models_window_cut", &cut, "i", run_made_of(run, "feat_window"));
	if (!rc && cut != DAY_NONE)
		rc = mint(w, a, "feat_backtest", "known", &c);
	if (!rc && cut != DAY_NONE && c->hold_x != NULL && c->n > 0) {
		w->holdout_end = c->as_of + c->hold_days;
		rc = choose(w, c);
		rc = rc ? rc : fit_both(w, c, &w->past);
		rc = rc ? rc : put_right(w, &w->past, c->hold_days);
		if (!rc && fit_usable(&w->past.purchase))
			rc = validate_set(run->arena, &w->past, c, &w->options, &w->validation);
		if (!rc && w->validation && w->rival)
			rc = ask_champion(w, c);
		if (!rc && fit_usable(&w->past.purchase))
			rc = track_past(w, c);
		if (!rc && w->validation)
			rc = curves_add_holdout(run->arena, &w->past, c, w->validation->alive, &w->curves);
		if (!rc && w->validation && w->rows.n > 0 && w->past.has_spend)
			rc = validate_discounted(run->arena, &w->past, &w->rows, run_real(run, "discount_rate"), &w->options, w->validation);
	}
	arena_free(a);
	w->options.season = &w->season;
	return rc;
}

/* Without a back-test, a year ahead. */
static enum rc diagnose_now(struct work *w, const struct cohort *c)
{
	struct frame *f;
	struct diagnosis_ask ask = { .now = &w->now, .c = c, .curves = &w->curves, .horizon = w->validation ? w->validation->hold_days : 365 };
	enum rc rc = query_frame(w->run->store, w->run->arena, "statement/models_evenness", &f, "i", run_made_of(w->run, "feat_evenness"));
	if (rc)
		return rc;
	const struct frame_column *customers = frame_column(f, "customers"), *spread = frame_column(f, "spread");
	if (f->rows && !frame_missing(spread, 0))
		ask.moments = regularity_by_moments(spread->r[0], (size_t)customers->i[0]);
	diagnose(&ask, &w->diagnosis);
	w->diagnosed = true;
	return RC_OK;
}

static enum rc fit_now(struct work *w)
{
	struct arena *a = arena_new();
	const struct cohort *c;
	enum rc rc = mint(w, a, "feat_customer", "gaps", &c);
	if (!rc) {
		w->customers = c->n;
		w->run->rows_in = (int64_t)c->n;
		rc = fit_both(w, c, &w->now);
		rc = rc ? rc : put_right(w, &w->now, (int32_t)run_int(w->run, "horizon_days"));
	}
	if (!rc && fit_usable(&w->now.purchase))
		rc = curves_add_orders(w->run->arena, &w->now, c, &w->curves);
	if (!rc && fit_usable(&w->now.purchase))
		rc = diagnose_now(w, c);
	arena_free(a);
	return rc;
}

static enum rc work_do(struct run *run, int64_t rival, struct work *w)
{
	*w = (struct work) {
		.run = run, .holdout_end = DAY_NONE, .rival = rival, .kind = calibration_kind_of(run_text(run, "model.calibration")),
		.options = {
			.period = run_text(run, "period"), .spend_repeat = strcmp(run_text(run, "model.spend"), "repeat") == 0,
			.min_customers = (size_t)run_int(run, "model.min_customers"), .cancel = asked_to_stop, .user = run,
			.penalty = run_real(run, "model.penalty"),
		},
		.purchase = model_find(strcmp(run_text(run, "model.purchase"), "auto") ? run_text(run, "model.purchase") : "mbgnbd"),
		.now = { .per_purchase = (double)NAN }, .past = { .per_purchase = (double)NAN },
	};
	store_unkeep(run->store); /* fits need the room more */
	design_ask_of(run->arena, run->settings, NULL, NULL, NULL, &w->covariates);
	enum rc rc = season_parse(run_text(run, "model.season"), &w->season);
	w->options.season = &w->season;
	rc = rc ? rc : run_tick(run, "fits", 0, 2);
	if (!rc)
		rc = fit_past(w);
	if (!rc)
		rc = run_tick(run, "fits", 1, 2);
	return rc ? rc : fit_now(w);
}

static const struct fit *there(const struct fit *f)
{
	return f->model != NULL ? f : NULL;
}

static const char *fingerprint_of(const struct run *run, const char *table)
{
	for (size_t i = 0; i < run->sources; i++)
		if (strcmp(run->source[i].table, table) == 0)
			return run->source[i].fingerprint;
	return "";
}

static enum rc work_save(const struct work *w, const char *kind, int64_t review_id, int64_t *set_id)
{
	struct set_record r = {
		.kind = kind, .made = w->run->made, .review_id = review_id, .features = fingerprint_of(w->run, "feat_customer"),
		.customers = w->customers, .purchase = &w->now.purchase, .spend = there(&w->now.spend),
		.past_purchase = there(&w->past.purchase), .past_spend = there(&w->past.spend), .holdout_end = w->holdout_end,
		.validation = w->validation, .curves = &w->curves, .diagnosis = w->diagnosed ? &w->diagnosis : NULL,
		.calibration = &w->now.calibration, .past_calibration = &w->past.calibration,
	};
	return fit_save(w->run->store, &r, set_id);
}

static void facts(struct run *run, const struct work *w, int64_t set_id)
{
	if (run->facts == NULL)
		run->facts = js_object();
	js_set_int(run->facts, "set", set_id);
	js_set(run->facts, "purchase", fit_json(&w->now.purchase));
	if (w->now.spend.model != NULL)
		js_set(run->facts, "spend", fit_json(&w->now.spend));
	if (w->validation != NULL)
		js_set(run->facts, "holdout", validate_json(w->validation));
	js_set(run->facts, "calibration", calibration_json(&w->now.calibration));
}

static void note(struct run *run, const struct work *w, const char *what, int64_t set_id)
{
	const struct fit *p = &w->now.purchase, *s = &w->now.spend;
	run_note(run, "%s %" PRId64 ": %s %s%s%s%s%s%s", what, set_id, p->model->id, fit_status_name(p->status), *p->message ? ", " : "",
	         p->message, s->model ? "; gg " : "", s->model ? fit_status_name(s->status) : "; no money in this data",
	         w->now.has_spend || !s->model ? "" : ", the mean spend stands in");
}

/* A purchase model that may not score ends the run; what it would have scored stays as it was. */
static enum rc refuse(const struct fit *f)
{
	enum rc rc = err_set(RC_DATA, "FIT-108", "%s ended as '%s': %s", f->model->title, fit_status_name(f->status), f->message);
	if (f->status == FIT_REFUSED)
		return err_do(rc, "bring more data: customers who bought on several days, and at least model.min_customers of them");
	return err_do(rc, "try the other purchase model (--set model.purchase=%s), or bring a longer history",
	              strcmp(f->model->id, "bgnbd") == 0 ? "mbgnbd" : "bgnbd");
}

enum rc fit_stage_run(struct run *run)
{
	struct champion champion;
	struct work w;
	int64_t set_id;
	enum rc rc = champion_get(run->store, &champion);
	if (rc)
		return rc;
	if (champion.set_id != 0) {
		run_hold(run, champion.made, champion.digest);
		run_note(run, "champion set %" PRId64 " kept; retraining takes an approved review", champion.set_id);
		return RC_OK;
	}
	rc = work_do(run, 0, &w);
	if (!rc && !fit_usable(&w.now.purchase))
		rc = refuse(&w.now.purchase);
	if (!rc)
		rc = work_save(&w, "initial", 0, &set_id);
	if (!rc)
		rc = champion_set(run->store, set_id, run->run_id, 0, "clv", "initial, unreviewed");
	if (rc)
		return rc;
	run->rows_out = 1;
	note(run, &w, "initial set", set_id);
	facts(run, &w, set_id);
	return RC_OK;
}

enum rc candidate_stage_run(struct run *run)
{
	struct champion champion;
	struct work w;
	int64_t review = 0, set_id;
	enum rc rc = query_get_int(run->store, "statement/models_review_waiting", &review, "");
	if (rc)
		return rc;
	if (review == 0) {
		run_note(run, "no open review without a candidate");
		return RC_OK;
	}
	rc = champion_get(run->store, &champion);
	rc = rc ? rc : work_do(run, champion.set_id, &w);
	if (!rc)
		rc = work_save(&w, "candidate", review, &set_id);
	if (rc)
		return rc;
	run->rows_out = 1;
	note(run, &w, "candidate set", set_id);
	facts(run, &w, set_id);
	return RC_OK;
}
