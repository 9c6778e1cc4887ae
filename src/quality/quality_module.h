/* The quality room as the pipeline sees it. */
#ifndef CLV_QUALITY_QUALITY_MODULE_H
#define CLV_QUALITY_QUALITY_MODULE_H

#include "module/module.h"

extern const struct module quality_module;

#endif
