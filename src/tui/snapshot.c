/* Loads reports for a pane. Draws nothing and knows no pane. */
#include "config.h"

#include "tui/snapshot.h"

#include <math.h>
#include <string.h>

#include "app/command.h"
#include "app/story.h"
#include "base/mask.h"
#include "module/audit.h"
#include "store/page.h"
#include "store/query.h"
#include "tui/table_priv.h"

static const struct part *find_part(const struct snapshot *s, const char *report)
{
	for (size_t i = 0; s && i < s->parts; i++)
		if (!strcmp(s->part[i].report, report))
			return &s->part[i];
	return NULL;
}

static const struct part *part_of(const struct snapshot *s, const char *report)
{
	const struct part *follows = find_part(s->detail, report);
	return follows ? follows : find_part(s, report);
}

const struct frame *snapshot_frame(const struct snapshot *s, const char *report)
{
	const struct part *p = part_of(s, report);
	return p ? p->frame : NULL;
}

int64_t snapshot_total(const struct snapshot *s, const char *report)
{
	const struct part *p = part_of(s, report);
	return !p ? 0 : p->total >= 0 ? p->total : (int64_t)p->frame->rows;
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

/* --- parameters --------------------------------------------------------------------------------------------------------------- */

/* A cell as the text of a parameter; NULL when it is missing. */
static const char *cell_text(struct arena *a, const struct frame *f, size_t row, const char *column)
{
	const struct frame_column *c = f && row < f->rows ? frame_column(f, column) : NULL;
	if (!c || frame_missing(c, row) || c->type == CELL_REAL)
		return NULL;
	return c->type == CELL_TEXT ? arena_text(a, c->t[row]) : arena_printf(a, "%lld", (long long)c->i[row]);
}

static bool follows(const struct source_param *p)
{
	return (p[0].name && p[0].row >= ROW_BELOW) || (p[1].name && p[1].row >= ROW_BELOW);
}

static const char *value_of(struct arena *a, const struct snapshot *s, const struct snapshot_ask *ask, const struct source_param *p)
{
	if (!p->name)
		return NULL;
	if (p->row < ROW_BELOW)
		return cell_text(a, snapshot_frame(s, p->report), p->row, p->column);
	for (size_t i = 0; i < ask->tables; i++) {
		const struct rows *r = &s->rows[i];
		if (!ask->rows[i].report || follows(ask->rows[i].param) || strcmp(ask->rows[i].report, p->report) != 0 || r->selected < r->first)
			continue;
		return cell_text(a, r->frame, (size_t)(r->selected - r->first) + (p->row == ROW_BELOW), p->column);
	}
	return NULL;
}

void snapshot_values(struct arena *a, const struct snapshot *s, const struct snapshot_ask *ask, struct snapshot_values *out)
{
	*out = (struct snapshot_values){0};
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; ask->source[i].report && i < SNAPSHOT_PARTS; i++)
			out->source[i][k] = value_of(a, s, ask, &ask->source[i].param[k]);
		for (size_t i = 0; i < ask->tables; i++)
			out->table[i][k] = value_of(a, s, ask, &ask->rows[i].param[k]);
	}
}

bool snapshot_follows(const struct snapshot_ask *ask)
{
	bool any = false;
	for (const struct source *q = ask->source; q->report; q++)
		any = any || follows(q->param);
	for (size_t i = 0; i < ask->tables; i++)
		any = any || (ask->rows[i].report && follows(ask->rows[i].param));
	return any;
}

/* --- what of people is shown --------------------------------------------------------------------------------------------------- */

static void mask_frame(struct arena *a, struct frame *f)
{
	for (size_t c = 0; f && c < f->columns; c++)
		for (size_t i = 0; f->column[c].type == CELL_TEXT && !strcmp(f->column[c].kind, "personal") && i < f->rows; i++) {
			const char *plain = f->column[c].t[i];
			struct str  t = {0};
			if (!plain)
				continue;
			mask_add_cell(&t, f->column[c].name, plain, strlen(plain));
			f->column[c].t[i] = arena_text(a, t.s ? t.s : "");
			str_clear(&t);
		}
}

void snapshot_mask(struct arena *a, const struct settings *settings, struct snapshot *s)
{
	if (settings_bool(settings, "screen.unmasked"))
		return;
	for (size_t i = 0; i < s->parts; i++)
		mask_frame(a, s->part[i].frame);
	for (size_t i = 0; i < SNAPSHOT_TABLES; i++)
		mask_frame(a, s->rows[i].frame);
}

/* --- loading ------------------------------------------------------------------------------------------------------------------ */

