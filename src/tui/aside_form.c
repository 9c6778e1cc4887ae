/* The form about rows set aside as state: what would happen first, then what differs from how the file was read, then who and why. Nothing is
 * written here; Esc leaves no trace. */
#include "config.h"

#include "tui/aside_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "tui/dialog_priv.h"

enum { ITEMS = 16, WORDS = 28, FIELDS = 8 };

/* What a field is asked about. */
enum scope { OF_ALL, OF_ONE, OF_WHOLE };

/* Options of the command that say what differs, as fields of a treatment. */
static const struct { const char *option, *label, *note; enum scope scope; } fields[FIELDS] = {
	{ "--customer", "Customer is", "a column of the file", OF_WHOLE },
	{ "--date", "Day is", "a column of the file", OF_WHOLE },
	{ "--amount", "Amount is", "a column of the file", OF_WHOLE },
	{ "--date-format", "Dates as", "DD/MM/YYYY, YYYYMMDD ...", OF_ALL },
	{ "--encoding", "Bytes as", "windows-1252, latin-1 ...", OF_ALL },
	{ "--negative", "Negative is", "refund or quarantine", OF_ALL },
	{ "--mapping", "By mapping", "a file", OF_ALL },
	{ "--text", "Row mended", "all of it, as it should be", OF_ONE },
};

static const struct { const char *verb, *title, *button, *meaning, *whole; } deeds[] = {
	[ASIDE_TREAT] = { "release", "Treat", "sign & release", "They are judged again with what differs below. What passes is taken in; what does not stays set aside.",
	                  "The file is read again with what differs below and imported, unless a gate says no; its columns are then expected of the next file." },
	[ASIDE_RELEASE] = { "release", "Release", "sign & release", "They are judged again by the rules of now. What passes is taken in; what does not stays set aside.",
	                    "The file is read again as it was, by the rules of now, and imported, unless a gate says no; its columns are then expected of the next file." },
	[ASIDE_DISCARD] = { "discard", "Discard", "sign & discard", "They stay in the store with their bytes and count as discarded. No later release takes them in.",
	                    "The file stays out, runs go on without it, and the same content is passed over from now on." },
};

struct aside_form {
	enum aside_deed      deed;
	struct arena        *arena;
	struct aside_what    what;
	struct dialog        dialog;
	struct dialog_item   item[ITEMS];
	struct dialog_button button[3];
	size_t               refusal, outcome, first, name, why; /* items; first: of the fields, ITEMS when there are none */
	size_t               field[FIELDS];                      /* items; ITEMS: not there */
	const char          *words[WORDS];
	char                *tried;  /* the options of the last try; NULL: none was made */
	long long            released;
	bool                 waits, typed, asked;
};

static size_t add(struct aside_form *f, enum dialog_kind kind, const char *label, const char *text, unsigned style)
{
	f->item[f->dialog.items] = (struct dialog_item){ .kind = kind, .label = label, .text = text, .style = style };
	return f->dialog.items++;
}

static bool is_asked(const struct aside_what *what, enum scope s)
{
	return s == OF_ALL || (s == OF_ONE && what->one) || (s == OF_WHOLE && what->whole);
}

static void fill(struct aside_form *f, const char *name)
{
	f->refusal = add(f, DIALOG_NONE, NULL, NULL, STYLE_BAD | STYLE_BOLD);
	add(f, DIALOG_TEXT, NULL, f->what.whole ? deeds[f->deed].whole : deeds[f->deed].meaning, STYLE_PLAIN);
	f->outcome = add(f, f->deed == ASIDE_DISCARD ? DIALOG_NONE : DIALOG_TEXT, NULL, "judging ...", STYLE_BOLD);
	for (size_t i = 0; i < FIELDS; i++)
		f->field[i] = f->deed == ASIDE_TREAT && is_asked(&f->what, fields[i].scope) ? add(f, DIALOG_FIELD, fields[i].label, fields[i].note, 0) : ITEMS;
	f->name = add(f, DIALOG_FIELD, "Your name", NULL, 0);
	f->why = add(f, DIALOG_FIELD, "Reason", NULL, 0);
	for (size_t i = 0; i < FIELDS; i++)
		if (f->field[i] < ITEMS && fields[i].scope != OF_ONE)
			f->item[f->field[i]].width = 24;
	if (*name)
		field_set(&f->item[f->name].field, name);
}

