/* What a customer who is alive may bring in the horizon, as a distribution: of the number of purchases N,
 * or of what they cost.
 *
 * Given alive at T the law of N depends on (x, T) alone. A customer's spends are gamma(p, nu) with nu ~
 * gamma(q', g), q' = p count + q, g = gamma + count mean, so that the sum of n of them over g is
 * beta-prime(p n, q'): with the scale g taken out, the law of the sum depends on (x, T) alone, too. It is
 * worked out on a grid of x and of ln(T + the model's parameter of time) and interpolated: quantiles are
 * good to 1e-4 for customers of up to some 30 purchases, to 1e-3 beyond. */
#ifndef CLV_MODELS_LAW_H
#define CLV_MODELS_LAW_H

#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "models/model.h"

#define LAW_KNOTS 24 /* in T, at most */

/* A row of the grid: customers with x repeat purchases and a spend known from so many purchases. */
struct law_row { double x, count; };

struct law_ask {
	int                 phase;      /* of the customers, as in struct history */
	const struct model *purchase;   /* and its parameters, in its period */
	const double       *param;
	const double       *spend;      /* p, q, gamma; NULL: the law of N itself */
	double              horizon;    /* in periods */
	double              t_low, t_high; /* range of T, less its base, in periods */
	const struct law_row *row;      /* row[rows]: the main ones ascending by x and alike, so that one can stand between others; */
	size_t              main, rows; /* row[main..rows) each for itself */
};

struct law;

/* Lives in the arena. RC_NOMEM. Cost: about 0.5 ms a row and knot, for at most some 50 main rows whatever
 * their number. */
enum rc law_new(struct arena *a, const struct law_ask *ask, struct law **out);

/* What the range of T is counted from: x of a model of opportunities, which has no T below it, else 0. */
double law_base(const struct model *m, double x);

/* Where a T, less its base, lies among the knots. */
struct law_point { double weight[LAW_KNOTS]; };
void law_at(const struct law *l, double t, struct law_point *p);

/* E[N^2 | alive]. */
double law_second(const struct law *l, size_t row, const struct law_point *p);

/* The laws of the phases of one customer, of equal rows and range of T, with the chance of each and of no purchase in it; n = 1
 * in most models. */
struct law_mix { const struct law *const *law; const double *chance, *none; size_t n; };

/* The smallest v with P(value > v | alive) <= upper, in units of g (or purchases). upper >= 0.018. Cost: 0.3 us,
 * or some 10 us a phase. */
double law_quantile(const struct law_mix *m, size_t row, const struct law_point *p, double upper);

#endif
