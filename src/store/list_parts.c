/* Lists made from a report's views (`-- list: view key` in its header), each of one table: a filter becomes a set of
 * key values for each view, and a sort reads one column; the joined rows are never made. What is neither here nor
 * possible here, list.c does by the report's statement. Owns no table. */
#include "config.h"

#include "store/list_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "store/order_priv.h"
#include "store/query.h"
#include "store/store_priv.h"

enum { FEW_ROWS = 10000, SPREAD = 16, SPREAD_LEAST = 4096 };

struct part { const char *view, *key; size_t attribute; /* column of the report; view is NULL then */ };

struct parts {
	size_t         n;
	struct part   *part;
	const size_t  *of; /* of each column of the report: the view that has it, or n */
};

enum cell_family { NOTHING_YET, INTEGERS, REALS, TEXTS };

/* The values of one column, by key value. */
struct values {
	enum cell_family family;
	uint8_t         *there;
	uint64_t        *image;  /* of a number */
	uint32_t        *at, *n; /* of a text */
	struct str       bytes;
};

/* A view being read. */
struct listing {
	enum { READ_BASE, READ_SET, READ_VALUES } what;
	bool              unfit;   /* a key or a value that the statement has to see to */
	bool              full;    /* no memory */
	uint32_t          codes;   /* key values are below it */
	struct list_base *base;
	uint8_t          *set;
	struct values    *values;
};

/* The key value of each row in the order of the page key, kept with the handle until the store changes. */
struct list_base {
	struct arena *arena;  /* of the report's name */
	const char   *report;
	int64_t       version;
	uint32_t     *code;   /* of page key 1, 2 ... */
	size_t        n, cap;
	uint32_t      codes;  /* one more than the largest */
};

/* One list being made. */
struct maker {
	struct store        *s;
	struct arena        *arena;
	const struct list   *list;
	const struct report *report;
	struct parts         parts;
	struct list_base    *base;
	bool                 unfit;
};

static enum rc no_memory(const struct maker *m)
{
	return err_set(RC_NOMEM, "STORE-116", "not enough memory for a list of report %s", m->list->ask.report);
}

void list_base_free(struct list_base *b)
{
	if (b == NULL)
		return;
	free(b->code);
	arena_free(b->arena);
	free(b);
}

/* The views */

static bool read_part(struct arena *a, const char *line, struct part *out)
{
	size_t n = strcspn(line, " \t"), blanks = strspn(line + n, " \t");

	*out = (struct part){ .view = arena_span(a, line, n), .key = arena_text(a, line + n + blanks) };
	return n > 0 && out->key[0] != '\0';
}

static enum rc find_columns(struct maker *m, size_t part, size_t *of)
{
	const struct filter_scope *scope = &m->report->scope;
	const char **name;
	size_t n;
	enum rc rc = query_table_columns(m->s, m->arena, m->parts.part[part].view, &name, &n);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		for (size_t j = 0; j < m->report->own; j++)
			if (of[j] == m->parts.n && strcmp(scope->column[j].name, name[i]) == 0)
				of[j] = part;
	return rc;
}

/* Views, then the attributes, each of which is like a view of its own. */
static enum rc read_parts(struct maker *m)
{
	const struct sql_text *t = &m->report->text;
	const struct filter_scope *scope = &m->report->scope;
	size_t *of = arena_alloc(m->arena, scope->columns + 1, sizeof *of), views = 0;
	enum rc rc = RC_OK;

	m->parts.part = arena_alloc(m->arena, t->headers + scope->columns + 1, sizeof *m->parts.part);
	for (size_t i = 0; i < t->headers; i++)
		if (strcmp(t->header[i].key, "list") == 0 && read_part(m->arena, t->header[i].value, &m->parts.part[views]))
			views++;
	m->unfit = views == 0;
	if (m->unfit)
		return RC_OK;
	m->parts.n = views;
	for (size_t j = m->report->own; j < scope->columns; j++)
		m->parts.part[m->parts.n++] = (struct part){ .key = m->parts.part[0].key, .attribute = j };
	for (size_t j = 0; j < scope->columns; j++)
		of[j] = j < m->report->own ? m->parts.n : views + j - m->report->own;
	for (size_t p = 0; rc == RC_OK && p < views; p++)
		rc = find_columns(m, p, of);
	m->parts.of = of;
	m->unfit = of[scope->key] != 0;
	return rc;
}

