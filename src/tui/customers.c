/* The customers of one kind: where Enter on a cluster, a segment or a move leads. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"

/* column:value, or column:"value" with quotes in it doubled. */
static char *filter_of(const char *column, const char *value)
{
	struct str t = {0};
	if (*value && !value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")]) {
		str_addf(&t, "%s:%s", column, value);
		return str_take(&t);
	}
	str_addf(&t, "%s:\"", column);
	for (const char *c = value; *c; c++) {
		if (*c == '"')
			str_add_char(&t, '"');
		str_add_char(&t, *c);
	}
	str_add_char(&t, '"');
	return str_take(&t);
}

static void run_customers(struct workbench *w, size_t argc, const char *const *argv)
{
	w->pane = pane_find("customers");
	struct pane_state *st = pane_state_of(w);
	struct list_view  *v = &st->view[0];
	st->focus = 0;
	st->zoomed = st->entered = st->nested = false;
	free(v->where);
	v->where = argc == 1 ? mem_copy_text(argv[0]) : filter_of(argv[0], argv[1]);
	v->at = v->top = 0;
	st->list[0].picked = false;
	if (!st->shown || st->stale)
		pane_read(w);
	else
		list_reread(w);
	workbench_say(w, MOOD_PLAIN, "filtered; \\ shows all customers again");
}

const struct act act_customers = { .name = "customers", .args = "FILTER|COLUMN VALUE", .about = "the ranked customers whom a filter leaves, or whose column is this value", .min_args = 1,
	                           .max_args = 2, .run = run_customers };
