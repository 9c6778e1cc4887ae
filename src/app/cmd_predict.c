/* predict: score with the champion, as the live run did or with a different future: what if. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "app/command.h"
#include "models/bootstrap.h"
#include "models/design.h"
#include "models/registry.h"
#include "module/champion.h"
#include "module/pass.h"
#include "store/query.h"

static const struct option options[] = {
	{ "customer", 0, "ID", "only this customer", NULL },
	{ "horizon", 0, "DAYS", "days ahead; default that of the settings", NULL },
	{ "discount", 0, "R", "effective rate a year", NULL },
	{ "margin", 0, "M", "share of revenue that is value", NULL },
	{ "silent", 0, "DAYS", "as if no purchase came for so many more days", NULL },
	{ "newcomer", 0, NULL, "a customer whose first purchase is today, in place of those of the store", NULL },
	{ "with", 0, "NAME=VALUE,...", "covariates of the newcomer, where the champion has them; those not given are at their reference", NULL },
	{ "pmf", 0, "N", "also P(0), P(1) .. P(N purchases in the horizon), N at most 50", NULL },
	{ "bootstrap", 0, "N", "also 80 % intervals at the parameters of N fits to customers drawn from the model, N from 20 to 2000", NULL },
	{ "limit", 'n', "N", "at most N customers, in the order of the store", NULL },
	{ NULL, 0, NULL, NULL, NULL },
};

enum { PMF_MOST = 50, FIRST_CHANCE = 12 /* column */ };

struct question {
	struct outlook outlook;
	int64_t        silent, limit, code; /* code 0: every customer */
	int64_t        draws;               /* of the bootstrap; 0: none */
	struct bootstrap *bootstrap;
	int64_t        pmf;                 /* last count asked for; -1: none */
	bool           newcomer;
	int64_t        features;            /* execution whose rows are scored */
	struct model_set set;
	const struct cohort *cohort;
	double         ahead;               /* season days of the horizon */
	struct str     told;                /* of covariates */
};

static enum rc ask_of(struct call *call, struct question *q)
{
	int64_t horizon = settings_int(call->settings, "horizon_days");
	q->limit = INT64_MAX;
	q->outlook = (struct outlook){ .near = 30, .discount = settings_real(call->settings, "discount_rate"), .margin = settings_real(call->settings, "margin") };
	enum rc rc = call_option_int(call, "horizon", 1, 36500, &horizon);
	rc = rc ? rc : call_option_real(call, "discount", 0, 10, &q->outlook.discount);
	rc = rc ? rc : call_option_real(call, "margin", 0, 1, &q->outlook.margin);
	q->pmf = -1;
	q->newcomer = call_has(call, "newcomer");
	rc = rc ? rc : call_option_int(call, "pmf", 0, PMF_MOST, &q->pmf);
	rc = rc ? rc : call_option_int(call, "bootstrap", 20, BOOTSTRAP_MOST, &q->draws);
	rc = rc ? rc : call_option_int(call, "silent", 0, 36500, &q->silent);
	rc = rc ? rc : call_option_int(call, "limit", 0, INT64_MAX, &q->limit);
	q->outlook.horizon = (double)horizon;
	if (!rc && q->newcomer && (call_has(call, "customer") || call_has(call, "limit")))
		rc = err_do(err_set(RC_USAGE, "FIT-172", "a newcomer is not a customer of the store"), "leave out --customer and --limit");
	if (!rc && !q->newcomer && call_has(call, "with"))
		rc = err_do(err_set(RC_USAGE, "FIT-173", "the customers of the store have attributes of their own"), "--with goes with --newcomer");
	return rc;
}

