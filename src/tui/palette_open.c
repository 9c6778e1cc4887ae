/* The palette over a pane: gathers what can be done from the lists of keys, acts and commands, and does what was chosen. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "base/mem.h"
#include "store/sql.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/files_priv.h"
#include "tui/forms_priv.h"
#include "tui/palette_priv.h"

/* --- what there is ---------------------------------------------------------------------------- */

static const char *key_of(const struct workbench *w, const char *text)
{
	for (size_t i = 0; i < keys_count; i++)
		if (!strcmp(keys[i].text, text) && key_find(workbench_pane(w), keys[i].key) == &keys[i])
			return keys[i].key;
	return "";
}

static void add(struct workbench *w, struct arena *a, struct palette_entry *list, size_t *n, const char *text, const char *about, const char *args,
                size_t needed, size_t most)
{
	const char *why = NULL;
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(list[i].text, text))
			return;
	if (workbench_can(w, text, &why))
		why = NULL;
	list[(*n)++] = (struct palette_entry){ .text = text, .key = key_of(w, text), .about = about, .args = args, .needed = needed,
	                                       .most = most, .grey = arena_text(a, why) };
}

/* "pane drift" is about the pane. */
static const char *about_key(struct arena *a, const struct key *k)
{
	size_t             n = strcspn(k->text, " ");
	const char        *name = arena_span(a, k->text, n);
	const struct act  *act = act_find(name);
	const struct pane *p = !strcmp(name, "pane") ? pane_find(k->text + n + 1) : NULL;
	const struct command *c = act ? NULL : command_find(name);
	return p ? arena_printf(a, "go to %s", p->title) : act ? act->about : c ? c->about : "";
}

/* A key that is bound to a command as it is, or to one with its arguments. */
static void add_key(struct workbench *w, struct arena *a, struct palette_entry *list, size_t *n, const struct key *k)
{
	const struct command *c = command_find(k->text);
	const struct act     *act = act_find(k->text);
	if (key_find(workbench_pane(w), k->key) != k)
		return;
	if (c)
		add(w, a, list, n, k->text, c->about, c->args, forms_has(c->name) ? 0 : c->min_args, c->max_args);
	else if (act)
		add(w, a, list, n, k->text, act->about, act->args, act->min_args, act->max_args);
	else
		add(w, a, list, n, k->text, about_key(a, k), "", 0, 0);
}

/* What this pane's keys do comes first, moving the cursor last. */
static void gather(struct workbench *w, struct palette *p)
{
	struct palette_entry *list = arena_alloc(p->arena, keys_count + acts_count + commands_count, sizeof *list);
	size_t                n = 0;
	for (size_t i = 0; i < keys_count; i++)
		if (!strcmp(keys[i].pane, workbench_pane(w)->id))
			add_key(w, p->arena, list, &n, &keys[i]);
	for (size_t i = 0; i < commands_count; i++)
		add(w, p->arena, list, &n, commands[i]->name, commands[i]->about, commands[i]->args, forms_has(commands[i]->name) ? 0 : commands[i]->min_args,
		    commands[i]->max_args);
	for (size_t i = 0; i < acts_count; i++)
		add(w, p->arena, list, &n, acts[i]->name, acts[i]->about, acts[i]->args, acts[i]->min_args, acts[i]->max_args);
	for (size_t i = 0; i < keys_count; i++)
		if (!*keys[i].pane && strchr(keys[i].text, ' '))
			add_key(w, p->arena, list, &n, &keys[i]);
	p->entry = list;
	p->entries = n;
}

/* --- values of arguments ---------------------------------------------------------------------- */

static void offer(const char **list, size_t *n, const char *typed, const char *value)
{
	if (!strncmp(value, typed, strlen(typed)))
		list[(*n)++] = value;
}

static size_t reports(struct arena *a, const char *typed, const char *const **out)
{
	const char **list = arena_alloc(a, store_sql_files_count, sizeof *list), *name;
	size_t       n = 0;
	for (size_t i = 0; (name = sql_name("report/", i)); i++)
		offer(list, &n, typed, name + strlen("report/"));
	*out = list;
	return n;
}

