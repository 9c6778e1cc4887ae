/* The import's second step as state: the file in one line, its columns, the questions that stand, and options for whoever knows better. Reads
 * no file: what `look` said comes in, what `look` and `import` are to be asked goes out. */
#include "config.h"

#include "tui/sheet_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/file.h"
#include "base/mem.h"
#include "tui/dialog_priv.h"
#include "tui/files_priv.h"
#include "view/number.h"

enum { DOUBTS_MOST = 12, WAYS_MOST = 10, COLUMNS_MOST = 200 };

struct doubt {
	struct js  *js;      /* its question and ways; owned */
	const char *way[WAYS_MOST];
	size_t      ways, chosen; /* chosen == ways: undecided */
	bool        decided; /* by a person: stays through another look */
	size_t      item;
};

struct sheet {
	struct arena        *arena;  /* of what is shown */
	struct arena        *words;  /* of the last words */
	char               **file;
	size_t               files;
	struct js           *look;
	struct doubt         doubt[DOUBTS_MOST];
	size_t               doubts;
	struct dialog        dialog;
	struct dialog_item  *item;
	struct dialog_button button[3];
	size_t               more;   /* the item of the options */
	char                *looked; /* options at the last look */
};

struct sheet *sheet_new(size_t files, const char *const *file)
{
	struct sheet *s = mem_new(1, sizeof *s);
	s->file = mem_new(files, sizeof *s->file);
	for (size_t i = 0; i < files; i++)
		s->file[i] = mem_copy_text(file[i]);
	s->files = files;
	s->arena = arena_new();
	s->words = arena_new();
	s->looked = mem_copy_text("");
	return s;
}

void sheet_free(struct sheet *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->doubts; i++)
		js_free(s->doubt[i].js);
	for (size_t i = 0; i < s->files; i++)
		free(s->file[i]);
	free(s->file);
	free(s->looked);
	dialog_clear(&s->dialog);
	js_free(s->look);
	arena_free(s->arena);
	arena_free(s->words);
	free(s);
}

/* --- doubts ----------------------------------------------------------------------------------- */

static const char *text_of(const struct js *js, const char *key)
{
	const char *t = js_text_of(js_get(js, key));
	return t ? t : "";
}

static bool is_decided(const struct sheet *s, const char *id)
{
	for (size_t i = 0; i < s->doubts; i++)
		if (!strcmp(text_of(s->doubt[i].js, "id"), id))
			return true;
	return false;
}

/* Those that a person decided stay; the others are those of the new look. */
static void take_doubts(struct sheet *s)
{
	const struct js *list = js_get(s->look, "doubts");
	size_t           kept = 0;
	for (size_t i = 0; i < s->doubts; i++)
		if (s->doubt[i].decided)
			s->doubt[kept++] = s->doubt[i];
		else
			js_free(s->doubt[i].js);
	s->doubts = kept;
	for (size_t i = 0; i < js_count(list) && s->doubts < DOUBTS_MOST; i++) {
		const struct js *chosen = js_get(js_at(list, i), "chosen");
		struct doubt    *d = &s->doubt[s->doubts];
		if (is_decided(s, text_of(js_at(list, i), "id")))
			continue;
		*d = (struct doubt){ .js = js_copy(js_at(list, i)) };
		d->ways = js_count(js_get(d->js, "choices"));
		d->ways = d->ways < WAYS_MOST ? d->ways : WAYS_MOST - 1;
		d->chosen = chosen ? (size_t)js_int_of(chosen) : d->ways;
		s->doubts++;
	}
}

/* --- what is shown ---------------------------------------------------------------------------- */

static struct dialog_item *add(struct sheet *s, enum dialog_kind kind, const char *text, unsigned style)
{
	struct dialog_item *i = &s->item[s->dialog.items++];
	*i = (struct dialog_item){ .kind = kind, .text = text, .style = style };
	return i;
}

