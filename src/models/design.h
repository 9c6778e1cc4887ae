/* Covariates from the attributes of customers: which attributes, how they are encoded, and the columns of a cohort. What columns do to
 * parameters is effect.h's. Reads attribute, attribute_value and customer_attribute. */
#ifndef CLV_MODELS_DESIGN_H
#define CLV_MODELS_DESIGN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"
#include "models/effect.h"
#include "module/setting.h"
#include "store/store.h"

#define LEVEL_LEAST 10 /* customers of a level that has a column; rarer ones are taken together */

/* Names of attributes, NULL at the end. Those of `process` act on how often customers buy, of `dropout` on how they drop out, and where one is
 * in `equal` (and in neither or both of the others) it has one coefficient for both. NULL: none. */
struct design_ask { const char *const *process, *const *dropout, *const *equal; };

bool design_wanted(const struct design_ask *ask);

/* From the settings model.covariates, model.dropout_covariates (unset: the same; "none": none) and model.equal_covariates, or what stands in
 * their place: texts with commas, NULL where the setting counts. */
void design_ask_of(struct arena *a, const struct settings *s, const char *process, const char *dropout, const char *equal, struct design_ask *out);

/* The values of an attribute for the customers of a cohort: code[i] is 0 where there is none, else 1 + the index of its value. */
struct attribute {
	const char  *name;
	bool         number;  /* days are numbers */
	size_t       values;
	const char **text;    /* text[values] */
	double      *real;    /* of a number */
	int32_t     *code;    /* code[customers] */
};

/* Encode: c->z and c->width are filled, the design is what a fit takes as its option. A category has the most frequent level as its reference and
 * a column for each other of at least LEVEL_LEAST customers, "(other)" for the rest, "(missing)" for those without a value; a missing number is the
 * mean. What was done is told in *told, a line an attribute. attribute[n] are those of the ask. RC_USAGE (FIT-117): too many; RC_NOMEM. */
enum rc design_encode(struct arena *a, const struct attribute *attribute, size_t n, const struct design_ask *ask, struct cohort *c, struct design *out,
                      struct str *told);

/* The same columns again for customers to be predicted. Values that the fit has not seen are "(other)", or the reference where it had none, and are
 * counted and told. */
enum rc design_repeat(struct arena *a, const struct attribute *attribute, size_t n, const struct design *d, struct cohort *c, struct str *told);

/* Both with the attributes of the store. RC_USAGE (FIT-116): no such attribute, with the nearest; prediction takes all as missing. */
enum rc design_read(struct store *s, struct arena *a, const struct design_ask *ask, struct cohort *c, struct design *out, struct str *told);
enum rc design_apply(struct store *s, struct arena *a, const struct design *d, struct cohort *c, struct str *told);

/* Columns z[d->columns] of a customer changed to what the text gives, "channel=web,age=30"; those of other attributes stay. RC_USAGE: FIT-173, no such
 * covariate; FIT-174, no such value. */
enum rc design_given(struct arena *a, const struct design *d, const char *text, double *z);

#endif
