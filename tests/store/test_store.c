#include "config.h"

#include "store/store.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kit.h"
#include "store/query.h"

TestSuite(store, .init = kit_setup, .fini = kit_teardown);

static mode_t mode_of(const char *path)
{
	struct stat st;

	cr_assert(lstat(path, &st) == 0, "%s", path);
	return st.st_mode & 07777;
}

static bool is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* Change bytes of a closed store's header; nobody holds a lock on it. */
static void poke(const char *path, off_t at, const void *bytes, size_t n)
{
	int fd = open(path, O_WRONLY);

	cr_assert(fd >= 0 && pwrite(fd, bytes, n, at) == (ssize_t)n);
	close(fd);
}

static int64_t number(struct store *s, const char *name)
{
	int64_t n = -1;

	kit_ok(query_get_int(s, name, &n, ""));
	return n;
}

Test(store, is_created_private_and_found_again)
{
	struct store *s;

	umask(0);
	s = kit_store();
	cr_assert_eq(mode_of(kit_path("t.clv")), 0600);
	cr_assert_eq(mode_of(kit_path("t.clv-wal")), 0600);
	cr_assert_eq(store_schema(s), 2);
	cr_assert_not(store_is_readonly(s));
	kit_rows(s, 3);
	store_close(s);
	cr_assert_not(is_there(kit_path("t.clv-wal")));
	s = kit_store();
	cr_assert_eq(number(s, "statement/count"), 3);
	kit_ok(store_check(s, false));
	kit_ok(store_check(s, true));
	store_close(s);
	s = kit_reader();
	cr_assert(store_is_readonly(s));
	cr_assert_eq(number(s, "statement/count"), 3);
	store_close(s);
}

Test(store, a_missing_one_names_the_nearest)
{
	struct store *s = NULL;

	store_close(kit_store());
	kit_fails(store_open(kit_path("tt.clv"), STORE_READ, &s), RC_IO, "STORE-101", "did you mean t.clv?");
	kit_fails(store_open(kit_path("something-else"), STORE_WRITE, &s), RC_IO, "STORE-101", "there is no store");
	kit_fails(store_open(kit_path("nowhere/t.clv"), STORE_CREATE, &s), RC_IO, "STORE-101", "folder is not there");
	kit_fails(store_open("", STORE_READ, &s), RC_IO, "STORE-102", "empty");
	kit_fails(store_open("", STORE_CREATE, &s), RC_IO, "STORE-102", "name a file");
	cr_assert(s == NULL);
	cr_assert_not(is_there(kit_path("tt.clv")));
}

Test(store, refuses_folders_links_and_devices)
{
	struct store *s = NULL;

	store_close(kit_store());
	cr_assert(mkdir(kit_path("d.clv"), 0700) == 0);
	cr_assert(symlink("t.clv", kit_path("l.clv")) == 0);
	cr_assert(symlink("new.clv", kit_path("m.clv")) == 0);
	cr_assert(mkfifo(kit_path("f.clv"), 0600) == 0);
	kit_fails(store_open(kit_path("d.clv"), STORE_CREATE, &s), RC_IO, "STORE-102", "folder");
	kit_fails(store_open(kit_path("d.clv/"), STORE_CREATE, &s), RC_IO, "STORE-102", "folder");
	kit_fails(store_open(kit_path("l.clv"), STORE_READ, &s), RC_IO, "STORE-103", "symbolic link");
	kit_fails(store_open(kit_path("m.clv"), STORE_CREATE, &s), RC_IO, "STORE-103", "symbolic link");
	kit_fails(store_open(kit_path("f.clv"), STORE_READ, &s), RC_IO, "STORE-102", "regular");
	cr_assert_not(is_there(kit_path("new.clv")));
}

Test(store, a_link_on_the_way_is_no_matter)
{
	struct store *s = NULL;

	cr_assert(mkdir(kit_path("d"), 0700) == 0);
	cr_assert(symlink("d", kit_path("way")) == 0);
	kit_ok(store_open(kit_path("way/t.clv"), STORE_CREATE, &s));
	store_close(s);
	cr_assert(unlink(kit_path("d/t.clv")) == 0);
}

