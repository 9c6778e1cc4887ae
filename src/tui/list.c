/* The tables of a pane as they are worked with: which part has the keys, which row and column, what is marked; keys and mouse. What is
 * read for them is asked of workbench_read. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"

/* --- what has the keys -------------------------------------------------------------------------------------------------------- */

/* Things are only there when they were read, drawn or not. */
const struct pane_part *list_part(const struct workbench *w)
{
	const struct pane_state *st = pane_state_of((struct workbench *)w);
	const struct pane_part  *t = &w->pane->part[st->focus];
	return st->shown && t->report && !(w->pane->welcome && st->shown->snapshot.empty) ? t : NULL;
}

struct list_view *list_focused(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	return list_part(w) ? &st->view[st->focus] : NULL;
}

struct list_state *list_state_of(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	return &st->list[st->focus];
}

const struct rows *list_rows_of(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	return &st->shown->snapshot.rows[st->focus];
}

const char *list_cell(struct workbench *w, struct arena *a, const char *column)
{
	const struct rows         *r = list_part(w) ? list_rows_of(w) : NULL;
	const struct frame_column *c = r && r->frame ? frame_column(r->frame, column) : NULL;
	int64_t                    row = r ? list_focused(w)->at - r->first : -1;
	struct str                 t = {0};
	if (!c || row < 0 || row >= (int64_t)r->frame->rows || frame_missing(c, (size_t)row))
		return NULL;
	if (c->type == CELL_TEXT)
		str_add(&t, c->t[row]);
	else if (c->type == CELL_INT)
		str_addf(&t, "%lld", (long long)c->i[row]);
	else
		str_add_double(&t, c->r[row]);
	const char *text = arena_text(a, t.s ? t.s : "");
	str_clear(&t);
	return text;
}

static const struct table_column *columns(struct workbench *w)
{
	return pane_columns(list_part(w), list_rows_of(w));
}

static int columns_of(const struct table_column *column)
{
	int n = 0;
	while (column[n].title && n < VIEW_COLUMNS)
		n++;
	return n;
}

/* The next column from `from` on that has a title, is not hidden and has something in it; `from` itself when there is none. */
static int next_column(struct workbench *w, int from, int by)
{
	const struct list_view *v = list_focused(w);
	const struct frame     *f = list_rows_of(w)->frame;
	for (int i = from + by, n = columns_of(columns(w)); i >= 0 && i < n; i += by)
		if (table_can_stand(&columns(w)[i]) && !(v->hidden >> i & 1) && (!f || frame_column(f, columns(w)[i].column)))
			return i;
	return from;
}

void list_start(struct pane_state *st, const struct pane *p)
{
	for (size_t i = 0; i < p->parts; i++)
		st->view[i].column = -1;
}

/* --- parts -------------------------------------------------------------------------------------------------------------------- */

/* Parts that are not drawn have no keys, but where one is seen at a time. */
static bool seen(const struct pane_state *st, size_t part)
{
	size_t places = 0;
	for (size_t i = 0; i < SNAPSHOT_TABLES; i++)
		places += st->place[i].w > 0;
	return places < 2 || st->place[part].w > 0;
}

static void run_part(struct workbench *w, size_t argc, const char *const *argv)
{
	struct pane_state *st = pane_state_of(w);
	size_t             n = w->pane->parts, by = argc && !strcmp(argv[0], "previous") ? n - 1 : 1, to = st->focus;
	for (size_t i = 0; i < n; i++) {
		to = (to + by) % n;
		if (seen(st, to))
			break;
	}
	st->focus = to;
	st->entered = st->nested = false;
	if (list_part(w) && list_focused(w)->column < 0)
		list_focused(w)->column = next_column(w, -1, 1);
}

static const struct act_word turns[] = { { "next", "the next part of the pane" }, { "previous", "the part before" }, { NULL, NULL } };

const struct act act_part = { .name = "part", .args = "next|previous", .about = "go to the next part of the pane", .max_args = 1, .needs = NEEDS_PARTS,
	                      .run = run_part, .word = turns };

void list_unzoom(struct pane_state *st)
{
	if (st->zoomed && st->nested) {
		st->nested = false;
		st->focus = st->over;
		return;
	}
	st->zoomed = false;
	st->focus = st->entered ? st->left : st->focus;
	st->entered = false;
}

