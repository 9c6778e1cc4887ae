/* Inner back-tests at rolling origins, and the corrections they suggest. Not here: applying them to a customer (forecast), the
 * back-test that judges a set (validate). */
#include "config.h"

#include "models/calibrate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/dist.h"
#include "module/pass.h"

#define SHARE_FIRST  35      /* percent of the past */
#define SHARE_LAST   90
#define SHARE_STEP   5
#define WHOLE_LEAST  3       /* origins with the whole horizon that are enough by themselves */
#define USED_LEAST   2
#define HOLD_LEAST   2       /* days */
#define WORTH_IT     M_SQRT2 /* standard errors */
#define AUTO_MARGIN  .99
#define TAIL_MOST    512     /* purchases of a customer in a holdout that the law is asked for */

static const char *const kinds[] = {
	[CALIBRATION_NONE] = "none", [CALIBRATION_LEVEL] = "level", [CALIBRATION_ISOTONIC] = "isotonic", [CALIBRATION_AUTO] = "auto",
};

const char *calibration_name(enum calibration_kind kind)
{
	return kinds[kind];
}

enum calibration_kind calibration_kind_of(const char *name)
{
	for (enum calibration_kind k = CALIBRATION_NONE; k <= CALIBRATION_AUTO; k++)
		if (strcmp(kinds[k], name) == 0)
			return k;
	return CALIBRATION_NONE;
}

/* What was said of the customers of an origin and what came: rows of all origins one after another. */
struct told {
	size_t  n, room;
	double *expected, *came;     /* purchases over the mean expected of the origin */
	double *weight;              /* that mean */
	double *p_buys, *bought;
	struct pit *pit;
	size_t *origin;
};

struct work {
	const struct past        *past;
	const struct fit         *purchase, *spend;
	struct fit_options        own;   /* those of the fit, with its regularity */
	struct told               seen;
	struct calibration       *c;
};

/* ---- origins ---- */

static void lay_origins(const struct past *p, day_t upto, int32_t horizon, struct calibration *c)
{
	double span = upto - p->first + 1;
	size_t whole = 0;
	for (int share = SHARE_FIRST; share <= SHARE_LAST && c->origins < ORIGINS_MOST; share += SHARE_STEP) {
		day_t cut = p->first + (day_t)(span * share / 100) - 1;
		int32_t rest = upto - cut, hold = rest < horizon ? rest : horizon;
		if (cut < p->first || hold < HOLD_LEAST || (c->origins > 0 && c->origin[c->origins - 1].cut == cut))
			continue;
		whole += hold == horizon;
		c->origin[c->origins++] = (struct origin) { .cut = cut, .hold_days = hold, .revenue = NAN, .revenue_predicted = NAN };
	}
	while (whole >= WHOLE_LEAST && c->origins > whole) /* those with less lie behind them */
		c->origins--;
}

static bool make_room(struct arena *a, size_t rows, struct told *s)
{
	double **column[] = { &s->expected, &s->came, &s->weight, &s->p_buys, &s->bought };
	bool ok = (s->origin = arena_try(a, rows + 1, sizeof *s->origin)) && (s->pit = arena_try(a, rows + 1, sizeof *s->pit));
	for (size_t i = 0; ok && i < sizeof column / sizeof column[0]; i++)
		ok = (*column[i] = arena_try(a, rows + 1, sizeof **column[i])) != NULL;
	s->room = rows;
	return ok;
}

static struct pit pit_of(const struct model *m, const double *param, const struct history *h, double alive, double none, double t, int32_t n)
{
	double tail[TAIL_MOST], nothing = 1 - alive + alive * none;
	if (n == 0)
		return (struct pit) { 0, nothing };
	if (n + 2 > TAIL_MOST)
		return (struct pit) { 1, 1 };
	m->tail(m, param, h, t, tail, (size_t)n + 2);
	return (struct pit) { 1 - alive * tail[n], 1 - alive * tail[n + 1] };
}

