/* Cells, clipping, boxes and the text of a grid. Everything that is drawn goes through take(), so that no byte which
 * could steer a terminal reaches a cell. */
#include "config.h"

#include "view/grid.h"

#include <string.h>

#define SPELLED 16 /* the longest spelling of one character: "<U+10FFFF>" */

/* What stands for a character that the program itself draws where only ASCII can be shown. */
static const struct spelling { uint32_t cp; const char *ascii; } spellings[] = {
	{ 0x00A3, "GBP " }, { 0x00B1, "+-" }, { 0x00B7, "-" }, { 0x00D7, "x" }, { 0x2013, "-" }, { 0x2022, "*" }, { 0x2026, "~" }, { 0x2190, "<-" },
	{ 0x2191, "^" }, { 0x2192, "->" }, { 0x2193, "v" }, { 0x2212, "-" }, { 0x2248, "~" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2500, "-" }, { 0x2502, "|" }, { 0x2503, "|" },
	{ 0x250A, ":" }, { 0x250C, "+" }, { 0x2510, "+" }, { 0x2514, "+" }, { 0x2518, "+" }, { 0x251C, "+" }, { 0x2524, "|" },
	{ 0x252C, "+" }, { 0x2534, "+" }, { 0x253C, "+" }, { 0x2588, "#" }, { 0x258C, ">" }, { 0x2591, "-" }, { 0x2593, "#" },
	{ 0x25B6, ">" }, { 0x2605, "*" }, { 0x2713, "ok" }, { 0x2717, "X" },
};

/* One step through a text: a character with its marks (spelled is false), or ASCII letters that stand for one. */
struct unit {
	char   text[GRID_BYTES + 1];
	size_t bytes;
	int    width;
	bool   spelled;
};

static void spell(struct unit *u, const char *ascii)
{
	u->bytes = strlen(ascii);
	memcpy(u->text, ascii, u->bytes + 1);
	u->width = (int)u->bytes;
	u->spelled = true;
}

static void take_ascii(struct unit *u, uint32_t cp)
{
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		if (spellings[i].cp == cp) {
			spell(u, spellings[i].ascii);
			return;
		}
	spell(u, str_char_width(cp) == 2 ? "??" : "?");
}

static void take_whole(struct unit *u, const char *s, size_t step, uint32_t cp)
{
	int width = str_char_width(cp);
	u->bytes = 0;
	if (!width)
		u->text[u->bytes++] = ' '; /* a mark that has nothing to sit on */
	memcpy(u->text + u->bytes, s, step);
	u->bytes += step;
	u->width = width ? width : 1;
	u->spelled = false;
}

/* The unit at s[0..n), n > 0; returns its length in s, marks included. Marks past GRID_MARKS are left out. */
static size_t take(enum glyphs glyphs, const char *s, size_t n, struct unit *u)
{
	uint32_t cp;
	char     visible[SPELLED];
	size_t   i = str_utf8_next(s, n, &cp);
	if (!i || str_is_unsafe(cp)) {
		i = i ? i : 1;
		str_copy_visible(visible, sizeof visible, s, i);
		spell(u, visible);
		return i;
	}
	if (glyphs == GLYPHS_ASCII && cp >= 0x80)
		take_ascii(u, cp);
	else
		take_whole(u, s, i, cp);
	for (size_t marks = 0, step; i < n; i += step) {
		step = str_utf8_next(s + i, n - i, &cp);
		if (!step || str_char_width(cp) || str_is_unsafe(cp))
			break;
		if (glyphs == GLYPHS_UNICODE && marks++ < GRID_MARKS) {
			memcpy(u->text + u->bytes, s + i, step);
			u->bytes += step;
		}
	}
	u->text[u->bytes] = '\0';
	return i;
}

struct grid *grid_new(struct arena *a, int width, int height, enum glyphs glyphs)
{
	struct grid *g = arena_alloc(a, 1, sizeof *g);
	*g = (struct grid){ .width = width < 1 ? 1 : width, .height = height < 1 ? 1 : height, .glyphs = glyphs };
	g->cell = arena_alloc(a, (size_t)g->width * (size_t)g->height, sizeof *g->cell);
	grid_clear(g, (struct area){ 0, 0, g->width, g->height });
	return g;
}

