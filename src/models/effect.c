/* Customers by what is known of them beside their purchases. Not here: where it comes from (design) and what it does (solve, fit). */
#include "config.h"

#include "models/effect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/model.h"

#define SAME 1e-8 /* of a column's variance that is its own: less is rounding */

void effect_name(const struct design *d, size_t i, char *text, size_t n)
{
	static const char *const on[] = { [ON_PROCESS] = "process", [ON_DROPOUT] = "dropout", [ON_PROCESS | ON_DROPOUT] = "both" };
	const struct design_column *c = &d->column[d->effect[i].column];
	snprintf(text, n, "%s.%s%s%s", on[d->effect[i].on], c->attribute, *c->level ? "=" : "", c->level);
}

/* ---- what can be estimated ---- */

static void add(char *message, size_t n, const char *what, const char *why)
{
	size_t at = strlen(message);
	snprintf(message + at, n - at, "%s%s left out: %s", at > 0 ? "; " : "", what, why);
}

static void say(char *message, size_t n, const struct design *d, size_t i, const char *why)
{
	char name[120];
	effect_name(d, i, name, sizeof name);
	add(message, n, name, why);
}

static void columns_measure(struct design *d, const struct cohort *c)
{
	for (size_t k = 0; k < d->columns; k++) {
		double sum = 0, square = 0;
		for (size_t i = 0; i < c->n; i++)
			sum += c->z[i * c->width + k];
		d->column[k].mean = sum / (double)c->n;
		for (size_t i = 0; i < c->n; i++) {
			double off = c->z[i * c->width + k] - d->column[k].mean;
			square += off * off;
		}
		d->column[k].spread = sqrt(square / (double)c->n);
	}
}

/* Does the model have a parameter that the effect moves? */
static bool moves(const struct model *m, int on)
{
	bool process = false, dropout = false;
	for (size_t j = 0; j < m->n_params; j++) {
		process = process || m->params[j].process != 0;
		dropout = dropout || m->params[j].dropout != 0;
	}
	return (!(on & ON_PROCESS) || process) && (!(on & ON_DROPOUT) || dropout);
}

bool effects_possible(const struct model *m)
{
	return moves(m, ON_PROCESS) || moves(m, ON_DROPOUT);
}

/* Effects that the model has nothing for go, said once for all of them. */
static void keep_moving(struct design *d, const struct model *m, char *message, size_t n)
{
	char why[120];
	size_t kept = 0;
	for (size_t i = 0; i < d->effects; i++) {
		if (d->effect[i].on == (ON_PROCESS | ON_DROPOUT) && !moves(m, ON_DROPOUT))
			d->effect[i].on = ON_PROCESS;
		if (moves(m, d->effect[i].on))
			d->effect[kept++] = d->effect[i];
	}
	bool all = kept == 0, any = kept < d->effects;
	snprintf(why, sizeof why, "%s has %s", m->title, all ? "no parameter for them to move" : "no drop-out");
	if (any)
		add(message, n, all ? "covariates" : "effects on drop-out", why);
	d->effects = kept;
}

static bool varies(const struct design_column *c)
{
	return c->spread > 1e-9 * fmax(fabs(c->mean), 1e-9);
}

/* Correlations of the columns, [columns * columns]. */
static void correlate(const struct design *d, const struct cohort *c, double *r)
{
	for (size_t k = 0; k < d->columns; k++)
		for (size_t l = 0; l <= k; l++) {
			double sum = 0;
			for (size_t i = 0; i < c->n && varies(&d->column[k]) && varies(&d->column[l]); i++)
				sum += (c->z[i * c->width + k] - d->column[k].mean) * (c->z[i * c->width + l] - d->column[l].mean);
			r[k * COLUMNS_MOST + l] = r[l * COLUMNS_MOST + k] = sum == 0 ? 0 : sum / ((double)c->n * d->column[k].spread * d->column[l].spread);
		}
}

/* What share of each column's spread is its own beside the columns before it that have an effect of the same kind: a Cholesky factor, row by row. */
static void own_shares(const struct design *d, const double *r, int on, double *share)
{
	double factor[EFFECTS_MOST][EFFECTS_MOST];
	size_t kept[EFFECTS_MOST], n = 0;
	for (size_t i = 0; i < d->effects; i++) {
		if (!(d->effect[i].on & on))
			continue;
		double left = 1;
		for (size_t j = 0; j < n; j++) {
			double sum = r[d->effect[i].column * COLUMNS_MOST + kept[j]];
			for (size_t k = 0; k < j; k++)
				sum -= factor[n][k] * factor[j][k];
			factor[n][j] = sum / factor[j][j];
			left -= factor[n][j] * factor[n][j];
		}
		share[i] = fmax(share[i], left);
		if (left > SAME) {
			factor[n][n] = sqrt(left);
			kept[n++] = d->effect[i].column;
		}
	}
}

