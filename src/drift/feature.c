/* The list of features that are watched. For equal-age customers: how often, how long, at which rhythm
 * they buy, what they spend first, later and in all. Measures and verdicts are elsewhere. */
#include "config.h"

#include "drift/feature.h"

#include <math.h>

static double frequency(const struct population *p, size_t i)
{
	return p->x[i];
}

static double recency(const struct population *p, size_t i)
{
	return p->t_x[i];
}

static double age(const struct population *p, size_t i)
{
	return p->t[i];
}

static double mean_gap(const struct population *p, size_t i)
{
	return p->x[i] > 0 ? (double)p->t_x[i] / p->x[i] : (double)NAN;
}

/* One-time buyers count here: a change of prices must be seen where nobody comes back. */
static double first_value(const struct population *p, size_t i)
{
	return p->first[i];
}

static double monetary_value(const struct population *p, size_t i)
{
	return p->x[i] > 0 ? p->repeat[i] : (double)NAN;
}

static double revenue(const struct population *p, size_t i)
{
	return p->revenue[i];
}

static double p_alive(const struct population *p, size_t i)
{
	return p->p_alive[i];
}

static double expected_purchases(const struct population *p, size_t i)
{
	return p->expected[i];
}

static double clv(const struct population *p, size_t i)
{
	return p->clv[i];
}

const struct feature drift_features[] = {
	{ .name = "frequency", .title = "repeat purchases a customer", .type = FEATURE_COUNT, .value = frequency },
	{ .name = "recency", .title = "days from first to last purchase", .type = FEATURE_DAYS, .value = recency },
	{ .name = "T", .title = "days since the first purchase", .type = FEATURE_DAYS, .ages = true, .value = age },
	{ .name = "mean_gap", .title = "days between purchases", .type = FEATURE_DAYS, .median = true, .value = mean_gap },
	{ .name = "first_value", .title = "first order", .type = FEATURE_MONEY, .median = true, .value = first_value },
	{ .name = "monetary_value", .title = "repeat order", .type = FEATURE_MONEY, .median = true, .value = monetary_value },
	{ .name = "revenue", .title = "revenue a customer", .type = FEATURE_MONEY, .median = true, .value = revenue },
	{ .name = "p_alive", .title = "probability of being alive", .type = FEATURE_SHARE, .predicted = true, .value = p_alive },
	{ .name = "expected_purchases", .title = "expected purchases", .type = FEATURE_COUNT, .predicted = true, .value = expected_purchases },
	{ .name = "clv", .title = "predicted value", .type = FEATURE_MONEY, .predicted = true, .value = clv },
};
const size_t drift_features_count = sizeof(drift_features) / sizeof(*drift_features);

bool feature_in(const struct feature *f, enum scope scope, const struct population *p)
{
	if (f->predicted != (scope == SCOPE_PREDICTION))
		return false;
	return (f->type != FEATURE_MONEY || p->has_money) && (!f->predicted || p->has_scores);
}

const char *scope_name(enum scope scope)
{
	static const char *const names[SCOPES] = { "cohort", "prediction", "mix" };
	return names[scope];
}

const char *feature_type_name(enum feature_type type)
{
	static const char *const names[] = { "count", "days", "money", "share" };
	return names[type];
}
