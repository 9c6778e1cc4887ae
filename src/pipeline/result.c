/* What a run says about itself as JSON: its stages, the champion, an open review, the head of the audit chain. */
#include "config.h"

#include <string.h>

#include "module/due.h"
#include "pipeline/runner_priv.h"
#include "store/query.h"

static struct js *stage_json(const struct runner *r, size_t i)
{
	struct outcome *o = &r->outcome[i];
	struct js *x = js_object();
	js_set_text(x, "name", r->dag.node[i].stage->name);
	js_set_text(x, "status", o->status);
	js_set_text(x, "reason", o->reason);
	js_set_int(x, "rows_in", o->rows_in);
	js_set_int(x, "rows_out", o->rows_out);
	js_set_real(x, "seconds", o->seconds);
	js_set(x, "made", o->made ? js_int(o->made) : js_null());
	if (o->note)
		js_set_text(x, "note", o->note);
	if (o->error)
		js_set_text(x, "error", o->error);
	if (o->facts && i != r->source) {
		js_set(x, "facts", o->facts);
		o->facts = NULL;
	}
	return x;
}

/* The first row of a statement as an object, or null. A store that cannot answer leaves null: the result is made
 * after failures, too. */
static struct js *row_json(struct store *s, const char *statement)
{
	struct arena *a = arena_new();
	struct frame *f = NULL;
	struct js *x = NULL;
	if (!query_frame(s, a, statement, &f, "") && f->rows) {
		x = js_object();
		for (size_t c = 0; c < f->columns; c++) {
			const struct frame_column *col = &f->column[c];
			if (frame_missing(col, 0))
				js_set(x, col->name, js_null());
			else if (col->type == CELL_INT)
				js_set_int(x, col->name, col->i[0]);
			else if (col->type == CELL_TEXT)
				js_set_text(x, col->name, col->t[0]);
			else
				js_set_real(x, col->name, col->r[0]);
		}
	}
	arena_free(a);
	return x ? x : js_null();
}

/* The review that waits, and whether it waits for a decision today. */
static struct js *review_json(struct store *s)
{
	char day[16];
	struct js *x = row_json(s, "statement/pipeline_review");
	if (js_is_null(x))
		return x;
	const struct js *until = js_get(x, "until");
	day_t last = js_is_null(until) ? DAY_NONE : (day_t)js_int_of(until);
	js_set_bool(x, "due", review_due(js_text_of(js_get(x, "state")), last));
	day_format(day, last);
	js_set(x, "until", *day ? js_text(day) : js_null());
	return x;
}

static struct js *head_json(const struct runner *r)
{
	struct audit_head head = r->head;
	struct js *x = js_object();
	if (!*head.hash && audit_head(r->store, &head))
		return x;
	js_set_text(x, "head", head.hash);
	js_set_int(x, "length", head.length);
	return x;
}

struct js *runner_result(struct runner *r)
{
	struct err cause = *err_get();
	struct js *out = js_object(), *stages = js_array();
	char day[16];
	day_format(day, r->as_of);
	js_set(out, "run_id", r->run_id ? js_int(r->run_id) : js_null());
	js_set_text(out, "status", r->status ? r->status : "failed");
	js_set(out, "as_of", *day ? js_text(day) : js_null());
	js_set(out, "live", r->live ? js_int(r->live) : js_null());
	for (size_t i = 0; r->outcome && i < r->dag.count; i++)
		js_add(stages, stage_json(r, i));
	js_set(out, "stages", stages);
	js_set(out, "champion", row_json(r->store, "statement/pipeline_champion"));
	js_set(out, "review", review_json(r->store));
	js_set(out, "audit", head_json(r));
	if (r->outcome && r->source < r->dag.count && r->outcome[r->source].facts) {
		js_set(out, "import", r->outcome[r->source].facts);
		r->outcome[r->source].facts = NULL;
	}
	err_restore(&cause);
	return out;
}
