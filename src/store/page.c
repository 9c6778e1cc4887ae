/* A report's rows, sorted, filtered and cut: the report's own SQL inside a SELECT made here from its column list, with
 * every value bound. A page of an unfiltered report is a range of its dense key, never an OFFSET. */
#include "config.h"

#include "store/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/filter_priv.h"
#include "store/query.h"
#include "store/rows_priv.h"
#include "store/sql.h"
#include "store/store_priv.h"

#define REPORT "report/"

enum { STREAM_ROWS = 4096, NAMES_MAX = 256 };

struct report {
	const char         *name; /* "report/top_customers" */
	struct sql_text     text;
	const char         *body; /* one statement, without its semicolon */
	struct filter_scope scope;
	bool                needs_params;
};

/* One statement to be run for a page. */
struct plan {
	struct filter_node *filter;
	struct filter_bound bound;
	size_t              sort;      /* scope.columns: the report's own order */
	bool                descending;
	bool                by_key;    /* the page is a range of the key */
	bool                in_two;    /* first the keys of the page, then its rows */
	const size_t       *chosen;    /* NULL: all columns */
	size_t              chosen_n;
	int64_t             total;     /* of the report without filter; -1 not known */
};

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

static enum rc open_report(struct store *s, struct arena *a, const char *name, struct report *out)
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
	*out = r;
	return RC_OK;
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

static enum rc bind_params(const struct report *r, const struct page_ask *ask, sqlite3_stmt *stmt)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < ask->params; i++)
		rc = check_given(r, ask, &ask->param[i]);
	for (size_t i = 0; rc == RC_OK && i < r->text.headers; i++) {
		struct param p;

		if (strcmp(r->text.header[i].key, "param") != 0)
			continue;
		p = read_param(r->text.header[i].value);
		rc = bind_param(stmt, ask, &p, given_value(ask, &p));
	}
	return rc;
}

static void bind_named_int(sqlite3_stmt *stmt, const char *name, int64_t v)
{
	int at = sqlite3_bind_parameter_index(stmt, name);

	if (at > 0)
		sqlite3_bind_int64(stmt, at, v);
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

/* Statements made here */

static void add_source(struct str *sql, const struct report *r)
{
	str_add(sql, " FROM (\n");
	str_add(sql, r->body);
	str_add(sql, "\n) AS report_row");
}

static void add_where(struct str *sql, const struct report *r, struct plan *p)
{
	if (p->filter == NULL)
		return;
	str_add(sql, " WHERE ");
	filter_sql(sql, p->filter, &r->scope, p->total, &p->bound);
}

static void add_order(struct str *sql, const struct report *r, const struct plan *p)
{
	size_t tie = r->scope.key < r->scope.columns ? r->scope.key : 0;

	if (p->sort == r->scope.columns)
		return;
	str_add(sql, " ORDER BY ");
	filter_add_name(sql, r->scope.column[p->sort].name);
	str_add(sql, p->descending ? " DESC" : "");
	if (p->sort == r->scope.key)
		return;
	/* Missing values come last either way, and equal ones always in the same order. */
	str_add(sql, " NULLS LAST, ");
	filter_add_name(sql, r->scope.column[tie].name);
}

/* Sorting by another column than the key carries along keys only; the other columns are fetched for the page alone. */
static void add_page_of_keys(struct str *sql, const struct report *r, struct plan *p)
{
	const char *key = r->scope.column[r->scope.key].name;

	str_add(sql, " WHERE ");
	filter_add_name(sql, key);
	str_add(sql, " IN (SELECT ");
	filter_add_name(sql, key);
	add_source(sql, r);
	add_where(sql, r, p);
	add_order(sql, r, p);
	str_add(sql, " LIMIT @limit OFFSET @offset)");
}

static void add_range_of_keys(struct str *sql, const struct report *r)
{
	const char *key = r->scope.column[r->scope.key].name;

	str_add(sql, " WHERE ");
	filter_add_name(sql, key);
	str_add(sql, " > @from AND ");
	filter_add_name(sql, key);
	str_add(sql, " <= @to");
}

static char *make_select(const struct report *r, struct plan *p)
{
	struct str sql = { 0 };

	str_add(&sql, "SELECT ");
	for (size_t i = 0; i < p->chosen_n; i++) {
		str_add(&sql, i > 0 ? "," : "");
		filter_add_name(&sql, r->scope.column[p->chosen[i]].name);
	}
	if (p->chosen_n == 0)
		str_add_char(&sql, '*');
	add_source(&sql, r);
	if (p->by_key)
		add_range_of_keys(&sql, r);
	else if (p->in_two)
		add_page_of_keys(&sql, r, p);
	else
		add_where(&sql, r, p);
	add_order(&sql, r, p);
	if (!p->by_key && !p->in_two)
		str_add(&sql, " LIMIT @limit OFFSET @offset");
	return str_take(&sql);
}

static enum rc prepare(struct store *s, const struct report *r, const struct page_ask *ask, struct plan *p, const char *sql,
	sqlite3_stmt **out)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
	enum rc rc;

	if (code != SQLITE_OK)
		return store_fail(s, code, r->name);
	rc = bind_params(r, ask, stmt);
	if (rc != RC_OK) {
		sqlite3_finalize(stmt);
		return rc;
	}
	bind_filter(stmt, &p->bound);
	*out = stmt;
	return RC_OK;
}

