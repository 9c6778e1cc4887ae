/* Covariates: fits against published maxima, what must hold whatever the data, and what cannot be told. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/fit.h"
#include "models/forecast.h"
#include "models/solve.h"
#include "reference.h"
#include "simulate.h"

TestSuite(effect);

static struct arena *arena;

static void begin(void)
{
	arena = arena_new();
}

static void end(void)
{
	arena_free(arena);
}

/* Columns of numbers, each with an effect on process and on drop-out. */
static struct design plain_design(const char *const *name, size_t n)
{
	struct design d = { .columns = n };
	for (size_t k = 0; k < n; k++) {
		snprintf(d.column[k].attribute, sizeof d.column[k].attribute, "%s", name[k]);
		d.effect[d.effects++] = (struct effect) { k, ON_PROCESS };
		d.effect[d.effects++] = (struct effect) { k, ON_DROPOUT };
	}
	return d;
}

static const char *const names[] = { "gender", "channel", "age" };

/* The log with its covariates; customers of the cohort are in the order of the file. */
static struct cohort *shop_of_covariates(void)
{
	struct cohort *c = log_cohort(arena, "sim_pnbd_cov_elog.csv", NULL, "2022-01-03", "");
	struct sheet *s = sheet_read(arena, "sim_pnbd_cov.csv");
	c->width = 3;
	c->z = arena_alloc(arena, 3 * c->n, sizeof *c->z);
	cr_assert_eq(s->rows, c->n + 1);
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < 3; k++)
			c->z[3 * i + k] = atof(s->cell[i + 1][k + 1]);
	return c;
}

static struct fit fitted(const char *id, const struct cohort *c, const struct design *d, double penalty)
{
	struct fit_options o = { .period = "week", .min_customers = 10, .design = d, .penalty = penalty, .k = model_find(id)->n_fixed > 0 ? 2 : 0 };
	struct fit f;
	cr_assert_eq(fit_one(model_find(id), c, &o, &f), RC_OK);
	return f;
}

static size_t check_row(const char *row, const char *quantity, double got)
{
	double want, allowed;
	if (!reference_value("sim_pnbd_cov", row, quantity, &want, &allowed))
		return 0;
	cr_expect_float_eq(got, want, allowed, "%s %s: %.8g, not %.8g", row, quantity, got, want);
	return 1;
}

static size_t check_static(const char *id, const char *row, const struct fit *f)
{
	static const char *const on[] = { "trans", "life" };
	char name[64];
	size_t rows = check_row(row, "loglik", f->loglik);
	for (size_t i = 0; i < fit_size(f); i++) {
		const struct effect *e = &f->design.effect[i < f->model->n_params ? 0 : i - f->model->n_params];
		if (i < f->model->n_params)
			snprintf(name, sizeof name, "%s", f->model->params[i].name);
		else
			snprintf(name, sizeof name, "%s.%s", on[e->on == ON_DROPOUT], names[e->column]);
		rows += check_row(row, name, f->param[i]);
		char se[80];
		snprintf(se, sizeof se, "se.%s", name);
		rows += check_row(row, se, f->se[i]);
	}
	printf("# %s with covariates: %zu rows, %zu evaluations, gradient %.1e, %s %s\n", id, rows, f->evaluations, f->gradient_norm, fit_status_name(f->status), f->message);
	return rows;
}

Test(effect, published_maxima, .init = begin, .fini = end)
{
	NEED_REFERENCE("sim_pnbd_cov.csv");
	const struct cohort *c = shop_of_covariates();
	struct design d = plain_design(names, 3);
	struct fit f = fitted("pnbd", c, &d, 0);
	cr_expect_geq(check_static("pnbd", "pnbd_static", &f), 21);
	f = fitted("bgnbd", c, &d, 0);
	cr_expect_geq(check_static("bgnbd", "bgnbd_static", &f), 10);
	f = fitted("mbgnbd", c, &d, 0);
	cr_expect_eq(f.status, FIT_CONVERGED);
	printf("# mbgnbd with covariates: %.6f\n", f.loglik);
}

