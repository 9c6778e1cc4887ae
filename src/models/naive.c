/* What every model must beat: rates and windows continued. Nothing is estimated. */
#include "config.h"

#include "models/model.h"

/* Repeat purchases a day so far, continued, each at the mean spend so far. A customer of the last day has
 * no rate yet: 0. */
static double rate_naive(const struct seen *s, double t)
{
	return s->t > 0 ? s->x / s->t * t : 0;
}

static double rate_value(const struct seen *s, double t)
{
	return rate_naive(s, t) * s->spend;
}

/* The same again as in the last window of that length, the first purchase counted. */
static double last_window_naive(const struct seen *s, double t)
{
	(void)t;
	return s->last_x;
}

static double last_window_value(const struct seen *s, double t)
{
	(void)t;
	return s->last_value;
}

/* The hiatus rule: who has been silent for as long as is asked about has left, all others go on at their past rate. */
static double hiatus_naive(const struct seen *s, double t)
{
	return s->last_x > 0 ? rate_naive(s, t) : 0;
}

static double hiatus_value(const struct seen *s, double t)
{
	return hiatus_naive(s, t) * s->spend;
}

const struct model rate_model = {
	.id = "rate", .title = "past rate continued", .reference = "naive", .kind = MODEL_NAIVE,
	.naive = rate_naive, .naive_value = rate_value,
};

const struct model hiatus_model = {
	.id = "hiatus", .title = "past rate unless silent", .reference = "Wuebben and Wangenheim 2008, Journal of Marketing 72(3)",
	.kind = MODEL_NAIVE, .naive = hiatus_naive, .naive_value = hiatus_value,
};

const struct model last_window_model = {
	.id = "last_window", .title = "the last window again", .reference = "naive", .kind = MODEL_NAIVE,
	.naive = last_window_naive, .naive_value = last_window_value,
};
