/* What the features room offers: one stage. Its settings are common ones. */
#include "config.h"

#include "features/features_module.h"

#include <stddef.h>

#include "features/features_stage.h"

static const struct stage features_stage = {
	.name = "features",
	.about = "frequency, recency, T and spend of each customer, and the same at the back-test cut",
	.version = 4,
	.reads = (const char *const[]){ "raw_customer", "raw_transaction", "raw_file", "store_fact", "qc_gate", NULL },
	.writes = (const char *const[]){ "feat_customer", "feat_set_aside", "feat_backtest", "feat_window", "feat_day", "feat_gap", "feat_evenness", NULL },
	.settings = (const char *const[]){ "horizon_days", "cohort_from", NULL },
	.run = features_run,
};

static const struct stage *const stages[] = { &features_stage, NULL };
static const struct setting      settings[] = { { .key = NULL } };

const struct module features_module = {
	.name = "features",
	.about = "customer features from accepted purchases",
	.stages = stages,
	.settings = settings,
};
