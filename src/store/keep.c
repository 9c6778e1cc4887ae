/* The rows of one table held as arrays for scans. Which statements they can answer is decided by the text of the
 * statement: plain columns of the table and one value of its key, nothing else. Owns no table. */
#include "config.h"

#include "store/keep.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/store_priv.h"

#define KEEP_MOST ((size_t)128 << 20) /* bytes */

enum { KEEP_COLUMNS = 16 };

struct kept_column { const char *name; enum append_type type; void *data; };

struct kept {
	const char        *table, *key; /* key NULL: no row yet */
	int64_t            value;       /* of the key */
	int64_t            version;     /* PRAGMA data_version: another handle's commit changes it, one of our own does not */
	size_t             rows, room;
	struct kept_column column[KEEP_COLUMNS];
	size_t             columns;
	int                scans;       /* at work on it */
	bool               over;        /* freed by the last of them */
};

static void release(struct kept *k)
{
	if (k->scans > 0) {
		k->over = true;
		return;
	}
	for (size_t i = 0; i < k->columns; i++)
		free(k->column[i].data);
	free(k);
}

void store_unkeep(struct store *s)
{
	if (s->kept != NULL)
		release(s->kept);
	s->kept = NULL;
}

void store_keep(struct store *s, const char *table, size_t rows)
{
	store_unkeep(s);
	s->kept = mem_new(1, sizeof *s->kept);
	s->kept->table = table;
	s->kept->room = rows;
}

void keep_heed(struct store *s, sqlite3_stmt *stmt)
{
	if (s->kept != NULL && !sqlite3_stmt_readonly(stmt) && strstr(sqlite3_sql(stmt), s->kept->table) != NULL)
		store_unkeep(s);
}

/* Holding */

static size_t cell_size(enum append_type type)
{
	return type == APPEND_I32 ? sizeof(int32_t) : type == APPEND_F64 ? sizeof(double) : 0;
}

static bool begin(struct store *s, struct kept *k, const struct append_column *column, size_t columns)
{
	size_t row = 0;

	if (store_pragma_int(s, "PRAGMA data_version", &k->version) != RC_OK)
		return false;
	for (size_t i = 0; i < columns; i++)
		row += cell_size(column[i].type);
	if (k->room > KEEP_MOST / (row + 1))
		return false;
	for (size_t i = 0; i < columns; i++) {
		size_t size = cell_size(column[i].type);
		void *data;

		if (column[i].type == APPEND_SAME_I64 && k->key == NULL) {
			k->key = column[i].name;
			k->value = *(const int64_t *)column[i].data;
		}
		if (size == 0)
			continue;
		data = k->columns < KEEP_COLUMNS ? mem_try(k->room + 1, size) : NULL;
		if (data == NULL)
			return false;
		k->column[k->columns++] = (struct kept_column){ column[i].name, column[i].type, data };
	}
	return k->key != NULL;
}

/* SQLite knows no negative zero. */
static void copy_reals(double *restrict to, const double *restrict from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = from[i] + 0.0;
}

/* The columns that are held have to come as they did the first time. */
static bool take_rows(struct kept *k, const struct append_column *column, size_t columns, size_t rows)
{
	size_t j = 0;

	if (rows > k->room - k->rows)
		return false;
	for (size_t i = 0; i < columns; i++) {
		struct kept_column *c = &k->column[j];

		if (cell_size(column[i].type) == 0)
			continue;
		if (j == k->columns || c->type != column[i].type || strcmp(c->name, column[i].name) != 0)
			return false;
		if (c->type == APPEND_I32)
			memcpy((int32_t *)c->data + k->rows, column[i].data, rows * sizeof(int32_t));
		else
			copy_reals((double *)c->data + k->rows, column[i].data, rows);
		j++;
	}
	k->rows += rows;
	return j == k->columns;
}

static bool is_of_key(const struct kept *k, const struct append_column *column, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		if (column[i].type == APPEND_SAME_I64 && strcmp(column[i].name, k->key) == 0)
			return *(const int64_t *)column[i].data == k->value;
	return false;
}

void keep_rows(struct store *s, const char *table, const struct append_column *column, size_t columns, size_t rows)
{
	struct kept *k = s->kept;

	if (k == NULL || strcmp(k->table, table) != 0)
		return;
	if ((k->key == NULL && !begin(s, k, column, columns)) || !is_of_key(k, column, columns) || !take_rows(k, column, columns, rows))
		store_unkeep(s);
}

/* Answering */

/* The next word or sign; comments and white space go by. */
static struct append_span token(const char **at)
{
	const char *p = *at, *from;

	while (isspace((unsigned char)*p) || (p[0] == '-' && p[1] == '-'))
		p = *p == '-' ? p + strcspn(p, "\n") : p + 1;
	from = p;
	while (isalnum((unsigned char)*p) || *p == '_')
		p++;
	if (p == from && *p != '\0')
		p++;
	*at = p;
	return (struct append_span){ from, (uint32_t)(p - from) };
}

static bool is(struct append_span t, const char *word)
{
	return strlen(word) == t.n && memcmp(t.p, word, t.n) == 0;
}

static const struct kept_column *find(const struct kept *k, struct append_span name, enum scan_type type)
{
	for (size_t i = 0; i < k->columns; i++)
		if (is(name, k->column[i].name))
			return type == (k->column[i].type == APPEND_I32 ? SCAN_I32 : SCAN_F64) ? &k->column[i] : NULL;
	return NULL;
}

/* Does the text ask for held columns of the held rows, in the types they have? */
static bool parse(const struct kept *k, const char *text, const struct scan *scan, const struct kept_column **out)
{
	const char *rest[] = { "FROM", k->table, "WHERE", k->key, "=", "?", "1" };
	struct append_span end;

	if (scan->columns > KEEP_COLUMNS || !is(token(&text), "SELECT"))
		return false;
	for (size_t j = 0; j < scan->columns; j++) {
		out[j] = find(k, token(&text), scan->column[j].type);
		if (out[j] == NULL || (j + 1 < scan->columns && !is(token(&text), ",")))
			return false;
	}
	for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
		if (!is(token(&text), rest[i]))
			return false;
	end = token(&text);
	return end.n == 0 || (is(end, ";") && token(&text).n == 0);
}

/* What another handle wrote is not in the arrays. */
static bool is_current(struct store *s)
{
	int64_t now = 0;

	return store_pragma_int(s, "PRAGMA data_version", &now) == RC_OK && now == s->kept->version;
}

bool keep_scan(struct store *s, const char *text, const struct scan *scan, int64_t value, enum rc *rc)
{
	struct kept *k = s->kept;
	const struct kept_column *column[KEEP_COLUMNS];
	size_t rows;

	*rc = RC_OK;
	if (k == NULL || k->key == NULL || value != k->value || !parse(k, text, scan, column))
		return false;
	if (!is_current(s)) {
		store_unkeep(s);
		return false;
	}
	rows = k->rows;
	k->scans++;
	for (size_t from = 0, n; *rc == RC_OK && from < rows; from += n) {
		n = rows - from < scan->block ? rows - from : scan->block;
		for (size_t j = 0; j < scan->columns; j++) {
			size_t size = cell_size(column[j]->type);

			memcpy(scan->column[j].data, (const char *)column[j]->data + from * size, n * size);
		}
		*rc = scan->take(scan->user, n);
	}
	k->scans--;
	if (k->over)
		release(k);
	return true;
}
