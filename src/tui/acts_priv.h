/* The acts of the screen: what a key, the palette or a script can ask of it that is no command of the program. One constant each,
 * listed in acts.def. */
#ifndef CLV_TUI_ACTS_PRIV_H
#define CLV_TUI_ACTS_PRIV_H

#include "tui/workbench_priv.h"

struct act {
	const char *name;  /* "pane" */
	const char *args;  /* "NAME", "" */
	const char *about; /* one line */
	size_t      min_args, max_args;
	bool      (*can)(const struct workbench *w, const char **why); /* NULL: always */
	void      (*run)(struct workbench *w, size_t argc, const char *const *argv); /* arguments only */
};

extern const struct act *const acts[];
extern const size_t            acts_count;

const struct act *act_find(const char *name); /* NULL */

/* A key bound to command text (keys.def). */
struct key {
	const char *pane; /* its id; "": on every pane where the pane itself has not bound it */
	const char *key;
	const char *text; /* "sort -" */
	const char *hint; /* a word for the row of keys; "": not hinted */
	int         rank; /* the lowest stands first */
};

extern const struct key keys[];
extern const size_t     keys_count;

/* What the key does on the pane; NULL: nothing. */
const struct key *key_find(const struct pane *p, const char *key);

/* The row of keys: "key what" each, as they can be used now, NULL ends. Keys of one word stand together: "[ ] sort". */
const char *const *keys_hints(const struct workbench *w, struct arena *a);

#endif
