/* The table's columns as menus: which to sort by, which to see. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/menu_priv.h"

/* Columns that have a name, as choices; number[i] is the column of choice i. */
static size_t gather(struct workbench *w, struct arena *a, struct menu_choice *choice, size_t *number, bool shown)
{
	const struct table_column *column = pane_columns(list_part(w), list_rows_of(w));
	const struct list_view    *v = list_focused(w);
	const struct frame        *f = list_rows_of(w)->frame;
	size_t                     n = 0;
	for (size_t i = 0; i < VIEW_COLUMNS && column[i].title; i++) {
		const struct table_column *c = &column[i];
		bool                       sign = shown && !(v->hidden >> i & 1), again = false;
		if (!f || !frame_column(f, c->column) || (shown && !table_can_stand(c)))
			continue;
		for (size_t k = 0; k < n; k++)
			again = again || !strcmp(column[number[k]].column, c->column);
		if (again && !shown)
			continue;
		number[n] = i;
		choice[n++] = (struct menu_choice){
			.key = "", .label = arena_printf(a, "%s%s", !shown ? "" : sign ? "✓ " : "  ", c->column), .note = table_can_stand(c) ? c->title : NULL,
		};
	}
	return n;
}

/* --- sort --------------------------------------------------------------------------------------------------------------------- */

/* Numbers begin with the greatest, texts with the first; the same column again turns the order round. */
static void sort_chosen(void *user, struct workbench *w, size_t chosen)
{
	struct arena       *a = arena_new();
	struct menu_choice *choice = arena_alloc(a, VIEW_COLUMNS, sizeof *choice);
	size_t              number[VIEW_COLUMNS];
	(void)user;
	if (list_part(w) && chosen < gather(w, a, choice, number, false)) {
		const char              *name = pane_columns(list_part(w), list_rows_of(w))[number[chosen]].column;
		const struct list_view  *v = list_focused(w);
		bool                     text = frame_column(list_rows_of(w)->frame, name)->type == CELL_TEXT, down = !text;
		if (*v->sort && !strcmp(v->sort + (*v->sort == '-'), name))
			down = *v->sort != '-';
		workbench_do(w, arena_printf(a, "sort %s%s", down ? "-" : "", name));
	}
	arena_free(a);
}

static void run_sorting(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena       *a = arena_new();
	struct menu_choice *choice = arena_alloc(a, VIEW_COLUMNS, sizeof *choice);
	size_t              number[VIEW_COLUMNS], n = gather(w, a, choice, number, false);
	(void)argc;
	(void)argv;
	menu_open(w, a, &(struct menu){ .title = "Sort by", .foot = "again turns it round", .choice = choice, .choices = n, .width = 44 }, sort_chosen, NULL,
	          NULL);
}

const struct act act_sorting = { .name = "sort-by", .args = "", .about = "choose the column to sort by", .needs = NEEDS_ROWS, .run = run_sorting };

/* --- columns ------------------------------------------------------------------------------------------------------------------ */

static void columns_open(struct workbench *w, size_t at);

static void column_chosen(void *user, struct workbench *w, size_t chosen)
{
	struct arena       *a = arena_new();
	struct menu_choice *choice = arena_alloc(a, VIEW_COLUMNS, sizeof *choice);
	size_t              number[VIEW_COLUMNS];
	(void)user;
	if (list_part(w) && chosen < gather(w, a, choice, number, true)) {
		list_focused(w)->hidden ^= 1u << number[chosen];
		columns_open(w, chosen);
	}
	arena_free(a);
}

static void columns_open(struct workbench *w, size_t at)
{
	struct arena       *a = arena_new();
	struct menu_choice *choice = arena_alloc(a, VIEW_COLUMNS, sizeof *choice);
	size_t              number[VIEW_COLUMNS], n = gather(w, a, choice, number, true);
	menu_open(w, a, &(struct menu){ .title = "Columns", .foot = "Enter shows or hides  Esc done", .choice = choice, .choices = n, .at = at, .width = 44 },
	          column_chosen, NULL, NULL);
}

static void run_columns(struct workbench *w, size_t argc, const char *const *argv)
{
	(void)argc;
	(void)argv;
	columns_open(w, 0);
}

const struct act act_columns = { .name = "columns", .args = "", .about = "show or hide columns", .needs = NEEDS_ROWS, .run = run_columns };
