/* What is taken out of a table: a cell, a row, its rows as CSV, the command that shows the same; into the clipboard or a file. */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/render.h"
#include "base/day.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/list.h"
#include "store/query.h"
#include "tui/acts_priv.h"
#include "tui/engine_priv.h"
#include "tui/menu_priv.h"
#include "view/number.h"

#define COPY_ROWS 10000 /* a clipboard is no place for more */
#define PART_ROWS 20000 /* read at a time: some tenths of a second */

/* --- the same without the screen ---------------------------------------------------------------------------------------------- */

/* Columns that are seen, when some were hidden; NULL: all. */
static const char *columns_seen(struct workbench *w, struct arena *a)
{
	const struct table_column *column = pane_columns(list_part(w), list_rows_of(w));
	const struct list_view    *v = list_focused(w);
	const struct frame        *f = list_rows_of(w)->frame;
	const char                *list = NULL;
	for (size_t i = 0; v->hidden && f && i < f->columns; i++) {
		bool hidden = false;
		for (size_t k = 0; k < VIEW_COLUMNS && column[k].title; k++)
			hidden = hidden || ((v->hidden >> k & 1) && !strcmp(column[k].column, f->column[i].name));
		if (!hidden)
			list = list ? arena_printf(a, "%s,%s", list, f->column[i].name) : f->column[i].name;
	}
	return list;
}

const char *const *list_words(struct workbench *w, struct arena *a, size_t *n)
{
	const char    **word = arena_alloc(a, 16, sizeof *word), *columns = columns_seen(w, a);
	struct page_ask ask;
	*n = 0;
	if (list_part(w)->query) {
		word[(*n)++] = "sql";
		word[(*n)++] = pane_state_of(w)->query;
		return word;
	}
	list_ask(w, a, &ask);
	word[(*n)++] = "show";
	word[(*n)++] = ask.report;
	for (size_t i = 0; i < ask.params; i++) {
		word[(*n)++] = "--param";
		word[(*n)++] = arena_printf(a, "%s=%s", ask.param[i].name, ask.param[i].value);
	}
	if (ask.where) {
		word[(*n)++] = "--where";
		word[(*n)++] = ask.where;
	}
	if (ask.sort) {
		word[(*n)++] = "--sort";
		word[(*n)++] = ask.sort;
	}
	if (columns) {
		word[(*n)++] = "--columns";
		word[(*n)++] = columns;
	}
	return word;
}

static const char *batch_line(struct workbench *w, struct arena *a)
{
	size_t             n;
	const char *const *word = list_words(w, a, &n);
	const char        *store = w->ask->store_path;
	return arena_printf(a, "clv --batch -s %s %s", command_join(a, 1, &store), command_join(a, n, word));
}

/* --- rows in the reader's thread ---------------------------------------------------------------------------------------------- */

struct taking {
	struct arena       *arena;
	struct page_ask     ask;
	const char         *query; /* SQL in place of a report; NULL: none */
	const char         *path;  /* NULL: into the clipboard */
	const char         *head;  /* the file's first line */
	struct file_writer *file;
	struct str          text;
	struct list        *list;  /* the order of the rows; NULL: not made yet */
	int64_t             rows, of;
	bool                titled, more;
	/* Of the screen's thread: */
	int64_t             told, told_of; /* rows written, as of the last part */
	bool                again, stopped;
	size_t              entry; /* of the log */
	double              since;
};

static enum rc take_frame(void *user, const struct frame *f)
{
	struct taking *t = user;
	if (!t->titled)
		render_csv_header(&t->text, f);
	t->titled = true;
	render_csv_rows(&t->text, f, false);
	t->rows += (int64_t)f->rows;
	if (!t->file)
		return RC_OK;
	bool bad = fwrite(t->text.s, 1, t->text.n, file_stream(t->file)) != t->text.n;
	t->text.n = 0;
	return bad ? err_set(RC_IO, "FILE-122", "cannot write %s", t->path) : RC_OK;
}

static enum rc take_query(struct taking *t, struct store *s)
{
	struct frame *f;
	bool          more;
	enum rc       rc = query_frame_typed(s, t->arena, t->query, t->path ? SIZE_MAX : COPY_ROWS, &f, &more);
	return rc ? rc : take_frame(t, f);
}

