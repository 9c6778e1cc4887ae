/* Isotonic regression: what pooling must keep and must not do. */
#include "config.h"

#include "near.h"

#include "base/rng.h"
#include "math/isotonic.h"

static struct isotonic fitted(const double *x, const double *y, const double *w, size_t n)
{
	struct isotonic f;
	cr_assert_eq(isotonic_fit(x, y, w, n, &f), RC_OK);
	return f;
}

Test(isotonic, what_ascends_stays)
{
	double x[] = { 3, 1, 2, 4 }, y[] = { 30, 10, 20, 40 }, w[] = { 1, 2, 3, 1 };
	struct isotonic f = fitted(x, y, w, 4);

	cr_assert_eq(f.n, 4);
	for (size_t i = 0; i < 4; i++) {
		near(f.at[i], (double)i + 1, 1e-15);
		near(f.value[i], 10 * ((double)i + 1), 1e-14);
	}
	near(isotonic_at(&f, 2.5), 25, 1e-14);
	near(isotonic_at(&f, .5), 5, 1e-14);
	near(isotonic_at(&f, 8), 80, 1e-13);
}

/* The example of de Leeuw, Hornik and Mair 2009 in spirit: 1 3 2 4 3.5 3.5 5 pools {3, 2} and {4, 3.5, 3.5}. */
Test(isotonic, violators_are_pooled)
{
	double x[] = { 1, 2, 3, 4, 5, 6, 7 }, y[] = { 1, 3, 2, 4, 3.5, 3.5, 5 }, w[] = { 1, 1, 1, 1, 1, 1, 1 };
	struct isotonic f = fitted(x, y, w, 7);

	cr_assert_eq(f.n, 4);
	near(f.value[1], 2.5, 1e-15);
	near(f.at[1], 2.5, 1e-15);
	near(f.value[2], 11. / 3, 1e-14);
	near(f.at[2], 5, 1e-15);
}

Test(isotonic, what_descends_is_its_mean)
{
	double x[] = { 1, 2, 3 }, y[] = { 9, 6, 0 }, w[] = { 1, 2, 1 };
	struct isotonic f = fitted(x, y, w, 3);

	cr_assert_eq(f.n, 1);
	near(f.value[0], 21. / 4, 1e-15);
}

Test(isotonic, equals_are_one_point_and_nothing_is_the_identity)
{
	double x[] = { 2, 2, 2 }, y[] = { 0, 6, 3 }, w[] = { 1, 1, 1 };
	struct isotonic f = fitted(x, y, w, 3), none = fitted(x, y, w, 0);

	cr_assert_eq(f.n, 1);
	near(isotonic_at(&f, 2), 3, 1e-15);
	cr_assert_eq(none.n, 0);
	near(isotonic_at(&none, .37), .37, 0);
}

Test(isotonic, of_many_points_the_sum_is_kept_and_no_step_goes_down)
{
	enum { N = 20000 };
	static double x[N], y[N], w[N];
	double sum = 0, weight = 0, fit = 0, left = 0;
	struct rng g;
	rng_init(&g, 3, "isotonic");
	for (size_t i = 0; i < N; i++) {
		x[i] = rng_exponential(&g, 1);
		y[i] = .7 * x[i] * rng_exponential(&g, 1);
		w[i] = rng_uniform(&g);
		sum += w[i] * y[i];
		weight += w[i];
	}
	struct isotonic f = fitted(x, y, w, N);
	cr_assert(f.n > 4 && f.n <= ISOTONIC_MOST);
	for (size_t i = 1; i < f.n; i++)
		cr_assert(f.at[i - 1] < f.at[i] && f.value[i - 1] < f.value[i]);
	for (size_t i = 0; i < N; i++) {
		fit += w[i] * isotonic_at(&f, x[i]);
		left += fabs(isotonic_at(&f, x[i]) - .7 * x[i]);
	}
	near(fit / weight, sum / weight, .02);
	cr_assert_lt(left / N, .1);
	for (double v = 0; v < 12; v += .01)
		cr_assert(isotonic_at(&f, v) <= isotonic_at(&f, v + .01));
}
