/* Purchases in the holdout, as counts of customers beside what the law of each says. Given alive (and the hidden phase, where a model has
 * them) the law of a customer of one cell depends on x and T alone, so that for each x the customers are spread over a few T
 * first, by the weights of interpolation, and the law is worked out there. Reads and writes no table. */
#include "config.h"

#include <math.h>

#include "models/cells.h"
#include "models/curve_priv.h"
#include "models/law.h"

#define KNOTS 14
#define FEW   KNOTS /* so many customers of one x: each is worked out */

/* The customers of one x: their range of T, and what stands at each knot in each phase. */
struct place {
	int32_t low, high;
	size_t  members, knots;
	double  knot[KNOTS];  /* in ln(reach + T - base) */
	double *weight;       /* [phases][knots]; NULL: none yet */
};

struct spread {
	const struct fit *fit;
	const struct cells *cells;
	size_t            cell;                 /* whose customers these are */
	const double     *param;                /* theirs */
	double            days, horizon, reach; /* of a period; in periods */
	size_t            phases;
	struct place     *place;                /* place[most + 1] */
	int32_t           most;
	double           *expected;             /* expected[CURVE_ORDERS] */
};

/* Add what `customers` who are alive are expected to buy. */
static void add_law(const struct spread *s, const struct history *h, double customers)
{
	double rest = 1;
	for (int n = 0; n < CURVE_ORDERS - 1; n++) {
		double share = s->fit->model->pmf(s->fit->model, s->param, h, s->horizon, n);
		s->expected[n] += customers * share;
		rest -= share;
	}
	s->expected[CURVE_ORDERS - 1] += customers * fmax(rest, 0);
}

static double coordinate(const struct spread *s, double x, double t)
{
	return log(s->reach + t / s->days - law_base(s->fit->model, x));
}

/* Chebyshev points of the second kind, or the days themselves where these are no more. */
static void lay_knots(const struct spread *s, int32_t x)
{
	struct place *p = &s->place[x];
	int32_t days = p->high - p->low + 1;
	double low = coordinate(s, x, p->low), half = (coordinate(s, x, p->high) - low) / 2;
	p->knots = days < KNOTS ? (size_t)days : KNOTS;
	for (size_t j = 0; j < p->knots; j++)
		p->knot[j] = days < KNOTS ? coordinate(s, x, p->low + (int32_t)j) : low + half * (1 - cos(M_PI * (double)j / (KNOTS - 1)));
}

/* Barycentric weights at u times `customers`, added to weight[knots] (Berrut and Trefethen 2004); between days, which are
 * all knots, there is nothing. */
static void add_weights(const struct place *p, double u, double customers, double *weight)
{
	double share[KNOTS], sum = 0;
	for (size_t j = 0; j < p->knots; j++) {
		double distance = u - p->knot[j];
		if (distance == 0 || p->knots == 1) {
			weight[j] += customers;
			return;
		}
		share[j] = (j % 2 ? -1 : 1) * (j == 0 || j + 1 == p->knots ? .5 : 1) / distance;
		sum += share[j];
	}
	for (size_t j = 0; j < p->knots; j++)
		weight[j] += customers * share[j] / sum;
}

/* One customer: phase by phase into the weights, or worked out where few have that x. */
static void add_customer(const struct spread *s, const struct cohort *c, size_t i, double alive)
{
	const struct model *m = s->fit->model;
	struct place *p = &s->place[c->x[i]];
	struct history h = { .x = c->x[i], .t_x = c->t_x[i] / s->days, .t = c->t[i] / s->days };
	double chance[PHASE_MOST] = { 1 };
	s->expected[0] += 1 - alive;
	if (p->members <= FEW) {
		add_law(s, &h, alive);
		return;
	}
	if (s->phases > 1)
		m->phase(m, s->param, &h, chance);
	for (size_t j = 0; j < s->phases; j++)
		if (chance[j] > 0)
			add_weights(p, coordinate(s, h.x, c->t[i]), alive * chance[j], p->weight + j * p->knots);
}