/* The first cell of the first row. */
static enum rc count(struct store *s, const struct report *r, const struct page_ask *ask, struct plan *p, const char *sql, int64_t *out)
{
	sqlite3_stmt *stmt = NULL;
	enum rc rc = prepare(s, r, ask, p, sql, &stmt);
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
static enum rc count_all(struct store *s, struct arena *a, const struct report *r, const struct page_ask *ask, int64_t *out)
{
	const char *named = sql_header(&r->text, "total");
	struct plan plain = { .total = -1 };
	struct sql_text t;
	struct str sql = { 0 };
	enum rc rc = RC_OK;

	if (named != NULL) {
		rc = sql_get(a, named, &t);
		str_add(&sql, rc == RC_OK ? t.text : "");
	} else if (r->scope.key < r->scope.columns) {
		str_add(&sql, "SELECT ");
		filter_add_name(&sql, r->scope.column[r->scope.key].name);
		add_source(&sql, r);
		str_add(&sql, " ORDER BY 1 DESC LIMIT 1");
	} else {
		str_add(&sql, "SELECT count(*)");
		add_source(&sql, r);
	}
	if (rc == RC_OK)
		rc = count(s, r, ask, &plain, sql.s, out);
	str_clear(&sql);
	return rc;
}

static enum rc count_filtered(struct store *s, const struct report *r, const struct page_ask *ask, const struct plan *p, int64_t *out)
{
	struct plan same = { .filter = p->filter, .total = p->total };
	struct str sql = { 0 };
	enum rc rc;

	/* A plain count(*) over the sorted report is run row by row, the condition last; with the limit between, the inner SELECT
	 * is planned as for a page. */
	str_add(&sql, "SELECT count(*) FROM (SELECT 1");
	add_source(&sql, r);
	add_where(&sql, r, &same);
	str_add(&sql, " LIMIT -1)");
	rc = count(s, r, ask, &same, sql.s, out);
	str_clear(&sql);
	filter_bound_clear(&same.bound);
	return rc;
}

/* Planning */

static enum rc choose_columns(struct arena *a, const struct report *r, const char *list, struct plan *p)
{
	size_t *chosen = arena_alloc(a, strlen(list) + 1, sizeof *chosen);
	enum rc rc = RC_OK;

	for (const char *at = list; rc == RC_OK;) {
		size_t n = strcspn(at, ","), left = strspn(at, " "), right = n;

		while (right > left && at[right - 1] == ' ')
			right--;
		rc = filter_column_find(a, &r->scope, at + left, right > left ? right - left : 0, &chosen[p->chosen_n]);
		p->chosen_n += rc == RC_OK;
		if (at[n] == '\0')
			break;
		at += n + 1;
	}
	p->chosen = chosen;
	return rc;
}

static enum rc make_plan(struct store *s, struct arena *a, const struct report *r, const struct page_ask *ask, struct plan *out)
{
	struct plan p = { .sort = r->scope.columns, .total = -1 };
	enum rc rc = RC_OK;

