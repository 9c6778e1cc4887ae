/* Customers of (nearly) the same parameters. */
#include "config.h"

#include "models/cells.h"

#include <math.h>
#include <string.h>

#include "models/effect.h"

#define ACROSS 6 /* cells across the spread of what effects add up to, on the process and on drop-out */

/* What the effects of the classes add to the logarithms, and the cell of each class. */
struct place { double *process, *dropout; uint32_t *cell; };

static void measure(const struct fit *f, const struct classes *k, struct place *p)
{
	const struct design *d = &f->design;
	for (size_t j = 0; j < k->n; j++)
		for (size_t i = 0; i < d->effects; i++) {
			double part = f->param[f->model->n_params + i] * (k->z[j * k->width + d->effect[i].column] - d->column[d->effect[i].column].origin);
			p->process[j] += d->effect[i].on & ON_PROCESS ? part : 0;
			p->dropout[j] += d->effect[i].on & ON_DROPOUT ? part : 0;
		}
}

/* Number the occupied cells and put each class into one; the means over the customers of each replace the places of the first so many classes. */
static void lay(const struct classes *k, struct place *p, struct cells *out)
{
	uint32_t number[ACROSS * ACROSS] = { 0 };
	double process[ACROSS * ACROSS] = { 0 }, dropout[ACROSS * ACROSS] = { 0 }, weight[ACROSS * ACROSS] = { 0 };
	for (size_t j = 0; j < k->n; j++) {
		uint32_t at = p->cell[j];
		if (number[at] == 0)
			number[at] = (uint32_t)++out->n;
		uint32_t cell = p->cell[j] = number[at] - 1;
		double n = (double)k->size[j];
		process[cell] += n * p->process[j];
		dropout[cell] += n * p->dropout[j];
		weight[cell] += n;
	}
	for (size_t i = 0; i < out->n; i++) {
		p->process[i] = process[i] / weight[i];
		p->dropout[i] = dropout[i] / weight[i];
	}
}

/* Many classes: cells in a grid of what the effects add up to. */
static enum rc near_ones(struct arena *a, struct arena *work, const struct fit *f, const struct classes *k, size_t customers, struct cells *out)
{
	struct place p = { arena_try(work, k->n, sizeof *p.process), arena_try(work, k->n, sizeof *p.dropout), arena_try(work, k->n, sizeof *p.cell) };
	if (!p.process || !p.dropout || !p.cell)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu kinds of customers", k->n);
	measure(f, k, &p);
	const double *both[] = { p.process, p.dropout };
	for (size_t s = 0; s < 2; s++) {
		double low = INFINITY, high = -INFINITY;
		for (size_t j = 0; j < k->n; j++) {
			low = fmin(low, both[s][j]);
			high = fmax(high, both[s][j]);
		}
		for (size_t j = 0; j < k->n; j++) {
			double share = high > low ? (both[s][j] - low) / (high - low) : 0;
			p.cell[j] = p.cell[j] * ACROSS + (share < 1 ? (uint32_t)(share * ACROSS) : ACROSS - 1);
		}
	}
	lay(k, &p, out);
	out->param = arena_alloc(a, out->n, sizeof *out->param);
	for (size_t i = 0; i < out->n; i++)
		for (size_t j = 0; j < MODEL_PARAMS; j++) {
			const struct param *m = &f->model->params[j];
			out->param[i][j] = f->param[j] * (j < f->model->n_params ? exp(m->process * p.process[i] + m->dropout * p.dropout[i]) : 1);
		}
	for (size_t i = 0; i < customers; i++)
		out->of[i] = p.cell[out->of[i]];
	return RC_OK;
}

enum rc cells_make(struct arena *a, const struct fit *f, const struct cohort *c, struct cells *out)
{
	*out = (struct cells) { .n = 1, .exact = true };
	if (f->design.effects == 0) {
		out->param = arena_alloc(a, 1, sizeof *out->param);
		memcpy(out->param[0], f->param, sizeof *out->param);
		return RC_OK;
	}
	if (c->width != f->design.columns || (c->n > 0 && c->z == NULL))
		return err_set(RC_DATA, "FIT-115", "the model has covariates, and these customers do not have their columns");
	struct arena *work = arena_new();
	struct classes k;
	enum rc rc = classes_make(work, c, 1, &k);
	out->of = rc ? NULL : arena_try(a, c->n + 1, sizeof *out->of);
	if (!rc && out->of == NULL)
		rc = err_set(RC_NOMEM, "FIT-102", "no memory for %zu customers", c->n);
	if (!rc)
		memcpy(out->of, k.of, c->n * sizeof *out->of);
	out->exact = !rc && k.n <= CELLS_MOST;
	if (!rc && out->exact) {
		out->n = k.n;
		out->param = arena_alloc(a, k.n + 1, sizeof *out->param);
		for (size_t j = 0; j < k.n; j++)
			fit_own(f, k.z + j * k.width, out->param[j]);
	} else if (!rc) {
		out->n = 0;
		rc = near_ones(a, work, f, &k, c->n, out);
	}
	arena_free(work);
	return rc;
}