static enum rc load(struct call *call, struct question *q)
{
	struct champion champion;
	const struct pass *pass;
	enum rc rc = champion_get(call->store, &champion);
	rc = rc ? rc : query_get_int(call->store, "statement/app_live_features", &q->features, "");
	if (!rc && (!champion.set_id || !q->features))
		return err_do(err_set(RC_DATA, "FIT-170", "there is no champion to score with yet"), "clv --batch run FILE.csv");
	rc = rc ? rc : fit_load(call->store, champion.set_id, &q->set);
	rc = rc ? rc : pass_mint(call->store, call->arena, "feat_customer", q->features, &pass);
	if (!rc) {
		struct cohort *c = arena_alloc(call->arena, 1, sizeof *c);
		*c = *pass_cohort(pass);
		q->cohort = c;
		q->ahead = season_ahead(&q->set.purchase.season, c->as_of + (day_t)q->silent, (int32_t)q->outlook.horizon);
		rc = q->set.purchase.design.effects > 0 ? design_apply(call->store, call->arena, &q->set.purchase.design, c, &q->told) : RC_OK;
	}
	const char *id = call_option(call, "customer");
	if (!rc && id) {
		rc = query_get_int(call->store, "statement/app_customer_code", &q->code, "ti", id, q->features);
		if (!rc && !q->code)
			rc = err_do(err_set(RC_USAGE, "CMD-135", "there is no customer '%s' in the live run", id), "clv --batch show top_customers lists them");
	}
	return rc;
}

/* A customer who is asked about. h: by the clock and in the periods of the fit. */
struct asked { const char *id; int32_t customer, frequency, silent; struct history h; const double *z; /* NULL: at the origin */ };

/* One customer without a past; spend is that of all, covariates are at their origin but for those given. */
static enum rc newcomer_of(struct call *call, const struct question *q, struct cohort *out)
{
	struct arena *a = call->arena;
	const char *given = call_option(call, "with");
	struct cohort c = { .n = 1, .as_of = q->cohort->as_of + (day_t)q->silent, .has_money = q->cohort->has_money, .decimals = q->cohort->decimals };
	c.customer = arena_alloc(a, 1, sizeof *c.customer);
	c.x = arena_alloc(a, 1, sizeof *c.x);
	c.t_x = arena_alloc(a, 1, sizeof *c.t_x);
	c.t = arena_alloc(a, 1, sizeof *c.t);
	c.first_minor = arena_alloc(a, 1, sizeof *c.first_minor);
	c.repeat_minor = arena_alloc(a, 1, sizeof *c.repeat_minor);
	c.spend_ok = arena_alloc(a, 1, sizeof *c.spend_ok);
	c.t[0] = (int32_t)q->silent;
	c.width = q->set.purchase.design.columns;
	c.z = arena_alloc(a, c.width + 1, sizeof *c.z);
	for (size_t i = 0; i < c.width; i++)
		c.z[i] = q->set.purchase.design.column[i].origin;
	*out = c;
	return given ? design_given(a, &q->set.purchase.design, given, c.z) : RC_OK;
}

/* The customers that are asked about, their silence prolonged. */
static struct cohort select_of(struct arena *a, const struct question *q)
{
	const struct cohort *all = q->cohort;
	size_t               from = 0, n = all->n;
	if (q->code) {
		while (from < all->n && all->customer[from] != (int32_t)q->code)
			from++;
		n = from < all->n ? 1 : 0;
	} else if ((int64_t)n > q->limit) {
		n = (size_t)q->limit;
	}
	struct cohort c = *all;
	c.n = n;
	c.customer += from;
	c.x += from;
	c.t_x += from;
	c.first_minor += from;
	c.repeat_minor += from;
	c.spend_ok += from;
	c.z = all->z ? all->z + from * all->width : NULL;
	c.as_of += (day_t)q->silent;
	c.t = arena_alloc(a, n + 1, sizeof *c.t);
	for (size_t i = 0; i < n; i++)
		c.t[i] = all->t[from + i] + (int32_t)q->silent;
	return c;
}

