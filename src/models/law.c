/* The distribution behind the interval of a customer's value: a mixture of beta-primes over the number of
 * purchases, its quantile function on a grid, and the second moment of that number. Not here: whether the
 * customer is alive (forecast). */
#include "config.h"

#include "models/law.h"

#include <math.h>
#include <string.h>

#include "math/special.h"

#define TAIL_END      1e-10    /* of P(N >= n): beyond it nothing counts */
#define TAIL_MOST     16384
#define MIX_END       1e-7     /* the same for the mixture's terms */
#define MIX_MOST      768
#define SINGLE        48       /* terms taken one by one; beyond, lumps of a 48th of n: 2 %, less than sums of so many vary */
#define LEVEL_LOW     (-4.0)   /* log-odds of being above the quantile: 0.018 ... */
#define LEVEL_STEP    0.25
#define LEVELS        78       /* ... to 1 - 3e-7 */
#define WALK          0.5      /* change of the log-odds between two points of the walk */
#define WALK_MOST     512
#define STEP_LEAST    1e-3     /* of the walk, in ln(value) */
#define STEP_MOST     0.3
#define STEP_TAIL     4.0      /* below the mixture's first term, where nothing but its tail is left */
#define LOG_NOTHING   (-690.0) /* stands for a value of 0 */
#define ALL_ROWS      24       /* so many rows are all worked out */
#define ROW_STEP      0.12     /* beyond, in ln(x + 2) */
#define COUNT_END     0.018    /* law of N: tails below this are never asked for */

/* One row of the grid: the table of ln(quantile) at each level and knot, or P(N > n) at each n and knot. */
struct entry {
	double *table;   /* [levels][knots] */
	size_t  levels;
	double *second;  /* [knots]: ln E[N^2] */
};

struct law {
	struct law_ask ask;
	size_t         knots;
	double         shift;              /* the coordinate is ln(shift + T) */
	double         low, half;          /* its range: low .. low + 2 half */
	double         knot[LAW_KNOTS];
	struct entry  *entry;              /* entry[rows] */
};

/* Terms of the mixture: weight[i] of a sum of count[i] spends. */
struct mixture {
	size_t n;
	double weight[MIX_MOST], shape[MIX_MOST], log_beta[MIX_MOST];
	double q;
};

double law_base(const struct model *m, double x)
{
	return m->discrete ? x : 0;
}

/* ---- the knots in T ---- */

/* Chebyshev points of the second kind in ln(shift + T). The functions are analytic in a strip of half-width
 * pi, whence how many it takes for five digits (Trefethen 2013, ch. 8); some more, because quantiles of
 * frequent buyers bend sharply where drop-out begins. */
static void knots_lay(struct law *l, double shift)
{
	double low = log(shift + l->ask.t_low), high = log(shift + l->ask.t_high), half = (high - low) / 2;
	double rho = half > 0 ? (M_PI + sqrt(M_PI * M_PI + half * half)) / half : INFINITY;
	double need = half > 0 ? ceil(log(1e6) / log(rho)) + 5 : 1;
	l->shift = shift;
	l->low = low;
	l->half = half;
	l->knots = need < LAW_KNOTS ? (size_t)need : LAW_KNOTS;
	for (size_t j = 0; j < l->knots; j++)
		l->knot[j] = l->knots == 1 ? low : low + half * (1 - cos(M_PI * (double)j / (double)(l->knots - 1)));
}

/* Barycentric weights (Berrut and Trefethen 2004). */
void law_at(const struct law *l, double t, struct law_point *p)
{
	double u = log(l->shift + t), sum = 0, sign = 1;
	for (size_t j = 0; j < l->knots; j++, sign = -sign) {
		double distance = u - l->knot[j];
		if (distance == 0 || l->knots == 1) {
			memset(p->weight, 0, sizeof p->weight);
			p->weight[j] = 1;
			return;
		}
		p->weight[j] = sign * (j == 0 || j == l->knots - 1 ? .5 : 1) / distance;
		sum += p->weight[j];
	}
	for (size_t j = 0; j < l->knots; j++)
		p->weight[j] /= sum;
}

static double mix(const struct law *l, const double *at_knots, const struct law_point *p)
{
	double sum = 0;
	for (size_t j = 0; j < l->knots; j++)
		sum += p->weight[j] * at_knots[j];
	return sum;
}

