/* A season that all customers share: days of the year on which more, or less, is bought than the model expects. It runs the clock of the
 * purchases faster or slower: x stays, t_x and T are told in season days, of which a year has as many as in the calendar, and what is to come
 * is asked for the season days of the horizon. Lifetimes run by the same clock. */
#ifndef CLV_MODELS_SEASON_H
#define CLV_MODELS_SEASON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/rc.h"
#include "module/cohort.h"

#define SEASON_DAYS  366
#define SEASON_LEAST 730 /* days of history from which one is estimated: two full years */
#define HARMONICS_MOST 3

enum season_mode { SEASON_NONE, SEASON_AUTO, SEASON_ALWAYS, SEASON_DECLARED };

struct season {
	bool   on;
	int    harmonics;            /* estimated: waves a year; 0: declared */
	double weight[SEASON_DAYS];  /* of 1 January .. 31 December, 29 February with its own; the mean is 1 */
};

/* How a season is asked for. */
struct season_ask { enum season_mode mode; struct season declared; };

/* "none", "auto", "always", or twelve weights, of January to December, separated by commas. RC_USAGE (FIT-118). */
enum rc season_parse(const char *text, struct season_ask *out);

double season_weight(const struct season *s, day_t d);   /* 1 when it is not on */
double season_month(const struct season *s, int month);  /* mean weight of month 1 .. 12 */

/* clock[d] = season days from the end of day `from` to the end of day from + d, d = 0 .. days; NULL: no memory. */
double *season_clock(struct arena *a, const struct season *s, day_t from, size_t days);

/* Season days in (from, from + days]; without a season the days. */
double season_ahead(const struct season *s, day_t from, int32_t days);

/* The cohort with its times in season days, rounded to whole ones; it shares the other arrays, and without a season all of them. RC_NOMEM. */
enum rc season_cohort(struct arena *a, const struct season *s, const struct cohort *c, struct cohort *out);

/* Weights by which day first + d was expected[d] > 0 too low or too high, d = 0 .. days-1: a Poisson regression of came[d] on waves of a year, half a
 * year, a third; as many waves as an Akaike criterion for its overdispersion has it, one at least. false: no optimum. */
bool season_estimate(const double *expected, const int32_t *came, day_t first, size_t days, struct season *out);

#endif
