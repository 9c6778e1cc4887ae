/* Exact clusters on a line against all partitions, against known answers, and at their edges. */
#include "config.h"

#include "near.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/rng.h"
#include "math/cluster.h"
#include "math/dist.h"

static double spread(const double *v, const uint32_t *weight, size_t first, size_t last)
{
	double count = 0, sum = 0, squares = 0;

	for (size_t i = first; i < last; i++) {
		count += weight ? weight[i] : 1;
		sum += (weight ? weight[i] : 1) * v[i];
	}
	for (size_t i = first; i < last; i++)
		squares += (weight ? weight[i] : 1) * (v[i] - sum / count) * (v[i] - sum / count);
	return squares;
}

/* Least total over all ways to cut first .. n into k parts that do not split ties. */
static double best_of_all(const double *v, const uint32_t *weight, size_t first, size_t n, size_t k)
{
	double best = INFINITY;

	if (k == 1)
		return spread(v, weight, first, n);
	for (size_t cut = first + 1; cut < n; cut++)
		if (v[cut] > v[cut - 1])
			best = fmin(best, spread(v, weight, first, cut) + best_of_all(v, weight, cut, n, k - 1));
	return best;
}

static size_t distinct(const double *v, size_t n)
{
	size_t d = n > 0;

	for (size_t i = 1; i < n; i++)
		d += v[i] > v[i - 1];
	return d;
}

Test(cluster, published_vector)
{
	/* Wang and Song 2011, section 2. */
	double v[] = { -1, 2, -1, 2, 4, 5, 6, -1, 2, -1 };
	struct cluster_1d c;

	sort_real(v, COUNT(v));
	cr_assert(cluster_1d(v, NULL, COUNT(v), 3, &c) == RC_OK);
	cr_assert(c.k == 3);
	near(c.centre[0], -1, 1e-15);
	near(c.centre[1], 2, 1e-15);
	near(c.centre[2], 5, 1e-15);
	near(c.within[0], 0, 1e-15);
	near(c.within[1], 0, 1e-15);
	near(c.within[2], 2, 1e-15);
	cr_assert(c.weight[0] == 4 && c.weight[1] == 3 && c.weight[2] == 3);
	near(c.cut[0], 0.5, 0);
	near(c.cut[1], 3, 0);
	cr_assert(cluster_of(&c, -9) == 0 && cluster_of(&c, 2) == 1 && cluster_of(&c, 3.1) == 2 &&
	          cluster_of(&c, NAN) == 0);
}

Test(cluster, every_partition_up_to_twelve)
{
	struct rng g;

	rng_init(&g, 7, "cluster");
	for (int round = 0; round < 400; round++) {
		size_t n = 1 + rng_below(&g, 12);
		double v[12], offset = round % 3 == 0 ? 1e7 : 0;

		for (size_t i = 0; i < n; i++)
			v[i] = offset + (round % 2 ? rng_normal(&g) : (double)rng_below(&g, 8));
		sort_real(v, n);
		for (size_t k = 1; k <= n + 1; k++) {
			struct cluster_1d c;
			size_t d = distinct(v, n);

			cr_assert(cluster_1d(v, NULL, n, k, &c) == RC_OK);
			cr_assert(c.k == (k < d ? k : d));
			cr_assert(fabs(c.within_total - best_of_all(v, NULL, 0, n, c.k)) <= 1e-9, "round %d k %zu: %g",
			          round, k, c.within_total);
			for (size_t i = 0; i < n; i++) {
				size_t in = cluster_of(&c, v[i]);

				cr_assert(v[i] >= c.low[in] && v[i] <= c.high[in]);
			}
		}
	}
}

Test(cluster, weights_are_repetitions)
{
	struct rng g;

	rng_init(&g, 8, "cluster");
	for (int round = 0; round < 60; round++) {
		double v[40], all[400];
		uint32_t weight[40];
		size_t n = 5 + rng_below(&g, 35), total = 0;
		struct cluster_1d a, b;

		for (size_t i = 0; i < n; i++)
			v[i] = (double)i + 0.8 * rng_uniform(&g);
		for (size_t i = 0; i < n; i++) {
			weight[i] = 1 + (uint32_t)rng_below(&g, 9);
			for (uint32_t w = 0; w < weight[i]; w++)
				all[total++] = v[i];
		}
		cr_assert(cluster_1d(v, weight, n, 4, &a) == RC_OK && cluster_1d(all, NULL, total, 4, &b) == RC_OK);
		near(a.within_total, b.within_total, 1e-12);
		near(a.total, b.total, 1e-12);
		for (size_t c = 0; c < 4; c++) {
			cr_assert(a.weight[c] == b.weight[c] && a.low[c] == b.low[c] && a.high[c] == b.high[c]);
			near(a.centre[c], b.centre[c], 1e-14);
		}
	}
}

Test(cluster, many_values_are_locally_best_and_nested)
{
	size_t n = 20000;
	double *v = calloc(n, sizeof(*v)), last = INFINITY;
	struct rng g;

	rng_init(&g, 9, "cluster");
	for (size_t i = 0; i < n; i++)
		v[i] = log1p(rng_gamma(&g, 0.7, 0.01));
	sort_real(v, n);
	for (size_t k = 1; k <= 9; k++) {
		struct cluster_1d c;
		double total = 0;

		cr_assert(cluster_1d(v, NULL, n, k, &c) == RC_OK && c.k == k);
		cr_assert(c.within_total < last);
		last = c.within_total;
		for (size_t j = 0; j < k; j++)
			total += c.weight[j];
		cr_assert(total == (double)n);
		/* In an optimum the nearest centre is a value's own. */
		for (size_t j = 0; j + 1 < k; j++) {
			double middle = 0.5 * (c.centre[j] + c.centre[j + 1]);

			cr_assert(c.high[j] <= middle && middle <= c.low[j + 1]);
		}
	}
	free(v);
}

Test(cluster, refuses)
{
	double down[] = { 2, 1 }, nan[] = { 1, NAN }, tie[] = { 1, 1 }, one[] = { 3 };
	uint32_t weight[] = { 1, 1 }, none[] = { 1, 0 };
	struct cluster_1d c;

	cr_assert(cluster_1d(down, NULL, 2, 1, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(nan, NULL, 2, 1, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(tie, weight, 2, 1, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(tie, none, 2, 1, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(one, NULL, 0, 1, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(one, NULL, 1, 0, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(one, NULL, 1, CLUSTER_MAX + 1, &c) == RC_NUMERIC);
	cr_assert(cluster_1d(one, NULL, 1, 5, &c) == RC_OK && c.k == 1 && c.centre[0] == 3 && c.total == 0);
	cr_assert(cluster_1d(tie, NULL, 2, 2, &c) == RC_OK && c.k == 1 && c.weight[0] == 2);
}
