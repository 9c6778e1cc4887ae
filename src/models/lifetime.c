/* The likelihood of purchases at a gamma-distributed rate until a lifetime ends, and its gradient. It is
 *
 *     G(r+x)/G(r) alpha^r [ A(T) + integral from t_x to T of (alpha+y)^-(r+x) f(y) dy ],   A(t) = (alpha+t)^-(r+x) S(t).
 *
 * Histories are in whole days, so that all rows of one x share the integrals between neighbouring days: those from each
 * day to the last one are added up once an x, each over A of its day, which keeps all of them between 0 and 1 (what can
 * still come after a day is at most A of it). A row costs an exponential and a logarithm, whatever the law. */
#include "config.h"

#include <math.h>
#include <stdint.h>

#include "math/quad.h"
#include "math/special.h"
#include "models/lifetime_priv.h"

#define SPLITS     16                 /* parts of the time between two days, at most */
#define NODES      5                  /* of each */
#define EVEN       0.08               /* change of the logarithm that three points integrate to 1e-13 */
#define UNEVEN     0.8                /* ... and five */

/* What is summed up over nodes, each times the integrand: 1, ln(alpha+y), 1/(alpha+y), the law's slopes. One record
 * a node, one a day: a row looks at two of them. Unused slopes stay 0. */
enum { GONE, MEAN_LOG, MEAN_INV, MEAN_SLOPE, TERMS = MEAN_SLOPE + LIFETIME_OWN };

struct node { double log_wf, term[TERMS]; };  /* ln(weight f(y)) */
struct day { double log_a, log_stay, term[TERMS]; }; /* at the end of life or at T; term[GONE] is not used */

struct kernel {
	const struct histories *h;
	const struct lifetime  *law;
	double      *most;       /* per day: the largest x whose integrals reach it; -1: none */
	struct day  *day;
	size_t      *first;      /* per day: its nodes are first[i] .. first[i+1]-1 */
	struct node *node;
	double     (*tail)[TERMS]; /* per day: the integrals from it to the last, over A of the day */
};

static void reach_of_groups(struct kernel *k)
{
	const struct histories *h = k->h;
	for (size_t i = 0; i < h->days; i++)
		k->most[i] = -1;
	for (size_t g = 0; g < h->groups; g++)
		for (size_t i = h->low[g]; i < h->high[g]; i++)
			k->most[i] = fmax(k->most[i], h->x[g]);
}

enum rc lifetime_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep)
{
	struct kernel *k = arena_alloc(a, 1, sizeof *k);
	const struct histories *h = s->histories;
	k->law = m->family;
	k->most = arena_try(a, h->days + 1, sizeof *k->most);
	k->day = arena_try(a, h->days + 1, sizeof *k->day);
	k->first = arena_try(a, h->days + 1, sizeof *k->first);
	k->node = arena_try(a, h->days * SPLITS * NODES + 1, sizeof *k->node);
	k->tail = arena_try(a, h->days + 1, sizeof *k->tail);
	if (!k->most || !k->day || !k->first || !k->node || !k->tail)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", h->days);
	*prep = k;
	return RC_OK;
}

static void node_fill(const struct kernel *k, double y, double weight, double alpha, const double *own, struct node *n)
{
	double stay[LIFETIME_OWN];
	n->log_wf = log(weight) + k->law->log_stay(own, y) + k->law->log_hazard(own, y);
	n->term[GONE] = 1;
	n->term[MEAN_LOG] = log(alpha + y);
	n->term[MEAN_INV] = 1 / (alpha + y);
	k->law->slopes(own, y, stay, n->term + MEAN_SLOPE);
}

/* Nodes between day i and the next: as many as the steepest x that needs them. */
static size_t nodes_between(const struct kernel *k, size_t i, double r, double alpha, const double *own, size_t at)
{
	double from = k->h->day[i], to = k->h->day[i + 1], pole = fmin(alpha, k->law->reach(own));
	double change = (r + k->most[i]) * log1p((to - from) / (alpha + from)) + k->law->change(own, from, to);
	double bend = log1p((to - from) / (pole + from));
	const struct quad_rule *rule = change < EVEN && bend < EVEN ? &quad_rule_3 : &quad_rule_5;
	double parts = fmin(fmax(ceil(fmax(change, bend) / UNEVEN), 1), SPLITS), low = from;
	for (double part = 1; part <= parts; part++) {
		double high = part == parts ? to : from + (pole + from) * expm1(bend * part / parts);
		for (size_t j = 0; j < rule->n; j++)
			node_fill(k, low + (high - low) * rule->at[j], rule->weight[j] * (high - low), alpha, own, &k->node[at++]);
		low = high;
	}
	return at;
}

static void days_fill(struct kernel *k, double r, double alpha, const double *own)
{
	const struct histories *h = k->h;
	size_t at = 0;
	for (size_t i = 0; i < h->days; i++) {
		struct day *d = &k->day[i];
		double density[LIFETIME_OWN];
		d->log_a = d->term[MEAN_LOG] = log(alpha + h->day[i]);
		d->term[MEAN_INV] = 1 / (alpha + h->day[i]);
		d->log_stay = k->law->log_stay(own, h->day[i]);
		k->law->slopes(own, h->day[i], d->term + MEAN_SLOPE, density);
		k->first[i] = at;
		if (i + 1 < h->days && k->most[i] >= 0)
			at = nodes_between(k, i, r, alpha, own, at);
	}
	k->first[h->days] = at;
}

