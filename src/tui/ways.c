/* What can be done on the screen about a failure: ways on by its code, and its text to copy. Ways are command texts, so that they are found in
 * the palette and written down in `@` as well. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "tui/engine_priv.h"
#include "tui/forms_priv.h"
#include "tui/menu_priv.h"

/* A code that ends in '-' stands for all that begin so; the first entries that fit are offered in this order. */
static const struct { const char *code, *label, *text; } known[] = {
	{ "RUN-104", "import a file of purchases", "import" },
	{ "RUN-104", "make the demo shop", "demo" },
	{ "RUN-107", "run everything that is stale", "run" },
	{ "STORE-109", "bring the store up to date, after a backup", "init" },
	{ "STORE-110", "make it a store", "init" },
	{ "FILE-121", "choose the file", "import" },
	{ "FILE-120", "choose the file", "import" },
	{ "GATE-130", "choose how the file is read", "import" },
	{ "GATE-", "look at the data", "pane data" },
	{ "REV-107", "run, and decide on the review that stands then", "run" },
	{ "REV-108", "look at the fit", "pane fit" },
	{ "FIT-", "look at the fit", "pane fit" },
	{ "CMD-101", "find a command by its words", "palette" },
};

enum { KNOWN = sizeof known / sizeof known[0] };

struct failure {
	struct err  e;
	const char *text[KNOWN + 2]; /* of each way; NULL: copy, or nothing */
	char       *file;            /* that could be looked at */
	size_t      ways, look, copy;
};

static bool fits(const char *code, const char *id)
{
	size_t n = strlen(code);
	return code[n - 1] == '-' ? !strncmp(code, id, n) : !strcmp(code, id);
}

/* The failure as it is told on a terminal without a screen. */
static void copy(struct workbench *w, const struct err *e)
{
	struct str t = {0};
	str_addf(&t, "%s%s%s", e->stopped, *e->stopped ? ": " : "", e->why);
	if (*e->file)
		str_addf(&t, "\n%s, line %zu", e->file, e->line);
	if (*e->source)
		str_addf(&t, "\n%s", e->source);
	if (*e->todo)
		str_addf(&t, "\n%s", e->todo);
	str_addf(&t, "\n%s\n", e->id);
	workbench_copy(w, t.s);
	workbench_say(w, MOOD_GOOD, "copied");
	str_clear(&t);
}

static void chosen(void *user, struct workbench *w, size_t i)
{
	struct failure *f = user;
	const char     *file = f->file;
	if (i < f->ways && i == f->look)
		import_open(w, 1, &file);
	else if (i < f->ways && f->text[i])
		workbench_do(w, f->text[i]);
	else if (i == f->copy)
		copy(w, &f->e);
}

static void drop(void *user)
{
	struct failure *f = user;
	free(f->file);
	free(f);
}

/* A file whose reading was refused can be looked at, and its doubts decided. */
static bool is_reading(const struct err *e)
{
	return !strncmp(e->id, "CSV-", 4) && *e->file && file_exists(e->file) && (e->rc == RC_AMBIGUOUS || e->rc == RC_DATA);
}

void ways_open(struct workbench *w, const struct err *e)
{
	struct arena       *a = arena_new();
	struct menu_choice *c = arena_alloc(a, KNOWN + 4, sizeof *c);
	struct failure     *f = mem_new(1, sizeof *f);
	const char         *why;
	f->e = *e;
	f->look = SIZE_MAX;
	if (is_reading(e) && !workbench_readonly(w, &why)) {
		f->look = f->ways;
		f->file = mem_copy_text(e->file);
		c[f->ways++].label = "look at the file, and decide how it is read";
	}
	for (size_t i = 0; i < KNOWN; i++)
		if (fits(known[i].code, e->id) && workbench_can(w, known[i].text, &why)) {
			f->text[f->ways] = known[i].text;
			c[f->ways++].label = known[i].label;
		}
	f->copy = f->ways;
	c[f->ways] = (struct menu_choice){ .key = "y", .label = "copy this" };
	c[f->ways + 1] = (struct menu_choice){ .key = "Esc", .label = "close" };
	menu_error(w, a, e, NULL, c, f->ways + 2, chosen, drop, f);
}
