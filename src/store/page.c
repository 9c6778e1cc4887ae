/* A report's rows, sorted, filtered and cut: the report's own SQL inside a SELECT made here from its column list, with
 * every value bound. A page of an unfiltered report is a range of its dense key, never an OFFSET. */
#include "config.h"

#include "store/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/report_priv.h"
#include "store/rows_priv.h"
#include "store/store_priv.h"

#define PLACE "report_place" /* a row's number in the report's own order */

enum { STREAM_ROWS = 4096 };

/* One statement to be run for a page. */
struct plan {
	struct filter_node *filter;
	struct filter_bound bound;
	size_t              sort;      /* scope.columns: the report's own order */
	bool                descending;
	bool                by_key;    /* the page is a range of the key */
	bool                in_two;    /* first the keys of the page, then its rows */
	bool                placed;    /* with report_place as a last column */
	const size_t       *chosen;    /* NULL: all columns */
	size_t              chosen_n;
	int64_t             total;     /* of the report without filter; -1 not known */
};

static void bind_named_int(sqlite3_stmt *stmt, const char *name, int64_t v)
{
	int at = sqlite3_bind_parameter_index(stmt, name);

	if (at > 0)
		sqlite3_bind_int64(stmt, at, v);
}

/* Statements made here */

static void add_where(struct str *sql, const struct report *r, struct plan *p)
{
	if (p->filter == NULL)
		return;
	str_add(sql, " WHERE ");
	filter_sql(sql, p->filter, &r->scope, p->total, &p->bound);
}

/* The limit keeps SQLite from leaving the report's order out. */
static void add_rows(struct str *sql, const struct report *r, const struct plan *p)
{
	if (!p->placed) {
		report_add_source(sql, r);
		return;
	}
	str_add(sql, " FROM (SELECT *, row_number() OVER () AS " PLACE " FROM (SELECT *");
	report_add_source(sql, r);
	str_add(sql, " LIMIT -1)) AS report_row");
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
	str_add(sql, p->placed ? ", " PLACE : "");
}

