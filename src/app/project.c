/* Which store, which settings. Opens no database. */
#include "config.h"

#include "app/project.h"

#include <stdlib.h>

#include "base/file.h"
#include "pipeline/runner.h"

enum rc project_open(struct arena *a, const char *store, const char *config, const struct project_override *over, size_t n, struct project *out)
{
	const char *env = getenv("CLV_STORE");
	*out = (struct project){ .store_path = store ? store : env && *env ? env : "clv.clv" };
	out->store_named = store || (env && *env);
	out->config_path = config;
	if (!config) {
		char *beside = file_beside(a, out->store_path, "clv.yaml");
		if (file_exists(beside))
			out->config_path = beside;
	}
	out->settings = settings_new(runner_settings());
	enum rc rc = out->config_path ? settings_read(out->settings, out->config_path) : RC_OK;
	for (size_t i = 0; !rc && i < n; i++)
		rc = settings_override(out->settings, over[i].key, over[i].value, over[i].origin);
	if (rc)
		project_close(out);
	return rc;
}

void project_close(struct project *p)
{
	settings_free(p->settings);
	p->settings = NULL;
}
