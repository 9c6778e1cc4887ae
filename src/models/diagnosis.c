/* Verdicts on a fit in numbers and in words, and the map of the fitted law. The numbers come from curves, cohort and parameters
 * that are there already. Reads and writes no table. */
#include "config.h"

#include "models/diagnosis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "math/compare.h"
#include "math/special.h"

#define LEAST_EXPECTED 5.0
#define REFUSED_P      0.01
#define MAPE_MOST      0.10
#define REGULAR_FROM   1.2
#define CORRELATED     0.05
#define CHANCE         0.01

static struct diagnosis_check *add_check(struct diagnosis *d, const char *name, size_t n)
{
	struct diagnosis_check *k = &d->check[d->checks++];
	*k = (struct diagnosis_check) { .name = name, .value = NAN, .low = NAN, .high = NAN, .df = NAN, .p = NAN, .n = n };
	return k;
}

/* ---- the boundary ---- */

static void check_boundary(const struct diagnosis_ask *ask, struct diagnosis *d)
{
	const struct fit *f = &ask->now->purchase;
	struct diagnosis_check *k = add_check(d, "boundary", f->n);
	char limit[160];
	k->warn = f->status != FIT_CONVERGED;
	if (f->status == FIT_RUNAWAY && f->model->limit && f->model->limit(f->model, f->param, f->period, limit, sizeof limit))
		snprintf(k->words, sizeof k->words, "%s is on a boundary: %s", f->model->title, limit);
	else if (f->status == FIT_CONVERGED)
		snprintf(k->words, sizeof k->words, "%s: a maximum inside, at no limit%s%s", f->model->title, *f->message ? "; " : "", f->message);
	else
		snprintf(k->words, sizeof k->words, "%s ended as '%s'%s%s", f->model->title, fit_status_name(f->status), *f->message ? ": " : "", f->message);
}

/* ---- counts of customers ---- */

struct counts { double actual[CURVE_ORDERS], expected[CURVE_ORDERS]; size_t n; };

static void take_counts(const struct curves *c, const char *curve, struct counts *out)
{
	out->n = 0;
	for (size_t i = 0; i < c->n && out->n < CURVE_ORDERS; i++)
		if (!strcmp(c->point[i].curve, curve)) {
			out->actual[out->n] = c->point[i].actual;
			out->expected[out->n++] = c->point[i].expected;
		}
}

/* "0, 1, 2-4, 5+". */
static void name_cells(const size_t *cell, size_t n, char *text, size_t size)
{
	size_t used = 0;
	for (size_t i = 0, to; i < n && used < size; i = to) {
		for (to = i + 1; to < n && cell[to] == cell[i]; to++)
			;
		const char *comma = i ? ", " : "";
		if (to == n)
			used += (size_t)snprintf(text + used, size - used, "%s%zu+", comma, i);
		else if (to > i + 1)
			used += (size_t)snprintf(text + used, size - used, "%s%zu-%zu", comma, i, to - 1);
		else
			used += (size_t)snprintf(text + used, size - used, "%s%zu", comma, i);
	}
}

static void check_counts(const char *name, const struct counts *c, size_t fitted, struct diagnosis *d)
{
	size_t cell[CURVE_ORDERS], cells, worst = 0;
	char named[64];
	if (!c->n)
		return;
	struct test t = chi2_pooled(c->actual, c->expected, c->n, LEAST_EXPECTED, fitted, cell, &cells);
	double customers = 0;
	for (size_t i = 0; i < c->n; i++)
		customers += c->actual[i];
	struct diagnosis_check *k = add_check(d, name, (size_t)customers);
	if (isnan(t.statistic)) {
		snprintf(k->words, sizeof k->words, "%zu cells of %.0f customers and more are too few for a test", cells, LEAST_EXPECTED);
		return;
	}
	for (size_t i = 1; i < c->n; i++)
		if (fabs(c->actual[i] - c->expected[i]) / sqrt(c->expected[i]) > fabs(c->actual[worst] - c->expected[worst]) / sqrt(c->expected[worst]))
			worst = i;
	k->value = t.statistic;
	k->df = t.dof;
	k->p = t.p;
	k->warn = t.p < REFUSED_P;
	name_cells(cell, c->n, named, sizeof named);
	snprintf(k->words, sizeof k->words, "cells %s; furthest off: %zu%s, %.0f customers for %.0f", named, worst, worst + 1 == c->n ? "+" : "",
	         c->actual[worst], c->expected[worst]);
}

