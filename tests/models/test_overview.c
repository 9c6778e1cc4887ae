/* Names and the greatest of many; what the stage stores is tested with the others in test_stage.c. */
#include "config.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "models/overview.h"

Test(overview, names_are_numbered_as_they_come)
{
	struct names x = { 0 };
	cr_expect_eq(names_find(&x, "Top 1 %", 7), 1);
	cr_expect_eq(names_find(&x, "Top 10 %", 8), 2);
	cr_expect_eq(names_find(&x, "Top 1 %, and more", 7), 1, "the length counts");
	cr_expect_eq(names_find(&x, "Top 1", 5), 3);
	for (char c = 'a'; c <= 'z'; c++)
		names_find(&x, &c, 1);
	cr_expect_eq(x.n, OVERVIEW_NAMES - 1);
	cr_expect_eq(names_find(&x, "no room", 7), 0);
}

static int downwards(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x < *y) - (*x > *y);
}

Test(overview, the_greatest_come_first)
{
	struct arena *a = arena_new();
	struct rng g;
	double all[3000];
	rng_init(&g, 3, "best");
	for (size_t most = 0; most <= 40; most += 8) {
		struct best b;
		best_init(&b, a, most);
		for (int32_t i = 0; i < 3000; i++) {
			all[i] = floor(rng_uniform(&g) * 500);
			best_offer(&b, all[i], i);
		}
		best_offer(&b, NAN, 9999);
		best_sort(&b);
		qsort(all, 3000, sizeof *all, downwards);
		cr_assert_eq(b.n, most);
		for (size_t i = 0; i < b.n; i++) {
			cr_expect_eq(b.key[i], all[i]);
			cr_expect(i == 0 || b.key[i] < b.key[i - 1] || b.who[i] > b.who[i - 1], "equal keys by number");
		}
	}
	arena_free(a);
}
