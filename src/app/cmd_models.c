/* models: the registry of fitted sets: list, one in full, out to a folder and back. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/render.h"
#include "base/file.h"
#include "store/query.h"

static enum rc list(struct call *call)
{
	struct frame *f;
	enum rc       rc = query_frame(call->store, call->arena, "statement/app_models", &f, "");
	if (rc)
		return rc;
	struct js *table = render_json(f), *models = js_array();
	for (size_t r = 0; r < f->rows; r++) {
		struct js *o = js_object();
		for (size_t c = 0; c < f->columns; c++)
			js_set(o, f->column[c].name, js_copy(js_at(js_at(js_get(table, "rows"), r), c)));
		js_add(models, o);
	}
	js_free(table);
	call->answer->frame = f;
	call->answer->json = js_object();
	js_set(call->answer->json, "models", models);
	return RC_OK;
}

static struct js *rows_of(const struct frame *f)
{
	struct js *table = render_json(f), *out = js_copy(js_get(table, "rows"));
	js_free(table);
	return out;
}

/* The rows of a frame that are of the fit, as objects; nothing where there are none. */
static void add_rows(struct js *m, const char *name, const struct frame *f, int64_t fit_id)
{
	struct js *table = render_json(f), *rows = js_array();
	for (size_t r = 0; r < f->rows; r++) {
		if (f->column[0].i[r] != fit_id)
			continue;
		struct js *o = js_object();
		for (size_t c = 1; c < f->columns; c++)
			js_set(o, f->column[c].name, js_copy(js_at(js_at(js_get(table, "rows"), r), c)));
		js_add(rows, o);
	}
	js_free(table);
	if (js_count(rows))
		js_set(m, name, rows);
	else
		js_free(rows);
}

static enum rc whole(struct call *call, int64_t id, struct js **out)
{
	struct frame *set, *fits, *params, *metrics, *columns, *tests, *season;
	enum rc       rc = query_frame(call->store, call->arena, "statement/app_model_set", &set, "i", id);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_model_fits", &fits, "i", id);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_model_params", &params, "i", id);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_model_metrics", &metrics, "i", id);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_model_columns", &columns, "i", id);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_model_tests", &tests, "i", id);
	rc = rc ? rc : query_frame(call->store, call->arena, "statement/app_model_season", &season, "i", id);
	if (rc)
		return rc;
	if (!set->rows)
		return err_do(err_set(RC_USAGE, "FIT-171", "there is no fitted set %lld", (long long)id), "clv --batch models list");
	struct js *o = js_object(), *head = render_json(set);
	for (size_t c = 0; c < set->columns; c++)
		js_set(o, set->column[c].name, js_copy(js_at(js_at(js_get(head, "rows"), 0), c)));
	js_free(head);
	struct js *models = js_array();
	for (size_t r = 0; r < fits->rows; r++) {
		struct js *m = js_object(), *p = js_object(), *table = render_json(fits);
		for (size_t c = 0; c < fits->columns; c++)
			js_set(m, fits->column[c].name, js_copy(js_at(js_at(js_get(table, "rows"), r), c)));
		js_free(table);
		for (size_t k = 0; k < params->rows; k++)
			if (params->column[0].i[k] == fits->column[0].i[r]) {
				struct js *v = js_object();
				js_set_real(v, "value", params->column[2].r[k]);
				js_set_real(v, "se", params->column[3].r[k]);
				js_set_real(v, "low", params->column[4].r[k]);
				js_set_real(v, "high", params->column[5].r[k]);
				js_set(p, params->column[1].t[k], v);
			}
		js_set(m, "params", p);
		add_rows(m, "covariates", columns, fits->column[0].i[r]);
		add_rows(m, "tests", tests, fits->column[0].i[r]);
		add_rows(m, "season", season, fits->column[0].i[r]);
		js_add(models, m);
	}
	js_set(o, "fits", models);
	js_set(o, "metrics", rows_of(metrics));
	*out = o;
	return RC_OK;
}

static enum rc show(struct call *call, int64_t id)
{
	return whole(call, id, &call->answer->json);
}

static enum rc export_set(struct call *call, int64_t id, const char *folder)
{
	struct js          *o = NULL;
	struct file_writer *w = NULL;
	struct str          t = {0};
	char               *path = arena_printf(call->arena, "%s/model-set-%lld.json", folder, (long long)id);
	enum rc             rc = *folder ? whole(call, id, &o) : err_do(err_set(RC_USAGE, "CMD-148", "the folder's name is empty"), "name a folder");
	rc = rc ? rc : file_make_folder(folder);
	rc = rc ? rc : file_create(path, &w);
	if (!rc) {
		js_set_text(o, "format", "clv model set 1");
		js_set_text(o, "program", "clv " PACKAGE_VERSION);
		js_write(&t, o, true, false);
		str_add_char(&t, '\n');
		if (fwrite(t.s, 1, t.n, file_stream(w)) != t.n) {
			file_abandon(w);
			rc = err_set(RC_IO, "FILE-130", "cannot write %s", path);
		} else {
			rc = file_commit(w);
		}
	}
	str_clear(&t);
	js_free(o);
	if (rc)
		return rc;
	call->answer->json = js_object();
	js_set_text(call->answer->json, "path", path);
	str_addf(&call->answer->text, "%s\n", path);
	return RC_OK;
}

static enum rc run(struct call *call)
{
	const char *what = call->argc ? call->argv[0] : "list";
	int64_t     id = 0;
	if (!strcmp(what, "list"))
		return list(call);
	bool wants_show = !strcmp(what, "show") && call->argc == 2, wants_export = !strcmp(what, "export") && call->argc == 3;
	if ((!wants_show && !wants_export) || !str_int(call->argv[1], strlen(call->argv[1]), &id))
		return err_do(err_set(RC_USAGE, "CMD-142", "'models' takes list, show ID, or export ID DIR"), "clv --batch models list");
	return wants_show ? show(call, id) : export_set(call, id, call->argv[2]);
}

const struct command command_models = {
	.name = "models", .args = "[list|show ID|export ID DIR]", .about = "the registry of fitted sets",
	.details = "A set is a purchase model and a spend model that score together; the champion is the one that scores now.",
	.max_args = 3, .run = run,
};