void effects_settle(struct design *d, const struct model *m, const struct cohort *c, char *message, size_t n)
{
	double r[COLUMNS_MOST * COLUMNS_MOST], share[EFFECTS_MOST] = { 0 };
	columns_measure(d, c);
	correlate(d, c, r);
	keep_moving(d, m, message, n);
	size_t kept = 0;
	for (size_t i = 0; i < d->effects; i++) {
		if (!varies(&d->column[d->effect[i].column]))
			say(message, n, d, i, "it is the same for all customers");
		else
			d->effect[kept++] = d->effect[i];
	}
	d->effects = kept;
	own_shares(d, r, ON_PROCESS, share);
	own_shares(d, r, ON_DROPOUT, share);
	kept = 0;
	for (size_t i = 0; i < d->effects; i++) {
		if (share[i] > SAME)
			d->effect[kept++] = d->effect[i];
		else
			say(message, n, d, i, "the covariates before it say the same");
	}
	d->effects = kept;
}

/* ---- classes ---- */

static uint64_t hash_of(const double *z, size_t width)
{
	uint64_t h = 0x9e3779b97f4a7c15u;
	for (size_t k = 0; k < width; k++) {
		uint64_t bits;
		memcpy(&bits, &z[k], sizeof bits);
		h = (h ^ bits) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	return h;
}

/* What is in a slot: 1 + the number of a class as they were met; first[class] is a customer of it. */
struct table { uint32_t *slot, *first; size_t mask; };

static uint32_t find(struct table *t, const struct cohort *c, size_t i, struct classes *out)
{
	const double *z = c->z + i * c->width;
	size_t at = (size_t)hash_of(z, c->width) & t->mask;
	for (; t->slot[at] != 0; at = (at + 1) & t->mask)
		if (memcmp(c->z + t->first[t->slot[at] - 1] * c->width, z, c->width * sizeof *z) == 0)
			return t->slot[at] - 1;
	t->first[out->n] = (uint32_t)i;
	t->slot[at] = (uint32_t)++out->n;
	return t->slot[at] - 1;
}

struct ranked { const double *z; size_t width; uint32_t met; };

static int by_columns(const void *a, const void *b)
{
	const struct ranked *p = a, *q = b;
	for (size_t k = 0; k < p->width; k++)
		if (p->z[k] != q->z[k])
			return p->z[k] < q->z[k] ? -1 : 1;
	return 0;
}

/* Classes in the order of their columns, whatever the order of the customers. */
static enum rc order(struct arena *a, struct arena *work, const struct cohort *c, const struct table *t, size_t customers, struct classes *out)
{
	struct ranked *r = arena_try(work, out->n + 1, sizeof *r);
	uint32_t *place = arena_try(work, out->n + 1, sizeof *place);
	out->size = arena_try(a, out->n + 1, sizeof *out->size);
	out->z = arena_try(a, out->n * c->width + 1, sizeof *out->z);
	if (!r || !place || !out->size || !out->z)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu kinds of customers", out->n);
	for (uint32_t k = 0; k < out->n; k++)
		r[k] = (struct ranked) { c->z + t->first[k] * c->width, c->width, k };
	qsort(r, out->n, sizeof *r, by_columns);
	for (uint32_t k = 0; k < out->n; k++) {
		place[r[k].met] = k;
		memcpy(out->z + k * c->width, r[k].z, c->width * sizeof *out->z);
	}
	for (size_t i = 0; i < customers; i++) {
		out->of[i] = place[out->of[i]];
		out->size[out->of[i]]++;
	}
	return RC_OK;
}

enum rc classes_make(struct arena *a, const struct cohort *c, size_t step, struct classes *out)
{
	size_t customers = (c->n + step - 1) / step, slots = 16;
	struct arena *work = arena_new();
	while (slots < 2 * customers)
		slots *= 2;
	struct table t = { .slot = arena_try(work, slots, sizeof *t.slot), .first = arena_try(work, customers + 1, sizeof *t.first), .mask = slots - 1 };
	*out = (struct classes) { .width = c->width, .of = arena_try(a, customers + 1, sizeof *out->of) };
	enum rc rc = t.slot && t.first && out->of ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", customers);
	for (size_t k = 0; !rc && k < customers; k++)
		out->of[k] = find(&t, c, k * step, out);
	rc = rc ? rc : order(a, work, c, &t, customers, out);
	arena_free(work);
	return rc;
}