struct cell *grid_cell(const struct grid *g, int x, int y)
{
	return x < 0 || y < 0 || x >= g->width || y >= g->height ? NULL : &g->cell[(size_t)y * (size_t)g->width + (size_t)x];
}

int grid_width(const struct grid *g, const char *text)
{
	size_t n = text ? strlen(text) : 0;
	int    w = 0;
	for (size_t i = 0; i < n;) {
		struct unit u;
		i += take(g->glyphs, text + i, n - i, &u);
		w += u.width;
	}
	return w;
}

/* Write one character into its cell, or two. A half of a wide character that is drawn over leaves a blank. */
static void set(struct grid *g, int x, int y, const char *text, size_t bytes, int width, unsigned style)
{
	struct cell *c = grid_cell(g, x, y), *before = grid_cell(g, x - 1, y), *next = grid_cell(g, x + width, y);
	if (!c)
		return;
	if (!c->width && before)
		*before = (struct cell){ .width = 1, .style = before->style };
	if (next && !next->width)
		*next = (struct cell){ .width = 1, .style = next->style };
	*c = (struct cell){ .width = (unsigned char)width, .style = (unsigned char)style };
	memcpy(c->text, text, bytes);
	if (width == 2)
		c[1] = (struct cell){ .width = 0, .style = (unsigned char)style };
}

static void put_unit(struct grid *g, int x, int y, const struct unit *u, unsigned style)
{
	if (!u->spelled && u->width == 2 && x + 1 >= g->width)
		set(g, x, y, ">", 1, 1, style);
	else if (!u->spelled)
		set(g, x, y, u->text, u->bytes, u->width, style);
	else
		for (int i = 0; i < u->width; i++)
			set(g, x + i, y, u->text + i, 1, 1, style);
}

/* Draw n bytes that are known to need `whole` columns. */
static int put_span(struct grid *g, int x, int y, int w, const char *text, size_t n, int whole, unsigned style)
{
	int used = 0, room = whole > w ? w - 1 : w;
	for (size_t i = 0; i < n && used < room;) {
		struct unit u;
		i += take(g->glyphs, text + i, n - i, &u);
		if (used + u.width > room) {
			if (!u.spelled)
				set(g, x + used++, y, ">", 1, 1, style);
			break;
		}
		put_unit(g, x + used, y, &u, style);
		used += u.width;
	}
	if (whole > w && w > 0) {
		struct unit u;
		take(g->glyphs, "…", strlen("…"), &u);
		put_unit(g, x + used++, y, &u, style);
	}
	return used;
}

int grid_put(struct grid *g, int x, int y, int w, const char *text, unsigned style)
{
	return text ? put_span(g, x, y, w, text, strlen(text), grid_width(g, text), style) : 0;
}

int grid_put_right(struct grid *g, int x, int y, int w, const char *text, unsigned style)
{
	int whole = grid_width(g, text);
	return whole < w ? grid_put(g, x + w - whole, y, whole, text, style) : grid_put(g, x, y, w, text, style);
}

/* The text from where on it needs at most w columns. */
static const char *last_columns(const struct grid *g, const char *text, int whole, int w)
{
	size_t n = strlen(text), i = 0;
	while (i < n && whole > w) {
		struct unit u;
		i += take(g->glyphs, text + i, n - i, &u);
		whole -= u.width;
	}
	return text + i;
}

int grid_put_middle(struct grid *g, int x, int y, int w, const char *text, unsigned style)
{
	int whole = grid_width(g, text), tail = (w - 1) / 2;
	if (whole <= w || w < 5)
		return grid_put(g, x, y, w, text, style);
	int used = grid_put(g, x, y, w - tail, text, style); /* with the ellipsis */
	return used + grid_put(g, x + used, y, tail, last_columns(g, text, whole, tail), style);
}

