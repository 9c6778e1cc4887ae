/* What import, validate and run share: the options of an import, its answer in words. */
#ifndef CLV_APP_IMPORTS_H
#define CLV_APP_IMPORTS_H

#include "app/command.h"
#include "ingest/import.h"

/* Three of a decision about a contract, then --unmasked, then those of an import; ends with name NULL. */
extern const struct option imports_contract_options[];
#define imports_look_options (imports_contract_options + 3)
#define imports_options (imports_contract_options + 4)
extern const struct option imports_range_options[]; /* those of `import` itself: --replace-range and what belongs to it, then those of an import */

/* Is each path there, or a pattern? Asked before a store is made for them. RC_IO names the first that is not. */
enum rc imports_check(const char *const *path, size_t paths);

/* Fill an ask from a call's options and paths; text is borrowed from the call. A folder among the paths stands for its *.csv files. */
enum rc imports_ask(const struct call *call, const char *const *path, size_t paths, struct import_ask *out);

/* --replace-range and what belongs to it into the ask, which borrows *out. RC_USAGE (CMD-191 to CMD-194). */
enum rc imports_range(const struct call *call, struct import_ask *ask, struct import_range *out);

/* What looks at the files of a call and stores nothing: its answer into call->answer->json, masked unless the call says otherwise. */
enum rc imports_look(struct call *call, enum rc (*look)(struct run *run, const struct import_ask *ask, struct js **result));

/* The accounts of {files:[...]} in words, a block a file. */
void imports_text(struct str *t, const struct js *result);

#endif
