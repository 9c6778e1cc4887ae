/* Samples: who is in them, what thinning keeps, ages made alike. */
#include "config.h"

#include "drift/sample.h"

#include <criterion/criterion.h>
#include <math.h>

#include "math/compare.h"

static struct population line_of(struct arena *a, size_t n, int32_t (*age)(size_t i, size_t n))
{
	struct population p = { .n = n };
	p.x = arena_alloc(a, n + 1, sizeof(int32_t));
	p.t_x = arena_alloc(a, n + 1, sizeof(int32_t));
	p.t = arena_alloc(a, n + 1, sizeof(int32_t));
	for (size_t i = 0; i < n; i++) {
		p.x[i] = (int32_t)(i % 5);
		p.t_x[i] = p.x[i] * 7;
		p.t[i] = age(i, n);
	}
	return p;
}

static int32_t even(size_t i, size_t n)
{
	return (int32_t)(400 * i / n);
}

static int32_t young(size_t i, size_t n)
{
	double u = (double)i / (double)n;
	return (int32_t)(400 * u * u);
}

static int32_t gap(size_t i, size_t n)
{
	int32_t t = even(i, n);
	return t < 200 ? t : 380;
}

static const struct feature *named(const char *name)
{
	for (size_t i = 0; i < drift_features_count; i++)
		if (!strcmp(drift_features[i].name, name))
			return &drift_features[i];
	return NULL;
}

Test(sample, the_window_and_what_does_not_exist_are_left_out)
{
	struct arena *a = arena_new();
	struct population p = line_of(a, 1000, even);
	const struct choice all = { 0 }, year = { .window_days = 100 };
	struct sample s;
	cr_assert_eq(sample_take(a, &p, named("frequency"), &all, &s), RC_OK);
	cr_assert_eq(s.n, 1000);
	cr_assert_eq(sample_take(a, &p, named("frequency"), &year, &s), RC_OK);
	cr_assert_eq(s.n, 250);
	cr_assert_eq(sample_take(a, &p, named("mean_gap"), &year, &s), RC_OK);
	cr_assert_eq(s.n, 200, "no gap without a repeat");
	cr_assert(s.v[0] == 7 && s.v[199] == 7);
	arena_free(a);
}

Test(sample, thinning_keeps_the_distribution)
{
	struct sample s = { .n = 100000, .count = 100000 };
	double *v = malloc(s.n * sizeof(*v)), *whole = malloc(s.n * sizeof(*whole));
	for (size_t i = 0; i < s.n; i++)
		v[i] = whole[i] = pow((double)i, 1.5);
	s.v = v;
	sample_thin(&s);
	cr_assert_eq(s.n, SAMPLE_KEPT);
	cr_assert_eq(s.count, 100000, "it still stands for all");
	struct ks ks;
	cr_assert_eq(ks_two_sample(whole, 100000, s.v, s.n, SIDE_TWO, KS_KOLMOGOROV, &ks), RC_OK);
	cr_assert_leq(ks.d, 1.0 / SAMPLE_KEPT);
	sample_thin(&s);
	cr_assert_eq(s.n, SAMPLE_KEPT);
	free(v);
	free(whole);
}

Test(sample, ages_are_made_alike)
{
	struct arena *a = arena_new();
	struct population was = line_of(a, 4000, even), now = line_of(a, 5000, young);
	const struct choice year = { .window_days = 365 };
	uint8_t *keep = arena_alloc(a, now.n, 1);
	struct choice kept = { .window_days = 365, .keep = keep };
	struct sample ref, before, after;
	struct ks ks;
	cr_assert_eq(sample_take(a, &was, named("T"), &year, &ref), RC_OK);
	cr_assert_eq(sample_take(a, &now, named("T"), &year, &before), RC_OK);
	size_t n = sample_match_ages(&now, 365, &ref, keep);
	cr_assert_eq(sample_take(a, &now, named("T"), &kept, &after), RC_OK);
	cr_assert_eq(after.n, n);
	cr_assert_gt(n, 1000);
	ks_two_sample(ref.v, ref.n, before.v, before.n, SIDE_TWO, KS_KOLMOGOROV, &ks);
	cr_assert_gt(ks.d, 0.2);
	ks_two_sample(ref.v, ref.n, after.v, after.n, SIDE_TWO, KS_KOLMOGOROV, &ks);
	cr_assert_lt(ks.d, 0.03);
	arena_free(a);
}

Test(sample, an_age_that_is_missing_leaves_nobody)
{
	struct arena *a = arena_new();
	struct population was = line_of(a, 4000, even), now = line_of(a, 4000, gap);
	const struct choice year = { .window_days = 365 };
	uint8_t *keep = arena_alloc(a, now.n, 1);
	struct sample ref, none = { 0 };
	cr_assert_eq(sample_take(a, &was, named("T"), &year, &ref), RC_OK);
	cr_assert_eq(sample_match_ages(&now, 365, &ref, keep), 0);
	cr_assert_eq(sample_match_ages(&now, 365, &none, keep), 0);
	arena_free(a);
}
