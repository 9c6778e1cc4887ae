/* What stands in a folder: for the file picker and for completion. */
#ifndef CLV_TUI_FILES_PRIV_H
#define CLV_TUI_FILES_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct file_entry {
	const char *name;
	bool        folder;
	int64_t     bytes;
	int64_t     changed; /* seconds since 1970 */
};

/* Folders first, then files, each in byte order; files only with one of the endings ("csv;txt", any case; NULL: all). Names that begin with a dot
 * are left out unless `hidden`. In the arena; 0 for a folder that cannot be read (*readable false). */
size_t files_list(struct arena *a, const char *folder, const char *endings, bool hidden, const struct file_entry **out, bool *readable);

/* "2026-11-20 12:00" in UTC. */
const char *files_time(char buf[32], int64_t seconds);
/* "91.2 MB", "512 B". */
const char *files_size(char buf[32], int64_t bytes);
/* The folder above, in the arena: "/a" of "/a/b", "/" of "/a" and "/". The path is absolute. */
const char *files_above(struct arena *a, const char *folder);
/* folder/name. */
const char *files_join(struct arena *a, const char *folder, const char *name);

/* Paths that begin with what was typed, as they would be typed on; folders end in '/'. */
size_t files_complete(struct arena *a, const char *typed, const char *endings, const char *const **out);

#endif
