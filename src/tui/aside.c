/* Acts about rows and files set aside, and their form as an overlay: which rows are meant, a try before anything is signed, and the
 * program's own command to sign it. Not here: the form (aside_form.c). */
#include "config.h"

#include "tui/aside_priv.h"

#include <string.h>

#include "base/file.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "view/number.h"

static const struct overlay_kind aside_kind;

/* --- the overlay ------------------------------------------------------------------------------ */

static void tried(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	struct aside_form *f = overlay_find(w, &aside_kind);
	const struct js   *released = js_get(answer->json, "released");
	(void)user;
	if (!f && error)
		workbench_failed(w, error);
	else if (f && error)
		aside_form_refused(f, error);
	else if (f)
		aside_form_tried(f, answer->text.s ? answer->text.s : "", released ? (long long)js_int_of(released) : -1);
}

static void decided(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	struct aside_form *f = overlay_find(w, &aside_kind);
	(void)user;
	if (error && f) {
		aside_form_refused(f, error);
	} else if (error) {
		workbench_failed(w, error);
	} else {
		const char *said = answer->text.s ? answer->text.s : "done";
		workbench_say(w, MOOD_GOOD, "%.*s", (int)strcspn(said, "\n"), said);
		if (f)
			overlay_close(w);
	}
}

static void try(struct aside_form *f, struct workbench *w)
{
	const char *const *word;
	size_t             n = aside_form_words(f, true, &word);
	aside_form_wait(f);
	workbench_run(w, n, word, tried, NULL);
}

static void follow(struct aside_form *f, struct workbench *w, enum aside_event e)
{
	const char *const *word;
	if (e == ASIDE_CLOSED) {
		overlay_close(w);
		workbench_say(w, MOOD_PLAIN, "nothing was written");
	} else if (e == ASIDE_TRY) {
		try(f, w);
	} else if (e == ASIDE_SIGNED) {
		size_t n = aside_form_words(f, false, &word);
		aside_form_wait(f);
		workbench_run(w, n, word, decided, NULL);
	}
}

static void key(void *state, struct workbench *w, const char *k)
{
	follow(state, w, aside_form_key(state, k));
}

static void paste(void *state, struct workbench *w, const char *text)
{
	(void)w;
	aside_form_paste(state, text);
}

static void click(void *state, struct workbench *w, int x, int y)
{
	follow(state, w, aside_form_click(state, x, y));
}

static void draw(void *state, struct workbench *w, struct grid *g)
{
	(void)w;
	aside_form_draw(state, g);
}

static bool cursor(void *state, int *x, int *y)
{
	return aside_form_cursor(state, x, y);
}

static const char *const *hints(void *state)
{
	static const char *const list[] = { "Tab next field", "F5 try", "F2 sign", "Esc leave, nothing is written", NULL };
	(void)state;
	return list;
}

static void free_form(void *state)
{
	aside_form_free(state);
}

static const struct overlay_kind aside_kind = {
	.id = "aside", .draw = draw, .key = key, .paste = paste, .click = click, .cursor = cursor, .hints = hints, .free = free_form,
};

/* --- which rows ------------------------------------------------------------------------------- */

/* The rows that are marked, else the selected one; a reason; a file. false: nothing of that has the keys. */
static bool what_is_meant(struct workbench *w, struct arena *a, struct aside_what *out)
{
	const struct pane_part  *t = list_part(w);
	const struct list_view  *v = list_focused(w);
	const char             **word = arena_alloc(a, (v ? v->marks : 0) + 2, sizeof *word);
	const char              *key = t && t->key ? list_cell(w, a, t->key) : NULL, *file, *status, *rows;
	struct number            n;
	*out = (struct aside_what){ .word = word, .words = 1 };
	if (!t || !key || strcmp(w->pane->id, "data") != 0)
		return false;
	if (!strcmp(t->id, "aside")) {
		for (size_t i = 0; i < v->marks; i++)
			word[i] = v->mark[i];
		out->words = v->marks ? v->marks : 1;
		word[0] = v->marks ? word[0] : key;
		out->one = out->words == 1;
		out->title = out->one ? arena_printf(a, "row %s", word[0]) : arena_printf(a, "%s rows", number_count(&n, (double)v->marks));
		return true;
	}
	out->words = 2;
	word[1] = key;
	if (!strcmp(t->id, "reasons")) {
		word[0] = "--code";
		out->title = arena_printf(a, "all open rows: %s", key);
		return true;
	}
	word[0] = "--file";
	file = list_cell(w, a, "file");
	status = list_cell(w, a, "status");
	out->whole = status && !strcmp(status, "aside");
	out->title = arena_printf(a, out->whole ? "%s, set aside whole" : "what is set aside of %s", file ? file_base_name(file) : key);
	rows = list_cell(w, a, "quarantined");
	return !strcmp(t->id, "files") && (out->whole || !rows || strcmp(rows, "0") != 0);
}

