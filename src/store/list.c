/* Lists: made by the report's own statement, paged, searched. Lists made from a report's views are list_parts.c; SQL over a
 * report is page.c. Owns no table. */
#include "config.h"

#include "store/list_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/query.h"
#include "store/report_priv.h"
#include "store/store_priv.h"

enum { LOAD_ROWS = 10000 };

static enum rc no_memory(const struct list *l)
{
	return err_set(RC_NOMEM, "STORE-116", "not enough memory for a list of report %s", l->ask.report);
}

/* What it was made from */

static struct page_ask copy_ask(struct arena *a, const struct page_ask *from)
{
	struct page_param *param = arena_alloc(a, from->params + 1, sizeof *param);

	for (size_t i = 0; i < from->params; i++)
		param[i] = (struct page_param){ .name = arena_text(a, from->param[i].name), .value = arena_text(a, from->param[i].value) };
	return (struct page_ask){ .report = arena_text(a, from->report), .param = param, .params = from->params,
		.where = arena_text(a, from->where), .sort = arena_text(a, from->sort), .limit = -1, .uncounted = true };
}

enum rc list_version(struct store *s, int64_t *out)
{
	enum rc rc = store_pragma_int(s, "PRAGMA data_version", out);

	*out = *out * 1000003 + store_changes(s);
	return rc;
}

static enum rc read_state(struct store *s, struct arena *a, const char *report, const char **out)
{
	struct sql_text t;
	const char *named;
	char *state = NULL;
	enum rc rc = sql_get(a, arena_printf(a, "report/%s", report), &t);

	named = rc == RC_OK ? sql_header(&t, "state") : NULL;
	if (named != NULL)
		rc = query_get_text(s, a, named, &state, "");
	*out = state;
	return rc;
}

enum rc list_current(struct store *s, const struct list *l, bool *current)
{
	struct arena *a;
	const char *state = NULL;
	int64_t version = 0;
	enum rc rc = list_version(s, &version);

	*current = rc == RC_OK && s == l->maker && version == l->version;
	if (rc != RC_OK || *current || l->state == NULL)
		return rc;
	a = arena_new();
	rc = read_state(s, a, l->ask.report, &state);
	*current = rc == RC_OK && state != NULL && strcmp(state, l->state) == 0;
	arena_free(a);
	return rc;
}

/* Made by the statement */

static enum rc add_keys(void *user, const struct frame *f)
{
	struct keys *k = user;
	int64_t *grown;

	if (k->n + f->rows > k->cap) {
		k->cap = k->cap * 2 + f->rows;
		grown = mem_try_grow(k->key, k->cap, sizeof *k->key);
		if (grown == NULL)
			return RC_NOMEM;
		k->key = grown;
	}
	if (f->rows > 0)
		memcpy(k->key + k->n, f->column[0].i, f->rows * sizeof *k->key);
	k->n += f->rows;
	return RC_OK;
}

/* The keys of the rows that a filter leaves, in the order of the sort. */
static enum rc read_keys(struct store *s, const struct list *l, const struct report *r, const char *where, const char *sort, struct keys *out)
{
	struct page_ask ask = l->ask;
	bool done = false;
	enum rc rc = list_by_parts(s, l, r, where, sort, out, &done);

	if (rc != RC_OK || done)
		return rc;
	ask.where = where;
	ask.sort = sort;
	ask.columns = r->scope.column[r->scope.key].name;
	rc = page_stream(s, &ask, add_keys, out);
	return rc == RC_NOMEM ? no_memory(l) : rc;
}

static enum rc make_by_statement(struct store *s, struct list *l, const struct report *r)
{
	struct page page;
	struct keys k = { 0 };
	enum rc rc;

	if (l->keyed) {
		rc = read_keys(s, l, r, l->ask.where, l->ask.sort, &k);
		l->key = k.key;
		l->rows = (int64_t)k.n;
		return rc;
	}
	rc = page_load_placed(s, l->arena, &l->ask, &page);
	if (rc != RC_OK)
		return rc;
	l->frame = page.frame;
	l->rows = (int64_t)page.frame->rows;
	l->key = mem_try(page.frame->rows + 1, sizeof *l->key);
	if (l->key == NULL)
		return no_memory(l);
	if (l->rows > 0)
		memcpy(l->key, page.frame->column[page.frame->columns - 1].i, page.frame->rows * sizeof *l->key);
	return RC_OK;
}

