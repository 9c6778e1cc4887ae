/* Which store, which settings: from options, environment and the folder. */
#ifndef CLV_APP_PROJECT_H
#define CLV_APP_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "module/setting.h"

struct project_override { const char *key, *value, *origin; };

struct project {
	const char      *store_path;   /* --store, $CLV_STORE, clv.clv */
	bool             store_named;  /* by --store or $CLV_STORE */
	const char      *config_path;  /* --config, or clv.yaml beside the store if there; NULL: none */
	struct settings *settings;     /* effective */
};

/* Options win over the environment; overrides win over the file. RC_CONFIG, RC_USAGE, RC_IO (a named settings file that is not there). */
enum rc project_open(struct arena *a, const char *store, const char *config, const struct project_override *over, size_t n, struct project *out);
void    project_close(struct project *p);

#endif
