/* The room's constant: the stage `import` and the settings of import and its gate. */
#ifndef CLV_INGEST_INGEST_MODULE_H
#define CLV_INGEST_INGEST_MODULE_H

#include "module/module.h"

extern const struct module ingest_module;

#endif
