/* Covariates from attributes: encoding for a fit, and the same again for prediction. Not here: the store (design_read.c). */
#include "config.h"

#include "models/design.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MISSING "(missing)"
#define OTHER   "(other)"

bool design_wanted(const struct design_ask *ask)
{
	return (ask->process && *ask->process) || (ask->dropout && *ask->dropout) || (ask->equal && *ask->equal);
}

/* A list with NULL at its end, from a text with commas or from a setting. */
static const char *const *list_of(struct arena *a, const struct settings *s, const char *text, const char *key)
{
	const char *const *item = NULL;
	size_t n = text ? 0 : settings_list(s, key, &item), room = n + (text ? strlen(text) : 0) + 1, out = 0;
	const char **list = arena_alloc(a, room + 1, sizeof *list);
	for (size_t i = 0; i < n; i++)
		list[out++] = arena_text(a, item[i]);
	for (const char *at = text; at && *at; ) {
		size_t length = strcspn(at, ", ");
		if (length > 0)
			list[out++] = arena_span(a, at, length);
		at += length + (at[length] != '\0');
	}
	return list;
}

void design_ask_of(struct arena *a, const struct settings *s, const char *process, const char *dropout, const char *equal, struct design_ask *out)
{
	out->process = list_of(a, s, process, "model.covariates");
	out->dropout = list_of(a, s, dropout, "model.dropout_covariates");
	out->equal = list_of(a, s, equal, "model.equal_covariates");
	if (*out->dropout == NULL)
		out->dropout = out->process;
	else if (!strcmp(*out->dropout, "none"))
		out->dropout = NULL;
}

static bool is_in(const char *const *list, const char *name)
{
	for (; list && *list; list++)
		if (!strcmp(*list, name))
			return true;
	return false;
}

static enum rc too_many(void)
{
	return err_do(err_set(RC_USAGE, "FIT-117", "these covariates make more than %d attributes, %d columns or %d coefficients", COVARIATES_MOST, COLUMNS_MOST,
	                      EFFECTS_MOST),
	              "take fewer of them, or attributes of fewer values");
}

static enum rc room(struct arena *a, const struct design *d, struct cohort *c)
{
	c->width = d->columns;
	c->z = arena_try(a, c->n * d->columns + 1, sizeof *c->z);
	return c->z ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for the covariates of %zu customers", c->n);
}

/* ---- encoding ---- */

/* A level, and how many have it. value: the index of its text, -1 of those without one. */
struct level { const char *name; size_t customers; int32_t value; };

static int by_frequency(const void *a, const void *b)
{
	const struct level *p = a, *q = b;
	return p->customers != q->customers ? (p->customers > q->customers ? -1 : 1) : strcmp(p->name, q->name);
}

static struct design_column *add_column(struct design *d, const struct attribute *at, const char *level)
{
	if (d->columns == COLUMNS_MOST)
		return NULL;
	struct design_column *c = &d->column[d->columns++];
	snprintf(c->attribute, sizeof c->attribute, "%s", at->name);
	snprintf(c->level, sizeof c->level, "%s", level);
	return c;
}

/* Which levels get a column; *other: how many are taken together. */
static enum rc lay_levels(struct arena *work, const struct attribute *at, const struct cohort *c, struct design *d, struct covariate *v, size_t *other)
{
	struct level *level = arena_try(work, at->values + 2, sizeof *level);
	if (!level)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu values", at->values);
	for (size_t k = 0; k <= at->values; k++)
		level[k] = (struct level) { k ? at->text[k - 1] : MISSING, 0, (int32_t)k - 1 };
	for (size_t i = 0; i < c->n; i++)
		level[at->code[i]].customers++;
	qsort(level, at->values + 1, sizeof *level, by_frequency);
	if (level[0].customers < LEVEL_LEAST)
		return err_do(err_set(RC_DATA, "FIT-122", "no value of %s is that of %d customers or more: it names customers and does not group them", at->name, LEVEL_LEAST),
		              "leave it out of the covariates");
	snprintf(v->reference, sizeof v->reference, "%s", level[0].name);
	*other = 0;
	for (size_t k = 1; k <= at->values && level[k].customers > 0; k++)
		if (level[k].customers < LEVEL_LEAST && strcmp(level[k].name, MISSING) != 0)
			++*other;
		else if (!add_column(d, at, level[k].name))
			return too_many();
	return *other > 0 && !add_column(d, at, OTHER) ? too_many() : RC_OK;
}

/* Of each value, and of none, the column, or -1: the reference, or -2: not seen by the fit. */
static int32_t *columns_of(struct arena *work, const struct attribute *at, const struct design *d, const struct covariate *v)
{
	int32_t *column = arena_try(work, at->values + 1, sizeof *column), other = -2;
	for (size_t k = v->first; k < v->first + v->columns; k++)
		other = strcmp(d->column[k].level, OTHER) == 0 ? (int32_t)k : other;
	for (size_t i = 0; column && i <= at->values; i++) {
		char name[COVARIATE_NAME];
		snprintf(name, sizeof name, "%s", i ? at->text[i - 1] : MISSING);
		column[i] = strcmp(name, v->reference) == 0 ? -1 : other;
		for (size_t k = v->first; column[i] != -1 && k < v->first + v->columns; k++)
			column[i] = strcmp(d->column[k].level, name) == 0 ? (int32_t)k : column[i];
		if (i == 0 && column[i] == other)
			column[i] = -2;
	}
	return column;
}

