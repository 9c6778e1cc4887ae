/* Whole files. What is written appears under its name only when it is complete and on the disk. Not for the
 * store: opening and closing its file here would drop the locks that SQLite holds on it. */
#include "config.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#define NAME_BYTES 180 /* of the file's own name in the temporary one: a name may have 255 */
#define TRIES      1000

struct file_writer {
	char *path, *temporary;
	FILE *stream;
};

static enum rc refuse(const char *id, const char *what, const char *path)
{
	return err_set(RC_IO, id, "cannot %s %s: %s", what, path, strerror(errno));
}

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

enum rc file_open(const char *path, FILE **out)
{
	struct stat st;
	FILE *in;
	/* Without waiting: a pipe with nobody at its other end would hold us here. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return err_do(refuse("FILE-101", "open", path), "check the name and who may read it");
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(RC_IO, "FILE-102", "%s is %s, not a file", path,
			       S_ISDIR(st.st_mode) ? "a folder" : "a device or a pipe");
	}
	in = fdopen(fd, "rb");
	if (!in) {
		close(fd);
		return refuse("FILE-101", "open", path);
	}
	*out = in;
	return RC_OK;
}

static enum rc refuse_large(const char *path, size_t limit)
{
	return err_set(RC_IO, "FILE-103", "%s is larger than %zu bytes", path, limit);
}

/* Reads to the end, whatever size the system gave: files under /proc say 0. */
static enum rc read_all(FILE *in, const char *path, size_t limit, struct str *t)
{
	char block[4096];
	size_t n;

	while ((n = fread(block, 1, sizeof block, in)) > 0) {
		if (n > limit - t->n)
			return refuse_large(path, limit);
		str_add_span(t, block, n);
	}
	return ferror(in) ? refuse("FILE-104", "read", path) : RC_OK;
}

enum rc file_read(struct arena *a, const char *path, size_t limit, char **text, size_t *n)
{
	struct str t = { .s = NULL };
	char *copy = NULL;
	FILE *in;
	enum rc rc = file_open(path, &in);

	if (rc != RC_OK)
		return rc;
	rc = read_all(in, path, limit, &t);
	fclose(in);
	if (rc == RC_OK) {
		copy = arena_try(a, t.n + 1, 1);
		if (!copy)
			rc = err_set(RC_NOMEM, "FILE-105", "no memory for %zu bytes of %s", t.n, path);
	}
	if (rc == RC_OK) {
		if (t.n > 0)
			memcpy(copy, t.s, t.n);
		*text = copy;
		*n = t.n;
	}
	str_clear(&t);
	return rc;
}

static int kept_length(const char *base)
{
	return strlen(base) > NAME_BYTES ? NAME_BYTES : (int)strlen(base);
}

/* The process in a temporary name of `base`, or 0 when it is not one. */
static long process_of(const char *name, const char *base)
{
	size_t kept = (size_t)kept_length(base);
	char *end;
	long process;

	if (*name != '.' || strncmp(name + 1, base, kept) != 0 || name[1 + kept] != '.')
		return 0;
	name += kept + 2;
	if (*name < '1' || *name > '9')
		return 0;
	process = strtol(name, &end, 10);
	if (*end != '-' || end[1 + strspn(end + 1, "0123456789")] != '.' || process > INT_MAX)
		return 0;
	return strcmp(strrchr(end, '.'), ".tmp") == 0 ? process : 0;
}

/* What a killed process left of this file. One that is there keeps its own, whoever it is; only this machine's are known. */
static void sweep(const char *path)
{
	size_t n = folder_length(path);
	char *folder = n ? mem_copy_span(path, n) : mem_copy_text(".");
	DIR *d = opendir(folder);

	for (struct dirent *e; d && (e = readdir(d));) {
		long process = process_of(e->d_name, path + n);

		if (process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH)
			unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d)
		closedir(d);
	free(folder);
}

/* A name nobody else has, beside the file: hidden, with our process in it. Returns a descriptor or -1. */
static int open_temporary(const char *path, char **name)
{
	size_t folder = folder_length(path);
	const char *base = path + folder;
	int length = kept_length(base);

	for (int i = 0; i < TRIES; i++) {
		struct str t = { .s = NULL };
		int fd;

		str_add_span(&t, path, folder);
		str_addf(&t, ".%.*s.%ld-%d.tmp", length, base, (long)getpid(), i);
		fd = open(t.s, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd >= 0) {
			*name = str_take(&t);
			return fd;
		}
		str_clear(&t);
		if (errno != EEXIST)
			break;
	}
	return -1;
}

enum rc file_create(const char *path, struct file_writer **out)
{
	struct file_writer *w;
	struct stat st;
	char *temporary;
	FILE *stream;
	int fd;

