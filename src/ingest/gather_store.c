/* The profile of a file into the store, and into that of all files together. Owns raw_profile. Not here: how values are counted and
 * weighed (gather.c, column.c). */
#include "config.h"

#include "ingest/gather.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mask.h"
#include "base/mem.h"
#include "base/str.h"
#include "ingest/gather_priv.h"
#include "ingest/keyset.h"
#include "math/sketch.h"
#include "store/query.h"

enum { ALL_FILES = 0, HELD_OF_ALL = 4096 };

/* A row of raw_profile. */
struct told {
	int64_t               kept, place;
	const char           *name, *role;
	struct column_summary sum;
	int                   first_month, months; /* months 0: no row has a date */
	int64_t              *filled, *rows;       /* by month */
	const struct distinct *distinct;           /* borrowed; NULL: customers, who are counted in the end */
};

/* --- a file ----------------------------------------------------------------------------------- */

/* The months from the first with a row to the last: rows, and those with a value. */
static void tell_months(struct arena *a, const int32_t *rows, const int32_t *gap, struct told *out)
{
	int first = 0, last = COLUMN_MONTHS - 1;
	while (first <= last && !rows[first])
		first++;
	while (last >= first && !rows[last])
		last--;
	out->first_month = first;
	out->months = last - first + 1;
	out->rows = arena_alloc(a, (size_t)out->months + 1, sizeof *out->rows);
	out->filled = arena_alloc(a, (size_t)out->months + 1, sizeof *out->filled);
	for (int i = 0; i < out->months; i++) {
		out->rows[i] = rows[first + i];
		out->filled[i] = rows[first + i] - gap[first + i];
	}
}

static void tell_column(const struct gather *g, struct gathered *c, struct told *out)
{
	gather_settle(c);
	*out = (struct told){ .name = c->name, .role = c->role };
	column_tell(c->column, &out->sum);
	if (mask_is_personal(c->name)) /* no names, addresses and numbers of people: nothing needs them */
		out->sum.tops = 0;
	out->distinct = column_distinct(c->column);
	tell_months(g->arena, g->month, c->gap, out);
}

/* A kept value, as yet without a word on how many are different. */
static void tell_kept(const struct gather *g, const char *name, const char *type, int64_t rows, struct told *out)
{
	static const int32_t none[COLUMN_MONTHS];
	*out = (struct told){ .kept = 1, .name = name, .role = name };
	out->sum = (struct column_summary){ .type = rows ? type : NULL, .count = rows, .missing = g->day.rows - rows, .mean = NAN };
	for (int i = 0; i < COLUMN_GRID; i++)
		out->sum.grid[i] = NAN;
	tell_months(g->arena, g->kept, none, out);
}

static void tell_distinct(struct told *t, double different, double error)
{
	t->sum.distinct = different;
	t->sum.distinct_error = error;
	t->sum.shape = column_shape(t->sum.type, t->sum.count, t->sum.missing, different, error == 0, different == (double)t->sum.count);
}

/* The ends and the mean are those of all rows, what is between them of those weighed. */
static void tell_range(const struct gathered_kept *k, double scale, struct told *t)
{
	double p[COLUMN_GRID];
	if (!k->rows)
		return;
	for (int i = 0; i < COLUMN_GRID; i++)
		p[i] = i / (COLUMN_GRID - 1.0);
	spread_quantiles(k->spread, p, COLUMN_GRID, t->sum.grid);
	for (int i = 0; i < COLUMN_GRID && !k->weighed; i++)
		t->sum.grid[i] = (double)k->low / scale;
	t->sum.grid[0] = (double)k->low / scale;
	t->sum.grid[COLUMN_GRID - 1] = (double)k->high / scale;
	t->sum.mean = (double)k->sum / (double)k->rows / scale;
	t->sum.weighed = k->weighed;
	t->sum.rank_error = spread_error(k->spread);
}

/* Customers are numbered already: how many there are is known. */
static void tell_customers(const struct gather *g, int64_t customers, struct told *out)
{
	tell_kept(g, "customer", "text", g->day.rows, out);
	out->sum.weighed = out->sum.count;
	tell_distinct(out, (double)customers, 0);
	out->place = 1;
}

