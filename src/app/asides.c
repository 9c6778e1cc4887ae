/* Files that are set aside whole, as `quarantine` shows and decides about them. Not here: rows (cmd_quarantine.c). */
#include "config.h"

#include "app/asides.h"

#include <string.h>

#include "app/imports.h"
#include "app/render.h"
#include "ingest/aside.h"
#include "pipeline/runner.h"

static const char *text_of(const struct js *js, const char *key)
{
	const char *s = js_text_of(js_get(js, key));
	return s ? s : "";
}

static void add_visible(struct str *t, const char *s)
{
	str_add_visible(t, s, strlen(s));
}

enum rc asides_meant(struct call *call, bool *whole)
{
	int64_t file_id = 0;
	enum rc rc = call_option_int(call, "file", 1, INT64_MAX, &file_id);
	*whole = false;
	return rc || !file_id || (call->argc && strcmp(call->argv[0], "list") == 0) ? rc : aside_there(call->store, file_id, whole);
}

/* --- looking ---------------------------------------------------------------------------------- */

static void add_columns(struct str *t, const char *title, const struct js *columns)
{
	str_addf(t, "  %-9s", title);
	for (size_t i = 0; i < js_count(columns); i++) {
		const struct js *c = js_at(columns, i);
		const char      *role = text_of(c, "role"), *type = text_of(c, "type");
		str_add(t, i ? ", " : "");
		add_visible(t, text_of(c, "name"));
		if (*role || *type)
			str_addf(t, " (%s%s%s)", role, *role && *type ? ", " : "", type);
	}
	str_add(t, js_count(columns) ? "\n" : "nothing\n");
}

static void add_differences(struct str *t, const struct js *list)
{
	for (size_t i = 0; i < js_count(list); i++) {
		const struct js *d = js_at(list, i);
		str_addf(t, "  %-5s %-15s ", js_bool_of(js_get(d, "stops")) ? "stop" : "told", text_of(d, "kind"));
		add_visible(t, text_of(d, "column"));
		if (*text_of(d, "now") && strcmp(text_of(d, "now"), text_of(d, "column")) != 0) {
			str_add(t, *text_of(d, "column") ? ", now " : "");
			add_visible(t, text_of(d, "now"));
		}
		str_add_char(t, '\n');
	}
}

static void show_text(struct str *t, const struct js *js)
{
	long long id = (long long)js_int_of(js_get(js, "file_id"));
	str_addf(t, "file %lld, ", id);
	add_visible(t, text_of(js, "file"));
	str_addf(t, ": %s since %s\n  columns %s, compared with ", text_of(js, "state"), text_of(js, "set_at"), text_of(js, "policy"));
	add_visible(t, text_of(js, "against"));
	str_add_char(t, '\n');
	add_differences(t, js_get(js, "differences"));
	add_columns(t, "expected", js_get(js, "expected"));
	add_columns(t, "found", js_get(js, "found"));
	str_addf(t, "  %lld bytes, digest %s, at ", (long long)js_int_of(js_get(js, "bytes")), text_of(js, "digest"));
	add_visible(t, *text_of(js, "copy") ? text_of(js, "copy") : text_of(js, "path"));
	str_add_char(t, '\n');
	if (*text_of(js, "by")) {
		str_addf(t, "  %s by ", text_of(js, "state"));
		add_visible(t, text_of(js, "by"));
		str_addf(t, " at %s: ", text_of(js, "at"));
		add_visible(t, text_of(js, "why"));
		str_add_char(t, '\n');
	} else {
		str_addf(t, "  decide: quarantine release --file %lld --by NAME --reason TEXT,\n      or: quarantine discard --file %lld --by NAME --reason TEXT\n", id, id);
	}
}

static void set_text(struct frame *f, size_t row, const char *name, const char *value)
{
	for (size_t i = 0; i < f->columns; i++)
		if (!strcmp(f->column[i].name, name) && f->column[i].type == CELL_TEXT)
			f->column[i].t[row] = arena_text(f->arena, value);
}

static void add_row(struct page *page, const struct js *file)
{
	size_t row = frame_add_row(page->frame);
	set_text(page->frame, row, "file", text_of(file, "file"));
	set_text(page->frame, row, "reasons", text_of(file, "reasons"));
	set_text(page->frame, row, "state", "aside");
	set_text(page->frame, row, "why", text_of(file, "sentence"));
	page->total += page->total >= 0;
}

