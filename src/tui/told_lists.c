/* `!`: what was said, newest first, errors with their block. `@`: what ran, as batch lines, to copy or to keep as a script. */
#include "config.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/forms_priv.h"
#include "tui/menu_priv.h"

enum { LINES_MOST = 200 };

/* "12:00:05" of a stamp. */
static const char *time_of(struct arena *a, const char *at)
{
	return strlen(at) >= 19 ? arena_span(a, at + 11, 8) : at;
}

/* --- messages --------------------------------------------------------------------------------- */

/* Choices are newest first. */
static void message_chosen(void *user, struct workbench *w, size_t i)
{
	const struct message *list;
	size_t                n = workbench_messages(w, &list);
	(void)user;
	if (i < n && list[n - 1 - i].error)
		ways_open(w, list[n - 1 - i].error);
}

static void run_messages(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena         *a = arena_new();
	const struct message *list;
	size_t                n = workbench_messages(w, &list);
	struct menu_choice   *c = arena_alloc(a, n + 1, sizeof *c);
	struct menu_line     *none = arena_alloc(a, 1, sizeof *none);
	(void)argc;
	(void)argv;
	for (size_t i = 0; i < n; i++) {
		const struct message *m = &list[n - 1 - i];
		c[i] = (struct menu_choice){ .key = time_of(a, m->at), .label = arena_printf(a, "%s%s", m->mood == MOOD_BAD ? "✗ " : m->mood == MOOD_GOOD ? "✓ " : "  ", m->text),
		                             .note = m->error ? "Enter tells more" : NULL };
	}
	none->text = "Nothing was said yet.";
	workbench_messages_read(w);
	menu_open(w, a, &(struct menu){ .title = "Messages, newest first", .foot = "times are UTC", .line = none, .lines = n ? 0 : 1, .choice = c, .choices = n },
	          message_chosen, NULL, NULL);
}

const struct act act_messages = { .name = "messages", .args = "", .about = "what was said, and errors with their details", .run = run_messages };

/* --- what ran --------------------------------------------------------------------------------- */

/* A job as `clv --batch -f` reads it. What failed is kept as a comment. */
static void add_script(struct workbench *w, struct str *t)
{
	const struct logged *list;
	size_t               n = workbench_log(w, &list);
	str_addf(t, "# clv --batch -s %s -f THIS-FILE\n", file_base_name(workbench_ask(w)->store_path));
	for (size_t i = 0; i < n; i++)
		str_addf(t, "%s%s\n", list[i].running ? "# at work: " : list[i].rc ? "# failed: " : "", list[i].line);
}

static void keep_script(struct workbench *w, const char *text, size_t n)
{
	struct arena       *a = arena_new();
	struct file_writer *f;
	const char         *path = arena_printf(a, "%s.job", workbench_ask(w)->store_path);
	enum rc             rc = file_create(path, &f);
	if (!rc && fwrite(text, 1, n, file_stream(f)) != n) {
		file_abandon(f);
		rc = err_set(RC_IO, "FILE-122", "cannot write %s", path);
	} else if (!rc) {
		rc = file_commit(f);
	}
	if (rc)
		workbench_failed(w, err_get());
	else
		workbench_say(w, MOOD_GOOD, "kept as %s; clv --batch -f runs it again", path);
	arena_free(a);
}

static void log_chosen(void *user, struct workbench *w, size_t i)
{
	struct str t = {0};
	(void)user;
	add_script(w, &t);
	if (i == 0) {
		workbench_copy(w, t.s);
		workbench_say(w, MOOD_GOOD, "copied");
	} else if (i == 1) {
		keep_script(w, t.s, t.n);
	}
	str_clear(&t);
}

static void run_log(struct workbench *w, size_t argc, const char *const *argv)
{
	static const struct menu_choice choice[] = {
		{ "y", "copy them as a job script", NULL, NULL }, { "x", "keep them as a job script beside the store", NULL, NULL },
		{ "Esc", "close", NULL, NULL },
	};
	struct arena        *a = arena_new();
	const struct logged *list;
	size_t               n = workbench_log(w, &list), shown = n < LINES_MOST ? n : LINES_MOST;
	struct menu_line    *l = arena_alloc(a, shown + 1, sizeof *l);
	(void)argc;
	(void)argv;
	for (size_t i = 0; i < shown; i++) {
		const struct logged *o = &list[n - 1 - i];
		l[i] = (struct menu_line){ arena_printf(a, "%s %s clv --batch -s %s %s", time_of(a, o->at), o->running ? "▶" : o->rc ? "✗" : "✓",
		                                        file_base_name(workbench_ask(w)->store_path), o->line),
		                           o->rc ? STYLE_WARN : STYLE_PLAIN, false };
	}
	if (!n)
		l[0].text = "Nothing ran yet. What runs is listed here as it would be typed without the screen.";
	menu_open(w, a, &(struct menu){ .title = "What ran, newest first", .line = l, .lines = n ? shown : 1, .choice = choice, .choices = n ? 3 : 0 },
	          log_chosen, NULL, NULL);
}

const struct act act_log = { .name = "log", .args = "", .about = "what ran, as batch lines: copy them or keep them as a script", .run = run_log };