static void tell_days(const struct gather *g, struct distinct *days, struct told *out)
{
	for (int64_t d = 0; d < DAYS_MOST; d++)
		if (g->days[d / 8] & 1 << d % 8)
			distinct_add(days, keyset_hash(0, (const char *)&d, sizeof d));
	tell_kept(g, "day", "date", g->day.rows, out);
	tell_range(&g->day, 1, out);
	tell_distinct(out, distinct_count(days), distinct_error(days));
	out->distinct = days;
	out->place = 2;
}

static void tell_amounts(const struct gather *g, struct told *out)
{
	tell_kept(g, "amount", "number", g->amount.rows, out);
	tell_range(&g->amount, g->scale, out);
	tell_distinct(out, distinct_count(g->amount.distinct), distinct_error(g->amount.distinct));
	out->distinct = g->amount.distinct;
	out->place = 3;
}

/* --- into the table --------------------------------------------------------------------------- */

static char *numbers_text(const int64_t *v, int n)
{
	struct str t = {0};
	str_add_char(&t, '[');
	for (int i = 0; i < n; i++)
		str_addf(&t, "%s%lld", i ? "," : "", (long long)v[i]);
	str_add_char(&t, ']');
	return str_take(&t);
}

static char *grid_text(const double *grid)
{
	struct str t = {0};
	for (int i = 0; i < COLUMN_GRID; i++) {
		str_add_char(&t, i ? ',' : '[');
		str_add_double(&t, grid[i]);
	}
	str_add_char(&t, ']');
	return str_take(&t);
}

static char *top_text(const struct column_summary *s)
{
	struct js *list = js_array();
	struct str t = {0};
	for (size_t i = 0; i < s->tops; i++) {
		struct js *one = js_array();
		js_add_text(one, s->top[i].text);
		js_add(one, js_int(s->top[i].count));
		js_add(one, js_int(s->top[i].exact));
		js_add(list, one);
	}
	js_write(&t, list, false, false);
	js_free(list);
	return str_take(&t);
}

/* Parameters 1 to 16: what is counted, weighed and most frequent. */
static void bind_counts(struct query *q, int64_t file_id, const struct told *t)
{
	const struct column_summary *s = &t->sum;
	char                        *top = top_text(s);
	query_bind_int(q, 1, file_id);
	query_bind_int(q, 2, t->kept);
	query_bind_int(q, 3, t->place);
	query_bind_text(q, 4, t->name);
	query_bind_text(q, 5, t->role);
	query_bind_text(q, 6, s->type);
	query_bind_text(q, 7, s->shape);
	query_bind_int(q, 8, s->count);
	query_bind_int(q, 9, s->missing);
	query_bind_int(q, 10, (int64_t)s->distinct);
	query_bind_real(q, 11, s->distinct_error);
	query_bind_int(q, 12, s->weighed);
	query_bind_text(q, 13, top);
	free(top);
}

static void bind_months(struct query *q, const struct told *t)
{
	char *filled = numbers_text(t->filled, t->months), *rows = numbers_text(t->rows, t->months);
	query_bind_null(q, 14);
	if (t->months)
		query_bind_int(q, 14, t->first_month);
	query_bind_text(q, 15, filled);
	query_bind_text(q, 16, rows);
	free(filled);
	free(rows);
}

static void bind_range(struct query *q, const struct told *t)
{
	static const int at[] = { 0, 5, 25, 50, 75, 95, COLUMN_GRID - 1 };
	const double    *grid = t->sum.grid;
	char            *text = isnan(grid[0]) ? NULL : grid_text(grid);
	query_bind_real(q, 17, t->sum.mean);
	for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
		query_bind_real(q, 18 + (int)i, grid[at[i]]);
	query_bind_text(q, 25, text);
	free(text);
}

static void bind_sketch(struct query *q, int64_t file_id, const struct told *t)
{
	size_t   n = t->distinct ? distinct_bytes(t->distinct) : 0;
	uint8_t *bytes;
	query_bind_null(q, 26);
	if (file_id != ALL_FILES || !n)
		return;
	bytes = mem_new(n, 1);
	distinct_write(t->distinct, bytes);
	query_bind_blob(q, 26, bytes, n);
	free(bytes);
}

