/* A report opened: its statement, its columns as a filter sees them, its parameters, and how many rows it has. What is
 * done with the rows is page.c and list.c. Owns no table. */
#include "config.h"

#include "store/report_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "store/query.h"
#include "store/rows_priv.h"
#include "store/store_priv.h"

#define REPORT "report/"

enum { NAMES_MAX = 256 };

/* Reports */

const char *page_report_name(size_t i)
{
	const char *name = sql_name(REPORT, i);

	return name != NULL ? name + strlen(REPORT) : NULL;
}

static enum rc no_such_report(const char *report)
{
	const char *names[NAMES_MAX], *near, *name;
	size_t n = 0;
	enum rc rc = err_set(RC_USAGE, "STORE-203", "there is no report '%s'", report);

	while (n < NAMES_MAX && (name = page_report_name(n)) != NULL)
		names[n++] = name;
	near = str_nearest(report, names, n);
	return near != NULL ? err_do(rc, "did you mean %s?", near) : err_do(rc, "'reports' lists them");
}

static bool has_report(const char *report)
{
	const char *name;

	for (size_t i = 0; (name = page_report_name(i)) != NULL; i++)
		if (strcmp(name, report) == 0)
			return true;
	return false;
}

static bool is_type(const char *declared, const char *type)
{
	return declared != NULL && sqlite3_stricmp(declared, type) == 0;
}

static enum filter_class class_of(const char *kind, const char *declared)
{
	static const struct { const char *kind; enum filter_class class; } kinds[] = {
		{ "money", FILTER_MONEY }, { "share", FILTER_SHARE },  { "days", FILTER_DAYS },   { "day", FILTER_DAY },
		{ "flag", FILTER_FLAG },   { "text", FILTER_TEXT },    { "int", FILTER_NUMBER },  { "count", FILTER_NUMBER },
		{ "rank", FILTER_NUMBER }, { "real", FILTER_NUMBER },  { "ratio", FILTER_NUMBER }, { "percent", FILTER_PERCENT },
	};

	for (size_t i = 0; kind != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kind, kinds[i].kind) == 0)
			return kinds[i].class;
	if (is_type(declared, "TEXT"))
		return FILTER_TEXT;
	if (is_type(declared, "INTEGER") || is_type(declared, "INT") || is_type(declared, "REAL"))
		return FILTER_NUMBER;
	return FILTER_ANY;
}

/* What stands for one major unit in a column of integers. */
static double minor_units(struct store *s)
{
	int64_t decimals = 2;
	double scale = 1;

	if (store_pragma_int(s, "SELECT CAST(value AS INTEGER) FROM store_fact WHERE key = 'decimals' UNION ALL SELECT 2 LIMIT 1",
			&decimals) != RC_OK)
		return 100;
	for (; decimals > 0; decimals--)
		scale *= 10;
	return scale;
}

/* The statement behind `-- find: column statement/x`, if the report has one for the column. */
static const char *read_find(struct arena *a, const struct report *r, const char *column)
{
	const char *line = sql_header(&r->text, "find");
	size_t n = strlen(column);
	struct sql_text t;

	if (line == NULL || strncmp(line, column, n) != 0 || line[n] != ' ')
		return NULL;
	return sql_get(a, line + n + 1, &t) == RC_OK ? t.text : NULL;
}

static void read_columns(struct store *s, struct arena *a, sqlite3_stmt *stmt, struct report *r)
{
	size_t n = (size_t)sqlite3_column_count(stmt);
	struct filter_column *column = arena_alloc(a, n + 1, sizeof *column);
	const char *key = sql_header(&r->text, "page");

	r->scope = (struct filter_scope){ .column = column, .columns = n, .key = n };
	for (size_t j = 0; j < n; j++) {
		const char *declared = sqlite3_column_decltype(stmt, (int)j);
		const char *name = arena_text(a, sqlite3_column_name(stmt, (int)j));
		struct rows_kind k = rows_kind_of(a, &r->text, name);

		column[j] = (struct filter_column){ .name = name, .class = class_of(k.kind, declared), .scale = 1,
			.find = key != NULL ? read_find(a, r, name) : NULL };
		if (column[j].class == FILTER_MONEY && is_type(declared, "INTEGER"))
			column[j].scale = minor_units(s);
		if (key != NULL && strcmp(name, key) == 0)
			r->scope.key = j;
	}
	r->own = n;
	r->needs_params = sqlite3_bind_parameter_count(stmt) > 0;
}

/* The statement without its semicolon and what follows, ready to stand in parentheses. */
static const char *cut_body(struct arena *a, const char *text, const char *tail)
{
	size_t n = (size_t)(tail - text);

	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		n--;
	if (n > 0 && text[n - 1] == ';')
		n--;
	return arena_span(a, text, n);
}

