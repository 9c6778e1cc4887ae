/* The output files of a run: ranked customers, clustered customers, cluster ranking, drift reports, manifest. */
#ifndef CLV_APP_EXPORT_H
#define CLV_APP_EXPORT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/rc.h"
#include "module/setting.h"
#include "store/store.h"

/* The folder that the settings name for output files: beside the store unless absolute. RC_CONFIG when it is empty. */
enum rc export_folder(struct arena *a, const struct settings *settings, const char *store_path, const char **folder);

/* Write the live run's files under folder (made if absent), each to a temporary file, synced and renamed. raw: cells that a spreadsheet
 * would run are not neutralised. columns: also a file of what is kept of customers beside their purchases, these attributes (names with commas) or "all" but
 * names of people; NULL: no such file; RC_USAGE: there is none of that name. *files is [{path, rows, bytes, digest}]. RC_DATA when nothing was run yet; RC_IO; RC_CANCELLED when *cancel (may be NULL)
 * becomes true. Memory is about 100 bytes a customer. */
enum rc export_all(struct store *s, struct arena *a, const char *folder, bool raw, const char *columns, const atomic_bool *cancel, struct js **files);

/* Is the folder's manifest that of the live run, with every file in place? */
bool export_is_current(struct store *s, struct arena *a, const char *folder);

#endif