/* The next rows of the order, which is made once. Not all at once, so that what the panes ask for comes between. */
static enum rc take_part(struct taking *t, struct store *s)
{
	struct page page;
	bool        current = true;
	enum rc     rc = t->list ? list_current(s, t->list, &current) : list_make(s, &t->ask, &t->list);
	if (!rc && !current)
		rc = err_do(err_set(RC_DATA, "STORE-205", "%s has changed while its rows were written; no file was made", t->ask.report), "write them again");
	if (rc)
		return rc;
	struct arena *a = arena_new();
	int64_t       all = list_rows(t->list), of = t->ask.limit < 0 || t->ask.limit > all ? all : t->ask.limit;
	rc = list_page(s, a, t->list, t->ask.columns, t->rows, of - t->rows < PART_ROWS ? of - t->rows : PART_ROWS, &page);
	rc = rc ? rc : take_frame(t, page.frame);
	t->of = of;
	t->more = !rc && t->rows < of;
	arena_free(a);
	return rc;
}

static enum rc take_rows(void *arg, struct store *s, const atomic_bool *cancel)
{
	struct taking *t = arg;
	(void)cancel; /* the store watches it */
	t->more = false;
	if (!s)
		return err_set(RC_IO, "STORE-101", "there is no store any more");
	if (t->path && !t->file) {
		enum rc made = file_create(t->path, &t->file);
		if (made)
			return made;
		str_addf(&t->text, "%s\n", t->head);
	}
	enum rc rc = t->query ? take_query(t, s) : take_part(t, s);
	if (t->more || !t->file)
		return rc;
	if (!rc)
		rc = file_commit(t->file);
	else
		file_abandon(t->file);
	t->file = NULL;
	return rc;
}

static void drop_taking(void *arg)
{
	struct taking *t = arg;
	if (t->again) { /* it is on its way once more */
		t->again = false;
		return;
	}
	list_free(t->list);
	file_abandon(t->file);
	str_clear(&t->text);
	arena_free(t->arena);
	free(t);
}

static void taken(void *arg, struct workbench *w, const struct err *error)
{
	struct taking *t = arg;
	struct number  n;
	if (!error && t->more && !t->stopped) {
		t->told = t->rows;
		t->told_of = t->of;
		t->again = true;
		workbench_read(w, &(struct reading_job){ .work = take_rows, .done = taken, .drop = drop_taking, .arg = t });
		return;
	}
	w->taking = NULL;
	told_end(w, t->entry, error ? error->rc : t->more ? RC_CANCELLED : RC_OK, clock_seconds() - t->since);
	if (error ? error->rc == RC_CANCELLED : t->more) {
		workbench_say(w, MOOD_PLAIN, "stopped; %s", t->path ? "no file was made" : "nothing was copied");
		return;
	}
	if (error) {
		workbench_failed(w, error);
		return;
	}
	if (!t->path)
		workbench_copy(w, t->text.s ? t->text.s : "");
	if (t->path)
		workbench_say(w, MOOD_GOOD, "%s rows written to %s", number_count(&n, (double)t->rows), t->path);
	else
		workbench_say(w, MOOD_GOOD, "%s rows copied", number_count(&n, (double)t->rows));
}

bool taking_stop(struct workbench *w)
{
	if (!w->taking)
		return false;
	w->taking->stopped = true;
	reader_cancel(w->reader);
	return true;
}

const char *taking_line(const struct workbench *w, struct arena *a)
{
	const struct taking *t = w->taking;
	struct number        n, of;
	if (t->stopped)
		return "stopping";
	if (!t->told)
		return "reading rows to write; ^C stops it";
	return arena_printf(a, "%s of %s rows written; ^C stops it", number_count(&n, (double)t->told), number_count(&of, (double)t->told_of));
}

static size_t log_rows(struct workbench *w, struct arena *a)
{
	size_t             n;
	const char *const *word = list_words(w, a, &n);
	return told_start(w, command_join(a, n, word));
}

static void take(struct workbench *w, const char *path)
{
	if (w->taking) {
		workbench_say(w, MOOD_BAD, "rows are being written already; ^C stops that");
		return;
	}
	struct taking *t = mem_new(1, sizeof *t);
	w->taking = t;
	t->arena = arena_new();
	t->query = list_part(w)->query ? arena_text(t->arena, pane_state_of(w)->query) : NULL;
	if (!t->query)
		list_ask(w, t->arena, &t->ask);
	t->ask.columns = columns_seen(w, t->arena);
	t->ask.columns = arena_text(t->arena, t->ask.columns);
	t->ask.limit = path ? -1 : COPY_ROWS;
	t->path = arena_text(t->arena, path);
	t->head = arena_printf(t->arena, "# %s", batch_line(w, t->arena));
	t->entry = log_rows(w, t->arena);
	t->since = clock_seconds();
	workbench_read(w, &(struct reading_job){ .work = take_rows, .done = taken, .drop = drop_taking, .arg = t });
}

