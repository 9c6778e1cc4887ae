#include "config.h"

#include "store/store.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kit.h"

TestSuite(lock, .init = kit_setup, .fini = kit_teardown);

/* A child that takes the lock, says so, and waits to be killed. */
static pid_t start_holder(const char *path, const char *command)
{
	int ready[2];
	char c;
	pid_t child;

	cr_assert(pipe(ready) == 0);
	child = fork();
	if (child == 0) {
		struct store_lock *l;

		if (store_lock(path, command, &l) != RC_OK || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(ready[1]);
	cr_assert(read(ready[0], &c, 1) == 1);
	close(ready[0]);
	return child;
}

static void end_holder(pid_t child)
{
	int status;

	kill(child, SIGKILL);
	cr_assert(waitpid(child, &status, 0) == child);
}

Test(lock, is_free_then_held_then_free)
{
	const char *path = kit_path("t.clv");
	struct store_lock *l = NULL;
	char who[200];

	cr_assert_not(store_lock_holder(path, who, sizeof who));
	kit_ok(store_lock(path, "import a.csv", &l));
	cr_assert(store_lock_holder(path, who, sizeof who));
	cr_assert(strstr(who, "import a.csv") != NULL && strstr(who, "pid ") == who && strstr(who, "since ") != NULL, "%s", who);
	cr_assert(strchr(who, '\n') == NULL);
	store_unlock(l);
	store_unlock(NULL);
	cr_assert_not(store_lock_holder(path, who, sizeof who));
	cr_assert(access(kit_path("t.clv.lock"), F_OK) != 0);
}

Test(lock, a_second_one_is_told_who)
{
	const char *path = kit_path("t.clv");
	struct store_lock *l = NULL;
	char pid[32];
	pid_t child = start_holder(path, "run");

	snprintf(pid, sizeof pid, "pid %ld, run", (long)child);
	kit_fails(store_lock(path, "approve", &l), RC_BUSY, "STORE-120", pid);
	cr_assert(l == NULL);
	end_holder(child);
	kit_ok(store_lock(path, "approve", &l));
	store_unlock(l);
}

Test(lock, also_within_one_process)
{
	const char *path = kit_path("t.clv");
	struct store_lock *one = NULL, *two = NULL;

	kit_ok(store_lock(path, "one", &one));
	kit_fails(store_lock(path, "two", &two), RC_BUSY, "STORE-120", "one");
	store_unlock(one);
	kit_ok(store_lock(path, "two", &two));
	store_unlock(two);
}

Test(lock, text_left_by_the_dead_does_not_lock)
{
	const char *path = kit_path("t.clv");
	struct store_lock *l = NULL;
	char who[200];

	end_holder(start_holder(path, "a very long command that leaves a longer text than the next one"));
	cr_assert(access(kit_path("t.clv.lock"), F_OK) == 0);
	cr_assert_not(store_lock_holder(path, who, sizeof who));
	kit_ok(store_lock(path, "b", &l));
	cr_assert(store_lock_holder(path, who, sizeof who));
	cr_assert(strstr(who, "long") == NULL);
	store_unlock(l);
}

Test(lock, escapes_what_it_shows_and_refuses_links)
{
	const char *path = kit_path("t.clv");
	struct store_lock *l = NULL;
	char who[200];
	struct stat st;

	kit_ok(store_lock(path, "import \x1b[31mx", &l));
	cr_assert(store_lock_holder(path, who, sizeof who));
	cr_assert(strchr(who, '\x1b') == NULL);
	cr_assert(stat(kit_path("t.clv.lock"), &st) == 0 && (st.st_mode & 07777) == 0600);
	store_unlock(l);
	cr_assert(symlink("victim", kit_path("t.clv.lock")) == 0);
	kit_fails(store_lock(path, "x", &l), RC_IO, "STORE-121", "lock file");
	cr_assert(access(kit_path("victim"), F_OK) != 0);
}

/* Many takers at once: never two holders, and every one gets its turn. */
Test(lock, one_at_a_time)
{
	enum { CHILDREN = 6, TURNS = 25 };
	const char *path = kit_path("t.clv"), *mark = kit_path("mark");
	int status, bad = 0;

	for (int i = 0; i < CHILDREN; i++) {
		if (fork() != 0)
			continue;
		for (int turn = 0; turn < TURNS;) {
			struct store_lock *l;
			int fd;

			if (store_lock(path, "x", &l) != RC_OK) {
				usleep(500);
				continue;
			}
			fd = open(mark, O_CREAT | O_EXCL | O_WRONLY, 0600);
			if (fd < 0)
				_exit(1);
			close(fd);
			unlink(mark);
			store_unlock(l);
			turn++;
		}
		_exit(0);
	}
	for (int i = 0; i < CHILDREN; i++) {
		wait(&status);
		bad += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
	}
	cr_assert_eq(bad, 0);
}