/* Reading a view: what SQLite calls for each row. Each returns false when the row is of no use here. */

static bool grow_base(struct list_base *b, size_t to)
{
	size_t cap = b->cap * 2 > to ? b->cap * 2 : to + 1024;
	uint32_t *p = mem_try_grow(b->code, cap, sizeof *p);

	if (p == NULL)
		return false;
	memset(p + b->cap, 0xff, (cap - b->cap) * sizeof *p);
	b->code = p;
	b->cap = cap;
	return true;
}

/* Page keys are dense; they need not come in order. */
static void take_base(struct listing *at, int64_t code, int64_t rank)
{
	struct list_base *b = at->base;

	if (code < 0 || code >= UINT32_MAX || rank < 1 || rank >= UINT32_MAX / 2) {
		at->unfit = true;
		return;
	}
	if ((size_t)rank > b->cap && !grow_base(b, (size_t)rank)) {
		at->full = true;
		return;
	}
	b->code[rank - 1] = (uint32_t)code;
	b->n++;
	if (code >= b->codes)
		b->codes = (uint32_t)code + 1;
}

static bool take_text(struct values *v, uint32_t code, sqlite3_value *cell)
{
	const char *p = (const char *)sqlite3_value_text(cell);
	size_t n = (size_t)sqlite3_value_bytes(cell);

	if (p == NULL || v->bytes.n + n > UINT32_MAX)
		return false;
	v->at[code] = (uint32_t)v->bytes.n;
	v->n[code] = (uint32_t)n;
	str_add_span(&v->bytes, p, n);
	return true;
}

static void take_value(struct listing *at, uint32_t code, sqlite3_value *cell)
{
	static const enum cell_family families[] = { [SQLITE_INTEGER] = INTEGERS, [SQLITE_FLOAT] = REALS, [SQLITE_TEXT] = TEXTS };
	struct values *v = at->values;
	int type = sqlite3_value_type(cell);

	if (type == SQLITE_NULL)
		return;
	if (type == SQLITE_BLOB || (v->family != NOTHING_YET && v->family != families[type])) {
		at->unfit = true;
		return;
	}
	v->family = families[type];
	v->there[code] = 1;
	if (type == SQLITE_INTEGER)
		v->image[code] = order_of_int(sqlite3_value_int64(cell));
	else if (type == SQLITE_FLOAT)
		v->image[code] = order_of_real(sqlite3_value_double(cell));
	else if (!take_text(v, code, cell))
		at->unfit = true;
}

static void on_row(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct listing *at = ((struct store *)sqlite3_user_data(ctx))->listing;
	int64_t code;

	if (at == NULL || argc < 1 || (argc < 2 && at->what != READ_SET)) {
		sqlite3_result_error(ctx, "clv_list is not for statements", -1);
		return;
	}
	if (at->unfit || at->full)
		return;
	code = sqlite3_value_int64(argv[0]);
	if (sqlite3_value_type(argv[0]) != SQLITE_INTEGER)
		at->unfit = true;
	else if (at->what == READ_BASE)
		take_base(at, code, sqlite3_value_int64(argv[1]));
	else if (code < 0 || code >= at->codes)
		return;
	else if (at->what == READ_SET)
		at->set[code] = 1;
	else
		take_value(at, (uint32_t)code, argv[1]);
}

static void on_end(sqlite3_context *ctx)
{
	sqlite3_result_null(ctx);
}

enum rc list_attach(struct store *s)
{
	int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;

	return store_fail(s, sqlite3_create_function_v2(s->db, "clv_list", -1, flags, s, NULL, on_row, on_end, NULL), "opening");
}

/* SELECT clv_list(key, column) FROM view WHERE condition */
static enum rc read_view(struct maker *m, size_t part, const char *column, struct filter_node *condition, struct listing *at)
{
	struct listing *outer = m->s->listing;
	struct filter_bound bound = { 0 };
	struct str sql = { 0 };
	int64_t none;
	enum rc rc;