enum rc report_open(struct store *s, struct arena *a, const char *name, struct report *out)
{
	struct report r = { .name = arena_printf(a, REPORT "%s", name) };
	sqlite3_stmt *stmt = NULL;
	const char *tail;
	int code;
	enum rc rc;

	if (!has_report(name))
		return no_such_report(name);
	rc = sql_get(a, r.name, &r.text);
	if (rc != RC_OK)
		return rc;
	code = sqlite3_prepare_v2(s->db, r.text.text, -1, &stmt, &tail);
	if (code != SQLITE_OK)
		return store_fail(s, code, r.name);
	r.body = cut_body(a, r.text.text, tail);
	read_columns(s, a, stmt, &r);
	sqlite3_finalize(stmt);
	rc = report_add_attributes(s, a, &r);
	*out = r;
	return rc;
}

/* Parameters */

struct param { const char *name, *type; size_t name_n, type_n; bool required; };

/* `name type required|optional text` */
static struct param read_param(const char *line)
{
	struct param p;

	line += strspn(line, " \t");
	p.name = line;
	p.name_n = strcspn(line, " \t");
	line += p.name_n;
	line += strspn(line, " \t");
	p.type = line;
	p.type_n = strcspn(line, " \t");
	line += p.type_n;
	line += strspn(line, " \t");
	p.required = strncmp(line, "required", 8) == 0;
	return p;
}

static const char *given_value(const struct page_ask *ask, const struct param *p)
{
	for (size_t i = 0; i < ask->params; i++)
		if (strlen(ask->param[i].name) == p->name_n && strncmp(ask->param[i].name, p->name, p->name_n) == 0)
			return ask->param[i].value;
	return NULL;
}

static enum rc check_given(const struct report *r, const struct page_ask *ask, const struct page_param *given)
{
	enum rc rc;

	for (size_t i = 0; i < r->text.headers; i++) {
		struct param p;

		if (strcmp(r->text.header[i].key, "param") != 0)
			continue;
		p = read_param(r->text.header[i].value);
		if (strlen(given->name) == p.name_n && strncmp(given->name, p.name, p.name_n) == 0)
			return RC_OK;
	}
	rc = err_set(RC_USAGE, "STORE-204", "report %s takes no parameter '%s'", ask->report, given->name);
	return err_do(rc, "'help show' and 'reports' name the parameters");
}

/* The value goes to ":name", if the statement has it. */
static enum rc bind_param(sqlite3_stmt *stmt, const struct page_ask *ask, const struct param *p, const char *value)
{
	char *name = sqlite3_mprintf(":%.*s", (int)p->name_n, p->name);
	int at = name != NULL ? sqlite3_bind_parameter_index(stmt, name) : 0;
	size_t n = value != NULL ? strlen(value) : 0;
	bool ok = true;
	int64_t i;
	double d;
	day_t day;

	sqlite3_free(name);
	if (value == NULL && p->required)
		return err_set(RC_USAGE, "STORE-204", "report %s needs --param %.*s=VALUE", ask->report, (int)p->name_n, p->name);
	if (value == NULL || at == 0)
		return RC_OK;
	if (strncmp(p->type, "int", p->type_n) == 0 && (ok = str_int(value, n, &i)))
		sqlite3_bind_int64(stmt, at, i);
	else if (strncmp(p->type, "real", p->type_n) == 0 && (ok = str_real(value, n, &d)))
		sqlite3_bind_double(stmt, at, d);
	else if (strncmp(p->type, "day", p->type_n) == 0 && (ok = day_parse_iso(value, n, &day)))
		sqlite3_bind_int64(stmt, at, day);
	else if (ok)
		sqlite3_bind_text(stmt, at, value, -1, SQLITE_TRANSIENT);
	if (!ok)
		return err_set(RC_USAGE, "STORE-204", "parameter %.*s of report %s is no %.*s: '%s'", (int)p->name_n, p->name, ask->report,
			(int)p->type_n, p->type, value);
	return RC_OK;
}

/* A parameter of the type `attribute` names one that the store has. */
static enum rc check_attribute(struct store *s, const struct param *p, const char *value)
{
	const char *names[NAMES_MAX], *near;
	struct arena *a = arena_new();
	struct query *q = NULL;
	size_t n = 0;
	bool   row = true, found = false;
	enum rc rc = query_open(s, "statement/report_attributes", &q);

	while (rc == RC_OK && n < NAMES_MAX && (rc = query_step(q, &row)) == RC_OK && row) {
		names[n] = arena_text(a, query_text(q, 1));
		found = found || strcmp(names[n], value) == 0;
		n++;
	}
	query_close(q);
	if (rc == RC_OK && !found) {
		near = str_nearest(value, names, n);
		rc = err_set(RC_USAGE, "STORE-204", "there is no %.*s '%s' of customers", (int)p->type_n, p->type, value);
		if (near != NULL)
			err_do(rc, "did you mean %s?", near);
		else
			err_do(rc, n > 0 ? "'show attributes' lists them" : "none is kept: 'import --attributes COLUMNS' keeps columns");
	}
	arena_free(a);
	return rc;
}