static enum rc put(struct store *s, int64_t file_id, const struct told *t)
{
	struct query *q = NULL;
	bool          row;
	enum rc       rc = query_open(s, "statement/ingest_profile_put", &q);
	if (rc)
		return rc;
	bind_counts(q, file_id, t);
	bind_months(q, t);
	bind_range(q, t);
	bind_sketch(q, file_id, t);
	rc = query_step(q, &row);
	query_close(q);
	return rc;
}

/* --- all files together ----------------------------------------------------------------------- */

static struct js *json_of(const struct query *q, int column)
{
	const char *text = query_text(q, column);
	struct js  *js = NULL;
	return text && !js_read(text, strlen(text), "raw_profile", &js) ? js : NULL;
}

static int64_t *numbers_of(struct arena *a, const struct query *q, int column, int *n)
{
	struct js *js = json_of(q, column);
	int64_t   *v;
	*n = (int)js_count(js);
	v = arena_alloc(a, (size_t)*n + 1, sizeof *v);
	for (int i = 0; i < *n; i++)
		v[i] = js_int_of(js_at(js, (size_t)i));
	js_free(js);
	return v;
}

static const char *word_of(const char *text)
{
	static const char *const words[] = { "number", "whole", "date", "text" };
	for (size_t i = 0; text && i < sizeof words / sizeof words[0]; i++)
		if (!strcmp(words[i], text))
			return words[i];
	return NULL;
}

static void read_lists(const struct query *q, struct column_summary *s)
{
	struct js *grid = json_of(q, 9), *top = json_of(q, 10);
	for (int i = 0; i < COLUMN_GRID; i++)
		s->grid[i] = js_count(grid) == COLUMN_GRID ? js_real_of(js_at(grid, (size_t)i)) : NAN;
	for (size_t i = 0; i < js_count(top) && i < COLUMN_TOP; i++) {
		const struct js *one = js_at(top, i);
		const char      *text = js_text_of(js_at(one, 0));
		s->top[s->tops] = (struct column_top){ .count = js_int_of(js_at(one, 1)), .exact = js_int_of(js_at(one, 2)) };
		strncpy(s->top[s->tops++].text, text ? text : "", sizeof s->top[0].text - 1);
	}
	js_free(grid);
	js_free(top);
}

static enum rc damaged(const char *column)
{
	return err_set(RC_DAMAGED, "CSV-131", "the profile of the column %s cannot be read", column);
}

static bool read_months(struct arena *a, const struct query *q, struct told *out)
{
	int rows;
	out->first_month = (int)query_int(q, 11);
	out->filled = numbers_of(a, q, 12, &out->months);
	out->rows = numbers_of(a, q, 13, &rows);
	return rows == out->months && out->first_month >= 0 && out->first_month <= COLUMN_MONTHS && out->months <= COLUMN_MONTHS - out->first_month;
}

/* The row of all files so far; *there is false when there is none. held: gets its different values. */
static enum rc read_all(struct arena *a, struct store *s, const struct told *like, struct told *out, struct distinct *held, bool *there)
{
	struct query *q = NULL;
	const void   *bytes;
	size_t        n;
	enum rc       rc = query_open(s, "statement/ingest_profile_all", &q);
	if (rc)
		return rc;
	query_bind_int(q, 1, like->kept);
	query_bind_text(q, 2, like->name);
	rc = query_step(q, there);
	if (!rc && *there) {
		*out = (struct told){ .kept = like->kept, .place = query_int(q, 0), .name = like->name, .role = like->role };
		out->sum = (struct column_summary){ .type = word_of(query_text(q, 1)), .count = query_int(q, 3), .missing = query_int(q, 4),
		                                    .distinct = (double)query_int(q, 5), .distinct_error = query_real(q, 6),
		                                    .weighed = query_int(q, 7), .mean = query_real(q, 8) };
		out->sum.shape = query_text(q, 2) && !strcmp(query_text(q, 2), "key") ? "key" : "";
		read_lists(q, &out->sum);
		rc = read_months(a, q, out) ? RC_OK : damaged(like->name);
		bytes = query_blob(q, 14, &n);
		out->distinct = like->distinct ? held : NULL;
		if (!rc && bytes && n && !distinct_join(held, bytes, n))
			rc = damaged(like->name);
	}
	query_close(q);
	return rc;
}

