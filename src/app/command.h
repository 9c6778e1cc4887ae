/* struct command, the list of commands, and the parsing of a command line into a call. */
#ifndef CLV_APP_COMMAND_H
#define CLV_APP_COMMAND_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/frame.h"
#include "base/json.h"
#include "base/rc.h"
#include "module/setting.h"
#include "pipeline/worker.h"
#include "store/store.h"

struct option {
	const char *name;    /* "calibration-end"; NULL ends the list */
	char        letter;  /* 0: none */
	const char *value;   /* what its value is called in help, "DATE"; NULL: a switch */
	const char *help;    /* one line */
	const char *setting; /* the setting it overrides, or NULL */
};

enum command_flags {
	COMMAND_WRITES  = 1, /* runs in the worker thread with the writing handle */
	COMMAND_CREATES = 2, /* makes the store when it is not there */
	COMMAND_NO_STORE = 4, /* needs none; call->store is NULL */
	COMMAND_LOADS = 8,   /* writes and creates when --load is given, needs no store otherwise */
	COMMAND_DECIDES = 16, /* writes when --by is given, looks otherwise */
};

struct call;

struct command {
	const char          *name;
	const char          *args;     /* "FILE...", "" */
	const char          *about;    /* one line */
	const char          *details;  /* paragraphs for help and the manual, or NULL */
	const struct option *options;  /* NULL: none */
	unsigned             flags;
	size_t               min_args, max_args;
	enum rc            (*check)(const struct call *call); /* asked before anything is opened or made; may be NULL */
	bool               (*storeless)(const struct call *call); /* does this call need no store? NULL: as the flags say */
	enum rc            (*run)(struct call *call);
};

/* What a command says. json is always there after success; a door shows text if there is any, else the frame, else the json. */
struct answer {
	struct js    *json;
	struct frame *frame;  /* in the call's arena */
	bool          raw;    /* CSV cells that a spreadsheet would run stay as they are */
	struct str    text;
};

struct call {
	const struct command  *command;
	size_t                 argc;
	const char           **argv;       /* positional arguments */
	size_t                 values;     /* options given */
	const struct option  **option;
	const char           **value;      /* "" for a switch */
	const char            *line;       /* the whole line, for ledger and log */
	const char            *store_path;
	const char            *config_path; /* of the settings file; NULL: none */
	struct store          *store;      /* writing or reading, by the command's flags */
	struct settings       *settings;   /* frozen copy */
	struct arena          *arena;
	const atomic_bool     *cancel;
	struct worker         *worker;     /* NULL outside the worker */
	bool                   fail_on_drift;
	struct answer         *answer;
};

/* The list, in commands.def order. */
extern const struct command *const commands[];
extern const size_t                commands_count;

const struct command *command_find(const char *name); /* NULL */
/* RC_USAGE "unknown command" with the nearest name. */
enum rc command_unknown(const char *name);

/* Split a line of a script into words: blanks separate, '...' and "..." quote, \ escapes outside single quotes, # begins a comment
 * at the start of a word. *words lives in the arena. RC_USAGE: a quote that is not closed, with the column. */
enum rc command_split(struct arena *a, const char *line, size_t n, const char ***words, size_t *count);

/* The words as one line that command_split, and a shell, read back as these words. In the arena. */
char *command_join(struct arena *a, size_t count, const char *const *words);

/* Parse the words after the command's name. RC_USAGE names the nearest option, a missing value, too few or too many arguments. */
enum rc command_parse(const struct command *c, struct arena *a, size_t argc, const char *const *argv, struct call *call);

/* The flags that hold for this call: those of the command, with COMMAND_LOADS, COMMAND_DECIDES and storeless resolved. */
unsigned call_flags(const struct call *call);

/* The value of an option of this call: NULL when not given; the last one wins. */
const char *call_option(const struct call *call, const char *name);
bool        call_has(const struct call *call, const char *name);
/* Parsed option values; absent leaves *out. RC_USAGE names the option and what it takes. */
enum rc call_option_int(const struct call *call, const char *name, int64_t min, int64_t max, int64_t *out);
enum rc call_option_real(const struct call *call, const char *name, double min, double max, double *out);
enum rc call_option_day(const struct call *call, const char *name, int32_t *out);

/* Progress and stages, from the job's thread up to the door. NULL worker: silently nothing. */
struct runner_ask;
void call_runner_ask(const struct call *call, struct runner_ask *out);

#endif
