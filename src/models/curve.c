/* Curves of a fitted set, from cohorts and days in memory. Reads and writes no table: the stage brings the days, the registry
 * stores the points. */
#include "config.h"

#include "models/curve_priv.h"

#include <string.h>

#include "models/cells.h"

static enum rc no_memory(size_t n)
{
	return err_set(RC_NOMEM, "FIT-102", "no memory for %zu points of a curve", n);
}

enum rc curves_grow(struct arena *a, struct curves *c, size_t more)
{
	struct curve_point *point = arena_try(a, c->n + more, sizeof *point);
	if (!point)
		return no_memory(c->n + more);
	if (c->n)
		memcpy(point, c->point, c->n * sizeof *point);
	c->point = point;
	return RC_OK;
}

static int32_t oldest(const struct cohort *c)
{
	int32_t most = 0;
	for (size_t i = 0; i < c->n; i++)
		most = c->t[i] > most ? c->t[i] : most;
	return most;
}

/* Sums up `known` to the end of each week; rows are in the order of days. */
static void add_actual(const struct frame *days, struct curve_point *point, size_t n)
{
	const struct frame_column *day = frame_column(days, "day"), *known = frame_column(days, "known");
	double sum = 0;
	size_t row = 0;
	for (size_t k = 0; k < n; k++) {
		for (; row < days->rows && day->i[row] <= point[k].day; row++)
			sum += frame_missing(known, row) ? 0 : (double)known->i[row];
		point[k].actual = sum;
	}
}

enum rc curves_add_tracking(struct arena *a, const struct model_set *set, const struct cohort *c, const struct frame *days, struct curves *out)
{
	int32_t age = oldest(c);
	size_t n = (size_t)((age + c->hold_days) / 7) + 1;
	double *expected = arena_try(a, n, sizeof *expected);
	enum rc rc = expected ? curves_grow(a, out, n) : no_memory(n);
	if (rc || !days->rows)
		return rc;
	if ((rc = forecast_tracking(set, c, 7, expected, n)))
		return rc;
	for (size_t k = 0; k < n; k++) {
		day_t day = c->as_of - age + 7 * (day_t)k;
		out->point[out->n + k] = (struct curve_point) {
			.curve = "tracking", .place = (int)k, .day = day, .held = day > c->as_of, .expected = expected[k],
		};
	}
	add_actual(days, out->point + out->n, n);
	out->n += n;
	return RC_OK;
}

/* Add what `customers` newcomers that came t ago are expected to have bought. */
static void add_newcomers(const struct fit *p, const double *param, double customers, double t, struct curve_point *point)
{
	const struct history newcomer = { 0 };
	double came = p->model->alive(p->model, param, &newcomer), rest = 1;
	for (int k = 0; k < CURVE_ORDERS - 1; k++) {
		double share = came * p->model->pmf(p->model, param, &newcomer, t, k) + (k == 0 ? 1 - came : 0);
		point[k].expected += customers * share;
		rest -= share;
	}
	point[CURVE_ORDERS - 1].expected += customers * (rest > 0 ? rest : 0);
}

enum rc curves_add_orders(struct arena *a, const struct model_set *set, const struct cohort *c, struct curves *out)
{
	struct cells cells;
	struct cohort own;
	enum rc rc = season_cohort(a, &set->purchase.season, c, &own);
	c = &own;
	rc = rc ? rc : cells_make(a, &set->purchase, c, &cells);
	size_t width = (size_t)oldest(c) + 1;
	double *customers = rc ? NULL : arena_try(a, width * cells.n, sizeof *customers);
	rc = rc ? rc : customers ? curves_grow(a, out, CURVE_ORDERS) : no_memory(width * cells.n);
	if (rc)
		return rc;
	struct curve_point *point = out->point + out->n;
	for (int k = 0; k < CURVE_ORDERS; k++)
		point[k] = (struct curve_point) { .curve = "orders", .place = k, .day = DAY_NONE };
	for (size_t i = 0; i < c->n; i++) {
		customers[(cells.of ? cells.of[i] : 0) * width + (size_t)c->t[i]]++;
		point[c->x[i] < CURVE_ORDERS - 1 ? c->x[i] : CURVE_ORDERS - 1].actual++;
	}
	for (size_t j = 0; j < cells.n; j++)
		for (size_t t = 0; t < width; t++)
			if (customers[j * width + t] > 0)
				add_newcomers(&set->purchase, cells.param[j], customers[j * width + t], (double)t / period_days(set->purchase.period), point);
	out->n += CURVE_ORDERS;
	return RC_OK;
}
