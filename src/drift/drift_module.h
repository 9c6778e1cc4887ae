/* The drift room as the pipeline sees it. */
#ifndef CLV_DRIFT_DRIFT_MODULE_H
#define CLV_DRIFT_DRIFT_MODULE_H

#include "module/module.h"

extern const struct module drift_module;

#endif