/* Without covariates, with one coefficient for process and drop-out, with two: each contains the one before it. */
Test(effect, nested_models, .init = begin, .fini = end)
{
	NEED_REFERENCE("sim_pnbd_cov.csv");
	static const char *const ids[] = { "pnbd", "bgnbd", "mbgnbd" };
	const struct cohort *c = shop_of_covariates();
	struct design apart = plain_design(names, 3), equal = { .columns = 3, .effects = 3 };
	memcpy(equal.column, apart.column, sizeof equal.column);
	for (size_t k = 0; k < 3; k++)
		equal.effect[k] = (struct effect) { k, ON_PROCESS | ON_DROPOUT };
	for (size_t i = 0; i < 3; i++) {
		double plain = fitted(ids[i], c, NULL, 0).loglik, one = fitted(ids[i], c, &equal, 0).loglik, two = fitted(ids[i], c, &apart, 0).loglik;
		cr_expect(plain <= one + 1e-8 && one <= two + 1e-8, "%s: %.7f, %.7f, %.7f", ids[i], plain, one, two);
		cr_expect_geq(one, fitted("nbd", c, &equal, 0).loglik - 1e-8, "%s", ids[i]);
	}
}

/* ---- what must hold ---- */

/* A shop of two kinds of customers: those with z = 1 buy e^.6 times as often. */
static struct cohort *two_kinds(size_t n)
{
	const struct shop slow = { .r = .9, .alpha = 30, .a = .6, .b = 3, .p = 6, .q = 4, .gamma = 60, .modified = true };
	struct shop fast = slow;
	struct rng g;
	fast.alpha *= exp(-.6);
	rng_init(&g, 5, "kinds");
	struct cohort *a = simulate_cohort(arena, &g, &slow, n, 200, 400, 200, 1), *b = simulate_cohort(arena, &g, &fast, n, 200, 400, 200, 1);
	struct cohort *c = arena_alloc(arena, 1, sizeof *c);
	*c = *a;
	c->n = a->n + b->n;
	cr_assert_eq(cohort_arrays(arena, c), RC_OK);
	c->width = 2;
	c->z = arena_alloc(arena, 2 * c->n, sizeof *c->z);
	for (size_t i = 0; i < c->n; i++) {
		const struct cohort *from = i % 2 ? b : a;
		size_t k = i / 2;
		c->customer[i] = (int32_t)i + 1;
		c->x[i] = from->x[k];
		c->t_x[i] = from->t_x[k];
		c->t[i] = from->t[k];
		c->first_minor[i] = from->first_minor[k];
		c->repeat_minor[i] = from->repeat_minor[k];
		c->spend_ok[i] = from->spend_ok[k];
		c->hold_x[i] = from->hold_x[k];
		c->hold_minor[i] = from->hold_minor[k];
		c->z[2 * i] = (double)(i % 2);
		c->z[2 * i + 1] = (double)(i * 7919 % 101) / 10;
	}
	c->log_gaps = 9000;
	return c;
}

static const char *const kinds[] = { "fast", "chance" };