Test(store, a_refused_file_stays_untouched)
{
	static const unsigned char newer[4] = { 0, 0, 0, 99 }, foreign[4] = { 1, 2, 3, 4 };
	struct store *s = NULL;
	struct stat before, after;
	FILE *f;

	store_close(kit_store());
	poke(kit_path("t.clv"), 60, newer, 4);
	cr_assert(stat(kit_path("t.clv"), &before) == 0);
	kit_fails(store_open(kit_path("t.clv"), STORE_CREATE, &s), RC_DAMAGED, "STORE-108", "schema 99");
	poke(kit_path("t.clv"), 68, foreign, 4);
	kit_fails(store_open(kit_path("t.clv"), STORE_WRITE, &s), RC_DAMAGED, "STORE-107", "not a clv store");
	kit_fails(store_open(kit_path("t.clv"), STORE_READ, &s), RC_DAMAGED, "STORE-107", "01020304");
	cr_assert(stat(kit_path("t.clv"), &after) == 0);
	cr_assert_eq(before.st_size, after.st_size);
	cr_assert_not(is_there(kit_path("t.clv-wal")));
	cr_assert_not(is_there(kit_path("t.clv-shm")));

	f = fopen(kit_path("text.clv"), "w");
	fputs("customer_id,order_date\n", f);
	fclose(f);
	kit_fails(store_open(kit_path("text.clv"), STORE_CREATE, &s), RC_DAMAGED, "STORE-106", "not a clv store");
	cr_assert_not(is_there(kit_path("text.clv-wal")));
}

Test(store, an_empty_file_may_be_filled_but_not_read)
{
	struct store *s = NULL;

	fclose(fopen(kit_path("t.clv"), "w"));
	kit_fails(store_open(kit_path("t.clv"), STORE_READ, &s), RC_DAMAGED, "STORE-106", "empty");
	s = kit_store();
	cr_assert_eq(store_schema(s), 2);
	store_close(s);
}

Test(store, a_damaged_one_is_said_to_be)
{
	struct store *s = kit_store();
	char junk[4096];
	enum rc rc;

	kit_rows(s, 5000);
	kit_ok(store_checkpoint(s));
	store_close(s);
	memset(junk, 0xa5, sizeof junk);
	for (off_t at = 3 * 8192; at < 20 * 8192; at += 8192)
		poke(kit_path("t.clv"), at, junk, sizeof junk);
	rc = store_open(kit_path("t.clv"), STORE_WRITE, &s);
	if (rc == RC_OK) {
		rc = store_check(s, true);
		store_close(s);
	}
	cr_assert(rc == RC_DAMAGED, "%s", rc_name(rc));
}

Test(store, an_unreadable_one)
{
	struct store *s = NULL;

	store_close(kit_store());
	cr_assert(chmod(kit_path("t.clv"), 0) == 0);
	if (geteuid() == 0)
		cr_skip_test("root reads everything");
	kit_fails(store_open(kit_path("t.clv"), STORE_READ, &s), RC_IO, "STORE-104", "cannot read");
}

Test(store, transactions)
{
	struct store *s = kit_store();

	kit_ok(store_begin(s));
	cr_assert(store_in_transaction(s));
	kit_ok(query_run(s, "statement/insert", "itrn", (int64_t)1, "a", 1.0));
	cr_assert_eq(store_last_rowid(s), 1);
	store_rollback(s);
	cr_assert_not(store_in_transaction(s));
	store_rollback(s);
	cr_assert_eq(number(s, "statement/count"), 0);
	kit_ok(store_begin(s));
	kit_ok(query_run(s, "statement/insert", "itrn", (int64_t)1, "a", 1.0));
	kit_ok(store_commit(s));
	cr_assert_eq(number(s, "statement/count"), 1);
	cr_assert(store_changes(s) >= 2);
	store_close(s);
}

Test(store, a_second_writer_is_busy)
{
	struct store *one = kit_store(), *two = kit_store();

	kit_ok(store_begin(one));
	kit_fails(store_begin(two), RC_BUSY, "STORE-111", "busy");
	kit_ok(store_commit(one));
	kit_ok(store_begin(two));
	store_rollback(two);
	store_close(two);
	store_close(one);
}

Test(store, a_readers_snapshot_does_not_move)
{
	struct store *w = kit_store(), *r;

	kit_rows(w, 5);
	r = kit_reader();
	kit_ok(store_begin(r));
	cr_assert_eq(number(r, "statement/count"), 5);
	kit_ok(query_run(w, "statement/insert", "itrn", (int64_t)6, "new", 1.0));
	kit_ok(store_checkpoint(w));
	cr_assert_eq(number(r, "statement/count"), 5);
	cr_assert_eq(number(w, "statement/count"), 6);
	store_rollback(r);
	cr_assert_eq(number(r, "statement/count"), 6);
	store_close(r);
	store_close(w);
}

Test(store, cancel_stops_what_runs_and_what_comes)
{
	struct store *s = kit_store();
	atomic_bool stop = false;
	int64_t n = 0;

	store_watch(s, &stop);
	kit_ok(store_begin(s));
	kit_ok(query_run(s, "statement/insert", "itrn", (int64_t)1, "a", 1.0));
	atomic_store(&stop, true);
	kit_fails(query_get_int(s, "statement/long", &n, ""), RC_CANCELLED, "STORE-115", "statement/long");
	kit_fails(query_run(s, "statement/insert", "itrn", (int64_t)2, "b", 1.0), RC_CANCELLED, "STORE-115", "cancelled");
	cr_assert_eq(store_commit(s), RC_CANCELLED);
	store_rollback(s);
	cr_assert_not(store_in_transaction(s));
	store_watch(s, NULL);
	cr_assert_eq(number(s, "statement/count"), 0);
	store_close(s);
}

