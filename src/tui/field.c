/* The editor of prompts, forms and queries. It moves by characters with their marks, draws by columns, and never holds a control
 * character but the ends of lines where it has lines: what it gives back is valid UTF-8. */
#include "config.h"

#include "tui/field_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* --- history ---------------------------------------------------------------------------------- */

static void history_drop(struct history *h, size_t i)
{
	free(h->line[i]);
	h->n--;
	memmove(h->line + i, h->line + i + 1, (h->n - i) * sizeof *h->line);
}

void history_add(struct history *h, const char *line)
{
	if (!*line)
		return;
	for (size_t i = 0; i < h->n; i++)
		if (!strcmp(h->line[i], line)) {
			history_drop(h, i);
			break;
		}
	if (h->n == HISTORY_LINES)
		history_drop(h, 0);
	h->line[h->n++] = mem_copy_text(line);
}

void history_clear(struct history *h)
{
	while (h->n)
		free(h->line[--h->n]);
}

/* --- places in the text ----------------------------------------------------------------------- */

const char *field_text(const struct field *f)
{
	return f->text.s ? f->text.s : "";
}

/* Length of the character at i, 1 for a byte that is none; *width its columns. */
static size_t step(const struct field *f, size_t i, int *width)
{
	uint32_t cp;
	size_t   n = str_utf8_next(f->text.s + i, f->text.n - i, &cp);
	*width = n && cp != '\n' ? str_char_width(cp) : 1;
	return n ? n : 1;
}

/* The place behind the character at i and its marks. */
static size_t after(const struct field *f, size_t i)
{
	int width;
	if (i >= f->text.n)
		return f->text.n;
	i += step(f, i, &width);
	while (i < f->text.n) {
		size_t n = step(f, i, &width);
		if (width)
			break;
		i += n;
	}
	return i;
}

static size_t before(const struct field *f, size_t i)
{
	size_t at = 0, next;
	while (at < i && (next = after(f, at)) < i)
		at = next;
	return at;
}

/* Where the line of the byte i begins, and where it ends; the whole text where there is one line. */
static size_t line_begin(const struct field *f, size_t i)
{
	while (f->lines && i && f->text.s[i - 1] != '\n')
		i--;
	return f->lines ? i : 0;
}

static size_t line_end(const struct field *f, size_t i)
{
	while (f->lines && i < f->text.n && f->text.s[i] != '\n')
		i++;
	return f->lines ? i : f->text.n;
}

/* The place of the n-th character of the line that begins at `begin`, or its end. */
static size_t nth_of_line(const struct field *f, size_t begin, size_t n)
{
	size_t end = line_end(f, begin);
	while (n-- && begin < end)
		begin = after(f, begin);
	return begin < end ? begin : end;
}

/* Blanks before i, then the word before them. */
static size_t word_before(const struct field *f, size_t i)
{
	size_t begin = line_begin(f, i);
	while (i > begin && f->text.s[i - 1] == ' ')
		i--;
	while (i > begin && f->text.s[i - 1] != ' ')
		i--;
	return i;
}

/* --- changes ---------------------------------------------------------------------------------- */

static void cut(struct field *f, size_t from, size_t to)
{
	if (from >= to)
		return;
	memmove(f->text.s + from, f->text.s + to, f->text.n - to + 1);
	f->text.n -= to - from;
	f->cursor = from;
}

static void insert(struct field *f, const char *s, size_t n)
{
	if (f->text.n + n > (f->limit ? f->limit : FIELD_BYTES))
		return;
	str_reserve(&f->text, n);
	memmove(f->text.s + f->cursor + n, f->text.s + f->cursor, f->text.n - f->cursor);
	memcpy(f->text.s + f->cursor, s, n);
	f->text.n += n;
	f->text.s[f->text.n] = '\0';
	f->cursor += n;
}

void field_set(struct field *f, const char *text)
{
	f->text.n = 0;
	str_add(&f->text, text);
	f->cursor = f->text.n;
	f->shown = 0;
}

void field_clear(struct field *f)
{
	str_clear(&f->text);
	free(f->kept);
	*f = (struct field){0};
}

static void walk_history(struct field *f, bool older)
{
	if (older ? f->back >= f->history->n : !f->back)
		return;
	if (!f->back) {
		free(f->kept);
		f->kept = mem_copy_text(field_text(f));
	}
	f->back += older ? 1 : (size_t)-1;
	field_set(f, f->back ? f->history->line[f->history->n - f->back] : f->kept);
}

static const char *suggestion(const struct field *f)
{
	const char *whole = f->suggest && f->text.n && f->cursor == f->text.n ? f->suggest(f->user, field_text(f)) : NULL;
	return whole && strlen(whole) > f->text.n && !strncmp(whole, f->text.s, f->text.n) ? whole : NULL;
}

static void go_right(struct field *f, bool to_end)
{
	const char *whole = suggestion(f);
	if (whole) {
		char *copy = mem_copy_text(whole);
		field_set(f, copy);
		free(copy);
	} else {
		f->cursor = to_end ? f->text.n : after(f, f->cursor);
	}
}

/* The same character of the line above or below; false at the first and the last. */
static bool walk_lines(struct field *f, bool up)
{
	size_t begin = line_begin(f, f->cursor), n = 0;
	for (size_t i = begin; i < f->cursor; i = after(f, i))
		n++;
	if (up ? !begin : line_end(f, f->cursor) == f->text.n)
		return false;
	f->cursor = nth_of_line(f, up ? line_begin(f, begin - 1) : line_end(f, f->cursor) + 1, n);
	return true;
}

/* --- keys ------------------------------------------------------------------------------------- */

