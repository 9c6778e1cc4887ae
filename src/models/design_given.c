/* Covariates given in words for one customer: "channel=web,age=30". Not here: those of the store (design_read.c). */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "models/design.h"

static enum rc give_number(const struct covariate *v, const char *value, double *z)
{
	char *end;
	day_t day;
	double number = strtod(value, &end);
	if (*value != '\0' && *end == '\0' && isfinite(number))
		z[v->first] = number;
	else if (day_parse_iso(value, strlen(value), &day))
		z[v->first] = day;
	else
		return err_set(RC_USAGE, "FIT-174", "%s is a number (or a day, YYYY-MM-DD), not '%s'", v->name, value);
	return RC_OK;
}

/* A level that the fit has no column for is "(other)", where the fit has taken rare ones together. */
static enum rc give_level(const struct design *d, const struct covariate *v, const char *value, double *z)
{
	const char *known[COLUMNS_MOST + 1] = { v->reference };
	size_t other = COLUMNS_MOST, at = COLUMNS_MOST;
	for (size_t k = 0; k < v->columns; k++) {
		known[k + 1] = d->column[v->first + k].level;
		at = strcmp(known[k + 1], value) == 0 ? v->first + k : at;
		other = strcmp(known[k + 1], "(other)") == 0 ? v->first + k : other;
		z[v->first + k] = 0;
	}
	if (strcmp(v->reference, value) == 0)
		return RC_OK;
	at = at == COLUMNS_MOST ? other : at;
	if (at == COLUMNS_MOST) {
		const char *near = str_nearest(value, known, v->columns + 1);
		enum rc rc = err_set(RC_USAGE, "FIT-174", "the fit has seen no %s '%s'", v->name, value);
		return near ? err_do(rc, "did you mean %s? 'show effects' lists those that differ from %s", near, v->reference)
		            : err_do(rc, "'show effects' lists those that differ from %s", v->reference);
	}
	z[at] = 1;
	return RC_OK;
}

static enum rc give(const struct design *d, const char *name, const char *value, double *z)
{
	const char *known[COVARIATES_MOST];
	for (size_t k = 0; k < d->covariates; k++) {
		const struct covariate *v = &d->covariate[k];
		if (strcmp(v->name, name) == 0)
			return v->number ? give_number(v, value, z) : give_level(d, v, value, z);
		known[k] = v->name;
	}
	if (d->covariates == 0)
		return err_do(err_set(RC_USAGE, "FIT-173", "the champion's fit has no covariates"), "the setting model.covariates names those of the next one");
	const char *near = str_nearest(name, known, d->covariates);
	enum rc rc = err_set(RC_USAGE, "FIT-173", "the champion's fit has no covariate '%s'", name);
	return err_do(rc, "%s %s", near ? "did you mean" : "it has", near ? near : known[0]);
}

enum rc design_given(struct arena *a, const struct design *d, const char *text, double *z)
{
	enum rc rc = RC_OK;
	for (const char *at = text; !rc && *at; ) {
		size_t length = strcspn(at, ",");
		char *name = arena_span(a, at, length), *equals = strchr(name, '=');
		at += length + (at[length] != '\0');
		if (equals == NULL)
			return err_do(err_set(RC_USAGE, "FIT-173", "'%s' gives no value", name), "--with NAME=VALUE,NAME=VALUE");
		*equals = '\0';
		rc = give(d, name, equals + 1, z);
	}
	return rc;
}