/* Wherever covariates can be had: a gradient that is one, the likelihood of the plain model when there is no effect, and none that is worse. */
Test(effect, identities, .init = begin, .fini = end)
{
	static const char *const ids[] = { "bgnbd", "mbgnbd", "pnbd", "ggomnbd", "bgcnbd", "mbgcnbd" };
	const struct cohort *c = two_kinds(1500);
	for (size_t k = 0; k < 6; k++) {
		struct design d = plain_design(kinds, 2), constant = plain_design(kinds, 1);
		d.column[1].origin = 4;
		struct fit plain = fitted(ids[k], c, NULL, 0), f = fitted(ids[k], c, &d, 0);
		bool boundary = k == 3; /* nothing ages here */
		cr_expect_eq(f.status, boundary ? FIT_RUNAWAY : FIT_CONVERGED, "%s: %s", ids[k], f.message);
		cr_expect_geq(f.loglik, plain.loglik);
		cr_expect_float_eq(f.test[0].loglik, plain.loglik, 1e-8 * fabs(plain.loglik));
		cr_expect_eq(f.test[0].df, 4);
		cr_expect_lt(f.test[0].p, 1e-6);
		cr_expect_float_eq(f.param[f.model->n_params], .6, .15, "%s: %g", ids[k], f.param[f.model->n_params]);
		/* What is told are the parameters that the likelihood was reached with, customer by customer. */
		double sum = 0, own[MODEL_PARAMS], bought = 0;
		for (size_t i = 0; i < c->n; i++) {
			struct history h = { .x = c->x[i], .t_x = c->t_x[i] / 7., .t = c->t[i] / 7. };
			fit_own(&f, c->z + i * c->width, own);
			sum += f.model->loglik(f.model, own, &h);
			bought += c->x[i];
		}
		if (f.model->n_fixed > 0) /* the times between purchases are known of all together */
			sum += (f.param[0] - 1) * (c->log_gaps - bought * log(7));
		cr_expect_float_eq(sum, f.loglik, (boundary ? 1e-8 : 1e-9) * fabs(sum), "%s: %.9f, not %.9f", ids[k], sum, f.loglik);
		/* An equal coefficient is between the plain model and separate ones. */
		struct design equal = { .columns = 2, .effects = 1, .effect = { { 0, ON_PROCESS | ON_DROPOUT } } };
		snprintf(equal.column[0].attribute, 8, "fast");
		struct fit e = fitted(ids[k], c, &equal, 0);
		cr_expect_geq(e.loglik, plain.loglik - 1e-9);
		cr_expect_leq(e.loglik, f.loglik);
		cr_assert_eq(e.tests, 2);
		cr_expect(e.test[1].larger && e.test[1].df == 1 && e.test[1].loglik >= e.loglik - 1e-9);
		/* A penalty draws the effects in, and costs likelihood. */
		struct fit drawn = fitted(ids[k], c, &d, 1000);
		cr_expect_lt(fabs(drawn.param[f.model->n_params]), fabs(f.param[f.model->n_params]));
		cr_expect(drawn.loglik < f.loglik && drawn.penalty == 1000);
		/* A constant covariate moves only alpha and what it does to drop-out: it is left out and named. */
		struct cohort same = *c;
		same.width = 1;
		same.z = arena_alloc(arena, c->n, sizeof *same.z);
		for (size_t i = 0; i < c->n; i++)
			same.z[i] = 3;
		struct fit g = fitted(ids[k], &same, &constant, 0);
		cr_expect_eq(g.design.effects, 0);
		cr_expect(strstr(g.message, "process.fast left out: it is the same for all customers") != NULL, "%s", g.message);
		cr_expect_float_eq(g.loglik, plain.loglik, 1e-9 * fabs(plain.loglik));
	}
}

/* The loss over classes at effects of a constant column is that of the plain model with alpha divided. */
Test(effect, a_constant_moves_only_alpha, .init = begin, .fini = end)
{
	const struct cohort *c = two_kinds(300);
	struct cohort same = *c;
	same.width = 1;
	same.z = arena_alloc(arena, c->n, sizeof *same.z);
	for (size_t i = 0; i < c->n; i++)
		same.z[i] = 3;
	struct fit f = fitted("pnbd", c, NULL, 0);
	f.design = plain_design(kinds, 1);
	f.param[4] = .2;
	f.param[5] = 0;
	double own[MODEL_PARAMS];
	fit_own(&f, same.z, own);
	cr_expect_float_eq(own[1], f.param[1] * exp(-.6), 1e-12);
	cr_expect(own[0] == f.param[0] && own[2] == f.param[2] && own[3] == f.param[3]);
	/* Effects of nothing are the plain model. */
	f.param[4] = 0;
	fit_own(&f, same.z, own);
	cr_expect_eq(memcmp(own, f.param, 4 * sizeof *own), 0);
}

