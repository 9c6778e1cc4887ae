/* What the drift room offers: one stage and its settings. */
#include "config.h"

#include "drift/drift_module.h"

#include <stddef.h>

#include "drift/drift_stage.h"

/* decision_review is not among the inputs: what people decided changes no measure, and a run after it has
 * nothing to do. */
static const struct stage drift_stage = {
	.name = "drift",
	.about = "equal-age customers and predictions against the champion's frozen baseline",
	.version = 2,
	.reads = (const char *const[]){ "feat_customer", "feat_window", "score_customer", "decision_champion", "raw_transaction",
					"store_fact", NULL },
	.writes = (const char *const[]){ "drift_baseline", "drift_feature", "drift_histogram", "drift_run", "drift_review", NULL },
	.settings = (const char *const[]){ "horizon_days", "drift.window_days", "drift.alpha", "drift.effect", "drift.prediction",
					   "drift.min_customers", "drift.psi_bins", NULL },
	.run = drift_run,
};

static const struct stage *const stages[] = { &drift_stage, NULL };

static const struct setting settings[] = {
	{ .key = "drift.window_days", .type = SETTING_INT, .standard = "365", .min = 30, .max = 3650, .unit = "days",
	  .help = "Customers first seen in so many days before the as-of day are compared; a new value counts from the next champion on." },
	{ .key = "drift.alpha", .type = SETTING_REAL, .standard = "0.05", .min = 0.0001, .max = 0.5, .unit = "",
	  .help = "First key of an alarm: share of false discoveries among the features of a run." },
	{ .key = "drift.effect", .type = SETTING_REAL, .standard = "0.08", .min = 0, .max = 10, .unit = "",
	  .help = "Second key of an alarm: least distance on the log scale, in standard deviations of the baseline." },
	{ .key = "drift.prediction", .type = SETTING_REAL, .standard = "0.2", .min = 0.01, .max = 10, .unit = "",
	  .help = "Predictions are noted from this stability index, or this relative change of their mean, on." },
	{ .key = "drift.min_customers", .type = SETTING_INT, .standard = "100", .min = 10, .max = 1000000, .unit = "customers",
	  .help = "With fewer customers on either side the verdict is that there are too few." },
	{ .key = "drift.psi_bins", .type = SETTING_INT, .standard = "10", .min = 2, .max = 100, .unit = "",
	  .help = "Bins of equal baseline mass for the stability index." },
	{ .key = "review.by", .type = SETTING_TEXT, .standard = "", .unit = "",
	  .help = "Name that the form of a decision proposes; unset: it is asked for. It is never taken from the login." },
	{ .key = NULL },
};

const struct module drift_module = {
	.name = "drift",
	.about = "drift against the champion's baseline, reviews, decisions",
	.stages = stages,
	.settings = settings,
};
