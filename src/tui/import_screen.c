/* The import over a pane: a file is chosen, looked at, decided on, imported; then the accounts. Each step runs the program's own command: look,
 * then import; cancelling leaves nothing. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "tui/dialog_priv.h"
#include "tui/engine_priv.h"
#include "tui/forms_priv.h"
#include "tui/menu_priv.h"
#include "tui/picker_priv.h"
#include "tui/sheet_priv.h"

enum step { STEP_FILE, STEP_SHEET, STEP_IMPORT };

struct import_screen {
	enum step     step;
	struct picker picker;
	struct sheet *sheet;  /* from the second step on */
	size_t        looks;  /* that were shown of this file */
	uintptr_t     serial; /* of the look on its way: an older one is not about this file */
	bool          again;  /* a decision changed while one was on its way */
	bool          looking;
};

static const struct overlay_kind import_kind;

static const char endings[] = "csv;txt;tsv;tab;log;gz;zst";

/* --- looking ---------------------------------------------------------------------------------- */

static void look(struct import_screen *m, struct workbench *w);

static void look_failed(void *user, struct workbench *w, size_t i)
{
	struct import_screen *m = overlay_find(w, &import_kind);
	(void)user;
	(void)i;
	if (m && m->step == STEP_SHEET && !m->looks) /* nothing was ever shown of this file */
		m->step = STEP_FILE;
}

static void looked(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	struct import_screen *m = overlay_find(w, &import_kind);
	if (!m || m->step != STEP_SHEET || (uintptr_t)user != m->serial)
		return;
	m->looking = false;
	if (m->again) {
		m->again = false;
		look(m, w);
	} else if (error) {
		menu_error(w, arena_new(), error, NULL, NULL, 0, look_failed, NULL, NULL);
	} else {
		m->looks++;
		sheet_show(m->sheet, answer->json);
	}
}

static void look(struct import_screen *m, struct workbench *w)
{
	const char *const *word;
	if (m->looking) {
		m->again = true;
		return;
	}
	m->looking = true;
	size_t n = sheet_words(m->sheet, "look", &word);
	workbench_run(w, n, word, looked, (void *)++m->serial);
}

static void begin_sheet(struct import_screen *m, struct workbench *w, size_t files, const char *const *file)
{
	sheet_free(m->sheet);
	m->sheet = sheet_new(files, file);
	m->step = STEP_SHEET;
	m->looks = 0;
	m->looking = m->again = false;
	look(m, w);
}

/* --- importing -------------------------------------------------------------------------------- */

static void add_line(struct arena *a, struct menu_line *list, size_t *n, const char *text, unsigned style)
{
	if (*n < 60)
		list[(*n)++] = (struct menu_line){ arena_text(a, text), style, false };
}

static long long count(const struct js *f, const char *key)
{
	return (long long)js_int_of(js_get(f, key));
}

/* Read and what became of it: the numbers add up. */
static void add_accounts(struct arena *a, struct menu_line *list, size_t *n, const struct js *f)
{
	const struct js *reasons = js_get(f, "reasons"), *notes = js_get(f, "notes");
	const char      *name = js_text_of(js_get(f, "file")), *first = js_text_of(js_get(f, "first_day")), *last = js_text_of(js_get(f, "last_day"));
	long long        read = count(f, "read"), lost = read - count(f, "accepted") - count(f, "quarantined") - count(f, "duplicate") - count(f, "blank");
	add_line(a, list, n, arena_printf(a, "%s%s", file_base_name(name ? name : ""), js_bool_of(js_get(f, "known")) ? " is known already: nothing was changed" : ""), STYLE_BOLD);
	add_line(a, list, n, arena_printf(a, "%lld rows read = %lld accepted + %lld set aside + %lld duplicate + %lld blank%s", read, count(f, "accepted"),
	                                  count(f, "quarantined"), count(f, "duplicate"), count(f, "blank"), lost ? "" : "  ✓"), STYLE_PLAIN);
	if (first && last)
		add_line(a, list, n, arena_printf(a, "%lld customers from %s to %s", count(f, "customers"), first, last), STYLE_PLAIN);
	for (size_t i = 0; i < js_count(reasons); i++)
		add_line(a, list, n, arena_printf(a, "  set aside: %s, %lld row%s", js_key_at(reasons, i), count(reasons, js_key_at(reasons, i)),
		                                  count(reasons, js_key_at(reasons, i)) == 1 ? "" : "s"), STYLE_WARN);
	for (size_t i = 0; i < js_count(notes); i++)
		add_line(a, list, n, arena_printf(a, "note: %s", js_text_of(js_at(notes, i))), STYLE_PLAIN);
}