/* Is there nothing that takes rows away or changes their order? */
static bool is_whole(const struct page_ask *ask)
{
	return (ask->where == NULL || ask->where[strspn(ask->where, " \t")] == '\0') && (ask->sort == NULL || ask->sort[0] == '\0');
}

static enum rc make(struct store *s, struct list *l)
{
	struct report r;
	enum rc rc = list_version(s, &l->version);

	if (rc == RC_OK)
		rc = report_open(s, l->arena, l->ask.report, &r);
	if (rc == RC_OK)
		rc = read_state(s, l->arena, l->ask.report, &l->state);
	if (rc != RC_OK)
		return rc;
	l->keyed = r.scope.key < r.scope.columns;
	l->whole = l->keyed && is_whole(&l->ask);
	rc = l->whole ? RC_OK : make_by_statement(s, l, &r);
	if (rc == RC_OK && !l->keyed && is_whole(&l->ask))
		l->all = l->rows;
	else if (rc == RC_OK)
		rc = report_count_all(s, l->arena, &r, &l->ask, &l->all);
	if (l->whole)
		l->rows = l->all;
	return rc;
}

/* Work that reads more than once reads one snapshot: its own, unless the caller holds one. */
static enum rc begin(struct store *s, bool *own)
{
	*own = s->readonly && !store_in_transaction(s);
	return *own ? store_begin(s) : RC_OK;
}

static void end(struct store *s, bool own)
{
	if (own)
		store_rollback(s);
}

enum rc list_make(struct store *s, const struct page_ask *ask, struct list **out)
{
	struct list *l = mem_new(1, sizeof *l);
	bool own = false;
	enum rc rc;

	*out = NULL;
	*l = (struct list){ .arena = arena_new(), .maker = s };
	l->ask = copy_ask(l->arena, ask);
	rc = begin(s, &own);
	if (rc == RC_OK)
		rc = make(s, l);
	end(s, own);
	if (rc == RC_OK)
		*out = l;
	else
		list_free(l);
	return rc;
}

void list_free(struct list *l)
{
	if (l == NULL)
		return;
	free(l->key);
	free(l->hit);
	arena_free(l->arena);
	free(l);
}

/* Places */

int64_t list_rows(const struct list *l)
{
	return l->rows;
}

int64_t list_all(const struct list *l)
{
	return l->all;
}

int64_t list_key(const struct list *l, int64_t place)
{
	if (place < 0 || place >= l->rows)
		return -1;
	return l->whole ? place + 1 : l->key[place];
}

int64_t list_place(const struct list *l, int64_t key)
{
	if (l->whole)
		return key >= 1 && key <= l->rows ? key - 1 : -1;
	for (int64_t i = 0; i < l->rows; i++)
		if (l->key[i] == key)
			return i;
	return -1;
}

/* Pages */

static void copy_cells(struct arena *a, struct frame_column *to, const struct frame_column *c, size_t from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (c->type == CELL_INT)
			to->i[i] = c->i[from + i];
		else if (c->type == CELL_REAL)
			to->r[i] = c->r[from + i];
		else
			to->t[i] = arena_text(a, c->t[from + i]);
	}
}

/* All but report_place. */
static size_t shown(const struct frame *f)
{
	return f->columns - 1;
}

static struct filter_scope scope_of_frame(struct arena *a, const struct frame *f)
{
	struct filter_column *column = arena_alloc(a, f->columns, sizeof *column);

	for (size_t j = 0; j < shown(f); j++)
		column[j] = (struct filter_column){ .name = f->column[j].name };
	return (struct filter_scope){ .column = column, .columns = shown(f), .key = shown(f) };
}

/* Copied: the page may outlive the list. */
static enum rc cut_frame(struct arena *a, const struct frame *from, const char *columns, size_t first, size_t n, struct frame **out)
{
	struct filter_scope scope = scope_of_frame(a, from);
	struct frame *f = frame_new(a);
	const size_t *chosen = NULL;
	size_t chosen_n = shown(from);
	enum rc rc = columns != NULL ? report_choose(a, &scope, columns, &chosen, &chosen_n) : RC_OK;