static void add_places(const struct spread *s)
{
	for (int32_t x = 0; x <= s->most; x++) {
		const struct place *p = &s->place[x];
		for (size_t j = 0; p->weight && j < s->phases; j++)
			for (size_t k = 0; k < p->knots; k++) {
				double t = exp(p->knot[k]) - s->reach + law_base(s->fit->model, x);
				struct history h = { .x = x, .t = fmax(t, law_base(s->fit->model, x)), .phase = s->phases > 1 ? (int)j + 1 : 0 };
				add_law(s, &h, p->weight[j * p->knots + k]);
			}
	}
}

static bool belongs(const struct spread *s, size_t i)
{
	return !s->cells->of || s->cells->of[i] == s->cell;
}

static enum rc lay_places(struct arena *work, struct spread *s, const struct cohort *c)
{
	for (size_t i = 0; i < c->n; i++)
		s->most = c->x[i] > s->most ? c->x[i] : s->most;
	s->place = arena_try(work, (size_t)s->most + 1, sizeof *s->place);
	if (!s->place)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %d numbers of purchases", s->most);
	for (size_t i = 0; i < c->n; i++) {
		struct place *p = &s->place[c->x[i]];
		if (!belongs(s, i))
			continue;
		p->low = p->members == 0 || c->t[i] < p->low ? c->t[i] : p->low;
		p->high = c->t[i] > p->high ? c->t[i] : p->high;
		p->members++;
	}
	for (int32_t x = 0; x <= s->most; x++) {
		if (s->place[x].members <= FEW)
			continue;
		lay_knots(s, x);
		s->place[x].weight = arena_try(work, s->phases * s->place[x].knots, sizeof *s->place[x].weight);
		if (!s->place[x].weight)
			return err_set(RC_NOMEM, "FIT-102", "no memory for %d numbers of purchases", s->most);
	}
	return RC_OK;
}

/* The customers of one cell. */
static enum rc add_cell(const struct fit *f, const struct cells *cells, size_t cell, const struct cohort *c, const double *alive, double *expected)
{
	struct arena *work = arena_new();
	const double *param = cells->param[cell];
	struct spread s = {
		.fit = f, .cells = cells, .cell = cell, .param = param, .days = period_days(f->period), .reach = model_reach(f->model, param),
		.expected = expected, .phases = f->model->phases ? f->model->phases(f->model, param) : 1,
	};
	s.horizon = season_ahead(&f->season, c->as_of, c->hold_days) / s.days;
	enum rc rc = lay_places(work, &s, c);
	for (size_t i = 0; !rc && i < c->n; i++)
		if (belongs(&s, i))
			add_customer(&s, c, i, alive[i]);
	if (!rc)
		add_places(&s);
	arena_free(work);
	return rc;
}

enum rc curves_add_holdout(struct arena *a, const struct model_set *set, const struct cohort *c, const double *alive, struct curves *out)
{
	double expected[CURVE_ORDERS] = { 0 };
	struct arena *work = arena_new();
	struct cells cells;
	struct cohort own;
	enum rc rc = season_cohort(work, &set->purchase.season, c, &own);
	rc = rc ? rc : curves_grow(a, out, CURVE_ORDERS);
	c = &own;
	rc = rc ? rc : cells_make(work, &set->purchase, c, &cells);
	for (size_t j = 0; !rc && j < cells.n; j++)
		rc = add_cell(&set->purchase, &cells, j, c, alive, expected);
	arena_free(work);
	if (rc)
		return rc;
	struct curve_point *point = out->point + out->n;
	for (int k = 0; k < CURVE_ORDERS; k++)
		point[k] = (struct curve_point) { .curve = "holdout", .place = k, .day = DAY_NONE, .held = true, .expected = expected[k] };
	for (size_t i = 0; i < c->n; i++)
		point[c->hold_x[i] < CURVE_ORDERS - 1 ? c->hold_x[i] : CURVE_ORDERS - 1].actual++;
	out->n += CURVE_ORDERS;
	return RC_OK;
}
