/* Bins for the screen. Pure: sorted samples in, shares out. */
#include "config.h"

#include "drift/picture.h"

#include <math.h>
#include <stdbool.h>

#define INNER (PICTURE_BINS - 2) /* the others have an open end */

/* The least 1, 2 or 5 times a power of ten that is at least v > 0. */
static double round_up(double v)
{
	double power = pow(10, floor(log10(v)));
	double over = v / power * (1 - 1e-9);
	return power * (over <= 1 ? 1 : over <= 2 ? 2 : over <= 5 ? 5 : 10);
}

static double step_of(const struct feature *f, double spread)
{
	if (f->type == FEATURE_SHARE)
		return 0.1;
	double step = spread > 0 ? round_up(spread / (INNER - 2)) : 1;
	return f->type == FEATURE_MONEY ? step : fmax(step, 1);
}

static double at_share(const struct sample *s, double share)
{
	return s->v[(size_t)(share * (double)(s->n - 1))];
}

/* How many values lie below v. */
static size_t below(const struct sample *s, double v)
{
	size_t from = 0, to = s->n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (s->v[middle] < v)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Share of the values in [low, high). */
static double share_of(const struct sample *s, double low, double high)
{
	if (!s->v || !s->n)
		return NAN;
	size_t from = isnan(low) ? 0 : below(s, low), to = isnan(high) ? s->n : below(s, high);
	return (double)(to - from) / (double)s->n;
}

/* The k-th multiple of a step, without the last digits that adding tenths would bring. */
static double edge(double k, double step)
{
	return step < 1 ? k / round(1 / step) : k * step;
}

static void add_bin(struct picture *p, const struct sample *ref, const struct sample *cur, double low, double high)
{
	size_t i = p->n++;
	p->low[i] = low;
	p->high[i] = high;
	p->ref[i] = share_of(ref, low, high);
	p->cur[i] = share_of(cur, low, high);
}

static bool there(const struct sample *s)
{
	return s->v && s->n;
}

void picture_take(const struct feature *f, const struct sample *ref, const struct sample *cur, struct picture *out)
{
	double low = INFINITY, high = -INFINITY, least = INFINITY, most = -INFINITY;
	const struct sample *both[] = { ref, cur };
	*out = (struct picture) { 0 };
	for (size_t i = 0; i < 2; i++)
		if (there(both[i])) {
			low = fmin(low, at_share(both[i], .05));
			high = fmax(high, at_share(both[i], .95));
			least = fmin(least, both[i]->v[0]);
			most = fmax(most, both[i]->v[both[i]->n - 1]);
		}
	if (low > high)
		return;
	double step = step_of(f, high - low), first = floor(low / step + 1e-9);
	size_t bins = (size_t)fmin(floor(high / step + 1e-9) - first + 1, INNER);
	if (least < edge(first, step))
		add_bin(out, ref, cur, NAN, edge(first, step));
	for (size_t i = 0; i < bins; i++)
		add_bin(out, ref, cur, edge(first + (double)i, step), edge(first + (double)i + 1, step));
	if (most >= edge(first + (double)bins, step))
		add_bin(out, ref, cur, edge(first + (double)bins, step), NAN);
}