struct pit calibration_pit(const struct model *m, const double *param, const struct history *h, double t, int32_t n)
{
	return pit_of(m, param, h, m->alive(m, param, h), m->none(m, param, h, t), t, n);
}

double pit_below(const struct pit *p, double level)
{
	return level >= p->upto ? 1 : level <= p->under ? 0 : (level - p->under) / (p->upto - p->under);
}

static double spend_said(const struct fit *spend, const struct cohort *c, size_t i)
{
	double count, mean;
	spend_of(c, i, spend->spend_repeat, &count, &mean);
	double value = spend->model->spend_mean(spend->model, spend->param, count, mean);
	return isnan(value) ? spend->per_purchase : value;
}

/* Add what the fit at an origin says of every customer, and the totals. */
static void look(struct work *w, size_t at, const struct cohort *c, const struct fit *f, const struct fit *spend)
{
	struct origin *o = &w->c->origin[at];
	struct told *s = &w->seen;
	double days = period_days(f->period), t = season_ahead(&w->purchase->season, o->cut, o->hold_days) / days, unit = pow(10, c->decimals);
	size_t from = s->n;
	if (spend)
		o->revenue = o->revenue_predicted = 0;
	for (size_t i = 0; i < c->n; i++, s->n++) {
		struct history h = { .x = c->x[i], .t_x = c->t_x[i] / days, .t = c->t[i] / days };
		double own[MODEL_PARAMS];
		fit_own(f, c->width > 0 ? c->z + i * c->width : NULL, own);
		double alive = f->model->alive(f->model, own, &h), none = f->model->none(f->model, own, &h, t);
		double expected = alive * f->model->expected(f->model, own, &h, t), buys = alive * (1 - none), came = c->hold_x[i];
		s->pit[s->n] = pit_of(f->model, own, &h, alive, none, t, c->hold_x[i]);
		s->expected[s->n] = expected;
		s->came[s->n] = came;
		s->p_buys[s->n] = buys;
		s->bought[s->n] = came > 0;
		s->origin[s->n] = at;
		o->actual += came;
		o->predicted += expected;
		o->variance += (came - expected) * (came - expected);
		o->buying += came > 0;
		o->buying_predicted += buys;
		o->variance_buying += ((came > 0) - buys) * ((came > 0) - buys);
		if (spend) {
			double money = (double)c->hold_minor[i] / unit, said = expected * spend_said(spend, c, i);
			o->revenue += money;
			o->revenue_predicted += said;
			o->variance_revenue += (money - said) * (money - said);
		}
	}
	double mean = o->predicted / (double)c->n;
	for (size_t k = from; k < s->n; k++) {
		s->expected[k] /= mean;
		s->came[k] /= mean;
		s->weight[k] = mean;
	}
	o->customers = c->n;
	o->used = o->predicted > 0 && o->actual > 0;
	s->n = o->used ? s->n : from;
}

static enum rc visit(struct work *w, size_t at)
{
	struct origin *o = &w->c->origin[at];
	struct arena *a = arena_new();
	struct cohort c, told;
	const struct pass *pass;
	struct fit f, spend = { 0 };
	enum rc rc = past_cohort(a, w->past, o->cut, o->hold_days, &c);
	rc = rc ? rc : pass_check(a, &c, &pass);
	/* By the clock of the fit that is to be put right. */
	rc = rc ? rc : season_cohort(a, &w->purchase->season, pass_cohort(pass), &told);
	rc = rc ? rc : fit_one(w->purchase->model, &told, &w->own, &f);
	if (rc == RC_DATA) { /* too early to say anything */
		err_clear();
		o->status = FIT_REFUSED;
		arena_free(a);
		return RC_OK;
	}
	if (!rc)
		o->status = f.status;
	if (!rc && f.status == FIT_CONVERGED && w->spend && c.has_money)
		rc = fit_one(w->spend->model, pass_cohort(pass), &w->own, &spend);
	if (!rc && f.status == FIT_CONVERGED)
		look(w, at, &told, &f, fit_usable(&spend) ? &spend : NULL);
	arena_free(a);
	return rc;
}

/* ---- levels ---- */

