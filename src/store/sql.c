/* The embedded SQL files: found by name, with the `-- key: value` lines at their head taken apart.
 * Not here: preparing or running any of it. */
#include "config.h"

#include "store/sql.h"

#include <stdbool.h>
#include <string.h>

static const struct sql_file *find(const char *name)
{
	for (size_t i = 0; i < store_sql_files_count; i++)
		if (strcmp(store_sql_files[i].name, name) == 0)
			return &store_sql_files[i];
	return NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t line_length(const char *p)
{
	return strcspn(p, "\n");
}

/* The head is every comment or empty line before the first line of SQL. */
static bool in_head(const char *line, size_t n)
{
	return n == 0 || (n >= 2 && line[0] == '-' && line[1] == '-');
}

static size_t key_length(const char *line, size_t n)
{
	size_t k = 0;

	while (k < n && ((line[k] >= 'a' && line[k] <= 'z') || line[k] == '_'))
		k++;
	return k > 0 && k < n && line[k] == ':' ? k : 0;
}

/* Take `-- key: value` apart; false for any other comment. */
static bool read_header(struct arena *a, const char *line, size_t n, struct sql_header *out)
{
	size_t at = 2, k;

	while (at < n && is_blank(line[at]))
		at++;
	k = at < n ? key_length(line + at, n - at) : 0;
	if (k == 0)
		return false;
	out->key = arena_span(a, line + at, k);
	at += k + 1;
	while (at < n && is_blank(line[at]))
		at++;
	while (n > at && is_blank(line[n - 1]))
		n--;
	out->value = arena_span(a, line + at, n - at);
	return true;
}

static size_t count_head(const char *text)
{
	size_t lines = 0;

	for (const char *p = text; *p != '\0' && in_head(p, line_length(p)); lines++) {
		p += line_length(p);
		p += *p == '\n';
	}
	return lines;
}

enum rc sql_get(struct arena *a, const char *name, struct sql_text *out)
{
	const struct sql_file *f = find(name);
	struct sql_text t = { .name = f != NULL ? f->name : NULL };
	size_t lines;

	if (f == NULL)
		return err_set(RC_INTERNAL, "STORE-150", "this build has no SQL file named %s", name);
	t.text = arena_span(a, (const char *)f->text, f->size);
	lines = count_head(t.text);
	t.header = arena_alloc(a, lines + 1, sizeof *t.header);
	for (const char *p = t.text; lines > 0; lines--) {
		size_t n = line_length(p);

		if (n > 0 && read_header(a, p, n, &t.header[t.headers]))
			t.headers++;
		p += n;
		p += *p == '\n';
	}
	*out = t;
	return RC_OK;
}

const char *sql_header(const struct sql_text *t, const char *key)
{
	for (size_t i = 0; i < t->headers; i++)
		if (strcmp(t->header[i].key, key) == 0)
			return t->header[i].value;
	return NULL;
}

/* The smallest name with the prefix that is greater than `after`. The list is short and read at start-up only. */
static const char *next_name(const char *prefix, const char *after)
{
	size_t n = strlen(prefix);
	const char *best = NULL;

	for (size_t i = 0; i < store_sql_files_count; i++) {
		const char *name = store_sql_files[i].name;

		if (strncmp(name, prefix, n) != 0 || (after != NULL && strcmp(name, after) <= 0))
			continue;
		if (best == NULL || strcmp(name, best) < 0)
			best = name;
	}
	return best;
}

const char *sql_name(const char *prefix, size_t i)
{
	const char *name = next_name(prefix, NULL);

	while (name != NULL && i-- > 0)
		name = next_name(prefix, name);
	return name;
}