	str_add(&sql, "SELECT clv_list(");
	filter_add_name(&sql, m->parts.part[part].key);
	if (column != NULL) {
		str_add(&sql, ",");
		filter_add_name(&sql, column);
	}
	str_add(&sql, ") FROM ");
	if (m->parts.part[part].view != NULL) {
		filter_add_name(&sql, m->parts.part[part].view);
	} else {
		str_add_char(&sql, '(');
		report_add_attribute_rows(&sql, m->report, m->parts.part[part].attribute);
		str_add_char(&sql, ')');
	}
	if (condition != NULL) {
		str_add(&sql, " WHERE ");
		filter_sql(&sql, condition, &m->report->scope, m->base != NULL ? (int64_t)m->base->n : -1, &bound);
	}
	m->s->listing = at;
	rc = report_count(m->s, m->report, &m->list->ask, &bound, sql.s, &none);
	m->s->listing = outer;
	filter_bound_clear(&bound);
	str_clear(&sql);
	m->unfit |= at->unfit;
	return rc == RC_OK && at->full ? no_memory(m) : rc;
}

/* The base */

static bool is_dense(const struct list_base *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (i >= b->cap || b->code[i] == UINT32_MAX)
			return false;
	return b->codes <= b->n * SPREAD + SPREAD_LEAST;
}

static enum rc make_base(struct maker *m, int64_t version)
{
	struct list_base *b = mem_new(1, sizeof *b);
	struct listing at = { .what = READ_BASE, .base = b };
	enum rc rc;

	*b = (struct list_base){ .arena = arena_new(), .version = version };
	b->report = arena_text(b->arena, m->list->ask.report);
	list_base_free(m->s->base);
	m->s->base = NULL;
	rc = read_view(m, 0, m->report->scope.column[m->report->scope.key].name, NULL, &at);
	m->unfit |= !is_dense(b);
	if (rc != RC_OK || m->unfit) {
		list_base_free(b);
		return rc;
	}
	m->s->base = m->base = b;
	return RC_OK;
}

static enum rc find_base(struct maker *m)
{
	struct list_base *b = m->s->base;
	int64_t version;
	enum rc rc = list_version(m->s, &version);

	if (rc != RC_OK)
		return rc;
	if (b == NULL || b->version != version || strcmp(b->report, m->list->ask.report) != 0)
		return make_base(m, version);
	m->base = b;
	return RC_OK;
}

/* Filters: each node of the tree is a set of key values, a byte each. A condition within one view is left to SQL. */

static enum rc make_set(struct maker *m, const struct filter_node *node, uint8_t **out);

/* The view that has all columns of a tree; parts.n: none, or more than one. */
static size_t part_of(const struct maker *m, const struct filter_node *node)
{
	size_t part = node->kind == FILTER_TOP || node->kind == FILTER_BOTTOM ? 0 : m->parts.n;

	if (node->kind == FILTER_COMPARE || node->kind == FILTER_MISSING || node->kind == FILTER_HAS)
		part = m->parts.of[node->column];
	for (const struct filter_node *c = node->first; c != NULL; c = c->next) {
		size_t of = part_of(m, c);

		if (c != node->first && of != part)
			return m->parts.n;
		part = of;
	}
	return part;
}

static uint8_t *empty_set(const struct maker *m)
{
	return mem_try((size_t)m->base->codes + 1, 1);
}

static enum rc read_set(struct maker *m, size_t part, struct filter_node *condition, uint8_t **out)
{
	struct listing at = { .what = READ_SET, .codes = m->base->codes, .set = empty_set(m) };

	*out = at.set;
	return at.set != NULL ? read_view(m, part, NULL, condition, &at) : no_memory(m);
}

/* The children that one view has, as a tree of their own; NULL: it has none. */
static struct filter_node *children_of(struct maker *m, const struct filter_node *node, size_t part)
{
	struct filter_node *group = arena_alloc(m->arena, 1, sizeof *group), **last = &group->first;

	group->kind = node->kind;
	for (const struct filter_node *c = node->first; c != NULL; c = c->next) {
		if (part_of(m, c) != part)
			continue;
		*last = arena_alloc(m->arena, 1, sizeof **last);
		**last = *c;
		(*last)->next = NULL;
		last = &(*last)->next;
	}
	return group->first != NULL ? group : NULL;
}

/* Takes b over; NULL: nothing was made. */
static void combine(const struct maker *m, enum filter_kind kind, uint8_t **a, uint8_t *b)
{
	if (*a == NULL || b == NULL) {
		*a = b != NULL ? b : *a;
		return;
	}
	for (size_t i = 0; i < m->base->codes; i++)
		(*a)[i] = kind == FILTER_AND ? (*a)[i] & b[i] : (*a)[i] | b[i];
	free(b);
}

