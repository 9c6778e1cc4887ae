/* Minimisation: classic functions, a likelihood with a known answer, and every way not to converge. */
#include "config.h"

#include "near.h"

#include <string.h>

#include "math/optim.h"
#include "math/special.h"

static double quadratic(void *user, const double *x, double *g)
{
	(void)user;
	if (g) {
		g[0] = 2 * (x[0] - 3) + (x[1] + 1);
		g[1] = (x[0] - 3) + 40 * (x[1] + 1);
	}
	return (x[0] - 3) * (x[0] - 3) + (x[0] - 3) * (x[1] + 1) + 20 * (x[1] + 1) * (x[1] + 1) + 5;
}

static double rosenbrock(void *user, const double *x, double *g)
{
	double a = 1 - x[0], b = x[1] - x[0] * x[0];

	(void)user;
	if (g) {
		g[0] = -2 * a - 400 * x[0] * b;
		g[1] = 200 * b;
	}
	return a * a + 100 * b * b;
}

Test(optim, quadratic_with_its_hessian)
{
	struct optim_problem problem = { .n = 2, .value = quadratic };
	struct optim_result r;
	double start[] = { 0, 0 };

	optim_minimise(&problem, start, 1, NULL, &r);
	cr_assert(r.status == OPTIM_CONVERGED, "%s", optim_status_name(r.status));
	near(r.x[0], 3, 1e-9);
	near(r.x[1], -1, 1e-9);
	near(r.value, 5, 1e-14);
	near(r.hessian[0], 2, 1e-8);
	near(r.hessian[1], 1, 1e-8);
	near(r.hessian[2], 1, 1e-8);
	near(r.hessian[3], 40, 1e-8);
	cr_assert(r.positive_definite);
	near(r.covariance[0], 40.0 / 79, 1e-8);
	near(r.covariance[1], -1.0 / 79, 1e-8);
	near(r.covariance[3], 2.0 / 79, 1e-8);
	cr_assert(r.condition > 20 && r.condition < 21 && r.gradient_max < 1e-7);
}

Test(optim, rosenbrock_from_everywhere)
{
	struct optim_problem problem = { .n = 2, .value = rosenbrock };
	double start[] = { -1.2, 1, 10, -10, 0, 0, -30, 40, 1, 1 };

	for (int s = 0; s < 5; s++) {
		struct optim_result r;

		optim_minimise(&problem, start + 2 * s, 1, NULL, &r);
		cr_assert(r.status == OPTIM_CONVERGED, "start %d: %s at %g %g", s, optim_status_name(r.status),
		          r.x[0], r.x[1]);
		near(r.x[0], 1, 1e-7);
		near(r.x[1], 1, 1e-7);
		cr_assert(r.iterations < 300, "%zu iterations", r.iterations);
	}
}

/* Negative binomial counts: minus the log-likelihood in ln r, ln alpha over a table of how often each count
 * came. */
struct counts { const double *times; size_t n; };

static double nbd(void *user, const double *x, double *g)
{
	const struct counts *c = user;
	double r = exp(x[0]), alpha = exp(x[1]), value = 0, dr = 0, da = 0;

	for (size_t k = 0; k < c->n; k++) {
		double n = (double)k;

		value -= c->times[k] * nbd_log_pmf(n, r, 1 / alpha);
		dr -= c->times[k] * (digamma_diff(r, n) + log(alpha / (alpha + 1)));
		da -= c->times[k] * (r / alpha - (r + n) / (alpha + 1));
	}
	g[0] = dr * r;
	g[1] = da * alpha;
	return value;
}

Test(optim, negative_binomial_likelihood)
{
	/* Bortkiewicz-like overdispersed counts, Bliss 1953 (European red mites on 150 apple leaves):
	 * maximum likelihood k = 1.02459. */
	double mites[] = { 70, 38, 17, 10, 9, 3, 2, 1 };
	struct counts c = { mites, COUNT(mites) };
	struct optim_problem problem = { .n = 2, .value = nbd, .user = &c };
	double start[] = { 0, 0, 2, 3 };
	struct optim_result r;

	optim_minimise(&problem, start, 2, NULL, &r);
	cr_assert(r.status == OPTIM_CONVERGED && r.positive_definite);
	near(exp(r.x[0]), 1.02459, 1e-5);
	near(exp(r.x[0] - r.x[1]), 172.0 / 150, 1e-9); /* the mean is fitted exactly */
	cr_assert(r.gradient_max < 1e-6 && r.evaluations < 120, "%g after %zu", r.gradient_max, r.evaluations);
}

Test(optim, large_values_stop_by_their_precision)
{
	/* The same likelihood of a million times as many leaves: the noise of the value must not keep it
	 * running. */
	double mites[] = { 70e6, 38e6, 17e6, 10e6, 9e6, 3e6, 2e6, 1e6 };
	struct counts c = { mites, COUNT(mites) };
	struct optim_problem problem = { .n = 2, .value = nbd, .user = &c };
	double start[] = { 0, 0 };
	struct optim_result r;

	optim_minimise(&problem, start, 1, NULL, &r);
	cr_assert(r.status == OPTIM_CONVERGED && r.evaluations < 80, "%s after %zu",
	          optim_status_name(r.status), r.evaluations);
	near(exp(r.x[0]), 1.02459, 1e-5);
}

