/* A model with a season. The weights come from what each day brought beside what the model expected of it, whose growth and drop-out of the base
 * is then no season; the model is fitted again by that clock, and both once more. */
#include "config.h"

#include "models/seasonal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "models/forecast.h"

#define ROUNDS 2

/* Why the model can have no season; NULL: it can. */
static const char *hindrance(const struct fit *f)
{
	if (f->model->discrete)
		return "a model of opportunities has no days";
	if (f->model->n_fixed > 0)
		return "the times between purchases of regular buyers are those of the calendar";
	return NULL;
}

/* What the fit expected of each day, were there no season: of the days from that after the first customer came. */
static enum rc expected_days(struct arena *a, const struct cohort *c, const struct fit *f, day_t first, size_t days, double *out)
{
	struct model_set set = { .purchase = *f, .as_of = c->as_of, .per_purchase = (double)NAN };
	double *curve = arena_try(a, days + 1, sizeof *curve);
	if (!curve)
		return err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", days);
	enum rc rc = forecast_tracking(&set, c, 1, curve, days + 1);
	for (size_t d = 0; !rc && d < days; d++)
		out[d] = fmax(curve[d + 1] - curve[d], 0) / season_weight(&f->season, first + (day_t)d);
	return rc;
}

/* One fit by the clock, told in the calendar's likelihood. */
static enum rc fit_by(const struct season *s, const struct cohort *c, const struct fit_options *o, day_t first, size_t days, const int32_t *came,
                      struct fit *f)
{
	struct arena *a = arena_new();
	struct cohort own;
	struct fit_options plain = *o;
	double weighed = 0;
	enum rc rc = season_cohort(a, s, c, &own);
	plain.season = NULL;
	rc = rc ? rc : fit_one(f->model, &own, &plain, f);
	arena_free(a);
	if (rc)
		return rc;
	for (size_t d = 0; d < days; d++)
		weighed += came[d] * log(season_weight(s, first + (day_t)d));
	f->season = *s;
	f->loglik += weighed;
	f->aic += 4 * s->harmonics - 2 * weighed;
	f->bic += 2 * s->harmonics * log((double)f->n) - 2 * weighed;
	for (size_t i = 0; i < f->tests; i++)
		f->test[i].loglik += weighed;
	return RC_OK;
}

static enum rc estimate(const struct cohort *c, const struct fit_options *o, day_t first, size_t days, const int32_t *came, struct fit *f)
{
	struct arena *a = arena_new();
	double *expected = arena_try(a, days + 1, sizeof *expected);
	enum rc rc = expected ? RC_OK : err_set(RC_NOMEM, "FIT-102", "no memory for %zu days", days);
	for (int round = 0; !rc && round < ROUNDS && fit_usable(f); round++) {
		struct season s;
		rc = expected_days(a, c, f, first, days, expected);
		if (!rc && !season_estimate(expected, came, first, days, &s))
			break;
		rc = rc ? rc : fit_by(&s, c, o, first, days, came, f);
	}
	arena_free(a);
	return rc;
}

static void compare(const struct fit_options *o, const struct fit *with, struct fit *plain)
{
	char text[160];
	bool pays = with->aic < plain->aic;
	double without = plain->loglik, aic = plain->aic;
	snprintf(text, sizeof text, "a season %s: AIC %.2f with it, %.2f without", pays ? "pays" : "does not pay", with->aic, aic);
	if (pays || o->season->mode != SEASON_AUTO) {
		*plain = *with;
		fit_add_test(plain, "the model without season", false, 2 * with->season.harmonics, without);
	}
	fit_say(plain, text);
}

enum rc fit_seasonal(const struct cohort *c, const struct fit_options *o, struct fit *plain)
{
	int32_t oldest = 0;
	for (size_t i = 0; i < c->n; i++)
		oldest = c->t[i] > oldest ? c->t[i] : oldest;
	char text[200];
	const char *why = hindrance(plain);
	/* The days after the first customer came. */
	day_t first = c->as_of - oldest + 1;
	size_t days = (size_t)oldest;
	if (!why && !c->repeats)
		why = "it is not known what each day brought";
	if (!why && o->season->mode != SEASON_DECLARED && oldest + 1 < SEASON_LEAST) {
		snprintf(text, sizeof text, "it takes two full years, %d days, and the history has %d; twelve weights can be declared instead", SEASON_LEAST, oldest + 1);
		why = text;
	}
	if (why && o->season->mode != SEASON_AUTO)
		return err_set(RC_DATA, "FIT-119", "%s cannot have a season: %s", plain->model->title, why);
	if (why) {
		char line[260];
		snprintf(line, sizeof line, "no season: %s", why);
		fit_say(plain, line);
		return RC_OK;
	}
	struct fit with = *plain;
	with.season.on = false;
	const int32_t *came = c->repeats + (first - c->repeats_from);
	enum rc rc = o->season->mode == SEASON_DECLARED ? fit_by(&o->season->declared, c, o, first, days, came, &with)
	                                                 : estimate(c, o, first, days, came, &with);
	if (!rc && with.season.on && fit_usable(&with))
		compare(o, &with, plain);
	return rc;
}
