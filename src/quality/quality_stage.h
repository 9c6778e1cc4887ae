/* The stage `quality`. */
#ifndef CLV_QUALITY_QUALITY_STAGE_H
#define CLV_QUALITY_QUALITY_STAGE_H

#include "base/rc.h"
#include "module/run.h"

/* Facts: what gate_report says of this execution. */
enum rc quality_run(struct run *run);

#endif