static void add_file(struct sheet *s)
{
	const struct js *l = s->look;
	struct number    rows;
	char             size[32];
	int64_t          n = js_get(l, "rows") ? js_int_of(js_get(l, "rows")) : -1;
	const char      *pack = text_of(l, "pack"), *delimiter = text_of(l, "delimiter");
	add(s, DIALOG_LINE, arena_printf(s->arena, "%s   %s%s%s   %s   %s   %s   %s", file_base_name(s->file[0]), files_size(size, js_int_of(js_get(l, "bytes"))),
	                                 *pack ? " in " : "", pack, text_of(l, "encoding"),
	                                 !strcmp(delimiter, ",") ? "comma" : !strcmp(delimiter, ";") ? "semicolon" : !strcmp(delimiter, "|") ? "pipe" : delimiter,
	                                 js_bool_of(js_get(l, "header")) ? "header ✓" : "no header",
	                                 n < 0 ? "" : arena_printf(s->arena, "%s%s row%s", js_bool_of(js_get(l, "exact")) ? "" : "about ",
	                                                           number_count(&rows, (double)n), n == 1 ? "" : "s")),
	    STYLE_PLAIN);
	if (s->files > 1)
		add(s, DIALOG_LINE, arena_printf(s->arena, "and %zu more files, read the same way", s->files - 1), STYLE_DIM);
	add(s, DIALOG_LINE, "", STYLE_PLAIN);
}

/* A cell of w columns, whatever is in it. */
static void cell(struct str *line, const char *text, size_t w)
{
	size_t used = 0, n = strlen(text), step;
	for (size_t i = 0; i < n && used < w; i += step) {
		uint32_t cp;
		step = str_utf8_next(text + i, n - i, &cp);
		size_t width = step ? (size_t)str_char_width(cp) : 1;
		if (!step || used + width > w || (used + width == w && i + step < n))
			break;
		str_add_span(line, text + i, step);
		used += width;
	}
	if (str_width(text, n) > w) {
		str_add(line, "…");
		used++;
	}
	for (; used < w; used++)
		str_add_char(line, ' ');
	str_add(line, "  ");
}

static void add_column(struct sheet *s, const struct js *c)
{
	const struct js *samples = js_get(c, "samples");
	const char      *role = js_text_of(js_get(c, "role"));
	double           parsed = js_real_of(js_get(c, "parsed"));
	struct number    share;
	struct str       line = {0}, some = {0};
	for (size_t i = 0; i < js_count(samples); i++)
		str_addf(&some, "%s%s", i ? " | " : "", js_text_of(js_at(samples, i)));
	cell(&line, text_of(c, "name"), 18);
	cell(&line, some.s ? some.s : "", 28);
	cell(&line, role ? role : "–", 9);
	if (!isnan(parsed))
		str_addf(&line, "%s %s", number_percent(&share, parsed, 1), parsed >= 0.95 ? "" : "!");
	add(s, DIALOG_LINE, arena_text(s->arena, line.s), role ? parsed >= 0.95 || isnan(parsed) ? STYLE_PLAIN : STYLE_WARN : STYLE_DIM);
	str_clear(&line);
	str_clear(&some);
}

/* An option that is named is typed on this form. */
static const char *here(const char *todo)
{
	return strstr(todo, "--") ? " (type it in the field 'more options' below, then Tab)" : "";
}

static void add_columns(struct sheet *s)
{
	const struct js *columns = js_get(s->look, "columns"), *p = js_get(s->look, "preview"), *error = js_get(s->look, "error");
	struct number    all, aside;
	size_t           n = js_count(columns) < COLUMNS_MOST ? js_count(columns) : COLUMNS_MOST;
	if (n)
		add(s, DIALOG_LINE, "column              sample                        becomes    parsed", STYLE_BOLD);
	for (size_t i = 0; i < n; i++)
		add_column(s, js_at(columns, i));
	if (js_get(p, "judged"))
		add(s, DIALOG_LINE, arena_printf(s->arena, "of the first %s rows %s would be set aside; p shows them", number_count(&all, js_real_of(js_get(p, "judged"))),
		                                 number_count(&aside, js_real_of(js_get(p, "set_aside")))), STYLE_DIM);
	if (!js_is_null(error)) {
		add(s, DIALOG_LINE, "", STYLE_PLAIN);
		add(s, DIALOG_TEXT, arena_printf(s->arena, "It cannot be read so: %s (%s)", text_of(error, "why"), text_of(error, "code")), STYLE_BAD);
		if (*text_of(error, "todo"))
			add(s, DIALOG_TEXT, arena_printf(s->arena, "%s%s", text_of(error, "todo"), here(text_of(error, "todo"))), STYLE_PLAIN);
	}
	add(s, DIALOG_LINE, "", STYLE_PLAIN);
}