/* The chances of the model, as they are: alive at the end of the horizon, and of so many purchases in it. The calibration has no law. */
static void add_chances(struct call *call, const struct question *q, const struct asked *who, const struct prediction *p, size_t row, struct js *o)
{
	const struct fit *f = &q->set.purchase;
	struct frame     *frame = call->answer->frame;
	double            t = q->ahead / period_days(f->period), own[MODEL_PARAMS];
	fit_own(f, who->z, own);
	double later = p->p_alive * f->model->survives(f->model, own, &who->h, t);
	js_set_real(o, "p_alive_later", later);
	frame->column[FIRST_CHANCE].r[row] = later;
	struct js *list = q->pmf < 0 ? NULL : js_array();
	for (int64_t n = 0; n <= q->pmf; n++) {
		double chance = p->p_alive * f->model->pmf(f->model, own, &who->h, t, (double)n) + (n == 0 ? 1 - p->p_alive : 0);
		js_add(list, js_real(chance));
		frame->column[FIRST_CHANCE + 1 + n].r[row] = chance;
	}
	if (list)
		js_set(o, "pmf", list);
}

/* At the parameters of the draws, before the calibration. */
static enum rc add_ranges(struct call *call, const struct question *q, const struct asked *who, size_t row, struct js *o)
{
	static const char *const names[] = { "expected_low", "expected_high", "count_low", "count_high" };
	struct bootstrap_range  r;
	struct rng              g;
	rng_init_sub(&g, (uint64_t)settings_int(call->settings, "seed"), "bootstrap-customer", (uint64_t)who->customer);
	enum rc rc = bootstrap_customer(q->bootstrap, &q->set.purchase, &who->h, q->ahead, &g, &r);
	if (rc)
		return rc;
	const double values[] = { r.expected_low, r.expected_high, r.count_low, r.count_high };
	for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
		js_set_real(o, names[k], values[k]);
		call->answer->frame->column[FIRST_CHANCE + 2 + q->pmf + (int64_t)k].r[row] = values[k];
	}
	return RC_OK;
}

static enum rc add_row(struct call *call, const struct question *q, const struct asked *who, const struct prediction *p, struct js *list)
{
	static const char *const names[] = { "p_alive", "expected_purchases", "p_no_purchase", "expected_value", "clv", "low", "high", "at_risk", "already_lost" };
	const double             values[] = { p->p_alive, p->expected, p->none, p->value, p->clv, p->low, p->high, p->at_risk, p->already_lost };
	struct frame            *f = call->answer->frame;
	struct js               *o = js_object();
	size_t                   row = frame_add_row(f);
	js_set_text(o, "customer_id", who->id);
	js_set_int(o, "frequency", who->frequency);
	js_set_int(o, "days_since_last", who->silent);
	f->column[0].t[row] = who->id;
	f->column[1].i[row] = who->frequency;
	f->column[2].i[row] = who->silent;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		js_set_real(o, names[k], values[k]);
		f->column[3 + k].r[row] = values[k];
	}
	add_chances(call, q, who, p, row, o);
	js_add(list, o);
	return q->bootstrap ? add_ranges(call, q, who, row, o) : RC_OK;
}

static void make_columns(struct call *call, const struct question *q)
{
	struct frame *f = call->answer->frame = frame_new(call->arena);
	frame_add_column(f, "customer_id", "text", CELL_TEXT);
	frame_add_column(f, "frequency", "count", CELL_INT);
	frame_add_column(f, "days_since_last", "days", CELL_INT);
	frame_add_column(f, "p_alive", "share", CELL_REAL);
	frame_add_column(f, "expected_purchases", "real", CELL_REAL);
	frame_add_column(f, "p_no_purchase", "share", CELL_REAL);
	frame_add_column(f, "expected_value", "money", CELL_REAL);
	frame_add_column(f, "clv", "money", CELL_REAL);
	frame_add_column(f, "low", "money", CELL_REAL);
	frame_add_column(f, "high", "money", CELL_REAL);
	frame_add_column(f, "at_risk", "money", CELL_REAL);
	frame_add_column(f, "already_lost", "money", CELL_REAL);
	frame_add_column(f, "p_alive_later", "share", CELL_REAL);
	for (int64_t n = 0; n <= q->pmf; n++)
		frame_add_column(f, arena_printf(call->arena, "p_%d", (int)n), "share", CELL_REAL);
	if (!q->draws)
		return;
	frame_add_column(f, "expected_low", "real", CELL_REAL);
	frame_add_column(f, "expected_high", "real", CELL_REAL);
	frame_add_column(f, "count_low", "count", CELL_REAL);
	frame_add_column(f, "count_high", "count", CELL_REAL);
}

