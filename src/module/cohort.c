/* Memory of a cohort. What goes into it is pass's (stored features) and features' (a cut in the past). Owns no table. */
#include "config.h"

#include "module/cohort.h"

#include <math.h>

static bool make_arrays(struct arena *a, struct cohort *c)
{
	size_t n = c->n;
	return (c->customer = arena_try(a, n, sizeof *c->customer)) && (c->x = arena_try(a, n, sizeof *c->x)) &&
		(c->t_x = arena_try(a, n, sizeof *c->t_x)) && (c->t = arena_try(a, n, sizeof *c->t)) &&
		(c->first_minor = arena_try(a, n, sizeof *c->first_minor)) &&
		(c->repeat_minor = arena_try(a, n, sizeof *c->repeat_minor)) &&
		(c->spend_ok = arena_try(a, n, sizeof *c->spend_ok));
}

static bool make_holdout(struct arena *a, struct cohort *c)
{
	size_t n = c->n;
	return (c->hold_x = arena_try(a, n, sizeof *c->hold_x)) &&
		(c->hold_minor = arena_try(a, n, sizeof *c->hold_minor)) &&
		(c->last_x = arena_try(a, n, sizeof *c->last_x)) &&
		(c->last_minor = arena_try(a, n, sizeof *c->last_minor));
}

enum rc cohort_arrays(struct arena *a, struct cohort *c)
{
	c->log_gaps = (double)NAN;
	if (make_arrays(a, c) && (c->hold_days == 0 || make_holdout(a, c)))
		return RC_OK;
	return err_set(RC_NOMEM, "GATE-105", "not enough memory for %zu customers", c->n);
}