/* What one kind of total was and was said to be, origin by origin. */
struct total_of { double (*actual)(const struct origin *o), (*predicted)(const struct origin *o), (*variance)(const struct origin *o); };

static double purchases_actual(const struct origin *o) { return o->actual; }
static double purchases_predicted(const struct origin *o) { return o->predicted; }
static double purchases_variance(const struct origin *o) { return o->variance; }
static double buying_actual(const struct origin *o) { return o->buying; }
static double buying_predicted(const struct origin *o) { return o->buying_predicted; }
static double buying_variance(const struct origin *o) { return o->variance_buying; }
static double revenue_actual(const struct origin *o) { return o->revenue; }
static double revenue_predicted(const struct origin *o) { return o->revenue_predicted; }
static double revenue_variance(const struct origin *o) { return o->variance_revenue; }

/* ln of the ratio of the sums over the origins, and its standard error. Where the holdouts end on one day, each lies within the
 * one before it, and what came in the last of them counts in all: the k-th adds what it has over the next, k times over. Holdouts
 * of equal length are so taken for one and the same, which is cautious. */
static double level_of(const struct calibration *c, const struct total_of *t, double *se)
{
	double actual = 0, predicted = 0, variance = 0, times = 0;
	const struct origin *last = NULL;
	for (size_t i = 0; i < c->origins; i++) {
		const struct origin *o = &c->origin[i];
		if (!o->used || isnan(t->actual(o)))
			continue;
		actual += t->actual(o);
		predicted += t->predicted(o);
		if (last)
			variance += times * times * fmax(t->variance(last) - t->variance(o), 0);
		times++;
		last = o;
	}
	if (last)
		variance += times * times * t->variance(last);
	*se = predicted > 0 ? sqrt(variance) / predicted : (double)NAN;
	return actual > 0 && predicted > 0 ? log(actual / predicted) : 0;
}

static double worth_it(double level, double se)
{
	return fabs(level) > WORTH_IT * se ? level : 0;
}

static double share_below(const struct told *s, double level)
{
	double sum = 0;
	for (size_t i = 0; i < s->n; i++)
		sum += pit_below(&s->pit[i], level);
	return sum / (double)s->n;
}

static double level_with(const struct told *s, double share)
{
	double low = .005, high = .98;
	for (int k = 0; k < 40; k++) {
		double middle = (low + high) / 2;
		*(share_below(s, middle) < share ? &low : &high) = middle;
	}
	return (low + high) / 2;
}

/* ---- isotonic ---- */

/* Rows of the origins of one parity, or of all (-1), moved to the front of new columns. */
static enum rc isotonic_of(struct arena *a, const struct told *s, const double *x, const double *y, int parity, struct isotonic *out)
{
	double *column[3];
	size_t n = 0;
	for (size_t k = 0; k < 3; k++)
		if ((column[k] = arena_try(a, s->n + 1, sizeof **column)) == NULL)
			return err_set(RC_NOMEM, "FIT-102", "no memory for %zu rows", s->n);
	for (size_t i = 0; i < s->n; i++) {
		if (parity >= 0 && (int)(s->origin[i] % 2) != parity)
			continue;
		column[0][n] = x[i];
		column[1][n] = y[i];
		column[2][n++] = s->weight[i];
	}
	return isotonic_fit(column[0], column[1], column[2], n, out);
}

/* Is the curve better than the level at origins that it has not seen? */
static enum rc curve_wins(struct arena *a, const struct told *s, bool *wins)
{
	double curve = 0, level = 0;
	for (int parity = 0; parity < 2; parity++) {
		struct isotonic f;
		double came = 0, said = 0;
		enum rc rc = isotonic_of(a, s, s->expected, s->came, parity, &f);
		if (rc)
			return rc;
		for (size_t i = 0; i < s->n; i++)
			if ((int)(s->origin[i] % 2) == parity) {
				came += s->weight[i] * s->came[i];
				said += s->weight[i] * s->expected[i];
			}
		for (size_t i = 0; f.n > 0 && i < s->n; i++)
			if ((int)(s->origin[i] % 2) != parity) {
				double by_curve = s->came[i] - isotonic_at(&f, s->expected[i]), by_level = s->came[i] - s->expected[i] * came / said;
				curve += s->weight[i] * by_curve * by_curve;
				level += s->weight[i] * by_level * by_level;
			}
	}
	*wins = curve < AUTO_MARGIN * level;
	return RC_OK;
}