/* The integrals of one x, from the last day backwards. */
static void tails_fill(struct kernel *k, size_t g, double shape)
{
	size_t last = k->h->high[g];
	double after = k->day[last].log_stay - shape * k->day[last].log_a;
	for (size_t d = 0; d < TERMS; d++)
		k->tail[last][d] = 0;
	for (size_t i = last; i-- > k->h->low[g]; ) {
		double base = k->day[i].log_stay - shape * k->day[i].log_a, ratio = exp(after - base), sum[TERMS];
		for (size_t d = 0; d < TERMS; d++)
			sum[d] = ratio * k->tail[i + 1][d];
		for (size_t j = k->first[i]; j < k->first[i + 1]; j++) {
			const struct node *n = &k->node[j];
			double e = exp(n->log_wf - shape * n->term[MEAN_LOG] - base);
			for (size_t d = 0; d < TERMS; d++)
				sum[d] += e * n->term[d];
		}
		for (size_t d = 0; d < TERMS; d++)
			k->tail[i][d] = sum[d];
		after = base;
	}
}

/* What the rows of a group add: the value in place of GONE, and the means of the other terms at the end of life or at T. */
static void rows_add(const struct kernel *k, size_t g, double shape, double *sum)
{
	const struct histories *h = k->h;
	for (size_t i = h->from[g]; i < h->from[g + 1]; i++) {
		const struct day *end = &k->day[h->t[i]], *start = &k->day[h->t_x[i]];
		const double *from = k->tail[h->t_x[i]], *to = k->tail[h->t[i]];
		double c = h->count[i], base = start->log_stay - shape * start->log_a;
		double fall = exp(end->log_stay - shape * end->log_a - base);
		double all = fall + (from[GONE] - to[GONE] * fall), part = c / all;
		sum[GONE] += c * (base + log(all));
		for (size_t d = MEAN_LOG; d < TERMS; d++)
			sum[d] += part * (fall * (end->term[d] - to[d]) + from[d]);
	}
}

double lifetime_loss(void *prep, const struct histories *h, const double *theta, double *gradient)
{
	struct kernel *k = prep;
	double r = exp(theta[LIFETIME_R]), alpha = exp(theta[LIFETIME_ALPHA]), own[LIFETIME_OWN], n = (double)h->customers;
	double value = n * r * theta[LIFETIME_ALPHA], g[LIFETIME_FIRST + LIFETIME_OWN] = { n * theta[LIFETIME_ALPHA], n * r / alpha };
	if (!(r > 0 && alpha > 0) || isinf(r + alpha))
		return INFINITY;
	for (size_t d = 0; d < k->law->n; d++) {
		own[d] = exp(theta[LIFETIME_FIRST + d]);
		if (!(own[d] > 0) || isinf(own[d]))
			return INFINITY;
	}
	k->h = h;
	reach_of_groups(k);
	days_fill(k, r, alpha, own);
	for (size_t i = 0; i < h->groups; i++) {
		double shape = r + h->x[i], sum[TERMS] = { 0 };
		tails_fill(k, i, shape);
		rows_add(k, i, shape, sum);
		value += h->members[i] * log_gamma_ratio(r, h->x[i]) + sum[GONE];
		g[LIFETIME_R] += h->members[i] * digamma_diff(r, h->x[i]) - sum[MEAN_LOG];
		g[LIFETIME_ALPHA] -= shape * sum[MEAN_INV];
		for (size_t d = 0; d < k->law->n; d++)
			g[LIFETIME_FIRST + d] += sum[MEAN_SLOPE + d];
	}
	if (gradient != NULL) {
		gradient[LIFETIME_R] = -g[LIFETIME_R] * r;
		gradient[LIFETIME_ALPHA] = -g[LIFETIME_ALPHA] * alpha;
		for (size_t d = 0; d < k->law->n; d++)
			gradient[LIFETIME_FIRST + d] = -g[LIFETIME_FIRST + d];
	}
	return isfinite(value) ? -value : INFINITY;
}

/* As for the NBD: r from the spread of x beyond that of a Poisson count, alpha from their mean, somewhat less for those
 * who are gone. Time unit: mean T. */
size_t lifetime_starts(const struct sample *s, const double *own, size_t n, size_t starts, double *start)
{
	double mean, r = histories_shape(s->histories, &mean);
	for (size_t i = 0; i < starts; i++) {
		double *p = start + i * (LIFETIME_FIRST + n);
		p[LIFETIME_R] = log(r);
		p[LIFETIME_ALPHA] = log(fmax(r / mean * (n > 0 ? .7 : 1), 1e-6));
		for (size_t d = 0; d < n; d++)
			p[LIFETIME_FIRST + d] = log(own[i * n + d]);
	}
	return starts;
}
