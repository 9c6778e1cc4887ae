/* Order measures of many predictions against one truth. Orders and ranks of the truth are made once; a prediction costs one sort. */
#include "config.h"

#include "math/standing.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/dist.h"
#include "math/sum_priv.h"

struct standing {
	const double *y;
	size_t        n;
	double        y_sum, best_area;  /* best_area: of the truth in its own order */
	uint32_t     *y_down;            /* largest first, ties in the order of the array */
	double       *y_rank, *p_rank;   /* mid-ranks */
	uint32_t     *up, *down;         /* of the prediction at hand */
	unsigned char *chosen;
};

/* From an ascending order: the descending one with ties in the order of the array, and mid-ranks. */
static void turn(const double *v, const uint32_t *up, size_t n, uint32_t *down, double *rank)
{
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && v[up[to]] == v[up[from]]; to++)
			continue;
		for (size_t i = from; i < to; i++) {
			rank[up[i]] = ((double)from + 1 + (double)to) / 2;
			down[n - to + (i - from)] = up[i];
		}
	}
}

static double area(const double *y, const uint32_t *up, size_t n)
{
	struct sum s = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&s, (2 * (double)(i + 1) - (double)n - 1) * y[up[i]]);
	return sum_end(s);
}

static bool make_room(struct standing *s)
{
	size_t n = s->n;

	s->y_down = mem_try(n, sizeof(*s->y_down));
	s->y_rank = mem_try(n, sizeof(*s->y_rank));
	s->p_rank = mem_try(n, sizeof(*s->p_rank));
	s->up = mem_try(n, sizeof(*s->up));
	s->down = mem_try(n, sizeof(*s->down));
	s->chosen = mem_try(n, 1);
	return s->y_down && s->y_rank && s->p_rank && s->up && s->down && s->chosen;
}

enum rc standing_new(const double *y, size_t n, struct standing **out)
{
	struct standing *s = mem_new(1, sizeof(*s));
	enum rc rc;

	s->y = y;
	s->n = n;
	rc = n == 0 || make_room(s) ? RC_OK : err_set(RC_NOMEM, "MATH-101", "no memory to rank %zu predictions", n);
	if (rc == RC_OK && n > 0)
		rc = sort_order(y, n, s->up);
	if (rc != RC_OK) {
		standing_free(s);
		return rc;
	}
	turn(y, s->up, n, s->y_down, s->y_rank);
	s->y_sum = sum_of(y, n);
	s->best_area = area(y, s->up, n);
	*out = s;
	return RC_OK;
}

void standing_free(struct standing *s)
{
	if (!s)
		return;
	free(s->y_down);
	free(s->y_rank);
	free(s->p_rank);
	free(s->up);
	free(s->down);
	free(s->chosen);
	free(s);
}

/* Row i of the ascending order is in bin floor(10 i / n). */
static void fill_deciles(const struct standing *s, const double *p, struct ranked *out)
{
	struct sum of_y = { 0 }, of_p = { 0 };
	double plain = 0, weighted = 0;
	size_t used = 0;

	for (size_t i = 0, b = 0; i < s->n; i++) {
		sum_add(&of_y, s->y[s->up[i]]);
		sum_add(&of_p, p[s->up[i]]);
		out->decile[b].n++;
		if (i + 1 == s->n || (i + 1) * METRIC_BINS / s->n > b) {
			out->decile[b].y_sum = sum_end(of_y);
			out->decile[b].p_sum = sum_end(of_p);
			of_y = of_p = (struct sum){ 0 };
			b = (i + 1) * METRIC_BINS / s->n;
		}
	}
	for (size_t b = 0; b < METRIC_BINS; b++) {
		const struct decile *d = &out->decile[b];

		if (d->n == 0)
			continue;
		used++;
		plain += ratio(fabs(d->p_sum - d->y_sum), d->y_sum);
		weighted += fabs(d->p_sum - d->y_sum);
	}
	out->decile_error = ratio(plain, (double)used);
	out->decile_error_weighted = ratio(weighted, s->y_sum);
}

static size_t common(const struct standing *s, size_t depth)
{
	size_t hits = 0;

	for (size_t i = 0; i < depth; i++)
		hits += s->chosen[s->y_down[i]];
	return hits;
}

static void fill_top(struct standing *s, double share, struct top *out)
{
	struct sum captured = { 0 };
	size_t k = (size_t)ceil(share * (double)s->n * (1 - 1e-12)); /* 0.2 * 15 is 3, not 3 and a rounding */

	memset(s->chosen, 0, s->n);
	for (size_t i = 0; i < k; i++) {
		s->chosen[s->down[i]] = 1;
		sum_add(&captured, s->y[s->down[i]]);
	}
	out->k = k;
	out->precision = (double)common(s, k) / (double)k;
	out->precision_twice = (double)common(s, 2 * k < s->n ? 2 * k : s->n) / (double)k;
	out->capture = ratio(sum_end(captured), s->y_sum);
	out->lift = out->capture * (double)s->n / (double)k;
}

enum rc standing_measure(struct standing *s, const double *p, const double *share, size_t shares, struct ranked *out, struct top *top)
{
	enum rc rc = RC_OK;

	*out = (struct ranked){ .decile_error = NAN, .decile_error_weighted = NAN, .spearman = NAN, .gini = NAN };
	for (size_t i = 0; i < shares; i++)
		top[i] = (struct top){ .precision = NAN, .precision_twice = NAN, .capture = NAN, .lift = NAN };
	if (s->n > 0)
		rc = sort_order(p, s->n, s->up);
	if (rc != RC_OK || s->n == 0)
		return rc;
	turn(p, s->up, s->n, s->down, s->p_rank);
	fill_deciles(s, p, out);
	out->gini = ratio(area(s->y, s->up, s->n), s->best_area);
	out->spearman = correlation(s->y_rank, s->p_rank, s->n);
	for (size_t i = 0; i < shares; i++)
		if (share[i] > 0 && share[i] <= 1)
			fill_top(s, share[i], &top[i]);
	return RC_OK;
}
