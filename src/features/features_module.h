/* The features room as the pipeline sees it. */
#ifndef CLV_FEATURES_FEATURES_MODULE_H
#define CLV_FEATURES_FEATURES_MODULE_H

#include "module/module.h"

extern const struct module features_module;

#endif