/* Returns of all files, where some were looked for. */
static void add_returns(struct arena *a, struct menu_line *list, size_t *n, const struct js *r)
{
	if (js_is_null(r) || !count(r, "rows"))
		return;
	add_line(a, list, n, arena_printf(a, "returns in the store: %lld, matched with their sale %lld, partly %lld, without a sale %lld", count(r, "rows"),
	                                  count(r, "matched"), count(r, "partly"), count(r, "unmatched")), STYLE_PLAIN);
}

static void next_chosen(void *user, struct workbench *w, size_t i)
{
	static const char *const next[] = { "run", "pane data", "import" };
	(void)user;
	if (i < sizeof next / sizeof next[0])
		workbench_do(w, next[i]);
}

static void show_accounts(struct workbench *w, const struct js *result)
{
	static const struct menu_choice next[] = {
		{ "r", "run the pipeline: features, fit, scores", NULL, NULL }, { "2", "look at the data", NULL, NULL },
		{ "i", "import another file", NULL, NULL }, { "Esc", "close", NULL, NULL },
	};
	const struct js  *files = js_get(result, "files");
	struct arena     *a = arena_new();
	struct menu_line *list = arena_alloc(a, 60, sizeof *list);
	size_t            n = 0;
	for (size_t i = 0; i < js_count(files); i++)
		add_accounts(a, list, &n, js_at(files, i));
	add_returns(a, list, &n, js_get(result, "returns"));
	menu_open(w, a, &(struct menu){ .title = "Imported", .line = list, .lines = n, .choice = next, .choices = 4 }, next_chosen, NULL, NULL);
}

/* The ways on after a refusal. */
static void way_chosen(void *user, struct workbench *w, size_t i)
{
	struct import_screen *m = overlay_find(w, &import_kind);
	(void)user;
	if (!m)
		return;
	if (i == 1)
		m->step = STEP_FILE;
	else if (i >= 2)
		overlay_close(w);
}

static void show_refusal(struct import_screen *m, struct workbench *w, const struct err *error)
{
	static const struct menu_choice ways[] = {
		{ NULL, "change how the file is read", NULL, NULL }, { NULL, "choose another file", NULL, NULL }, { NULL, "stop", "nothing of it counts", NULL },
	};
	const char *const *word;
	struct arena      *a = arena_new();
	size_t             n = sheet_words(m->sheet, "import", &word);
	const char        *batch = arena_printf(a, "clv --batch -s %s %s", file_base_name(workbench_ask(w)->store_path), command_join(a, n, word));
	m->step = STEP_SHEET;
	menu_error(w, a, error, batch, ways, 3, way_chosen, NULL, NULL);
}

static void imported(void *user, struct workbench *w, const struct err *error, const struct answer *answer)
{
	struct import_screen *m = overlay_find(w, &import_kind);
	(void)user;
	if (error && error->rc == RC_CANCELLED) {
		workbench_say(w, MOOD_PLAIN, "cancelled: nothing of the file was kept");
		if (m)
			m->step = STEP_SHEET;
	} else if (error && m) {
		show_refusal(m, w, error);
	} else if (error) {
		workbench_failed(w, error);
	} else {
		const struct js *f = js_at(js_get(answer->json, "files"), 0);
		workbench_say(w, MOOD_GOOD, "imported: %lld of %lld rows accepted", count(f, "accepted"), count(f, "read"));
		if (m) {
			overlay_close(w);
			show_accounts(w, answer->json);
		}
	}
}

