/* Regularity from gaps: a conditional likelihood and Wheat and Morrison's moments. Not here: the regular models (cnbd), and
 * where gaps are counted (features). Reads and writes no table. */
#include "config.h"

#include "models/regular.h"

#include <math.h>

#include "base/arena.h"
#include "math/special.h"

#define LEAST      20   /* customers with two gaps */
#define LOW        0.02 /* of k: beyond, gaps are not a law of this kind */
#define HIGH       1000

/* What the likelihood needs: customers with n gaps, and the sum of ln(gap / sum of gaps). */
struct proportions { const double *with; size_t most; double sum; };

/* First and second derivative of the log-likelihood by k. */
static void slopes(const struct proportions *p, double k, double *first, double *second)
{
	*first = p->sum;
	*second = 0;
	for (size_t n = 2; n <= p->most; n++) {
		double m = p->with[n], count = (double)n;
		if (m == 0)
			continue;
		*first += m * count * (digamma(count * k) - digamma(k));
		*second += m * count * (count * trigamma(count * k) - trigamma(k));
	}
}

static struct regularity unknown(size_t n)
{
	return (struct regularity) { NAN, NAN, NAN, n };
}

/* The log-likelihood is concave in k. */
static struct regularity likeliest(const struct proportions *p, size_t customers)
{
	double low = log(LOW), high = log(HIGH), first, second;
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		slopes(p, exp(middle), &first, &second);
		*(first > 0 ? &low : &high) = middle;
	}
	double k = exp((low + high) / 2);
	slopes(p, k, &first, &second);
	double se = 1 / (k * sqrt(-second));
	if (!isfinite(se) || k < LOW * 1.01 || k > HIGH / 1.01)
		return unknown(customers);
	return (struct regularity) { k, k * exp(-NORMAL_975 * se), k * exp(NORMAL_975 * se), customers };
}

struct regularity regularity_by_likelihood(const struct cohort *c)
{
	struct arena *a = arena_new();
	struct proportions p = { .sum = c->log_gaps };
	size_t customers = 0;
	double days = 0, gaps = 0;
	for (size_t i = 0; i < c->n; i++)
		p.most = (size_t)c->x[i] > p.most ? (size_t)c->x[i] : p.most;
	double *with = arena_alloc(a, p.most + 1, sizeof *with);
	p.with = with;
	for (size_t i = 0; i < c->n; i++) {
		with[c->x[i]]++;
		customers += c->x[i] >= 2;
		days += c->t_x[i];
		gaps += c->x[i];
		p.sum -= c->x[i] > 0 ? c->x[i] * log(c->t_x[i]) : 0;
	}
	/* No gap counted although the days are more than the purchases: they are not known. */
	bool known = !isnan(c->log_gaps) && (c->log_gaps > 0 || days == gaps);
	struct regularity r = known && customers >= LEAST ? likeliest(&p, customers) : unknown(customers);
	arena_free(a);
	return r;
}

struct regularity regularity_by_moments(double spread, size_t n)
{
	if (n < LEAST || !(spread > 0) || !(spread < .25))
		return unknown(n);
	double k = (1 - 4 * spread) / (8 * spread);
	/* d ln k / d ln spread = -1 / (1 - 4 spread); E (M - 1/2)^4 = 3 / (16 (2k + 1) (2k + 3)). */
	double fourth = 3 / (16 * (2 * k + 1) * (2 * k + 3));
	double se = sqrt(fmax(0, fourth - spread * spread) / (double)n) / (spread * (1 - 4 * spread));
	return (struct regularity) { k, k * exp(-NORMAL_975 * se), k * exp(NORMAL_975 * se), n };
}