	if (rc != RC_OK)
		return rc;
	for (size_t j = 0; j < chosen_n; j++) {
		const struct frame_column *c = &from->column[chosen != NULL ? chosen[j] : j];
		size_t at = frame_add_column(f, c->name, c->kind, c->type);

		f->column[at].unit = arena_text(a, c->unit);
	}
	for (size_t i = 0; i < n; i++)
		frame_add_row(f);
	for (size_t j = 0; j < chosen_n && n > 0; j++)
		copy_cells(a, &f->column[j], &from->column[chosen != NULL ? chosen[j] : j], first, n);
	*out = f;
	return RC_OK;
}

static enum rc page_of_keys(struct store *s, struct arena *a, const struct list *l, const char *columns, int64_t first, int64_t n,
	struct frame **out)
{
	struct page_ask ask = l->ask;
	struct page page;
	enum rc rc;

	ask.columns = columns;
	if (!l->whole)
		return page_rows(s, a, &ask, l->key + first, (size_t)n, out);
	ask.where = ask.sort = NULL;
	ask.offset = first;
	ask.limit = n;
	rc = page_load(s, a, &ask, &page);
	if (rc == RC_OK)
		*out = page.frame;
	return rc;
}

enum rc list_page(struct store *s, struct arena *a, const struct list *l, const char *columns, int64_t offset, int64_t limit,
	struct page *out)
{
	int64_t first = offset < 0 ? 0 : offset > l->rows ? l->rows : offset;
	int64_t n = limit < 0 || limit > l->rows - first ? l->rows - first : limit;
	struct frame *f = NULL;
	enum rc rc;

	if (l->keyed)
		rc = page_of_keys(s, a, l, columns, first, n, &f);
	else
		rc = cut_frame(a, l->frame, columns, (size_t)first, (size_t)n, &f);
	if (rc == RC_OK)
		*out = (struct page){ .frame = f, .total = l->rows };
	return rc;
}

/* Searches */

static void forget(struct list *l)
{
	free(l->hit);
	l->hit = NULL;
	l->hits = 0;
}

static enum rc room_for_hits(struct list *l)
{
	l->hit = mem_try((size_t)l->rows + 1, sizeof *l->hit);
	return l->hit != NULL ? RC_OK : no_memory(l);
}

static bool row_has(const struct frame *f, size_t column, size_t row, const char *text, size_t n)
{
	for (size_t j = 0; j < shown(f); j++) {
		const struct frame_column *c = &f->column[j];

		if ((column < shown(f) && j != column) || c->type != CELL_TEXT || c->t[row] == NULL)
			continue;
		if (match_has(c->t[row], strlen(c->t[row]), text, n))
			return true;
	}
	return false;
}

static enum rc search_frame(struct list *l, const char *column, const char *text)
{
	struct arena *a = arena_new();
	struct filter_scope scope = scope_of_frame(a, l->frame);
	size_t j = scope.columns;
	enum rc rc = column != NULL ? filter_column_find(a, &scope, column, strlen(column), &j) : RC_OK;

	if (rc == RC_OK)
		rc = room_for_hits(l);
	for (size_t i = 0; rc == RC_OK && i < (size_t)l->rows; i++)
		if (row_has(l->frame, j, i, text, strlen(text)))
			l->hit[l->hits++] = (int64_t)i;
	arena_free(a);
	return rc;
}

/* The search as a filter: column~"text" or "text". */
static char *make_where(const char *column, const char *text)
{
	struct str t = { 0 };

	str_addf(&t, "%s%s\"", column != NULL ? column : "", column != NULL ? "~" : "");
	for (; *text != '\0'; text++) {
		str_add(&t, *text == '"' ? "\"" : "");
		str_add_char(&t, *text);
	}
	str_add_char(&t, '"');
	return str_take(&t);
}

static enum rc place_hits(struct list *l, const struct keys *found)
{
	uint8_t *set = mem_try((size_t)l->all + 1, 1);
	enum rc rc = set != NULL ? room_for_hits(l) : no_memory(l);

	for (size_t i = 0; rc == RC_OK && i < found->n; i++)
		if (found->key[i] >= 1 && found->key[i] <= l->all)
			set[found->key[i]] = 1;
	for (int64_t i = 0; rc == RC_OK && i < l->rows; i++) {
		int64_t key = list_key(l, i);

		if (key >= 1 && key <= l->all && set[key] != 0)
			l->hit[l->hits++] = i;
	}
	free(set);
	return rc;
}