/* ---- one knot of one row ---- */

/* P(N >= n) until it is negligible; the length is returned. */
static size_t tail_fill(const struct law *l, const struct law_row *row, size_t knot, double *tail)
{
	struct history h = { .x = row->x, .phase = l->ask.phase };
	size_t n = 64;
	h.t = fmax(exp(l->knot[knot]) - l->shift, 0) + law_base(l->ask.purchase, row->x);
	for (;; n *= 2) {
		l->ask.purchase->tail(l->ask.purchase, l->ask.param, &h, l->ask.horizon, tail, n);
		if (n >= TAIL_MOST || tail[n - 1] < TAIL_END)
			break;
	}
	while (n > 2 && tail[n - 1] < TAIL_END)
		n--;
	return n;
}

static double second_moment(const double *tail, size_t n)
{
	double sum = 0;
	for (size_t k = n; k-- > 1; )
		sum += (2 * (double)k - 1) * tail[k];
	return sum;
}

/* Terms n = 1, 2 ... with their probabilities given N > 0; beyond SINGLE several together at their mean. */
static void mixture_make(const struct law *l, const struct law_row *row, const double *tail, size_t n, struct mixture *m)
{
	double p = l->ask.spend[0], total = tail[1];
	m->n = 0;
	m->q = p * row->count + l->ask.spend[1];
	for (size_t from = 1, to; from < n && m->n < MIX_MOST && tail[from] > MIX_END * total; from = to) {
		to = from + (from < SINGLE ? 1 : from / SINGLE);
		to = to < n ? to : n;
		double after = to < n ? tail[to] : 0, mass = tail[from] - after, sum = (double)from * mass;
		for (size_t k = from + 1; k < to; k++)
			sum += tail[k] - after;
		if (!(mass > 0))
			continue;
		m->weight[m->n] = mass / total;
		m->shape[m->n] = p * sum / mass;
		m->log_beta[m->n] = log_beta(m->shape[m->n], m->q);
		m->n++;
	}
}

/* The log-odds of a value above e^v, and their slope in v. */
struct point { double v, odds, slope; };

/* false: too far out for a number. */
static bool mixture_at(const struct mixture *m, struct point *p)
{
	double v = p->v;
	double x = 1 / (1 + exp(-v)), y = 1 / (1 + exp(v)), log_x = -log1p(exp(-v)), log_y = -log1p(exp(v)), below = 0, density = 0;
	for (size_t i = 0; i < m->n; i++) {
		double part = beta_inc(m->shape[i], m->q, x, y);
		below += m->weight[i] * part;
		density += m->weight[i] * exp(m->shape[i] * log_x + m->q * log_y - m->log_beta[i]);
		if (part < 1e-13)
			break;
	}
	double above = 1 - below;
	if (!(below > 1e-12) || !(above > 1e-12))
		return false;
	p->odds = log(above / below);
	p->slope = -fmax(density / (above * below), 1e-9);
	return isfinite(p->odds);
}

/* Points of the walk, in order of falling log-odds; one side while it is walked. */
struct walk { size_t n; struct point at[2 * WALK_MOST], side[WALK_MOST]; };

/* From a middle value down (sign -1) or up until the log-odds have passed `end`. Steps aim at a change of
 * WALK; one that changed more is taken back by half, so that no term of the mixture is stepped over where
 * spends hardly vary. lowest: the middle of its first term. */
static size_t walk_side(const struct mixture *m, double sign, double end, struct point *out)
{
	double lowest = log(m->shape[0] / m->q), step = 0;
	size_t n = 1;
	if (!mixture_at(m, &out[0]))
		return 0;
	while (n < WALK_MOST && (sign < 0 ? out[n - 1].odds <= end : out[n - 1].odds >= end)) {
		struct point *last = &out[n - 1], next;
		if (step == 0)
			step = fmin(fmax(WALK / -last->slope, STEP_LEAST), last->v < lowest ? STEP_TAIL : STEP_MOST);
		next.v = last->v + sign * step;
		bool there = mixture_at(m, &next);
		if ((!there || fabs(next.odds - last->odds) > 2 * WALK) && step > 2 * STEP_LEAST) {
			step /= 2;
			continue;
		}
		if (!there)
			break;
		out[n++] = next;
		step = 0;
	}
	return n;
}

