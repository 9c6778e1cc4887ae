/* What the quality room offers: the stage that judges the raw tables, and the thresholds of the gates. */
#include "config.h"

#include "quality/quality_module.h"

#include <stddef.h>

#include "quality/quality_stage.h"

/* The gates of later tables read these settings, too; their stages stand downstream of this one, so a
 * change reaches them. */
static const struct stage quality_stage = {
	.name = "quality",
	.about = "the checks of the raw tables, and the verdict on them",
	.version = 1,
	.reads = (const char *const[]){ "raw_file", "raw_transaction", "raw_customer", "quar_row", "quar_reason", "contract_version", NULL },
	.writes = (const char *const[]){ "qc_result", "qc_gate", NULL },
	.settings = (const char *const[]){
		"gate.customers_percent", "gate.freshness_days", "gate.repeat_percent", "gate.first_month_times",
		"gate.key_percent", NULL },
	.run = quality_run,
};

static const struct stage *const stages[] = { &quality_stage, NULL };

static const struct setting settings[] = {
	{ .key = "gate.customers_percent", .type = SETTING_INT, .standard = "95", .min = 1, .max = 100, .unit = "%",
	  .help = "Share of customers that each step must keep: raw, accepted, with features, scored." },
	{ .key = "gate.freshness_days", .type = SETTING_INT, .standard = "400", .min = 1, .max = 36500, .unit = "days",
	  .help = "Warn when the newest purchase is older than this." },
	{ .key = "gate.repeat_percent", .type = SETTING_INT, .standard = "5", .min = 0, .max = 100, .unit = "%",
	  .help = "Warn when fewer customers than this bought on more than one day." },
	{ .key = "gate.first_month_times", .type = SETTING_INT, .standard = "2", .min = 1, .max = 100, .unit = "",
	  .help = "Warn when this many times the customers of a later month (their median) first bought in the first 30 days of the data." },
	{ .key = "gate.key_percent", .type = SETTING_INT, .standard = "5", .min = 0, .max = 100, .unit = "%",
	  .help = "Stop when more rows than this have a key that is known with another content." },
	{ .key = NULL },
};

const struct module quality_module = {
	.name = "quality",
	.about = "checks, gates and their verdicts",
	.stages = stages,
	.settings = settings,
};