/* missing, unseen: customers without a value, or with one that the fit has not seen. */
static enum rc fill(struct arena *work, const struct attribute *at, const struct design *d, const struct covariate *v, struct cohort *c, size_t *missing,
                    size_t *unseen)
{
	*missing = *unseen = 0;
	int32_t *column = v->number ? NULL : columns_of(work, at, d, v);
	if (!v->number && !column)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu values", at->values);
	for (size_t i = 0; i < c->n; i++) {
		double *z = c->z + i * c->width;
		int32_t code = at->code[i];
		*missing += code == 0;
		if (v->number)
			z[v->first] = code && !isnan(at->real[code - 1]) ? at->real[code - 1] : d->column[v->first].mean;
		else if (column[code] >= 0)
			z[column[code]] = 1;
		else
			*unseen += code != 0 && column[code] == -2;
	}
	return RC_OK;
}

/* The mean of those that are there; parameters are told for 0 where that is among the values, else for the mean. */
static void measure_number(const struct attribute *at, const struct cohort *c, struct design_column *column)
{
	double sum = 0, n = 0, low = INFINITY, high = -INFINITY;
	for (size_t i = 0; i < c->n; i++) {
		double v = at->code[i] ? at->real[at->code[i] - 1] : NAN;
		if (isnan(v))
			continue;
		sum += v;
		n++;
		low = fmin(low, v);
		high = fmax(high, v);
	}
	column->mean = n > 0 ? sum / n : 0;
	column->origin = low <= 0 && high >= 0 ? 0 : column->mean;
}

static enum rc add_effects(struct design *d, const struct design_ask *ask, const struct covariate *v)
{
	bool equal = is_in(ask->equal, v->name);
	const int on[] = { equal ? ON_PROCESS | ON_DROPOUT : is_in(ask->process, v->name) ? ON_PROCESS : 0, !equal && is_in(ask->dropout, v->name) ? ON_DROPOUT : 0 };
	for (size_t k = 0; k < 2; k++)
		for (size_t i = v->first; on[k] && i < v->first + v->columns; i++) {
			if (d->effects == EFFECTS_MOST)
				return too_many();
			d->effect[d->effects++] = (struct effect) { i, on[k] };
		}
	return RC_OK;
}

static void tell_encoding(struct str *told, const struct design *d, const struct covariate *v, size_t other, size_t missing)
{
	if (told->n > 0)
		str_add_char(told, '\n');
	if (v->number)
		str_addf(told, "%s: a number; the parameters are those of a customer with %.6g", v->name, d->column[v->first].origin);
	else
		str_addf(told, "%s: the parameters are those of its reference, %s; other levels: %zu", v->name, v->reference, v->columns);
	if (other > 0)
		str_addf(told, ", of them %s: %zu of fewer than %d customers each", OTHER, other, LEVEL_LEAST);
	if (missing > 0)
		str_addf(told, "; %zu customers without a value %s", missing, v->number ? "are taken at the mean" : "are a level of their own");
}

enum rc design_encode(struct arena *a, const struct attribute *attribute, size_t n, const struct design_ask *ask, struct cohort *c, struct design *out,
                      struct str *told)
{
	size_t other[COVARIATES_MOST] = { 0 }, missing, unseen;
	struct arena *work = arena_new();
	enum rc rc = n > COVARIATES_MOST ? too_many() : RC_OK;
	*out = (struct design) { 0 };
	for (size_t k = 0; !rc && k < n; k++) {
		const struct attribute *at = &attribute[k];
		struct covariate *v = &out->covariate[out->covariates++];
		*v = (struct covariate) { .number = at->number, .first = out->columns };
		snprintf(v->name, sizeof v->name, "%s", at->name);
		if (!at->number)
			rc = lay_levels(work, at, c, out, v, &other[k]);
		else if (add_column(out, at, ""))
			measure_number(at, c, &out->column[v->first]);
		else
			rc = too_many();
		v->columns = out->columns - v->first;
		rc = rc ? rc : add_effects(out, ask, v);
	}
	rc = rc ? rc : room(a, out, c);
	for (size_t k = 0; !rc && k < n; k++) {
		rc = fill(work, &attribute[k], out, &out->covariate[k], c, &missing, &unseen);
		if (!rc)
			tell_encoding(told, out, &out->covariate[k], other[k], missing);
	}
	arena_free(work);
	return rc;
}

enum rc design_repeat(struct arena *a, const struct attribute *attribute, size_t n, const struct design *d, struct cohort *c, struct str *told)
{
	struct arena *work = arena_new();
	enum rc rc = room(a, d, c);
	for (size_t k = 0; !rc && k < n && k < d->covariates; k++) {
		size_t missing = 0, unseen = 0;
		const struct covariate *v = &d->covariate[k];
		rc = fill(work, &attribute[k], d, v, c, &missing, &unseen);
		if (!rc && unseen > 0)
			str_addf(told, "%s%s: %zu customers have a value that the fit has not seen, and are taken as %s", told->n ? "; " : "", v->name, unseen, v->reference);
		if (!rc && missing == c->n && c->n > 0)
			str_addf(told, "%s%s: no customer has a value any more", told->n ? "; " : "", v->name);
	}
	arena_free(work);
	return rc;
}
