/* Taking, thinning and matching samples of customers. Nothing here is random: the same customers give the
 * same sample. */
#include "config.h"

#include "drift/sample.h"

#include <math.h>
#include <string.h>

#include "math/dist.h"

#define BANDS 20

bool choice_has(const struct choice *c, const struct population *p, size_t i)
{
	return (c->window_days == 0 || p->t[i] < c->window_days) && (!c->keep || c->keep[i]);
}

enum rc sample_take(struct arena *a, const struct population *p, const struct feature *f, const struct choice *c, struct sample *out)
{
	double *v = arena_try(a, p->n + 1, sizeof(*v));
	size_t n = 0;
	if (!v)
		return err_set(RC_NOMEM, "DRIFT-101", "not enough memory to compare %zu customers", p->n);
	for (size_t i = 0; i < p->n; i++) {
		double value;
		if (choice_has(c, p, i) && isfinite(value = f->value(p, i)))
			v[n++] = value;
	}
	sort_real(v, n);
	*out = (struct sample) { .v = v, .n = n, .count = (int64_t)n };
	return RC_OK;
}

void sample_thin(struct sample *s)
{
	if (s->n <= SAMPLE_KEPT)
		return;
	for (size_t i = 0; i < SAMPLE_KEPT; i++)
		s->v[i] = s->v[(2 * i + 1) * s->n / (2 * SAMPLE_KEPT)];
	s->n = SAMPLE_KEPT;
}

/* ---- ages ---- */

struct bands { size_t cuts; double cut[BANDS], ref[BANDS], cur[BANDS]; };

static size_t band_of(const struct bands *b, double t)
{
	size_t k = 0;
	while (k < b->cuts && t > b->cut[k])
		k++;
	return k;
}

/* How many customers can be kept when every band gives its share: the scarcest band decides. */
static double largest(const struct bands *b)
{
	double whole = HUGE_VAL, ref = 0;
	for (size_t k = 0; k <= b->cuts; k++)
		ref += b->ref[k];
	for (size_t k = 0; k <= b->cuts; k++)
		if (b->ref[k] > 0)
			whole = fmin(whole, b->cur[k] * ref / b->ref[k]);
	return whole / ref;
}

size_t sample_match_ages(const struct population *p, int32_t window_days, const struct sample *ref, uint8_t *keep)
{
	const struct choice window = { .window_days = window_days };
	struct bands b = { 0 };
	size_t seen[BANDS] = { 0 }, quota[BANDS], total = 0;
	memset(keep, 0, p->n);
	if (ref->n == 0)
		return 0;
	b.cuts = quantile_cuts(ref->v, ref->n, BANDS, b.cut);
	histogram_cuts(ref->v, ref->n, b.cut, b.cuts, b.ref);
	for (size_t i = 0; i < p->n; i++)
		if (choice_has(&window, p, i))
			b.cur[band_of(&b, p->t[i])]++;
	double factor = largest(&b);
	for (size_t k = 0; k <= b.cuts; k++)
		quota[k] = (size_t)floor(factor * b.ref[k] + 1e-9);
	for (size_t i = 0; i < p->n; i++) {
		if (!choice_has(&window, p, i))
			continue;
		size_t k = band_of(&b, p->t[i]), j = seen[k]++, c = (size_t)b.cur[k];
		keep[i] = (j + 1) * quota[k] / c > j * quota[k] / c;
		total += keep[i];
	}
	return total;
}
