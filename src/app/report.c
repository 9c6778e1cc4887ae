/* Run a report by name: SQL files under share/sql/report, their parameters, filter, sort and page. */
#include "config.h"

#include "app/report.h"

#include <string.h>

#include "app/render.h"
#include "store/list.h"
#include "store/query.h"
#include "store/sql.h"

static enum rc known(const char *name)
{
	const char *names[128], *n;
	size_t      k = 0;
	for (; (n = page_report_name(k)) && k < 128; k++) {
		if (!strcmp(n, name))
			return RC_OK;
		names[k] = n;
	}
	const char *near = str_nearest(name, names, k);
	enum rc     rc = err_set(RC_USAGE, "CMD-130", "there is no report '%s'", name);
	return near ? err_do(rc, "did you mean '%s'? 'clv --batch reports' lists them", near) : err_do(rc, "'clv --batch reports' lists them");
}

/* Give positional values to the parameters in header order, "--param k=v" to the named ones. */
static enum rc fill_params(struct call *call, const char *name, size_t values, const char *const *value, struct page_param *param, size_t *n)
{
	struct sql_text sql;
	enum rc         rc = sql_get(call->arena, arena_printf(call->arena, "report/%s", name), &sql);
	size_t          used = 0;
	*n = 0;
	for (size_t i = 0; !rc && i < sql.headers; i++)
		if (!strcmp(sql.header[i].key, "param") && used < values && *n < 16) {
			const char *blank = strchr(sql.header[i].value, ' ');
			size_t      len = blank ? (size_t)(blank - sql.header[i].value) : strlen(sql.header[i].value);
			param[(*n)++] = (struct page_param){ .name = arena_span(call->arena, sql.header[i].value, len), .value = value[used++] };
		}
	if (!rc && used < values)
		return err_do(err_set(RC_USAGE, "CMD-131", "the report '%s' takes %zu value%s, not %zu", name, used, used == 1 ? "" : "s", values),
		              "to filter its rows use --where");
	for (size_t i = 0; !rc && i < call->values; i++)
		if (!strcmp(call->option[i]->name, "param") && *n < 16) {
			const char *eq = strchr(call->value[i], '=');
			if (!eq)
				return err_set(RC_USAGE, "CMD-132", "--param takes NAME=VALUE");
			param[(*n)++] = (struct page_param){ .name = arena_span(call->arena, call->value[i], (size_t)(eq - call->value[i])), .value = eq + 1 };
		}
	return rc;
}

/* Results of a run are not empty before the first run: they are not there. */
static enum rc needs_run(struct call *call, const char *name)
{
	struct sql_text sql;
	int64_t         live = 0;
	enum rc         rc = sql_get(call->arena, arena_printf(call->arena, "report/%s", name), &sql);
	const char     *reads = rc ? NULL : sql_header(&sql, "reads");
	if (rc || !reads || (!strstr(reads, "run_live_made") && !strstr(reads, "mart_") && !strstr(reads, "dim_")))
		return rc;
	rc = query_get_int(call->store, "statement/app_live_run", &live, "");
	if (!rc && !live)
		rc = err_do(err_set(RC_DATA, "CMD-133", "no run has ended well in this store yet"), "clv --batch -s %s run FILE.csv", call->store_path);
	return rc;
}

/* `-- run: a` in a header: the parameter a is the number of a run with scores, not of one that left no rows. */
static enum rc check_run(struct call *call, const char *name, const struct page_param *param, size_t n)
{
	int64_t run = 0, there = 0;
	char   *runs = NULL;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(param[i].name, name) && str_int(param[i].value, strlen(param[i].value), &run)) {
			enum rc rc = query_get_int(call->store, "statement/app_run_scored", &there, "i", run);
			rc = rc || there ? rc : query_get_text(call->store, call->arena, "statement/app_runs_scored", &runs, "");
			if (rc || there)
				return rc;
			rc = err_set(RC_USAGE, "CMD-134", "there is no run %s with scores", param[i].value);
			return runs ? err_do(rc, "runs with scores: %s", runs) : err_do(rc, "'run' makes one");
		}
	return RC_OK;
}

static enum rc check_runs(struct call *call, const char *name, const struct page_param *param, size_t n)
{
	struct sql_text sql;
	enum rc         rc = sql_get(call->arena, arena_printf(call->arena, "report/%s", name), &sql);
	for (size_t i = 0; !rc && i < sql.headers; i++)
		if (!strcmp(sql.header[i].key, "run"))
			rc = check_run(call, sql.header[i].value, param, n);
	return rc;
}

enum rc report_load(struct call *call, const char *name, size_t values, const char *const *value, struct page *out)
{
	struct page_param param[16];
	struct page_ask   ask = { .report = name, .param = param, .limit = -1 };
	enum rc           rc = known(name);
	rc = rc ? rc : fill_params(call, name, values, value, param, &ask.params);
	rc = rc ? rc : check_runs(call, name, param, ask.params);
	rc = rc ? rc : call_option_int(call, "limit", 0, INT64_MAX, &ask.limit);
	rc = rc ? rc : call_option_int(call, "offset", 0, INT64_MAX, &ask.offset);
	ask.where = call_option(call, "where");
	ask.sort = call_option(call, "sort");
	ask.columns = call_option(call, "columns");
	rc = rc ? rc : needs_run(call, name);
	return rc ? rc : list_load(call->store, call->arena, &ask, out);
}

void report_fill(struct answer *answer, const char *name, const struct page *page)
{
	struct js *body = render_json(page->frame);
	answer->frame = page->frame;
	answer->json = js_object();
	js_set_text(answer->json, "report", name);
	js_set(answer->json, "columns", js_copy(js_get(body, "columns")));
	js_set(answer->json, "rows", js_copy(js_get(body, "rows")));
	if (page->total >= 0)
		js_set_int(answer->json, "total", page->total);
	js_free(body);
}