static void add_months(struct arena *a, struct told *all, const struct told *t)
{
	int      first, end;
	int64_t *filled, *rows;
	if (!t->months)
		return;
	first = all->months && all->first_month < t->first_month ? all->first_month : t->first_month;
	end = t->first_month + t->months;
	end = all->months && all->first_month + all->months > end ? all->first_month + all->months : end;
	filled = arena_alloc(a, (size_t)(end - first), sizeof *filled);
	rows = arena_alloc(a, (size_t)(end - first), sizeof *rows);
	for (int i = 0; i < all->months; i++) {
		filled[all->first_month - first + i] = all->filled[i];
		rows[all->first_month - first + i] = all->rows[i];
	}
	for (int i = 0; i < t->months; i++) {
		filled[t->first_month - first + i] += t->filled[i];
		rows[t->first_month - first + i] += t->rows[i];
	}
	all->first_month = first;
	all->months = end - first;
	all->filled = filled;
	all->rows = rows;
}

struct point { double v, w; };

static int by_value(const void *a, const void *b)
{
	double x = ((const struct point *)a)->v, y = ((const struct point *)b)->v;
	return (x > y) - (x < y);
}

/* Two grids as samples of COLUMN_GRID values, each value with its share of its column's rows; the ends with half of one. */
static void add_grid(struct column_summary *all, double rows, const struct column_summary *t, double more)
{
	struct point p[2 * COLUMN_GRID];
	double       sum, total = rows + more;
	size_t       n = 0;
	for (int i = 0; i < COLUMN_GRID; i++) {
		double share = (i % (COLUMN_GRID - 1) ? 1 : 0.5) / (COLUMN_GRID - 1);
		p[n++] = (struct point){ all->grid[i], rows * share };
		p[n++] = (struct point){ t->grid[i], more * share };
	}
	qsort(p, n, sizeof p[0], by_value);
	all->grid[0] = p[0].v;
	all->grid[COLUMN_GRID - 1] = p[n - 1].v;
	sum = p[0].w;
	for (size_t i = 0, k = 1; k < COLUMN_GRID - 1; k++) {
		while (i + 1 < n && sum < total * (double)k / (COLUMN_GRID - 1))
			sum += p[++i].w;
		all->grid[k] = p[i].v;
	}
}

static void add_range(struct column_summary *all, const struct column_summary *t)
{
	double rows = (double)all->count, more = (double)t->count;
	if (!rows || isnan(all->grid[0]) != isnan(t->grid[0])) { /* what one of them cannot tell, both cannot */
		const struct column_summary *from = !rows || isnan(t->grid[0]) ? t : all;
		memcpy(all->grid, from->grid, sizeof all->grid);
		all->mean = from->mean;
	} else if (more && !isnan(t->grid[0])) {
		add_grid(all, rows, t, more);
		all->mean = (all->mean * rows + t->mean * more) / (rows + more);
	}
}

static int by_count(const void *a, const void *b)
{
	const struct column_top *x = a, *y = b;
	return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->text, y->text);
}

/* A value that one of them does not name may have come there, too: then its count is "at least". */
static void add_top(struct column_summary *all, const struct column_summary *t)
{
	struct column_top top[2 * COLUMN_TOP];
	size_t            n = all->tops;
	bool              first = !all->count;
	memcpy(top, all->top, n * sizeof top[0]);
	for (size_t i = 0; i < n; i++)
		top[i].exact = top[i].exact && (!t->count || all->distinct_error == 0);
	for (size_t i = 0; i < t->tops; i++) {
		size_t k = 0;
		while (k < all->tops && strcmp(top[k].text, t->top[i].text) != 0)
			k++;
		if (k < all->tops) {
			top[k].count += t->top[i].count;
			top[k].exact = top[k].exact && t->top[i].exact;
		} else {
			top[n] = t->top[i];
			top[n++].exact = first && t->top[i].exact;
		}
	}
	qsort(top, n, sizeof top[0], by_count);
	all->tops = n < COLUMN_TOP ? n : COLUMN_TOP;
	memcpy(all->top, top, all->tops * sizeof top[0]);
}