/* Draws are fitted to all customers, also when one is asked about. */
static enum rc draw(struct call *call, struct question *q)
{
	struct fit_options o = { .period = q->set.purchase.period, .min_customers = (size_t)settings_int(call->settings, "model.min_customers") };
	if (!q->draws)
		return RC_OK;
	return bootstrap_fit(call->arena, &q->set.purchase, q->cohort, (size_t)q->draws, (uint64_t)settings_int(call->settings, "seed"), &o, &q->bootstrap);
}

static enum rc score(struct call *call, const struct question *q, struct js *list)
{
	struct cohort    c = { 0 }, by_clock;
	struct forecast *f;
	double           days = period_days(q->set.purchase.period);
	enum rc          rc = RC_OK;
	if (q->newcomer)
		rc = newcomer_of(call, q, &c);
	else
		c = select_of(call->arena, q);
	if (!rc && c.n)
		rc = forecast_new(call->arena, &q->set, &c, &q->outlook, &f);
	rc = rc ? rc : season_cohort(call->arena, &q->set.purchase.season, &c, &by_clock);
	for (size_t i = 0; i < c.n && !rc; i++) {
		struct prediction p;
		char             *id = NULL;
		if (call->cancel && atomic_load(call->cancel)) {
			rc = err_set(RC_CANCELLED, "RUN-101", "cancelled");
			break;
		}
		forecast_customer(f, i, &p);
		rc = q->newcomer ? RC_OK : query_get_text(call->store, call->arena, "statement/app_customer_id", &id, "i", (int64_t)c.customer[i]);
		if (!rc)
			rc = add_row(call, q, &(struct asked){
				.id = q->newcomer ? "(newcomer)" : id ? id : "", .customer = c.customer[i], .frequency = c.x[i], .silent = c.t[i] - c.t_x[i],
				.h = { .x = c.x[i], .t_x = by_clock.t_x[i] / days, .t = by_clock.t[i] / days },
				.z = c.z && q->set.purchase.design.effects > 0 ? c.z + i * c.width : NULL,
			}, &p, list);
	}
	return rc;
}

/* From when to when the numbers count: the past, and a newcomer's first purchase, are not in them. */
static void tell_window(struct js *o, const struct question *q)
{
	char  day[16];
	day_t last = q->cohort->as_of + (day_t)q->silent;
	day_format(day, last + 1);
	js_set_text(o, "from", day);
	day_format(day, last + (day_t)q->outlook.horizon);
	js_set_text(o, "to", day);
	js_set_text(o, "calibration", calibration_name(q->set.calibration.kind));
}

static enum rc run(struct call *call)
{
	struct question q = {0};
	struct js      *list = js_array();
	enum rc         rc = ask_of(call, &q);
	rc = rc ? rc : load(call, &q);
	rc = rc ? rc : draw(call, &q);
	if (!rc) {
		make_columns(call, &q);
		rc = score(call, &q, list);
	}
	if (rc) {
		str_clear(&q.told);
		js_free(list);
		return rc;
	}
	call->answer->json = js_object();
	js_set(call->answer->json, "customers", list);
	js_set_int(call->answer->json, "set", q.set.set_id);
	js_set_real(call->answer->json, "horizon_days", q.outlook.horizon);
	js_set_real(call->answer->json, "discount_rate", q.outlook.discount);
	js_set_real(call->answer->json, "margin", q.outlook.margin);
	tell_window(call->answer->json, &q);
	if (q.told.n > 0)
		js_set_text(call->answer->json, "covariates", q.told.s);
	str_clear(&q.told);
	return RC_OK;
}

const struct command command_predict = {
	.name = "predict", .args = "", .about = "score with the champion; ask what if",
	.details = "Uses the live run's features and the champion's stored parameters. --silent 60 tells what the next sixty days of silence would say. "
	           "Purchases and value are those of the horizon, from the day after the as-of day (and the silence) on; neither the past nor the first purchase of "
	           "a newcomer is in them. p_alive_later (at the end of the horizon) and --pmf are the model's own chances, before the calibration.",
	.options = options, .run = run,
};