static void import(struct import_screen *m, struct workbench *w)
{
	const char *const *word;
	size_t             n = sheet_words(m->sheet, "import", &word);
	m->step = STEP_IMPORT;
	workbench_run(w, n, word, imported, NULL);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void follow_picker(struct import_screen *m, struct workbench *w, enum picker_event e)
{
	if (e == PICKER_CLOSED)
		overlay_close(w);
	if (e != PICKER_CHOSEN)
		return;
	const char *file = m->picker.chosen;
	workbench_set_folder(w, m->picker.folder);
	begin_sheet(m, w, 1, &file);
}

static void follow_sheet(struct import_screen *m, struct workbench *w, enum sheet_event e)
{
	if (e == SHEET_AGAIN) {
		look(m, w);
	} else if (e == SHEET_IMPORT) {
		import(m, w);
	} else if (e == SHEET_PREVIEW) {
		text_open(w, "First rows", sheet_preview(m->sheet));
	} else if (e == SHEET_BACK) {
		m->step = STEP_FILE;
		if (m->looking)
			reader_cancel(w->reader);
	}
}

static void key(void *state, struct workbench *w, const char *k)
{
	struct import_screen *m = state;
	if (m->step == STEP_FILE)
		follow_picker(m, w, picker_key(&m->picker, k));
	else if (m->step == STEP_SHEET && !strcmp(k, "F2") && !sheet_can_import(m->sheet))
		workbench_say(w, MOOD_PLAIN, "it cannot be imported as it is read now: the form says why");
	else if (m->step == STEP_SHEET)
		follow_sheet(m, w, sheet_key(m->sheet, k));
	else if (!strcmp(k, "Esc"))
		overlay_close(w);
}

static void paste(void *state, struct workbench *w, const char *text)
{
	struct import_screen *m = state;
	(void)w;
	if (m->step == STEP_FILE)
		picker_paste(&m->picker, text);
	else if (m->step == STEP_SHEET)
		sheet_paste(m->sheet, text);
}

static void click(void *state, struct workbench *w, int x, int y)
{
	struct import_screen *m = state;
	if (m->step == STEP_FILE)
		follow_picker(m, w, picker_click(&m->picker, x, y));
	else if (m->step == STEP_SHEET)
		follow_sheet(m, w, sheet_click(m->sheet, x, y));
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_progress(struct workbench *w, struct grid *g)
{
	const struct ui_job *job = workbench_job(w);
	struct str           t = {0};
	struct area          in = dialog_box(g, 60, 7, "Importing", NULL);
	if (job)
		ui_progress(job, &t);
	grid_put(g, in.x, in.y + 1, in.w, t.n ? t.s : "beginning", STYLE_BOLD);
	grid_put(g, in.x, in.y + 3, in.w, job && job->cancelling ? "cancelling: nothing of it will be kept" : "^C cancels, and nothing of it is kept", STYLE_PLAIN);
	grid_put(g, in.x, in.y + 4, in.w, "Esc goes on looking elsewhere; the import goes on", STYLE_DIM);
	str_clear(&t);
}

static void draw(void *state, struct workbench *w, struct grid *g)
{
	struct import_screen *m = state;
	if (m->step == STEP_FILE)
		picker_draw(&m->picker, g);
	else if (m->step == STEP_SHEET)
		sheet_draw(m->sheet, g);
	else
		draw_progress(w, g);
}

static bool cursor(void *state, int *x, int *y)
{
	const struct import_screen *m = state;
	*x = m->picker.cursor_x;
	*y = m->picker.cursor_y;
	return m->step == STEP_FILE || (m->step == STEP_SHEET && sheet_cursor(m->sheet, x, y));
}

static const char *const *hints(void *state)
{
	static const char *const file[] = { "Enter take", "type to narrow", "Backspace up", "F4 all files", "Esc close", NULL };
	static const char *const sheet[] = { "F2 import", "Tab next", "Space choose", "p preview", "Esc back, nothing kept", NULL };
	static const char *const importing[] = { "^C cancel", "Esc elsewhere", NULL };
	const struct import_screen *m = state;
	if (m->step == STEP_SHEET)
		return sheet_can_import(m->sheet) ? sheet : sheet + 1;
	return m->step == STEP_FILE ? file : importing;
}

static void free_screen(void *state)
{
	struct import_screen *m = state;
	picker_end(&m->picker);
	sheet_free(m->sheet);
	free(m);
}

static const struct overlay_kind import_kind = {
	.id = "import", .draw = draw, .key = key, .paste = paste, .click = click, .cursor = cursor, .hints = hints, .free = free_screen,
};

void import_open(struct workbench *w, size_t files, const char *const *file)
{
	struct import_screen *m = mem_new(1, sizeof *m);
	m->picker.title = "Import · choose a file";
	m->picker.endings = endings;
	picker_begin(&m->picker, workbench_folder(w));
	overlay_open(w, &import_kind, m);
	if (files)
		begin_sheet(m, w, files, file);
}
