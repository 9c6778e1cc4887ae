/* One suite over every model of the list: what must hold whatever the formulas. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "models/fit.h"
#include "models/predict.h"
#include "simulate.h"

TestSuite(kit);

/* A parameter vector that every purchase model can have, and one of a spend model. */
static const double free_anywhere[] = { .6, 9, .8, 2.2, 1, 1, 1, 1 }, chosen_anywhere[] = { 3, .6, 3, .8, 2.2, 1, 1, 1 };

static const double *anywhere_of(const struct model *m)
{
	return m->n_fixed > 0 ? chosen_anywhere : free_anywhere;
}

#define HISTORY(a, b, c) { .x = (a), .t_x = (b), .t = (c) }

static const struct history histories[] = {
	HISTORY(0, 0, 0), HISTORY(0, 0, 40), HISTORY(1, .5, 40), HISTORY(3, 20, 21), HISTORY(3, 20, 20), HISTORY(12, 30, 52), HISTORY(40, 50, 50.5), HISTORY(300, 200, 260),
};
#define HISTORIES (sizeof histories / sizeof histories[0])

/* Opportunities are counted, and one brings one purchase at most. */
static bool possible(const struct model *m, const struct history *h)
{
	return !m->discrete || (h->x <= h->t_x && h->t_x == floor(h->t_x) && h->t == floor(h->t));
}

#define EACH_MODEL(m, wanted) \
	for (size_t each = 0; each < models_count; each++) \
		for (const struct model *m = models[each]; m != NULL && m->kind == (wanted); m = NULL)

static struct arena *arena;
static struct cohort *shop;

static void begin(void)
{
	struct rng g;
	const struct shop s = { .r = .8, .alpha = 30, .a = .6, .b = 3, .p = 6, .q = 4, .gamma = 60, .modified = false };
	arena = arena_new();
	rng_init(&g, 11, "kit");
	shop = simulate_cohort(arena, &g, &s, 3000, 200, 300, 0, 1);
	shop->log_gaps = 9000; /* what it is does not matter here */
}

static void end(void)
{
	arena_free(arena);
}

Test(kit, every_model_is_whole)
{
	for (size_t i = 0; i < models_count; i++) {
		const struct model *m = models[i];
		cr_expect(m->id && m->title && m->reference && model_find(m->id) == m);
		cr_expect_leq(m->n_params, MODEL_PARAMS);
		for (size_t j = 0; j < m->n_params; j++)
			cr_expect(m->params[j].name && m->params[j].about);
		cr_expect((m->kind == MODEL_NAIVE) == (m->naive && m->naive_value && !m->loss));
		cr_expect((m->kind == MODEL_PURCHASES) == (m->alive && m->expected && m->none && m->stays && m->tail && m->pmf && m->loglik));
		cr_expect((m->kind == MODEL_SPEND) == (m->spend_mean && m->spend_loglik));
	}
	cr_expect_eq(model_find("gammagamma"), model_find("gg"));
}

static double loss_at(const struct model *m, void *prep, const struct histories *h, const double *theta, size_t i, double step)
{
	double at[MODEL_PARAMS];
	memcpy(at, theta, m->n_params * sizeof *at);
	at[i] += step;
	return m->loss(prep, h, at, NULL);
}

Test(kit, gradient_agrees_with_differences, .init = begin, .fini = end)
{
	struct histories *h;
	struct spends *s;
	cr_assert_eq(histories_build(arena, shop, 1, &h), RC_OK);
	cr_assert_eq(spends_build(arena, shop, 1, false, &s), RC_OK);
	const struct sample sample = { .histories = h, .spends = s };
	for (size_t k = 0; k < models_count; k++) {
		const struct model *m = models[k];
		double start[MODEL_STARTS * MODEL_PARAMS], gradient[MODEL_PARAMS];
		void *prep;
		if (m->loss == NULL)
			continue;
		cr_assert_eq(m->prepare(m, arena, &sample, &prep), RC_OK);
		for (size_t j = 0; j < MODEL_STARTS && m->n_fixed > 0; j++)
			start[j * m->n_params] = log(3);
		size_t starts = m->starts(m, &sample, start);
		cr_expect(starts > 0 && starts <= MODEL_STARTS);
		for (size_t j = 0; j < starts; j++) {
			double *theta = start + j * m->n_params, step = 1e-4;
			cr_assert(isfinite(m->loss(prep, h, theta, gradient)));
			for (size_t i = m->n_fixed; i < m->n_params; i++) {
				double a = (loss_at(m, prep, h, theta, i, step) - loss_at(m, prep, h, theta, i, -step)) / (2 * step);
				double b = (loss_at(m, prep, h, theta, i, 2 * step) - loss_at(m, prep, h, theta, i, -2 * step)) / (4 * step);
				double difference = (4 * a - b) / 3;
				cr_expect_float_eq(gradient[i], difference, 1e-5 * fmax(1, fabs(difference)), "%s %s: %.9g, differences %.9g",
				                   m->id, m->params[i].name, gradient[i], difference);
			}
		}
	}
}

