/* What every model must beat: rates and windows continued. Nothing is estimated. */
#include "config.h"

#include "models/model.h"

/* Repeat purchases a day so far, continued. A customer of the last day has no rate yet: 0. */
static double rate_naive(double x, double t_seen, double last_x, double t)
{
	(void)last_x;
	return t_seen > 0 ? x / t_seen * t : 0;
}

/* The same again as in the last window of that length, the first purchase counted. */
static double last_window_naive(double x, double t_seen, double last_x, double t)
{
	(void)x, (void)t_seen, (void)t;
	return last_x;
}

const struct model rate_model = {
	.id = "rate", .title = "past rate continued", .reference = "naive", .kind = MODEL_NAIVE, .naive = rate_naive,
};

const struct model last_window_model = {
	.id = "last_window", .title = "the last window again", .reference = "naive", .kind = MODEL_NAIVE,
	.naive = last_window_naive,
};
