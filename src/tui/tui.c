/* The two ways onto a screen. A pane without a terminal: open the store for reading, load a snapshot, draw it, write the grid as text.
 * The workbench: take the terminal, hand it with the workbench to the loop, give it back. */
#include "config.h"

#include "tui/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/project.h"
#include "base/file.h"
#include "store/store.h"
#include "tui/acts_priv.h"
#include "tui/loop_priv.h"
#include "tui/pane.h"
#include "tui/rescue_priv.h"
#include "tui/signals_priv.h"
#include "tui/terminal_priv.h"
#include "tui/workbench.h"

#define SIDE_MOST 500

static enum rc find_pane(const char *name, const struct pane **out)
{
	const char *names[16];
	size_t      n = 0;
	*out = pane_find(name);
	if (*out)
		return RC_OK;
	for (; n < panes_count && n < sizeof names / sizeof names[0]; n++)
		names[n] = panes[n]->id;
	const char *near = str_nearest(name, names, n);
	enum rc     rc = err_set(RC_USAGE, "CMD-170", "there is no pane '%s'", name);
	return near ? err_do(rc, "did you mean '%s'?", near)
	            : err_do(rc, "panes are home, data, fit, customers, clusters, drift, runs and sql");
}

/* "fit", or "fit/alive": one part of it alone; *part is p->parts for all of them. */
static enum rc find_shown(struct arena *a, const char *name, const struct pane **p, size_t *part)
{
	const char *slash = strchr(name, '/'), *names[SNAPSHOT_TABLES];
	enum rc     rc = find_pane(slash ? arena_span(a, name, (size_t)(slash - name)) : name, p);
	if (rc)
		return rc;
	for (*part = 0; slash && *part < (*p)->parts; ++*part) {
		names[*part] = (*p)->part[*part].id;
		if (!strcmp(names[*part], slash + 1))
			return RC_OK;
	}
	*part = (*p)->parts;
	if (!slash)
		return RC_OK;
	const char *near = str_nearest(slash + 1, names, (*p)->parts);
	rc = err_set(RC_USAGE, "CMD-176", "the pane '%s' has no part '%s'", (*p)->id, slash + 1);
	return near ? err_do(rc, "did you mean '%s'?", near) : rc;
}

static enum rc read_size(const char *text, int *width, int *height)
{
	const char *x = text ? strchr(text, 'x') : NULL;
	int64_t     w = 80, h = 24;
	bool        read = !text || (x && str_int(text, (size_t)(x - text), &w) && str_int(x + 1, strlen(x + 1), &h));
	if (!read || w < 1 || h < 1 || w > SIDE_MOST || h > SIDE_MOST)
		return err_do(err_set(RC_USAGE, "CMD-171", "--size takes columns and rows from 1 to %d, not '%s'", SIDE_MOST, text),
		              "for example --size 120x40");
	*width = (int)w;
	*height = (int)h;
	return RC_OK;
}

static enum rc read_glyphs(const char *text, enum glyphs *out)
{
	*out = text && !strcmp(text, "ascii") ? GLYPHS_ASCII : GLYPHS_UNICODE;
	if (!text || !strcmp(text, "ascii") || !strcmp(text, "unicode"))
		return RC_OK;
	return err_set(RC_USAGE, "CMD-110", "--glyphs takes unicode or ascii, not '%s'", text);
}

/* "shops/retail.clv" is called retail. */
static const char *store_title(struct arena *a, const char *path)
{
	const char *name = file_base_name(path);
	return str_ends(name, ".clv") && strlen(name) > 4 ? arena_span(a, name, strlen(name) - 4) : name;
}

/* Without a store the snapshot is empty. */
static enum rc load(const struct screen_ask *ask, const struct pane *p, struct snapshot *s)
{
	struct store *store = NULL;
	enum rc       rc = RC_OK;
	if (file_exists(ask->store_path))
		rc = store_open(ask->store_path, STORE_READ, &store);
	rc = rc || !store ? rc : store_begin(store);
	struct rows_ask rows[SNAPSHOT_TABLES];
	pane_rows(p, rows);
	rc = rc ? rc : snapshot_load(store, ask->arena, ask->settings, &(struct snapshot_ask){ .source = p->source, .rows = rows, .tables = p->parts }, s);
	if (store) {
		store_rollback(store);
		store_close(store);
	}
	return rc;
}