static enum rc bind_params(struct store *s, const struct report *r, const struct page_ask *ask, sqlite3_stmt *stmt)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < ask->params; i++)
		rc = check_given(r, ask, &ask->param[i]);
	for (size_t i = 0; rc == RC_OK && i < r->text.headers; i++) {
		struct param p;

		if (strcmp(r->text.header[i].key, "param") != 0)
			continue;
		p = read_param(r->text.header[i].value);
		if (p.type_n == strlen("attribute") && strncmp(p.type, "attribute", p.type_n) == 0 && given_value(ask, &p) != NULL)
			rc = check_attribute(s, &p, given_value(ask, &p));
		if (rc == RC_OK)
			rc = bind_param(stmt, ask, &p, given_value(ask, &p));
	}
	return rc;
}

static void bind_filter(sqlite3_stmt *stmt, const struct filter_bound *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct filter_value *v = &b->value[i];
		char name[32];
		int at;

		sqlite3_snprintf(sizeof name, name, "@f%u", (unsigned)(i + 1));
		at = sqlite3_bind_parameter_index(stmt, name);
		if (v->type == FILTER_INT)
			sqlite3_bind_int64(stmt, at, v->i);
		else if (v->type == FILTER_REAL)
			sqlite3_bind_double(stmt, at, v->r);
		else
			sqlite3_bind_text(stmt, at, v->t, -1, SQLITE_STATIC);
	}
}

enum rc report_choose(struct arena *a, const struct filter_scope *scope, const char *list, const size_t **out, size_t *n)
{
	size_t *chosen = arena_alloc(a, strlen(list) + 1, sizeof *chosen);
	enum rc rc = RC_OK;

	*n = 0;
	for (const char *at = list; rc == RC_OK;) {
		size_t word = strcspn(at, ","), left = strspn(at, " "), right = word;

		while (right > left && at[right - 1] == ' ')
			right--;
		rc = filter_column_find(a, scope, at + left, right > left ? right - left : 0, &chosen[*n]);
		*n += rc == RC_OK;
		if (at[word] == '\0')
			break;
		at += word + 1;
	}
	*out = chosen;
	return rc;
}

/* Statements over a report */

void report_add_source(struct str *sql, const struct report *r)
{
	struct str named = { 0 };

	report_add_named(&named, r, "report_base");
	if (named.n > 0)
		str_addf(sql, " FROM (SELECT report_base.*%s", named.s);
	str_add(sql, " FROM (\n");
	str_add(sql, r->body);
	str_add(sql, named.n > 0 ? "\n) AS report_base) AS report_row" : "\n) AS report_row");
	str_clear(&named);
}

enum rc report_prepare(struct store *s, const struct report *r, const struct page_ask *ask, const struct filter_bound *bound,
	const char *sql, sqlite3_stmt **out)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
	enum rc rc;

	if (code != SQLITE_OK)
		return store_fail(s, code, r->name);
	rc = bind_params(s, r, ask, stmt);
	if (rc != RC_OK) {
		sqlite3_finalize(stmt);
		return rc;
	}
	if (bound != NULL)
		bind_filter(stmt, bound);
	*out = stmt;
	return RC_OK;
}

/* The first cell of the first row. */
enum rc report_count(struct store *s, const struct report *r, const struct page_ask *ask, const struct filter_bound *bound,
	const char *sql, int64_t *out)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc = report_prepare(s, r, ask, bound, sql, &stmt);
	int code;

	if (rc != RC_OK)
		return rc;
	code = sqlite3_step(stmt);
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		*out = code == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
	else
		rc = store_fail(s, code, r->name);
	sqlite3_finalize(stmt);
	return rc;
}

/* Rows of the report without filter: by its counting statement, by the end of its dense key, or one by one. */
enum rc report_count_all(struct store *s, struct arena *a, const struct report *r, const struct page_ask *ask, int64_t *out)
{
	const char *named = sql_header(&r->text, "total");
	struct sql_text t;
	struct str sql = { 0 };
	enum rc rc = RC_OK;

	if (named != NULL) {
		rc = sql_get(a, named, &t);
		str_add(&sql, rc == RC_OK ? t.text : "");
	} else if (r->scope.key < r->scope.columns) {
		str_add(&sql, "SELECT ");
		filter_add_name(&sql, r->scope.column[r->scope.key].name);
		report_add_source(&sql, r);
		str_add(&sql, " ORDER BY 1 DESC LIMIT 1");
	} else {
		str_add(&sql, "SELECT count(*)");
		report_add_source(&sql, r);
	}
	if (rc == RC_OK)
		rc = report_count(s, r, ask, NULL, sql.s, out);
	str_clear(&sql);
	return rc;
}
