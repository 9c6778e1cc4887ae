/* Folders as lists. Reads names, sizes and times, never a file. */
#include "config.h"

#include "tui/files_priv.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/day.h"
#include "base/str.h"

enum { FILES_MOST = 20000, OFFERED_MOST = 200 };

static bool has_ending(const char *name, const char *endings)
{
	const char *dot = strrchr(name, '.');
	if (!endings)
		return true;
	if (!dot)
		return false;
	for (const char *e = endings; *e;) {
		size_t n = strcspn(e, ";");
		if (strlen(dot + 1) == n && !strncasecmp(dot + 1, e, n))
			return true;
		e += n + (e[n] == ';');
	}
	return false;
}

static int by_name(const void *x, const void *y)
{
	const struct file_entry *a = x, *b = y;
	return a->folder != b->folder ? (a->folder ? -1 : 1) : strcmp(a->name, b->name);
}

const char *files_join(struct arena *a, const char *folder, const char *name)
{
	return arena_printf(a, "%s%s%s", folder, str_ends(folder, "/") ? "" : "/", name);
}

static bool look(struct arena *a, const char *folder, const char *name, const char *endings, struct file_entry *out)
{
	struct stat st;
	if (stat(files_join(a, folder, name), &st))
		return false;
	*out = (struct file_entry){ .name = arena_text(a, name), .folder = S_ISDIR(st.st_mode), .bytes = st.st_size, .changed = st.st_mtime };
	return out->folder || (S_ISREG(st.st_mode) && has_ending(name, endings));
}

size_t files_list(struct arena *a, const char *folder, const char *endings, bool hidden, const struct file_entry **out, bool *readable)
{
	DIR               *d = opendir(folder);
	struct file_entry *list = NULL;
	size_t             n = 0, room = 0;
	*readable = d != NULL;
	for (struct dirent *e; d && n < FILES_MOST && (e = readdir(d));) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..") || (*e->d_name == '.' && !hidden))
			continue;
		if (n == room) {
			struct file_entry *grown = arena_alloc(a, room * 2 + 32, sizeof *grown);
			if (n)
				memcpy(grown, list, n * sizeof *list);
			list = grown;
			room = room * 2 + 32;
		}
		n += look(a, folder, e->d_name, endings, &list[n]);
	}
	if (d)
		closedir(d);
	if (n)
		qsort(list, n, sizeof *list, by_name);
	*out = list;
	return n;
}

const char *files_time(char buf[32], int64_t seconds)
{
	int64_t day = seconds / 86400 - (seconds % 86400 < 0), left = seconds - day * 86400;
	char    text[16];
	day_format(text, (day_t)day);
	snprintf(buf, 32, "%s %02d:%02d", text, (int)(left / 3600), (int)(left / 60 % 60));
	return buf;
}

const char *files_size(char buf[32], int64_t bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double v = (double)bytes;
	size_t u = 0;
	for (; v >= 1000 && u + 1 < sizeof units / sizeof units[0]; u++)
		v /= 1000;
	snprintf(buf, 32, u ? "%.1f %s" : "%.0f %s", v, units[u]);
	return buf;
}

const char *files_above(struct arena *a, const char *folder)
{
	size_t n = strlen(folder);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	while (n > 1 && folder[n - 1] != '/')
		n--;
	while (n > 1 && folder[n - 1] == '/')
		n--;
	return n ? arena_span(a, folder, n) : "/";
}

size_t files_complete(struct arena *a, const char *typed, const char *endings, const char *const **out)
{
	const char              *slash = strrchr(typed, '/'), *part = slash ? slash + 1 : typed;
	const char              *folder = slash == typed ? "/" : slash ? arena_span(a, typed, (size_t)(slash - typed)) : ".";
	const struct file_entry *list;
	bool                     readable;
	size_t                   n = files_list(a, folder, endings, *part == '.', &list, &readable), found = 0;
	const char             **offered = arena_alloc(a, OFFERED_MOST, sizeof *offered);
	for (size_t i = 0; i < n && found < OFFERED_MOST; i++)
		if (!strncmp(list[i].name, part, strlen(part)))
			offered[found++] = arena_printf(a, "%.*s%s%s", (int)(part - typed), typed, list[i].name, list[i].folder ? "/" : "");
	*out = offered;
	return found;
}
