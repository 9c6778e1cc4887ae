/* Exact k-means on a line. Layer q knows for each prefix of the distinct values the best q clusters; only
 * where the last one begins is kept, and as that never moves left for a longer prefix, two bits a value
 * hold it. */
#include "config.h"

#include "math/cluster.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/dist.h"

/* Work memory over d distinct values. Sums are relative to the grand mean, so that nothing cancels. */
struct work {
	size_t    d;
	double    mean;
	uint32_t *count;   /* [d+1] members among the first i values */
	double   *sum;     /* [d+1] their sum */
	double   *before;  /* [d+1] best of layer q-1: sum over clusters of sum^2 / count, the larger the better */
	double   *best;    /* [d+1] of layer q */
	uint32_t *begin;   /* [d+1] where its last cluster begins */
	uint64_t *layer[CLUSTER_MAX + 1]; /* begin in unary: for each i its advance in zeros, then a one */
};

static void work_free(struct work *w)
{
	for (size_t q = 0; q <= CLUSTER_MAX; q++)
		free(w->layer[q]);
	free(w->count);
	free(w->sum);
	free(w->before);
	free(w->best);
	free(w->begin);
}

static bool work_new(struct work *w, size_t d)
{
	w->d = d;
	w->count = mem_try(d + 1, sizeof(*w->count));
	w->sum = mem_try(d + 1, sizeof(*w->sum));
	return w->count && w->sum;
}

static bool work_layers(struct work *w, size_t k)
{
	w->before = mem_try(w->d + 1, sizeof(*w->before));
	w->best = mem_try(w->d + 1, sizeof(*w->best));
	w->begin = mem_try(w->d + 1, sizeof(*w->begin));
	for (size_t q = 2; q < k; q++)
		if (!(w->layer[q] = mem_try(2 * (w->d + 1) / 64 + 1, sizeof(*w->layer[q]))))
			return false;
	return w->before && w->best && w->begin;
}

/* ---- layers ---- */

/* Gain of one cluster of the values j .. i-1: the part of the total sum of squares that it explains. */
static double gain(const struct work *w, size_t j, size_t i)
{
	double s = w->sum[i] - w->sum[j];

	return s * s / (double)(w->count[i] - w->count[j]);
}

/* best[i] over begins low .. high of the last cluster; the smaller begin among equals. */
static size_t best_begin(const struct work *w, size_t i, size_t low, size_t high, double *best)
{
	const uint32_t *count = w->count;
	const double *sum = w->sum, *before = w->before;
	double s_i = sum[i], top = -INFINITY;
	size_t begin = low;
	uint32_t c_i = count[i];

	high = high < i - 1 ? high : i - 1;
	for (size_t j = low; j <= high; j++) {
		double s = s_i - sum[j];
		double v = before[j] + s * s / (double)(c_i - count[j]);

		if (v > top) {
			top = v;
			begin = j;
		}
	}
	*best = top;
	return begin;
}

/* Prefixes first .. last have their last cluster begin in low .. high. */
static void fill(struct work *w, size_t first, size_t last, size_t low, size_t high)
{
	while (first <= last) {
		size_t middle = first + (last - first) / 2;
		size_t begin = best_begin(w, middle, low, high, &w->best[middle]);

		w->begin[middle] = (uint32_t)begin;
		if (middle > first)
			fill(w, first, middle - 1, low, begin);
		first = middle + 1;
		low = begin;
	}
}

static void pack(const struct work *w, uint64_t *bits, size_t first)
{
	size_t at = 0, begin = first - 1;

	for (size_t i = first; i <= w->d; i++, at++) {
		at += w->begin[i] - begin;
		begin = w->begin[i];
		bits[at / 64] |= UINT64_C(1) << (at % 64);
	}
}

/* begin[i] of a packed layer: i - first ones come before that of i; the zeros up to it are the way it has
 * moved. */
static size_t unpack(const uint64_t *bits, size_t first, size_t i)
{
	size_t ones = i - first + 1, at = 0, word = 0;

	for (; (size_t)__builtin_popcountll(bits[word]) < ones; word++)
		ones -= (size_t)__builtin_popcountll(bits[word]);
	for (at = word * 64;; at++)
		if (bits[at / 64] >> (at % 64) & 1 && --ones == 0)
			break;
	return first - 1 + at - (i - first);
}

/* begin[q] of the q-th cluster, 1-based, for k clusters of all values. */
static void solve(struct work *w, size_t k, size_t *begin)
{
	double top;
	size_t i = w->d;

	for (size_t n = 1; n <= w->d; n++)
		w->before[n] = gain(w, 0, n);
	for (size_t q = 2; q < k; q++) {
		double *swap = w->before;

		fill(w, q, w->d, q - 1, w->d - 1);
		pack(w, w->layer[q], q);
		w->before = w->best;
		w->best = swap;
	}
	begin[k] = k > 1 ? best_begin(w, w->d, k - 1, w->d - 1, &top) : 0;
	for (size_t q = k - 1; q >= 1; q--) {
		i = begin[q + 1];
		begin[q] = q > 1 ? unpack(w->layer[q], q, i) : 0;
	}
}

