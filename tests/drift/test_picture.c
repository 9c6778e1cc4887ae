/* Pictures: round edges, open ends, and every customer in one bin. */
#include "config.h"

#include "drift/picture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const struct feature *feature(const char *name)
{
	for (size_t i = 0; i < drift_features_count; i++)
		if (!strcmp(drift_features[i].name, name))
			return &drift_features[i];
	cr_assert_fail("no feature %s", name);
	return NULL;
}

/* n values from 0 to most, more of them low. */
static struct sample skewed(double *v, size_t n, double most)
{
	for (size_t i = 0; i < n; i++)
		v[i] = most * pow((double)i / (double)(n - 1), 3);
	return (struct sample) { .v = v, .n = n, .count = (int64_t)n };
}

static double sum(const double *share, size_t n)
{
	double all = 0;
	for (size_t i = 0; i < n; i++)
		all += share[i];
	return all;
}

Test(picture, everyone_is_in_a_bin)
{
	static const double most[] = { .2, 7, 999, 123456 };
	double a[500], b[300];
	for (size_t i = 0; i < 4; i++) {
		struct sample ref = skewed(a, 500, most[i]), cur = skewed(b, 300, most[i] * 1.7);
		struct picture p;
		picture_take(feature("first_value"), &ref, &cur, &p);
		cr_assert(p.n >= 4 && p.n <= PICTURE_BINS, "%zu bins", p.n);
		cr_expect_float_eq(sum(p.ref, p.n), 1, 1e-12);
		cr_expect_float_eq(sum(p.cur, p.n), 1, 1e-12);
		cr_expect(p.low[0] == 0);
		for (size_t k = 1; k < p.n; k++)
			cr_expect_eq(p.low[k], p.high[k - 1]);
	}
}

Test(picture, counts_are_whole_and_shares_are_tenths)
{
	double a[500];
	struct sample ref = skewed(a, 500, 3), none = { 0 };
	struct picture p;
	picture_take(feature("frequency"), &ref, &none, &p);
	cr_assert_geq(p.n, 3);
	for (size_t i = 0; i < p.n; i++) {
		cr_expect_eq(p.low[i], (double)i);
		cr_expect(isnan(p.cur[i]), "there is no second sample");
	}
	ref = skewed(a, 500, .99);
	picture_take(feature("p_alive"), &ref, &none, &p);
	cr_assert_eq(p.n, 10);
	for (size_t i = 0; i < 10; i++)
		cr_expect_eq(p.low[i], (double)i / 10);
	cr_expect(isnan(p.high[9]), "what is far out has an open bin");
}

Test(picture, one_value_is_one_bin)
{
	double v[] = { 4, 4, 4 };
	struct sample ref = { .v = v, .n = 3, .count = 3 };
	struct picture p;
	picture_take(feature("frequency"), &ref, &ref, &p);
	cr_assert_eq(p.n, 1);
	cr_expect(p.low[0] == 4 && p.high[0] == 5 && p.ref[0] == 1 && p.cur[0] == 1);
	picture_take(feature("frequency"), &(struct sample) { 0 }, &(struct sample) { 0 }, &p);
	cr_expect_eq(p.n, 0);
}
