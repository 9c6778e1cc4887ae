/* The diagnosis of a set to the store. Owns fit_check, fit_density, fit_point, fit_map. */
#include "config.h"

#include <math.h>

#include "models/diagnosis.h"
#include "store/query.h"

/* NaN is stored as NULL. */
static enum rc put_checks(struct store *s, int64_t set_id, const struct diagnosis *d)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < d->checks; i++) {
		const struct diagnosis_check *k = &d->check[i];
		rc = query_run(s, "statement/models_check_put", "iitrrrrritt", set_id, (int64_t)i, k->name, k->value, k->low, k->high, k->df, k->p,
		               (int64_t)k->n, k->warn ? "warn" : "pass", k->words);
	}
	return rc;
}

static enum rc put_differ(struct store *s, int64_t set_id, const struct differ *d)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < d->bins; i++) {
		const struct differ_bin *b = &d->bin[i];
		rc = query_run(s, "statement/models_density_put", "itirrrr", set_id, d->law, (int64_t)i, b->low, b->high, b->share, b->share / (b->high - b->low));
	}
	for (size_t i = 0; !rc && i < d->points; i++) {
		const struct differ_point *p = &d->point[i];
		rc = query_run(s, "statement/models_point_put", "itittrr", set_id, d->law, (int64_t)i, p->mark ? "mark" : "quantile", p->label, p->value, p->below);
	}
	return rc;
}

static enum rc put_map(struct store *s, int64_t set_id, const struct diagnosis *d)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && i < d->cells; i++) {
		const struct diagnosis_cell *k = &d->cell[i];
		rc = query_run(s, "statement/models_map_put", "iiiiiirri", set_id, (int64_t)k->orders_low, (int64_t)k->orders_high, (int64_t)k->since_low,
		               (int64_t)k->since_high, (int64_t)k->customers, k->p_alive, k->expected, (int64_t)d->horizon);
	}
	return rc;
}

enum rc diagnosis_save(struct store *s, int64_t set_id, const struct diagnosis *d)
{
	enum rc rc = put_checks(s, set_id, d);
	rc = rc ? rc : put_differ(s, set_id, &d->rate);
	rc = rc ? rc : put_differ(s, set_id, &d->dropout);
	return rc ? rc : put_map(s, set_id, d);
}
