/* Verdicts: how often they cry wolf, what they find, what they call too few. */
#include "config.h"

#include "drift/compare.h"

#include <math.h>

#include "town.h"

#define HALVINGS 200 /* of 800 customers of one year, seven features each */

static const struct measure_rules rules = { .alpha = 0.05, .effect = 0.08, .prediction = 0.2, .min_customers = 100, .psi_bins = 10 };

/* One population against another as its baseline; without the mix when only the verdict is wanted. */
static void compare_some(struct arena *a, const struct population *was, const struct population *now, uint64_t seed, bool mix, struct comparison *c)
{
	struct run run = { .arena = a, .seed = seed, .as_of = was->as_of };
	*c = (struct comparison) { .population = was, .rules = rules, .baseline.window_days = 365 };
	c->series = series_list(a, was, &c->n);
	while (!mix && c->series[c->n - 1].scope == SCOPE_MIX)
		c->n--;
	cr_assert_eq(compare_freeze(&run, c), RC_OK);
	c->population = now;
	run.as_of = now->as_of;
	cr_assert_eq(compare_measure(&run, c), RC_OK, "%s", err_get()->why);
}

static void compare(struct arena *a, const struct population *was, const struct population *now, struct comparison *c)
{
	compare_some(a, was, now, 1, true, c);
}

static const struct series *of(const struct comparison *c, enum scope scope, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->series[i].scope == scope && !strcmp(c->series[i].f->name, name))
			return &c->series[i];
	cr_assert_fail("no %s", name);
	return NULL;
}

static void split(struct rng *g, uint8_t *half, size_t n)
{
	for (size_t i = 0; i < n; i++)
		half[i] = (uint8_t)rng_below(g, 2);
}

Test(measure, halves_of_one_year_hardly_ever_alarm)
{
	struct town t = town_new(&(struct town_ask) { .seed = 11, .customers = 800, .from = 15000, .to = 15364 });
	int32_t *customer;
	struct population p = town_population(&t, 15364, &customer);
	uint8_t *half = arena_alloc(t.arena, p.n, 1);
	struct rng g;
	int alarms = 0, notices = 0;
	rng_init(&g, 5, "halvings");
	for (int i = 0; i < HALVINGS; i++) {
		struct arena *a = arena_new();
		struct comparison c;
		split(&g, half, p.n);
		struct population was = town_half(a, &p, half, 0), now = town_half(a, &p, half, 1);
		compare_some(a, &was, &now, (uint64_t)i, false, &c);
		alarms += c.verdict == VERDICT_ALARM;
		notices += c.verdict == VERDICT_NOTICE;
		arena_free(a);
	}
	cr_log_info("%d alarms, %d notices in %d halvings", alarms, notices, HALVINGS);
	cr_assert_leq(alarms, HALVINGS * 2 / 100, "%d of %d halvings gave an alarm", alarms, HALVINGS);
	town_free(&t);
}

/* Two halves of the same customers, the second with all money times `factor`. */
static int found(double factor, int tries)
{
	struct town t = town_new(&(struct town_ask) { .seed = 12, .customers = 4200, .from = 15000, .to = 15364 });
	int32_t *customer;
	struct population p = town_population(&t, 15364, &customer);
	uint8_t *half = arena_alloc(t.arena, p.n, 1);
	struct rng g;
	int alarms = 0;
	rng_init(&g, 6, "halvings");
	for (int i = 0; i < tries; i++) {
		struct arena *a = arena_new();
		struct comparison c;
		split(&g, half, p.n);
		struct population was = town_half(a, &p, half, 0), now = town_half(a, &p, half, 1);
		for (size_t k = 0; k < now.n; k++) {
			now.first[k] *= factor;
			now.repeat[k] *= factor;
			now.revenue[k] *= factor;
		}
		compare_some(a, &was, &now, (uint64_t)i, false, &c);
		alarms += c.verdict == VERDICT_ALARM;
		arena_free(a);
	}
	town_free(&t);
	return alarms;
}

