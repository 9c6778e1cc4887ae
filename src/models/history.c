/* From a cohort to what a fit works on: distinct histories with counts, spends by count. Not here:
 * likelihoods. */
#include "config.h"

#include "models/history.h"

#include <math.h>
#include <string.h>

#include "math/dist.h"

#define MERGE_LIMIT 9007199254740992.0 /* 2^53: whole numbers a double holds */

/* Days that occur get an index, in order: index[d] from 1, 0 = does not occur. */
static enum rc days_index(struct arena *a, struct arena *work, const struct cohort *c, size_t step, struct histories *h,
                          uint32_t **index)
{
	size_t span = 1;
	for (size_t i = 0; i < c->n; i += step)
		span = (size_t)c->t[i] >= span ? (size_t)c->t[i] + 1 : span;
	uint32_t *seen = arena_try(work, span, sizeof *seen);
	if (seen == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", span);
	for (size_t i = 0; i < c->n; i += step) {
		seen[c->t[i]] = 1;
		seen[c->t_x[i]] = 1;
	}
	for (size_t d = 0; d < span; d++)
		if (seen[d])
			seen[d] = (uint32_t)++h->days;
	h->day = arena_try(a, h->days + 1, sizeof *h->day);
	if (h->day == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", h->days);
	for (size_t d = 0; d < span; d++)
		if (seen[d])
			h->day[seen[d] - 1] = (double)d / h->mean_t;
	*index = seen;
	return RC_OK;
}

/* Numbers in the order of (x, T, t_x): digits to the base of the number of days. */
static void keys_fill(const struct cohort *c, size_t step, const struct histories *h, const uint32_t *index, double *key)
{
	size_t n = 0;
	double base = (double)h->days;
	for (size_t i = 0; i < c->n; i += step)
		key[n++] = (c->x[i] * base + (index[c->t[i]] - 1)) * base + (index[c->t_x[i]] - 1);
	sort_real(key, n);
}

/* How many keys differ from the one before, and how many groups of x. */
static void keys_count(const double *key, struct histories *h)
{
	double per_x = (double)h->days * (double)h->days;
	for (size_t i = 0; i < h->customers; i++) {
		h->n += i == 0 || key[i] != key[i - 1];
		h->groups += i == 0 || floor(key[i] / per_x) != floor(key[i - 1] / per_x);
	}
}

static void rows_fill(struct histories *h, const double *key)
{
	size_t row = 0, group = 0;
	double base = (double)h->days;
	for (size_t i = 0; i < h->customers; i++) {
		double high = floor(key[i] / base), x = floor(high / base);
		if (group == 0 || h->x[group - 1] != x) {
			h->x[group] = x;
			h->low[group] = UINT32_MAX;
			h->from[group++] = row;
		}
		h->members[group - 1]++;
		if (i > 0 && key[i] == key[i - 1]) {
			h->count[row - 1]++;
			continue;
		}
		h->t[row] = (uint32_t)(high - x * base);
		h->t_x[row] = (uint32_t)(key[i] - high * base);
		h->low[group - 1] = h->t_x[row] < h->low[group - 1] ? h->t_x[row] : h->low[group - 1];
		h->high[group - 1] = h->t[row] > h->high[group - 1] ? h->t[row] : h->high[group - 1];
		h->count[row++] = 1;
	}
	h->from[group] = row;
}

static void means_of(const struct cohort *c, size_t step, struct histories *h)
{
	double t = 0;
	for (size_t i = 0; i < c->n; i += step) {
		h->customers++;
		h->sum_x += c->x[i];
		t += c->t[i];
	}
	if (!(h->mean_t > 0))
		h->mean_t = t > 0 ? t / (double)h->customers : 1;
}

static enum rc rows_room(struct arena *a, struct histories *h)
{
	h->t = arena_try(a, h->n + 1, sizeof *h->t);
	h->t_x = arena_try(a, h->n + 1, sizeof *h->t_x);
	h->count = arena_try(a, h->n + 1, sizeof *h->count);
	h->x = arena_try(a, h->groups + 1, sizeof *h->x);
	h->members = arena_try(a, h->groups + 1, sizeof *h->members);
	h->from = arena_try(a, h->groups + 1, sizeof *h->from);
	h->low = arena_try(a, h->groups + 1, sizeof *h->low);
	h->high = arena_try(a, h->groups + 1, sizeof *h->high);
	if (!h->t || !h->t_x || !h->count || !h->x || !h->members || !h->from || !h->low || !h->high)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu histories", h->n);
	return RC_OK;
}

/* mean_t: the unit of times in days; 0: the mean T of these. */
static enum rc build(struct arena *a, const struct cohort *c, size_t step, double mean_t, struct histories **out)
{
	struct histories *h = arena_alloc(a, 1, sizeof *h);
	struct arena *work = arena_new();
	uint32_t *index = NULL;
	h->mean_t = mean_t;
	means_of(c, step, h);
	h->log_gaps = step == 1 ? c->log_gaps : NAN;
	enum rc rc = days_index(a, work, c, step, h, &index);
	double *key = arena_try(work, h->customers + 1, sizeof *key);
	double most = 0;
	for (size_t i = 0; i < c->n; i += step)
		most = c->x[i] > most ? c->x[i] : most;
	if (rc == RC_OK && (key == NULL || (most + 1) * (double)h->days * (double)h->days > MERGE_LIMIT))
		rc = err_set(RC_NOMEM, "FIT-103", "%zu histories over %zu different days are too many", h->customers, h->days);
	if (rc == RC_OK) {
		keys_fill(c, step, h, index, key);
		keys_count(key, h);
		rc = rows_room(a, h);
	}
	if (rc == RC_OK) {
		rows_fill(h, key);
		*out = h;
	}
	arena_free(work);
	return rc;
}

double sample_customers(const struct sample *s)
{
	return (double)(s->histories ? s->histories->customers : s->spends->customers);
}

enum rc histories_build(struct arena *a, const struct cohort *c, size_t step, struct histories **out)
{
	return build(a, c, step, 0, out);
}

/* The customers class by class, as cohorts of their own. */
enum rc histories_apart(struct arena *a, const struct cohort *c, size_t step, const struct classes *k, double mean_t, struct histories ***out)
{
	struct arena *work = arena_new();
	size_t customers = (c->n + step - 1) / step, *at = arena_try(work, k->n + 1, sizeof *at), from = 0;
	int32_t *x = arena_try(work, customers + 1, sizeof *x), *t_x = arena_try(work, customers + 1, sizeof *t_x);
	int32_t *t = arena_try(work, customers + 1, sizeof *t);
	struct histories **part = arena_try(a, k->n + 1, sizeof *part);
	enum rc rc = at && x && t_x && t && part ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", customers);
	for (size_t j = 0; !rc && j + 1 < k->n; j++)
		at[j + 1] = at[j] + k->size[j];
	for (size_t i = 0; !rc && i < customers; i++) {
		size_t place = at[k->of[i]]++;
		x[place] = c->x[i * step];
		t_x[place] = c->t_x[i * step];
		t[place] = c->t[i * step];
	}
	for (size_t j = 0; !rc && j < k->n; from += k->size[j++]) {
		const struct cohort own = { .n = k->size[j], .x = x + from, .t_x = t_x + from, .t = t + from, .log_gaps = (double)NAN };
		rc = build(a, &own, 1, mean_t, &part[j]);
	}
	arena_free(work);
	*out = part;
	return rc;
}

enum rc day_tables_new(struct arena *a, const struct histories *h, struct day_tables *out)
{
	out->log_day = arena_try(a, h->days + 1, sizeof *out->log_day);
	out->inv_day = arena_try(a, h->days + 1, sizeof *out->inv_day);
	return out->log_day && out->inv_day ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", h->days);
}

void day_tables_fill(struct day_tables *k, const struct histories *h, double alpha)
{
	for (size_t i = 0; i < h->days; i++) {
		k->log_day[i] = log(alpha + h->day[i]);
		k->inv_day[i] = 1 / (alpha + h->day[i]);
	}
}

double histories_shape(const struct histories *h, double *mean)
{
	double square = 0;
	*mean = h->sum_x / (double)h->customers;
	for (size_t g = 0; g < h->groups; g++)
		square += h->members[g] * h->x[g] * h->x[g];
	double excess = square / (double)h->customers - *mean * *mean - *mean;
	return excess > 0 ? fmin(fmax(*mean * *mean / excess, .1), 5) : 5;
}

void spend_of(const struct cohort *c, size_t i, bool repeat_only, double *count, double *mean)
{
	double unit = 1;
	for (int d = 0; d < c->decimals; d++)
		unit *= 10;
	int64_t minor = c->repeat_minor[i] + (repeat_only ? 0 : c->first_minor[i]);
	double n = c->x[i] + (repeat_only ? 0.0 : 1.0);
	bool usable = c->has_money && c->spend_ok[i] && n > 0 && minor > 0;
	*count = usable ? n : 0;
	*mean = usable ? (double)minor / unit / n : NAN;
}

/* Count the members of each count of purchases and lay the groups out. at[count] is the next free place. */
static enum rc groups_lay(struct arena *a, struct arena *work, struct spends *s, const double *count, size_t n, size_t **at)
{
	double most = 0;
	for (size_t i = 0; i < n; i++)
		most = count[i] > most ? count[i] : most;
	size_t *members = arena_try(work, (size_t)most + 2, sizeof *members);
	if (members == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %.0f purchases a customer", most);
	for (size_t i = 0; i < n; i++)
		members[(size_t)count[i]]++;
	for (size_t k = 1; k <= (size_t)most; k++)
		s->groups += members[k] > 0;
	s->count = arena_try(a, s->groups + 1, sizeof *s->count);
	s->from = arena_try(a, s->groups + 1, sizeof *s->from);
	s->log_sum = arena_try(a, s->groups + 1, sizeof *s->log_sum);
	if (!s->count || !s->from || !s->log_sum)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu groups", s->groups);
	size_t group = 0, place = 0;
	for (size_t k = 1; k <= (size_t)most; k++) {
		size_t m = members[k];
		members[k] = place;
		if (m > 0) {
			s->count[group] = (double)k;
			s->from[group++] = place;
		}
		place += m;
	}
	s->from[group] = place;
	*at = members;
	return RC_OK;
}

/* Scale the means to a mean of 1 and add up their logarithms. */
static void spends_scale(struct spends *s)
{
	s->scale = s->customers > 0 ? sum_of(s->mean, s->customers) / (double)s->customers : 1;
	double total = 0, purchases = 0;
	for (size_t g = 0; g < s->groups; g++) {
		for (size_t i = s->from[g]; i < s->from[g + 1]; i++) {
			total += s->count[g] * s->mean[i];
			s->mean[i] /= s->scale;
			s->log_sum[g] += log(s->mean[i]);
		}
		purchases += s->count[g] * (double)(s->from[g + 1] - s->from[g]);
	}
	s->per_purchase = purchases > 0 ? total / purchases : NAN;
}

/* Pearson correlation of frequency and mean spend among customers with repeats; x and mean are overwritten
 * with theirs. */
static double spends_correlation(const double *count, double *mean, double *x, size_t n)
{
	size_t repeats = 0;
	for (size_t i = 0; i < n; i++)
		if (count[i] > 0 && x[i] > 0) {
			x[repeats] = x[i];
			mean[repeats++] = mean[i];
		}
	return correlation(x, mean, repeats);
}

enum rc spends_build(struct arena *a, const struct cohort *c, size_t step, bool repeat_only, struct spends **out)
{
	struct spends *s = arena_alloc(a, 1, sizeof *s);
	struct arena *work = arena_new();
	size_t n = (c->n + step - 1) / step, *at = NULL;
	double *count = arena_try(work, n + 1, sizeof *count);
	double *mean = arena_try(work, n + 1, sizeof *mean);
	double *x = arena_try(work, n + 1, sizeof *x);
	enum rc rc = RC_OK;
	if (!count || !mean || !x)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		spend_of(c, i * step, repeat_only, &count[i], &mean[i]);
		x[i] = c->x[i * step];
		s->customers += count[i] > 0;
	}
	if (rc == RC_OK)
		rc = groups_lay(a, work, s, count, n, &at);
	s->mean = arena_try(a, s->customers + 1, sizeof *s->mean);
	if (rc == RC_OK && s->mean == NULL)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", s->customers);
	if (rc == RC_OK) {
		for (size_t i = 0; i < n; i++)
			if (count[i] > 0)
				s->mean[at[(size_t)count[i]]++] = mean[i];
		spends_scale(s);
		s->correlation = spends_correlation(count, mean, x, n);
		*out = s;
	}
	arena_free(work);
	return rc;
}
