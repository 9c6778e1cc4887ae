/* What a fit works on: distinct histories with counts, grouped by x; and spends, grouped by count. A
 * likelihood needs its gamma functions once a group and its logarithms once a day, not once a customer. */
#ifndef CLV_MODELS_HISTORY_H
#define CLV_MODELS_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/effect.h"
#include "module/cohort.h"

/* Rows with equal (x, t_x, T) are one, with a count. Sorted by x, then T, then t_x. */
struct histories {
	size_t    customers;   /* before merging */
	size_t    n;           /* distinct rows */
	uint32_t *t, *t_x;     /* t[n]: index into day[] */
	uint32_t *count;       /* count[n] */
	size_t    groups;      /* distinct x */
	double   *x;           /* x[groups], ascending */
	double   *members;     /* customers of each group */
	size_t   *from;        /* from[groups + 1]: rows of group g are from[g] .. from[g+1]-1 */
	uint32_t *low, *high;  /* low[groups], high[groups]: earliest t_x and latest T, as indices */
	size_t    days;        /* distinct times */
	double   *day;         /* day[days], ascending, in units of the mean T */
	double    mean_t;      /* days; 1 when all T are 0 */
	double    sum_x;
	double    log_gaps;    /* of all customers, gaps in days; NaN: not known */
};

/* Mean spends of customers, sorted by the number of purchases behind them. */
struct spends {
	size_t  customers;     /* = rows */
	size_t  groups;
	double *count;         /* count[groups]: purchases, ascending */
	size_t *from;          /* from[groups + 1] */
	double *mean;          /* mean[customers], in units of the mean of means; > 0 */
	double *log_sum;       /* log_sum[groups]: sum of ln(mean) over the group */
	double  scale;         /* the mean of means, major units */
	double  per_purchase;  /* observed spend of a purchase: total over purchases, major units */
	double  correlation;   /* of x and mean over those with repeats; NaN when not to be had */
};

/* What a likelihood looks up day by day, made new for each alpha: days[..] of the histories it is asked about. */
struct day_tables { double *log_day, *inv_day; }; /* ln(alpha + day), 1 / (alpha + day) */

enum rc day_tables_new(struct arena *a, const struct histories *h, struct day_tables *out); /* room for h or a part of it. RC_NOMEM */
void    day_tables_fill(struct day_tables *k, const struct histories *h, double alpha);

/* r from the spread of x beyond that of a Poisson count, held between .1 and 5, with the mean of x. */
double histories_shape(const struct histories *h, double *mean);

/* What a fit is made from: histories of all customers and, with covariates, of each class apart, in the unit of all. */
struct sample {
	const struct histories *histories;
	const struct spends    *spends;
	struct classes          classes; /* n = 0: no covariates */
	struct histories      **part;    /* part[classes.n] */
};

double sample_customers(const struct sample *s);

/* Every step-th customer, from the first; step 1 is everyone. Cost: a radix sort. RC_NOMEM. */
enum rc histories_build(struct arena *a, const struct cohort *c, size_t step, struct histories **out);

/* The histories of each class apart, in units of mean_t days. RC_NOMEM. */
enum rc histories_apart(struct arena *a, const struct cohort *c, size_t step, const struct classes *k, double mean_t, struct histories ***out);

/* The mean spend of a customer and the number of purchases behind it: over all purchase days (all), or over
 * the repeat days. *count is 0 when the spend model cannot use the customer: set aside, no money, no
 * purchases of that kind, mean <= 0. */
void spend_of(const struct cohort *c, size_t i, bool repeat_only, double *count, double *mean);

/* Of every step-th customer. RC_NOMEM. customers may be 0. */
enum rc spends_build(struct arena *a, const struct cohort *c, size_t step, bool repeat_only, struct spends **out);

#endif