static atomic_bool stop_now;

static void set_stop(int signal_number)
{
	(void)signal_number;
	atomic_store(&stop_now, true);
}

Test(store, cancel_reaches_a_running_statement)
{
	struct store *s = kit_store();
	int64_t n = 0;

	store_watch(s, &stop_now);
	cr_assert(signal(SIGALRM, set_stop) != SIG_ERR);
	alarm(1);
	kit_fails(query_get_int(s, "statement/long", &n, ""), RC_CANCELLED, "STORE-115", "statement/long");
	store_close(s);
}

Test(store, a_killed_writer_leaves_nothing)
{
	struct store *s = kit_store();
	pid_t child;
	int pipefd[2], status;
	char c;

	kit_rows(s, 3);
	store_close(s);
	cr_assert(pipe(pipefd) == 0);
	child = fork();
	if (child == 0) {
		if (store_open(kit_path("t.clv"), STORE_WRITE, &s) != RC_OK || store_begin(s) != RC_OK
			|| query_run(s, "statement/insert", "itrn", (int64_t)9, "x", 1.0) != RC_OK || write(pipefd[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	cr_assert(read(pipefd[0], &c, 1) == 1);
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	s = kit_store();
	cr_assert_eq(number(s, "statement/count"), 3);
	kit_ok(store_check(s, false));
	store_close(s);
}

/* Killed at any moment of a transaction, a store has all of its rows or none. */
Test(store, killed_again_and_again)
{
	enum { ROUNDS = 20, ROWS = 2000 };
	struct store *s = kit_store();
	int64_t n;

	store_close(s);
	for (int round = 0; round < ROUNDS; round++) {
		pid_t child = fork();
		int status;

		if (child == 0) {
			if (store_open(kit_path("t.clv"), STORE_WRITE, &s) != RC_OK)
				_exit(1);
			for (;;) {
				kit_ok(query_run(s, "statement/empty", ""));
				kit_rows(s, ROWS);
				kit_ok(store_checkpoint(s));
			}
		}
		usleep((useconds_t)(2000 + 1700 * round));
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		cr_assert(WIFSIGNALED(status));
		s = kit_store();
		n = number(s, "statement/count");
		cr_assert(n == 0 || n == ROWS, "%lld", (long long)n);
		kit_ok(store_check(s, false));
		store_close(s);
	}
}

/* Any bytes changed: opening, checking and reading give an answer or a message. Sanitizers watch. */
Test(store, survives_changed_bytes)
{
	enum { ROUNDS = 150, CHANGES = 24 };
	struct store *s = kit_store();
	unsigned long seed = 7;
	struct stat st;

	kit_rows(s, 300);
	store_close(s);
	cr_assert(stat(kit_path("t.clv"), &st) == 0);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < CHANGES; i++) {
			unsigned char c;

			seed = seed * 6364136223846793005UL + 1442695040888963407UL;
			c = (unsigned char)(seed >> 56);
			/* The first 100 bytes now and then only, or nothing would ever be opened. */
			poke(kit_path("t.clv"), (off_t)((seed >> 16) % (unsigned long)st.st_size) + (round % 5 == 0 ? 0 : 100), &c, 1);
		}
		if (store_open(kit_path("t.clv"), round % 2 == 0 ? STORE_WRITE : STORE_READ, &s) == RC_OK) {
			int64_t n = 0;
			struct frame *f;

			(void)store_check(s, round % 3 == 0);
			(void)query_get_int(s, "statement/count", &n, "");
			(void)query_frame(s, kit_arena(), "report/people", &f, "n");
			store_close(s);
		}
		if (round % 10 == 9) {
			cr_assert(unlink(kit_path("t.clv")) == 0);
			unlink(kit_path("t.clv-wal"));
			unlink(kit_path("t.clv-shm"));
			s = kit_store();
			kit_rows(s, 300);
			store_close(s);
		}
	}
}

Test(store, a_failed_creation_leaves_no_file)
{
	struct store *s = NULL;

	cr_assert(chmod(kit_path("."), 0500) == 0);
	if (geteuid() != 0)
		kit_fails(store_open(kit_path("n.clv"), STORE_CREATE, &s), RC_IO, "STORE-105", "cannot make");
	cr_assert(chmod(kit_path("."), 0700) == 0);
	cr_assert_not(is_there(kit_path("n.clv")));
}