/* Is what the options of that name say a question that stands? */
static bool is_doubted(const struct sheet *s, const char *key)
{
	for (size_t i = 0; i < s->doubts; i++) {
		const struct js *ways = js_get(s->doubt[i].js, "choices");
		for (size_t k = 0; s->doubt[i].chosen >= s->doubt[i].ways && k < js_count(ways); k++)
			if (js_get(js_get(js_at(ways, k), "options"), key))
				return true;
	}
	return false;
}

/* Everything that the file proves, in one line. */
static void add_proved(struct sheet *s)
{
	static const struct { const char *key, *option, *before; } parts[] = {
		{ "customer", "customer", "customer = " }, { "date", "date", "date = " }, { "date_format", "date-format", "as " },
		{ "amount", "amount", "amount = " }, { "quantity", "quantity", "quantity = " }, { "price", "price", "price = " },
	};
	const struct js *r = js_get(s->look, "reading");
	struct str       t = {0};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		const char *value = js_text_of(js_get(r, parts[i].key));
		if (value && !is_doubted(s, parts[i].option))
			str_addf(&t, "%s%s%s", !t.n ? "" : !strcmp(parts[i].key, "date_format") ? " " : ", ", parts[i].before, value);
	}
	if (t.n)
		add(s, DIALOG_LINE, arena_printf(s->arena, "proved: %s", t.s), STYLE_PLAIN);
	str_clear(&t);
}

/* The first rows as each way would read them. */
static void add_readings(struct sheet *s, const struct doubt *d)
{
	const struct js *ways = js_get(d->js, "choices");
	for (size_t k = 0; k < d->ways; k++) {
		const char *shows = js_text_of(js_get(js_at(ways, k), "shows"));
		if (shows)
			add(s, DIALOG_LINE, arena_printf(s->arena, "    %s: %s", d->way[k], shows), k == d->chosen ? STYLE_PLAIN : STYLE_DIM);
	}
}

/* Ways of one label (two columns of one name) are told apart by what they set, else by their number. */
static const char *label_of(struct sheet *s, const struct js *ways, size_t k)
{
	const char      *label = text_of(js_at(ways, k), "label");
	const struct js *set = js_get(js_at(ways, k), "options");
	bool             twice = false;
	for (size_t i = 0; i < js_count(ways); i++)
		twice = twice || (i != k && !strcmp(label, text_of(js_at(ways, i), "label")));
	if (!twice)
		return label;
	const char *value = js_count(set) ? js_text_of(js_get(set, js_key_at(set, 0))) : NULL;
	return value && strcmp(value, label) != 0 ? arena_printf(s->arena, *value >= '0' && *value <= '9' ? "%s (column %s)" : "%s (%s)", label, value) : arena_printf(s->arena, "%s (%zu)", label, k + 1);
}

static void add_doubts(struct sheet *s)
{
	for (size_t i = 0; i < s->doubts; i++) {
		struct doubt    *d = &s->doubt[i];
		const struct js *ways = js_get(d->js, "choices");
		bool             open = d->chosen >= d->ways;
		const char      *why = text_of(d->js, "why");
		for (size_t k = 0; k < d->ways; k++)
			d->way[k] = label_of(s, ways, k);
		d->way[d->ways] = NULL;
		add(s, DIALOG_TEXT, arena_printf(s->arena, "%s%s", open ? "! " : "", text_of(d->js, "question")), STYLE_BOLD);
		if (open && *why)
			add(s, DIALOG_TEXT, arena_text(s->arena, why), STYLE_DIM);
		struct dialog_item *c = add(s, DIALOG_CHOICE, NULL, 0);
		c->choice = d->way;
		c->chosen = d->chosen;
		d->item = s->dialog.items - 1;
		add_readings(s, d);
	}
}

