/* What each customer of a cohort is expected to bring. Everything that is expensive depends on (x, T) given
 * alive and is smooth in T: for an x that many customers share it is worked out at Chebyshev points of
 * ln(shift + T) and interpolated to 1e-11; an x of a few customers is worked out at each. */
#include "config.h"

#include "models/forecast_priv.h"

#include <math.h>
#include <string.h>

#include "base/day.h"

#define CURVE_MOST 48    /* points of a curve */
#define CURVE_ERROR 1e-11
#define SHARED 4         /* customers to a day from which what they share is worked out once */
#define TINY       1e-300 /* stands for 0 under a logarithm */

/* The Chebyshev series of the logarithm of each function over low .. low + 2 half of ln(shift + T). */
struct curve {
	size_t  n;
	double  low, half;
	double *term[FUNCTIONS];
};

/* What is known of a customer given alive, phase by phase with its chance and mixed. */
struct given { double chance[PHASE_MOST], none[PHASE_MOST], mean[FUNCTIONS], no_purchase, second; };

/* Customers of one x. */
struct group {
	size_t       members, bare; /* bare: without a usable spend of their own */
	int32_t      t_low, t_high;
	size_t       row, row_bare; /* of the law */
	struct curve *curve;        /* of each phase; n = 0: worked out at each customer */
	struct given *given;        /* of each day t_low .. t_high, at the law's row; NULL: worked out at each customer */
};

struct tables {
	const double *param;        /* of the purchase model, for the customers of a cell */
	size_t        members;
	int32_t       most;         /* largest x */
	struct group *group;        /* group[most + 1], members 0 where no customer has that x */
	size_t        phases;
	struct law   *law[PHASE_MOST]; /* of each phase */
	int32_t       t_low, t_high;
	struct law_point *point;    /* of each day t_low .. t_high; NULL: worked out at each customer */
};

static double shift_of(const struct forecast *f, const struct tables *k)
{
	return model_reach(f->set->purchase.model, k->param);
}

static struct tables *tables_of(const struct forecast *f, size_t i)
{
	return &f->tables[f->cells.of != NULL ? f->cells.of[i] : 0];
}

/* The functions at one (x, T), given alive and, in a model with phases, the phase. */
static void functions_at(const struct forecast *f, const double *param, double x, double t, int phase, double *out)
{
	const struct model *m = f->set->purchase.model;
	struct history h = { .x = x, .t = t, .phase = phase };
	out[EXPECTED] = m->expected(m, param, &h, outlook_days(&f->o, f->o.horizon) / f->days);
	out[NEAR] = m->expected(m, param, &h, outlook_days(&f->o, f->o.near) / f->days);
	out[DISCOUNTED] = discounted_purchases(m, param, &h, f->days, &f->o);
	out[STAYS] = m->stays(m, param, &h, outlook_days(&f->o, f->o.horizon) / f->days);
}

/* ---- curves ---- */

/* How many points the width takes: the functions are analytic in a strip of half-width pi (see law.c). */
static size_t curve_points(double half)
{
	double rho = half > 0 ? (M_PI + sqrt(M_PI * M_PI + half * half)) / half : INFINITY;
	double need = half > 0 ? ceil(-log(CURVE_ERROR) / log(rho)) + 2 : 1;
	return need < CURVE_MOST ? (size_t)need : CURVE_MOST;
}

/* Coefficients of the interpolant through the points cos(pi (j + 1/2) / n). */
static void curve_terms(const double *value, size_t n, double *term)
{
	for (size_t k = 0; k < n; k++) {
		double sum = 0;
		for (size_t j = 0; j < n; j++)
			sum += value[j] * cos(M_PI * (double)k * ((double)j + .5) / (double)n);
		term[k] = sum * (k == 0 ? 1 : 2) / (double)n;
	}
}

