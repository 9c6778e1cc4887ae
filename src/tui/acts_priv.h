/* The acts of the screen: what a key, the palette or a script can ask of it that is no command of the program. One constant each,
 * listed in acts.def. */
#ifndef CLV_TUI_ACTS_PRIV_H
#define CLV_TUI_ACTS_PRIV_H

#include "tui/workbench_priv.h"

/* What must be on the screen for an act to be of use. */
enum act_needs {
	NEEDS_NOTHING,
	NEEDS_PARTS,  /* data, in more than one part */
	NEEDS_TABLE,  /* a table with the keys */
	NEEDS_REPORT, /* one of a report's rows, not of a query's */
	NEEDS_ROWS,   /* rows in it */
	NEEDS_ENTER,  /* rows that lead somewhere */
	NEEDS_CHANGE, /* something that has not been so from the start: can() says */
};

struct act_word { const char *arg, *about; };

struct act {
	const char *name;  /* "pane" */
	const char *args;  /* "NAME", "" */
	const char *about; /* one line */
	size_t      min_args, max_args;
	enum act_needs needs;
	bool      (*can)(const struct workbench *w, const char **why); /* NULL: always */
	void      (*run)(struct workbench *w, size_t argc, const char *const *argv); /* arguments only */
	const struct act_word *word; /* what it does with one argument, for the list of keys; arg NULL ends; NULL: about says it */
	const char *(*hint)(const struct workbench *w); /* its word in the row of keys, where that changes; "": none now; NULL: as keys.def has it */
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

/* What is needed, seen on a pane whose part `focus` has the keys. */
bool act_needed(const struct act *act, const struct pane *p, const struct snapshot *s, size_t focus, const char **why);

/* The row of keys: "key what" each, as they can be used now, NULL ends. Keys of one word stand together: "h l column". w NULL: as
 * they could be used in a workbench that was just opened and shows s. */
const char *const *keys_hints(const struct pane *p, const struct snapshot *s, const struct workbench *w, struct arena *a);

#endif