static bool is_open(const struct sheet *s)
{
	for (size_t i = 0; i < s->doubts; i++)
		if (s->doubt[i].chosen >= s->doubt[i].ways)
			return true;
	return false;
}

/* The first question that stands, else the button that imports; nothing can be imported: the options. */
static void place_focus(struct sheet *s)
{
	for (size_t i = s->doubts; i-- > 0;)
		if (s->doubt[i].chosen >= s->doubt[i].ways)
			dialog_focus(&s->dialog, s->doubt[i].item);
	if (!is_open(s))
		dialog_focus(&s->dialog, s->button[2].grey ? s->more : s->dialog.items + 2);
}

static void lay_out(struct sheet *s)
{
	char *options = mem_copy_text(s->item ? field_text(&s->item[s->more].field) : "");
	bool  can = js_is_null(js_get(s->look, "error"));
	if (s->item)
		field_clear(&s->item[s->more].field);
	arena_free(s->arena);
	s->arena = arena_new();
	s->item = arena_alloc(s->arena, COLUMNS_MOST + (3 + WAYS_MOST) * DOUBTS_MOST + 16, sizeof *s->item);
	s->button[0] = (struct dialog_button){ .key = "Esc", .label = "back" };
	s->button[1] = (struct dialog_button){ .key = "p", .label = "preview", .grey = js_is_null(js_get(s->look, "preview")) ? "no row was read" : NULL };
	s->button[2] = (struct dialog_button){ .key = "F2", .label = "import", .grey = can ? NULL : "it cannot be read so" };
	s->dialog = (struct dialog){ .title = "Import · what the file says", .foot = "nothing is stored yet", .item = s->item, .button = s->button, .buttons = 3, .width = 80 };
	add_file(s);
	add_columns(s);
	if (can)
		add_proved(s);
	add_doubts(s);
	struct dialog_item *more = add(s, DIALOG_FIELD, NULL, 0);
	s->more = s->dialog.items - 1;
	more->label = "more options";
	more->field.limit = 500;
	if (*options)
		field_set(&more->field, options);
	free(options);
	place_focus(s);
}

void sheet_show(struct sheet *s, const struct js *look)
{
	js_free(s->look);
	s->look = js_copy(look);
	take_doubts(s);
	lay_out(s);
}

/* --- keys ------------------------------------------------------------------------------------- */

static struct doubt *doubt_of(struct sheet *s, size_t item)
{
	for (size_t i = 0; i < s->doubts; i++)
		if (s->doubt[i].item == item)
			return &s->doubt[i];
	return NULL;
}

static enum sheet_event import(struct sheet *s)
{
	for (size_t i = 0; i < s->doubts; i++)
		if (s->doubt[i].chosen >= s->doubt[i].ways) {
			s->item[s->doubt[i].item].error = "choose one: the file alone does not tell";
			dialog_focus(&s->dialog, s->doubt[i].item);
			return SHEET_MOVED;
		}
	return SHEET_IMPORT;
}

static bool options_changed(struct sheet *s)
{
	const char *now = field_text(&s->item[s->more].field);
	if (!strcmp(now, s->looked))
		return false;
	free(s->looked);
	s->looked = mem_copy_text(now);
	return true;
}

static enum sheet_event follow(struct sheet *s, enum dialog_event e, size_t was)
{
	struct doubt *d = doubt_of(s, s->dialog.at);
	if (e == DIALOG_CHANGED && d) {
		d->chosen = s->item[d->item].chosen;
		d->decided = true;
		return SHEET_AGAIN;
	}
	if (e == DIALOG_PRESSED && s->dialog.pressed == 0)
		return SHEET_BACK;
	if (was == s->more && (s->dialog.at != was || e == DIALOG_PRESSED) && options_changed(s))
		return SHEET_AGAIN;
	if (e == DIALOG_PRESSED)
		return s->dialog.pressed == 1 ? SHEET_PREVIEW : import(s);
	return SHEET_MOVED;
}