static enum rc curve_make(struct arena *a, const struct forecast *f, const struct tables *k, double x, int phase, const struct group *g,
                          struct curve *c)
{
	double shift = shift_of(f, k);
	double low = log(shift + g->t_low / f->days), high = log(shift + g->t_high / f->days);
	double value[FUNCTIONS][CURVE_MOST], at[FUNCTIONS];
	*c = (struct curve) { .n = curve_points((high - low) / 2), .low = low, .half = (high - low) / 2 };
	if (g->members <= c->n && c->n > 1) {
		c->n = 0;
		return RC_OK;
	}
	for (size_t j = 0; j < c->n; j++) {
		double u = low + c->half * (1 + cos(M_PI * ((double)j + .5) / (double)c->n));
		functions_at(f, k->param, x, c->n == 1 ? g->t_low / f->days : exp(u) - shift, phase, at);
		for (size_t i = 0; i < FUNCTIONS; i++)
			value[i][j] = log(fmax(at[i], TINY));
	}
	for (size_t i = 0; i < FUNCTIONS; i++) {
		c->term[i] = arena_try(a, c->n, sizeof **c->term);
		if (c->term[i] == NULL)
			return err_set(RC_NOMEM, "FIT-102", "no memory for the curves");
		curve_terms(value[i], c->n, c->term[i]);
	}
	return RC_OK;
}

/* Clenshaw's recurrence for the series at once. */
static void curve_at(const struct curve *c, double u, double *out)
{
	double z = c->half > 0 ? (u - c->low) / c->half - 1 : 0, b1[FUNCTIONS] = { 0 }, b2[FUNCTIONS] = { 0 };
	for (size_t k = c->n; k-- > 1; )
		for (size_t i = 0; i < FUNCTIONS; i++) {
			double b = 2 * z * b1[i] - b2[i] + c->term[i][k];
			b2[i] = b1[i];
			b1[i] = b;
		}
	for (size_t i = 0; i < FUNCTIONS; i++)
		out[i] = exp(z * b1[i] - b2[i] + c->term[i][0]);
}

/* ---- tables for a cohort ---- */

static enum rc groups_count(struct arena *a, const struct forecast *f)
{
	const struct cohort *c = f->c;
	for (size_t i = 0; i < c->n; i++) {
		struct tables *k = tables_of(f, i);
		k->most = c->x[i] > k->most ? c->x[i] : k->most;
		k->members++;
	}
	for (size_t j = 0; j < f->cells.n; j++) {
		struct tables *k = &f->tables[j];
		k->group = arena_try(a, (size_t)k->most + 1, sizeof *k->group);
		if (k->group == NULL)
			return err_set(RC_NOMEM, "FIT-102", "no memory for %d purchases a customer", k->most);
	}
	for (size_t i = 0; i < c->n; i++) {
		struct group *g = &tables_of(f, i)->group[c->x[i]];
		double count, mean;
		spend_of(c, i, f->set->spend.spend_repeat, &count, &mean);
		if (g->members++ == 0)
			g->t_low = g->t_high = c->t[i];
		g->bare += count == 0;
		g->t_low = c->t[i] < g->t_low ? c->t[i] : g->t_low;
		g->t_high = c->t[i] > g->t_high ? c->t[i] : g->t_high;
	}
	return RC_OK;
}