enum rc asides_list(struct call *call, struct page *page, struct js **files)
{
	struct str *t = &call->answer->text;
	enum rc     rc = aside_list(call->store, files);
	for (size_t i = 0; !rc && i < js_count(*files); i++) {
		const struct js *f = js_at(*files, i);
		str_addf(t, "file %lld, ", (long long)js_int_of(js_get(f, "file_id")));
		add_visible(t, text_of(f, "file"));
		str_add(t, ", is set aside whole, and runs wait: ");
		add_visible(t, text_of(f, "sentence"));
		str_add_char(t, '\n');
	}
	if (!rc && js_count(*files) && page->frame->rows)
		render_table(t, page->frame);
	for (size_t i = 0; !rc && i < js_count(*files); i++)
		add_row(page, js_at(*files, i));
	return rc;
}

enum rc asides_note(struct call *call)
{
	struct js *waiting = NULL;
	enum rc    rc = aside_list(call->store, &waiting);
	if (rc)
		return rc;
	for (size_t i = 0; i < js_count(waiting); i++) {
		const char *name = js_text_of(js_get(js_at(waiting, i), "file"));
		str_add(&call->answer->text, "  note: without ");
		add_visible(&call->answer->text, name ? name : "a file");
		str_addf(&call->answer->text, ", which is set aside whole: 'quarantine show --file %lld' says why\n",
		         (long long)js_int_of(js_get(js_at(waiting, i), "file_id")));
	}
	js_set(call->answer->json, "waiting", waiting);
	return RC_OK;
}

/* --- deciding --------------------------------------------------------------------------------- */

/* Options that are not given are as they were when the file came, not as the settings are now. */
static enum rc options_now(struct call *call, struct import_ask *out)
{
	enum rc rc = imports_ask(call, NULL, 0, out);
	out->on_bad = NULL;
	out->attributes = NULL;
	if (!call_has(call, "negative"))
		out->negative = NULL;
	return rc;
}

static enum rc release(struct call *call, struct run *run, struct aside_ask *ask)
{
	struct import_ask now;
	struct str       *t = &call->answer->text;
	enum rc           rc = options_now(call, &now);
	if (rc)
		return rc;
	ask->differs = &now;
	rc = aside_release(run, ask, &call->answer->json);
	if (rc)
		return rc;
	str_add(t, ask->dry ? "would be released; nothing was changed\n" : "released; 'run' brings the results up to date\n");
	imports_text(t, call->answer->json);
	return RC_OK;
}

static enum rc discard(struct call *call, struct run *run, const struct aside_ask *ask)
{
	enum rc rc = aside_discard(run, ask, &call->answer->json);
	if (!rc)
		str_addf(&call->answer->text, "file %lld is discarded: runs go on without it, and the same content is passed over from now on\n",
		         (long long)ask->file_id);
	return rc;
}

enum rc asides_run(struct call *call, const char *what)
{
	struct aside_ask  ask = { .by = call_option(call, "by"), .why = call_option(call, "reason"), .dry = call_has(call, "dry-run") };
	struct runner_ask base;
	struct run        run;
	bool              looks = !strcmp(what, "show"), again = !strcmp(what, "retry") || !strcmp(what, "release");
	enum rc           rc = call_option_int(call, "file", 1, INT64_MAX, &ask.file_id);
	if (rc)
		return rc;
	if (looks) {
		rc = aside_show(call->store, ask.file_id, &call->answer->json);
		if (!rc)
			show_text(&call->answer->text, call->answer->json);
		return rc;
	}
	if (!again && strcmp(what, "discard") != 0)
		return err_do(err_set(RC_USAGE, "CMD-146", "a file that is set aside whole takes show, retry, release and discard"), "clv --help quarantine");
	if (!(call_has(call, "by") && call_has(call, "reason")) && !(again && ask.dry))
		return err_do(err_set(RC_APPROVAL, "CMD-147", "a decision about a file set aside needs a name and a reason"), "add --by NAME --reason TEXT");
	call_runner_ask(call, &base);
	runner_prepare(&run, call->store, call->settings, call->arena, &base);
	return again ? release(call, &run, &ask) : discard(call, &run, &ask);
}