struct aside_form *aside_form_new(enum aside_deed d, const struct aside_what *what, const char *name)
{
	struct aside_form *f = mem_new(1, sizeof *f);
	const char       **word;
	f->deed = d;
	f->arena = arena_new();
	word = arena_alloc(f->arena, what->words + 1, sizeof *word);
	for (size_t i = 0; i < what->words; i++)
		word[i] = arena_text(f->arena, what->word[i]);
	f->what = (struct aside_what){ .word = word, .words = what->words, .title = arena_text(f->arena, what->title), .one = what->one, .whole = what->whole };
	f->button[0] = (struct dialog_button){ .key = "Esc", .label = "cancel" };
	f->button[1] = (struct dialog_button){ .key = "F5", .label = "try", .grey = d == ASIDE_DISCARD ? "there is nothing to try" : NULL };
	f->button[2] = (struct dialog_button){ .key = "F2", .label = deeds[d].button };
	f->dialog = (struct dialog){ .item = f->item, .button = f->button, .buttons = 3, .careful = true,
	                             .title = arena_printf(f->arena, "%s %s", deeds[d].title, f->what.title) };
	f->released = -1;
	fill(f, name);
	dialog_begin(&f->dialog);
	return f;
}

void aside_form_free(struct aside_form *f)
{
	if (!f)
		return;
	dialog_clear(&f->dialog);
	free(f->tried);
	arena_free(f->arena);
	free(f);
}

/* --- words ------------------------------------------------------------------------------------ */

static const char *value(const struct aside_form *f, size_t item)
{
	const char *t = item < ITEMS ? field_text(&f->item[item].field) : "";
	return t + strspn(t, " ");
}

static bool mends(const struct aside_form *f)
{
	return *value(f, f->field[FIELDS - 1]);
}

/* A try cannot judge a mended text: it is judged when it is signed, and refused then if it does not pass. */
static size_t add_options(struct aside_form *f, bool dry, size_t n)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (*value(f, f->field[i]) && !(dry && fields[i].scope == OF_ONE)) {
			f->words[n++] = fields[i].option;
			f->words[n++] = arena_text(f->arena, value(f, f->field[i]));
		}
	return n;
}

size_t aside_form_words(struct aside_form *f, bool dry, const char *const **argv)
{
	size_t       n = 0;
	const char **word;
	f->words[n++] = "quarantine";
	f->words[n++] = dry ? "retry" : mends(f) ? "fix" : deeds[f->deed].verb;
	size_t begin = n;
	n = add_options(f, dry, n);
	if (dry)
		f->words[n++] = "--dry-run";
	else {
		f->words[n++] = "--by";
		f->words[n++] = arena_text(f->arena, value(f, f->name));
		f->words[n++] = "--reason";
		f->words[n++] = arena_text(f->arena, value(f, f->why));
	}
	word = arena_alloc(f->arena, n + f->what.words, sizeof *word);
	memcpy(word, f->words, begin * sizeof *word);
	memcpy(word + begin, f->what.word, f->what.words * sizeof *word);
	memcpy(word + begin + f->what.words, f->words + begin, (n - begin) * sizeof *word);
	*argv = word;
	return n + f->what.words;
}

/* What a try depends on, as one text. */
static char *options_now(const struct aside_form *f)
{
	struct str t = {0};
	for (size_t i = 0; i < FIELDS; i++)
		str_addf(&t, "%s\n", fields[i].scope == OF_ONE ? "" : value(f, f->field[i]));
	return str_take(&t);
}

/* --- keys ------------------------------------------------------------------------------------- */

static bool was_tried(const struct aside_form *f)
{
	char *now = options_now(f);
	bool  same = f->tried && !strcmp(f->tried, now);
	free(now);
	return same;
}

