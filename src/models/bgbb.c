/* BG/BB: at each of n opportunities a customer who is still there buys with a chance of their own, beta(alpha, beta) over
 * customers; before each opportunity the customer leaves with a chance of their own, beta(gamma, delta). Times are counts of
 * opportunities; in the store an opportunity is a day, on which there is at most one purchase day.
 *
 * Fader, Hardie and Shang 2010, "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science 29(6).
 *
 *     L = A(n) + sum over s = t_x .. n-1 of A(s) gamma/(gamma+delta+s),   A(s) = B(alpha+x, beta+s-x)/B(alpha, beta) B(gamma, delta+s)/B(gamma, delta),
 *
 * A(s) for those who are there after s opportunities and have bought nothing since t_x; what is left of it at s drops out there. All rows of one
 * x share the sums from each s to the last, taken over A(s), which are between 0 and 1. Given alive the chances are
 * beta(alpha+x, beta+n-x) and beta(gamma, delta+n). */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "math/special.h"
#include "models/model.h"

enum { ALPHA, BETA, GAMMA, DELTA, PARAMS };

static const struct param params[PARAMS] = {
	[ALPHA] = { "alpha", PARAM_PLAIN, 12, "the data do not identify how much customers differ in how often they buy" },
	[BETA]  = { "beta", PARAM_PLAIN, 14, "the data do not identify how much customers differ in how often they buy" },
	[GAMMA] = { "gamma", PARAM_PLAIN, 12, "the data do not identify drop-out" },
	[DELTA] = { "delta", PARAM_PLAIN, 16, "the data do not identify drop-out" },
};

static const char *const inputs[] = { "frequency", "recency", "T", NULL };

/* ---- estimation ---- */

/* ln G(p+s) - ln G(p), psi(p+s) - psi(p) and 1/(p+s) for s = 0 .. most. */
struct ladder { double *log, *psi, *inv; };

struct tables {
	size_t        most;       /* opportunities, at most */
	uint32_t     *count;      /* opportunities at each of the days */
	struct ladder beta, both, delta, leave; /* of beta, alpha+beta, delta, gamma+delta */
	double      (*tail)[1 + PARAMS]; /* per s: the sum from it to the last, and its derivatives, over A(s) */
};

static bool ladder_room(struct arena *a, struct ladder *l, size_t n)
{
	l->log = arena_try(a, n, sizeof *l->log);
	l->psi = arena_try(a, n, sizeof *l->psi);
	l->inv = arena_try(a, n, sizeof *l->inv);
	return l->log && l->psi && l->inv;
}

static enum rc bgbb_prepare(const struct model *m, struct arena *a, const struct sample *s, void **prep)
{
	struct tables *t = arena_alloc(a, 1, sizeof *t);
	const struct histories *h = s->histories;
	(void)m;
	t->most = h->days > 0 ? (size_t)llround(h->day[h->days - 1] * h->mean_t) : 0;
	t->count = arena_try(a, h->days + 1, sizeof *t->count);
	t->tail = arena_try(a, t->most + 1, sizeof *t->tail);
	bool room = ladder_room(a, &t->beta, t->most + 1) && ladder_room(a, &t->both, t->most + 1) && ladder_room(a, &t->delta, t->most + 1)
	         && ladder_room(a, &t->leave, t->most + 1);
	if (!t->count || !t->tail || !room)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu opportunities", t->most);
	*prep = t;
	return RC_OK;
}

/* The mean chance to buy is that of the counts, somewhat more for those who are gone; drop-out over about the time seen. */
static size_t bgbb_starts(const struct model *m, const struct sample *s, double *start)
{
	static const double drop[][2] = { { .6, .4 }, { 2, 4 }, { .4, .05 } };
	const struct histories *h = s->histories;
	double chance = fmin(fmax(1.4 * h->sum_x / ((double)h->customers * h->mean_t), 1e-6), .9);
	(void)m;
	for (size_t i = 0; i < sizeof drop / sizeof drop[0]; i++) {
		double *p = start + i * PARAMS;
		p[ALPHA] = log(.8);
		p[BETA] = log(.8 * (1 - chance) / chance);
		p[GAMMA] = log(drop[i][0]);
		p[DELTA] = log(drop[i][1] * h->mean_t + .1);
	}
	return sizeof drop / sizeof drop[0];
}

