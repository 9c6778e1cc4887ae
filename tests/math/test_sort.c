/* Sorting: every size class, ties, signs, missing, and the order of equals. */
#include "config.h"

#include "near.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/rng.h"
#include "math/dist.h"

enum { KINDS = 7 };

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void fill(double *v, size_t n, int kind)
{
	struct rng g;

	rng_init(&g, n, "sort");
	for (size_t i = 0; i < n; i++) {
		double u = rng_normal(&g);

		switch (kind) {
		case 0:
			v[i] = u;
			break;
		case 1:
			v[i] = floor(3 * u);
			break;
		case 2:
			v[i] = copysign(exp(300 * u), -u);
			break;
		case 3: /* one upper half of a key for all, then long runs of one, then short ones */
		case 4:
		case 5:
			v[i] = floor((kind == 3 ? 0 : kind == 4 ? 2 : 200) * u) + 1e-12 * floor(1000 * rng_normal(&g)) + 2000;
			break;
		default:
			v[i] = (double)(n - i);
		}
	}
}

Test(sort, real_agrees_with_qsort)
{
	size_t sizes[] = { 0, 1, 2, 3, 47, 48, 49, 599, 600, 601, 5000, 70000 };

	for (size_t s = 0; s < COUNT(sizes); s++)
		for (int kind = 0; kind < KINDS; kind++) {
			size_t n = sizes[s];
			double *v = calloc(n + 1, sizeof(*v)), *w = calloc(n + 1, sizeof(*w));

			fill(v, n, kind);
			fill(w, n, kind);
			sort_real(v, n);
			qsort(w, n, sizeof(*w), by_value);
			for (size_t i = 0; i < n; i++)
				cr_assert(v[i] == w[i], "n %zu kind %d at %zu: %g, not %g", n, kind, i, v[i], w[i]);
			free(v);
			free(w);
		}
}

Test(sort, special_values)
{
	double v[] = { NAN, 1, -0.0, INFINITY, -INFINITY, 0.0, -NAN, -1, 5e-324, -5e-324 };

	sort_real(v, COUNT(v));
	cr_assert(v[0] == -INFINITY && v[1] == -1 && v[2] == -5e-324 && v[3] == 0 && v[4] == 0 && v[5] == 5e-324);
	cr_assert(!signbit(v[3]) && !signbit(v[4]));
	cr_assert(v[6] == 1 && v[7] == INFINITY && isnan(v[8]) && isnan(v[9]));
}

static void check_order(size_t n, int kind)
{
	double *v = calloc(n + 1, sizeof(*v));
	uint32_t *up = calloc(n + 1, sizeof(*up)), *down = calloc(n + 1, sizeof(*down));

	fill(v, n, kind);
	if (n > 10)
		v[n / 2] = v[n / 3] = NAN;
	cr_assert(sort_order(v, n, up) == RC_OK && sort_order_down(v, n, down) == RC_OK);
	for (size_t i = 1; i < n; i++) {
		double a = v[up[i - 1]], b = v[up[i]], c = v[down[i - 1]], d = v[down[i]];

		cr_assert(isnan(b) ? !isnan(a) || up[i - 1] < up[i] : a < b || (a == b && up[i - 1] < up[i]));
		cr_assert(isnan(d) ? !isnan(c) || down[i - 1] < down[i] : c > d || (c == d && down[i - 1] < down[i]));
	}
	free(v);
	free(up);
	free(down);
}

Test(sort, order_is_stable_both_ways)
{
	size_t sizes[] = { 0, 1, 2, 30, 48, 49, 1000, 30000 };

	for (size_t s = 0; s < COUNT(sizes); s++)
		for (int kind = 0; kind < KINDS; kind++)
			check_order(sizes[s], kind);
}