int grid_wrap(struct grid *g, struct area at, const char *text, unsigned style)
{
	size_t n = text ? strlen(text) : 0, start = 0;
	int    row = 0;
	while (start < n && row < at.h && at.w > 0) {
		size_t end = start, brk = 0;
		int    w = 0;
		while (end < n) {
			struct unit u;
			size_t      step = take(g->glyphs, text + end, n - end, &u);
			if (text[end] == ' ')
				brk = end;
			if (w + u.width > at.w)
				break;
			w += u.width;
			end += step;
		}
		if (row + 1 == at.h || end == n || end == start)
			end = n;
		else if (brk > start)
			end = brk;
		char whole[1024];
		size_t len = end - start < sizeof whole ? end - start : sizeof whole - 1;
		memcpy(whole, text + start, len);
		whole[len] = '\0';
		grid_put(g, at.x, at.y + row++, at.w, whole, style);
		for (start = end; start < n && text[start] == ' '; start++)
			;
	}
	return row;
}

void grid_clear(struct grid *g, struct area at)
{
	for (int y = at.y; y < at.y + at.h; y++)
		for (int x = at.x; x < at.x + at.w; x++)
			if (grid_cell(g, x, y))
				set(g, x, y, "", 0, 1, STYLE_PLAIN);
}

void grid_style(struct grid *g, struct area at, unsigned style)
{
	for (int y = at.y; y < at.y + at.h; y++)
		for (int x = at.x; x < at.x + at.w; x++) {
			struct cell *c = grid_cell(g, x, y);
			if (c)
				c->style |= (unsigned char)style;
		}
}

struct area grid_box(struct grid *g, struct area at, const char *title, const char *foot)
{
	int right = at.x + at.w - 1, bottom = at.y + at.h - 1;
	if (at.w < 2 || at.h < 2)
		return (struct area){ at.x, at.y, 0, 0 };
	for (int x = at.x + 1; x < right; x++) {
		grid_put(g, x, at.y, 1, "─", STYLE_DIM);
		grid_put(g, x, bottom, 1, "─", STYLE_DIM);
	}
	for (int y = at.y + 1; y < bottom; y++) {
		grid_put(g, at.x, y, 1, "│", STYLE_DIM);
		grid_put(g, right, y, 1, "│", STYLE_DIM);
	}
	grid_put(g, at.x, at.y, 1, "┌", STYLE_DIM);
	grid_put(g, right, at.y, 1, "┐", STYLE_DIM);
	grid_put(g, at.x, bottom, 1, "└", STYLE_DIM);
	grid_put(g, right, bottom, 1, "┘", STYLE_DIM);
	if (title && at.w > 8) {
		int used = grid_put(g, at.x + 3, at.y, at.w - 6, title, STYLE_BOLD);
		grid_put(g, at.x + 2, at.y, 1, " ", STYLE_PLAIN);
		grid_put(g, at.x + 3 + used, at.y, 1, " ", STYLE_PLAIN);
	}
	if (foot && grid_width(g, foot) <= at.w - 6) {
		int w = grid_width(g, foot), x = right - 2 - w;
		grid_put(g, x - 1, bottom, 1, " ", STYLE_PLAIN);
		grid_put(g, x, bottom, w, foot, STYLE_DIM);
		grid_put(g, x + w, bottom, 1, " ", STYLE_PLAIN);
	}
	return (struct area){ at.x + 2, at.y + 1, at.w > 4 ? at.w - 4 : 0, at.h - 2 };
}

void grid_text(const struct grid *g, struct str *out)
{
	for (int y = 0; y < g->height; y++) {
		size_t kept = out->n;
		for (int x = 0; x < g->width; x++) {
			const struct cell *c = grid_cell(g, x, y);
			bool               blank = !c->text[0] || !strcmp(c->text, " ");
			if (c->width)
				str_add(out, c->text[0] ? c->text : " ");
			if (!blank)
				kept = out->n;
		}
		if (out->n > kept) {
			out->n = kept;
			out->s[kept] = '\0';
		}
		str_add_char(out, '\n');
	}
}

void grid_styles(const struct grid *g, struct str *out)
{
	for (int y = 0; y < g->height; y++) {
		for (int x = 0; x < g->width; x++) {
			char letter = '.';
			for (int i = 0; i < 6; i++)
				if (grid_cell(g, x, y)->style & 1 << i)
					letter = "bdrgwx"[i];
			str_add_char(out, letter);
		}
		str_add_char(out, '\n');
	}
}
