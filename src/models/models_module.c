/* What the models room offers: six stages, in the order in which their tables need each other, and the
 * settings they read. */
#include "config.h"

#include "models/models_module.h"

#include <stddef.h>

#define LIST(...) (const char *const[]) { __VA_ARGS__, NULL }

static const struct stage fit_stage = {
	.name = "fit",
	.about = "the champion kept, or a first set fitted and back-tested",
	.version = 2,
	.reads = LIST("feat_customer", "feat_backtest", "feat_window", "feat_day", "feat_gap", "feat_evenness", "customer_attribute", "raw_customer",
	              "raw_transaction", "raw_file", "store_fact", "decision_champion"),
	.writes = LIST("fit_set", "fit_model", "fit_param", "fit_covariance", "fit_metric", "fit_calibration", "fit_curve",
	               "fit_covariate", "fit_column", "fit_effect", "fit_test", "fit_season", "fit_check", "fit_density", "fit_point",
	               "fit_map", "fit_level", "fit_level_curve", "fit_origin"),
	.settings = LIST("model.purchase", "model.spend", "model.calibration", "period", "model.min_customers", "model.covariates",
	                 "model.dropout_covariates", "model.equal_covariates", "model.penalty", "model.season", "horizon_days", "discount_rate"),
	.run = fit_stage_run,
};

static const struct stage score_stage = {
	.name = "score",
	.about = "what each customer is expected to bring, with an interval",
	.version = 2,
	.reads = LIST("feat_customer", "fit_set", "fit_model", "fit_param", "fit_covariance", "fit_covariate", "fit_column", "fit_effect", "fit_season", "fit_level",
	              "fit_level_curve", "decision_champion", "customer_attribute"),
	.writes = LIST("score_customer", "score_total"),
	.settings = LIST("horizon_days", "discount_rate", "margin"),
	.run = score_stage_run,
};

static const struct stage rank_stage = {
	.name = "rank",
	.about = "customers by predicted value, tiers and named RFM segments",
	.version = 1,
	.reads = LIST("score_customer", "feat_customer"),
	.writes = LIST("score_rank"),
	.settings = NULL,
	.run = rank_stage_run,
};

static const struct stage cluster_stage = {
	.name = "cluster",
	.about = "clusters of predicted value, cut once for each champion",
	.version = 1,
	.reads = LIST("score_rank", "score_customer", "feat_customer", "fit_set", "decision_champion"),
	.writes = LIST("score_cluster", "fit_cut"),
	.settings = LIST("cluster.k"),
	.run = cluster_stage_run,
};

static const struct stage overview_stage = {
	.name = "overview",
	.about = "tiers and segments summed up, who moved since the live run, whom to save",
	.version = 1,
	.reads = LIST("score_customer", "score_rank", "score_cluster", "feat_customer"),
	.writes = LIST("score_group", "score_move", "score_moved", "score_save"),
	.settings = NULL,
	.run = overview_stage_run,
};

static const struct stage candidate_stage = {
	.name = "candidate",
	.about = "one set fitted for an open review; it publishes nothing until approved",
	.version = 2,
	.reads = LIST("drift_review", "decision_review", "feat_customer", "feat_backtest", "feat_window", "feat_day", "feat_gap", "feat_evenness",
	              "customer_attribute", "raw_customer", "raw_transaction", "raw_file", "store_fact", "decision_champion"),
	.writes = LIST("fit_candidate"),
	.settings = LIST("model.purchase", "model.spend", "model.calibration", "period", "model.min_customers", "model.covariates",
	                 "model.dropout_covariates", "model.equal_covariates", "model.penalty", "model.season", "horizon_days", "discount_rate"),
	.run = candidate_stage_run,
};

static const struct stage *const stages[] = { &fit_stage, &score_stage, &rank_stage, &cluster_stage, &overview_stage, &candidate_stage, NULL };

static const char *const purchase_models[] = { "mbgnbd", "bgnbd", "mbgcnbd", "bgcnbd", "pnbd", "ggomnbd", "bgbb", "nbd", "auto", NULL };
static const char *const spends[] = { "all", "repeat", NULL };
static const char *const calibrations[] = { "none", "level", "isotonic", "auto", NULL };

static const struct setting settings[] = {
	{ .key = "model.purchase", .type = SETTING_CHOICE, .standard = "mbgnbd", .choices = purchase_models, .unit = "",
	  .help = "Purchase model of the next set that is fitted, or auto: the one that does best in the back-test. The champion keeps its own." },
	{ .key = "model.spend", .type = SETTING_CHOICE, .standard = "all", .choices = spends, .unit = "",
	  .help = "Purchase days that the spend model sees: all of them, or repeat days only." },
	{ .key = "model.calibration", .type = SETTING_CHOICE, .standard = "none", .choices = calibrations, .unit = "",
	  .help = "What inner back-tests correct in the next set: nothing, its level, a curve of it, or of level and curve what errs less." },
	{ .key = "model.min_customers", .type = SETTING_INT, .standard = "30", .min = 4, .max = 1000000, .unit = "customers",
	  .help = "Fewer customers than this are not fitted." },
	{ .key = "model.covariates", .type = SETTING_LIST, .standard = "", .unit = "",
	  .help = "Attributes of customers that the next set's purchase model takes into account: in how often they buy, and in how they drop out." },
	{ .key = "model.dropout_covariates", .type = SETTING_LIST, .standard = "", .unit = "",
	  .help = "Those for drop-out, where they are others than for how often customers buy; none: no attribute." },
	{ .key = "model.equal_covariates", .type = SETTING_LIST, .standard = "", .unit = "",
	  .help = "Those with one coefficient for both." },
	{ .key = "model.penalty", .type = SETTING_REAL, .standard = "0", .min = 0, .max = 1000000, .unit = "",
	  .help = "Draws the coefficients of covariates towards 0: half of it times the sum of their squares, in spreads of their columns, is taken from the log-likelihood." },
	{ .key = "model.season", .type = SETTING_TEXT, .standard = "none", .unit = "",
	  .help = "Season of the next set's purchases: none, auto (where two years show one that pays), always, or twelve weights of January to December." },
	{ .key = "cluster.k", .type = SETTING_INT, .standard = "5", .min = 2, .max = 20, .unit = "clusters",
	  .help = "How many clusters of predicted value; fewer when there are fewer different values." },
	{ .key = NULL },
};

const struct module models_module = {
	.name = "models",
	.about = "purchases and spend of customers, from histories to money",
	.stages = stages,
	.settings = settings,
};