	/* A rename would put a file in the place of a device, and fails late on a folder. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return err_set(RC_IO, "FILE-102", "%s is %s, not a file", path,
			       S_ISDIR(st.st_mode) ? "a folder" : "a device or a pipe");
	if (*file_base_name(path) == '\0')
		return err_set(RC_IO, "FILE-102", "'%s' names no file", path);
	sweep(path);
	fd = open_temporary(path, &temporary);
	if (fd < 0)
		return err_do(refuse("FILE-106", "write", path), "check that its folder is there and may be written");
	stream = fdopen(fd, "wb");
	if (!stream) {
		close(fd);
		unlink(temporary);
		free(temporary);
		return refuse("FILE-106", "write", path);
	}
	w = mem_new(1, sizeof *w);
	*w = (struct file_writer){ .path = mem_copy_text(path), .temporary = temporary, .stream = stream };
	*out = w;
	return RC_OK;
}

FILE *file_stream(struct file_writer *w)
{
	return w->stream;
}

static void writer_free(struct file_writer *w)
{
	free(w->path);
	free(w->temporary);
	free(w);
}

/* The rename itself must reach the disk. Not every file system can sync a folder: that is no failure. */
static enum rc sync_folder(const char *path)
{
	size_t n = folder_length(path);
	char *folder = n ? mem_copy_span(path, n) : mem_copy_text(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum rc rc = RC_OK;

	if (fd >= 0 && fsync(fd) != 0 && errno != EINVAL && errno != ENOTSUP)
		rc = refuse("FILE-107", "sync the folder of", path);
	if (fd >= 0)
		close(fd);
	free(folder);
	return rc;
}

enum rc file_commit(struct file_writer *w)
{
	bool good = fflush(w->stream) == 0 && !ferror(w->stream) && fsync(fileno(w->stream)) == 0;
	enum rc rc = good ? RC_OK : refuse("FILE-107", "write", w->path);

	if (fclose(w->stream) != 0 && rc == RC_OK)
		rc = refuse("FILE-107", "write", w->path);
	if (rc == RC_OK && rename(w->temporary, w->path) != 0)
		rc = refuse("FILE-107", "rename the finished file to", w->path);
	if (rc == RC_OK)
		rc = sync_folder(w->path);
	else
		unlink(w->temporary);
	writer_free(w);
	return rc;
}

void file_abandon(struct file_writer *w)
{
	if (!w)
		return;
	fclose(w->stream);
	unlink(w->temporary);
	writer_free(w);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

enum rc file_make_folder(const char *path)
{
	char *part = mem_copy_text(path);
	enum rc rc = RC_OK;

	for (size_t i = 1; rc == RC_OK && *path && i <= strlen(path); i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		part[i] = '\0';
		/* Asked first: on a read-only disk mkdir may not say that it exists. */
		if (!is_folder(part) && mkdir(part, 0700) != 0 && !(errno == EEXIST && is_folder(part)))
			rc = refuse("FILE-108", "make the folder", part);
		part[i] = path[i];
	}
	free(part);
	return rc;
}

bool file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool file_is_folder(const char *path)
{
	return is_folder(path);
}

char *file_beside(struct arena *a, const char *path, const char *name)
{
	if (name[0] == '/')
		return arena_text(a, name);
	return arena_printf(a, "%.*s%s", (int)folder_length(path), path, name);
}

const char *file_base_name(const char *path)
{
	return path + folder_length(path);
}
