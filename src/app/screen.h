/* What the roof hands from the screen's room to the command line's, so that neither includes its neighbour. */
#ifndef CLV_APP_SCREEN_H
#define CLV_APP_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"
#include "module/setting.h"

struct screen_ask {
	struct arena    *arena;
	const char      *store_path;
	const char      *config_path; /* NULL: none */
	struct settings *settings;
	const char      *pane;    /* its name or its key, "/" and a part to see that alone; NULL: home */
	const char      *size;    /* "WxH"; NULL: 80x24 */
	const char      *glyphs;  /* "unicode", "ascii"; NULL: what the terminal can show, unicode without one */
	/* The workbench only: */
	const char *const *file;  /* files to import, asked about on the import screen */
	size_t           files;
	bool             readonly;
};

struct screen {
	/* Append one pane as text, drawn without a terminal. */
	enum rc (*snapshot)(const struct screen_ask *ask, struct str *out);
	/* Is there a terminal for the workbench? RC_USAGE: none, or one that cannot place the cursor. */
	enum rc (*check)(void);
	/* The workbench in the terminal, until it is left. *signal is the signal that ended it, or 0. RC_USAGE as
	 * check; RC_IO and RC_DAMAGED of the store. */
	enum rc (*workbench)(const struct screen_ask *ask, int *signal);
};

#endif