bool sheet_can_import(const struct sheet *s)
{
	return s->look && !s->button[2].grey;
}

enum sheet_event sheet_key(struct sheet *s, const char *key)
{
	size_t was = s->dialog.at;
	if (!s->look)
		return !strcmp(key, "Esc") ? SHEET_BACK : SHEET_MOVED;
	return follow(s, dialog_key(&s->dialog, key), was);
}

void sheet_paste(struct sheet *s, const char *text)
{
	if (s->look)
		dialog_paste(&s->dialog, text);
}

enum sheet_event sheet_click(struct sheet *s, int x, int y)
{
	size_t was = s->dialog.at;
	return s->look ? follow(s, dialog_click(&s->dialog, x, y), was) : SHEET_MOVED;
}

void sheet_draw(struct sheet *s, struct grid *g)
{
	if (s->look) {
		dialog_draw(&s->dialog, g);
		return;
	}
	struct area in = dialog_box(g, 76, 5, "Import", NULL);
	grid_put(g, in.x, in.y + 1, in.w, arena_printf(s->words, "reading %s", file_base_name(s->file[0])), STYLE_PLAIN);
}

bool sheet_cursor(const struct sheet *s, int *x, int *y)
{
	return s->look && dialog_cursor(&s->dialog, x, y);
}

/* --- words ------------------------------------------------------------------------------------ */

static size_t add_ways(const struct sheet *s, const char **argv, size_t n)
{
	for (size_t i = 0; i < s->doubts; i++) {
		const struct doubt *d = &s->doubt[i];
		const struct js    *set = js_get(js_at(js_get(d->js, "choices"), d->chosen), "options");
		for (size_t k = 0; d->decided && k < js_count(set); k++) {
			argv[n++] = arena_printf(s->words, "--%s", js_key_at(set, k));
			argv[n++] = arena_text(s->words, js_text_of(js_get(set, js_key_at(set, k))));
		}
	}
	return n;
}

size_t sheet_words(struct sheet *s, const char *command, const char *const **argv)
{
	const char  *more = s->item ? field_text(&s->item[s->more].field) : "";
	const char **typed = NULL;
	size_t       words = 0, n = 0, files = !strcmp(command, "look") ? 1 : s->files;
	arena_free(s->words);
	s->words = arena_new();
	if (command_split(s->words, more, strlen(more), &typed, &words))
		err_clear();
	const char **list = arena_alloc(s->words, 2 + 6 * DOUBTS_MOST + words + files, sizeof *list);
	list[n++] = command;
	n = add_ways(s, list, n);
	for (size_t i = 0; i < words; i++)
		list[n++] = typed[i];
	for (size_t i = 0; i < files; i++)
		list[n++] = *s->file[i] == '-' && s->file[i][1] ? arena_printf(s->words, "./%s", s->file[i]) : s->file[i];
	*argv = list;
	return n;
}

const char *sheet_preview(struct sheet *s)
{
	const struct js *p = js_get(s->look, "preview"), *rows = js_get(p, "rows"), *aside = js_get(p, "aside");
	struct str       t = {0};
	str_add(&t, "As they would be stored:\n  line  customer              day         amount\n");
	for (size_t i = 0; i < js_count(rows); i++) {
		const struct js *r = js_at(rows, i);
		str_addf(&t, "%6lld  ", (long long)js_int_of(js_get(r, "line")));
		cell(&t, text_of(r, "customer"), 20);
		str_addf(&t, "%s  %s\n", text_of(r, "day"), text_of(r, "amount"));
	}
	str_add(&t, js_count(aside) ? "\nTo be set aside:\n" : "\nNone of the first rows would be set aside.\n");
	for (size_t i = 0; i < js_count(aside); i++)
		str_addf(&t, "%6lld  %s\n        %s\n", (long long)js_int_of(js_get(js_at(aside, i), "line")), text_of(js_at(aside, i), "reasons"),
		         text_of(js_at(aside, i), "text"));
	const char *text = arena_text(s->arena, t.s);
	str_clear(&t);
	return text;
}
