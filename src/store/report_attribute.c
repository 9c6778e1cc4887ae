/* Attributes of customers as columns of reports: found when a report is opened, looked up only when a filter, a sort or a choice of columns names
 * them. Reads attribute, attribute_value, customer_attribute. */
#include "config.h"

#include <string.h>

#include "store/query.h"
#include "store/report_priv.h"

#define HEADER "attributes"

/* `view key` */
static void read_line(struct arena *a, struct report *r)
{
	const char *line = sql_header(&r->text, HEADER);
	size_t n = line != NULL ? strcspn(line, " \t") : 0;

	r->customers = line != NULL ? arena_span(a, line, n) : NULL;
	r->customers_key = line != NULL ? arena_text(a, line + n + strspn(line + n, " \t")) : NULL;
}

static bool has_column(const struct filter_scope *scope, const char *name)
{
	for (size_t j = 0; j < scope->columns; j++)
		if (strcmp(scope->column[j].name, name) == 0)
			return true;
	return false;
}

static enum filter_class class_of(const char *type)
{
	return strcmp(type, "number") == 0 ? FILTER_NUMBER : strcmp(type, "day") == 0 ? FILTER_DAY : FILTER_TEXT;
}

static const char *kind_of(const char *type, bool personal)
{
	return strcmp(type, "number") == 0 ? "real" : strcmp(type, "day") == 0 ? "day" : personal ? "personal" : "text";
}

/* A name that the report has already is the report's; the attribute has a longer one then. */
static void add_one(struct arena *a, struct report *r, struct filter_column *column, struct sql_header *header, const struct query *q)
{
	const char *name = arena_text(a, query_text(q, 1)), *type = query_text(q, 2);
	size_t j = r->scope.columns;

	if (has_column(&r->scope, name))
		name = arena_printf(a, "%s_attribute", name);
	column[j] = (struct filter_column){ .name = name, .class = class_of(type), .scale = 1, .attribute = query_int(q, 0),
		.named = arena_alloc(a, 1, sizeof *column[j].named) };
	header[r->text.headers++] = (struct sql_header){ "column", arena_printf(a, "%s %s - attribute of the customer", name, kind_of(type, query_int(q, 3) != 0)) };
	r->scope.columns++;
}

enum rc report_add_attributes(struct store *s, struct arena *a, struct report *r)
{
	struct filter_column *column;
	struct sql_header *header;
	struct query *q = NULL;
	int64_t n = 0;
	bool    row = true;
	size_t  own = r->scope.columns, key = r->scope.key;
	enum rc rc = RC_OK;

	read_line(a, r);
	if (r->customers != NULL)
		rc = query_get_int(s, "statement/report_attribute_count", &n, "");
	if (rc != RC_OK || n == 0)
		return rc;
	column = arena_alloc(a, own + (size_t)n + 1, sizeof *column);
	memcpy(column, r->scope.column, own * sizeof *column);
	header = arena_alloc(a, r->text.headers + (size_t)n + 1, sizeof *header);
	memcpy(header, r->text.header, r->text.headers * sizeof *header);
	r->scope.column = column;
	r->text.header = header;
	rc = query_open(s, "statement/report_attributes", &q);
	while (rc == RC_OK && (rc = query_step(q, &row)) == RC_OK && row && n-- > 0)
		add_one(a, r, column, header, q);
	query_close(q);
	r->scope.key = key < own ? key : r->scope.columns;
	return rc;
}

/* The cell of an attribute: v.text, v.number, or a day. */
static const char *cell_of(const struct filter_column *c)
{
	return c->class == FILTER_TEXT ? "v.text" : c->class == FILTER_DAY ? "CAST(v.number AS INTEGER)" : "v.number";
}

static void add_join(struct str *sql, const char *join, const struct filter_column *c)
{
	str_addf(sql, " %s customer_attribute AS c ON c.attribute = %lld AND c.customer = k.customer"
		" %s attribute_value AS v ON v.attribute = %lld AND v.value = c.value", join, (long long)c->attribute, join, (long long)c->attribute);
}

void report_add_named(struct str *sql, const struct report *r, const char *row)
{
	for (size_t j = r->own; j < r->scope.columns; j++) {
		const struct filter_column *c = &r->scope.column[j];

		if (!*c->named)
			continue;
		str_addf(sql, ", (SELECT %s FROM ", cell_of(c));
		filter_add_name(sql, r->customers);
		str_add(sql, " AS k");
		add_join(sql, "CROSS JOIN", c);
		str_add(sql, " WHERE k.");
		filter_add_name(sql, r->customers_key);
		str_addf(sql, " = %s.", row);
		filter_add_name(sql, r->customers_key);
		str_add(sql, ") AS ");
		filter_add_name(sql, c->name);
	}
}

void report_add_attribute_rows(struct str *sql, const struct report *r, size_t column)
{
	const struct filter_column *c = &r->scope.column[column];

	str_addf(sql, "SELECT k.customer, %s AS ", cell_of(c));
	filter_add_name(sql, c->name);
	str_add(sql, " FROM ");
	filter_add_name(sql, r->customers);
	str_add(sql, " AS k");
	add_join(sql, "LEFT JOIN", c);
}