Test(effect, gradient_agrees_with_differences, .init = begin, .fini = end)
{
	static const struct { const char *id; double k, param[5]; } at[] = {
		{ "bgnbd", 1, { .8, .3, .7, 2 } }, { "mbgnbd", 1, { .8, .3, .7, 2 } }, { "pnbd", 1, { .8, .3, .7, 2 } }, { "ggomnbd", 1, { .8, .3, 1.5, .7, 2 } },
		{ "bgcnbd", 3, { .8, .3, .7, 2 } }, { "mbgcnbd", 2, { .8, .3, .7, 2 } }, { "nbd", 1, { .8, .3 } },
	};
	const struct cohort *c = two_kinds(400);
	struct histories *h;
	cr_assert_eq(histories_build(arena, c, 1, &h), RC_OK);
	struct sample s = { .histories = h };
	cr_assert_eq(classes_make(arena, c, 1, &s.classes), RC_OK);
	cr_assert_eq(histories_apart(arena, c, 1, &s.classes, h->mean_t, &s.part), RC_OK);
	for (size_t m = 0; m < sizeof at / sizeof at[0]; m++) {
		char message[320] = "";
		struct design d = plain_design(kinds, 2);
		bool leaves = strcmp(at[m].id, "nbd") != 0;
		d.effect[1] = leaves ? (struct effect) { 0, ON_DROPOUT } : (struct effect) { 1, ON_PROCESS };
		d.effect[2] = (struct effect) { 1, ON_PROCESS | ON_DROPOUT };
		d.effects = leaves ? 3 : 2;
		const struct fit_options o = { .period = "day" };
		const struct solve solve = { .model = model_find(at[m].id), .k = log(at[m].k), .sample = &s, .design = &d, .penalty = 2, .options = &o };
		effects_settle(&d, solve.model, c, message, sizeof message);
		cr_assert_str_eq(message, "", "%s: %s", at[m].id, message);
		double theta[FIT_MOST], gradient[FIT_MOST], effect[] = { .3, -.2, .1 }, step = 1e-4, v[4];
		size_t free = solve_free(solve.model), n = solve_size(&solve);
		for (size_t i = 0; i < n; i++)
			theta[i] = i < free ? log(at[m].param[i]) : effect[i - free];
		solve_loss(&solve, arena, theta, gradient);
		for (size_t i = 0; i < n; i++) {
			for (int j = 0; j < 4; j++) {
				double middle = theta[i];
				theta[i] += (j < 2 ? j + 1 : 1 - j) * step;
				v[j] = solve_loss(&solve, arena, theta, NULL);
				theta[i] = middle;
			}
			double difference = (4 * (v[0] - v[2]) / 2 - (v[1] - v[3]) / 4) / 3 / step;
			cr_expect_float_eq(gradient[i], difference, 1e-5 * fmax(1, fabs(difference)), "%s %zu: %.9g, differences %.9g", at[m].id, i, gradient[i],
			                   difference);
		}
	}
}

Test(effect, what_cannot_be_told_is_named, .init = begin, .fini = end)
{
	struct cohort *c = two_kinds(400);
	static const char *const three[] = { "fast", "slow", "chance" };
	struct design d = plain_design(three, 3);
	double *z = arena_alloc(arena, 3 * c->n, sizeof *z);
	for (size_t i = 0; i < c->n; i++) {
		z[3 * i] = c->z[2 * i];
		z[3 * i + 1] = 1 - c->z[2 * i];
		z[3 * i + 2] = c->z[2 * i + 1];
	}
	c->z = z;
	c->width = 3;
	struct fit f = fitted("mbgnbd", c, &d, 0);
	cr_expect_eq(f.status, FIT_CONVERGED);
	cr_expect_eq(f.design.effects, 4);
	cr_expect(strstr(f.message, "process.slow left out: the covariates before it say the same") != NULL, "%s", f.message);
	f = fitted("nbd", c, &d, 0);
	cr_expect(strstr(f.message, "effects on drop-out left out: NBD has no drop-out") != NULL, "%s", f.message);
	cr_expect_eq(f.design.effects, 2, "those on the process stay");
	cr_expect_eq(f.test[0].df, 2);
	cr_expect_float_eq(f.param[2], .6, .3, "%g", f.param[2]);
	f = fitted("bgbb", c, &d, 0);
	cr_expect_str_eq(f.message, "covariates left out: BG/BB has no parameter for them to move");
	/* A level of customers none of whom came back has no finite effect. */
	for (size_t i = 0; i < c->n; i++)
		z[3 * i + 1] = c->x[i] == 0 && i % 5 == 0;
	snprintf(d.column[1].level, 8, "never");
	f = fitted("bgnbd", c, &d, 0);
	cr_expect_eq(f.status, FIT_RUNAWAY);
	cr_expect(strstr(f.message, "process.slow=never runs away") != NULL, "%s", f.message);
	cr_expect(isfinite(f.loglik));
}

/* ---- prediction ---- */

