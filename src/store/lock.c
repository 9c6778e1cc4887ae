/* One writing job at a time: a lock file beside the store, held by flock, so that the kernel frees it with the
 * process. The file is taken away by its holder; who gets a lock on a file that is no longer there tries again. */
#include "config.h"

#include "store/store_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { TRIES = 20, PAUSE_MS = 10, TEXT_MAX = 400 };

struct store_lock { int fd; char *path; };

static char *lock_path(const char *path)
{
	struct str t = { 0 };

	str_add(&t, path);
	str_add(&t, ".lock");
	return str_take(&t);
}

static void pause_a_little(void)
{
	struct timespec t = { .tv_nsec = PAUSE_MS * 1000000L };

	nanosleep(&t, NULL);
}

static int open_lock(const char *path, int flags)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0600);
	while (fd < 0 && errno == EINTR);
	return fd;
}

static bool try_flock(int fd, int how)
{
	int r;

	do
		r = flock(fd, how | LOCK_NB);
	while (r != 0 && errno == EINTR);
	return r == 0;
}

/* Does the descriptor still stand for the file of that name? */
static bool still_named(int fd, const char *path)
{
	struct stat by_fd, by_name;

	return fstat(fd, &by_fd) == 0 && lstat(path, &by_name) == 0 && by_fd.st_dev == by_name.st_dev
		&& by_fd.st_ino == by_name.st_ino;
}

/* What the holder wrote, made safe to show. Empty when it has not written yet. */
static void read_text(int fd, char *text, size_t size)
{
	char raw[TEXT_MAX];
	struct str t = { 0 };
	ssize_t n = pread(fd, raw, sizeof raw, 0);
	size_t len = n > 0 ? (size_t)n : 0;

	while (len > 0 && raw[len - 1] == '\n')
		len--;
	str_add(&t, "");
	str_add_visible(&t, raw, len);
	len = t.n < size ? t.n : size - 1;
	if (len > 0)
		memcpy(text, t.s, len);
	text[len] = '\0';
	str_clear(&t);
}

static enum rc write_text(int fd, const char *command)
{
	char now[32];
	struct str t = { 0 };
	ssize_t n;
	bool ok;

	clock_now(now);
	str_addf(&t, "pid %ld, ", (long)getpid());
	str_add_visible(&t, command, strnlen(command, TEXT_MAX / 2));
	str_addf(&t, ", since %s\n", now);
	n = pwrite(fd, t.s, t.n, 0);
	ok = n == (ssize_t)t.n && ftruncate(fd, (off_t)t.n) == 0;
	str_clear(&t);
	return ok ? RC_OK : err_set(RC_IO, "STORE-122", "cannot write the lock file: %s", strerror(errno));
}

static enum rc cannot_open(const char *name)
{
	char *folder = mem_copy_span(name, (size_t)(file_base_name(name) - name));
	struct stat st;
	int why = errno;
	bool missing = why == ENOENT && folder[0] != '\0' && stat(folder, &st) != 0;
	enum rc rc = RC_IO;

	if (missing)
		rc = err_do(err_set(RC_IO, "STORE-124", "there is no folder %s", folder), "check the name, or make the folder first");
	free(folder);
	if (missing)
		return rc;
	errno = why;
	if (why == EACCES || why == EROFS)
		return err_do(err_set(RC_IO, "STORE-121", "cannot open the lock file %s: %s", name, strerror(why)),
			"writing needs a folder that can be written to; copy the store to one");
	return err_set(RC_IO, "STORE-121", "cannot open the lock file %s: %s", name, strerror(errno));
}

/* One attempt: RC_OK with *fd >= 0 when held, RC_OK with *fd < 0 when somebody else holds it (text says who). */
static enum rc attempt(const char *name, int *fd, char *text, size_t size)
{
	struct stat st;
	int f = open_lock(name, O_RDWR | O_CREAT);

	*fd = -1;
	text[0] = '\0';
	if (f < 0)
		return cannot_open(name);
	if (fstat(f, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(f);
		return err_set(RC_IO, "STORE-121", "%s is not a regular file", name);
	}
	if (!try_flock(f, LOCK_EX)) {
		read_text(f, text, size);
		close(f);
	} else if (!still_named(f, name)) {
		close(f);
	} else {
		*fd = f;
	}
	return RC_OK;
}

enum rc store_check_name(const char *path)
{
	if (path[0] == '\0')
		return err_do(err_set(RC_IO, "STORE-102", "the name of the store is empty"), "name a file: -s shop.clv");
	if (file_base_name(path)[0] == '\0')
		return err_do(err_set(RC_IO, "STORE-102", "'%s' is a folder, not a store", path), "name a file in it");
	return RC_OK;
}

bool lock_is_ours(const char *text)
{
	long pid = 0;

	return sscanf(text, "pid %ld,", &pid) == 1 && pid == (long)getpid();
}

enum rc store_lock(const char *path, const char *command, struct store_lock **out)
{
	char *name = lock_path(path), holder[TEXT_MAX] = "";
	struct store_lock *l;
	int fd = -1;
	enum rc rc = store_check_name(path);

	/* A lock without text is one being taken, given up or only looked at: it is worth another try. */
	for (int i = 0; rc == RC_OK && fd < 0 && holder[0] == '\0' && i < TRIES; i++) {
		if (i > 0)
			pause_a_little();
		rc = attempt(name, &fd, holder, sizeof holder);
	}
	if (rc == RC_OK && fd < 0)
		rc = err_do(err_set(RC_BUSY, "STORE-120", "%s is being written by another job: %s", path,
				holder[0] != '\0' ? holder : "it does not say which"),
			"wait for it to end, or stop it; reading is possible meanwhile");
	if (rc == RC_OK)
		rc = write_text(fd, command);
	if (rc != RC_OK) {
		if (fd >= 0)
			close(fd);
		free(name);
		return rc;
	}
	l = mem_new(1, sizeof *l);
	*l = (struct store_lock){ .fd = fd, .path = name };
	*out = l;
	return RC_OK;
}

void store_unlock(struct store_lock *l)
{
	if (l == NULL)
		return;
	if (still_named(l->fd, l->path))
		unlink(l->path);
	close(l->fd);
	free(l->path);
	free(l);
}

bool store_lock_holder(const char *path, char *text, size_t size)
{
	char *name = lock_path(path);
	int fd = open_lock(name, O_RDONLY);
	bool held = false;

	if (size > 0)
		text[0] = '\0';
	if (fd >= 0 && !try_flock(fd, LOCK_SH)) {
		held = errno == EWOULDBLOCK;
		if (held && size > 0)
			read_text(fd, text, size);
	}
	if (fd >= 0)
		close(fd);
	free(name);
	return held;
}
