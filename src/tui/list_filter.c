/* Filter and find: what is typed is counted and looked for while it is typed, and Esc puts everything back. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "view/number.h"

/* --- filter ------------------------------------------------------------------------------------------------------------------- */

static const struct prompt_kind filter_prompt;

static void set_filter(struct workbench *w, const char *text)
{
	struct list_view *v = list_focused(w);
	const char       *now = v->where ? v->where : "";
	if (!strcmp(now, text))
		return;
	free(v->where);
	v->where = *text ? mem_copy_text(text) : NULL;
	list_reread(w);
}

/* An error's column counts from the whole text, which begins with what belongs to the table itself. */
static size_t column_of(struct workbench *w, const struct err *e, const char *text)
{
	struct arena *a = arena_new();
	const char   *whole = list_part(w) ? pane_where(a, list_part(w), text) : text, *at = strstr(whole, text);
	size_t        before = at ? (size_t)(at - whole) : 0;
	arena_free(a);
	return e->column > before ? e->column - before : 1;
}

static void filter_counted(struct workbench *w, const char *where, const struct err *error, int64_t rows, int64_t all)
{
	struct number a, b;
	char          note[2 * NUMBER_BYTES + 16];
	if (error) {
		prompt_note(w, &filter_prompt, true, column_of(w, error, where), error->why);
		return;
	}
	snprintf(note, sizeof note, "%s of %s", number_count(&a, (double)rows), number_count(&b, (double)all));
	prompt_note(w, &filter_prompt, false, 0, note);
}

static void filter_changed(struct workbench *w, const char *text)
{
	if (list_part(w))
		list_count(w, text, filter_counted);
}

/* Counted once more: what cannot be read stays in the prompt, all else is the filter. */
static void filter_judged(struct workbench *w, const char *where, const struct err *error, int64_t rows, int64_t all)
{
	filter_counted(w, where, error, rows, all);
	if (error || !prompt_is(w, &filter_prompt) || !list_part(w))
		return;
	w->prompt = NULL;
	overlay_close(w);
	if (*where)
		history_add(&w->typed[filter_prompt.history], where);
	set_filter(w, where);
}

static bool filter_entered(struct workbench *w, const char *text)
{
	if (!list_part(w))
		return true;
	list_count(w, text, filter_judged);
	return false;
}

static const char *const filter_hints[] = { "Enter filter", "Esc as it was", "Up earlier ones", NULL };

static const struct prompt_kind filter_prompt = {
	.label = "filter", .hints = filter_hints, .history = 0, .changed = filter_changed, .entered = filter_entered, .left = list_forget,
};

static void run_filter(struct workbench *w, size_t argc, const char *const *argv)
{
	struct str t = {0};
	for (size_t i = 0; i < argc; i++)
		str_addf(&t, "%s%s", i ? " " : "", argv[i]);
	if (argc)
		set_filter(w, t.s);
	else
		prompt_open(w, &filter_prompt, list_focused(w)->where ? list_focused(w)->where : "");
	str_clear(&t);
}

const struct act act_filter = { .name = "filter", .args = "[FILTER]", .about = "keep the rows that meet a filter: clv>500 p<.3, tier~top, a | b, !a",
	                        .max_args = 32, .needs = NEEDS_REPORT, .run = run_filter };

/* --- find --------------------------------------------------------------------------------------------------------------------- */

static const struct prompt_kind find_prompt;

static void tell_found(struct workbench *w, const struct err *error, const struct rows_found *f)
{
	struct number a, b;
	char          note[2 * NUMBER_BYTES + 32];
	if (error && error->rc == RC_CANCELLED)
		return;
	if (error)
		snprintf(note, sizeof note, "%.100s", error->why);
	else if (!f->of)
		snprintf(note, sizeof note, "not found");
	else
		snprintf(note, sizeof note, "%s of %s", number_count(&a, (double)f->nth), number_count(&b, (double)f->of));
	if (prompt_is(w, &find_prompt))
		prompt_note(w, &find_prompt, error || !f->of, 0, note);
	else
		workbench_say(w, MOOD_PLAIN, "%s: %s", w->find ? w->find : "", note);
	if (!error && f->of)
		list_move(w, f->place);
	pane_follow(w);
}

static void find_changed(struct workbench *w, const char *text)
{
	if (!list_part(w))
		return;
	if (*text) {
		list_look(w, text, w->find_from, false, tell_found);
		return;
	}
	list_forget(w);
	list_move(w, w->find_from);
}

static bool find_entered(struct workbench *w, const char *text)
{
	free(w->find);
	w->find = *text ? mem_copy_text(text) : NULL;
	return true;
}

static void find_left(struct workbench *w)
{
	list_forget(w);
	list_move(w, w->find_from);
}

static const char *const find_hints[] = { "Enter stay here", "Esc back", "Up earlier ones", NULL };

static const struct prompt_kind find_prompt = {
	.label = "find", .hints = find_hints, .history = 1, .changed = find_changed, .entered = find_entered, .left = find_left,
};

static void run_find(struct workbench *w, size_t argc, const char *const *argv)
{
	w->find_from = list_focused(w)->at;
	if (!argc) {
		prompt_open(w, &find_prompt, "");
		return;
	}
	find_entered(w, argv[0]);
	find_changed(w, argv[0]);
}

const struct act act_finding = { .name = "find", .args = "[TEXT]", .about = "go to the next row with a text, hiding nothing", .max_args = 1,
	                      .needs = NEEDS_REPORT, .run = run_find };

static bool can_next(const struct workbench *w, const char **why)
{
	*why = "nothing was looked for yet; / does";
	return w->find && list_part(w) && !list_part(w)->query;
}

static void run_next(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	list_look(w, w->find, list_focused(w)->at + 1, false, tell_found);
}

static void run_previous(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	list_look(w, w->find, list_focused(w)->at - 1, true, tell_found);
}

const struct act act_next = { .name = "next", .args = "", .about = "the next row with the text that was looked for", .needs = NEEDS_CHANGE,
	                      .can = can_next, .run = run_next };
const struct act act_previous = { .name = "previous", .args = "", .about = "the row before with the text that was looked for", .needs = NEEDS_CHANGE,
	                          .can = can_next, .run = run_previous };