static void run_zoom(struct workbench *w, size_t argc, const char *const *argv)
{
	struct pane_state *st = pane_state_of(w);
	for (size_t i = 0; argc && i < w->pane->parts; i++)
		if (!strcmp(w->pane->part[i].id, argv[0])) {
			st->nested = st->zoomed && i != st->focus;
			st->over = st->focus;
			st->left = st->zoomed ? st->left : st->focus;
			st->entered = st->entered || !st->zoomed;
			st->focus = i;
			st->zoomed = true;
			return;
		}
	if (argc)
		workbench_say(w, MOOD_BAD, "this pane has no part '%s'", argv[0]);
	else if (st->zoomed)
		list_unzoom(st);
	else {
		st->zoomed = true;
		st->nested = false;
	}
}

const struct act act_zoom = { .name = "zoom", .args = "[PART]", .about = "this part alone, or that one; again: all of them", .max_args = 1, .needs = NEEDS_PARTS, .run = run_zoom };

/* --- moving ------------------------------------------------------------------------------------------------------------------- */

static void move_to(struct workbench *w, int64_t at)
{
	struct list_view  *v = list_focused(w);
	const struct rows *r = list_rows_of(w);
	v->at = at >= r->total ? r->total - 1 : at;
	v->at = v->at < 0 ? 0 : v->at;
	list_state_of(w)->picked = v->at > 0;
}

void list_move(struct workbench *w, int64_t place)
{
	if (list_part(w)) {
		move_to(w, place);
		list_state_of(w)->picked = true; /* what was looked for is meant, at the top as well */
	}
}

/* A picture that is higher than its box is moved under it. */
static bool scrolls(const struct list_view *v)
{
	return v->lines > v->shown;
}

static void scroll_to(struct list_view *v, int64_t top)
{
	int64_t last = v->lines - v->shown;
	top = top > last ? last : top;
	v->top = top < 0 ? 0 : top;
}

static bool can_move(const struct workbench *w, const char **why)
{
	static const struct act   rows = { .needs = NEEDS_ROWS };
	const struct pane_state *st = pane_state_of((struct workbench *)w);
	return scrolls(&st->view[st->focus]) || act_needed(&rows, w->pane, workbench_snapshot(w), st->focus, why);
}

static void run_move(struct workbench *w, size_t argc, const char *const *argv)
{
	struct pane_state *st = pane_state_of(w);
	struct list_view  *v = &st->view[st->focus];
	int64_t            page = list_part(w) ? v->body.h : v->shown, at = list_part(w) ? v->at : v->top;
	page = page > 1 ? page : 1;
	const struct { const char *name; int64_t at; } to[] = {
		{ "down", at + 1 },         { "up", at - 1 },           { "page-down", at + page },         { "page-up", at - page },
		{ "half-down", at + (page + 1) / 2 }, { "half-up", at - (page + 1) / 2 }, { "first", 0 }, { "last", INT64_MAX },
	};
	(void)argc;
	for (size_t i = 0; i < sizeof to / sizeof to[0]; i++)
		if (!strcmp(to[i].name, argv[0])) {
			if (list_part(w))
				move_to(w, to[i].at);
			else
				scroll_to(v, to[i].at);
			return;
		}
	workbench_say(w, MOOD_BAD, "move takes down, up, page-down, page-up, half-down, half-up, first or last, not '%s'", argv[0]);
}

static const struct act_word ways[] = {
	{ "down", "the next row, or line of a picture" }, { "up", "the row or line before" },
	{ "page-down", "a page down" }, { "page-up", "a page up" }, { "half-down", "half a page down" }, { "half-up", "half a page up" },
	{ "first", "the first row" }, { "last", "the last row" }, { NULL, NULL },
};

const struct act act_move = { .name = "move", .args = "WHERE", .about = "down, up, page-down, page-up, half-down, half-up, first, last",
	                      .min_args = 1, .max_args = 1, .needs = NEEDS_CHANGE, .can = can_move, .run = run_move, .word = ways };

/* The part that shows the pane's main report; as many as there are parts when none does. */
static size_t main_part(const struct pane *p)
{
	size_t i = 0;
	while (i < p->parts && (!p->part[i].report || strcmp(p->part[i].report, p->main) != 0))
		i++;
	return i;
}