enum rc tui_snapshot(const struct screen_ask *ask, struct str *out)
{
	const struct pane *p;
	struct snapshot    s = { .store_name = store_title(ask->arena, ask->store_path) };
	int                width = 0, height = 0;
	enum glyphs        glyphs = GLYPHS_UNICODE;
	size_t             part = 0;
	enum rc            rc = find_shown(ask->arena, ask->pane, &p, &part);
	rc = rc ? rc : read_size(ask->size, &width, &height);
	rc = rc ? rc : read_glyphs(ask->glyphs, &glyphs);
	rc = rc ? rc : load(ask, p, &s);
	if (rc)
		return rc;
	struct grid *g = grid_new(ask->arena, width, height, glyphs);
	struct ui ui = { .hints = keys_hints(p, &s, NULL, ask->arena), .focus = part < p->parts ? part : 0, .zoomed = part < p->parts };
	pane_draw(p, &s, &ui, g);
	grid_text(g, out);
	return RC_OK;
}

/* --- the workbench ---------------------------------------------------------------------------- */

static bool in_test(void)
{
	const char *test = getenv("CLV_TEST");
	return test && !strcmp(test, "1");
}

/* The option, the setting, what the terminal can show. */
static enum rc choose_glyphs(const struct screen_ask *ask, enum glyphs shown, const char **out)
{
	const char *setting = settings_text(ask->settings, "screen.glyphs");
	*out = ask->glyphs ? ask->glyphs : strcmp(setting, "auto") != 0 ? setting : shown == GLYPHS_ASCII ? "ascii" : "unicode";
	return read_glyphs(*out, &shown);
}

static void tell_said(const struct str *said)
{
	if (said->n)
		fprintf(stderr, "clv: said while the screen was up:\n%s", said->s);
}

/* With the workbench open. *settled is false when a job did not stop in time: then nothing of it may be freed. */
static enum rc run_in_terminal(const struct screen_ask *ask, struct workbench *w, int *signal, bool *settled)
{
	struct terminal *t;
	struct str       said = { 0 };
	size_t           n;
	rescue_begin();
	enum rc rc = terminal_open(ask->settings, in_test(), &t);
	if (!rc) {
		const char *bytes = terminal_rescue(t, &n);
		rescue_arm(bytes, n);
		*signal = loop_run(w, t, in_test());
		*settled = !*signal || loop_settle(w);
		terminal_close(t);
	}
	rescue_end(&said);
	tell_said(&said);
	str_clear(&said);
	return rc;
}

enum rc tui_check(void)
{
	enum glyphs glyphs;
	return terminal_check(&glyphs);
}

/* One store, until it is left. *next is another store to go on with, in the arena; NULL: none. */
static enum rc work_on(const struct screen_ask *ask, int *signal, const char **next)
{
	struct workbench *w = NULL;
	bool              settled = true;
	enum rc           rc = workbench_open(ask, &w);
	*next = NULL;
	if (rc)
		return rc;
	rc = signals_open();
	if (!rc)
		rc = run_in_terminal(ask, w, signal, &settled);
	/* The next opening of the store rolls back what a job that does not stop has begun. */
	if (!settled)
		_exit(128 + *signal);
	if (!rc && !*signal)
		*next = arena_text(ask->arena, workbench_next(w));
	workbench_close(w);
	signals_close();
	return rc;
}

/* Another project has its own settings; what the command line said was about the first. */
enum rc tui_workbench(const struct screen_ask *given, int *signal)
{
	struct screen_ask ask = *given;
	struct project    project = {0};
	const char       *next = NULL;
	enum glyphs       shown;
	*signal = 0;
	enum rc rc = terminal_check(&shown);
	rc = rc ? rc : choose_glyphs(given, shown, &ask.glyphs);
	rc = rc ? rc : work_on(&ask, signal, &next);
	while (!rc && next) {
		project_close(&project);
		rc = project_open(ask.arena, next, NULL, NULL, 0, &project);
		if (rc)
			break;
		ask = (struct screen_ask){ .arena = ask.arena, .store_path = project.store_path, .config_path = project.config_path,
		                           .settings = project.settings, .glyphs = ask.glyphs, .readonly = ask.readonly };
		rc = work_on(&ask, signal, &next);
	}
	project_close(&project);
	return rc;
}
