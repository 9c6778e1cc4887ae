/* The query of the SQL pane: written in an editor over its box, run in the reader's thread, kept in a history. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/query_priv.h"

enum { PART_QUERY, PART_ROWS, PART_NAMES };

static const struct overlay_kind editor;

static bool here(const struct workbench *w)
{
	return !strcmp(w->pane->id, "sql");
}

/* Of the pane whose query is being answered; NULL: none is. */
static struct pane_state *answering(const struct workbench *w)
{
	for (size_t i = 0; i < panes_count; i++) {
		const struct pane_state *st = &w->state[i];
		if (!strcmp(panes[i]->id, "sql") && st->query && (st->list[PART_ROWS].wanted || st->reading))
			return (struct pane_state *)st;
	}
	return NULL;
}

static void start(struct workbench *w)
{
	struct arena *a;
	if (w->query.lines)
		return;
	a = arena_new();
	w->query.lines = true;
	w->query.history = &w->queries;
	field_set(&w->query, query_start(a));
	arena_free(a);
}

const char *query_draft(const struct workbench *w)
{
	return w->query.lines ? field_text(&w->query) : NULL;
}

/* --- running ------------------------------------------------------------------------------------------------------------------ */

static void run(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	struct list_view  *v = &st->view[PART_ROWS];
	const char        *text = field_text(&w->query);
	const char        *words[] = { "sql", text };
	struct arena      *a;
	if (!text[strspn(text, " \n")]) {
		workbench_say(w, MOOD_BAD, "there is no query to run");
		return;
	}
	free(st->query);
	st->query = mem_copy_text(text);
	history_add(&w->queries, text);
	v->at = v->top = v->hidden = 0;
	v->column = -1;
	*v->sort = '\0';
	memset(v->widest, 0, sizeof v->widest);
	a = arena_new();
	told_end(w, told_start(w, command_join(a, 2, words)), RC_OK, 0);
	arena_free(a);
	if (st->reading) /* perhaps of a query that takes long */
		workbench_refresh(w);
	else
		pane_read_rows(w, PART_ROWS, false);
}

bool query_running(const struct workbench *w)
{
	return answering(w) != NULL;
}

bool query_stop(struct workbench *w)
{
	struct pane_state *st = answering(w);
	if (!st)
		return false;
	bool rows = st->list[PART_ROWS].wanted;
	free(st->query);
	st->query = rows ? mem_copy_text(st->answered) : NULL;
	if (rows) {
		st->list[PART_ROWS].wanted = false;
		reader_drop(w->reader, READING_ROWS + PART_ROWS);
	}
	if (st->reading) { /* all of the pane was being read, the answer with it */
		reader_drop(w->reader, READING_PANE);
		st->reading = false;
		st->stale = true;
		pane_read(w);
	}
	workbench_say(w, MOOD_PLAIN, rows ? "stopped; the rows are those of the query before" : "stopped; ^R runs the query again");
	return true;
}

void query_leave(struct workbench *w)
{
	struct pane_state *st = answering(w);
	if (!st)
		return;
	if (st->list[PART_ROWS].wanted) {
		query_stop(w);
		workbench_say(w, MOOD_PLAIN, "the query was stopped, for its pane was left");
	} else {
		reader_drop(w->reader, READING_PANE);
		st->reading = false;
		st->stale = true;
	}
}

/* --- the editor --------------------------------------------------------------------------------------------------------------- */

struct editor { int x, y; };