static enum rc search_keys(struct store *s, struct list *l, const char *column, const char *text)
{
	struct arena *a = arena_new();
	char *where = make_where(column, text);
	struct keys found = { 0 };
	struct report r;
	bool current = false;
	enum rc rc = list_current(s, l, &current);

	if (rc == RC_OK && !current)
		rc = err_set(RC_DATA, "STORE-205", "%s has changed since it was listed", l->ask.report);
	if (rc == RC_OK)
		rc = report_open(s, a, l->ask.report, &r);
	if (rc == RC_OK)
		rc = read_keys(s, l, &r, where, NULL, &found);
	if (rc == RC_OK)
		rc = place_hits(l, &found);
	free(found.key);
	free(where);
	arena_free(a);
	return rc;
}

enum rc list_search(struct store *s, struct list *l, const char *column, const char *text)
{
	bool own = false;
	enum rc rc;

	forget(l);
	if (text == NULL || text[0] == '\0')
		return RC_OK;
	if (!l->keyed)
		return search_frame(l, column, text);
	rc = begin(s, &own);
	if (rc == RC_OK)
		rc = search_keys(s, l, column, text);
	end(s, own);
	if (rc != RC_OK)
		forget(l);
	return rc;
}

bool list_find(const struct list *l, int64_t from, bool backwards, struct list_hit *out)
{
	int64_t low = 0, high = l->hits;

	if (l->hits == 0)
		return false;
	while (low < high) { /* the first hit at or after `from` */
		int64_t middle = low + (high - low) / 2;

		if (l->hit[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	if (backwards && (low == l->hits || l->hit[low] != from))
		low = low == 0 ? l->hits - 1 : low - 1;
	if (low == l->hits)
		low = 0;
	*out = (struct list_hit){ .place = l->hit[low], .nth = low + 1, .of = l->hits };
	return true;
}

/* Pages for a command: a list for one page only. */

/* Is the page a range of the key, or the whole so large that rows by key would take longer than the statement? */
static bool suits_statement(struct arena *a, const struct report *r, const struct page_ask *ask)
{
	bool plain = ask->where == NULL || ask->where[strspn(ask->where, " \t")] == '\0', down = ask->sort != NULL && ask->sort[0] == '-';
	size_t column = r->scope.key;

	if (ask->limit > LOAD_ROWS || (plain && ask->limit < 0))
		return true;
	if (ask->sort != NULL && ask->sort[0] != '\0' &&
		filter_column_find(a, &r->scope, ask->sort + down, strlen(ask->sort + down), &column) != RC_OK)
		return true;
	return plain && column == r->scope.key;
}

static enum rc load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out, bool *done)
{
	struct list l = { .ask = *ask };
	struct keys k = { 0 };
	struct report r;
	int64_t first, n;
	enum rc rc = report_open(s, a, ask->report, &r);

	*done = false;
	if (rc != RC_OK || suits_statement(a, &r, ask))
		return rc;
	rc = list_by_parts(s, &l, &r, ask->where, ask->sort, &k, done);
	if (rc != RC_OK || !*done)
		return rc;
	first = ask->offset < 0 ? 0 : ask->offset > (int64_t)k.n ? (int64_t)k.n : ask->offset;
	n = ask->limit < 0 || ask->limit > (int64_t)k.n - first ? (int64_t)k.n - first : ask->limit;
	*done = n <= LOAD_ROWS;
	if (*done)
		rc = page_rows(s, a, ask, k.key + first, (size_t)n, &out->frame);
	if (rc == RC_OK && *done)
		out->total = ask->uncounted ? -1 : (int64_t)k.n;
	free(k.key);
	return rc;
}

enum rc list_load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out)
{
	struct page page = { .total = -1 };
	bool own = false, done = false;
	enum rc rc = begin(s, &own);

	if (rc == RC_OK)
		rc = load(s, a, ask, &page, &done);
	if (rc == RC_OK && !done)
		rc = page_load(s, a, ask, &page);
	end(s, own);
	if (rc == RC_OK)
		*out = page;
	return rc;
}
