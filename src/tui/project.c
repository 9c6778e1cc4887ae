/* Opening another project: a store is picked, looked at, and then the screen begins anew on it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/store.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/picker_priv.h"

/* Is it a store? Then the workbench is left for it. */
static void go(struct workbench *w, const char *path)
{
	struct store *s = NULL;
	enum rc       rc = store_open(path, STORE_READ, &s);
	if (rc) {
		workbench_failed(w, err_get());
		err_clear();
		return;
	}
	store_close(s);
	free(w->next);
	w->next = mem_copy_text(path);
	w->left = true;
}

static void draw(void *state, struct workbench *w, struct grid *g)
{
	(void)w;
	picker_draw(state, g);
}

static void follow(struct picker *p, struct workbench *w, enum picker_event e)
{
	if (e == PICKER_CLOSED)
		overlay_close(w);
	else if (e == PICKER_CHOSEN)
		go(w, p->chosen);
}

static void key(void *state, struct workbench *w, const char *k)
{
	follow(state, w, picker_key(state, k));
}

static void paste(void *state, struct workbench *w, const char *text)
{
	(void)w;
	picker_paste(state, text);
}

static void click(void *state, struct workbench *w, int x, int y)
{
	follow(state, w, picker_click(state, x, y));
}

static bool cursor(void *state, int *x, int *y)
{
	const struct picker *p = state;
	*x = p->cursor_x;
	*y = p->cursor_y;
	return true;
}

static const char *const *hints(void *state)
{
	static const char *const list[] = { "Enter open", "type to narrow", "Backspace up", "Esc close", NULL };
	(void)state;
	return list;
}

static void free_picker(void *state)
{
	picker_end(state);
	free(state);
}

static const struct overlay_kind project_kind = {
	.id = "project", .draw = draw, .key = key, .paste = paste, .click = click, .cursor = cursor, .hints = hints, .free = free_picker,
};

static bool can_project(const struct workbench *w, const char **why)
{
	*why = "a job is at work";
	return !workbench_job(w);
}

static void run_project(struct workbench *w, size_t argc, const char *const *argv)
{
	if (argc) {
		go(w, argv[0]);
		return;
	}
	struct arena  *a = arena_new();
	struct picker *p = mem_new(1, sizeof *p);
	p->title = "Open a project";
	p->endings = "clv";
	picker_begin(p, file_beside(a, workbench_ask(w)->store_path, "."));
	overlay_open(w, &project_kind, p);
	arena_free(a);
}

const struct act act_project = { .name = "project", .args = "[FILE]", .about = "open another project, a .clv file", .max_args = 1,
	                         .can = can_project, .run = run_project };

const char *workbench_next(const struct workbench *w)
{
	return w->next;
}