static enum rc make_combined(struct maker *m, const struct filter_node *node, uint8_t **out)
{
	uint8_t *set;
	enum rc rc = RC_OK;

	for (size_t p = 0; rc == RC_OK && p < m->parts.n; p++) {
		struct filter_node *group = children_of(m, node, p);

		set = NULL;
		if (group != NULL) {
			rc = read_set(m, p, group, &set);
			combine(m, node->kind, out, set);
		}
	}
	for (const struct filter_node *c = node->first; rc == RC_OK && c != NULL; c = c->next) {
		if (part_of(m, c) < m->parts.n)
			continue;
		set = NULL;
		rc = make_set(m, c, &set);
		combine(m, node->kind, out, set);
	}
	return rc;
}

static enum rc make_opposite(struct maker *m, const struct filter_node *node, uint8_t **out)
{
	enum rc rc = make_set(m, node->first, out);

	for (size_t i = 0; rc == RC_OK && !m->unfit && i < m->base->codes; i++)
		(*out)[i] = (*out)[i] == 0;
	return rc;
}

/* A word looks in every text column. */
static enum rc make_anywhere(struct maker *m, const struct filter_node *node, uint8_t **out)
{
	const struct filter_scope *scope = &m->report->scope;
	struct filter_node any = { .kind = FILTER_OR }, **last = &any.first;

	for (size_t j = 0; j < scope->columns; j++) {
		if (scope->column[j].attribute != 0 || (scope->column[j].class != FILTER_TEXT && scope->column[j].class != FILTER_ANY))
			continue;
		*last = arena_alloc(m->arena, 1, sizeof **last);
		**last = (struct filter_node){ .kind = FILTER_HAS, .column = j, .value = node->value };
		last = &(*last)->next;
	}
	return make_set(m, &any, out);
}

/* *out is a new set or, when m->unfit, anything that can be freed. */
static enum rc make_set(struct maker *m, const struct filter_node *node, uint8_t **out)
{
	size_t part = part_of(m, node);
	struct filter_node same = *node;

	same.next = NULL;
	if (part < m->parts.n)
		return read_set(m, part, &same, out);
	switch (node->kind) {
	case FILTER_AND:
	case FILTER_OR:
		return make_combined(m, node, out);
	case FILTER_NOT:
		return make_opposite(m, node, out);
	case FILTER_ANYWHERE:
		return make_anywhere(m, node, out);
	default:
		m->unfit = true; /* of a column that no view has */
		return RC_OK;
	}
}

/* Can only few rows meet it, found by a key? */
static bool is_narrow(const struct filter_node *node, const struct filter_scope *scope)
{
	bool all = node->kind == FILTER_OR;

	if (node->kind == FILTER_COMPARE)
		return node->op == FILTER_EQUAL && (node->column == scope->key || scope->column[node->column].find != NULL);
	if (node->kind == FILTER_TOP || node->kind == FILTER_BOTTOM)
		return !node->share && node->value.type == FILTER_INT && node->value.i <= FEW_ROWS;
	for (const struct filter_node *c = node->first; c != NULL; c = c->next)
		if (node->kind == FILTER_AND && is_narrow(c, scope))
			return true;
		else if (node->kind != FILTER_OR || !is_narrow(c, scope))
			all = false;
	return all;
}

/* Sorts */

static enum rc read_values(struct maker *m, size_t column, struct values *v)
{
	struct listing at = { .what = READ_VALUES, .codes = m->base->codes, .values = v };
	size_t n = (size_t)m->base->codes + 1;

	v->there = mem_try(n, sizeof *v->there);
	v->image = mem_try(n, sizeof *v->image);
	v->at = mem_try(n, sizeof *v->at);
	v->n = mem_try(n, sizeof *v->n);
	if (v->there == NULL || v->image == NULL || v->at == NULL || v->n == NULL)
		return no_memory(m);
	return read_view(m, m->parts.of[column], m->report->scope.column[column].name, NULL, &at);
}

static void free_values(struct values *v)
{
	free(v->there);
	free(v->image);
	free(v->at);
	free(v->n);
	str_clear(&v->bytes);
}

