/* The room's constant, for pipeline/modules.def, and its stages. */
#ifndef CLV_MODELS_MODULE_H
#define CLV_MODELS_MODULE_H

#include "module/module.h"
#include "module/run.h"

extern const struct module models_module;

enum rc fit_stage_run(struct run *run);       /* keep the champion, or fit the first set and make it champion */
enum rc score_stage_run(struct run *run);
enum rc rank_stage_run(struct run *run);
enum rc cluster_stage_run(struct run *run);
enum rc overview_stage_run(struct run *run);
enum rc candidate_stage_run(struct run *run); /* one candidate for an open review that has none */

#endif
