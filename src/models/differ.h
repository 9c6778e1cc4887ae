/* How customers differ, by a fit: the law of their purchase rate and that of their drop-out, in bins and at points that say
 * something. Pictures of parameters; nothing is scored by them. */
#ifndef CLV_MODELS_DIFFER_H
#define CLV_MODELS_DIFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "models/fit.h"

#define DIFFER_BINS   20
#define DIFFER_POINTS 12

/* Share of customers with a rate in low..high. */
struct differ_bin { double low, high, share; };

/* below: the share of customers below the value. */
struct differ_point { bool mark; char label[48]; double value, below; };

struct differ {
	const char         *law;    /* "rate", "dropout": static text */
	size_t              bins;   /* 0: customers do not differ in it, or it is not there */
	struct differ_bin   bin[DIFFER_BINS];     /* of equal width, from 0 to the 97.5 % quantile, or to 1 */
	size_t              points;
	struct differ_point point[DIFFER_POINTS]; /* quantiles first, then marks, ascending */
};

/* The law of purchases in a period (of a model of opportunities: of the chance to buy at one), or of drop-out: the chance that a
 * purchase (an opportunity) is the last, or the rate a period, of GGom/NBD at the first day. Cost: some 100 us. */
void differ_rate(const struct fit *f, struct differ *out);
void differ_dropout(const struct fit *f, struct differ *out);

#endif