static void ladder_fill(struct ladder *l, double p, size_t most)
{
	double logs = 0, psi = 0;
	for (size_t s = 0; s <= most; s++) {
		l->log[s] = logs;
		l->psi[s] = psi;
		l->inv[s] = 1 / (p + (double)s);
		logs += log(p + (double)s);
		psi += l->inv[s];
	}
}

/* ln A(s), less what depends on x alone, and its derivatives. */
static double there(const struct tables *t, size_t x, size_t s, double *slope)
{
	slope[ALPHA] = -t->both.psi[s];
	slope[BETA] = t->beta.psi[s - x] - t->both.psi[s];
	slope[GAMMA] = -t->leave.psi[s];
	slope[DELTA] = t->delta.psi[s] - t->leave.psi[s];
	return t->beta.log[s - x] - t->both.log[s] + t->delta.log[s] - t->leave.log[s];
}

/* From the last opportunity of the group backwards: dropping out at s is gamma/(gamma+delta+s) of A(s). */
static void tails_fill(struct tables *t, size_t x, size_t low, size_t high, double beta, double gamma, double delta)
{
	for (size_t k = 0; k <= PARAMS; k++)
		t->tail[high][k] = 0;
	for (size_t s = high; s-- > low; ) {
		double slope[PARAMS], leave = gamma * t->leave.inv[s];
		double goes_on = (beta + (double)(s - x)) * t->both.inv[s] * (delta + (double)s) * t->leave.inv[s];
		there(t, x, s, slope);
		slope[GAMMA] += 1 / gamma - t->leave.inv[s];
		slope[DELTA] -= t->leave.inv[s];
		t->tail[s][0] = leave + goes_on * t->tail[s + 1][0];
		for (size_t k = 0; k < PARAMS; k++)
			t->tail[s][k + 1] = leave * slope[k] + goes_on * t->tail[s + 1][k + 1];
	}
}

static void rows_add(const struct tables *t, const struct histories *h, size_t g, double *value, double *sum)
{
	size_t x = (size_t)h->x[g];
	for (size_t i = h->from[g]; i < h->from[g + 1]; i++) {
		size_t n = t->count[h->t[i]], t_x = t->count[h->t_x[i]];
		double c = h->count[i], slope[PARAMS], ignored[PARAMS], start = there(t, x, t_x, ignored);
		double fall = exp(there(t, x, n, slope) - start), all = fall + (t->tail[t_x][0] - t->tail[n][0] * fall);
		*value += c * (start + log(all));
		for (size_t k = 0; k < PARAMS; k++)
			sum[k] += c / all * (fall * (slope[k] - t->tail[n][k + 1]) + t->tail[t_x][k + 1]);
	}
}

static double bgbb_loss(void *prep, const struct histories *h, const double *theta, double *gradient)
{
	struct tables *t = prep;
	double p[PARAMS], value = 0, sum[PARAMS] = { 0 };
	for (size_t k = 0; k < PARAMS; k++) {
		p[k] = exp(theta[k]);
		if (!(p[k] > 0) || isinf(p[k]))
			return INFINITY;
	}
	for (size_t i = 0; i < h->days; i++)
		t->count[i] = (uint32_t)llround(h->day[i] * h->mean_t);
	ladder_fill(&t->beta, p[BETA], t->most);
	ladder_fill(&t->both, p[ALPHA] + p[BETA], t->most);
	ladder_fill(&t->delta, p[DELTA], t->most);
	ladder_fill(&t->leave, p[GAMMA] + p[DELTA], t->most);
	for (size_t g = 0; g < h->groups; g++) {
		size_t low = t->most, high = 0;
		for (size_t i = h->from[g]; i < h->from[g + 1]; i++) {
			low = t->count[h->t_x[i]] < low ? t->count[h->t_x[i]] : low;
			high = t->count[h->t[i]] > high ? t->count[h->t[i]] : high;
		}
		tails_fill(t, (size_t)h->x[g], low, high, p[BETA], p[GAMMA], p[DELTA]);
		rows_add(t, h, g, &value, sum);
		value += h->members[g] * log_gamma_ratio(p[ALPHA], h->x[g]);
		sum[ALPHA] += h->members[g] * digamma_diff(p[ALPHA], h->x[g]);
	}
	for (size_t k = 0; gradient != NULL && k < PARAMS; k++)
		gradient[k] = -sum[k] * p[k];
	return isfinite(value) ? -value : INFINITY;
}