static bool can_decide(const struct workbench *w, const char **why)
{
	struct arena     *a = arena_new();
	struct aside_what what;
	bool              can = what_is_meant((struct workbench *)w, a, &what);
	arena_free(a);
	*why = "choose rows set aside, a reason or a file that has some, on the Data pane";
	if (!can || workbench_readonly(w, why))
		return false;
	*why = "a job is at work";
	return !workbench_job(w);
}

static void open_form(struct workbench *w, enum aside_deed d)
{
	struct arena      *a = arena_new();
	struct aside_what  what;
	struct aside_form *f;
	if (what_is_meant(w, a, &what)) {
		f = aside_form_new(d, &what, settings_text(workbench_ask(w)->settings, "review.by"));
		overlay_open(w, &aside_kind, f);
		if (d != ASIDE_DISCARD)
			try(f, w);
	}
	arena_free(a);
}

/* --- the acts --------------------------------------------------------------------------------- */

static void run_treat(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	open_form(w, ASIDE_TREAT);
}

const struct act act_treat = { .name = "treat", .args = "", .about = "rows set aside: say what differs, try it, take in what passes", .needs = NEEDS_CHANGE, .can = can_decide, .run = run_treat };

static void run_release(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	open_form(w, ASIDE_RELEASE);
}

const struct act act_release = { .name = "release", .args = "", .about = "rows set aside, or all with a reason, or of a file: judge them again and take in what passes", .needs = NEEDS_CHANGE, .can = can_decide, .run = run_release };

static void run_discard(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	open_form(w, ASIDE_DISCARD);
}

const struct act act_discard = { .name = "discard", .args = "", .about = "rows set aside, or all with a reason, or of a file: mark them as discarded", .needs = NEEDS_CHANGE, .can = can_decide, .run = run_discard };

static void run_aside(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena *a = arena_new();
	workbench_do(w, "pane data");
	workbench_do(w, "zoom aside");
	if (argc)
		workbench_do(w, arena_printf(a, "filter 'reasons~%s'", argv[0]));
	arena_free(a);
}

const struct act act_aside = { .name = "aside", .args = "[CODE]", .about = "the rows set aside, those with a reason", .max_args = 1, .run = run_aside };

/* --- files ------------------------------------------------------------------------------------ */

/* The file that is meant, as the selected row of the files or the first that waits; its number, NULL: none is set aside whole. */
static const char *file_aside(struct workbench *w, struct arena *a)
{
	const struct snapshot  *s = workbench_snapshot(w);
	const struct pane_part *t = list_part(w);
	const char             *status = t && !strcmp(t->id, "files") ? list_cell(w, a, "status") : NULL;
	if (strcmp(w->pane->id, "data") != 0)
		return NULL;
	if (status && !strcmp(status, "aside"))
		return list_cell(w, a, "file_id");
	size_t first = snapshot_row(s, "files", "status", "aside");
	return first == SIZE_MAX ? NULL : arena_printf(a, "%.0f", snapshot_real(s, "files", first, "file_id"));
}

static bool can_differ(const struct workbench *w, const char **why)
{
	struct arena *a = arena_new();
	bool          can = file_aside((struct workbench *)w, a) != NULL;
	arena_free(a);
	*why = "no file is set aside whole";
	return can;
}

static void run_differs(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena *a = arena_new();
	const char   *id = file_aside(w, a);
	(void)argc;
	(void)argv;
	if (id)
		workbench_do(w, arena_printf(a, "quarantine show --file %s", id));
	arena_free(a);
}

const struct act act_differs = { .name = "differs", .args = "", .about = "a file set aside whole: which columns differ from those expected", .needs = NEEDS_CHANGE,
	                         .can = can_differ, .run = run_differs };

/* Of a file whose rows counted there is a profile; of one set aside whole, what differs. */
static void run_file(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena *a = arena_new();
	const char   *status = list_cell(w, a, "status");
	(void)argc;
	if (status && !strcmp(status, "aside"))
		workbench_do(w, arena_printf(a, "quarantine show --file %s", argv[0]));
	else
		workbench_do(w, "zoom file");
	arena_free(a);
}

const struct act act_file = { .name = "file", .args = "FILE_ID", .about = "the columns of the selected file, or what differs in one set aside whole", .min_args = 1,
	                      .max_args = 1, .needs = NEEDS_ROWS, .run = run_file };
