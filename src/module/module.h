/* The contract: what a room offers. A room describes itself in one constant, struct module; the pipeline
 * lists rooms and derives the order of work from what each stage reads and writes. */
#ifndef CLV_MODULE_MODULE_H
#define CLV_MODULE_MODULE_H

#include "base/rc.h"
#include "module/setting.h"

struct run;

struct stage {
	const char        *name;      /* "features" */
	const char        *about;     /* one line: help, plan, man page */
	int                version;   /* raise when results change meaning */
	const char *const *reads;     /* tables, NULL at the end */
	const char *const *writes;    /* tables owned by this stage, NULL at the end */
	const char *const *settings;  /* keys it may read, NULL at the end; others cannot be read */
	enum rc          (*run)(struct run *run);
};

struct module {
	const char                *name;      /* "features" */
	const char                *about;
	const struct stage *const *stages;    /* NULL at the end */
	const struct setting      *settings;  /* ends with key NULL */
};

#endif