static bool can_row(const struct workbench *w, const char **why)
{
	const struct pane_state *st = pane_state_of((struct workbench *)w);
	size_t                   i = main_part(w->pane);
	*why = i == st->focus ? "the keys are on that table, j and k do it" : "there are no rows here";
	return i < w->pane->parts && i != st->focus && st->shown && st->shown->snapshot.rows[i].total > 0;
}

static void run_row(struct workbench *w, size_t argc, const char *const *argv)
{
	struct pane_state *st = pane_state_of(w);
	size_t             focus = st->focus;
	(void)argc;
	st->focus = main_part(w->pane);
	move_to(w, st->view[st->focus].at + (strcmp(argv[0], "up") ? 1 : -1));
	st->focus = focus;
}

static const struct act_word rows[] = { { "down", "the next one of the list, from beside it" }, { "up", "the one before in the list" }, { NULL, NULL } };

const struct act act_row = { .name = "row", .args = "down|up", .about = "the next row of the pane's list, or the one before, while another part has the keys",
	                     .min_args = 1, .max_args = 1, .needs = NEEDS_CHANGE, .can = can_row, .run = run_row, .word = rows };

static void run_column(struct workbench *w, size_t argc, const char *const *argv)
{
	struct list_view       *v = list_focused(w);
	(void)argc;
	if (!strcmp(argv[0], "left") && v->column >= 0)
		v->column = next_column(w, v->column, -1);
	else if (!strcmp(argv[0], "right") || v->column < 0)
		v->column = next_column(w, v->column, 1);
	if (v->column >= 0)
		workbench_say(w, MOOD_PLAIN, "column %s: %s", columns(w)[v->column].title, columns(w)[v->column].column);
}

static const struct act_word sides[] = { { "left", "the column to the left, to sort by it" }, { "right", "the column to the right" }, { NULL, NULL } };

const struct act act_column = { .name = "column", .args = "left|right", .about = "the column to the left or right", .min_args = 1, .max_args = 1,
	                        .needs = NEEDS_ROWS, .run = run_column, .word = sides };

/* --- what a row leads to ------------------------------------------------------------------------------------------------------ */

/* The key stands for {} and is quoted as a word. */
static void run_open(struct workbench *w, size_t argc, const char *const *argv)
{
	const struct pane_part *t = list_part(w);
	struct arena           *a = arena_new();
	const char             *key = t->key ? list_cell(w, a, t->key) : NULL, *hole = strstr(t->enter, "{}");
	(void)argc;
	(void)argv;
	if (hole && key)
		workbench_do(w, arena_printf(a, "%.*s%s%s", (int)(hole - t->enter), t->enter, command_join(a, 1, &key), hole + 2));
	else if (!hole)
		workbench_do(w, t->enter);
	arena_free(a);
}

const struct act act_open = { .name = "open", .args = "", .about = "what lies behind the selected row", .needs = NEEDS_ENTER, .run = run_open };

/* --- marks -------------------------------------------------------------------------------------------------------------------- */

static void run_mark(struct workbench *w, size_t argc, const char *const *argv)
{
	struct list_state *l = list_state_of(w);
	struct list_view  *v = list_focused(w);
	size_t             i = 0;
	(void)argc;
	(void)argv;
	if (!l->key)
		return;
	while (i < l->marks && strcmp(l->mark[i], l->key) != 0)
		i++;
	if (i < l->marks) {
		free(l->mark[i]);
		l->mark[i] = l->mark[--l->marks];
	} else {
		l->mark = mem_grow(l->mark, l->marks + 1, sizeof *l->mark);
		l->mark[l->marks++] = mem_copy_text(l->key);
	}
	v->mark = (const char *const *)l->mark;
	v->marks = l->marks;
	move_to(w, v->at + 1);
	workbench_say(w, MOOD_PLAIN, "%zu marked", l->marks);
}

const struct act act_mark = { .name = "mark", .args = "", .about = "mark the row, or take its mark away", .needs = NEEDS_ROWS, .run = run_mark };

/* --- sorting ------------------------------------------------------------------------------------------------------------------ */

void list_reread(struct workbench *w)
{
	struct pane_state *st = pane_state_of(w);
	struct list_view  *v = list_focused(w);
	memset(v->widest, 0, sizeof v->widest);
	pane_read_rows(w, st->focus, false);
}