/* ---- one customer ---- */

/* Sum over s from t_x to n-1 of A(s) gamma/(gamma+delta+s), over A(n): the odds against being there. n - t_x need not be whole. */
static double odds(const double *p, const struct history *h)
{
	double sum = 0, over = 1;
	for (double s = h->t - 1; s > h->t_x - .5; s--) {
		/* A(s) over A(n), from A(s+1) over A(n). */
		over *= (p[ALPHA] + p[BETA] + s) / (p[BETA] + s - h->x) * (p[GAMMA] + p[DELTA] + s) / (p[DELTA] + s);
		sum += over * p[GAMMA] / (p[GAMMA] + p[DELTA] + s);
	}
	return sum;
}

static double bgbb_loglik(const struct model *m, const double *p, const struct history *h)
{
	(void)m;
	return log_gamma_ratio(p[ALPHA], h->x) + log_gamma_ratio(p[BETA], h->t - h->x) - log_gamma_ratio(p[ALPHA] + p[BETA], h->t)
	     + log_gamma_ratio(p[DELTA], h->t) - log_gamma_ratio(p[GAMMA] + p[DELTA], h->t) + log1p(odds(p, h));
}

static double bgbb_alive(const struct model *m, const double *p, const struct history *h)
{
	(void)m;
	return 1 / (1 + odds(p, h));
}

/* Opportunities in a time t: whole ones. */
static double whole(double t)
{
	return floor(t + 1e-9);
}

/* Sum over i = 1 .. n of E(1-theta)^i times the mean chance to buy. */
static double bgbb_expected(const struct model *m, const double *p, const struct history *h, double t)
{
	double stay = 1, sum = 0, after = p[DELTA] + h->t;
	(void)m;
	for (double i = 0; i < whole(t); i++) {
		stay *= (after + i) / (p[GAMMA] + after + i);
		sum += stay;
	}
	return (p[ALPHA] + h->x) / (p[ALPHA] + p[BETA] + h->t) * sum;
}

static double bgbb_stays(const struct model *m, const double *p, const struct history *h, double t)
{
	(void)m;
	return (p[ALPHA] + h->x) / (p[ALPHA] + p[BETA] + h->t) * whole(t);
}

static double bgbb_survives(const struct model *m, const double *p, const struct history *h, double t)
{
	double after = p[DELTA] + h->t;
	(void)m;
	return exp(log_gamma_ratio(after, whole(t)) - log_gamma_ratio(p[GAMMA] + after, whole(t)));
}

/* P(k purchases of i opportunities, all of them there), k = 0 .. n-1, times weight, added to pmf; from the likeliest k to both sides. */
static void add_counts(double a, double b, double i, double weight, double *pmf, size_t n)
{
	double top = fmin(floor(i * a / (a + b)), (double)n - 1);
	double at = log_gamma(i + 1) - log_gamma(top + 1) - log_gamma(i - top + 1) + log_gamma_ratio(a, top) + log_gamma_ratio(b, i - top)
	          - log_gamma_ratio(a + b, i);
	double start = weight * exp(at), value = start;
	for (double k = top; k < (double)n && k <= i; k++) {
		pmf[(size_t)k] += value;
		value *= (i - k) / (k + 1) * (a + k) / (b + i - k - 1);
	}
	value = start;
	for (double k = top; k > 0; k--) {
		value *= k / (i - k + 1) * (b + i - k) / (a + k - 1);
		pmf[(size_t)k - 1] += value;
	}
}

/* The customer leaves after i opportunities, or is there for all of them. */
static void pmf_fill(const double *p, const struct history *h, double t, double *pmf, size_t n)
{
	double a = p[ALPHA] + h->x, b = p[BETA] + h->t - h->x, after = p[DELTA] + h->t, stay = 1, most = whole(t);
	for (size_t k = 0; k < n; k++)
		pmf[k] = 0;
	for (double i = 0; i <= most; i++) {
		double leave = i < most ? p[GAMMA] / (p[GAMMA] + after + i) : 1;
		add_counts(a, b, i, stay * leave, pmf, n);
		stay *= 1 - leave;
	}
}