Test(measure, prices_up_by_a_tenth_are_found)
{
	cr_assert_geq(found(1.10, 20), 19);
}

Test(measure, the_same_customers_are_no_drift)
{
	struct town t = town_new(&(struct town_ask) { .seed = 13, .customers = 500, .from = 15000, .to = 15364 });
	int32_t *customer;
	struct arena *a = arena_new();
	struct comparison c;
	struct population p = town_population(&t, 15364, &customer);
	compare(a, &p, &p, &c);
	cr_assert_eq(c.verdict, VERDICT_STABLE);
	for (size_t i = 0; i < c.n; i++) {
		const struct measure *m = &c.series[i].m;
		cr_assert(m->ks == 0 && m->p == 1 && m->w1 == 0 && m->effect == 0 && m->psi == 0 && m->js == 0, "%s", c.series[i].key);
	}
	cr_assert(of(&c, SCOPE_MIX, "frequency")->m.verdict == VERDICT_STABLE);
	arena_free(a);
	town_free(&t);
}

Test(measure, a_handful_is_too_few)
{
	struct town t = town_new(&(struct town_ask) { .seed = 14, .customers = 600, .from = 15000, .to = 15364 });
	int32_t *customer;
	struct arena *a = arena_new();
	struct comparison c;
	struct population was = town_population(&t, 15364, &customer), now = was;
	now.n = 40;
	compare(a, &was, &now, &c);
	cr_assert_eq(c.verdict, VERDICT_TOO_FEW);
	const struct series *s = of(&c, SCOPE_COHORT, "frequency");
	cr_assert(strstr(s->sentence, "too few to tell: 40 customers now, 600 in the baseline, at least 100 needed; a shift of less than "),
		  "%s", s->sentence);
	cr_assert(isnan(s->m.q), "it takes no part in the correction");
	arena_free(a);
	town_free(&t);
}

Test(measure, sentences_speak_in_plain_units)
{
	struct town t = town_new(&(struct town_ask) { .seed = 15, .customers = 3000, .from = 15000, .to = 15364 });
	int32_t *customer;
	struct arena *a = arena_new();
	struct comparison c;
	struct population p = town_population(&t, 15364, &customer), now = town_half(a, &p, arena_alloc(a, p.n, 1), 0);
	double first, last;
	char text[16];
	for (size_t k = 0; k < now.n; k++)
		now.first[k] *= 1.25;
	compare(a, &p, &now, &c);
	const struct series *s = of(&c, SCOPE_COHORT, "first_value");
	cr_assert_eq(s->m.verdict, VERDICT_ALARM);
	cr_assert_eq(sscanf(s->sentence, "median first order %lf -> %lf %15s", &first, &last, text), 3, "%s", s->sentence);
	cr_assert_float_eq(last / first, 1.25, 0.001);
	cr_assert_str_eq(text, "EUR");
	cr_assert(strstr(s->sentence, "(+25.0 %, 95 % interval "), "%s", s->sentence);
	cr_assert(s->m.low > 0.15 && s->m.low < 0.25 && s->m.high > 0.25 && s->m.high < 0.35);
	cr_assert_eq(of(&c, SCOPE_COHORT, "frequency")->m.verdict, VERDICT_STABLE);
	arena_free(a);
	town_free(&t);
}

Test(measure, noise_shrinks_with_the_sample)
{
	struct rng g;
	double v[4000], small, large;
	rng_init(&g, 1, "noise");
	for (int i = 0; i < 4000; i++)
		v[i] = i;
	struct sample ref = { .v = v, .n = 4000, .count = 4000 };
	cr_assert_eq(measure_noise(&ref, 150, &g, &small), RC_OK);
	cr_assert_eq(measure_noise(&ref, 15000, &g, &large), RC_OK);
	cr_assert(small > 2.5 * large && large > 0, "%g %g", small, large);
	ref.n = 0;
	cr_assert_eq(measure_noise(&ref, 150, &g, &small), RC_OK);
	cr_assert(isnan(small));
}