static void compare(const struct prediction *got, const struct prediction *want, double exact, double near)
{
	cr_expect_float_eq(got->p_alive, want->p_alive, exact);
	cr_expect_float_eq(got->expected, want->expected, exact * (1 + want->expected));
	cr_expect_float_eq(got->none, want->none, exact);
	cr_expect_float_eq(got->clv, want->clv, exact * (1 + want->clv));
	cr_expect_float_eq(got->low, want->low, near * (1 + want->low), "%g, not %g", got->low, want->low);
	cr_expect_float_eq(got->high, want->high, near * (1 + want->high), "%g, not %g", got->high, want->high);
	cr_expect_float_eq(got->variance_n, want->variance_n, near * (1 + want->variance_n));
}

static const struct outlook ahead = { .horizon = 200, .near = 30, .discount = .1, .margin = 1 };

/* Each customer is one of the plain model with parameters of their own. */
static struct forecast *check_customers(const struct cohort *c, const struct fit *f, size_t step, double near, struct model_set *set)
{
	struct fit_options options = { .period = "week", .min_customers = 10 };
	struct forecast *all, *one;
	struct prediction got, want;
	*set = (struct model_set) { .purchase = *f, .has_spend = true };
	cr_assert_eq(fit_one(model_find("gg"), c, &options, &set->spend), RC_OK);
	set->per_purchase = set->spend.per_purchase;
	cr_assert_eq(forecast_new(arena, set, c, &ahead, &all), RC_OK);
	for (size_t i = 0; i < c->n; i += step) {
		struct model_set own = *set;
		struct cohort alone = *c;
		fit_own(f, c->z + i * c->width, own.purchase.param);
		own.purchase.design.effects = 0;
		alone.n = 1;
		alone.x += i;
		alone.t_x += i;
		alone.t += i;
		alone.first_minor += i;
		alone.repeat_minor += i;
		alone.spend_ok += i;
		cr_assert_eq(forecast_new(arena, &own, &alone, &ahead, &one), RC_OK);
		forecast_customer(all, i, &got);
		forecast_customer(one, 0, &want);
		compare(&got, &want, 1e-8, near);
	}
	return all;
}

static void check_forecast(const struct cohort *c, const struct fit *f, size_t step, double near)
{
	struct model_set set;
	struct prediction got;
	struct forecast *all = check_customers(c, f, step, near, &set);
	struct totals_sum *sum = totals_new(arena);
	struct totals t;
	for (size_t i = 0; i < c->n; i++) {
		forecast_customer(all, i, &got);
		totals_add(sum, &got);
	}
	totals_finish(sum, all, &t);
	double came = 0, curve[2];
	for (size_t i = 0; i < c->n; i++)
		came += c->hold_x[i];
	cr_expect(t.expected.low < came * 1.1 && came * .9 < t.expected.high, "%g in %g .. %g", came, t.expected.low, t.expected.high);
	cr_expect_eq(forecast_tracking(&set, c, 400, curve, 2), RC_OK);
	came = 0;
	for (size_t i = 0; i < c->n; i++)
		came += c->x[i];
	cr_expect_float_eq(curve[1], came, .06 * came, "%g, %g came", curve[1], came);
}

Test(effect, forecasts, .init = begin, .fini = end)
{
	static const char *const ids[] = { "mbgnbd", "pnbd", "ggomnbd", "mbgcnbd" };
	struct cohort *c = two_kinds(400);
	for (size_t k = 0; k < 4; k++) {
		struct design d = plain_design(kinds, 2);
		struct fit f = fitted(ids[k], c, &d, 0);
		check_forecast(c, &f, 97, .02); /* as many classes as there can be: cells of neighbours */
		struct model_set steep;
		f.param[f.model->n_params + 2] = .15; /* e^1.5 across the column, so that the middle of a cell is off by up to an eighth */
		check_customers(c, &f, 23, .006, &steep);
		d.effects = 2;
		struct cohort few = *c;
		few.z = arena_alloc(arena, 2 * c->n, sizeof *few.z);
		for (size_t i = 0; i < c->n; i++)
			few.z[2 * i] = c->z[2 * i];
		f = fitted(ids[k], &few, &d, 0);
		check_forecast(&few, &f, 97, 1e-3); /* two classes */
		few.width = 1;
		struct model_set set = { .purchase = f };
		const struct outlook o = { .horizon = 200, .near = 30, .margin = 1 };
		struct forecast *none;
		cr_expect_eq(forecast_new(arena, &set, &few, &o, &none), RC_DATA);
	}
}