/* Rows of the law: one for each x with the usual count of purchases behind its spend, then those without any. */
static enum rc law_make(struct arena *a, const struct forecast *f, struct tables *k)
{
	struct law_row *row = arena_try(a, 2 * ((size_t)k->most + 1), sizeof *row);
	const struct fit *p = &f->set->purchase;
	int32_t low = INT32_MAX, high = 0;
	size_t n = 0, main;
	if (row == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the law of the value");
	for (int32_t x = 0; x <= k->most; x++) {
		struct group *g = &k->group[x];
		if (g->members == 0)
			continue;
		int32_t base = (int32_t)law_base(p->model, x);
		low = g->t_low - base < low ? g->t_low - base : low;
		high = g->t_high - base > high ? g->t_high - base : high;
		g->row = g->row_bare = n;
		row[n++] = (struct law_row) { x, x + (f->set->spend.spend_repeat ? 0 : 1) };
	}
	main = n;
	for (int32_t x = 0; f->spend && x <= k->most; x++) {
		struct group *g = &k->group[x];
		if (g->members == 0 || g->bare == 0 || row[g->row].count == 0)
			continue;
		g->row_bare = n;
		row[n++] = (struct law_row) { x, 0 };
	}
	k->t_low = low;
	k->t_high = high;
	enum rc rc = RC_OK;
	for (size_t j = 0; !rc && j < k->phases; j++)
		rc = law_new(a, &(struct law_ask) {
			.phase = k->phases > 1 ? (int)j + 1 : 0, .purchase = p->model, .param = k->param, .spend = f->spend, .horizon = outlook_days(&f->o, f->o.horizon) / f->days,
			.t_low = low / f->days, .t_high = high / f->days, .row = row, .main = main, .rows = n,
		}, &k->law[j]);
	return rc;
}

static enum rc curves_make(struct arena *a, const struct forecast *f, const struct tables *k, int32_t x, struct group *g)
{
	enum rc rc = RC_OK;
	g->curve = arena_alloc(a, k->phases, sizeof *g->curve);
	for (size_t j = 0; !rc && j < k->phases && f->cells.exact; j++)
		rc = curve_make(a, f, k, x, k->phases > 1 ? (int)j + 1 : 0, g, &g->curve[j]);
	return rc;
}

/* ---- what many customers share ---- */

/* param: the customer's own. */
static void given_fill(const struct forecast *f, const struct tables *k, const double *param, const struct group *g, size_t row, struct history *h,
                       const struct law_point *at, struct given *out)
{
	const struct model *m = f->set->purchase.model;
	*out = (struct given) { .chance = { 1 } };
	if (k->phases > 1)
		m->phase(m, param, h, out->chance);
	for (size_t j = 0; j < k->phases; j++) {
		double functions[FUNCTIONS];
		h->phase = k->phases > 1 ? (int)j + 1 : 0;
		if (g->curve[j].n > 0)
			curve_at(&g->curve[j], log(shift_of(f, k) + h->t), functions);
		else
			functions_at(f, param, h->x, h->t, h->phase, functions);
		out->none[j] = m->none(m, param, h, outlook_days(&f->o, f->o.horizon) / f->days);
		for (size_t i = 0; i < FUNCTIONS; i++)
			out->mean[i] += out->chance[j] * functions[i];
		out->no_purchase += out->chance[j] * out->none[j];
		out->second += out->chance[j] * law_second(k->law[j], row, at);
	}
	h->phase = 0;
}

/* Where each day lies, when there are several customers to a day: it takes less than they do. In a model of opportunities
 * it depends on x as well. */
static enum rc points_make(struct arena *a, const struct forecast *f, struct tables *k)
{
	size_t days = (size_t)(k->t_high - k->t_low) + 1;
	if (k->members < SHARED * days || f->set->purchase.model->discrete)
		return RC_OK;
	k->point = arena_try(a, days, sizeof *k->point);
	if (k->point == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", days);
	for (size_t d = 0; d < days; d++)
		law_at(k->law[0], (k->t_low + (int32_t)d) / f->days, &k->point[d]);
	return RC_OK;
}

/* Without phases, what is known given alive depends on (x, T) alone. */
static enum rc given_make(struct arena *a, const struct forecast *f, const struct tables *k, int32_t x, struct group *g)
{
	size_t days = (size_t)(g->t_high - g->t_low) + 1;
	if (!f->cells.exact || k->phases > 1 || k->point == NULL || g->members < SHARED * days)
		return RC_OK;
	struct given *shared = arena_try(a, days, sizeof *shared);
	if (shared == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", days);
	for (int32_t t = g->t_low; t <= g->t_high; t++) {
		struct history h = { .x = x, .t = t / f->days };
		given_fill(f, k, k->param, g, g->row, &h, &k->point[t - k->t_low], &shared[t - g->t_low]);
	}
	g->given = shared;
	return RC_OK;
}

static enum rc tables_fill(struct arena *a, const struct forecast *f, struct tables *k)
{
	const struct model *m = f->set->purchase.model;
	enum rc rc = RC_OK;
	k->phases = m->phases ? m->phases(m, k->param) : 1;
	for (int32_t x = 0; !rc && x <= k->most; x++)
		if (k->group[x].members > 0)
			rc = curves_make(a, f, k, x, &k->group[x]);
	rc = rc ? rc : law_make(a, f, k);
	rc = rc ? rc : points_make(a, f, k);
	for (int32_t x = 0; !rc && x <= k->most; x++)
		if (k->group[x].members > 0)
			rc = given_make(a, f, k, x, &k->group[x]);
	return rc;
}

/* The customers' times and the time to come in season days. */
static enum rc by_season(struct arena *a, struct forecast *f)
{
	const struct season *s = &f->set->purchase.season;
	struct cohort *own = arena_alloc(a, 1, sizeof *own);
	f->corrected = season_ahead(s, f->c->as_of, f->set->calibration.horizon);
	if (!s->on)
		return RC_OK;
	f->o.clock = season_clock(a, s, f->c->as_of, (size_t)ceil(fmax(f->o.horizon, f->o.near)) + 1);
	if (f->o.clock == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the season of %.0f days", f->o.horizon);
	enum rc rc = season_cohort(a, s, f->c, own);
	f->c = own;
	return rc;
}

enum rc forecast_new(struct arena *a, const struct model_set *set, const struct cohort *c, const struct outlook *o,
                     struct forecast **out)
{
	struct forecast *f = arena_alloc(a, 1, sizeof *f);
	*f = (struct forecast) { .set = set, .c = c, .o = *o, .days = period_days(set->purchase.period) };
	f->money = c->has_money && (set->has_spend || set->per_purchase > 0);
	f->spend = f->money && set->has_spend ? set->spend.param : NULL;
	*out = f;
	if (c->n == 0)
		return RC_OK;
	enum rc rc = by_season(a, f);
	rc = rc ? rc : cells_make(a, &set->purchase, f->c, &f->cells);
	if (rc)
		return rc;
	f->tables = arena_alloc(a, f->cells.n, sizeof *f->tables);
	rc = groups_count(a, f);
	for (size_t j = 0; !rc && j < f->cells.n; j++) {
		f->tables[j].param = f->cells.param[j];
		rc = tables_fill(a, f, &f->tables[j]);
	}
	return rc;
}

bool forecast_has_money(const struct forecast *f)
{
	return f->money;
}

/* ---- one customer ---- */

/* Expected spend of a purchase; scale and shape of the law of sums. */
struct spending forecast_spending(const struct forecast *f, const double *spend, size_t i)
{
	struct spending s = { .value = f->money ? f->set->per_purchase : NAN, .shape = NAN, .scale = f->money ? f->set->per_purchase : 1 };
	const struct fit *model = &f->set->spend;
	double mean;
	if (spend == NULL)
		return s;
	spend_of(f->c, i, model->spend_repeat, &s.count, &mean);
	s.shape = spend[0] * s.count + spend[1];
	s.scale = spend[2] + (s.count > 0 ? s.count * mean : 0);
	s.value = model->model->spend_mean(model->model, spend, s.count, mean);
	if (isnan(s.value))
		s.value = model->per_purchase;
	return s;
}

/* Value of all purchases given alive: mean square, in units of scale^2. first, second: moments of the
 * number of purchases. */
static double mean_square(const double *spend, double shape, double first, double second)
{
	if (spend == NULL)
		return second;
	if (!(shape > 2))
		return INFINITY;
	return (spend[0] * spend[0] * second + spend[0] * first) / ((shape - 1) * (shape - 2));
}

const double *forecast_columns(const struct forecast *f, size_t i)
{
	return f->set->purchase.design.effects > 0 ? f->c->z + i * f->c->width : NULL;
}

/* Where the law is that of the middle of a cell: by how much the value of a customer with some purchase is larger, in the mean, and the second
 * moment of the count from that of the middle, pair by pair of purchases. */
static double own_scale(const struct forecast *f, const struct tables *k, struct history *h, struct given *now)
{
	struct given middle = { .chance = { 1 } };
	const struct model *m = f->set->purchase.model;
	double expected = 0, none = 0;
	if (f->cells.exact)
		return 1;
	if (k->phases > 1)
		m->phase(m, k->param, h, middle.chance);
	for (size_t j = 0; j < k->phases; j++) {
		h->phase = k->phases > 1 ? (int)j + 1 : 0;
		expected += middle.chance[j] * m->expected(m, k->param, h, outlook_days(&f->o, f->o.horizon) / f->days);
		none += middle.chance[j] * m->none(m, k->param, h, outlook_days(&f->o, f->o.horizon) / f->days);
	}
	h->phase = 0;
	double ratio = expected > 0 ? now->mean[EXPECTED] / expected : 1;
	now->second = now->mean[EXPECTED] + fmax(now->second - expected, 0) * ratio * ratio;
	return now->no_purchase < 1 ? ratio * (1 - none) / (1 - now->no_purchase) : 1;
}

/* The factor of what is expected of a customer; the calibration is for one horizon, and is that of the customer in any other. */
static double factor_of(const struct forecast *f, const double *param, const struct history *h, double alive, double expected)
{
	const struct calibration *c = &f->set->calibration;
	const struct fit *p = &f->set->purchase;
	if (c->kind == CALIBRATION_NONE)
		return 1;
	if (c->kind == CALIBRATION_ISOTONIC && f->o.horizon != c->horizon)
		expected = alive * p->model->expected(p->model, param, h, f->corrected / f->days);
	return calibration_factor(c, expected);
}

/* What the calibration makes of a prediction. The variance is that of the law, scaled. */
static void put_right(const struct forecast *f, double factor, struct prediction *p)
{
	const struct calibration *c = &f->set->calibration;
	double money = f->money ? c->value : 1;
	p->expected *= factor;
	p->near *= factor;
	p->discounted *= factor;
	p->variance_n *= factor * factor;
	p->none = 1 - calibration_buying(c, 1 - p->none);
	p->value *= money;
	p->clv *= factor * money;
	p->at_risk *= factor * money;
	p->already_lost *= factor * money;
	p->worth *= factor * money;
	p->variance *= factor * factor * money * money;
}

void forecast_customer(const struct forecast *f, size_t i, struct prediction *out)
{
	const struct tables *k = tables_of(f, i);
	const struct fit *p = &f->set->purchase;
	double own[MODEL_PARAMS];
	const double *param = k->param;
	const struct group *g = &k->group[f->c->x[i]];
	struct history h = { .x = f->c->x[i], .t_x = f->c->t_x[i] / f->days, .t = f->c->t[i] / f->days };
	struct spending s = forecast_spending(f, f->spend, i);
	struct law_point once;
	struct given now;
	const struct law_point *at = k->point != NULL ? &k->point[f->c->t[i] - k->t_low] : &once;
	if (!f->cells.exact) {
		fit_own(p, forecast_columns(f, i), own);
		param = own;
	}
	double alive = p->model->alive(p->model, param, &h);
	size_t row = f->spend && s.count == 0 ? g->row_bare : g->row;
	if (at == &once)
		law_at(k->law[0], h.t - law_base(p->model, h.x), &once);
	if (g->given != NULL && row == g->row)
		now = g->given[f->c->t[i] - g->t_low];
	else
		given_fill(f, k, param, g, row, &h, at, &now);
	double scale = own_scale(f, k, &h, &now);
	const double *given = now.mean;
	double none = now.no_purchase, second = now.second, stays = fmax(given[STAYS], given[EXPECTED]);
	double factor = given[EXPECTED] > 0 ? given[DISCOUNTED] / given[EXPECTED] : 1;
	double margin = f->money ? f->o.margin : 1, unit = s.scale * margin * factor, own_unit = f->spend != NULL ? scale * unit : unit;
	struct law_mix mix = { (const struct law *const *)k->law, now.chance, now.none, k->phases };
	bool corrected = f->set->calibration.kind != CALIBRATION_NONE;
	double above_low = corrected ? 1 - f->set->calibration.low : .9, above_high = corrected ? 1 - f->set->calibration.high : .1;
	*out = (struct prediction) {
		.p_alive = alive, .expected = alive * given[EXPECTED], .near = alive * given[NEAR],
		.none = 1 - alive + alive * none, .discounted = alive * given[DISCOUNTED], .value = s.value,
		.clv = alive * given[DISCOUNTED] * s.value * margin,
		.low = alive > above_low ? own_unit * law_quantile(&mix, row, at, above_low / alive) : 0,
		.high = alive > above_high ? own_unit * law_quantile(&mix, row, at, above_high / alive) : 0,
		.at_risk = alive * fmax(stays - given[EXPECTED], 0) * s.value * margin,
		.already_lost = (1 - alive) * stays * s.value * margin,
		.variance_n = fmax(alive * second - alive * alive * given[EXPECTED] * given[EXPECTED], 0),
	};
	out->worth = f->money ? out->clv : out->discounted;
	out->variance = alive * unit * unit * mean_square(f->spend, s.shape, given[EXPECTED], second) - out->worth * out->worth;
	out->variance = fmax(out->variance, 0);
	if (corrected)
		put_right(f, factor_of(f, param, &h, alive, out->expected), out);
}

/* ---- tracking ---- */

/* What a newcomer is expected to buy in the first t days, t = 0 .. n-1. */
static double *newcomer_curve(struct arena *a, const struct fit *p, const double *param, size_t n)
{
	const struct history newcomer = { 0 };
	double *y = arena_alloc(a, n, sizeof *y), days = period_days(p->period), came = p->model->alive(p->model, param, &newcomer);
	for (size_t t = 1; t < n; t++)
		y[t] = came * p->model->expected(p->model, param, &newcomer, (double)t / days);
	return y;
}

static double between(const double *y, double t)
{
	size_t whole = (size_t)t;
	double rest = t - (double)whole;
	return rest > 0 ? y[whole] + rest * (y[whole + 1] - y[whole]) : y[whole];
}

enum rc forecast_tracking(const struct model_set *set, const struct cohort *c, int32_t step, double *curve, size_t n)
{
	int32_t oldest = 0;
	memset(curve, 0, n * sizeof *curve);
	for (size_t i = 0; i < c->n; i++)
		oldest = c->t[i] > oldest ? c->t[i] : oldest;
	struct arena *work = arena_new();
	struct cells cells;
	const double *clock = season_clock(work, &set->purchase.season, c->as_of - oldest, n * (size_t)step);
	enum rc rc = clock ? cells_make(work, &set->purchase, c, &cells) : err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", n * (size_t)step);
	for (size_t j = 0; !rc && j < cells.n; j++) {
		double *arrivals = arena_alloc(work, (size_t)oldest + 1, sizeof *arrivals);
		const double *newcomer = newcomer_curve(work, &set->purchase, cells.param[j], (size_t)ceil(clock[n * (size_t)step]) + 2);
		for (size_t i = 0; i < c->n; i++)
			arrivals[oldest - c->t[i]] += cells.of == NULL || cells.of[i] == j;
		for (size_t k = 0; k < n; k++)
			for (int32_t d = 0; d <= oldest && d < step * (int32_t)k; d++)
				curve[k] += arrivals[d] * between(newcomer, clock[step * (int32_t)k] - clock[d]);
	}
	arena_free(work);
	return rc;
}