/* The loss over distinct rows is the sum over customers. */
Test(kit, loss_is_the_sum_of_logliks, .init = begin, .fini = end)
{
	struct histories *h;
	cr_assert_eq(histories_build(arena, shop, 1, &h), RC_OK);
	const struct sample sample = { .histories = h };
	EACH_MODEL(m, MODEL_PURCHASES) {
		double theta[MODEL_PARAMS], sum = 0, param[MODEL_PARAMS];
		void *prep;
		cr_assert_eq(m->prepare(m, arena, &sample, &prep), RC_OK);
		for (size_t i = 0; i < m->n_params; i++) {
			param[i] = i < m->n_fixed ? 3 : .7 + .3 * (double)i;
			theta[i] = log(param[i]);
		}
		for (size_t i = 0; i < shop->n; i++) {
			double unit = m->discrete ? 1 : h->mean_t;
			struct history one = { .x = shop->x[i], .t_x = shop->t_x[i] / unit, .t = shop->t[i] / unit };
			sum += m->loglik(m, param, &one);
		}
		sum += m->constant ? m->constant(m, param, h->sum_x, 0) : 0;
		cr_expect_float_eq(-m->loss(prep, h, theta, NULL), sum, 1e-10 * fabs(sum), "%s", m->id);
	}
}

static double per(const struct param *p, double time)
{
	return p->scale == PARAM_TIME ? time : p->scale == PARAM_RATE ? 1 / time : 1;
}

/* Data in other units, the same model: identity 1 of the numerics. */
Test(kit, unit_change, .init = begin, .fini = end)
{
	struct fit_options day = { .period = "day", .min_customers = 10 }, week = day, month = day;
	week.period = "week";
	month.period = "month";
	EACH_MODEL(m, MODEL_PURCHASES) {
		struct fit d, w, o;
		double sum_x = 0;
		if (m->discrete)
			continue;
		for (size_t i = 0; i < shop->n; i++)
			sum_x += shop->x[i];
		cr_assert_eq(fit_one(m, shop, &day, &d), RC_OK);
		cr_assert_eq(fit_one(m, shop, &week, &w), RC_OK);
		cr_assert_eq(fit_one(m, shop, &month, &o), RC_OK);
		for (size_t i = m->n_fixed; i < m->n_params; i++) {
			double per_week = per(&m->params[i], 7), per_month = per(&m->params[i], 365.25 / 12);
			cr_expect_float_eq(w.param[i] * per_week, d.param[i], 1e-9 * d.param[i], "%s %s", m->id, m->params[i].name);
			cr_expect_float_eq(o.param[i] * per_month, d.param[i], 1e-9 * d.param[i], "%s %s", m->id, m->params[i].name);
			cr_expect(isnan(d.se[i]) ? isnan(w.se[i]) : fabs(w.se[i] * per_week - d.se[i]) <= 1e-9 * d.se[i], "%s %s", m->id, m->params[i].name);
		}
		cr_expect_float_eq(w.loglik, d.loglik + sum_x * log(7), 1e-9 * fabs(d.loglik), "%s", m->id);
	}
}

