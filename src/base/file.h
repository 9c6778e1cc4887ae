/* Whole files: read, write safely, list. Output goes to a temporary file in the same folder, is synced and
 * renamed, so that a reader sees the old file or the new one, never half. */
#ifndef CLV_BASE_FILE_H
#define CLV_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/rc.h"

/* Read a regular file of at most `limit` bytes; text is NUL-ended. RC_IO says which: not there, a folder,
 * unreadable, too large. */
enum rc file_read(struct arena *a, const char *path, size_t limit, char **text, size_t *n);

/* Open a regular file for reading, in bytes. RC_IO as file_read. */
enum rc file_open(const char *path, FILE **out);

struct file_writer;
/* mode 0600. RC_IO, also when a folder, a device or a pipe is at `path`. Nothing is there until file_commit.
 * Temporary files of the same name go whose process is gone. */
enum rc file_create(const char *path, struct file_writer **out);
FILE   *file_stream(struct file_writer *w);
enum rc file_commit(struct file_writer *w);  /* flush, fsync, rename, fsync the folder; frees w even on failure */
void    file_abandon(struct file_writer *w); /* removes the temporary file; NULL allowed */

enum rc     file_make_folder(const char *path);  /* with parents, 0700; fine if it is there */
bool        file_exists(const char *path);
bool        file_is_folder(const char *path);
char       *file_beside(struct arena *a, const char *path, const char *name); /* folder of path + name; an absolute name stays itself */
const char *file_base_name(const char *path); /* what follows the last '/', borrowed; "" when nothing does */

#endif