/* Sorting by another column than the key carries along keys only; the other columns are fetched for the page alone. */
static void add_page_of_keys(struct str *sql, const struct report *r, struct plan *p)
{
	const char *key = r->scope.column[r->scope.key].name;

	str_add(sql, " WHERE ");
	filter_add_name(sql, key);
	str_add(sql, " IN (SELECT ");
	filter_add_name(sql, key);
	report_add_source(sql, r);
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

static void add_names(struct str *sql, const struct report *r, const struct plan *p)
{
	bool all = p->chosen_n == 0;

	str_add(sql, "SELECT ");
	for (size_t i = 0; i < (all ? r->own : p->chosen_n); i++) {
		str_add(sql, i > 0 ? "," : "");
		filter_add_name(sql, r->scope.column[all ? i : p->chosen[i]].name);
	}
	str_add(sql, p->placed ? "," PLACE : "");
}

static char *make_select(const struct report *r, struct plan *p)
{
	struct str sql = { 0 };

	add_names(&sql, r, p);
	add_rows(&sql, r, p);
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

static enum rc count_filtered(struct store *s, const struct report *r, const struct page_ask *ask, const struct plan *p, int64_t *out)
{
	struct plan same = { .filter = p->filter, .total = p->total };
	struct str sql = { 0 };
	enum rc rc;

	/* A plain count(*) over the sorted report is run row by row, the condition last; with the limit between, the inner SELECT
	 * is planned as for a page. */
	str_add(&sql, "SELECT count(*) FROM (SELECT 1");
	report_add_source(&sql, r);
	add_where(&sql, r, &same);
	str_add(&sql, " LIMIT -1)");
	rc = report_count(s, r, ask, &same.bound, sql.s, out);
	str_clear(&sql);
	filter_bound_clear(&same.bound);
	return rc;
}

/* Planning */

static enum rc make_plan(struct store *s, struct arena *a, const struct report *r, const struct page_ask *ask, struct plan *out)
{
	struct plan p = { .sort = r->scope.columns, .total = -1, .placed = out->placed };
	enum rc rc = RC_OK;

	if (ask->columns != NULL)
		rc = report_choose(a, &r->scope, ask->columns, &p.chosen, &p.chosen_n);
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
		rc = report_count_all(s, a, r, ask, &p.total);
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
	enum rc rc = report_open(s, a, ask->report, r);

	if (rc == RC_OK)
		rc = make_plan(s, a, r, ask, plan);
	if (rc != RC_OK)
		return rc;
	sql = make_select(r, plan);
	rc = report_prepare(s, r, ask, &plan->bound, sql, out);
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
	return report_count_all(s, a, r, ask, total);
}

static enum rc load(struct store *s, struct arena *a, const struct page_ask *ask, bool placed, struct page *out)
{
	struct report r;
	struct plan plan = { .placed = placed };
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

static enum rc load_of_one_moment(struct store *s, struct arena *a, const struct page_ask *ask, bool placed, struct page *out)
{
	/* Rows and total are of one moment: a snapshot, unless the caller holds one. A writer sees its own rows anyway. */
	bool own = s->readonly && !store_in_transaction(s);
	enum rc rc = own ? store_begin(s) : RC_OK;

	if (rc == RC_OK)
		rc = load(s, a, ask, placed, out);
	if (own)
		store_rollback(s);
	return rc;
}

enum rc page_load(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out)
{
	return load_of_one_moment(s, a, ask, false, out);
}

enum rc page_load_placed(struct store *s, struct arena *a, const struct page_ask *ask, struct page *out)
{
	return load_of_one_moment(s, a, ask, true, out);
}

/* The rows of some keys, in the order of the keys. */

static char *make_row_select(const struct report *r, struct plan *p)
{
	struct str sql = { 0 };

	add_names(&sql, r, p);
	report_add_source(&sql, r);
	str_add(&sql, " WHERE ");
	filter_add_name(&sql, r->scope.column[r->scope.key].name);
	str_add(&sql, " = @key");
	return str_take(&sql);
}

static enum rc gather_keys(struct store *s, const struct report *r, struct rows *rows, sqlite3_stmt *stmt, const int64_t *key, size_t n)
{
	int at = sqlite3_bind_parameter_index(stmt, "@key");
	enum rc rc = store_heed(s, r->name);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		int code;

		sqlite3_bind_int64(stmt, at, key[i]);
		code = sqlite3_step(stmt);
		if (code == SQLITE_DONE)
			return err_set(RC_DATA, "STORE-205", "%s has changed: row %lld is no longer there", r->name, (long long)key[i]);
		rc = code == SQLITE_ROW ? rows_add(rows, stmt) : store_fail(s, code, r->name);
		sqlite3_reset(stmt);
	}
	return rc;
}

enum rc page_rows(struct store *s, struct arena *a, const struct page_ask *ask, const int64_t *key, size_t n, struct frame **out)
{
	struct report r;
	struct plan plan = { 0 };
	struct rows rows = { 0 };
	sqlite3_stmt *stmt = NULL;
	char *sql = NULL;
	enum rc rc = report_open(s, a, ask->report, &r);

	if (rc == RC_OK && ask->columns != NULL)
		rc = report_choose(a, &r.scope, ask->columns, &plan.chosen, &plan.chosen_n);
	if (rc == RC_OK) {
		sql = make_row_select(&r, &plan);
		rc = report_prepare(s, &r, ask, NULL, sql, &stmt);
	}
	if (rc == RC_OK) {
		rows_init(&rows, a, stmt, &r.text);
		rc = gather_keys(s, &r, &rows, stmt, key, n);
	}
	sqlite3_finalize(stmt);
	if (rc == RC_OK)
		rc = rows_frame(&rows, out);
	rows_clear(&rows);
	free(sql);
	return rc;
}

/* Streams */

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