/* Mean expected purchases of the customers in the horizon, as the fit tells it. */
static enum rc scale_of(struct arena *a, struct work *w, day_t upto)
{
	struct cohort calendar, c;
	const struct fit *f = w->purchase;
	double days = period_days(f->period), t = season_ahead(&f->season, upto, w->c->horizon) / days, sum = 0;
	enum rc rc = past_cohort(a, w->past, upto, 1, &calendar);
	rc = rc ? rc : season_cohort(a, &f->season, &calendar, &c);
	for (size_t i = 0; !rc && i < c.n; i++) {
		struct history h = { .x = c.x[i], .t_x = c.t_x[i] / days, .t = c.t[i] / days };
		double own[MODEL_PARAMS];
		fit_own(f, c.width > 0 ? c.z + i * c.width : NULL, own);
		sum += f->model->alive(f->model, own, &h) * f->model->expected(f->model, own, &h, t);
	}
	if (!rc)
		w->c->scale = sum / (double)c.n;
	return rc;
}

/* ---- all of it ---- */

static void say(struct calibration *c)
{
	char from[16], to[16];
	int32_t shortest = c->horizon, longest = 0;
	const struct origin *first = NULL, *last = NULL;
	for (size_t i = 0; i < c->origins; i++)
		if (c->origin[i].used) {
			last = &c->origin[i];
			first = first ? first : last;
			shortest = last->hold_days < shortest ? last->hold_days : shortest;
			longest = last->hold_days > longest ? last->hold_days : longest;
		}
	if (!first)
		return;
	day_format(from, first->cut);
	day_format(to, last->cut);
	int n = snprintf(c->why, sizeof c->why, "expected purchases %s %.3f (se of its logarithm %.3f), from %zu of %zu origins %s to %s, ",
	                 c->kind == CALIBRATION_ISOTONIC ? "by a curve about" : "times", c->purchases, c->purchases_se, c->used, c->origins, from, to);
	if (shortest == longest && longest == c->horizon)
		snprintf(c->why + n, sizeof c->why - (size_t)n, "each held against the whole horizon of %d days", longest);
	else
		snprintf(c->why + n, sizeof c->why - (size_t)n, "held against %d to %d days: shorter than the %d asked for", shortest, longest, c->horizon);
}

static enum rc correct(struct arena *a, struct work *w, day_t upto, enum calibration_kind asked)
{
	static const struct total_of purchases = { purchases_actual, purchases_predicted, purchases_variance };
	static const struct total_of buying = { buying_actual, buying_predicted, buying_variance };
	static const struct total_of revenue = { revenue_actual, revenue_predicted, revenue_variance };
	struct calibration *c = w->c;
	const struct told *s = &w->seen;
	double purchase_level = level_of(c, &purchases, &c->purchases_se), buying_se, buying_level = level_of(c, &buying, &buying_se), money;
	bool curve = asked == CALIBRATION_ISOTONIC;
	enum rc rc = asked == CALIBRATION_AUTO ? curve_wins(a, s, &curve) : RC_OK;
	if (rc)
		return rc;
	c->kind = curve ? CALIBRATION_ISOTONIC : CALIBRATION_LEVEL;
	c->purchases = exp(curve ? purchase_level : worth_it(purchase_level, c->purchases_se));
	money = level_of(c, &revenue, &c->value_se) - purchase_level;
	c->value = isnan(c->value_se) ? 1 : exp(worth_it(money, c->value_se));
	c->low = level_with(s, .1);
	c->high = level_with(s, .9);
	if (worth_it(buying_level, buying_se) != 0)
		rc = isotonic_of(a, s, s->p_buys, s->bought, -1, &c->buys);
	if (!rc && curve)
		rc = isotonic_of(a, s, s->expected, s->came, -1, &c->count);
	if (!rc && curve)
		rc = scale_of(a, w, upto);
	say(c);
	return rc;
}

