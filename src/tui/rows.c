/* The rows of a table: a window around the selected row, out of an order that is made once for a filter and a sort and kept. Runs in
 * the reader's thread; draws nothing. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/list.h"
#include "store/page.h"
#include "store/query.h"
#include "store/sql.h"
#include "tui/audit_words_priv.h"
#include "tui/snapshot.h"
#include "tui/table_priv.h"

#define KEPT 6 /* orders; one of a million rows takes some megabytes */

struct kept { char *name; struct list *list; char *searched; unsigned used; };

struct rows_cache { struct kept kept[KEPT]; unsigned clock; };

static void forget(struct kept *k)
{
	free(k->name);
	free(k->searched);
	list_free(k->list);
	*k = (struct kept){0};
}

struct rows_cache *rows_cache_new(void)
{
	return mem_new(1, sizeof(struct rows_cache));
}

void rows_cache_clear(struct rows_cache *c)
{
	for (size_t i = 0; i < KEPT; i++)
		forget(&c->kept[i]);
}

void rows_cache_free(struct rows_cache *c)
{
	if (c)
		rows_cache_clear(c);
	free(c);
}

bool rows_params(const struct source_param *p, const char *const *value, struct page_param *param, size_t *n)
{
	for (*n = 0; *n < 2 && p[*n].name; (*n)++) {
		if (!value[*n])
			return false;
		param[*n] = (struct page_param){ .name = p[*n].name, .value = value[*n] };
	}
	return true;
}

/* --- orders ------------------------------------------------------------------------------------------------------------------- */

static char *name_of(const struct page_ask *q)
{
	struct str t = {0};
	str_addf(&t, "%s\n%s\n%s", q->report, q->where ? q->where : "", q->sort ? q->sort : "");
	for (size_t i = 0; i < q->params; i++)
		str_addf(&t, "\n%s=%s", q->param[i].name, q->param[i].value);
	return str_take(&t);
}

/* The order asked for: one that is kept and still true, or a new one in the place of the oldest. */
static enum rc order_of(struct store *s, struct rows_cache *c, const struct page_ask *q, struct kept **out)
{
	char        *name = name_of(q);
	struct kept *k = &c->kept[0];
	bool         current = false;
	enum rc      rc = RC_OK;
	for (size_t i = 0; i < KEPT; i++) {
		if (c->kept[i].name && !strcmp(c->kept[i].name, name)) {
			k = &c->kept[i];
			rc = list_current(s, k->list, &current);
			break;
		}
		k = c->kept[i].used < k->used ? &c->kept[i] : k;
	}
	if (!rc && !current) {
		forget(k);
		rc = list_make(s, q, &k->list);
		k->name = rc ? NULL : mem_copy_text(name);
	}
	free(name);
	k->used = ++c->clock;
	*out = k;
	return rc;
}

/* --- what is asked of them ---------------------------------------------------------------------------------------------------- */

static bool ask_of(const struct rows_ask *ask, const char *const *value, struct page_param *param, struct page_ask *q)
{
	*q = (struct page_ask){ .report = ask->report, .param = param, .where = ask->where, .sort = ask->sort };
	return rows_params(ask->param, value, param, &q->params);
}

/* A text as a value of the filter language. */
static void add_value(struct str *t, const char *text)
{
	str_add_char(t, '"');
	for (; *text; text++) {
		if (*text == '"')
			str_add_char(t, '"');
		str_add_char(t, *text);
	}
	str_add_char(t, '"');
}

/* The page key of the row, where the report has one: by its own statement for that column, without a list. */
static enum rc page_key(struct store *s, struct arena *a, const struct page_ask *one, bool *has, int64_t *key)
{
	struct sql_text text;
	struct page     page;
	enum rc         rc = sql_get(a, arena_printf(a, "report/%s", one->report), &text);
	const char     *name = rc ? NULL : sql_header(&text, "page");
	*key = -1;
	*has = name != NULL;
	if (rc || !name)
		return rc;
	struct page_ask ask = *one;
	ask.columns = name;
	ask.limit = 1;
	ask.uncounted = true;
	rc = page_load(s, a, &ask, &page);
	if (!rc && page.frame->rows && page.frame->column[0].type == CELL_INT)
		*key = page.frame->column[0].i[0];
	return rc;
}