/* --- copy --------------------------------------------------------------------------------------------------------------------- */

/* Cells of the selected row, tabs between. */
static const char *row_text(struct workbench *w, struct arena *a)
{
	const struct frame *f = list_rows_of(w)->frame;
	const char         *text = "";
	for (size_t i = 0; f && i < f->columns; i++) {
		const char *cell = list_cell(w, a, f->column[i].name);
		text = arena_printf(a, "%s%s%s", text, i ? "\t" : "", cell ? cell : "");
	}
	return text;
}

static const char *cell_name(struct workbench *w)
{
	const struct table_column *column = pane_columns(list_part(w), list_rows_of(w));
	const struct list_view    *v = list_focused(w);
	return v->column >= 0 ? column[v->column].column : list_part(w)->key ? list_part(w)->key : column[0].column;
}

static void copy(struct workbench *w, struct arena *a, const char *what)
{
	const char *cell;
	if (!strcmp(what, "rows")) {
		take(w, NULL);
		return;
	}
	if (!strcmp(what, "cell"))
		cell = list_cell(w, a, cell_name(w));
	else
		cell = !strcmp(what, "row") ? row_text(w, a) : !strcmp(what, "command") ? batch_line(w, a) : NULL;
	if (!cell && strcmp(what, "cell") != 0) {
		workbench_say(w, MOOD_BAD, "copy takes cell, row, rows or command, not '%s'", what);
		return;
	}
	workbench_copy(w, cell ? cell : "");
	workbench_say(w, MOOD_GOOD, "copied: %.200s", cell ? cell : "");
}

static const char *const kinds[] = { "cell", "row", "rows", "command" };

static void copy_chosen(void *user, struct workbench *w, size_t chosen)
{
	struct arena *a = arena_new();
	(void)user;
	if (chosen < sizeof kinds / sizeof kinds[0] && list_part(w))
		copy(w, a, kinds[chosen]);
	arena_free(a);
}

static void copy_menu(struct workbench *w)
{
	struct arena       *a = arena_new();
	struct menu_choice *choice = arena_alloc(a, 4, sizeof *choice);
	struct number       n;
	choice[0] = (struct menu_choice){ .key = "c", .label = arena_printf(a, "cell      %s", cell_name(w)) };
	choice[1] = (struct menu_choice){ .key = "r", .label = "row       with tabs between" };
	choice[2] = (struct menu_choice){ .key = "a", .label = arena_printf(a, "all rows  as CSV, at most %s", number_count(&n, COPY_ROWS)) };
	choice[3] = (struct menu_choice){ .key = "b", .label = "batch     the command that shows this table" };
	menu_open(w, a, &(struct menu){ .title = "Copy", .choice = choice, .choices = 4, .width = 60 }, copy_chosen, NULL, NULL);
}

static void run_copy(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena *a = arena_new();
	if (argc)
		copy(w, a, argv[0]);
	else
		copy_menu(w);
	arena_free(a);
}

const struct act act_copy = { .name = "copy", .args = "[cell|row|rows|command]", .about = "copy from the table to the clipboard", .max_args = 1,
	                      .needs = NEEDS_ROWS, .run = run_copy };

/* --- files -------------------------------------------------------------------------------------------------------------------- */

static bool file_entered(struct workbench *w, const char *text);

static const char *const file_hints[] = { "Enter write", "Esc leave it", NULL };

static const struct prompt_kind file_prompt = { .label = "write rows to", .hints = file_hints, .history = 2, .entered = file_entered };

static bool file_entered(struct workbench *w, const char *text)
{
	if (!list_part(w) || !*text)
		return true;
	if (file_exists(text)) {
		prompt_note(w, &file_prompt, true, 0, "that file is there already; give another name");
		return false;
	}
	take(w, text);
	return true;
}

static void run_save(struct workbench *w, size_t argc, const char *const *argv)
{
	struct arena *a = arena_new();
	if (argc && file_exists(argv[0]))
		workbench_say(w, MOOD_BAD, "%s is there already", argv[0]);
	else if (argc)
		take(w, argv[0]);
	else
		prompt_open(w, &file_prompt, file_beside(a, w->ask->store_path, arena_printf(a, "%s.csv", list_part(w)->report)));
	arena_free(a);
}

const struct act act_save = { .name = "save", .args = "[FILE]", .about = "write the rows, as filtered and sorted, to a CSV file", .max_args = 1,
	                      .needs = NEEDS_ROWS, .run = run_save };