enum rc calibrate(const struct past *past, const struct fit *purchase, const struct fit *spend, day_t upto, int32_t horizon,
                  enum calibration_kind asked, const struct fit_options *o, struct calibration *out)
{
	struct work w = { .past = past, .purchase = purchase, .spend = spend, .own = *o, .c = out };
	*out = (struct calibration) { .horizon = horizon, .purchases = 1, .value = 1, .low = .1, .high = .9, .purchases_se = NAN, .value_se = NAN };
	if (asked == CALIBRATION_NONE || past->first == DAY_NONE || purchase->model->discrete) {
		snprintf(out->why, sizeof out->why, asked == CALIBRATION_NONE ? "not asked for" : "there are no inner back-tests for this model");
		return RC_OK;
	}
	w.own.design = purchase->design.effects > 0 && past->width == purchase->design.columns ? &purchase->design : NULL;
	w.own.season = NULL; /* its clock is given */
	w.own.compare = false;
	w.own.k = purchase->model->n_fixed > 0 ? (int)purchase->param[0] : 0;
	lay_origins(past, upto, horizon, out);
	struct arena *a = arena_new();
	size_t customers = past_customers(past);
	enum rc rc = make_room(a, customers * out->origins, &w.seen) ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", customers);
	for (size_t i = 0; !rc && i < out->origins; i++) {
		rc = o->cancel && o->cancel(o->user) ? err_set(RC_CANCELLED, "FIT-104", "cancelled during the calibration") : visit(&w, i);
		out->used += out->origin[i].used;
	}
	if (!rc && out->used < USED_LEAST)
		snprintf(out->why, sizeof out->why, "the past is too short: the model could be estimated at %zu of %zu earlier days", out->used, out->origins);
	else if (!rc)
		rc = correct(a, &w, upto, asked);
	arena_free(a);
	return rc;
}

/* ---- using it ---- */

double calibration_factor(const struct calibration *c, double expected)
{
	if (c->kind == CALIBRATION_NONE)
		return 1;
	if (c->kind == CALIBRATION_LEVEL || !(expected > 0) || !(c->scale > 0))
		return c->purchases;
	return isotonic_at(&c->count, expected / c->scale) / (expected / c->scale);
}

double calibration_buying(const struct calibration *c, double p)
{
	return c->kind == CALIBRATION_NONE ? p : fmin(isotonic_at(&c->buys, p), 1);
}

struct js *calibration_json(const struct calibration *c)
{
	struct js *o = js_object(), *list = js_array();
	js_set_text(o, "kind", calibration_name(c->kind));
	js_set_text(o, "why", c->why);
	if (c->kind == CALIBRATION_NONE) {
		js_free(list);
		return o;
	}
	js_set_real(o, "purchases", c->purchases);
	js_set_real(o, "purchases_se", c->purchases_se);
	js_set_bool(o, "buying", c->buys.n > 0);
	js_set_real(o, "value", c->value);
	js_set_real(o, "low", c->low);
	js_set_real(o, "high", c->high);
	js_set_int(o, "horizon_days", c->horizon);
	for (size_t i = 0; i < c->origins; i++) {
		const struct origin *p = &c->origin[i];
		struct js *row = js_object();
		char day[16];
		day_format(day, p->cut);
		js_set_text(row, "cut", day);
		js_set_int(row, "hold_days", p->hold_days);
		js_set_int(row, "customers", (int64_t)p->customers);
		js_set_text(row, "status", fit_status_name(p->status));
		js_set_bool(row, "used", p->used);
		js_set_real(row, "actual", p->actual);
		js_set_real(row, "predicted", p->predicted);
		js_set_real(row, "buying", p->buying);
		js_set_real(row, "buying_predicted", p->buying_predicted);
		js_add(list, row);
	}
	js_set(o, "origins", list);
	return o;
}