static bool is_whole(struct aside_form *f)
{
	f->item[f->name].error = *value(f, f->name) ? NULL : "a decision needs the name of who decides";
	f->item[f->why].error = *value(f, f->why) ? NULL : "a decision needs a reason that a later reader understands";
	if (f->item[f->name].error || f->item[f->why].error)
		dialog_focus(&f->dialog, f->item[f->name].error ? f->name : f->why);
	return !f->item[f->name].error && !f->item[f->why].error;
}

static enum aside_event sign(struct aside_form *f)
{
	if (f->deed != ASIDE_DISCARD && !mends(f) && !was_tried(f))
		return ASIDE_TRY; /* what differs now is shown before it is signed */
	return is_whole(f) ? ASIDE_SIGNED : ASIDE_MOVED;
}

static enum aside_event may_close(struct aside_form *f, bool again)
{
	if (!f->typed || again)
		return ASIDE_CLOSED;
	f->asked = true;
	f->dialog.foot = "press Esc again to leave; nothing was written";
	return ASIDE_MOVED;
}

/* Nothing is signed of which nothing would pass, unless something else is tried. */
static void set_grey(struct aside_form *f)
{
	f->button[2].grey = f->deed != ASIDE_DISCARD && !f->released && !mends(f) && was_tried(f) ? "none of them passes as they are judged now" : NULL;
}

static enum aside_event follow(struct aside_form *f, enum dialog_event e)
{
	bool again = f->asked;
	f->typed = f->typed || e == DIALOG_CHANGED;
	f->asked = false;
	f->dialog.foot = NULL;
	set_grey(f);
	if (e != DIALOG_PRESSED)
		return ASIDE_MOVED;
	if (!f->dialog.pressed)
		return may_close(f, again);
	return f->dialog.pressed == 1 ? ASIDE_TRY : sign(f);
}

enum aside_event aside_form_key(struct aside_form *f, const char *key)
{
	enum aside_event e = f->waits ? ASIDE_MOVED : follow(f, dialog_key(&f->dialog, key));
	if (!strcmp(key, f->button[2].key) && f->button[2].grey)
		f->dialog.foot = f->button[2].grey;
	return e;
}

void aside_form_paste(struct aside_form *f, const char *text)
{
	if (!f->waits)
		follow(f, dialog_paste(&f->dialog, text));
}

enum aside_event aside_form_click(struct aside_form *f, int x, int y)
{
	return f->waits ? ASIDE_MOVED : follow(f, dialog_click(&f->dialog, x, y));
}

/* --- while it is at work, and after ----------------------------------------------------------- */

void aside_form_wait(struct aside_form *f)
{
	f->waits = true;
	f->dialog.foot = "at work";
}

static void go_on(struct aside_form *f)
{
	f->waits = false;
	f->dialog.foot = NULL;
	f->item[f->refusal].kind = DIALOG_NONE;
}

void aside_form_tried(struct aside_form *f, const char *text, long long released)
{
	go_on(f);
	free(f->tried);
	f->tried = options_now(f);
	f->released = released;
	f->item[f->outcome].kind = DIALOG_TEXT;
	f->item[f->outcome].text = arena_span(f->arena, text, strcspn(text, "\n"));
	set_grey(f);
}

void aside_form_refused(struct aside_form *f, const struct err *e)
{
	go_on(f);
	f->item[f->refusal].kind = DIALOG_TEXT;
	f->item[f->refusal].text = arena_printf(f->arena, "Not done (%s): %s%s%s", *e->id ? e->id : rc_name(e->rc), e->why, *e->todo ? ". " : "", e->todo);
	if (f->tried == NULL)
		f->item[f->outcome].kind = DIALOG_NONE;
	f->dialog.scroll = 0;
	f->dialog.scrolled = true;
}

void aside_form_draw(struct aside_form *f, struct grid *g)
{
	dialog_draw(&f->dialog, g);
}

bool aside_form_cursor(const struct aside_form *f, int *x, int *y)
{
	return !f->waits && dialog_cursor(&f->dialog, x, y);
}
