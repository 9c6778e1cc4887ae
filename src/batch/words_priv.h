/* The options that every command shares, taken out of argv; what is left are the command's words. */
#ifndef CLV_BATCH_WORDS_PRIV_H
#define CLV_BATCH_WORDS_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "app/project.h"
#include "app/render.h"
#include "base/arena.h"
#include "base/rc.h"

enum progress_form { PROGRESS_AUTO, PROGRESS_NONE, PROGRESS_JSON };

struct words {
	bool        batch, json, quiet, readonly, version, help, fail_on_drift;
	const char *help_on, *store, *config, *script;
	const char *pane, *size, *glyphs;  /* --snapshot */
	bool        format_given;
	enum render_format format;
	enum progress_form progress;
	struct project_override *override; /* malloc */
	size_t      overrides;
	const char **word;                 /* the command and its words */
	size_t      count;
};

/* RC_USAGE names the nearest option. */
enum rc words_read(struct arena *a, int argc, char **argv, struct words *out);

#endif
