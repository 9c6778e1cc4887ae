/* What a fit knows of customers beside their purchases: columns of numbers, one set a customer, and the effects that they have. An effect
 * g on the process divides alpha by e^(g z), so that a customer with a larger z buys more often; on drop-out it divides beta (lifetimes) or
 * multiplies a and b (chances of drop-out) by it: shorter lifetimes, chances that differ less. In each case the sign is that of CLVTools. */
#ifndef CLV_MODELS_EFFECT_H
#define CLV_MODELS_EFFECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "module/cohort.h"

#define COLUMNS_MOST 24
#define EFFECTS_MOST 32
#define COVARIATES_MOST 8
#define COVARIATE_NAME 48

enum { ON_PROCESS = 1, ON_DROPOUT = 2 };

/* A column: of a number its value; of a category 1 for customers of the level, 0 for others. */
struct design_column {
	char   attribute[COVARIATE_NAME], level[COVARIATE_NAME]; /* level "": a number */
	double mean, spread; /* over the customers of the fit; spread > 0 */
	double origin;       /* parameters are told for a customer with this value */
};

/* One coefficient; on both: the same for process and drop-out. */
struct effect { size_t column; int on; };

/* An attribute as it was encoded. */
struct covariate {
	char   name[COVARIATE_NAME];
	bool   number;
	char   reference[COVARIATE_NAME]; /* of a category: the level without a column, the most frequent one */
	size_t first, columns;            /* its columns */
};

struct design {
	size_t covariates, columns, effects; /* effects 0: no covariates */
	struct covariate     covariate[COVARIATES_MOST];
	struct design_column column[COLUMNS_MOST];
	struct effect        effect[EFFECTS_MOST];
};

/* "process.channel=web", "dropout.age", "both.age". Cut to n. */
void effect_name(const struct design *d, size_t i, char *text, size_t n);

struct model;

/* Has the model a parameter that a covariate can move? */
bool effects_possible(const struct model *m);

/* The design as a fit can use it: means and spreads of the columns over the cohort (c->width is d->columns), and no effect that the model cannot
 * have (nothing of drop-out in it, or no parameter for any), of a column that is the same for all (it would only move the parameters), or of one that others say
 * already. What was left out and why is added to message[n]. */
void effects_settle(struct design *d, const struct model *m, const struct cohort *c, char *message, size_t n);

/* Customers alike in all columns are one class. */
struct classes {
	size_t    n, width;
	uint32_t *of;     /* of[customers]: class of each */
	size_t   *size;   /* customers of each */
	double   *z;      /* z[n * width], ascending */
};

/* Of every step-th customer of a cohort, of[k] that of customer k step. RC_NOMEM. Cost: a hash a customer. */
enum rc classes_make(struct arena *a, const struct cohort *c, size_t step, struct classes *out);

#endif
