/* A filter's tree as an SQL condition: names from the report's own columns, quoted; every value bound. */
#include "config.h"

#include "store/filter_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void filter_add_name(struct str *sql, const char *name)
{
	str_add_char(sql, '"');
	for (; *name != '\0'; name++) {
		if (*name == '"')
			str_add_char(sql, '"');
		str_add_char(sql, *name);
	}
	str_add_char(sql, '"');
}

void filter_bound_clear(struct filter_bound *b)
{
	free(b->value);
	*b = (struct filter_bound){ 0 };
}

/* Remember a value and return the number of its parameter. */
static size_t bind(struct filter_bound *b, struct filter_value v)
{
	if (b->n == b->cap) {
		b->cap = b->cap == 0 ? 16 : b->cap * 2;
		b->value = mem_grow(b->value, b->cap, sizeof *b->value);
	}
	b->value[b->n++] = v;
	return b->n;
}

/* A search reads one narrow table or two; of so many, reading every row once is no worse. */
enum { FINDS_MAX = 16 };

static const char value_name[] = ":value";

static bool is_findable(const struct filter_node *node, const struct filter_scope *scope)
{
	return node->kind == FILTER_COMPARE && node->op == FILTER_EQUAL && scope->column[node->column].find != NULL;
}

static size_t count_finds(const struct filter_node *node, const struct filter_scope *scope)
{
	size_t n = is_findable(node, scope);

	for (const struct filter_node *c = node->first; c != NULL; c = c->next)
		n += count_finds(c, scope);
	return n;
}

static void set_finds(struct filter_node *node, const struct filter_scope *scope)
{
	node->found = is_findable(node, scope);
	for (struct filter_node *c = node->first; c != NULL; c = c->next)
		set_finds(c, scope);
}

void filter_find_keys(struct filter_node *node, const struct filter_scope *scope)
{
	if (scope->key < scope->columns && count_finds(node, scope) <= FINDS_MAX)
		set_finds(node, scope);
}

/* key = (SELECT key ... column = value): the rows of the report are then met by their key. */
static void add_find(struct str *sql, const struct filter_scope *scope, const char *find, struct filter_value v, struct filter_bound *b)
{
	const char *at = strstr(find, value_name);
	size_t parameter = bind(b, v);

	filter_add_name(sql, scope->column[scope->key].name);
	str_add(sql, "=(");
	for (; at != NULL; at = strstr(find, value_name)) {
		str_add_span(sql, find, (size_t)(at - find));
		str_addf(sql, "@f%zu", parameter);
		find = at + strlen(value_name);
	}
	str_addf(sql, "%s\n)", find);
}

static void add_compare(struct str *sql, const char *name, enum filter_op op, struct filter_value v, struct filter_bound *b)
{
	static const char *const sign[] = {
		[FILTER_EQUAL] = "=", [FILTER_LESS] = "<", [FILTER_AT_MOST] = "<=", [FILTER_MORE] = ">", [FILTER_AT_LEAST] = ">=",
	};

	filter_add_name(sql, name);
	str_addf(sql, "%s@f%zu", sign[op], bind(b, v));
}

static void add_anywhere(struct str *sql, const struct filter_node *node, const struct filter_scope *scope, struct filter_bound *b)
{
	size_t parameter = bind(b, node->value);
	const char *between = "(";

	for (size_t j = 0; j < scope->columns; j++) {
		if (scope->column[j].attribute != 0 || (scope->column[j].class != FILTER_TEXT && scope->column[j].class != FILTER_ANY))
			continue;
		str_addf(sql, "%sclv_has(", between);
		filter_add_name(sql, scope->column[j].name);
		str_addf(sql, ",@f%zu)", parameter);
		between = " OR ";
	}
	str_add_char(sql, ')');
}

static void add_top(struct str *sql, const struct filter_node *node, const struct filter_scope *scope, int64_t total, struct filter_bound *b)
{
	double typed = node->value.type == FILTER_INT ? (double)node->value.i : node->value.r;
	int64_t n = (int64_t)(node->share ? ceil(typed * (double)total) : typed);
	bool top = node->kind == FILTER_TOP;
	struct filter_value v = { .type = FILTER_INT, .i = top ? n : total - n };

	add_compare(sql, scope->column[scope->key].name, top ? FILTER_AT_MOST : FILTER_MORE, v, b);
}

static void add_children(struct str *sql, const struct filter_node *node, const struct filter_scope *scope, int64_t total,
	struct filter_bound *b)
{
	str_add_char(sql, '(');
	for (const struct filter_node *c = node->first; c != NULL; c = c->next) {
		filter_sql(sql, c, scope, total, b);
		if (c->next != NULL)
			str_add(sql, node->kind == FILTER_AND ? " AND " : " OR ");
	}
	str_add_char(sql, ')');
}

void filter_sql(struct str *sql, const struct filter_node *node, const struct filter_scope *scope, int64_t total, struct filter_bound *b)
{
	switch (node->kind) {
	case FILTER_AND:
	case FILTER_OR:
		add_children(sql, node, scope, total, b);
		break;
	case FILTER_NOT: /* a comparison with a missing value is not true, so its opposite is */
		str_add(sql, "NOT coalesce(");
		filter_sql(sql, node->first, scope, total, b);
		str_add(sql, ",0)");
		break;
	case FILTER_COMPARE:
		if (node->found)
			add_find(sql, scope, scope->column[node->column].find, node->value, b);
		else
			add_compare(sql, scope->column[node->column].name, node->op, node->value, b);
		break;
	case FILTER_MISSING:
		filter_add_name(sql, scope->column[node->column].name);
		str_add(sql, " IS NULL");
		break;
	case FILTER_HAS:
		str_add(sql, "clv_has(");
		filter_add_name(sql, scope->column[node->column].name);
		str_addf(sql, ",@f%zu)", bind(b, node->value));
		break;
	case FILTER_ANYWHERE:
		add_anywhere(sql, node, scope, b);
		break;
	case FILTER_TOP:
	case FILTER_BOTTOM:
		add_top(sql, node, scope, total, b);
		break;
	}
}

bool filter_needs_total(const struct filter_node *node)
{
	if (node->kind == FILTER_BOTTOM || (node->kind == FILTER_TOP && node->share))
		return true;
	for (const struct filter_node *c = node->first; c != NULL; c = c->next)
		if (filter_needs_total(c))
			return true;
	return false;
}