/* rows: codes of the rows in the order of the page key, those with a value first sorted, then the others. */
static enum rc sort_keys(struct maker *m, const struct values *v, bool down, struct keys *k)
{
	const uint32_t *code = m->base->code;
	struct order_item *item = mem_try(k->n + 1, sizeof *item), *spare = mem_try(k->n + 1, sizeof *spare);
	size_t n = 0, missing = 0;

	if (item == NULL || spare == NULL) {
		free(item);
		free(spare);
		return no_memory(m);
	}
	for (size_t i = 0; i < k->n; i++) {
		uint32_t c = code[k->key[i] - 1];

		if (v->there[c] != 0)
			item[n++] = (struct order_item){ .image = down ? ~v->image[c] : v->image[c], .row = (uint32_t)k->key[i] };
		else
			spare[missing++].row = (uint32_t)k->key[i];
	}
	for (size_t i = 0; i < missing; i++)
		k->key[n + i] = spare[i].row;
	if (v->family == TEXTS)
		order_texts(item, spare, n, &(struct order_texts){ .bytes = v->bytes.s, .at = v->at, .n = v->n, .code = code }, down);
	else
		order_items(item, spare, n);
	for (size_t i = 0; i < n; i++)
		k->key[i] = item[i].row;
	free(item);
	free(spare);
	return RC_OK;
}

static void reverse(struct keys *k)
{
	for (size_t i = 0, j = k->n; i + 1 < j; i++) {
		int64_t key = k->key[i];

		k->key[i] = k->key[--j];
		k->key[j] = key;
	}
}

static enum rc sort(struct maker *m, size_t column, bool down, struct keys *k)
{
	struct values v = { 0 };
	enum rc rc;

	if (column == m->report->scope.key) {
		if (down)
			reverse(k);
		return RC_OK;
	}
	rc = read_values(m, column, &v);
	if (rc == RC_OK && !m->unfit)
		rc = sort_keys(m, &v, down, k);
	free_values(&v);
	return rc;
}

/* Lists */

static enum rc filter_keys(struct maker *m, const struct filter_node *filter, struct keys *k)
{
	uint8_t *set = NULL;
	enum rc rc = filter != NULL ? make_set(m, filter, &set) : RC_OK;

	m->unfit |= filter != NULL && set == NULL;
	if (rc == RC_OK && !m->unfit) {
		k->key = mem_try(m->base->n + 1, sizeof *k->key);
		rc = k->key != NULL ? RC_OK : no_memory(m);
	}
	for (size_t i = 0; rc == RC_OK && !m->unfit && i < m->base->n; i++) {
		k->key[k->n] = (int64_t)i + 1;
		k->n += filter == NULL || set[m->base->code[i]] != 0;
	}
	free(set);
	return rc;
}

static enum rc make(struct maker *m, const struct filter_node *filter, size_t column, bool down, struct keys *k)
{
	enum rc rc = find_base(m);

	if (rc == RC_OK && !m->unfit)
		rc = filter_keys(m, filter, k);
	if (rc == RC_OK && !m->unfit && column < m->report->scope.columns)
		rc = sort(m, column, down, k);
	return rc;
}

enum rc list_by_parts(struct store *s, const struct list *l, const struct report *r, const char *where, const char *sort,
	struct keys *out, bool *done)
{
	struct maker m = { .s = s, .arena = arena_new(), .list = l, .report = r };
	struct filter_node *filter = NULL;
	struct keys k = { 0 };
	size_t column = r->scope.columns;
	bool down = sort != NULL && sort[0] == '-';
	enum rc rc = r->needs_params ? RC_OK : read_parts(&m);

	m.unfit |= r->needs_params;
	if (rc == RC_OK && !m.unfit && sort != NULL && sort[0] != '\0')
		rc = filter_column_find(m.arena, &r->scope, sort + down, strlen(sort + down), &column);
	if (rc == RC_OK && !m.unfit && where != NULL)
		rc = filter_parse(m.arena, where, &r->scope, &filter);
	m.unfit |= (filter != NULL && is_narrow(filter, &r->scope)) || (column < r->scope.columns && m.parts.of[column] == m.parts.n);
	if (rc == RC_OK && !m.unfit)
		rc = make(&m, filter, column, down, &k);
	*done = rc == RC_OK && !m.unfit;
	if (*done)
		*out = k;
	else
		free(k.key);
	arena_free(m.arena);
	return rc;
}