static size_t word_start(const struct field *f)
{
	size_t i = f->cursor;
	const char *text = field_text(f);
	while (i && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", text[i - 1]))
		i--;
	return i;
}

/* Complete the word before the cursor as far as all names agree that begin with it. */
static void complete(struct workbench *w)
{
	const struct snapshot     *s = workbench_snapshot(w);
	const struct frame        *f = s->rows[PART_NAMES].frame;
	const struct frame_column *c = f ? frame_column(f, "name") : NULL;
	size_t                     from = word_start(&w->query), n = w->query.cursor - from, common = 0, found = 0;
	const char                *word = field_text(&w->query) + from, *first = NULL;
	for (size_t i = 0; c && n && i < f->rows; i++) {
		const char *name = c->t[i] + strspn(c->t[i], " ");
		if (strncmp(name, word, n) != 0 || (first && !strcmp(name, first)))
			continue;
		size_t same = 0;
		while (first && name[same] && name[same] == first[same])
			same++;
		common = !first ? strlen(name) : same < common ? same : common;
		first = first ? first : name;
		found++;
	}
	if (!first) {
		workbench_say(w, MOOD_PLAIN, "no table and no column begins so");
		return;
	}
	char *rest = mem_copy_span(first + n, common > n ? common - n : 0);
	field_paste(&w->query, rest);
	free(rest);
	if (found > 1)
		workbench_say(w, MOOD_PLAIN, "%zu names begin so", found);
}

static void editor_key(void *state, struct workbench *w, const char *key)
{
	(void)state;
	if (!strcmp(key, "Esc")) {
		overlay_close(w);
	} else if (!strcmp(key, "^R") || !strcmp(key, "F5")) {
		run(w);
		pane_state_of(w)->focus = PART_ROWS;
		overlay_close(w);
	} else if (!strcmp(key, "^C")) {
		query_stop(w);
	} else if (!strcmp(key, "Tab")) {
		complete(w);
	} else {
		field_key(&w->query, key);
	}
}

static void editor_paste(void *state, struct workbench *w, const char *text)
{
	(void)state;
	field_paste(&w->query, text);
}

static void editor_draw(void *state, struct workbench *w, struct grid *g)
{
	struct editor *e = state;
	struct area    at = pane_state_of(w)->place[PART_QUERY];
	e->x = -1;
	if (at.w < 6 || at.h < 3)
		return;
	grid_clear(g, at);
	field_draw_lines(&w->query, g, grid_box(g, at, "Query, read only", "^R run"), &e->x, &e->y);
	grid_style(g, (struct area){ at.x, at.y, at.w, 1 }, STYLE_BOLD);
}

static bool editor_cursor(void *state, int *x, int *y)
{
	const struct editor *e = state;
	*x = e->x;
	*y = e->y;
	return e->x >= 0;
}

static const char *const *editor_hints(void *state)
{
	static const char *const hints[] = { "^R run", "Tab complete", "^X empty", "^P ^N earlier, later", "Esc done", NULL };
	(void)state;
	return hints;
}

static const struct overlay_kind editor = {
	.id = "query", .draw = editor_draw, .key = editor_key, .paste = editor_paste, .cursor = editor_cursor, .hints = editor_hints, .free = free,
};

/* --- the act ------------------------------------------------------------------------------------------------------------------ */

/* Put the name under the cursor into the query. */
static void take_name(struct workbench *w)
{
	struct arena *a = arena_new();
	const char   *name = list_cell(w, a, "name");
	if (name) {
		field_paste(&w->query, name + strspn(name, " "));
		workbench_say(w, MOOD_PLAIN, "%s is in the query now", name + strspn(name, " "));
	}
	arena_free(a);
}

static bool can_query(const struct workbench *w, const char **why)
{
	*why = here(w) ? "there is no store yet" : "it belongs to the SQL pane, 9";
	return here(w) && snapshot_total(workbench_snapshot(w), "schema") > 0;
}

static void run_query(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	start(w);
	if (!strcmp(argv[0], "run")) {
		run(w);
		pane_state_of(w)->focus = PART_ROWS;
	} else if (!strcmp(argv[0], "name")) {
		take_name(w);
	} else if (!strcmp(argv[0], "earlier") && !w->queries.n) {
		workbench_say(w, MOOD_PLAIN, "no query was run yet; ^R runs this one");
	} else if (!strcmp(argv[0], "earlier")) {
		field_key(&w->query, "^P");
	} else {
		pane_state_of(w)->focus = PART_QUERY;
		overlay_open(w, &editor, mem_new(1, sizeof(struct editor)));
	}
}

static const struct act_word queries[] = {
	{ "edit", "write the query" }, { "run", "run it" }, { "earlier", "bring an earlier one back" }, { NULL, NULL },
};

const struct act act_query = { .name = "query", .args = "edit|run|earlier|name", .about = "the query of the SQL pane: write it, run it, bring an earlier one back",
	                       .min_args = 1, .max_args = 1, .needs = NEEDS_NOTHING, .can = can_query, .run = run_query, .word = queries };