static double exponential(void *user, const double *x, double *g)
{
	(void)user;
	g[0] = -exp(-x[0]) * 1e6;
	return 1e6 * exp(-x[0]);
}

static double walled(void *user, const double *x, double *g)
{
	(void)user;
	if (x[0] > 2)
		return NAN;
	g[0] = 2 * (x[0] - 1.9);
	return (x[0] - 1.9) * (x[0] - 1.9);
}

static double never(void *user, const double *x, double *g)
{
	(void)user;
	(void)x;
	g[0] = INFINITY;
	return 0;
}

static double lying(void *user, const double *x, double *g)
{
	(void)user;
	g[0] = -2 * (x[0] - 1); /* points uphill */
	return (x[0] - 1) * (x[0] - 1);
}

static double saddle(void *user, const double *x, double *g)
{
	(void)user;
	g[0] = 2 * x[0];
	g[1] = 0;
	return x[0] * x[0];
}

Test(optim, ways_not_to_converge)
{
	struct optim_result r;
	double start[] = { 0.5, 0.5 }, two[] = { 5, 0 };

	optim_minimise(&(struct optim_problem){ .n = 1, .value = exponential }, start, 1,
	               &(struct optim_options){ .decrease = 1e-30, .limit = 20 }, &r);
	cr_assert(r.status == OPTIM_RUNAWAY && isfinite(r.value) && fabs(r.x[0]) <= 20,
	          "%s %g", optim_status_name(r.status), r.x[0]);
	optim_minimise(&(struct optim_problem){ .n = 1, .value = walled }, two, 2, NULL, &r);
	cr_assert(r.status == OPTIM_CONVERGED && r.start == 1);
	near(r.x[0], 1.9, 1e-8);
	optim_minimise(&(struct optim_problem){ .n = 1, .value = never }, start, 1, NULL, &r);
	cr_assert(r.status == OPTIM_NONFINITE && isnan(r.value) && isnan(r.x[0]) && !r.positive_definite);
	optim_minimise(&(struct optim_problem){ .n = 1, .value = lying }, start, 1, NULL, &r);
	cr_assert(r.status == OPTIM_STALLED && isfinite(r.value), "%s", optim_status_name(r.status));
	optim_minimise(&(struct optim_problem){ .n = 2, .value = rosenbrock }, (double[]){ -1.2, 1 }, 1,
	               &(struct optim_options){ .iterations = 3 }, &r);
	cr_assert(r.status == OPTIM_LIMIT && isfinite(r.value));
	optim_minimise(&(struct optim_problem){ .n = 2, .value = saddle }, start, 1, NULL, &r);
	cr_assert(!r.positive_definite && isinf(r.condition) && isnan(r.covariance[0]));
	optim_minimise(&(struct optim_problem){ .n = 0, .value = saddle }, start, 1, NULL, &r);
	cr_assert(r.status == OPTIM_NONFINITE);
}

static bool stop(void *user, size_t iteration, double value)
{
	(void)value;
	return iteration >= *(size_t *)user;
}

Test(optim, cancel)
{
	size_t at = 2;
	struct optim_problem problem = { .n = 2, .value = rosenbrock, .cancel = stop, .user = &at };
	double start[] = { -1.2, 1, 0, 0 };
	struct optim_result r;

	optim_minimise(&problem, start, 2, NULL, &r);
	cr_assert(r.status == OPTIM_CANCELLED && r.iterations == 2 && isfinite(r.value));
	cr_assert(strcmp(optim_status_name(r.status), "cancelled") == 0);
}

Test(optim, same_bytes_again)
{
	struct optim_problem problem = { .n = 2, .value = rosenbrock };
	double start[] = { -1.2, 1 };
	static struct optim_result a, b;

	optim_minimise(&problem, start, 1, NULL, &a);
	optim_minimise(&problem, start, 1, NULL, &b);
	cr_assert(memcmp(a.x, b.x, 2 * sizeof(double)) == 0 && a.value == b.value &&
	          a.evaluations == b.evaluations);
}

Test(optim, invert)
{
	double a[] = { 4, 2, 0, 2, 5, 3, 0, 3, 6 }, bad[] = { 1, 2, 2, 1 }, inverse[9], condition;

	cr_assert(matrix_invert(a, 3, inverse, &condition));
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++) {
			double sum = 0;

			for (int k = 0; k < 3; k++)
				sum += a[3 * i + k] * inverse[3 * k + j];
			cr_assert(fabs(sum - (i == j)) < 1e-14);
		}
	cr_assert(condition > 1 && isfinite(condition));
	cr_assert(!matrix_invert(bad, 2, inverse, &condition) && isnan(inverse[0]) && isinf(condition));
	bad[0] = NAN;
	cr_assert(!matrix_invert(bad, 2, inverse, &condition));
}
