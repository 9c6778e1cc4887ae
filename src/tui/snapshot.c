/* Loads reports for a pane. Draws nothing and knows no pane. */
#include "config.h"

#include "tui/snapshot.h"

#include <math.h>
#include <string.h>

#include "app/command.h"
#include "app/story.h"
#include "module/audit.h"
#include "store/page.h"
#include "store/query.h"

const struct frame *snapshot_frame(const struct snapshot *s, const char *report)
{
	for (size_t i = 0; i < s->parts; i++)
		if (!strcmp(s->part[i].report, report))
			return s->part[i].frame;
	return NULL;
}

int64_t snapshot_total(const struct snapshot *s, const char *report)
{
	for (size_t i = 0; i < s->parts; i++)
		if (!strcmp(s->part[i].report, report))
			return s->part[i].total >= 0 ? s->part[i].total : (int64_t)s->part[i].frame->rows;
	return 0;
}

static const struct frame_column *column_of(const struct snapshot *s, const char *report, size_t row, const char *column)
{
	const struct frame        *f = snapshot_frame(s, report);
	const struct frame_column *c = f && row < f->rows ? frame_column(f, column) : NULL;
	return c && !frame_missing(c, row) ? c : NULL;
}

double snapshot_real(const struct snapshot *s, const char *report, size_t row, const char *column)
{
	const struct frame_column *c = column_of(s, report, row, column);
	return !c || c->type == CELL_TEXT ? NAN : c->type == CELL_REAL ? c->r[row] : (double)c->i[row];
}

const char *snapshot_cell(const struct snapshot *s, const char *report, size_t row, const char *column)
{
	const struct frame_column *c = column_of(s, report, row, column);
	return c && c->type == CELL_TEXT ? c->t[row] : NULL;
}

size_t snapshot_row(const struct snapshot *s, const char *report, const char *column, const char *key)
{
	const struct frame *f = snapshot_frame(s, report);
	for (size_t i = 0; f && i < f->rows; i++) {
		const char *t = snapshot_cell(s, report, i, column);
		if (t && !strcmp(t, key))
			return i;
	}
	return SIZE_MAX;
}

/* A cell as the text of a parameter; NULL when it is missing. */
static const char *parameter(struct arena *a, const struct snapshot *s, const char *report, const char *column, size_t row)
{
	const struct frame_column *c = column_of(s, report, row, column);
	if (!c || c->type == CELL_REAL)
		return NULL;
	return c->type == CELL_TEXT ? c->t[row] : arena_printf(a, "%lld", (long long)c->i[row]);
}

static enum rc load_part(struct store *s, struct arena *a, const struct source *source, struct snapshot *out)
{
	struct page_param param[2];
	struct page_ask   ask = { .report = source->report, .param = param, .sort = source->sort, .limit = source->limit ? source->limit : -1 };
	struct page       page;
	for (size_t i = 0; i < 2 && source->param[i].name; i++) {
		const char *value = parameter(a, out, source->param[i].report, source->param[i].column, source->param[i].row);
		if (!value)
			return RC_OK;
		param[ask.params++] = (struct page_param){ .name = source->param[i].name, .value = value };
	}
	enum rc rc = page_load(s, a, &ask, &page);
	if (!rc)
		out->part[out->parts++] = (struct part){ .report = source->report, .frame = page.frame, .total = page.total };
	return rc;
}

/* The story of the customer that the pane has loaded, as `show customer` tells it. */
static enum rc load_story(struct store *s, struct arena *a, struct settings *settings, struct snapshot *out)
{
	const char *id = snapshot_cell(out, "customer", 0, "customer_id");
	const char *words[] = { "customer", id };
	if (!id)
		return RC_OK;
	struct answer answer = {0};
	struct call   call = { .argc = 2, .argv = words, .store = s, .settings = settings, .arena = a, .answer = &answer };
	enum rc       rc = story_answer(&call);
	if (!rc)
		out->story = arena_text(a, answer.text.s ? answer.text.s : "");
	str_clear(&answer.text);
	js_free(answer.json);
	return rc;
}

/* Append the members that are texts, or those that are numbers; digests and what lies deeper are left out. */
static void add_members(struct str *t, const struct js *o, bool texts)
{
	for (size_t i = 0; i < js_count(o); i++) {
		const char      *key = js_key_at(o, i), *text = js_text_of(js_get(o, key));
		const struct js *v = js_get(o, key);
		if ((text != NULL) != texts || !strcmp(key, "clock") || str_ends(key, "digest") || js_count(v) || js_is_null(v))
			continue;
		str_addf(t, "%s%s ", t->n ? " · " : "", key);
		if (text)
			str_add(t, text);
		else
			js_write(t, v, false, false);
	}
}

/* An audit entry's payload in words: "file orders.csv · status accepted · accepted 16420 ...". */
static const char *payload_words(struct arena *a, const char *json)
{
	struct js *o;
	struct str t = {0};
	if (js_read(json, strlen(json), "audit", &o)) {
		err_clear();
		return json;
	}
	add_members(&t, o, true);
	add_members(&t, o, false);
	const char *words = arena_text(a, t.s ? t.s : "");
	str_clear(&t);
	js_free(o);
	return words;
}

static void reword_audit(struct arena *a, const struct snapshot *s)
{
	const struct frame        *f = snapshot_frame(s, "audit");
	const struct frame_column *c = f ? frame_column(f, "payload") : NULL;
	for (size_t i = 0; c && c->type == CELL_TEXT && i < f->rows; i++)
		if (c->t[i])
			c->t[i] = payload_words(a, c->t[i]);
}

/* Walk the chain for the pane that shows its entries. A broken one is a fact to show, not a failure to load. */
static enum rc load_chain(struct store *s, struct snapshot *out)
{
	struct audit_result r = {0};
	if (!snapshot_frame(out, "audit"))
		return RC_OK;
	enum rc rc = audit_verify(s, NULL, &r);
	if (rc && rc != RC_DAMAGED)
		return rc;
	err_clear();
	out->chain_sound = !rc;
	out->chain_length = r.head.length;
	return RC_OK;
}

static enum rc load_unit(struct store *s, struct arena *a, struct snapshot *out)
{
	struct frame *unit;
	enum rc       rc = query_frame(s, a, "statement/app_unit", &unit, "");
	if (!rc && unit->rows && unit->column[0].t[0])
		out->currency = unit->column[0].t[0];
	return rc;
}

enum rc snapshot_load(struct store *s, struct arena *a, struct settings *settings, const struct source *source, struct snapshot *out)
{
	enum rc rc = RC_OK;
	out->currency = out->story = "";
	out->horizon = settings_int(settings, "horizon_days");
	out->chain_length = -1;
	out->empty = true;
	if (!s)
		return RC_OK;
	rc = load_unit(s, a, out);
	for (; !rc && source->report && out->parts < SNAPSHOT_PARTS; source++)
		rc = load_part(s, a, source, out);
	if (!rc)
		rc = load_story(s, a, settings, out);
	rc = rc ? rc : load_chain(s, out);
	reword_audit(a, out);
	out->empty = !snapshot_total(out, "files");
	return rc;
}