/* Parameters that were estimated and did not come to rest at a limit. */
static size_t free_parameters(const struct fit *f)
{
	size_t n = 0;
	for (size_t i = f->model->n_fixed; i < fit_size(f); i++)
		n += f->covariance[i * fit_size(f) + i] > 0;
	return n;
}

/* ---- tracking ---- */

/* Mean absolute percentage errors of one side of the cut, cumulated and week by week; weeks in which nothing came are left out. */
static void check_tracking(const struct curves *c, bool held, struct diagnosis *d)
{
	double cumulative = 0, weekly = 0, before_a = 0, before_e = 0;
	size_t weeks = 0, busy = 0;
	for (size_t i = 0; i < c->n; i++) {
		const struct curve_point *p = &c->point[i];
		if (strcmp(p->curve, "tracking") != 0)
			continue;
		double came = p->actual - before_a, meant = p->expected - before_e;
		before_a = p->actual;
		before_e = p->expected;
		if (p->held != held || !(p->actual > 0))
			continue;
		weeks++;
		cumulative += fabs(p->expected / p->actual - 1);
		if (came > 0) {
			busy++;
			weekly += fabs(meant / came - 1);
		}
	}
	if (!weeks)
		return;
	struct diagnosis_check *k = add_check(d, held ? "tracking_out" : "tracking_in", weeks);
	k->value = cumulative / (double)weeks;
	k->warn = k->value > MAPE_MOST;
	snprintf(k->words, sizeof k->words, "%s: the cumulative curve is off by %.1f %% on average, single weeks by %.0f %%",
	         held ? "after the back-test's cut" : "up to the back-test's cut", 100 * k->value, busy ? 100 * weekly / (double)busy : 0.0);
}

/* ---- regularity and correlation ---- */

static void check_regularity(const char *name, struct regularity r, const struct fit *f, struct diagnosis *d)
{
	bool known = f->model->n_fixed > 0;
	struct diagnosis_check *k = add_check(d, name, r.n);
	k->value = r.k;
	k->low = r.low;
	k->high = r.high;
	k->warn = r.low > REGULAR_FROM && !known;
	if (isnan(r.k))
		snprintf(k->words, sizeof k->words, "too few customers with two gaps and more to tell");
	else if (k->warn)
		snprintf(k->words, sizeof k->words, "customers buy more regularly than by chance: MBG/CNBD-k knows of it, %s does not", f->model->title);
	else
		snprintf(k->words, sizeof k->words, "%s", r.low > REGULAR_FROM ? "customers buy more regularly than by chance, and the model knows of it"
		         : r.high < 1 / REGULAR_FROM ? "purchases come in bursts" : "about as by chance (k = 1)");
}

static size_t repeaters(const struct cohort *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++) {
		double count, mean;
		spend_of(c, i, false, &count, &mean);
		n += count > 0 && c->x[i] > 0;
	}
	return n;
}

static void check_correlation(const struct diagnosis_ask *ask, struct diagnosis *d)
{
	const struct fit *f = &ask->now->spend;
	if (f->model == NULL)
		return;
	size_t n = repeaters(ask->c);
	struct diagnosis_check *k = add_check(d, "correlation", n);
	double r = f->correlation;
	if (isnan(r) || n < 4 || fabs(r) >= 1) {
		snprintf(k->words, sizeof k->words, "too few customers with repeat purchases to tell");
		return;
	}
	double z = atanh(r), se = 1 / sqrt((double)n - 3);
	k->value = r;
	k->low = tanh(z - NORMAL_975 * se);
	k->high = tanh(z + NORMAL_975 * se);
	k->p = 2 * normal_upper(fabs(z) / se);
	k->warn = fabs(r) >= CORRELATED && k->p < CHANCE;
	snprintf(k->words, sizeof k->words, "%s", !k->warn ? "independent of how often, as the spend model assumes"
	         : r > 0 ? "who buys more often spends more a purchase: the spend model takes the two as independent, and frequent buyers are worth more than it says"
	         : "who buys more often spends less a purchase: the spend model takes the two as independent, and frequent buyers are worth less than it says");
}