/* "-clv", "clv", or "." for the column with the cursor. */
static void run_sort(struct workbench *w, size_t argc, const char *const *argv)
{
	struct list_view       *v = list_focused(w);
	const struct frame     *f = list_rows_of(w)->frame;
	bool                    down = *argv[0] == '-';
	const char             *name = argv[0] + down;
	(void)argc;
	if (!strcmp(name, ".")) {
		v->column = v->column < 0 ? next_column(w, -1, 1) : v->column;
		name = v->column < 0 ? "" : columns(w)[v->column].column;
	}
	if (f && !frame_column(f, name)) {
		workbench_say(w, MOOD_BAD, "there is no column '%s' here", name);
		return;
	}
	snprintf(v->sort, sizeof v->sort, "%s%s", down ? "-" : "", name);
	list_reread(w);
}

static const struct act_word orders[] = { { ".", "sort by the column with the cursor" }, { "-.", "sort by it, greatest first" }, { NULL, NULL } };

const struct act act_sort = { .name = "sort", .args = "[-]COLUMN", .about = "sort by a column, - for descending; . is the one with the cursor",
	                      .min_args = 1, .max_args = 1, .needs = NEEDS_TABLE, .run = run_sort, .word = orders };

static bool can_clear(const struct workbench *w, const char **why)
{
	const struct list_view *v = list_focused((struct workbench *)w);
	*why = "neither a filter nor a sort to clear";
	return v && (v->where || *v->sort || v->marks);
}

/* The filter goes first, then the sort, then the marks. */
static void run_clear(struct workbench *w, size_t argc, const char *const *argv)
{
	struct list_view  *v = list_focused(w);
	struct list_state *l = list_state_of(w);
	(void)argc;
	(void)argv;
	if (v->where) {
		free(v->where);
		v->where = NULL;
	} else if (*v->sort) {
		*v->sort = '\0';
	} else {
		while (l->marks)
			free(l->mark[--l->marks]);
		v->marks = 0;
		return;
	}
	list_reread(w);
}

const struct act act_clear = { .name = "clear", .args = "", .about = "clear the filter; then the sort; then the marks", .needs = NEEDS_CHANGE, .can = can_clear, .run = run_clear };

/* --- mouse -------------------------------------------------------------------------------------------------------------------- */

static bool inside(struct area at, int x, int y)
{
	return x >= at.x && x < at.x + at.w && y >= at.y && y < at.y + at.h;
}

/* A click on a title sorts by it, a second one the other way. */
static void click_title(struct workbench *w, int x)
{
	struct list_view       *v = list_focused(w);
	for (int i = 0; columns(w)[i].title && i < VIEW_COLUMNS; i++)
		if (x >= v->x[i] && x <= v->x[i] + v->w[i] && table_can_stand(&columns(w)[i])) {
			bool up = !strcmp(v->sort, columns(w)[i].column);
			v->column = i;
			workbench_do(w, up ? "sort -." : "sort .");
			return;
		}
}

static void click_tab(struct workbench *w, int x)
{
	struct arena *a = arena_new();
	for (size_t i = panes_count; i > 0; i--)
		if (x >= w->tab[i - 1] && w->tab[i - 1] > 0) {
			workbench_do(w, arena_printf(a, "pane %s", panes[i - 1]->id));
			break;
		}
	arena_free(a);
}

void list_mouse(struct workbench *w, int x, int y, enum mouse what)
{
	struct pane_state *st = pane_state_of(w);
	if (y == 0 && (what == MOUSE_CLICK || what == MOUSE_DOUBLE)) {
		click_tab(w, x);
		return;
	}
	int wheel = what == MOUSE_WHEEL_UP ? -3 : what == MOUSE_WHEEL_DOWN ? 3 : 0;
	for (size_t i = 0; i < w->pane->parts; i++)
		if (inside(st->place[i], x, y))
			st->focus = i;
	struct list_view *v = list_focused(w);
	if (wheel && !v)
		scroll_to(&st->view[st->focus], st->view[st->focus].top + wheel);
	if (!v || v->body.h < 1 || !inside((struct area){ v->body.x - 1, v->body.y - 1, v->body.w + 1, v->body.h + 1 }, x, y))
		return;
	if (wheel)
		move_to(w, v->at + wheel);
	else if (y < v->body.y)
		click_title(w, x);
	else if (v->top + (y - v->body.y) < list_rows_of(w)->total)
		move_to(w, v->top + (y - v->body.y));
	if (what == MOUSE_DOUBLE && y >= v->body.y)
		workbench_do(w, "open");
}
