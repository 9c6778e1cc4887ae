/* The contest of purchase models on one holdout. Not here: what the winner is used for. */
#include "config.h"

#include "models/choose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEVEL 1.005 /* errors within this factor are alike */

static enum rc contend(const struct model *m, const struct cohort *c, const struct fit_options *o, struct contender *out)
{
	struct model_set set = { .as_of = c->as_of, .per_purchase = (double)NAN };
	struct validation *v;
	struct arena *a = arena_new();
	enum rc rc = fit_one(m, c, o, &out->fit);
	set.purchase = out->fit;
	out->mae = out->total = out->gini = NAN;
	if (!rc && fit_usable(&out->fit) && !(rc = validate_set(a, &set, c, o, &v))) {
		out->mae = validation_measure(v, NULL, "purchases", "mae");
		out->total = validation_measure(v, NULL, "purchases", "aggregate_error");
		out->gini = validation_measure(v, NULL, "purchases", "gini");
	}
	arena_free(a);
	return rc;
}

/* A parameter on its boundary says nothing: such a fit is its limit, which stands in the list by itself. */
static size_t size_of(const struct fit *f)
{
	return f->model->n_params + (f->status == FIT_RUNAWAY);
}

/* The one with the least error but one; n: there is none. */
static size_t second_of(const struct contest *t, size_t least)
{
	size_t next = t->n;
	for (size_t i = 0; i < t->n; i++)
		if (i != least && !isnan(t->contender[i].mae) && (next == t->n || t->contender[i].mae < t->contender[next].mae))
			next = i;
	return next;
}

static void decide(struct contest *t)
{
	size_t least = t->n;
	for (size_t i = 0; i < t->n; i++)
		if (!isnan(t->contender[i].mae) && (least == t->n || t->contender[i].mae < t->contender[least].mae))
			least = i;
	t->best = least;
	if (least == t->n) {
		snprintf(t->why, sizeof t->why, "no model may score: there is too little to go by");
		return;
	}
	for (size_t i = 0; i < t->n; i++) {
		const struct contender *p = &t->contender[i], *best = &t->contender[t->best];
		bool alike = p->mae <= LEVEL * t->contender[least].mae;
		if (alike && (size_of(&p->fit) < size_of(&best->fit) || (size_of(&p->fit) == size_of(&best->fit) && p->mae < best->mae)))
			t->best = i;
	}
	const struct contender *best = &t->contender[t->best], *low = &t->contender[least];
	size_t next = second_of(t, least);
	if (t->best == least && next < t->n)
		snprintf(t->why, sizeof t->why, "%s: the least mean absolute error, %.4f purchases a customer against %.4f of %s, total off by %+.1f %% before any calibration",
		         best->fit.model->title, best->mae, t->contender[next].mae, t->contender[next].fit.model->title, 100 * best->total);
	else if (t->best == least)
		snprintf(t->why, sizeof t->why, "%s: the only one that may score, mean absolute error %.4f purchases a customer", best->fit.model->title, best->mae);
	else
		snprintf(t->why, sizeof t->why, "%s: its mean absolute error, %.4f, is as good as that of %s, %.4f, and it has fewer parameters",
		         best->fit.model->title, best->mae, low->fit.model->title, low->mae);
}

enum rc choose_purchase(const struct cohort *c, const struct fit_options *o, struct contest *out)
{
	enum rc rc = RC_OK;
	out->n = 0;
	for (size_t i = 0; !rc && i < models_count && out->n < CONTENDERS_MOST; i++) {
		if (models[i]->kind != MODEL_PURCHASES || models[i]->discrete || (models[i]->n_fixed > 0 && isnan(c->log_gaps)))
			continue;
		rc = contend(models[i], c, o, &out->contender[out->n++]);
	}
	decide(out);
	return rc;
}