/* Each customer twice: the same estimate, twice the log-likelihood, standard errors smaller by the root of two. */
Test(kit, duplicated_rows, .init = begin, .fini = end)
{
	struct fit_options o = { .period = "day", .min_customers = 10 };
	size_t n = shop->n;
	struct cohort twice = *shop;
	twice.n = 2 * n;
	twice.log_gaps *= 2;
#define DOUBLE(member) \
	twice.member = arena_alloc(arena, 2 * n, sizeof *twice.member); \
	memcpy(twice.member, shop->member, n * sizeof *twice.member); \
	memcpy(twice.member + n, shop->member, n * sizeof *twice.member)
	DOUBLE(customer);
	DOUBLE(x);
	DOUBLE(t_x);
	DOUBLE(t);
	DOUBLE(first_minor);
	DOUBLE(repeat_minor);
	DOUBLE(spend_ok);
	for (size_t k = 0; k < models_count; k++) {
		struct fit one, two;
		if (models[k]->loss == NULL)
			continue;
		cr_assert_eq(fit_one(models[k], shop, &o, &one), RC_OK);
		cr_assert_eq(fit_one(models[k], &twice, &o, &two), RC_OK);
		cr_expect_float_eq(two.loglik, 2 * one.loglik, 1e-9 * fabs(one.loglik), "%s", models[k]->id);
		if (models[k]->kind == MODEL_PURCHASES)
			cr_expect_eq(two.n_distinct, one.n_distinct);
		cr_expect_eq(two.status, one.status);
		/* On a boundary the likelihood has a limit, the parameters have none. */
		for (size_t i = models[k]->n_fixed; one.status == FIT_CONVERGED && i < models[k]->n_params; i++) {
			cr_expect_float_eq(two.param[i], one.param[i], 1e-7 * one.param[i], "%s %s", models[k]->id, models[k]->params[i].name);
			cr_expect_float_eq(two.se[i] * sqrt(2), one.se[i], 1e-5 * one.se[i]);
		}
	}
}

Test(kit, probabilities_of_counts)
{
	EACH_MODEL(m, MODEL_PURCHASES)
		for (size_t i = 0; i < HISTORIES; i++) {
			const struct history *h = &histories[i];
			if (!possible(m, h))
				continue;
			double t = 15, tail[4000], sum = 0, mean = 0, from_tail = 0;
			m->tail(m, anywhere_of(m), h, t, tail, 4000);
			for (size_t n = 0; n < 3999; n++) {
				double p = m->pmf(m, anywhere_of(m), h, t, (double)n);
				sum += p;
				mean += (double)n * p;
				from_tail += n > 0 ? tail[n] : 0;
				cr_expect(n > 500 || fabs(p - (tail[n] - tail[n + 1])) < 1e-9, "%s pmf(%zu)", m->id, n);
			}
			double expected = m->expected(m, anywhere_of(m), h, t);
			cr_expect_float_eq(sum, 1, 1e-8, "%s: %g", m->id, sum);
			cr_expect_float_eq(mean / expected, 1, 1e-6, "%s: %g, not %g", m->id, mean, expected);
			cr_expect_float_eq(from_tail / expected, 1, 1e-6);
			cr_expect_float_eq(m->pmf(m, anywhere_of(m), h, t, 0), m->none(m, anywhere_of(m), h, t), 1e-14);
		}
}

Test(kit, monotone_facts)
{
	EACH_MODEL(m, MODEL_PURCHASES)
		for (size_t i = 0; i < HISTORIES; i++) {
			struct history h = histories[i], later = h;
			double before = 0;
			if (!possible(m, &h))
				continue;
			later.t += 10;
			double alive = m->alive(m, anywhere_of(m), &h);
			cr_expect(alive >= 0 && alive <= 1);
			cr_expect_leq(m->alive(m, anywhere_of(m), &later), alive, "%s: silence lowers P(alive)", m->id);
			cr_expect_eq(m->expected(m, anywhere_of(m), &h, 0), 0);
			cr_expect_eq(m->none(m, anywhere_of(m), &h, 0), 1);
			for (double t = 1; t < 2000; t *= 3) {
				double e = m->expected(m, anywhere_of(m), &h, t);
				cr_expect(e >= before * (1 - 1e-12) && e > 0 && e <= m->stays(m, anywhere_of(m), &h, t) * (1 + 1e-12), "%s: expectation rises, below that of staying", m->id);
				before = e;
			}
		}
}

/* What conditional quantities are made of, and the facts that tell the two models apart. */
Test(kit, newcomers_and_one_time_buyers)
{
	const struct model *bg = model_find("bgnbd"), *mbg = model_find("mbgnbd");
	const struct history once = { .t = 30 };
	double expected, pmf, sum = 0;
	cr_expect_eq(bg->alive(bg, free_anywhere, &once), 1);
	cr_expect_lt(mbg->alive(mbg, free_anywhere, &once), 1);
	EACH_MODEL(m, MODEL_PURCHASES) {
		sum = 0;
		cr_assert_eq(predict_quantity(m, anywhere_of(m), 0, 0, 0, 20, "expected", &expected), RC_OK);
		for (int n = 0; n < 2000; n++) {
			cr_assert_eq(predict_quantity(m, anywhere_of(m), n, 0, 0, 20, "pmf", &pmf), RC_OK);
			sum += n * pmf;
		}
		cr_expect_float_eq(sum / expected, 1, 1e-8, "%s", m->id);
	}
}

