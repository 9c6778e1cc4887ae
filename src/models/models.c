/* The list of models, expanded from models.def: an entry cannot be declared and forgotten. */
#include "config.h"

#include "models/model.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define ONE_RATE 1000 /* customers whose rates differ by less than 3 % are alike */

#define MODEL(name) extern const struct model name##_model;
#include "models/models.def"
#undef MODEL

const struct model *const models[] = {
#define MODEL(name) &name##_model,
#include "models/models.def"
#undef MODEL
};

const size_t models_count = sizeof models / sizeof models[0];

/* Names that people and other programs use. */
static const struct { const char *name, *id; } aliases[] = {
	{ "gammagamma", "gg" },
	{ "bg", "bgnbd" },
	{ "mbg", "mbgnbd" },
	{ "pareto", "pnbd" },
	{ "ggom", "ggomnbd" },
};

const struct model *model_find(const char *id)
{
	for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
		if (strcmp(aliases[i].name, id) == 0)
			id = aliases[i].id;
	for (size_t i = 0; i < models_count; i++)
		if (strcmp(models[i]->id, id) == 0)
			return models[i];
	return NULL;
}

double model_reach(const struct model *m, const double *param)
{
	if (m->reach)
		return m->reach(m, param);
	for (size_t i = 0; i < m->n_params; i++)
		if (m->params[i].scale == PARAM_TIME)
			return param[i];
	return 1;
}

bool model_one_rate(double r, double alpha, const char *period, char *text, size_t n)
{
	if (!(r > ONE_RATE))
		return false;
	snprintf(text, n, "the limit is one purchase rate for all, r/alpha = %.5g a %s", r / alpha, period);
	return true;
}

enum rc model_unknown(const char *id)
{
	const char *name[16];
	struct str list = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < models_count && n < sizeof name / sizeof name[0]; i++) {
		name[n++] = models[i]->id;
		str_addf(&list, "%s%s", i > 0 ? ", " : "", models[i]->id);
	}
	const char *near = str_nearest(id, name, n);
	enum rc rc = err_set(RC_USAGE, "FIT-101", "there is no model '%s'", id);
	rc = near ? err_do(rc, "did you mean '%s'?", near) : err_do(rc, "the models are %s", list.s);
	str_clear(&list);
	return rc;
}
