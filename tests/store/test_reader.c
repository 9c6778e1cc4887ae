/* Readers where they cannot write, what they leave behind, and other programs at the same file. */
#include "config.h"

#include "store/store.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kit.h"
#include "store/query.h"

TestSuite(reader, .init = kit_setup, .fini = kit_teardown);

enum { NOBODY = 65534 };

static bool is_there(const char *name)
{
	struct stat st;

	return lstat(kit_path(name), &st) == 0;
}

static int64_t people(struct store *s)
{
	int64_t n = -1;

	kit_ok(query_get_int(s, "statement/count", &n, ""));
	return n;
}

/* Root may write everywhere: what is asked of rights is asked in a child that is nobody. */
static int as_nobody(int (*what)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(geteuid() == 0 && setuid(NOBODY) != 0 ? 99 : what());
	cr_assert(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int read_three(void)
{
	struct store *s = NULL;
	int64_t n = 0;

	if (store_open(kit_path("t.clv"), STORE_READ, &s) != RC_OK || store_begin(s) != RC_OK)
		return 1;
	if (query_get_int(s, "statement/count", &n, "") != RC_OK || n != 3)
		return 2;
	if (store_check(s, false) != RC_OK || store_check_schema(s) != RC_OK)
		return 3;
	store_rollback(s);
	store_close(s);
	return 0;
}

static int is_told_of_the_log(void)
{
	struct store *s = NULL;
	const struct err *e = err_get();

	return store_open(kit_path("t.clv"), STORE_READ, &s) == RC_IO && strcmp(e->id, "STORE-123") == 0 && e->todo[0] != '\0' ? 0 : 1;
}

static int is_told_of_rights(void)
{
	struct store_lock *l = NULL;
	const struct err *e = err_get();

	return store_lock(kit_path("t.clv"), "x", &l) == RC_IO && strcmp(e->id, "STORE-121") == 0 && e->todo[0] != '\0' ? 0 : 1;
}

static void bar(mode_t folder, mode_t file)
{
	cr_assert(chmod(kit_path("t.clv"), file) == 0 && chmod(kit_path("."), folder) == 0);
}

Test(reader, reads_where_nothing_can_be_written)
{
	struct store *s = kit_store();

	kit_rows(s, 3);
	store_close(s);
	bar(0555, 0444);
	cr_assert_eq(as_nobody(read_three), 0);
	bar(0555, 0666);
	cr_assert_eq(as_nobody(read_three), 0);
	cr_assert_eq(as_nobody(is_told_of_rights), 0);
	bar(0777, 0444);
	cr_assert_eq(as_nobody(read_three), 0);
	bar(0700, 0600);
	cr_assert_not(is_there("t.clv-wal") || is_there("t.clv-shm"));
}

/* An odd name: what stands for something in a URI. */
Test(reader, a_name_is_a_name)
{
	struct store *s = NULL;
	const char *odd = kit_path("a?b#c%41 \xc3\xa9&immutable=0.clv");

	kit_ok(store_open(odd, STORE_CREATE, &s));
	store_close(s);
	cr_assert(rename(odd, kit_path("t.clv")) == 0);
	s = kit_store();
	kit_rows(s, 3);
	store_close(s);
	cr_assert(rename(kit_path("t.clv"), odd) == 0);
	cr_assert(chmod(odd, 0444) == 0 && chmod(kit_path("."), 0555) == 0);
	if (geteuid() == 0)
		cr_assert(setuid(NOBODY) == 0);
	kit_ok(store_open(odd, STORE_READ, &s));
	cr_assert_eq(people(s), 3);
	store_close(s);
}

/* A copy of a store in work: the file and its log, as a crash leaves them. */
static void copy(const char *from, const char *to)
{
	char buf[4096];
	FILE *in = fopen(kit_path(from), "rb"), *out = fopen(kit_path(to), "wb");
	size_t n;

	cr_assert(in != NULL && out != NULL);
	while ((n = fread(buf, 1, sizeof buf, in)) > 0)
		cr_assert(fwrite(buf, 1, n, out) == n);
	fclose(in);
	cr_assert(fclose(out) == 0);
}

static void crashed_copy(void)
{
	struct store *s = NULL;

	kit_ok(store_open(kit_path("live.clv"), STORE_CREATE, &s));
	kit_rows(s, 3);
	copy("live.clv", "t.clv");
	copy("live.clv-wal", "t.clv-wal");
	store_close(s);
}

Test(reader, says_what_to_do_about_a_log_that_cannot_be_used)
{
	crashed_copy();
	bar(0555, 0444);
	cr_assert(chmod(kit_path("t.clv-wal"), 0444) == 0);
	cr_assert_eq(as_nobody(is_told_of_the_log), 0);
	bar(0700, 0600);
}

Test(reader, leaves_nothing_behind)
{
	struct store *s = kit_store(), *two;

	kit_rows(s, 3);
	store_close(s);
	s = kit_reader();
	two = kit_reader();
	kit_ok(store_begin(s));
	cr_assert_eq(people(s) + people(two), 6);
	store_rollback(s);
	store_close(s);
	cr_assert_eq(people(two), 3);
	store_close(two);
	cr_assert_not(is_there("t.clv-wal") || is_there("t.clv-shm"));
}

Test(reader, recovers_what_a_crash_left)
{
	struct store *s;

	crashed_copy();
	s = kit_reader();
	cr_assert_eq(people(s), 3);
	store_close(s);
	cr_assert_not(is_there("t.clv-wal") || is_there("t.clv-shm"));
	s = kit_reader();
	cr_assert_eq(people(s), 3);
	store_close(s);
}

Test(reader, writes_nothing)
{
	struct store *s = kit_store();

	kit_rows(s, 3);
	store_close(s);
	s = kit_reader();
	kit_fails(query_run(s, "statement/empty", ""), RC_IO, "STORE-114", "readonly");
	kit_fails(query_script(s, "statement/script"), RC_IO, "STORE-114", "readonly");
	cr_assert_eq(people(s), 3);
	store_close(s);
}

Test(reader, another_program_that_writes_is_not_us)
{
	struct store *s = kit_store();
	struct store_lock *l = NULL;
	sqlite3 *shell;

	kit_ok(store_lock(kit_path("t.clv"), "import of a.csv", &l));
	cr_assert(sqlite3_open(kit_path("t.clv"), &shell) == SQLITE_OK);
	cr_assert(sqlite3_exec(shell, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK);
	kit_fails(store_begin(s), RC_BUSY, "STORE-111", "another program, not clv");
	cr_assert(sqlite3_exec(shell, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
	kit_ok(store_begin(s));
	store_rollback(s);
	sqlite3_close(shell);
	store_unlock(l);
	store_close(s);
}

Test(reader, the_lock_names_a_missing_folder)
{
	struct store_lock *l = NULL;

	kit_fails(store_lock(kit_path("nowhere/t.clv"), "x", &l), RC_IO, "STORE-124", "there is no folder");
	kit_fails(store_lock("", "x", &l), RC_IO, "STORE-102", "empty");
	kit_fails(store_lock(kit_path(""), "x", &l), RC_IO, "STORE-102", "folder");
	cr_assert(access(".lock", F_OK) != 0);
}