const char *field_printable(const char *key)
{
	uint32_t cp;
	size_t   n = strlen(key);
	if (!strcmp(key, "Space"))
		return " ";
	return n && str_utf8_next(key, n, &cp) == n && cp >= 0x20 && cp != 0x7F && !str_is_unsafe(cp) ? key : NULL;
}

static bool moves(struct field *f, const char *key)
{
	if (!strcmp(key, "Left") || !strcmp(key, "^B"))
		f->cursor = before(f, f->cursor);
	else if (!strcmp(key, "Right") || !strcmp(key, "^F"))
		go_right(f, false);
	else if (!strcmp(key, "Home") || !strcmp(key, "^A"))
		f->cursor = line_begin(f, f->cursor);
	else if (f->lines && (!strcmp(key, "End") || !strcmp(key, "^E")))
		f->cursor = line_end(f, f->cursor);
	else if (!strcmp(key, "End") || !strcmp(key, "^E"))
		go_right(f, true);
	else if (f->lines && (!strcmp(key, "Up") || !strcmp(key, "Down")))
		walk_lines(f, !strcmp(key, "Up"));
	else if (f->history && (!strcmp(key, "Up") || !strcmp(key, "^P")))
		walk_history(f, true);
	else if (f->history && (!strcmp(key, "Down") || !strcmp(key, "^N")))
		walk_history(f, false);
	else
		return false;
	return true;
}

static bool cuts(struct field *f, const char *key)
{
	if (!strcmp(key, "Backspace") || !strcmp(key, "^H"))
		cut(f, before(f, f->cursor), f->cursor);
	else if (!strcmp(key, "Delete") || !strcmp(key, "^D"))
		cut(f, f->cursor, after(f, f->cursor));
	else if (!strcmp(key, "^U"))
		cut(f, line_begin(f, f->cursor), f->cursor);
	else if (!strcmp(key, "^W"))
		cut(f, word_before(f, f->cursor), f->cursor);
	else if (!strcmp(key, "^K") && f->lines && line_end(f, f->cursor) == f->cursor) /* at its end the next line comes up */
		cut(f, f->cursor, after(f, f->cursor));
	else if (!strcmp(key, "^K"))
		cut(f, f->cursor, line_end(f, f->cursor));
	else if (!strcmp(key, "^X"))
		cut(f, 0, f->text.n);
	else
		return false;
	return true;
}

bool field_key(struct field *f, const char *key)
{
	const char *text = f->lines && !strcmp(key, "Enter") ? "\n" : field_printable(key);
	if (text)
		insert(f, text, strlen(text));
	return text || moves(f, key) || cuts(f, key);
}

void field_paste(struct field *f, const char *text)
{
	size_t n = strlen(text);
	while (n && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	for (size_t i = 0, bytes; i < n; i += bytes) {
		uint32_t cp;
		bytes = str_utf8_next(text + i, n - i, &cp);
		if (bytes && (cp == '\n' || cp == '\t'))
			insert(f, f->lines && cp == '\n' ? "\n" : " ", 1);
		else if (bytes && cp >= 0x20 && !str_is_unsafe(cp))
			insert(f, text + i, bytes);
		bytes = bytes ? bytes : 1;
	}
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Columns of text[from..to) as the grid draws them. */
static int columns(const struct field *f, const struct grid *g, size_t from, size_t to)
{
	char *part = mem_copy_span(field_text(f) + from, to - from);
	int   w = grid_width(g, part);
	free(part);
	return w;
}

/* The first byte to draw: as before, unless the cursor would be outside of w columns. */
static size_t first_shown(struct field *f, const struct grid *g, int w)
{
	size_t from = 0;
	while (from < f->cursor && columns(f, g, 0, from) < f->shown)
		from = after(f, from);
	if (columns(f, g, from, f->text.n) < w - 1)
		from = 0; /* room was won again: show from the left as far as the cursor allows */
	while (from < f->cursor && columns(f, g, from, f->cursor) > w - 1)
		from = after(f, from);
	f->shown = columns(f, g, 0, from);
	return from;
}

int field_draw(struct field *f, struct grid *g, int x, int y, int w, bool focused)
{
	const char *whole = focused ? suggestion(f) : NULL;
	for (int i = 0; i < w; i++)
		grid_put(g, x + i, y, 1, "_", STYLE_DIM);
	if (w < 1)
		return x;
	size_t from = focused ? first_shown(f, g, w) : 0;
	int    used = grid_put(g, x, y, w, field_text(f) + from, STYLE_PLAIN);
	if (whole && used < w)
		grid_put(g, x + used, y, w - used, whole + f->text.n, STYLE_DIM);
	return x + (f->text.n || !focused ? columns(f, g, from, f->cursor > from ? f->cursor : from) : 0);
}

void field_draw_lines(struct field *f, struct grid *g, struct area at, int *x, int *y)
{
	size_t begin = line_begin(f, f->cursor);
	int    here = 0, line = 0, w = columns(f, g, begin, f->cursor);
	for (size_t i = 0; i < begin; i++)
		here += f->text.s[i] == '\n';
	f->top = here < f->top ? here : here - f->top >= at.h ? here - at.h + 1 : f->top;
	f->shown = w < at.w ? 0 : w - at.w + 1;
	*x = at.x + w - f->shown;
	*y = at.y + here - f->top;
	for (size_t i = 0; i <= f->text.n; i = line_end(f, i) + 1, line++) {
		size_t end = line_end(f, i), from = i;
		if (line < f->top || line >= f->top + at.h)
			continue;
		while (from < end && columns(f, g, i, from) < f->shown)
			from = after(f, from);
		char *text = mem_copy_span(field_text(f) + from, end - from);
		grid_put(g, at.x, at.y + line - f->top, at.w, text, STYLE_PLAIN);
		free(text);
	}
}