/* What is to come, discounted: the integral of e^(-rate t) dE(t), less the higher the rate; and who is still there. */
Test(kit, discounted_to_infinity)
{
	EACH_MODEL(m, MODEL_PURCHASES)
		for (size_t i = 0; i < HISTORIES; i++) {
			const struct history *h = &histories[i];
			double rate = .05, low = purchases_forever(m, anywhere_of(m), h, .01), sum = 0, before = 0, end = m->discrete ? 1 : .125;
			if (!possible(m, h) || h->x > 50)
				continue;
			for (double t = end; t < 600; t += end) {
				double upto = m->expected(m, anywhere_of(m), h, t);
				/* Opportunities come at the end of each step, purchases of continuous time about the middle. */
				sum += (upto - before) * exp(-rate * (t - (m->discrete ? 0 : end / 2)));
				before = upto;
			}
			double got = purchases_forever(m, anywhere_of(m), h, rate);
			cr_expect_float_eq(got / sum, 1, 2e-3, "%s x=%g: %g, not %g", m->id, h->x, got, sum);
			cr_expect(got < low && got > 0, "%s", m->id);
			cr_expect_eq(purchases_forever(m, anywhere_of(m), h, 0), INFINITY);
			double there = 1;
			cr_expect_float_eq(m->survives(m, anywhere_of(m), h, 0), 1, 1e-12, "%s", m->id);
			for (double t = 1; t < 2000; t *= 3) {
				double still = m->survives(m, anywhere_of(m), h, t);
				cr_expect(still >= 0 && still <= there + 1e-12, "%s: nobody comes back", m->id);
				there = still;
			}
		}
}

/* A model is never worse than one that it contains. */
Test(kit, nested_models, .init = begin, .fini = end)
{
	static const struct { const char *within, *id; } pairs[] = {
		{ "nbd", "bgnbd" }, { "nbd", "mbgnbd" }, { "nbd", "pnbd" }, { "pnbd", "ggomnbd" }, { "bgnbd", "bgcnbd" }, { "mbgnbd", "mbgcnbd" },
	};
	struct fit_options o = { .period = "day", .min_customers = 10 };
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		struct fit small, large;
		cr_assert_eq(fit_one(model_find(pairs[i].within), shop, &o, &small), RC_OK);
		cr_assert_eq(fit_one(model_find(pairs[i].id), shop, &o, &large), RC_OK);
		cr_expect_geq(large.loglik, small.loglik - 1e-6 * fabs(small.loglik), "%s %.6f, %s %.6f", pairs[i].id, large.loglik, pairs[i].within, small.loglik);
	}
}

/* Estimates from simulated shops: 95 % intervals hold the truth about 95 % of the time. */
Test(kit, parameters_recovered)
{
	const struct shop truth = { .r = .9, .alpha = 9, .a = .5, .b = 4, .p = 6, .q = 4, .gamma = 150 };
	const double *purchase = &truth.r, *spend = &truth.p;
	size_t inside = 0, all = 0;
	for (int variant = 0; variant < 2; variant++)
		for (unsigned seed = 0; seed < 15; seed++) {
			struct arena *a = arena_new();
			struct shop s = truth;
			struct rng g;
			struct fit f, v;
			struct fit_options o = { .period = "day", .min_customers = 10 };
			s.modified = variant == 1;
			rng_init_sub(&g, 1, "recovery", seed + 100u * (unsigned)variant);
			struct cohort *c = simulate_cohort(a, &g, &s, 2000, 30, 60, 0, 1000);
			cr_assert_eq(fit_one(model_find(variant ? "mbgnbd" : "bgnbd"), c, &o, &f), RC_OK);
			cr_assert_eq(fit_one(model_find("gg"), c, &o, &v), RC_OK);
			cr_expect(f.status == FIT_CONVERGED && v.status == FIT_CONVERGED);
			for (size_t i = 0; i < 4; i++, all++) {
				double time = i == 1 ? 1000 : 1;
				inside += f.low[i] / time <= purchase[i] && purchase[i] <= f.high[i] / time;
			}
			for (size_t i = 0; i < 3; i++, all++)
				inside += v.low[i] <= spend[i] && spend[i] <= v.high[i];
			arena_free(a);
		}
	double share = (double)inside / (double)all;
	cr_expect(share > .90 && share < .99, "intervals cover %.3f", share);
}