static const char *type_of_both(const char *a, const char *b)
{
	bool numbers = a && b && strcmp(a, "text") != 0 && strcmp(b, "text") != 0 && strcmp(a, "date") != 0 && strcmp(b, "date") != 0;
	if (!a || !b)
		return a ? a : b;
	return !strcmp(a, b) ? a : numbers ? "number" : "text";
}

/* How many different values both have together. */
static void add_distinct(struct told *all, const struct told *t, struct distinct *held)
{
	uint8_t *bytes;
	if (!t->distinct)
		return;
	bytes = mem_new(distinct_bytes(t->distinct), 1);
	distinct_write(t->distinct, bytes);
	distinct_join(held, bytes, distinct_bytes(t->distinct));
	free(bytes);
	all->sum.distinct = distinct_count(held);
	all->sum.distinct_error = distinct_error(held);
}

/* The file's column is added to that of all files. */
static void add_file(struct arena *a, struct told *all, const struct told *t)
{
	struct column_summary *s = &all->sum;
	bool keys = (!s->count || !strcmp(s->shape, "key")) && (!t->sum.count || !strcmp(t->sum.shape, "key"));
	add_top(s, &t->sum);
	add_range(s, &t->sum);
	s->type = type_of_both(s->type, t->sum.type);
	if (!s->type || !strcmp(s->type, "text"))
		for (int i = 0; i < COLUMN_GRID; i++)
			s->mean = s->grid[i] = NAN;
	s->count += t->sum.count;
	s->missing += t->sum.missing;
	s->weighed += t->sum.weighed;
	keys = keys && s->distinct >= (double)s->count * (1 - 3 * s->distinct_error);
	s->shape = column_shape(s->type, s->count, s->missing, s->distinct, s->distinct_error == 0, keys);
	add_months(a, all, t);
}

static enum rc add_to_all(const struct gather *g, struct store *s, const struct told *t)
{
	struct distinct *held = distinct_new(HELD_OF_ALL);
	struct told      all;
	bool             there = false;
	enum rc          rc = read_all(g->arena, s, t, &all, held, &there);
	if (!rc && there) {
		add_distinct(&all, t, held);
		add_file(g->arena, &all, t);
	} else if (!rc) {
		all = *t;
		rc = t->kept ? RC_OK : query_get_int(s, "statement/ingest_profile_places", &all.place, "");
		all.place += !t->kept;
	}
	rc = rc ? rc : put(s, ALL_FILES, &all);
	distinct_free(held);
	return rc;
}

static enum rc put_both(const struct gather *g, struct store *s, int64_t file_id, const struct told *t)
{
	enum rc rc = put(s, file_id, t);
	return rc ? rc : add_to_all(g, s, t);
}

static enum rc put_kept(const struct gather *g, struct store *s, int64_t file_id, int64_t customers)
{
	struct distinct *days = distinct_new(DAYS_MOST);
	struct told      t;
	enum rc          rc;
	tell_customers(g, customers, &t);
	rc = put_both(g, s, file_id, &t);
	tell_days(g, days, &t);
	rc = rc ? rc : put_both(g, s, file_id, &t);
	if (!rc && g->money) {
		tell_amounts(g, &t);
		rc = put_both(g, s, file_id, &t);
	}
	distinct_free(days);
	return rc;
}

enum rc gather_store(struct gather *g, struct store *s, int64_t file_id, int64_t customers)
{
	enum rc rc = RC_OK;
	for (uint32_t i = 0; !rc && i < g->columns; i++) {
		struct told t;
		tell_column(g, &g->column[i], &t);
		t.place = i + 1;
		rc = put_both(g, s, file_id, &t);
	}
	return rc ? rc : put_kept(g, s, file_id, customers);
}