/* Middle out to both sides, then in one order. */
static void walk_make(const struct mixture *m, struct walk *w)
{
	double mean = 0;
	for (size_t i = 0; i < m->n; i++)
		mean += m->weight[i] * m->shape[i];
	w->n = 0;
	if (m->n == 0)
		return;
	w->side[0].v = log(mean / m->q);
	size_t down = walk_side(m, -1, LEVEL_LOW + LEVEL_STEP * LEVELS, w->side);
	for (size_t i = 0; i < down; i++)
		w->at[w->n++] = w->side[down - 1 - i];
	size_t up = walk_side(m, 1, LEVEL_LOW - LEVEL_STEP, w->side);
	for (size_t i = 1; i < up; i++)
		w->at[w->n++] = w->side[i];
}

/* dv/d(odds) at a point, held to what keeps the cubic monotone (Fritsch and Carlson 1980); all three are
 * negative. */
static double held(double slope, double secant)
{
	return fmax(1 / slope, 3 * secant);
}

/* ln(value) at given log-odds, by monotone cubics between the points of the walk; straight on beyond them. */
static double walk_value(const struct walk *w, double odds, size_t *from)
{
	size_t i = *from;
	if (w->n == 0)
		return LOG_NOTHING;
	while (i > 0 && w->at[i].odds < odds)
		i--;
	*from = i;
	const struct point *p = &w->at[i], *q = p + 1;
	if (p->odds <= odds || i + 1 == w->n)
		return p->v + fmax((odds - p->odds) / p->slope, -STEP_TAIL * LEVELS);
	double h = q->odds - p->odds, s = (odds - p->odds) / h, secant = (q->v - p->v) / h;
	double d0 = h * held(p->slope, secant), d1 = h * held(q->slope, secant);
	return p->v * (1 + 2 * s) * (1 - s) * (1 - s) + d0 * s * (1 - s) * (1 - s) + q->v * s * s * (3 - 2 * s) + d1 * s * s * (s - 1);
}

/* ---- rows ---- */

static enum rc entry_room(struct arena *a, const struct law *l, struct entry *e, size_t levels)
{
	e->levels = levels;
	e->table = arena_try(a, levels * l->knots + 1, sizeof *e->table);
	e->second = arena_try(a, l->knots, sizeof *e->second);
	if (!e->table || !e->second)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the law of the value");
	return RC_OK;
}

/* A row of money: ln(quantile) over the levels at every knot. */
static enum rc row_money(struct arena *a, struct law *l, size_t r, double *tail, struct mixture *m, struct walk *w)
{
	struct entry *e = &l->entry[r];
	enum rc rc = entry_room(a, l, e, LEVELS);
	for (size_t j = 0; !rc && j < l->knots; j++) {
		size_t n = tail_fill(l, &l->ask.row[r], j, tail);
		e->second[j] = log(second_moment(tail, n));
		mixture_make(l, &l->ask.row[r], tail, n, m);
		walk_make(m, w);
		size_t at = w->n > 0 ? w->n - 1 : 0;
		for (size_t i = 0; i < LEVELS; i++)
			e->table[i * l->knots + j] = walk_value(w, LEVEL_LOW + LEVEL_STEP * (double)i, &at);
	}
	return rc;
}

/* A row of counts: P(N > n) for n = 0, 1 ... while any knot has it above COUNT_END. */
static enum rc row_counts(struct arena *a, struct arena *work, struct law *l, size_t r, double *tail)
{
	struct entry *e = &l->entry[r];
	size_t levels = 1;
	double *all = arena_try(work, l->knots * TAIL_MOST, sizeof *all);
	enum rc rc = all ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for the law of purchases");
	double second[LAW_KNOTS];
	for (size_t j = 0; !rc && j < l->knots; j++) {
		size_t n = tail_fill(l, &l->ask.row[r], j, tail);
		second[j] = log(second_moment(tail, n));
		for (size_t k = 0; k < n; k++)
			all[j * TAIL_MOST + k] = tail[k];
		while (levels + 1 < n && tail[levels] > COUNT_END)
			levels++;
	}
	if (!rc)
		rc = entry_room(a, l, e, levels);
	for (size_t j = 0; !rc && j < l->knots; j++) {
		e->second[j] = second[j];
		for (size_t i = 0; i < levels; i++)
			e->table[i * l->knots + j] = all[j * TAIL_MOST + i + 1];
	}
	return rc;
}