/* ---- the map ---- */

static const int32_t orders_from[DIAGNOSIS_ORDERS] = { 0, 1, 2, 3, 4, 5, 7, 10, 15, 25, 50 };

static size_t row_of(int32_t x)
{
	size_t row = 0;
	while (row + 1 < DIAGNOSIS_ORDERS && x >= orders_from[row + 1])
		row++;
	return row;
}

/* The history in the middle of a cell, of x repeat purchases; false: there is none. */
static bool history_at(const struct diagnosis_cell *k, double x, int32_t age, double days, struct history *h)
{
	double since = fmin((k->since_low + k->since_high) / 2.0, age);
	*h = (struct history) { .x = x, .t_x = (age - since) / days, .t = age / days };
	if (x == 0)
		*h = (struct history) { .t = since / days };
	return x == 0 || age - since >= x;
}

static void draw_map(const struct diagnosis_ask *ask, struct diagnosis *d)
{
	const struct fit *f = &ask->now->purchase;
	const struct cohort *c = ask->c;
	double days = period_days(f->period), sum[DIAGNOSIS_ORDERS] = { 0 }, members[DIAGNOSIS_ORDERS] = { 0 };
	size_t count[DIAGNOSIS_ORDERS][DIAGNOSIS_SINCE] = { 0 };
	int32_t age = 1;
	for (size_t i = 0; i < c->n; i++)
		age = c->t[i] > age ? c->t[i] : age;
	int32_t width = age / DIAGNOSIS_SINCE + 1;
	for (size_t i = 0; i < c->n; i++) {
		size_t row = row_of(c->x[i]);
		sum[row] += c->x[i];
		members[row]++;
		count[row][(c->t[i] - c->t_x[i]) / width]++;
	}
	for (size_t row = 0; row < DIAGNOSIS_ORDERS; row++)
		for (int32_t s = 0; members[row] > 0 && s < DIAGNOSIS_SINCE; s++) {
			struct diagnosis_cell *k = &d->cell[d->cells++];
			struct history h;
			*k = (struct diagnosis_cell) {
				.orders_low = orders_from[row], .orders_high = row + 1 < DIAGNOSIS_ORDERS ? orders_from[row + 1] - 1 : -1,
				.since_low = s * width, .since_high = (s + 1) * width - 1, .customers = count[row][s], .p_alive = NAN, .expected = NAN,
			};
			if (!history_at(k, round(sum[row] / members[row]), age, days, &h))
				continue;
			k->p_alive = f->model->alive(f->model, f->param, &h);
			k->expected = k->p_alive * f->model->expected(f->model, f->param, &h, ask->horizon / days);
		}
}

void diagnose(const struct diagnosis_ask *ask, struct diagnosis *out)
{
	const struct fit *f = &ask->now->purchase;
	struct counts counts;
	*out = (struct diagnosis) { .horizon = ask->horizon };
	check_boundary(ask, out);
	take_counts(ask->curves, "orders", &counts);
	check_counts("orders", &counts, free_parameters(f), out);
	take_counts(ask->curves, "holdout", &counts);
	check_counts("holdout_orders", &counts, 0, out);
	check_tracking(ask->curves, false, out);
	check_tracking(ask->curves, true, out);
	check_regularity("regularity", regularity_by_likelihood(ask->c), f, out);
	if (ask->moments.n)
		check_regularity("regularity_moments", ask->moments, f, out);
	check_correlation(ask, out);
	differ_rate(f, &out->rate);
	differ_dropout(f, &out->dropout);
	draw_map(ask, out);
}
