/* profile: what the columns of files hold, before or without an import. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "app/command.h"
#include "app/imports.h"
#include "app/render.h"
#include "ingest/profile.h"
#include "view/chart.h"

enum { SPARK = 24 };

static const char *text_of(const struct js *o, const char *key)
{
	return js_text_of(js_get(o, key));
}

/* A number or a date, as short as it can be told. */
static const char *value_text(struct arena *a, const struct js *v)
{
	const char *t = js_text_of(v);
	char        buf[32];
	if (t || js_is_null(v))
		return t;
	str_double(buf, js_real_of(v));
	return arena_text(a, buf);
}

static const char *distinct_text(struct arena *a, const struct js *c)
{
	return arena_printf(a, "%s%lld", js_bool_of(js_get(c, "distinct_exact")) ? "" : "~", (long long)js_int_of(js_get(c, "distinct")));
}

/* "London 61 %, Paris 20 %": those that come more than once. */
static const char *top_text(struct arena *a, const struct js *c)
{
	const struct js *top = js_get(c, "top");
	double           count = js_real_of(js_get(c, "count"));
	struct str       t = {0};
	for (size_t i = 0; i < js_count(top) && i < 3; i++) {
		const struct js *v = js_at(top, i);
		const char      *value = text_of(v, "value");
		if (js_int_of(js_get(v, "count")) < 2)
			continue;
		str_addf(&t, "%s%.*s %s%.3g %%", t.n ? ", " : "", 24, value, js_bool_of(js_get(v, "exact")) ? "" : ">=",
		         100 * js_real_of(js_get(v, "count")) / count);
	}
	const char *text = t.n ? arena_text(a, t.s) : NULL;
	str_clear(&t);
	return text;
}

/* Values by month, the most and the fewest at the ends of the scale; more months than SPARK are averaged. */
static const char *spark_text(struct arena *a, const struct js *months)
{
	size_t       n = js_count(months);
	double      *v = arena_alloc(a, n + 1, sizeof *v);
	struct grid *g = grid_new(a, SPARK, 1, GLYPHS_UNICODE);
	struct str   t = {0};
	for (size_t i = 0; i < n; i++)
		v[i] = js_real_of(js_at(months, i));
	if (n < 2 || !chart_spark(g, 0, 0, SPARK, v, n, STYLE_PLAIN))
		return NULL;
	grid_text(g, &t);
	const char *text = arena_span(a, t.s, strcspn(t.s, "\n"));
	str_clear(&t);
	return text;
}

/* A frame of texts, one row a column of the file. */
static struct frame *table_of(struct arena *a, const struct js *file)
{
	static const char *const titles[] = { "column", "role", "shape", "values", "missing", "distinct", "min", "median", "max", "by_month", "most_frequent" };
	enum { TITLES = sizeof titles / sizeof titles[0] };
	const struct js *columns = js_get(file, "columns");
	struct frame    *f = frame_new(a);
	for (size_t i = 0; i < TITLES; i++)
		frame_add_column(f, titles[i], i >= 3 && i <= 4 ? "count" : "text", i >= 3 && i <= 4 ? CELL_INT : CELL_TEXT);
	for (size_t i = 0; i < js_count(columns); i++) {
		const struct js *c = js_at(columns, i);
		const char      *cell[TITLES] = { text_of(c, "name"), text_of(c, "role"), text_of(c, "shape"), NULL, NULL, distinct_text(a, c),
		                                  value_text(a, js_get(c, "min")), value_text(a, js_get(js_get(c, "quantiles"), "p50")),
		                                  value_text(a, js_get(c, "max")), spark_text(a, js_get(c, "months")), top_text(a, c) };
		size_t           row = frame_add_row(f);
		for (size_t k = 0; k < TITLES; k++)
			if (f->column[k].type == CELL_TEXT)
				f->column[k].t[row] = cell[k] ? arena_text(a, cell[k]) : NULL;
		f->column[3].i[row] = js_int_of(js_get(c, "count"));
		f->column[4].i[row] = js_int_of(js_get(c, "missing"));
	}
	return f;
}

/* Where a number is an estimate, and how far off it may be. */
static void add_notes(struct str *t, const struct js *file)
{
	const struct js *columns = js_get(file, "columns"), *doubts = js_get(file, "doubts");
	double           distinct = 0, rank = 0;
	for (size_t i = 0; i < js_count(columns); i++) {
		const struct js *c = js_at(columns, i);
		distinct = fmax(distinct, js_real_of(js_get(c, "distinct_error")));
		rank = fmax(rank, js_real_of(js_get(c, "rank_error")));
		if (js_int_of(js_get(c, "unfit")))
			str_addf(t, "  %s: of another form than %s: %lld\n", text_of(c, "name"), text_of(c, "form"), (long long)js_int_of(js_get(c, "unfit")));
	}
	if (distinct > 0)
		str_addf(t, "  ~: estimated, standard error %.2g %%\n", 100 * distinct);
	if (rank > 0)
		str_addf(t, "  medians are estimated: their ranks are off by at most %.2g %% of the rows\n", 100 * rank);
	for (size_t i = 0; i < js_count(doubts); i++)
		str_addf(t, "  open: %s 'look' lists the answers; this is under the first\n", js_text_of(js_at(doubts, i)));
}

static void add_file(struct str *t, struct arena *a, const struct js *file)
{
	const char *path = text_of(file, "file"), *by = text_of(file, "months_by");
	str_add_visible(t, path, strlen(path));
	str_addf(t, ": %lld rows = %lld profiled + %lld of another shape + %lld blank", (long long)js_int_of(js_get(file, "read")),
	         (long long)js_int_of(js_get(file, "profiled")), (long long)js_int_of(js_get(file, "unsound")), (long long)js_int_of(js_get(file, "blank")));
	if (by)
		str_addf(t, "; %zu month%s from %s by %s", js_count(js_get(file, "months")), js_count(js_get(file, "months")) == 1 ? "" : "s",
		         text_of(file, "first_month"), by);
	str_add_char(t, '\n');
	render_table(t, table_of(a, file));
	add_notes(t, file);
}

static enum rc check(const struct call *call)
{
	return imports_check(call->argv, call->argc);
}

static enum rc run_profile(struct call *call)
{
	enum rc rc = imports_look(call, import_profile);
	if (rc)
		return rc;
	const struct js *files = js_get(call->answer->json, "files");
	for (size_t i = 0; i < js_count(files); i++)
		add_file(&call->answer->text, call->arena, js_at(files, i));
	return RC_OK;
}

const struct command command_profile = {
	.name = "profile", .args = "FILE...", .about = "what each column holds: counts, different values, range, shape, months; nothing is stored",
	.details = "Files are read as look and validate read them; where there are two readings, the first is taken and named. Different values are counted "
	           "exactly up to 16,384 a column (fewer in very wide files) and estimated beyond (~); quantiles are exact up to 2,048 values and then off by "
	           "a stated share of the rows. 'show profile' says the same of what was imported, 'show profile --param file=N' of "
	           "one file: kept with the import, where every row is counted and, of large files, about 16,000 rows are weighed for the quantiles. E-mail addresses, names and phone numbers are masked, also with --json.",
	.options = imports_look_options, .flags = COMMAND_NO_STORE, .min_args = 1, .max_args = SIZE_MAX, .check = check, .run = run_profile,
};