static double row_place(const struct law *l, size_t r)
{
	return log(l->ask.row[r].x + 2);
}

/* A row between four that were worked out, by the cubic through them. */
static enum rc row_between(struct arena *a, struct law *l, size_t r, const size_t *near)
{
	struct entry *e = &l->entry[r];
	enum rc rc = entry_room(a, l, e, LEVELS);
	double at = row_place(l, r), weight[4];
	for (size_t i = 0; i < 4; i++) {
		weight[i] = 1;
		for (size_t j = 0; j < 4; j++)
			if (j != i)
				weight[i] *= (at - row_place(l, near[j])) / (row_place(l, near[i]) - row_place(l, near[j]));
	}
	for (size_t k = 0; !rc && k < LEVELS * l->knots; k++)
		for (size_t i = 0; i < 4; i++)
			e->table[k] += weight[i] * l->entry[near[i]].table[k];
	for (size_t k = 0; !rc && k < l->knots; k++)
		for (size_t i = 0; i < 4; i++)
			e->second[k] += weight[i] * l->entry[near[i]].second[k];
	return rc;
}

/* Which rows are worked out: all of a few; otherwise the first, the last, and steps between. */
static size_t rows_choose(const struct law *l, size_t *chosen)
{
	size_t n = 0, main = l->ask.main;
	for (size_t r = 0; r < main; r++)
		if (main <= ALL_ROWS || r == 0 || r + 1 == main || r >= chosen[n - 1] + main / 8
		    || row_place(l, r) >= row_place(l, chosen[n - 1]) + ROW_STEP)
			chosen[n++] = r;
	return n;
}

static enum rc rows_money(struct arena *a, struct arena *work, struct law *l)
{
	double *tail = arena_alloc(work, TAIL_MOST, sizeof *tail);
	struct mixture *m = arena_alloc(work, 1, sizeof *m);
	struct walk *w = arena_alloc(work, 1, sizeof *w);
	size_t *chosen = arena_try(work, l->ask.rows + 1, sizeof *chosen), n, c = 0;
	if (chosen == NULL)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the law of the value");
	n = rows_choose(l, chosen);
	for (size_t i = 0; i < n; i++) {
		enum rc rc = row_money(a, l, chosen[i], tail, m, w);
		if (rc)
			return rc;
	}
	for (size_t r = 0; r < l->ask.rows; r++) {
		enum rc rc = RC_OK;
		while (c + 1 < n && chosen[c + 1] <= r)
			c++;
		if (r >= l->ask.main)
			rc = row_money(a, l, r, tail, m, w);
		else if (chosen[c] != r) {
			size_t first = c < 1 ? 0 : c + 3 > n ? n - 4 : c - 1;
			first = first + 4 > n ? n - 4 : first;
			rc = row_between(a, l, r, chosen + first);
		}
		if (rc)
			return rc;
	}
	return RC_OK;
}

enum rc law_new(struct arena *a, const struct law_ask *ask, struct law **out)
{
	struct arena *work = arena_new();
	struct law *l = arena_alloc(a, 1, sizeof *l);
	enum rc rc = RC_OK;
	l->ask = *ask;
	knots_lay(l, model_reach(ask->purchase, ask->param));
	l->entry = arena_try(a, ask->rows + 1, sizeof *l->entry);
	if (l->entry == NULL)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for %zu rows", ask->rows);
	if (!rc && ask->spend != NULL && ask->rows > 0)
		rc = rows_money(a, work, l);
	double *tail = arena_alloc(work, TAIL_MOST, sizeof *tail);
	for (size_t r = 0; !rc && ask->spend == NULL && r < ask->rows; r++) {
		struct arena *once = arena_new();
		rc = row_counts(a, once, l, r, tail);
		arena_free(once);
	}
	arena_free(work);
	if (!rc)
		*out = l;
	return rc;
}

/* ---- asking ---- */

double law_second(const struct law *l, size_t row, const struct law_point *p)
{
	return exp(mix(l, l->entry[row].second, p));
}

