/* Simulated buyers of the known processes, with Gamma-Gamma spend. */
#include "config.h"

#include "simulate.h"

#include <math.h>

struct buyer { double rate, drop, nu, end; int k; bool gone; };

/* The day of the next purchase after `now`, or infinity. Each purchase may be the last. */
static double next_purchase(struct rng *g, struct buyer *b, double now)
{
	if (b->gone)
		return INFINITY;
	double at = now;
	for (int i = 0; i < b->k; i++)
		at += rng_exponential(g, b->rate);
	if (at > b->end)
		return INFINITY;
	b->gone = b->end == INFINITY && rng_uniform(g) < b->drop;
	return at;
}

/* The day a buyer leaves for good, or infinity where purchases decide. */
static double leaves(struct rng *g, const struct shop *s, double came)
{
	if (!(s->s > 0))
		return INFINITY;
	double level = rng_exponential(g, rng_gamma(g, s->s, s->beta));
	return came + (s->ageing > 0 ? log1p(level) / s->ageing : level);
}

static int64_t spend_of_purchase(struct rng *g, const struct shop *s, double nu)
{
	return s->p > 0 ? llround(rng_gamma(g, s->p, nu) * 1000) : 0;
}

struct state { long first, last; int x, hold, recent; int64_t opening, repeat, hold_minor, recent_minor; };

static void live(struct rng *g, const struct shop *s, double came, double end, double hold, double fine, struct state *k)
{
	struct buyer b = { .rate = rng_gamma(g, s->r, s->alpha), .drop = s->a > 0 ? rng_beta(g, s->a, s->b) : 0, .nu = s->p > 0 ? rng_gamma(g, s->q, s->gamma) : 1,
	                   .k = s->k > 0 ? s->k : 1, .end = leaves(g, s, came) };
	*k = (struct state) { .first = lround(came * fine) };
	k->last = k->first;
	k->opening = spend_of_purchase(g, s, b.nu);
	k->recent = came > end - hold;
	k->recent_minor = k->recent ? k->opening : 0;
	b.gone = s->modified && rng_uniform(g) < b.drop;
	for (double at = next_purchase(g, &b, came); at < end + hold; at = next_purchase(g, &b, at)) {
		int64_t minor = spend_of_purchase(g, s, b.nu);
		if (at >= end) {
			k->hold++;
			k->hold_minor += minor;
			continue;
		}
		if (at > end - hold) {
			k->recent++;
			k->recent_minor += minor;
		}
		if (lround(at * fine) == k->last) {
			*(k->last == k->first ? &k->opening : &k->repeat) += minor;
			continue;
		}
		k->last = lround(at * fine);
		k->x++;
		k->repeat += minor;
	}
}

struct cohort *simulate_cohort(struct arena *a, struct rng *g, const struct shop *s, size_t n, double arrivals, double end, double hold,
                               double fine)
{
	struct cohort *c = arena_alloc(a, 1, sizeof *c);
	*c = (struct cohort) {
		.n = n, .log_gaps = NAN, .has_money = s->p > 0, .decimals = 3, .hold_days = (int32_t)lround(hold * fine),
		.customer = arena_alloc(a, n, sizeof *c->customer), .x = arena_alloc(a, n, sizeof *c->x),
		.t_x = arena_alloc(a, n, sizeof *c->t_x), .t = arena_alloc(a, n, sizeof *c->t),
		.first_minor = arena_alloc(a, n, sizeof *c->first_minor), .repeat_minor = arena_alloc(a, n, sizeof *c->repeat_minor),
		.spend_ok = arena_alloc(a, n, 1), .hold_x = arena_alloc(a, n, sizeof *c->hold_x),
		.hold_minor = arena_alloc(a, n, sizeof *c->hold_minor), .last_x = arena_alloc(a, n, sizeof *c->last_x),
		.last_minor = arena_alloc(a, n, sizeof *c->last_minor),
	};
	for (size_t i = 0; i < n; i++) {
		struct state k;
		live(g, s, rng_uniform(g) * arrivals, end, hold, fine, &k);
		c->customer[i] = (int32_t)i + 1;
		c->x[i] = k.x;
		c->t_x[i] = (int32_t)(k.last - k.first);
		c->t[i] = (int32_t)(lround(end * fine) - k.first);
		c->first_minor[i] = k.opening;
		c->repeat_minor[i] = k.repeat;
		c->spend_ok[i] = k.x == 0 || k.repeat > 0;
		c->hold_x[i] = k.hold;
		c->hold_minor[i] = k.hold_minor;
		c->last_x[i] = k.recent;
		c->last_minor[i] = k.recent_minor;
	}
	return c;
}

struct future simulate_future(struct rng *g, const struct shop *s, double x, double t_x, double t_seen, double count, double mean, double t)
{
	double d = s->modified ? 1 : 0, later = s->b + x + d - 1;
	double odds = x + d > 0 ? s->a / later * pow((s->alpha + t_seen) / (s->alpha + t_x), s->r + x) : 0;
	struct future f = { 0, 0 };
	struct buyer b = { .k = 1, .end = INFINITY };
	if (rng_uniform(g) * (1 + odds) > 1)
		return f;
	b.rate = rng_gamma(g, s->r + x, s->alpha + t_seen);
	b.drop = rng_beta(g, s->a, s->b + x + d);
	if (s->p > 0)
		b.nu = rng_gamma(g, s->p * count + s->q, s->gamma + (count > 0 ? count * mean : 0));
	for (double at = next_purchase(g, &b, 0); at < t; at = next_purchase(g, &b, at)) {
		f.purchases++;
		f.spend += s->p > 0 ? rng_gamma(g, s->p, b.nu) : 0;
	}
	return f;
}
