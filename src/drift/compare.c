/* Goes through the series one at a time, so that one sample of the population is in memory. When customers
 * came at other times than the baseline's, the rest is compared on a part of them whose ages are alike:
 * how customers came is not how they buy. Reads and writes no table. */
#include "config.h"

#include "drift/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drift/sentence.h"

int32_t compare_window(const struct population *p, int32_t window_days)
{
	int32_t span = p->as_of - p->first_day + 1;
	return span < window_days ? span : window_days;
}

static size_t count_cohort(const struct comparison *c)
{
	const struct choice window = { .window_days = c->baseline.window_days };
	size_t n = 0;
	for (size_t i = 0; i < c->population->n; i++)
		n += choice_has(&window, c->population, i);
	return n;
}

enum rc compare_freeze(struct run *run, struct comparison *c)
{
	const struct population *p = c->population;
	c->froze = true;
	c->cohort = c->ages_kept = count_cohort(c);
	c->verdict = c->cohort < c->rules.min_customers ? VERDICT_TOO_FEW : VERDICT_BASELINE;
	for (size_t i = 0; i < c->n; i++) {
		struct series *s = &c->series[i];
		const struct choice who = { .window_days = s->scope == SCOPE_MIX ? 0 : c->baseline.window_days };
		struct arena *a = arena_new();
		enum rc rc = run_tick(run, "features", (int64_t)i, (int64_t)c->n);
		rc = rc ? rc : sample_take(a, p, s->f, &who, &s->cur);
		if (!rc) {
			sample_thin(&s->cur);
			s->ref = s->cur;
			s->ref.v = arena_alloc(run->arena, s->ref.n + 1, sizeof(*s->ref.v));
			memcpy(s->ref.v, s->cur.v, s->ref.n * sizeof(*s->ref.v));
			s->sentence = sentence_frozen(run->arena, s->f, p, &s->ref);
			measure_frozen(s->f, &s->ref, &s->m);
			picture_take(s->f, &s->ref, &(struct sample) { 0 }, &s->picture);
		}
		s->cur.v = NULL;
		arena_free(a);
		if (rc)
			return rc;
	}
	return RC_OK;
}

/* ---- measure ---- */

static void stream(const struct run *run, const struct series *s, struct rng *out)
{
	char name[64];
	snprintf(name, sizeof(name), "drift %s", s->key);
	run_stream(run, name, out);
}

/* The mix is shown only: its threshold is the plain one. Predictions are held against other limits. */
static enum rc set_threshold(struct series *s, const struct measure_rules *rules, struct rng *rng)
{
	double noise = NAN;
	enum rc rc = s->scope == SCOPE_COHORT ? measure_noise(&s->ref, s->cur.count, rng, &noise) : RC_OK;
	s->m.threshold = s->scope == SCOPE_PREDICTION ? (double)NAN : fmax(rules->effect, noise);
	return rc;
}

static enum rc measure_one(struct run *run, const struct comparison *c, struct series *s, const struct choice *who)
{
	struct arena *a = arena_new();
	struct rng rng;
	stream(run, s, &rng);
	enum rc rc = sample_take(a, c->population, s->f, who, &s->cur);
	if (!rc)
		rc = measure_samples(s->f, &s->ref, &s->cur, &c->rules, &rng, &s->m);
	if (!rc)
		rc = set_threshold(s, &c->rules, &rng);
	if (!rc)
		picture_take(s->f, &s->ref, &s->cur, &s->picture);
	s->cur.v = NULL;
	arena_free(a);
	return rc;
}

static struct series *find_ages(struct comparison *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->series[i].f->ages && c->series[i].scope == SCOPE_COHORT)
			return &c->series[i];
	return NULL;
}

/* First the ages: they decide on whom the others are measured. */
static enum rc match_ages(struct run *run, struct comparison *c, struct choice *who)
{
	struct series *ages = find_ages(c);
	enum rc rc = measure_one(run, c, ages, who);
	if (rc || !(ages->m.p < c->rules.alpha))
		return rc;
	uint8_t *keep = arena_try(run->arena, c->population->n + 1, 1);
	if (!keep)
		return err_set(RC_NOMEM, "DRIFT-101", "not enough memory to compare %zu customers", c->population->n);
	c->ages_kept = sample_match_ages(c->population, c->baseline.window_days, &ages->ref, keep);
	c->ages_matched = true;
	who->keep = keep;
	return RC_OK;
}

enum rc compare_measure(struct run *run, struct comparison *c)
{
	const struct choice all = { 0 };
	struct choice cohort = { .window_days = c->baseline.window_days };
	c->cohort = c->ages_kept = count_cohort(c);
	enum rc rc = match_ages(run, c, &cohort);
	for (size_t i = 0; !rc && i < c->n; i++) {
		struct series *s = &c->series[i];
		rc = run_tick(run, "features", (int64_t)i, (int64_t)c->n);
		if (!rc && !(s->f->ages && s->scope == SCOPE_COHORT))
			rc = measure_one(run, c, s, s->scope == SCOPE_MIX ? &all : &cohort);
	}
	rc = rc ? rc : series_judge(c->series, c->n, &c->rules);
	for (size_t i = 0; !rc && i < c->n; i++) {
		struct series *s = &c->series[i];
		s->sentence = sentence_measured(run->arena, s->f, c->population, &s->ref, &s->cur, &c->rules, &s->m);
	}
	c->verdict = series_verdict(c->series, c->n);
	return rc;
}
