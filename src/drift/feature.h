/* What is watched: a list of features, each a function of one customer. Money in major units, time in
 * days. */
#ifndef CLV_DRIFT_FEATURE_H
#define CLV_DRIFT_FEATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"

/* Customers as arrays of n; NaN where there is no number (no money in the data, not scored). */
struct population {
	size_t      n;
	day_t       as_of, first_day; /* first_day: of the whole log */
	bool        has_money, has_scores;
	int         decimals;
	const char *currency;         /* "" when it is not known */
	int32_t    *x, *t_x, *t;      /* repeat purchase days; recency; T */
	double     *first, *repeat, *revenue; /* first purchase day, mean repeat day, all rows, net */
	double     *p_alive, *expected, *clv;
};

enum scope {
	SCOPE_COHORT,     /* customers first seen in the window: can alarm */
	SCOPE_PREDICTION, /* what the champion predicts for the same customers */
	SCOPE_MIX,        /* the whole base: shown, never alarms */
};
#define SCOPES 3

enum feature_type { FEATURE_COUNT, FEATURE_DAYS, FEATURE_MONEY, FEATURE_SHARE };

struct feature {
	const char       *name;     /* "first_value" */
	const char       *title;    /* "first order": follows "median" or "mean" in a sentence */
	enum feature_type type;
	bool              median;   /* said as its median; else as its mean */
	bool              predicted;/* belongs to SCOPE_PREDICTION alone */
	bool              ages;     /* the age of customers: how they came, not what they do; at most a notice */
	double          (*value)(const struct population *p, size_t i); /* NaN: the feature does not exist for this customer */
};

extern const struct feature drift_features[];
extern const size_t         drift_features_count;

bool        feature_in(const struct feature *f, enum scope scope, const struct population *p);
const char *scope_name(enum scope scope);
const char *feature_type_name(enum feature_type type);

#endif