	if (ask->columns != NULL)
		rc = choose_columns(a, r, ask->columns, &p);
	if (rc == RC_OK && ask->sort != NULL && ask->sort[0] != '\0') {
		p.descending = ask->sort[0] == '-';
		rc = filter_column_find(a, &r->scope, ask->sort + p.descending, strlen(ask->sort + p.descending), &p.sort);
	}
	if (rc == RC_OK && ask->where != NULL)
		rc = filter_parse(a, ask->where, &r->scope, &p.filter);
	if (rc != RC_OK)
		return rc;
	if (p.filter != NULL)
		filter_find_keys(p.filter, &r->scope);
	if (p.filter == NULL && r->scope.key < r->scope.columns && (p.sort == r->scope.columns || p.sort == r->scope.key)) {
		p.by_key = true;
		p.sort = r->scope.key;
	}
	p.in_two = r->scope.key < r->scope.columns && p.sort < r->scope.columns && p.sort != r->scope.key && ask->limit >= 0;
	if ((p.by_key && p.descending) || (p.filter != NULL && filter_needs_total(p.filter)))
		rc = count_all(s, a, r, ask, &p.total);
	if (rc == RC_OK)
		*out = p;
	return rc;
}

static int64_t plus(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static void bind_place(sqlite3_stmt *stmt, const struct page_ask *ask, const struct plan *p)
{
	int64_t skip = ask->offset > 0 ? ask->offset : 0;
	int64_t end = ask->limit < 0 ? INT64_MAX : plus(skip, ask->limit);

	if (!p->by_key) {
		bind_named_int(stmt, "@limit", ask->limit < 0 ? -1 : ask->limit);
		bind_named_int(stmt, "@offset", skip);
	} else if (p->descending) {
		bind_named_int(stmt, "@from", end >= p->total ? 0 : p->total - end);
		bind_named_int(stmt, "@to", skip >= p->total ? 0 : p->total - skip);
	} else {
		bind_named_int(stmt, "@from", skip);
		bind_named_int(stmt, "@to", end);
	}
}

/* The statement whose rows are the page; *plan is to be cleared after it. */
static enum rc start(struct store *s, struct arena *a, const struct page_ask *ask, struct report *r, struct plan *plan, sqlite3_stmt **out)
{
	char *sql;
	enum rc rc = open_report(s, a, ask->report, r);

	if (rc == RC_OK)
		rc = make_plan(s, a, r, ask, plan);
	if (rc != RC_OK)
		return rc;
	sql = make_select(r, plan);
	rc = prepare(s, r, ask, plan, sql, out);
	free(sql);
	if (rc == RC_OK)
		bind_place(*out, ask, plan);
	return rc;
}

static enum rc gather(struct store *s, const struct report *r, struct rows *rows, sqlite3_stmt *stmt, size_t limit, bool *more)
{
	enum rc rc = store_heed(s, r->name);

	*more = true;
	while (rc == RC_OK && rows->n < limit) {
		int code = sqlite3_step(stmt);

		if (code == SQLITE_DONE) {
			*more = false;
			break;
		}
		rc = code == SQLITE_ROW ? rows_add(rows, stmt) : store_fail(s, code, r->name);
	}
	return rc;
}

static enum rc count_page(struct store *s, struct arena *a, const struct page_ask *ask, const struct report *r, const struct plan *p,
	size_t rows, int64_t *total)
{
	int64_t skip = ask->offset > 0 ? ask->offset : 0;

	if (ask->uncounted) {
		*total = -1;
		return RC_OK;
	}
	/* A page that is not full ends where the rows end. */
	if ((ask->limit < 0 || (int64_t)rows < ask->limit) && (rows > 0 || skip == 0)) {
		*total = skip + (int64_t)rows;
		return RC_OK;
	}
	if (p->filter != NULL)
		return count_filtered(s, r, ask, p, total);
	if (p->total >= 0) {
		*total = p->total;
		return RC_OK;
	}
	return count_all(s, a, r, ask, total);
}

static enum rc load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out)
{
	struct report r;
	struct plan plan = { 0 };
	struct rows rows = { 0 };
	struct page page;
	sqlite3_stmt *stmt = NULL;
	bool more;
	enum rc rc = start(s, a, ask, &r, &plan, &stmt);

	if (rc == RC_OK) {
		rows_init(&rows, a, stmt, &r.text);
		rc = gather(s, &r, &rows, stmt, SIZE_MAX, &more);
	}
	sqlite3_finalize(stmt);
	if (rc == RC_OK)
		rc = rows_frame(&rows, &page.frame);
	if (rc == RC_OK)
		rc = count_page(s, a, ask, &r, &plan, rows.n, &page.total);
	rows_clear(&rows);
	filter_bound_clear(&plan.bound);
	if (rc == RC_OK)
		*out = page;
	return rc;
}

enum rc page_load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out)
{
	/* Rows and total are of one moment: a snapshot, unless the caller holds one. A writer sees its own rows anyway. */
	bool own = s->readonly && !store_in_transaction(s);
	enum rc rc = own ? store_begin(s) : RC_OK;

	if (rc == RC_OK)
		rc = load(s, a, ask, out);
	if (own)
		store_rollback(s);
	return rc;
}

static enum rc stream(struct store *s, const struct report *r, struct rows *rows, sqlite3_stmt *stmt,
	enum rc (*row)(void *user, const struct frame *f), void *user)
{
	bool more = true, first = true;
	enum rc rc = RC_OK;

	while (rc == RC_OK && more) {
		struct arena *batch = arena_new();
		struct frame *f;

		rows_restart(rows, batch);
		rc = gather(s, r, rows, stmt, STREAM_ROWS, &more);
		if (rc == RC_OK && (rows->n > 0 || first)) {
			rc = rows_frame(rows, &f);
			if (rc == RC_OK)
				rc = row(user, f);
		}
		first = false;
		arena_free(batch);
	}
	return rc;
}

enum rc page_stream(struct store *s, const struct page_ask *ask, enum rc (*row)(void *user, const struct frame *f), void *user)
{
	struct arena *a = arena_new();
	struct report r;
	struct plan plan = { 0 };
	struct rows rows = { 0 };
	sqlite3_stmt *stmt = NULL;
	enum rc rc = start(s, a, ask, &r, &plan, &stmt);

	if (rc == RC_OK) {
		rows_init(&rows, a, stmt, &r.text);
		rc = stream(s, &r, &rows, stmt, row, user);
	}
	sqlite3_finalize(stmt);
	rows_clear(&rows);
	filter_bound_clear(&plan.bound);
	arena_free(a);
	return rc;
}