static size_t panes_named(struct arena *a, const char *typed, const char *const **out)
{
	const char **list = arena_alloc(a, panes_count, sizeof *list);
	size_t       n = 0;
	for (size_t i = 0; i < panes_count; i++)
		offer(list, &n, typed, panes[i]->id);
	*out = list;
	return n;
}

static size_t values(void *user, const char *argument, const char *typed, struct arena *a, const char *const **out, bool *closed)
{
	const struct palette *p = user;
	bool                  pane = p->asking && !strcmp(p->asking->text, "pane");
	*closed = pane;
	if (pane)
		return panes_named(a, typed, out);
	if (!strcmp(argument, "REPORT")) {
		*closed = true;
		return reports(a, typed, out);
	}
	if (!strncmp(argument, "FILE", 4) || !strcmp(argument, "DIR"))
		return files_complete(a, typed, argument[0] == 'F' ? "csv;txt;tsv;log" : "", out);
	return 0;
}

/* --- the overlay ------------------------------------------------------------------------------ */

static void about(struct workbench *w, const struct palette_entry *e)
{
	struct arena *a = arena_new();
	const char   *name = arena_span(a, e->text, strcspn(e->text, " ")), *text = NULL;
	if (!act_find(name) && !help_command(a, name, &text))
		text_open(w, name, text);
	else
		text_open(w, e->text, e->about);
	err_clear();
	arena_free(a);
}

static void follow(struct palette *p, struct workbench *w, enum palette_event e)
{
	if (e == PALETTE_ABOUT)
		about(w, palette_at(p));
	if (e == PALETTE_CLOSED)
		overlay_close(w);
	if (e != PALETTE_RUN)
		return;
	history_add(workbench_history(w), p->line.s);
	overlay_close(w); /* the state lives on until the key was dealt with */
	workbench_do(w, p->line.s);
}

static void draw(void *state, struct workbench *w, struct grid *g)
{
	(void)w;
	palette_draw(state, g);
}

static void key(void *state, struct workbench *w, const char *k)
{
	follow(state, w, palette_key(state, k));
}

static void paste(void *state, struct workbench *w, const char *text)
{
	(void)w;
	palette_paste(state, text);
}

static void click(void *state, struct workbench *w, int x, int y)
{
	follow(state, w, palette_click(state, x, y));
}

static bool cursor(void *state, int *x, int *y)
{
	const struct palette *p = state;
	*x = p->cursor_x;
	*y = p->cursor_y;
	return true;
}

static const char *const *hints(void *state)
{
	static const char *const choosing[] = { "Enter run", "Tab complete", "F1 about", "^P earlier lines", "Esc close", NULL };
	static const char *const asking[] = { "Enter take", "Tab complete", "Esc back", NULL };
	return ((struct palette *)state)->asking ? asking : choosing;
}

static void free_palette(void *state)
{
	palette_end(state);
	free(state);
}

static const struct overlay_kind palette_kind = {
	.id = "palette", .draw = draw, .key = key, .paste = paste, .click = click, .cursor = cursor, .hints = hints, .free = free_palette,
};

void palette_open(struct workbench *w, const char *text)
{
	struct palette *p = mem_new(1, sizeof *p);
	p->arena = arena_new();
	p->history = workbench_history(w);
	p->values = values;
	p->user = p;
	gather(w, p);
	palette_begin(p);
	overlay_open(w, &palette_kind, p);
	if (text) {
		palette_paste(p, text);
		palette_key(p, "Enter");
	}
}

static void run_palette(struct workbench *w, size_t argc, const char *const *argv)
{
	palette_open(w, argc ? argv[0] : NULL);
}

const struct act act_palette = { .name = "palette", .args = "[COMMAND]", .about = "find any command by its words", .max_args = 1, .run = run_palette };
