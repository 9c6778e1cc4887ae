/* What the roof hands from the screen's room to the command line's, so that neither includes its neighbour. */
#ifndef CLV_APP_SCREEN_H
#define CLV_APP_SCREEN_H

#include "base/arena.h"
#include "base/rc.h"
#include "base/str.h"
#include "module/setting.h"

struct screen_ask {
	struct arena    *arena;
	const char      *store_path;
	struct settings *settings;
	const char      *pane;    /* its name or its key */
	const char      *size;    /* "WxH"; NULL: 80x24 */
	const char      *glyphs;  /* "unicode", "ascii"; NULL: unicode */
};

struct screen {
	/* Append one pane as text, drawn without a terminal. */
	enum rc (*snapshot)(const struct screen_ask *ask, struct str *out);
};

#endif
