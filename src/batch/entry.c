/* What the words of a call without --batch mean: a store, files to import, or a command that was meant for --batch. Opens nothing but
 * to see what it is. */
#include "config.h"

#include "batch/entry_priv.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/project.h"
#include "base/file.h"
#include "base/str.h"
#include "store/store.h"

#define NEAREST_MOST 256

/* A store says so in its name or in its first bytes. Read before this process opens any store. */
static bool is_store(const char *path)
{
	char  head[16] = "";
	FILE *f = NULL;
	if (str_ends(path, ".clv"))
		return true;
	if (!file_exists(path) || file_open(path, &f)) {
		err_clear();
		return false;
	}
	bool store = fread(head, 1, sizeof head, f) == sizeof head && !memcmp(head, "SQLite format 3", sizeof head);
	fclose(f);
	return store;
}

/* No file of that name: the nearest one in its folder is named. */
static enum rc not_there(struct arena *a, const char *path)
{
	const char *names[NEAREST_MOST], *base = file_base_name(path);
	char       *folder = base == path ? arena_text(a, ".") : arena_span(a, path, (size_t)(base - path));
	size_t      n = 0;
	DIR        *d = opendir(folder);
	for (const struct dirent *e; d && n < NEAREST_MOST && (e = readdir(d));)
		if (e->d_name[0] != '.')
			names[n++] = arena_text(a, e->d_name);
	if (d)
		closedir(d);
	const char *near = str_nearest(base, names, n);
	enum rc     rc = err_set(RC_IO, "CMD-183", "there is no file %s", path);
	return near ? err_do(rc, "did you mean %.*s%s?", (int)(base - path), path, near)
	            : err_do(rc, "check the name; a call without words opens the store clv.clv of this folder");
}

static enum rc check_file(struct arena *a, const char *path)
{
	FILE *f = NULL;
	bool  command = command_find(path) != NULL;
	if (!file_exists(path) && command)
		return err_do(err_set(RC_USAGE, "CMD-184", "'%s' is a command, and without --batch a call opens the workbench", path),
		              "clv --batch %s ... runs it", path);
	if (!file_exists(path))
		return not_there(a, path);
	enum rc rc = file_open(path, &f);
	if (!rc)
		fclose(f);
	return rc;
}

/* The store among the words, and the files that are left. */
static enum rc sort_words(const struct words *w, struct arena *a, struct screen_ask *ask)
{
	const char **file = arena_alloc(a, w->count + 1, sizeof *file);
	enum rc      rc = RC_OK;
	ask->store_path = w->store;
	for (size_t i = 0; !rc && i < w->count; i++) {
		if (!strcmp(w->word[i], "--"))
			continue;
		if (!is_store(w->word[i])) {
			rc = check_file(a, w->word[i]);
			file[ask->files++] = w->word[i];
		} else if (ask->store_path) {
			rc = err_do(err_set(RC_USAGE, "CMD-185", "%s and %s are two stores", ask->store_path, w->word[i]), "give one of them");
		} else {
			ask->store_path = w->word[i];
		}
	}
	ask->file = file;
	return rc;
}

/* A store that was named must be there, unless there are files to make it from. */
static enum rc check_store(const struct screen_ask *ask, bool named)
{
	struct store *none = NULL;
	if (!named || ask->files || file_exists(ask->store_path))
		return RC_OK;
	return store_open(ask->store_path, STORE_READ, &none);
}

bool entry_is_demo(const struct words *w)
{
	return w->count == 1 && !strcmp(w->word[0], "demo") && !file_exists("demo");
}

enum rc entry_workbench(const struct words *w, struct arena *a, const struct screen *screen, int *signal)
{
	struct screen_ask ask = { .arena = a, .glyphs = w->glyphs, .readonly = w->readonly };
	struct project    project = { 0 };
	enum rc           rc = entry_is_demo(w) ? RC_OK : sort_words(w, a, &ask);
	rc = rc ? rc : screen->check();
	rc = rc ? rc : project_open(a, ask.store_path ? ask.store_path : w->store, w->config, w->override, w->overrides, &project);
	if (!rc) {
		ask.store_path = project.store_path;
		ask.config_path = project.config_path;
		ask.settings = project.settings;
		rc = check_store(&ask, project.store_named);
	}
	rc = rc ? rc : screen->workbench(&ask, signal);
	project_close(&project);
	return rc;
}