static enum rc load_part(struct store *s, struct arena *a, const struct source *source, const char *const *value, struct snapshot *out)
{
	struct page_param param[2];
	struct page_ask   ask = { .report = source->report, .param = param, .sort = source->sort, .limit = source->limit ? source->limit : -1 };
	struct page       page;
	if (out->parts == SNAPSHOT_PARTS || !rows_params(source->param, value, param, &ask.params))
		return RC_OK;
	enum rc rc = page_load(s, a, &ask, &page);
	if (!rc)
		out->part[out->parts++] = (struct part){ .report = source->report, .frame = page.frame, .total = page.total };
	return rc;
}

enum rc snapshot_run(struct store *s, int64_t *out)
{
	*out = 0;
	return query_get_int(s, "statement/app_live_run", out, "");
}

/* The story of the customer that the pane has loaded, as `show customer` tells it. */
static enum rc load_story(struct store *s, struct arena *a, struct settings *settings, struct snapshot *out)
{
	const char *id = snapshot_cell(out, "customer", 0, "customer_id");
	const char *words[] = { "customer", id, id ? cell_text(a, snapshot_frame(out, "customer"), 0, "rank") : NULL };
	if (!id)
		return RC_OK;
	struct answer answer = {0};
	struct call   call = { .argc = 3, .argv = words, .store = s, .settings = settings, .arena = a, .answer = &answer };
	enum rc       rc = story_answer(&call);
	if (!rc)
		out->story = arena_text(a, answer.text.s ? answer.text.s : "");
	str_clear(&answer.text);
	js_free(answer.json);
	return rc;
}

/* Walk the chain for the pane that shows its entries. A broken one is a fact to show, not a failure to load. */
static enum rc load_chain(struct store *s, const struct snapshot_ask *ask, struct snapshot *out)
{
	struct audit_result r = {0};
	bool                shown = false;
	for (size_t i = 0; i < ask->tables; i++)
		shown = shown || (ask->rows[i].report && !strcmp(ask->rows[i].report, "audit"));
	if (!shown)
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

/* What follows the selection, or all else. */
static enum rc load_all(struct store *s, struct arena *a, const struct snapshot_ask *ask, const struct snapshot_values *v, bool following,
                        struct snapshot *out)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; !rc && ask->source[i].report; i++)
		if (follows(ask->source[i].param) == following)
			rc = load_part(s, a, &ask->source[i], v->source[i], out);
	for (size_t i = 0; !rc && i < ask->tables; i++)
		if (ask->rows[i].report && follows(ask->rows[i].param) == following)
			rc = rows_load(s, a, ask->cache, &ask->rows[i], v->table[i], &out->rows[i]);
	return rc;
}

enum rc snapshot_detail(struct store *s, struct arena *a, struct settings *settings, const struct snapshot_ask *ask,
                        const struct snapshot_values *v, struct snapshot *out)
{
	*out = (struct snapshot){ .store_name = "", .currency = "", .story = "" };
	if (!s)
		return RC_OK;
	enum rc rc = snapshot_run(s, &out->run);
	rc = rc ? rc : load_all(s, a, ask, v, true, out);
	snapshot_mask(a, settings, out);
	return rc ? rc : load_story(s, a, settings, out);
}

void snapshot_take_detail(struct snapshot *s, const struct snapshot_ask *ask, const struct snapshot *detail)
{
	s->detail = detail;
	s->story = detail->story;
	for (size_t i = 0; i < ask->tables; i++)
		if (ask->rows[i].report && follows(ask->rows[i].param))
			s->rows[i] = detail->rows[i];
}

enum rc snapshot_load(struct store *s, struct arena *a, struct settings *settings, const struct snapshot_ask *ask, struct snapshot *out)
{
	struct snapshot_values v = {0};
	struct snapshot       *detail = arena_alloc(a, 1, sizeof *detail);
	out->currency = out->story = "";
	out->horizon = settings_int(settings, "horizon_days");
	out->chain_length = -1;
	out->empty = true;
	for (size_t i = 0; i < SNAPSHOT_TABLES; i++)
		out->rows[i].selected = -1;
	if (!s)
		return RC_OK;
	enum rc rc = load_unit(s, a, out);
	rc = rc ? rc : snapshot_run(s, &out->run);
	rc = rc ? rc : load_all(s, a, ask, &v, false, out);
	snapshot_mask(a, settings, out);
	rc = rc ? rc : load_chain(s, ask, out);
	out->empty = snapshot_row(out, "files", "status", "accepted") == SIZE_MAX; /* what was refused is no data */
	if (rc || !snapshot_follows(ask))
		return rc;
	snapshot_values(a, out, ask, &v);
	rc = snapshot_detail(s, a, settings, ask, &v, detail);
	snapshot_take_detail(out, ask, detail);
	return rc;
}