/* ---- in and out ---- */

static bool acceptable(const double *v, const uint32_t *weight, size_t n, size_t k)
{
	uint64_t total = 0;

	if (n == 0 || n >= UINT32_MAX || k == 0 || k > CLUSTER_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!isfinite(v[i]) || (i > 0 && (weight ? !(v[i] > v[i - 1]) : !(v[i] >= v[i - 1]))))
			return false;
		total += weight ? weight[i] : 1;
		if (weight && weight[i] == 0)
			return false;
	}
	return total < UINT32_MAX;
}

static size_t distinct(const double *v, size_t n)
{
	size_t d = 0;

	for (size_t i = 0; i < n; i++)
		d += i == 0 || v[i] > v[i - 1];
	return d;
}

static double grand_mean(const double *v, const uint32_t *weight, size_t n)
{
	double count = 0, sum = 0, shift = v[n / 2]; /* a middle value: no cancellation far from zero */

	for (size_t i = 0; i < n; i++) {
		double c = weight ? weight[i] : 1;

		count += c;
		sum += c * (v[i] - shift);
	}
	return shift + sum / count;
}

static void prefix_sums(struct work *w, const double *v, const uint32_t *weight, size_t n)
{
	double sum = 0, lost = 0; /* Kahan: a difference must not carry the error of all before */
	uint32_t count = 0;
	size_t d = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t c = weight ? weight[i] : 1;
		double x = (v[i] - w->mean) * c - lost, t = sum + x;

		lost = (t - sum) - x;
		sum = t;
		count += c;
		d += i == 0 || v[i] > v[i - 1];
		w->count[d] = count;
		w->sum[d] = sum;
	}
}

/* Members first .. last - 1 of the list become cluster c. */
static void describe(struct cluster_1d *out, size_t c, const double *v, const uint32_t *weight, size_t first,
                     size_t last)
{
	double centre = grand_mean(v + first, weight ? weight + first : NULL, last - first), off = 0;

	for (size_t i = first; i < last; i++) {
		double w = weight ? weight[i] : 1, d = v[i] - centre;

		out->weight[c] += w;
		out->within[c] += w * d * d;
		off += w * d;
	}
	out->within[c] = fmax(0.0, out->within[c] - off * off / out->weight[c]);
	out->centre[c] = centre;
	out->low[c] = v[first];
	out->high[c] = v[last - 1];
	out->within_total += out->within[c];
}

static void describe_all(struct cluster_1d *out, const struct work *w, const double *v, const uint32_t *weight,
                         size_t n, const size_t *begin)
{
	struct cluster_1d whole = { 0 };

	describe(&whole, 0, v, weight, 0, n);
	out->total = whole.within[0];
	for (size_t c = 0; c < out->k; c++) {
		size_t first = begin[c + 1], last = c + 1 < out->k ? begin[c + 2] : w->d;

		/* Without weights a distinct value stands for as many members as its count. */
		describe(out, c, v, weight, weight ? first : w->count[first], weight ? last : w->count[last]);
	}
	for (size_t c = 0; c + 1 < out->k; c++) {
		double middle = out->high[c] + 0.5 * (out->low[c + 1] - out->high[c]);

		out->cut[c] = middle < out->low[c + 1] ? middle : out->high[c];
	}
}

enum rc cluster_1d(const double *sorted, const uint32_t *weight, size_t n, size_t k, struct cluster_1d *out)
{
	struct work w = { 0 };
	size_t begin[CLUSTER_MAX + 2] = { 0 }, d;

	*out = (struct cluster_1d){ 0 };
	if (!acceptable(sorted, weight, n, k))
		return err_set(RC_NUMERIC, "MATH-102", "clusters need 1 to %d groups of ascending finite values",
		               CLUSTER_MAX);
	d = distinct(sorted, n);
	out->k = k < d ? k : d;
	if (!work_new(&w, d) || !work_layers(&w, out->k)) {
		work_free(&w);
		return err_set(RC_NOMEM, "MATH-101", "no memory to cluster %zu values", d);
	}
	w.mean = grand_mean(sorted, weight, n);
	prefix_sums(&w, sorted, weight, n);
	solve(&w, out->k, begin);
	describe_all(out, &w, sorted, weight, n, begin);
	work_free(&w);
	return RC_OK;
}

size_t cluster_of(const struct cluster_1d *c, double x)
{
	return cluster_by_cuts(c->cut, c->k, x);
}

size_t cluster_by_cuts(const double *cut, size_t k, double x)
{
	size_t c = 0;

	while (c + 1 < k && x > cut[c])
		c++;
	return c;
}