/* Where the row with the key stands in the order; -1: it does not. */
static enum rc place_of(struct store *s, struct arena *a, const struct rows_ask *ask, const struct page_ask *q, const struct list *order, int64_t *place)
{
	struct page_ask one = *q;
	struct str      where = {0};
	struct list    *found = NULL;
	int64_t         key = -1;
	bool            has;
	*place = -1;
	if (!ask->selected || !ask->key)
		return RC_OK;
	str_addf(&where, "%s:", ask->key);
	add_value(&where, ask->selected);
	if (ask->own) /* rows of a table that shows a part of the report: the key is one row's within it */
		str_addf(&where, " (%s)", ask->own);
	one.where = where.s;
	one.sort = NULL;
	enum rc rc = page_key(s, a, &one, &has, &key);
	if (!rc && !has) {
		rc = list_make(s, &one, &found);
		key = !rc && list_rows(found) > 0 ? list_key(found, 0) : -1;
		list_free(found);
	}
	if (!rc && key >= 0)
		*place = list_place(order, key);
	str_clear(&where);
	return rc;
}

static void reword_audit(struct arena *a, const char *report, struct frame *f)
{
	const struct frame_column *c = f && !strcmp(report, "audit") ? frame_column(f, "payload") : NULL, *kind = c ? frame_column(f, "kind") : NULL;
	const struct frame_column *actor = c ? frame_column(f, "actor") : NULL;
	for (size_t i = 0; kind && actor && c->type == CELL_TEXT && i < f->rows; i++)
		if (c->t[i] && kind->t[i])
			c->t[i] = audit_words(a, kind->t[i], actor->t[i] ? actor->t[i] : "", c->t[i]);
}

/* A window around the selected row, which keeps its identity; one that is gone leaves its place to the next. */
static enum rc load_window(struct store *s, struct arena *a, struct rows_cache *c, const struct rows_ask *ask, const struct page_ask *q, struct rows *out)
{
	struct kept *k;
	struct page  page;
	int64_t      at = -1;
	enum rc      rc = order_of(s, c, q, &k);
	rc = rc ? rc : place_of(s, a, ask, q, k->list, &at);
	if (rc)
		return rc;
	int64_t total = list_rows(k->list), last = total - 1;
	out->lost = ask->selected && at < 0;
	at = at < 0 ? ask->at : at;
	at = at > last ? last : at;
	out->first = at > ask->limit / 2 ? at - ask->limit / 2 : 0;
	rc = list_page(s, a, k->list, NULL, out->first, ask->limit, &page);
	if (rc)
		return rc;
	out->frame = page.frame;
	out->total = total;
	out->all = list_all(k->list);
	out->selected = total ? at < 0 ? 0 : at : -1;
	return RC_OK;
}

static enum rc load_once(struct store *s, struct arena *a, const struct rows_ask *ask, struct page_ask *q, struct rows *out)
{
	struct page page = {0};
	q->limit = ask->limit;
	enum rc rc = page_load(s, a, q, &page);
	if (!rc)
		*out = (struct rows){ .frame = page.frame, .total = page.total, .all = page.total, .selected = page.total ? 0 : -1 };
	return rc;
}

static const char *key_text(struct arena *a, const struct frame *f, size_t row, const char *column)
{
	const struct frame_column *c = frame_column(f, column);
	if (!c || frame_missing(c, row) || c->type == CELL_REAL)
		return NULL;
	return c->type == CELL_TEXT ? c->t[row] : arena_printf(a, "%lld", (long long)c->i[row]);
}

