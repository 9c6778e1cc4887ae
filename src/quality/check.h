/* One check and what it found. The checks over sets are SQL files; the list of them is the list of files. */
#ifndef CLV_QUALITY_CHECK_H
#define CLV_QUALITY_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "module/run.h"

enum { CHECK_EXAMPLES = 5 };

enum verdict { VERDICT_SKIP, VERDICT_PASS, VERDICT_WARN, VERDICT_STOP };

const char  *verdict_name(enum verdict v);
enum verdict verdict_of(const char *name); /* an unknown name is VERDICT_STOP */

struct finding {           /* texts live in the arena that the check was given */
	const char  *id;       /* "G3-customers-features" */
	enum verdict severity; /* WARN or STOP: the worst that the check can say */
	enum verdict verdict;
	int64_t      hits, total;
	const char  *threshold, *sentence;
	const char  *examples; /* JSON array of texts */
};

/* What was counted once for all checks of a table. */
struct check_word { const char *name; int64_t value; /* INT64_MIN: NULL */ };

/* What the words of a check's `bind` line stand for: made, features, as_of, today, a setting ("gate.customers_percent"),
 * or what was counted. */
struct check_context {
	struct run       *run;
	int64_t           made;      /* the execution whose rows are checked */
	int64_t           features;  /* the execution that wrote the features these rows come from */
	size_t            words;
	struct check_word word[16];
};

/* Add a counted number; name must live as long as the context. */
void check_add_word(struct check_context *c, const char *name, int64_t value);
/* One look at the tables for all checks of `table`: the columns of the one row of statement/quality_counts_TABLE become
 * words. Nothing when there is no such statement. Errors as for check_run. */
enum rc check_count(struct arena *a, struct check_context *c, const char *table);
/* 0 when nobody counted it. */
int64_t check_word(const struct check_context *c, const char *name);

/* The i-th check of a gated table, in byte order of ids; NULL past the end. The name is "check/ID". */
const char *check_name(const char *table, size_t i);

/* Run a SQL check; *applies is false when its answer has no row: there is nothing that it asks about. RC_INTERNAL for a file whose header or columns are not as README says; RC_STORE,
 * RC_CANCELLED. */
enum rc check_run(struct arena *a, const struct check_context *c, const char *name, struct finding *out, bool *applies);

/* Texts as a finding's examples; frees the list. */
const char *check_examples(struct arena *a, struct js *list);

/* What to do about a finding of that id; NULL when nobody said. */
const char *check_todo(struct arena *a, const char *id);

#endif
