/* SQL: anything that no other pane answers. The query is written above, its rows are a table like every other, and the names it may
 * use stand beside it. Nothing but reading is possible here. */
#include "config.h"

#include "store/sql.h"
#include "tui/draw_priv.h"
#include "tui/pane.h"
#include "tui/query_priv.h"
#include "tui/table_priv.h"

static const struct source source[] = {
	{ .report = "files" },
	{ .report = "schema", .limit = 1 },
	{ .report = NULL },
};

static const struct table_column names[] = {
	{ "name", "name", FORM_TEXT, 0 },
	{ "type", "type", FORM_TEXT, 1 },
	{ NULL, NULL, FORM_TEXT, 0 },
};

const char *query_start(struct arena *a)
{
	struct sql_text t;
	if (!sql_get(a, "statement/tui_first_query", &t))
		return t.text;
	err_clear();
	return "";
}

static void draw_query(const struct snapshot *s, const struct ui *ui, struct grid *g, struct area at)
{
	struct arena *a = arena_new();
	struct area   in = grid_box(g, at, "Query, read only", NULL);
	struct field  f = { .lines = true };
	int           x, y;
	(void)s;
	field_set(&f, ui->query ? ui->query : query_start(a));
	f.cursor = 0;
	field_draw_lines(&f, g, in, &x, &y);
	field_clear(&f);
	arena_free(a);
}

static void lay(const struct snapshot *s, struct area at, struct area *place)
{
	int names_width = at.w >= PANE_WIDE ? 40 : 30, h = at.h / 3 < 7 ? 7 : at.h / 3 > 14 ? 14 : at.h / 3;
	(void)s;
	struct area left = draw_cut_left(&at, at.w - names_width);
	place[2] = at;
	place[0] = draw_cut_top(&left, h);
	place[1] = left;
}

static const struct pane_part parts[] = {
	{ .id = "query", .title = "Query", .draw = draw_query },
	{ .id = "result", .title = "Rows", .report = "query", .query = true, .none = "^R runs the query above; e changes it. Its rows will be here." },
	{ .id = "names", .title = "Tables", .report = "schema", .column = names, .key = NULL, .enter = "query name" },
};

static void where(const struct snapshot *s, struct str *left, struct str *right)
{
	(void)s;
	str_add(left, "read only");
	str_addf(right, "at most %d rows are shown", ROWS_TYPED);
}

static void say(const struct snapshot *s, struct str *line)
{
	const struct rows *r = &s->rows[1];
	if (r->error)
		str_add(line, "the query has no answer: see above what stops it");
	else if (!r->frame)
		str_add(line, "views made for people: mart_customer_value, dim_customer; clv-sql(5) tells units");
	else
		str_addf(line, "%lld rows%s", (long long)r->total, r->more ? ", and more that are not shown: add LIMIT or GROUP BY" : "");
}

const struct pane pane_sql = {
	.id = "sql", .key = "9", .tab = "SQL", .title = "SQL", .source = source, .main = "schema",
	.part = parts, .parts = sizeof parts / sizeof parts[0], .lay = lay, .where = where, .say = say,
	.empty = "No store yet, so there is nothing to ask. Import a file or load the demo shop first.",
};
