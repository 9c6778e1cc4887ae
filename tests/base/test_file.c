/* Files: what may be read, that a write is whole or not there, and that it leaves nothing behind. */
#include "config.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

struct place { struct arena *a; char folder[32]; };

static struct place here(void)
{
	struct place p = { .a = arena_new(), .folder = "/tmp/clv-file-XXXXXX" };

	cr_assert_not_null(mkdtemp(p.folder));
	return p;
}

static const char *in(struct place *p, const char *name)
{
	return arena_printf(p->a, "%s/%s", p->folder, name);
}

static size_t entries(struct place *p)
{
	DIR *d = opendir(p->folder);
	size_t n = 0;

	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	fputs(text, f);
	fclose(f);
}

static void check_content(struct place *p, const char *path, const char *want)
{
	char *text;
	size_t n;

	cr_assert_eq(file_read(p->a, path, 1000, &text, &n), RC_OK, "%s", err_get()->why);
	cr_assert_eq(n, strlen(want));
	cr_assert_str_eq(text, want);
}

static void leave(struct place *p)
{
	DIR *d = opendir(p->folder);
	struct dirent *e;

	while ((e = readdir(d)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			remove(in(p, e->d_name));
	closedir(d);
	rmdir(p->folder);
	arena_free(p->a);
}

Test(file, reads_up_to_the_limit)
{
	struct place p = here();
	char *text = NULL;
	size_t n = 99;

	put(in(&p, "a"), "12345");
	check_content(&p, in(&p, "a"), "12345");
	cr_assert_eq(file_read(p.a, in(&p, "a"), 5, &text, &n), RC_OK);
	text = NULL;
	n = 99;
	cr_assert_eq(file_read(p.a, in(&p, "a"), 4, &text, &n), RC_IO);
	cr_assert_str_eq(err_get()->id, "FILE-103");
	cr_assert_null(text);
	cr_assert_eq(n, 99);
	put(in(&p, "empty"), "");
	check_content(&p, in(&p, "empty"), "");
	cr_assert_eq(file_read(p.a, "/proc/self/status", 100000, &text, &n), RC_OK);
	cr_assert_gt(n, 0);
	leave(&p);
}

Test(file, says_what_it_cannot_read)
{
	struct place p = here();
	char *text;
	size_t n;

	cr_assert_eq(file_read(p.a, in(&p, "none"), 10, &text, &n), RC_IO);
	cr_assert_not_null(strstr(err_get()->why, "No such file"));
	cr_assert_eq(file_read(p.a, p.folder, 10, &text, &n), RC_IO);
	cr_assert_not_null(strstr(err_get()->why, "a folder"));
	cr_assert_eq(mkfifo(in(&p, "pipe"), 0600), 0);
	cr_assert_eq(file_read(p.a, in(&p, "pipe"), 10, &text, &n), RC_IO);
	cr_assert_eq(file_read(p.a, "/dev/null", 10, &text, &n), RC_IO);
	leave(&p);
}

Test(file, nothing_is_there_before_commit)
{
	struct place p = here();
	struct file_writer *w;
	struct stat st;

	cr_assert_eq(file_create(in(&p, "out"), &w), RC_OK);
	fputs("new", file_stream(w));
	fflush(file_stream(w));
	cr_assert_not(file_exists(in(&p, "out")));
	cr_assert_eq(entries(&p), 1);
	cr_assert_eq(file_commit(w), RC_OK);
	check_content(&p, in(&p, "out"), "new");
	cr_assert_eq(entries(&p), 1);
	cr_assert_eq(stat(in(&p, "out"), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0600);
	leave(&p);
}

Test(file, the_old_file_stays_until_commit)
{
	struct place p = here();
	struct file_writer *w, *other;

	put(in(&p, "out"), "old");
	cr_assert_eq(file_create(in(&p, "out"), &w), RC_OK);
	cr_assert_eq(file_create(in(&p, "out"), &other), RC_OK);
	fputs("new", file_stream(w));
	fputs("never", file_stream(other));
	fflush(file_stream(w));
	check_content(&p, in(&p, "out"), "old");
	file_abandon(other);
	check_content(&p, in(&p, "out"), "old");
	cr_assert_eq(file_commit(w), RC_OK);
	check_content(&p, in(&p, "out"), "new");
	cr_assert_eq(entries(&p), 1);
	file_abandon(NULL);
	leave(&p);
}

Test(file, a_failed_write_leaves_the_old_file)
{
	struct place p = here();
	struct rlimit limit = { .rlim_cur = 64 * 1024, .rlim_max = 64 * 1024 };
	struct file_writer *w;

	put(in(&p, "out"), "old");
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	cr_assert_eq(file_create(in(&p, "out"), &w), RC_OK);
	for (int i = 0; i < 100000; i++)
		fputs("more than fits", file_stream(w));
	cr_assert_eq(file_commit(w), RC_IO);
	cr_assert_str_eq(err_get()->id, "FILE-107");
	check_content(&p, in(&p, "out"), "old");
	cr_assert_eq(entries(&p), 1);
	leave(&p);
}

Test(file, a_folder_in_the_way_at_commit_leaves_nothing_behind)
{
	struct place p = here();
	struct file_writer *w;

	cr_assert_eq(file_create(in(&p, "out"), &w), RC_OK);
	cr_assert_eq(mkdir(in(&p, "out"), 0700), 0);
	cr_assert_eq(file_commit(w), RC_IO);
	cr_assert(file_is_folder(in(&p, "out")));
	cr_assert_eq(entries(&p), 1);
	leave(&p);
}

Test(file, folders_devices_and_pipes_are_not_replaced)
{
	struct place p = here();
	struct file_writer *w = NULL;

	cr_assert_eq(symlink("/dev/null", in(&p, "link")), 0);
	cr_assert_eq(mkfifo(in(&p, "pipe"), 0600), 0);
	cr_assert_eq(file_create("/dev/null", &w), RC_IO);
	cr_assert_eq(file_create(in(&p, "link"), &w), RC_IO);
	cr_assert_eq(file_create(in(&p, "pipe"), &w), RC_IO);
	cr_assert_eq(file_create(p.folder, &w), RC_IO);
	cr_assert_eq(file_create(in(&p, "none/out"), &w), RC_IO);
	cr_assert_eq(file_create(in(&p, "none/"), &w), RC_IO);
	cr_assert_eq(file_create("", &w), RC_IO);
	cr_assert_null(w);
	leave(&p);
}

Test(file, a_temporary_name_taken_by_a_link_is_not_followed)
{
	struct place p = here();
	struct file_writer *w;

	put(in(&p, "victim"), "safe");
	cr_assert_eq(symlink("victim", arena_printf(p.a, "%s/.out.%ld-0.tmp", p.folder, (long)getpid())), 0);
	cr_assert_eq(file_create(in(&p, "out"), &w), RC_OK);
	fputs("new", file_stream(w));
	cr_assert_eq(file_commit(w), RC_OK);
	check_content(&p, in(&p, "victim"), "safe");
	check_content(&p, in(&p, "out"), "new");
	leave(&p);
}

Test(file, what_a_killed_process_left_goes_and_nothing_else)
{
	struct place p = here();
	struct file_writer *w;
	pid_t gone = fork();

	if (gone == 0)
		_exit(0);
	cr_assert_eq(waitpid(gone, NULL, 0), gone);
	const char *stale = arena_printf(p.a, ".out.%ld-0.tmp", (long)gone), *keep[] = {
		arena_printf(p.a, ".out.%ld-7.tmp", (long)getpid()), arena_printf(p.a, ".other.%ld-0.tmp", (long)gone),
		arena_printf(p.a, ".out.%ld-0.tmp.old", (long)gone), arena_printf(p.a, ".out.x.%ld-0.tmp", (long)gone),
		arena_printf(p.a, "out.%ld-0.tmp", (long)gone), ".out.-1-0.tmp", ".out.0-0.tmp", ".out.99999999999999999999-0.tmp",
	};

	put(in(&p, stale), "half");
	for (size_t i = 0; i < sizeof keep / sizeof keep[0]; i++)
		put(in(&p, keep[i]), "");
	cr_assert_eq(file_create(in(&p, "out"), &w), RC_OK);
	cr_expect(!file_exists(in(&p, stale)));
	for (size_t i = 0; i < sizeof keep / sizeof keep[0]; i++)
		cr_expect(file_exists(in(&p, keep[i])), "%s", keep[i]);
	file_abandon(w);
	leave(&p);
}

Test(file, the_longest_name_can_be_written)
{
	struct place p = here();
	struct file_writer *w;
	char name[256];

	memset(name, 'n', 255);
	name[255] = '\0';
	cr_assert_eq(file_create(in(&p, name), &w), RC_OK);
	cr_assert_eq(file_commit(w), RC_OK);
	cr_assert(file_exists(in(&p, name)));
	leave(&p);
}

Test(file, folders_with_parents)
{
	struct place p = here();
	struct stat st;

	cr_assert_eq(file_make_folder(in(&p, "a/b//c/")), RC_OK);
	cr_assert_eq(file_make_folder(in(&p, "a/b/c")), RC_OK);
	cr_assert(file_is_folder(in(&p, "a/b/c")));
	cr_assert_eq(stat(in(&p, "a"), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0700);
	put(in(&p, "f"), "");
	cr_assert_eq(file_make_folder(in(&p, "f")), RC_IO);
	cr_assert_eq(file_make_folder(in(&p, "f/g")), RC_IO);
	rmdir(in(&p, "a/b/c"));
	rmdir(in(&p, "a/b"));
	leave(&p);
}

Test(file, names)
{
	struct arena *a = arena_new();

	cr_assert_str_eq(file_beside(a, "x/y/z.csv", "w"), "x/y/w");
	cr_assert_str_eq(file_beside(a, "z.csv", "w"), "w");
	cr_assert_str_eq(file_beside(a, "/z.csv", "w"), "/w");
	cr_assert_str_eq(file_base_name("x/y/z.csv"), "z.csv");
	cr_assert_str_eq(file_base_name("z.csv"), "z.csv");
	cr_assert_str_eq(file_base_name("x/"), "");
	arena_free(a);
}
