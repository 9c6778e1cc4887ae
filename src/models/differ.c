/* Laws of the customers from parameters: gamma and beta by their distribution functions. Knows of a model what its struct
 * mixed says. Reads and writes no table. */
#include "config.h"

#include "models/differ.h"

#include <math.h>
#include <stdio.h>

#include "base/day.h"
#include "math/special.h"

#define TOP   0.975 /* the bins end at this quantile */
#define MARKS 4

/* A law with its parameters in place: gamma of shape a and rate b, or beta. */
struct mixing { enum mixed_law law; double a, b; };

static double below(const struct mixing *m, double v)
{
	if (m->law == MIXED_BETA)
		return beta_inc(m->a, m->b, v, 1 - v);
	return 1 - gamma_inc_upper(m->a, v * m->b);
}

static double quantile(const struct mixing *m, double p)
{
	return m->law == MIXED_BETA ? beta_quantile(m->a, m->b, p) : gamma_quantile(m->a, p) / m->b;
}

static struct mixing mixing_of(const struct fit *f, const struct mixed *x)
{
	struct mixing m = { .law = x->law };
	if (x->law == MIXED_NONE)
		return m;
	m.a = f->param[x->shape];
	m.b = f->param[x->by] * (x->times ? f->param[x->times - 1] : 1) / (x->over ? f->param[x->over - 1] : 1);
	if (!(m.a > 0) || !(m.b > 0) || isinf(m.a) || isinf(m.b))
		m.law = MIXED_NONE;
	return m;
}

static void lay_bins(const struct mixing *m, struct differ *out)
{
	double top = m->law == MIXED_BETA ? 1 : quantile(m, TOP), before = 0;
	if (!(top > 0))
		return;
	for (size_t i = 0; i < DIFFER_BINS; i++) {
		struct differ_bin *b = &out->bin[i];
		b->low = top * (double)i / DIFFER_BINS;
		b->high = top * (double)(i + 1) / DIFFER_BINS;
		double to = below(m, b->high);
		b->share = fmax(0, to - before);
		before = to;
	}
	out->bins = DIFFER_BINS;
}

static void add_point(struct differ *out, bool mark, const char *label, double value, double share)
{
	struct differ_point *p = &out->point[out->points++];
	*p = (struct differ_point) { .mark = mark, .value = value, .below = share };
	snprintf(p->label, sizeof p->label, "%s", label);
}

static void lay_quantiles(const struct mixing *m, struct differ *out)
{
	static const double level[] = { .05, .25, .5, .75, .95 };
	for (size_t i = 0; i < sizeof level / sizeof level[0]; i++) {
		char label[16];
		snprintf(label, sizeof label, "%.0f %%", level[i] * 100);
		add_point(out, false, label, quantile(m, level[i]), level[i]);
	}
}

struct mark { double value; const char *label; };

static void lay_marks(const struct mixing *m, const struct mark mark[MARKS], struct differ *out)
{
	for (size_t i = 0; i < MARKS; i++)
		add_point(out, true, mark[i].label, mark[i].value, below(m, mark[i].value));
}

/* continuous, chance: marks of a law of rates, and of one of chances. */
static void lay(const struct mixing *m, const char *law, const struct mark continuous[MARKS], const struct mark chance[MARKS], struct differ *out)
{
	*out = (struct differ) { .law = law };
	if (m->law == MIXED_NONE)
		return;
	lay_bins(m, out);
	lay_quantiles(m, out);
	lay_marks(m, m->law == MIXED_BETA ? chance : continuous, out);
}

void differ_rate(const struct fit *f, struct differ *out)
{
	double year = DAYS_PER_YEAR / period_days(f->period);
	const struct mark often[] = { { 1 / year, "once a year" }, { 4 / year, "once a quarter" }, { 12 / year, "once a month" }, { DAYS_PER_YEAR / 7 / year, "once a week" } };
	const struct mark chance[] = { { .1, "1 opportunity in 10" }, { .25, "1 in 4" }, { .5, "1 in 2" }, { .75, "3 in 4" } };
	struct mixing m = mixing_of(f, &f->model->rate);
	lay(&m, "rate", often, chance, out);
}

void differ_dropout(const struct fit *f, struct differ *out)
{
	double year = DAYS_PER_YEAR / period_days(f->period);
	const struct mark leaves[] = { { .1 / year, "a mean stay of 10 years" }, { 1 / 3.0 / year, "a mean stay of 3 years" }, { 1 / year, "a mean stay of a year" }, { 4 / year, "a mean stay of a quarter" } };
	const struct mark chance[] = { { .05, "1 purchase in 20 is the last" }, { .1, "1 in 10" }, { .25, "1 in 4" }, { .5, "1 in 2" } };
	struct mixing m = mixing_of(f, &f->model->dropout);
	lay(&m, "dropout", leaves, chance, out);
	if (f->model->discrete && out->points > 0)
		snprintf(out->point[out->points - MARKS].label, sizeof out->point->label, "1 opportunity in 20 is the last");
}
