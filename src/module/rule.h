/* Row rules as data (rule.def): what a row of features must satisfy before a model may see it (G5). One list
 * serves the gate over the stored table and the check of a cohort in memory. */
#ifndef CLV_MODULE_RULE_H
#define CLV_MODULE_RULE_H

#include <stddef.h>
#include <stdint.h>

#include "module/cohort.h"

/* Reals, so that a value that is not finite or not whole can be told from a good one. NaN = NULL in the
 * table. */
struct rule_row { double frequency, recency, t, monetary, first_purchase, last_purchase; int spend_used; };

struct rule {
	const char *id;      /* "G5-recency-T" */
	const char *about;   /* "recency is at most T": the sentence people see */
};

extern const struct rule rules[];
extern const size_t      rules_count;

/* A customer of a cohort as the rules read it: monetary value in minor units, their scale does not matter to a rule;
 * its days come from the same numbers, so first and last are 0 and recency. */
struct rule_row rule_row_of(const struct cohort *c, size_t i);

/* Bit i set: rules[i] is broken. */
uint32_t rule_broken(const struct rule_row *r);

#endif
