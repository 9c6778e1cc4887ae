/* The season as a clock, and its weights from what each day brought. Not here: a model with a season (seasonal.c). */
#include "config.h"

#include "models/season.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "math/optim.h"

#define COEFFICIENTS (1 + 2 * HARMONICS_MOST)
#define YEAR 365.25

static const int month_first[] = { 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 }; /* of a leap year */

static size_t day_of_year(day_t d)
{
	int year, month, day;
	day_to_civil(d, &year, &month, &day);
	return (size_t)(month_first[month - 1] + day - 1);
}

/* The mean is 1, with 29 February every fourth year. */
static void scale(struct season *s)
{
	double sum = 0;
	for (size_t i = 0; i < SEASON_DAYS; i++)
		sum += s->weight[i] * (i == 59 ? .25 : 1);
	for (size_t i = 0; i < SEASON_DAYS; i++)
		s->weight[i] *= YEAR / sum;
	s->on = true;
}

static bool declared(const char *text, struct season *s)
{
	double weight[12];
	size_t n = 0;
	for (const char *at = text; *at && n <= 12; ) {
		size_t length = strcspn(at, ", ");
		if (length > 0 && (n == 12 || !str_real(at, length, &weight[n]) || !(weight[n++] > 0) || isinf(weight[n - 1])))
			return false;
		at += length + (at[length] != '\0');
	}
	for (size_t m = 0; n == 12 && m < 12; m++)
		for (int i = month_first[m]; i < month_first[m + 1]; i++)
			s->weight[i] = weight[m];
	if (n == 12)
		scale(s);
	return n == 12;
}

enum rc season_parse(const char *text, struct season_ask *out)
{
	static const char *const mode[] = { [SEASON_NONE] = "none", [SEASON_AUTO] = "auto", [SEASON_ALWAYS] = "always" };
	*out = (struct season_ask) { SEASON_NONE, { .on = false } };
	for (int m = SEASON_NONE; m <= SEASON_ALWAYS; m++)
		if (strcmp(text, mode[m]) == 0) {
			out->mode = (enum season_mode)m;
			return RC_OK;
		}
	out->mode = SEASON_DECLARED;
	return declared(text, &out->declared) ? RC_OK : err_do(err_set(RC_USAGE, "FIT-118", "'%s' is no season", text),
		"give none, auto, always, or twelve weights above 0, of January to December, separated by commas");
}

double season_weight(const struct season *s, day_t d)
{
	return s->on ? s->weight[day_of_year(d)] : 1;
}

double season_month(const struct season *s, int month)
{
	double sum = 0;
	for (int i = month_first[month - 1]; i < month_first[month]; i++)
		sum += s->weight[i];
	return sum / (month_first[month] - month_first[month - 1]);
}

double *season_clock(struct arena *a, const struct season *s, day_t from, size_t days)
{
	double *clock = arena_try(a, days + 1, sizeof *clock);
	for (size_t d = 1; clock && d <= days; d++)
		clock[d] = clock[d - 1] + season_weight(s, from + (day_t)d);
	return clock;
}

double season_ahead(const struct season *s, day_t from, int32_t days)
{
	double sum = 0;
	if (!s->on)
		return days;
	for (int32_t d = 1; d <= days; d++)
		sum += season_weight(s, from + d);
	return sum;
}

enum rc season_cohort(struct arena *a, const struct season *s, const struct cohort *c, struct cohort *out)
{
	int32_t oldest = 0;
	*out = *c;
	if (!s->on)
		return RC_OK;
	for (size_t i = 0; i < c->n; i++)
		oldest = c->t[i] > oldest ? c->t[i] : oldest;
	const double *clock = season_clock(a, s, c->as_of - oldest, (size_t)oldest);
	out->t = arena_try(a, c->n + 1, sizeof *out->t);
	out->t_x = arena_try(a, c->n + 1, sizeof *out->t_x);
	if (!clock || !out->t || !out->t_x)
		return err_set(RC_NOMEM, "FIT-102", "no memory for the season of %zu customers", c->n);
	for (size_t i = 0; i < c->n; i++) {
		int32_t came = oldest - c->t[i];
		out->t[i] = (int32_t)lround(clock[oldest] - clock[came]);
		out->t_x[i] = (int32_t)lround(clock[came + c->t_x[i]] - clock[came]);
	}
	return RC_OK;
}

/* ---- estimation ---- */

struct regression { const double *expected; const int32_t *came; day_t first; size_t days; int harmonics; };

static double wave(const struct regression *r, const double *b, double at)
{
	double sum = b[0];
	for (int k = 1; k <= r->harmonics; k++)
		sum += b[2 * k - 1] * cos(2 * M_PI * k * at) + b[2 * k] * sin(2 * M_PI * k * at);
	return sum;
}

/* Of a leap year, so that every day has its own place. */
static double place(size_t day)
{
	return ((double)day + .5) / SEASON_DAYS;
}

/* Minus the log-likelihood of Poisson counts, less what has no parameters. */
static double regression_value(void *user, const double *b, double *gradient)
{
	const struct regression *r = user;
	double value = 0;
	for (int k = 0; gradient && k <= 2 * r->harmonics; k++)
		gradient[k] = 0;
	for (size_t d = 0; d < r->days; d++) {
		double at = place(day_of_year(r->first + (day_t)d)), log_rate = wave(r, b, at), mean = r->expected[d] * exp(log_rate);
		if (!(r->expected[d] > 0))
			continue;
		value += mean - r->came[d] * log_rate;
		if (gradient == NULL)
			continue;
		gradient[0] += mean - r->came[d];
		for (int k = 1; k <= r->harmonics; k++) {
			gradient[2 * k - 1] += (mean - r->came[d]) * cos(2 * M_PI * k * at);
			gradient[2 * k] += (mean - r->came[d]) * sin(2 * M_PI * k * at);
		}
	}
	return value;
}

/* Pearson's: how much more than Poisson the days vary. */
static double dispersion(const struct regression *r, const double *b)
{
	double sum = 0, n = 0;
	for (size_t d = 0; d < r->days; d++) {
		double mean = r->expected[d] * exp(wave(r, b, place(day_of_year(r->first + (day_t)d))));
		if (!(mean > 0))
			continue;
		sum += (r->came[d] - mean) * (r->came[d] - mean) / mean;
		n++;
	}
	return n > COEFFICIENTS ? fmax(1, sum / (n - COEFFICIENTS)) : 1;
}

bool season_estimate(const double *expected, const int32_t *came, day_t first, size_t days, struct season *out)
{
	struct regression r = { expected, came, first, days, HARMONICS_MOST };
	double best = INFINITY, spread = 1;
	*out = (struct season) { .on = false };
	for (int k = HARMONICS_MOST; k >= 1; k--) {
		struct optim_result result;
		const double start[COEFFICIENTS] = { 0 };
		r.harmonics = k;
		optim_minimise(&(struct optim_problem) { .n = (size_t)(2 * k + 1), .value = regression_value, .user = &r }, start, 1, NULL, &result);
		if (result.status != OPTIM_CONVERGED)
			continue;
		if (k == HARMONICS_MOST)
			spread = dispersion(&r, result.x);
		double criterion = 2 * result.value / spread + 2 * (2 * k + 1);
		if (!(criterion <= best))
			continue;
		best = criterion;
		out->harmonics = k;
		for (size_t i = 0; i < SEASON_DAYS; i++)
			out->weight[i] = exp(wave(&r, result.x, place(i)) - result.x[0]);
		scale(out);
	}
	return out->on;
}