static double bgbb_none(const struct model *m, const double *p, const struct history *h, double t)
{
	double none = 0, stay = 1, idle = 1, after = p[DELTA] + h->t, b = p[BETA] + h->t - h->x, most = whole(t);
	(void)m;
	for (double i = 0; i <= most; i++) {
		double leave = i < most ? p[GAMMA] / (p[GAMMA] + after + i) : 1;
		none += stay * leave * idle;
		stay *= 1 - leave;
		idle *= (b + i) / (p[ALPHA] + h->x + b + i);
	}
	return most == 0 ? 1 : none;
}

static void bgbb_tail(const struct model *m, const double *p, const struct history *h, double t, double *tail, size_t n)
{
	double above = 0, all = 0;
	(void)m;
	pmf_fill(p, h, t, tail, n);
	for (size_t k = 0; k < n; k++)
		all += tail[k];
	/* What lies beyond the list: nothing, or all that is missing. */
	above = (double)n > whole(t) ? 0 : fmax(1 - all, 0);
	for (size_t k = n; k-- > 0; )
		above = tail[k] += above;
	tail[0] = 1;
}

static double bgbb_pmf(const struct model *m, const double *p, const struct history *h, double t, double n)
{
	double a = p[ALPHA] + h->x, b = p[BETA] + h->t - h->x, after = p[DELTA] + h->t, stay = 1, sum = 0, most = whole(t);
	if (n == 0)
		return bgbb_none(m, p, h, t);
	for (double i = 0; i <= most; i++) {
		double leave = i < most ? p[GAMMA] / (p[GAMMA] + after + i) : 1;
		if (i >= n)
			sum += stay * leave * exp(log_gamma(i + 1) - log_gamma(n + 1) - log_gamma(i - n + 1) + log_gamma_ratio(a, n)
			                          + log_gamma_ratio(b, i - n) - log_gamma_ratio(a + b, i));
		stay *= 1 - leave;
	}
	return sum;
}

/* Sum over i >= 1 of z^i E(1-theta)^i, z = e^-rate. */
static double bgbb_dert(const struct model *m, const double *p, const struct history *h, double rate)
{
	double after = p[DELTA] + h->t, z = exp(-rate);
	(void)m;
	double years = z * after / (p[GAMMA] + after) * exp(log_2f1_one(after + 1, p[GAMMA] + after + 1, z));
	return (p[ALPHA] + h->x) / (p[ALPHA] + p[BETA] + h->t) * years;
}

static double bgbb_reach(const struct model *m, const double *p)
{
	(void)m;
	return fmax(fmin(fmin(p[ALPHA] + p[BETA], p[BETA]), p[GAMMA] + p[DELTA]), .05);
}

static bool bgbb_limit(const struct model *m, const double *p, const char *period, char *text, size_t n)
{
	(void)m, (void)period;
	if (p[GAMMA] < 1e-3 * p[DELTA] && p[DELTA] < 1e5)
		snprintf(text, n, "the limit is a model in which nobody drops out");
	else if (p[DELTA] > 1e5)
		snprintf(text, n, "the limit is one chance of drop-out for all, %.5g an opportunity", p[GAMMA] / (p[GAMMA] + p[DELTA]));
	else
		return false;
	return true;
}

const struct model bgbb_model = {
	.id = "bgbb", .title = "BG/BB", .kind = MODEL_PURCHASES, .discrete = true,
	.reference = "Fader, Hardie and Shang 2010, Marketing Science 29(6)",
	.params = params, .n_params = PARAMS, .inputs = inputs,
	.prepare = bgbb_prepare, .starts = bgbb_starts, .loss = bgbb_loss,
	.loglik = bgbb_loglik, .alive = bgbb_alive, .expected = bgbb_expected, .none = bgbb_none, .stays = bgbb_stays,
	.survives = bgbb_survives, .tail = bgbb_tail, .pmf = bgbb_pmf, .dert = bgbb_dert, .reach = bgbb_reach, .limit = bgbb_limit,
	.rate = { MIXED_BETA, ALPHA, BETA, 0, 0 }, .dropout = { MIXED_BETA, GAMMA, DELTA, 0, 0 },
};