/* The place of the row that was asked for, as far as it is among those loaded. */
static void place_selected(struct arena *a, const struct rows_ask *ask, struct rows *r)
{
	int64_t last = r->total - 1;
	r->selected = ask->at < 0 ? 0 : ask->at;
	for (size_t i = 0; ask->selected && i < r->frame->rows; i++) {
		const char *t = key_text(a, r->frame, i, ask->key);
		if (t && !strcmp(t, ask->selected)) {
			r->selected = r->first + (int64_t)i;
			return;
		}
	}
	r->lost = ask->selected != NULL;
	r->selected = r->selected > last ? last : r->selected;
}

/* Numbers of a query are shown as they are: what they mean is not known. */
static const struct table_column *plain_columns(struct arena *a, const struct frame *f)
{
	size_t               n = f->columns < VIEW_COLUMNS - 1 ? f->columns : VIEW_COLUMNS - 1;
	struct table_column *column = arena_alloc(a, n + 1, sizeof *column);
	for (size_t i = 0; i < n; i++)
		column[i] = (struct table_column){ .title = f->column[i].name, .column = f->column[i].name,
		                                   .form = f->column[i].type == CELL_TEXT ? FORM_TEXT : FORM_PLAIN, .keep = (int)i };
	return column;
}

/* A query that fails is an answer to show, not a failure to load. */
static enum rc query_rows(struct store *s, struct arena *a, const struct rows_ask *ask, struct rows *out)
{
	struct frame *f;
	enum rc       rc = query_frame_typed(s, a, ask->query, ROWS_TYPED, &f, &out->more);
	if (rc == RC_CANCELLED)
		return rc;
	if (rc) {
		struct err *e = arena_alloc(a, 1, sizeof *e);
		*e = *err_get();
		out->error = e;
		err_clear();
		return RC_OK;
	}
	bool                       down = ask->sort && *ask->sort == '-';
	const struct frame_column *by = ask->sort ? frame_column(f, ask->sort + down) : NULL;
	if (by)
		frame_sort(f, by, down);
	out->frame = f;
	out->total = out->all = (int64_t)f->rows;
	out->column = plain_columns(a, f);
	out->sort = arena_text(a, ask->sort);
	place_selected(a, ask, out);
	return RC_OK;
}

enum rc rows_load(struct store *s, struct arena *a, struct rows_cache *cache, const struct rows_ask *ask, const char *const *value, struct rows *out)
{
	struct page_param param[2];
	struct page_ask   q;
	*out = (struct rows){ .selected = -1 };
	if (ask->query)
		return query_rows(s, a, ask, out);
	if (!ask_of(ask, value, param, &q))
		return RC_OK;
	enum rc rc = cache ? load_window(s, a, cache, ask, &q, out) : load_once(s, a, ask, &q, out);
	out->sort = arena_text(a, ask->sort);
	if (!rc)
		reword_audit(a, ask->report, out->frame);
	return rc;
}

enum rc rows_count(struct store *s, struct rows_cache *cache, const struct rows_ask *ask, const char *const *value, int64_t *rows, int64_t *all)
{
	struct page_param param[2];
	struct page_ask   q;
	struct kept      *k;
	*rows = *all = 0;
	if (!ask_of(ask, value, param, &q))
		return RC_OK;
	enum rc rc = order_of(s, cache, &q, &k);
	if (rc)
		return rc;
	*rows = list_rows(k->list);
	*all = list_all(k->list);
	return RC_OK;
}

enum rc rows_find(struct store *s, struct rows_cache *cache, const struct rows_ask *ask, const char *const *value, const char *text, int64_t from,
                  bool backwards, struct rows_found *out)
{
	struct page_param param[2];
	struct page_ask   q;
	struct kept      *k;
	struct list_hit   hit;
	*out = (struct rows_found){0};
	if (!ask_of(ask, value, param, &q))
		return RC_OK;
	enum rc rc = order_of(s, cache, &q, &k);
	if (!rc && (!k->searched || strcmp(k->searched, text) != 0)) {
		rc = list_search(s, k->list, NULL, text);
		free(k->searched);
		k->searched = rc ? NULL : mem_copy_text(text);
	}
	if (!rc && list_find(k->list, from, backwards, &hit))
		*out = (struct rows_found){ .place = hit.place, .nth = hit.nth, .of = hit.of };
	return rc;
}
