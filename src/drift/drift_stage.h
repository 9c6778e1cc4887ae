/* The stage `drift`. */
#ifndef CLV_DRIFT_DRIFT_STAGE_H
#define CLV_DRIFT_DRIFT_STAGE_H

#include "base/rc.h"
#include "module/run.h"

enum rc drift_run(struct run *run);

#endif