/* Smallest n with P(N > n) <= upper. */
static double quantile_count(const struct law_mix *m, size_t row, const struct law_point *p, double upper)
{
	size_t low = 0, high = 0;
	for (size_t j = 0; j < m->n; j++)
		high = m->law[j]->entry[row].levels > high ? m->law[j]->entry[row].levels : high;
	while (low < high) {
		size_t middle = (low + high) / 2;
		double above = 0;
		for (size_t j = 0; j < m->n; j++) {
			const struct entry *e = &m->law[j]->entry[row];
			above += middle < e->levels ? m->chance[j] * mix(m->law[j], e->table + middle * m->law[j]->knots, p) : 0;
		}
		if (above <= upper)
			high = middle;
		else
			low = middle + 1;
	}
	return (double)low;
}

/* Values at four levels, and the cubic through them: s is 0 at the first. The function falls, so the answer lies between its
 * neighbours; at a step the cubic may not. */
static double cubic(const double *v, double s)
{
	double value = -v[0] * (s - 1) * (s - 2) * (s - 3) / 6 + v[1] * s * (s - 2) * (s - 3) / 2
	             - v[2] * s * (s - 1) * (s - 3) / 2 + v[3] * s * (s - 1) * (s - 2) / 6;
	size_t i = s < 1 ? 0 : s < 2 ? 1 : 2;
	return fmin(fmax(value, v[i + 1]), v[i]);
}

static size_t four_levels(const struct law *l, const struct entry *e, const struct law_point *p, double place, double *v)
{
	size_t first = place < 1 ? 0 : (size_t)place - 1;
	first = first + 4 > LEVELS ? LEVELS - 4 : first;
	for (size_t i = 0; i < 4; i++)
		v[i] = mix(l, e->table + (first + i) * l->knots, p);
	return first;
}

/* ln(value) at the log-odds asked for. */
static double quantile_money(const struct law *l, const struct entry *e, const struct law_point *p, double odds)
{
	double place = fmin(fmax((odds - LEVEL_LOW) / LEVEL_STEP, 0), LEVELS - 1), v[4];
	size_t first = four_levels(l, e, p, place, v);
	return cubic(v, place - (double)first);
}

/* P(value > e^log_v | alive, some purchase): the same the other way round. */
static double above_money(const struct law *l, const struct entry *e, const struct law_point *p, double log_v)
{
	size_t low = 0, high = LEVELS - 1;
	double v[4];
	while (low + 1 < high) {
		size_t middle = (low + high) / 2;
		*(mix(l, e->table + middle * l->knots, p) >= log_v ? &low : &high) = middle;
	}
	size_t first = four_levels(l, e, p, (double)low, v);
	double from = (double)(low - first), to = from + 1;
	for (int i = 0; i < 24; i++) {
		double middle = (from + to) / 2;
		*(cubic(v, middle) >= log_v ? &from : &to) = middle;
	}
	return 1 / (1 + exp(-(LEVEL_LOW + LEVEL_STEP * ((double)first + (from + to) / 2))));
}

static double above_mix(const struct law_mix *m, size_t row, const struct law_point *p, double log_v)
{
	double above = 0;
	for (size_t j = 0; j < m->n; j++)
		above += m->chance[j] * (1 - m->none[j]) * above_money(m->law[j], &m->law[j]->entry[row], p, log_v);
	return above;
}

/* Between the least and the largest of the phases' own. */
static double quantile_mix(const struct law_mix *m, size_t row, const struct law_point *p, double upper)
{
	double low = INFINITY, high = -INFINITY;
	for (size_t j = 0; j < m->n; j++) {
		double above = upper / (1 - m->none[j]), own;
		own = quantile_money(m->law[j], &m->law[j]->entry[row], p, above < 1 ? log(above / (1 - above)) : INFINITY);
		low = fmin(low, own);
		high = fmax(high, own);
	}
	for (int i = 0; i < 40 && high - low > 1e-7; i++) {
		double middle = (low + high) / 2;
		*(above_mix(m, row, p, middle) > upper ? &low : &high) = middle;
	}
	return exp((low + high) / 2);
}

double law_quantile(const struct law_mix *m, size_t row, const struct law_point *p, double upper)
{
	double none = 0;
	for (size_t j = 0; j < m->n; j++)
		none += m->chance[j] * m->none[j];
	if (!(upper < 1 - none))
		return 0;
	if (m->law[0]->ask.spend == NULL)
		return quantile_count(m, row, p, upper);
	if (m->n > 1)
		return quantile_mix(m, row, p, upper);
	double above = upper / (1 - none);
	return exp(quantile_money(m->law[0], &m->law[0]->entry[row], p, log(above / (1 - above))));
}
